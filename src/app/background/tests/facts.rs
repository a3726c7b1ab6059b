//! What is asked for the rows of a page.

use super::super::wire::{AgainPart, Why};
use super::*;
use crate::ratings::Field;

fn page(rows: u32) -> Ask {
    let rows = (0..rows).map(|n| row(&format!("A{}", n % 60), Some(&format!("title {n}")))).collect();
    Ask::Facts { site: "mturk".into(), rows }
}

fn fill(bench: &Bench, count: u32) {
    for n in 0..count {
        bench.ask(&block(&format!("B{n}"), Some(&format!("title {n}"))));
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
    assert!(matches!(bench.ask(&page(1_000)), Answer::Facts { rows, .. } if rows.len() == 1_000));
    assert!(matches!(bench.ask(&page(1_001)), Answer::Refused(refusal) if refusal.why == Why::NotUnderstood));
}

#[test]
fn every_row_of_a_rated_requester_says_so() {
    let bench = Bench::site();
    bench.ask(&rate(PatchPart { again: Field::Set(AgainPart::Again), ..PatchPart::default() }));
    let rows = vec![row(ID, Some("a")), row("A2", Some("b")), row(ID, None)];
    let rated: Vec<bool> = bench.facts(rows).into_iter().map(|row| row.own.is_some()).collect();
    assert_eq!(rated, [true, false, true]);
}
