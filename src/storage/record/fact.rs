//! Facts and observations of the history on disk: the one form that single records, journal lines and saved
//! files share.

use serde::{Deserialize, Serialize};

use super::common::{MoneyRecordV1, RecordError, odd};
use super::words::{HowV1, KindV1, ReasonV1, ServerV1, SourceV1};
use crate::domain::history::{EntryId, Fact, Observation, Origin, Percent, ReturnReason, StateWord, Worked};
use crate::domain::{RequesterId, SiteDay, TaskId, Timestamp};

/// What one place said of one entry at one moment.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct ObservationV1 {
    id: String,
    at: i64,
    by: SourceV1,
    facts: Vec<FactV1>,
}

/// The same without the entry's id, which the record around it has.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct SeenV1 {
    at: i64,
    by: SourceV1,
    facts: Vec<FactV1>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FactV1 {
    Task(String),
    Group(String),
    Requester(Option<String>, String),
    Title(String),
    Description(String),
    Kind(KindV1),
    Requirements(String),
    AllottedSecs(u32),
    Available(u32),
    Reward(MoneyRecordV1),
    Promised(String),
    Bonus(MoneyRecordV1),
    Accepted(i64),
    Submitted(i64),
    Decided(i64),
    Paid(i64),
    Deadline(i64),
    Day(String),
    /// Days since 1970 that have no civil date of four digits.
    DayNumber(i32),
    Held,
    HandedIn,
    SubmitFailed,
    Returned(Option<ReasonV1>, Option<u8>),
    Expired,
    Gone,
    ScreenedOut,
    Server(ServerV1),
    Feedback(Option<String>),
    Worked(u32, u32, u32, HowV1),
    Note(String),
    Tags(Vec<String>),
    PaysFor(String),
}

impl From<&Observation> for ObservationV1 {
    fn from(observation: &Observation) -> Self {
        let SeenV1 { at, by, facts } = observation.into();
        Self { id: observation.id.0.clone(), at, by, facts }
    }
}

impl From<&Observation> for SeenV1 {
    fn from(observation: &Observation) -> Self {
        Self {
            at: observation.seen_at.0,
            by: observation.source.into(),
            facts: observation.facts.iter().map(FactV1::from).collect(),
        }
    }
}

impl ObservationV1 {
    pub(in crate::storage) fn read(self) -> Result<Observation, RecordError> {
        let id = entry_id(self.id)?;
        SeenV1 { at: self.at, by: self.by, facts: self.facts }.read(&id)
    }
}

impl SeenV1 {
    pub(in crate::storage) fn read(self, id: &EntryId) -> Result<Observation, RecordError> {
        let facts = self.facts.into_iter().map(FactV1::read).collect::<Result<_, RecordError>>()?;
        Ok(Observation { id: id.clone(), seen_at: Timestamp(self.at), source: self.by.into(), facts })
    }
}

/// An entry's id, which is never empty.
pub(in crate::storage) fn entry_id(id: String) -> Result<EntryId, RecordError> {
    if id.is_empty() { Err(odd("id")) } else { Ok(EntryId(id)) }
}

impl From<&Fact> for FactV1 {
    fn from(fact: &Fact) -> Self {
        match fact {
            Fact::TaskId(id) => Self::Task(id.0.clone()),
            Fact::GroupId(id) => Self::Group(id.0.clone()),
            Fact::Requester { id, name } => Self::Requester(id.as_ref().map(|id| id.0.clone()), name.clone()),
            Fact::Title(text) => Self::Title(text.clone()),
            Fact::Description(text) => Self::Description(text.clone()),
            Fact::Kind(kind) => Self::Kind((*kind).into()),
            Fact::Requirements(text) => Self::Requirements(text.clone()),
            Fact::AllottedSecs(secs) => Self::AllottedSecs(*secs),
            Fact::Available(count) => Self::Available(*count),
            Fact::Reward(money) => Self::Reward((*money).into()),
            Fact::Promised(text) => Self::Promised(text.clone()),
            Fact::Bonus(money) => Self::Bonus((*money).into()),
            Fact::AcceptedAt(at) => Self::Accepted(at.0),
            Fact::SubmittedAt(at) => Self::Submitted(at.0),
            Fact::DecidedAt(at) => Self::Decided(at.0),
            Fact::PaidAt(at) => Self::Paid(at.0),
            Fact::Deadline(at) => Self::Deadline(at.0),
            Fact::SiteDay(day) => Self::day(*day),
            Fact::State(word) => Self::word(*word),
            Fact::Feedback(text) => Self::Feedback(text.clone()),
            Fact::Worked(worked) => {
                // Put in order, as it is checked on reading.
                let worked = Worked::new(worked.low_secs, worked.high_secs, worked.held_secs, worked.how);
                Self::Worked(worked.low_secs, worked.high_secs, worked.held_secs, worked.how.into())
            }
            Fact::Note(text) => Self::Note(text.clone()),
            Fact::Tags(tags) => Self::Tags(tags.clone()),
            Fact::PaysFor(id) => Self::PaysFor(id.0.clone()),
        }
    }
}

