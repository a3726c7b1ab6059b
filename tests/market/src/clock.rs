//! The wire's time stamps and the texts the page makes of them.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Seconds since 1970 as `YYYY-MM-DDTHH:MM:SS.000Z`.
pub(crate) fn stamp(epoch_secs: i64) -> String {
    let t = OffsetDateTime::from_unix_timestamp(epoch_secs).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (year, month, day) = t.to_calendar_date();
    let (hour, minute, second) = t.to_hms();
    format!("{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.000Z", u8::from(month))
}

/// Undoes [`stamp`]; `None` where the text is no time stamp.
pub(crate) fn epoch_secs(stamp: &str) -> Option<i64> {
    OffsetDateTime::parse(stamp, &Rfc3339).ok().map(OffsetDateTime::unix_timestamp)
}

/// Now, in seconds since 1970.
pub(crate) fn now() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}

/// `2h ago`, or `in 5m` for what lies ahead: the text of the created column.
pub(crate) fn relative(from_secs: i64, to_secs: i64) -> String {
    let gap = to_secs.saturating_sub(from_secs);
    let length = match gap.unsigned_abs() {
        secs @ 0..60 => format!("{secs}s"),
        secs @ 60..3_600 => format!("{}m", secs / 60),
        secs @ 3_600..86_400 => format!("{}h", secs / 3_600),
        secs => format!("{}d", secs / 86_400),
    };
    if gap < 0 { format!("in {length}") } else { format!("{length} ago") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_round_trip() {
        assert_eq!(stamp(1_615_416_539), "2021-03-10T22:48:59.000Z");
        assert_eq!(epoch_secs("2021-03-10T22:48:59.000Z"), Some(1_615_416_539));
        assert_eq!(epoch_secs("yesterday"), None);
    }

    #[test]
    fn texts_read_as_on_the_page() {
        assert_eq!(relative(0, 7_300), "2h ago");
        assert_eq!(relative(300, 0), "in 5m");
    }
}
