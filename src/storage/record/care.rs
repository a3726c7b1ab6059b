//! How far the looking for damage has come.

use serde::{Deserialize, Serialize};

use super::common::{RecordError, parse, version_of, write};
use crate::domain::Timestamp;
use crate::storage::Key;

const NEWEST: u32 = 1;

/// Where the next wake-up goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CareRecord {
    /// The history that is being looked through, by its place among all.
    pub place: usize,
    /// Where in it, as the scrub writes it; `None` is its beginning.
    pub cursor: Option<String>,
    /// When all histories were last looked through.
    pub through_at: Option<Timestamp>,
}

/// Where it is kept.
pub fn care_key() -> Key {
    Key::texts(&["history care"])
}

/// Reads it in any version up to the newest; no text begins anew.
///
/// # Errors
/// A record of a newer version, or one that is damaged.
pub fn decode_care(text: Option<&str>) -> Result<CareRecord, RecordError> {
    let Some(text) = text else { return Ok(CareRecord::default()) };
    version_of(text, NEWEST)?;
    let CareV1 { place, cursor, through, .. } = parse(text)?;
    Ok(CareRecord { place, cursor, through_at: through.map(Timestamp) })
}

/// Writes it in the newest version.
pub fn encode_care(care: &CareRecord) -> String {
    write(&CareV1 {
        v: 1,
        place: care.place,
        cursor: care.cursor.clone(),
        through: care.through_at.map(|at| at.0),
    })
}

#[derive(Serialize, Deserialize)]
struct CareV1 {
    v: u32,
    place: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    through: Option<i64>,
}
