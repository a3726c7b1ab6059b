//! What kind of row it is: pay for earlier work, named workers only, a later part, a screener …
//!
//! Phrases give cues; cues decide in a fixed order. A cue in the title is worth more than one in
//! the description, which often speaks of another task. Words that deny near a cue take it away.

mod rules;

use std::sync::OnceLock;

use super::Wording;
use super::phrases::{Found, Phrases};
use super::tokens::{Shape, Text};
use crate::domain::Kind;
use rules::Cue;

/// What the words say about the kind of a row; `None` is plain work, or nothing said.
///
/// Where two kinds fit: named workers, earlier work, invited, screener, qualification test, several days.
pub fn classify(wording: &Wording<'_>) -> Option<Kind> {
    let title = Text::read(wording.title);
    let description = Text::read(wording.description);
    let cues = Cues {
        title: cues_in(&title),
        description: cues_in(&description),
        requirement: wording.requirement_names.iter().flat_map(|name| requirement_cues(name)).collect(),
        heads_title: pay_heads_title(&title),
        named_id: has_worker_id(&title) || has_worker_id(&description),
    };
    cues.decide()
}

/// The cues of one row.
struct Cues {
    title: Vec<Cue>,
    description: Vec<Cue>,
    requirement: Vec<Cue>,
    /// The title is at heart the name of a payment: "… – compensation", "Screening payment".
    heads_title: bool,
    /// A worker id stands in the text.
    named_id: bool,
}

impl Cues {
    fn title(&self, cue: Cue) -> bool {
        self.title.contains(&cue)
    }

    fn anywhere(&self, cue: Cue) -> bool {
        self.title(cue) || self.description.contains(&cue)
    }

    fn decide(&self) -> Option<Kind> {
        if self.is_rejecting_others() {
            return Some(Kind::NamedWorkers);
        }
        if self.is_earlier_work() {
            return Some(Kind::EarlierWork);
        }
        if self.is_for_named() {
            return Some(Kind::NamedWorkers);
        }
        let screens = self.is_screener();
        let tests = self.is_qualification_test();
        if self.is_invited() && !(self.title(Cue::TestName) && tests) {
            return Some(Kind::Invited);
        }
        if screens {
            return Some(Kind::Screener);
        }
        if tests {
            return Some(Kind::QualificationTest);
        }
        if self.requirement.contains(&Cue::DidEarlierPart) {
            return Some(Kind::Invited);
        }
        self.anywhere(Cue::DaysOfWork).then_some(Kind::SeveralDays)
    }

    /// Others than the named, listed or e-mailed ones are rejected or not paid.
    fn is_rejecting_others(&self) -> bool {
        self.anywhere(Cue::OthersRejected)
            || (self.anywhere(Cue::NotOneOfThese) && (self.named_id || self.anywhere(Cue::Rejection)))
    }

    /// Pay for something already done.
    fn is_earlier_work(&self) -> bool {
        let closed = self.anywhere(Cue::OnlyFor) || self.anywhere(Cue::ConfirmWorker);
        self.anywhere(Cue::EarlierWork)
            || self.title(Cue::EarlierWorkInTitle)
            || (self.heads_title && !self.title(Cue::PayAsTopic))
            || (self.title(Cue::PayWord) && self.named_id)
            || (closed && self.anywhere(Cue::Mishap))
            || (self.anywhere(Cue::OwedPay) && (self.anywhere(Cue::Mishap) || self.named_id || closed))
            || (self.requirement.contains(&Cue::PayWord) && (closed || self.anywhere(Cue::OwedPay)))
    }

    /// For named workers, with no word of pay and nobody threatened.
    fn is_for_named(&self) -> bool {
        self.title(Cue::HitForId)
            || self.anywhere(Cue::OnlyForId)
            || self.anywhere(Cue::OnlyFor) && self.anywhere(Cue::ConfirmWorker)
            || self.title(Cue::OnlyForListed)
    }

    fn is_invited(&self) -> bool {
        self.title(Cue::LaterPart)
            || self.anywhere(Cue::LaterPartSaid)
            || (self.title(Cue::FollowUp) && !self.anywhere(Cue::FollowUpLater))
            || self.anywhere(Cue::EarlierPartDone)
            || self.anywhere(Cue::InvitedOnly)
            || (self.anywhere(Cue::ForReturning) && self.requirement.contains(&Cue::DidEarlierPart))
    }

    fn is_screener(&self) -> bool {
        (self.title(Cue::ScreenerName) && !self.anywhere(Cue::ScreensItself))
            || self.anywhere(Cue::ScreenerSaid)
            || (self.title(Cue::QualifyFor) && !self.title(Cue::TestName))
            || self.anywhere(Cue::GateToStudy)
    }

    fn is_qualification_test(&self) -> bool {
        self.title(Cue::TestName) || self.anywhere(Cue::TestSaid)
    }
}

fn phrases() -> &'static Phrases<Cue> {
    static PHRASES: OnceLock<Phrases<Cue>> = OnceLock::new();
    PHRASES.get_or_init(|| Phrases::new(rules::TABLES))
}

/// The cues of a text, those under a denial left out.
fn cues_in(text: &Text<'_>) -> Vec<Cue> {
    let found = phrases().find_all(text);
    let vetoed = |cue: &Found<Cue>| {
        found.iter().any(|other| {
            other.meaning.vetoes() == Some(cue.meaning) && other.start < cue.end && cue.start < other.end
        })
    };
    found
        .iter()
        .filter(|cue| !vetoed(cue))
        .filter(|cue| cue.meaning.survives_denial() || !text.is_denied(cue.start, cue.end))
        .map(|cue| cue.meaning)
        .collect()
}

/// Names of private qualifications a worker must have, as weak evidence: "Completed part 1".
fn requirement_cues(name: &str) -> Vec<Cue> {
    static PHRASES: OnceLock<Phrases<Cue>> = OnceLock::new();
    // Names are often glued: `completed_part1`, `TakenStudy1`.
    let spaced = name.replace('_', " ");
    PHRASES
        .get_or_init(|| Phrases::new(rules::REQUIREMENT_TABLES))
        .find_all(&Text::read(&spaced))
        .into_iter()
        .map(|found| found.meaning)
        .collect()
}

/// Whether the last word of the title, before brackets and numbers, is a word of payment that
/// is no promise: "Scenario study – compensation", "Screening payment (~1 minute)".
fn pay_heads_title(title: &Text<'_>) -> bool {
    let Some(first) = title.tokens.first() else { return false };
    let bracket = title.raw.find(['(', '[']).filter(|at| *at > first.start).unwrap_or(title.raw.len());
    let mut before = title.tokens.iter().enumerate().rev().filter(|(_, token)| token.start < bracket);
    let Some((at, last)) = before.find(|(_, token)| token.shape == Shape::Word) else { return false };
    let previous = at.checked_sub(1).and_then(|before| title.tokens.get(before));
    let previous_word = previous.map_or("", |token| title.word(token));
    rules::PAY_HEADS.contains(&title.word(last))
        && !previous.is_some_and(|token| matches!(token.shape, Shape::Money(_) | Shape::Number))
        && !rules::PRAISES_PAY.contains(&previous_word)
        && !title.is_denied(at, at.saturating_add(1))
}

fn has_worker_id(text: &Text<'_>) -> bool {
    text.tokens.iter().any(|token| token.shape == Shape::WorkerId) || text.raw.contains("[worker]")
}

#[cfg(test)]
mod tests;
