use super::*;
use crate::behaviour::FiledBy;
use crate::clock::epoch_secs;
use crate::group::Reward;

const NOON: &str = "2026-11-21T20:00:00Z";

fn noon() -> i64 {
    epoch_secs(NOON).unwrap()
}

fn group(cents: u32) -> Group {
    Group {
        monetary_reward: Reward::usd_cents(cents),
        assignable_hits_count: 3,
        ..Group::with_ids("3EXAMPLE", "A2EXAMPLE")
    }
}

fn take(ledger: &mut Ledger, group: &Group, number: u64) -> Result<String, Refused> {
    let taking = Taking { group, number, accepted_at: noon(), laid: false };
    ledger.accept(&taking).map(|entry| entry.assignment_id.clone())
}

fn submitted(ledger: &mut Ledger, number: u64, cents: u32) -> String {
    let id = take(ledger, &group(cents), number).unwrap();
    ledger.entry(&id).unwrap().submit(noon() + 60, FiledBy::Submission).unwrap();
    id
}

#[test]
fn ids_have_the_site_s_shape_and_none_comes_twice() {
    let mut ledger = Ledger::default();
    let mut ids: Vec<String> = (1..=3).map(|number| take(&mut ledger, &group(5), number).unwrap()).collect();
    ids.extend(ledger.entries().iter().map(|entry| entry.task_id.clone()));
    assert!(ids.iter().all(|id| id.len() == 30 && id.starts_with('3')), "{ids:?}");
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 6);
}

#[test]
fn a_group_runs_out_and_a_returned_task_comes_back() {
    let mut ledger = Ledger::default();
    let first = take(&mut ledger, &group(5), 1).unwrap();
    take(&mut ledger, &group(5), 2).unwrap();
    take(&mut ledger, &group(5), 3).unwrap();
    assert_eq!(take(&mut ledger, &group(5), 4), Err(Refused::NoMore));
    ledger.entry(&first).unwrap().give_back().unwrap();
    assert!(take(&mut ledger, &group(5), 5).is_ok());
    let locked = Group { caller_meets_requirements: false, ..group(5) };
    assert_eq!(take(&mut ledger, &locked, 6), Err(Refused::NotQualified));
}

#[test]
fn no_more_than_25_are_held() {
    let mut ledger = Ledger::default();
    let many = Group { assignable_hits_count: 600, ..group(5) };
    for number in 0..25 {
        take(&mut ledger, &many, number).unwrap();
    }
    assert_eq!(take(&mut ledger, &many, 25), Err(Refused::TooManyHeld));
}

#[test]
fn every_way_but_the_site_s_is_refused() {
    use AssignmentState::{Approved, Held, Paid, Rejected, Submitted};
    let mut ledger = Ledger::default();
    let id = take(&mut ledger, &group(40), 1).unwrap();
    let entry = ledger.entry(&id).unwrap();
    assert_eq!(entry.approve(), Err(Refused::WrongState(Held)));
    assert_eq!(entry.reject("no"), Err(Refused::WrongState(Held)));
    entry.submit(noon(), FiledBy::Submission).unwrap();
    assert_eq!(entry.give_back(), Err(Refused::WrongState(Submitted)));
    assert_eq!(entry.pay(), Err(Refused::WrongState(Submitted)));
    entry.reject("The code is missing.").unwrap();
    assert_eq!(entry.approve(), Err(Refused::WrongState(Rejected)));
    entry.overturn().unwrap();
    assert_eq!((entry.state, entry.feedback.as_deref()), (Approved, Some("The code is missing.")));
    entry.pay().unwrap();
    assert_eq!(entry.expire(noon()), Err(Refused::WrongState(Paid)));
    assert_eq!(ledger.find("3NOBODYS").err(), Some(Refused::NoSuchAssignment));
}

#[test]
fn tasks_expire_at_their_deadline_and_not_before() {
    let mut ledger = Ledger::default();
    let id = take(&mut ledger, &group(5), 1).unwrap();
    ledger.settle(noon() + 3_599);
    assert_eq!(ledger.held().count(), 1);
    ledger.settle(noon() + 3_600);
    assert_eq!(ledger.find(&id).unwrap().state, AssignmentState::Expired);
}

#[test]
fn the_day_is_that_of_submission_or_of_acceptance() {
    let before_midnight = epoch_secs("2026-11-22T07:59:00Z").unwrap();
    for (filed_by, day) in [(FiledBy::Submission, "2026-11-22"), (FiledBy::Acceptance, "2026-11-21")] {
        let mut ledger = Ledger::default();
        let group = group(5);
        let taking = Taking { group: &group, number: 1, accepted_at: before_midnight, laid: false };
        let id = ledger.accept(&taking).unwrap().assignment_id.clone();
        ledger.entry(&id).unwrap().submit(before_midnight + 120, filed_by).unwrap();
        assert_eq!(ledger.find(&id).unwrap().day.unwrap().to_string(), day);
    }
}

#[test]
fn figures_add_up() {
    let mut ledger = Ledger::default();
    let today = Day::at(noon());
    let ids: Vec<String> =
        [25, 125, 200].iter().zip(1..).map(|(&c, n)| submitted(&mut ledger, n, c)).collect();
    ledger.entry(&ids[0]).unwrap().approve().unwrap();
    ledger.entry(&ids[1]).unwrap().reject("").unwrap();
    ledger.bonus(today, 150);
    ledger.bonus(today, 5);
    ledger.bonus(today.days_before(3), 10);
    let expected =
        Figures { submitted: 3, approved: 1, rejected: 1, pending: 1, rewards_cents: 25, bonus_cents: 155 };
    assert_eq!(ledger.figures_of(today).figures, expected);
    assert_eq!(ledger.figures(), Figures { bonus_cents: 165, ..expected });
    assert_eq!((expected.earnings_cents(), expected.approval_per_mille()), (180, 500));
    let days: Vec<Day> = ledger.days().iter().map(|day| day.day).collect();
    assert_eq!(days, [today, today.days_before(3)]);
}

#[test]
fn nothing_is_paid_for_nothing() {
    let mut ledger = Ledger::default();
    let id = submitted(&mut ledger, 1, 0);
    ledger.entry(&id).unwrap().approve().unwrap();
    assert_eq!(ledger.entry(&id).unwrap().pay(), Err(Refused::NothingToPay));
    assert_eq!(ledger.find(&id).unwrap().state, AssignmentState::Approved);
}
