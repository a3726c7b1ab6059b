//! What crosses between the page engine and its hands. JSON-safe: Chromium's channels carry no more.

use serde::{Deserialize, Serialize};

use crate::app::asks::{Answer, Ask};
use crate::app::tree::Node;
use crate::sites::recipe::PageSpec;
use crate::sites::snapshot::{Item, RowMark};

/// What happened, from the hands.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageEvent {
    /// A page was opened, or a fresh engine takes over.
    Start {
        /// The page's address; its query is not kept.
        url: String,
        /// Nothing may be recorded here.
        #[serde(default)]
        private: bool,
    },
    /// Elements of a root's data, in order; `from` is the position of the first.
    Items {
        /// Which of the page's lists, counted from 0.
        root: u32,
        /// Position of the first element.
        from: u32,
        /// The elements.
        items: Vec<Item>,
    },
    /// Rows that came and went since the last time.
    Rows {
        /// Which of the page's lists.
        root: u32,
        /// Rows with new nodes.
        added: Vec<RowMark>,
        /// Keys of rows whose nodes are gone.
        removed: Vec<u32>,
        /// How many rows the list has now.
        total: u32,
    },
    /// The data of a root could not be read at all.
    Unreadable {
        /// What was wrong, in the hands' words.
        what: String,
    },
    /// The page has settled: what is missing now will not come by itself.
    Settled,
    /// The background answered an ask.
    Answer {
        /// The ask's number.
        id: u32,
        /// The answer as the background gave it.
        answer: Answer,
    },
    /// Somebody saved something; tabs may want to look.
    Bell,
    /// The worker pressed or changed something of ours.
    Act {
        /// The row it belongs to, if any.
        #[serde(default)]
        row: Option<u32>,
        /// The action's name.
        name: String,
        /// The new value of a control.
        #[serde(default)]
        value: Option<String>,
    },
    /// A chip was pressed, focused or rested on.
    OpenCard {
        /// The row.
        row: u32,
    },
    /// Escape, a press elsewhere, or the row went away.
    CloseCard,
    /// The popup asks what this page is.
    Popup,
}

/// An event with the moment it happened.
#[derive(Clone, Debug, Deserialize)]
pub struct Dispatch {
    /// Milliseconds since 1970.
    pub now_ms: i64,
    /// What happened.
    pub event: PageEvent,
}

/// What the hands shall do.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PageEffect {
    /// Pick the page's data and rows by this recipe, and watch them.
    Collect {
        /// The recipe of this page.
        page: Box<PageSpec>,
        /// The sheet of everything we draw there.
        css: &'static str,
    },
    /// Draw chips; a missing tree removes the chip.
    Draw {
        /// The chips, in order.
        chips: Vec<Chip>,
    },
    /// Dim, hide or show rows.
    Mark {
        /// Row key and mark.
        rows: Vec<(u32, RowStyle)>,
    },
    /// Show the card at a row's chip, or none.
    Card {
        /// The row it belongs to.
        row: u32,
        /// What it shows; `None` closes it.
        tree: Option<Node>,
    },
    /// Show the small panel in the window's corner, or none.
    Panel {
        /// What it shows.
        tree: Option<Node>,
    },
    /// Ask the background.
    Ask {
        /// The ask's number.
        id: u32,
        /// What is asked.
        ask: Ask,
    },
    /// What the popup shows about this page.
    Popup {
        /// The tree.
        tree: Node,
    },
    /// Bring a row into view and show which it is.
    Scroll {
        /// The row.
        row: u32,
    },
    /// Put a text on the clipboard.
    Copy {
        /// The text.
        text: String,
    },
    /// Take everything of ours off the page.
    Clear,
    /// One line for the console.
    Log {
        /// The line.
        line: String,
    },
}

/// One chip to draw.
#[derive(Clone, Debug, Serialize)]
pub struct Chip {
    /// The row.
    pub row: u32,
    /// Which cell.
    pub slot: Slot,
    /// What it shows.
    pub tree: Node,
}

/// The two cells that take a chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// What the task pays; left edge of the title cell.
    Pay,
    /// How the requester treats people; left edge of the requester cell.
    Requester,
}

/// How a whole row looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowStyle {
    /// As the site drew it.
    Plain,
    /// Dimmed: blocked a moment ago.
    Dim,
    /// Not shown.
    Hidden,
}
