//! Events that nobody sends by mistake: the engine reads what it can, drops the rest, and never fails.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::PageEngine;
use super::super::wire::Dispatch;
use super::{Bench, LIST, item, items, rows_of};

/// Words of the events, of their fields, and of what a site's data hold.
const WORDS: &[&str] = &[
    "start",
    "items",
    "rows",
    "unreadable",
    "settled",
    "answer",
    "bell",
    "act",
    "open_card",
    "close_card",
    "popup",
    "url",
    "private",
    "root",
    "from",
    "added",
    "removed",
    "total",
    "what",
    "id",
    "row",
    "name",
    "key",
    "index",
    "title",
    "description",
    "requester_id",
    "requester_name",
    "reward",
    "currency",
    "allotted",
    "available",
    "can_accept",
    "approval",
    "review",
    "deadline",
    "requirements",
    "met",
    "comparator",
    "value",
    "is",
    "hello",
    "on",
    "blocks",
    "settings",
    "limits",
    "facts",
    "own",
    "again",
    "saved",
    "undo",
    "refused",
    "say",
    "true",
    "false",
    "3ITEM0001",
    "A0000000000001",
    "USD",
    "1e400",
    "0.005",
    "-1",
    LIST,
    "again:never:on",
    "mark:pay:6:on",
    "block:title",
    "blocked:hide",
    "site:off",
    "scroll:1",
    "more",
    "copy",
    "note",
    "\u{202e}\u{0}",
    "5-10 min",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![4 => proptest::sample::select(WORDS).prop_map(str::to_owned), 1 => "\\PC{0,30}"]
}

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => (0..4_u32).prop_map(|n| json!(n)),
        1 => any::<i64>().prop_map(|n| json!(n)),
        1 => Just(json!(u64::MAX)),
        1 => Just(json!(u32::MAX)),
        1 => Just(json!(5_000)),
        1 => any::<f64>().prop_map(|n| json!(n)),
    ]
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Bool),
        3 => number(),
        4 => word().prop_map(Value::String),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::Array),
            vec((word(), inner), 0..7)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Mostly right, so that what follows meets a page with rows in it.
fn event() -> impl Strategy<Value = Value> {
    let right = prop_oneof![
        Just(json!({ "start": { "url": LIST, "private": false } })),
        Just(
            json!({ "answer": { "id": 1, "answer": { "is": "hello", "settings": {}, "on": true, "blocks": "" } } })
        ),
        (0..3_u32, 0..4_u32)
            .prop_map(|(root, from)| json!({ "items": { "root": root, "from": from, "items": items(3) } })),
        (0..3_u32, 0..6_u32).prop_map(|(root, key)| {
            json!({ "rows": { "root": root, "added": rows_of(&items(3), key), "removed": [key] } })
        }),
        (0..6_u32).prop_map(|row| json!({ "open_card": { "row": row } })),
        proptest::sample::select(WORDS).prop_map(|name| json!({ "act": { "row": 1, "name": name } })),
    ];
    let named = (word(), vec((word(), any_json()), 0..5))
        .prop_map(|(name, fields)| json!({ name: fields.into_iter().collect::<Map<_, _>>() }));
    prop_oneof![3 => right, 3 => named, 1 => word().prop_map(Value::String), 1 => any_json()]
}

proptest! {
    #[test]
    fn no_event_makes_it_fail(events in vec(event(), 1..14)) {
        let mut engine = PageEngine::default();
        for event in events {
            let text = json!({ "now_ms": 0, "event": event }).to_string();
            let Some(dispatch) = Dispatch::from_json(text.as_bytes()) else { continue };
            let effects = serde_json::to_value(engine.handle(dispatch)).expect("effects are plain data");
            prop_assert!(effects.is_array());
        }
    }

    #[test]
    fn no_bytes_make_reading_fail(bytes in vec(any::<u8>(), 0..200), cut in 0..200_usize) {
        Dispatch::from_json(&bytes);
        let whole = json!({ "now_ms": 0, "event": { "items": { "root": 0, "from": 0, "items": [item(1)] } } }).to_string();
        let cut = cut.min(whole.len());
        prop_assert_eq!(Dispatch::from_json(&whole.as_bytes()[..cut]).is_some(), cut == whole.len());
    }

    #[test]
    fn no_item_makes_it_fail_and_no_row_gets_anothers_number(list in vec(any_json(), 0..6)) {
        let mut bench = Bench::greeted();
        let mut all = list;
        all.push(item(7));
        bench.items(0, 0, &all);
        bench.rows(0, &rows_of(&[item(7)], 1), &[]);
        prop_assert!(bench.pay(1).starts_with("40¢/min good"), "{}", bench.pay(1));
    }
}

#[test]
fn what_is_none_of_ours_is_not_read() {
    let none = [
        json!({}),
        json!({ "now_ms": 0 }),
        json!({ "now_ms": "0", "event": "bell" }),
        json!({ "now_ms": 0, "event": "bells" }),
        json!({ "now_ms": 0, "event": {} }),
        json!({ "now_ms": 0, "event": { "start": null } }),
        json!({ "now_ms": 0, "event": { "start": { "url": 5 } } }),
        json!({ "now_ms": 0, "event": { "items": { "root": -1, "from": 0 } } }),
        json!({ "now_ms": 0, "event": { "items": { "root": 0, "from": 4_294_967_296_u64 } } }),
        json!({ "now_ms": 0, "event": { "open_card": {} } }),
        json!({ "now_ms": 0, "event": { "act": { "row": 1 } } }),
    ];
    for event in none {
        assert!(Dispatch::from_json(event.to_string().as_bytes()).is_none(), "{event}");
    }
}

#[test]
fn rows_without_a_key_are_dropped_and_the_others_drawn() {
    let mut bench = Bench::greeted();
    bench.items(0, 0, &items(2));
    let keyless = json!({ "index": 0, "id": "3ITEM0001" });
    let negative = json!({ "key": -1, "index": 0, "id": "3ITEM0001" });
    let [first, second] = rows_of(&items(2), 1).try_into().unwrap();
    bench.rows(0, &[keyless, negative, json!(null), json!("row"), first, second], &[]);
    assert_eq!(bench.drawn(), [1, 2]);
}

#[test]
fn more_items_than_any_list_has_are_cut_off() {
    let mut bench = Bench::greeted();
    bench.items(0, 4_999, &items(3));
    bench.items(0, usize::try_from(u32::MAX).unwrap(), &items(3));
    bench.rows(0, &rows_of(&items(3), 1), &[]);
    assert_eq!(bench.drawn(), [1], "only the 5,000th was read");
}
