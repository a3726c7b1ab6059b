//! When a task that nobody lists any more is gone.
//!
//! A task we saw held or handed in, that is neither in the queue nor on a status page, was given
//! up somewhere we did not see. That is only concluded where every page on which it could stand
//! has been read: nothing pending is dropped because a page did not load.

use crate::domain::history::{Entry, EntryId, Fact, Observation, Source, State, StateWord, Told};
use crate::domain::{SiteDay, SiteZone, SortedSet, TaskId, Timestamp};

/// An entry of the record that no page of the site has confirmed or decided yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenEntry {
    /// The entry.
    pub id: EntryId,
    /// Its task, where known.
    pub task: Option<TaskId>,
    /// When the worker took it.
    pub accepted_at: Timestamp,
    /// When its time ran out; after that it cannot have been handed in.
    pub deadline: Timestamp,
    /// When anything was last seen of it.
    pub last_seen: Timestamp,
}

impl OpenEntry {
    /// The entry, if it is open: held or handed in by what we saw, and unknown to the status pages.
    ///
    /// `None` also where it is not known when it was taken or had to end: then nothing is concluded.
    pub fn of(entry: &Entry) -> Option<Self> {
        let is_open = matches!(entry.state(), State::InProgress | State::Pending);
        let told = entry.told();
        if !is_open || is_listed(entry) {
            return None;
        }
        Some(Self {
            id: entry.id().clone(),
            task: entry.task_id.value().cloned(),
            accepted_at: *entry.accepted_at.value()?,
            deadline: *entry.deadline.value()?,
            last_seen: told.iter().map(|told| told.origin.seen_at).max()?,
        })
    }
}

/// Whether a status page has named an entry.
pub fn is_listed(entry: &Entry) -> bool {
    let names = |told: &Told| told.origin.source.is_server() && told.fact != Fact::State(StateWord::Gone);
    entry.told().iter().any(names)
}

/// What a run has seen so far of where tasks are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// When the queue was read.
    pub(super) queue_seen_at: Timestamp,
    /// What was in it: assignments, and tasks as their stand-ins.
    pub(super) held: SortedSet<EntryId>,
    /// When the dashboard was read.
    pub(super) surveyed_at: Timestamp,
    /// From here on the dashboard knows every day.
    pub(super) known_from: SiteDay,
    /// Days whose figures differed from the record's then.
    pub(super) unsettled: SortedSet<SiteDay>,
    /// Days whose rows were all read after the queue.
    pub(super) read: SortedSet<SiteDay>,
}

impl Absence {
    /// What can be concluded of these entries; to be stored with the batch, in one transaction.
    ///
    /// They must be taken from the record in that same transaction, after the batch's own
    /// observations were merged.
    pub fn gone(&self, open: &[OpenEntry]) -> Vec<Observation> {
        let gone = open.iter().filter(|entry| self.is_gone(entry));
        let observation = |entry: &OpenEntry| Observation {
            id: entry.id.clone(),
            // One moment for all, so that a repetition says the same.
            seen_at: self.queue_seen_at,
            source: Source::Reconcile,
            facts: vec![Fact::State(StateWord::Gone)],
        };
        gone.map(observation).collect()
    }

    fn is_gone(&self, entry: &OpenEntry) -> bool {
        let stand_in = entry.task.as_ref().map(EntryId::of_task);
        let is_held = self.held.contains(&entry.id) || stand_in.is_some_and(|id| self.held.contains(&id));
        // What was seen since the queue was read may be on its way.
        if is_held || entry.last_seen >= self.queue_seen_at || entry.accepted_at > entry.deadline {
            return false;
        }
        // Handed in after the dashboard was read, it would stand on a day that looked settled then.
        let could_be_later = entry.deadline >= self.surveyed_at;
        let until = entry.deadline.min(self.queue_seen_at);
        let (first, last) = (SiteZone::Pacific.day_of(entry.accepted_at), SiteZone::Pacific.day_of(until));
        if first < self.known_from {
            return false;
        }
        (first.0..=last.0).map(SiteDay).all(|day| {
            let was_settled = !self.unsettled.contains(&day) && !could_be_later;
            self.read.contains(&day) || was_settled
        })
    }
}
