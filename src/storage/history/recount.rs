//! Counting everything anew, to prove the sums or to repair them.

use std::collections::BTreeMap;

use crate::domain::history::{Entry, Tally};
use crate::domain::{Partition, RequesterId, SiteDay, TitleKey};
use crate::storage::packed::tally::{decode_tally, encode_tally};
use crate::storage::record::{DaySum, RecordError, encode_day_sum};
use crate::storage::{Key, Part, Step, StoreName, Write};

use super::apply::{counted_under, day_sum};
use super::close::Open;
use super::keys::{Target, day_key, day_of_key, history_head, space, tally_key};
use super::view::{Stop, View, script};
use super::{Fault, Place, Rules, find};

/// Days of one transaction.
const DAYS: usize = 16;

/// A recount under way. It lives in memory: a recount that is ended begins anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recount {
    /// The number of the last change when it began; another one since makes it begin anew.
    begun_at: Option<u64>,
    /// All days up to this one are counted.
    through: Option<SiteDay>,
    tallies: BTreeMap<Counted, Tally>,
    /// Up to where the stored sums of requesters and titles are compared.
    compared: Option<Key>,
    /// Days counted so far.
    pub days_done: usize,
    /// Days there are.
    pub days: usize,
    /// Entries counted so far.
    pub entries: u64,
    /// Sums that were other than the count, and are corrected.
    pub differences: Vec<Difference>,
    /// Whether all is counted and corrected.
    pub is_done: bool,
}

/// Sums that were not those of the entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Of a day.
    Day(SiteDay),
    /// Of a requester, or of one of its titles.
    Tally(RequesterId, Option<TitleKey>),
}

/// Under which sums an entry is counted: its requester, or that and its title.
type Counted = (RequesterId, Option<TitleKey>);

/// The script of the next step of a recount. Run it until [`Recount::is_done`].
///
/// What is counted so far may be large: it goes in and comes back, and is never copied.
pub fn recount_batch(partition: Partition, recount: Recount, rules: Rules) -> Step<Result<Recount, Fault>> {
    let mut recount = recount;
    script(move |view| {
        let head = history_head(view, Target::InUse)?;
        let space = space(head.generation, &partition);
        if recount.begun_at != Some(head.last) {
            recount = Recount { begun_at: Some(head.last), ..Recount::default() };
        }
        let listed = view.list(StoreName::DaySums, &space)?;
        let days: Vec<SiteDay> = listed.iter().filter_map(|(key, _)| day_of_key(key)).collect();
        recount.days = days.len();
        let through = recount.through;
        let is_next = |day: &SiteDay| through.is_none_or(|through| *day > through);
        let next: Vec<SiteDay> = days.into_iter().filter(is_next).take(DAYS).collect();
        let writes = if next.is_empty() {
            compare(view, &space, &mut recount)?
        } else {
            let days = read_days(view, &space, &rules, &next)?;
            count(&space, &rules, (days, &mut recount))
        };
        Ok((writes, core::mem::take(&mut recount)))
    })
}

/// A day's sums and its entries.
type Day = (SiteDay, DaySum, Vec<Entry>);

/// Reads days: all that may have to wait, before anything is counted.
fn read_days(view: &mut View, space: &str, rules: &Rules, days: &[SiteDay]) -> Result<Vec<Day>, Stop> {
    for day in days {
        view.want(StoreName::DaySums, day_key(space, *day));
        view.want(StoreName::Days, day_key(space, *day));
    }
    view.checkpoint()?;
    let mut open: BTreeMap<SiteDay, Vec<Entry>> = BTreeMap::new();
    for entry in Open::read(view, space)?.entries {
        open.entry(rules.day_of(&entry)).or_default().push(entry);
    }
    let read = days.iter().map(|day| {
        let sum = day_sum(view, space, *day)?;
        let entries = if sum.is_closed {
            find::block_where(view, space, *day, &mut |_| true)?
        } else {
            open.remove(day).unwrap_or_default()
        };
        Ok((*day, sum, entries))
    });
    read.collect()
}

fn count(space: &str, rules: &Rules, (days, recount): (Vec<Day>, &mut Recount)) -> Vec<Write> {
    let mut writes = Vec::new();
    for (day, sum, entries) in days {
        let mut count = Tally::new();
        for entry in &entries {
            recount.entries += 1;
            count.add(entry);
            for key in counted_under(rules, entry) {
                recount.tallies.entry(key).or_default().add(entry);
            }
        }
        if !sum.tally.agrees_with(&count) {
            recount.differences.push(Difference::Day(day));
            let sum = DaySum { tally: count, ..sum };
            writes.push(Write::put(StoreName::DaySums, day_key(space, day), encode_day_sum(&sum)));
        }
        recount.days_done = recount.days_done.saturating_add(1);
        recount.through = Some(day);
    }
    writes
}

/// Compares the next stored sums of requesters and titles with the count, and forgets those. Damaged ones are written
/// anew, as the entries are here; those of a newer version are not ours to touch.
fn compare(view: &mut View, space: &str, recount: &mut Recount) -> Result<Vec<Write>, Stop> {
    let page = view.page(StoreName::Tallies, space, recount.compared.as_ref())?;
    let mut stored = Vec::with_capacity(page.records.len());
    for (key, value) in &page.records {
        let tally = match decode_tally(Some(value.as_bytes())) {
            Ok(tally) => Some(tally),
            Err(RecordError::Damaged(_)) => None,
            Err(error) => return Err(Stop::fault(Place::Tally, error)),
        };
        stored.push((key.clone(), tally));
    }
    recount.is_done = page.is_last;
    recount.compared = page.records.last().map(|(key, _)| key.clone());
    let mut writes = Vec::new();
    for (key, tally) in stored {
        let counted = counted_of(&key);
        let count = counted.as_ref().and_then(|counted| recount.tallies.remove(counted));
        if let (Some(tally), Some(count)) = (&tally, &count)
            && tally.agrees_with(count)
        {
            continue;
        }
        writes.push(match count {
            Some(count) => Write::put(StoreName::Tallies, key, encode_tally(&count)),
            None => Write::Delete(StoreName::Tallies, key),
        });
        recount.differences.extend(counted.map(|(requester, title)| Difference::Tally(requester, title)));
    }
    if recount.is_done {
        for ((requester, title), count) in core::mem::take(&mut recount.tallies) {
            let key = tally_key(space, &requester, title.as_ref());
            writes.push(Write::put(StoreName::Tallies, key, encode_tally(&count)));
            recount.differences.push(Difference::Tally(requester, title));
        }
    }
    Ok(writes)
}

/// Whose sums lie under a key; `None` for one that is none of ours.
fn counted_of(key: &Key) -> Option<Counted> {
    match key.0.as_slice() {
        [_, Part::Text(requester), Part::Text(title)] => {
            Some((RequesterId(requester.clone()), TitleKey::new(title)))
        }
        _ => None,
    }
}
