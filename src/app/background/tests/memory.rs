//! What rows remember: kept by what pages tell, answered with the rows.

use serde_json::{Value, json};

use super::super::wire::{MemoryPart, TonePart};
use super::*;
use crate::app::history::keep::{Order, keep};
use crate::domain::Partition;
use crate::storage::journal::MemoryJournal;
use crate::storage::{Key, StoreName};

const DAY: &str = "2024-11-02";

/// A background, its journal, and the account that its page names.
struct Worker {
    bench: Bench,
    journal: MemoryJournal,
    account: Option<String>,
}

impl Worker {
    fn named(account: Option<&str>) -> Self {
        let account = account.map(str::to_owned);
        let bench = Bench::asked_from(SenderWord { account: account.clone(), ..site_page() });
        Self { bench, journal: MemoryJournal::default(), account }
    }

    /// The same machine, used by another account.
    fn becomes(&mut self, account: Option<&str>) {
        self.account = account.map(str::to_owned);
        self.bench.sender.account = self.account.clone();
    }

    /// A day's page was opened.
    fn sees(&self, day: &str, items: &[Value]) {
        let seen = json!({ "about": {}, "items": items });
        let order = Order {
            site: Partition("mturk".to_owned()),
            account: self.account.clone(),
            tab: Some(7),
            address: format!("worker.mturk.com/status_details/{day}"),
            seen: serde_json::from_value(seen).unwrap(),
            now: Timestamp(1_795_000_000_000),
        };
        let kept = ready(keep(&self.bench.stores.database, &self.journal, order)).unwrap();
        assert_eq!(kept.problems, []);
    }

    fn row(&self, title: &str) -> RowFacts {
        let key = crate::wording::title_key(title).unwrap();
        self.bench.facts(vec![row(ID, Some(key.text()))]).remove(0)
    }
}

fn task(id: u32, title: &str, state: &str) -> Value {
    json!({ "id": format!("3TASK{id}"), "assignment_id": format!("3A{id}"), "state": state, "reward": "0.5",
        "title": title, "requester_id": ID, "requester_name": "Ann Lab" })
}

/// The fullest words for a chip and the news's tone.
fn first(memory: Option<&MemoryPart>) -> Option<(&str, TonePart)> {
    memory.map(|memory| (memory.says[0].as_str(), memory.tone))
}

#[test]
fn rows_remember_their_title_and_their_requester() {
    let worker = Worker::named(Some("tag"));
    worker.sees(DAY, &[task(1, "Rate 12 pictures", "Approved"), task(2, "Opinion survey", "Paid")]);
    let pictures = worker.row("Rate 50 pictures");
    assert_eq!(
        first(pictures.title_memory.as_ref()),
        Some(("1 done, last 2 Nov 2024, approved", TonePart::Plain))
    );
    assert_eq!(
        first(pictures.requester_memory.as_ref()),
        Some(("2 done, last 2 Nov 2024, approved", TonePart::Plain))
    );
    let survey = worker.row("Opinion survey, part 2");
    assert_eq!(first(survey.title_memory.as_ref()), Some(("did one titled like this", TonePart::Warn)));
    let other = worker.row("Something else");
    assert_eq!(other.title_memory, None);
    assert_eq!(other.requester_memory, survey.requester_memory);
}

#[test]
fn a_decision_of_the_requester_changes_what_the_row_says() {
    let worker = Worker::named(Some("tag"));
    worker.sees(DAY, &[task(1, "Rate pictures", "Submitted")]);
    let pending = worker.row("Rate pictures");
    assert_eq!(first(pending.title_memory.as_ref()).unwrap().0, "1 done, last 2 Nov 2024, pending");
    worker.sees(DAY, &[task(1, "Rate pictures", "Rejected")]);
    let rejected = worker.row("Rate pictures");
    assert_eq!(first(rejected.title_memory.as_ref()), Some(("1 rejected of 1", TonePart::Warn)));
    assert_eq!(first(rejected.requester_memory.as_ref()), Some(("1 rejected of 1", TonePart::Bad)));
}

#[test]
fn two_accounts_never_mix_and_an_unknown_one_has_no_memory() {
    let mut worker = Worker::named(Some("one"));
    worker.sees(DAY, &[task(1, "Rate pictures", "Paid")]);
    for other in [Some("two"), Some(""), None] {
        worker.becomes(other);
        let row = worker.row("Rate pictures");
        assert_eq!((row.requester_memory, row.title_memory), (None, None), "{other:?}");
    }
    worker.becomes(None);
    worker.sees(DAY, &[task(1, "Rate pictures", "Paid")]);
    assert_eq!(worker.row("Rate pictures").requester_memory, None, "it may be anybody's");
    worker.becomes(Some("one"));
    assert!(worker.row("Rate pictures").title_memory.is_some());
}

#[test]
fn an_extension_page_asks_for_no_account() {
    let mut worker = Worker::named(Some("one"));
    worker.sees(DAY, &[task(1, "Rate pictures", "Paid")]);
    worker.bench.sender = SenderWord { account: Some("one".to_owned()), ..own_page() };
    assert_eq!(worker.row("Rate pictures").requester_memory, None);
}

#[test]
fn the_look_ups_do_not_grow_with_the_history() {
    let counts = [3, 600].map(|tasks| {
        let worker = Worker::named(Some("tag"));
        let items: Vec<Value> = (0..tasks).map(|n| task(n, "Rate pictures", "Paid")).collect();
        for (day, items) in (1..).zip(items.chunks(100)) {
            worker.sees(&format!("2024-11-{day:02}"), items);
        }
        let rows = (0..100).map(|n| row(&format!("A{}", n % 60), Some(&format!("title {n}")))).collect();
        let before = worker.bench.stores.database.reads();
        worker.bench.facts(rows);
        worker.bench.stores.database.reads() - before
    });
    assert_eq!(
        counts,
        [382, 382],
        "whose history, 220 of ratings and blocks, the head, 60 requesters, 100 titles"
    );
}

#[test]
fn damaged_sums_take_nothing_else_with_them() {
    let worker = Worker::named(Some("tag"));
    worker.sees(DAY, &[task(1, "Rate pictures", "Paid"), task(2, "Tag photos", "Paid")]);
    let is_whole = |key: &Key| key.0.last() == Some(&crate::storage::Part::Text(String::new()));
    let database = &worker.bench.stores.database;
    let (_, key, _) = database
        .values()
        .into_iter()
        .find(|(store, key, _)| *store == StoreName::Tallies && is_whole(key))
        .unwrap();
    database.plant(StoreName::Tallies, key, "no tally");
    let rows = vec![row(ID, Some("rate pictures"))];
    let answer = worker.bench.ask(&Ask::Facts { site: "mturk".into(), rows });
    let Answer::Facts { rows, problems } = answer else { panic!("{answer:?}") };
    assert!(rows[0].title_memory.is_some() && rows[0].requester_memory.is_none(), "{rows:?}");
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("The totals of a requester cannot be read"), "{problems:?}");
}

#[test]
fn a_damaged_head_of_the_history_takes_no_rating_with_it() {
    let worker = Worker::named(Some("tag"));
    worker.bench.ask(&rate(PatchPart {
        again: crate::ratings::Field::Set(super::super::wire::AgainPart::Never),
        ..PatchPart::default()
    }));
    worker.sees(DAY, &[task(1, "Rate pictures", "Paid")]);
    let key = crate::storage::record::history_head_key();
    worker.bench.stores.database.plant(StoreName::Meta, key, "no head");
    let row = worker.row("Rate pictures");
    assert!(row.own.is_some() && row.requester_memory.is_none(), "{row:?}");
}
