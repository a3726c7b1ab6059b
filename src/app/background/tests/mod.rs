//! The whole engine on the memory stores.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test should stop at the line")]

mod asking;
mod blocking;
mod care;
mod clock;
mod facts;
mod failing;
mod memory;
mod messages;
mod properties;
mod rating;
mod screens;

use core::pin::pin;
use core::task::{Context, Poll, Waker};

use super::wire::{Answer, Ask, PatchPart, RatingBrief, RowFacts, RowKey};
use super::{Own, Request, SenderWord, Stores, answer};
use crate::app::history::care::Care;
use crate::domain::Timestamp;
use crate::storage::journal::MemoryJournal;
use crate::storage::{LocalKey, MemoryDatabase, MemoryLocal};

const ID: &str = "A00EXAMPLE000";

/// A background over memory, asked from one place.
struct Bench {
    stores: Stores<MemoryDatabase, MemoryLocal, MemoryJournal>,
    sender: SenderWord,
}

fn own() -> Own {
    Own { id: "wagelight".to_owned(), root: "chrome-extension://wagelight/".to_owned() }
}

fn site_page() -> SenderWord {
    SenderWord {
        id: Some("wagelight".to_owned()),
        url: Some("https://worker.mturk.com/projects?page=2".to_owned()),
        incognito: false,
        frame: Some(0),
        tab: Some(7),
        account: None,
        session: String::new(),
    }
}

fn own_page() -> SenderWord {
    let url = Some("chrome-extension://wagelight/pages/options.html".to_owned());
    SenderWord { url, frame: None, ..site_page() }
}

impl Bench {
    fn asked_from(sender: SenderWord) -> Self {
        let stores = Stores {
            database: MemoryDatabase::default(),
            journal: MemoryJournal::default(),
            local: MemoryLocal::default(),
            care: Care::default(),
        };
        Self { stores, sender }
    }

    fn site() -> Self {
        Self::asked_from(site_page())
    }

    fn own() -> Self {
        Self::asked_from(own_page())
    }

    fn ask(&self, ask: &Ask) -> Answer {
        self.ask_at(ask, 1_000)
    }

    fn ask_at(&self, ask: &Ask, now: i64) -> Answer {
        self.say(&ask.to_message(), now)
    }

    fn say(&self, message: &str, now: i64) -> Answer {
        let own = own();
        let request = Request { message, sender: &self.sender, own: &own, now: Timestamp(now) };
        ready(answer(&self.stores, request))
    }

    fn brief(&self) -> Option<RatingBrief> {
        self.facts(vec![row(ID, None)]).into_iter().next().and_then(|row| row.own)
    }

    fn facts(&self, rows: Vec<RowKey>) -> Vec<RowFacts> {
        match self.ask(&Ask::Facts { site: "mturk".into(), rows }) {
            Answer::Facts { rows, .. } => rows,
            other => panic!("{other:?}"),
        }
    }

    fn bell(&self) -> Option<String> {
        self.stores.local.value(LocalKey::Bell)
    }
}

/// The memory stores never wait.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a memory store waited"),
    }
}

fn row(id: &str, title_key: Option<&str>) -> RowKey {
    RowKey { requester_id: id.to_owned(), title_key: title_key.map(str::to_owned) }
}

fn rate(patch: PatchPart) -> Ask {
    let (requester_id, requester_name) = (ID.to_owned(), "Example".to_owned());
    Ask::Rate { site: "mturk".into(), requester_id, requester_name, patch, task: None }
}

fn block(id: &str, title_key: Option<&str>) -> Ask {
    Ask::Block {
        site: "mturk".into(),
        requester_id: id.to_owned(),
        requester_name: String::new(),
        title_key: title_key.map(str::to_owned),
        title: title_key.map(|key| format!("{key} 7")),
        reason: Some("broken".into()),
    }
}

fn token(answer: &Answer) -> String {
    match answer {
        Answer::Saved { undo: Some(token) } => token.clone(),
        other => panic!("{other:?}"),
    }
}

fn undo(token: &str) -> Ask {
    Ask::Undo { site: "mturk".into(), token: token.to_owned() }
}
