//! Which days have to be read, and what that costs.

use super::survey::Surveyed;
use crate::domain::history::{State, Tally};
use crate::domain::{SiteDay, SiteZone, SortedMap, Timestamp};

/// So many days, today's included, are looked at: the site keeps little more.
pub const LOOK_BACK_DAYS: i32 = 45;
/// Rows of a page of the site's status pages.
pub(super) const ROWS_A_PAGE: u32 = 20;
/// What a request takes with the pause behind it, as told to the worker beforehand.
const REQUEST_MS: u64 = 2_000;

/// How many entries of a day the record has in each state that the site counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LocalCounts {
    /// Not decided.
    pub pending: u32,
    /// Approved, not yet paid out.
    pub approved: u32,
    /// Paid out, also what was approved without a reward.
    pub paid: u32,
    /// Rejected.
    pub rejected: u32,
    /// Of all these, how many no status page has named yet: we saw them handed in, or a file says so.
    pub unconfirmed: u32,
}

impl LocalCounts {
    /// The counts of a day's tally.
    pub fn of(tally: &Tally, unconfirmed: u32) -> Self {
        let count = |state| u32::try_from(tally.count(state)).unwrap_or(u32::MAX);
        Self {
            pending: count(State::Pending),
            approved: count(State::Approved),
            paid: count(State::Paid),
            rejected: count(State::Rejected),
            unconfirmed,
        }
    }

    fn total(self) -> u32 {
        [self.pending, self.approved, self.paid, self.rejected].into_iter().fold(0, u32::saturating_add)
    }
}

/// One day to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayPlan {
    /// The day.
    pub day: SiteDay,
    /// How many rows the dashboard says it has; `None` where it does not say.
    pub submitted: Option<u32>,
    /// How many requests it takes.
    pub requests: u32,
}

/// What a run would read, before it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Unsettled days, the latest first.
    pub days: Vec<DayPlan>,
    /// All unsettled days there are, in or out of this plan.
    pub(super) unsettled: Vec<SiteDay>,
    /// From here on the dashboard knows every day.
    pub(super) known_from: SiteDay,
    /// When the dashboard was read.
    pub(super) surveyed_at: Timestamp,
}

/// Makes the plan from the dashboard and the record's own counts a day.
///
/// A day is settled where four figures of the dashboard are those of the record: pending =
/// pending, approved = paid, rejected = rejected, submitted = all of them. So a day with work
/// approved but not yet paid out is read again. And only where the status pages have named every
/// entry that counts: equal figures of others may be a coincidence. A day the dashboard does not
/// list has nothing.
pub fn plan(surveyed: &Surveyed, local: &[(SiteDay, LocalCounts)]) -> Plan {
    let today = SiteZone::Pacific.day_of(surveyed.seen_at);
    let from = today.plus_days(1 - LOOK_BACK_DAYS);
    // A page may have been made just before the site's midnight and read after it, or the clock may be off.
    let is_near = |day: SiteDay| day >= from && day <= today.plus_days(1);
    let mut days: SortedMap<SiteDay, Option<u32>> = SortedMap::new();
    let own: SortedMap<SiteDay, LocalCounts> = local.iter().copied().collect();
    for said in surveyed.days.iter().filter(|said| is_near(said.day)) {
        let own = own.get(&said.day).copied().unwrap_or_default();
        let is_settled = said.pending == Some(own.pending)
            && said.approved == Some(own.paid)
            && said.rejected == Some(own.rejected)
            && said.submitted == Some(own.total())
            && own.unconfirmed == 0;
        if !is_settled {
            days.insert(said.day, said.submitted);
        }
    }
    let listed = |day: SiteDay| surveyed.days.iter().any(|said| said.day == day);
    for (day, counts) in own.iter().filter(|(day, _)| is_near(**day) && !listed(**day)) {
        if counts.total() > 0 {
            days.insert(*day, None);
        }
    }
    let known_from = surveyed.days.iter().map(|said| said.day).filter(|day| is_near(*day)).min();
    let mut days: Vec<DayPlan> = days.iter().map(|(day, submitted)| DayPlan::of(*day, *submitted)).collect();
    days.reverse();
    Plan {
        unsettled: days.iter().map(|plan| plan.day).collect(),
        days,
        known_from: known_from.unwrap_or(today.plus_days(2)),
        surveyed_at: surveyed.seen_at,
    }
}

impl DayPlan {
    /// Pages until one is empty.
    pub(super) fn of(day: SiteDay, submitted: Option<u32>) -> Self {
        let pages = submitted.unwrap_or(ROWS_A_PAGE).div_ceil(ROWS_A_PAGE);
        Self { day, submitted, requests: pages.saturating_add(1) }
    }
}

impl Plan {
    /// The same for today and yesterday alone: what is offered first.
    #[must_use]
    pub fn today_and_yesterday(&self) -> Self {
        let yesterday = SiteZone::Pacific.day_of(self.surveyed_at).plus_days(-1);
        let days = self.days.iter().filter(|plan| plan.day >= yesterday).copied().collect();
        Self { days, ..self.clone() }
    }

    /// Requests it takes: one for the queue, and those of the days.
    pub fn requests(&self) -> u32 {
        self.days.iter().map(|plan| plan.requests).fold(1, u32::saturating_add)
    }

    /// Whole minutes it takes, at least one.
    pub fn minutes(&self) -> u64 {
        u64::from(self.requests()).saturating_mul(REQUEST_MS).div_ceil(60_000)
    }
}