impl FactV1 {
    fn day(day: SiteDay) -> Self {
        let text = day.to_string();
        if SiteDay::parse(&text) == Some(day) { Self::Day(text) } else { Self::DayNumber(day.0) }
    }

    fn word(word: StateWord) -> Self {
        match word {
            StateWord::Held => Self::Held,
            StateWord::Submitted => Self::HandedIn,
            StateWord::SubmitFailed => Self::SubmitFailed,
            StateWord::Returned(None) => Self::Returned(None, None),
            StateWord::Returned(Some(reason)) => {
                let percent = match reason {
                    ReturnReason::Underpaid(percent) => percent.map(Percent::get),
                    _ => None,
                };
                Self::Returned(Some(reason.into()), percent)
            }
            StateWord::Expired => Self::Expired,
            StateWord::Gone => Self::Gone,
            StateWord::ScreenedOut => Self::ScreenedOut,
            StateWord::Server(state) => Self::Server(state.into()),
        }
    }

    fn read(self) -> Result<Fact, RecordError> {
        Ok(match self {
            Self::Task(id) => Fact::TaskId(TaskId(id)),
            Self::Group(id) => Fact::GroupId(TaskId(id)),
            Self::Requester(id, name) => Fact::Requester { id: id.map(RequesterId), name },
            Self::Title(text) => Fact::Title(text),
            Self::Description(text) => Fact::Description(text),
            Self::Kind(kind) => Fact::Kind(kind.into()),
            Self::Requirements(text) => Fact::Requirements(text),
            Self::AllottedSecs(secs) => Fact::AllottedSecs(secs),
            Self::Available(count) => Fact::Available(count),
            Self::Reward(money) => Fact::Reward(money.read("reward")?),
            Self::Promised(text) => Fact::Promised(text),
            Self::Bonus(money) => Fact::Bonus(money.read("bonus")?),
            Self::Accepted(at) => Fact::AcceptedAt(Timestamp(at)),
            Self::Submitted(at) => Fact::SubmittedAt(Timestamp(at)),
            Self::Decided(at) => Fact::DecidedAt(Timestamp(at)),
            Self::Paid(at) => Fact::PaidAt(Timestamp(at)),
            Self::Deadline(at) => Fact::Deadline(Timestamp(at)),
            Self::Day(text) => Fact::SiteDay(SiteDay::parse(&text).ok_or_else(|| odd("day"))?),
            Self::DayNumber(days) => Fact::SiteDay(SiteDay(days)),
            Self::Held => Fact::State(StateWord::Held),
            Self::HandedIn => Fact::State(StateWord::Submitted),
            Self::SubmitFailed => Fact::State(StateWord::SubmitFailed),
            Self::Returned(reason, percent) => Fact::State(StateWord::Returned(returned(reason, percent)?)),
            Self::Expired => Fact::State(StateWord::Expired),
            Self::Gone => Fact::State(StateWord::Gone),
            Self::ScreenedOut => Fact::State(StateWord::ScreenedOut),
            Self::Server(state) => Fact::State(StateWord::Server(state.into())),
            Self::Feedback(text) => Fact::Feedback(text),
            Self::Worked(low, high, held, how) => Fact::Worked(worked([low, high, held], how)?),
            Self::Note(text) => Fact::Note(text),
            Self::Tags(tags) => Fact::Tags(tags),
            Self::PaysFor(id) => Fact::PaysFor(EntryId(id)),
        })
    }
}

fn returned(reason: Option<ReasonV1>, percent: Option<u8>) -> Result<Option<ReturnReason>, RecordError> {
    let percent = percent.map(|percent| Percent::new(percent).ok_or_else(|| odd("percent"))).transpose()?;
    Ok(reason.map(|reason| reason.with(percent)))
}

/// A range as it was written: one that is out of order was altered since.
pub(in crate::storage) fn worked(secs: [u32; 3], how: HowV1) -> Result<Worked, RecordError> {
    let [low, high, held] = secs;
    let worked = Worked::new(low, high, held, how.into());
    let same = (worked.low_secs, worked.high_secs, worked.held_secs) == (low, high, held);
    if same { Ok(worked) } else { Err(odd("worked")) }
}

/// Where a kept value came from.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct OriginV1 {
    at: i64,
    by: SourceV1,
}

impl From<Origin> for OriginV1 {
    fn from(origin: Origin) -> Self {
        Self { at: origin.seen_at.0, by: origin.source.into() }
    }
}

impl From<OriginV1> for Origin {
    fn from(origin: OriginV1) -> Self {
        Self { seen_at: Timestamp(origin.at), source: origin.by.into() }
    }
}
