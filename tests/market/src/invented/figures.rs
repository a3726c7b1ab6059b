//! Spread of rewards, counts, ages and allotted times: quantiles of a recorded listing, rounded.

use super::rng::Rng;

/// Points of a distribution: per mille of all values, and the value there. Between two points it is straight.
type Quantiles = &'static [(u32, u32)];

/// US cents. The top is set higher than in the recording: the site has had more.
const REWARDS: Quantiles = &[
    (0, 0),
    (6, 0),
    (7, 1),
    (45, 2),
    (50, 3),
    (100, 5),
    (200, 10),
    (250, 12),
    (300, 15),
    (400, 25),
    (500, 50),
    (600, 80),
    (700, 100),
    (750, 125),
    (800, 200),
    (900, 500),
    (950, 600),
    (980, 1_000),
    (990, 1_300),
    (997, 2_000),
    (1_000, 6_000),
];

/// HITs left in a group.
const COUNTS: Quantiles =
    &[(0, 1), (590, 1), (600, 2), (700, 3), (750, 5), (800, 8), (900, 22), (950, 41), (990, 58), (1_000, 65)];

/// Minutes since a group was put up.
const AGES: Quantiles = &[
    (0, 1),
    (20, 35),
    (100, 360),
    (250, 1_000),
    (500, 2_460),
    (750, 10_400),
    (950, 60_000),
    (1_000, 512_000),
];

fn at(quantiles: Quantiles, per_mille: u32) -> u32 {
    let mut below = (0, 0);
    for &(point, value) in quantiles {
        if per_mille < point {
            let (from, start) = below;
            return start + (value - start) * (per_mille - from) / (point - from);
        }
        below = (point, value);
    }
    below.1
}

/// The reward at this place of the distribution, in US cents, as people set it: 37 cents is rare, 35 is not.
pub(super) fn reward_cents(per_mille: u32) -> u32 {
    match at(REWARDS, per_mille) {
        cents @ 0..=15 => cents,
        cents @ 16..=99 => (cents + 2) / 5 * 5,
        cents @ 100..=149 => (cents + 12) / 25 * 25,
        cents @ 150..=399 => (cents + 25) / 50 * 50,
        cents => (cents + 50) / 100 * 100,
    }
}

/// HITs left in a group.
pub(super) fn assignable(rng: &mut Rng) -> i64 {
    i64::from(at(COUNTS, rng.below(1_000)))
}

/// Seconds since a group was put up, at this place of the newest-first order.
pub(super) fn age_secs(per_mille: u32) -> i64 {
    i64::from(at(AGES, per_mille)) * 60
}

/// Allotted seconds: the usual values, never less than a task with this many minutes needs.
pub(super) fn allotted_secs(rng: &mut Rng, minutes: u32) -> i64 {
    let usual = [
        (26, 3_600),
        (19, 1_800),
        (7, 600),
        (5, 5_400),
        (5, 1_200),
        (5, 7_200),
        (4, 10_800),
        (4, 14_400),
        (3, 3_000),
        (3, 2_700),
        (2, 300),
        (2, 900),
        (1, 1_500),
        (1, 180),
        (1, 86_400),
        (1, 604_800),
    ];
    let least = i64::from(minutes) * 90;
    let drawn = rng.weighted(&usual);
    if drawn >= least {
        return drawn;
    }
    [1_800, 3_600, 5_400, 7_200, 14_400].into_iter().find(|&secs| secs >= least).unwrap_or(86_400)
}

/// Minutes a task of this reward takes. Rates vary around ten cents a minute, as they do on the site.
pub(super) fn minutes(rng: &mut Rng, cents: u32) -> u32 {
    let tenths_of_cents_a_minute = rng.pick(&[30, 50, 70, 80, 100, 110, 130, 160, 220, 300]);
    let minutes = (cents * 10 / tenths_of_cents_a_minute).clamp(1, 90);
    [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 18, 20, 25, 30, 35, 40, 45, 50, 60, 75, 90]
        .into_iter()
        .find(|&round| round >= minutes)
        .unwrap_or(90)
}
