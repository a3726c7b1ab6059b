//! Own ratings on disk.

use serde::{Deserialize, Serialize};

use super::common::{MoneyRecordV1, RecordError, Stored, is_false, moment, odd, parse, version_of, write};
use crate::domain::{
    Again, Flags, Marks, Note, Outcome, Partition, RatedTask, Rating, RequesterId, Stars, TaskId, Timestamp,
};
use crate::storage::Key;

const NEWEST: u32 = 1;

/// Where a rating is kept.
pub fn rating_key(partition: &Partition, requester: &RequesterId) -> Key {
    Key::texts(&[&partition.0, &requester.0])
}

/// Reads a rating of any version up to the newest.
pub fn decode_rating(text: &str) -> Result<Stored<Rating>, RecordError> {
    version_of(text, NEWEST)?;
    parse::<RatingRecordV1>(text)?.read()
}

/// Writes a rating in the newest version.
pub fn encode_rating(stored: &Stored<Rating>) -> String {
    write(&RatingRecordV1::from(stored))
}

#[derive(Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "the flags of `domain::Flags`, flat as they are stored")]
struct RatingRecordV1 {
    v: u32,
    n: u64,
    site: String,
    requester_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    requester_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    again: Option<AgainV1>,
    #[serde(default, skip_serializing_if = "is_false")]
    broken: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    unpaid_screener: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    underpaid: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    favourite: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pay: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fairness: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    communication: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speed: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default)]
    task: TaskRecordV1,
    rated_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    edited_at: Option<i64>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AgainV1 {
    Again,
    OnlyIfNothingBetter,
    Never,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum OutcomeV1 {
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

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct TaskRecordV1 {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reward: Option<MoneyRecordV1>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hourly_wage: Option<MoneyRecordV1>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<OutcomeV1>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    submitted_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    worked_secs: Option<u32>,
}

impl RatingRecordV1 {
    fn read(self) -> Result<Stored<Rating>, RecordError> {
        let stars = |count: Option<u8>, field: &str| match count {
            None => Ok(None),
            Some(count) => Stars::new(count).map(Some).ok_or_else(|| odd(field)),
        };
        let marks = Marks {
            pay: stars(self.pay, "pay")?,
            fairness: stars(self.fairness, "fairness")?,
            communication: stars(self.communication, "communication")?,
            speed: stars(self.speed, "speed")?,
        };
        let note = self.note.as_deref().map(Note::new).transpose().map_err(|_| odd("note"))?.flatten();
        let value = Rating {
            partition: Partition(self.site),
            requester: RequesterId(self.requester_id),
            requester_name: self.requester_name,
            again: self.again.map(AgainV1::read),
            flags: Flags {
                broken: self.broken,
                unpaid_screener: self.unpaid_screener,
                underpaid: self.underpaid,
                favourite: self.favourite,
            },
            marks,
            note,
            task: self.task.read()?,
            rated_at: Timestamp(self.rated_at),
            edited_at: moment(self.edited_at),
        };
        Ok(Stored { value, change: self.n })
    }
}

impl From<&Stored<Rating>> for RatingRecordV1 {
    fn from(stored: &Stored<Rating>) -> Self {
        let Stored { value: rating, change } = stored;
        Self {
            v: 1,
            n: *change,
            site: rating.partition.0.clone(),
            requester_id: rating.requester.0.clone(),
            requester_name: rating.requester_name.clone(),
            again: rating.again.map(AgainV1::from),
            broken: rating.flags.broken,
            unpaid_screener: rating.flags.unpaid_screener,
            underpaid: rating.flags.underpaid,
            favourite: rating.flags.favourite,
            pay: rating.marks.pay.map(Stars::count),
            fairness: rating.marks.fairness.map(Stars::count),
            communication: rating.marks.communication.map(Stars::count),
            speed: rating.marks.speed.map(Stars::count),
            note: rating.note.as_ref().map(|note| note.text().to_owned()),
            task: TaskRecordV1::from(&rating.task),
            rated_at: rating.rated_at.0,
            edited_at: rating.edited_at.map(|at| at.0),
        }
    }
}

impl TaskRecordV1 {
    fn read(self) -> Result<RatedTask, RecordError> {
        Ok(RatedTask {
            task_id: self.id.map(TaskId),
            title: self.title,
            reward: self.reward.map(|money| money.read("reward")).transpose()?,
            hourly_wage: self.hourly_wage.map(|money| money.read("hourly_wage")).transpose()?,
            outcome: self.outcome.map(OutcomeV1::read),
            accepted_at: moment(self.accepted_at),
            submitted_at: moment(self.submitted_at),
            decided_at: moment(self.decided_at),
            worked_secs: self.worked_secs,
        })
    }
}

impl From<&RatedTask> for TaskRecordV1 {
    fn from(task: &RatedTask) -> Self {
        Self {
            id: task.task_id.as_ref().map(|id| id.0.clone()),
            title: task.title.clone(),
            reward: task.reward.map(MoneyRecordV1::from),
            hourly_wage: task.hourly_wage.map(MoneyRecordV1::from),
            outcome: task.outcome.map(OutcomeV1::from),
            accepted_at: task.accepted_at.map(|at| at.0),
            submitted_at: task.submitted_at.map(|at| at.0),
            decided_at: task.decided_at.map(|at| at.0),
            worked_secs: task.worked_secs,
        }
    }
}

impl AgainV1 {
    fn read(self) -> Again {
        match self {
            Self::Again => Again::Again,
            Self::OnlyIfNothingBetter => Again::OnlyIfNothingBetter,
            Self::Never => Again::Never,
        }
    }
}

impl From<Again> for AgainV1 {
    fn from(again: Again) -> Self {
        match again {
            Again::Again => Self::Again,
            Again::OnlyIfNothingBetter => Self::OnlyIfNothingBetter,
            Again::Never => Self::Never,
        }
    }
}

impl OutcomeV1 {
    fn read(self) -> Outcome {
        match self {
            Self::InProgress => Outcome::InProgress,
            Self::Submitted => Outcome::Submitted,
            Self::Approved => Outcome::Approved,
            Self::Paid => Outcome::Paid,
            Self::Rejected => Outcome::Rejected,
            Self::Returned => Outcome::Returned,
            Self::Abandoned => Outcome::Abandoned,
            Self::Expired => Outcome::Expired,
            Self::ScreenedOut => Outcome::ScreenedOut,
        }
    }
}

impl From<Outcome> for OutcomeV1 {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::InProgress => Self::InProgress,
            Outcome::Submitted => Self::Submitted,
            Outcome::Approved => Self::Approved,
            Outcome::Paid => Self::Paid,
            Outcome::Rejected => Self::Rejected,
            Outcome::Returned => Self::Returned,
            Outcome::Abandoned => Self::Abandoned,
            Outcome::Expired => Self::Expired,
            Outcome::ScreenedOut => Self::ScreenedOut,
        }
    }
}
