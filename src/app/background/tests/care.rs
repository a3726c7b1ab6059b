//! Full disks with a reserve, what is told, and the screens about it.

use serde_json::{Value, json};

use super::super::wire::{ScreenAsk, ScreenName, Why};
use super::*;
use crate::storage::StoreError;
use crate::storage::record::{Notices, decode_notices};

const NOW: i64 = 1_795_000_000_000;

fn work(assignment: &str) -> Value {
    json!({ "came_ms": NOW, "about": {
        "assignment_id": assignment, "id": "3TASK", "group_id": "3GROUP", "can_return": "true",
        "title": "Rate pictures", "reward": "0.25", "original": "600", "remaining": "600",
        "requester_id": "A1REQUESTER00", "requester_name": "Ann Lab",
    } })
}

fn seen(what: Value) -> Ask {
    Ask::Seen {
        site: "mturk".to_owned(),
        address: "worker.mturk.com/projects/3GROUP/tasks/3TASK".to_owned(),
        seen: serde_json::from_value(what).unwrap(),
    }
}

fn event(screen: ScreenName, act: &str, about: &[(&str, &str)]) -> Ask {
    let about = about.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Ask::Screen(ScreenAsk { screen, act: act.to_owned(), about, fields: std::collections::BTreeMap::new() })
}

impl Bench {
    fn notices(&self) -> Notices {
        decode_notices(self.stores.local.value(LocalKey::Notices).as_deref()).unwrap()
    }

    fn told(&self) -> Vec<String> {
        self.notices().0.into_iter().map(|notice| notice.text).collect()
    }

