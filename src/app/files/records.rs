//! Ratings and blocks of a file among those that are kept: the later word holds, in whatever order they come.

use std::collections::BTreeMap;

use crate::domain::{Block, Partition, Rating};
use crate::ratings::BlockIndex;
use crate::storage::record::{
    Head, RecordError, Stored, block_index_key, block_key, decode_block, decode_block_index, decode_rating,
    encode_block, encode_block_index, encode_rating, head_key, rating_key,
};
use crate::storage::{Found, Key, Read, Step, StoreName, Write};
use crate::wording::mask::mask_worker_ids;

/// A rating or a block of a file.
#[derive(Clone, Debug)]
pub(super) enum Record {
    Rating(Box<Stored<Rating>>),
    Block(Box<Stored<Block>>),
}

/// What became, or would become, of records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) fresh: u64,
    pub(super) changed: u64,
    pub(super) same: u64,
}

impl Record {
    fn place(&self) -> (StoreName, Key) {
        match self {
            Self::Rating(one) => (StoreName::Ratings, rating_key(&one.value.partition, &one.value.requester)),
            Self::Block(one) => {
                let Block { partition, requester, scope, .. } = &one.value;
                (StoreName::Blocks, block_key(partition, requester, scope))
            }
        }
    }

    /// The record to keep; `None` where what is kept stays. A kept one that is damaged or newer stays too.
    fn over(&self, kept: Option<&str>, number: u64) -> Option<String> {
        match self {
            Self::Rating(one) => {
                let one = Stored { value: masked(one.value.clone()), change: number };
                let age = |rating: &Rating| rating.edited_at.unwrap_or(rating.rated_at);
                is_later(kept.map(decode_rating), &one, (age, encode_rating)).then(|| encode_rating(&one))
            }
            Self::Block(one) => {
                let mut value = one.value.clone();
                for text in [&mut value.requester_name, &mut value.title, &mut value.reason] {
                    *text = text.take().map(|text| mask_worker_ids(&text).into_owned());
                }
                let one = Stored { value, change: number };
                let age = |block: &Block| block.blocked_at;
                is_later(kept.map(decode_block), &one, (age, encode_block)).then(|| encode_block(&one))
            }
        }
    }
}

fn masked(mut rating: Rating) -> Rating {
    let mask =
        |text: &mut Option<String>| *text = text.take().map(|text| mask_worker_ids(&text).into_owned());
    mask(&mut rating.requester_name);
    mask(&mut rating.task.title);
    rating.note = rating.note.and_then(|note| {
        let text = mask_worker_ids(note.text()).into_owned();
        crate::domain::Note::new(&text).ok().flatten()
    });
    rating
}

/// Whether a record goes over the one that is kept: it is younger, or of two as old its text is the greater, so
/// that any order of files ends in the same.
fn is_later<T: Clone>(
    kept: Option<Result<Stored<T>, RecordError>>,
    one: &Stored<T>,
    (age, text): (impl Fn(&T) -> crate::domain::Timestamp, impl Fn(&Stored<T>) -> String),
) -> bool {
    let order = |one: &T| (age(one), text(&Stored { value: one.clone(), change: 0 }));
    match kept {
        None => true,
        Some(Ok(kept)) => order(&one.value) > order(&kept.value),
        Some(Err(_)) => false,
    }
}

/// The script that looks records up, and writes them or only says what would be.
pub(super) fn script(records: Vec<Record>, writes: super::load::Writes) -> Step<Outcome> {
    let blocks: Vec<Partition> = records.iter().filter_map(Record::of_list).collect();
    let mut partitions = blocks;
    partitions.sort();
    partitions.dedup();
    let places: Vec<(StoreName, Key)> = records.iter().map(Record::place).collect();
    let mut reads = vec![Read::Get(StoreName::Meta, head_key())];
    reads.extend(partitions.iter().map(|site| Read::Get(StoreName::Meta, block_index_key(site))));
    reads.extend(places.iter().map(|(store, key)| Read::Get(*store, key.clone())));
    Step::read(reads, move |found| {
        let mut found = found.into_iter().map(Found::into_text);
        let Ok(mut head) = Head::decode(found.next().flatten().as_deref()) else {
            return Step::Done(Vec::new(), Outcome::default());
        };
        let indexes: Vec<Option<String>> = partitions.iter().map(|_| found.next().flatten()).collect();
        let mut now: BTreeMap<(StoreName, Key), Option<String>> = places.iter().cloned().zip(found).collect();
        let mut outcome = Outcome::default();
        let number = head.change.saturating_add(1);
        let mut put: BTreeMap<(StoreName, Key), String> = BTreeMap::new();
        let mut added = Vec::new();
        for record in &records {
            let place = record.place();
            let kept = now.get(&place).cloned().flatten();
            let Some(text) = record.over(kept.as_deref(), number) else {
                outcome.same += 1;
                continue;
            };
            if kept.is_none() {
                outcome.fresh += 1;
                added.push(record.clone());
            } else {
                outcome.changed += 1;
            }
            if let Some(tally) = head.tally_mut(place.0) {
                *tally = tally.after(kept.as_deref(), Some(&text));
            }
            now.insert(place.clone(), Some(text.clone()));
            put.insert(place, text);
        }
        if put.is_empty() || writes == super::load::Writes::Nothing {
            return Step::Done(Vec::new(), outcome);
        }
        head.change = number;
        let mut all = vec![Write::put(StoreName::Meta, head_key(), head.encode())];
        all.extend(put.into_iter().map(|((store, key), text)| Write::put(store, key, text)));
        for (site, text) in partitions.iter().zip(indexes) {
            let read = decode_block_index(text.as_deref()).ok();
            // One that cannot be read is made anew by the next change of a block.
            let Some(mut index) = read.and_then(|hashes| BlockIndex::from_base64(&hashes).ok()) else {
                continue;
            };
            for record in &added {
                if let Record::Block(one) = record
                    && one.value.partition == *site
                {
                    index.insert(&one.value.requester, &one.value.scope);
                }
            }
            let text = encode_block_index(&index.to_base64());
            all.push(Write::put(StoreName::Meta, block_index_key(site), text));
        }
        Step::Done(all, outcome)
    })
}

impl Record {
    fn of_list(&self) -> Option<Partition> {
        match self {
            Self::Rating(_) => None,
            Self::Block(one) => Some(one.value.partition.clone()),
        }
    }
}
