//! Saving and loading, over the stores of memory.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test should stop at the line")]

use super::{Files, Order, Reply};
use crate::app::background::Stores;
use crate::app::history::care::Care;
use crate::app::history::{RULES, keep};
use crate::domain::history::tests::observations;
use crate::domain::history::{Entry, EntryId, Fact, Observation, Source, StateWord};
use crate::domain::{Partition, RequesterId, Timestamp};
use crate::storage::history::{Bookmark, entries_page};
use crate::storage::journal::{Change, MemoryJournal, Seen};
use crate::storage::record::encode_places;
use crate::storage::{Access, Database, MemoryDatabase, MemoryLocal, StoreName, Value};
use core::future::Future;
use core::pin::pin;
use core::task::{Context, Poll, Waker};
use proptest::prelude::*;

type Memory = Stores<MemoryDatabase, MemoryLocal, MemoryJournal>;

const NOW: Timestamp = Timestamp(1_795_305_600_000);

fn stores() -> Memory {
    Stores {
        database: MemoryDatabase::default(),
        journal: MemoryJournal::default(),
        local: MemoryLocal::default(),
        care: Care::default(),
    }
}

/// The stores of memory never wait.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a store of memory waited"),
    }
}

fn partition(name: &str) -> Partition {
    Partition(name.to_owned())
}

fn worked(stores: &Memory, of: &str, seen: Vec<Observation>) {
    let change = Change { partition: partition(of), seen: seen.into_iter().map(Seen::Task).collect() };
    ready(keep::recorded((&stores.database, &stores.journal), &change, &mut Vec::new())).unwrap();
    let mut places = ready(keep::places(&stores.database)).unwrap().unwrap();
    places.used(&partition(of), NOW);
    let key = crate::storage::record::places_key();
    stores.database.plant(StoreName::Meta, key, encode_places(&places));
}

fn task(number: u32) -> Observation {
    Observation {
        id: EntryId(format!("3ASGN{number:05}")),
        seen_at: Timestamp(NOW.0 - i64::from(number) * 3_600_000),
        source: Source::WorkPage,
        facts: vec![
            Fact::Title(format!("An invented survey {number} of A2EXAMPLE0W1KQ")),
            Fact::Requester { id: Some(RequesterId("A00EXAMPLE000".to_owned())), name: "Lab".to_owned() },
            Fact::State(StateWord::Held),
            Fact::AcceptedAt(Timestamp(NOW.0 - i64::from(number) * 3_600_000)),
        ],
    }
}

fn entries(stores: &Memory, of: &str) -> Vec<Entry> {
    let mut bookmark = Bookmark::Open;
    let mut entries = Vec::new();
    loop {
        let page = entries_page(partition(of), bookmark);
        let page = ready(stores.database.transact(Access::Read, page)).unwrap().unwrap();
        assert_eq!(page.faults, []);
        entries.extend(page.entries);
        match page.next {
            Some(next) => bookmark = next,
            None => break,
        }
    }
    entries.sort_by(|one, other| one.id().cmp(other.id()));
    entries
}

/// Runs an act and all pieces behind it, as the page does; all bytes that were written.
fn run(files: &mut Files, stores: &Memory, act: &str, file: &[u8]) -> (Reply, Vec<u8>) {
    let file_bytes = Some(u64::try_from(file.len()).unwrap());
    let order =
        |act: &str, bytes: &[u8]| Order { act: act.to_owned(), bytes: bytes.to_vec(), file_bytes, now: NOW };
    let mut reply = ready(files.step(stores, order(act, &[])));
    let mut written = reply.bytes.clone();
    let mut pieces = 0;
    while reply.goes_on {
        let part = reply.wants.map_or(&[][..], |(from, to)| {
            &file[usize::try_from(from).unwrap()..usize::try_from(to).unwrap()]
        });
        reply = ready(files.step(stores, order("step", part)));
        written.extend(&reply.bytes);
        pieces += 1;
        assert!(pieces < 100_000, "it never ends");
    }
    (reply, written)
}

fn saved(stores: &Memory) -> Vec<u8> {
    let (reply, bytes) = run(&mut Files::default(), stores, "save", &[]);
    assert!(reply.is_written, "{}", reply.tree.plain_text());
    bytes
}

/// Looks at a file and loads it; what the page said before and after.
fn load(stores: &Memory, file: &[u8]) -> (String, String) {
    let mut files = Files::default();
    let (looked, _) = run(&mut files, stores, "file", file);
    let (loaded, _) = run(&mut files, stores, "load", file);
    (looked.tree.plain_text(), loaded.tree.plain_text())
}

fn without_ids(text: &[u8]) -> bool {
    !String::from_utf8_lossy(text).contains("A2EXAMPLE0W1KQ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_saved_history_loads_into_the_same(one in observations(), other in observations()) {
        let (from, to) = (stores(), stores());
        worked(&from, "mturk~a", one.clone());
        worked(&from, "mturk~a", other.clone());
        let file = saved(&from);
        load(&to, &file);
        prop_assert_eq!(entries(&to, "mturk~loaded-1"), entries(&from, "mturk~a"));
        let (looked, _) = load(&to, &file);
        let words = if one.is_empty() && other.is_empty() { "Nothing is in it" } else { "nothing would change" };
        prop_assert!(looked.contains(words), "{}", looked);
        prop_assert_eq!(entries(&to, "mturk~loaded-1"), entries(&from, "mturk~a"));
    }

    #[test]
    fn any_order_of_files_is_the_same(one in observations(), other in observations()) {
        let file = |seen: &Vec<Observation>| {
            let from = stores();
            worked(&from, "mturk~a", seen.clone());
            saved(&from)
        };
        let (one, other) = (file(&one), file(&other));
        let into = |files: [&[u8]; 2]| {
            let to = stores();
            worked(&to, "mturk~b", vec![task(1)]);
            for file in files {
                drop(load(&to, file));
            }
            entries(&to, "mturk~b")
        };
        prop_assert_eq!(into([&one, &other]), into([&other, &one]));
    }
}

