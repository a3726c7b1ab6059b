//! A closed day: all its entries in one compressed block of columns.

use super::columns::{ColumnReader, ColumnWriter};
use super::{Packed, Reader, Writer, damaged, deflate, inflate, observed, open, seal};
use crate::domain::history::{Entry, EntryId, Observation};
use crate::storage::record::{RecordError, rebuilt};

/// No day of a worker comes near; more is no block of ours.
const MAX_BYTES: u64 = 1 << 28;

/// Packs a day's entries, which are in the order of their ids.
pub(in crate::storage) fn encode_day(entries: &[Entry]) -> Vec<u8> {
    let mut columns = ColumnWriter::default();
    columns.to.counts.count(entries.len());
    let mut last_seen = 0;
    for entry in entries {
        let seen = entry.observations();
        columns.to.ids.text(&entry.id().0);
        columns.to.counts.count(seen.len());
        for seen in &seen {
            observed::write(&mut columns, seen, &mut last_seen);
        }
    }
    let raw = columns.finish();
    let mut content = Writer::default();
    content.count(raw.len());
    content.bytes.extend(deflate(&raw));
    seal(Packed::Day, &content.bytes)
}

/// Reads a day's entries. All or nothing: the checksum holds for every byte.
pub(in crate::storage) fn decode_day(bytes: &[u8]) -> Result<Vec<Entry>, RecordError> {
    decode_day_where(bytes, &mut |_| true)
}

/// Reads those entries of a day of which something may be meant, by what was seen of them: making an entry of it takes
/// longer than reading it.
pub(in crate::storage) fn decode_day_where(
    bytes: &[u8],
    may_be_meant: &mut dyn FnMut(&[Observation]) -> bool,
) -> Result<Vec<Entry>, RecordError> {
    let mut content = Reader::new(open(Packed::Day, bytes)?);
    let length = content.number()?;
    if length > MAX_BYTES {
        return Err(damaged("it is too large"));
    }
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let raw = inflate(content.rest(), length)?;
    let mut columns = ColumnReader::new(&raw)?;
    let count = columns.of.counts.number()?;
    let mut last_seen = 0;
    let mut entries = Vec::new();
    for _ in 0..count {
        let (id, seen) = read_seen(&mut columns, &mut last_seen)?;
        if may_be_meant(&seen) {
            entries.push(rebuilt(id, &seen)?);
        }
    }
    if columns.is_at_end() { Ok(entries) } else { Err(damaged("something is left over")) }
}

/// What was seen of one entry.
type Seen = (EntryId, Vec<Observation>);

fn read_seen(columns: &mut ColumnReader<'_>, last_seen: &mut i64) -> Result<Seen, RecordError> {
    let id = EntryId(columns.of.ids.text()?);
    let count = columns.of.counts.number()?;
    let seen = (0..count).map(|_| observed::read(columns, id.clone(), last_seen));
    let seen = seen.collect::<Result<Vec<Observation>, RecordError>>()?;
    Ok((id, seen))
}
