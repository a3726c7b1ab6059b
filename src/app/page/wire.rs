//! What crosses between the page engine and its hands. JSON-safe: Chromium's channels carry no more.

use serde::Serialize;

use crate::app::background::wire::Ask;
use crate::app::tree::Node;
use crate::sites::json::Json;
use crate::sites::snapshot::{Item, RowMark};

/// What happened, from the hands. As JSON: `{"rows": {…}}`, `"settled"`.
#[derive(Clone, Debug)]
pub enum PageEvent {
    /// A page was opened, or a fresh engine takes over.
    Start {
        /// The page's address; its query is not kept.
        url: String,
        /// Nothing may be recorded here.
        private: bool,
        /// How an engine before this one left blocked rows; the page may have drawn them anew since.
        left: Option<RowStyle>,
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
        /// Keys of added rows that an engine before this one dimmed or hid.
        styles: Vec<(u32, RowStyle)>,
    },
    /// The data of a root could not be read at all.
    Unreadable {
        /// What was wrong, in the hands' words.
        what: String,
    },
    /// Something was seen of the worker's own work, as the recipe picks it; only the background reads it.
    Seen {
        /// What was picked.
        seen: Json,
    },
    /// Something told of the worker's own work is not on disk; the hands keep it.
    Unsaved {
        /// How many tellings; 0 when all are saved.
        count: u32,
        /// Why, as the background said.
        say: String,
    },
    /// The page has settled: what is missing now will not come by itself.
    Settled,
    /// The background answered an ask.
    Answer {
        /// The ask's number.
        id: u32,
        /// The answer as the background gave it.
        answer: Json,
    },
    /// Somebody saved something; tabs may want to look.
    Bell,
    /// The worker pressed or changed something of ours.
    Act {
        /// The row it belongs to, if any.
        row: Option<u32>,
        /// The action's name.
        name: String,
    },
    /// A chip was pressed, focused or rested on; or a fresh engine finds a card open.
    OpenCard {
        /// The row.
        row: u32,
        /// What an engine before this one said of the card.
        memo: String,
    },
    /// Escape, a press elsewhere, or the row went away.
    CloseCard,
    /// The popup asks what this page is.
    Popup,
}

/// An event with the moment it happened.
#[derive(Clone, Debug)]
pub struct Dispatch {
    /// Milliseconds since 1970.
    pub now_ms: i64,
    /// What happened.
    pub event: PageEvent,
}

impl Dispatch {
    /// Reads an event's text; `None` where it is none of ours.
    ///
    /// By hand, as derived readers of the same types weigh 120 kB of wasm.
    pub fn from_json(text: &[u8]) -> Option<Self> {
        let mut value: Json = serde_json::from_slice(text).ok()?;
        let now_ms = value.get("now_ms").and_then(Json::as_i64)?;
        Some(Self { now_ms, event: PageEvent::from_json(value.take("event")?)? })
    }
}

impl PageEvent {
    fn from_json(value: Json) -> Option<Self> {
        if let Some(name) = value.as_text() {
            return Some(match name {
                "settled" => Self::Settled,
                "bell" => Self::Bell,
                "close_card" => Self::CloseCard,
                "popup" => Self::Popup,
                _ => return None,
            });
        }
        let Json::Object(object) = value else { return None };
        let (name, mut body) = object.into_iter().next()?;
        Some(match name.as_str() {
            "start" => Self::Start {
                url: text(&body, "url")?,
                private: body.get("private").and_then(Json::as_bool).unwrap_or(false),
                left: text(&body, "left").and_then(|style| row_style(&style)),
            },
            "items" => Self::Items {
                root: number(&body, "root")?,
                from: number(&body, "from")?,
                items: list(&mut body, "items").into_iter().map(Item::from_json).collect(),
            },
            "rows" => Self::Rows {
                root: number(&body, "root")?,
                added: list(&mut body, "added").into_iter().filter_map(RowMark::from_json).collect(),
                removed: list(&mut body, "removed").iter().filter_map(Json::as_u32).collect(),
                styles: list(&mut body, "styles").iter().filter_map(style).collect(),
            },
            "seen" => Self::Seen { seen: body },
            "unsaved" => {
                Self::Unsaved { count: number(&body, "count")?, say: text(&body, "say").unwrap_or_default() }
            }
            "unreadable" => Self::Unreadable { what: text(&body, "what")? },
            "answer" => Self::Answer { id: number(&body, "id")?, answer: body.take("answer")? },
            "act" => Self::Act { row: number(&body, "row"), name: text(&body, "name")? },
            "open_card" => {
                Self::OpenCard { row: number(&body, "row")?, memo: text(&body, "memo").unwrap_or_default() }
            }
            _ => return None,
        })
    }
}

fn text(body: &Json, name: &str) -> Option<String> {
    body.get(name)?.as_text().map(str::to_owned)
}

fn number(body: &Json, name: &str) -> Option<u32> {
    body.get(name)?.as_u32()
}

/// `[7, "dim"]`
fn style(value: &Json) -> Option<(u32, RowStyle)> {
    let [key, style] = value.elements() else { return None };
    Some((key.as_u32()?, row_style(style.as_text()?)?))
}

fn row_style(name: &str) -> Option<RowStyle> {
    match name {
        "dim" => Some(RowStyle::Dim),
        "hidden" => Some(RowStyle::Hidden),
        _ => None,
    }
}

fn list(body: &mut Json, name: &str) -> Vec<Json> {
    body.take(name).and_then(Json::into_list).unwrap_or_default()
}

/// What the hands shall do.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PageEffect {
    /// Pick the page's data and rows by this recipe, and watch them.
    Collect {
        /// The recipe of this page.
        page: Json,
        /// The sheet of everything we draw there.
        css: &'static str,
    },
    /// Pick what the page says of the worker's own work by this recipe; nothing is drawn.
    Record {
        /// The recipe of this page.
        page: Json,
        /// The sheet of what may have to be drawn all the same.
        css: &'static str,
    },
    /// Tell again what is not on disk yet.
    Again,
    /// Make the chips of tasks whose rows are not there yet.
    Make {
        /// The chips, by list and place in its data.
        chips: Vec<MadeChips>,
    },
    /// Put chips that were made before on rows, if the hands have not.
    Place {
        /// Row key, list, and place in its data.
        rows: Vec<(u32, u32, usize)>,
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
        /// Comes back when a fresh engine has to open it again.
        memo: String,
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
        /// Where the last answer to the same ask is remembered; good until the real one comes.
        #[serde(skip_serializing_if = "Option::is_none")]
        recall: Option<String>,
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

/// Both chips of a task that has no row yet.
#[derive(Clone, Debug, Serialize)]
pub struct MadeChips {
    /// Its list.
    pub root: u32,
    /// Its place in the list's data.
    pub index: usize,
    /// What the pay chip shows.
    pub pay: Node,
    /// What the requester chip shows.
    pub requester: Node,
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
