//! Making one damaged day again from the journal.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::history::{Entry, EntryId, Observation};
use crate::domain::{Partition, SiteDay};
use crate::storage::history::{Rules, named_in_day, put_day, stored_day_sum};
use crate::storage::{Access, Database};

use super::rebuild::counted;
use super::{Failure, Journal, Line, Seen, decode_file};

/// What came of a repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// The day.
    pub day: SiteDay,
    /// Entries that are there again.
    pub kept: u64,
    /// Entries that the day had and the journal does not know.
    pub lost: u64,
    /// Whether they add up to the same sums as before the damage.
    pub is_exact: bool,
}

/// Reads the whole journal for the entries of a day whose block is damaged, and writes the block again.
///
/// Where [`Repaired::is_exact`] is false the sums need a recount.
pub async fn repair_day<D: Database, J: Journal>(
    database: &D,
    journal: &J,
    (partition, day): (&Partition, SiteDay),
    rules: Rules,
) -> Result<Repaired, Failure> {
    let named = database.transact(Access::Read, named_in_day(partition.clone(), day)).await??;
    let sum = database.transact(Access::Read, stored_day_sum(partition.clone(), day)).await??;
    let mut found = Found::default();
    for name in journal.files().await? {
        let bytes = journal.read_file(&name).await?.unwrap_or_default();
        found.take(&decode_file(&name, &bytes).lines, partition, &named);
    }
    found.take(&journal.lines().await?, partition, &named);
    let entries: Vec<Entry> =
        found.entries().into_iter().filter(|entry| rules.day_of(entry) == day).collect();
    let tally = counted(&entries);
    let (kept, had) = (tally.total(), sum.tally.total());
    let is_exact = sum.tally.agrees_with(&tally);
    database.transact(Access::Write, put_day(partition.clone(), day, entries)).await??;
    Ok(Repaired { day, kept, lost: had.saturating_sub(kept), is_exact })
}

/// What the journal says of the entries of a day.
#[derive(Default)]
struct Found {
    entries: BTreeMap<EntryId, Entry>,
    /// What is known only by a task, until all is read.
    of_tasks: Vec<Observation>,
}

impl Found {
    fn take(&mut self, lines: &[(u64, String)], partition: &Partition, named: &BTreeSet<(u64, u32)>) {
        let lines = lines.iter().filter_map(|(_, line)| Line::decode(line).ok());
        for seen in lines.filter(|line| line.change.partition == *partition).flat_map(|line| line.change.seen)
        {
            let Seen::Task(observation) = seen else { continue };
            if !named.contains(&crate::storage::history::named(&observation.id)) {
                continue;
            }
            if observation.id.stands_for().is_some() {
                self.of_tasks.push(observation);
            } else {
                let new = || Entry::new(observation.id.clone());
                self.entries.entry(observation.id.clone()).or_insert_with(new).merge(&observation);
            }
        }
    }

    /// All entries, each with what was only known by its task.
    fn entries(mut self) -> Vec<Entry> {
        for observation in core::mem::take(&mut self.of_tasks) {
            let task = observation.id.stands_for();
            let of_task = |entry: &&mut Entry| entry.task_id.value() == task.as_ref();
            let last = self
                .entries
                .values_mut()
                .filter(of_task)
                .max_by_key(|entry| (entry.accepted_at.value().copied(), entry.id().clone()));
            if let Some(entry) = last {
                entry.merge(&observation);
            } else {
                let new = || Entry::new(observation.id.clone());
                self.entries.entry(observation.id.clone()).or_insert_with(new).merge(&observation);
            }
        }
        self.entries.into_values().collect()
    }
}
