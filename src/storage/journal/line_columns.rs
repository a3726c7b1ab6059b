//! Lines of the journal as columns: half the size of their text, compressed.
//!
//! A line comes back to the letter, since checksums are over its letters: one that would not, or that holds anything
//! but what was seen of tasks, is kept as its text. For the same reason the text that [`Change::to_line`] writes for
//! what these columns hold never changes: a newer form of lines needs a chunk of another mark.

use super::line::{Change, Line, Seen};
use crate::domain::Partition;
use crate::domain::history::{EntryId, Observation};
use crate::storage::packed::observed::{read, write};
use crate::storage::packed::{ColumnReader, ColumnWriter, damaged};
use crate::storage::record::RecordError;

/// Lines as columns, not compressed.
pub(super) fn encode(lines: &[(u64, String)]) -> Vec<u8> {
    let mut to = ColumnWriter::default();
    to.to.counts.count(lines.len());
    let (mut last_seen, mut last_number) = (0, 0_u64);
    for (number, line) in lines {
        let Some((partition, seen)) = tasks_of(*number, line) else {
            to.to.counts.count(0);
            to.text(line);
            continue;
        };
        to.to.counts.count(seen.len().saturating_add(1));
        to.to.numbers.number(number.wrapping_sub(last_number));
        last_number = *number;
        to.text(&partition.0);
        for seen in &seen {
            // A text that repeats: most tasks are seen four times.
            to.text(&seen.id.0);
            write(&mut to, seen, &mut last_seen);
        }
    }
    to.finish()
}

/// What a line says, where it says nothing but of tasks and can be written again as it is.
fn tasks_of(number: u64, line: &str) -> Option<(Partition, Vec<Observation>)> {
    let read = Line::decode(line).ok()?;
    if read.change.to_line(number) != line {
        return None;
    }
    let tasks = read.change.seen.into_iter().map(|seen| match seen {
        Seen::Task(seen) => Some(seen),
        Seen::Bonus(_) => None,
    });
    Some((read.change.partition, tasks.collect::<Option<_>>()?))
}

/// The lines again.
pub(super) fn decode(bytes: &[u8]) -> Result<Vec<String>, RecordError> {
    let mut of = ColumnReader::new(bytes)?;
    let count = of.of.counts.number()?;
    let (mut last_seen, mut last_number) = (0, 0_u64);
    let mut lines = Vec::new();
    for _ in 0..count {
        let Some(tasks) = of.of.counts.number()?.checked_sub(1) else {
            lines.push(of.text()?);
            continue;
        };
        last_number = last_number.wrapping_add(of.of.numbers.number()?);
        let partition = Partition(of.text()?);
        let seen = (0..tasks).map(|_| {
            let id = EntryId(of.text()?);
            Ok(Seen::Task(read(&mut of, id, &mut last_seen)?))
        });
        let seen = seen.collect::<Result<Vec<Seen>, RecordError>>()?;
        lines.push(Change { partition, seen }.to_line(last_number));
    }
    if of.is_at_end() { Ok(lines) } else { Err(damaged("something is left over")) }
}
