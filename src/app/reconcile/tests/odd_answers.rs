//! Broken and hostile answers: each is one line for the worker, and nothing wrong in the record.

use std::fmt::Write as _;

use super::super::*;
use super::world::{Fault, HOST, Site, Store, World, account, day, minutes_ago, row};
use crate::domain::history::State;

const CAPTCHA: &str = "<form>Type the characters you see <img class=\"captcha-image\"></form>";

fn world() -> World {
    let mut store = Store::default();
    store.submitted("3MINE", minutes_ago(600));
    World::new(Site::default().with_row(day(0), row("3A", "Paid")), store)
}

fn stopped_by(faults: &[Fault]) -> Stop {
    let mut world = world();
    let plan = world.plan();
    for (at, fault) in faults.iter().enumerate() {
        world.site.fault_at(at + 2, fault.clone());
    }
    let (end, _) = world.run_to_end(plan);
    assert_eq!(world.store.state("3MINE"), State::Pending, "{faults:?}");
    match end {
        Step::Stopped(why) => why,
        end => panic!("{faults:?}: {end:?}"),
    }
}

#[test]
fn every_end_has_its_reason_and_its_words() {
    let sign_in = Fault::Redirect("https://www.amazon.com/ap/signin?openid=x");
    assert_eq!(stopped_by(&[sign_in]), Stop::SignedOut);
    assert_eq!(stopped_by(&[Fault::Redirect("https://worker.mturk.com/")]), Stop::Redirected);
    assert_eq!(stopped_by(&[Fault::Redirect("https://worker.mturk.com.example.org/x")]), Stop::SignedOut);
    assert_eq!(stopped_by(&[Fault::Status(401, "")]), Stop::SignedOut);
    assert_eq!(stopped_by(&[Fault::Status(200, CAPTCHA)]), Stop::Captcha);
    assert_eq!(stopped_by(&[Fault::Status(503, CAPTCHA)]), Stop::Captcha);
    assert_eq!(stopped_by(&[Fault::Account(Some("two"))]), Stop::OtherAccount);
    assert_eq!(stopped_by(&[Fault::Account(None)]), Stop::UnknownAccount);
    let unknown = Fault::Text("{\"results\":[{\"id\":1},{\"id\":2}]}".to_owned());
    assert_eq!(stopped_by(&[unknown]), Stop::NotUnderstood);
    let trouble = Fault::Status(503, "<h1>Service Unavailable</h1>");
    let html = Fault::Status(200, "<!DOCTYPE html>");
    let no_list = Fault::Text("{\"results\":null}".to_owned());
    assert_eq!(stopped_by(&[trouble.clone(), html.clone(), Fault::Lost]), Stop::Failures);
    assert_eq!(stopped_by(&[no_list, html, trouble]), Stop::Failures);
    for why in [
        Stop::Cancelled,
        Stop::SignedOut,
        Stop::Redirected,
        Stop::Captcha,
        Stop::TooManyRequests,
        Stop::Failures,
        Stop::NotUnderstood,
        Stop::OtherAccount,
        Stop::UnknownAccount,
    ] {
        let words = why.words();
        assert!(words.ends_with('.') && words.len() < 160 && !words.contains("error"), "{words}");
    }
}

#[test]
fn two_failures_in_a_row_are_waited_out() {
    let mut world = world();
    let plan = world.plan();
    world.site.fault_at(2, Fault::Lost);
    world.site.fault_at(3, Fault::Status(503, "no"));
    assert_eq!(world.run_to_end(plan).0, Step::Done);
    let gaps: Vec<i64> = world.site.sent.windows(2).map(|pair| pair[1].0.0 - pair[0].0.0).collect();
    assert!(gaps[2] >= 2_000 && gaps[3] >= 4_000, "{gaps:?}");
    assert_eq!(world.store.state("3A"), State::Paid);
}

#[test]
fn an_answer_that_never_comes_is_a_failure_and_comes_too_late() {
    let mut world = world();
    let plan = world.plan();
    let mut run = world.begin(plan);
    let Step::Fetch(first) = world.step(&mut run) else { panic!("a request") };
    let late = world.site.answer(&first, world.now);
    let Step::Fetch(second) = world.step(&mut run) else { panic!("the same again, after a minute") };
    assert_eq!((first.path, first.number + 1), (second.path.clone(), second.number));
    run.answered(late, world.now);
    assert!(matches!(run.next(world.now), Step::Wait { .. }), "the late answer is not listened to");
    let answer = world.site.answer(&second, world.now);
    run.answered(answer, world.now);
    assert!(matches!(run.next(world.now), Step::Take(_)));
}

#[test]
fn a_refused_day_is_named_and_the_others_are_read() {
    let site = Site::default().with_row(day(0), row("3A", "Paid")).with_row(day(-44), row("3B", "Paid"));
    for fault in
        [Fault::Status(400, "<p>Bad Request"), Fault::Text(format!("[\"{}\"]", "x".repeat(5_000_000)))]
    {
        let mut world = World::new(site.clone(), Store::default());
        let plan = world.plan();
        world.site.fault_at(2, fault);
        let (end, summary) = world.run_to_end(plan);
        assert_eq!((end, summary.refused, summary.read), (Step::Done, vec![day(0)], vec![day(-44)]));
        assert_eq!(world.store.state("3B"), State::Paid);
    }
}

