//! The last days of a set of entries, in a bounded size.

use crate::domain::{SiteDay, SortedMap};

use super::State;

/// The last few days of a set of entries, and what became of them.
///
/// All days after `forgotten_to` are in `days`; of that day and earlier ones nothing is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecentDays {
    /// At most [`RecentDays::KEPT`] days with the number of entries in each state.
    pub days: SortedMap<SiteDay, SortedMap<State, u64>>,
    /// The latest day that had to be forgotten.
    pub forgotten_to: Option<SiteDay>,
}

/// The last day of a set of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastDay {
    /// No entry has a day.
    Never,
    /// The last day, and what became of its entries; of several states the worst.
    On(SiteDay, State),
    /// So many entries were taken out that only a recount can tell.
    Recount,
}

impl RecentDays {
    /// How many days are kept.
    pub const KEPT: usize = 8;

    /// The last day.
    pub fn last(&self) -> LastDay {
        let last = self.days.iter().last();
        let worst =
            |states: &SortedMap<State, u64>| states.keys().copied().max_by_key(|state| gravity(*state));
        match last.and_then(|(day, states)| Some((*day, worst(states)?))) {
            Some((day, state)) => LastDay::On(day, state),
            None if self.forgotten_to.is_some() => LastDay::Recount,
            None => LastDay::Never,
        }
    }

    pub(super) fn combine(&mut self, other: &Self, step: Step) {
        self.forgotten_to = self.forgotten_to.max(other.forgotten_to);
        for (day, states) in other.days.iter() {
            let mut known = self.days.remove(day).unwrap_or_default();
            for (state, count) in states.iter() {
                count_to(&mut known, *state, *count, step);
            }
            if !known.is_empty() {
                self.days.insert(*day, known);
            }
        }
        if let Some(excess) = self.days.len().checked_sub(Self::KEPT + 1) {
            self.forgotten_to = self.forgotten_to.max(self.days.keys().nth(excess).copied());
        }
        let forgotten_to = self.forgotten_to;
        self.days.retain(|day, _| Some(*day) > forgotten_to);
    }
}

/// How much a state of the last day matters: bad news first.
fn gravity(state: State) -> u8 {
    match state {
        State::Rejected => 9,
        State::ScreenedOut => 8,
        State::Returned => 7,
        State::Expired => 6,
        State::Abandoned => 5,
        State::Pending => 4,
        State::InProgress => 3,
        State::Unknown => 2,
        State::Approved => 1,
        State::Paid => 0,
    }
}

/// Whether something is added or taken out.
#[derive(Clone, Copy)]
pub(super) enum Step {
    In,
    Out,
}

impl Step {
    /// Counts end at zero: taking out what was never added is the caller's mistake, and no panic.
    pub(super) fn apply(self, known: u64, by: u64) -> u64 {
        match self {
            Self::In => known.saturating_add(by),
            Self::Out => known.saturating_sub(by),
        }
    }

    pub(super) fn signed(self, micros: i128) -> i128 {
        match self {
            Self::In => micros,
            Self::Out => micros.saturating_neg(),
        }
    }
}

pub(super) fn count_to<K: Ord>(counts: &mut SortedMap<K, u64>, key: K, by: u64, step: Step) {
    let count = step.apply(counts.remove(&key).unwrap_or(0), by);
    if count != 0 {
        counts.insert(key, count);
    }
}
