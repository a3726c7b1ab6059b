//! Every action a card offers, and what becomes of it.

use super::*;
use crate::app::background::wire::{AgainPart, MoneyPart, PatchPart, Refusal, TaskPart, Why};
use crate::ratings::Field;

const ANN: &str = "A0000000000001";

fn open() -> Bench {
    let mut bench = Bench::with_items(&items(2));
    bench.answer_facts(Vec::new());
    bench.open_card(1);
    bench
}

/// The ask a press leads to, from a fresh card.
fn pressed(name: &str) -> Ask {
    let mut bench = open();
    bench.act(1, name);
    bench.order().clone()
}

fn rate(patch: PatchPart) -> Ask {
    let task = TaskPart {
        id: Some("3ITEM0001".to_owned()),
        title: Some("Rate 7 pictures of the 1th kind (5 minutes)".to_owned()),
        reward: Some(MoneyPart { micros: 2_000_000, currency: "USD".to_owned() }),
        ..TaskPart::default()
    };
    Ask::Rate {
        site: "mturk".to_owned(),
        requester_id: ANN.to_owned(),
        requester_name: "Lab 1".to_owned(),
        patch,
        task: Some(task),
    }
}

#[test]
fn every_action_of_a_card_does_something() {
    let mut bench = open();
    bench.act(1, "more:on");
    let (_, card) = bench.screen.card.clone().unwrap();
    let names = actions(&card);
    assert_eq!(names.len(), 33, "{names:?}");
    for name in &names {
        let mut bench = open();
        let effects = bench.act(1, name);
        assert!(!effects.is_empty(), "{name} does nothing");
        // The card says the row by itself where the press does not.
        let mut bench = open();
        assert_eq!(bench.send(&json!({ "act": { "row": null, "name": name } })), effects, "{name}");
    }
}

#[test]
fn a_rating_key_changes_its_own_field_alone() {
    let none = PatchPart::default;
    let cases = [
        ("again:again:on", PatchPart { again: Field::Set(AgainPart::Again), ..none() }),
        (
            "again:only_if_nothing_better:on",
            PatchPart { again: Field::Set(AgainPart::OnlyIfNothingBetter), ..none() },
        ),
        ("again:never:on", PatchPart { again: Field::Set(AgainPart::Never), ..none() }),
        ("again:never:off", PatchPart { again: Field::Clear, ..none() }),
        ("flag:broken:on", PatchPart { broken: Field::Set(true), ..none() }),
        ("flag:broken:off", PatchPart { broken: Field::Set(false), ..none() }),
        ("flag:unpaid_screener:on", PatchPart { unpaid_screener: Field::Set(true), ..none() }),
        ("flag:underpaid:on", PatchPart { underpaid: Field::Set(true), ..none() }),
        ("flag:favourite:on", PatchPart { favourite: Field::Set(true), ..none() }),
        ("mark:pay:4:on", PatchPart { pay: Field::Set(4), ..none() }),
        ("mark:pay:4:off", PatchPart { pay: Field::Clear, ..none() }),
        ("mark:fairness:1:on", PatchPart { fairness: Field::Set(1), ..none() }),
        ("mark:communication:5:on", PatchPart { communication: Field::Set(5), ..none() }),
        ("mark:speed:3:on", PatchPart { speed: Field::Set(3), ..none() }),
    ];
    for (name, patch) in cases {
        assert_eq!(pressed(name), rate(patch), "{name}");
    }
}

#[test]
fn names_that_no_card_offers_do_nothing() {
    for name in [
        "",
        ":",
        "again",
        "again:",
        "again:perhaps:on",
        "flag:x:on",
        "mark:pay:0:on",
        "mark:pay:6:on",
        "mark:pay:99999999999:on",
        "mark:x:3:on",
        "mark:pay:on",
        "flag:broken:on:on",
        "block_all",
        "scroll:",
        "scroll:x",
        "scroll:-1",
        "constructor",
        "__proto__",
        "undo",
        "\u{0}",
    ] {
        let mut bench = open();
        let effects = bench.act(1, name);
        assert!(effects.iter().all(|effect| effect == "card"), "{name:?}: {effects:?}");
        assert!(bench.screen.asks.is_empty(), "{name:?}");
    }
}

