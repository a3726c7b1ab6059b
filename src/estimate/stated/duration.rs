//! The grammar of one duration: an amount or a range of amounts with a unit.

use core::ops::Range;

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

/// An amount, or a quantity in thousandths of a second, and where the text goes on.
#[derive(Clone, Copy)]
struct Amount {
    milli: u64,
    next: usize,
    article: bool,
    plus: bool,
}

#[derive(Clone, Copy)]
struct Quantity {
    secs: u32,
    next: usize,
    article: bool,
    letter: bool,
    plus: bool,
}

/// The duration that starts at a token, if one does.
pub(super) fn duration_at(tokens: &Tokens<'_>, at: usize) -> Option<Duration> {
    let first = amount_at(tokens, at)?;
    let (low, high) = match quantity(tokens, first) {
        Some(low) => {
            let high = after_range_sign(tokens, at, low.next)
                .and_then(|next| amount_at(tokens, next))
                .and_then(|amount| quantity(tokens, amount))
                .filter(|high| !high.article && is_range(u64::from(low.secs), u64::from(high.secs)));
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
    bound(tokens, &mut found, high.is_some(), low.plus);
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

/// A number in digits or words.
fn amount_at(tokens: &Tokens<'_>, at: usize) -> Option<Amount> {
    if let Some(milli) = tokens.number(at) {
        return digits(tokens, at, milli);
    }
    let word = tokens.word(at);
    if word.is_empty() {
        return None;
    }
    if lexicon::half(word) || lexicon::half_of_hour(word) && tokens.word(at + 1).starts_with("hora") {
        let joint =
            matches!(tokens.word(at + 1), "a" | "an") || matches!(tokens.sign(at + 1), Some('-' | '\''));
        return Some(Amount { milli: 500, next: at + 1 + usize::from(joint), article: false, plus: false });
    }
    if let Some(milli) = lexicon::number_word(word) {
        return Some(spelled(tokens, at, milli));
    }
    if let Some(milli) = ideograph_number(tokens, at) {
        return Some(milli);
    }
    if !lexicon::article(word) {
        return None;
    }
    if lexicon::half(tokens.word(at + 1)) || tokens.word(at + 1) == "couple" {
        return amount_at(tokens, at + 1);
    }
    Some(Amount { milli: 1_000, next: at + 1, article: true, plus: false })
}

fn digits(tokens: &Tokens<'_>, at: usize, milli: u64) -> Option<Amount> {
    let continues = at > 0
        && !tokens.spaced(at)
        && matches!(tokens.sign_before(at, 1), Some('/' | ':' | '.' | ',' | '#'));
    if is_money(tokens, at) || (continues && tokens.number(at.saturating_sub(2)).is_some()) {
        return None;
    }
    let mut amount = Amount { milli, next: at + 1, article: false, plus: false };
    if let Some(part) = tokens.number(amount.next) {
        // "1 ½ hours", "1 1/2 hours".
        let (part, next) = simple_fraction(tokens, amount.next, part).unwrap_or((part, amount.next + 1));
        if part < 1_000 {
            amount = Amount { milli: milli + part, next, ..amount };
        }
    } else if let Some((part, next)) = simple_fraction(tokens, at, milli) {
        amount = Amount { milli: part, next, ..amount };
    }
    amount = and_a_half(tokens, amount);
    if tokens.sign(amount.next) == Some('+') {
        amount = Amount { next: amount.next + 1, plus: true, ..amount };
    }
    Some(doubled_number(tokens, amount))
}

/// `1/2`, `3/4`; larger denominators are parts of a series ("Part 2/5").
fn simple_fraction(tokens: &Tokens<'_>, at: usize, over: u64) -> Option<(u64, usize)> {
    let under = (tokens.sign(at + 1) == Some('/')).then(|| tokens.number(at + 2))??;
    let proper = over < under && matches!(under, 2_000 | 3_000 | 4_000) && !tokens.spaced(at + 1);
    proper.then(|| (over * 1_000 / under.max(1), at + 3))
}

/// "one and a half", "1 and 1/2".
fn and_a_half(tokens: &Tokens<'_>, amount: Amount) -> Amount {
    if !lexicon::and(tokens.word(amount.next)) {
        return amount;
    }
    let half = amount.next + 1 + usize::from(lexicon::article(tokens.word(amount.next + 1)));
    if lexicon::half(tokens.word(half)) {
        return Amount { milli: amount.milli + 500, next: half + 1, ..amount };
    }
    match tokens.number(half).and_then(|over| simple_fraction(tokens, half, over)) {
        Some((part, next)) => Amount { milli: amount.milli + part, next, ..amount },
        None => amount,
    }
}

/// "twenty-five", "five (5)".
fn spelled(tokens: &Tokens<'_>, at: usize, milli: u64) -> Amount {
    let mut amount = Amount { milli, next: at + 1, article: false, plus: false };
    if milli >= 20_000 {
        let ones = at + 1 + usize::from(tokens.sign(at + 1) == Some('-'));
        if let Some(part) = lexicon::number_word(tokens.word(ones)).filter(|part| *part < 10_000) {
            amount = Amount { milli: milli + part, next: ones + 1, ..amount };
        }
    }
    if tokens.word(amount.next) == "of" && tokens.word(at) == "couple" {
        amount.next += 1;
    }
    doubled_number(tokens, and_a_half(tokens, amount))
}

/// Skips the repetition in "five (5) minutes" and "5 (five) minutes".
fn doubled_number(tokens: &Tokens<'_>, amount: Amount) -> Amount {
    let inside = amount.next + 1;
    let same =
        tokens.number(inside).or_else(|| lexicon::number_word(tokens.word(inside))) == Some(amount.milli);
    let closed = tokens.sign(amount.next) == Some('(') && tokens.sign(inside + 1) == Some(')');
    if same && closed { Amount { next: inside + 2, ..amount } } else { amount }
}

/// 一 to 九十九, one character a token.
fn ideograph_number(tokens: &Tokens<'_>, at: usize) -> Option<Amount> {
    let digit = |place: usize| {
        const DIGITS: &str = "一二三四五六七八九";
        let sign = tokens.word(place).chars().next()?;
        DIGITS.chars().zip(1_u64..).find(|(digit, _)| *digit == sign).map(|(_, value)| value)
    };
    let tens = digit(at);
    let ten_place = at + usize::from(tens.is_some());
    if tokens.word(ten_place) != "十" {
        return tens.map(|value| Amount { milli: value * 1_000, next: at + 1, article: false, plus: false });
    }
    let ones = digit(ten_place + 1);
    let value = tens.unwrap_or(1) * 10 + ones.unwrap_or(0);
    let next = ten_place + 1 + usize::from(ones.is_some());
    Some(Amount { milli: value * 1_000, next, article: false, plus: false })
}

/// A currency sign or word stands at the number.
pub(super) fn is_money(tokens: &Tokens<'_>, at: usize) -> bool {
    let sign = |place: Option<char>| matches!(place, Some('$' | '€' | '£' | '¥' | '₹' | '¢' | '￥'));
    let before = sign(tokens.sign_before(at, 1))
        || matches!(tokens.word_before(at, 1), "usd" | "eur" | "gbp" | "inr" | "rs");
    let after = matches!(
        tokens.word(at + 1),
        "usd"
            | "dollar"
            | "dollars"
            | "cent"
            | "cents"
            | "eur"
            | "euro"
            | "euros"
            | "gbp"
            | "inr"
            | "bucks"
            | "円"
            | "元"
    );
    before || after || sign(tokens.sign(at + 1))
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
        ("分" | "秒", "钟" | "鐘" | "間") => 2,
        ("時" | "小", "間" | "时" | "時") | ("시", "간") => 2,
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

/// Reads "less than", "max", "at least" and their like around a duration.
fn bound(tokens: &Tokens<'_>, found: &mut Duration, range: bool, plus: bool) {
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
    found.tokens.start = start.saturating_sub(upper.max(lower));
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
        (
            _,
            "under" | "below" | "within" | "max" | "maximum" | "maximal" | "hochstens" | "unter" | "hasta"
            | "ate" | "sub",
        ) => 1,
        (_, "exceed" | "exceeding") => 1,
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
