//! Blocked rows: hidden when the page opens, dimmed when blocked on it, and always a way back.

use super::facts::block as block_part;
use super::*;
use crate::app::background::wire::BlockPart;
use crate::domain::{BlockScope, RequesterId, TitleKey};
use crate::ratings::BlockIndex;

const ANN: &str = "A0000000000001";

/// A block index as the background sends it.
pub(super) fn index(blocks: &[(&str, Option<&str>)]) -> String {
    let mut index = BlockIndex::default();
    for (requester, title) in blocks {
        let scope = title.map_or(BlockScope::Requester, |key| BlockScope::Title(TitleKey::new(key).unwrap()));
        index.insert(&RequesterId((*requester).to_owned()), &scope);
    }
    index.to_base64()
}

fn opened_with(hello: &Hello) -> Bench {
    let mut bench = Bench::opened(LIST);
    bench.answer_hello(hello);
    bench.items(0, 0, &items(3));
    bench.rows(0, &rows_of(&items(3), 1), &[]);
    bench
}

fn panel(bench: &Bench) -> String {
    bench.screen.panel.as_ref().map(text).unwrap_or_default()
}

fn marks(bench: &Bench) -> Vec<(u64, &str)> {
    bench.screen.marks.iter().map(|(row, style)| (*row, style.as_str())).collect()
}

fn facts_of(bench: &mut Bench, block: Option<BlockPart>) -> Vec<String> {
    bench.answer_facts(vec![RowFacts { requester_block: block, ..nothing(ANN, None) }])
}

fn saved() -> Answer {
    Answer::Saved { undo: Some("7".to_owned()) }
}

#[test]
fn a_blocked_row_is_hidden_before_it_is_painted() {
    let bench = opened_with(&Hello { blocks: index(&[(ANN, None)]), ..hello() });
    assert_eq!(marks(&bench), [(1, "hidden")]);
    assert_eq!(panel(&bench), "1 blocked Show");
}

#[test]
fn on_wish_blocked_rows_are_shown_dimmed() {
    let mut hello = Hello { blocks: index(&[(ANN, None)]), ..hello() };
    hello.settings.show_blocked = true;
    let bench = opened_with(&hello);
    assert_eq!(marks(&bench), [(1, "dim")]);
    assert_eq!(bench.pay(1), "blocked: requester");
    assert_eq!(panel(&bench), "1 blocked Hide");
}

#[test]
fn an_index_that_cannot_be_read_hides_nothing() {
    for blocks in ["AAA", "not base64!", "/////wAAAAA="] {
        let bench = opened_with(&Hello { blocks: blocks.to_owned(), ..hello() });
        assert_eq!((marks(&bench), bench.drawn()), (vec![], vec![1, 2, 3]), "{blocks}");
    }
}

#[test]
fn the_switch_shows_and_hides() {
    let mut bench = opened_with(&Hello { blocks: index(&[(ANN, None)]), ..hello() });
    facts_of(&mut bench, Some(block_part(ANN, None)));
    assert_eq!(actions(bench.screen.panel.as_ref().unwrap()), ["blocked:show"]);
    bench.send(&json!({ "act": { "row": null, "name": "blocked:show" } }));
    assert_eq!((marks(&bench), panel(&bench)), (vec![(1, "dim")], "1 blocked Hide".to_owned()));
    bench.open_card(1);
    let effects = bench.send(&json!({ "act": { "row": null, "name": "blocked:hide" } }));
    assert_eq!((marks(&bench), panel(&bench)), (vec![(1, "hidden")], "1 blocked Show".to_owned()));
    assert!(
        effects.contains(&"card".to_owned()) && bench.screen.card.is_none(),
        "no card beside a hidden row"
    );
}

