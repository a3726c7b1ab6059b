//! The head of the queue: how much is held, for how much, and whether it can be done in time.

use crate::domain::{Currency, Money, SortedMap, TimeRange, Timestamp};

use super::EntryId;

/// A held task as the queue shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldTask {
    /// Its entry.
    pub id: EntryId,
    /// Pay for it.
    pub reward: Option<Money>,
    /// How long it will take; `None` where nothing is known.
    pub estimate: Option<TimeRange>,
    /// When it expires.
    pub deadline: Option<Timestamp>,
}

/// The queue summed up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueHead {
    /// Tasks that have not expired.
    pub held: usize,
    /// Their rewards, one amount a currency in the order of codes; sums beyond the range of money stay at its end.
    pub rewards: Vec<Money>,
    /// Tasks whose reward is unknown.
    pub unpriced: usize,
    /// Middles of the estimates added up, in seconds; `None` where no task has one.
    pub estimate_secs: Option<u64>,
    /// Tasks without an estimate: the real sum is higher.
    pub unestimated: usize,
    /// Seconds until the first expires.
    pub first_expires_secs: Option<u64>,
    /// The first task that work in the order of deadlines reaches too late.
    pub late: Option<Late>,
    /// Tasks whose time is over.
    pub expired: usize,
}

/// A task that expires before its turn is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late {
    /// The first one.
    pub id: EntryId,
    /// By how many seconds.
    pub by_secs: u64,
    /// How many are late in all.
    pub count: usize,
}

const MS_PER_SEC: i64 = 1_000;

/// Sums up the queue at a moment.
///
/// Work goes by deadline, tasks without one last; that order meets all deadlines if any order does.
/// Unknown estimates count nothing, so a warning is never too early for them.
pub fn queue_head(tasks: &[HeldTask], now: Timestamp) -> QueueHead {
    let is_over = |task: &&HeldTask| task.deadline.is_some_and(|deadline| deadline <= now);
    let mut open: Vec<&HeldTask> = tasks.iter().filter(|task| !is_over(task)).collect();
    open.sort_by_key(|task| (task.deadline.is_none(), task.deadline, &task.id));
    let estimates = || open.iter().filter_map(|task| task.estimate);
    let estimate_secs = estimates().map(|estimate| u64::from(estimate.mid_secs)).sum();
    let first_deadline = open.first().and_then(|task| task.deadline);
    QueueHead {
        held: open.len(),
        rewards: rewards(&open),
        unpriced: open.iter().filter(|task| task.reward.is_none()).count(),
        estimate_secs: estimates().next().map(|_| estimate_secs),
        unestimated: open.iter().filter(|task| task.estimate.is_none()).count(),
        first_expires_secs: first_deadline.map(|deadline| secs_between(now, deadline)),
        late: late(&open, now),
        expired: tasks.len() - open.len(),
    }
}

/// Walks through tasks in the order of their deadlines.
fn late(open: &[&HeldTask], now: Timestamp) -> Option<Late> {
    let mut work_secs: u64 = 0;
    let mut first: Option<Late> = None;
    for task in open {
        work_secs += task.estimate.map_or(0, |estimate| u64::from(estimate.mid_secs));
        let Some(deadline) = task.deadline else { continue };
        let by_secs = work_secs.saturating_sub(secs_between(now, deadline));
        match &mut first {
            _ if by_secs == 0 => {}
            Some(late) => late.count += 1,
            None => first = Some(Late { id: task.id.clone(), by_secs, count: 1 }),
        }
    }
    first
}

/// Whole seconds from one moment to a later one.
fn secs_between(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.0.saturating_sub(from.0) / MS_PER_SEC).unwrap_or(0)
}

fn rewards(open: &[&HeldTask]) -> Vec<Money> {
    let mut sums: SortedMap<Currency, i64> = SortedMap::new();
    for reward in open.iter().filter_map(|task| task.reward) {
        let sum = sums.get(&reward.currency).copied().unwrap_or(0).saturating_add(reward.micros);
        sums.insert(reward.currency, sum);
    }
    sums.iter().map(|(currency, micros)| Money { micros: *micros, currency: *currency }).collect()
}
