//! Packed records: what goes in comes out, and what was altered does not.

#![allow(clippy::unwrap_used, reason = "a failed test should stop at the line")]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::block::{decode_day, encode_day};
use super::buckets::{Bucket, Slot};
use super::tally::{decode_tally, encode_tally};
use super::*;
use crate::domain::SiteDay;
use crate::domain::history::tests::observations;
use crate::domain::history::{Entry, Tally};
use crate::storage::record::{OpenRecord, decode_open, encode_entry};

/// Entries from any observations, in the order of their ids.
fn entries() -> impl Strategy<Value = Vec<Entry>> {
    observations().prop_map(|all| {
        let mut entries: BTreeMap<_, Entry> = BTreeMap::new();
        for seen in all {
            entries.entry(seen.id.clone()).or_insert_with(|| Entry::new(seen.id.clone())).merge(&seen);
        }
        entries.into_values().collect()
    })
}

proptest! {
    #[test]
    fn numbers_come_back(small in any::<u64>(), signed in any::<i64>(), text in "\\PC{0,20}") {
        let mut writer = Writer::default();
        writer.number(small);
        writer.signed(signed);
        writer.text(&text);
        let mut reader = Reader::new(&writer.bytes);
        prop_assert_eq!(reader.number().unwrap(), small);
        prop_assert_eq!(reader.signed().unwrap(), signed);
        prop_assert_eq!(reader.text().unwrap(), text);
        prop_assert!(reader.is_at_end());
    }

    #[test]
    fn a_day_comes_back(entries in entries()) {
        prop_assert_eq!(decode_day(&encode_day(&entries)), Ok(entries));
    }

    #[test]
    fn counts_and_sums_come_back(entries in entries(), large in any::<i128>(), at in any::<prop::sample::Index>()) {
        let mut tally = Tally::new();
        for entry in &entries {
            tally.add(entry);
        }
        if let Some(currency) = tally.reward_micros.keys().next().map(|(_, currency)| *currency) {
            tally.bonus_micros.insert(currency, large);
        }
        let mut bytes = encode_tally(&tally);
        prop_assert_eq!(decode_tally(Some(&bytes)), Ok(tally));
        let at = at.index(bytes.len());
        bytes[at] ^= 1;
        prop_assert!(decode_tally(Some(&bytes)).is_err());
        bytes.truncate(at);
        prop_assert!(decode_tally(Some(&bytes)).is_err());
    }

    #[test]
    fn an_entry_comes_back(entries in entries()) {
        for entry in entries {
            let record = decode_open(&encode_entry(&entry));
            prop_assert_eq!(record, Ok(OpenRecord::Entry(Box::new(entry))));
        }
    }

    #[test]
    fn an_altered_day_is_no_day(entries in entries(), at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let mut bytes = encode_day(&entries);
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(decode_day(&bytes).is_err());
        bytes[at] ^= 1 << bit;
        bytes.truncate(at);
        prop_assert!(decode_day(&bytes).is_err());
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = (decode_day(&bytes), Bucket::decode(Some(&bytes)), decode_tally(Some(&bytes)));
        // Also behind a checksum that is right.
        let _ = (decode_day(&seal(Packed::Day, &bytes)), Bucket::decode(Some(&seal(Packed::Bucket, &bytes))));
        let _ = decode_tally(Some(&seal(Packed::Tally, &bytes)));
        let mut content = Writer::default();
        content.count(bytes.len());
        content.bytes.extend(deflate(&bytes));
        let _ = decode_day(&seal(Packed::Day, &content.bytes));
    }

    #[test]
    fn a_bucket_comes_back(pairs in prop::collection::vec((any::<u32>(), any::<i32>()), 0..50)) {
        let mut bucket = Bucket::default();
        for (hash, day) in &pairs {
            bucket.add(*hash, SiteDay(*day));
        }
        let bytes = bucket.encode();
        prop_assert_eq!(Bucket::decode(Some(&bytes)), Ok(bucket.clone()));
        for hash in pairs.iter().flat_map(|(hash, _)| [*hash, hash.wrapping_add(1)]) {
            let days = bucket.days.get(&hash).cloned().unwrap_or_default();
            prop_assert_eq!(Bucket::find(Some(&bytes), hash), Ok(days));
        }
        for (hash, day) in &pairs {
            bucket.remove(*hash, SiteDay(*day));
        }
        prop_assert_eq!(bucket, Bucket::default());
    }
}

#[test]
fn a_newer_form_says_so_and_another_kind_is_none() {
    let mut bytes = seal(Packed::Day, b"x");
    bytes[2] = 2;
    let crc = checksum(&[&[b'd', 2], b"x"]).to_le_bytes();
    bytes[3..7].copy_from_slice(&crc);
    assert_eq!(decode_day(&bytes), Err(RecordError::Newer { version: 2 }));
    assert!(Bucket::decode(Some(&seal(Packed::Day, b"x"))).is_err());
}

#[test]
fn hashes_are_what_they_were() {
    assert_eq!(Slot::of("", 1_024), Slot { bucket: 864, hash: 3_130_599_718 }, "frozen: they are on disk");
    assert_eq!(
        Slot::of("w:survey", 256),
        Slot { bucket: 226, hash: 2_691_913_904 },
        "frozen: they are on disk"
    );
}

#[test]
fn names_that_count_up_fill_buckets_evenly() {
    let mut sizes = BTreeMap::new();
    for number in 0..100_000 {
        *sizes.entry(Slot::of(&format!("3ABC{number}"), 256).bucket).or_insert(0) += 1;
    }
    assert_eq!(sizes.len(), 256);
    assert!(sizes.values().all(|size| (300..490).contains(size)));
}
