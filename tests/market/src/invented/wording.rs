//! Titles and descriptions: a line of work, its blanks filled, and whether it says how long it takes.

use super::batches::{PLACES, THINGS};
use super::rng::Rng;
use super::studies::TOPICS;
use super::times;

/// What kind of row it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(super) enum Kind {
    Batch,
    #[default]
    Study,
    EarlierWork,
    Named,
    Screener,
    QualificationTest,
    Invited,
    SeveralDays,
    Bonus,
}

/// A line of work: between these US cents it is credible.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Line {
    pub(super) kind: Kind,
    pub(super) cents: (u32, u32),
    pub(super) title: &'static str,
    pub(super) text: &'static str,
}

/// A line with its blanks filled.
#[derive(Debug, Clone)]
pub(super) struct Words {
    pub(super) title: String,
    pub(super) description: String,
    /// Whether a time was added to what the line says itself.
    pub(super) stated: bool,
}

/// Fills the blanks of a line and adds a time where one is stated.
pub(super) fn fill(rng: &mut Rng, line: &Line, minutes: u32) -> Words {
    let mut words =
        Words { title: blanks(rng, line.title), description: blanks(rng, line.text), stated: false };
    capitalise(&mut words.title);
    let chance = match line.kind {
        Kind::Batch => 22,
        Kind::Study if line.title.is_ascii() => 82,
        Kind::Invited | Kind::Bonus => 55,
        _ => 12,
    };
    if rng.percent(chance) {
        words.stated = true;
        let (title, text) = rng.weighted(&[(62, (true, false)), (26, (false, true)), (12, (true, true))]);
        if title {
            words.title.push_str(&times::in_title(rng, minutes));
        }
        if text {
            let sentence = times::in_description(rng, minutes);
            words.description = format!("{} {sentence}", words.description);
        }
    }
    words
}

fn blanks(rng: &mut Rng, text: &str) -> String {
    let mut out = text.to_owned();
    for (blank, choices) in [("{topic}", TOPICS.as_slice()), ("{thing}", &THINGS), ("{place}", &PLACES)] {
        while out.contains(blank) {
            let word = rng.pick(choices);
            out = out.replacen(blank, word, 1);
        }
    }
    while out.contains("{worker}") {
        out = out.replacen("{worker}", &rng.person_id(), 1);
    }
    while out.contains("{n}") {
        let number = rng.between(3, 24).to_string();
        out = out.replacen("{n}", &number, 1);
    }
    out
}

fn capitalise(text: &mut String) {
    let mut chars = text.chars();
    if let Some(first) = chars.next() {
        *text = first.to_uppercase().chain(chars).collect();
    }
}
