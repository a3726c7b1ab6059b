//! Packed records: numbers of variable length, compression, and a checksum over the bytes as they are stored.
//!
//! Every packed record begins with an envelope of seven bytes: `W`, the kind of record, the version of its
//! form, and the CRC-32 of the kind, the version and all that follows. So a flipped bit, a cut, and a record
//! that lies under another kind's key all read as damaged, never as other values.

pub(super) mod block;
pub(super) mod buckets;
mod columns;
mod fact_columns;
mod numbers;
pub(super) mod observed;
pub(super) mod tally;

pub(super) use columns::{ColumnReader, ColumnWriter};
pub(super) use numbers::{Reader, Writer};

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::record::RecordError;

/// Between speed and size: one level more saves two per cent and takes twice the time.
const LEVEL: u8 = 6;

const MAGIC: u8 = b'W';

/// What a packed record holds. The letters are on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packed {
    /// The entries of a closed day.
    Day,
    /// A bucket from hashes to days.
    Bucket,
    /// Counts and sums.
    Tally,
}

impl Packed {
    fn letter(self) -> u8 {
        match self {
            Self::Day => b'd',
            Self::Bucket => b'b',
            Self::Tally => b't',
        }
    }

    fn newest(self) -> u8 {
        match self {
            Self::Day | Self::Bucket | Self::Tally => 1,
        }
    }
}

/// Puts a record's content into its envelope.
pub(super) fn seal(kind: Packed, content: &[u8]) -> Vec<u8> {
    let head = [kind.letter(), kind.newest()];
    let mut sealed = Vec::with_capacity(content.len().saturating_add(7));
    sealed.push(MAGIC);
    sealed.extend(head);
    sealed.extend(checksum(&[&head, content]).to_le_bytes());
    sealed.extend(content);
    sealed
}

/// The content of a sealed record, whose every byte is as it was written.
pub(super) fn open(kind: Packed, sealed: &[u8]) -> Result<&[u8], RecordError> {
    let Some(([magic, letter, version, crc @ ..], content)) = sealed.split_first_chunk::<7>() else {
        return Err(damaged("it is cut"));
    };
    if *magic != MAGIC || *letter != kind.letter() {
        return Err(damaged("it is another kind of record"));
    }
    if checksum(&[&[*letter, *version], content]) != u32::from_le_bytes(*crc) {
        return Err(damaged("its checksum is wrong"));
    }
    if *version > kind.newest() {
        return Err(RecordError::Newer { version: u32::from(*version) });
    }
    Ok(content)
}

/// The CRC-32 of parts, one after the other.
pub(super) fn checksum(parts: &[&[u8]]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize()
}

pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, LEVEL)
}

/// The bytes again; an error where there are none or more than expected.
pub(super) fn inflate(bytes: &[u8], limit: usize) -> Result<Vec<u8>, RecordError> {
    decompress_to_vec_with_limit(bytes, limit).map_err(|_| damaged("it cannot be unpacked"))
}

pub(super) fn damaged(what: &str) -> RecordError {
    RecordError::Damaged(what.to_owned())
}

#[cfg(test)]
mod tests;
