//! The first page: twenty rows as varied as the whole, for the demo and its picture.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use super::Made;
use super::script::Script;
use super::wording::Kind;

/// What a place of the first page asks for.
struct Place {
    kind: Kind,
    can_accept: bool,
    cents: RangeInclusive<u32>,
    who: Who,
    stated: bool,
}

/// Whose group it is to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    /// A name in Latin letters, and work that is mostly approved.
    Usual,
    /// A name in Chinese, Japanese or Korean.
    EastAsian,
    /// A name in any other script.
    OtherScript,
    /// A requester who rejects a lot.
    Rejecting,
}

const fn place(kind: Kind, can_accept: bool, cents: RangeInclusive<u32>, who: Who) -> Place {
    Place { kind, can_accept, cents, who, stated: false }
}

const fn timed(kind: Kind, can_accept: bool, cents: RangeInclusive<u32>, who: Who) -> Place {
    Place { kind, can_accept, cents, who, stated: true }
}

const FIRST_PAGE: [Place; 20] = [
    timed(Kind::Study, true, 100..=300, Who::Usual),
    place(Kind::Batch, true, 3..=15, Who::Usual),
    timed(Kind::Study, false, 400..=1_000, Who::Usual),
    timed(Kind::Study, true, 15..=45, Who::Usual),
    timed(Kind::Study, true, 25..=400, Who::EastAsian),
    place(Kind::EarlierWork, false, 200..=6_000, Who::Usual),
    timed(Kind::Batch, true, 15..=150, Who::Usual),
    timed(Kind::Study, true, 60..=150, Who::Usual),
    place(Kind::Screener, true, 1..=60, Who::Usual),
    place(Kind::Batch, true, 1..=15, Who::Rejecting),
    timed(Kind::Study, false, 50..=300, Who::Usual),
    timed(Kind::Study, true, 20..=500, Who::OtherScript),
    timed(Kind::Bonus, true, 1..=150, Who::Usual),
    timed(Kind::Study, true, 1..=15, Who::Usual),
    place(Kind::Named, false, 10..=1_500, Who::Usual),
    place(Kind::Batch, true, 15..=80, Who::Usual),
    place(Kind::Invited, false, 100..=1_500, Who::Usual),
    timed(Kind::Study, true, 500..=1_500, Who::Usual),
    place(Kind::SeveralDays, false, 100..=4_000, Who::Usual),
    place(Kind::Study, true, 40..=250, Who::Usual),
];

/// Puts a fitting group at each place of the first page, each of another requester and with other words.
pub(super) fn arrange(all: &mut [Made]) {
    let mut shown: HashSet<String> = HashSet::new();
    for (at, place) in FIRST_PAGE.iter().enumerate() {
        let fresh = |made: &Made| !shown.contains(&made.group.requester_id) && !shown.contains(made.line);
        let first =
            |test: &dyn Fn(&Made) -> bool| all.iter().skip(at).position(|made| fresh(made) && test(made));
        // Where a seed has nothing that fits whole, the kind counts more than the name and the reward.
        let found = first(&|made| fits(place, made))
            .or_else(|| first(&|made| made.kind == place.kind && can_accept(made) == place.can_accept))
            .or_else(|| first(&|made| can_accept(made) == place.can_accept));
        if let Some(found) = found {
            all.swap(at, at + found);
        }
        if let Some(made) = all.get(at) {
            shown.insert(made.group.requester_id.clone());
            shown.insert(made.line.to_owned());
        }
    }
}

fn can_accept(made: &Made) -> bool {
    made.group.caller_meets_requirements
}

fn fits(place: &Place, made: &Made) -> bool {
    made.kind == place.kind
        && can_accept(made) == place.can_accept
        && place.cents.contains(&made.cents)
        && made.stated == place.stated
        && who(made) == place.who
}

fn who(made: &Made) -> Who {
    let rate = &made.group.requester_info.task_approval_rate;
    match Script::of(&made.group.requester_name) {
        Script::Latin if rate == "62%" => Who::Rejecting,
        Script::Latin => Who::Usual,
        Script::Japanese | Script::Chinese | Script::Korean => Who::EastAsian,
        _ => Who::OtherScript,
    }
}
