//! Sums over tasks, as the dashboard shows them.

use super::{Assignment, AssignmentState};
use crate::pacific::Day;

/// Counts and sums, in US cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Done, however it was decided.
    pub submitted: u32,
    /// Approved, paid out or not.
    pub approved: u32,
    /// Refused.
    pub rejected: u32,
    /// Not yet decided.
    pub pending: u32,
    /// Rewards of what was approved.
    pub rewards_cents: u32,
    /// Bonuses.
    pub bonus_cents: u32,
}

impl Figures {
    pub(super) fn of<'a>(entries: impl Iterator<Item = &'a Assignment>, bonus_cents: u32) -> Self {
        let mut figures = Self { bonus_cents, ..Self::default() };
        for entry in entries {
            let counted = match entry.state {
                AssignmentState::Held | AssignmentState::Returned | AssignmentState::Expired => continue,
                AssignmentState::Submitted => &mut figures.pending,
                AssignmentState::Rejected => &mut figures.rejected,
                AssignmentState::Approved | AssignmentState::Paid => {
                    figures.rewards_cents = figures.rewards_cents.saturating_add(entry.reward.cents());
                    &mut figures.approved
                }
            };
            *counted += 1;
            figures.submitted += 1;
        }
        figures
    }

    /// Rewards and bonuses.
    pub fn earnings_cents(self) -> u32 {
        self.rewards_cents.saturating_add(self.bonus_cents)
    }

    /// Approved of what was decided, in tenths of a percent; 0 where nothing was.
    pub(crate) fn approval_per_mille(self) -> u32 {
        per_mille(self.approved, self.approved + self.rejected)
    }

    /// Rejected of what was decided, likewise.
    pub(crate) fn rejection_per_mille(self) -> u32 {
        per_mille(self.rejected, self.approved + self.rejected)
    }
}

fn per_mille(part: u32, whole: u32) -> u32 {
    let rounded = (u64::from(part) * 1_000 + u64::from(whole) / 2).checked_div(u64::from(whole));
    rounded.and_then(|per_mille| u32::try_from(per_mille).ok()).unwrap_or(0)
}

/// The figures of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayFigures {
    /// Which day.
    pub day: Day,
    /// Its figures.
    pub figures: Figures,
}
