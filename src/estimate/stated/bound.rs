//! "Less than", "max", "at least" and their like around a duration.

use super::duration::Duration;
use crate::estimate::tokens::Tokens;

/// Single words before a maximum.
const BEFORE_MAXIMUM: &[&str] = &[
    "under",
    "below",
    "within",
    "max",
    "maximum",
    "maximal",
    "hochstens",
    "unter",
    "hasta",
    "ate",
    "sub",
    "exceed",
    "exceeding",
];

/// Reads "less than", "max", "at least" and their like around a duration.
pub(super) fn apply(tokens: &Tokens<'_>, found: &mut Duration, range: bool, plus: bool) {
    let point = usize::from(matches!(tokens.sign_before(found.core.start, 1), Some('.' | ':')));
    let start = found.core.start.saturating_sub(point); // "max. 20 min", "max: 20 min"
    let (mut upper, mut lower) = (0, 0);
    match tokens.sign_before(start, 1) {
        Some('<') => upper = 1,
        Some('>') => lower = 1,
        Some('=') if tokens.sign_before(start, 2) == Some('<') => upper = 2,
        _ => {
            upper = words_of_upper_bound(tokens, start);
            lower = words_of_lower_bound(tokens, start);
        }
    }
    if upper.max(lower) > 0 {
        found.tokens.start = start.saturating_sub(upper.max(lower));
    }
    let (after, length) = bound_after(tokens, found.core.end);
    found.tokens.end += length;
    if range {
        return;
    }
    if upper > 0 || after == Some(Bound::Upper) {
        found.low_secs = None;
    } else if lower > 0 || plus || after == Some(Bound::Lower) {
        found.high_secs = None;
    }
}

#[derive(PartialEq, Eq)]
enum Bound {
    Upper,
    Lower,
}

fn words_of_upper_bound(tokens: &Tokens<'_>, start: usize) -> usize {
    match (tokens.word_before(start, 2), tokens.word_before(start, 1)) {
        (
            "less" | "more" | "fewer" | "longer" | "shorter" | "weniger" | "mehr" | "langer",
            "than" | "then" | "als",
        ) => upper_or_negated(tokens, start),
        ("up", "to")
        | ("at", "most")
        | ("bis", "zu")
        | ("menos" | "moins" | "maximo" | "meno", "de" | "di")
        | ("maximum" | "max", "of") => 2,
        (_, word) if BEFORE_MAXIMUM.contains(&word) => 1,
        _ => 0,
    }
}

/// "less than" is an upper bound, "more than" only after a negation.
fn upper_or_negated(tokens: &Tokens<'_>, start: usize) -> usize {
    if matches!(tokens.word_before(start, 2), "less" | "fewer" | "shorter" | "weniger") {
        return 2;
    }
    let negated =
        (3..=5).any(|back| matches!(tokens.word_before(start, back), "no" | "not" | "never" | "nicht" | "t"));
    if negated { 3 } else { 0 }
}

fn words_of_lower_bound(tokens: &Tokens<'_>, start: usize) -> usize {
    match (tokens.word_before(start, 2), tokens.word_before(start, 1)) {
        ("more" | "longer" | "mehr" | "langer", "than" | "then" | "als")
            if upper_or_negated(tokens, start) == 0 =>
        {
            2
        }
        ("at", "least") | ("minimum", "of") | ("al" | "pelo" | "au" | "por", "menos" | "moins") => 2,
        (_, "over" | "minimum" | "mindestens" | "almeno") => 1,
        _ => 0,
    }
}

/// A bound after the unit and its number of tokens: "20 min max", "5 minutes or less", "10分以内".
fn bound_after(tokens: &Tokens<'_>, at: usize) -> (Option<Bound>, usize) {
    let at = at + usize::from(tokens.sign(at) == Some('.'));
    match (tokens.word(at), tokens.word(at + 1)) {
        ("max" | "maximum" | "tops" | "maximal" | "maximo", _) => (Some(Bound::Upper), 1),
        ("or" | "and", "less" | "fewer" | "under" | "below" | "shorter")
        | ("at", "most")
        | ("以", "内" | "下")
        | ("未", "満") => (Some(Bound::Upper), 2),
        ("or" | "and", "more" | "longer" | "over") | ("at", "least") | ("以", "上") => {
            (Some(Bound::Lower), 2)
        }
        ("minimum", _) => (Some(Bound::Lower), 1),
        _ if tokens.sign(at) == Some('+') => (Some(Bound::Lower), 1),
        _ => (None, 0),
    }
}