#[test]
fn thousands_of_tasks_go_there_and_back() {
    let from = stores();
    let all: Vec<Observation> = (0..900).map(task).collect();
    for part in all.chunks(500) {
        worked(&from, "mturk~a", part.to_vec());
    }
    let file = saved(&from);
    let to = stores();
    let (looked, loaded) = load(&to, &file);
    assert!(looked.contains("900 tasks on worker.mturk.com"), "{looked}");
    assert!(looked.contains("900 new"), "{looked}");
    assert!(loaded.contains("Loaded: 900 tasks came"), "{loaded}");
    let came = entries(&to, "mturk~loaded-1");
    assert_eq!(came.len(), 900);
    // What is shaped like a worker id was planted past the reading of pages: it is masked on loading.
    assert!(came.iter().all(|entry| entry.title.value().is_some_and(|title| title.contains("[worker]"))));
    let stored = to.database.values().into_iter().all(|(_, _, value)| match value {
        Value::Text(text) => without_ids(text.as_bytes()),
        Value::Bytes(bytes) => without_ids(&bytes),
    });
    assert!(stored);
    let places = ready(keep::places(&to.database)).unwrap().unwrap();
    assert_eq!(places.accounts.len(), 1);
    assert_eq!(RULES.zone.day_of(places.accounts.first().unwrap().since).to_string(), "2026-10-15");
}

#[test]
fn a_history_finds_its_account_and_two_never_mix() {
    let from = stores();
    worked(&from, "mturk~a", vec![task(1), task(2)]);
    worked(&from, "mturk~b", vec![task(3)]);
    let file = saved(&from);
    // Where the accounts are known by their tasks, each goes to its own.
    let to = stores();
    worked(&to, "mturk~y", vec![task(3)]);
    worked(&to, "mturk~x", vec![task(2)]);
    load(&to, &file);
    assert_eq!((entries(&to, "mturk~x").len(), entries(&to, "mturk~y").len()), (2, 1));
    // Where they are not, they are kept apart, and the worker may say whose they are.
    let to = stores();
    worked(&to, "mturk~x", vec![task(9)]);
    let mut files = Files::default();
    let (looked, _) = run(&mut files, &to, "file", &file);
    assert!(looked.tree.plain_text().contains("Whose is it?"), "{}", looked.tree.plain_text());
    run(&mut files, &to, "choose:1:0", &file);
    run(&mut files, &to, "load", &file);
    assert_eq!((entries(&to, "mturk~x").len(), entries(&to, "mturk~loaded-1").len()), (2, 2));
}

#[test]
fn a_cut_or_damaged_file_loads_what_is_there_and_says_so() {
    let from = stores();
    worked(&from, "mturk~a", (0..500).map(task).collect());
    let file = saved(&from);
    let to = stores();
    let (looked, loaded) = load(&to, &file[..file.len() * 9 / 10]);
    assert!(looked.contains("cut off") && loaded.contains("cut off"), "{looked} {loaded}");
    assert!(loaded.contains("From line "), "{loaded}");
    let came = entries(&to, "mturk~loaded-1").len();
    assert!((50..500).contains(&came), "{came}");
    load(&to, &file);
    assert_eq!(entries(&to, "mturk~loaded-1").len(), 500, "the whole one loads the rest");
    let mut flipped = file.clone();
    flipped[file.len() / 3] ^= 4;
    let to = stores();
    let (_, loaded) = load(&to, &flipped);
    assert!(loaded.contains("Lines ") && loaded.contains("Damaged"), "{loaded}");
    let (looked, _) = load(&to, b"{\"wagelight\":\"everything\",\"v\":2}\n");
    assert!(looked.contains("newer Wagelight") && looked.contains("Nothing was changed"), "{looked}");
    let (looked, _) = load(&to, b"HIT,Requester\n1,2\n");
    assert!(looked.contains("not saved by Wagelight"), "{looked}");
    assert!(looked.contains("Line 1"), "{looked}");
}

#[test]
fn cancelling_keeps_what_was_loaded_and_again_goes_on() {
    let from = stores();
    worked(&from, "mturk~a", (0..50).map(task).collect());
    worked(&from, "mturk-sandbox~a", (0..50).map(task).collect());
    let file = saved(&from);
    let to = stores();
    let mut files = Files::default();
    run(&mut files, &to, "file", &file);
    let bytes =
        |from: u64, end: u64| file[usize::try_from(from).unwrap()..usize::try_from(end).unwrap()].to_vec();
    let file_bytes = Some(u64::try_from(file.len()).unwrap());
    let mut reply = ready(files.step(&to, Order { act: "load".to_owned(), now: NOW, ..Order::default() }));
    for _ in 0..2 {
        let bytes = reply.wants.map_or(Vec::new(), |(from, end)| bytes(from, end));
        let order = Order { act: "step".to_owned(), bytes, file_bytes, now: NOW };
        reply = ready(files.step(&to, order));
    }
    let reply = ready(files.step(&to, Order { act: "cancel".to_owned(), now: NOW, ..Order::default() }));
    assert!(reply.tree.plain_text().contains("stays"), "{}", reply.tree.plain_text());
    let came = || ["mturk~loaded-1", "mturk-sandbox~loaded-1"].map(|of| entries(&to, of).len());
    assert_eq!(came(), [50, 0]);
    load(&to, &file);
    assert_eq!(came(), [50, 50]);
}
