//! The kept sample of every version of every record must be readable for ever.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "a failed test should stop at the line")]

mod clock;
mod history;

use super::*;
use crate::domain::{
    Again, Block, BlockScope, Currency, Flags, Limits, Marks, Money, Note, Outcome, Partition, PayUnit,
    RatedTask, Rating, RequesterId, Settings, Stars, TaskId, Timestamp, TitleKey,
};
use crate::storage::{Key, StoreName};

macro_rules! sample {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/records/", $name)).trim_end()
    };
}

fn mturk() -> Partition {
    Partition("mturk".to_owned())
}

fn requester() -> RequesterId {
    RequesterId("A00EXAMPLE000".to_owned())
}

fn full_rating() -> Rating {
    Rating {
        requester_name: Some("Lab of Ænigmas 研究".to_owned()),
        again: Some(Again::OnlyIfNothingBetter),
        flags: Flags { broken: true, unpaid_screener: false, underpaid: true, favourite: true },
        marks: Marks { pay: Stars::new(2), speed: Stars::new(5), ..Marks::default() },
        note: Note::new("Pays in two days.\n\"Fair\" enough.").unwrap(),
        task: RatedTask {
            task_id: Some(TaskId("3000000000000000000000000000EX".to_owned())),
            title: Some("An invented survey (~ 10 min)".to_owned()),
            reward: Some(Money { micros: 1_250_000, currency: Currency::USD }),
            hourly_wage: Some(Money { micros: 7_512_345, currency: Currency::USD }),
            outcome: Some(Outcome::ScreenedOut),
            accepted_at: Some(Timestamp(1_795_000_000_000)),
            submitted_at: Some(Timestamp(1_795_000_600_000)),
            decided_at: Some(Timestamp(1_795_100_000_000)),
            worked_secs: Some(599),
        },
        edited_at: Some(Timestamp(1_795_200_000_000)),
        ..Rating::empty(mturk(), requester(), Timestamp(1_795_000_700_000))
    }
}

#[test]
fn rating_version_1() {
    let stored = Stored { value: full_rating(), change: 17 };
    assert_eq!(decode_rating(sample!("rating-v1.json")).as_ref(), Ok(&stored));
    assert_eq!(encode_rating(&stored), sample!("rating-v1.json"));
    let bare = Stored { value: Rating::empty(mturk(), requester(), Timestamp(5)), change: 1 };
    assert_eq!(decode_rating(sample!("rating-v1-bare.json")), Ok(bare));
}

#[test]
fn block_version_1() {
    let requester_wide = Block {
        partition: mturk(),
        requester: requester(),
        requester_name: Some("Example".to_owned()),
        scope: BlockScope::Requester,
        title: None,
        reason: Some("broken".to_owned()),
        blocked_at: Timestamp(1_795_000_000_000),
    };
    let one_title = Block {
        scope: BlockScope::Title(TitleKey::new("an invented survey").unwrap()),
        title: Some("An invented survey 3".to_owned()),
        reason: None,
        ..requester_wide.clone()
    };
    for (value, text) in
        [(requester_wide, sample!("block-v1-requester.json")), (one_title, sample!("block-v1-title.json"))]
    {
        let stored = Stored { value, change: 3 };
        assert_eq!(decode_block(text).as_ref(), Ok(&stored));
        assert_eq!(encode_block(&stored), text);
    }
}

#[test]
fn undo_version_1() {
    let undo = Undo {
        store: StoreName::Blocks,
        key: Key::texts(&["mturk", "A00EXAMPLE000", ""]),
        before: None,
        after: Some(3),
    };
    assert_eq!(decode_undo(sample!("undo-v1.json")), Ok(undo.clone()));
    assert_eq!(encode_undo(&undo), sample!("undo-v1.json"));
}

