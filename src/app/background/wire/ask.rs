//! What can be asked of the background.

use serde::{Deserialize, Serialize};

use crate::sites::json::Json;

use super::{BrowserPart, PageHappening, PatchPart, ReconcileAsk, ScreenAsk, SettingsPatch, TaskPart};

/// One question or order. As JSON: `{"ask":"hello","site":"mturk"}`.
///
/// It carries no version: a page's script of another version of the extension has no channel
/// to this background, since the browser cuts it off when it updates.
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
        /// Whom.
        requester_id: String,
        /// The name as shown, empty if unknown; at most 200 characters are kept.
        requester_name: String,
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
        token: String,
    },
    /// Blocks a requester, or one title of theirs.
    Block {
        /// Which partition.
        site: String,
        /// Whom.
        requester_id: String,
        /// The name as shown, empty if unknown; at most 200 characters are kept.
        requester_name: String,
        /// Only titles of this key; absent blocks all of the requester's tasks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title_key: Option<String>,
        /// The title as shown; at most 500 characters are kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
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
    /// Opens our own window in which a note is written: the site reads what is typed on its page.
    OpenNote {
        /// Which partition.
        site: String,
        /// About whom.
        requester_id: String,
        /// The name as shown, empty if unknown.
        requester_name: String,
    },
    /// A page showed something of the worker's own work.
    Seen {
        /// Which partition.
        site: String,
        /// Host and path of the page.
        address: String,
        /// What the page's recipe picked.
        seen: Json,
    },
    /// What happens on a page of the site, for the working-time clock.
    Clock {
        /// Host and path of the page.
        address: String,
        /// What happened, in order; none only asks what to show.
        events: Vec<PageHappening>,
        /// What the worker pressed on our own drawing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        act: Option<String>,
    },
    /// What happens in the browser, for the working-time clock. The background itself only.
    Browser(BrowserPart),
    /// A little of looking after the stores: scrub, reserve, repair. Extension pages and the background only.
    Care,
    /// Switches a site on or off.
    SwitchSite {
        /// Which partition.
        site: String,
        /// On or off.
        on: bool,
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
    /// A step of a check of the history against the site. Extension pages only.
    Reconcile(Box<ReconcileAsk>),
    /// Something happened on a screen of ours, which is to be drawn anew. Extension pages only.
    Screen(ScreenAsk),
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

impl Ask {
    /// The ask's text.
    pub fn to_message(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
