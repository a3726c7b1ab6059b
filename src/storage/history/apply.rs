//! Every change of the history: merge, write what changed, keep all sums, in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::history::{DayBonus, Entry, EntryId, Observation};
use crate::domain::{Partition, RequesterId, SiteDay};
use crate::storage::record::{HistoryHead, RecordError, encode_day_sum};
use crate::storage::{Step, StoreName, Write};

use super::keys::{Target, day_key, history_head, put_head, space};
use super::view::{Stop, View, script};
use super::{Fault, Place, Rules};

mod sums;
mod work;

use sums::tallies;
pub(super) use sums::{counted_under, day_sum};
use work::Work;

/// Changes of one partition, one after the other, that go into one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Whose.
    pub partition: Partition,
    /// The number of the first.
    pub first: u64,
    /// The number of the last.
    pub last: u64,
    /// The running checksum after the last.
    pub checksum: u32,
    /// What was seen, in order.
    pub observations: Vec<Observation>,
    /// What is known of days' bonuses.
    pub bonuses: Vec<DayBonus>,
}

/// How far a script goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Only says what would change.
    Look,
    /// Writes it; the batch must follow on the head.
    Write,
}

/// What a batch led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// All is in.
    Done {
        /// The head afterwards.
        head: HistoryHead,
        /// Entries that are other than before, by the ids they have now.
        entries: Vec<EntryId>,
        /// Requesters whose sums are other than before.
        requesters: Vec<RequesterId>,
        /// Days whose sums or bonus are other than before.
        days: Vec<SiteDay>,
    },
    /// Other changes come first; this is how far the index has come.
    NotNext(HistoryHead),
}

impl Applied {
    /// Whether anything but the head is other than before.
    pub fn changes_anything(&self) -> bool {
        match self {
            Self::Done { entries, requesters, days, .. } => {
                !(entries.is_empty() && requesters.is_empty() && days.is_empty())
            }
            Self::NotNext(_) => true,
        }
    }
}

/// The script of a batch.
pub fn apply(batch: Batch, rules: Rules, target: Target, mode: Mode) -> Step<Result<Applied, Fault>> {
    script(move |view| run(view, &batch, &rules, (target, mode)))
}

fn run(
    view: &mut View,
    batch: &Batch,
    rules: &Rules,
    (target, mode): (Target, Mode),
) -> Result<(Vec<Write>, Applied), Stop> {
    let mut head = history_head(view, target)?;
    if mode == Mode::Write && head.last.saturating_add(1) != batch.first {
        return Ok((Vec::new(), Applied::NotNext(head)));
    }
    let space = space(head.generation, &batch.partition);
    let mut work = Work::new(&space, rules);
    work.prepare(view, &batch.observations)?;
    for observation in &batch.observations {
        work.take(view, observation)?;
    }
    let changed = work.changed();
    let days = affected_days(rules, &changed, &batch.bonuses);
    for day in &days {
        view.want(StoreName::DaySums, day_key(&space, *day));
        view.want(StoreName::Days, day_key(&space, *day));
    }
    sums::want_tallies(view, &space, rules, &changed);
    view.checkpoint()?;

    let tallies = tallies(view, &space, rules, &changed)?;
    let mut writes = tallies.writes;
    let mut changed_days = Vec::new();
    let mut closed = BTreeSet::new();
    for day in days {
        let old = day_sum(view, &space, day)?;
        let mut new = old.clone();
        sums::replace_in_day(&mut new.tally, rules, &changed, day);
        batch.bonuses.iter().filter(|bonus| bonus.day == day).for_each(|bonus| new.bonus.join(bonus));
        if old.is_closed {
            closed.insert(day);
            new.is_closed = new.tally.total() > 0;
        }
        if new != old {
            changed_days.push(day);
            writes.push(Write::put(StoreName::DaySums, day_key(&space, day), encode_day_sum(&new)));
        }
    }
    writes.extend(work.writes(view, &closed)?);
    let (came, gone) = work.balance();
    head.entries = head.entries.saturating_add(came).saturating_sub(gone);
    head.last = batch.last;
    head.checksum = batch.checksum;
    if !writes.is_empty() && !head.partitions.contains(&batch.partition) {
        head.partitions.push(batch.partition.clone());
    }
    writes.push(put_head(target, &head));
    let entries = changed.iter().filter_map(|change| Some(change.after.as_ref()?.id().clone())).collect();
    if mode == Mode::Look {
        writes.clear();
    }
    Ok((writes, Applied::Done { head, entries, requesters: tallies.requesters, days: changed_days }))
}

/// An entry before and after; `None` is no entry.
pub type Turn = (Option<Entry>, Option<Entry>);

/// The entries that observations touch, as they are and as they would be; `None` is no entry.
pub(super) fn merged(
    view: &mut View,
    (space, rules): (&str, &Rules),
    observations: &[Observation],
) -> Result<Vec<Turn>, Stop> {
    let mut work = Work::new(space, rules);
    work.prepare(view, observations)?;
    for observation in observations {
        work.take(view, observation)?;
    }
    Ok(work.changed().into_iter().map(|change| (change.before, change.after)).collect())
}

fn affected_days(rules: &Rules, changed: &[work::Change], bonuses: &[DayBonus]) -> BTreeSet<SiteDay> {
    let entries = changed.iter().flat_map(|change| [&change.before, &change.after]).flatten();
    entries.map(|entry| rules.day_of(entry)).chain(bonuses.iter().map(|bonus| bonus.day)).collect()
}

/// A closed day whose block is not there was lost.
pub(super) fn lost(day: SiteDay) -> Stop {
    Stop::fault(Place::Day(day), RecordError::Damaged("its block is missing".to_owned()))
}

/// By day, what is put into a block and what is taken out.
type Moves = BTreeMap<SiteDay, (Vec<EntryId>, Vec<Entry>)>;
