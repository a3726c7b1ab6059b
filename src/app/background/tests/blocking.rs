//! The block list and its index.

use super::super::wire::{Hello, ScopePart};
use super::*;
use crate::domain::{Partition, RequesterId, TitleKey};
use crate::ratings::BlockIndex;
use crate::storage::StoreName;
use crate::storage::record::block_index_key;

fn unblock(id: &str, title_key: Option<&str>) -> Ask {
    Ask::Unblock { site: "mturk".into(), requester_id: id.into(), title_key: title_key.map(str::to_owned) }
}

fn index(bench: &Bench) -> BlockIndex {
    match bench.ask(&Ask::Hello { site: "mturk".into() }) {
        Answer::Hello(Hello { blocks, .. }) => BlockIndex::from_base64(&blocks).unwrap(),
        other => panic!("{other:?}"),
    }
}

/// The requester's block and the title's, by scope.
fn states(bench: &Bench, rows: Vec<RowKey>) -> Vec<(bool, bool)> {
    let blocked = |row: RowFacts| (row.requester_block.is_some(), row.title_block.is_some());
    bench.facts(rows).into_iter().map(blocked).collect()
}

#[test]
fn a_requester_or_one_title_is_blocked_and_freed() {
    let bench = Bench::site();
    bench.ask(&block("A1", Some("survey")));
    bench.ask(&block("A2", None));
    let rows = vec![row("A1", Some("survey")), row("A1", Some("other")), row("A2", Some("survey"))];
    assert_eq!(states(&bench, rows.clone()), [(false, true), (false, false), (true, false)]);
    let first = bench.facts(rows.clone()).into_iter().next().unwrap().title_block.unwrap();
    assert_eq!(first.scope, ScopePart::Title);
    assert_eq!((first.title.as_deref(), first.reason.as_deref()), (Some("survey 7"), Some("broken")));
    bench.ask(&unblock("A1", Some("survey")));
    bench.ask(&unblock("A2", None));
    assert_eq!(states(&bench, rows), [(false, false); 3]);
    assert!(index(&bench).is_empty());
}

#[test]
fn a_block_of_all_and_of_one_title_stand_side_by_side() {
    let bench = Bench::site();
    bench.ask(&block("A1", Some("survey")));
    bench.ask(&block("A1", None));
    assert_eq!(states(&bench, vec![row("A1", Some("survey"))]), [(true, true)]);
    bench.ask(&unblock("A1", None));
    assert_eq!(states(&bench, vec![row("A1", Some("survey"))]), [(false, true)]);
}

#[test]
fn the_index_follows_every_change_and_undo() {
    let bench = Bench::site();
    let blocked = token(&bench.ask(&block("A1", Some("survey"))));
    let key = TitleKey::new("survey").unwrap();
    let may_block = |bench: &Bench| index(bench).has_title(&RequesterId("A1".into()), &key);
    assert!(may_block(&bench));
    assert_eq!(bench.ask(&undo(&blocked)), Answer::Saved { undo: None });
    assert!(!may_block(&bench));
    bench.ask(&block("A1", Some("survey")));
    let freed = token(&bench.ask(&unblock("A1", Some("survey"))));
    bench.ask(&undo(&freed));
    assert!(may_block(&bench));
    assert_eq!(index(&bench).len(), 1);
}

#[test]
fn a_lost_index_is_made_anew() {
    let bench = Bench::site();
    bench.ask(&block("A1", None));
    bench.ask(&block("A2", None));
    for damage in ["", "{}", r#"{"v":1,"hashes":"!"}"#] {
        let key = block_index_key(&Partition("mturk".into()));
        bench.stores.database.plant(StoreName::Meta, key.clone(), damage);
        assert_eq!(index(&bench).len(), 2);
        bench.ask(&block("A3", None));
        bench.stores.database.plant(StoreName::Meta, key, damage);
        bench.ask(&unblock("A3", None));
        assert_eq!(index(&bench).len(), 2);
    }
}

#[test]
fn the_list_comes_in_pages() {
    let bench = Bench::own();
    for n in 0..25 {
        bench.ask(&block(&format!("A{n:02}"), None));
    }
    let mut ids = Vec::new();
    let mut after = None;
    loop {
        let ask = Ask::Blocks { site: "mturk".into(), after, limit: Some(10) };
        let Answer::Blocks { blocks, next, problems } = bench.ask(&ask) else { panic!("no list") };
        assert!(problems.is_empty() && blocks.len() <= 10);
        ids.extend(blocks.into_iter().map(|block| block.requester_id));
        after = next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(ids, (0..25).map(|n| format!("A{n:02}")).collect::<Vec<_>>());
}

#[test]
fn blocking_twice_is_blocking_once() {
    let bench = Bench::site();
    let first = bench.ask_at(&block("A1", None), 10);
    assert_eq!(bench.ask_at(&block("A1", None), 20), first);
    assert_eq!(index(&bench).len(), 1);
    let Answer::Summary { blocks, .. } = Bench { sender: own_page(), ..bench }.ask(&Ask::StoredSummary)
    else {
        panic!("no summary")
    };
    assert_eq!(blocks.count, 1);
}
