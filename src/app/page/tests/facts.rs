//! The second paint: what the background knows, asked once a row and joined to it.

use super::*;
use crate::app::background::wire::{
    AgainPart, BlockPart, MemoryPart, RatingBrief, Refusal, RowKey, ScopePart, TonePart, Why,
};

pub(super) fn never() -> RatingBrief {
    RatingBrief {
        again: Some(AgainPart::Never),
        broken: true,
        unpaid_screener: false,
        underpaid: false,
        favourite: false,
        pay: Some(1),
        fairness: None,
        communication: None,
        speed: Some(5),
        has_note: true,
        rated_at: 1_790_000_000_000,
        edited_at: None,
    }
}

pub(super) fn block(requester_id: &str, title_key: Option<&str>) -> BlockPart {
    BlockPart {
        requester_id: requester_id.to_owned(),
        requester_name: None,
        scope: if title_key.is_some() { ScopePart::Title } else { ScopePart::Requester },
        title_key: title_key.map(str::to_owned),
        title: None,
        reason: None,
        blocked_at: 1,
    }
}

/// The rows of every open ask for facts.
fn asked(bench: &Bench) -> Vec<Vec<RowKey>> {
    let rows = |ask: &Ask| match ask {
        Ask::Facts { rows, .. } => Some(rows.clone()),
        _ => None,
    };
    bench.screen.asks.iter().filter_map(|(_, ask, _)| rows(ask)).collect()
}

#[test]
fn the_first_paint_asks_for_the_second() {
    let mut bench = Bench::with_items(&items(2));
    let facts = asked(&bench);
    assert_eq!(facts.len(), 1, "one ask for all rows");
    assert_eq!(facts[0].len(), 2);
    assert!(!bench.requester(1).contains("you"), "{}", bench.requester(1));
    let own = RowFacts { own: Some(never()), ..nothing("A0000000000001", None) };
    let effects = bench.answer_facts(vec![own, nothing("A0000000000002", None)]);
    assert_eq!(effects.iter().filter(|effect| *effect == "draw").count(), 1);
    assert!(bench.requester(1).ends_with("you: never"), "{}", bench.requester(1));
    assert!(!bench.requester(2).contains("you"), "{}", bench.requester(2));
}

#[test]
fn an_answer_that_changes_nothing_draws_nothing() {
    let mut bench = Bench::with_items(&items(2));
    let nothings = vec![nothing("A0000000000001", None), nothing("A0000000000002", None)];
    assert_eq!(bench.answer_facts(nothings), [""; 0]);
}

#[test]
fn equal_rows_are_asked_about_once_and_other_titles_of_a_requester_too() {
    let twice = with(item(2), &[("id", json!("3ITEM0102"))]);
    let other_title = with(item(2), &[("id", json!("3ITEM0202")), ("title", json!("Quite another thing"))]);
    let no_title = with(item(3), &[("title", json!(""))]);
    let long_title = with(item(4), &[("title", json!("word ".repeat(2_000)))]);
    let no_requester = with(item(5), &[("requester_id", Value::Null)]);
    let list = [item(1), item(2), twice, other_title, no_title, long_title, no_requester];
    let mut bench = Bench::greeted();
    bench.items(0, 0, &list);
    let rows = rows_of(&list, 1);
    bench.rows(0, &rows[..3], &[]);
    bench.rows(0, &rows[3..], &[]);
    let keys: Vec<(String, bool)> =
        asked(&bench).concat().into_iter().map(|row| (row.requester_id, row.title_key.is_some())).collect();
    let key = |id: &str, title| (id.to_owned(), title);
    assert_eq!(
        keys,
        [
            key("A0000000000001", true),
            key("A0000000000002", true),
            key("A0000000000002", true),
            key("A0000000000003", false),
            key("A0000000000004", true),
        ],
        "no title is asked about by the requester alone, or the whole ask would be refused"
    );
}

