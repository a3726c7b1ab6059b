#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use serde_json::{Value, json};

use super::*;
use crate::domain::history::{ServerState, StateWord};

const NOW: Timestamp = Timestamp(1_795_000_000_000);

fn told(address: &str, seen: Value, before: Option<&HeldInTab>) -> Capture {
    let seen: Json = serde_json::from_value(seen).unwrap();
    capture(Telling {
        address: format!("worker.mturk.com{address}"),
        seen,
        before: before.cloned(),
        now: NOW,
    })
}

fn states(capture: &Capture) -> Vec<(String, Source, StateWord)> {
    let observations = capture.observations.iter();
    observations
        .flat_map(|seen| {
            seen.facts.iter().filter_map(|fact| match fact {
                Fact::State(word) => Some((seen.id.0.clone(), seen.source, *word)),
                _ => None,
            })
        })
        .collect()
}

fn held(id: &str) -> HeldInTab {
    HeldInTab { entry: EntryId(id.to_owned()), deadline: Some(Timestamp(NOW.0 + 60_000)) }
}

fn work(assignment: &str) -> Value {
    json!({ "came_ms": NOW.0 - 5_000, "about": {
        "assignment_id": assignment, "id": "3TASK", "group_id": "3GROUP", "can_return": "true",
        "title": "Rate pictures for A2EXAMPLE0W1KQ", "reward": "0.25", "original": "600", "remaining": "590",
        "requester_id": "A1REQUESTER00", "requester_name": "Ann Lab",
    } })
}

const WORK: &str = "/projects/3GROUP/tasks/3TASK";

#[test]
fn a_work_page_says_that_a_task_was_accepted_and_the_tab_remembers_it() {
    let capture = told(WORK, work("3ASSIGNMENT"), None);
    assert_eq!(capture.problems, []);
    assert_eq!(states(&capture), [("3ASSIGNMENT".to_owned(), Source::WorkPage, StateWord::Held)]);
    let facts = &capture.observations[0].facts;
    assert!(facts.contains(&Fact::AcceptedAt(Timestamp(NOW.0 - 15_000))), "{facts:?}");
    assert!(facts.contains(&Fact::Title("Rate pictures for [worker]".to_owned())), "{facts:?}");
    let remembered = capture.held.unwrap();
    assert_eq!(remembered.entry.0, "3ASSIGNMENT");
    assert_eq!(remembered.deadline, Some(Timestamp(NOW.0 + 585_000)));
}

#[test]
fn the_next_page_speaks_of_the_task_before() {
    let mut next = work("3SECOND");
    next["about"]["notice"] = json!("HIT Submitted");
    let capture = told(WORK, next, Some(&held("3FIRST")));
    let words = states(&capture);
    assert_eq!(words[0], ("3FIRST".to_owned(), Source::SubmitAlert, StateWord::Submitted));
    assert_eq!(words[1], ("3SECOND".to_owned(), Source::WorkPage, StateWord::Held));
    let list = json!({ "about": { "notice": "The HIT has been returned." } });
    let words = states(&told("/projects", list, Some(&held("3FIRST"))));
    assert_eq!(words, [("3FIRST".to_owned(), Source::ReturnAlert, StateWord::Returned(None))]);
}

#[test]
fn a_message_counts_for_the_task_of_the_tab_alone() {
    let message = |id: &str| json!({ "message": { "assignment_id": id, "submitted": "true" } });
    let words = states(&told(WORK, message("3FIRST"), Some(&held("3FIRST"))));
    assert_eq!(words, [("3FIRST".to_owned(), Source::SubmitMessage, StateWord::Submitted)]);
    assert_eq!(states(&told(WORK, message("3OTHER"), Some(&held("3FIRST")))), []);
    assert_eq!(states(&told(WORK, message("3FIRST"), None)), []);
}

#[test]
fn returning_and_running_out_are_about_the_task_of_the_tab() {
    let words = states(&told(WORK, json!({ "returning": true }), Some(&held("3FIRST"))));
    assert_eq!(words, [("3FIRST".to_owned(), Source::ReturnForm, StateWord::Returned(None))]);
    let early = told(WORK, json!({ "ran_out": true }), Some(&held("3FIRST")));
    assert_eq!(states(&early), [], "a page that says so before the time");
    let late = HeldInTab { deadline: Some(NOW), ..held("3FIRST") };
    let words = states(&told(WORK, json!({ "ran_out": true }), Some(&late)));
    assert_eq!(words, [("3FIRST".to_owned(), Source::ExpiryAlert, StateWord::Expired)]);
}

#[test]
fn a_days_page_says_what_became_of_its_rows() {
    let row = |id: &str, state: &str| {
        json!({ "id": "3TASK", "assignment_id": id, "state": state, "reward": "0.5",
        "title": "Rate pictures", "requester_id": "A1REQUESTER00", "requester_name": "Ann Lab" })
    };
    let seen =
        json!({ "about": {}, "items": [row("3A", "Paid"), { "state": "Paid" }, row("3B", "Rejected")] });
    let capture = told("/status_details/2026-11-20", seen, None);
    let server = |id: &str, state| (id.to_owned(), Source::StatusPage, StateWord::Server(state));
    assert_eq!(states(&capture), [server("3A", ServerState::Paid), server("3B", ServerState::Rejected)]);
    assert_eq!(capture.problems[0].place, "row 2, id");
}

#[test]
fn the_dashboard_says_sums_of_days_and_the_queue_what_is_held() {
    let days = json!({ "items": [{ "day": "2026-11-20T00:00:00.000Z", "submitted": "3", "bonus_pay": "0.30000000000000004" }] });
    let capture = told("/dashboard", days, None);
    assert_eq!(capture.days[0].day.to_string(), "2026-11-20");
    assert_eq!(capture.days[0].bonus_pay.unwrap().micros, 300_000);
    let queue =
        json!({ "items": [{ "id": "3TASK", "assignment_id": "3A", "title": "Rate", "reward": "0.1" }] });
    let words = states(&told("/tasks", queue, None));
    assert_eq!(words, [("3A".to_owned(), Source::Queue, StateWord::Held)]);
}

#[test]
fn what_is_none_of_ours_says_nothing() {
    let hostile = [
        json!(null),
        json!([]),
        json!({ "about": 5, "items": "x", "message": [], "came_ms": "soon" }),
        json!({ "items": [null, 5, "x", []], "left_out": 7, "unreadable": "no data" }),
    ];
    for seen in hostile {
        for address in ["/tasks", WORK, "/dashboard", "/status_details/2026-13-77", "/nowhere", ""] {
            assert_eq!(states(&told(address, seen.clone(), Some(&held("3FIRST")))), [], "{address} {seen}");
        }
    }
    let far = told(WORK, json!({ "came_ms": i64::MAX, "about": work("3A")["about"] }), None);
    assert_eq!(far.observations[0].seen_at, NOW, "a page of the future came now");
}
