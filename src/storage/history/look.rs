//! Looking things up: an entry, a day, sums, and all entries one page after the other.

use crate::domain::history::{DayBonus, Entry, EntryId, Tally};
use crate::domain::{Partition, RequesterId, SiteDay, TitleKey};
use crate::storage::packed::tally::decode_tally;
use crate::storage::record::{DaySum, RecordError};
use crate::storage::{Step, StoreName};

use super::apply::day_sum;
use super::close::Open;
use super::keys::{Target, day_of_key, history_head, space, tally_key};
use super::view::script;
use super::{Fault, Rules, find};

/// An entry as it is stored.
pub type EntryView = Option<Entry>;

/// The script that looks an entry up by its id; a task's stand-in id finds the task's assignment.
pub fn entry(partition: Partition, id: EntryId) -> Step<Result<EntryView, Fault>> {
    script(move |view| {
        let head = history_head(view, Target::InUse)?;
        let space = space(head.generation, &partition);
        if let Some((entry, _)) = find::by_id(view, &space, &id)? {
            return Ok((Vec::new(), Some(entry)));
        }
        let Some(task) = id.stands_for() else { return Ok((Vec::new(), None)) };
        let mut found = find::by_task(view, &space, &task)?;
        found.sort_by_key(|(entry, _)| (entry.accepted_at.value().copied(), entry.id().clone()));
        Ok((Vec::new(), found.pop().map(|(entry, _)| entry)))
    })
}

/// A day and its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayView {
    /// What is known without reading the entries.
    pub sum: DaySum,
    /// Its entries in the order of their ids.
    pub entries: Vec<Entry>,
}

/// The script that looks up a day.
pub fn day(partition: Partition, day: SiteDay, rules: Rules) -> Step<Result<DayView, Fault>> {
    script(move |view| {
        let head = history_head(view, Target::InUse)?;
        let space = space(head.generation, &partition);
        let sum = day_sum(view, &space, day)?;
        let mut entries = if sum.is_closed {
            find::block(view, &space, day)?.to_vec()
        } else {
            Open::read(view, &space)?.entries
        };
        entries.retain(|entry| rules.day_of(entry) == day);
        entries.sort_by(|one, other| one.id().cmp(other.id()));
        Ok((Vec::new(), DayView { sum, entries }))
    })
}

/// The script that looks up the bonuses of days; a day without one, or whose sums cannot be read, is left out.
pub fn bonuses(partition: Partition, days: Vec<SiteDay>) -> Step<Result<Vec<DayBonus>, Fault>> {
    script(move |view| {
        let head = history_head(view, Target::InUse)?;
        let space = space(head.generation, &partition);
        for day in &days {
            view.want(StoreName::DaySums, super::keys::day_key(&space, *day));
        }
        view.checkpoint()?;
        let mut bonuses = Vec::new();
        for day in &days {
            match day_sum(view, &space, *day) {
                Ok(sum) if sum.bonus.sum.value().is_some() => bonuses.push(sum.bonus),
                Ok(_) | Err(super::Stop::Fault(_)) => {}
                Err(missing) => return Err(missing),
            }
        }
        Ok((Vec::new(), bonuses))
    })
}

/// The script that looks up sums of requesters and titles, in the order of the keys; nothing counted is an empty
/// tally, and a damaged one takes no other with it. It takes the same time however long the history is.
pub fn tallies(
    partition: Partition,
    keys: Vec<(RequesterId, Option<TitleKey>)>,
) -> Step<Result<Vec<Result<Tally, RecordError>>, Fault>> {
    script(move |view| {
        let head = history_head(view, Target::InUse)?;
        let space = space(head.generation, &partition);
        let keys: Vec<_> = keys.iter().map(|(id, title)| tally_key(&space, id, title.as_ref())).collect();
        for key in &keys {
            view.want(StoreName::Tallies, key.clone());
        }
        view.checkpoint()?;
        let mut tallies = Vec::with_capacity(keys.len());
        for key in &keys {
            tallies.push(decode_tally(view.bytes(StoreName::Tallies, key)?));
        }
        Ok((Vec::new(), tallies))
    })
}

/// How far a walk over all entries has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bookmark {
    /// At the entries of open days.
    #[default]
    Open,
    /// Behind all closed days up to this one.
    Through(SiteDay),
}

/// What one step of a walk over all entries finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Entries of some days.
    pub entries: Vec<Entry>,
    /// Days whose bonus is known.
    pub bonuses: Vec<crate::domain::history::DayBonus>,
    /// Where to go on; `None` at the end.
    pub next: Option<Bookmark>,
    /// Days whose entries could not be read; the walk goes on behind them.
    pub faults: Vec<Fault>,
}

/// Closed days of one page.
const DAYS: usize = 8;

/// The script of one step of a walk over all entries: first the open days, then the closed ones in order.
pub fn entries_page(partition: Partition, from: Bookmark) -> Step<Result<Page, Fault>> {
    script(move |view| {
        let head = history_head(view, Target::InUse)?;
        let space = space(head.generation, &partition);
        let mut page = Page::default();
        let listed = view.list(StoreName::DaySums, &space)?;
        let days: Vec<SiteDay> = listed.iter().filter_map(|(key, _)| day_of_key(key)).collect();
        let Bookmark::Through(last) = from else {
            page.entries = Open::read(view, &space)?.entries;
            page.next = days.first().map(|day| Bookmark::Through(day.plus_days(-1)));
            return Ok((Vec::new(), page));
        };
        let next: Vec<SiteDay> = days.iter().copied().filter(|day| *day > last).take(DAYS).collect();
        for day in &next {
            view.want(StoreName::DaySums, super::keys::day_key(&space, *day));
            view.want(StoreName::Days, super::keys::day_key(&space, *day));
        }
        view.checkpoint()?;
        for day in &next {
            match day_sum(view, &space, *day) {
                Ok(sum) if sum.bonus != crate::domain::history::DayBonus::new(*day) => {
                    page.bonuses.push(sum.bonus);
                }
                Err(super::Stop::Fault(fault)) => page.faults.push(fault),
                Ok(_) | Err(super::Stop::Missing) => {}
            }
            match view.day(&space, *day) {
                Ok(entries) => {
                    page.entries.extend(entries.iter().flat_map(|entries| entries.iter().cloned()));
                }
                Err(super::Stop::Fault(fault)) => page.faults.push(fault),
                Err(super::Stop::Missing) => {}
            }
        }
        let is_last = next.last() == days.last() || next.is_empty();
        page.next = next.last().filter(|_| !is_last).map(|day| Bookmark::Through(*day));
        Ok((Vec::new(), page))
    })
}
