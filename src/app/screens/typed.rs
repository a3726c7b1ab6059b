//! Times, labels, notes and amounts as people type them; what cannot be taken names its field.

use super::limits::with_point;
use crate::domain::{Currency, Money, MoneyError, Note};

/// Most labels of a task, and characters of one.
const MAX_TAGS: usize = 20;
const MAX_TAG_CHARS: usize = 40;

/// The longest time that is taken: no site gives a task longer.
const MAX_SECS: u32 = 31 * 24 * 3_600;

/// Seconds of `12`, `12:30`, `1:05:00`, `1 h 5 min`, `90 s`; nothing takes a correction back.
pub(super) fn secs(text: &str) -> Result<Option<u32>, String> {
    let what = || "Working time: write minutes, such as 12, or 12:30, or 1 h 5 min.".to_owned();
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Ok(None);
    }
    let secs = if text.contains(':') { clock(&text) } else { spoken(&text) }.ok_or_else(what)?;
    match secs {
        0 => Err("Working time: it must be more than 0. Leave it empty to go back to the measured time."
            .to_owned()),
        secs if secs > MAX_SECS => Err("Working time: at most 31 days.".to_owned()),
        secs => Ok(Some(secs)),
    }
}

/// `12:30` are minutes and seconds, `1:05:00` hours before them.
fn clock(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.split(':').map(str::trim).collect();
    // With one colon the first part are minutes, with two it is hours.
    let (first, rest) = parts.split_first()?;
    let mut secs = number(first)?;
    for part in rest {
        secs = secs.checked_mul(60)?.checked_add(number(part).filter(|of| *of < 60 && part.len() == 2)?)?;
    }
    (rest.len() <= 2).then_some(secs)
}

/// Numbers with their units, a lone one in minutes: `90`, `1 h 5 min`, `1h5`, `2,5 h`, `45 s`.
fn spoken(text: &str) -> Option<u32> {
    let mut rest = text;
    let mut total: u32 = 0;
    // What the next lone number is: minutes, after hours too, seconds after minutes.
    let mut lone = 60;
    let mut last_unit = u32::MAX;
    while !rest.trim_start().is_empty() {
        rest = rest.trim_start();
        let end = rest
            .find(|letter: char| !letter.is_ascii_digit() && !".,".contains(letter))
            .unwrap_or(rest.len());
        let (digits, behind) = rest.split_at_checked(end)?;
        let behind = behind.trim_start();
        let end = behind.find(|letter: char| !letter.is_alphabetic()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at_checked(end)?;
        let unit = match unit {
            "" => lone,
            "h" | "hr" | "hrs" | "hour" | "hours" => 3_600,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "s" | "sec" | "secs" | "second" | "seconds" => 1,
            _ => return None,
        };
        if unit >= last_unit {
            return None;
        }
        (last_unit, lone) = (unit, if unit == 60 { 1 } else { 60 });
        total = total.checked_add(times(digits, unit)?)?;
        rest = behind.trim_start_matches('.');
    }
    Some(total)
}

/// A number with at most three digits behind its point, so many times, to the nearest whole.
fn times(digits: &str, unit: u32) -> Option<u32> {
    let digits = digits.replace(',', ".");
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let thousandths = match fraction {
        "" => 0,
        fraction if fraction.len() <= 3 => number(&format!("{fraction:0<3}"))?,
        _ => return None,
    };
    let exact = u64::from(number(whole)?) * 1_000 + u64::from(thousandths);
    u32::try_from((exact * u64::from(unit) + 500) / 1_000).ok()
}

fn number(digits: &str) -> Option<u32> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

pub(super) fn percent(text: &str) -> Result<Option<u8>, String> {
    let text = text.trim().trim_end_matches('%').trim_end();
    if text.is_empty() {
        return Ok(None);
    }
    let share = number(text).and_then(|share| u8::try_from(share).ok()).filter(|share| *share <= 100);
    share.map(Some).ok_or_else(|| "Share done: write a whole number from 0 to 100.".to_owned())
}

/// Labels, each once, in any case.
pub(super) fn tags(text: &str) -> Result<Vec<String>, String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split([',', '\n']) {
        let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_known = tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase());
        if tag.is_empty() || is_known {
            continue;
        }
        let chars = tag.chars().count();
        if chars > MAX_TAG_CHARS {
            return Err(format!("Tags: one has {chars} characters, at most {MAX_TAG_CHARS} are kept."));
        }
        tags.push(tag);
    }
    match tags.len() {
        ..=MAX_TAGS => Ok(tags),
        count => Err(format!("Tags: {count} are too many, at most {MAX_TAGS} are kept.")),
    }
}

