//! What the worker says of their own tasks: kept as any other observation, and taken back as one.
//!
//! A correction never erases what was seen. It is the worker's word beside it, and the entry's rules decide where
//! that word goes before the page's. So taking back is saying what holds instead, also after the page was closed.

use serde::{Deserialize, Serialize};

use super::RULES;
use super::keep::{Kept, recorded};
use crate::domain::history::{
    DayBonus, Entry, EntryId, Fact, How, Observation, Origin, Percent, ReturnReason, ShareError, Source,
    State, StateWord, Worked,
};
use crate::domain::{Currency, Money, Partition, SiteDay, Timestamp};
use crate::storage::history::{Applied, Fault, day, entry};
use crate::storage::journal::{Change, Failure, Journal, Recorded, Seen};
use crate::storage::{Access, Database, StoreError};
use crate::wording::mask_worker_ids;

/// What the worker says; as JSON it waits in the page, to be said again when it is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Correction {
    /// Of one task.
    Task {
        /// Its entry.
        id: String,
        /// All of it, saved at once.
        said: Vec<Said>,
    },
    /// How a day's bonus is split.
    Split {
        /// Days since 1970-01-01 in the site's calendar.
        day: i32,
        /// The currency of the bonus, as a code.
        currency: String,
        /// Micro-units by entry; zero takes a share back.
        shares: Vec<(String, i64)>,
    },
}

/// One thing said of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Seconds worked; `None` takes the correction back.
    Worked(Option<u32>),
    /// The labels, all of them.
    Tags(Vec<String>),
    /// The note; an empty one takes it away.
    Note(String),
    /// Whether a screener sent the worker away.
    ScreenedOut(bool),
    /// Why it was returned.
    Returned(Reason),
    /// Which earlier task it pays for; `None` is none.
    PaysFor(Option<String>),
}

/// Why a task was returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It could not be done as offered.
    Broken,
    /// A screener without pay.
    UnpaidScreener,
    /// Not worth the time, with the share in per cent that was done by then.
    Underpaid(Option<u8>),
    /// None of these.
    Other,
}

/// What became of a correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// As for a page.
    pub kept: Kept,
    /// What takes it back; `None` where nothing changed.
    pub back: Option<Correction>,
}

/// Why a correction was not taken; nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CorrectError {
    /// There is no such task.
    NoTask,
    /// It is no day, amount or currency.
    NotUnderstood,
    /// A share of a bonus does not fit; of which entry.
    Share(EntryId, ShareError),
    /// It could not be kept.
    Failed(Failure),
}

impl From<Failure> for CorrectError {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<StoreError> for CorrectError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Fault> for CorrectError {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault.into())
    }
}

/// Keeps what the worker says. The caller holds the writer lock.
///
/// # Errors
/// Why it was not kept.
pub async fn correct<D: Database, J: Journal>(
    (database, journal): (&D, &J),
    whose: &Partition,
    correction: &Correction,
    now: Timestamp,
) -> Result<Corrected, CorrectError> {
    let (seen, back) = match correction {
        Correction::Task { id, said } => {
            let script = entry(whose.clone(), EntryId(id.clone()));
            let found = database.transact(Access::Read, script).await??.ok_or(CorrectError::NoTask)?;
            let back = Correction::Task {
                id: id.clone(),
                said: said.iter().map(|said| said.before(&found)).collect(),
            };
            (vec![Seen::Task(observation(&found, said, now))], back)
        }
        Correction::Split { day: number, currency, shares } => {
            let currency = Currency::from_code(currency).ok_or(CorrectError::NotUnderstood)?;
            let script = day(whose.clone(), SiteDay(*number), RULES);
            let view = database.transact(Access::Read, script).await??;
            let shares: Vec<(EntryId, Money)> = shares
                .iter()
                .map(|(id, micros)| (EntryId(id.clone()), Money { micros: *micros, currency }))
                .collect();
            split(&view.sum.bonus, &view.entries, &shares, now)?
        }
    };
    let change = Change { partition: whose.clone(), seen };
    let mut kept = Kept::default();
    let back = match recorded((database, journal), &change, &mut kept.mended).await? {
        Recorded::Saved(Applied::Done { head, requesters, .. }) => {
            kept.change = Some(head.last);
            kept.requesters = requesters;
            Some(back)
        }
        Recorded::Saved(Applied::NotNext(_)) | Recorded::Known => None,
        Recorded::JournalOnly(_) => Some(back),
    };
    Ok(Corrected { kept, back })
}

/// What the worker says, as an observation that goes before all they said earlier, whatever the clock says.
pub fn observation(entry: &Entry, said: &[Said], now: Timestamp) -> Observation {
    let earlier = entry.told().into_iter().filter(|told| told.origin.source == Source::Worker);
    let last = earlier.map(|told| told.origin.seen_at.0.saturating_add(1)).max();
    Observation {
        id: entry.id().clone(),
        seen_at: Timestamp(last.map_or(now.0, |last| last.max(now.0))),
        source: Source::Worker,
        facts: said.iter().map(|said| said.fact(entry)).collect(),
    }
}

