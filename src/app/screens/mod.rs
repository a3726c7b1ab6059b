//! Our own small screens: popup, options, note, history.
//!
//! A screen lives in a page, but what it shows is decided here, one event at a time and from
//! nothing but the event and what is stored: [`order`] says what is to be changed, [`reads`]
//! what the picture needs, [`show`] draws it. What was typed and is not saved comes with every
//! event and goes back in the tree, so that neither a lost background nor a failed save loses it.

mod correct;
mod history;
mod limits;
mod money;
mod note;
mod notices;
mod options;
mod outside;
mod search_words;
mod storage;
mod typed;

use super::background::wire::{Answer, Ask, ScreenAsk, ScreenName};
use super::tree::Node;
use super::views;
use crate::domain::SiteZone;
use crate::storage::record::Notices;
pub(crate) use correct::correction;
pub use history::{HeldNow, HistoryRead, Opened, Outcome, Wish, wish};
pub use limits::LimitErrors;

/// The act with which the popup asks for the day, to stand below what the page says of itself.
pub const DAY: &str = "day";

/// What a screen is drawn from besides its event.
#[derive(Clone, Debug, Default)]
pub struct Circumstances {
    /// What became of the event's order; `None` where there was none.
    pub outcome: Option<Answer>,
    /// What was read, in order.
    pub answers: Vec<(Ask, Answer)>,
    /// The screen stands in a private window.
    pub private: bool,
    /// What the history screen wished for; of nothing elsewhere.
    pub history: HistoryRead,
    /// How the stores are, for what stands above and below our pages; of nothing elsewhere.
    pub care: CareRead,
}

/// How the stores are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CareRead {
    /// The last messages.
    pub notices: Notices,
    /// What holds now, one sentence each without its full stop.
    pub standing: Vec<String>,
    /// How far a check or repair has come.
    pub progress: Option<String>,
    /// What a check came to, without its full stop.
    pub checked: Option<String>,
    /// Where the days of a message begin.
    pub zone: Option<SiteZone>,
}

/// A screen's picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What to draw.
    pub tree: Node,
    /// What the screen was opened for is done.
    pub close: bool,
    /// The id of the element that gets the focus, where it must move.
    pub focus: Option<String>,
}

impl From<Node> for Shown {
    fn from(tree: Node) -> Self {
        Self { tree, close: false, focus: None }
    }
}

/// Whether an event may change what is stored; then it is served under the writer lock.
pub fn changes(event: &ScreenAsk) -> bool {
    let (verb, _) = split(&event.act);
    match event.screen {
        ScreenName::Popup => false,
        ScreenName::History => correct::changes(event),
        ScreenName::Notices => verb == "put_away",
        ScreenName::Storage => matches!(verb, "check" | "go_on" | "stop"),
        ScreenName::Options => matches!(verb, "unit" | "limits" | "site" | "unblock" | "undo"),
        ScreenName::Note => matches!(verb, "save" | "again" | "flag"),
    }
}

/// What an event asks to change; `None` where there is nothing, or what was typed is not valid.
///
/// `settings` is the answer to [`Ask::SettingsGet`].
pub fn order(event: &ScreenAsk, settings: &Answer) -> Option<Ask> {
    match event.screen {
        ScreenName::Popup | ScreenName::History | ScreenName::Notices | ScreenName::Storage => None,
        ScreenName::Options => options::order(event, settings),
        ScreenName::Note => note::order(event),
    }
}

/// What the picture needs, asked after the order was served.
pub fn reads(event: &ScreenAsk) -> Vec<Ask> {
    match event.screen {
        ScreenName::Popup | ScreenName::History | ScreenName::Notices | ScreenName::Storage => Vec::new(),
        ScreenName::Options => options::reads(),
        ScreenName::Note => note::reads(event),
    }
}

/// The ask for what an answer left out.
pub fn rest(ask: &Ask, answer: &Answer) -> Option<Ask> {
    match (ask, answer) {
        (Ask::Blocks { site, limit, .. }, Answer::Blocks { next: Some(next), .. }) => {
            Some(Ask::Blocks { site: site.clone(), after: Some(next.clone()), limit: *limit })
        }
        _ => None,
    }
}

/// Draws the screen.
pub fn show(event: &ScreenAsk, at: &Circumstances) -> Shown {
    match event.screen {
        ScreenName::Popup if event.act == DAY => views::history::day::day(at.history.day_facts()).into(),
        ScreenName::Popup => outside::show(event).into(),
        ScreenName::Options => options::show(event, at),
        ScreenName::Note => note::show(event, at),
        ScreenName::History => history::show(event, &at.history),
        ScreenName::Notices => notices::show(event, &at.care).into(),
        ScreenName::Storage => storage::show(event, &at.care).into(),
    }
}

/// An action's verb and the rest.
fn split(act: &str) -> (&str, &str) {
    act.split_once(':').unwrap_or((act, ""))
}
