//! The cases for which the rules of the state were made.

use super::*;
use ServerState::{Approved, Paid, Rejected, Submitted};
use Source::{
    Clock, ExpiryAlert, Import, Queue, Reconcile, ReturnAlert, ReturnForm, StatusPage, SubmitAlert,
    SubmitMessage, WorkPage, Worker,
};
use StateWord::{Expired, Gone, Held, Returned, ScreenedOut, Server, SubmitFailed};

fn state(said: &[(i64, Source, StateWord)]) -> State {
    let observations: Vec<_> = said.iter().map(|(at, source, said)| word(*at, *source, *said)).collect();
    entry_of(&observations).state()
}

const TAKEN: (i64, Source, StateWord) = (0, WorkPage, Held);

#[test]
fn the_plain_course() {
    let said = [
        TAKEN,
        (60, SubmitMessage, StateWord::Submitted),
        (62, SubmitAlert, StateWord::Submitted),
        (90, StatusPage, Server(Submitted)),
        (900, StatusPage, Server(Approved)),
        (9_000, Reconcile, Server(Paid)),
    ];
    let states: Vec<State> = (0..=said.len()).map(|count| state(&said[..count])).collect();
    let expected = [
        State::Unknown,
        State::InProgress,
        State::Pending,
        State::Pending,
        State::Pending,
        State::Approved,
        State::Paid,
    ];
    assert_eq!(states, expected);
}

#[test]
fn a_failed_submission_is_held_again_and_may_succeed_later() {
    let tried = [TAKEN, (60, SubmitMessage, StateWord::Submitted), (61, SubmitAlert, SubmitFailed)];
    assert_eq!(state(&tried), State::InProgress);
    let again = [&tried[..], &[(80, SubmitMessage, StateWord::Submitted)]].concat();
    assert_eq!(state(&again), State::Pending);
    let failed_later = [TAKEN, (60, SubmitAlert, StateWord::Submitted), (70, SubmitAlert, SubmitFailed)];
    assert_eq!(state(&failed_later), State::InProgress);
}

#[test]
fn the_timer_of_a_page_that_is_leaving_expires_nothing() {
    let said = [TAKEN, (60, SubmitMessage, StateWord::Submitted), (61, WorkPage, Expired)];
    assert_eq!(state(&said), State::Pending);
    assert_eq!(state(&[TAKEN, (61, WorkPage, Expired), (99, Queue, Gone)]), State::Expired);
}

#[test]
fn an_old_link_to_handed_in_work_expires_nothing() {
    let said = [TAKEN, (60, SubmitAlert, StateWord::Submitted), (99, ExpiryAlert, Expired)];
    assert_eq!(state(&said), State::Pending);
}

#[test]
fn a_return_that_was_only_tried_is_undone_by_seeing_the_task_held() {
    let tried = [TAKEN, (50, ReturnForm, Returned(None))];
    assert_eq!(state(&tried), State::Returned);
    let held = [&tried[..], &[(55, Queue, Held)]].concat();
    assert_eq!(state(&held), State::InProgress);
    let gone = [&held[..], &[(90, Queue, Gone)]].concat();
    assert_eq!(state(&gone), State::Returned, "the attempt explains why it is gone");
    let answered = [&held[..], &[(56, ReturnAlert, Returned(None))]].concat();
    assert_eq!(state(&answered), State::Returned);
    let observations: Vec<_> = answered.iter().map(|(at, source, said)| word(*at, *source, *said)).collect();
    assert!(entry_of(&observations).is_final());
    assert!(!entry_of(&observations[..2]).is_final());
}

#[test]
fn gone_without_an_attempt_is_abandoned_until_it_is_held_again() {
    assert_eq!(state(&[TAKEN, (50, Queue, Gone)]), State::Abandoned);
    assert_eq!(state(&[TAKEN, (50, Queue, Gone), (60, Queue, Held)]), State::InProgress);
    assert_eq!(state(&[TAKEN, (50, Queue, Gone), (60, SubmitMessage, StateWord::Submitted)]), State::Pending);
    assert_eq!(state(&[(50, Queue, Gone)]), State::Abandoned);
}

