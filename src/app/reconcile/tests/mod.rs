//! Against a site that is simulated down to the text of its answers.

mod ends;
mod extension;
mod kills;
mod moments;
mod odd_answers;
mod plans;
mod world;

use super::*;
use crate::domain::history::State;
use world::{Fault, NOW, Site, Store, World, day, minutes_ago, row};

#[test]
fn an_ordinary_run_brings_the_record_up_to_date() {
    let site = Site::default()
        .with_row(day(-1), row("3A", "Paid"))
        .with_row(day(-1), row("3B", "Rejected"))
        .with_row(day(0), row("3C", "Submitted"))
        .with_held("3D");
    let mut store = Store::default();
    store.submitted("3A", minutes_ago(1_500));
    store.held("3D", minutes_ago(20));
    let mut world = World::new(site, store);
    let plan = world.plan();
    assert_eq!(plan.days.iter().map(|plan| plan.day).collect::<Vec<_>>(), [day(0), day(-1)]);
    assert_eq!((plan.requests(), plan.minutes()), (5, 1));
    assert_eq!(plan.words(), "2 days, 5 requests, about a minute.");
    let (end, summary) = world.run_to_end(plan);
    assert_eq!(end, Step::Done);
    assert_eq!(summary.words(), "2 days read.");
    assert_eq!(
        world.site.paths(),
        [
            "/dashboard?format=json".to_owned(),
            "/tasks?format=json".to_owned(),
            format!("/status_details/{}?page_number=1&format=json", day(0)),
            format!("/status_details/{}?page_number=2&format=json", day(0)),
            format!("/status_details/{}?page_number=1&format=json", day(-1)),
            format!("/status_details/{}?page_number=2&format=json", day(-1)),
        ]
    );
    let states: Vec<State> = ["3A", "3B", "3C", "3D"].iter().map(|id| world.store.state(id)).collect();
    assert_eq!(states, [State::Paid, State::Rejected, State::Pending, State::InProgress]);
    assert!(world.plan().days.iter().all(|plan| plan.day == day(0)) || world.plan().days.is_empty());
}

#[test]
fn requests_keep_their_distance_and_are_never_two() {
    let mut site = Site::default();
    for number in 0..90 {
        site = site.with_row(day(-2), row(&format!("3R{number}"), "Approved"));
    }
    let mut world = World::new(site, Store::default());
    let plan = world.plan();
    assert_eq!(plan.requests(), 1 + 6);
    world.run_to_end(plan);
    let sent = &world.site.sent;
    assert_eq!(sent.len(), 1 + 7);
    assert!(sent.windows(2).all(|pair| pair[1].0.0 - pair[0].0.0 >= 1_500), "{sent:?}");
    assert_eq!(world.store.entries.len(), 90);
}

#[test]
fn a_run_pauses_while_a_work_page_is_open() {
    let site = Site::default().with_row(day(0), row("3A", "Paid"));
    let mut world = World::new(site, Store::default());
    let plan = world.plan();
    let mut run = world.begin(plan);
    let Step::Fetch(request) = world.step(&mut run) else { panic!("a request") };
    run.set_work_page_open(true);
    let answer = world.site.answer(&request, world.now);
    run.answered(answer, world.now);
    let Step::Take(batch) = world.step(&mut run) else { panic!("what was on its way is read") };
    world.store.apply(&batch);
    run.taken();
    assert_eq!(run.next(Timestamp(NOW.0 + 3_600_000)), Step::Paused);
    run.set_work_page_open(false);
    assert!(matches!(run.next(Timestamp(NOW.0 + 3_600_000)), Step::Fetch(_)));
}

#[test]
fn progress_names_the_day_and_reaches_the_end() {
    let mut site = Site::default();
    for number in 0..45 {
        site = site.with_row(day(-3), row(&format!("3R{number}"), "Paid"));
    }
    let mut world = World::new(site.with_row(day(-1), row("3A", "Paid")), Store::default());
    let plan = world.plan();
    let mut run = world.begin(plan);
    let mut said = vec![run.progress().words()];
    let mut done = vec![run.progress().requests_done];
    while world.advance(&mut run).is_none() {
        if said.last() != Some(&run.progress().words()) {
            said.push(run.progress().words());
        }
        done.push(run.progress().requests_done);
    }
    assert!(done.is_sorted(), "{done:?}");
    assert_eq!((done.last(), run.progress().requests), (Some(&7), 7));
    assert_eq!(said[0], "Your queue");
    assert!(said.iter().any(|line| line.ends_with(", page 2: day 2 of 2")), "{said:?}");
    assert_eq!(said.last().map(String::as_str), Some("2 of 2 days"));
}

#[test]
fn one_refusal_slows_and_the_second_ends_for_good() {
    let site = Site::default().with_row(day(0), row("3A", "Paid")).with_row(day(-1), row("3B", "Paid"));
    let mut world = World::new(site, Store::default());
    let plan = world.plan();
    world.site.fault_at(2, Fault::TooMany);
    let (end, _) = world.run_to_end(plan);
    assert_eq!(end, Step::Done, "one is no end");
    let gaps: Vec<i64> = world.site.sent.windows(2).map(|pair| pair[1].0.0 - pair[0].0.0).collect();
    assert!(gaps[2] >= 2_000 && gaps[3..].iter().all(|gap| *gap >= 3_000), "{gaps:?}");

    let site = Site::default().with_row(day(0), row("3A", "Paid"));
    let mut world = World::new(site, Store::default());
    let plan = world.plan();
    world.site.fault_at(1, Fault::TooMany);
    world.site.fault_at(3, Fault::TooMany);
    let mut run = world.begin(plan);
    let end = loop {
        if let Some(end) = world.advance(&mut run) {
            break end;
        }
    };
    assert_eq!(end, Step::Stopped(Stop::TooManyRequests));
    assert!(!Stop::TooManyRequests.can_go_on());
    assert_eq!(Run::restore(&run.saved(), world.start(), world.now).err(), Some(RestoreError::Over));
}
