//! Counts and sums over entries, kept as entries come, change and go.

use crate::domain::{Currency, Money, SortedMap};

use super::recent_days::{LastDay, RecentDays, Step, count_to};
use super::{Entry, ReturnReason, State};

/// Counts and sums over any set of entries: of a requester, of a title key, of a day, of everything.
///
/// Adding, taking out and merging are exact, so the result is that of a recount in any order; see
/// [`Tally::agrees_with`]. Its size depends on how many states, currencies and reasons there are, not on the
/// number of entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Counts and seconds by state; a state without entries is absent.
    pub states: SortedMap<State, StateSum>,
    /// Rewards in micro-units by state and currency; sums of zero are absent.
    pub reward_micros: SortedMap<(State, Currency), i128>,
    /// Bonuses of single entries in micro-units; sums of zero are absent.
    ///
    /// What a site pays as the day's bonus is not in here, see [`super::DayBonus`].
    pub bonus_micros: SortedMap<Currency, i128>,
    /// Own returns by the reason given.
    pub returns: SortedMap<ReturnReason, u64>,
    /// Entries that were rejected once and approved later.
    pub overturned: u64,
    /// The last days on which entries were handed in, or of which it is unknown.
    pub done_days: RecentDays,
    /// The last days on which entries were returned or screened out.
    pub given_back_days: RecentDays,
}

/// What is summed up for one state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateSum {
    /// Entries.
    pub count: u64,
    /// Entries whose reward is unknown.
    pub unpriced: u64,
    /// Entries whose working time is unknown.
    pub untimed: u64,
    /// Seconds surely worked.
    pub low_secs: u64,
    /// Seconds at most worked.
    pub high_secs: u64,
    /// Seconds held.
    pub held_secs: u64,
}

impl Tally {
    /// A tally of nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an entry.
    pub fn add(&mut self, entry: &Entry) {
        self.merge(&Self::of(entry));
    }

    /// Takes out an entry, which must be exactly as it was added.
    pub fn remove(&mut self, entry: &Entry) {
        self.combine(&Self::of(entry), Step::Out);
    }

    /// Puts an entry in the place of what it was before.
    pub fn replace(&mut self, old: &Entry, new: &Entry) {
        self.remove(old);
        self.add(new);
    }

    /// Adds all that another tally counts; the two must have no entry in common.
    pub fn merge(&mut self, other: &Self) {
        self.combine(other, Step::In);
    }

    /// Whether both count the same. A recount may know last days that a long-kept tally had to forget.
    pub fn agrees_with(&self, recount: &Self) -> bool {
        let days_agree = |one: &RecentDays, other: &RecentDays| {
            let (one, other) = (one.last(), other.last());
            one == other || one == LastDay::Recount || other == LastDay::Recount
        };
        self.states == recount.states
            && self.reward_micros == recount.reward_micros
            && self.bonus_micros == recount.bonus_micros
            && self.returns == recount.returns
            && self.overturned == recount.overturned
            && days_agree(&self.done_days, &recount.done_days)
            && days_agree(&self.given_back_days, &recount.given_back_days)
    }

    /// Entries in a state.
    pub fn count(&self, state: State) -> u64 {
        self.states.get(&state).map_or(0, |sum| sum.count)
    }

    /// Entries in any state for which this holds.
    pub fn count_where(&self, holds: impl Fn(State) -> bool) -> u64 {
        self.states.iter().filter(|(state, _)| holds(**state)).map(|(_, sum)| sum.count).sum()
    }

    /// All entries.
    pub fn total(&self) -> u64 {
        self.count_where(|_| true)
    }

    /// Rewards of approved and paid entries, and all bonuses; one amount a currency, in the order of codes.
    pub fn earned(&self) -> Vec<Money> {
        let mut sums = self.rewards_where(State::is_approval);
        for (currency, micros) in self.bonus_micros.iter() {
            add_to(&mut sums, *currency, *micros);
        }
        as_money(&sums)
    }

    /// Rewards that wait for a decision, by currency.
    pub fn pending(&self) -> Vec<Money> {
        as_money(&self.rewards_where(|state| state == State::Pending))
    }

    /// Rewards that were refused, by currency.
    pub fn rejected(&self) -> Vec<Money> {
        as_money(&self.rewards_where(|state| state == State::Rejected))
    }