pub(super) fn note(text: &str) -> Result<String, String> {
    let too_long =
        |chars: usize| format!("Note: it has {chars} characters, at most {} are kept.", Note::MAX_CHARS);
    let note = Note::new(text).map_err(|long| too_long(long.chars))?;
    Ok(note.map_or_else(String::new, |note| note.text().to_owned()))
}

/// An amount as it is typed; nothing is nothing.
pub(super) fn amount(text: &str, currency: Currency) -> Result<Money, String> {
    let text = text.trim().trim_start_matches('$').trim_start();
    if text.is_empty() {
        return Ok(Money { micros: 0, currency });
    }
    let not_a_number = || "Write an amount, such as 0.50.".to_owned();
    let plain = with_point(text).ok_or_else(not_a_number)?;
    Money::parse_decimal(&plain, currency).map_err(|error| match error {
        MoneyError::NotANumber => not_a_number(),
        MoneyError::Negative => "It cannot be less than 0.".to_owned(),
        MoneyError::TooFine => "At most six digits after the point.".to_owned(),
        MoneyError::TooLarge => "It is more than any bonus.".to_owned(),
    })
}

/// As it is typed: `12`, `12:30`.
pub(super) fn plain(secs: u32) -> String {
    match (secs / 60, secs % 60) {
        (minutes, 0) => minutes.to_string(),
        (minutes, rest) => format!("{minutes}:{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_people_write_them() {
        let cases = [
            ("12", 720),
            (" 12:30 ", 750),
            ("1:05:00", 3_900),
            ("1 h 5 min", 3_900),
            ("1h5", 3_900),
            ("1h 5m 10s", 3_910),
            ("2,5 h", 9_000),
            ("0.5 h", 1_800),
            ("45 s", 45),
            ("90 sec.", 90),
            ("3 Minutes", 180),
            ("12 min 30", 750),
            ("90", 5_400),
            ("1.5", 90),
        ];
        for (text, expected) in cases {
            assert_eq!(secs(text), Ok(Some(expected)), "{text}");
        }
        assert_eq!(secs("  "), Ok(None));
    }

    #[test]
    fn what_is_no_time_names_the_field() {
        let cases = [
            "ten",
            "-5",
            "0",
            "0:00",
            "12:5",
            "12:60",
            "1:2:3:4",
            "5 min 1 h",
            "3 days",
            "1..5",
            ":",
            "12:",
            "99999999999",
            "800 h",
            "1 h 2 h",
            "٣",
            "1e3",
            "5 min 6 min",
        ];
        for text in cases {
            assert!(secs(text).is_err_and(|error| error.starts_with("Working time:")), "{text}");
        }
    }

    #[test]
    fn shown_and_read_again_is_the_same() {
        for time in [1, 59, 60, 61, 720, 3_900, 5_405, MAX_SECS] {
            assert_eq!(secs(&plain(time)), Ok(Some(time)));
        }
    }

    #[test]
    fn tags_are_apart_and_none_twice() {
        assert_eq!(
            tags(" slow,  good  pay ,,Slow\nx"),
            Ok(vec!["slow".to_owned(), "good pay".to_owned(), "x".to_owned()])
        );
        assert!(tags(&"x".repeat(41)).is_err_and(|error| error.contains("41 characters")));
        let many: Vec<String> = (0..21).map(|number| number.to_string()).collect();
        assert!(tags(&many.join(",")).is_err_and(|error| error.contains("21 are too many")));
        assert_eq!(tags(" , "), Ok(Vec::new()));
    }

    #[test]
    fn shares_are_exact() {
        let micros = |text: &str| amount(text, Currency::USD).map(|money| money.micros);
        assert_eq!([micros("$0.50"), micros("0,5"), micros("")], [Ok(500_000), Ok(500_000), Ok(0)]);
        for (text, why) in [
            ("1,000", "Write an amount"),
            ("-1", "less than 0"),
            ("0.0000001", "six digits"),
            ("1e12", "more than any"),
        ] {
            assert!(micros(text).is_err_and(|error| error.contains(why)), "{text}");
        }
    }

    #[test]
    fn shares_of_work_are_whole_per_cent() {
        assert_eq!([percent("40 %"), percent("0"), percent("")], [Ok(Some(40)), Ok(Some(0)), Ok(None)]);
        assert!(percent("101").is_err() && percent("4.5").is_err() && percent("-1").is_err());
    }
}
