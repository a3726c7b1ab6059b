//! Words that several views share: rates, times and kinds as a person reads them.

use crate::domain::{Currency, Kind, Money, Need, SiteDay, TimeRange};

/// The kind in words, as the row's first thing.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::EarlierWork => "pay for earlier work",
        Kind::NamedWorkers => "named workers only",
        Kind::Screener => "screener",
        Kind::QualificationTest => "qualification test",
        Kind::Invited => "part 2 / invited",
        Kind::SeveralDays => "several days",
    }
}

/// What the kind means for the worker, in one sentence.
pub fn kind_explained(kind: Kind) -> &'static str {
    match kind {
        Kind::EarlierWork => "Pays for something done before. There is no work in it, so it has no rate.",
        Kind::NamedWorkers => "Only for workers the requester named. Others are rejected.",
        Kind::Screener => {
            "Decides who is asked to the real task. Most of the pay comes later, or not at all."
        }
        Kind::QualificationTest => "A test for a qualification, not the paid work itself.",
        Kind::Invited => "For workers who did an earlier part or were invited.",
        Kind::SeveralDays => "The work is spread over several days.",
    }
}

/// A need as a short neutral mark.
pub fn need(need: Need) -> &'static str {
    match need {
        Need::Microphone => "microphone",
        Need::Camera => "camera",
        Need::Phone => "phone",
        Need::Headphones => "headphones",
        Need::Download => "download",
        Need::Account => "account",
        Need::Language => "other language",
        Need::AnotherDay => "another day",
        Need::AdultContent => "adult content",
    }
}

/// A span as a person says it: `45 s`, `5 min`, `1 h 30 min`.
pub fn span(secs: u32) -> String {
    match secs {
        60 => "1 min".to_owned(),
        0..90 => format!("{secs} s"),
        90..3_570 => format!("{} min", rounded_minutes(secs)),
        _ => {
            let minutes = if secs < 36_000 { rounded_minutes(secs) } else { (secs + 1_800) / 3_600 * 60 };
            match (minutes / 60, minutes % 60) {
                (hours, 0) => format!("{hours} h"),
                (hours, rest) => format!("{hours} h {rest} min"),
            }
        }
    }
}

fn rounded_minutes(secs: u32) -> u32 {
    secs.saturating_add(30) / 60
}

/// A range of time: `3–9 min`.
pub fn span_range(time: TimeRange) -> String {
    // Beside minutes, seconds above one of them are minutes too: `1–20 min`.
    let low_secs = match (time.low_secs, time.high_secs) {
        (61..90, 90..) => 60,
        (low_secs, _) => low_secs,
    };
    let (low, high) = (span(low_secs), span(time.high_secs));
    if low == high {
        return low;
    }
    let unit = |text: &str| text.rsplit_once(' ').map(|(_, unit)| unit.to_owned());
    let single = |text: &str| text.split(' ').count() == 2;
    match (low.split_once(' '), unit(&low) == unit(&high) && single(&low) && single(&high)) {
        (Some((number, _)), true) => format!("{number}–{high}"),
        _ => format!("{low} – {high}"),
    }
}

/// An amount of money as it is paid: `25¢`, `$1.05`.
///
/// Unlike a rate it is exact: no digit of a reward is rounded away.
pub fn amount(money: Money) -> String {
    let text = money.to_decimal();
    if money.currency != Currency::USD {
        return format!("{text} {}", money.currency.code());
    }
    match (money.micros, money.micros % 10_000) {
        (0..1_000_000, 0) => format!("{}¢", money.micros / 10_000),
        _ => format!("${text}"),
    }
}

/// A site's day: `2 Nov 2024`.
pub fn day(day: SiteDay) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month, day) = day.civil();
    let month = MONTHS.get(usize::from(month).saturating_sub(1)).copied().unwrap_or_default();
    format!("{day} {month} {year}")
}

/// `1 row`, `3 rows`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_as_people_say_them() {
        let cases = [
            (1, "1 s"),
            (60, "1 min"),
            (89, "89 s"),
            (90, "2 min"),
            (300, "5 min"),
            (3_569, "59 min"),
            (3_570, "1 h"),
        ];
        for (secs, text) in cases {
            assert_eq!(span(secs), text);
        }
        assert_eq!(span(5_400), "1 h 30 min");
        assert_eq!(span(90_000), "25 h");
    }

    #[test]
    fn ranges_share_their_unit() {
        assert_eq!(span_range(TimeRange::new(180, 300, 540)), "3–9 min");
        assert_eq!(span_range(TimeRange::new(60, 300, 540)), "1–9 min");
        assert_eq!(span_range(TimeRange::new(300, 300, 300)), "5 min");
        assert_eq!(span_range(TimeRange::new(3_600, 4_000, 5_400)), "1 h – 1 h 30 min");
    }
}
