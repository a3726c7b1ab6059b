//! What the guess must do whatever the constants are.

use super::*;
use proptest::prelude::*;

fn input(micros: i64, allotted_secs: u32) -> PriorInput<'static> {
    PriorInput {
        reward: Some(Money { micros, currency: Currency::USD }),
        allotted_secs: Some(allotted_secs),
        title: "Rate some pictures",
        description: "",
    }
}

fn mid(micros: i64, allotted_secs: u32) -> u32 {
    prior_time(&input(micros, allotted_secs)).mid_secs
}

#[test]
fn guesses_what_lists_show() {
    assert!((20..=120).contains(&mid(20_000, 1_800)), "a two-cent task takes about a minute");
    assert!((150..=600).contains(&mid(500_000, 3_600)), "fifty cents are paid for some minutes");
    assert!((900..=2_700).contains(&mid(3_000_000, 5_400)), "three dollars for some half an hour");
}

#[test]
fn does_not_jump_at_the_joints() {
    for joint in [250_000, 500_000] {
        let (below, above) = (mid(joint - 1, 3_600), mid(joint + 1, 3_600));
        assert!(above.abs_diff(below) <= 1, "{below} s below and {above} s above {joint} micros");
    }
}

#[test]
fn unknown_figures_widen_the_guess() {
    let known = prior_time(&input(500_000, 3_600));
    let unknown = prior_time(&PriorInput { reward: None, allotted_secs: None, ..input(0, 0) });
    assert_eq!(unknown.mid_secs, known.mid_secs);
    assert!(unknown.low_secs < known.low_secs && unknown.high_secs > known.high_secs);
    let rupees = Currency::from_code("INR").map(|currency| Money { micros: 500_000, currency });
    assert_eq!(prior_time(&PriorInput { reward: rupees, allotted_secs: None, ..input(0, 0) }), unknown);
}

#[test]
fn an_unpaid_task_gets_the_level_of_small_ones() {
    assert_eq!(mid(0, 3_600), mid(10_000, 3_600));
}

#[test]
fn words_move_the_guess() {
    let of = |title| prior_time(&PriorInput { title, ..input(1_000_000, 3_600) }).mid_secs;
    assert!(
        prior_time(&PriorInput { title: "A survey", ..input(100_000, 3_600) }).mid_secs
            > 2 * mid(100_000, 3_600)
    );
    assert!(of("A quick survey about trains") < of("A survey about trains"));
    assert!(of("Answer four demographic questions") < of("Answer demographic questions"));
    assert_eq!(of("Question 4 of a survey"), of("A survey"));
    assert_eq!(of("A 3 item screener"), of("A screener"));
    assert_eq!(of("Compensation HIT"), 60);
    assert_eq!(of("Bonus payment for two workers"), 60);
    assert_eq!(of("Opinions on worker compensation"), of("Opinions on workers"));
}

#[test]
fn a_stated_time_is_no_term() {
    let terms = |title| Terms::of(&PriorInput { title, ..input(1_000_000, 3_600) });
    assert_eq!(terms("A survey (~ 5 minutes)"), terms("A survey (~ 50 minutes)"));
}

proptest! {
    #[test]
    fn never_panics(micros in any::<i64>(), allotted in any::<Option<u32>>(), title in any::<String>(), description in any::<String>()) {
        let reward = Some(Money { micros, currency: Currency::USD });
        let time = prior_time(&PriorInput { reward, allotted_secs: allotted, title: &title, description: &description });
        prop_assert!(time.low_secs >= 1 && time.low_secs <= time.mid_secs && time.mid_secs <= time.high_secs);
        if let Some(ceiling) = allotted.filter(|secs| *secs > 0) {
            prop_assert!(time.high_secs <= ceiling);
        }
    }

    #[test]
    fn never_falls_with_a_rising_reward(micros in 0_i64..20_000_000, more in 0_i64..20_000_000, allotted in 1_u32..100_000) {
        prop_assert!(mid(micros, allotted) <= mid(micros + more, allotted));
    }
}
