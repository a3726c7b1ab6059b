//! Rating, changing, removing, taking back.

use super::super::wire::{AgainPart, MoneyPart, RatingPart, TaskPart, Why};
use super::*;
use crate::ratings::Field;

fn never() -> PatchPart {
    PatchPart { again: Field::Set(AgainPart::Never), ..PatchPart::default() }
}

fn pay(stars: u8) -> PatchPart {
    PatchPart { pay: Field::Set(stars), ..PatchPart::default() }
}

fn unrate() -> Ask {
    Ask::Unrate { site: "mturk".into(), requester_id: ID.into() }
}

#[test]
fn a_rating_is_saved_changed_and_cleared_by_field() {
    let bench = Bench::site();
    assert_eq!(bench.brief(), None);
    bench.ask_at(&rate(never()), 10);
    bench.ask_at(&rate(pay(2)), 20);
    let both = bench.brief().unwrap();
    assert_eq!((both.again, both.pay), (Some(AgainPart::Never), Some(2)));
    assert_eq!((both.rated_at, both.edited_at), (10, Some(20)));
    bench.ask(&rate(PatchPart { again: Field::Clear, ..PatchPart::default() }));
    assert_eq!(bench.brief().unwrap().again, None);
    assert_eq!(bench.brief().unwrap().pay, Some(2));
}

#[test]
fn a_rating_that_says_nothing_is_no_rating() {
    let bench = Bench::site();
    bench.ask(&rate(pay(2)));
    let cleared = bench.ask(&rate(PatchPart { pay: Field::Clear, ..PatchPart::default() }));
    assert_eq!(cleared, Answer::Saved { undo: Some("2".into()) });
    assert_eq!(bench.brief(), None);
    bench.ask(&undo("2"));
    assert_eq!(bench.brief().unwrap().pay, Some(2));
}

#[test]
fn a_repeated_order_changes_nothing_and_gives_the_same_token() {
    let bench = Bench::site();
    let first = bench.ask_at(&rate(never()), 10);
    let before = bench.stores.database.records();
    assert_eq!(bench.ask_at(&rate(never()), 99), first);
    assert_eq!(bench.stores.database.records(), before);
    bench.ask(&unrate());
    assert_eq!(bench.ask(&unrate()), Answer::Saved { undo: None });
}

#[test]
fn undo_goes_back_step_by_step() {
    let bench = Bench::site();
    let first = token(&bench.ask(&rate(never())));
    let second = token(&bench.ask(&rate(pay(1))));
    let third = token(&bench.ask(&unrate()));
    assert_eq!(bench.brief(), None);
    assert_eq!(bench.ask(&undo(&third)), Answer::Saved { undo: None });
    assert_eq!(bench.brief().unwrap().pay, Some(1));
    bench.ask(&undo(&second));
    assert_eq!(bench.brief().unwrap().pay, None);
    bench.ask(&undo(&first));
    assert_eq!(bench.brief(), None);
    let again = bench.ask(&undo(&first));
    assert!(matches!(again, Answer::Refused(refusal) if refusal.why == Why::TooLate));
}

#[test]
fn undo_does_not_sweep_away_a_later_change() {
    let bench = Bench::site();
    let first = token(&bench.ask(&rate(never())));
    bench.ask(&rate(pay(1)));
    let answer = bench.ask(&undo(&first));
    assert!(matches!(answer, Answer::Refused(refusal) if refusal.why == Why::ChangedSince));
    assert_eq!(bench.brief().unwrap().pay, Some(1));
}

#[test]
fn the_last_fifty_changes_can_be_undone_and_no_more_are_kept() {
    let bench = Bench::site();
    let tokens: Vec<String> = (0..60).map(|n| token(&bench.ask(&rate(pay(1 + n % 5))))).collect();
    let kept = bench.stores.database.records();
    let kept = kept.iter().filter(|(store, ..)| *store == crate::storage::StoreName::Undo).count();
    assert_eq!(kept, 50);
    for token in tokens.iter().rev().take(50) {
        assert!(matches!(bench.ask(&undo(token)), Answer::Saved { undo: None }), "{token}");
    }
    let too_old = tokens.iter().rev().nth(50).unwrap();
    assert!(matches!(bench.ask(&undo(too_old)), Answer::Refused(refusal) if refusal.why == Why::TooLate));
}

#[test]
fn the_bell_names_each_change_and_its_requester() {
    let bench = Bench::site();
    assert_eq!(bench.bell(), None);
    bench.ask(&rate(never()));
    assert_eq!(bench.bell().unwrap(), format!(r#"{{"n":1,"site":"mturk","requesters":["{ID}"]}}"#));
    bench.ask(&undo("1"));
    assert!(bench.bell().unwrap().starts_with(r#"{"n":2,"#));
}

#[test]
fn a_note_and_its_task_are_kept_without_worker_ids() {
    let bench = Bench::own();
    let patch = PatchPart { note: Field::Set(" told A1WZWDEYYWF81P ".into()), ..PatchPart::default() };
    let task = TaskPart {
        id: Some("3ABC".into()),
        title: Some("HIT for A28S2SRZA50N0".into()),
        reward: Some(MoneyPart { micros: 250_000, currency: "USD".into() }),
        hourly_wage: Some(MoneyPart { micros: -1, currency: "USD".into() }),
        ..TaskPart::default()
    };
    let (requester_id, requester_name) = (ID.to_owned(), String::new());
    let ask = Ask::Rate { site: "mturk".into(), requester_id, requester_name, patch, task: Some(task) };
    bench.ask(&ask);
    let get = Ask::RatingGet { site: "mturk".into(), requester_id: ID.into() };
    let Answer::Rating { rating: Some(RatingPart { note, task, .. }) } = bench.ask(&get) else {
        panic!("no rating")
    };
    assert_eq!(note.as_deref(), Some("told [worker]"));
    assert_eq!(task.title.as_deref(), Some("HIT for [worker]"));
    assert_eq!(task.reward.unwrap().micros, 250_000);
    assert_eq!(task.hourly_wage, None);
    assert!(bench.brief().unwrap().has_note);
    assert!(!format!("{:?}", bench.stores.database.records()).contains("A1WZW"));
}

#[test]
fn what_is_out_of_range_is_refused_and_not_cut() {
    let bench = Bench::own();
    let note = |chars: usize| PatchPart { note: Field::Set("x".repeat(chars)), ..PatchPart::default() };
    for (patch, why) in
        [(pay(0), Why::NotUnderstood), (pay(6), Why::NotUnderstood), (note(501), Why::NoteTooLong)]
    {
        assert!(matches!(bench.ask(&rate(patch)), Answer::Refused(refusal) if refusal.why == why));
    }
    assert!(bench.stores.database.records().is_empty());
    assert!(matches!(bench.ask(&rate(note(500))), Answer::Saved { .. }));
}

#[test]
fn production_and_sandbox_never_meet() {
    let bench = Bench::own();
    let given = token(&bench.ask(&rate(never())));
    let sandbox = Ask::Facts { site: "mturk-sandbox".into(), rows: vec![row(ID, None)] };
    assert!(
        matches!(bench.ask(&sandbox), Answer::Facts { rows, .. } if rows.iter().all(|row| row.own.is_none()))
    );
    let elsewhere = Ask::Undo { site: "mturk-sandbox".into(), token: given };
    assert!(matches!(bench.ask(&elsewhere), Answer::Refused(refusal) if refusal.why == Why::TooLate));
    assert!(bench.brief().is_some());
}