#[test]
fn a_block_dims_says_so_and_can_be_taken_back_at_once() {
    let mut bench = opened_with(&hello());
    bench.answer_facts(Vec::new());
    bench.open_card(1);
    bench.act(1, "block:requester");
    assert_eq!(bench.status(), "Saving…");
    assert!(
        matches!(bench.order(), Ask::Block { requester_id, title_key: None, title: None, .. } if requester_id == ANN)
    );
    assert_eq!(marks(&bench), [], "nothing is claimed before it is saved");
    bench.answer_order(&saved());
    assert_eq!(bench.status(), "✓ Blocked Lab 1 Undo");
    facts_of(&mut bench, Some(block_part(ANN, None)));
    assert_eq!((marks(&bench), bench.pay(1)), (vec![(1, "dim")], "blocked: requester".to_owned()));
    assert!(bench.card().contains("Unblock") && bench.card().contains("✓ Blocked Lab 1"), "{}", bench.card());

    bench.act(1, "undo:7");
    assert_eq!(bench.order(), &Ask::Undo { site: "mturk".to_owned(), token: "7".to_owned() });
    bench.answer_order(&Answer::Saved { undo: None });
    facts_of(&mut bench, None);
    assert_eq!((marks(&bench), panel(&bench)), (vec![], String::new()));
    assert!(bench.pay(1).contains("/min"), "{}", bench.pay(1));
    assert_eq!(bench.status(), "✓ Undone");
    assert!(!bench.card().contains("Undo "), "there is nothing left to undo: {}", bench.card());
}

#[test]
fn one_title_is_blocked_and_unblocked_by_its_key() {
    let mut bench = opened_with(&hello());
    bench.answer_facts(Vec::new());
    bench.open_card(1);
    bench.act(1, "block:title");
    let Ask::Block { title_key: Some(key), title: Some(title), .. } = bench.order().clone() else { panic!() };
    assert_eq!(title, "Rate 7 pictures of the 1th kind (5 minutes)");
    bench.answer_order(&saved());
    let title_block = Some(block_part(ANN, Some(&key)));
    bench.answer_facts(vec![RowFacts { title_block, ..nothing(ANN, Some(&key)) }]);
    assert_eq!(bench.pay(1), "blocked: this title");
    bench.act(1, "unblock");
    assert_eq!(
        bench.order(),
        &Ask::Unblock { site: "mturk".to_owned(), requester_id: ANN.to_owned(), title_key: Some(key) }
    );
}

#[test]
fn a_whole_block_is_taken_out_whole() {
    let mut bench = opened_with(&hello());
    facts_of(&mut bench, Some(block_part(ANN, None)));
    bench.open_card(1);
    bench.act(1, "unblock");
    let unblock = Ask::Unblock { site: "mturk".to_owned(), requester_id: ANN.to_owned(), title_key: None };
    assert_eq!(bench.order(), &unblock);
}

#[test]
fn blocked_in_another_tab_dims_here_and_moves_nothing() {
    let mut bench = opened_with(&hello());
    bench.answer_facts(Vec::new());
    bench.send(&json!("bell"));
    facts_of(&mut bench, Some(block_part(ANN, None)));
    assert_eq!(marks(&bench), [(1, "dim")]);
}

#[test]
fn a_title_without_a_key_offers_no_block_of_it() {
    let mut bench = Bench::with_items(&[with(item(1), &[("title", json!(""))])]);
    bench.answer_facts(Vec::new());
    bench.open_card(1);
    let (_, card) = bench.screen.card.as_ref().unwrap();
    let offered = actions(card);
    assert!(offered.contains(&"block:requester".to_owned()), "{offered:?}");
    assert!(!offered.contains(&"block:title".to_owned()), "{offered:?}");
    bench.act(1, "block:title");
    assert!(bench.screen.asks.is_empty(), "least of all does it block the whole requester");
}

#[test]
fn the_site_is_switched_off_and_on_again() {
    let mut bench = opened_with(&Hello { blocks: index(&[(ANN, None)]), ..hello() });
    bench.open_card(2);
    bench.send(&json!({ "act": { "row": null, "name": "site:off" } }));
    assert_eq!(bench.order(), &Ask::SwitchSite { site: "mturk".to_owned(), on: false });
    assert_eq!(bench.screen.cleared, 1);
    assert!(bench.screen.chips.is_empty() && bench.screen.card.is_none() && bench.screen.marks.is_empty());
    assert_eq!(bench.open_card(2), [""; 0]);
    bench.send(&json!({ "act": { "row": null, "name": "site:on" } }));
    assert_eq!((bench.drawn(), marks(&bench)), (vec![1, 2, 3], vec![(1, "hidden")]));
}
