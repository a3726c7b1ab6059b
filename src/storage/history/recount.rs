//! Counting everything anew, to prove the sums or to repair them.

use std::collections::BTreeMap;

use crate::domain::history::{Entry, Tally};
use crate::domain::{Partition, RequesterId, SiteDay, TitleKey};
use crate::storage::record::{DaySum, RecordError, decode_tally, encode_day_sum, encode_tally};
use crate::storage::{Key, Step, StoreName, Write};

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
    tallies: BTreeMap<(RequesterId, Option<TitleKey>), Tally>,
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

/// The script of the next step of a recount. Run it until [`Recount::is_done`].
pub fn recount_batch(partition: Partition, recount: Recount, rules: Rules) -> Step<Result<Recount, Fault>> {
    script(move |view| {
        let head = history_head(view, Target::InUse)?;
        let space = space(head.generation, &partition);
        let mut recount = match recount.begun_at {
            Some(number) if number == head.last => recount.clone(),
            _ => Recount { begun_at: Some(head.last), ..Recount::default() },
        };
        let listed = view.list(StoreName::DaySums, &space)?;
        let days: Vec<SiteDay> = listed.iter().filter_map(|(key, _)| day_of_key(key)).collect();
        recount.days = days.len();
        let next: Vec<SiteDay> = days
            .into_iter()
            .filter(|day| recount.through.is_none_or(|through| *day > through))
            .take(DAYS)
            .collect();
        let writes = if next.is_empty() {
            recount.is_done = true;
            finish(view, &space, &mut recount)?
        } else {
            count_days(view, &space, &rules, (&next, &mut recount))?
        };
        Ok((writes, recount))
    })
}

fn count_days(
    view: &mut View,
    space: &str,
    rules: &Rules,
    (days, recount): (&[SiteDay], &mut Recount),
) -> Result<Vec<Write>, Stop> {
    for day in days {
        view.want(StoreName::DaySums, day_key(space, *day));
        view.want(StoreName::Days, day_key(space, *day));
    }
    view.checkpoint()?;
    let open = Open::read(view, space)?.entries;
    let mut writes = Vec::new();
    for day in days {
        let sum = day_sum(view, space, *day)?;
        let mut count = Tally::new();
        let block;
        let entries: Vec<&Entry> = if sum.is_closed {
            block = find::block(view, space, *day)?;
            block.iter().collect()
        } else {
            open.iter().filter(|entry| rules.day_of(entry) == *day).collect()
        };
        for entry in entries {
            recount.entries += 1;
            count.add(entry);
            for key in counted_under(rules, entry) {
                recount.tallies.entry(key).or_default().add(entry);
            }
        }
        if !sum.tally.agrees_with(&count) {
            recount.differences.push(Difference::Day(*day));
            let sum = DaySum { tally: count, ..sum };
            writes.push(Write::put(StoreName::DaySums, day_key(space, *day), encode_day_sum(&sum)));
        }
    }
    recount.days_done = recount.days_done.saturating_add(days.len());
    recount.through = days.last().copied();
    Ok(writes)
}

/// Compares the sums of requesters and titles with the count. Damaged ones are written anew, as the entries are
/// here; those of a newer version are not ours to touch.
fn finish(view: &mut View, space: &str, recount: &mut Recount) -> Result<Vec<Write>, Stop> {
    let mut stored: BTreeMap<Key, Option<Tally>> = BTreeMap::new();
    for (key, value) in view.list(StoreName::Tallies, space)? {
        let tally = match decode_tally(Some(&value.clone().into_text().unwrap_or_default())) {
            Ok(tally) => Some(tally),
            Err(RecordError::Damaged(_)) => None,
            Err(error) => return Err(Stop::fault(Place::Tally, error)),
        };
        stored.insert(key.clone(), tally);
    }
    let mut writes = Vec::new();
    for ((requester, title), count) in core::mem::take(&mut recount.tallies) {
        let key = tally_key(space, &requester, title.as_ref());
        let is_right = stored.remove(&key).flatten().is_some_and(|tally| tally.agrees_with(&count));
        if !is_right {
            writes.push(Write::put(StoreName::Tallies, key, encode_tally(&count)));
            recount.differences.push(Difference::Tally(requester, title));
        }
    }
    for key in stored.into_keys() {
        if let [_, crate::storage::Part::Text(requester), crate::storage::Part::Text(title)] =
            key.0.as_slice()
        {
            let title = TitleKey::new(title);
            recount.differences.push(Difference::Tally(RequesterId(requester.clone()), title));
        }
        writes.push(Write::Delete(StoreName::Tallies, key));
    }
    Ok(writes)
}
