//! The page engine: one page of a work site, from opening to leaving.
//!
//! Sans-IO: [`PageEngine::handle`] takes an event and gives effects. A fresh engine fed with
//! the same page ends in the same picture, so that a lost background, a panic or a restored
//! tab need nothing but a new start.

mod acts;
mod answers;
pub mod entry;
mod heard;
mod rows;
pub mod wire;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::app::background::wire::Ask;
use crate::app::views::card::CardState;
use crate::app::views::popup::{self, PopupFacts, Standing};
use crate::domain::{Problem, RequesterId, Settings};
use crate::ratings::BlockIndex;
use crate::sites::snapshot::RowMark;
use crate::sites::{self, Page, Place};
use answers::Known;
use entry::Entry;
use wire::{Dispatch, PageEffect, PageEvent, RowStyle};

/// The sheet of what is drawn on a work site.
const SHEET: &str = include_str!("../../../extension/overlay.css");

/// At most this many problems are kept; the rest is only counted by its absence.
const MAX_PROBLEMS: usize = 100;

/// One page's state.
pub struct PageEngine {
    place: Place,
    private: bool,
    settings: Settings,
    /// `None` until the background has said hello; nothing is drawn before.
    on: Option<bool>,
    blocked_before: BlockIndex,
    roots: BTreeMap<u32, Vec<Option<Entry>>>,
    rows: BTreeMap<u32, Row>,
    unmatched: BTreeMap<u32, (u32, RowMark)>,
    problems: Vec<Problem>,
    settled: bool,
    known: BTreeMap<RequesterId, Known>,
    asked: BTreeSet<RequesterId>,
    asks: BTreeMap<u32, Pending>,
    next_ask: u32,
    card: Option<(u32, CardState)>,
}

/// A row that shows a task.
#[derive(Clone, Debug)]
struct Row {
    root: u32,
    index: usize,
    style: RowStyle,
}

/// What an unanswered ask was for.
#[derive(Clone, Debug)]
enum Pending {
    Hello,
    Facts(Vec<RequesterId>),
    /// A change made in the card of a row; what to say when it is saved.
    Change {
        row: u32,
        what: String,
    },
    Quiet,
}

impl Default for PageEngine {
    fn default() -> Self {
        Self {
            place: Place::Elsewhere,
            private: false,
            settings: Settings::default(),
            on: None,
            blocked_before: BlockIndex::default(),
            roots: BTreeMap::new(),
            rows: BTreeMap::new(),
            unmatched: BTreeMap::new(),
            problems: Vec::new(),
            settled: false,
            known: BTreeMap::new(),
            asked: BTreeSet::new(),
            asks: BTreeMap::new(),
            next_ask: 1,
            card: None,
        }
    }
}

impl PageEngine {
    /// Takes one event; what shall be done comes back in order.
    pub fn handle(&mut self, dispatch: Dispatch) -> Vec<PageEffect> {
        match dispatch.event {
            PageEvent::Start { url, private } => self.start(&url, private),
            PageEvent::Items { root, from, items } => self.items(root, from, &items),
            PageEvent::Rows { root, added, removed, styles } => {
                self.rows_changed(root, added, &removed, &styles)
            }
            PageEvent::Unreadable { what } => self.problem(Problem::new("page", what)),
            PageEvent::Settled => self.settled(),
            PageEvent::Answer { id, answer } => self.answered(id, &answer),
            PageEvent::Bell => self.rung(),
            PageEvent::Act { row, name } => self.act(row, &name),
            PageEvent::OpenCard { row, memo } => self.open_card(row, &memo),
            PageEvent::CloseCard => self.close_card(),
            PageEvent::Popup => vec![PageEffect::Popup { tree: self.popup() }],
        }
    }

    fn start(&mut self, url: &str, private: bool) -> Vec<PageEffect> {
        *self = Self { place: sites::find(url), private, ..Self::default() };
        let Some(page) = self.page() else { return Vec::new() };
        let collect = PageEffect::Collect { page: page.spec.whole.clone(), css: SHEET };
        let mut effects = vec![collect];
        effects.extend(self.ask_hello());
        effects
    }

