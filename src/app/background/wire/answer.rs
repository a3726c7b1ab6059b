//! What the background answers.

use serde::{Deserialize, Serialize};

use super::{BlockPart, ClockPart, MemoryPart, NextPart, RatingBrief, RatingPart, SettingsPart, TallyPart};

/// One answer. As JSON: `{"is":"saved","undo":"17"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Answer {
    /// To `hello`.
    Hello(Hello),
    /// To `facts`.
    Facts {
        /// In the order asked.
        rows: Vec<RowFacts>,
        /// What is stored and could not be read, in the user's words.
        problems: Vec<String>,
    },
    /// To `rate`, `unrate`, `block`, `unblock` and `undo`: it is on disk.
    Saved {
        /// For `undo`; null where there was nothing to change, or undo itself was asked.
        undo: Option<String>,
    },
    /// To `open_note`.
    Opened,
    /// To `blocks`.
    Blocks {
        /// The entries.
        blocks: Vec<BlockPart>,
        /// `after` of the next page; null at the end.
        next: Option<Vec<String>>,
        /// What is stored and could not be read, in the user's words.
        problems: Vec<String>,
    },
    /// To `settings_get`, `settings_set` and `switch_site`.
    Settings {
        /// As they are now.
        settings: SettingsPart,
    },
    /// To `rating_get`.
    Rating {
        /// Null where there is none.
        rating: Option<RatingPart>,
    },
    /// To `stored_summary`.
    Summary {
        /// Own ratings.
        ratings: TallyPart,
        /// The block list.
        blocks: TallyPart,
        /// Tasks in the history.
        tasks: u64,
        /// How many changes can be taken back.
        undo: u64,
        /// The number of the last change.
        change: u64,
    },
    /// To `clock` and `browser`: told.
    Clock(ClockPart),
    /// To `screen`.
    Screen {
        /// What to draw, a [`Node`](crate::app::tree::Node).
        tree: serde_json::Value,
        /// What the screen was opened for is done: it may close.
        close: bool,
        /// The id of the element that gets the focus, where it must move.
        focus: Option<String>,
    },
    /// To `seen`: it is not on disk yet. The page keeps what it told and tells it again.
    Unsaved {
        /// For the program.
        why: Why,
        /// Why, for the worker: a sentence without its full stop, at most 60 characters.
        say: String,
    },
    /// To `reconcile`: what the page that asked does next.
    Reconcile(NextPart),
    /// To anything: it was not done, and nothing was changed.
    Refused(Refusal),
}

/// What a page needs before its first paint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The settings.
    pub settings: SettingsPart,
    /// Whether this site is switched on.
    pub on: bool,
    /// Whether it is a private window: nothing will be saved.
    pub private: bool,
    /// The block index as [`BlockIndex::to_base64`](crate::ratings::BlockIndex::to_base64) writes it.
    pub blocks: String,
    /// What could not be read, in the user's words; the rest holds.
    pub problem: Option<String>,
}

/// What is stored about one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFacts {
    /// As asked.
    pub requester_id: String,
    /// As asked.
    pub title_key: Option<String>,
    /// The own rating of the requester.
    pub own: Option<RatingBrief>,
    /// The block of all the requester's tasks.
    pub requester_block: Option<BlockPart>,
    /// The block of this title.
    pub title_block: Option<BlockPart>,
    /// What the history remembers of all the requester's tasks; absent where it is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester_memory: Option<MemoryPart>,
    /// What the history remembers of the requester's tasks titled like this; absent where it is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_memory: Option<MemoryPart>,
}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// For the program.
    pub why: Why,
    /// For the worker: one sentence, no full stop.
    pub say: String,
}

/// Kinds of refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// In a private window nothing is saved.
    Private,
    /// This sender may not ask this.
    NotAllowed,
    /// The message is none of ours, or of another version.
    NotUnderstood,
    /// The note has more than 500 characters.
    NoteTooLong,
    /// The change is too old to be taken back.
    TooLate,
    /// The record was changed again since.
    ChangedSince,
    /// The record was written by a newer version.
    Newer,
    /// The record cannot be read.
    Damaged,
    /// No room.
    DiskFull,
    /// No answer in time.
    TimedOut,
    /// The browser refuses or has lost the store.
    Unavailable,
    /// The program failed.
    Panicked,
}

impl Answer {
    /// The answer's text.
    pub fn to_message(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Refusal {
    /// A refusal.
    pub fn new(why: Why, say: impl Into<String>) -> Self {
        Self { why, say: say.into() }
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
