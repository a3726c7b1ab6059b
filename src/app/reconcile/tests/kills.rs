//! Ended at any moment and repeated, a run has the same result.

use proptest::prelude::*;

use super::super::*;
use super::world::{Fault, NOW, Site, Store, World, account, day, minutes_ago, row};
use crate::domain::history::State;

/// What stands between two runs, or in the middle of one.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// The background dies after so many steps; the run goes on from what was saved last.
    Resume(u8),
    /// It dies, and the worker begins anew.
    Anew(u8),
    /// The worker cancels after so many steps, and goes on.
    Cancel(u8),
}

fn cut() -> impl Strategy<Value = Cut> {
    prop_oneof![
        (0_u8..40).prop_map(Cut::Resume),
        (0_u8..40).prop_map(Cut::Anew),
        (0_u8..40).prop_map(Cut::Cancel),
    ]
}

/// Days back and state of one row; what the record knew of it; whether the site has it.
type Case = (i32, u8, u8, u8);

const STATES: [&str; 4] = ["Submitted", "Approved", "Paid", "Rejected"];

fn world(cases: &[Case]) -> World {
    let mut site = Site::default();
    let mut store = Store::default();
    for (number, (back, state, known, listed)) in cases.iter().enumerate() {
        let id = format!("3E{number}");
        let at = minutes_ago(600 + i64::from(*back) * 1_440);
        match known % 3 {
            0 => store.held(&id, at),
            1 => store.submitted(&id, at),
            _ => {}
        }
        match listed % 4 {
            0 if site_has_room(&site) => site = site.with_held(&id),
            1 | 2 => site = site.with_row(day(-back), row(&id, STATES[usize::from(state % 4)])),
            _ => {}
        }
    }
    World::new(site, store)
}

fn site_has_room(site: &Site) -> bool {
    (0..100).filter(|number| site.holds(&format!("3E{number}"))).count() < 25
}