#[test]
fn a_thousand_rows_are_one_ask_and_more_are_several() {
    let list: Vec<Value> = (1..=1_200).map(item).collect();
    let mut bench = Bench::opened(LIST);
    bench.items(0, 0, &list);
    bench.rows(0, &rows_of(&list, 1), &[]);
    bench.answer_hello(&hello());
    assert_eq!(asked(&bench).iter().map(Vec::len).collect::<Vec<_>>(), [1_000, 200]);
}

#[test]
fn a_title_that_was_not_answered_yet_stays_as_the_index_has_it() {
    let (first, second) =
        (item(1), with(item(1), &[("id", json!("3OTHER")), ("title", json!("Tag photos"))]));
    let blocked =
        Hello { blocks: super::blocking::index(&[("A0000000000001", Some("tag photos"))]), ..hello() };
    let mut bench = Bench::opened(LIST);
    bench.answer_hello(&blocked);
    bench.items(0, 0, std::slice::from_ref(&first));
    bench.items(0, 1, std::slice::from_ref(&second));
    let first_title = asked(&bench)[0][0].title_key.clone();
    bench.rows(0, &rows_of(&[first, second], 1), &[]);
    bench.answer_facts(vec![nothing("A0000000000001", first_title.as_deref())]);
    assert_eq!(
        bench.screen.marks.get(&2).map(String::as_str),
        Some("hidden"),
        "it must not come back and go again"
    );
    let title_block = Some(block("A0000000000001", Some("tag photos")));
    bench.answer_facts(vec![RowFacts { title_block, ..nothing("A0000000000001", Some("tag photos")) }]);
    assert_eq!(bench.screen.marks.get(&2).map(String::as_str), Some("hidden"));
}

#[test]
fn the_bell_asks_everything_again() {
    let mut bench = Bench::with_items(&items(2));
    bench.answer_facts(Vec::new());
    assert!(bench.screen.asks.is_empty());
    bench.send(&json!("bell"));
    assert_eq!(asked(&bench).concat().len(), 2);
    assert_eq!(bench.screen.asks.len(), 2, "and the greeting: settings may have changed");
    bench.answer_facts(vec![RowFacts { own: Some(never()), ..nothing("A0000000000002", None) }]);
    assert!(bench.requester(2).ends_with("you: never"));
    bench.send(&json!("bell"));
    bench.answer_facts(vec![nothing("A0000000000002", None)]);
    assert!(!bench.requester(2).contains("you"), "a rating that was taken out goes: {}", bench.requester(2));
}

#[test]
fn other_limits_after_a_bell_change_the_verdicts_and_keep_what_is_known() {
    let mut bench = Bench::with_items(&items(1));
    bench.answer_facts(vec![RowFacts { own: Some(never()), ..nothing("A0000000000001", None) }]);
    let good = bench.pay(1);
    assert!(good.contains("good"), "{good}");
    bench.send(&json!("bell"));
    let mut strict = hello();
    let limit =
        crate::app::background::wire::LimitsPart { fair_micros: 900_000_000, good_micros: 900_000_000 };
    strict.settings.limits.insert("USD".to_owned(), limit);
    bench.answer_hello(&strict);
    assert!(bench.pay(1).contains("low"), "{}", bench.pay(1));
    assert!(bench.requester(1).ends_with("you: never"));
}

#[test]
fn a_page_that_is_switched_off_asks_nothing() {
    let mut bench = Bench::opened(LIST);
    bench.answer_hello(&Hello { on: false, ..hello() });
    bench.items(0, 0, &items(2));
    bench.rows(0, &rows_of(&items(2), 1), &[]);
    assert!(bench.screen.asks.is_empty());
    assert!(bench.screen.chips.is_empty());
}

