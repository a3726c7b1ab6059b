//! What is asked for the rows of a page.

use super::super::wire::{AgainPart, BlockedTitle, Why};
use super::*;
use crate::ratings::Field;

fn page(rows: u32) -> Ask {
    let rows = (0..rows).map(|n| row(&format!("A{}", n % 60), Some(&format!("title {n}")))).collect();
    Ask::Facts { site: "mturk".into(), rows }
}

fn fill(bench: &Bench, count: u32) {
    for n in 0..count {
        let title = BlockedTitle { key: format!("title {n}"), shown: "T".into() };
        let requester = requester(&format!("B{n}"));
        let site = "mturk".to_owned();
        bench.ask(&Ask::Block { site, requester, title: Some(title), reason: None });
    }
}

#[test]
fn the_look_ups_do_not_grow_with_what_is_stored() {
    let counts: Vec<u64> = [10, 1_000]
        .map(|stored| {
            let bench = Bench::site();
            fill(&bench, stored);
            let before = bench.stores.database.reads();
            bench.ask(&page(100));
            bench.stores.database.reads() - before
        })
        .into();
    assert_eq!(counts, [220, 220], "60 ratings, 60 requesters, 100 titles");
}

#[test]
fn more_rows_than_any_page_has_are_refused() {
    let bench = Bench::site();
    assert!(matches!(bench.ask(&page(1_000)), Answer::Facts { blocks, .. } if blocks.len() == 1_000));
    assert!(matches!(bench.ask(&page(1_001)), Answer::Refused(refusal) if refusal.why == Why::NotUnderstood));
}

#[test]
fn a_requester_on_many_rows_is_answered_once() {
    let bench = Bench::site();
    bench.ask(&rate(PatchPart { again: Field::Set(AgainPart::Again), ..PatchPart::default() }));
    let rows = vec![row(ID, Some("a")), row(ID, Some("b")), row(ID, None)];
    let Answer::Facts { ratings, blocks, problems } = bench.ask(&Ask::Facts { site: "mturk".into(), rows })
    else {
        panic!("no facts")
    };
    assert_eq!((ratings.len(), blocks.len(), problems.len()), (1, 3, 0));
}
