//! What a change replaced, so that it can be taken back, also by a later life of the background.

use serde::{Deserialize, Serialize};

use super::common::{RecordError, odd, parse, version_of, write};
use crate::storage::{Key, Part, StoreName};

const NEWEST: u32 = 1;

/// How to take one change of one record back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// Where the record is: [`StoreName::Ratings`] or [`StoreName::Blocks`].
    pub store: StoreName,
    /// Its key.
    pub key: Key,
    /// Its text before the change, byte for byte; `None` where there was none.
    pub before: Option<String>,
    /// The change that wrote what is there now; `None` where the change removed it.
    pub after: Option<u64>,
}

/// Where the undo record of a change is kept.
pub fn undo_key(change: u64) -> Key {
    Key::number(change)
}

/// Reads an undo record of any version up to the newest.
pub fn decode_undo(text: &str) -> Result<Undo, RecordError> {
    version_of(text, NEWEST)?;
    let record: UndoRecordV1 = parse(text)?;
    let store = match record.store.as_str() {
        "ratings" => StoreName::Ratings,
        "blocks" => StoreName::Blocks,
        _ => return Err(odd("store")),
    };
    let key = Key(record.key.into_iter().map(Part::Text).collect());
    Ok(Undo { store, key, before: record.before, after: record.after })
}

/// Writes an undo record in the newest version.
pub fn encode_undo(undo: &Undo) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Number(number) => number.to_string(),
    };
    write(&UndoRecordV1 {
        v: 1,
        store: undo.store.as_str().to_owned(),
        key: undo.key.0.iter().map(part).collect(),
        before: undo.before.clone(),
        after: undo.after,
    })
}

#[derive(Serialize, Deserialize)]
struct UndoRecordV1 {
    v: u32,
    store: String,
    key: Vec<String>,
    before: Option<String>,
    after: Option<u64>,
}
