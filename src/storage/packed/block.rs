//! A closed day: all its entries in one compressed block of columns.

use super::columns::{ColumnReader, ColumnWriter};
use super::{Packed, Reader, Writer, damaged, deflate, fact_columns, inflate, open, seal};
use crate::domain::Timestamp;
use crate::domain::history::{Entry, EntryId, Observation};
use crate::storage::record::{RecordError, SourceV1, rebuilt};

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
        for observation in &seen {
            columns.to.moments.signed(observation.seen_at.0.wrapping_sub(last_seen));
            last_seen = observation.seen_at.0;
            columns.to.sources.byte(SourceV1::from(observation.source).number());
            columns.to.counts.count(observation.facts.len());
            for fact in &observation.facts {
                fact_columns::write(&mut columns, fact, observation.seen_at);
            }
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
    let entries = (0..count).map(|_| read_entry(&mut columns, &mut last_seen));
    let entries = entries.collect::<Result<Vec<Entry>, RecordError>>()?;
    if columns.is_at_end() { Ok(entries) } else { Err(damaged("something is left over")) }
}

fn read_entry(columns: &mut ColumnReader<'_>, last_seen: &mut i64) -> Result<Entry, RecordError> {
    let id = EntryId(columns.of.ids.text()?);
    let count = columns.of.counts.number()?;
    let seen = (0..count)
        .map(|_| {
            let seen_at = Timestamp(last_seen.wrapping_add(columns.of.moments.signed()?));
            *last_seen = seen_at.0;
            let source = SourceV1::try_from(columns.of.sources.byte()?)
                .map_err(|()| damaged("a source is not known"))?;
            let facts = (0..columns.of.counts.number()?).map(|_| fact_columns::read(columns, seen_at));
            let facts = facts.collect::<Result<_, RecordError>>()?;
            Ok(Observation { id: id.clone(), seen_at, source: source.into(), facts })
        })
        .collect::<Result<Vec<Observation>, RecordError>>()?;
    rebuilt(id, &seen)
}
