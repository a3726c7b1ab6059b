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
    /// Whether a time is stated, by the line itself or added to it.
    pub(super) stated: bool,
}

/// Fills the blanks of a line, and adds what people add: remarks, and how long it takes.
pub(super) fn fill(rng: &mut Rng, line: &Line, minutes: u32) -> Words {
    let blanks = Blanks::new(rng);
    let mut words = Words {
        title: blanks.fill(rng, line.title),
        description: blanks.fill(rng, line.text),
        stated: says_a_time(line),
    };
    capitalise(&mut words.title);
    // What speaks for itself, or another language, is left alone.
    let plain = matches!(line.kind, Kind::Batch | Kind::Study | Kind::Screener | Kind::Bonus);
    if plain && !words.stated {
        remarks(rng, &mut words);
    }
    let chance = match line.kind {
        _ if words.stated => 0,
        Kind::Batch => 20,
        Kind::Study => 84,
        Kind::Invited | Kind::Bonus => 55,
        _ => 12,
    };
    if rng.percent(chance) {
        state_a_time(rng, &mut words, minutes);
    }
    words
}

/// Whether the line says by itself how long the task takes; recordings and waiting times are something else.
fn says_a_time(line: &Line) -> bool {
    const SAYING: [&str; 15] = [
        "About 8 minutes",
        "lasts 10 minutes",
        "for up to 15 minutes",
        "Takes 1 minute",
        "Takes less than a minute",
        "each 20 minutes",
        "Ca. ",
        "所要時間",
        "Unos 2 minutos",
        "Duración",
        "Около",
        "около",
        "دقائق",
        "דקות",
        "मिनट",
    ];
    SAYING.iter().any(|words| line.text.contains(words))
}

fn state_a_time(rng: &mut Rng, words: &mut Words, minutes: u32) {
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

/// What people put around the words proper.
fn remarks(rng: &mut Rng, words: &mut Words) {
    if rng.percent(28) {
        let before =
            rng.pick(&["[Research] ", "NEW: ", "Please read first: ", "(US only) ", "Paid study – ", "★ "]);
        words.title = format!("{before}{}", words.title);
    }
    if rng.percent(46) {
        let number = rng.between(2, 480);
        let behind = rng.pick(&[
            " – batch {n}",
            " (must not have taken part before)",
            " (desktop or laptop only)",
            ", fast approval",
            " – English speakers only, please read the instructions",
            " [set {n}]",
            "!!",
            " (version {n}, no mobile devices please)",
        ]);
        words.title.push_str(&behind.replace("{n}", &number.to_string()));
    }
    let sentences = rng.weighted(&[(42, 0), (26, 1), (16, 2), (10, 4), (6, 9)]);
    for _ in 0..sentences {
        let sentence = rng.pick(&[
            "Your answers are anonymous.",
            "You may stop at any time, but only complete answers are paid.",
            "Please do not use the back button of your browser.",
            "Work is approved within three days.",
            "At the end you get a code to enter here.",
            "One HIT per worker; further answers are not paid.",
            "Questions? Write to us before you return the HIT.",
            "Read the whole page before you begin, since some parts depend on earlier ones.",
            "This is part of a project on how people judge everyday situations.",
        ]);
        words.description = format!("{} {sentence}", words.description);
    }
}

/// The words for the blanks of one line: its title and text speak of the same things.
struct Blanks {
    topic: &'static str,
    thing: &'static str,
    place: &'static str,
}

impl Blanks {
    fn new(rng: &mut Rng) -> Self {
        Self { topic: rng.pick(&TOPICS), thing: rng.pick(&THINGS), place: rng.pick(&PLACES) }
    }

    fn fill(&self, rng: &mut Rng, text: &str) -> String {
        let mut out =
            text.replace("{topic}", self.topic).replace("{thing}", self.thing).replace("{place}", self.place);
        while out.contains("{worker}") {
            out = out.replacen("{worker}", &rng.person_id(), 1);
        }
        while out.contains("{n}") {
            let number = rng.between(3, 24).to_string();
            out = out.replacen("{n}", &number, 1);
        }
        out
    }
}

fn capitalise(text: &mut String) {
    let mut chars = text.chars();
    if let Some(first) = chars.next() {
        *text = first.to_uppercase().chain(chars).collect();
    }
}
