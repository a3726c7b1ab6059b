//! Entries of the history on disk: all that an entry keeps, as what was seen of it.

use serde::{Deserialize, Serialize};

use super::common::{RecordError, odd, parse, unsealed, version_of, write_sealed};
use super::fact::{SeenV1, entry_id};
use crate::domain::history::{Entry, EntryId, Observation};

const NEWEST: u32 = 1;

/// What lies under the key of an entry in an open day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenRecord {
    /// An entry.
    Entry(Box<Entry>),
    /// Under the stand-in id of a task: its assignments, in the order of their ids.
    Assignments(Vec<EntryId>),
}

/// Reads the record of an entry, or of a task's assignments, of any version up to the newest.
pub fn decode_open(text: &str) -> Result<OpenRecord, RecordError> {
    let text = unsealed(text)?;
    version_of(text, NEWEST)?;
    let record: OpenRecordV1 = parse(text)?;
    match (record.id, record.seen, record.assignments) {
        (Some(id), Some(seen), None) => Ok(OpenRecord::Entry(Box::new(read_entry(entry_id(id)?, seen)?))),
        (None, None, Some(ids)) => {
            let ids = ids.into_iter().map(entry_id).collect::<Result<_, RecordError>>()?;
            Ok(OpenRecord::Assignments(ids))
        }
        _ => Err(odd("id")),
    }
}

/// Writes an entry in the newest version.
pub fn encode_entry(entry: &Entry) -> String {
    write_sealed(&OpenRecordV1 {
        v: 1,
        id: Some(entry.id().0.clone()),
        seen: Some(entry.observations().iter().map(SeenV1::from).collect()),
        assignments: None,
    })
}

/// Writes which assignments a task has.
pub fn encode_assignments(ids: &[EntryId]) -> String {
    let assignments = Some(ids.iter().map(|id| id.0.clone()).collect());
    write_sealed(&OpenRecordV1 { v: 1, id: None, seen: None, assignments })
}

/// An entry from what was seen of it. Every fact must be one that the entry keeps: else it was altered since.
pub(in crate::storage) fn rebuilt(id: EntryId, seen: &[Observation]) -> Result<Entry, RecordError> {
    let mut entry = Entry::new(id);
    for observation in seen {
        entry.merge(observation);
    }
    let facts: usize = seen.iter().map(|observation| observation.facts.len()).sum();
    if entry.told().len() == facts { Ok(entry) } else { Err(odd("seen")) }
}

fn read_entry(id: EntryId, seen: Vec<SeenV1>) -> Result<Entry, RecordError> {
    let seen = seen.into_iter().map(|seen| seen.read(&id)).collect::<Result<Vec<_>, RecordError>>()?;
    rebuilt(id, &seen)
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenRecordV1 {
    v: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<Vec<SeenV1>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assignments: Option<Vec<String>>,
}
