//! What the clock says: of one task, of one that is on the screen, and of all.

use super::saved::{HeldTask, Saved};
use super::spans::{Interval, Spans};
use super::{Clock, Ending, GLANCE_MS};
use crate::domain::history::{EntryId, How, Worked};
use crate::domain::{Money, Timestamp};

/// What was measured of one task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Which.
    pub entry: EntryId,
    /// The working time and how well it is known, for the record.
    pub worked: Worked,
    /// How it ended; `None` while it is held.
    pub ending: Option<Ending>,
    /// When it was in front of the worker, with signs of life.
    pub seen: Spans,
    /// The time that counts in sums, in milliseconds: what the worker said, else what was seen and,
    /// of a task handed in, the time away that was surely its own.
    pub counted_ms: i64,
    /// Where several tasks were held: the seconds to offer at submit ("Took 14 min?").
    pub ask_secs: Option<u32>,
}

/// A task's clock as its work page shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Live {
    /// Whether it ticks.
    pub state: LiveState,
    /// Seconds of work so far.
    pub worked_secs: u32,
    /// What it pays, for the rate so far.
    pub reward: Option<Money>,
}

/// Whether a task's clock ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LiveState {
    /// It does.
    Running,
    /// The worker stopped it.
    Paused,
    /// Something else is in front, or nobody is there.
    Waiting,
}

impl Clock {
    /// What is measured of a task at a moment; `None` where it is not known to have been held.
    pub fn report(&self, entry: &EntryId, at: Timestamp) -> Option<Report> {
        self.as_of(at).state.report(entry)
    }

    /// The same of all tasks that are held or ended lately, in the order of their ids.
    pub fn reports(&self, at: Timestamp) -> Vec<Report> {
        let state = self.as_of(at).state;
        state.tasks.keys().filter_map(|entry| state.report(entry)).collect()
    }

    /// A held task's clock as its work page shows it; `None` where it is not held.
    pub fn live(&self, entry: &EntryId, reward: Option<Money>, at: Timestamp) -> Option<Live> {
        let state = self.as_of(at).state;
        let now = state.now?;
        let task = state.tasks.get(entry).filter(|task| task.is_open(now))?;
        let worked_secs = task.worked_if(Some(Ending::Submitted), now)?.low_secs;
        let state = if task.is_paused {
            LiveState::Paused
        } else if state.is_counting(entry, now) {
            LiveState::Running
        } else {
            LiveState::Waiting
        };
        Some(Live { state, worked_secs, reward })
    }
}

impl Saved {
    fn report(&self, entry: &EntryId) -> Option<Report> {
        let now = self.now?;
        let task = self.tasks.get(entry)?;
        let ending = task.ended.map(|(_, ending)| ending);
        let worked = task.worked_if(ending, now)?;
        let asks = worked.how == How::SeveralHeld && ending == Some(Ending::Submitted);
        Some(Report {
            entry: entry.clone(),
            worked,
            ending,
            seen: task.seen.clone(),
            counted_ms: task.counted_ms(ending),
            ask_secs: asks.then(|| secs(task.guess_ms()).min(worked.held_secs)),
        })
    }
}

impl HeldTask {
    /// The working time if the task ended (or did not) like this.
    fn worked_if(&self, ending: Option<Ending>, now: Timestamp) -> Option<Worked> {
        let until = self.ended.map_or(now, |(at, _)| at);
        let held = Interval { from: self.held_since?, to: until }.millis();
        let seen = self.seen.total_ms;
        let with_away = seen.saturating_add(self.own_away_ms());
        // A machine's clock that was set back must not make a task shorter than what was seen of it.
        let held = secs(held.max(with_away));
        let worked = |low: i64, high: u32, how| Worked::new(secs(low), high, held, how);
        Some(if let Some(said) = self.corrected_secs {
            Worked::new(said, said, held, How::Corrected)
        } else if seen == 0 {
            worked(0, held, How::HeldOnly)
        } else if self.away.among_several_ms > GLANCE_MS {
            worked(seen, held, How::SeveralHeld)
        } else if self.own_away_ms() == 0 {
            worked(seen, secs(seen), How::Seen)
        } else {
            // Only a task that was handed in proves that the time away was work.
            let is_work = matches!(ending, Some(Ending::Submitted));
            worked(if is_work { with_away } else { seen }, secs(with_away), How::PartlyElsewhere)
        })
    }

    fn counted_ms(&self, ending: Option<Ending>) -> i64 {
        let away = if ending == Some(Ending::Submitted) { self.own_away_ms() } else { 0 };
        let is_several = self.away.among_several_ms > GLANCE_MS;
        let measured = self.seen.total_ms.saturating_add(if is_several { 0 } else { away });
        self.corrected_secs.map_or(measured, |said| i64::from(said).saturating_mul(1_000))
    }

    /// Time away while nothing else was held; a glance is none.
    fn own_away_ms(&self) -> i64 {
        if self.away.alone_ms > GLANCE_MS { self.away.alone_ms } else { 0 }
    }

    /// The likeliest working time: what was seen, and the time away after which the worker came back to it.
    fn guess_ms(&self) -> i64 {
        self.seen.total_ms.saturating_add(self.away.alone_ms).saturating_add(self.away.among_several_ms)
    }
}

/// Whole seconds, rounded to the nearest; rounding keeps the order of two times.
fn secs(millis: i64) -> u32 {
    u32::try_from(millis.max(0).saturating_add(500) / 1_000).unwrap_or(u32::MAX)
}
