//! A duration with the words around it.

use super::duration::Duration;
use super::lexicon;
use super::words::{FILLER, PHRASE_END, Term};
use crate::estimate::tokens::Tokens;

/// Words looked at before and after a duration.
const REACH_BEFORE: usize = 32;
const REACH_AFTER: usize = 8;
/// A bracket that opens or closes further away than this does not hold the duration.
const REACH_BRACKET: usize = 8;
/// The longest noun phrase after a duration.
const REACH_PHRASE: usize = 5;

/// One duration with the words of its own sentence.
pub(super) struct Scene<'scene, 'text> {
    pub(super) tokens: &'scene Tokens<'text>,
    pub(super) duration: &'scene Duration,
    /// Words before it, nearest first.
    pub(super) before: Vec<Term<'scene>>,
    /// The same inside its own bracket, from the first word on that governs: without "about" and articles.
    pub(super) led_by: Vec<Term<'scene>>,
    /// Words after it, nearest first.
    pub(super) after: Vec<Term<'scene>>,
    /// The nouns and adjectives right after it: "audio clip" in "a 5 minute audio clip of".
    pub(super) phrase: Vec<Term<'scene>>,
    /// The word before the bracket the duration stands in; empty without one.
    pub(super) outside: Term<'scene>,
    /// It stands in a bracket.
    pub(super) bracketed: bool,
}

impl<'scene, 'text> Scene<'scene, 'text> {
    /// Looks around a duration.
    pub(super) fn around(tokens: &'scene Tokens<'text>, duration: &'scene Duration) -> Self {
        let (start, end) = (duration.tokens.start, duration.tokens.end);
        let open = (1..=REACH_BRACKET)
            .take_while(|back| tokens.sign_before(start, *back) != Some(')'))
            .find(|back| tokens.sign_before(start, *back) == Some('('));
        let closed = (0..REACH_BRACKET).any(|ahead| tokens.sign(end + ahead) == Some(')'));
        // Words outside a bracket do not govern what stands in it.
        let inside = open.map_or(REACH_BEFORE, |back| back.saturating_sub(1));
        let skipped = |term: &Term<'_>| {
            lexicon::approximately(term.word) || lexicon::article(term.word) || FILLER.has(*term)
        };
        Self {
            tokens,
            duration,
            before: words_before(tokens, start, REACH_BEFORE),
            led_by: words_before(tokens, start, inside).into_iter().skip_while(skipped).collect(),
            after: words_after(tokens, end),
            phrase: phrase_after(tokens, end),
            outside: Term::of(
                open.and_then(|back| start.checked_sub(back + 1)).map_or("", |at| tokens.word(at)),
            ),
            bracketed: open.is_some() && closed,
        }
    }

    /// The word right after it, if no sign stands between.
    pub(super) fn next(&self) -> Term<'scene> {
        Term::of(self.tokens.word(self.duration.tokens.end))
    }

    /// The governing words, nearest first.
    pub(super) fn led(&self, back: usize) -> Term<'scene> {
        self.led_by.get(back).copied().unwrap_or(Term::of(""))
    }

    /// At most so many governing words.
    pub(super) fn led_within(&self, count: usize) -> &[Term<'scene>] {
        first(&self.led_by, count)
    }

    /// At most so many words before.
    pub(super) fn nearest(&self, count: usize) -> &[Term<'scene>] {
        first(&self.before, count)
    }

    /// The words after.
    pub(super) fn following(&self, ahead: usize) -> Term<'scene> {
        self.after.get(ahead).copied().unwrap_or(Term::of(""))
    }

    /// A word of a bound ("less than", "max") belongs to it.
    pub(super) fn is_bounded(&self) -> bool {
        self.duration.tokens != self.duration.core
    }

    /// The whole title ends in "(~ 30 minutes)", as a large survey platform writes it under every title.
    pub(super) fn is_stamp(&self) -> bool {
        let (start, end) = (self.duration.tokens.start, self.duration.tokens.end);
        self.tokens.sign_before(start, 1) == Some('~')
            && self.tokens.sign_before(start, 2) == Some('(')
            && self.tokens.sign(end) == Some(')')
            && end + 1 == self.tokens.len()
    }
}

fn first<'slice, 'text>(words: &'slice [Term<'text>], count: usize) -> &'slice [Term<'text>] {
    words.get(..words.len().min(count)).unwrap_or(&[])
}

/// A sentence ends here: a full stop before a space, not the one of "approx." or "1.5".
fn ends_sentence(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.sign(at) {
        Some('!' | '?' | ';' | '|' | '•') => true,
        Some('\n') => tokens.sign(at + 1) == Some('\n') || tokens.sign_before(at, 1) == Some('\n'),
        Some('.') => {
            let word = tokens.word_before(at, 1);
            tokens.spaced(at + 1) && !lexicon::approximately(word) && lexicon::unit(word).is_none()
        }
        _ => false,
    }
}

fn words_before<'tokens>(tokens: &'tokens Tokens<'_>, start: usize, reach: usize) -> Vec<Term<'tokens>> {
    (1..=reach)
        .map_while(|back| start.checked_sub(back))
        .take_while(|at| !ends_sentence(tokens, *at))
        .map(|at| tokens.word(at))
        .filter(|word| !word.is_empty())
        .map(Term::of)
        .collect()
}

fn words_after<'tokens>(tokens: &'tokens Tokens<'_>, end: usize) -> Vec<Term<'tokens>> {
    (end..end + REACH_AFTER)
        .take_while(|at| *at < tokens.len() && !ends_sentence(tokens, *at))
        .map(|at| tokens.word(at))
        .filter(|word| !word.is_empty())
        .map(Term::of)
        .collect()
}

/// Up to the first word or sign that ends a noun phrase; a hyphen joins ("minute-long clip"), a dash does not.
fn phrase_after<'tokens>(tokens: &'tokens Tokens<'_>, end: usize) -> Vec<Term<'tokens>> {
    let joins = |at: usize| match tokens.sign(at) {
        None => tokens.number(at).is_none(),
        Some('-') => !tokens.spaced(at) && !tokens.spaced(at + 1),
        Some(sign) => matches!(sign, '\'' | '"'),
    };
    (end..end + REACH_PHRASE)
        .take_while(|at| *at < tokens.len() && joins(*at) && !PHRASE_END.has(Term::of(tokens.word(*at))))
        .map(|at| tokens.word(at))
        .filter(|word| !word.is_empty())
        .map(Term::of)
        .collect()
}
