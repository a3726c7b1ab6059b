#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use core::pin::pin;
use core::task::{Context, Poll, Waker};

use serde_json::{Value, json};

use super::*;
use crate::domain::history::{Entry, EntryId, State};
use crate::storage::MemoryDatabase;
use crate::storage::history::{Cursor, Limits, Query, entry, search};
use crate::storage::journal::MemoryJournal;

const NOW: Timestamp = Timestamp(1_795_000_000_000);
const DAY_MS: i64 = 86_400_000;

/// The memory stores are ready at once.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    let Poll::Ready(value) = pin!(future).poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("a memory store waits");
    };
    value
}

#[derive(Default)]
struct Bench {
    database: MemoryDatabase,
    journal: MemoryJournal,
}

impl Bench {
    fn told(&self, address: &str, seen: Value, now: Timestamp) -> Kept {
        self.told_by("A", 7, (address, seen, now)).unwrap()
    }

    fn told_by(
        &self,
        account: &str,
        tab: i64,
        (address, seen, now): (&str, Value, Timestamp),
    ) -> Result<Kept, Failure> {
        let order = Order {
            site: Partition("mturk".to_owned()),
            account: Some(account.to_owned()),
            tab: Some(tab),
            address: format!("worker.mturk.com{address}"),
            seen: serde_json::from_value(seen).unwrap(),
            now,
        };
        at_once(keep(&self.database, &self.journal, order))
    }

    fn entry(&self, account: &str, id: &str) -> Option<Entry> {
        let whose = Partition(format!("mturk~{account}"));
        let script = entry(whose, EntryId(id.to_owned()));
        at_once(self.database.transact(Access::Read, script)).unwrap().unwrap()
    }

    fn state(&self, id: &str) -> Option<State> {
        self.entry("A", id).map(|entry| entry.state())
    }

    fn found(&self, words: &str) -> Vec<String> {
        let whose = Partition("mturk~A".to_owned());
        let query = Query { words: words.to_owned(), ..Query::default() };
        let limits = Limits { entries: 50, blocks: 50 };
        let none: Option<Cursor> = None;
        let script = search(whose, query, none, limits, RULES);
        let found = at_once(self.database.transact(Access::Read, script)).unwrap().unwrap();
        found.entries.iter().map(|entry| entry.id().0.clone()).collect()
    }
}

fn work(assignment: &str) -> Value {
    json!({ "came_ms": NOW.0, "about": {
        "assignment_id": assignment, "id": "3TASK", "group_id": "3GROUP", "can_return": "true",
        "title": "Rate pictures", "reward": "0.25", "original": "600", "remaining": "600",
        "requester_id": "A1REQUESTER00", "requester_name": "Ann Lab",
    } })
}

fn status(assignment: &str, state: &str) -> Value {
    json!({ "items": [{ "assignment_id": assignment, "id": "3TASK", "state": state, "title": "Rate pictures",
        "reward": "0.25", "requester_id": "A1REQUESTER00", "requester_name": "Ann Lab" }] })
}

const WORK: &str = "/projects/3GROUP/tasks/3TASK";

#[test]
fn a_task_is_followed_from_acceptance_to_payment() {
    let bench = Bench::default();
    let first = bench.told(WORK, work("3FIRST"), NOW);
    assert!(first.change.is_some());
    assert_eq!(first.requesters.len(), 1);
    assert_eq!(bench.state("3FIRST"), Some(State::InProgress));
    let message = json!({ "message": { "assignment_id": "3FIRST", "submitted": "true" } });
    bench.told(WORK, message, Timestamp(NOW.0 + 60_000));
    assert_eq!(bench.state("3FIRST"), Some(State::Pending));
    bench.told("/status_details/2026-11-18", status("3FIRST", "Rejected"), Timestamp(NOW.0 + 70_000));
    assert_eq!(bench.state("3FIRST"), Some(State::Rejected));
    bench.told("/status_details/2026-11-18", status("3FIRST", "Paid"), Timestamp(NOW.0 + 80_000));
    let entry = bench.entry("A", "3FIRST").unwrap();
    assert_eq!((entry.state(), entry.is_overturned()), (State::Paid, true));
    assert_eq!(bench.found("pictures"), ["3FIRST"]);
}

