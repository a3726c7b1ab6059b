//! `heard` reads by hand what the background writes: both held against each other, for everything there is.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::entry::{Memory, Own, Tone};
use super::super::heard::{self, Heard};
use super::super::settings::PageSettings;
use super::facts::block;
use crate::app::background::wire::{
    Answer, Hello, MemoryPart, RatingBrief, Refusal, RowFacts, SettingsPart, TallyPart, TonePart, Why,
};
use crate::domain::{
    Again, BlockScope, Currency, Flags, Limits, Marks, Note, Partition, PayUnit, RatedTask, Rating,
    RequesterId, Settings, SortedMap, Stars, Timestamp, TitleKey,
};
use crate::ratings::BlockIndex;
use crate::sites::json::Json;

fn json_of(value: &Value) -> Json {
    serde_json::from_value(value.clone()).unwrap()
}

/// What a page keeps of all settings.
fn for_pages(settings: &Settings) -> PageSettings {
    PageSettings {
        unit: settings.unit,
        limits: settings.limits.iter().map(|(currency, limits)| (*currency, *limits)).collect(),
        show_blocked: settings.show_blocked,
    }
}

fn heard(answer: &Answer) -> Heard {
    heard::answer(&serde_json::from_str(&answer.to_message()).unwrap())
}

fn currencies() -> impl Strategy<Value = Currency> {
    prop_oneof![Just("USD"), Just("EUR"), Just("INR"), Just("GBP")]
        .prop_map(|code| Currency::from_code(code).unwrap())
}

fn settings() -> impl Strategy<Value = Settings> {
    let limits = (1..=Limits::MAX_MICROS, 1..=Limits::MAX_MICROS)
        .prop_map(|(one, other)| Limits::new(one.min(other), one.max(other)).unwrap());
    (
        any::<bool>(),
        proptest::collection::btree_map(currencies(), limits, 0..4),
        proptest::collection::btree_set("[a-z-]{1,12}", 0..3),
        any::<bool>(),
    )
        .prop_map(|(hourly, limits, sites_off, show_blocked)| Settings {
            unit: if hourly { PayUnit::Hour } else { PayUnit::Minute },
            limits,
            sites_off,
            show_blocked,
            show_clock: true,
        })
}

fn stars() -> impl Strategy<Value = Option<Stars>> {
    (0..=5_u8).prop_map(Stars::new)
}

fn ratings() -> impl Strategy<Value = Rating> {
    let again = prop_oneof![
        Just(None),
        Just(Some(Again::Again)),
        Just(Some(Again::OnlyIfNothingBetter)),
        Just(Some(Again::Never)),
    ];
    let flags = proptest::array::uniform4(any::<bool>()).prop_map(
        |[broken, unpaid_screener, underpaid, favourite]| Flags {
            broken,
            unpaid_screener,
            underpaid,
            favourite,
        },
    );
    let marks = (stars(), stars(), stars(), stars())
        .prop_map(|(pay, fairness, communication, speed)| Marks { pay, fairness, communication, speed });
    let note = proptest::option::of("\\PC{1,40}");
    (again, flags, marks, note, any::<bool>()).prop_map(|(again, flags, marks, note, edited)| Rating {
        partition: Partition("mturk".to_owned()),
        requester: RequesterId("A0000000000001".to_owned()),
        requester_name: Some("Lab".to_owned()),
        again,
        flags,
        marks,
        note: note.map(|note| Note::new(&note)).and_then(Result::ok).flatten(),
        task: RatedTask::default(),
        rated_at: Timestamp(1_790_000_000_000),
        edited_at: edited.then_some(Timestamp(1_790_000_000_001)),
    })
}

fn memories() -> impl Strategy<Value = MemoryPart> {
    let tone = prop_oneof![Just(TonePart::Plain), Just(TonePart::Bad), Just(TonePart::Warn)];
    (tone, proptest::collection::vec("\\PC{0,20}", 0..4), "\\PC{0,60}")
        .prop_map(|(tone, says, line)| MemoryPart { tone, says, line })
}

fn meant_memory(memory: MemoryPart) -> Memory {
    let tone = match memory.tone {
        TonePart::Plain => Tone::Plain,
        TonePart::Bad => Tone::Bad,
        TonePart::Warn => Tone::Warn,
    };
    Memory { tone, says: memory.says, line: memory.line }
}

fn indexes() -> impl Strategy<Value = BlockIndex> {
    let block = ("[A-Z0-9]{1,20}", proptest::option::of("[a-z ]{1,30}"));
    proptest::collection::vec(block, 0..40).prop_map(|blocks| {
        let mut index = BlockIndex::default();
        for (requester, title) in blocks {
            let scope =
                title.as_deref().and_then(TitleKey::new).map_or(BlockScope::Requester, BlockScope::Title);
            index.insert(&RequesterId(requester), &scope);
        }
        index
    })
}

