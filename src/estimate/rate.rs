//! Pay per minute: exact integers, and the short texts that chips show.

use crate::domain::{Currency, Money, PayUnit, TimeRange};

/// What a task pays per minute: the middle and an 80 % range, in micros of the currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// From the long end of the time.
    pub low_micros_per_minute: i64,
    /// From the middle of the time.
    pub mid_micros_per_minute: i64,
    /// From the short end of the time.
    pub high_micros_per_minute: i64,
    /// Of all three.
    pub currency: Currency,
}

/// The rate of a reward over a time; the low rate comes from the high time.
pub fn rate_per_minute(reward: Money, time: TimeRange) -> Rate {
    Rate {
        low_micros_per_minute: per_minute(reward.micros, time.high_secs),
        mid_micros_per_minute: per_minute(reward.micros, time.mid_secs),
        high_micros_per_minute: per_minute(reward.micros, time.low_secs),
        currency: reward.currency,
    }
}

/// `micros × 60 / secs`, rounded half away from zero, saturating.
fn per_minute(micros: i64, secs: u32) -> i64 {
    saturated(divided(i128::from(micros) * 60, i128::from(secs.max(1))))
}

/// The quotient rounded to the nearest whole, halves away from zero; `by` is positive.
fn divided(amount: i128, by: i128) -> i128 {
    let half = by / 2;
    if amount < 0 { (amount - half) / by } else { (amount + half) / by }
}

fn saturated(amount: i128) -> i64 {
    i64::try_from(amount).unwrap_or(if amount < 0 { i64::MIN } else { i64::MAX })
}

fn in_unit(micros_per_minute: i64, unit: PayUnit) -> i64 {
    match unit {
        PayUnit::Minute => micros_per_minute,
        PayUnit::Hour => micros_per_minute.saturating_mul(60),
    }
}

fn suffix(unit: PayUnit) -> &'static str {
    match unit {
        PayUnit::Minute => "/min",
        PayUnit::Hour => "/h",
    }
}

impl Rate {
    /// The middle, as a chip shows it: `21¢/min`, `$12.60/h`, `0.21 EUR/min`.
    pub fn mid_text(&self, unit: PayUnit) -> String {
        amount_text(in_unit(self.mid_micros_per_minute, unit), self.currency) + suffix(unit)
    }

    /// The low end alone, as [`Rate::mid_text`] writes the middle.
    pub fn low_text(&self, unit: PayUnit) -> String {
        amount_text(in_unit(self.low_micros_per_minute, unit), self.currency) + suffix(unit)
    }

    /// The high end alone.
    pub fn high_text(&self, unit: PayUnit) -> String {
        amount_text(in_unit(self.high_micros_per_minute, unit), self.currency) + suffix(unit)
    }

    /// The range, as a chip shows a guess: `2–20¢/min`, `$0.50–1.20/min`.
    ///
    /// A range is no place for decimals: whole cents from one cent on.
    pub fn range_text(&self, unit: PayUnit) -> String {
        let low = in_unit(self.low_micros_per_minute, unit);
        let high = in_unit(self.high_micros_per_minute, unit);
        let text = if self.currency != Currency::USD {
            let code = self.currency.code();
            let low = significant(low, 6);
            let high = significant(high, 6);
            if low == high { format!("{low} {code}") } else { format!("{low}–{high} {code}") }
        } else if divided(i128::from(high), MICROS_PER_CENT) >= 100
            && divided(i128::from(low), MICROS_PER_CENT) >= 10
        {
            let (low, high) = (decimal(low, 6, 2), decimal(high, 6, 2));
            if low == high { format!("${low}") } else { format!("${low}–{high}") }
        } else {
            let (low, high) = (cents_in_range(low), cents_in_range(high));
            if low == high { format!("{low}¢") } else { format!("{low}–{high}¢") }
        };
        text + suffix(unit)
    }
}

