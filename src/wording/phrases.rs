//! A small notation for phrases, so that the rules are tables a reader can check by eye.
//!
//! A phrase is words with spaces between them, found in one sentence of a text:
//! `missed|missing payment` – either word; `the?` – may be there or not; `*3` – up to three
//! other words; `#` – a number; `$` – an amount of
//! money; `@` – something shaped like a worker id; `^` first – only at the start of the text;
//! `=` first – within one clause, so not across a bracket, comma or dash.
//! The first element of a phrase is always there and is no gap: phrases are looked up by it, so the cost of a text does not grow with the number of phrases.

use super::tokens::{Shape, Text, Token};
use super::vocabulary::Vocabulary;

/// A table of phrases, each with what it means.
pub(super) struct Phrases<T> {
    vocabulary: Vocabulary,
    entries: Vec<Entry<T>>,
    /// Entries by the number of their first word.
    by_first: Vec<Vec<usize>>,
}

struct Entry<T> {
    elements: Vec<Element>,
    at_start: bool,
    one_clause: bool,
    meaning: T,
}

struct Element {
    matches: Matches,
    optional: bool,
}

enum Matches {
    /// Any of these words, by number.
    Words(Vec<u16>),
    /// Up to so many tokens of any kind.
    Gap(usize),
}

/// The classes of tokens, written as words that no text can contain.
const NUMBER: &str = "#";
const MONEY: &str = "$";
const WORKER_ID: &str = "@";

/// A token as the matcher sees it: the number of its word and of its class, 0 for none.
#[derive(Clone, Copy)]
struct Seen {
    word: u16,
    class: u16,
    sentence: u32,
    clause: u32,
}

/// Where a phrase was found: tokens `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found<T> {
    /// What the phrase means.
    pub(super) meaning: T,
    /// Index of its first token.
    pub(super) start: usize,
    /// Index behind its last token.
    pub(super) end: usize,
}

impl<T: Copy> Phrases<T> {
    /// Reads a table of phrases.
    pub(super) fn new(tables: &[(T, &[&'static str])]) -> Self {
        let mut phrases =
            Self { vocabulary: Vocabulary::default(), entries: Vec::new(), by_first: Vec::new() };
        for class in [NUMBER, MONEY, WORKER_ID] {
            phrases.vocabulary.add(class);
        }
        for (meaning, texts) in tables {
            for text in *texts {
                phrases.add(text, *meaning);
            }
        }
        phrases
    }

    fn add(&mut self, phrase: &'static str, meaning: T) {
        let at_start = phrase.starts_with('^');
        let one_clause = phrase.starts_with('=');
        let elements: Vec<Element> = phrase
            .trim_start_matches(['^', '='])
            .split(' ')
            .map(|element| read_element(element, &mut self.vocabulary))
            .collect();
        if let Some(Element { matches: Matches::Words(words), .. }) = elements.first() {
            for word in words {
                let word = usize::from(*word);
                if self.by_first.len() <= word {
                    self.by_first.resize_with(word.saturating_add(1), Vec::new);
                }
                if let Some(entries) = self.by_first.get_mut(word) {
                    entries.push(self.entries.len());
                }
            }
        }
        self.entries.push(Entry { elements, at_start, one_clause, meaning });
    }

    /// All phrases of the table in a text, in the order of their beginnings.
    pub(super) fn find_all(&self, text: &Text<'_>) -> Vec<Found<T>> {
        let seen: Vec<Seen> = text.tokens.iter().map(|token| self.see(text, token)).collect();
        let mut found = Vec::new();
        for (start, first) in seen.iter().enumerate() {
            let by_word = self.starting_with(first.word);
            let by_class = self.starting_with(first.class);
            for entry in by_word.chain(by_class) {
                if entry.at_start && start != 0 {
                    continue;
                }
                if let Some(end) =
                    match_from(&seen, start, &entry.elements, Bounds::of(first, entry.one_clause))
                {
                    found.push(Found { meaning: entry.meaning, start, end });
                }
            }
        }
        found
    }

    fn see(&self, text: &Text<'_>, token: &Token) -> Seen {
        let class = match token.shape {
            Shape::Number => self.vocabulary.number(NUMBER),
            Shape::Money(_) => self.vocabulary.number(MONEY),
            Shape::WorkerId => self.vocabulary.number(WORKER_ID),
            Shape::Word => 0,
        };
        let word = self.vocabulary.number(text.word(token));
        Seen { word, class, sentence: token.sentence, clause: token.clause }
    }

    fn starting_with(&self, word: u16) -> impl Iterator<Item = &Entry<T>> {
        let entries = self.by_first.get(usize::from(word)).map_or([].as_slice(), Vec::as_slice);
        entries.iter().filter_map(|index| self.entries.get(*index))
    }
}

/// The most tokens a phrase can span; a test of the tables holds them to it.
const MAX_PHRASE_TOKENS: usize = 26;

/// The findings (in order, as [`Phrases::find_all`] gives them) that share a token with `one`,
/// itself among them. Looks only as far as a phrase can reach, so that a text full of phrases stays linear.
pub(super) fn overlapping<'f, T>(
    found: &'f [Found<T>],
    one: &Found<T>,
) -> impl Iterator<Item = &'f Found<T>> {
    let (start, end) = (one.start, one.end);
    let earliest = start.saturating_sub(MAX_PHRASE_TOKENS);
    let from = found.partition_point(|other| other.start < earliest);
    let to = found.partition_point(|other| other.start < end);
    found.get(from..to).unwrap_or_default().iter().filter(move |other| other.end > start)
}

fn read_element(element: &'static str, vocabulary: &mut Vocabulary) -> Element {
    let (element, optional) = element.strip_suffix('?').map_or((element, false), |stripped| (stripped, true));
    let gap = element.strip_prefix('*').and_then(|width| width.parse().ok());
    let matches = gap.map_or_else(
        || Matches::Words(element.split('|').map(|word| vocabulary.add(word)).collect()),
        Matches::Gap,
    );
    Element { matches, optional }
}

/// What a phrase must stay within.
#[derive(Clone, Copy)]
struct Bounds {
    sentence: u32,
    clause: Option<u32>,
}

impl Bounds {
    fn of(first: &Seen, one_clause: bool) -> Self {
        Self { sentence: first.sentence, clause: one_clause.then_some(first.clause) }
    }

