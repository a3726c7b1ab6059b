//! What the history remembers of a row, in the words that the row shows.
//!
//! Words instead of counts, as the page's build has no room for making them.

use serde::{Deserialize, Serialize};

/// What is remembered of the tasks of a requester, or of those titled alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryPart {
    /// What kind of news it is.
    pub tone: TonePart,
    /// The same in fewer and fewer words, so that a chip shows what has room: `1 rejected of 4`, `1 rejected`.
    pub says: Vec<String>,
    /// All of it for the card, with counts and dates.
    pub line: String,
}

/// Kinds of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TonePart {
    /// How often it was done.
    Plain,
    /// Work was rejected, or given back for a reason that may come up again.
    Bad,
    /// Doing it again may be rejected.
    Warn,
}