const MICROS_PER_CENT: i128 = 10_000;

/// Whole cents from one cent on, below it one significant digit.
fn cents_in_range(micros: i64) -> String {
    if i128::from(micros) >= MICROS_PER_CENT { decimal(micros, 4, 0) } else { rounded(micros, 4, 1) }
}

/// An amount with two significant digits below one major unit, two decimals above.
///
/// US dollars are shown with their signs (`5.3¢`, `$1.20`), other currencies by code (`0.21 EUR`).
pub fn amount_text(micros: i64, currency: Currency) -> String {
    if currency != Currency::USD {
        return format!("{} {}", significant(micros, 6), currency.code());
    }
    // Two significant digits of 99.5 cents and more would read 100¢.
    if micros.unsigned_abs() >= 995_000 {
        let sign = if micros < 0 { "-" } else { "" };
        return format!("{sign}${}", decimal(saturated(i128::from(micros).abs()), 6, 2));
    }
    significant(micros, 4) + "¢"
}

/// Two significant digits below 100 units, where a unit is `10^unit_digits` micros; above it, whole units;
/// from one unit of money (six digits) on, two decimals.
fn significant(micros: i64, unit_digits: u32) -> String {
    if unit_digits == 6 && micros.unsigned_abs() >= 995_000 {
        return decimal(micros, 6, 2);
    }
    rounded(micros, unit_digits, 2)
}

/// So many significant digits, without superfluous zeros behind the point of a small number.
fn rounded(micros: i64, unit_digits: u32, digits: u32) -> String {
    let length = i64::from(micros.unsigned_abs().max(1).ilog10()) + 1;
    let dropped = u32::try_from(length - i64::from(digits)).unwrap_or(0);
    let step = 10_i128.pow(dropped);
    let kept = saturated(divided(i128::from(micros), step) * step);
    // Rounding 9.96 up to 10.0 makes one digit more: then one decimal less.
    let grown = kept.unsigned_abs().max(1).ilog10() > micros.unsigned_abs().max(1).ilog10();
    let decimals = unit_digits.saturating_sub(dropped + u32::from(grown));
    let text = decimal(kept, unit_digits, decimals);
    if kept == 0 { "0".to_owned() } else { text }
}

