//! What the hands pick from a page: texts under the fixed field names, nothing else.
//!
//! Read from JSON by hand, and so that it cannot fail: what has another form counts as not there.

use super::json::Json;

/// One element of a page's data. Every value is text as the page had it; `None` is "not there".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The site's id of this row's task or group.
    pub id: Option<String>,
    /// The group of equal tasks.
    pub group_id: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// The requester's id.
    pub requester_id: Option<String>,
    /// The requester's shown name.
    pub requester_name: Option<String>,
    /// A decimal number in the recipe's unit.
    pub reward: Option<String>,
    /// Three letters.
    pub currency: Option<String>,
    /// A whole number in the recipe's unit.
    pub allotted: Option<String>,
    /// A whole number.
    pub available: Option<String>,
    /// `true` or `false`.
    pub can_accept: Option<String>,
    /// The site's text for the share of approved work.
    pub approval: Option<String>,
    /// The site's text for the time to a decision.
    pub review: Option<String>,
    /// An ISO 8601 moment in UTC.
    pub deadline: Option<String>,
    /// What became of a task of the worker's own; empty on lists of tasks.
    pub own: OwnItem,
    /// What the site asks of a worker; `None` where the page has no such list.
    pub requirements: Option<Vec<RequirementItem>>,
    /// Fields whose value had a form that cannot be read as text, as `name: what it is`.
    pub unreadable: Vec<String>,
}

/// What a page says of the worker's own work: a held task, a row of a status page, sums of a day.
///
/// Also what a page says as a whole, where [`Item`] is picked once from its document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnItem {
    /// The site's id of one worker's hold on one task.
    pub assignment_id: Option<String>,
    /// An ISO 8601 moment in UTC.
    pub accepted_at: Option<String>,
    /// Whole seconds the timer began with.
    pub original: Option<String>,
    /// Whole seconds the timer had left when the page was made.
    pub remaining: Option<String>,
    /// `true` where the page offers to give the task back.
    pub can_return: Option<String>,
    /// The site's word for what became of it.
    pub state: Option<String>,
    /// The requester's words on the work.
    pub feedback: Option<String>,
    /// `true` where the page has a place for such words, even an empty one.
    pub has_feedback: Option<String>,
    /// A day; its first ten characters are `YYYY-MM-DD`.
    pub day: Option<String>,
    /// Whole numbers of tasks of a day: submitted, and what became of them.
    pub submitted: Option<String>,
    /// See [`OwnItem::submitted`].
    pub approved: Option<String>,
    /// See [`OwnItem::submitted`].
    pub rejected: Option<String>,
    /// See [`OwnItem::submitted`].
    pub pending: Option<String>,
    /// A day's rewards, as a decimal number.
    pub task_pay: Option<String>,
    /// A day's bonuses, as a decimal number.
    pub bonus_pay: Option<String>,
    /// What the site says at the top of a page: its headline.
    pub notice: Option<String>,
    /// And the rest of it.
    pub notice_more: Option<String>,
}

/// One requirement as picked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequirementItem {
    /// The qualification type's id.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// `GreaterThanOrEqualTo`, `Exists`, …; an open set.
    pub comparator: Option<String>,
    /// The first value asked for.
    pub value: Option<String>,
    /// `true` or `false`; `None` where the page does not say.
    pub met: Option<String>,
    /// `true` where it can be requested.
    pub requestable: Option<String>,
    /// `true` where it comes with a test.
    pub has_test: Option<String>,
}

/// One row of the page as the hands found it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowMark {
    /// The hands' own number of the row's node; new nodes get new numbers.
    pub key: u32,
    /// Position among the rows of its root, counted from 0.
    pub index: u32,
    /// Task or group id found in the row's links.
    pub id: Option<String>,
    /// Requester id found in the row's links.
    pub requester_id: Option<String>,
    /// The text of the title cell.
    pub title: Option<String>,
}

impl Item {
    /// Reads an item; takes the texts out of the value.
    pub fn from_json(mut value: Json) -> Self {
        let requirements = value.take("requirements").and_then(Json::into_list);
        let unreadable = value.take("unreadable").and_then(Json::into_list).unwrap_or_default();
        let own = OwnItem::from_json(&mut value);
        let mut text = |name: &str| value.take(name).and_then(Json::into_text);
        Self {
            own,
            id: text("id"),
            group_id: text("group_id"),
            title: text("title"),
            description: text("description"),
            requester_id: text("requester_id"),
            requester_name: text("requester_name"),
            reward: text("reward"),
            currency: text("currency"),
            allotted: text("allotted"),
            available: text("available"),
            can_accept: text("can_accept"),
            approval: text("approval"),
            review: text("review"),
            deadline: text("deadline"),
            requirements: requirements.map(|list| list.into_iter().map(RequirementItem::from_json).collect()),
            unreadable: unreadable.into_iter().filter_map(Json::into_text).collect(),
        }
    }
}

impl OwnItem {
    fn from_json(value: &mut Json) -> Self {
        let mut text = |name: &str| value.take(name).and_then(Json::into_text);
        Self {
            assignment_id: text("assignment_id"),
            accepted_at: text("accepted_at"),
            original: text("original"),
            remaining: text("remaining"),
            can_return: text("can_return"),
            state: text("state"),
            feedback: text("feedback"),
            has_feedback: text("has_feedback"),
            day: text("day"),
            submitted: text("submitted"),
            approved: text("approved"),
            rejected: text("rejected"),
            pending: text("pending"),
            task_pay: text("task_pay"),
            bonus_pay: text("bonus_pay"),
            notice: text("notice"),
            notice_more: text("notice_more"),
        }
    }
}

impl RequirementItem {
    fn from_json(mut value: Json) -> Self {
        let mut text = |name: &str| value.take(name).and_then(Json::into_text);
        Self {
            id: text("id"),
            name: text("name"),
            comparator: text("comparator"),
            value: text("value"),
            met: text("met"),
            requestable: text("requestable"),
            has_test: text("has_test"),
        }
    }
}

impl RowMark {
    /// Reads a row; `None` without a key, as nothing could be drawn in it.
    pub fn from_json(mut value: Json) -> Option<Self> {
        let number = |name: &str| value.get(name)?.as_u32();
        let (key, index) = (number("key")?, number("index").unwrap_or(u32::MAX));
        let mut text = |name: &str| value.take(name).and_then(Json::into_text);
        Some(Self { key, index, id: text("id"), requester_id: text("requester_id"), title: text("title") })
    }
}
