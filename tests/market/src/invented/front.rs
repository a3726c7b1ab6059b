//! The first page: twenty rows as varied as the whole, for the demo and its picture.

use std::collections::HashSet;

use super::Made;
use super::wording::Kind;

/// What a place of the first page asks for.
struct Place {
    kind: Kind,
    can_accept: bool,
    cents: std::ops::RangeInclusive<u32>,
    stated: bool,
    script: Script,
}

/// Letters of the requester's name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    EastAsian,
    Other,
}

const fn place(kind: Kind, can_accept: bool, cents: std::ops::RangeInclusive<u32>) -> Place {
    Place { kind, can_accept, cents, stated: false, script: Script::Latin }
}

const fn stated(kind: Kind, can_accept: bool, cents: std::ops::RangeInclusive<u32>) -> Place {
    Place { kind, can_accept, cents, stated: true, script: Script::Latin }
}

const FIRST_PAGE: [Place; 20] = [
    stated(Kind::Study, true, 100..=300),
    place(Kind::Batch, true, 3..=15),
    stated(Kind::Study, false, 400..=1_000),
    stated(Kind::Study, true, 15..=45),
    Place { kind: Kind::Study, can_accept: true, cents: 40..=400, stated: true, script: Script::EastAsian },
    place(Kind::EarlierWork, false, 200..=6_000),
    stated(Kind::Batch, true, 20..=100),
    stated(Kind::Study, true, 60..=150),
    place(Kind::Screener, true, 1..=40),
    place(Kind::Batch, true, 1..=12),
    stated(Kind::Study, false, 50..=300),
    Place { kind: Kind::Study, can_accept: true, cents: 20..=500, stated: true, script: Script::Other },
    place(Kind::Bonus, true, 1..=100),
    stated(Kind::Study, true, 1..=12),
    place(Kind::Named, false, 10..=1_500),
    place(Kind::Batch, true, 15..=80),
    place(Kind::Invited, false, 100..=1_500),
    stated(Kind::Study, true, 500..=1_500),
    place(Kind::SeveralDays, false, 100..=4_000),
    place(Kind::Study, true, 40..=250),
];

/// Puts a fitting group at each place of the first page, each of another requester.
pub(super) fn arrange(all: &mut [Made]) {
    let mut shown: HashSet<String> = HashSet::new();
    for (at, place) in FIRST_PAGE.iter().enumerate() {
        let found = all
            .iter()
            .skip(at)
            .position(|made| fits(place, made) && !shown.contains(&made.group.requester_id))
            .map(|offset| at + offset);
        if let Some(found) = found.filter(|&found| found < all.len()) {
            all.swap(at, found);
        }
        if let Some(made) = all.get(at) {
            shown.insert(made.group.requester_id.clone());
        }
    }
}

fn fits(place: &Place, made: &Made) -> bool {
    made.kind == place.kind
        && made.group.caller_meets_requirements == place.can_accept
        && place.cents.contains(&made.cents)
        && made.stated == place.stated
        && script(&made.group.requester_name) == place.script
}

fn script(name: &str) -> Script {
    match name.chars().find(|c| c.is_alphabetic() && !c.is_ascii()) {
        Some('\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}') => Script::EastAsian,
        Some('\u{0370}'..='\u{0fff}') => Script::Other,
        _ => Script::Latin,
    }
}
