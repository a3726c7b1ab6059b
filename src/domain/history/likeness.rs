//! What a row should remember: tasks like this one, done before.
//!
//! Two titles of one requester are near-same when they share a title key; the caller looks tallies up by it.
//! Of 714 rows of a real listing 285 lie in 79 such sets, so a like title alone is no reason to warn.

use crate::domain::SiteDay;

use super::{LastDay, ReturnReason, State, Tally};

/// After so many approvals of one title key it is a batch.
pub const BATCH_APPROVALS: u64 = 2;

/// What a row's words say about doing it twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RepeatWords {
    /// Nothing.
    Plain,
    /// A survey or study, which usually takes each worker once.
    Survey,
    /// It says that each worker may do it once.
    OneTime,
}

/// The last time a task like this was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastTime {
    /// The site's day.
    pub day: SiteDay,
    /// What became of it; of several on that day the worst.
    pub state: State,
}

/// What is remembered of a row's task or requester; the worst news where there are several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// Nothing.
    Nothing,
    /// Done before.
    Done {
        /// How often it was handed in.
        count: u64,
        /// The last time, where its day is known.
        last: Option<LastTime>,
    },
    /// Done again and again: it may be done once more.
    Batch {
        /// How often it was handed in.
        count: u64,
    },
    /// Work was rejected.
    Rejected {
        /// How often.
        rejected: u64,
        /// Of how many handed in.
        of: u64,
        /// Whether doing it again risks another rejection.
        caution: Caution,
    },
    /// Done before, and doing it twice may be rejected.
    Warn {
        /// What in the row's words says so.
        why: RepeatWords,
        /// How often it was handed in.
        count: u64,
        /// The last time, where its day is known.
        last: Option<LastTime>,
    },
    /// Returned by the worker, or screened out, for a reason that may meet them again.
    Returned {
        /// The worst reason; of shares done the one said most often.
        reason: ReturnReason,
        /// How often, for any reason.
        count: u64,
    },
}

/// How an earlier rejection bears on the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caution {
    /// It is a batch, or another task of the requester: worth knowing.
    Know,
    /// A task titled like this was rejected, and it is no batch: a warning.
    Warn,
}

/// What is remembered of tasks with the row's requester and title key.
pub fn memory_of_title(like_this: &Tally, words: RepeatWords) -> Memory {
    let count = done(like_this);
    let last = last_time(like_this);
    let is_batch = like_this.count_where(State::is_approval) >= BATCH_APPROVALS;
    let rejected = like_this.count(State::Rejected);
    if rejected > 0 {
        let caution = if is_batch { Caution::Know } else { Caution::Warn };
        return Memory::Rejected { rejected, of: handed_in(like_this), caution };
    }
    if is_batch {
        let fresh = returned(like_this).filter(|_| given_back_last(like_this));
        return fresh.unwrap_or(Memory::Batch { count });
    }
    if count > 0 && words != RepeatWords::Plain {
        return Memory::Warn { why: words, count, last };
    }
    returned(like_this).unwrap_or(if count > 0 { Memory::Done { count, last } } else { Memory::Nothing })
}

/// What is remembered of all tasks of the row's requester; never a warning, as the row may be another task.
pub fn memory_of_requester(all: &Tally) -> Memory {
    let rejected = all.count(State::Rejected);
    if rejected > 0 {
        return Memory::Rejected { rejected, of: handed_in(all), caution: Caution::Know };
    }
    match done(all) {
        0 => returned(all).unwrap_or(Memory::Nothing),
        count => Memory::Done { count, last: last_time(all) },
    }
}

fn handed_in(tally: &Tally) -> u64 {
    tally.count_where(State::is_handed_in)
}

/// An entry of which nothing was said may have been handed in: the guard rather knows one too many.
fn done(tally: &Tally) -> u64 {
    handed_in(tally) + tally.count(State::Unknown)
}

fn last_time(tally: &Tally) -> Option<LastTime> {
    match tally.done_days.last() {
        LastDay::On(day, state) => Some(LastTime { day, state }),
        LastDay::Never | LastDay::Recount => None,
    }
}

fn given_back_last(tally: &Tally) -> bool {
    match (tally.given_back_days.last(), tally.done_days.last()) {
        (LastDay::On(given_back, _), LastDay::On(done, _)) => given_back >= done,
        (given_back, _) => matches!(given_back, LastDay::On(..)),
    }
}

/// The worst reason of own returns; being screened out counts as one, returning for no reason does not.
fn returned(tally: &Tally) -> Option<Memory> {
    let screened_out = tally.count(State::ScreenedOut);
    let said = tally.returns.iter().map(|(reason, count)| (*reason, *count));
    let reasons = said.chain((screened_out > 0).then_some((ReturnReason::UnpaidScreener, screened_out)));
    let (reason, _) = reasons
        .filter(|(reason, _)| *reason != ReturnReason::Other)
        .max_by_key(|(reason, count)| (kind_order(*reason), *count))?;
    Some(Memory::Returned { reason, count: tally.count(State::Returned) + screened_out })
}

fn kind_order(reason: ReturnReason) -> u8 {
    match reason {
        ReturnReason::Other => 0,
        ReturnReason::Underpaid(_) => 1,
        ReturnReason::UnpaidScreener => 2,
        ReturnReason::Broken => 3,
    }
}
