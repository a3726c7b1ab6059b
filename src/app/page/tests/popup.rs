//! What the popup says of a page: read, empty, or not understood, and never "0 tasks" for the last.

use super::*;

use crate::app::views::popup::Standing;
use crate::sites::recipe::PageKind;

#[test]
fn what_a_page_is_said_to_be() {
    let read = Bench::with_items(&items(3));
    let mut queue = Bench::opened(QUEUE);
    queue.answer_hello(&hello());
    queue.items(0, 0, &[item(1)]);
    queue.rows(0, &rows_of(&[item(1)], 1), &[]);
    let mut waiting = Bench::greeted();
    waiting.items(0, 0, &items(3));
    let mut empty = Bench::greeted();
    empty.items(0, 0, &[]);
    empty.send(&json!("settled"));
    let mut off = Bench::opened(LIST);
    off.answer_hello(&Hello { on: false, ..hello() });
    let other = Bench::opened("https://worker.mturk.com/earnings");
    let record = Bench::opened("https://worker.mturk.com/dashboard");
    let elsewhere = Bench::opened("https://example.org/");
    let standing = |bench: &Bench| bench.engine.standing();
    assert_eq!(standing(&read), Standing::Read { kind: PageKind::List, tasks: 3, rows: 3 });
    assert_eq!(standing(&queue), Standing::Read { kind: PageKind::Queue, tasks: 1, rows: 1 });
    assert_eq!(standing(&waiting), Standing::Waiting);
    assert_eq!(standing(&empty), Standing::Read { kind: PageKind::List, tasks: 0, rows: 0 });
    assert_eq!(standing(&off), Standing::Off);
    assert_eq!(standing(&other), Standing::OtherPage);
    assert_eq!(standing(&record), Standing::Record);
    assert_eq!(standing(&elsewhere), Standing::Elsewhere);
}

/// Ways in which a page cannot be read, each by the events the hands send, with the line that says why.
fn unreadable() -> Vec<(&'static str, Vec<Value>, &'static str)> {
    let rows = json!({ "rows": { "root": 0, "added": rows_of(&items(2), 1), "removed": [] } });
    let items_of = |items: Value| json!({ "items": { "root": 0, "from": 0, "items": items } });
    let broken = json!({ "unreadable": { "what": "the list's data is not JSON, or cut off" } });
    vec![
        ("broken data", vec![broken.clone(), rows.clone()], "page: the list's data is not JSON, or cut off"),
        ("no list", vec![], "page: its list was not found"),
        ("no rows", vec![items_of(json!(items(2)))], "page: no row of its list was found"),
        ("other keys", vec![items_of(json!([{}, {}])), rows.clone()], "row 1, id: is missing"),
        ("no objects", vec![items_of(json!([1, null, "x", []])), rows.clone()], "row 1, id: is missing"),
        (
            "rows beside empty data",
            vec![items_of(json!([])), rows.clone()],
            "page: 2 rows show no task of the page's data",
        ),
        ("one list empty, one broken", vec![items_of(json!([])), broken], "the list's data is not JSON"),
        (
            "rows of other tasks",
            vec![items_of(json!([item(8), item(9)])), rows],
            "page: 2 rows show no task of the page's data",
        ),
    ]
}

#[test]
fn what_is_not_understood_is_called_so_and_why() {
    for (name, events, why) in unreadable() {
        let mut bench = Bench::greeted();
        for event in &events {
            bench.send(event);
        }
        bench.send(&json!("settled"));
        assert_eq!(bench.engine.standing(), Standing::NotUnderstood, "{name}");
        let popup = bench.popup();
        assert!(popup.contains(why), "{name}: {popup}");
        assert!(!popup.contains("0 task"), "{name}: {popup}");
        assert_eq!(bench.drawn(), [0; 0], "{name}");
        assert!(
            !bench.screen.said.is_empty() && bench.screen.said.len() <= 2,
            "{name}: {:?}",
            bench.screen.said
        );
        assert!(bench.screen.said[0].starts_with("Wagelight did not understand "), "{:?}", bench.screen.said);
    }
}

#[test]
fn a_hundred_problems_are_three_lines_and_a_count() {
    let mut bench = Bench::greeted();
    bench.items(0, 0, &vec![json!({}); 400]);
    let popup = bench.popup();
    assert_eq!(popup.matches("row ").count(), 3, "{popup}");
    assert!(popup.contains("and 97 more"), "{popup}");
    assert_eq!(bench.screen.said.len(), 1);
}

#[test]
fn the_best_are_those_a_worker_can_take_without_a_risk() {
    let row = |number, fields: &[(&str, Value)]| with(item(number), fields);
    let list = [
        row(1, &[("reward", json!("1"))]),
        row(2, &[("reward", json!("2"))]),
        row(3, &[("reward", json!("90")), ("can_accept", json!("false"))]),
        row(4, &[("reward", json!("80")), ("approval", json!("60%"))]),
        row(5, &[("reward", json!("70")), ("title", json!("Compensation for A2EXAMPLE0W1"))]),
        row(6, &[("reward", json!("0"))]),
        row(7, &[("reward", json!("much"))]),
    ];
    let mut bench = Bench::with_items(&list);
    bench.popup();
    let tree = bench.screen.popup.clone().unwrap();
    let best = find(&tree, &|node| node["k"] == "best").unwrap();
    assert_eq!(actions(best), ["scroll:2", "scroll:1"], "highest low end first");
    bench.send(&json!({ "act": { "row": null, "name": "scroll:2" } }));
    assert_eq!(bench.screen.scrolled, [2]);
}

#[test]
fn a_list_without_a_best_row_says_so() {
    let mut bench = Bench::with_items(&[with(item(1), &[("can_accept", json!("false"))])]);
    assert!(bench.popup().contains("No row here that you can accept and that has a rate."));
}
