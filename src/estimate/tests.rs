//! One row's estimate, from its text and figures.

use super::*;
use crate::domain::{Currency, Money};

fn row<'text>(title: &'text str, description: &'text str, allotted_secs: u32) -> PriorInput<'text> {
    let reward = Some(Money { micros: 1_000_000, currency: Currency::USD });
    PriorInput { reward, allotted_secs: Some(allotted_secs), title, description }
}

#[test]
fn a_stated_time_is_taken_before_a_guess() {
    let estimate = of_row(&row("Survey on trains (~ 10 minutes)", "", 3_600));
    assert_eq!(estimate.source, TimeSource::Stated);
    assert_eq!(estimate.time, TimeRange { low_secs: 300, mid_secs: 600, high_secs: 1_200 });
    assert_eq!(estimate.quote.as_deref(), Some("10 minutes"));
    assert!(!estimate.differs && !estimate.capped);
}

#[test]
fn where_nothing_is_stated_it_is_a_guess() {
    let estimate = of_row(&row("Survey on trains", "", 3_600));
    assert_eq!((estimate.source, estimate.quote), (TimeSource::Prior, None));
}

#[test]
fn the_allotted_time_is_the_ceiling() {
    let estimate = of_row(&row("Survey on trains (~ 10 minutes)", "", 900));
    assert_eq!(estimate.time, TimeRange { low_secs: 300, mid_secs: 600, high_secs: 900 });
    assert!(!estimate.capped, "only the tail is cut");
}

#[test]
fn a_stated_time_above_the_allotted_is_cut_and_said() {
    let estimate = of_row(&row("Survey on trains (~ 30 minutes)", "", 900));
    assert_eq!(estimate.time, TimeRange { low_secs: 450, mid_secs: 900, high_secs: 900 });
    assert!(estimate.capped);
}

#[test]
fn an_allotted_time_of_nothing_is_unknown() {
    assert_eq!(of_row(&row("Survey (~ 10 minutes)", "", 0)).time.mid_secs, 600);
}

#[test]
fn differing_texts_are_passed_on() {
    assert!(of_row(&row("Survey (~ 10 minutes)", "Takes five minutes", 3_600)).differs);
}
