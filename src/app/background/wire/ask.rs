//! What can be asked of the background.

use serde::{Deserialize, Serialize};

use super::{PatchPart, SettingsPatch, TaskPart};

/// The version of the messages; a page of another version is told to reload.
pub const VERSION: u32 = 1;

/// One question or order. As JSON: `{"v":1,"ask":"hello","site":"mturk"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Ask {
    /// A page of a site opens: settings and the block index, before the first paint.
    Hello {
        /// Which partition.
        site: String,
    },
    /// Own ratings and exact block states for the rows of a page.
    Facts {
        /// Which partition.
        site: String,
        /// The rows, in the order of the page; at most 1,000.
        rows: Vec<RowKey>,
    },
    /// Rates a requester, or changes the rating.
    Rate {
        /// Which partition.
        site: String,
        /// Who.
        requester: RequesterPart,
        /// What changes.
        patch: PatchPart,
        /// The task rated on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskPart>,
    },
    /// Takes the own rating out.
    Unrate {
        /// Which partition.
        site: String,
        /// Whose.
        requester_id: String,
    },
    /// Takes one of the last 50 changes back.
    Undo {
        /// Which partition.
        site: String,
        /// As the change's answer gave it.
        token: u64,
    },
    /// Blocks a requester, or one title of theirs.
    Block {
        /// Which partition.
        site: String,
        /// Who.
        requester: RequesterPart,
        /// Only this title; absent blocks all of the requester's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<BlockedTitle>,
        /// Why, at most 120 characters are kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Takes a block out.
    Unblock {
        /// Which partition.
        site: String,
        /// Whose.
        requester_id: String,
        /// The block of this title; absent is the block of the whole requester.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title_key: Option<String>,
    },
    /// One page of the block list. Extension pages only.
    Blocks {
        /// Which partition.
        site: String,
        /// `next` of the page before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<Vec<String>>,
        /// At most so many entries, 500 if absent or more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    },
    /// The settings. Extension pages only.
    SettingsGet,
    /// Changes settings. Extension pages only.
    SettingsSet {
        /// What changes.
        patch: SettingsPatch,
    },
    /// A whole rating with its note. Extension pages only.
    RatingGet {
        /// Which partition.
        site: String,
        /// Whose.
        requester_id: String,
    },
    /// How much is stored. Extension pages only.
    StoredSummary,
}

/// What tells a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowKey {
    /// The requester's id.
    pub requester_id: String,
    /// The title's key; absent where the title could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_key: Option<String>,
}

/// A requester as a page names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequesterPart {
    /// The site's id.
    pub id: String,
    /// The name as shown; at most 200 characters are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A title to block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockedTitle {
    /// Its key.
    pub key: String,
    /// As shown; at most 500 characters are kept.
    pub shown: String,
}

impl Ask {
    /// The message's text, with its version.
    pub fn to_message(&self) -> String {
        #[derive(Serialize)]
        struct Message<'a> {
            v: u32,
            #[serde(flatten)]
            ask: &'a Ask,
        }
        serde_json::to_string(&Message { v: VERSION, ask: self }).unwrap_or_default()
    }
}
