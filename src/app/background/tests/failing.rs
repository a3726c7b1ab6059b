//! Full disks, slow disks, newer and damaged records: nothing is lost, and the worker is told.

use super::super::wire::{Hello, SettingsPatch, UnitPart, Why};
use super::*;
use crate::domain::{Partition, RequesterId};
use crate::ratings::Field;
use crate::storage::record::{head_key, rating_key};
use crate::storage::{Key, StoreError, StoreName};

fn underpaid() -> Ask {
    rate(PatchPart { underpaid: Field::Set(true), ..PatchPart::default() })
}

fn refusal(answer: Answer) -> (Why, String) {
    match answer {
        Answer::Refused(refusal) => (refusal.why, refusal.say),
        other => panic!("{other:?}"),
    }
}

fn key() -> Key {
    rating_key(&Partition("mturk".into()), &RequesterId(ID.into()))
}

#[test]
fn a_full_disk_is_said_in_words_and_rings_no_bell() {
    let bench = Bench::site();
    bench.stores.database.fail_with(Some(StoreError::DiskFull));
    let (why, say) = refusal(bench.ask(&underpaid()));
    assert_eq!(why, Why::DiskFull);
    assert_eq!(say, "The disk is full: nothing was lost, your rating is not saved yet");
    assert!(bench.bell().is_none());
    bench.stores.database.fail_with(None);
    assert!(matches!(bench.ask(&underpaid()), Answer::Saved { .. }));
}

#[test]
fn a_lost_bell_takes_nothing_back() {
    let bench = Bench::site();
    bench.stores.local.fail_with(Some(StoreError::DiskFull));
    assert!(matches!(bench.ask(&underpaid()), Answer::Saved { undo: Some(_) }));
    assert!(bench.brief().is_some());
}

#[test]
fn without_the_database_a_page_still_learns_the_settings() {
    let bench = Bench::site();
    bench.stores.local.plant(
        LocalKey::Settings,
        r#"{"v":1,"unit":"hour","limits":{},"sites_off":["mturk"],"show_blocked":false}"#,
    );
    bench.stores.database.fail_with(Some(StoreError::TimedOut));
    let Answer::Hello(Hello { settings, on, blocks, problem, .. }) =
        bench.ask(&Ask::Hello { site: "mturk".into() })
    else {
        panic!("no hello")
    };
    assert_eq!((settings.unit, on, blocks.as_str()), (UnitPart::Hour, false, ""));
    assert!(problem.is_some());
}

#[test]
fn a_newer_record_is_shown_as_such_and_never_written_over() {
    for (text, why) in [(r#"{"v":2,"x":1}"#, Why::Newer), ("{", Why::Damaged)] {
        let bench = Bench::own();
        bench.stores.database.plant(StoreName::Ratings, key(), text);
        let before = bench.stores.database.records();
        let unrate = Ask::Unrate { site: "mturk".into(), requester_id: ID.into() };
        let get = Ask::RatingGet { site: "mturk".into(), requester_id: ID.into() };
        for ask in [underpaid(), unrate, get] {
            assert_eq!(refusal(bench.ask(&ask)).0, why);
        }
        assert_eq!(bench.stores.database.records(), before);
        let facts = bench.ask(&Ask::Facts { site: "mturk".into(), rows: vec![row(ID, None)] });
        assert!(
            matches!(facts, Answer::Facts { rows, problems } if rows.iter().all(|row| row.own.is_none()) && problems.len() == 1)
        );
    }
}

#[test]
fn a_newer_head_makes_everything_read_only() {
    let bench = Bench::site();
    bench.stores.database.plant(StoreName::Meta, head_key(), r#"{"v":9}"#);
    assert_eq!(refusal(bench.ask(&underpaid())).0, Why::Newer);
    assert_eq!(bench.brief(), None);
}

#[test]
fn newer_settings_are_not_written_over_and_the_defaults_hold() {
    let bench = Bench::own();
    bench.stores.local.plant(LocalKey::Settings, r#"{"v":2}"#);
    let patch = SettingsPatch { show_blocked: Some(true), ..SettingsPatch::default() };
    assert_eq!(refusal(bench.ask(&Ask::SettingsSet { patch })).0, Why::Newer);
    assert_eq!(bench.stores.local.value(LocalKey::Settings).as_deref(), Some(r#"{"v":2}"#));
    let hello = bench.ask(&Ask::Hello { site: "mturk".into() });
    assert!(matches!(hello, Answer::Hello(Hello { on: true, problem: Some(_), .. })));
}

#[test]
fn messages_that_are_none_of_ours() {
    let bench = Bench::own();
    let long = format!(r#"{{"ask":"settings_get","x":"{}"}}"#, "x".repeat(1_000_000));
    let deep = "[".repeat(100_000);
    for message in ["", "null", "{}", r#"{"ask":1}"#, r#"{"ask":"fly"}"#, r#"{"ask":"undo"}"#, &long, &deep] {
        assert_eq!(refusal(bench.say(message, 0)).0, Why::NotUnderstood);
    }
    for (site, id) in [("", "A1"), ("MTURK", "A1"), ("mturk", ""), ("mturk", "A 1"), ("mturk", "Ä1")] {
        let ask = Ask::Unrate { site: site.into(), requester_id: id.into() };
        assert_eq!(refusal(bench.ask(&ask)).0, Why::NotUnderstood);
    }
}