    fn hold(self, seen: &Seen) -> bool {
        seen.sentence == self.sentence && self.clause.is_none_or(|clause| clause == seen.clause)
    }
}

/// The index behind the last token, if the elements match from token `at` on within the bounds.
/// Phrases are short and have few gaps, so the steps are bounded by a small constant.
fn match_from(seen: &[Seen], at: usize, elements: &[Element], bounds: Bounds) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else { return Some(at) };
    let words = match &element.matches {
        Matches::Gap(width) => {
            return (0..=*width)
                .find_map(|skipped| match_from(seen, at.saturating_add(skipped), rest, bounds));
        }
        Matches::Words(words) => words,
    };
    let here = seen.get(at).filter(|here| bounds.hold(here)).is_some_and(|here| {
        (here.word != 0 && words.contains(&here.word)) || (here.class != 0 && words.contains(&here.class))
    });
    let with = if here { match_from(seen, at.saturating_add(1), rest, bounds) } else { None };
    with.or_else(|| if element.optional { match_from(seen, at, rest, bounds) } else { None })
}

/// Checks a table: every phrase begins with a word to look it up by, ends with one, and is not too wide.
#[cfg(test)]
pub(super) fn assert_well_formed<T: Copy>(phrases: &Phrases<T>) {
    for entry in &phrases.entries {
        let is_word = |element: &Element| matches!(element.matches, Matches::Words(_)) && !element.optional;
        assert!(
            entry.elements.first().is_some_and(is_word),
            "a phrase begins with an optional word or a gap"
        );
        let is_gap = |element: &Element| matches!(element.matches, Matches::Gap(_));
        assert!(!entry.elements.last().is_some_and(is_gap), "a gap ends a phrase");
        let width = |element: &Element| if let Matches::Gap(width) = element.matches { width } else { 1 };
        assert!(entry.elements.iter().map(width).sum::<usize>() <= MAX_PHRASE_TOKENS, "a phrase is too wide");
    }
    // A word with a sign of the notation inside is a slip of the pen.
    for word in phrases.vocabulary.words() {
        let plain = word.chars().all(char::is_alphanumeric) || [NUMBER, MONEY, WORKER_ID].contains(&word);
        assert!(plain, "{word:?} is no word");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(phrase: &'static str, text: &str) -> bool {
        let phrases = Phrases::new(&[((), &[phrase])]);
        assert_well_formed(&phrases);
        !phrases.find_all(&Text::read(text)).is_empty()
    }

    #[test]
    fn the_notation() {
        assert!(finds("missed|missing payment", "A Missing payment"));
        assert!(finds("part the? #", "part 2") && finds("part the? #", "part the 2nd"));
        assert!(finds("only *3 workers", "only for these workers"));
        assert!(!finds("only *3 workers", "only for all of these workers"));
        assert!(!finds("only *3 workers", "the only one. Workers"));
        assert!(finds("bonus $", "bonus: $2") && finds("hit for @", "HIT for A1B2C3D4E5F6G7"));
        assert!(finds("^bonus", "Bonus!") && !finds("^bonus", "a bonus"));
        assert!(finds("=part #", "part 2") && !finds("=part #", "part (2 minutes)"));
        assert!(finds("#|two part", "two-part") && finds("#|two part", "2 part"));
    }

    #[test]
    fn reports_where() {
        let phrases = Phrases::new(&[('a', ["b c"].as_slice()), ('d', &["c"])]);
        let found = phrases.find_all(&Text::read("a b c"));
        assert_eq!(
            found,
            [Found { meaning: 'a', start: 1, end: 3 }, Found { meaning: 'd', start: 2, end: 3 }]
        );
    }
}
