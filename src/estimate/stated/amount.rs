//! Numbers as people write them before a unit of time: `1.5`, `1 ½`, "twenty-five", "an", 十五.

use super::lexicon;
use crate::estimate::tokens::Tokens;

/// A number, and where the text goes on after it.
#[derive(Clone, Copy)]
pub(super) struct Amount {
    /// Thousandths.
    pub(super) milli: u64,
    /// The first token after it.
    pub(super) next: usize,
    /// Only an article, as in "an hour".
    pub(super) article: bool,
    /// Followed by `+`: at least.
    pub(super) plus: bool,
}

/// A number in digits or words.
pub(super) fn amount_at(tokens: &Tokens<'_>, at: usize) -> Option<Amount> {
    if let Some(milli) = tokens.number(at) {
        return digits(tokens, at, milli);
    }
    if !lexicon::STARTS.has(tokens, at) {
        return None;
    }
    let word = tokens.word(at);
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
pub(super) fn and_a_half(tokens: &Tokens<'_>, amount: Amount) -> Amount {
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