    /// Settings and block index: from what was remembered at once, from the background when it wakes.
    fn ask_hello(&mut self) -> Option<PageEffect> {
        let site = self.page()?.partition.clone();
        let recall = Some(format!("hello {site}"));
        Some(match self.ask(Ask::Hello { site }, Pending::Hello) {
            PageEffect::Ask { id, ask, .. } => PageEffect::Ask { id, ask, recall },
            other => other,
        })
    }

    fn page(&self) -> Option<&Page> {
        match &self.place {
            Place::Page(page) => Some(page),
            _ => None,
        }
    }

    fn ask(&mut self, ask: Ask, pending: Pending) -> PageEffect {
        let id = self.next_ask;
        self.next_ask = self.next_ask.wrapping_add(1);
        self.asks.insert(id, pending);
        PageEffect::Ask { id, ask, recall: None }
    }

    /// Something was saved, here or in another tab: settings and what rows know are asked again.
    fn rung(&mut self) -> Vec<PageEffect> {
        self.asks.retain(|_, pending| !matches!(pending, Pending::Hello));
        let mut effects: Vec<PageEffect> = self.ask_hello().into_iter().collect();
        effects.extend(self.ask_facts_again());
        effects
    }

    /// Keeps a problem; the first of a page goes to the console as one line.
    fn problem(&mut self, problem: Problem) -> Vec<PageEffect> {
        let first = self.problems.is_empty();
        let line = format!("Wagelight did not understand {}: {}", problem.place, problem.what);
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        }
        if first { vec![PageEffect::Log { line }] } else { Vec::new() }
    }

    /// The page has shown all it will show by itself.
    fn settled(&mut self) -> Vec<PageEffect> {
        self.settled = true;
        let unmatched = self.unmatched.len();
        if self.page().is_some() && unmatched > 0 {
            return self
                .problem(Problem::new("page", format!("{unmatched} rows show no task of the page's data")));
        }
        Vec::new()
    }

    fn standing(&self) -> Standing {
        match &self.place {
            Place::Elsewhere => Standing::Elsewhere,
            Place::OtherPage { .. } => Standing::OtherPage,
            Place::Page(_) if self.on == Some(false) => Standing::Off,
            Place::Page(page) => {
                let tasks = self.roots.values().flatten().flatten().count();
                let read = Standing::Read { kind: page.spec.kind, tasks, rows: self.rows.len() };
                match (tasks, self.rows.len(), self.settled) {
                    (1.., 1.., _) => read,
                    (0, 0, true) if self.roots.values().any(Vec::is_empty) => read,
                    (_, _, true) => Standing::NotUnderstood,
                    (_, _, false) => Standing::Waiting,
                }
            }
        }
    }

    fn popup(&self) -> crate::app::tree::Node {
        let site_name = match &self.place {
            Place::Page(page) => Some(page.site_name.as_str()),
            Place::OtherPage { site_name } => Some(site_name.as_str()),
            Place::Elsewhere => None,
        };
        let rows = self.rows.iter().filter_map(|(key, row)| Some((*key, self.entry(row)?))).collect();
        popup::popup(&PopupFacts {
            site_name,
            standing: self.standing(),
            problems: &self.problems,
            rows,
            unit: self.settings.unit,
        })
    }

    fn entry(&self, row: &Row) -> Option<&Entry> {
        self.roots.get(&row.root)?.get(row.index)?.as_ref()
    }

    fn entry_of(&self, key: u32) -> Option<&Entry> {
        self.entry(self.rows.get(&key)?)
    }
}

/// A short life of a scratch engine: every path a page's first paint takes is run once.
///
/// The result only keeps the compiler from leaving the work out.
pub fn warm() -> usize {
    let Ok(Value::Array(events)) = serde_json::from_str(include_str!("warm.json")) else { return 0 };
    let mut engine = PageEngine::default();
    let mut bytes = 0;
    for event in events {
        let text = serde_json::json!({ "now_ms": 0, "event": event }).to_string();
        let Some(dispatch) = Dispatch::from_json(text.as_bytes()) else { return 0 };
        let effects = engine.handle(dispatch);
        bytes += serde_json::to_vec(&effects).map_or(0, |text| text.len());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warming_up_takes_the_whole_way() {
        assert!(warm() > 1_000, "the made-up page must be read and drawn");
    }
}