/// `micros / 10^unit_digits` with so many decimals, rounded half away from zero.
fn decimal(micros: i64, unit_digits: u32, decimals: u32) -> String {
    let step = 10_i128.pow(unit_digits.saturating_sub(decimals));
    let scaled = divided(i128::from(micros), step);
    let sign = if scaled < 0 { "-" } else { "" };
    let scaled = scaled.unsigned_abs();
    let unit = 10_u128.pow(decimals);
    if decimals == 0 {
        return format!("{sign}{scaled}");
    }
    let width = usize::try_from(decimals).unwrap_or(0);
    format!("{sign}{}.{:0width$}", scaled / unit, scaled % unit)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;
    use proptest::prelude::*;

    fn rate(micros: i64, low: u32, mid: u32, high: u32) -> Rate {
        rate_per_minute(Money { micros, currency: Currency::USD }, TimeRange::new(low, mid, high))
    }

    #[test]
    fn the_low_rate_comes_from_the_high_time() {
        let rate = rate(1_000_000, 300, 600, 1_200);
        assert_eq!(rate.low_micros_per_minute, 50_000);
        assert_eq!(rate.mid_micros_per_minute, 100_000);
        assert_eq!(rate.high_micros_per_minute, 200_000);
    }

    #[test]
    fn rounds_halves_away_from_zero_and_saturates() {
        assert_eq!(rate(1, 120, 120, 120).mid_micros_per_minute, 1, "half a micro");
        assert_eq!(rate(1, 121, 121, 121).mid_micros_per_minute, 0);
        assert_eq!(rate(-1, 120, 120, 120).mid_micros_per_minute, -1);
        assert_eq!(rate(i64::MAX, 1, 1, 1).mid_micros_per_minute, i64::MAX);
        assert_eq!(rate(i64::MIN, 1, 1, 1).mid_micros_per_minute, i64::MIN);
        assert_eq!(rate(0, 1, 1, 1).mid_micros_per_minute, 0);
    }

    #[test]
    fn dollars_are_shown_in_cents_below_one_dollar() {
        let text = |micros| amount_text(micros, Currency::USD);
        assert_eq!(text(210_000), "21¢");
        assert_eq!(text(53_000), "5.3¢");
        assert_eq!(text(4_600), "0.46¢");
        assert_eq!(text(50_000), "5.0¢");
        assert_eq!(text(99_600), "10¢");
        assert_eq!(text(9_960), "1.0¢");
        assert_eq!(text(994_999), "99¢");
        assert_eq!(text(995_000), "$1.00");
        assert_eq!(text(1_200_000), "$1.20");
        assert_eq!(text(12_604_999), "$12.60");
        assert_eq!(text(123_456_789), "$123.46");
        assert_eq!(text(12), "0.0012¢");
        assert_eq!(text(1), "0.0001¢");
        assert_eq!(text(0), "0¢");
        assert_eq!(text(-53_000), "-5.3¢");
        assert_eq!(text(-1_200_000), "-$1.20");
    }

    #[test]
    fn other_currencies_are_shown_by_code() {
        let euro = Currency::from_code("EUR").unwrap();
        assert_eq!(amount_text(210_000, euro), "0.21 EUR");
        assert_eq!(amount_text(53_000, euro), "0.053 EUR");
        assert_eq!(amount_text(1_200_000, euro), "1.20 EUR");
        assert_eq!(amount_text(0, euro), "0 EUR");
    }

    #[test]
    fn chips_show_the_unit() {
        let rate = rate(2_100_000, 300, 600, 1_200);
        assert_eq!(rate.mid_text(PayUnit::Minute), "21¢/min");
        assert_eq!(rate.mid_text(PayUnit::Hour), "$12.60/h");
        assert_eq!(rate.range_text(PayUnit::Minute), "11–42¢/min");
        assert_eq!(rate.range_text(PayUnit::Hour), "$6.30–25.20/h");
    }

    #[test]
    fn ranges_are_short() {
        assert_eq!(rate(200_000, 60, 200, 600).range_text(PayUnit::Minute), "2–20¢/min");
        assert_eq!(rate(10_000, 60, 200, 600).range_text(PayUnit::Minute), "0.1–1¢/min");
        assert_eq!(rate(1_200_000, 60, 90, 144).range_text(PayUnit::Minute), "$0.50–1.20/min");
        assert_eq!(rate(0, 60, 90, 144).range_text(PayUnit::Minute), "0¢/min");
        assert_eq!(rate(100_000, 60, 60, 60).range_text(PayUnit::Minute), "10¢/min");
        let euro = Currency::from_code("EUR").unwrap();
        let rate = rate_per_minute(Money { micros: 200_000, currency: euro }, TimeRange::new(60, 200, 600));
        assert_eq!(rate.range_text(PayUnit::Minute), "0.020–0.20 EUR/min");
    }

    proptest! {
        #[test]
        fn never_panics_and_keeps_the_order(micros in any::<i64>(), low in any::<u32>(), mid in any::<u32>(), high in any::<u32>()) {
            let rate = rate(micros, low, mid, high);
            if micros >= 0 {
                prop_assert!(rate.low_micros_per_minute <= rate.mid_micros_per_minute);
                prop_assert!(rate.mid_micros_per_minute <= rate.high_micros_per_minute);
            }
            for unit in [PayUnit::Minute, PayUnit::Hour] {
                prop_assert!(!rate.mid_text(unit).is_empty());
                prop_assert!(!rate.range_text(unit).is_empty());
            }
        }
    }
}