/// Runs until a run is done, cut up as asked.
fn reconcile_with(world: &mut World, cuts: &[Cut]) {
    let mut cuts = cuts.iter();
    let plan = world.plan();
    let mut run = world.begin(plan);
    let mut saved = run.saved();
    let mut next_cut = cuts.next();
    let mut steps = 0_u8;
    loop {
        let at = match next_cut {
            Some(Cut::Resume(at) | Cut::Anew(at) | Cut::Cancel(at)) => Some(*at),
            None => None,
        };
        if at == Some(steps) {
            match next_cut {
                Some(Cut::Anew(_)) => {
                    let plan = world.plan();
                    run = world.begin(plan);
                }
                Some(Cut::Cancel(_)) => {
                    run.cancel();
                    while world.advance(&mut run).is_none() {}
                    run = Run::restore(&run.saved(), world.start(), world.now).expect("a run");
                }
                _ => run = Run::restore(&saved, world.start(), world.now).expect("a run"),
            }
            saved = run.saved();
            next_cut = cuts.next();
            steps = 0;
        }
        let stored_before = matches!(run.next(world.now), Step::Take(_));
        match world.advance(&mut run) {
            None => {}
            Some(Step::Done) => return,
            Some(end) => panic!("{end:?}"),
        }
        // Saved behind the transaction, as storage does: sometimes it dies between the two.
        if stored_before && steps.is_multiple_of(2) {
            saved = run.saved();
        }
        steps = steps.saturating_add(1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn however_it_is_cut_the_record_is_the_same(
        cases in proptest::collection::vec((0_i32..4, any::<u8>(), any::<u8>(), any::<u8>()), 0..70),
        cuts in proptest::collection::vec(cut(), 0..6),
        faults in proptest::collection::vec((1_usize..12, any::<bool>()), 0..3),
    ) {
        let mut whole = world(&cases);
        whole.reconcile();
        let mut cut_up = world(&cases);
        for (at, is_lost) in faults {
            let fault = if is_lost { Fault::Lost } else { Fault::Status(503, "no") };
            // No three in a row.
            cut_up.site.fault_at(at * 3, fault);
        }
        reconcile_with(&mut cut_up, &cuts);
        prop_assert_eq!(cut_up.store.essence(), whole.store.essence());
        let gaps = cut_up.site.sent.windows(2).map(|pair| pair[1].0.0 - pair[0].0.0);
        prop_assert!(gaps.min().is_none_or(|gap| gap >= 1_500));
        // And it is the site's ledger: each row as it stands there, each held task held, the rest gone.
        let ledger: Vec<(String, &str)> =
            whole.site.ledger().map(|(_, row)| (row.id.clone(), row.state.as_str())).collect();
        for entry in whole.store.entries.values() {
            let listed = ledger.iter().find(|(id, _)| *id == entry.id().0).map(|(_, state)| *state);
            let expected = match listed {
                Some("Submitted") => State::Pending,
                Some("Approved") => State::Approved,
                Some("Paid") => State::Paid,
                Some(_) => State::Rejected,
                None if whole.site.holds(&entry.id().0) => entry.state(),
                None => State::Abandoned,
            };
            prop_assert_eq!(entry.state(), expected, "{}", entry.id().0);
            prop_assert!(listed.is_some() || !whole.site.holds(&entry.id().0) || entry.state() != State::Abandoned);
        }
        prop_assert!(ledger.iter().all(|(id, _)| whole.store.state(id) != State::Unknown));
    }

    #[test]
    fn no_sequence_of_answers_panics_or_hurries(
        answers in proptest::collection::vec((any::<u8>(), 0_i64..200_000, any::<bool>()), 0..80),
    ) {
        let mut world = world(&[(0, 0, 1, 1), (1, 2, 0, 2), (2, 1, 1, 3)]);
        let plan = world.plan();
        let mut run = world.begin(plan);
        let mut sent_at: Option<Timestamp> = None;
        for (kind, after, is_open) in answers {
            world.now = Timestamp(world.now.0 + after);
            run.set_work_page_open(is_open);
            let Step::Fetch(request) = run.next(world.now) else {
                if matches!(run.next(world.now), Step::Take(_)) {
                    run.taken();
                }
                continue;
            };
            prop_assert!(!is_open);
            prop_assert!(sent_at.is_none_or(|sent| world.now.0 - sent.0 >= 1_500));
            sent_at = Some(world.now);
            let fault = match kind % 9 {
                0 => Some(Fault::Lost),
                1 => Some(Fault::TooMany),
                2 => Some(Fault::Status(500, "")),
                3 => Some(Fault::Status(400, "")),
                4 => Some(Fault::Text("{\"results\":[{}]}".to_owned())),
                5 => Some(Fault::Text("[".to_owned())),
                _ => None,
            };
            if let Some(fault) = fault {
                world.site.fault_at(world.site.sent.len(), fault);
            }
            let answer = world.site.answer(&request, world.now);
            run.answered(answer, world.now);
            prop_assert!(run.progress().requests_done <= run.progress().requests);
            prop_assert!(run.stopped() == Some(Stop::TooManyRequests)
                || Run::restore(&run.saved(), world.start(), world.now).is_ok());
        }
    }

    #[test]
    fn no_saved_text_panics(text in ".{0,300}", cut in 0_usize..2_000) {
        let mut world = world(&[(0, 0, 1, 1)]);
        let plan = world.plan();
        let run = world.begin(plan);
        let saved = run.saved();
        for text in [text.as_str(), saved.get(..cut).filter(|part| part.len() < saved.len()).unwrap_or("")] {
            let restored = Run::restore(text, world.start(), world.now);
            prop_assert_eq!(restored.err(), Some(RestoreError::Unreadable));
        }
        prop_assert!(Run::restore(&saved, world.start(), world.now).is_ok());
    }
}

#[test]
fn an_old_run_is_not_gone_on_with() {
    let mut world = world(&[(0, 0, 1, 1)]);
    let plan = world.plan();
    let saved = world.begin(plan).saved();
    let later = Timestamp(NOW.0 + RESUMABLE_FOR_MS + 10_000);
    assert_eq!(Run::restore(&saved, world.start(), later).err(), Some(RestoreError::TooOld));
    let newer = saved.replace("\"version\":1", "\"version\":2");
    assert_eq!(Run::restore(&newer, world.start(), NOW).err(), Some(RestoreError::Unreadable));
    let sandbox = Start { host: "workersandbox.mturk.com".into(), ..world.start() };
    assert_eq!(Run::restore(&saved, sandbox, NOW).err(), Some(RestoreError::OtherAccount));
    for error in
        [RestoreError::Unreadable, RestoreError::OtherAccount, RestoreError::Over, RestoreError::TooOld]
    {
        assert!(error.words().ends_with('.'));
    }
    assert_eq!(world.start().account, account());
}