#[test]
fn head_version_1() {
    let head =
        Head { change: 42, ratings: Tally { count: 5, bytes: 1_234 }, blocks: Tally { count: 1, bytes: 99 } };
    assert_eq!(Head::decode(Some(sample!("head-v1.json"))), Ok(head.clone()));
    assert_eq!(head.encode(), sample!("head-v1.json"));
    assert_eq!(Head::decode(None), Ok(Head::default()));
}

#[test]
fn block_index_version_1() {
    let text = sample!("block-index-v1.json");
    assert_eq!(decode_block_index(Some(text)), Ok("aPqcvw==".to_owned()));
    assert_eq!(encode_block_index("aPqcvw=="), text);
}

#[test]
fn settings_version_1() {
    let mut settings = Settings { unit: PayUnit::Hour, show_blocked: true, ..Settings::default() };
    settings.sites_off.insert("mturk-sandbox".to_owned());
    settings.limits.insert(Currency::from_code("EUR").unwrap(), Limits::new(100_000, 200_000).unwrap());
    assert_eq!(decode_settings(Some(sample!("settings-v1.json"))), Ok(settings.clone()));
    assert_eq!(encode_settings(&settings), sample!("settings-v1.json"));
    assert_eq!(decode_settings(None), Ok(Settings::default()));
}

#[test]
fn notices_version_1() {
    let text =
        "The browser's database was emptied; it was made again from the journal: 4,210 tasks are there";
    let notice = |at, text: &str, is_seen| Notice { at: Timestamp(at), text: text.to_owned(), is_seen };
    let notices = Notices(vec![
        notice(1_795_000_000_000, text, true),
        notice(1_795_000_600_000, "A day was damaged", false),
    ]);
    assert_eq!(decode_notices(Some(sample!("notices-v1.json"))).as_ref(), Ok(&notices));
    assert_eq!(encode_notices(&notices), sample!("notices-v1.json"));
    assert_eq!(decode_notices(None), Ok(Notices::default()));
}

#[test]
fn care_version_1() {
    let care = CareRecord {
        place: 1,
        cursor: Some("2\nt1/mturk~a\nn7".to_owned()),
        through_at: Some(Timestamp(1_795_000_000_000)),
    };
    assert_eq!(decode_care(Some(sample!("history-care-v1.json"))).as_ref(), Ok(&care));
    assert_eq!(encode_care(&care), sample!("history-care-v1.json"));
    assert_eq!(decode_care(None), Ok(CareRecord::default()));
}

#[test]
fn an_unknown_newer_version_says_so_and_damage_is_named() {
    let newer = RecordError::Newer { version: 2 };
    assert_eq!(decode_rating(r#"{"v":2,"anything":[]}"#), Err(newer.clone()));
    assert_eq!(decode_block(r#"{"v":2}"#), Err(newer.clone()));
    assert_eq!(decode_undo(r#"{"v":2}"#), Err(newer.clone()));
    assert_eq!(Head::decode(Some(r#"{"v":2}"#)), Err(newer.clone()));
    assert_eq!(decode_settings(Some(r#"{"v":2}"#)), Err(newer));
    for text in ["", "{}", "[]", "null", r#"{"v":0}"#, r#"{"v":1}"#, r#"{"v":1,"n":1,"si"#] {
        assert!(matches!(decode_rating(text), Err(RecordError::Damaged(_))), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_a_decoder_panic(text in "\\PC{0,200}") {
        let _ = (decode_rating(&text), decode_block(&text), decode_undo(&text));
        let _ = (Head::decode(Some(&text)), decode_settings(Some(&text)));
    }

    #[test]
    fn a_tally_follows_every_replacement(lengths in proptest::collection::vec(0_usize..50, 1..40)) {
        let mut tally = Tally::default();
        let mut now: Option<String> = None;
        for length in lengths {
            let next = (length > 0).then(|| "x".repeat(length));
            tally = tally.after(now.as_deref(), next.as_deref());
            now = next;
        }
        let bytes = now.as_ref().map_or(0, |text| u64::try_from(text.len()).unwrap_or(0));
        proptest::prop_assert_eq!(tally, Tally { count: u64::from(now.is_some()), bytes });
    }
}