#[test]
fn a_refused_or_endless_queue_ends_the_run() {
    for (fault, why) in [
        (Fault::Text(format!("[\"{}\"]", "x".repeat(5_000_000))), Stop::NotUnderstood),
        (Fault::Text("{\"tasks\":[{\"project\":{}}]}".to_owned()), Stop::NotUnderstood),
        (Fault::Text("{\"results\":[]}".to_owned()), Stop::Failures),
        (Fault::Status(400, "Request Header Or Cookie Too Large"), Stop::Failures),
    ] {
        let mut world = world();
        let plan = world.plan();
        for at in 1..4 {
            world.site.fault_at(at, fault.clone());
        }
        assert_eq!(world.run_to_end(plan).0, Step::Stopped(why));
        assert_eq!(world.store.state("3MINE"), State::Pending);
    }
}

fn page_of_rows(from: u32) -> String {
    let mut rows = String::new();
    for number in 0..20 {
        let separator = if number > 0 { "," } else { "" };
        let _ = write!(rows, "{separator}{}", row(&format!("3P{from}R{number}"), "Submitted").json());
    }
    format!("{{\"results\":[{rows}]}}")
}

#[test]
fn a_day_without_an_end_is_left_after_two_hundred_pages() {
    let mut world = world();
    let plan = world.plan();
    world.site.always = Some(page_of_rows);
    let (end, summary) = world.run_to_end(plan);
    assert_eq!((end, summary.partly), (Step::Done, vec![day(0)]));
    assert_eq!(world.site.sent.len(), 2 + 200, "no page is asked for beyond");
    assert_eq!(world.store.state("3MINE"), State::Pending, "the day was not read in full");
}

#[test]
fn a_site_that_gives_its_last_page_for_ever_is_not_asked_for_ever() {
    let mut world = world();
    let plan = world.plan();
    world.site.always = Some(|_| page_of_rows(1));
    let (end, summary) = world.run_to_end(plan);
    assert_eq!((end, summary.partly), (Step::Done, vec![day(0)]));
    assert_eq!(world.site.sent.len(), 2 + 2);
    assert_eq!(world.store.state("3MINE"), State::Pending);
}

#[test]
fn a_day_of_three_thousand_rows_is_read_in_full() {
    let mut site = Site::default();
    for number in 0..3_000 {
        site = site.with_row(day(-1), row(&format!("3R{number}"), "Approved"));
    }
    let mut world = World::new(site, Store::default());
    let (end, summary) = world.reconcile();
    assert_eq!((end, summary.read), (Step::Done, vec![day(-1)]));
    assert_eq!(world.store.entries.len(), 3_000);
    assert_eq!(world.site.sent.len(), 2 + 151);
}

#[test]
fn a_row_that_cannot_be_told_keeps_everything_open() {
    let mut world = world();
    let plan = world.plan();
    let rows =
        format!("{{\"results\":[{},{{\"state\":\"Paid\",\"title\":\"t\"}}]}}", row("3A", "Paid").json());
    world.site.fault_at(2, Fault::Text(rows));
    let (end, summary) = world.run_to_end(plan);
    assert_eq!((end, summary.partly), (Step::Done, vec![day(0)]));
    assert_eq!((world.store.state("3A"), world.store.state("3MINE")), (State::Paid, State::Pending));
}

#[test]
fn a_survey_ends_like_a_run() {
    let cases = [
        (Fault::Redirect("https://www.amazon.com/ap/signin"), Some(Stop::SignedOut)),
        (Fault::Status(200, CAPTCHA), Some(Stop::Captcha)),
        (Fault::Account(Some("two")), Some(Stop::OtherAccount)),
        (
            Fault::Text("{\"daily_hit_statistics_overview\":[{\"x\":1}]}".to_owned()),
            Some(Stop::NotUnderstood),
        ),
        (Fault::Text("{\"daily_hit_statistics_overview\":[]}".to_owned()), None),
        (Fault::Lost, None),
    ];
    for (fault, why) in cases {
        let mut world = world();
        world.site.fault_at(0, fault.clone());
        assert_eq!(world.survey().err(), why, "{fault:?}");
    }
    let start = Start { host: "example.org".into(), ..world().start() };
    assert!(Survey::new(start).is_none(), "no site of ours");
}

#[test]
fn another_account_seen_elsewhere_ends_the_run_and_takes_what_was_not_stored() {
    let mut world = world();
    let plan = world.plan();
    let mut run = world.begin(plan);
    world.advance(&mut run);
    run.saw_account(&account());
    assert!(matches!(run.next(world.now), Step::Take(_)), "the same account is no news");
    run.saw_account(&AccountTag("two".into()));
    assert_eq!(run.next(world.now), Step::Stopped(Stop::OtherAccount));
    let other = Start { account: AccountTag("two".into()), ..world.start() };
    assert_eq!(Run::restore(&run.saved(), other, world.now).err(), Some(RestoreError::OtherAccount));
    assert!(Run::restore(&run.saved(), world.start(), world.now).is_ok());
    assert_eq!(world.start().host, HOST);
}
