//! What is read, and what that costs.

use super::super::*;
use super::world::{NOW, Site, Store, World, day, minutes_ago, row};
use crate::domain::SiteDay;
use crate::domain::history::Tally;
use crate::sites::history::DayStatistics;

fn said(day: SiteDay, figures: [Option<u32>; 4]) -> DayStatistics {
    let [submitted, approved, rejected, pending] = figures;
    DayStatistics { day, submitted, approved, rejected, pending, task_pay: None, bonus_pay: None }
}

fn unsettled(days: Vec<DayStatistics>, local: &[(SiteDay, LocalCounts)]) -> Vec<SiteDay> {
    let surveyed = Surveyed { seen_at: NOW, days, problems: Vec::new() };
    plan(&surveyed, local).days.iter().map(|plan| plan.day).collect()
}

#[test]
fn a_day_is_settled_by_four_figures() {
    let local = LocalCounts { pending: 1, approved: 0, paid: 3, rejected: 1, unconfirmed: 0 };
    let figures = [5, 3, 1, 1].map(Some);
    assert_eq!(unsettled(vec![said(day(-3), figures)], &[(day(-3), local)]), []);
    for at in 0..4 {
        let mut other = figures;
        other[at] = Some(9);
        assert_eq!(unsettled(vec![said(day(-3), other)], &[(day(-3), local)]), [day(-3)], "figure {at}");
        other[at] = None;
        assert_eq!(unsettled(vec![said(day(-3), other)], &[(day(-3), local)]), [day(-3)], "no figure {at}");
    }
    let not_paid_out = LocalCounts { approved: 1, paid: 2, ..local };
    assert_eq!(unsettled(vec![said(day(-3), figures)], &[(day(-3), not_paid_out)]), [day(-3)]);
    let coincidence = LocalCounts { unconfirmed: 1, ..local };
    assert_eq!(unsettled(vec![said(day(-3), figures)], &[(day(-3), coincidence)]), [day(-3)]);
    assert_eq!(unsettled(vec![said(day(-3), [Some(0); 4])], &[]), [], "a day of rest");
}

#[test]
fn days_the_dashboard_does_not_list_are_read_where_the_record_has_some() {
    let pending = LocalCounts { pending: 1, ..LocalCounts::default() };
    let local = [(day(-2), pending), (day(-60), pending), (day(-4), LocalCounts::default())];
    assert_eq!(unsettled(vec![said(day(0), [Some(0); 4])], &local), [day(-2)]);
}

#[test]
fn days_beyond_what_the_site_keeps_are_not_asked_for() {
    let figures = [Some(1), Some(1), Some(0), Some(0)];
    let days = [-400, -45, -44, 0, 1, 2, 400].map(|offset| said(day(offset), figures)).to_vec();
    assert_eq!(unsettled(days, &[]), [day(1), day(0), day(-44)]);
    let hostile: Vec<DayStatistics> = (0..3_000).map(|_| said(day(0), figures)).collect();
    assert_eq!(unsettled(hostile, &[]), [day(0)], "a day that repeats is one day");
}

#[test]
fn today_and_yesterday_come_first_and_cost_less() {
    let mut site = Site::default();
    for offset in 0..40 {
        for number in 0..25 {
            site = site.with_row(day(-offset), row(&format!("3D{offset}R{number}"), "Paid"));
        }
    }
    let whole = World::new(site, Store::default()).plan();
    assert_eq!((whole.days.len(), whole.requests(), whole.minutes()), (40, 121, 5));
    let near = whole.today_and_yesterday();
    assert_eq!(near.days.iter().map(|plan| plan.day).collect::<Vec<_>>(), [day(0), day(-1)]);
    assert_eq!((near.requests(), near.minutes()), (7, 1));
    assert_eq!(whole.words(), "40 days, 121 requests, about 5 minutes.");
}

#[test]
fn counts_are_those_of_a_days_tally() {
    let mut store = Store::default();
    store.submitted("3A", minutes_ago(10));
    store.held("3B", minutes_ago(10));
    let mut tally = Tally::new();
    store.entries.values().for_each(|entry| tally.add(entry));
    assert_eq!(
        LocalCounts::of(&tally, 1),
        LocalCounts { pending: 1, unconfirmed: 1, ..LocalCounts::default() }
    );
}

#[test]
fn a_settled_record_has_nothing_to_read_but_the_queue() {
    let site = Site::default().with_row(day(-1), row("3A", "Paid"));
    let mut world = World::new(site, Store::default());
    world.reconcile();
    let plan = world.plan();
    assert!(plan.days.is_empty());
    assert_eq!(plan.requests(), 1);
    assert!(plan.words().starts_with("Every day agrees"));
}
