//! Chips are made before the rows come, and a row looks the same either way.

use super::facts::never;
use super::*;

fn made(bench: &Bench) -> usize {
    bench.screen.made.len()
}

#[test]
fn chips_are_made_with_the_data_and_placed_when_the_rows_come() {
    let mut bench = Bench::greeted();
    let all = items(45);
    assert_eq!(bench.items(0, 0, &all[..20]), ["make", "ask"]);
    assert_eq!(bench.items(0, 20, &all[20..]), ["make", "ask"]);
    assert_eq!(made(&bench), 45);
    let effects = bench.rows(0, &rows_of(&all, 1), &[]);
    assert_eq!(effects[0], "place");
    assert!(!effects.contains(&"draw".to_owned()), "{effects:?}");
    assert_eq!(made(&bench), 0);

    let mut plain = Bench::greeted();
    plain.items(0, 0, &all[..0]);
    plain.rows(0, &rows_of(&all, 1), &[]);
    plain.items(0, 0, &all);
    assert_eq!(bench.screen.chips, plain.screen.chips);
}

#[test]
fn a_greeting_after_the_data_makes_them_too() {
    let mut bench = Bench::opened(LIST);
    bench.items(0, 0, &items(3));
    assert_eq!(made(&bench), 0);
    bench.answer_hello(&hello());
    assert_eq!(made(&bench), 3);
}

#[test]
fn what_is_known_before_the_rows_come_shows_in_their_first_paint() {
    let mut bench = Bench::greeted();
    let all = items(2);
    bench.items(0, 0, &all);
    let facts = vec![RowFacts { own: Some(never()), ..nothing("A0000000000002", None) }];
    assert_eq!(bench.answer_facts(facts), ["make"], "the second task's chips are made anew");
    assert_eq!(made(&bench), 2);
    let effects = bench.rows(0, &rows_of(&all, 1), &[]);
    assert!(!effects.contains(&"draw".to_owned()), "{effects:?}");
    assert!(bench.requester(2).ends_with("you: never"), "{}", bench.requester(2));
    assert!(bench.screen.asks.is_empty(), "nothing is asked twice");
}

#[test]
fn no_more_are_made_than_a_page_shows() {
    let mut bench = Bench::greeted();
    bench.items(0, 0, &items(130));
    assert_eq!(made(&bench), 100);
}

#[test]
fn a_row_known_to_be_blocked_is_not_made_ahead() {
    let all = items(2);
    let id = all[0]["requester_id"].as_str().unwrap();
    let mut bench = Bench::opened(LIST);
    bench.answer_hello(&Hello { blocks: super::blocking::index(&[(id, None)]), ..hello() });
    bench.items(0, 0, &all);
    assert!(!bench.screen.made.contains_key(&(0, 0)));
}

#[test]
fn rows_drawn_anew_get_chips_of_their_own() {
    let mut bench = Bench::greeted();
    let all = items(2);
    bench.items(0, 0, &all);
    bench.rows(0, &rows_of(&all, 1), &[]);
    let effects = bench.rows(0, &rows_of(&all, 11), &[1, 2]);
    assert!(effects.contains(&"draw".to_owned()), "{effects:?}");
    assert_eq!(bench.drawn(), [11, 12]);
}

#[test]
fn two_rows_of_one_task_both_have_chips() {
    let mut bench = Bench::greeted();
    let all = items(1);
    bench.items(0, 0, &all);
    let twice = [rows_of(&all, 1), rows_of(&all, 2)].concat();
    bench.rows(0, &twice, &[]);
    assert_eq!(bench.drawn(), [1, 2]);
}

#[test]
fn what_was_made_before_the_settings_changed_is_not_placed() {
    let mut bench = Bench::greeted();
    let all = items(2);
    bench.items(0, 0, &all);
    let mut hourly = hello();
    hourly.settings.unit = crate::app::background::wire::UnitPart::Hour;
    bench.send(&json!("bell"));
    bench.answer_hello(&hourly);
    bench.rows(0, &rows_of(&all, 1), &[]);
    assert!(bench.pay(1).contains("/h"), "{}", bench.pay(1));
    assert_eq!(bench.drawn(), [1, 2]);
}
