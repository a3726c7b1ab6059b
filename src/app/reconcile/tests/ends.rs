//! What is concluded from absence, and what never is.

use super::super::*;
use super::world::{Fault, NOW, Site, Store, World, day, minutes_ago, row};
use crate::domain::history::State;

#[test]
fn what_nobody_lists_any_more_is_gone() {
    let mut store = Store::default();
    store.held("3HELD", minutes_ago(600));
    store.submitted("3LOST", minutes_ago(600));
    store.held("3QUEUE", minutes_ago(600));
    let site = Site::default().with_held("3QUEUE").with_row(day(0), row("3A", "Paid"));
    let mut world = World::new(site, store);
    assert_eq!(world.reconcile().0, Step::Done);
    assert_eq!(world.store.state("3HELD"), State::Abandoned);
    assert_eq!(world.store.state("3LOST"), State::Abandoned, "its submission never arrived");
    assert_eq!(world.store.state("3QUEUE"), State::InProgress);
}

#[test]
fn nothing_is_dropped_because_a_page_did_not_load() {
    for fault in [Fault::Status(400, "<p>Bad Request</p>"), Fault::Text("{\"results\":[]}".to_owned())] {
        let mut store = Store::default();
        store.submitted("3MINE", minutes_ago(600));
        let site =
            Site::default().with_row(day(0), row("3MINE", "Submitted")).with_row(day(0), row("3A", "Paid"));
        let mut world = World::new(site, store);
        let plan = world.plan();
        world.site.fault_at(2, fault.clone());
        let (end, summary) = world.run_to_end(plan);
        assert_eq!(end, Step::Done, "{fault:?}");
        assert_eq!(summary.read, [], "{fault:?}");
        assert_eq!(world.store.state("3MINE"), State::Pending, "{fault:?}");
        assert!(summary.words().contains("Not "), "{}", summary.words());
        assert_eq!(world.reconcile().0, Step::Done, "the next run reads it");
        assert_eq!(world.store.state("3A"), State::Paid);
    }
}

#[test]
fn a_task_over_midnight_may_stand_on_either_day() {
    // Taken an hour before Pacific midnight, with an hour for it: the site may file it by either moment.
    let mut store = Store::default();
    store.submitted("3NIGHT", minutes_ago(13 * 60 - 30));
    let site =
        Site::default().with_row(day(-1), row("3X", "Paid")).with_row(day(0), row("3NIGHT", "Submitted"));
    let mut world = World::new(site, store);
    let mut plan = world.plan();
    plan.days.retain(|plan| plan.day == day(-1));
    assert_eq!(world.run_to_end(plan).0, Step::Done);
    assert_eq!(world.store.state("3NIGHT"), State::Pending, "today was not read");
    assert_eq!(world.reconcile().0, Step::Done);
    assert_eq!(world.store.entries.values().filter(|entry| entry.state() == State::Abandoned).count(), 0);
    let entry = world.store.entries.values().find(|entry| entry.id().0 == "3NIGHT").expect("the entry");
    assert_eq!(entry.site_day.value(), Some(&day(0)), "the site's day is the day");
}

#[test]
fn what_was_seen_since_the_queue_was_read_stays() {
    let site = Site::default().with_row(day(0), row("3A", "Paid"));
    let mut world = World::new(site, Store::default());
    let plan = world.plan();
    let mut run = world.begin(plan);
    world.advance(&mut run); // The queue.
    world.store.held("3NEW", world.now);
    while world.advance(&mut run).is_none() {}
    assert_eq!(world.store.state("3NEW"), State::InProgress);
}

#[test]
fn what_can_still_be_handed_in_needs_its_days_read_and_not_merely_settled() {
    // Today looked settled on the dashboard; the task's time runs until after that.
    let mut store = Store::default();
    store.held("3OPEN", minutes_ago(30));
    let mut world = World::new(Site::default(), store);
    let plan = world.plan();
    assert!(plan.days.is_empty());
    // Handed in elsewhere after the dashboard was read.
    world.site = world.site.clone().with_row(day(0), row("3OPEN", "Submitted"));
    world.run_to_end(plan);
    assert_eq!(world.store.state("3OPEN"), State::InProgress);
    assert_eq!(world.reconcile().0, Step::Done);
    assert_eq!(world.store.state("3OPEN"), State::Pending);
}

#[test]
fn an_entry_without_its_times_or_known_to_the_site_is_not_open() {
    let mut store = Store::default();
    store.held("3A", minutes_ago(600));
    let entry = store.entries.values().next().expect("an entry").clone();
    let open = OpenEntry::of(&entry).expect("open");
    assert_eq!((open.accepted_at, open.last_seen), (minutes_ago(600), minutes_ago(600)));
    let site = Site::default().with_row(day(0), row("3A", "Submitted"));
    let mut world = World::new(site, store);
    world.reconcile();
    let listed = world.store.entries.values().next().expect("an entry");
    assert_eq!((listed.state(), OpenEntry::of(listed)), (State::Pending, None));
    let bare = crate::domain::history::Entry::new(entry.id().clone());
    assert_eq!(OpenEntry::of(&bare), None);
    assert!(open.deadline < NOW);
}
