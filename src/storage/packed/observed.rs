//! What was seen at one moment, in columns.

use super::columns::{ColumnReader, ColumnWriter};
use super::{damaged, fact_columns};
use crate::domain::Timestamp;
use crate::domain::history::{EntryId, Observation};
use crate::storage::record::{RecordError, SourceV1};

/// Writes an observation but for its entry's id; `last_seen` is the moment of the one before.
pub(in crate::storage) fn write(to: &mut ColumnWriter, seen: &Observation, last_seen: &mut i64) {
    to.to.moments.signed(seen.seen_at.0.wrapping_sub(*last_seen));
    *last_seen = seen.seen_at.0;
    to.to.sources.byte(SourceV1::from(seen.source).number());
    to.to.counts.count(seen.facts.len());
    for fact in &seen.facts {
        fact_columns::write(to, fact, seen.seen_at);
    }
}

/// Reads an observation of an entry.
pub(in crate::storage) fn read(
    of: &mut ColumnReader<'_>,
    id: EntryId,
    last_seen: &mut i64,
) -> Result<Observation, RecordError> {
    let seen_at = Timestamp(last_seen.wrapping_add(of.of.moments.signed()?));
    *last_seen = seen_at.0;
    let source = SourceV1::try_from(of.of.sources.byte()?).map_err(|()| damaged("a source is not known"))?;
    let facts = (0..of.of.counts.number()?).map(|_| fact_columns::read(of, seen_at));
    let facts = facts.collect::<Result<_, RecordError>>()?;
    Ok(Observation { id, seen_at, source: source.into(), facts })
}
