//! Buckets: in which days something occurs, by its hash.
//!
//! A hash may stand for several things. That costs a look into a block too many, never a wrong answer, as
//! what is found is always compared in full.

use core::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::{Packed, Reader, Writer, damaged, open, seal};
use crate::domain::SiteDay;
use crate::storage::record::RecordError;

/// Days by hash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::storage) struct Bucket {
    pub(in crate::storage) days: BTreeMap<u32, BTreeSet<SiteDay>>,
}

impl Bucket {
    /// The days of one hash in a stored bucket, without reading what is behind it; no bytes are one with nothing in it.
    pub(in crate::storage) fn find(
        bytes: Option<&[u8]>,
        hash: u32,
    ) -> Result<BTreeSet<SiteDay>, RecordError> {
        let Some(bytes) = bytes else { return Ok(BTreeSet::new()) };
        let mut content = Reader::new(open(Packed::Bucket, bytes)?);
        let count = content.count()?;
        let first = content.signed()?;
        let mut at = 0_u32;
        for _ in 0..count {
            at = at.checked_add(content.small()?).ok_or_else(|| damaged("a hash is too large"))?;
            match at.cmp(&hash) {
                Ordering::Less => while content.number()? & 1 == 1 {},
                Ordering::Equal => return read_days(&mut content, first),
                Ordering::Greater => break,
            }
        }
        Ok(BTreeSet::new())
    }

    /// Reads a bucket; no bytes are one with nothing in it.
    pub(in crate::storage) fn decode(bytes: Option<&[u8]>) -> Result<Self, RecordError> {
        let Some(bytes) = bytes else { return Ok(Self::default()) };
        let mut content = Reader::new(open(Packed::Bucket, bytes)?);
        let count = content.count()?;
        let first = content.signed()?;
        let mut bucket = Self::default();
        let mut hash = 0_u32;
        for _ in 0..count {
            hash = hash.checked_add(content.small()?).ok_or_else(|| damaged("a hash is too large"))?;
            bucket.days.insert(hash, read_days(&mut content, first)?);
        }
        if content.is_at_end() { Ok(bucket) } else { Err(damaged("something is left over")) }
    }

    /// Writes a bucket: hashes and days each as the way from the one before, the first days from the first of all; a
    /// day's lowest bit says that the hash has another one.
    pub(in crate::storage) fn encode(&self) -> Vec<u8> {
        let mut content = Writer::default();
        content.count(self.days.len());
        let first = self.days.values().filter_map(BTreeSet::first).min().map_or(0, |day| i64::from(day.0));
        content.signed(first);
        let mut last_hash = 0;
        for (hash, days) in &self.days {
            content.number(u64::from(hash.saturating_sub(last_hash)));
            last_hash = *hash;
            let mut last_day = first;
            for (place, day) in (1..).zip(days) {
                let step = u64::try_from(i64::from(day.0).saturating_sub(last_day)).unwrap_or(0);
                content.number((step << 1) | u64::from(place < days.len()));
                last_day = i64::from(day.0);
            }
        }
        seal(Packed::Bucket, &content.bytes)
    }

    /// Adds a day to a hash.
    pub(in crate::storage) fn add(&mut self, hash: u32, day: SiteDay) {
        self.days.entry(hash).or_default().insert(day);
    }

    /// Takes a day from a hash.
    pub(in crate::storage) fn remove(&mut self, hash: u32, day: SiteDay) {
        if let Some(days) = self.days.get_mut(&hash) {
            days.remove(&day);
            if days.is_empty() {
                self.days.remove(&hash);
            }
        }
    }
}

/// The days of a hash, the first as the way from the bucket's first.
fn read_days(of: &mut Reader<'_>, first: i64) -> Result<BTreeSet<SiteDay>, RecordError> {
    let mut days = BTreeSet::new();
    let (mut day, mut has_more) = (first, true);
    while has_more {
        let step = of.number()?;
        has_more = step & 1 == 1;
        day = day.saturating_add_unsigned(step >> 1);
        days.insert(SiteDay(i32::try_from(day).map_err(|_| damaged("a day is too far"))?));
    }
    Ok(days)
}

/// A place in the buckets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::storage) struct Slot {
    /// Which bucket.
    pub(in crate::storage) bucket: u64,
    /// Which hash in it.
    pub(in crate::storage) hash: u32,
}

impl Slot {
    /// Any slot of a bucket, to name the bucket.
    pub(in crate::storage) fn first(bucket: u64) -> Self {
        Self { bucket, hash: 0 }
    }

    /// The slot of a text among so many buckets. Hashes are on disk: the function never changes.
    ///
    /// FNV-1a of 64 bits and a finisher (of `MurmurHash3`), since FNV's high bits hardly depend on the last letters.
    /// Sources: <https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>,
    /// <https://github.com/aappleby/smhasher>.
    pub(in crate::storage) fn of(text: &str, buckets: u64) -> Self {
        let fnv = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let mixed = (fnv ^ (fnv >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        let mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        let mixed = mixed ^ (mixed >> 33);
        let [a, b, c, d, high @ ..] = mixed.to_le_bytes();
        Self { bucket: u64::from(u32::from_le_bytes(high)) % buckets, hash: u32::from_le_bytes([a, b, c, d]) }
    }
}
