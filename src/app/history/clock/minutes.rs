//! What the minutes of a day were spent on.

use crate::domain::history::State;
use crate::storage::record::DaySum;

/// The minutes of a day, paid and unpaid; seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DaySecs {
    /// Surely and at most worked on tasks that were handed in.
    pub handed_in: (u64, u64),
    /// Worked on tasks given back.
    pub returned: u64,
    /// Worked on tasks whose screener sent the worker away.
    pub screened_out: u64,
    /// Worked on tasks that expired or are gone.
    pub lost: u64,
    /// On lists of tasks.
    pub search: u64,
}

impl DaySecs {
    /// Everything at least: for the wage that counts the unpaid minutes too.
    pub fn all(&self) -> u64 {
        [self.handed_in.0, self.returned, self.screened_out, self.lost, self.search]
            .into_iter()
            .fold(0, u64::saturating_add)
    }
}

/// What the minutes of a day were spent on.
pub fn minutes_of_day(sum: &DaySum) -> DaySecs {
    let low = |state: State| sum.tally.sum_where(|of| of == state).low_secs;
    let handed_in = sum.tally.sum_where(State::is_handed_in);
    DaySecs {
        handed_in: (handed_in.low_secs, handed_in.high_secs),
        returned: low(State::Returned),
        screened_out: low(State::ScreenedOut),
        lost: low(State::Expired).saturating_add(low(State::Abandoned)),
        search: sum.bonus.searched_secs().into(),
    }
}
