//! A day that is checked at any moments, of which the pages tell in any order, ends in the same record.

use proptest::prelude::*;

use super::world::{NOW, Site, Store, World, day, row};
use crate::domain::history::{Entry, EntryId, Fact, Observation, Source, State, StateWord};
use crate::domain::{Currency, Money, Timestamp};

/// Minutes from noon. All tasks were accepted then, and their time is over three hours after noon, as the queue says.
const ACCEPTED: i64 = -120;
const DEADLINE: i64 = 180;
/// The check that ends the day: earlier, a task that is gone may still be on its way to the status page.
const LAST: i64 = 190;

fn minute(minute: i64) -> Timestamp {
    Timestamp(NOW.0 + minute * 60_000)
}

/// What a worker does with a task.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// It lies in the queue until its time is over.
    LetGo,
    HandedIn,
    GivenBack,
}

/// A task of the day, and when pages of ours tell what they saw of it.
#[derive(Clone, Debug)]
struct Task {
    end: End,
    ended: i64,
    /// What the status page says from so many minutes after the end on.
    decisions: Vec<(i64, &'static str)>,
    accepted_told: i64,
    /// `None` where no page saw the end.
    end_told: Option<i64>,
}

/// The ways that a site's decisions take.
fn decisions() -> impl Strategy<Value = Vec<(i64, &'static str)>> {
    let ways: [&[&str]; 4] = [&[], &["Approved", "Paid"], &["Rejected"], &["Rejected", "Approved", "Paid"]];
    (prop::sample::select(ways.to_vec()), prop::collection::vec(1..80_i64, 3)).prop_map(|(way, gaps)| {
        let mut at = 0;
        way.iter()
            .zip(gaps)
            .map(|(state, gap)| {
                at += gap;
                (at, *state)
            })
            .collect()
    })
}

fn task() -> impl Strategy<Value = Task> {
    let end = prop::sample::select(vec![End::LetGo, End::HandedIn, End::GivenBack]);
    (end, -110..140_i64, decisions(), ACCEPTED..LAST, prop::option::of(-110..LAST + 60)).prop_map(
        |(end, ended, decisions, accepted_told, end_told)| {
            // Nothing is told before it happened.
            Task { end, ended, decisions, accepted_told, end_told: end_told.map(|told| told.max(ended)) }
        },
    )
}

impl Task {
    /// The word of the status page.
    fn listed(&self, now: i64) -> Option<&'static str> {
        let decided = self.decisions.iter().rev().find(|(after, _)| self.ended + after <= now);
        let is_listed = self.end == End::HandedIn && self.ended <= now;
        is_listed.then(|| decided.map_or("Submitted", |(_, state)| *state))
    }

    fn is_held(&self, now: i64) -> bool {
        now < if self.end == End::LetGo { DEADLINE } else { self.ended }
    }

    fn seen(&self, number: usize) -> Vec<(i64, Observation)> {
        let observation = |at, source, facts| Observation {
            id: EntryId(format!("3E{number}")),
            seen_at: minute(at),
            source,
            facts,
        };
        let accepted = vec![
            Fact::Title("t".to_owned()),
            Fact::Reward(Money { micros: 1_000_000, currency: Currency::USD }),
            Fact::AcceptedAt(minute(ACCEPTED)),
            Fact::Deadline(minute(DEADLINE)),
            Fact::State(StateWord::Held),
        ];
        let mut seen = vec![(self.accepted_told, observation(ACCEPTED, Source::WorkPage, accepted))];
        let (source, word) = match self.end {
            End::LetGo => return seen,
            End::HandedIn => (Source::SubmitMessage, StateWord::Submitted),
            End::GivenBack => (Source::ReturnForm, StateWord::Returned(None)),
        };
        let ended = || observation(self.ended, source, vec![Fact::State(word)]);
        seen.extend(self.end_told.map(|told| (told, ended())));
        seen
    }

    fn state(&self) -> State {
        match (self.end, self.listed(LAST)) {
            (End::GivenBack, _) if self.end_told.is_some() => State::Returned,
            (End::GivenBack | End::LetGo, _) => State::Abandoned,
            (End::HandedIn, Some("Approved")) => State::Approved,
            (End::HandedIn, Some("Paid")) => State::Paid,
            (End::HandedIn, Some("Rejected")) => State::Rejected,
            (End::HandedIn, _) => State::Pending,
        }
    }
}

fn site(tasks: &[Task], now: i64) -> Site {
    let mut site = Site::default();
    for (number, task) in tasks.iter().enumerate() {
        let id = format!("3E{number}");
        if task.is_held(now) {
            site = site.with_held(&id);
        } else if let Some(state) = task.listed(now) {
            site = site.with_row(day(0), row(&id, state));
        }
    }
    site
}

/// The day with checks at these minutes and at its end.
fn lived(tasks: &[Task], checks: &[i64]) -> World {
    let mut world = World::new(Site::default(), Store::default());
    world.now = minute(ACCEPTED);
    let told = tasks.iter().enumerate().flat_map(|(number, task)| task.seen(number));
    let mut told: Vec<(i64, Observation)> = told.collect();
    told.sort_by_key(|(at, _)| *at);
    let mut told = told.into_iter().peekable();
    let mut checks = [checks, &[LAST]].concat();
    checks.sort_unstable();
    for check in checks.into_iter().map(Some).chain([None]) {
        while let Some((_, seen)) = told.next_if(|(at, _)| check.is_none_or(|check| *at <= check)) {
            let new = || Entry::new(seen.id.clone());
            world.store.entries.entry(seen.id.clone()).or_insert_with(new).merge(&seen);
        }
        let Some(check) = check else { break };
        world.site = site(tasks, check);
        world.now = world.now.max(minute(check));
        let (_, summary) = world.reconcile();
        assert_eq!((summary.partly, summary.refused), (Vec::new(), Vec::new()));
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn checks_at_any_moments_end_in_the_same_record(
        tasks in prop::collection::vec(task(), 1..24),
        checks in prop::collection::vec(ACCEPTED..LAST, 0..4),
    ) {
        let checked = lived(&tasks, &checks);
        for (number, task) in tasks.iter().enumerate() {
            prop_assert_eq!(checked.store.state(&format!("3E{number}")), task.state(), "{:?}", task);
        }
        prop_assert_eq!(checked.store.essence(), lived(&tasks, &[]).store.essence());
    }
}
