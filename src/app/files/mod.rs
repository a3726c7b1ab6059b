//! Saving everything to a file and loading one: the page `files`, whose work is done in a worker of its own.
//!
//! Sans-IO as all of the core: [`Files::step`] does one piece of a second at most and says what it needs for the
//! next: another piece, a part of the file, the writer lock. What was loaded stays when the rest is cancelled, since
//! loading only merges: the same file again goes on where it was ended, and once more changes nothing.

mod load;
mod look;
mod records;
mod save;
#[cfg(test)]
mod tests;

use load::Loading;
use look::{Looked, Looking};
use save::Saving;

use super::background::Stores;
use super::tree::Node;
use super::views::files as view;
use crate::domain::Timestamp;
use crate::storage::journal::{Failure, Journal};
use crate::storage::{Database, Local, StoreError};

/// What happened on the page, or the next piece of what is under way.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// What was pressed; `step` is the next piece, empty the page's beginning.
    pub act: String,
    /// The part of the file that was asked for.
    pub bytes: Vec<u8>,
    /// How long the chosen file is in bytes; `None` where none is chosen.
    pub file_bytes: Option<u64>,
    /// When.
    pub now: Timestamp,
}

/// What the page does next.
#[derive(Clone, Debug)]
pub struct Reply {
    /// What to draw.
    pub tree: Node,
    /// There is another piece to do: ask for a `step`.
    pub goes_on: bool,
    /// The next piece is done under the writer lock.
    pub locks: bool,
    /// The part of the file that the next piece needs, from byte to byte.
    pub wants: Option<(u64, u64)>,
    /// Bytes for the file that is written.
    pub bytes: Vec<u8>,
    /// The name of the file that is written, where one is.
    pub name: Option<String>,
    /// The file that is written is complete.
    pub is_written: bool,
}

/// Where the work stands.
#[derive(Default)]
enum State {
    /// Nothing is under way.
    #[default]
    Idle,
    Saving(Box<Saving>),
    Looking(Box<Looking>),
    /// What is in a file is shown.
    Looked(Box<Looked>),
    Loading(Box<Loading>),
    /// It is over; the words say how.
    Over(view::Over),
}

/// The page's engine.
#[derive(Default)]
pub struct Files {
    state: State,
}

impl Files {
    /// Does one piece. The caller holds the writer lock where the reply before asked for it.
    pub async fn step<D: Database, L: Local, J: Journal>(
        &mut self,
        stores: &Stores<D, L, J>,
        order: Order,
    ) -> Reply {
        let (verb, rest) = order.act.split_once(':').unwrap_or((&order.act, ""));
        let state = core::mem::take(&mut self.state);
        let done = match (verb, state) {
            ("save", _) => Saving::begin(stores, order.now).await.map(Box::new).map(State::Saving),
            ("file", _) if order.file_bytes.is_some() => {
                Looking::begin(stores, &order).await.map(Box::new).map(State::Looking)
            }
            ("load", State::Looked(looked)) => Ok(State::Loading(Box::new(Loading::begin(*looked)))),
            ("choose", State::Looked(mut looked)) => {
                looked.choose(rest);
                Ok(State::Looked(looked))
            }
            ("refused", State::Over(over)) => return self.refused(over, order.now),
            ("cancel", state) => Ok(cancelled(state)),
            ("step", State::Saving(saving)) => return self.saved(stores, saving).await,
            ("step", State::Looking(looking)) => looking.step(stores, &order.bytes).await,
            ("step", State::Loading(loading)) => loading.step(stores, &order).await.map_err(|trouble| {
                format!("{trouble}. What was loaded so far stays: load the file again to go on")
            }),
            (_, state) => Ok(state),
        };
        self.state = done.unwrap_or_else(|trouble| State::Over(view::Over::failed(trouble)));
        self.reply(Vec::new())
    }

    async fn saved<D: Database, L: Local, J: Journal>(
        &mut self,
        stores: &Stores<D, L, J>,
        mut saving: Box<Saving>,
    ) -> Reply {
        match saving.step(stores).await {
            Ok(bytes) => {
                let name = Some(saving.name());
                let is_written = saving.is_done();
                self.state = if is_written { State::Over(saving.over()) } else { State::Saving(saving) };
                Reply { name, is_written, ..self.reply(bytes) }
            }
            Err(trouble) => {
                self.state = State::Over(view::Over::failed(trouble));
                self.reply(Vec::new())
            }
        }
    }

    /// The lines that were not understood, as a file.
    fn refused(&mut self, over: view::Over, now: Timestamp) -> Reply {
        let text = over.refused.as_text();
        self.state = State::Over(over);
        let day = super::history::RULES.zone.day_of(now);
        let name = Some(format!("wagelight-not-loaded-{day}.txt"));
        Reply { name, is_written: true, ..self.reply(text.into_bytes()) }
    }

    fn reply(&self, bytes: Vec<u8>) -> Reply {
        let (facts, goes_on) = match &self.state {
            State::Idle => (view::Standing::Idle, false),
            State::Saving(saving) => (view::Standing::Saving(saving.progress()), true),
            State::Looking(looking) => (view::Standing::Looking(looking.progress()), true),
            State::Looked(looked) => (view::Standing::Looked(looked.facts()), false),
            State::Loading(loading) => (view::Standing::Loading(loading.progress()), true),
            State::Over(over) => (view::Standing::Over(over.clone()), false),
        };
        let wants = match &self.state {
            State::Looking(looking) => looking.wants(),
            State::Loading(loading) => loading.wants(),
            _ => None,
        };
        Reply {
            tree: view::files(&facts),
            goes_on,
            locks: matches!(self.state, State::Loading(_)),
            wants,
            bytes,
            name: None,
            is_written: false,
        }
    }
}

/// What was loaded stays.
fn cancelled(state: State) -> State {
    match state {
        State::Loading(loading) => State::Over(loading.cancelled()),
        State::Saving(_) => State::Over(view::Over::said("Cancelled: no file was saved")),
        _ => State::Over(view::Over::said("Cancelled: nothing was changed")),
    }
}

/// A store's failure in the worker's words.
fn trouble(error: &StoreError) -> String {
    match error {
        StoreError::DiskFull => "The disk is full. Make room, and begin again".to_owned(),
        StoreError::TimedOut => "The browser did not answer in time. Please try again".to_owned(),
        StoreError::NewerSchema => {
            "What is stored was saved by a newer Wagelight: update it first".to_owned()
        }
        StoreError::Unavailable(what) => format!("The browser does not open its storage ({what})"),
    }
}

/// A failure of the history in the worker's words.
fn failed(failure: &Failure) -> String {
    match failure {
        Failure::Store(error) => trouble(error),
        Failure::Fault(fault) => format!("{} is damaged", fault.place.say()),
        Failure::JournalHead(_) => "The journal was written by a newer Wagelight: update it first".to_owned(),
        Failure::JournalBehind => "The journal is being mended. Please try again in a minute".to_owned(),
    }
}