proptest! {
    #[test]
    fn a_greeting_is_heard_as_it_was_meant(settings in settings(), on: bool, private: bool, index in indexes()) {
        let hello = Hello {
            settings: SettingsPart::from(&settings),
            on,
            private,
            blocks: index.to_base64(),
            problem: private.then(|| "a problem".to_owned()),
        };
        let Heard::Hello { settings: heard_settings, on: heard_on, blocks } = heard(&Answer::Hello(hello)) else {
            panic!("a greeting is heard as one");
        };
        prop_assert_eq!((heard_settings, heard_on, blocks), (for_pages(&settings), on, index));
    }

    #[test]
    fn facts_are_heard_as_they_were_meant(
        rating in proptest::option::of(ratings()),
        title in proptest::option::of("\\PC{1,20}"),
        blocked: (bool, bool),
        memories in (proptest::option::of(memories()), proptest::option::of(memories())),
    ) {
        let id = "A0000000000001";
        let row = RowFacts {
            requester_id: id.to_owned(),
            title_key: title.clone(),
            own: rating.as_ref().map(RatingBrief::from),
            requester_block: blocked.0.then(|| block(id, None)),
            title_block: blocked.1.then(|| block(id, Some("k"))),
            requester_memory: memories.0.clone(),
            title_memory: memories.1.clone(),
        };
        let Heard::Facts(rows) = heard(&Answer::Facts { rows: vec![row], problems: vec![] }) else {
            panic!("facts are heard as facts");
        };
        let meant = heard::RowFacts {
            requester_id: id.to_owned(),
            title_key: title.unwrap_or_default(),
            own: rating.map(|rating| Own {
                again: rating.again,
                flags: rating.flags,
                marks: rating.marks,
                has_note: rating.note.is_some(),
            }),
            requester_blocked: blocked.0,
            title_blocked: blocked.1,
            requester_memory: memories.0.map(meant_memory),
            title_memory: memories.1.map(meant_memory),
        };
        prop_assert_eq!(rows, vec![meant]);
    }

    #[test]
    fn outcomes_are_heard_as_they_were_meant(undo in proptest::option::of("\\PC{0,20}"), say in "\\PC{0,60}") {
        let Heard::Saved { undo: token } = heard(&Answer::Saved { undo: undo.clone() }) else {
            panic!("saved is heard as saved");
        };
        prop_assert_eq!(token, undo);
        let refused = Answer::from(Refusal::new(Why::DiskFull, say.clone()));
        let Heard::Refused { say: words } = heard(&refused) else { panic!("a refusal is heard as one") };
        prop_assert_eq!(words, say);
    }
}

#[test]
fn answers_that_no_page_asks_for_are_other() {
    let tally = TallyPart { count: 1, bytes: 2 };
    let others = [
        Answer::Opened,
        Answer::Blocks { blocks: vec![], next: None, problems: vec![] },
        Answer::Settings { settings: SettingsPart::from(&Settings::default()) },
        Answer::Rating { rating: None },
        Answer::Summary { ratings: tally, blocks: tally, tasks: 0, undo: 0, change: 0 },
    ];
    for answer in others {
        assert!(matches!(heard(&answer), Heard::Other), "{answer:?}");
    }
}

#[test]
fn an_answer_of_another_form_is_taken_for_what_is_left_of_it() {
    let hello = |answer: Value| match heard::answer(&json_of(&answer)) {
        Heard::Hello { settings, on, blocks } => (settings, on, blocks),
        other => panic!("{other:?}"),
    };
    let usual = (PageSettings::default(), true, BlockIndex::default());
    assert_eq!(hello(json!({ "is": "hello" })), usual);
    let bare = PageSettings { limits: SortedMap::new(), ..PageSettings::default() };
    let strange = json!({
        "is": "hello", "on": "yes", "blocks": 5,
        "settings": { "unit": 7, "limits": { "USD": { "fair_micros": -1, "good_micros": 1e300 }, "dollars": null, "EUR": [] },
            "sites_off": [1, {}], "show_blocked": "no" },
    });
    assert_eq!(hello(strange), (bare, true, BlockIndex::default()));
    let rows = json!({ "is": "facts", "rows": [null, 1, {}, { "requester_id": 5 }, { "requester_id": "A1", "own": [],
        "title_memory": { "tone": "loud", "says": [5, "1 done"], "line": "1 done." }, "requester_memory": { "tone": 1 } }] });
    let Heard::Facts(rows) = heard::answer(&json_of(&rows)) else { panic!() };
    assert_eq!(rows.len(), 1);
    let plain = Memory { tone: Tone::Plain, says: vec!["1 done".to_owned()], line: "1 done.".to_owned() };
    assert_eq!((&rows[0].title_memory, &rows[0].requester_memory), (&Some(plain), &None));
    for answer in [Value::Null, json!("done"), json!({ "is": 3 }), json!([]), json!({ "is": "saved!" })] {
        assert!(matches!(heard::answer(&json_of(&answer)), Heard::Other), "{answer}");
    }
}
