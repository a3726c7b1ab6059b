//! A day's bonus and its split.

use proptest::prelude::*;

use super::*;

fn told(micros: i64) -> DayBonus {
    let mut bonus = DayBonus::new(SiteDay(1));
    bonus.tell(usd(micros), origin(1, Source::StatusPage));
    bonus
}

fn by_worker(seen_at: i64) -> Origin {
    origin(seen_at, Source::Worker)
}

#[test]
fn a_split_never_exceeds_the_days_sum() {
    let mut bonus = DayBonus::new(SiteDay(1));
    assert_eq!(bonus.balance(), Balance::NoSum);
    assert_eq!(bonus.share(&id("a"), usd(1), by_worker(1)), Err(ShareError::NoSum));
    bonus.tell(usd(100), origin(1, Source::StatusPage));
    assert_eq!(bonus.share(&id("a"), usd(60), by_worker(2)), Ok(()));
    assert_eq!(bonus.balance(), Balance::Left(usd(40)));
    assert_eq!(bonus.share(&id("b"), usd(41), by_worker(3)), Err(ShareError::MoreThanLeft(usd(40))));
    assert_eq!(bonus.share(&id("b"), eur(4), by_worker(3)), Err(ShareError::OtherCurrency));
    assert_eq!(bonus.share(&id("b"), usd(-1), by_worker(3)), Err(ShareError::Negative));
    assert_eq!(bonus.share(&id("a"), usd(100), by_worker(4)), Ok(()), "its own share is not in its way");
    assert_eq!(bonus.balance(), Balance::Even);
    assert_eq!(bonus.share(&id("a"), usd(0), by_worker(5)), Ok(()));
    assert_eq!(bonus.balance(), Balance::Left(usd(100)));
}

#[test]
fn a_later_sum_keeps_the_split_and_says_what_does_not_add_up() {
    let mut bonus = told(100);
    bonus.share(&id("a"), usd(60), by_worker(2)).unwrap();
    bonus.share(&id("b"), usd(40), by_worker(2)).unwrap();
    bonus.tell(usd(130), origin(3, Source::Reconcile));
    assert_eq!(bonus.balance(), Balance::Left(usd(30)));
    bonus.tell(usd(70), origin(4, Source::StatusPage));
    assert_eq!(bonus.balance(), Balance::Over(usd(30)));
    assert_eq!(bonus.share(&id("a"), usd(61), by_worker(5)), Err(ShareError::MoreThanLeft(usd(30))));
    assert_eq!(bonus.share(&id("a"), usd(50), by_worker(6)), Ok(()), "lowering always helps");
    assert_eq!(bonus.balance(), Balance::Over(usd(20)));
    bonus.tell(eur(70), origin(5, Source::StatusPage));
    assert_eq!(bonus.balance(), Balance::OtherCurrency);
    bonus.tell(usd(-5), origin(6, Source::StatusPage));
    assert_eq!(bonus.sum.value(), Some(&eur(70)));
}

fn entry(name: &str, promised: Option<&str>, state: ServerState) -> Entry {
    let mut facts = vec![Fact::State(StateWord::Server(state))];
    facts.extend(promised.map(|quote| Fact::Promised(quote.to_owned())));
    Entry::of(&Observation { id: id(name), ..observed(1, Source::StatusPage, facts) })
}

#[test]
fn entries_that_were_promised_a_bonus_come_first() {
    let entries = [
        entry("a", None, ServerState::Paid),
        entry("b", Some("+ $2 bonus"), ServerState::Paid),
        entry("c", None, ServerState::Rejected),
        entry("d", Some("bonus"), ServerState::Rejected),
    ];
    let mut bonus = told(100);
    let found = |bonus: &DayBonus| -> Vec<(String, Why, Option<Money>)> {
        bonus.propose(&entries).into_iter().map(|found| (found.id.0, found.why, found.amount)).collect()
    };
    let promised = |name: &str, amount| (name.to_owned(), Why::Promised, amount);
    let handed_in = ("a".to_owned(), Why::HandedIn, None);
    assert_eq!(found(&bonus), [promised("b", None), promised("d", None), handed_in.clone()]);
    bonus.share(&id("d"), usd(30), by_worker(2)).unwrap();
    assert_eq!(found(&bonus), [promised("b", Some(usd(70))), handed_in]);
    bonus.share(&id("b"), usd(70), by_worker(3)).unwrap();
    assert_eq!(found(&bonus), [], "nothing is left");
}

#[derive(Clone, Debug)]
enum Step {
    Tell(Money, i64),
    Share(u8, Money, i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        1 => (moneys(), 0..9_i64).prop_map(|(money, at)| Step::Tell(money, at)),
        3 => (0..3_u8, moneys(), 0..9_i64).prop_map(|(name, money, at)| Step::Share(name, money, at)),
    ];
    prop::collection::vec(step, 0..20)
}

fn played(steps: &[Step]) -> DayBonus {
    let mut bonus = told(3);
    for step in steps {
        match step {
            Step::Tell(money, at) => bonus.tell(*money, origin(*at, Source::StatusPage)),
            Step::Share(name, money, at) => {
                let before = bonus.clone();
                let was_over = matches!(before.balance(), Balance::Over(_));
                let shared = bonus.share(&id(&name.to_string()), *money, by_worker(*at));
                assert!(was_over || !matches!(bonus.balance(), Balance::Over(_)), "{before:?} {step:?}");
                assert!(shared.is_ok() || bonus == before, "a refused share changes nothing");
            }
        }
    }
    bonus
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shares_never_make_it_exceed_the_sum(steps in steps()) {
        played(&steps);
    }

    #[test]
    fn two_records_of_a_day_join_in_any_order(one in steps(), other in steps(), third in steps()) {
        let [one, other, third] = [played(&one), played(&other), played(&third)];
        let joined = |one: &DayBonus, other: &DayBonus| { let mut one = one.clone(); one.join(other); one };
        prop_assert_eq!(joined(&one, &other), joined(&other, &one));
        prop_assert_eq!(joined(&joined(&one, &other), &third), joined(&one, &joined(&other, &third)));
        prop_assert_eq!(joined(&one, &one), one);
    }
}

#[test]
fn search_is_the_sum_of_its_clocks_in_any_order_and_any_repetition() {
    let told =
        [(Timestamp(1), 60), (Timestamp(1), 120), (Timestamp(9), 5), (Timestamp(1), 60), (Timestamp(9), 5)];
    let of = |order: &[usize]| {
        let mut day = DayBonus::new(SiteDay(1));
        for at in order {
            let mut seen = DayBonus::new(SiteDay(1));
            seen.searched(told[*at].0, told[*at].1);
            day.join(&seen);
        }
        day
    };
    let day = of(&[0, 1, 2, 3, 4]);
    assert_eq!(day.searched_secs(), 125);
    for order in [[4, 3, 2, 1, 0], [2, 0, 4, 1, 3], [1, 1, 2, 2, 0]] {
        assert_eq!(of(&order), day);
    }
    assert_eq!(DayBonus::new(SiteDay(1)).searched_secs(), 0);
}