#[test]
fn a_saved_rating_shows_at_once_and_its_undo_works() {
    let mut bench = open();
    bench.act(1, "again:never:on");
    assert_eq!(bench.status(), "Saving…");
    bench.answer_order(&Answer::Saved { undo: Some("9".to_owned()) });
    assert_eq!(bench.status(), "✓ Rating saved Undo");
    assert!(matches!(bench.screen.asks[0].1, Ask::Facts { .. }), "what was saved is asked for");
    bench.act(1, "undo:9");
    assert_eq!(bench.order(), &Ask::Undo { site: "mturk".to_owned(), token: "9".to_owned() });
}

#[test]
fn what_was_not_saved_is_said_and_why() {
    let mut bench = open();
    bench.act(1, "again:never:on");
    let say = "The disk is full: nothing was lost, your rating is not saved yet";
    bench.answer_order(&Refusal::new(Why::DiskFull, say).into());
    assert_eq!(bench.status(), say);
    bench.act(1, "again:never:on");
    bench.answer_order(&Refusal::new(Why::Panicked, "").into());
    assert_eq!(bench.status(), "This was not saved.");
    bench.act(1, "again:never:on");
    bench.answer_order(&Answer::Opened);
    assert_eq!(bench.status(), "The answer was not understood; nothing is known to be saved.");
}

#[test]
fn an_answer_for_a_card_that_was_closed_does_not_open_another() {
    let mut bench = open();
    bench.act(1, "again:never:on");
    bench.open_card(2);
    bench.answer_order(&Answer::Saved { undo: Some("9".to_owned()) });
    assert_eq!(bench.status(), "", "it was another row's");
    bench.act(2, "undo");
    assert!(!bench.screen.asks.iter().any(|(_, ask, _)| matches!(ask, Ask::Undo { .. })));
    bench.send(&json!("close_card"));
    assert_eq!(bench.screen.card, None);
    assert_eq!(bench.send(&json!("close_card")), [""; 0]);
}

#[test]
fn a_note_is_written_elsewhere_and_a_refusal_is_said() {
    let note = Ask::OpenNote {
        site: "mturk".to_owned(),
        requester_id: ANN.to_owned(),
        requester_name: "Lab 1".to_owned(),
    };
    let mut bench = open();
    bench.act(1, "note");
    assert_eq!(bench.order(), &note);
    assert_eq!(bench.answer_order(&Answer::Opened), [""; 0]);
    bench.act(1, "note");
    bench.answer_order(&Refusal::new(Why::Private, "In a private window nothing is saved").into());
    assert_eq!(bench.status(), "In a private window nothing is saved");
}

#[test]
fn a_rating_is_removed() {
    let unrate = Ask::Unrate { site: "mturk".to_owned(), requester_id: ANN.to_owned() };
    assert_eq!(pressed("unrate"), unrate);
}

#[test]
fn the_switch_of_the_site_says_when_it_was_refused() {
    let mut bench = open();
    bench.act(1, "site:off");
    bench.answer_order(&Refusal::new(Why::DiskFull, "The disk is full").into());
    assert_eq!(bench.screen.said, ["Wagelight: The disk is full"]);
}

#[test]
fn a_private_window_offers_nothing_that_would_be_saved() {
    let mut bench = Bench::default();
    bench.send(&json!({ "start": { "url": LIST, "private": true } }));
    bench.answer_hello(&Hello { private: true, ..hello() });
    bench.items(0, 0, &items(1));
    bench.rows(0, &rows_of(&items(1), 1), &[]);
    bench.open_card(1);
    let (_, card) = bench.screen.card.as_ref().unwrap();
    assert_eq!(actions(card), ["close", "copy"]);
    assert!(bench.card().contains("Private window"), "{}", bench.card());
}

#[test]
fn without_a_requester_there_is_nothing_to_rate() {
    let mut bench = Bench::with_items(&[with(item(1), &[("requester_id", Value::Null)])]);
    bench.open_card(1);
    let (_, card) = bench.screen.card.as_ref().unwrap();
    assert_eq!(actions(card), ["close", "copy"]);
    bench.act(1, "again:never:on");
    assert!(bench.screen.asks.is_empty());
}

#[test]
fn the_copied_text_is_plain_and_names_its_sources() {
    let mut bench = open();
    bench.act(1, "copy");
    insta::assert_snapshot!(bench.screen.copied[0]);
    assert_eq!(bench.status(), "✓ Copied");
}
