//! Any order and any repetition of observations gives the same entry.

use proptest::prelude::*;

use super::*;

fn merged(observations: &[Observation]) -> Entry {
    let mut entry = Entry::new(EntryId::of_task(&TaskId("3T".to_owned())));
    for observation in observations {
        entry.merge(observation);
    }
    entry
}

/// The observations shuffled, with some of them repeated.
fn replayed() -> impl Strategy<Value = (Vec<Observation>, Vec<Observation>)> {
    observations().prop_flat_map(|all| {
        let again = if all.is_empty() {
            Just(Vec::new()).boxed()
        } else {
            prop::collection::vec(prop::sample::select(all.clone()), 0..12).boxed()
        };
        let mixed = (Just(all.clone()), again).prop_flat_map(|(mut all, again)| {
            all.extend(again);
            Just(all).prop_shuffle()
        });
        (Just(all), mixed)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1_024, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_any_repetition((all, mixed) in replayed()) {
        prop_assert_eq!(merged(&all), merged(&mixed));
    }

    #[test]
    fn records_kept_apart_join_in_any_way(all in observations(), cuts in prop::collection::vec(0..3_usize, 24)) {
        let part = |wanted: usize| {
            let chosen = all.iter().zip(&cuts).filter(|(_, cut)| **cut == wanted);
            merged(&chosen.map(|(observation, _)| observation.clone()).collect::<Vec<_>>())
        };
        let [a, b, c] = [part(0), part(1), part(2)];
        let joined = |one: &Entry, other: &Entry| { let mut one = one.clone(); one.join(other); one };
        let whole = merged(&all);
        prop_assert_eq!(&joined(&joined(&a, &b), &c), &whole);
        prop_assert_eq!(&joined(&a, &joined(&b, &c)), &whole);
        prop_assert_eq!(&joined(&joined(&c, &a), &joined(&b, &c)), &whole);
    }

    #[test]
    fn what_an_entry_tells_gives_it_again(all in observations()) {
        let entry = merged(&all);
        let told = entry.observations();
        prop_assert!(told.is_sorted_by_key(|observation| observation.seen_at));
        let mut again = Entry::new(entry.id().clone());
        for observation in told.iter().rev() {
            again.merge(observation);
        }
        prop_assert_eq!(again, entry);
    }

    #[test]
    fn a_final_state_is_left_only_by_the_servers_or_the_workers_word(all in observations()) {
        let mut entry = merged(&[]);
        for observation in &all {
            let before = entry.clone();
            entry.merge(observation);
            if before.is_final() && !observation.source.is_server() && observation.source != Source::Worker {
                prop_assert_eq!((entry.state(), entry.is_final()), (before.state(), true), "{:?}", observation);
            }
        }
    }

    #[test]
    fn the_servers_decision_wins_over_everything_else(all in observations()) {
        let by_server: Vec<_> = all.iter().filter(|one| one.source.is_server()).cloned().collect();
        let server = merged(&by_server);
        if server.is_final() {
            prop_assert_eq!(merged(&all).state(), server.state());
        }
        if let Some(day) = server.site_day.value() {
            let entry = merged(&all);
            prop_assert_eq!(entry.site_day.value(), Some(day));
        }
    }

    #[test]
    fn money_is_never_invented(all in observations()) {
        let entry = merged(&all);
        let offered = |money: &Money, wanted: fn(&Fact) -> Option<Money>| {
            money.micros >= 0 && all.iter().flat_map(|one| &one.facts).any(|fact| wanted(fact) == Some(*money))
        };
        let reward = |fact: &Fact| if let Fact::Reward(money) = fact { Some(*money) } else { None };
        let bonus = |fact: &Fact| if let Fact::Bonus(money) = fact { Some(*money) } else { None };
        prop_assert!(entry.reward.value().is_none_or(|money| offered(money, reward)));
        prop_assert!(entry.bonus.value().is_none_or(|money| offered(money, bonus)));
        let parts = [entry.reward.value().filter(|_| entry.state().is_approval()), entry.bonus.value()];
        for earned in entry.earned() {
            let same = parts.iter().flatten().filter(|money| money.currency == earned.currency);
            prop_assert_eq!(earned.micros, same.fold(0_i64, |sum, money| sum.saturating_add(money.micros)));
        }
        prop_assert_eq!(entry.earned().is_empty(), parts.iter().flatten().count() == 0);
    }

    #[test]
    fn overturned_is_for_ever(all in observations()) {
        let mut entry = merged(&[]);
        let mut was = false;
        for observation in &all {
            entry.merge(observation);
            prop_assert!(entry.is_overturned() || !was);
            was = entry.is_overturned();
        }
    }

    #[test]
    fn every_known_field_has_an_origin_that_was_observed(all in observations()) {
        let entry = merged(&all);
        for origin in Field::ALL.iter().filter_map(|field| entry.origin_of(*field)) {
            let is_origin = |one: &Observation| (one.seen_at, one.source) == (origin.seen_at, origin.source);
            prop_assert!(all.iter().any(is_origin));
        }
        prop_assert_eq!(entry.origin_of(Field::State).is_none(), entry.state() == State::Unknown);
    }
}
