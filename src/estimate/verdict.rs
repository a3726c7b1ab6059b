//! What a rate is worth to this worker: good, fair, low, or not to be said.

use super::TimeSource;
use super::rate::Rate;
use crate::domain::Limits;

/// What a rate is worth. Each is said only when at least 80 % of the range lies on its side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// At or above the good limit.
    Good,
    /// At or above the fair limit, and not surely good.
    Fair,
    /// Below the fair limit.
    Low,
    /// The range lies on both sides.
    Unclear,
}

/// The verdict on a rate whose time was stated or measured.
///
/// A rate of nothing is *unpaid*, not low: that is for the caller to say.
pub fn verdict(rate: Rate, limits: Limits) -> Verdict {
    if clears(rate, limits.good_micros()) {
        Verdict::Good
    } else if clears(rate, limits.fair_micros()) {
        Verdict::Fair
    } else if falls_short(rate, limits.fair_micros()) {
        Verdict::Low
    } else {
        Verdict::Unclear
    }
}

/// The verdict with regard to where the time comes from: a guess never reads good, at best fair.
pub fn verdict_from(source: TimeSource, rate: Rate, limits: Limits) -> Verdict {
    match (source, verdict(rate, limits)) {
        (TimeSource::Prior, Verdict::Good) => Verdict::Fair,
        (_, said) => said,
    }
}

/// At least 80 % of the range's weight is at or above a limit: its 20 % point is.
///
/// The range is taken as log-normal in two pieces with the low and high ends as 10 % and 90 %
/// points. Its 20 % point lies 0.657 of the way (in logarithms, 0.842 ÷ 1.282 standard deviations)
/// from the middle to the low end; two thirds is near enough and needs no float: its cube is
/// middle × low².
fn clears(rate: Rate, limit: i64) -> bool {
    let [low, mid, limit] = [rate.low_micros_per_minute, rate.mid_micros_per_minute, limit].map(factor);
    limit * limit * limit <= mid * low * low
}

/// At least 80 % of the weight is below a limit: its 80 % point is, whose cube is middle × high².
fn falls_short(rate: Rate, limit: i64) -> bool {
    let [mid, high, limit] = [rate.mid_micros_per_minute, rate.high_micros_per_minute, limit].map(factor);
    mid * high * high < limit * limit * limit
}

/// A rate as a factor whose cube fits: cut at 2⁴² micros, four million dollars a minute.
fn factor(micros: i64) -> i128 {
    i128::from(micros).clamp(0, 1 << 42)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Currency, Money, TimeRange};
    use crate::estimate::rate::rate_per_minute;
    use proptest::prelude::*;

    fn cents(low: i64, mid: i64, high: i64) -> Rate {
        let micros = |cents: i64| cents * 10_000;
        Rate {
            low_micros_per_minute: micros(low),
            mid_micros_per_minute: micros(mid),
            high_micros_per_minute: micros(high),
            currency: Currency::USD,
        }
    }

    #[test]
    fn says_only_what_80_per_cent_of_the_range_says() {
        let verdict = |low, mid, high| verdict(cents(low, mid, high), Limits::US_DOLLARS);
        assert_eq!(verdict(18, 20, 22), Verdict::Good);
        assert_eq!(verdict(15, 30, 60), Verdict::Good, "the 20 % point is at 18.9");
        assert_eq!(verdict(13, 26, 52), Verdict::Fair, "the 20 % point is at 16.4");
        assert_eq!(verdict(12, 14, 17), Verdict::Fair);
        assert_eq!(verdict(6, 12, 24), Verdict::Unclear);
        assert_eq!(verdict(3, 6, 12), Verdict::Low, "the 80 % point is at 9.5");
        assert_eq!(verdict(4, 8, 16), Verdict::Unclear, "the 80 % point is at 12.7");
        assert_eq!(verdict(1, 1, 1), Verdict::Low);
        assert_eq!(verdict(1, 15, 200), Verdict::Unclear);
    }

    #[test]
    fn the_limit_itself_is_on_the_upper_side() {
        assert_eq!(verdict(cents(12, 12, 12), Limits::US_DOLLARS), Verdict::Fair);
        let good = Limits::new(1, 120_000).unwrap();
        assert_eq!(verdict(cents(12, 12, 12), good), Verdict::Good);
    }

    #[test]
    fn a_stated_time_reads_good_only_well_above_the_limit() {
        let reward = |micros| Money { micros, currency: Currency::USD };
        let time = TimeRange::new(300, 600, 1_200);
        let of = |micros| verdict(rate_per_minute(reward(micros), time), Limits::US_DOLLARS);
        assert_eq!(of(3_000_000), Verdict::Good);
        assert_eq!(of(2_000_000), Verdict::Fair);
        assert_eq!(of(1_500_000), Verdict::Unclear);
        assert_eq!(of(700_000), Verdict::Low);
    }

    #[test]
    fn extreme_rates_do_not_overflow() {
        let extreme = Rate {
            low_micros_per_minute: i64::MIN,
            mid_micros_per_minute: i64::MAX,
            high_micros_per_minute: i64::MAX,
            currency: Currency::USD,
        };
        let widest = Limits::new(1, Limits::MAX_MICROS).unwrap();
        assert_eq!(verdict(extreme, widest), Verdict::Unclear);
        assert_eq!(verdict(extreme, Limits::US_DOLLARS), Verdict::Unclear);
    }

    proptest! {
        #[test]
        fn a_guess_never_reads_good(low in any::<i64>(), mid in any::<i64>(), high in any::<i64>(), fair in any::<i64>(), good in any::<i64>()) {
            let rate = Rate { low_micros_per_minute: low, mid_micros_per_minute: mid, high_micros_per_minute: high, currency: Currency::USD };
            let limits = Limits::new(fair.clamp(1, Limits::MAX_MICROS), good.clamp(fair.clamp(1, Limits::MAX_MICROS), Limits::MAX_MICROS)).unwrap();
            prop_assert_ne!(verdict_from(TimeSource::Prior, rate, limits), Verdict::Good);
        }

        #[test]
        fn a_higher_reward_is_never_worth_less(micros in 0_i64..50_000_000, more in 0_i64..50_000_000, secs in 1_u32..7_200) {
            let worth = |micros| {
                let rate = rate_per_minute(Money { micros, currency: Currency::USD }, TimeRange::new(secs / 2, secs, secs * 2));
                match verdict(rate, Limits::US_DOLLARS) {
                    Verdict::Low => 0,
                    Verdict::Unclear => 1,
                    Verdict::Fair => 2,
                    Verdict::Good => 3,
                }
            };
            prop_assert!(worth(micros + more) >= worth(micros));
        }
    }
}
