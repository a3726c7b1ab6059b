//! The journal: every change of the history once more, in a store that fails apart from the database.
//!
//! A change is appended as a numbered, checksummed line *before* it goes into the database, and acknowledged
//! after both. The line holds what was seen, not what became of it: merging it again changes nothing, so a
//! replay is always safe. When a day is over its lines go into one compressed file; the lines are deleted only
//! after that file was read back. Two heads, one beside the journal and one in the database, say at start
//! without reading anything else whether one of the two lags behind or was lost.

mod check;
mod file;
mod heads;
mod line;
mod line_columns;
mod memory;
mod rebuild;
mod record;
mod repair;
mod rewrite;

pub use check::{FilesChecked, check_files};
pub use file::{FileRead, decode_file, encode_file};
pub use heads::{JournalHead, Verdict, WhyRebuild, startup};
pub use line::{Change, Line, Seen};
pub use memory::MemoryJournal;
pub use rebuild::{Rebuilt, drop_generation, is_rebuilding, rebuild_batch};
pub use record::{Failure, Recorded, changes_after, close_lines, db_head, record, replay, verdict};
pub use repair::{Repaired, repair_day};
pub use rewrite::{Rewritten, rewrite_batch};

use core::future::Future;

use super::StoreError;

/// Where the journal is kept: small values for the open lines and the head, files for what is closed.
pub trait Journal {
    /// The head's text, if there is one.
    fn head(&self) -> impl Future<Output = Result<Option<String>, StoreError>>;
    /// Writes the head alone.
    fn set_head(&self, head: String) -> impl Future<Output = Result<(), StoreError>>;
    /// Writes a line and the head in one step: both or neither.
    fn append(&self, number: u64, line: String, head: String)
    -> impl Future<Output = Result<(), StoreError>>;
    /// All open lines in the order of their numbers.
    fn lines(&self) -> impl Future<Output = Result<Vec<(u64, String)>, StoreError>>;
    /// Deletes the open lines up to and with a number.
    fn delete_lines(&self, through: u64) -> impl Future<Output = Result<(), StoreError>>;
    /// The names of all files, in their order.
    fn files(&self) -> impl Future<Output = Result<Vec<String>, StoreError>>;
    /// A file's bytes, if it is there.
    fn read_file(&self, name: &str) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>>;
    /// Writes a whole file and makes sure that it is on disk.
    fn write_file(&self, name: &str, bytes: Vec<u8>) -> impl Future<Output = Result<(), StoreError>>;
    /// Whether a file is there; nothing of it is read.
    fn has_file(&self, name: &str) -> impl Future<Output = Result<bool, StoreError>>;
    /// Sets room on the disk aside, where that was not done yet and there is enough.
    fn keep_reserve(&self) -> impl Future<Output = Result<(), StoreError>>;
    /// Gives the room that was set aside back to the disk; whether there was any.
    fn free_reserve(&self) -> impl Future<Output = Result<bool, StoreError>>;
}

#[cfg(test)]
pub(crate) mod tests;
