//! What the repair of a day needs: who lay in it, what it added up to, and its block put back.

use std::collections::BTreeSet;

use crate::domain::history::{Entry, EntryId};
use crate::domain::{Partition, SiteDay};
use crate::storage::packed::block::encode_day;
use crate::storage::packed::buckets::{Bucket, Slot};
use crate::storage::record::DaySum;
use crate::storage::{Part, Step, StoreName, Value, Write};

use super::apply::day_sum;
use super::keys::{ENTRY_BUCKETS, Target, day_key, history_head, space};
use super::view::{Stop, script};
use super::{Fault, Place};

/// The hashed name of an entry or task.
pub(in crate::storage) fn named(id: &EntryId) -> (u64, u32) {
    let slot = Slot::of(&id.0, ENTRY_BUCKETS);
    (slot.bucket, slot.hash)
}

/// The hashed names of all that lies in a day.
pub(in crate::storage) fn named_in_day(
    partition: Partition,
    day: SiteDay,
) -> Step<Result<BTreeSet<(u64, u32)>, Fault>> {
    script(move |view| {
        let head = history_head(view, Target::InUse)?;
        let space = space(head.generation, &partition);
        let mut names = BTreeSet::new();
        for (key, value) in view.list(StoreName::EntryDays, &space)? {
            let (Some(Part::Number(number)), Value::Bytes(bytes)) = (key.0.get(1), value) else { continue };
            let bucket = Bucket::decode(Some(bytes)).map_err(|error| Stop::fault(Place::EntryDays, error))?;
            let here = bucket.days.iter().filter(|(_, days)| days.contains(&day));
            names.extend(here.map(|(hash, _)| (*number, *hash)));
        }
        Ok((Vec::new(), names))
    })
}

/// What is known of a day without its block.
pub(in crate::storage) fn stored_day_sum(partition: Partition, day: SiteDay) -> Step<Result<DaySum, Fault>> {
    script(move |view| {
        let head = history_head(view, Target::InUse)?;
        let space = space(head.generation, &partition);
        Ok((Vec::new(), day_sum(view, &space, day)?))
    })
}

/// Puts a day's block back; its sums and indexes stay as they are.
pub(in crate::storage) fn put_day(
    partition: Partition,
    day: SiteDay,
    entries: Vec<Entry>,
) -> Step<Result<(), Fault>> {
    script(move |view| {
        let head = history_head(view, Target::InUse)?;
        let key = day_key(&space(head.generation, &partition), day);
        Ok((vec![Write::put(StoreName::Days, key, encode_day(&entries))], ()))
    })
}
