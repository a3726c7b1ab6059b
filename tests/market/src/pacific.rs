//! The site's calendar: days in Los Angeles, 23 and 25 hours long once a year each.

use std::fmt;
use std::str::FromStr;

use time::{Date, Duration, Month, OffsetDateTime};

/// A Pacific day, by which the site files work and pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day in Los Angeles at this moment, in seconds since 1970-01-01 UTC.
    pub fn at(epoch_secs: i64) -> Self {
        let local = epoch_secs + offset_secs(epoch_secs);
        Self(OffsetDateTime::from_unix_timestamp(local).map_or(Date::MIN, OffsetDateTime::date))
    }

    /// So many days earlier.
    #[must_use]
    pub fn days_before(self, days: u16) -> Self {
        Self(self.0.checked_sub(Duration::days(days.into())).unwrap_or(Date::MIN))
    }

    /// Noon in Los Angeles, in seconds since 1970-01-01 UTC.
    pub fn noon(self) -> i64 {
        let noon_utc = self.0.midnight().assume_utc().unix_timestamp() + 12 * 3_600;
        noon_utc - offset_secs(noon_utc)
    }

    /// `November 21, 2026`, as the heading of the day's page has it.
    pub fn in_words(self) -> String {
        format!("{} {}, {}", self.0.month(), self.0.day(), self.0.year())
    }

    /// `2026`, `November 2026`, `Q4 2026`: the periods that earnings are summed by.
    pub(crate) fn periods(self) -> [String; 3] {
        let (year, month) = (self.0.year(), self.0.month());
        let quarter = (u8::from(month) - 1) / 3 + 1;
        [year.to_string(), format!("{month} {year}"), format!("Q{quarter} {year}")]
    }
}

impl fmt::Display for Day {
    /// `2026-11-21`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.0.to_calendar_date();
        write!(f, "{year:04}-{:02}-{day:02}", u8::from(month))
    }
}

/// A text that is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDay;

impl fmt::Display for NoDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day reads YYYY-MM-DD")
    }
}

impl std::error::Error for NoDay {}

impl FromStr for Day {
    type Err = NoDay;

    fn from_str(text: &str) -> Result<Self, NoDay> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| {
            parts.next().filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
        };
        let (year, month, day) = (part(4), part(2), part(2));
        let (Some(year), Some(month), Some(day), None) = (year, month, day, parts.next()) else {
            return Err(NoDay);
        };
        let month: u8 = month.parse().map_err(|_| NoDay)?;
        let month = Month::try_from(month).map_err(|_| NoDay)?;
        let (year, day) = (year.parse().map_err(|_| NoDay)?, day.parse().map_err(|_| NoDay)?);
        Date::from_calendar_date(year, month, day).map(Self).map_err(|_| NoDay)
    }
}

const STANDARD_SECS: i64 = -8 * 3_600;
const SUMMER_SECS: i64 = -7 * 3_600;

/// What Los Angeles adds to UTC: the rule of the United States since 2007 (15 U.S.C. § 260a), from the second Sunday
/// of March, 2:00 standard time, to the first Sunday of November, 2:00 summer time.
fn offset_secs(epoch_secs: i64) -> i64 {
    let Ok(utc) = OffsetDateTime::from_unix_timestamp(epoch_secs) else { return STANDARD_SECS };
    let change = |month, week, utc_hour: i64| {
        sunday(utc.year(), month, week)
            .map(|date| date.midnight().assume_utc().unix_timestamp() + utc_hour * 3_600)
    };
    match (change(Month::March, 2, 10), change(Month::November, 1, 9)) {
        (Some(spring), Some(autumn)) if (spring..autumn).contains(&epoch_secs) => SUMMER_SECS,
        _ => STANDARD_SECS,
    }
}

/// The first, second, … Sunday of a month.
fn sunday(year: i32, month: Month, week: u8) -> Option<Date> {
    let first = Date::from_calendar_date(year, month, 1).ok()?;
    let to_sunday = (7 - first.weekday().number_days_from_sunday()) % 7;
    Date::from_calendar_date(year, month, 1 + to_sunday + 7 * (week - 1)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::epoch_secs;

    fn day_at(stamp: &str) -> String {
        Day::at(epoch_secs(stamp).unwrap()).to_string()
    }

    #[test]
    fn days_turn_at_midnight_in_los_angeles() {
        for (stamp, day) in [
            ("2026-11-22T07:59:59Z", "2026-11-21"),
            ("2026-11-22T08:00:00Z", "2026-11-22"),
            ("2026-07-01T06:59:59Z", "2026-06-30"),
            ("2026-07-01T07:00:00Z", "2026-07-01"),
            ("2027-01-01T07:59:59Z", "2026-12-31"),
        ] {
            assert_eq!(day_at(stamp), day, "{stamp}");
        }
    }

    #[test]
    fn two_days_a_year_are_not_24_hours_long() {
        // 2026: 8 March has 23 hours, 1 November 25.
        for (day, first, end) in [
            ("2026-03-08", "2026-03-08T08:00:00Z", "2026-03-09T07:00:00Z"),
            ("2026-11-01", "2026-11-01T07:00:00Z", "2026-11-02T08:00:00Z"),
        ] {
            let (first, end) = (epoch_secs(first).unwrap(), epoch_secs(end).unwrap());
            let named = |at: i64| Day::at(at).to_string() == day;
            assert!(!named(first - 1) && named(first) && named(end - 1) && !named(end), "{day}");
        }
    }

    #[test]
    fn noon_is_within_its_day() {
        let mut day: Day = "2027-01-05".parse().unwrap();
        for _ in 0..800 {
            assert_eq!(Day::at(day.noon()), day);
            day = day.days_before(1);
        }
    }

    #[test]
    fn texts_round_trip_and_others_are_refused() {
        let day: Day = "2024-02-29".parse().unwrap();
        assert_eq!((day.to_string(), day.in_words()), ("2024-02-29".into(), "February 29, 2024".into()));
        assert_eq!(day.periods(), ["2024", "February 2024", "Q1 2024"]);
        for text in
            ["", "2025-02-29", "2024-2-29", "2024-02-29T00:00", "20240229", "x024-02-29", "2024-13-01"]
        {
            assert_eq!(text.parse::<Day>(), Err(NoDay), "{text}");
        }
    }
}
