//! What a page says of the worker's own work goes to the background and is not looked at.

use super::*;

const WORK: &str = "https://worker.mturk.com/projects/3GROUP/tasks/3TASK?assignment_id=3A";

fn told(bench: &Bench) -> Vec<(String, Value)> {
    let asks = bench.screen.asks.iter().filter_map(|(_, ask, _)| match ask {
        Ask::Seen { address, seen, .. } => Some((address.clone(), serde_json::to_value(seen).unwrap())),
        _ => None,
    });
    asks.collect()
}

#[test]
fn a_work_page_is_picked_and_told_once_it_is_greeted() {
    let mut bench = Bench::opened(WORK);
    assert!(bench.screen.recorded.is_some());
    assert_eq!(bench.screen.collected, 0);
    let seen = json!({ "came_ms": 5, "about": { "title": "Rate" } });
    bench.send(&json!({ "seen": seen }));
    assert_eq!(told(&bench), []);
    bench.answer_hello(&hello());
    assert_eq!(told(&bench), [("worker.mturk.com/projects/3GROUP/tasks/3TASK".to_owned(), seen.clone())]);
    bench.send(&json!({ "seen": { "returning": true } }));
    assert_eq!(told(&bench).len(), 2);
}

#[test]
fn nothing_is_told_of_a_site_that_is_off_or_a_private_window() {
    let mut off = Bench::opened(WORK);
    off.send(&json!({ "seen": { "about": {} } }));
    off.answer_hello(&Hello { on: false, ..hello() });
    off.send(&json!({ "seen": { "about": {} } }));
    assert_eq!(told(&off), []);

    let mut private = Bench::default();
    private.send(&json!({ "start": { "url": WORK, "private": true } }));
    private.answer_hello(&Hello { private: true, ..hello() });
    private.send(&json!({ "seen": { "about": {} } }));
    assert_eq!(told(&private), []);
}

#[test]
fn lists_tell_too_and_other_pages_do_not() {
    let mut list = Bench::greeted();
    list.send(&json!({ "seen": { "about": { "notice": "HIT Submitted" } } }));
    assert_eq!(told(&list).len(), 1);
    let mut other = Bench::opened("https://worker.mturk.com/earnings");
    other.send(&json!({ "seen": { "about": {} } }));
    assert_eq!(told(&other), []);
}

#[test]
fn what_is_not_saved_is_said_until_it_is() {
    let mut bench = Bench::opened(WORK);
    bench.answer_hello(&hello());
    bench.send(&json!({ "unsaved": { "count": 2, "say": "the disk is full" } }));
    let shown = bench.screen.panel.clone().unwrap();
    assert_eq!(shown["n"][0]["x"], "Not saved yet: the disk is full. Keep this page open.");
    let press = json!({ "act": { "row": null, "name": shown["n"][1]["on"] } });
    assert_eq!(bench.send(&press), ["again"]);
    bench.send(&json!({ "unsaved": { "count": 0, "say": "" } }));
    assert_eq!(bench.screen.panel, None);
}
