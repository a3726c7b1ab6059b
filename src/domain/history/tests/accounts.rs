//! Totals kept as entries change are those of a recount.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn recounted<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Tally {
    let mut tally = Tally::new();
    for entry in entries {
        tally.add(entry);
    }
    tally
}

/// What the last day must be, from the entries themselves.
fn last_day(entries: &[Entry], counts: fn(State) -> bool) -> Option<SiteDay> {
    entries
        .iter()
        .filter(|entry| counts(entry.state()))
        .filter_map(|entry| entry.site_day.value())
        .max()
        .copied()
}

fn check_days(days: &RecentDays, truth: Option<SiteDay>) -> Result<(), TestCaseError> {
    prop_assert!(days.days.len() <= RecentDays::KEPT);
    match days.last() {
        LastDay::Never => prop_assert_eq!(truth, None),
        LastDay::On(day, _) => prop_assert_eq!(truth, Some(day)),
        LastDay::Recount => prop_assert!(days.forgotten_to.is_some()),
    }
    Ok(())
}

fn is_done(state: State) -> bool {
    state.is_handed_in() || state == State::Unknown
}

fn is_given_back(state: State) -> bool {
    matches!(state, State::Returned | State::ScreenedOut)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn kept_totals_are_those_of_a_recount(
        all in prop::collection::vec((0..14_usize, observations()), 1..20),
        gone in prop::collection::vec(0..14_usize, 0..14),
    ) {
        let mut entries: BTreeMap<usize, Entry> = BTreeMap::new();
        let mut tally = Tally::new();
        for (place, observation) in all.iter().flat_map(|(place, many)| many.iter().map(move |one| (place, one))) {
            let old = entries.get(place).cloned();
            let entry = entries.entry(*place).or_insert_with(|| Entry::new(id("3A")));
            entry.merge(observation);
            match old {
                Some(old) => tally.replace(&old, entry),
                None => tally.add(entry),
            }
        }
        for place in gone {
            if let Some(entry) = entries.remove(&place) {
                tally.remove(&entry);
            }
        }
        let left: Vec<Entry> = entries.into_values().collect();
        let recount = recounted(&left);
        prop_assert!(tally.agrees_with(&recount), "{tally:?}\n{recount:?}");
        prop_assert_eq!(tally.total(), u64::try_from(left.len()).unwrap());
        check_days(&tally.done_days, last_day(&left, is_done))?;
        check_days(&tally.given_back_days, last_day(&left, is_given_back))?;
        for state in State::ALL {
            let count = left.iter().filter(|entry| entry.state() == state).count();
            prop_assert_eq!(tally.count(state), u64::try_from(count).unwrap());
        }
        for entry in &left {
            tally.remove(entry);
        }
        prop_assert!(tally.agrees_with(&Tally::new()), "{tally:?}");
        prop_assert_eq!(tally.total(), 0);
    }

    #[test]
    fn parts_merge_into_the_whole(all in prop::collection::vec(observations(), 0..40), cut in 0..40_usize) {
        let entries: Vec<Entry> = all.iter().map(|observations| entry_of(observations)).collect();
        let (one, other) = entries.split_at(cut.min(entries.len()));
        let (one, other) = (recounted(one), recounted(other));
        let merged = |mut one: Tally, other: &Tally| { one.merge(other); one };
        let whole = recounted(&entries);
        prop_assert_eq!(merged(one.clone(), &other), merged(other.clone(), &one));
        prop_assert_eq!(merged(one, &other), whole);
    }

    #[test]
    fn sums_are_by_currency_and_state(all in prop::collection::vec(observations(), 0..12)) {
        let entries: Vec<Entry> = all.iter().map(|observations| entry_of(observations)).collect();
        let tally = recounted(&entries);
        for (sums, wanted) in [(tally.pending(), State::Pending), (tally.rejected(), State::Rejected)] {
            for currency in [usd(0).currency, eur(0).currency] {
                let rewards = entries.iter().filter(|entry| entry.state() == wanted).filter_map(|entry| entry.reward.value());
                let sum: i128 =
                    rewards.filter(|money| money.currency == currency).map(|money| i128::from(money.micros)).sum();
                let kept = sums.iter().find(|money| money.currency == currency).map_or(0, |money| money.micros);
                prop_assert_eq!(i128::from(kept), sum.min(i64::MAX.into()));
            }
        }
    }
}

