//! What the hands pick from a page: texts under the fixed field names, nothing else.

use serde::{Deserialize, Serialize};

/// One element of a page's data. Every value is text as the page had it; `None` is "not there".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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
    /// What the site asks of a worker; `None` where the page has no such list.
    pub requirements: Option<Vec<RequirementItem>>,
    /// Fields whose value had a form that cannot be read as text, as `name: what it is`.
    pub unreadable: Vec<String>,
}

/// One requirement as picked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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