#[test]
fn answers_that_nobody_asked_for_are_not_heard() {
    let mut bench = Bench::with_items(&items(1));
    let before = bench.screen.chips.clone();
    let own = RowFacts { own: Some(never()), ..nothing("A0000000000001", None) };
    let facts = Answer::Facts { rows: vec![own], problems: Vec::new() };
    assert_eq!(bench.send_answer(77, &facts), [""; 0]);
    let refused: Answer = Refusal::new(Why::TimedOut, "The browser did not answer in time").into();
    bench.answer(|ask| matches!(ask, Ask::Facts { .. }), &refused);
    assert_eq!(bench.screen.chips, before);
}

fn memory(tone: TonePart, says: &[&str], line: &str) -> MemoryPart {
    let says = says.iter().map(|says| (*says).to_owned()).collect();
    MemoryPart { tone, says, line: line.to_owned() }
}

/// What the history remembers of the first two items, which are of two requesters.
fn remembered(bench: &Bench) -> Vec<RowFacts> {
    let titles: Vec<String> = asked(bench).concat().into_iter().filter_map(|row| row.title_key).collect();
    let rejected = memory(TonePart::Warn, &["1 rejected of 4", "1 rejected"], "4 done: 1 rejected, 3 paid.");
    let done = memory(
        TonePart::Plain,
        &["3 done, last 2 Nov 2024, paid", "3 done"],
        "3 done, paid; last 2 Nov 2024.",
    );
    vec![
        RowFacts {
            title_memory: Some(rejected.clone()),
            requester_memory: Some(rejected),
            ..nothing("A0000000000001", Some(&titles[0]))
        },
        RowFacts {
            title_memory: Some(done.clone()),
            requester_memory: Some(done),
            ..nothing("A0000000000002", Some(&titles[1]))
        },
    ]
}

#[test]
fn rows_say_what_is_remembered_of_them_and_their_card_says_all() {
    let mut bench = Bench::with_items(&items(3));
    let facts = remembered(&bench);
    bench.answer_facts(facts);
    let chips: Vec<[String; 2]> = (1..=3).map(|row| [bench.pay(row), bench.requester(row)]).collect();
    assert_eq!(
        chips,
        [
            ["1 rejected of 4 40¢/min", "✓ 1 rejected"],
            ["40¢/min good 3 done", "✓ 3 done"],
            ["40¢/min good · says 5 min", "✓"],
        ]
    );
    bench.open_card(1);
    let card = bench.card();
    assert!(card.contains("Like this 4 done: 1 rejected, 3 paid. With them 4 done: 1 rejected"), "{card}");
    bench.open_card(3);
    assert!(!bench.card().contains("Like this"), "{}", bench.card());
}

#[test]
fn what_was_remembered_stays_over_other_limits_and_goes_when_the_store_says_so() {
    let mut bench = Bench::with_items(&items(2));
    let facts = remembered(&bench);
    bench.answer_facts(facts.clone());
    bench.send(&json!("bell"));
    let mut strict = hello();
    let limit =
        crate::app::background::wire::LimitsPart { fair_micros: 900_000_000, good_micros: 900_000_000 };
    strict.settings.limits.insert("USD".to_owned(), limit);
    bench.answer_hello(&strict);
    assert_eq!(bench.pay(2), "40¢/min low 3 done");
    let gone = facts.into_iter().map(|fact| nothing(&fact.requester_id, fact.title_key.as_deref())).collect();
    bench.answer_facts(gone);
    assert_eq!((bench.pay(2).as_str(), bench.requester(2).as_str()), ("40¢/min low · says 5 min", "✓"));
}

#[test]
fn the_queue_remembers_too() {
    let mut bench = Bench::opened(QUEUE);
    bench.answer_hello(&hello());
    bench.items(0, 0, &items(2));
    bench.rows(0, &rows_of(&items(2), 1), &[]);
    let facts = remembered(&bench);
    bench.answer_facts(facts);
    assert!(bench.pay(1).contains("1 rejected of 4"), "{}", bench.pay(1));
    assert!(bench.requester(2).contains("3 done"), "{}", bench.requester(2));
}
