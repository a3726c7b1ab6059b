//! The grammar of one duration: an amount or a range of amounts with a unit.

use core::ops::Range;

use super::amount::{Amount, amount_at, and_a_half};
use super::bound;
use super::lexicon::{self, Unit};
use crate::estimate::tokens::Tokens;

/// A duration as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Duration {
    /// The tokens it is written with, signs of bounds included.
    pub(super) tokens: Range<usize>,
    /// The tokens of amount and unit alone.
    pub(super) core: Range<usize>,
    /// Seconds at the lower end; `None` for "less than".
    pub(super) low_secs: Option<u32>,
    /// Seconds at the upper end; `None` for "at least".
    pub(super) high_secs: Option<u32>,
    /// The number is only an article ("an hour"), which needs a better reason to be believed.
    pub(super) article: bool,
    /// The unit is a lone letter (`m`, `s`), which needs a better reason to be believed.
    pub(super) letter: bool,
}

#[derive(Clone, Copy)]
struct Quantity {
    secs: u32,
    next: usize,
    article: bool,
    letter: bool,
    plus: bool,
}

/// No amount is written with more tokens before its unit: "one and a half (1 1/2) to two and a half".
const REACH_UNIT: usize = 16;

/// The duration that starts at a token, if one does.
pub(super) fn duration_at(tokens: &Tokens<'_>, at: usize) -> Option<Duration> {
    let first = amount_at(tokens, at)?;
    let (low, high) = match quantity(tokens, first) {
        Some(low) => {
            let high = after_range_sign(tokens, at, low.next)
                .and_then(|next| {
                    amount_at(tokens, next)
                        .filter(|high| !high.article || tokens.word_before(next, 1) == "to")
                })
                .and_then(|amount| quantity(tokens, amount))
                .filter(|high| is_range(u64::from(low.secs), u64::from(high.secs)));
            (low, high)
        }
        None => bare_low(tokens, at, first)?,
    };
    let last = high.unwrap_or(low);
    let core = at..last.next;
    let mut found = Duration {
        tokens: core.clone(),
        core,
        low_secs: Some(low.secs),
        high_secs: Some(last.secs),
        article: low.article,
        letter: low.letter && last.letter,
    };
    bound::apply(tokens, &mut found, high.is_some(), low.plus);
    Some(found)
}

/// "5 to 10 minutes": the first number has no unit of its own.
fn bare_low(tokens: &Tokens<'_>, at: usize, first: Amount) -> Option<(Quantity, Option<Quantity>)> {
    let next = after_range_sign(tokens, at, first.next)?;
    let amount = amount_at(tokens, next)?;
    if first.article || is_label(tokens, at, first.next) || !is_range(first.milli, amount.milli) {
        return None;
    }
    let high = quantity(tokens, amount)?;
    let unit_secs = unit_at(tokens, unit_place(tokens, amount.next)).map(|(unit, _, _)| unit.secs())?;
    let secs = secs_of(first.milli, unit_secs);
    Some((Quantity { secs, ..high }, Some(high)))
}

/// Ends of a range rise, and no honest range spans a factor of thirty.
fn is_range(low: u64, high: u64) -> bool {
    low < high && high <= low.saturating_mul(30)
}

/// "Part 2 - 10 minutes" is no range: the first number names a part.
fn is_label(tokens: &Tokens<'_>, at: usize, separator: usize) -> bool {
    let hash = usize::from(tokens.sign_before(at, 1) == Some('#'));
    let word = tokens.word_before(at, 1 + hash);
    let named = matches!(
        word,
        "part"
            | "task"
            | "phase"
            | "wave"
            | "study"
            | "survey"
            | "session"
            | "time"
            | "day"
            | "week"
            | "diary"
            | "pilot"
            | "step"
            | "round"
            | "hit"
            | "section"
            | "batch"
            | "version"
            | "level"
            | "stage"
            | "group"
            | "month"
            | "set"
            | "teil"
            | "parte"
            | "partie"
            | "no"
            | "number"
            | "experiment"
            | "module"
            | "v"
    );
    named && tokens.sign(separator) == Some('-') && tokens.spaced(separator)
}

/// The place after the sign or word of a range.
fn after_range_sign(tokens: &Tokens<'_>, start: usize, at: usize) -> Option<usize> {
    if matches!(tokens.sign(at), Some('-' | '~')) {
        return Some(at + 1);
    }
    let word = tokens.word(at);
    if lexicon::between_ends(word) {
        return Some(at + 1);
    }
    if word == "up" && tokens.word(at + 1) == "to" {
        return Some(at + 2);
    }
    let between = (1..=3).any(|back| lexicon::between(tokens.word_before(start, back)));
    (between && lexicon::and(word)).then_some(at + 1)
}