    /// Seconds, and what is unknown, over all states for which this holds.
    pub fn sum_where(&self, holds: impl Fn(State) -> bool) -> StateSum {
        let mut total = StateSum::default();
        for (_, sum) in self.states.iter().filter(|(state, _)| holds(**state)) {
            total.combine(sum, Step::In);
        }
        total
    }

    fn rewards_where(&self, holds: impl Fn(State) -> bool) -> SortedMap<Currency, i128> {
        let mut sums = SortedMap::new();
        for ((state, currency), micros) in self.reward_micros.iter() {
            if holds(*state) {
                add_to(&mut sums, *currency, *micros);
            }
        }
        sums
    }

    fn of(entry: &Entry) -> Self {
        let mut tally = Self::new();
        let state = entry.state();
        tally.states.insert(state, StateSum::of(entry));
        if let Some(reward) = entry.reward.value() {
            add_to(&mut tally.reward_micros, (state, reward.currency), i128::from(reward.micros));
        }
        if let Some(bonus) = entry.bonus.value() {
            add_to(&mut tally.bonus_micros, bonus.currency, i128::from(bonus.micros));
        }
        let reason = entry.return_reason.value().filter(|_| state == State::Returned);
        tally.returns = reason.map(|reason| (*reason, 1)).into_iter().collect();
        tally.overturned = u64::from(entry.is_overturned());
        let days = match state {
            State::Returned | State::ScreenedOut => Some(&mut tally.given_back_days),
            _ if state.is_handed_in() || state == State::Unknown => Some(&mut tally.done_days),
            _ => None,
        };
        if let Some((days, day)) = days.zip(entry.site_day.value()) {
            days.days.insert(*day, SortedMap::from_iter([(state, 1)]));
        }
        tally
    }

    fn combine(&mut self, other: &Self, step: Step) {
        for (state, sum) in other.states.iter() {
            let mut known = self.states.remove(state).unwrap_or_default();
            known.combine(sum, step);
            if known != StateSum::default() {
                self.states.insert(*state, known);
            }
        }
        for (key, micros) in other.reward_micros.iter() {
            add_to(&mut self.reward_micros, *key, step.signed(*micros));
        }
        for (currency, micros) in other.bonus_micros.iter() {
            add_to(&mut self.bonus_micros, *currency, step.signed(*micros));
        }
        for (reason, count) in other.returns.iter() {
            count_to(&mut self.returns, *reason, *count, step);
        }
        self.overturned = step.apply(self.overturned, other.overturned);
        self.done_days.combine(&other.done_days, step);
        self.given_back_days.combine(&other.given_back_days, step);
    }
}

impl StateSum {
    fn of(entry: &Entry) -> Self {
        let worked = entry.working_time();
        Self {
            count: 1,
            unpriced: u64::from(entry.reward.value().is_none()),
            untimed: u64::from(worked.is_none()),
            low_secs: worked.map_or(0, |worked| worked.low_secs.into()),
            high_secs: worked.map_or(0, |worked| worked.high_secs.into()),
            held_secs: worked.map_or(0, |worked| worked.held_secs.into()),
        }
    }

    fn combine(&mut self, other: &Self, step: Step) {
        self.count = step.apply(self.count, other.count);
        self.unpriced = step.apply(self.unpriced, other.unpriced);
        self.untimed = step.apply(self.untimed, other.untimed);
        self.low_secs = step.apply(self.low_secs, other.low_secs);
        self.high_secs = step.apply(self.high_secs, other.high_secs);
        self.held_secs = step.apply(self.held_secs, other.held_secs);
    }
}

fn add_to<K: Ord>(sums: &mut SortedMap<K, i128>, key: K, micros: i128) {
    let sum = sums.remove(&key).unwrap_or(0).saturating_add(micros);
    if sum != 0 {
        sums.insert(key, sum);
    }
}

/// Sums as amounts; beyond nine trillion they stay there.
fn as_money(sums: &SortedMap<Currency, i128>) -> Vec<Money> {
    let money = |(currency, sum): (&Currency, &i128)| {
        let end = if *sum < 0 { i64::MIN } else { i64::MAX };
        Money { micros: i64::try_from(*sum).unwrap_or(end), currency: *currency }
    };
    sums.iter().map(money).collect()
}
