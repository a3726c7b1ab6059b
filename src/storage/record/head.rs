//! The head of the database, and the index of blocks: what is true of all records together.

use serde::{Deserialize, Serialize};

use super::common::{RecordError, parse, version_of, write};
use crate::domain::Partition;
use crate::storage::{Key, StoreName};

const NEWEST: u32 = 1;

/// How many records, and how many bytes of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Records.
    pub count: u64,
    /// Bytes of their texts in UTF-8.
    pub bytes: u64,
}

impl Tally {
    /// The tally after a record's text was replaced; `None` is "no record".
    #[must_use]
    pub fn after(self, before: Option<&str>, now: Option<&str>) -> Self {
        let of = |text: Option<&str>| text.map_or((0, 0), |text| (1, u64::try_from(text.len()).unwrap_or(0)));
        let (gone, came) = (of(before), of(now));
        Self {
            count: self.count.saturating_sub(gone.0).saturating_add(came.0),
            bytes: self.bytes.saturating_sub(gone.1).saturating_add(came.1),
        }
    }
}

/// The last change's number and the tallies; written in the same transaction as every change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The number of the last change; 0 before the first.
    pub change: u64,
    /// Own ratings.
    pub ratings: Tally,
    /// The block list.
    pub blocks: Tally,
}

impl Head {
    /// Reads the head; no text is the head of an empty database.
    pub fn decode(text: Option<&str>) -> Result<Self, RecordError> {
        let Some(text) = text else { return Ok(Self::default()) };
        version_of(text, NEWEST)?;
        let record: HeadRecordV1 = parse(text)?;
        Ok(Self { change: record.n, ratings: record.ratings, blocks: record.blocks })
    }

    /// Writes the head in the newest version.
    pub fn encode(&self) -> String {
        write(&HeadRecordV1 { v: 1, n: self.change, ratings: self.ratings, blocks: self.blocks })
    }

    /// The tally of a store that has one.
    pub fn tally_mut(&mut self, store: StoreName) -> Option<&mut Tally> {
        match store {
            StoreName::Ratings => Some(&mut self.ratings),
            StoreName::Blocks => Some(&mut self.blocks),
            _ => None,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct HeadRecordV1 {
    v: u32,
    n: u64,
    ratings: Tally,
    blocks: Tally,
}

/// Where the head is kept.
pub fn head_key() -> Key {
    Key::texts(&["head"])
}

/// Where the index of a partition's blocks is kept.
pub fn block_index_key(partition: &Partition) -> Key {
    Key::texts(&["block_index", &partition.0])
}

#[derive(Serialize, Deserialize)]
struct BlockIndexRecordV1 {
    v: u32,
    hashes: String,
}

/// Reads the hashes of a partition's blocks, as base64; no text is no block.
pub fn decode_block_index(text: Option<&str>) -> Result<String, RecordError> {
    let Some(text) = text else { return Ok(String::new()) };
    version_of(text, NEWEST)?;
    Ok(parse::<BlockIndexRecordV1>(text)?.hashes)
}

/// Writes the hashes of a partition's blocks.
pub fn encode_block_index(hashes: &str) -> String {
    write(&BlockIndexRecordV1 { v: 1, hashes: hashes.to_owned() })
}
