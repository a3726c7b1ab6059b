//! Every message passes through JSON as JavaScript has it, and comes out the same.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::wire::{
    AgainPart, BlockPart, BrowserPart, ClockPart, Hello, LimitsPart, MemoryPart, MoneyPart, OutcomePart,
    PageHappening, RatingPart, Refusal, ScopePart, ScreenAsk, ScreenName, SettingsPart, SettingsPatch,
    TallyPart, TaskPart, TonePart, UnitPart, Why,
};
use super::*;
use crate::ratings::Field;

fn task() -> TaskPart {
    TaskPart {
        id: Some("3A".into()),
        title: Some("\u{202e}\"<img>\\ 😀\u{2028}".into()),
        reward: Some(MoneyPart { micros: 1_000_000_000_000, currency: "USD".into() }),
        hourly_wage: None,
        outcome: Some(OutcomePart::ScreenedOut),
        accepted_at: Some(9_007_199_254_740_991),
        submitted_at: Some(0),
        decided_at: None,
        worked_secs: Some(u32::MAX),
    }
}

fn asks() -> Vec<Ask> {
    let site = || "mturk".to_owned();
    let id = || ID.to_owned();
    let patch = PatchPart {
        again: Field::Set(AgainPart::OnlyIfNothingBetter),
        broken: Field::Clear,
        pay: Field::Set(5),
        note: Field::Set("n".into()),
        ..PatchPart::default()
    };
    let settings = SettingsPatch {
        unit: Some(UnitPart::Hour),
        limits: BTreeMap::from([("EUR".into(), None)]),
        sites: BTreeMap::from([(site(), false)]),
        show_blocked: Some(true),
        show_clock: Some(false),
    };
    vec![
        Ask::Hello { site: site() },
        Ask::Facts { site: site(), rows: vec![row("A1", None), row("A2", Some("t"))] },
        Ask::Rate {
            site: site(),
            requester_id: id(),
            requester_name: "研究".into(),
            patch,
            task: Some(task()),
        },
        Ask::Unrate { site: site(), requester_id: id() },
        Ask::Undo { site: site(), token: "17".into() },
        block(ID, Some("k")),
        Ask::Unblock { site: site(), requester_id: id(), title_key: Some("k".into()) },
        Ask::Blocks { site: site(), after: Some(vec![site(), id(), String::new()]), limit: Some(5) },
        Ask::SettingsGet,
        Ask::SettingsSet { patch: settings },
        Ask::RatingGet { site: site(), requester_id: id() },
        Ask::StoredSummary,
        Ask::Screen(ScreenAsk {
            screen: ScreenName::Note,
            act: "save".into(),
            about: BTreeMap::from([("site".into(), site())]),
            fields: BTreeMap::from([("note".into(), "n".into())]),
        }),
        Ask::OpenNote { site: site(), requester_id: id(), requester_name: String::new() },
        Ask::SwitchSite { site: site(), on: true },
        Ask::Clock {
            address: "worker.mturk.com/".into(),
            events: vec![PageHappening::Shown, PageHappening::Sign],
            act: Some("pause".into()),
        },
        Ask::Browser(BrowserPart {
            windows: Some(vec![(1, 7, true)]),
            focused: Some(1),
            opened: vec![(8, 7)],
            closed: vec![8],
            system: Some("active".into()),
        }),
        Ask::Care,
    ]
}

fn answers() -> Vec<Answer> {
    let settings = SettingsPart {
        unit: UnitPart::Minute,
        limits: BTreeMap::from([("USD".into(), LimitsPart { fair_micros: 1, good_micros: 2 })]),
        sites_off: vec!["mturk".into()],
        show_blocked: true,
        show_clock: true,
    };
    let brief = RatingBrief {
        again: Some(AgainPart::Again),
        broken: true,
        unpaid_screener: false,
        underpaid: false,
        favourite: false,
        pay: None,
        fairness: Some(1),
        communication: None,
        speed: None,
        has_note: true,
        rated_at: 1_795_000_000_000,
        edited_at: None,
    };
    let block = BlockPart {
        requester_id: ID.into(),
        requester_name: None,
        scope: ScopePart::Title,
        title_key: Some("k".into()),
        title: Some("K".into()),
        reason: None,
        blocked_at: 1,
    };
    let whole = RatingPart {
        requester_id: ID.into(),
        requester_name: Some("研究".into()),
        brief: brief.clone(),
        note: Some("n".into()),
        task: task(),
    };
    let tally = TallyPart { count: 1, bytes: 2 };
    let hello =
        Hello { settings: settings.clone(), on: true, private: false, blocks: String::new(), problem: None };
    let row = RowFacts {
        requester_id: ID.into(),
        title_key: None,
        own: Some(brief),
        requester_block: None,
        title_block: Some(block.clone()),
        requester_memory: None,
        title_memory: Some(MemoryPart {
            tone: TonePart::Warn,
            says: vec!["1 rejected of 4".into()],
            line: "4 done: 1 rejected, 3 paid.".into(),
        }),
    };
    vec![
        Answer::Hello(hello),
        Answer::Facts { rows: vec![row], problems: vec!["p".into()] },
        Answer::Saved { undo: Some("3".into()) },
        Answer::Opened,
        Answer::Blocks { blocks: vec![block], next: Some(vec!["mturk".into()]), problems: vec![] },
        Answer::Settings { settings },
        Answer::Rating { rating: Some(whole) },
        Answer::Summary { ratings: tally, blocks: tally, tasks: 3, undo: 1, change: 2 },
        Answer::Screen { tree: serde_json::json!({ "t": "p" }), close: true, focus: Some("note".into()) },
        Answer::Clock(ClockPart {
            on: true,
            counts: true,
            tree: Some(serde_json::json!({ "t": "p" })),
            says: vec!["0:10".into()],
            again_ms: Some(1),
            ..ClockPart::default()
        }),
        Answer::Unsaved { why: Why::TimedOut, say: "the browser does not save in time".into() },
        Refusal::new(Why::DiskFull, "The disk is full").into(),
    ]
}

/// Whether JavaScript can hold it without loss.
fn is_safe(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_i64().is_some_and(|number| number.abs() <= 9_007_199_254_740_991),
        Value::Array(items) => items.iter().all(is_safe),
        Value::Object(fields) => fields.values().all(is_safe),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

#[test]
fn every_ask_passes_through_json() {
    for ask in asks() {
        let text = ask.to_message();
        let value: Value = serde_json::from_str(&text).unwrap();
        assert!(is_safe(&value), "{text}");
        assert_eq!(serde_json::from_value::<Ask>(value).unwrap(), ask);
    }
}

#[test]
fn every_answer_passes_through_json() {
    for answer in answers() {
        let text = answer.to_message();
        let value: Value = serde_json::from_str(&text).unwrap();
        assert!(is_safe(&value), "{text}");
        assert_eq!(serde_json::from_value::<Answer>(value).unwrap(), answer);
    }
}

#[test]
fn the_wire_form_is_as_written_down() {
    insta::assert_json_snapshot!("asks", asks());
    insta::assert_json_snapshot!("answers", answers());
}

#[test]
fn only_orders_need_the_writer_lock() {
    let reads = |ask: &Ask| !super::super::needs_lock(&ask.to_message());
    let name = |ask: Ask| serde_json::to_value(&ask).unwrap()["ask"].as_str().unwrap().to_owned();
    let reading: Vec<String> = asks().into_iter().filter(reads).map(name).collect();
    assert_eq!(reading, ["hello", "facts", "blocks", "settings_get", "rating_get", "stored_summary"]);
    assert!(!super::super::needs_lock("nonsense"));
}
