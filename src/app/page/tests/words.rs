//! What rows and cards say, as tables to be read: short, plain, true.

use std::fmt::Write as _;

use super::super::entry::{Entry, Memory, Own, Remembered, Tone};
use super::super::settings::PageSettings;
use crate::app::tree::Node;
use crate::app::views::card::{self, CardState, Status};
use crate::app::views::chip;
use crate::domain::{
    Again, Currency, Flags, Kind, Lock, Marks, Money, Need, PayUnit, Promise, Requester, RequesterId,
    SiteRecord, Stars, Task, TaskId,
};

const KINDS: [Option<Kind>; 7] = [
    None,
    Some(Kind::EarlierWork),
    Some(Kind::NamedWorkers),
    Some(Kind::Screener),
    Some(Kind::QualificationTest),
    Some(Kind::Invited),
    Some(Kind::SeveralDays),
];

const LOCKS: [Option<&str>; 5] = [
    None,
    Some("Masters"),
    Some("1,000 approved"),
    Some("qualification – can be requested"),
    Some("the site says so"),
];

/// Stated or not, so that every verdict comes up: words of the title and the reward in millionths.
const PAYS: [(&str, &str, i64); 9] = [
    ("stated, good", "Rate pictures (5 minutes)", 1_500_000),
    ("stated, fair", "Rate pictures (5 minutes)", 700_000),
    ("stated, low", "Rate pictures (5 minutes)", 250_000),
    ("stated, unclear", "Rate pictures (1-20 minutes)", 1_000_000),
    ("stated, low, hours", "Rate pictures (1.5 hours)", 3_000_000),
    ("stated, tiny", "Rate pictures (10 minutes)", 10_000),
    ("guess, most", "Rate pictures", 8_000_000),
    ("guess, middle", "Rate pictures", 250_000),
    ("guess, least", "Rate pictures", 10_000),
];

fn money(micros: i64, code: &str) -> Money {
    Money { micros, currency: Currency::from_code(code).unwrap() }
}

fn task(title: &str, reward: Option<Money>) -> Task {
    Task {
        id: TaskId("3EXAMPLE".to_owned()),
        group_id: None,
        title: title.to_owned(),
        description: String::new(),
        requester: Requester {
            id: Some(RequesterId("A00EXAMPLE000".to_owned())),
            name: "Ann Lab".to_owned(),
        },
        reward,
        allotted_secs: Some(3_600),
        available: Some(3),
        can_accept: Some(true),
        lock: None,
        kind: None,
        promised: None,
        needs: Vec::new(),
        site_says: SiteRecord { approval_percent: Some(99), approval_at_least: true, review_days: Some(2) },
        deadline: None,
    }
}

fn locked(task: Task, reason: Option<&str>) -> Task {
    let lock = reason.map(|reason| Lock { reason: reason.to_owned() });
    Task { can_accept: Some(lock.is_none()), lock, ..task }
}

fn promising(task: Task, promises: bool) -> Task {
    Task { promised: promises.then(|| Promise { quote: "$2 bonus".to_owned() }), ..task }
}

fn approving(task: Task, percent: Option<u8>) -> Task {
    Task { site_says: SiteRecord { approval_percent: percent, ..task.site_says }, ..task }
}

fn entry(task: Task) -> Entry {
    Entry::new(task, &PageSettings::default())
}

/// Text and look of the pay chip.
fn pay(entry: &Entry) -> (String, String) {
    let chip = chip::pay(entry, PayUnit::Minute);
    (chip.plain_text(), class(&chip))
}

fn class(node: &Node) -> String {
    serde_json::to_value(node).unwrap()["c"].as_str().unwrap().to_owned()
}

fn looks(class: &str, look: &str) -> bool {
    class.split(' ').any(|word| word == look)
}

fn says(text: &str, word: &str) -> bool {
    text.split(' ').any(|part| part == word)
}

const VERDICTS: [&str; 3] = ["good", "fair", "low"];

/// Every row there can be: kind × lock × promise × pay × reward known, nothing, in another currency × requester.
fn every_row(mut check: impl FnMut(&Entry, &str, &str)) -> usize {
    let mut count = 0;
    for (_, title, micros) in PAYS {
        for reward in [Some(money(micros, "USD")), Some(money(0, "USD")), Some(money(micros, "EUR")), None] {
            for kind in KINDS {
                for lock in LOCKS {
                    for promises in [false, true] {
                        for percent in [None, Some(60), Some(94), Some(95), Some(100)] {
                            let task = Task { kind, ..task(title, reward) };
                            let entry = entry(approving(promising(locked(task, lock), promises), percent));
                            let (text, class) = pay(&entry);
                            check(&entry, &text, &class);
                            count += 1;
                        }
                    }
                }
            }
        }
    }
    count
}

