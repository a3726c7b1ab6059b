//! Everything the clock knows, as plain data.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Ending, Event, Page, System};
use super::front::Front;
use super::spans::Spans;
use crate::domain::Timestamp;
use crate::domain::history::EntryId;

/// The clock's whole state, to be stored after every event that changes it and at every heartbeat.
///
/// Its form: times are milliseconds since 1970 (UTC), sums are milliseconds. Numbers of tabs and
/// windows are the browser's and end with it ([`Event::BrowserStarted`]). Bounded: at most
/// [`Saved::MOST_OPEN`] held tasks, [`Saved::MOST_ENDED`] ended ones, [`Front::MOST_TABS`] tabs,
/// [`Front::MOST_WINDOWS`] windows and [`Saved::MOST_EVENTS`] events. [`super::Clock::restore`] mends what breaks these bounds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// The last moment an event told of; `None` before the first.
    pub now: Option<Timestamp>,
    /// Up to when time is counted: the moment before, until the events of the last one are applied.
    pub counted_to: Option<Timestamp>,
    /// Events of the last moment that are not yet applied: others of the same moment may come before them.
    pub events: BTreeSet<Event>,
    /// Tabs and windows.
    pub front: Front,
    /// The system's idle state.
    pub system: System,
    /// The last sign that somebody is here.
    pub signed_at: Option<Timestamp>,
    /// The task that was worked on last: time away from it may be its own.
    pub left: Option<EntryId>,
    /// Tasks that are held or ended lately.
    pub tasks: BTreeMap<EntryId, HeldTask>,
    /// Time on lists of tasks since it was last taken.
    pub search: Spans,
}

/// What is measured of one task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldTask {
    /// When it was accepted; `None` where only its end is known.
    pub held_since: Option<Timestamp>,
    /// When it expires, where known.
    pub deadline: Option<Timestamp>,
    /// When it ended first, and how.
    pub ended: Option<(Timestamp, Ending)>,
    /// The worker has stopped its clock.
    pub is_paused: bool,
    /// Time in front of the worker, with signs of life.
    pub seen: Spans,
    /// Time away since it was last in front: its own only if the worker comes back to it.
    pub pending: Away,
    /// Time away after which the worker came back to it.
    pub away: Away,
    /// What the worker says, in seconds.
    pub corrected_secs: Option<u32>,
}

/// Time in which something else than the task was in front that could have been a part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Away {
    /// Milliseconds while no other task was held.
    pub alone_ms: i64,
    /// Milliseconds while others were held: it could have been any of them.
    pub among_several_ms: i64,
}

impl Away {
    pub(super) fn add(&mut self, other: Self) {
        self.alone_ms = self.alone_ms.saturating_add(other.alone_ms);
        self.among_several_ms = self.among_several_ms.saturating_add(other.among_several_ms);
    }

    fn mend(&mut self) {
        self.alone_ms = self.alone_ms.max(0);
        self.among_several_ms = self.among_several_ms.max(0);
    }
}

/// A task without a stated deadline is forgotten after the longest time a site allows.
const LONGEST_HELD_MS: i64 = 31 * 24 * 3_600_000;

/// The site's clock and the machine's may differ: a task ends by its deadline alone only this much later.
const DEADLINE_SLACK_MS: i64 = 3_600_000;

impl HeldTask {
    /// Whether it is still held, as far as can be known.
    pub(super) fn is_open(&self, now: Timestamp) -> bool {
        let Some(since) = self.held_since.filter(|_| self.ended.is_none()) else { return false };
        let deadline = self.deadline.map_or(since.0.saturating_add(LONGEST_HELD_MS), |deadline| deadline.0);
        now.0 < deadline.saturating_add(DEADLINE_SLACK_MS)
    }

    /// Whether time can be counted for it.
    pub(super) fn runs(&self, now: Timestamp) -> bool {
        self.is_open(now) && !self.is_paused
    }
}

impl Saved {
    /// The most tasks held at once; more are not measured.
    pub const MOST_OPEN: usize = 256;
    /// The most ended tasks that are remembered, so that late words about them do not open them again.
    pub const MOST_ENDED: usize = 64;
    /// The most different events of one millisecond that are sorted before they are applied.
    pub const MOST_EVENTS: usize = 512;

    /// Drops what cannot be, and what is too much.
    pub(super) fn mend(&mut self) {
        self.front.mend();
        self.search.mend();
        for task in self.tasks.values_mut() {
            task.seen.mend();
            task.pending.mend();
            task.away.mend();
        }
        while self.tasks.len() > Self::MOST_OPEN + Self::MOST_ENDED {
            self.tasks.pop_first();
        }
        while self.events.len() > Self::MOST_EVENTS {
            self.events.pop_last();
        }
        self.counted_to = self.counted_to.or(self.now).min(self.now);
        self.signed_at = self.signed_at.min(self.now);
    }

    /// Forgets tasks that cannot be held any more, and the longest ended where there are too many.
    pub(super) fn forget_old(&mut self, now: Timestamp) {
        self.tasks.retain(|_, task| task.ended.is_some() || task.is_open(now));
        let ended = || self.tasks.iter().filter_map(|(entry, task)| Some((task.ended?.0, entry)));
        if ended().count() > Self::MOST_ENDED
            && let Some(oldest) = ended().min().map(|(_, entry)| entry.clone())
        {
            self.tasks.remove(&oldest);
        }
    }

    /// What is known of one task is that of another from now on, unless that one is known already.
    pub(super) fn rename(&mut self, from: &EntryId, to: &EntryId) {
        let Some(task) = self.tasks.remove(from) else { return };
        self.tasks.entry(to.clone()).or_insert(task);
        let shown = self.front.tabs.values_mut().flat_map(|tab| {
            let page = tab.page.as_mut().and_then(|page| match page {
                Page::Work(entry) => Some(entry),
                Page::Unknown | Page::Site | Page::List => None,
            });
            page.into_iter().chain(tab.opened_for.as_mut())
        });
        for entry in shown.chain(self.left.as_mut()).filter(|entry| *entry == from) {
            entry.clone_from(to);
        }
    }

    /// What is known of a task, or room for a new one; `None` where there is no room.
    pub(super) fn task_mut(&mut self, entry: &EntryId) -> Option<&mut HeldTask> {
        let has_room = self.tasks.len() < Self::MOST_OPEN + Self::MOST_ENDED;
        if !has_room && !self.tasks.contains_key(entry) {
            return None;
        }
        Some(self.tasks.entry(entry.clone()).or_default())
    }
}
