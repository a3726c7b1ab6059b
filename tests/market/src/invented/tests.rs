#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panic")]

use std::collections::{BTreeMap, HashSet};

use super::*;

const NOW: i64 = 1_790_000_000;

fn sorted(values: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut all: Vec<usize> = values.collect();
    all.sort_unstable();
    all
}

fn percent(part: usize, whole: usize) -> usize {
    part * 100 / whole
}

#[test]
fn the_same_numbers_make_the_same_listing() {
    assert_eq!(listing(100, 7, NOW), listing(100, 7, NOW));
    assert_ne!(listing(100, 7, NOW), listing(100, 8, NOW));
    for size in [0, 1, 20, 100, 714, 1_000] {
        assert_eq!(listing(size, 1, NOW).len(), size);
    }
}

#[test]
fn rewards_have_the_real_quantiles() {
    for seed in 1..6 {
        let mut cents: Vec<u32> = make(714, seed, NOW).iter().map(|made| made.cents).collect();
        cents.sort_unstable();
        assert_eq!(cents[0], 0, "some pay nothing");
        assert_eq!(cents[713], 6_000);
        for (per_mille, low, high) in
            [(100, 4, 6), (250, 10, 15), (500, 45, 55), (750, 100, 150), (900, 450, 550)]
        {
            let found = cents[713 * per_mille / 1_000];
            assert!((low..=high).contains(&found), "seed {seed}: {per_mille} per mille: {found} cents");
        }
    }
}

#[test]
fn counts_ages_locks_and_times_are_spread_as_promised() {
    let all = make(714, 1, NOW);
    let share =
        |test: &dyn Fn(&Made) -> bool| percent(all.iter().filter(|made| test(made)).count(), all.len());
    assert!((55..=65).contains(&share(&|m| m.group.assignable_hits_count == 1)));
    assert!((25..=50).contains(&share(&|m| m.group.caller_meets_requirements)));
    assert!((40..=60).contains(&share(&|m| m.stated)), "stated: {}", share(&|m| m.stated));
    assert!(share(&|m| m.group.requester_info.task_approval_rate == "Not available") >= 2);
    assert!(share(&|m| m.group.requester_info.task_approval_rate == "≥ 99%") >= 50);
    let rows: Vec<usize> = sorted(all.iter().map(|made| made.group.title.chars().count()));
    assert!((40..=56).contains(&rows[357]), "half of the titles are shorter than {}", rows[357]);
    assert!((75..=115).contains(&rows[678]), "one in twenty is longer than {}", rows[678]);
    let texts: Vec<usize> = sorted(all.iter().map(|made| made.group.description.chars().count()));
    assert!((60..=120).contains(&texts[357]) && texts[678] > 240, "{} {}", texts[357], texts[678]);
    assert!(all.windows(2).all(|w| w[0].group.creation_time >= w[1].group.creation_time), "newest first");
}

#[test]
fn every_kind_occurs_and_earlier_work_is_among_the_best_paid() {
    let all = make(714, 1, NOW);
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for made in &all {
        *kinds.entry(made.kind).or_default() += 1;
    }
    assert_eq!(kinds.len(), 9, "{kinds:?}");
    assert!(kinds.values().all(|&n| n >= 5), "{kinds:?}");
    assert!(kinds[&Kind::Study] > 200 && kinds[&Kind::Batch] > 150, "{kinds:?}");
    // Where much is paid for nothing to do, it was done before: a reader of rates must not fall for it.
    assert!(all.iter().any(|made| made.kind == Kind::EarlierWork && made.cents >= 500));
}

#[test]
fn names_come_in_many_scripts() {
    let all = listing(714, 1, NOW);
    let has = |low: char, high: char| {
        all.iter().any(|group| group.requester_name.chars().any(|c| (low..=high).contains(&c)))
    };
    for (low, high) in [
        ('\u{0400}', '\u{04ff}'),
        ('\u{0590}', '\u{05ff}'),
        ('\u{0600}', '\u{06ff}'),
        ('\u{0900}', '\u{097f}'),
        ('\u{3040}', '\u{30ff}'),
        ('\u{4e00}', '\u{9fff}'),
        ('\u{ac00}', '\u{d7af}'),
        ('\u{1f300}', '\u{1faff}'),
    ] {
        assert!(has(low, high), "no name between {low:?} and {high:?}");
    }
}

#[test]
fn ids_have_the_site_s_shape_and_are_unique() {
    let all = listing(1_000, 1, NOW);
    let ids: HashSet<&str> = all.iter().map(|group| group.hit_set_id.as_str()).collect();
    assert_eq!(ids.len(), 1_000);
    assert!(ids.iter().all(|id| id.len() == 30 && id.starts_with('3')));
    let lengths: HashSet<usize> = all.iter().map(|group| group.requester_id.len()).collect();
    assert!(lengths.is_superset(&HashSet::from([13, 14, 21])), "{lengths:?}");
    assert!(all.iter().all(|group| group.requester_id.starts_with('A')));
}

#[test]
fn a_dozen_requesters_have_many_groups() {
    let all = listing(714, 1, NOW);
    let mut by_requester: BTreeMap<&str, usize> = BTreeMap::new();
    for group in &all {
        *by_requester.entry(&group.requester_id).or_default() += 1;
    }
    let many = by_requester.values().filter(|&&n| n >= 6).count();
    assert!((8..=20).contains(&many), "{many} requesters with six groups or more");
    assert!((300..=500).contains(&by_requester.len()), "{} requesters", by_requester.len());
}

#[test]
fn a_group_can_be_accepted_exactly_where_every_requirement_is_met() {
    for seed in 1..4 {
        for group in listing(1_000, seed, NOW) {
            let met = group.project_requirements.iter().all(|r| r.caller_meets_requirement == Some(true));
            assert_eq!(group.caller_meets_requirements, met);
            assert!(group.caller_meets_preview_requirements || !met);
        }
    }
}

#[test]
fn no_blank_is_left_open() {
    for made in make(1_000, 1, NOW) {
        let Group { title, description, .. } = &made.group;
        assert!(
            !title.is_empty() && !title.contains(['{', '}']) && !description.contains(['{', '}']),
            "{title}"
        );
    }
}

#[test]
fn the_first_page_is_varied() {
    for seed in 1..20 {
        let page = make(20, seed, NOW);
        let kinds: HashSet<Kind> = page.iter().map(|made| made.kind).collect();
        let requesters: HashSet<&str> = page.iter().map(|made| made.group.requester_id.as_str()).collect();
        let open = page.iter().filter(|made| made.group.caller_meets_requirements).count();
        assert!(kinds.len() >= 7, "seed {seed}: {kinds:?}");
        assert!(requesters.len() >= 19, "seed {seed}");
        assert!((11..=16).contains(&open), "seed {seed}: {open} can be accepted");
    }
}
