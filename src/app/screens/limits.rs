//! Verdict limits as they are typed: two numbers in the chosen unit.

use crate::domain::{Currency, Limits, Money, MoneyError, PayUnit};

/// What is wrong with each of the two texts, in the worker's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitErrors {
    /// Of the lower limit.
    pub fair: Option<String>,
    /// Of the upper limit.
    pub good: Option<String>,
}

/// The two texts of a currency's limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LimitTexts<'a> {
    pub(super) fair: &'a str,
    pub(super) good: &'a str,
}

/// A limit in the unit: `0.12` a minute, `7.25` an hour.
///
/// Rounded to a hundredth of a cent a minute or a tenth of a cent an hour: finer than anybody sets it.
pub(super) fn shown(micros_per_minute: i64, unit: PayUnit) -> String {
    let (micros, step) = match unit {
        PayUnit::Minute => (micros_per_minute, 100),
        PayUnit::Hour => (micros_per_minute.saturating_mul(60), 1_000),
    };
    let rounded = micros.saturating_add(step / 2) / step * step;
    // The currency plays no part in the text.
    Money { micros: rounded.max(step), currency: Currency::USD }.to_decimal()
}

/// Reads both texts. A text that shows what is stored means what is stored, to the last digit.
pub(super) fn read(
    texts: LimitTexts<'_>,
    unit: PayUnit,
    stored: Option<Limits>,
) -> Result<Limits, LimitErrors> {
    let fair = one(texts.fair, unit, stored.map(Limits::fair_micros));
    let good = one(texts.good, unit, stored.map(Limits::good_micros));
    let (fair, good) = match (fair, good) {
        (Ok(fair), Ok(good)) => (fair, good),
        (fair, good) => return Err(LimitErrors { fair: fair.err(), good: good.err() }),
    };
    Limits::new(fair, good).ok_or_else(|| LimitErrors {
        fair: None,
        good: Some(format!("Good must be at least as much as fair: {} or more.", shown(fair, unit))),
    })
}

fn one(text: &str, unit: PayUnit, stored: Option<i64>) -> Result<i64, String> {
    let text = text.trim();
    if let Some(micros) = stored.filter(|micros| shown(*micros, unit) == text) {
        return Ok(micros);
    }
    let per_minute = |micros: i64| match unit {
        PayUnit::Minute => micros,
        PayUnit::Hour => micros.saturating_add(30) / 60,
    };
    let plain = with_point(text.trim_start_matches('$').trim());
    let not_a_number = || "Write a number, such as 0.15.".to_owned();
    let money = match Money::parse_decimal(&plain.ok_or_else(not_a_number)?, Currency::USD) {
        Ok(money) => money,
        Err(MoneyError::NotANumber) => return Err(not_a_number()),
        Err(MoneyError::Negative) => return Err("It must be more than 0.".to_owned()),
        Err(MoneyError::TooFine) => return Err("At most six digits after the point.".to_owned()),
        Err(MoneyError::TooLarge) => return Err(too_high(unit)),
    };
    match per_minute(money.micros) {
        ..1 => Err("It must be more than 0.".to_owned()),
        micros if micros > Limits::MAX_MICROS => Err(too_high(unit)),
        micros => Ok(micros),
    }
}

fn too_high(unit: PayUnit) -> String {
    match unit {
        PayUnit::Minute => "Too high: at most 1000 a minute.".to_owned(),
        PayUnit::Hour => "Too high: at most 60000 an hour.".to_owned(),
    }
}

/// With a point for a decimal comma. `1,000` could be one or a thousand: it is neither.
pub(super) fn with_point(text: &str) -> Option<String> {
    let Some((whole, digits)) = text.split_once(',') else { return Some(text.to_owned()) };
    let clear = !digits.contains([',', '.']) && (digits.len() != 3 || whole == "0");
    clear.then(|| format!("{whole}.{digits}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test should stop at the line")]
    use super::*;

    fn read_minutes(fair: &str, good: &str) -> Result<Limits, LimitErrors> {
        read(LimitTexts { fair, good }, PayUnit::Minute, Some(Limits::US_DOLLARS))
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (fair, good) in [("0.12", "0.175"), (" $0.12", "0,175 "), ("0,12", "0.175")] {
            assert_eq!(read_minutes(fair, good), Ok(Limits::US_DOLLARS), "{fair} {good}");
        }
        let hour = read(LimitTexts { fair: "7.20", good: "10.50" }, PayUnit::Hour, None);
        assert_eq!(hour, Ok(Limits::US_DOLLARS));
    }

    #[test]
    fn what_is_no_limit_says_why_beside_its_field() {
        let cases = [
            ("", "0.2", "Write a number"),
            ("ten", "0.2", "Write a number"),
            ("1,000", "2000", "Write a number"),
            ("1.2.3", "2", "Write a number"),
            ("NaN", "2", "Write a number"),
            ("0", "0.2", "more than 0"),
            ("-1", "0.2", "more than 0"),
            ("0.0000001", "0.2", "six digits"),
            ("1000.01", "2000", "at most 1000"),
            ("1e400", "2", "at most 1000"),
        ];
        for (fair, good, why) in cases {
            let errors = read_minutes(fair, good).unwrap_err();
            assert!(errors.fair.is_some_and(|error| error.contains(why)), "{fair}");
        }
        let errors = read_minutes("0.2", "0.1").unwrap_err();
        assert_eq!(errors.fair, None);
        assert!(errors.good.unwrap().contains("0.20 or more"));
    }

    #[test]
    fn shown_and_read_again_is_the_same() {
        for micros in [1, 99, 100, 116_667, 120_000, 120_833, 175_000, Limits::MAX_MICROS] {
            for unit in [PayUnit::Minute, PayUnit::Hour] {
                let stored = Limits::new(micros, Limits::MAX_MICROS);
                let text = shown(micros, unit);
                let texts = LimitTexts { fair: &text, good: &shown(Limits::MAX_MICROS, unit) };
                assert_eq!(read(texts, unit, stored).ok(), stored, "{text}");
            }
        }
        assert_eq!(shown(120_833, PayUnit::Hour), "7.25");
        assert_eq!(shown(120_000, PayUnit::Hour), "7.20");
    }
}
