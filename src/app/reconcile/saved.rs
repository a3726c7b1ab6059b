//! A run put aside, to go on where it stopped.
//!
//! The day being read is not in it: it begins again at its first page, so that a day is always
//! handed over whole. Between two steps of one run that day is kept too, see [`super::session`].

use serde::{Deserialize, Serialize};

use super::absence::Absence;
use super::plan::{DayPlan, Plan};
use super::run::{Run, Summary};
use super::traffic::{AccountTag, Start, Stop};
use crate::domain::history::EntryId;
use crate::domain::{SiteDay, SortedSet, Timestamp};

/// The form's version.
const VERSION: u32 = 1;
/// A run this old is not gone on with: the dashboard it was planned by says nothing any more.
pub const RESUMABLE_FOR_MS: i64 = 2 * 86_400_000;

/// Why a run cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestoreError {
    /// The text is none of ours, or of a later version.
    Unreadable,
    /// It is another account's.
    OtherAccount,
    /// It ended for good: the site twice asked for fewer requests.
    Over,
    /// Its plan is too old.
    TooOld,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Saved {
    version: u32,
    host: String,
    account: String,
    began_ms: i64,
    surveyed_ms: i64,
    known_from: String,
    unsettled: Vec<String>,
    days: Vec<SavedDay>,
    todo: Vec<SavedDay>,
    queue: Option<SavedQueue>,
    read: Vec<String>,
    partly: Vec<String>,
    refused: Vec<String>,
    refusals: u32,
    spacing_ms: i64,
    not_before_ms: i64,
}

#[derive(Serialize, Deserialize)]
pub(super) struct SavedDay {
    day: String,
    submitted: Option<u32>,
}

impl From<&DayPlan> for SavedDay {
    fn from(plan: &DayPlan) -> Self {
        Self { day: plan.day.to_string(), submitted: plan.submitted }
    }
}

impl SavedDay {
    pub(super) fn read(&self) -> Option<DayPlan> {
        Some(DayPlan::of(SiteDay::parse(&self.day)?, self.submitted))
    }
}

#[derive(Serialize, Deserialize)]
struct SavedQueue {
    seen_ms: i64,
    held: Vec<String>,
}

impl Run {
    /// The run as a text; whatever was given and not taken, or is half read, is read again.
    pub fn saved(&self) -> String {
        serde_json::to_string(&self.to_saved()).unwrap_or_default()
    }

    pub(super) fn to_saved(&self) -> Saved {
        let texts = |days: &[SiteDay]| days.iter().map(SiteDay::to_string).collect();
        // A batch that is not stored yet is as if it had not been read.
        let unstored = self.unstored();
        let keep = |days: &[SiteDay]| -> Vec<String> {
            days.iter().filter(|day| unstored != Some(**day)).map(SiteDay::to_string).collect()
        };
        let done = |plan: &&DayPlan| {
            let is_in = |days: &[SiteDay]| days.contains(&plan.day) && unstored != Some(plan.day);
            is_in(&self.summary.read) || is_in(&self.summary.partly) || is_in(&self.summary.refused)
        };
        Saved {
            version: VERSION,
            host: self.traffic.host.clone(),
            account: self.traffic.account.0.clone(),
            began_ms: self.began_at.0,
            surveyed_ms: self.plan.surveyed_at.0,
            known_from: self.plan.known_from.to_string(),
            unsettled: texts(&self.plan.unsettled),
            days: self.plan.days.iter().map(SavedDay::from).collect(),
            todo: self.plan.days.iter().filter(|plan| !done(plan)).map(SavedDay::from).collect(),
            queue: self.absence.as_ref().filter(|_| !self.queue_is_unstored()).map(|absence| SavedQueue {
                seen_ms: absence.queue_seen_at.0,
                held: absence.held.iter().map(|id| id.0.clone()).collect(),
            }),
            read: keep(&self.summary.read),
            partly: keep(&self.summary.partly),
            refused: keep(&self.summary.refused),
            refusals: self.traffic.pace.refusals,
            spacing_ms: self.traffic.pace.spacing_ms,
            not_before_ms: self.traffic.pace.not_before.0,
        }
    }

    /// Goes on with a saved run.
    ///
    /// # Errors
    /// Says why it cannot; then a new one may be begun, but for [`RestoreError::OtherAccount`].
    pub fn restore(text: &str, start: Start, now: Timestamp) -> Result<Self, RestoreError> {
        serde_json::from_str::<Saved>(text).map_err(|_| RestoreError::Unreadable)?.restore(start, now)
    }
}

impl Saved {
    /// As [`Run::restore`].
    pub(super) fn restore(self, start: Start, now: Timestamp) -> Result<Run, RestoreError> {
        let saved = self;
        if saved.version != VERSION {
            return Err(RestoreError::Unreadable);
        }
        if AccountTag(saved.account.clone()) != start.account || saved.host != start.host {
            return Err(RestoreError::OtherAccount);
        }
        if saved.refusals >= 2 {
            return Err(RestoreError::Over);
        }
        if now.0.saturating_sub(saved.surveyed_ms) > RESUMABLE_FOR_MS {
            return Err(RestoreError::TooOld);
        }
        saved.into_run(start, now).ok_or(RestoreError::Unreadable)
    }

    pub(super) fn into_run(self, start: Start, now: Timestamp) -> Option<Run> {
        let days =
            |texts: &[String]| texts.iter().map(|text| SiteDay::parse(text)).collect::<Option<Vec<_>>>();
        let plans = |days: &[SavedDay]| days.iter().map(SavedDay::read).collect::<Option<Vec<_>>>();
        let plan = Plan {
            days: plans(&self.days)?,
            unsettled: days(&self.unsettled)?,
            known_from: SiteDay::parse(&self.known_from)?,
            surveyed_at: Timestamp(self.surveyed_ms),
        };
        let summary =
            Summary { read: days(&self.read)?, partly: days(&self.partly)?, refused: days(&self.refused)? };
        let absence = self.queue.map(|queue| Absence {
            queue_seen_at: Timestamp(queue.seen_ms),
            held: queue.held.into_iter().map(EntryId).collect(),
            surveyed_at: plan.surveyed_at,
            known_from: plan.known_from,
            unsettled: plan.unsettled.iter().copied().collect(),
            read: summary.read.iter().copied().collect::<SortedSet<_>>(),
        });
        let todo = plans(&self.todo)?;
        let mut run = Run::new(start, plan, now)?;
        run.began_at = Timestamp(self.began_ms);
        run.todo = todo.into();
        run.summary = summary;
        run.absence = absence;
        let pace = &mut run.traffic.pace;
        pace.refusals = self.refusals;
        pace.spacing_ms = self.spacing_ms.max(pace.spacing_ms);
        pace.not_before = pace.not_before.max(Timestamp(self.not_before_ms));
        Some(run)
    }
}

impl Run {
    /// Why it stopped, if it did.
    pub fn stopped(&self) -> Option<Stop> {
        self.traffic.stopped
    }
}
