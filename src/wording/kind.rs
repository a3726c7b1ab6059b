//! What kind of row it is: pay for earlier work, named workers only, a later part, a screener …
//!
//! Phrases give cues; cues decide in a fixed order. A cue in the title is worth more than one in
//! the description, which often speaks of another task. Words that deny near a cue take it away.

mod cues;
mod gate_rules;
mod part_rules;
mod payment_rules;

use std::sync::OnceLock;

use super::phrases::{Found, Phrases, overlapping};
use super::tokens::{Shape, Text, Token};
use super::{Texts, Wording};
use crate::domain::Kind;
use cues::Cue;

/// What the words say about the kind of a row; `None` is plain work, or nothing said.
///
/// Where two kinds fit: named workers, earlier work, invited, screener, qualification test, several days.
pub fn classify(wording: &Wording<'_>) -> Option<Kind> {
    of_texts(&Texts::read(wording), wording)
}

/// As [`classify`], for texts that are read already.
pub(super) fn of_texts(texts: &Texts<'_>, wording: &Wording<'_>) -> Option<Kind> {
    let cues = Cues {
        title: cues_in(&texts.title),
        description: cues_in(&texts.description),
        requirement: wording.requirement_names.iter().flat_map(|name| requirement_cues(name)).collect(),
        heads_title: pay_heads_title(&texts.title),
        named_id: texts.both().into_iter().any(has_worker_id),
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
        let did_earlier = self.requirement.contains(&Cue::DidEarlierPart) && !self.title(Cue::ScreenerName);
        if (self.is_invited() || did_earlier) && !self.title(Cue::TestName) {
            return Some(Kind::Invited);
        }
        if screens {
            return Some(Kind::Screener);
        }
        if tests {
            return Some(Kind::QualificationTest);
        }
        self.anywhere(Cue::DaysOfWork).then_some(Kind::SeveralDays)
    }

    /// Others than the named, listed or e-mailed ones are rejected or not paid.
    fn is_rejecting_others(&self) -> bool {
        let turns_away = self.anywhere(Cue::OthersRejected)
            || (self.anywhere(Cue::NotOneOfThese) && self.anywhere(Cue::Rejection));
        let is_closed = self.named_id
            || self.anywhere(Cue::OnlyForListed)
            || self.anywhere(Cue::ConfirmWorker)
            || self.anywhere(Cue::InvitedOnly)
            || self.anywhere(Cue::EarlierWork)
            || self.title(Cue::EarlierWorkInTitle);
        turns_away && is_closed
    }

    /// Pay for something already done.
    fn is_earlier_work(&self) -> bool {
        let closed = self.anywhere(Cue::OnlyFor) || self.anywhere(Cue::ConfirmWorker);
        self.anywhere(Cue::EarlierWork)
            || self.anywhere(Cue::NotWork)
            || (self.title(Cue::EarlierWorkInTitle) && !self.title(Cue::PayAsTopic))
            || (self.heads_title && !self.title(Cue::PayAsTopic))
            || (self.title(Cue::PayWord) && self.named_id)
            || (closed && self.anywhere(Cue::Mishap))
            || (self.named_id && self.anywhere(Cue::OwedPay) && !self.title(Cue::HitForId))
            || (self.requirement.contains(&Cue::PayWord) && (closed || self.anywhere(Cue::OwedPay)))
    }

    /// For named workers, with no word of pay and nobody threatened.
    fn is_for_named(&self) -> bool {
        self.title(Cue::HitForId) || self.anywhere(Cue::OnlyForId) || self.title(Cue::OnlyForListed)
    }

    fn is_invited(&self) -> bool {
        self.is_titled_later_part()
            || (self.anywhere(Cue::LaterPartSaid) && !self.title(Cue::FirstPart))
            || (self.title(Cue::LaterRound) && self.title(Cue::StudyWord))
            || (self.title(Cue::FollowUp) && !self.title(Cue::FollowUpLater))
            || self.anywhere(Cue::EarlierPartDone)
            || self.anywhere(Cue::InvitedOnly)
    }

    /// Which part is named first counts: "part 1 (part 2 follows)" is a first, "part 2 of the study
    /// you began with part 1" a later one.
    fn is_titled_later_part(&self) -> bool {
        let place = |cue: Cue| self.title.iter().position(|other| *other == cue);
        let first = place(Cue::FirstPart);
        place(Cue::LaterPart).is_some_and(|later| first.is_none_or(|first| later < first))
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
    PHRASES.get_or_init(|| {
        Phrases::new(&[payment_rules::TABLES, part_rules::TABLES, gate_rules::TABLES].concat())
    })
}

/// The cues of a text, those under a denial left out.
fn cues_in(text: &Text<'_>) -> Vec<Cue> {
    let found = phrases().find_all(text);
    let vetoed = |cue: &Found<Cue>| overlapping(&found, cue).any(|other| other.meaning.vetoes(cue.meaning));
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
        .get_or_init(|| Phrases::new(part_rules::REQUIREMENT_TABLES))
        .find_all(&Text::read(&spaced))
        .into_iter()
        .map(|found| found.meaning)
        .collect()
}

/// Whether the last word of the title, before brackets and numbers, is a word of payment that
/// is no promise: "Scenario study – compensation", "Screening payment (~1 minute)".
fn pay_heads_title(title: &Text<'_>) -> bool {
    let bracket = title.raw.find(['(', '[']).filter(|at| *at > 0).unwrap_or(title.raw.len());
    let is_word = |token: &Token| token.start < bracket && token.shape == Shape::Word;
    let Some((at, head)) = title.tokens.iter().enumerate().rev().find(|(_, token)| is_word(token)) else {
        return false;
    };
    let previous = at.checked_sub(1).and_then(|before| title.tokens.get(before));
    let previous_word = previous.map_or("", |token| title.word(token));
    let priced = previous.is_some_and(|token| matches!(token.shape, Shape::Money(_) | Shape::Number));
    let clause_words = title.tokens.iter().filter(|token| token.clause == head.clause).count();
    let stands_alone = clause_words <= 2 && !priced && !payment_rules::PRAISES_PAY.contains(&previous_word);
    let words = title.tokens.iter().filter(|token| is_word(token)).count();
    if words == 1 && matches!(title.word(head), "bonus" | "bonuses") {
        return true;
    }
    payment_rules::PAY_HEADS.contains(&title.word(head))
        && (stands_alone || payment_rules::PAID_FOR.contains(&previous_word))
        && !title.is_denied(at, at.saturating_add(1))
}

fn has_worker_id(text: &Text<'_>) -> bool {
    text.tokens.iter().any(|token| token.shape == Shape::WorkerId)
}

#[cfg(test)]
mod tests;
