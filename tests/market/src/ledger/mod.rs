//! What the site knows of one account: every task taken on, and what was paid for it.

mod entry;
mod figures;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use crate::alert::Alert;
use crate::group::Group;
use crate::pacific::Day;

pub use entry::{Assignment, AssignmentState};
pub use figures::{DayFigures, Figures};

/// The site's own limit of tasks held at once.
pub(crate) const MOST_HELD: usize = 25;

/// Why something did not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// No such group is listed.
    NoSuchGroup,
    /// All of the group's tasks are taken.
    NoMore,
    /// The worker does not meet the group's requirements.
    NotQualified,
    /// 25 tasks are held.
    TooManyHeld,
    /// The account never had this assignment.
    NoSuchAssignment,
    /// The assignment is in a state from which no way leads there.
    WrongState(AssignmentState),
    /// A task without a reward is never paid.
    NothingToPay,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchGroup => f.write_str("no such group is listed"),
            Self::NoMore => f.write_str("all tasks of the group are taken"),
            Self::NotQualified => f.write_str("the worker does not meet the requirements"),
            Self::TooManyHeld => write!(f, "{MOST_HELD} tasks are held"),
            Self::NoSuchAssignment => f.write_str("the account has no such assignment"),
            Self::WrongState(state) => write!(f, "the assignment is {state:?}"),
            Self::NothingToPay => f.write_str("a task without a reward is never paid"),
        }
    }
}

impl std::error::Error for Refused {}

/// A task to be taken on.
pub(crate) struct Taking<'a> {
    pub(crate) group: &'a Group,
    /// The number that its ids are made of; no two tasks of a market share one.
    pub(crate) number: u64,
    /// Seconds since 1970.
    pub(crate) accepted_at: i64,
    /// Whether it lies in the queue because the behaviour says so.
    pub(crate) laid: bool,
}

/// The ledger of one account.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// In the order of acceptance.
    entries: Vec<Assignment>,
    bonus_cents: BTreeMap<Day, u32>,
    /// What the next page says at its top.
    pub(crate) alert: Option<Alert>,
}

impl Ledger {
    /// Every task ever taken on, oldest first.
    pub(crate) fn entries(&self) -> &[Assignment] {
        &self.entries
    }

    pub(crate) fn find(&self, assignment_id: &str) -> Result<&Assignment, Refused> {
        let found = self.entries.iter().find(|entry| entry.assignment_id == assignment_id);
        found.ok_or(Refused::NoSuchAssignment)
    }

    /// The assignment, to be changed.
    pub(crate) fn entry(&mut self, assignment_id: &str) -> Result<&mut Assignment, Refused> {
        let found = self.entries.iter_mut().find(|entry| entry.assignment_id == assignment_id);
        found.ok_or(Refused::NoSuchAssignment)
    }

    /// Tasks held, oldest first.
    pub(crate) fn held(&self) -> impl Iterator<Item = &Assignment> {
        self.entries.iter().filter(|entry| entry.state == AssignmentState::Held)
    }

    /// Lets tasks expire whose deadline has passed.
    pub(crate) fn settle(&mut self, now: i64) {
        for entry in &mut self.entries {
            if entry.state == AssignmentState::Held && entry.deadline <= now {
                entry.state = AssignmentState::Expired;
            }
        }
    }

    /// Takes a task of a listed group, as the link on its row does.
    pub(crate) fn accept(&mut self, taking: &Taking<'_>) -> Result<&Assignment, Refused> {
        if !taking.group.caller_meets_requirements {
            return Err(Refused::NotQualified);
        }
        if self.held().count() >= MOST_HELD {
            return Err(Refused::TooManyHeld);
        }
        if self.left_in(taking.group) == 0 {
            return Err(Refused::NoMore);
        }
        self.enter(taking)
    }

    /// How many tasks of a group this worker can still take; tasks given back can be taken once more.
    pub(crate) fn left_in(&self, group: &Group) -> usize {
        let gone = |entry: &&Assignment| {
            entry.group.hit_set_id == group.hit_set_id
                && !matches!(entry.state, AssignmentState::Returned | AssignmentState::Expired)
        };
        let all = usize::try_from(group.assignable_hits_count).unwrap_or(0);
        all.saturating_sub(self.entries.iter().filter(gone).count())
    }

    /// Writes a task into the ledger, whatever the site would say.
    pub(crate) fn enter(&mut self, taking: &Taking<'_>) -> Result<&Assignment, Refused> {
        self.entries.push(Assignment::new(taking));
        self.entries.last().ok_or(Refused::NoSuchAssignment)
    }

    /// Forgets tasks that the behaviour laid into the queue and that still lie there.
    pub(crate) fn clear_laid(&mut self) {
        self.entries.retain(|entry| !(entry.laid && entry.state == AssignmentState::Held));
    }

    /// How many of the laid tasks still lie in the queue.
    pub(crate) fn laid(&self) -> usize {
        self.held().filter(|entry| entry.laid).count()
    }

    /// Adds to a day's bonuses.
    pub(crate) fn bonus(&mut self, day: Day, cents: u32) {
        let sum = self.bonus_cents.entry(day).or_default();
        *sum = sum.saturating_add(cents);
    }

    /// What the status page of a day lists, oldest first.
    pub(crate) fn on(&self, day: Day) -> impl Iterator<Item = &Assignment> {
        self.entries.iter().filter(move |entry| entry.day == Some(day))
    }

    /// A day's line on the dashboard.
    pub(crate) fn figures_of(&self, day: Day) -> DayFigures {
        let bonus = self.bonus_cents.get(&day).copied().unwrap_or(0);
        DayFigures { day, figures: Figures::of(self.on(day), bonus) }
    }

    /// Sums over everything.
    pub(crate) fn figures(&self) -> Figures {
        let bonuses = self.bonus_cents.values().copied().fold(0, u32::saturating_add);
        Figures::of(self.entries.iter(), bonuses)
    }

    /// The days with work or bonuses, newest first.
    pub(crate) fn days(&self) -> Vec<DayFigures> {
        let filed = self.entries.iter().filter_map(|entry| entry.day);
        let mut days: Vec<Day> = filed.chain(self.bonus_cents.keys().copied()).collect();
        days.sort_unstable_by(|a, b| b.cmp(a));
        days.dedup();
        days.into_iter().map(|day| self.figures_of(day)).collect()
    }
}
