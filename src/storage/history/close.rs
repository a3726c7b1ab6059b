//! Closing days: their single records become one block each.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::history::{Entry, EntryId};
use crate::domain::{Partition, SiteDay};
use crate::storage::record::{OpenRecord, decode_open, encode_assignments, encode_day_sum};
use crate::storage::{Step, StoreName, Value, Write};

use super::apply::day_sum;
use super::day_blocks::{self, Rewritten};
use super::keys::{Target, day_key, entry_key, history_head, space};
use super::view::{Stop, View, script};
use super::{Fault, Place, Rules};

/// Entries of one transaction; a day goes as a whole.
const MAX_ENTRIES: usize = 1_000;

/// Days of one transaction.
const MAX_DAYS: usize = 64;

/// What was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The days, in order.
    pub days: Vec<SiteDay>,
    /// Whether there are more: run the script again.
    pub has_more: bool,
}

/// The script that closes the days before a day, a few at a time.
pub fn close_before(
    partition: Partition,
    before: SiteDay,
    rules: Rules,
    target: Target,
) -> Step<Result<Closed, Fault>> {
    script(move |view| {
        let head = history_head(view, target)?;
        let space = space(head.generation, &partition);
        let open = Open::read(view, &space)?;
        let mut by_day: BTreeMap<SiteDay, Vec<Entry>> = BTreeMap::new();
        for entry in &open.entries {
            let day = rules.day_of(entry);
            if day < before {
                by_day.entry(day).or_default().push(entry.clone());
            }
        }
        let mut count = 0;
        let fits = |(_, entries): &(SiteDay, Vec<Entry>)| {
            let is_first = count == 0;
            count += entries.len();
            is_first || count <= MAX_ENTRIES
        };
        let days = by_day.len();
        let closing: Vec<(SiteDay, Vec<Entry>)> =
            by_day.into_iter().take(MAX_DAYS).take_while(fits).collect();
        let has_more = closing.len() < days;
        let days = closing.iter().map(|(day, _)| *day).collect();
        Ok((writes(view, &space, &open, closing)?, Closed { days, has_more }))
    })
}

/// All single records of a space.
pub(super) struct Open {
    pub(super) entries: Vec<Entry>,
    assignments: BTreeMap<EntryId, Vec<EntryId>>,
}

impl Open {
    pub(super) fn read(view: &mut View, space: &str) -> Result<Self, Stop> {
        Self::read_where(view, space, &|_| true)
    }

    /// Those whose text may be meant: reading a record takes twenty times as long as looking for a word in it.
    pub(super) fn read_where(
        view: &mut View,
        space: &str,
        may_be_meant: &dyn Fn(&str) -> bool,
    ) -> Result<Self, Stop> {
        let mut open = Self { entries: Vec::new(), assignments: BTreeMap::new() };
        for (key, value) in view.list(StoreName::Entries, space)? {
            let id = EntryId(match key.0.get(1) {
                Some(crate::storage::Part::Text(id)) => id.clone(),
                _ => String::new(),
            });
            let text = match value {
                Value::Text(text) => text.as_str(),
                Value::Bytes(_) => "",
            };
            if !may_be_meant(text) {
                continue;
            }
            match decode_open(text).map_err(|error| Stop::fault(Place::Entry(id.clone()), error))? {
                OpenRecord::Entry(entry) => open.entries.push(*entry),
                OpenRecord::Assignments(ids) => {
                    open.assignments.insert(id, ids);
                }
            }
        }
        Ok(open)
    }
}

fn writes(
    view: &mut View,
    space: &str,
    open: &Open,
    closing: Vec<(SiteDay, Vec<Entry>)>,
) -> Result<Vec<Write>, Stop> {
    for (day, _) in &closing {
        view.want(StoreName::DaySums, day_key(space, *day));
        view.want(StoreName::Days, day_key(space, *day));
    }
    view.checkpoint()?;
    let mut writes = Vec::new();
    let mut blocks = Vec::new();
    let mut gone = BTreeSet::new();
    for (day, entries) in closing {
        let mut sum = day_sum(view, space, day)?;
        let before = match view.day(space, day)? {
            Some(block) => block.to_vec(),
            None if sum.is_closed => return Err(super::apply::lost(day)),
            None => Vec::new(),
        };
        if !sum.is_closed {
            sum.is_closed = true;
            writes.push(Write::put(StoreName::DaySums, day_key(space, day), encode_day_sum(&sum)));
        }
        for entry in &entries {
            writes.push(Write::Delete(StoreName::Entries, entry_key(space, entry.id())));
            gone.insert(entry.id().clone());
        }
        let mut after: Vec<Entry> = before.iter().cloned().chain(entries).collect();
        after.sort_by(|one, other| one.id().cmp(other.id()));
        blocks.push(Rewritten { day, before, after });
    }
    for (task, ids) in &open.assignments {
        let left: Vec<EntryId> = ids.iter().filter(|id| !gone.contains(*id)).cloned().collect();
        let key = entry_key(space, task);
        if left.is_empty() {
            writes.push(Write::Delete(StoreName::Entries, key));
        } else if left != *ids {
            writes.push(Write::put(StoreName::Entries, key, encode_assignments(&left)));
        }
    }
    writes.extend(day_blocks::writes(view, space, &blocks)?);
    Ok(writes)
}