    fn shown(&self, screen: ScreenName, act: &str, about: &[(&str, &str)]) -> Value {
        match self.ask_at(&event(screen, act, about), NOW) {
            Answer::Screen { tree, .. } => tree,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn the_reserve_saves_a_change_on_a_full_disk_and_is_kept_again() {
    let mut bench = Bench::own();
    assert_eq!(bench.ask_at(&Ask::Care, NOW), Answer::Saved { undo: None });
    assert!(bench.stores.journal.has_reserve());
    bench.sender = site_page();
    bench.stores.journal.fail_after(Some(0));
    assert_eq!(bench.ask_at(&seen(work("3FIRST")), NOW), Answer::Saved { undo: None });
    assert!(!bench.stores.journal.has_reserve());
    assert_eq!(bench.told().len(), 1);
    assert!(bench.told()[0].starts_with("The disk is full. Wagelight freed the 4 MB"), "{:?}", bench.told());
    // Full again, and nothing is left to free.
    bench.stores.journal.fail_after(Some(0));
    let unsaved = Answer::Unsaved { why: Why::DiskFull, say: "the disk is full".to_owned() };
    assert_eq!(bench.ask_at(&seen(work("3SECOND")), NOW + 1), unsaved);
    bench.stores.journal.fail_after(None);
    assert_eq!(bench.ask_at(&seen(work("3SECOND")), NOW + 2), Answer::Saved { undo: None });
    bench.sender = own_page();
    bench.ask_at(&Ask::Care, NOW + 3);
    assert!(bench.stores.journal.has_reserve());
}

#[test]
fn what_no_store_takes_is_shown_all_the_same_and_kept_once_there_is_room() {
    let mut bench = Bench::own();
    bench.ask_at(&Ask::Care, NOW);
    bench.sender = site_page();
    bench.stores.journal.fail_after(Some(0));
    bench.stores.local.fail_with(Some(StoreError::DiskFull));
    assert_eq!(bench.ask_at(&seen(work("3FIRST")), NOW), Answer::Saved { undo: None });
    bench.sender = own_page();
    let shown = bench.shown(ScreenName::Notices, "", &[]).to_string();
    assert!(shown.contains("freed the 4 MB"), "{shown}");
    bench.stores.local.fail_with(None);
    assert_eq!(bench.told(), Vec::<String>::new());
    bench.ask_at(&Ask::Care, NOW + 1);
    assert_eq!(bench.told().len(), 1);
    bench.ask_at(&Ask::Care, NOW + 2);
    assert_eq!(bench.told().len(), 1, "told once");
}

#[test]
fn a_newer_database_is_read_and_nothing_is_written_anywhere() {
    let mut bench = Bench::site();
    bench.ask_at(&seen(work("3FIRST")), NOW);
    bench.stores.database.become_newer();
    let lines = || ready(crate::storage::journal::Journal::lines(&bench.stores.journal)).unwrap();
    let before = lines();
    let answer = bench.ask_at(&seen(work("3SECOND")), NOW);
    assert!(matches!(answer, Answer::Unsaved { why: Why::Newer, .. }), "{answer:?}");
    assert_eq!(lines(), before, "the journal does not run ahead");
    bench.sender = own_page();
    let shown = bench.shown(ScreenName::Notices, "", &[]).to_string();
    assert!(shown.contains("newer Wagelight"), "{shown}");
}

#[test]
fn what_was_not_understood_of_a_page_is_told_once() {
    let bench = Bench::site();
    let mut odd = work("3FIRST");
    odd["about"]["reward"] = json!("many");
    odd["about"]["original"] = json!("long");
    for _ in 0..2 {
        bench.ask_at(&seen(odd.clone()), NOW);
    }
    let told = bench.told();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("Not all that the page /projects says of your work was understood ("),
        "{told:?}"
    );
}

#[test]
fn messages_are_shown_put_away_and_found_again() {
    let mut bench = Bench::site();
    bench.ask_at(&seen(work("3FIRST")), NOW);
    bench.ask_at(&seen(work("3SECOND")), NOW);
    bench.stores.database.empty();
    bench.sender = own_page();
    bench.ask_at(&Ask::Care, NOW);
    let history = [("page", "history")];
    insta::assert_json_snapshot!("messages", bench.shown(ScreenName::Notices, "", &history));
    let away = bench.shown(ScreenName::Notices, "put_away", &history).to_string();
    assert!(!away.contains("emptied") && away.contains("Earlier messages"), "{away}");
    let popup = bench.shown(ScreenName::Notices, "", &[("page", "popup")]);
    assert_eq!(popup["n"], Value::Null, "nothing stands in the popup: {popup}");
    let earlier = bench.shown(ScreenName::Notices, "earlier", &history).to_string();
    assert!(earlier.contains("emptied"), "{earlier}");
}

#[test]
fn the_storage_part_says_what_the_browser_says() {
    let bench = Bench::own();
    let about = [("persisted", "false"), ("usage", "12345678"), ("quota", "10737418240")];
    insta::assert_json_snapshot!("storage", bench.shown(ScreenName::Storage, "", &about));
    let asked = bench.shown(ScreenName::Storage, "", &[("persisted", "false"), ("asked", "yes")]).to_string();
    assert!(asked.contains("did not promise it"), "{asked}");
    assert!(bench.shown(ScreenName::Storage, "", &[]).to_string().contains("does not say"));
}

#[test]
fn a_check_goes_on_until_all_is_read_and_can_be_stopped() {
    let mut bench = Bench::site();
    bench.ask_at(&seen(work("3FIRST")), NOW);
    bench.sender = own_page();
    let mut shown = bench.shown(ScreenName::Storage, "check", &[]).to_string();
    let mut all = shown.clone();
    for _ in 0..20 {
        if !shown.contains("\"busy\"") {
            break;
        }
        shown = bench.shown(ScreenName::Storage, "go_on", &[]).to_string();
        all.push_str(&shown);
    }
    assert!(!shown.contains("\"busy\""), "{shown}");
    assert!(all.contains("every total is right: 1 task is there"), "{all}");
    assert!(bench.shown(ScreenName::Storage, "check", &[]).to_string().contains("busy"));
    assert!(!bench.shown(ScreenName::Storage, "stop", &[]).to_string().contains("busy"));
}

#[test]
fn a_site_may_not_ask_for_care() {
    let bench = Bench::site();
    assert!(matches!(bench.ask(&Ask::Care), Answer::Refused(refusal) if refusal.why == Why::NotAllowed));
}

#[test]
fn an_open_history_page_finishes_a_repair() {
    let mut bench = Bench::site();
    for assignment in ["3FIRST", "3SECOND", "3THIRD"] {
        bench.ask_at(&seen(work(assignment)), NOW);
    }
    bench.stores.database.empty();
    bench.sender = own_page();
    let mut shown = bench.shown(ScreenName::Storage, "", &[]).to_string();
    assert!(shown.contains("The history is being made again"), "{shown}");
    for _ in 0..20 {
        if !shown.contains("\"busy\"") {
            break;
        }
        shown = bench.shown(ScreenName::Storage, "go_on", &[]).to_string();
    }
    assert!(
        bench.told()[0].ends_with("it was made again from the journal: 3 tasks are there"),
        "{:?}",
        bench.told()
    );
    assert!(!bench.shown(ScreenName::Storage, "", &[]).to_string().contains("busy"));
}