#[test]
fn every_row_keeps_the_rules() {
    let count = every_row(|entry, text, class| {
        let task = &entry.task;
        let context = format!("{text:?} ({class}) of {task:?}");
        let verdict = VERDICTS.iter().find(|word| says(text, word));
        let coloured = VERDICTS.iter().find(|word| looks(class, word));
        let has_rate = text.contains("/min");
        assert!(!text.is_empty() && text.chars().count() <= 34, "one short line: {context}");
        assert_eq!(verdict, coloured, "colour and word go together: {context}");
        if task.kind.is_some_and(|kind| !kind.has_rate()) {
            assert!(!has_rate && verdict.is_none(), "no rate where there is no work: {context}");
        }
        if task.lock.is_some() {
            assert!(!has_rate && verdict.is_none(), "no verdict on what cannot be taken: {context}");
        }
        if task.reward.is_none_or(|reward| reward.micros == 0) {
            assert!(!has_rate && verdict.is_none(), "nothing known or nothing paid is no rate: {context}");
        }
        if task.reward.is_some_and(|reward| reward.currency != Currency::USD) {
            assert!(verdict.is_none(), "no limits, no verdict: {context}");
        }
        if text.contains("guess") {
            assert!(verdict != Some(&"good") && looks(class, "guess"), "a guess never reads good: {context}");
        }
        if chip::is_risky(task.site_says) {
            assert!(verdict.is_none_or(|word| *word == "low"), "the risk outranks the verdict: {context}");
            assert!(looks(&self::class(&chip::requester(entry)), "warning"), "{context}");
        }
        let speaks_of_pay = has_rate || task.reward.is_some() && text.starts_with("unpaid");
        if task.promised.is_some() && speaks_of_pay && task.kind.is_none() {
            assert!(text.ends_with("+ bonus?"), "promised pay stands apart: {context}");
        }
        assert!(task.promised.is_some() || !text.contains("bonus"), "{context}");
        assert!(!chip::may_be_best(entry) || has_rate || task.promised.is_some(), "{context}");
    });
    assert_eq!(count, 9 * 4 * 7 * 5 * 2 * 5);
}

#[test]
fn a_requester_warning_is_hidden_by_no_rating() {
    for again in [Again::Again, Again::OnlyIfNothingBetter, Again::Never] {
        let mut entry = entry(approving(task("Rate", None), Some(62)));
        entry.own = Some(Own { again: Some(again), ..Own::default() });
        let chip = chip::requester(&entry);
        assert!(chip.plain_text().starts_with("approves 62 %") && looks(&class(&chip), "warning"));
    }
}

#[test]
fn pay_chips() {
    let mut table = String::new();
    let mut line = |name: &str, task: Task| {
        let (text, class) = pay(&entry(task));
        let look = class.trim_start_matches("chip pay ");
        writeln!(table, "{name:<44} {text:<34} {look}").unwrap();
    };
    let dollars = |micros| Some(money(micros, "USD"));
    for (name, title, micros) in PAYS {
        line(name, task(title, dollars(micros)));
        line(&format!("{name}, + bonus"), promising(task(title, dollars(micros)), true));
        line(&format!("{name}, requester at 60 %"), approving(task(title, dollars(micros)), Some(60)));
        line(&format!("{name}, in euro"), task(title, Some(money(micros, "EUR"))));
    }
    for (name, reward) in [("reward 0", dollars(0)), ("reward unknown", None)] {
        line(name, task("Rate pictures (5 minutes)", reward));
        line(&format!("{name}, + bonus"), promising(task("Rate pictures (5 minutes)", reward), true));
    }
    for reason in LOCKS.into_iter().flatten() {
        line(
            &format!("locked: {reason}"),
            locked(task("Rate (5 minutes)", dollars(1_000_000)), Some(reason)),
        );
    }
    for kind in KINDS.into_iter().flatten() {
        for (name, title, micros) in PAYS
            .into_iter()
            .filter(|(name, ..)| ["stated, good", "stated, low", "guess, middle"].contains(name))
        {
            let of_kind = |reward| Task { kind: Some(kind), ..task(title, reward) };
            line(&format!("{kind:?}, {name}"), of_kind(dollars(micros)));
            line(&format!("{kind:?}, {name}, + bonus"), promising(of_kind(dollars(micros)), true));
        }
        let unpaid = Task { kind: Some(kind), ..task("Rate (5 minutes)", dollars(0)) };
        line(&format!("{kind:?}, reward 0"), unpaid.clone());
        line(&format!("{kind:?}, reward 0, locked"), locked(unpaid, Some("Masters")));
    }
    insta::assert_snapshot!(table);
}

