//! What is known of a day beyond its tasks: its bonus, of which the site tells only the sum and the worker may say
//! which tasks it is for; and the time spent on looking for tasks.

use crate::domain::{Money, SiteDay, SortedMap, Timestamp};

use super::register::Rule;
use super::{Entry, EntryId, Origin, Register, State};

/// A day's bonus as the site tells it, and its split by the worker.
///
/// Both parts merge in any order, so a split and a new sum may meet in any way: the split is kept, and
/// [`DayBonus::balance`] says what does not add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayBonus {
    /// The site's day.
    pub day: SiteDay,
    /// The sum of the day, never below zero.
    pub sum: Register<Money>,
    /// What the worker gave to entries; zero where they took it back.
    pub shares: SortedMap<EntryId, Register<Money>>,
    /// Seconds on lists of tasks that day, by the clock that counted them, which is told by the moment it began.
    ///
    /// Each clock only counts up, so the larger of two counts is the later one, and saying one again adds nothing.
    pub search_secs: SortedMap<Timestamp, u32>,
}

/// Whether a split adds up to the day's sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Balance {
    /// The site has told no sum.
    NoSum,
    /// All is given out.
    Even,
    /// So much is not given to any entry.
    Left(Money),
    /// So much more was given out than the site tells now.
    Over(Money),
    /// The split is in another currency than the sum.
    OtherCurrency,
}

/// Why a share was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareError {
    /// The site has told no sum to split.
    NoSum,
    /// An amount below zero.
    Negative,
    /// The sum is in another currency.
    OtherCurrency,
    /// More than what is left, which is this.
    MoreThanLeft(Money),
}

/// An entry that may have earned the day's bonus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The entry.
    pub id: EntryId,
    /// Why it is proposed.
    pub why: Why,
    /// What to fill in: all that is left where only one entry was promised a bonus, else nothing.
    pub amount: Option<Money>,
}

/// Why an entry is proposed; the better reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Its text promised one.
    Promised,
    /// It was handed in and not rejected.
    HandedIn,
}

impl DayBonus {
    /// A day without a known bonus.
    pub fn new(day: SiteDay) -> Self {
        Self { day, sum: Register::default(), shares: SortedMap::new(), search_secs: SortedMap::new() }
    }

    /// A clock's count of the day's seconds on lists of tasks.
    pub fn searched(&mut self, clock_began: Timestamp, secs: u32) {
        let known = self.search_secs.get(&clock_began).copied().unwrap_or(0);
        if secs > known {
            self.search_secs.insert(clock_began, secs);
        }
    }

    /// Seconds on lists of tasks that day, of all clocks.
    pub fn searched_secs(&self) -> u32 {
        self.search_secs.values().fold(0, |sum, secs| sum.saturating_add(*secs))
    }

    /// Takes over the site's sum; the latest wins, amounts below zero say nothing.
    pub fn tell(&mut self, sum: Money, origin: Origin) {
        if sum.micros >= 0 {
            self.sum.offer(&sum, origin, Rule::Site);
        }
    }

    /// Gives an entry a share, or changes the one it has; zero takes it back.
    ///
    /// # Errors
    /// The share is refused where the split would exceed the day's sum; then nothing changes. A share can always be
    /// lowered, also while the split exceeds a sum that has shrunk.
    pub fn share(&mut self, id: &EntryId, amount: Money, origin: Origin) -> Result<(), ShareError> {
        let sum = self.sum.value().copied().ok_or(ShareError::NoSum)?;
        if amount.micros < 0 {
            return Err(ShareError::Negative);
        }
        let others = self.given(Some(id), sum).filter(|_| amount.currency == sum.currency);
        let others = others.ok_or(ShareError::OtherCurrency)?;
        let left = i128::from(sum.micros) - others;
        let now = self.shares.get(id).and_then(Register::value).filter(|now| now.currency == sum.currency);
        if i128::from(amount.micros) > left && now.is_none_or(|now| amount.micros >= now.micros) {
            return Err(ShareError::MoreThanLeft(money(left.max(0), sum)));
        }
        let mut share = self.shares.remove(id).unwrap_or_default();
        share.offer(&amount, origin, Rule::Worker);
        self.shares.insert(id.clone(), share);
        Ok(())
    }

    /// Takes over whatever another record of the same day knows better.
    pub fn join(&mut self, other: &Self) {
        self.sum.join(&other.sum, Rule::Site);
        for (id, theirs) in other.shares.iter() {
            let mut share = self.shares.remove(id).unwrap_or_default();
            share.join(theirs, Rule::Worker);
            self.shares.insert(id.clone(), share);
        }
        for (began, secs) in other.search_secs.iter() {
            self.searched(*began, *secs);
        }
    }

    /// Whether the split adds up.
    pub fn balance(&self) -> Balance {
        let Some(sum) = self.sum.value().copied() else { return Balance::NoSum };
        let Some(given) = self.given(None, sum) else { return Balance::OtherCurrency };
        let left = i128::from(sum.micros) - given;
        match left {
            0 => Balance::Even,
            1.. => Balance::Left(money(left, sum)),
            _ => Balance::Over(money(-left, sum)),
        }
    }

    /// Which of a day's entries to offer for what is left: those whose text promised a bonus first, then the other
    /// work that was handed in and not rejected; entries that have a share already are left out.
    pub fn propose(&self, entries: &[Entry]) -> Vec<Proposal> {
        let Balance::Left(left) = self.balance() else { return Vec::new() };
        let why = |entry: &Entry| match entry.state() {
            _ if entry.promised.value().is_some() => Some(Why::Promised),
            State::Pending | State::Approved | State::Paid => Some(Why::HandedIn),
            _ => None,
        };
        let has_share = |entry: &&Entry| {
            let share = self.shares.get(entry.id()).and_then(Register::value);
            share.is_some_and(|share| share.micros > 0)
        };
        let mut found: Vec<Proposal> = entries
            .iter()
            .filter(|entry| !has_share(entry))
            .filter_map(|entry| Some(Proposal { id: entry.id().clone(), why: why(entry)?, amount: None }))
            .collect();
        found.sort_by(|one, other| (one.why, &one.id).cmp(&(other.why, &other.id)));
        if found.iter().filter(|proposal| proposal.why == Why::Promised).count() == 1
            && let Some(only) = found.first_mut()
        {
            only.amount = Some(left);
        }
        found
    }

    /// What is given to entries but this one; `None` where a share is in another currency than the sum.
    fn given(&self, but: Option<&EntryId>, sum: Money) -> Option<i128> {
        let others = self.shares.iter().filter(|(id, _)| Some(*id) != but);
        let shares = others.filter_map(|(_, share)| share.value()).filter(|share| share.micros != 0);
        shares.map(|share| (share.currency == sum.currency).then_some(i128::from(share.micros))).sum()
    }
}

/// A part of a sum, which is why it fits.
fn money(micros: i128, of: Money) -> Money {
    Money { micros: i64::try_from(micros).unwrap_or(i64::MAX), currency: of.currency }
}
