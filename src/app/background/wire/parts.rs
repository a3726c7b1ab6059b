//! Parts of asks and answers, and how they become values of the domain and back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{
    Again, Block, BlockScope, Currency, Limits, Money, Outcome, PayUnit, RatedTask, Rating, Settings, Stars,
    TaskId, Timestamp,
};
use crate::ratings::Field;

/// `Again` on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words of `domain::Again`")]
pub enum AgainPart {
    Again,
    OnlyIfNothingBetter,
    Never,
}

/// `Outcome` on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words of `domain::Outcome`")]
pub enum OutcomePart {
    InProgress,
    Submitted,
    Approved,
    Paid,
    Rejected,
    Returned,
    Abandoned,
    Expired,
    ScreenedOut,
}

/// `PayUnit` on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words of `domain::PayUnit`")]
pub enum UnitPart {
    Minute,
    Hour,
}

/// How far a block reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScopePart {
    /// All of the requester's tasks.
    Requester,
    /// One title of theirs.
    Title,
}

/// What changes in a rating: absent keeps, `null` clears.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of `ratings::RatingPatch`")]
pub struct PatchPart {
    #[serde(skip_serializing_if = "Field::is_keep")]
    pub again: Field<AgainPart>,
    #[serde(skip_serializing_if = "Field::is_keep")]
    pub broken: Field<bool>,
    #[serde(skip_serializing_if = "Field::is_keep")]
    pub unpaid_screener: Field<bool>,
    #[serde(skip_serializing_if = "Field::is_keep")]
    pub underpaid: Field<bool>,
    #[serde(skip_serializing_if = "Field::is_keep")]
    pub favourite: Field<bool>,
    #[serde(skip_serializing_if = "Field::is_keep")]
    pub pay: Field<u8>,
    #[serde(skip_serializing_if = "Field::is_keep")]
    pub fairness: Field<u8>,
    #[serde(skip_serializing_if = "Field::is_keep")]
    pub communication: Field<u8>,
    #[serde(skip_serializing_if = "Field::is_keep")]
    pub speed: Field<u8>,
    /// From extension pages only.
    #[serde(skip_serializing_if = "Field::is_keep")]
    pub note: Field<String>,
}

/// Money on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyPart {
    /// Millionths of the major unit.
    pub micros: i64,
    /// ISO 4217 code.
    pub currency: String,
}

/// The task a rating was given on; times in milliseconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of `domain::RatedTask`")]
pub struct TaskPart {
    pub id: Option<String>,
    pub title: Option<String>,
    pub reward: Option<MoneyPart>,
    pub hourly_wage: Option<MoneyPart>,
    pub outcome: Option<OutcomePart>,
    pub accepted_at: Option<i64>,
    pub submitted_at: Option<i64>,
    pub decided_at: Option<i64>,
    pub worked_secs: Option<u32>,
}

/// A rating as a row shows it; the note stays away from sites' pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, clippy::struct_excessive_bools, reason = "the fields of `domain::Rating`")]
pub struct RatingBrief {
    pub again: Option<AgainPart>,
    pub broken: bool,
    pub unpaid_screener: bool,
    pub underpaid: bool,
    pub favourite: bool,
    pub pay: Option<u8>,
    pub fairness: Option<u8>,
    pub communication: Option<u8>,
    pub speed: Option<u8>,
    pub has_note: bool,
    pub rated_at: i64,
    pub edited_at: Option<i64>,
}

/// A whole rating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields of `domain::Rating`")]
pub struct RatingPart {
    pub requester_id: String,
    pub requester_name: Option<String>,
    pub brief: RatingBrief,
    pub note: Option<String>,
    pub task: TaskPart,
}

/// An entry of the block list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields of `domain::Block`")]
pub struct BlockPart {
    pub requester_id: String,
    pub requester_name: Option<String>,
    pub scope: ScopePart,
    pub title_key: Option<String>,
    pub title: Option<String>,
    pub reason: Option<String>,
    pub blocked_at: i64,
}

/// Verdict limits in millionths per minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitsPart {
    /// Below it is low.
    pub fair_micros: i64,
    /// From here on it is good.
    pub good_micros: i64,
}

/// All settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields of `domain::Settings`")]
pub struct SettingsPart {
    pub unit: UnitPart,
    pub limits: BTreeMap<String, LimitsPart>,
    pub sites_off: Vec<String>,
    pub show_blocked: bool,
    pub show_clock: bool,
}

/// What changes in the settings; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingsPatch {
    /// Per minute or per hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitPart>,
    /// Limits by currency code; `null` takes a currency's out.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<String, Option<LimitsPart>>,
    /// On or off by partition name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sites: BTreeMap<String, bool>,
    /// Whether blocked rows are shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_blocked: Option<bool>,
    /// Whether a task's page shows its clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_clock: Option<bool>,
}

/// How much is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TallyPart {
    /// Records.
    pub count: u64,
    /// Bytes of text.
    pub bytes: u64,
}