#[test]
fn nothing_pending_is_dropped_because_a_list_does_not_have_it() {
    let handed_in = [TAKEN, (60, SubmitAlert, StateWord::Submitted)];
    for source in [Queue, Reconcile] {
        assert_eq!(state(&[&handed_in[..], &[(99, source, Gone)]].concat()), State::Pending);
    }
    let on_page = [TAKEN, (60, StatusPage, Server(Submitted)), (99, Reconcile, Gone)];
    assert_eq!(state(&on_page), State::Pending);
    // A message alone may never have reached the site; its complete list says so, a queue does not.
    let message = [TAKEN, (60, SubmitMessage, StateWord::Submitted)];
    assert_eq!(state(&[&message[..], &[(99, Queue, Gone)]].concat()), State::Pending);
    assert_eq!(state(&[&message[..], &[(99, Reconcile, Gone)]].concat()), State::Abandoned);
}

#[test]
fn a_rejection_that_is_taken_back_is_overturned_for_ever() {
    let rejected = word(10, StatusPage, Server(Rejected));
    let approved = word(20, Reconcile, Server(Approved));
    let again = word(30, StatusPage, Server(Rejected));
    let entry = entry_of(&[approved.clone(), rejected.clone()]);
    assert_eq!((entry.state(), entry.is_overturned()), (State::Approved, true));
    let entry = entry_of(&[again.clone(), approved.clone(), rejected]);
    assert_eq!((entry.state(), entry.is_overturned()), (State::Rejected, true));
    let entry = entry_of(&[approved, again]);
    assert_eq!((entry.state(), entry.is_overturned()), (State::Rejected, false));
}

#[test]
fn a_file_overturns_only_what_a_file_said() {
    let overturned = |first: Source, then: Source| {
        entry_of(&[word(10, first, Server(Rejected)), word(20, then, Server(Paid))]).is_overturned()
    };
    assert!(!overturned(StatusPage, Import));
    assert!(
        overturned(Import, StatusPage) && overturned(Import, Import) && overturned(StatusPage, Reconcile)
    );
}

#[test]
fn an_old_page_undoes_no_decision_and_no_payment() {
    assert_eq!(
        state(&[(10, StatusPage, Server(Approved)), (20, StatusPage, Server(Submitted))]),
        State::Approved
    );
    assert_eq!(state(&[(10, StatusPage, Server(Paid)), (20, StatusPage, Server(Approved))]), State::Paid);
}

#[test]
fn approved_work_without_a_reward_counts_as_paid() {
    let approved = |source, reward| {
        let facts = vec![Fact::State(Server(Approved)), Fact::Reward(usd(reward))];
        entry_of(&[observed(10, source, facts)]).state()
    };
    assert_eq!(approved(StatusPage, 0), State::Paid);
    assert_eq!(approved(StatusPage, 1), State::Approved);
    let unknown = entry_of(&[word(10, StatusPage, Server(Approved))]);
    assert_eq!(unknown.state(), State::Approved);
}

#[test]
fn a_file_knows_less_than_the_site_and_the_worker() {
    // Files of other tools have counted returned tasks as paid.
    let returned = [TAKEN, (50, ReturnAlert, Returned(None)), (99, Import, Server(Paid))];
    assert_eq!(state(&returned), State::Returned);
    assert_eq!(state(&[(10, StatusPage, Server(Rejected)), (99, Import, Server(Paid))]), State::Rejected);
    // It may know how something ended that the site no longer shows.
    assert_eq!(state(&[(10, StatusPage, Server(Submitted)), (99, Import, Server(Paid))]), State::Paid);
    assert_eq!(state(&[TAKEN, (99, Import, Server(Paid))]), State::Paid);
}

#[test]
fn the_worker_may_correct_what_was_seen_and_the_server_corrects_the_worker() {
    let screened = [TAKEN, (50, ReturnAlert, Returned(None)), (60, Worker, ScreenedOut)];
    assert_eq!(state(&screened), State::ScreenedOut);
    assert_eq!(state(&[&screened[..], &[(70, Worker, StateWord::Submitted)]].concat()), State::Pending);
    assert_eq!(state(&[&screened[..], &[(70, Worker, Held)]].concat()), State::Returned);
    assert_eq!(state(&[&screened[..], &[(5, StatusPage, Server(Submitted))]].concat()), State::Pending);
    // Taken back, it leaves what was seen as it was: no sight of a held task, no attempt.
    let returning = [TAKEN, (50, ReturnForm, Returned(None)), (60, Worker, ScreenedOut), (70, Worker, Held)];
    assert_eq!(state(&returning), State::Returned);
    assert_eq!(state(&[TAKEN, (60, Worker, ScreenedOut), (70, Worker, Held)]), State::InProgress);
}

