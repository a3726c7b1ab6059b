//! The head of the history: what is true of all its records together.

use serde::{Deserialize, Serialize};

use super::common::{RecordError, parse, unsealed, version_of, write_sealed};
use crate::domain::Partition;
use crate::storage::Key;

const NEWEST: u32 = 1;

/// How far the history in the database has come; written in the same transaction as every change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryHead {
    /// The number of the last change; 0 before the first.
    pub last: u64,
    /// The running checksum of all changes up to it.
    pub checksum: u32,
    /// Entries in all partitions.
    pub entries: u64,
    /// Which generation of records is in use.
    pub generation: u32,
    /// The partitions that have records.
    pub partitions: Vec<Partition>,
}

impl HistoryHead {
    /// Reads a head; no text is that of an empty history.
    pub fn decode(text: Option<&str>) -> Result<Self, RecordError> {
        let Some(text) = text else { return Ok(Self::default()) };
        let text = unsealed(text)?;
        version_of(text, NEWEST)?;
        let record: HistoryHeadV1 = parse(text)?;
        Ok(Self {
            last: record.n,
            checksum: record.checksum,
            entries: record.entries,
            generation: record.generation,
            partitions: record.partitions.into_iter().map(Partition).collect(),
        })
    }

    /// Writes the head in the newest version.
    pub fn encode(&self) -> String {
        write_sealed(&HistoryHeadV1 {
            v: 1,
            n: self.last,
            checksum: self.checksum,
            entries: self.entries,
            generation: self.generation,
            partitions: self.partitions.iter().map(|partition| partition.0.clone()).collect(),
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HistoryHeadV1 {
    v: u32,
    n: u64,
    checksum: u32,
    entries: u64,
    generation: u32,
    partitions: Vec<String>,
}

/// Where the head of the history in use is kept.
pub fn history_head_key() -> Key {
    Key::texts(&["history"])
}
