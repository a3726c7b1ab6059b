//! Days as a site counts them: Mechanical Turk's are Pacific, 23 and 25 hours long twice a year.

use std::fmt;

use super::Timestamp;

const MS_PER_DAY: i64 = 86_400_000;
const MS_PER_HOUR: i64 = 3_600_000;

/// A day of a site's own calendar, as days since 1970-01-01.
///
/// It carries no zone: [`SiteZone`] says when the day begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteDay(pub i32);

impl SiteDay {
    /// The day of a civil date; `None` where there is no such date or the year is not 0 to 9999.
    pub fn from_civil(year: i32, month: u8, day: u8) -> Option<Self> {
        let date = Civil { year: i64::from(year), month: i64::from(month), day: i64::from(day) };
        if !(0..=9999).contains(&year) || !(1..=12).contains(&month) || day == 0 {
            return None;
        }
        let days = date.days();
        (Civil::of(days) == date).then_some(Self(i32::try_from(days).ok()?))
    }

    /// Reads `2026-11-21`; `None` for anything else, also with text behind it.
    pub fn parse(text: &str) -> Option<Self> {
        let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1]: [u8; 10] = text.as_bytes().try_into().ok()? else {
            return None;
        };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0_u16, |sum, digit| {
                digit.is_ascii_digit().then(|| sum * 10 + u16::from(digit - b'0'))
            })
        };
        let month = u8::try_from(number(&[m0, m1])?).ok()?;
        let day = u8::try_from(number(&[d0, d1])?).ok()?;
        Self::from_civil(i32::from(number(&[y0, y1, y2, y3])?), month, day)
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    pub fn civil(self) -> (i32, u8, u8) {
        let date = Civil::of(i64::from(self.0));
        // An i32 of days spans less than six million years.
        (
            i32::try_from(date.year).unwrap_or(i32::MAX),
            u8::try_from(date.month).unwrap_or(1),
            u8::try_from(date.day).unwrap_or(1),
        )
    }

    /// The day so many days later, or earlier where negative; at the ends of the calendar it stays there.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

impl fmt::Display for SiteDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

/// Where a site's days begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SiteZone {
    /// Los Angeles: UTC−8, and UTC−7 from the second Sunday of March 2:00 to the first Sunday of November 2:00.
    ///
    /// The rule of the US Energy Policy Act of 2005, in force since 2007; earlier years are counted by it too.
    Pacific,
    /// UTC all year.
    Utc,
}

impl SiteZone {
    /// The day in which a moment lies; moments beyond the calendar lie in its first or last day.
    pub fn day_of(self, moment: Timestamp) -> SiteDay {
        let local = moment.0.saturating_add(self.offset_ms(moment));
        let days = local.div_euclid(MS_PER_DAY);
        SiteDay(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }

    /// When a day begins, and when the next one does: the second moment is no longer in it.
    pub fn bounds(self, day: SiteDay) -> (Timestamp, Timestamp) {
        let days = i64::from(day.0);
        (self.start(days), self.start(days + 1))
    }

    /// Hour (0 to 23) and minute of the site's clock at a moment.
    pub fn clock_of(self, moment: Timestamp) -> (u8, u8) {
        let ms_of_day = moment.0.saturating_add(self.offset_ms(moment)).rem_euclid(MS_PER_DAY);
        let part = |ms: i64| u8::try_from(ms).unwrap_or(0);
        (part(ms_of_day / MS_PER_HOUR), part(ms_of_day % MS_PER_HOUR / 60_000))
    }

    /// The moment at which a day begins. Neither switch is at midnight, so there is exactly one.
    fn start(self, days: i64) -> Timestamp {
        let midnight_as_utc = days * MS_PER_DAY;
        match self {
            Self::Utc => Timestamp(midnight_as_utc),
            Self::Pacific => {
                // Switches are hours after midnight: standard time's midnight lies on the same side as the real one.
                let standard = midnight_as_utc + 8 * MS_PER_HOUR;
                let offset = self.offset_ms(Timestamp(standard - MS_PER_HOUR));
                Timestamp(midnight_as_utc - offset)
            }
        }
    }

    /// Local time minus UTC in milliseconds.
    fn offset_ms(self, moment: Timestamp) -> i64 {
        match self {
            Self::Utc => 0,
            Self::Pacific if in_summer(moment) => -7 * MS_PER_HOUR,
            Self::Pacific => -8 * MS_PER_HOUR,
        }
    }
}

/// Whether Pacific daylight saving time holds at a moment.
fn in_summer(moment: Timestamp) -> bool {
    // The year of UTC is the Pacific one except in hours around New Year, in both of which it is winter.
    let year = Civil::of(moment.0.div_euclid(MS_PER_DAY)).year;
    // Saturating: at the ends of time the day is the same in summer and winter.
    let at = |day: i64, hour: i64| day.saturating_mul(MS_PER_DAY).saturating_add(hour * MS_PER_HOUR);
    let begins = at(nth_sunday(year, 3, 2), 10);
    let ends = at(nth_sunday(year, 11, 1), 9);
    (begins..ends).contains(&moment.0)
}

/// The day of the n-th Sunday of a month, as days since 1970-01-01.
fn nth_sunday(year: i64, month: i64, nth: i64) -> i64 {
    let first = Civil { year, month, day: 1 }.days();
    // 1970-01-01 was a Thursday; Sunday is 0.
    let weekday = (first + 4).rem_euclid(7);
    first + (7 - weekday).rem_euclid(7) + (nth - 1) * 7
}

/// A date of the proleptic Gregorian calendar.
///
/// Both conversions count in eras of 400 years that begin in March, so that the leap day is the last of its
/// year (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
#[derive(Clone, Copy, PartialEq, Eq)]
struct Civil {
    year: i64,
    month: i64,
    day: i64,
}

const DAYS_PER_ERA: i64 = 146_097;
/// From 0000-03-01 to 1970-01-01.
const DAYS_TO_EPOCH: i64 = 719_468;

impl Civil {
    fn of(days: i64) -> Self {
        let shifted = days + DAYS_TO_EPOCH;
        let era = shifted.div_euclid(DAYS_PER_ERA);
        let day_of_era = shifted.rem_euclid(DAYS_PER_ERA);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        Self { year: year_of_era + era * 400 + i64::from(month <= 2), month, day }
    }

    fn days(self) -> i64 {
        let year = self.year - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month_from_march = if self.month > 2 { self.month - 3 } else { self.month + 9 };
        let day_of_year = (153 * month_from_march + 2) / 5 + self.day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH
    }
}

#[cfg(test)]
mod tests;