#[test]
fn the_reason_of_a_return_comes_from_the_worker_and_the_state_from_the_site() {
    let reason = ReturnReason::Underpaid(Percent::new(40));
    let said = [
        TAKEN,
        (50, ReturnForm, Returned(None)),
        (51, ReturnAlert, Returned(None)),
        (70, Worker, Returned(Some(reason))),
    ];
    let observations: Vec<_> = said.iter().map(|(at, source, said)| word(*at, *source, *said)).collect();
    let entry = entry_of(&observations);
    assert_eq!((entry.state(), entry.return_reason.value()), (State::Returned, Some(&reason)));
    assert_eq!(Percent::new(101), None);
}

#[test]
fn the_server_may_say_how_other_ends_came_about() {
    let returned_later = [(10, StatusPage, Server(Submitted)), (20, StatusPage, Returned(None))];
    assert_eq!(state(&returned_later), State::Returned);
    assert_eq!(state(&[(10, StatusPage, Expired), (20, Clock, StateWord::Submitted)]), State::Expired);
}

#[test]
fn fields_follow_their_sources() {
    let entry = entry_of(&[
        observed(
            5,
            WorkPage,
            vec![Fact::AcceptedAt(Timestamp(1_100)), Fact::Reward(usd(5)), Fact::Available(9)],
        ),
        observed(50, WorkPage, vec![Fact::AcceptedAt(Timestamp(1_200)), Fact::Available(4)]),
        observed(60, Queue, vec![Fact::AcceptedAt(Timestamp(1_000)), Fact::Reward(usd(6))]),
        observed(61, SubmitMessage, vec![Fact::SubmittedAt(Timestamp(61))]),
        observed(63, SubmitAlert, vec![Fact::SubmittedAt(Timestamp(63))]),
        observed(70, StatusPage, vec![Fact::Reward(usd(7)), Fact::Feedback(Some("why".to_owned()))]),
        observed(80, Reconcile, vec![Fact::Reward(usd(8)), Fact::Feedback(None), Fact::SiteDay(SiteDay(2))]),
        observed(
            99,
            Import,
            vec![Fact::Reward(usd(9)), Fact::SiteDay(SiteDay(1)), Fact::Title("t".to_owned())],
        ),
        observed(90, Worker, vec![Fact::Worked(Worked::new(840, 840, 0, How::Corrected))]),
        observed(95, Clock, vec![Fact::Worked(Worked::new(5, 60, 60, How::SeveralHeld))]),
    ]);
    assert_eq!(entry.accepted_at.value(), Some(&Timestamp(1_000)), "the queue is exact");
    assert_eq!(entry.available.value(), Some(&9), "as it was when accepted");
    assert_eq!(entry.submitted_at.value(), Some(&Timestamp(61)));
    assert_eq!(entry.reward.value(), Some(&usd(8)), "the server's latest");
    assert_eq!(entry.feedback.value().map(String::as_str), Some("why"));
    assert_eq!(entry.site_day.value(), Some(&SiteDay(2)));
    assert_eq!(entry.working_time().map(|worked| worked.how), Some(How::Corrected));
    assert_eq!(entry.worked.value().map(|worked| worked.high_secs), Some(60), "what was measured stays");
    let mut taken_back = entry.clone();
    taken_back.merge(&observed(96, Worker, vec![Fact::Worked(Worked::new(0, 0, 0, How::HeldOnly))]));
    assert_eq!(taken_back.working_time(), entry.worked.value().copied());
    assert_eq!(entry.origin_of(Field::Title), Some(origin(99, Import)));
    assert_eq!(entry.origin_of(Field::Note), None);
}

#[test]
fn a_stand_in_id_gives_way_to_the_assignments() {
    let task = EntryId::of_task(&TaskId("3T".to_owned()));
    assert_eq!(task.stands_for(), Some(TaskId("3T".to_owned())));
    assert_eq!(id("3A").stands_for(), None);
    let mut entry = Entry::new(task.clone());
    entry.merge(&word(1, Queue, Held));
    assert_eq!(entry.id(), &id("3A"));
    let mut other = Entry::new(task);
    other.join(&entry);
    assert_eq!(other, entry);
}