#[test]
fn the_same_page_again_changes_nothing() {
    let bench = Bench::default();
    bench.told(WORK, work("3FIRST"), NOW);
    let again = bench.told(WORK, work("3FIRST"), NOW);
    assert_eq!((again.change, again.requesters), (None, Vec::new()));
}

#[test]
fn a_notice_finds_the_task_that_its_own_tab_and_account_showed() {
    let bench = Bench::default();
    bench.told(WORK, work("3FIRST"), NOW);
    let notice = json!({ "about": { "notice": "HIT Submitted" } });
    let later = Timestamp(NOW.0 + 1_000);
    bench.told_by("A", 8, ("/projects", notice.clone(), later)).unwrap();
    bench.told_by("B", 7, ("/projects", notice.clone(), later)).unwrap();
    assert_eq!(bench.state("3FIRST"), Some(State::InProgress), "another tab, another account");
    bench.told_by("A", 7, ("/projects", notice, later)).unwrap();
    assert_eq!(bench.state("3FIRST"), Some(State::Pending));
}

#[test]
fn two_accounts_never_mix() {
    let bench = Bench::default();
    bench.told(WORK, work("3FIRST"), NOW);
    bench.told_by("B", 9, (WORK, work("3SECOND"), NOW)).unwrap();
    assert!(bench.entry("A", "3SECOND").is_none());
    assert!(bench.entry("B", "3SECOND").is_some());
    let places = at_once(places(&bench.database)).unwrap().unwrap();
    assert_eq!(places.accounts.len(), 2);
}

#[test]
fn days_that_are_over_are_closed_and_still_found_and_changed() {
    let bench = Bench::default();
    bench.told(WORK, work("3OLD"), NOW);
    let later = Timestamp(NOW.0 + 5 * DAY_MS);
    bench.told(WORK, work("3NEW"), later);
    let files = at_once(bench.journal.files()).unwrap();
    assert_eq!(files.len(), 1, "the journal's lines of the days before lie in a file");
    assert_eq!(bench.found("pictures").len(), 2);
    bench.told("/status_details/2026-11-18", status("3OLD", "Paid"), Timestamp(later.0 + 1));
    assert_eq!(bench.state("3OLD"), Some(State::Paid));
}

#[test]
fn an_emptied_database_is_made_again_from_the_journal_and_the_worker_is_told() {
    let mut bench = Bench::default();
    bench.told(WORK, work("3OLD"), NOW);
    bench.told(WORK, work("3OTHER"), Timestamp(NOW.0 + 5 * DAY_MS));
    bench.told_by("B", 9, (WORK, work("3SECOND"), Timestamp(NOW.0 + 5 * DAY_MS))).unwrap();
    bench.database = MemoryDatabase::default();
    let kept =
        bench.told("/status_details/2026-11-18", status("3OLD", "Paid"), Timestamp(NOW.0 + 6 * DAY_MS));
    assert!(!kept.mended.is_empty());
    assert_eq!(bench.state("3OLD"), Some(State::Paid));
    assert_eq!(bench.state("3OTHER"), Some(State::InProgress));
    let places = at_once(places(&bench.database)).unwrap().unwrap();
    let whose: Vec<&str> = places.accounts.iter().map(|account| account.partition.0.as_str()).collect();
    assert_eq!(whose, ["mturk~A", "mturk~B"]);
    assert_eq!(places.latest(&Partition("mturk".to_owned())).unwrap().partition.0, "mturk~A");
}

#[test]
fn a_lost_journal_is_written_again_and_the_change_is_kept() {
    let bench = Bench::default();
    bench.told(WORK, work("3OLD"), NOW);
    bench.journal.empty();
    let kept = bench.told(WORK, work("3NEW"), Timestamp(NOW.0 + 1));
    assert_eq!(kept.mended.len(), 1);
    assert!(bench.entry("A", "3NEW").is_some() && bench.entry("A", "3OLD").is_some());
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let bench = Bench::default();
    bench.told(WORK, work("3OLD"), NOW);
    bench.journal.fail_after(Some(0));
    let refused = bench.told_by("A", 7, (WORK, work("3NEW"), Timestamp(NOW.0 + 1)));
    assert_eq!(refused, Err(Failure::Store(crate::storage::StoreError::DiskFull)));
    assert!(bench.entry("A", "3OLD").is_some());
    bench.journal.fail_after(None);
    bench.told(WORK, work("3NEW"), Timestamp(NOW.0 + 1));
    assert!(bench.entry("A", "3NEW").is_some());
}