#[test]
fn requester_chips() {
    let own = |again, flags, marks, has_note| Some(Own { again, flags, marks, has_note });
    let none = (Flags::default(), Marks::default());
    let pay = |count| Marks { pay: Stars::new(count), ..Marks::default() };
    let owns = [
        ("no own rating", None),
        ("never", own(Some(Again::Never), none.0, none.1, false)),
        ("again, broken", own(Some(Again::Again), Flags { broken: true, ..none.0 }, none.1, false)),
        ("favourite", own(None, Flags { favourite: true, ..none.0 }, none.1, false)),
        ("again", own(Some(Again::Again), none.0, pay(5), true)),
        ("if need be", own(Some(Again::OnlyIfNothingBetter), none.0, none.1, false)),
        ("pay 2 of 5", own(None, none.0, pay(2), false)),
        ("note alone", own(None, none.0, none.1, true)),
        ("empty", own(None, none.0, none.1, false)),
    ];
    let mut table = String::new();
    for (percent, days) in [
        (Some(100), Some(2)),
        (Some(98), None),
        (Some(97), Some(0)),
        (Some(95), Some(1)),
        (Some(94), Some(14)),
        (Some(0), None),
        (None, Some(3)),
        (None, None),
    ] {
        for (name, own) in &owns {
            let task = Task {
                site_says: SiteRecord {
                    approval_percent: percent,
                    approval_at_least: false,
                    review_days: days,
                },
                ..task("Rate", None)
            };
            let mut entry = entry(task);
            entry.own.clone_from(own);
            let chip = chip::requester(&entry);
            let json = serde_json::to_value(&chip).unwrap();
            let label =
                json["a"].as_array().unwrap().iter().find(|attr| attr[0] == "aria-label").unwrap()[1].clone();
            let site = format!("{percent:?} {days:?}");
            let look = class(&chip).trim_start_matches("chip requester ").to_owned();
            writeln!(
                table,
                "{site:<19} {name:<14} {:<30} {look:<13} {}",
                chip.plain_text(),
                label.as_str().unwrap()
            )
            .unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

/// A card as lines: each part that stands on a line of its own.
fn lines(node: &Node) -> String {
    let card = serde_json::to_value(node).unwrap();
    let mut text = String::new();
    for part in card["n"].as_array().unwrap() {
        let rows =
            if part["c"] == "facts" { part["n"].as_array().unwrap().clone() } else { vec![part.clone()] };
        for row in rows.iter().map(super::text).filter(|row| !row.is_empty()) {
            writeln!(text, "  {row}").unwrap();
        }
    }
    text
}

#[test]
fn cards_of_typical_rows() {
    let dollars = |micros| Some(money(micros, "USD"));
    let plain = || task("Rate pictures (5 minutes)", dollars(1_500_000));
    let described = |title: &str, description: &str, reward| Task {
        description: description.to_owned(),
        ..task(title, reward)
    };
    let of = |kind, title: &str, micros| Task { kind: Some(kind), ..task(title, dollars(micros)) };
    let unknown = SiteRecord { approval_percent: None, approval_at_least: false, review_days: None };
    let rows: Vec<(&str, Task)> = vec![
        ("stated and good", plain()),
        (
            "a guess",
            Task { needs: vec![Need::Headphones, Need::AnotherDay], ..task("Tag photos", dollars(50_000)) },
        ),
        (
            "title and text differ",
            described("Rate pictures (5 minutes)", "It takes 20 minutes.", dollars(1_000_000)),
        ),
        ("stated range", task("Survey (5-10 minutes)", dollars(1_500_000))),
        ("stated as under", task("Survey, under 2 minutes", dollars(200_000))),
        (
            "more stated than allotted",
            Task { allotted_secs: Some(600), ..task("Survey (30 minutes)", dollars(2_000_000)) },
        ),
        ("bonus", promising(task("Guess a number", dollars(10_000)), true)),
        ("locked", locked(plain(), Some("qualification – can be requested"))),
        ("locked, no reason given", locked(plain(), Some("the site says so"))),
        ("pay for earlier work", of(Kind::EarlierWork, "Compensation for [worker]", 3_000_000)),
        ("named workers", of(Kind::NamedWorkers, "Only for [worker]", 3_000_000)),
        ("screener", of(Kind::Screener, "Screening survey (2 minutes)", 100_000)),
        ("risky requester", approving(plain(), Some(62))),
        ("no record", Task { site_says: unknown, allotted_secs: None, ..plain() }),
        ("unpaid", task("Qualify yourself (3 minutes)", dollars(0))),
        ("pay not readable", task("Rate pictures (5 minutes)", None)),
        ("euro", task("Umfrage (5 Minuten)", Some(money(500_000, "EUR")))),
        (
            "nameless",
            Task { requester: Requester { id: None, name: String::new() }, title: String::new(), ..plain() },
        ),
    ];
    let mut text = String::new();
    for (name, task) in rows {
        writeln!(text, "{name}\n{}", lines(&card::card(&entry(task), &CardState::default()))).unwrap();
    }
    insta::assert_snapshot!(text);
}

#[test]
fn cards_in_all_states() {
    let mut rated = entry(task("Rate pictures (5 minutes)", Some(money(1_500_000, "USD"))));
    rated.own = Some(Own {
        again: Some(Again::Never),
        flags: Flags { broken: true, underpaid: true, ..Flags::default() },
        marks: Marks { pay: Stars::new(1), speed: Stars::new(5), ..Marks::default() },
        has_note: true,
    });
    let mut blocked = rated.clone();
    blocked.blocked = Some("this title");
    let state = |status| CardState { status: Some(status), ..CardState::default() };
    let saved = Status::Saved { what: "Rating saved".to_owned(), undo: Some("1".to_owned()) };
    let states = [
        ("rated", &rated, CardState::default()),
        ("unfolded", &rated, CardState { unfolded: true, ..CardState::default() }),
        ("blocked", &blocked, CardState::default()),
        ("private", &rated, CardState { private: true, ..CardState::default() }),
        ("saving", &rated, state(Status::Saving)),
        ("saved", &rated, state(saved)),
        ("failed", &rated, state(Status::Failed { why: "The disk is full".to_owned() })),
        ("copied", &rated, state(Status::Copied)),
    ];
    let mut text = String::new();
    for (name, entry, state) in states {
        writeln!(text, "{name}\n{}", lines(&card::card(entry, &state))).unwrap();
    }
    insta::assert_snapshot!(text);
}

fn memory(tone: Tone, says: &[&str], line: &str) -> Memory {
    let says = says.iter().map(|says| (*says).to_owned()).collect();
    Memory { tone, says, line: line.to_owned() }
}

/// As the background words them.
fn memories() -> [Memory; 7] {
    [
        memory(
            Tone::Plain,
            &["3 done, last 2 Nov 2024, approved", "3 done, last 2 Nov 2024", "3 done"],
            "3 done, approved; last 2 Nov 2024.",
        ),
        memory(Tone::Plain, &["412 done"], "412 done, paid; last 2 Nov 2024."),
        memory(
            Tone::Warn,
            &["1 rejected of 4", "1 rejected", "rejected"],
            "4 done: 1 rejected, 3 paid; last 2 Nov 2024, rejected. Another may be rejected too.",
        ),
        memory(
            Tone::Bad,
            &["12 rejected of 1412", "12 rejected", "rejected"],
            "1412 done: 12 rejected, 1400 paid; last 2 Nov 2024, paid.",
        ),
        memory(
            Tone::Warn,
            &["did one titled like this", "did one like it"],
            "1 done, paid; last 2 Nov 2024. Surveys usually take each worker once: another may be rejected.",
        ),
        memory(Tone::Bad, &["returned: broken", "returned"], "1 returned: broken; last 2 Nov 2024."),
        memory(Tone::Bad, &["screened out", "screened"], "1 screened out; last 2 Nov 2024."),
    ]
}

fn remembering(mut entry: Entry, of_title: Option<Memory>, of_requester: Option<Memory>) -> Entry {
    entry.remembered = Remembered { of_title, of_requester };
    entry
}

/// Whatever is remembered: kind and lock first, a verdict only with its rate, a promise beside the reward, bad news
/// on every row that has work.
#[test]
fn every_row_keeps_the_rules_with_a_memory_too() {
    let memories = memories();
    every_row(|entry, without, class_without| {
        for memory in &memories {
            let remembering = remembering(entry.clone(), Some(memory.clone()), None);
            let (text, class) = pay(&remembering);
            let context = format!("{text:?} ({class}), without {without:?}");
            let words = memory.says.iter().find(|words| text.contains(words.as_str()));
            let verdict = VERDICTS.iter().find(|word| says(&text, word));
            assert_eq!(verdict, VERDICTS.iter().find(|word| looks(&class, word)), "{context}");
            assert!(words.is_none() || text.chars().count() <= 24, "it has room: {context}");
            match (memory.tone, words) {
                (_, None) => {
                    assert_eq!((text.as_str(), class.as_str()), (without, class_without), "{context}");
                }
                (Tone::Plain, Some(words)) => {
                    assert!(text.ends_with(words.as_str()), "{context}");
                    assert!(
                        without.starts_with(text.trim_end_matches(words.as_str()).trim_end()),
                        "{context}"
                    );
                    assert!(text.contains("bonus") || !without.contains("bonus"), "{context}");
                }
                (_, Some(_)) if without.contains("bonus") && entry.task.kind.is_none() => {
                    assert!(
                        text.contains("bonus") || !text.contains('¢'),
                        "no reward without its promise: {context}"
                    );
                }
                (_, Some(_)) => assert!(
                    entry.task.lock.is_some() || verdict.is_none() || entry.task.kind.is_some(),
                    "{context}"
                ),
            }
            let is_led = entry.task.kind.is_some() || entry.task.lock.is_some();
            if memory.tone != Tone::Plain && !is_led {
                assert!(
                    words.is_some_and(|words| text.starts_with(words.as_str())),
                    "bad news first: {context}"
                );
            }
            if is_led {
                let first = without.split(' ').next().unwrap();
                assert!(text.starts_with(first), "{context}");
            }
            assert!(!chip::may_be_best(&remembering) || memory.tone != Tone::Warn, "{context}");
        }
    });
}

#[test]
fn chips_that_remember() {
    let dollars = |micros| Some(money(micros, "USD"));
    let stated = || task("Rate pictures (5 minutes)", dollars(1_500_000));
    let unknown = SiteRecord { approval_percent: None, approval_at_least: false, review_days: None };
    let rows = [
        ("stated", stated()),
        ("guess", task("Rate pictures", dollars(8_000_000))),
        ("bonus, 97 %", approving(promising(task("Rate pictures", dollars(10_000)), true), Some(97))),
        ("screener, 62 %", approving(Task { kind: Some(Kind::Screener), ..stated() }, Some(62))),
        ("locked, no record", Task { site_says: unknown, ..locked(stated(), Some("Masters")) }),
        ("earlier work", Task { kind: Some(Kind::EarlierWork), ..stated() }),
    ];
    let mut table = String::new();
    for (name, task) in rows {
        for memory in memories() {
            let entry = remembering(entry(task.clone()), Some(memory.clone()), Some(memory));
            let (text, class) = pay(&entry);
            let look = class.trim_start_matches("chip pay ").to_owned();
            let requester = chip::requester(&entry).plain_text();
            writeln!(table, "{name:<18} {text:<34} {look:<12} {requester}").unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn no_requester_chip_leaves_bad_news_out() {
    for percent in [None, Some(0), Some(62), Some(97), Some(100)] {
        for memory in memories()
            .into_iter()
            .filter(|memory| memory.tone != Tone::Plain && !memory.says[0].starts_with("did"))
        {
            let row = entry(approving(task("Rate", None), percent));
            let text = chip::requester(&remembering(row, None, Some(memory.clone()))).plain_text();
            assert!(memory.says.iter().any(|says| text.contains(says)), "{text}");
        }
    }
}

#[test]
fn a_bad_rating_stands_before_the_memory_and_bad_news_before_any_other_rating() {
    let own = |again| Some(Own { again: Some(again), ..Own::default() });
    let [done, _, rejected, ..] = memories();
    let cases = [
        (own(Again::Never), &rejected, "✓ you: never"),
        (own(Again::Again), &rejected, "✓ 1 rejected"),
        (own(Again::Again), &done, "✓ you: again"),
        (None, &done, "✓ 3 done"),
    ];
    for (own, memory, text) in cases {
        let mut entry = remembering(entry(task("Rate", None)), None, Some(memory.clone()));
        entry.own = own;
        assert_eq!(chip::requester(&entry).plain_text(), text);
    }
}

#[test]
fn cards_that_remember() {
    let [done, batch, rejected, _, survey, returned, _] = memories();
    let row = || entry(task("Rate pictures (5 minutes)", Some(money(1_500_000, "USD"))));
    let cards = [
        ("done before, rejected by them", Some(done), Some(rejected.clone())),
        ("rejected", Some(rejected.clone()), Some(rejected)),
        ("a survey", Some(survey), Some(batch)),
        ("another title", None, Some(returned)),
    ];
    let mut text = String::new();
    for (name, of_title, of_requester) in cards {
        let entry = remembering(row(), of_title, of_requester);
        writeln!(text, "{name}\n{}", lines(&card::card(&entry, &CardState::default()))).unwrap();
    }
    insta::assert_snapshot!(text);
}