fn on(day: i32, source: Source, said: StateWord) -> Entry {
    entry_of(&[observed(
        1,
        source,
        vec![Fact::State(said), Fact::SiteDay(SiteDay(day)), Fact::Reward(usd(100))],
    )])
}

#[test]
fn the_last_day_says_the_worst_of_it() {
    let server = |day, state| on(day, Source::StatusPage, StateWord::Server(state));
    let mut tally = recounted(&[
        server(3, ServerState::Paid),
        server(5, ServerState::Approved),
        server(5, ServerState::Rejected),
        on(9, Source::ReturnAlert, StateWord::Returned(None)),
    ]);
    assert_eq!(tally.done_days.last(), LastDay::On(SiteDay(5), State::Rejected));
    assert_eq!(tally.given_back_days.last(), LastDay::On(SiteDay(9), State::Returned));
    tally.replace(&server(5, ServerState::Rejected), &server(5, ServerState::Paid));
    assert_eq!(tally.done_days.last(), LastDay::On(SiteDay(5), State::Approved));
    assert_eq!(tally.earned(), [usd(300)]);
    assert_eq!((tally.pending(), tally.rejected()), (vec![], vec![]));
}

#[test]
fn a_tally_that_has_lost_its_last_days_says_so() {
    let days: Vec<Entry> =
        (0..20).map(|day| on(day, Source::StatusPage, StateWord::Server(ServerState::Paid))).collect();
    let mut tally = recounted(&days);
    for entry in days.iter().rev().take(RecentDays::KEPT) {
        assert!(matches!(tally.done_days.last(), LastDay::On(..)));
        tally.remove(entry);
    }
    assert_eq!(tally.done_days.last(), LastDay::Recount);
    assert!(tally.agrees_with(&recounted(&days[..12])));
}

#[test]
fn what_is_unknown_is_counted_as_such() {
    let timed =
        entry_of(&[observed(1, Source::Clock, vec![Fact::Worked(Worked::new(60, 90, 200, How::Seen))])]);
    let bare = entry_of(&[word(1, Source::Queue, StateWord::Held)]);
    let sum = recounted(&[timed, bare]).sum_where(|_| true);
    assert_eq!((sum.count, sum.unpriced, sum.untimed), (2, 2, 1));
    assert_eq!((sum.low_secs, sum.high_secs, sum.held_secs), (60, 90, 200));
}

#[test]
fn returns_are_counted_by_reason_while_they_are_returns() {
    let reason = ReturnReason::Underpaid(Percent::new(40));
    let returned = entry_of(&[word(1, Source::Worker, StateWord::Returned(Some(reason)))]);
    let mut tally = recounted([&returned]);
    assert_eq!(tally.returns.get(&reason), Some(&1));
    let mut paid = returned.clone();
    paid.merge(&word(2, Source::StatusPage, StateWord::Server(ServerState::Paid)));
    tally.replace(&returned, &paid);
    assert!(tally.returns.is_empty());
}

#[test]
fn a_compensation_pays_for_the_minutes_of_the_broken_task() {
    let broken = entry_of(&[word(1, Source::Worker, StateWord::Returned(Some(ReturnReason::Broken)))]);
    let compensation = |said| {
        let facts =
            vec![Fact::State(said), Fact::Reward(usd(500_000)), Fact::PaysFor(id("3A")), Fact::Bonus(usd(7))];
        Entry::of(&Observation { id: id("3C"), ..observed(9, Source::StatusPage, facts) })
    };
    let paid = compensation(StateWord::Server(ServerState::Paid));
    let pending = compensation(StateWord::Server(ServerState::Submitted));
    assert_eq!(broken.earned(), []);
    assert_eq!(broken.earned_with(&[&paid, &broken]), [usd(500_007)]);
    assert_eq!(broken.earned_with(&[&pending]), [usd(7)], "a reward counts once it is approved");
    assert_eq!(paid.earned_with(&[&broken]), [usd(500_007)]);
}
