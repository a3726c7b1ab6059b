//! Days against the IANA database, hour by hour.

use std::collections::BTreeSet;

use super::*;

/// The days of March and November with 23 and 25 hours, 2007 to 2060, as the IANA time zone database has them.
const SWITCHES: [(u8, u8); 54] = [
    (11, 4),
    (9, 2),
    (8, 1),
    (14, 7),
    (13, 6),
    (11, 4),
    (10, 3),
    (9, 2),
    (8, 1),
    (13, 6),
    (12, 5),
    (11, 4),
    (10, 3),
    (8, 1),
    (14, 7),
    (13, 6),
    (12, 5),
    (10, 3),
    (9, 2),
    (8, 1),
    (14, 7),
    (12, 5),
    (11, 4),
    (10, 3),
    (9, 2),
    (14, 7),
    (13, 6),
    (12, 5),
    (11, 4),
    (9, 2),
    (8, 1),
    (14, 7),
    (13, 6),
    (11, 4),
    (10, 3),
    (9, 2),
    (8, 1),
    (13, 6),
    (12, 5),
    (11, 4),
    (10, 3),
    (8, 1),
    (14, 7),
    (13, 6),
    (12, 5),
    (10, 3),
    (9, 2),
    (8, 1),
    (14, 7),
    (12, 5),
    (11, 4),
    (10, 3),
    (9, 2),
    (14, 7),
];

fn day(text: &str) -> SiteDay {
    SiteDay::parse(text).unwrap()
}

fn days() -> impl Iterator<Item = SiteDay> {
    (day("2007-01-01").0..=day("2060-12-31").0).map(SiteDay)
}

#[test]
fn dates_go_both_ways() {
    let mut count = 0;
    for day in days() {
        let (year, month, of_month) = day.civil();
        assert_eq!(SiteDay::from_civil(year, month, of_month), Some(day));
        assert_eq!(SiteDay::parse(&day.to_string()), Some(day));
        count += 1;
    }
    assert_eq!(count, 54 * 365 + 14, "54 years, 14 of them leap years");
    assert_eq!(day("1970-01-01"), SiteDay(0));
    assert_eq!(day("2000-02-29").plus_days(1), day("2000-03-01"));
    assert_eq!(day("0000-01-01").to_string(), "0000-01-01");
    assert_eq!(day("9999-12-31").plus_days(1).to_string(), "10000-01-01");
}

#[test]
fn what_is_no_date_is_refused() {
    let wrong = [
        "",
        "2026-11-21T00:00:00Z",
        "2026-1-21",
        "20261121",
        "2026/11/21",
        "2026-13-01",
        "2026-00-10",
        "2026-02-29",
        "2100-02-29",
        "2026-04-31",
        "2026-11-00",
        " 026-11-21",
        "+026-11-21",
        "２026-11-2",
        "2026-11-2\u{661}",
    ];
    for text in wrong {
        assert_eq!(SiteDay::parse(text), None, "{text:?}");
    }
}

#[test]
fn two_days_a_year_are_shorter_and_longer() {
    let mut odd = Vec::new();
    for day in days() {
        let (from, to) = SiteZone::Pacific.bounds(day);
        assert_eq!(SiteZone::Pacific.bounds(day.plus_days(1)).0, to, "{day}");
        if to.0 - from.0 != 24 * MS_PER_HOUR {
            odd.push((day.civil(), (to.0 - from.0) / MS_PER_HOUR));
        }
    }
    let expected: Vec<_> = (2007..)
        .zip(SWITCHES)
        .flat_map(|(year, (march, november))| [((year, 3, march), 23), ((year, 11, november), 25)])
        .collect();
    assert_eq!(odd, expected);
}

#[test]
fn a_moment_lies_in_the_day_whose_bounds_hold_it() {
    for zone in [SiteZone::Pacific, SiteZone::Utc] {
        for day in days() {
            let (from, to) = zone.bounds(day);
            for moment in [from.0, from.0 + 1, i64::midpoint(from.0, to.0), to.0 - 1] {
                assert_eq!(zone.day_of(Timestamp(moment)), day, "{zone:?} {day}");
            }
        }
    }
}

#[test]
fn every_hour_around_the_switches() {
    let switches = (2007..).zip(SWITCHES).flat_map(|(year, (march, november))| {
        [SiteDay::from_civil(year, 3, march).unwrap(), SiteDay::from_civil(year, 11, november).unwrap()]
    });
    for day in switches {
        let (from, to) = SiteZone::Pacific.bounds(day);
        let mut seen = BTreeSet::new();
        for half_hour in -60..120 {
            let moment = from.0 + half_hour * MS_PER_HOUR / 2;
            let found = SiteZone::Pacific.day_of(Timestamp(moment));
            let expected = day.plus_days(if moment < from.0 - 24 * MS_PER_HOUR {
                -2
            } else if moment < from.0 {
                -1
            } else if moment < to.0 {
                0
            } else if moment < to.0 + 24 * MS_PER_HOUR {
                1
            } else {
                2
            });
            assert_eq!(found, expected, "{day} {half_hour}");
            seen.insert(found);
        }
        assert!(seen.len() >= 4, "{day}");
    }
}

#[test]
fn known_midnights() {
    // 2026-11-21 00:00 PST and 2026-07-04 00:00 PDT.
    assert_eq!(SiteZone::Pacific.bounds(day("2026-11-21")).0, Timestamp(1_795_248_000_000));
    assert_eq!(SiteZone::Pacific.bounds(day("2026-07-04")).0, Timestamp(1_783_148_400_000));
}

#[test]
fn the_ends_of_time_are_no_panic() {
    for zone in [SiteZone::Pacific, SiteZone::Utc] {
        assert_eq!(zone.day_of(Timestamp(i64::MAX)), SiteDay(i32::MAX));
        assert_eq!(zone.day_of(Timestamp(i64::MIN)), SiteDay(i32::MIN));
        for day in [SiteDay(i32::MIN), SiteDay(i32::MAX)] {
            let (from, to) = zone.bounds(day);
            assert!(from < to);
            assert_eq!(zone.day_of(from), day);
        }
    }
}