#[test]
fn a_dashboard_tells_the_bonus_of_a_day() {
    let bench = Bench::default();
    let days = json!({ "items": [{ "day": "2026-11-18", "bonus_pay": "1.5" }, { "day": "2026-11-17", "bonus_pay": "0" }] });
    assert!(bench.told("/dashboard", days, NOW).change.is_some());
    let nothing = json!({ "items": [{ "day": "2026-11-16", "bonus_pay": "0" }, { "day": "2026-11-15" }] });
    assert_eq!(bench.told("/dashboard", nothing, Timestamp(NOW.0 + 9)).change, None);
}

fn queue(assignments: &[&str], came: Timestamp) -> Value {
    let row = |id: &&str| {
        json!({ "assignment_id": id, "id": format!("T{id}"), "group_id": "3GROUP", "title": "Rate pictures",
            "reward": "0.25", "requester_id": "A1REQUESTER00", "requester_name": "Ann Lab",
            "accepted_at": "2026-11-18T15:00:00.000Z", "deadline": "2026-11-30T15:00:00.000Z" })
    };
    json!({ "came_ms": came.0, "items": assignments.iter().map(row).collect::<Vec<_>>() })
}

#[test]
fn what_a_whole_queue_no_longer_lists_is_gone_until_the_server_knows_better() {
    let bench = Bench::default();
    let at = |secs: i64| Timestamp(NOW.0 + secs * 1_000);
    let reads = |ids: &[&str], secs| bench.told("/tasks", queue(ids, at(secs)), at(secs));
    reads(&["3A", "3B", "3C", "3D"], 0);
    // One is handed in, one worked on in another tab.
    let mut work = work("3B");
    work["about"]["id"] = json!("T3B");
    work["came_ms"] = json!(at(5).0);
    bench.told("/projects/3GROUP/tasks/T3B", work, at(5));
    bench.told(
        "/projects/3GROUP/tasks/T3B",
        json!({ "message": { "assignment_id": "3B", "submitted": "true" } }),
        at(6),
    );
    // The site's empty queue, and a row that is not understood, say nothing.
    reads(&[], 10);
    let mut odd = queue(&["3A"], at(11));
    odd["items"].as_array_mut().unwrap().push(json!({ "title": "no id" }));
    bench.told("/tasks", odd, at(11));
    assert_eq!(bench.state("3C"), Some(State::InProgress));
    reads(&["3A"], 20);
    let states = ["3A", "3B", "3C", "3D"].map(|id| bench.state(id).unwrap());
    assert_eq!(states, [State::InProgress, State::Pending, State::Abandoned, State::Abandoned]);
    assert_eq!(reads(&["3A"], 20).change, None, "the same page says the same");
    reads(&["3A", "3C"], 30);
    assert_eq!(bench.state("3C"), Some(State::InProgress), "it is listed again");
    bench.told("/status_details/2026-11-18", status("3D", "Approved"), at(40));
    assert_eq!(bench.state("3D"), Some(State::Approved));
}

#[test]
fn a_queue_read_before_a_task_was_taken_says_nothing_of_it() {
    let bench = Bench::default();
    let at = |secs: i64| Timestamp(NOW.0 + secs * 1_000);
    bench.told("/tasks", queue(&["3A", "3B"], at(10)), at(10));
    bench.told("/tasks", queue(&["3A"], at(5)), at(20));
    assert_eq!(bench.state("3B"), Some(State::InProgress), "it came from the site earlier");
}

#[test]
fn a_task_whose_time_is_over_is_not_called_gone() {
    let bench = Bench::default();
    let at = |days: i64| Timestamp(NOW.0 + days * DAY_MS);
    bench.told("/tasks", queue(&["3A", "3B"], at(0)), at(0));
    bench.told("/tasks", queue(&["3A"], at(30)), at(30));
    assert_eq!(bench.state("3B"), Some(State::InProgress));
}