/// Whether saying this would change what the entry shows: the server's word goes before the worker's.
pub fn would_be(entry: &Entry, said: Said) -> State {
    let mut after = entry.clone();
    after.merge(&observation(entry, &[said], Timestamp(0)));
    after.state()
}

impl Said {
    fn fact(&self, entry: &Entry) -> Fact {
        match self {
            Self::Worked(Some(secs)) => {
                let held = entry.worked.value().map_or(0, |worked| worked.held_secs);
                Fact::Worked(Worked::new(*secs, *secs, held, How::Corrected))
            }
            Self::Worked(None) => Fact::Worked(Worked::new(0, 0, 0, How::HeldOnly)),
            Self::Tags(tags) => {
                Fact::Tags(tags.iter().map(|tag| mask_worker_ids(tag).into_owned()).collect())
            }
            Self::Note(text) => Fact::Note(mask_worker_ids(text).into_owned()),
            Self::ScreenedOut(true) => Fact::State(StateWord::ScreenedOut),
            // The worker's "held" says only that nothing of what they said of the state holds any more.
            Self::ScreenedOut(false) => Fact::State(StateWord::Held),
            Self::Returned(reason) => Fact::State(StateWord::Returned(Some((*reason).into()))),
            Self::PaysFor(Some(id)) => Fact::PaysFor(EntryId(id.clone())),
            Self::PaysFor(None) => Fact::PaysFor(entry.id().clone()),
        }
    }

    /// What holds before this is said.
    fn before(&self, entry: &Entry) -> Self {
        match self {
            Self::Worked(_) => {
                let corrected = entry.corrected.value().filter(|worked| worked.how == How::Corrected);
                Self::Worked(corrected.map(|worked| worked.high_secs))
            }
            Self::Tags(_) => Self::Tags(entry.tags.value().cloned().unwrap_or_default()),
            Self::Note(_) => Self::Note(entry.note.value().cloned().unwrap_or_default()),
            Self::ScreenedOut(_) => Self::ScreenedOut(entry.state() == State::ScreenedOut),
            Self::Returned(_) => {
                Self::Returned(entry.return_reason.value().map_or(Reason::Other, |reason| (*reason).into()))
            }
            Self::PaysFor(_) => Self::PaysFor(entry.paid_for().map(|id| id.0.clone())),
        }
    }
}

/// The day's bonus with these shares, and each share at its task; both are said in one change.
fn split(
    bonus: &DayBonus,
    entries: &[Entry],
    shares: &[(EntryId, Money)],
    now: Timestamp,
) -> Result<(Vec<Seen>, Correction), CorrectError> {
    let held = |id: &EntryId| bonus.shares.get(id).and_then(|share| share.value()).copied();
    let last =
        bonus.shares.iter().filter_map(|(_, share)| share.origin()).map(|origin| origin.seen_at.0).max();
    let seen_at = Timestamp(last.map_or(now.0, |last| now.0.max(last.saturating_add(1))));
    let origin = Origin { seen_at, source: Source::Worker };
    let mut after = bonus.clone();
    // What becomes less first: it makes room for what becomes more.
    let mut order: Vec<&(EntryId, Money)> = shares.iter().collect();
    order.sort_by_key(|(id, money)| held(id).is_none_or(|held| money.micros > held.micros));
    let mut seen = Vec::new();
    let mut back = Vec::new();
    for (id, amount) in order {
        let of = entries.iter().find(|entry| entry.id() == id).ok_or(CorrectError::NoTask)?;
        if held(id).map_or(0, |held| held.micros) == amount.micros {
            continue;
        }
        after.share(id, *amount, origin).map_err(|error| CorrectError::Share(id.clone(), error))?;
        back.push((id.0.clone(), held(id).map_or(0, |held| held.micros)));
        let earlier = of.bonus.origin().map_or(seen_at.0, |origin| origin.seen_at.0.saturating_add(1));
        let seen_at = Timestamp(seen_at.0.max(earlier));
        let facts = vec![Fact::Bonus(*amount)];
        seen.push(Seen::Task(Observation { id: id.clone(), seen_at, source: Source::Worker, facts }));
    }
    // Only what is new: the day's sum and the other shares are known.
    let mut news = DayBonus::new(bonus.day);
    for (id, _) in &back {
        let id = EntryId(id.clone());
        if let Some(share) = after.shares.get(&id) {
            news.shares.insert(id, share.clone());
        }
    }
    seen.push(Seen::Bonus(news));
    let currency = shares.first().map_or_else(String::new, |(_, money)| money.currency.code().to_owned());
    Ok((seen, Correction::Split { day: bonus.day.0, currency, shares: back }))
}

impl From<Reason> for ReturnReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Broken => Self::Broken,
            Reason::UnpaidScreener => Self::UnpaidScreener,
            Reason::Underpaid(share) => Self::Underpaid(share.and_then(Percent::new)),
            Reason::Other => Self::Other,
        }
    }
}

impl From<ReturnReason> for Reason {
    fn from(reason: ReturnReason) -> Self {
        match reason {
            ReturnReason::Broken => Self::Broken,
            ReturnReason::UnpaidScreener => Self::UnpaidScreener,
            ReturnReason::Underpaid(share) => Self::Underpaid(share.map(Percent::get)),
            ReturnReason::Other => Self::Other,
        }
    }
}
