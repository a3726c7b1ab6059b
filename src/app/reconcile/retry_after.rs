//! `Retry-After`: how long a site asks to wait, in seconds or until a moment.
//!
//! RFC 9110, sections 10.2.3 and 5.6.7: seconds, or a date in one of three forms, of which two are obsolete and still to
//! be understood. What is neither says nothing.

use crate::domain::{SiteDay, SiteZone, Timestamp};

/// Seconds from now. A moment that has passed is 0; one of no known form is `None`.
pub fn retry_after_secs(header: &str, now: Timestamp) -> Option<u32> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than that are as long a wait as can be asked for.
        return Some(header.parse().unwrap_or(u32::MAX));
    }
    let millis = date(header, now)?.0.saturating_sub(now.0).max(0);
    // A part of a second is waited for as well.
    let secs = millis.saturating_add(999) / 1_000;
    Some(u32::try_from(secs).unwrap_or(u32::MAX))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov  6 08:49:37 1994`.
fn date(text: &str, now: Timestamp) -> Option<Timestamp> {
    // The longest form has 33 letters.
    if !text.is_ascii() || text.len() > 40 {
        return None;
    }
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let (day, clock) = match *words.as_slice() {
        [weekday, day, month, year, clock, "GMT"] if is_weekday(weekday.strip_suffix(',')?, 3) => {
            (civil((digits(year, 4)?, month, digits(day, 2)?))?, clock)
        }
        [weekday, date, clock, "GMT"] if is_weekday(weekday.strip_suffix(',')?, usize::MAX) => {
            let mut parts = date.split('-');
            let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
            let year = year_near(digits(year, 2)?, now);
            (parts.next().is_none().then(|| civil((year, month, digits(day, 2)?))).flatten()?, clock)
        }
        [weekday, month, day, clock, year] if is_weekday(weekday, 3) => {
            (civil((digits(year, 4)?, month, digits(day, day.len().min(2))?))?, clock)
        }
        _ => return None,
    };
    let (midnight, _) = SiteZone::Utc.bounds(day);
    Some(Timestamp(midnight.0.saturating_add(millis_of(clock)?)))
}

/// A whole number of exactly so many digits.
fn digits(text: &str, count: usize) -> Option<i32> {
    let is_number = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Of the years that end so, the latest that is not more than 50 years ahead.
fn year_near(two_digits: i32, now: Timestamp) -> i32 {
    let (this_year, ..) = SiteZone::Utc.day_of(now).civil();
    let year = this_year - this_year.rem_euclid(100) + two_digits;
    match year - this_year {
        ahead if ahead > 50 => year - 100,
        ahead if ahead <= -50 => year + 100,
        _ => year,
    }
}

fn civil((year, month, day): (i32, &str, i32)) -> Option<SiteDay> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = MONTHS.iter().position(|name| *name == month)?.checked_add(1)?;
    SiteDay::from_civil(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// The day of the week by its first letters, or whole; whether it fits the date is the sender's affair.
fn is_weekday(word: &str, letters: usize) -> bool {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    DAYS.iter().any(|day| day.get(..letters.min(day.len())) == Some(word))
}

/// Milliseconds since midnight of `08:49:37`; a leap second counts as the next one.
fn millis_of(clock: &str) -> Option<i64> {
    let mut parts = clock.split(':');
    let mut part = |limit: i32| digits(parts.next()?, 2).filter(|number| *number < limit);
    let (hours, minutes, secs) = (part(24)?, part(60)?, part(61)?);
    parts.next().is_none().then_some(i64::from((hours * 60 + minutes) * 60 + secs) * 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 6 November 1994, 08:49:37.
    const THEN: i64 = 784_111_777_000;

    fn after(header: &str, before_ms: i64) -> Option<u32> {
        retry_after_secs(header, Timestamp(THEN - before_ms))
    }

    #[test]
    fn seconds_are_seconds() {
        assert_eq!(after("120", 0), Some(120));
        assert_eq!(after(" 0 ", 0), Some(0));
        assert_eq!(after("99999999999999999999", 0), Some(u32::MAX));
    }

    #[test]
    fn all_three_forms_of_a_date_name_the_same_moment() {
        let forms =
            ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"];
        for form in forms {
            assert_eq!(after(form, 0), Some(0), "{form}");
            assert_eq!(after(form, 90_000), Some(90), "{form}");
            assert_eq!(after(form, 89_001), Some(90), "{form}: a part of a second");
            assert_eq!(after(form, -1), Some(0), "{form}: it has passed");
            assert_eq!(after(form, -3_600_000), Some(0), "{form}: it has passed");
        }
        assert_eq!(after("Sun Nov 16 08:49:37 1994", 0), Some(864_000));
        assert_eq!(after("Sun, 06 Nov 9999 08:49:37 GMT", 0), Some(u32::MAX));
        assert_eq!(after("Sun, 06 Nov 1994 08:49:60 GMT", 0), Some(23));
    }

    #[test]
    fn a_year_of_two_digits_is_never_far_ahead() {
        let now = Timestamp(1_795_000_000_000); // 2026
        assert_eq!((year_near(27, now), year_near(76, now), year_near(77, now)), (2027, 2076, 1977));
        let late = Timestamp(4_089_000_000_000); // 2099
        assert_eq!((year_near(99, late), year_near(0, late), year_near(49, late)), (2099, 2100, 2149));
    }

    #[test]
    fn what_is_neither_says_nothing() {
        let bad = [
            "",
            "soon",
            "-1",
            "+5",
            "1.5",
            "12 s",
            "1e3",
            "0x10",
            "Sun",
            "GMT",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun, 06 Nov 1994 08:49:37 +0000",
            "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sun, 31 Feb 1994 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:60:00 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994 08:49:37:00 GMT",
            "Xyz, 06 Nov 1994 08:49:37 GMT",
            ", 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-1994 08:49:37 GMT",
            "Sunday, 06-Nov-94-1 08:49:37 GMT",
            "Sun Nov 006 08:49:37 1994",
            "Sun Nov -6 08:49:37 1994",
            "Sun, 06 Nov +994 08:49:37 GMT",
            "١٢٠",
            "Sün, 06 Nov 1994 08:49:37 GMT",
        ];
        for header in bad {
            assert_eq!(after(header, 0), None, "{header:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(header in "\\PC{0,60}", now in proptest::num::i64::ANY) {
            let _ = retry_after_secs(&header, Timestamp(now));
        }

        #[test]
        fn any_moment_of_a_century_is_read_back(secs in 0_u32..3_000_000_000, wait in 0_u32..1_000_000) {
            let then = Timestamp((i64::from(secs) + i64::from(wait)) * 1_000);
            let day = SiteZone::Utc.day_of(then);
            let ((year, month, date), (hours, minutes)) = (day.civil(), SiteZone::Utc.clock_of(then));
            let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
                .get(usize::from(month) - 1).copied().unwrap_or_default();
            let header = format!(
                "Mon, {date:02} {name} {year:04} {hours:02}:{minutes:02}:{:02} GMT", then.0 / 1_000 % 60
            );
            proptest::prop_assert_eq!(retry_after_secs(&header, Timestamp(i64::from(secs) * 1_000)), Some(wait));
        }
    }
}
