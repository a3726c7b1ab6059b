//! Writing the blocks of closed days, and keeping the two indexes over them exact.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::SiteDay;
use crate::domain::history::Entry;
use crate::storage::packed::block::encode_day;
use crate::storage::packed::buckets::{Bucket, Slot};
use crate::storage::{StoreName, Write};

use super::Place;
use super::keys::{ENTRY_BUCKETS, TERM_BUCKETS, bucket_key, day_key};
use super::terms;
use super::view::{Stop, View};

/// A block before and after; no entries is no block.
pub(super) struct Rewritten {
    pub(super) day: SiteDay,
    pub(super) before: Vec<Entry>,
    /// In the order of their ids.
    pub(super) after: Vec<Entry>,
}

/// All writes for rewritten blocks and their indexes.
pub(super) fn writes(view: &mut View, space: &str, blocks: &[Rewritten]) -> Result<Vec<Write>, Stop> {
    let ids = Turnover::of(blocks, ENTRY_BUCKETS, terms::ids_of);
    let words = Turnover::of(blocks, TERM_BUCKETS, terms::of_entry);
    let indexes = [(StoreName::EntryDays, ids), (StoreName::Terms, words)];
    for (store, turnover) in &indexes {
        turnover.buckets.keys().for_each(|bucket| view.want(*store, bucket_key(space, Slot::first(*bucket))));
    }
    view.checkpoint()?;
    let mut writes = Vec::new();
    for (store, turnover) in &indexes {
        writes.extend(turnover.writes(view, space, *store)?);
    }
    writes.extend(blocks.iter().map(|block| {
        let key = day_key(space, block.day);
        if block.after.is_empty() {
            Write::Delete(StoreName::Days, key)
        } else {
            Write::put(StoreName::Days, key, encode_day(&block.after))
        }
    }));
    Ok(writes)
}

/// A hash that comes to a day, or goes.
type Turn = (u32, SiteDay, IsIn);

/// Whether it is there afterwards.
type IsIn = bool;

/// What comes and goes, by bucket.
struct Turnover {
    buckets: BTreeMap<u64, Vec<Turn>>,
}

impl Turnover {
    fn of(blocks: &[Rewritten], buckets: u64, names: fn(&Entry) -> BTreeSet<String>) -> Self {
        let slots = |entries: &[Entry]| -> BTreeSet<Slot> {
            entries.iter().flat_map(names).map(|name| Slot::of(&name, buckets)).collect()
        };
        let mut turnover = Self { buckets: BTreeMap::new() };
        for block in blocks {
            let (before, after) = (slots(&block.before), slots(&block.after));
            for slot in before.symmetric_difference(&after) {
                let turn = (slot.hash, block.day, after.contains(slot));
                turnover.buckets.entry(slot.bucket).or_default().push(turn);
            }
        }
        turnover
    }

    fn writes(&self, view: &mut View, space: &str, store: StoreName) -> Result<Vec<Write>, Stop> {
        let place = if store == StoreName::Terms { Place::Terms } else { Place::EntryDays };
        let mut writes = Vec::new();
        for (number, turns) in &self.buckets {
            let key = bucket_key(space, Slot::first(*number));
            let bucket = Bucket::decode(view.bytes(store, &key)?);
            let mut bucket = bucket.map_err(|error| Stop::fault(place.clone(), error))?;
            for (hash, day, is_in) in turns {
                if *is_in { bucket.add(*hash, *day) } else { bucket.remove(*hash, *day) }
            }
            let is_empty = bucket.days.is_empty();
            let put = |bucket: &Bucket| Write::put(store, key.clone(), bucket.encode());
            writes.push(if is_empty { Write::Delete(store, key.clone()) } else { put(&bucket) });
        }
        Ok(writes)
    }
}
