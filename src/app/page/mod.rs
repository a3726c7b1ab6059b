//! The page engine: one page of a work site, from opening to leaving.
//!
//! Sans-IO: [`PageEngine::handle`] takes an event and gives effects. A fresh engine fed with
//! the same page ends in the same picture, so that a lost background, a panic or a restored
//! tab need nothing but a new start.

mod acts;
mod answers;
pub mod entry;
mod heard;
mod record;
mod rows;
pub mod settings;
pub mod wire;

use crate::app::background::wire::Ask;
use crate::app::views::card::CardState;
use crate::app::views::popup::{self, PopupFacts, Standing};
use crate::app::views::words;
use crate::domain::{Problem, RequesterId, SortedMap, SortedSet};
use crate::ratings::BlockIndex;
use crate::sites::json::Json;
use crate::sites::snapshot::RowMark;
use crate::sites::{self, Page, Place};
use answers::Known;
use entry::Entry;
use settings::PageSettings;
use wire::{Dispatch, PageEffect, PageEvent, RowStyle};

/// The sheet of what is drawn on a work site.
const SHEET: &str = include_str!("../../../extension/overlay.css");

/// At most this many problems are kept; the rest is only counted by its absence.
const MAX_PROBLEMS: usize = 100;

/// One page's state.
pub struct PageEngine {
    place: Place,
    private: bool,
    /// How an engine before this one left blocked rows.
    left: Option<RowStyle>,
    settings: PageSettings,
    /// `None` until the background has said hello; nothing is drawn before.
    on: Option<bool>,
    blocked_before: BlockIndex,
    roots: SortedMap<u32, Vec<Option<Entry>>>,
    rows: SortedMap<u32, Row>,
    unmatched: SortedMap<u32, (u32, RowMark)>,
    problems: Vec<Problem>,
    /// What the console has had its line about: the page's data, and what the page lacks.
    said: SortedSet<Matter>,
    settled: bool,
    known: SortedMap<RequesterId, Known>,
    /// Requester and title key of every row the background was asked about.
    asked: SortedSet<(RequesterId, Option<String>)>,
    asks: SortedMap<u32, Pending>,
    next_ask: u32,
    card: Option<(u32, CardState)>,
    /// What was seen of the worker's own work and could not be told yet.
    untold: Vec<Json>,
    /// Why something that was told is not on disk yet; the hands keep it.
    unsaved: Option<String>,
}

/// A row that shows a task.
#[derive(Clone, Debug)]
struct Row {
    root: u32,
    index: usize,
    style: RowStyle,
}

impl Row {
    /// Its task's list and place in it.
    fn task(&self) -> (u32, usize) {
        (self.root, self.index)
    }
}

/// What the console hears of once a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Matter {
    /// Something in the page's data was not understood.
    Data,
    /// The settled page lacks its list, its rows, or their data.
    Missing,
}

/// What an unanswered ask was for.
#[derive(Clone, Debug)]
enum Pending {
    Hello,
    Facts,
    /// A change made in the card of a row; what to say when it is saved.
    Change {
        row: u32,
        what: String,
    },
    /// A note's window, or the switch of the site: heard of only when it fails.
    Quiet {
        row: Option<u32>,
    },
}

impl Default for PageEngine {
    fn default() -> Self {
        Self {
            place: Place::Elsewhere,
            private: false,
            left: None,
            settings: PageSettings::default(),
            on: None,
            blocked_before: BlockIndex::default(),
            roots: SortedMap::new(),
            rows: SortedMap::new(),
            unmatched: SortedMap::new(),
            problems: Vec::new(),
            said: SortedSet::new(),
            settled: false,
            known: SortedMap::new(),
            asked: SortedSet::new(),
            asks: SortedMap::new(),
            next_ask: 1,
            card: None,
            untold: Vec::new(),
            unsaved: None,
        }
    }
}

impl PageEngine {
    /// Takes one event; what shall be done comes back in order.
    pub fn handle(&mut self, dispatch: Dispatch) -> Vec<PageEffect> {
        match dispatch.event {
            PageEvent::Start { url, private, left } => {
                *self = Self { place: sites::find(&url), private, left, ..Self::default() };
                self.start()
            }
            PageEvent::Items { root, from, items } => self.items(root, from, &items),
            PageEvent::Rows { root, added, removed, styles } => {
                self.rows_changed(root, added, &removed, &styles)
            }
            PageEvent::Unreadable { what } => self.problem(Problem::new("page", what)),
            PageEvent::Seen { seen } => self.seen(seen),
            PageEvent::Unsaved { count, say } => {
                self.unsaved = (count > 0).then_some(say);
                vec![self.panel()]
            }
            PageEvent::Settled => self.settled(),
            PageEvent::Answer { id, answer } => self.answered(id, &answer),
            PageEvent::Bell => self.rung(),
            PageEvent::Act { row, name } => self.act(row, &name),
            PageEvent::OpenCard { row, memo } => self.open_card(row, &memo),
            PageEvent::CloseCard => self.close_card(),
            PageEvent::Popup => vec![PageEffect::Popup { tree: self.popup() }],
        }
    }

