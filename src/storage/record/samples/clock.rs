//! The kept sample of every version of the clock's record must be readable for ever.

use std::collections::{BTreeMap, BTreeSet};

use super::super::*;
use crate::domain::clock::{
    Away, Ending, Front, HeldTask, Interval, Page, Saved, Spans, System, Tab, TabId, WindowId,
};
use crate::domain::history::{EntryId, How, Worked};
use crate::domain::{SiteDay, Timestamp};

macro_rules! sample {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/records/", $name)).trim_end()
    };
}

fn id(name: &str) -> EntryId {
    EntryId(name.to_owned())
}

/// Every kind of page, ending, state and number.
fn full() -> ClockRecord {
    let at = |secs: i64| Timestamp(1_795_000_000_000 + secs * 1_000);
    let spans =
        |secs: i64| Spans { total_ms: secs * 1_000, intervals: vec![Interval { from: at(0), to: at(secs) }] };
    let endings = [Ending::Gone, Ending::Expired, Ending::Returned, Ending::Submitted, Ending::ScreenedOut];
    let mut tasks: BTreeMap<EntryId, HeldTask> = endings
        .into_iter()
        .map(|ending| {
            let task = HeldTask { ended: Some((at(90), ending)), ..HeldTask::default() };
            (id(&format!("3ENDED{ending:?}")), task)
        })
        .collect();
    let held = HeldTask {
        held_since: Some(at(0)),
        deadline: Some(at(3_600)),
        ended: None,
        is_paused: true,
        seen: spans(60),
        pending: Away { alone_ms: 1, among_several_ms: 2 },
        away: Away { alone_ms: 3, among_several_ms: 4 },
        corrected_secs: Some(840),
    };
    tasks.insert(id("3HELD"), held);
    let tab = |page, opened_for: Option<&str>| Tab {
        page,
        opened_for: opened_for.map(id),
        frame_focused: true,
        audible: true,
    };
    let tabs = [
        (TabId(1), tab(Some(Page::Work(id("3HELD"))), None)),
        (TabId(2), tab(Some(Page::List), None)),
        (TabId(3), tab(Some(Page::Site), None)),
        (TabId(4), Tab { audible: false, frame_focused: false, ..tab(None, Some("3HELD")) }),
    ];
    let front = Front {
        active: BTreeMap::from([(WindowId(1), TabId(1)), (WindowId(2), TabId(3))]),
        focused: Some(WindowId(1)),
        found: Some(TabId(1)),
        missing: Some(TabId(3)),
        tabs: BTreeMap::from(tabs),
    };
    let saved = Saved {
        now: Some(at(100)),
        counted_to: Some(at(100)),
        events: BTreeSet::new(),
        front,
        system: System::Idle { quiet_secs: 60 },
        signed_at: Some(at(95)),
        left: Some(id("3HELD")),
        tasks,
        search: spans(7),
    };
    ClockRecord {
        saved,
        began: at(-1_000),
        session: "3f0c".to_owned(),
        idle_works: true,
        is_loss_unsaid: true,
        told: BTreeMap::from([(id("3ENDEDSubmitted"), Worked::new(60, 70, 80, How::SeveralHeld))]),
        question: Some(Question {
            entry: id("3ENDEDSubmitted"),
            secs: 840,
            tab: Some(TabId(1)),
            until: at(110),
        }),
        search: BTreeMap::from([(SiteDay(20_775), Search { ms: 61_500, told_secs: 61 })]),
    }
}

#[test]
fn clock_version_1() {
    assert_eq!(encode_clock(&full()), sample!("clock-v1.txt"));
    assert_eq!(decode_clock(Some(sample!("clock-v1.txt"))), Ok(Some(full())));
    assert_eq!(decode_clock(None), Ok(None));
    let empty = ClockRecord::default();
    assert_eq!(decode_clock(Some(&encode_clock(&empty))), Ok(Some(empty)));
    for system in [System::Unknown, System::Locked, System::Active] {
        let mut record = full();
        record.saved.system = system;
        record.saved.front.tabs.clear();
        assert_eq!(decode_clock(Some(&encode_clock(&record))), Ok(Some(record)));
    }
}

#[test]
fn no_byte_of_it_is_silently_another() {
    let text = encode_clock(&full());
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        let damaged = String::from_utf8_lossy(&bytes);
        // The case of the checksum's digits says nothing.
        let is_same = damaged.eq_ignore_ascii_case(&text);
        assert!(is_same || decode_clock(Some(&damaged)).is_err(), "byte {at}");
        assert!(decode_clock(Some(&text[..at])).is_err(), "cut at {at}");
    }
}
