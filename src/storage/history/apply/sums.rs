//! The sums of requesters, titles and days under a change: exactly what was counted goes out, what is now goes in.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::history::{Entry, Tally};
use crate::domain::{RequesterId, SiteDay, TitleKey};
use crate::storage::packed::tally::{decode_tally, encode_tally};
use crate::storage::record::{DaySum, decode_day_sum};
use crate::storage::{Key, StoreName, Write};

use super::super::keys::{day_key, tally_key};
use super::super::view::{Stop, View};
use super::super::{Place, Rules};
use super::work::Change;

/// The requester an entry is counted under.
type Counted = (RequesterId, Option<TitleKey>);

/// What is written for requesters and titles.
pub(super) struct Tallies {
    pub(super) writes: Vec<Write>,
    pub(super) requesters: Vec<RequesterId>,
}

/// Under which keys an entry is counted: its requester, and its title with that requester.
pub(in crate::storage::history) fn counted_under(rules: &Rules, entry: &Entry) -> Vec<Counted> {
    let Some(requester) = entry.requester_id.value() else { return Vec::new() };
    let title = entry.title.value().and_then(|title| (rules.title_key)(title));
    let of_title = title.map(|title| (requester.clone(), Some(title)));
    core::iter::once((requester.clone(), None)).chain(of_title).collect()
}

fn keys(rules: &Rules, changed: &[Change]) -> BTreeSet<Counted> {
    let entries = changed.iter().flat_map(|change| [&change.before, &change.after]).flatten();
    entries.flat_map(|entry| counted_under(rules, entry)).collect()
}

pub(super) fn want_tallies(view: &mut View, space: &str, rules: &Rules, changed: &[Change]) {
    for (requester, title) in keys(rules, changed) {
        view.want(StoreName::Tallies, tally_key(space, &requester, title.as_ref()));
    }
}

pub(super) fn tallies(
    view: &mut View,
    space: &str,
    rules: &Rules,
    changed: &[Change],
) -> Result<Tallies, Stop> {
    let mut tallies: BTreeMap<Counted, (Key, Tally, Tally)> = BTreeMap::new();
    for counted in keys(rules, changed) {
        let key = tally_key(space, &counted.0, counted.1.as_ref());
        let tally = decode_tally(view.bytes(StoreName::Tallies, &key)?);
        let tally = tally.map_err(|error| Stop::fault(Place::Tally, error))?;
        tallies.insert(counted, (key, tally.clone(), tally));
    }
    for change in changed {
        for (entry, is_in) in [(&change.before, false), (&change.after, true)] {
            let Some(entry) = entry else { continue };
            for counted in counted_under(rules, entry) {
                let Some((_, _, tally)) = tallies.get_mut(&counted) else { continue };
                if is_in { tally.add(entry) } else { tally.remove(entry) }
            }
        }
    }
    tallies.retain(|_, (_, old, new)| old != new);
    let requesters: BTreeSet<RequesterId> = tallies.keys().map(|(requester, _)| requester.clone()).collect();
    let write = |(key, _, tally): (Key, Tally, Tally)| {
        if tally.total() == 0 {
            Write::Delete(StoreName::Tallies, key)
        } else {
            Write::put(StoreName::Tallies, key, encode_tally(&tally))
        }
    };
    Ok(Tallies {
        writes: tallies.into_values().map(write).collect(),
        requesters: requesters.into_iter().collect(),
    })
}

pub(in crate::storage::history) fn day_sum(
    view: &mut View,
    space: &str,
    day: SiteDay,
) -> Result<DaySum, Stop> {
    let text = view.text(StoreName::DaySums, &day_key(space, day))?;
    decode_day_sum(day, text.as_deref()).map_err(|error| Stop::fault(Place::DaySum(day), error))
}

pub(super) fn replace_in_day(tally: &mut Tally, rules: &Rules, changed: &[Change], day: SiteDay) {
    let of_day = |entry: &&Entry| rules.day_of(entry) == day;
    for change in changed {
        change.before.as_ref().filter(of_day).into_iter().for_each(|entry| tally.remove(entry));
        change.after.as_ref().filter(of_day).into_iter().for_each(|entry| tally.add(entry));
    }
}