    fn start(&mut self) -> Vec<PageEffect> {
        let mut effects = vec![match &self.place {
            Place::Page(page) => PageEffect::Collect { page: page.spec.whole.clone(), css: SHEET },
            Place::Record(page) => PageEffect::Record { page: page.spec.whole.clone(), css: SHEET },
            Place::OtherPage { .. } | Place::Elsewhere => return Vec::new(),
        }];
        let mut hello = self.ask_hello();
        // What was remembered of its last answer comes at once, the background's word when it wakes.
        if let Some(PageEffect::Ask { ask: Ask::Hello { site }, recall, .. }) = &mut hello {
            *recall = Some(format!("hello {site}"));
        }
        effects.extend(hello);
        effects
    }

    /// Settings and block index.
    fn ask_hello(&mut self) -> Option<PageEffect> {
        let site = self.any_page()?.partition.clone();
        Some(self.ask(Ask::Hello { site }, Pending::Hello))
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

    /// Something was saved, here or in another tab: settings and what rows know are asked again, of
    /// the background alone, since what was remembered may be older than what this page knows.
    fn rung(&mut self) -> Vec<PageEffect> {
        self.asks.retain(|_, pending| !matches!(pending, Pending::Hello));
        let mut effects: Vec<PageEffect> = self.ask_hello().into_iter().collect();
        effects.extend(self.ask_all_facts());
        effects
    }

    /// Keeps a problem; a page's first one goes to the console as one line.
    fn problem(&mut self, problem: Problem) -> Vec<PageEffect> {
        let effects = if self.said.insert(Matter::Data) { vec![log(&problem)] } else { Vec::new() };
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        }
        effects
    }

    /// The page has shown all it will show by itself.
    fn settled(&mut self) -> Vec<PageEffect> {
        self.settled = true;
        self.say_what_is_missing().into_iter().collect()
    }

    fn say_what_is_missing(&mut self) -> Option<PageEffect> {
        let missing = self.missing()?;
        self.said.insert(Matter::Missing).then(|| log(&missing))
    }

    /// What a settled page still lacks, from what is there now: rows that come late mend it.
    fn missing(&self) -> Option<Problem> {
        self.page().filter(|_| self.settled)?;
        let (tasks, rows, unmatched) = (self.tasks(), self.rows.len(), self.unmatched.len());
        let what = match (tasks, rows, unmatched) {
            (_, _, 1..) => {
                let verb = if unmatched == 1 { "shows" } else { "show" };
                format!("{} {verb} no task of the page's data", words::counted(unmatched, "row", "rows"))
            }
            (1.., 0, 0) => "no row of its list was found".to_owned(),
            (0, _, _) if self.roots.is_empty() && self.problems.is_empty() => {
                "its list was not found".to_owned()
            }
            _ => return None,
        };
        Some(Problem::new("page", what))
    }

    fn tasks(&self) -> usize {
        self.roots.values().flatten().flatten().count()
    }

    fn standing(&self) -> Standing {
        match &self.place {
            Place::Elsewhere => Standing::Elsewhere,
            Place::OtherPage { .. } => Standing::OtherPage,
            Place::Page(_) | Place::Record(_) if self.on == Some(false) => Standing::Off,
            Place::Record(_) if self.private => Standing::OtherPage,
            Place::Record(_) => Standing::Record,
            Place::Page(page) => {
                let tasks = self.tasks();
                let read = Standing::Read { kind: page.spec.kind, tasks, rows: self.rows.len() };
                match (tasks, self.rows.len(), self.settled) {
                    (1.., 1.., _) => read,
                    (0, 0, true) if self.is_empty_list() => read,
                    (_, _, true) => Standing::NotUnderstood,
                    (_, _, false) => Standing::Waiting,
                }
            }
        }
    }

    /// A list that says of itself that it is empty, and shows nothing that contradicts it.
    fn is_empty_list(&self) -> bool {
        !self.roots.is_empty()
            && self.roots.values().all(Vec::is_empty)
            && self.unmatched.is_empty()
            && self.problems.is_empty()
    }

    fn popup(&self) -> crate::app::tree::Node {
        let site_name = match &self.place {
            Place::Page(page) | Place::Record(page) => Some(page.site_name.as_str()),
            Place::OtherPage { site_name } => Some(site_name.as_str()),
            Place::Elsewhere => None,
        };
        let rows = self.rows.iter().filter_map(|(key, row)| Some((*key, self.entry(row)?))).collect();
        // What is wrong with the whole page stands before what is wrong with single rows.
        let problems: Vec<Problem> =
            self.missing().into_iter().chain(self.problems.iter().cloned()).collect();
        popup::popup(&PopupFacts {
            site_name,
            standing: self.standing(),
            problems: &problems,
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

fn log(problem: &Problem) -> PageEffect {
    PageEffect::Log { line: format!("Wagelight did not understand {}: {}", problem.place, problem.what) }
}

/// A short life of a scratch engine: every path a page's first paint takes is run once.
///
/// The result only keeps the compiler from leaving the work out.
pub fn warm() -> usize {
    let mut engine = PageEngine::default();
    let mut bytes = 0;
    for line in include_str!("warm.jsonl").lines() {
        let Some(dispatch) = Dispatch::from_json(line.as_bytes()) else { return 0 };
        let effects = engine.handle(dispatch);
        bytes += serde_json::to_vec(&effects).map_or(0, |text| text.len());
    }
    bytes
}

#[cfg(test)]
mod tests;
