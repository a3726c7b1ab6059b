//! What the entries of some days would be, were observations merged: for what is concluded of the whole before both
//! are written as one change.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::domain::history::{Entry, EntryId, Observation, Tally};
use crate::domain::{Partition, SiteDay};
use crate::storage::{Step, StoreName};

use super::apply::{Turn, day_sum, merged};
use super::close::Open;
use super::keys::{Target, day_key, history_head, space};
use super::view::{Stop, View, script};
use super::{Fault, Rules};

/// What is looked at.
#[derive(Clone, Debug)]
pub struct Span {
    /// Whose.
    pub partition: Partition,
    /// Which days, by the days to which the entries belong.
    pub days: RangeInclusive<SiteDay>,
    /// Closed days of which this does not hold are left out: their blocks need not be unpacked.
    pub wanted: fn(&Tally) -> bool,
}

/// What would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foreseen {
    /// The entries of the span, and those that the observations touch.
    pub entries: Vec<Entry>,
    /// The entries that would be other, before and after; `None` is no entry.
    pub changed: Vec<Turn>,
}

/// The script that tells the entries of a span as they would be after these observations. Nothing is written.
///
/// Entries that the observations touch are told whatever day they belong to. A damaged day is left out.
pub fn foreseen(span: Span, observations: Vec<Observation>, rules: Rules) -> Step<Result<Foreseen, Fault>> {
    script(move |view| {
        let head = history_head(view, Target::InUse)?;
        let space = space(head.generation, &span.partition);
        let mut entries = stored(view, &space, &span, &rules)?;
        let changed = merged(view, (&space, &rules), &observations)?;
        for (before, after) in &changed {
            if let Some(before) = before {
                entries.remove(before.id());
            }
            entries.extend(after.iter().map(|entry| (entry.id().clone(), entry.clone())));
        }
        Ok((Vec::new(), Foreseen { entries: entries.into_values().collect(), changed }))
    })
}

fn stored(
    view: &mut View,
    space: &str,
    span: &Span,
    rules: &Rules,
) -> Result<BTreeMap<EntryId, Entry>, Stop> {
    let (first, last) = (span.days.start().0, span.days.end().0);
    let days = || (first..=last).map(SiteDay);
    days().for_each(|day| view.want(StoreName::DaySums, day_key(space, day)));
    view.checkpoint()?;
    let mut closed = Vec::new();
    for day in days() {
        match day_sum(view, space, day) {
            Ok(sum) if sum.is_closed && (span.wanted)(&sum.tally) => closed.push(day),
            Err(Stop::Missing) => return Err(Stop::Missing),
            Ok(_) | Err(Stop::Fault(_)) => {}
        }
    }
    for day in &closed {
        view.want(StoreName::Days, day_key(space, *day));
    }
    view.checkpoint()?;
    let open = Open::read(view, space)?.entries;
    let mut entries: BTreeMap<EntryId, Entry> = open
        .into_iter()
        .filter(|entry| span.days.contains(&rules.day_of(entry)))
        .map(|entry| (entry.id().clone(), entry))
        .collect();
    for day in closed {
        match view.day(space, day) {
            Ok(block) => {
                let block = block.iter().flat_map(|entries| entries.iter());
                entries.extend(block.map(|entry| (entry.id().clone(), entry.clone())));
            }
            Err(Stop::Missing) => return Err(Stop::Missing),
            Err(Stop::Fault(_)) => {}
        }
    }
    Ok(entries)
}
