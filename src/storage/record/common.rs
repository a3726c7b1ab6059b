//! What all records share: versions, errors, money and names as they are on disk.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::domain::{Currency, Money, Timestamp};

/// Why a record cannot be used. It stays on disk as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordError {
    /// Written by a newer version of this extension.
    Newer {
        /// Its version.
        version: u32,
    },
    /// Not a record: damaged, or never one of ours. The text says where reading stopped.
    Damaged(String),
}

/// A value and the number of the change that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored<T> {
    /// What was stored.
    pub value: T,
    /// Numbers of changes count up from 1 over the whole database.
    pub change: u64,
}

#[derive(Deserialize)]
struct Header {
    v: u32,
}

/// The version of a record's text: 1 to `newest`.
pub(in crate::storage) fn version_of(text: &str, newest: u32) -> Result<u32, RecordError> {
    match parse::<Header>(text)?.v {
        0 => Err(RecordError::Damaged("version 0".to_owned())),
        version if version > newest => Err(RecordError::Newer { version }),
        version => Ok(version),
    }
}

pub(in crate::storage) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, RecordError> {
    serde_json::from_str(text).map_err(|error| RecordError::Damaged(error.to_string()))
}

/// The text of a record. Our records have text keys and no floats, so writing them cannot fail;
/// should it ever, the text is empty, which reads as damaged and so never passes for a record.
pub(in crate::storage) fn write<T: Serialize>(record: &T) -> String {
    serde_json::to_string(record).unwrap_or_default()
}

/// The text of a record with the CRC-32 of its bytes before it, in eight hexadecimal digits: a record whose
/// damage must not pass for other figures.
pub(in crate::storage) fn write_sealed<T: Serialize>(record: &T) -> String {
    let text = write(record);
    format!("{:08x}{text}", crc32fast::hash(text.as_bytes()))
}

/// The text of a sealed record, whose every byte is as it was written.
pub(in crate::storage) fn unsealed(sealed: &str) -> Result<&str, RecordError> {
    let cut = || RecordError::Damaged("it is cut".to_owned());
    let (crc, text) = sealed.split_at_checked(8).ok_or_else(cut)?;
    let is_whole = u32::from_str_radix(crc, 16) == Ok(crc32fast::hash(text.as_bytes()));
    if is_whole { Ok(text) } else { Err(RecordError::Damaged("its checksum is wrong".to_owned())) }
}

/// An error for a field with a value that is none of ours.
pub(super) fn odd(field: &str) -> RecordError {
    RecordError::Damaged(format!("field {field}"))
}

/// Money on disk.
#[derive(Serialize, Deserialize)]
pub(super) struct MoneyRecordV1 {
    micros: i64,
    currency: String,
}

impl From<Money> for MoneyRecordV1 {
    fn from(money: Money) -> Self {
        Self { micros: money.micros, currency: money.currency.code().to_owned() }
    }
}

impl MoneyRecordV1 {
    pub(super) fn read(self, field: &str) -> Result<Money, RecordError> {
        let currency = Currency::from_code(&self.currency).ok_or_else(|| odd(field))?;
        Ok(Money { micros: self.micros, currency })
    }
}

/// Milliseconds since 1970 as they are on disk.
pub(super) fn moment(millis: Option<i64>) -> Option<Timestamp> {
    millis.map(Timestamp)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
pub(super) fn is_false(value: &bool) -> bool {
    !*value
}
