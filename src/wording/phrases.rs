//! A small notation for phrases, so that the rules are tables a reader can check by eye.
//!
//! A phrase is words with spaces between them, found in one sentence of a text:
//! `missed|missing payment` – either word; `the?` – may be there or not; `*3` – up to three
//! other words; `qualif~` – any word that begins so; `#` – a number; `$` – an amount of
//! money; `@` – something shaped like a worker id; `^` first – only at the start of the text.
//! The first element of a phrase is always there and is no prefix and no gap: phrases are
//! looked up by it, so the cost of a text does not grow with the number of phrases.

use std::collections::HashMap;

use super::tokens::{Shape, Text};

/// A table of phrases, each with what it means.
pub(super) struct Phrases<T> {
    entries: Vec<Entry<T>>,
    by_first: HashMap<&'static str, Vec<usize>>,
}

struct Entry<T> {
    elements: Vec<Element>,
    at_start: bool,
    meaning: T,
}

struct Element {
    choices: Vec<Choice>,
    optional: bool,
}

enum Choice {
    Word(&'static str),
    Prefix(&'static str),
    Gap(usize),
    Number,
    Money,
    WorkerId,
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
        let mut entries = Vec::new();
        let mut by_first: HashMap<&'static str, Vec<usize>> = HashMap::new();
        for (meaning, phrases) in tables {
            for phrase in *phrases {
                let at_start = phrase.starts_with('^');
                let elements: Vec<Element> = phrase.trim_start_matches('^').split(' ').map(read_element).collect();
                for choice in elements.first().map_or([].as_slice(), |first| first.choices.as_slice()) {
                    by_first.entry(first_key(choice)).or_default().push(entries.len());
                }
                entries.push(Entry { elements, at_start, meaning: *meaning });
            }
        }
        Self { entries, by_first }
    }

    /// All phrases of the table in a text, in the order of their beginnings.
    pub(super) fn find_all(&self, text: &Text<'_>) -> Vec<Found<T>> {
        let mut found = Vec::new();
        for (start, token) in text.tokens.iter().enumerate() {
            let class = match token.shape {
                Shape::Number => "#",
                Shape::Money(_) => "$",
                Shape::WorkerId => "@",
                Shape::Word => "",
            };
            let by_word = self.by_first.get(text.word(token)).into_iter().flatten();
            let by_class = self.by_first.get(class).into_iter().flatten();
            for entry in by_word.chain(by_class).filter_map(|index| self.entries.get(*index)) {
                if entry.at_start && start != 0 {
                    continue;
                }
                if let Some(end) = match_from(text, start, &entry.elements, token.sentence) {
                    found.push(Found { meaning: entry.meaning, start, end });
                }
            }
        }
        found
    }
}

fn read_element(element: &'static str) -> Element {
    let (element, optional) = element.strip_suffix('?').map_or((element, false), |stripped| (stripped, true));
    Element { choices: element.split('|').map(read_choice).collect(), optional }
}

fn read_choice(choice: &'static str) -> Choice {
    match choice {
        "#" => Choice::Number,
        "$" => Choice::Money,
        "@" => Choice::WorkerId,
        _ => match (choice.strip_prefix('*').and_then(|width| width.parse().ok()), choice.strip_suffix('~')) {
            (Some(width), _) => Choice::Gap(width),
            (None, Some(prefix)) => Choice::Prefix(prefix),
            (None, None) => Choice::Word(choice),
        },
    }
}

/// The key a phrase is looked up by. A prefix or gap has none that a word could equal: the test of the tables refuses it.
fn first_key(choice: &Choice) -> &'static str {
    match choice {
        Choice::Word(word) => word,
        Choice::Number => "#",
        Choice::Money => "$",
        Choice::WorkerId => "@",
        Choice::Prefix(_) | Choice::Gap(_) => "\u{0}",
    }
}

/// The index behind the last token, if the elements match from token `at` on within the sentence.
/// Phrases are short and have few gaps, so the steps are bounded by a small constant.
fn match_from(text: &Text<'_>, at: usize, elements: &[Element], sentence: u32) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else { return Some(at) };
    if let [Choice::Gap(width)] = element.choices.as_slice() {
        return (0..=*width).find_map(|skipped| match_from(text, at.saturating_add(skipped), rest, sentence));
    }
    let token = text.tokens.get(at).filter(|token| token.sentence == sentence);
    let here = token.is_some_and(|token| {
        let word = text.word(token);
        element.choices.iter().any(|choice| match choice {
            Choice::Word(expected) => word == *expected,
            Choice::Prefix(prefix) => word.starts_with(prefix),
            Choice::Number => token.shape == Shape::Number,
            Choice::Money => matches!(token.shape, Shape::Money(_)),
            Choice::WorkerId => token.shape == Shape::WorkerId,
            Choice::Gap(_) => false,
        })
    });
    let with = if here { match_from(text, at.saturating_add(1), rest, sentence) } else { None };
    with.or_else(|| if element.optional { match_from(text, at, rest, sentence) } else { None })
}

/// Checks a table: every phrase begins with something to look it up by.
#[cfg(test)]
pub(super) fn assert_well_formed<T: Copy>(phrases: &Phrases<T>) {
    assert!(!phrases.by_first.contains_key("\u{0}"), "a phrase begins with a prefix or a gap");
    for entry in &phrases.entries {
        assert!(entry.elements.first().is_some_and(|first| !first.optional), "a phrase begins with an optional word");
        let gaps = entry.elements.iter().flat_map(|element| &element.choices);
        let width: usize = gaps.map(|choice| if let Choice::Gap(width) = choice { *width } else { 0 }).sum();
        assert!(width <= 12 && entry.elements.len() <= 12, "a phrase is too wide");
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
        assert!(finds("only *3 worker~", "only for these workers"));
        assert!(!finds("only *3 worker~", "only for all of these workers"));
        assert!(!finds("only *3 worker~", "the only one. Workers"));
        assert!(finds("bonus $", "bonus: $2") && finds("hit for @", "HIT for A1B2C3D4E5F6G7"));
        assert!(finds("^bonus", "Bonus!") && !finds("^bonus", "a bonus"));
        assert!(finds("#|two part", "two-part") && finds("#|two part", "2 part"));
    }

    #[test]
    fn reports_where() {
        let phrases = Phrases::new(&[('a', ["b c"].as_slice()), ('d', &["c"])]);
        let found = phrases.find_all(&Text::read("a b c"));
        assert_eq!(found, [Found { meaning: 'a', start: 1, end: 3 }, Found { meaning: 'd', start: 2, end: 3 }]);
    }
}
