//! A HIT group as the list sends it, in the wire's key order.
//!
//! Every field has a default, so that a test may write only what it is about.

use serde::{Deserialize, Serialize};

/// One project of `HitSetTable.bodyData`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Group {
    /// Id of the HIT group: 30 characters, the first is `3`.
    pub hit_set_id: String,
    /// `A` and more capitals and digits; 12 to 14 characters as a rule, 21 seen.
    pub requester_id: String,
    /// Any Unicode; not unique.
    pub requester_name: String,
    /// Any Unicode.
    pub title: String,
    /// Any Unicode; may be long.
    pub description: String,
    /// Allotted time in seconds.
    pub assignment_duration_in_seconds: i64,
    /// UTC, `YYYY-MM-DDTHH:MM:SS.000Z`.
    pub creation_time: String,
    /// HITs that can still be accepted.
    pub assignable_hits_count: i64,
    /// UTC, as `creation_time`.
    pub latest_expiration_time: String,
    /// Whether the worker may accept: every requirement is met.
    pub caller_meets_requirements: bool,
    /// Whether the worker may see the task.
    pub caller_meets_preview_requirements: bool,
    /// UTC, as `creation_time`.
    pub last_updated_time: String,
    /// Pay for one HIT.
    pub monetary_reward: Reward,
    /// Path of the link that accepts a HIT.
    pub accept_project_task_url: String,
    /// Path of the requester's list.
    pub requester_url: String,
    /// Path of the preview.
    pub project_tasks_url: String,
    /// What a worker must fulfil; empty where nothing.
    pub project_requirements: Vec<Requirement>,
    /// The site's own figures about the requester.
    #[serde(rename = "requesterInfo")]
    pub requester_info: RequesterInfo,
}

impl Group {
    /// A group with its paths, for tests that write their own listing.
    pub fn with_ids(hit_set_id: &str, requester_id: &str) -> Self {
        Self {
            hit_set_id: hit_set_id.to_owned(),
            requester_id: requester_id.to_owned(),
            assignable_hits_count: 1,
            assignment_duration_in_seconds: 3_600,
            caller_meets_requirements: true,
            caller_meets_preview_requirements: true,
            accept_project_task_url: format!("/projects/{hit_set_id}/tasks/accept_random?ref=w_pl_prvw"),
            requester_url: format!("/requesters/{requester_id}/projects?ref=w_pl_prvw"),
            project_tasks_url: format!("/projects/{hit_set_id}/tasks?ref=w_pl_prvw"),
            ..Self::default()
        }
    }
}

/// An amount as the wire has it: dollars, as JSON integer or float.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reward {
    /// `USD` in all that was seen.
    pub currency_code: String,
    /// Dollars; whole amounts are integers on the wire.
    pub amount_in_dollars: serde_json::Number,
}

impl Default for Reward {
    fn default() -> Self {
        Self { currency_code: "USD".to_owned(), amount_in_dollars: 0.into() }
    }
}

impl Reward {
    /// An amount in US cents, written as the site writes it: `1`, `0.5`, `0.25`.
    pub fn usd_cents(cents: u32) -> Self {
        let whole = serde_json::Number::from(cents / 100);
        let amount = match cents % 100 {
            0 => whole,
            _ => serde_json::Number::from_f64(f64::from(cents) / 100.0).unwrap_or(whole),
        };
        Self { currency_code: "USD".to_owned(), amount_in_dollars: amount }
    }

    /// The amount in US cents; 0 where it is none.
    pub fn cents(&self) -> u32 {
        // Two decimals are exact here: rewards are whole cents.
        format!("{:.2}", self.dollars()).replace('.', "").parse().unwrap_or(0)
    }

    /// Dollars as a float: for sorting and for the two decimals the page shows.
    pub fn dollars(&self) -> f64 {
        self.amount_in_dollars.as_f64().unwrap_or_default()
    }
}

/// One qualification requirement.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Requirement {
    /// 20 characters for the site's own, 30 for a requester's.
    pub qualification_type_id: String,
    /// `Exists`, `GreaterThanOrEqualTo`, `In` and others.
    pub comparator: String,
    /// What is locked: `PreviewHit`, `AcceptHit` or `ViewHitSet`.
    pub worker_action: String,
    /// Strings even for numbers; empty for `Exists` and `DoesNotExist`.
    pub qualification_values: Vec<String>,
    /// Null in the queue.
    pub caller_meets_requirement: Option<bool>,
    /// What the qualification is.
    pub qualification_type: QualificationType,
    /// The worker's own value: private, no reader has a reason to keep it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caller_qualification_value: Option<CallerValue>,
    /// Where it can be asked for, where it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualification_request_url: Option<String>,
}

/// A qualification type.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct QualificationType {
    /// As in the requirement.
    pub qualification_type_id: String,
    /// As shown.
    pub name: String,
    /// Whether workers can see it.
    pub visibility: bool,
    /// As shown.
    pub description: String,
    /// Whether a test stands before it.
    pub has_test: bool,
    /// Whether a worker can ask for it.
    pub is_requestable: bool,
    /// Comma separated; may be empty or null.
    pub keywords: Option<String>,
}

/// The worker's own value of a qualification.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CallerValue {
    /// For scores and counts.
    pub integer_value: Option<i64>,
    /// For the location.
    pub locale_value: LocaleValue,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LocaleValue {
    /// ISO 3166 code.
    pub country: Option<String>,
    /// State or province.
    pub subdivision: Option<String>,
}

/// The site's own figures about a requester, as display text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RequesterInfo {
    /// `Limited`, `Moderate`, `High` or `Not available`.
    pub activity_level: String,
    /// `≥ 99%`, `62%` or `Not available`.
    pub task_approval_rate: String,
    /// `less than a day`, `1 day`, `3 days` or `Not available`.
    pub task_review_time: String,
}

impl Default for RequesterInfo {
    fn default() -> Self {
        let unknown = || "Not available".to_owned();
        Self { activity_level: unknown(), task_approval_rate: unknown(), task_review_time: unknown() }
    }
}