/// For each token, whether a unit of time stands near enough behind it to end a duration there.
pub(super) fn near_units(tokens: &Tokens<'_>) -> Vec<bool> {
    let mut near = vec![false; tokens.len()];
    let mut left = 0_usize;
    for (at, flag) in near.iter_mut().enumerate().rev() {
        left = if unit_at(tokens, at).is_some() { REACH_UNIT } else { left.saturating_sub(1) };
        *flag = left > 0;
    }
    near
}

/// Where the unit stands after an amount: "10-minute", "10 min", "1个小时".
fn unit_place(tokens: &Tokens<'_>, at: usize) -> usize {
    let hyphen = tokens.sign(at) == Some('-') && !tokens.word(at + 1).is_empty();
    let joint =
        hyphen || matches!(tokens.word(at), "个" | "個" | "ヶ" | "full" | "short" | "quick" | "whole" | "of");
    at + usize::from(joint)
}

/// The unit at a place: which, where the text goes on, and whether it is a lone letter.
fn unit_at(tokens: &Tokens<'_>, at: usize) -> Option<(Unit, usize, bool)> {
    let word = tokens.word(at);
    let next = tokens.word(at + 1);
    let found = match (word, next) {
        ("分", "の") => return None,
        ("分" | "秒", "钟" | "鐘" | "間") | ("時" | "小", "間" | "时" | "時") | ("시", "간") => 2,
        ("分" | "秒" | "분" | "초", _) => 1,
        ("h" | "m" | "s", _) if !tokens.spaced(at) => 1,
        ("h", _) if next.is_empty() => 1,
        _ => return lexicon::unit(word).map(|unit| (unit, at + 1, false)),
    };
    let unit = match word {
        "秒" | "초" | "s" => Unit::Second,
        "分" | "분" | "m" => Unit::Minute,
        _ => Unit::Hour,
    };
    Some((unit, at + found, matches!(word, "m" | "s")))
}

fn secs_of(milli: u64, unit_secs: u64) -> u32 {
    u32::try_from(milli.saturating_mul(unit_secs) / 1_000).unwrap_or(u32::MAX)
}

/// Amount and unit, with smaller parts: "1 hour 30 minutes", "1h30", "an hour and a half".
fn quantity(tokens: &Tokens<'_>, amount: Amount) -> Option<Quantity> {
    let place = unit_place(tokens, amount.next);
    if amount.article && place != amount.next {
        return None; // "a short minute survey", "a quick second".
    }
    let (unit, next, letter) = unit_at(tokens, place)?;
    let secs = secs_of(amount.milli, unit.secs());
    let mut found = Quantity { secs, next, article: amount.article, letter, plus: amount.plus };
    if tokens.word(next) == "半" {
        return Some(Quantity {
            secs: secs.saturating_add(secs_of(500, unit.secs())),
            next: next + 1,
            ..found
        });
    }
    let half = and_a_half(tokens, Amount { milli: 0, next, article: false, plus: false });
    if half.milli > 0 {
        let secs = secs.saturating_add(secs_of(half.milli, unit.secs()));
        return Some(Quantity { secs, next: half.next, article: false, ..found });
    }
    let joint = usize::from(lexicon::and(tokens.word(next)) || matches!(tokens.sign(next), Some(',' | '.')));
    if let Some((secs, next)) = smaller_part(tokens, unit, next, joint) {
        found =
            Quantity { secs: found.secs.saturating_add(secs), next, article: false, letter: false, ..found };
    }
    Some(found)
}

/// The "30 minutes" of "1 hour 30 minutes".
fn smaller_part(tokens: &Tokens<'_>, unit: Unit, after: usize, joint: usize) -> Option<(u32, usize)> {
    let part = amount_at(tokens, after + joint).filter(|part| !part.article && part.milli < 60_000)?;
    match unit_at(tokens, unit_place(tokens, part.next)) {
        Some((smaller, next, _)) if smaller < unit => Some((secs_of(part.milli, smaller.secs()), next)),
        None if joint == 0 && unit == Unit::Hour && !tokens.spaced(after) => {
            Some((secs_of(part.milli, 60), part.next))
        }
        _ => None,
    }
}
