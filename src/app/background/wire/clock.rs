//! What pages and the browser tell the working-time clock, and what it says to the page.

use serde::{Deserialize, Serialize};

/// Something that happened on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageHappening {
    /// The page is there.
    Shown,
    /// The page goes.
    Left,
    /// It has the focus.
    Focused,
    /// It has not.
    Unfocused,
    /// The focus lies in a frame of it.
    Framed,
    /// It does not.
    Unframed,
    /// A sign of life.
    Sign,
}

/// What the browser has in front, and what came and went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BrowserPart {
    /// Window, the tab in front of it, and whether that sounds; `None` where it was not looked at.
    pub windows: Option<Vec<(i64, i64, bool)>>,
    /// The window in front.
    pub focused: Option<i64>,
    /// Tabs and those they were opened from.
    pub opened: Vec<(i64, i64)>,
    /// Tabs that are gone.
    pub closed: Vec<i64>,
    /// The system's idle state, as the browser names it.
    pub system: Option<String>,
}

/// What the clock says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockPart {
    /// Whether the site is on: where it is not, nothing more is told.
    pub on: bool,
    /// Whether time counts now, so that a sign that the browser is awake is due every 15 seconds.
    pub counts: bool,
    /// Whether it matters what is in front.
    pub watches: bool,
    /// What to draw, a [`Node`](crate::app::tree::Node); null is nothing.
    pub tree: Option<serde_json::Value>,
    /// Texts of the drawing's first element, one a second from now on; the last one stays.
    pub says: Vec<String>,
    /// The sheet of the drawing.
    pub css: String,
    /// Milliseconds after which the page asks again; null where it need not.
    pub again_ms: Option<u32>,
}
