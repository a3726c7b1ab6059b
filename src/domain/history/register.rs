//! One field of an entry: the value that wins, and where it came from.

use std::cmp::{Ordering, Reverse};

use crate::domain::Timestamp;

use super::Source;

/// Where and when a value was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// When it was seen.
    pub seen_at: Timestamp,
    /// Where it was seen.
    pub source: Source,
}

/// A field: nothing yet, or the best value that was ever offered.
///
/// The best is the greatest in a total order of (rank of the source, moment, value), so the order of arrival
/// and repetition do not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register<T> {
    held: Option<(T, Origin)>,
}

impl<T> Default for Register<T> {
    fn default() -> Self {
        Self { held: None }
    }
}

impl<T> Register<T> {
    /// A field with a value, as it was kept.
    pub fn of(value: T, origin: Origin) -> Self {
        Self { held: Some((value, origin)) }
    }

    /// The value; `None` is unknown.
    pub fn value(&self) -> Option<&T> {
        self.held.as_ref().map(|(value, _)| value)
    }

    /// Where the value came from.
    pub fn origin(&self) -> Option<Origin> {
        self.held.as_ref().map(|(_, origin)| *origin)
    }
}

impl<T: Ord + Clone> Register<T> {
    /// Keeps the better of the held and the offered value.
    pub(super) fn offer(&mut self, value: &T, origin: Origin, rule: Rule) {
        let better = match &self.held {
            None => true,
            Some((held, held_origin)) => rule.compare((value, origin), (held, *held_origin)).is_gt(),
        };
        if better {
            self.held = Some((value.clone(), origin));
        }
    }

    /// Keeps the better of both.
    pub(super) fn join(&mut self, other: &Self, rule: Rule) {
        if let Some((value, origin)) = &other.held {
            self.offer(value, *origin, rule);
        }
    }
}

/// Which of two values of a field wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// What the site states: its record of the outcome first, then its other pages; the latest.
    Site,
    /// What holds of the moment of accepting: as `Site`, but the earliest, so that pages opened again change nothing.
    SiteFirst,
    /// Times of holding: the queue states them exactly, the work page's come from a timer of whole seconds.
    Held,
    /// The moment of handing in: the message is the moment itself, the alert comes a page later.
    HandedIn,
    /// The worker's own: what they said last.
    Worker,
}

impl Rule {
    /// A total order: equal only for the same value of the same origin.
    fn compare<T: Ord>(self, one: (&T, Origin), other: (&T, Origin)) -> Ordering {
        let by_time = |origin: Origin| match self {
            Self::SiteFirst | Self::Held => (Reverse(Some(origin.seen_at)), None),
            Self::Site | Self::HandedIn | Self::Worker => (Reverse(None), Some(origin.seen_at)),
        };
        let key = |origin: Origin| (self.rank(origin.source), by_time(origin));
        (key(one.1), one.0, one.1.source).cmp(&(key(other.1), other.0, other.1.source))
    }

    /// The higher, the more a source is believed for fields of this rule.
    fn rank(self, source: Source) -> u8 {
        match (self, source) {
            (Self::Worker, Source::Worker) => 9,
            (_, Source::StatusPage | Source::Reconcile) => 8,
            (Self::Held, Source::Queue) | (Self::HandedIn, Source::SubmitMessage) => 7,
            (_, Source::WorkPage | Source::Queue) => 6,
            (
                _,
                Source::SubmitMessage
                | Source::SubmitAlert
                | Source::ReturnForm
                | Source::ReturnAlert
                | Source::ExpiryAlert,
            ) => 5,
            (_, Source::Worker) => 4,
            (_, Source::Clock) => 3,
            (_, Source::Import) => 1,
        }
    }
}