macro_rules! same_words {
    ($part:ty, $domain:ty, $($word:ident),+) => {
        impl From<$part> for $domain {
            fn from(part: $part) -> Self {
                match part { $(<$part>::$word => Self::$word),+ }
            }
        }
        impl From<$domain> for $part {
            fn from(value: $domain) -> Self {
                match value { $(<$domain>::$word => Self::$word),+ }
            }
        }
    };
}

same_words!(AgainPart, Again, Again, OnlyIfNothingBetter, Never);
same_words!(UnitPart, PayUnit, Minute, Hour);
same_words!(
    OutcomePart,
    Outcome,
    InProgress,
    Submitted,
    Approved,
    Paid,
    Rejected,
    Returned,
    Abandoned,
    Expired,
    ScreenedOut
);

impl From<&Rating> for RatingBrief {
    fn from(rating: &Rating) -> Self {
        Self {
            again: rating.again.map(AgainPart::from),
            broken: rating.flags.broken,
            unpaid_screener: rating.flags.unpaid_screener,
            underpaid: rating.flags.underpaid,
            favourite: rating.flags.favourite,
            pay: rating.marks.pay.map(Stars::count),
            fairness: rating.marks.fairness.map(Stars::count),
            communication: rating.marks.communication.map(Stars::count),
            speed: rating.marks.speed.map(Stars::count),
            has_note: rating.note.is_some(),
            rated_at: rating.rated_at.0,
            edited_at: rating.edited_at.map(|at| at.0),
        }
    }
}

impl From<&Rating> for RatingPart {
    fn from(rating: &Rating) -> Self {
        Self {
            requester_id: rating.requester.0.clone(),
            requester_name: rating.requester_name.clone(),
            brief: RatingBrief::from(rating),
            note: rating.note.as_ref().map(|note| note.text().to_owned()),
            task: TaskPart::from(&rating.task),
        }
    }
}

impl From<&RatedTask> for TaskPart {
    fn from(task: &RatedTask) -> Self {
        Self {
            id: task.task_id.as_ref().map(|id| id.0.clone()),
            title: task.title.clone(),
            reward: task.reward.map(MoneyPart::from),
            hourly_wage: task.hourly_wage.map(MoneyPart::from),
            outcome: task.outcome.map(OutcomePart::from),
            accepted_at: task.accepted_at.map(|at| at.0),
            submitted_at: task.submitted_at.map(|at| at.0),
            decided_at: task.decided_at.map(|at| at.0),
            worked_secs: task.worked_secs,
        }
    }
}

impl From<TaskPart> for RatedTask {
    /// What makes no sense (a currency of four letters, a time before 1970) is unknown.
    fn from(part: TaskPart) -> Self {
        let moment = |millis: Option<i64>| millis.filter(|millis| is_exact(*millis)).map(Timestamp);
        Self {
            task_id: part.id.map(TaskId),
            title: part.title,
            reward: part.reward.and_then(MoneyPart::read),
            hourly_wage: part.hourly_wage.and_then(MoneyPart::read),
            outcome: part.outcome.map(Outcome::from),
            accepted_at: moment(part.accepted_at),
            submitted_at: moment(part.submitted_at),
            decided_at: moment(part.decided_at),
            worked_secs: part.worked_secs,
        }
    }
}

/// Whether JavaScript holds a non-negative number exactly.
fn is_exact(number: i64) -> bool {
    (0..=9_007_199_254_740_991).contains(&number)
}

impl From<Money> for MoneyPart {
    fn from(money: Money) -> Self {
        Self { micros: money.micros, currency: money.currency.code().to_owned() }
    }
}

impl MoneyPart {
    fn read(self) -> Option<Money> {
        let currency = Currency::from_code(&self.currency)?;
        is_exact(self.micros).then_some(Money { micros: self.micros, currency })
    }
}

impl From<&Block> for BlockPart {
    fn from(block: &Block) -> Self {
        let (scope, title_key) = match &block.scope {
            BlockScope::Requester => (ScopePart::Requester, None),
            BlockScope::Title(key) => (ScopePart::Title, Some(key.text().to_owned())),
        };
        Self {
            requester_id: block.requester.0.clone(),
            requester_name: block.requester_name.clone(),
            scope,
            title_key,
            title: block.title.clone(),
            reason: block.reason.clone(),
            blocked_at: block.blocked_at.0,
        }
    }
}

impl From<&Settings> for SettingsPart {
    fn from(settings: &Settings) -> Self {
        let limits = settings
            .limits
            .iter()
            .map(|(currency, limits)| (currency.code().to_owned(), LimitsPart::from(*limits)));
        Self {
            unit: settings.unit.into(),
            limits: limits.collect(),
            sites_off: settings.sites_off.iter().cloned().collect(),
            show_blocked: settings.show_blocked,
            show_clock: settings.show_clock,
        }
    }
}

impl From<Limits> for LimitsPart {
    fn from(limits: Limits) -> Self {
        Self { fair_micros: limits.fair_micros(), good_micros: limits.good_micros() }
    }
}
