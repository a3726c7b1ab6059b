//! One key for a title and its reposts, renumbered batches and copies.

use super::characters::joins_previous;
use super::clean::clean_title;
use super::mask::{MASK, mask_worker_ids};
use crate::domain::{TitleKey, lowered, push_lower};

/// The version of the definition below. Keys are stored for ever: a change of the definition is a new version.
pub const TITLE_KEY_VERSION: u32 = 1;

/// The key of a title, definition 1:
///
/// 1. [`clean_title`]; words are runs of letters, digits and joining marks (apostrophes inside a
///    word are dropped); everything else is punctuation and parts words.
/// 2. Worker ids go, masked already or not. The rest is lower-cased.
/// 3. A word with a digit is a *number* if it has fewer than three letters left without its digits, or at least
///    three digits and letters of ASCII only (`12`, `2nd`, `20min`, `3d`, `5779ae7a`); it goes. Any other word
///    loses its digits (`covid19`, `第2回調査`).
/// 4. Words that only go with a number go beside one: units of time behind it ([`TIME_UNITS`]), joining words
///    between two ([`BETWEEN_NUMBERS`]), month and weekday names beside one ([`CALENDAR`]), counters before
///    it ([`COUNTERS`]); what goes counts as a number itself. Behind `part` and `pt` roman numerals, single letters
///    and small number words count as numbers.
/// 5. `copy`, `repost`, `reposted` and `duplicate` at the end go.
/// 6. The words left, joined by one space. If no word is left: the cleaned title in lower case, ids masked.
/// 7. Cut after [`TitleKey::MAX_CHARS`] characters; `None` where nothing is left at all.
///
/// So `Survey (part 2)`, `SURVEY – Part 3` and `survey ~ 5 minutes #12 (copy)` share `survey`.
pub fn title_key(title: &str) -> Option<TitleKey> {
    let cleaned = clean_title(title);
    let masked = mask_worker_ids(&cleaned);
    let mut words = split_words(&masked.replace(MASK, " "));
    drop_copies(&mut words);
    drop_beside_numbers(&mut words);
    let kept: Vec<&str> =
        words.iter().filter(|word| !word.is_number).map(|word| word.text.as_str()).collect();
    let key = if kept.is_empty() { lowered(&masked) } else { kept.join(" ") };
    let cut: String = key.chars().take(TitleKey::MAX_CHARS).collect();
    TitleKey::new(cut.trim_end())
}

struct KeyWord {
    text: String,
    /// A number, or a word that went with one.
    is_number: bool,
}

fn split_words(text: &str) -> Vec<KeyWord> {
    let is_inside = |c: char| c.is_alphanumeric() || joins_previous(c) || matches!(c, '\'' | '’');
    text.split(|c: char| !is_inside(c))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(key_word)
        .collect()
}

fn key_word(word: &str) -> KeyWord {
    let mut lowered = String::with_capacity(word.len());
    for c in word.chars().filter(|c| !matches!(c, '\'' | '’' | '\u{200C}' | '\u{200D}')) {
        push_lower(&mut lowered, c);
    }
    let digits = lowered.chars().filter(|c| c.is_numeric()).count();
    if digits == 0 {
        return KeyWord { text: lowered, is_number: false };
    }
    let text: String = lowered.chars().filter(|c| !c.is_numeric()).collect();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let is_code = digits >= 3 && text.is_ascii();
    KeyWord { is_number: letters < 3 || is_code || TIME_UNITS.contains(&text.as_str()), text }
}

/// Units of time behind a number.
const TIME_UNITS: &[&str] = &[
    "s",
    "sec",
    "secs",
    "second",
    "seconds",
    "m",
    "min",
    "mins",
    "minute",
    "minutes",
    "h",
    "hr",
    "hrs",
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "minuten",
    "minütige",
    "minuti",
    "minutos",
    "minutowa",
    "am",
    "pm",
];

/// Words between two numbers: `3 to 4 minutes`, `part 2 of 3`.
const BETWEEN_NUMBERS: &[&str] = &["to", "of", "and", "or", "x", "von", "bis", "de", "out"];

/// Names of months and weekdays, gone beside a number; "May" and "March" alone stay.
const CALENDAR: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Words before a number that only count.
const COUNTERS: &[&str] = &[
    "part", "pt", "batch", "group", "version", "ver", "v", "vol", "no", "nr", "num", "number", "id", "copy",
    "rev", "round",
];

const COPIES: [&str; 4] = ["copy", "repost", "reposted", "duplicate"];

fn drop_copies(words: &mut Vec<KeyWord>) {
    while words.len() > 1 && words.last().is_some_and(|word| COPIES.contains(&word.text.as_str())) {
        words.pop();
    }
}

fn drop_beside_numbers(words: &mut [KeyWord]) {
    mark(words, |before, word, _| {
        matches!(before, Some(before) if matches!(before.text.as_str(), "part" | "pt"))
            && counts_parts(&word.text)
    });
    mark(words, |before, word, _| {
        before.is_some_and(|before| before.is_number) && TIME_UNITS.contains(&word.text.as_str())
    });
    mark(words, |before, word, next| {
        BETWEEN_NUMBERS.contains(&word.text.as_str())
            && before.is_some_and(|before| before.is_number)
            && next.is_some_and(|next| next.is_number)
    });
    // Twice, forward and backward, so that "Mon Mar 8" and "8 March" both go as a whole.
    let beside = |before: Option<&KeyWord>, word: &KeyWord, next: Option<&KeyWord>| {
        CALENDAR.contains(&word.text.as_str())
            && (before.is_some_and(|before| before.is_number) || next.is_some_and(|next| next.is_number))
    };
    mark(words, beside);
    mark_backward(words, beside);
    mark_backward(words, |_, word, next| {
        COUNTERS.contains(&word.text.as_str()) && next.is_some_and(|next| next.is_number)
    });
}

/// Roman numerals, single letters and small number words behind `part`.
fn counts_parts(word: &str) -> bool {
    word.chars().count() == 1
        || matches!(word, "ii" | "iii" | "iv" | "vi" | "one" | "two" | "three" | "four" | "five")
}

type Rule = fn(Option<&KeyWord>, &KeyWord, Option<&KeyWord>) -> bool;

fn mark(words: &mut [KeyWord], rule: Rule) {
    for at in 0..words.len() {
        mark_at(words, at, rule);
    }
}

fn mark_backward(words: &mut [KeyWord], rule: Rule) {
    for at in (0..words.len()).rev() {
        mark_at(words, at, rule);
    }
}

fn mark_at(words: &mut [KeyWord], at: usize, rule: Rule) {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let marked = words.get(at).is_some_and(|word| rule(before, word, words.get(at.saturating_add(1))));
    if marked && let Some(word) = words.get_mut(at) {
        word.is_number = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(title: &str) -> String {
        title_key(title).map_or(String::new(), |key| key.text().to_owned())
    }

    #[test]
    fn reposts_share_a_key() {
        let table: [(&str, &[&str]); 8] = [
            (
                "survey",
                &[
                    "Survey (part 2)",
                    "SURVEY – Part 3",
                    "survey ~ 5 minutes #12 (copy)",
                    "Survey 2/2",
                    "Survey, Part II",
                ],
            ),
            (
                "name this thing general",
                &["Name this thing - General - Batch ID #4711", "Name this thing – General, batch 9"],
            ),
            ("hit for", &["HIT for A1B2C3D4E5F6G7", "HIT for A7G6F5E4D3C2B1", "HIT for [worker] ×3"]),
            ("say words", &["Say 6 words - Tue Apr  6 10:01:02 2024", "Say 20 words (9 March 2024)"]),
            ("opinions about covid", &["Opinions about COVID-19", "opinions about covid19 (3 to 4 minutes)"]),
            ("dont stop believing", &["Don't stop believing", "Don’t stop believing copy"]),
            (
                "talk to a robot id talk eval",
                &["Talk to a robot (ID: talk_eval_1712345678)", "Talk to a robot (ID: talk_eval_77)"],
            ),
            ("第回調査", &["第2回調査", "第３回調査"]),
        ];
        for (expected, titles) in table {
            for title in titles {
                assert_eq!(key(title), expected, "{title}");
            }
        }
    }

    #[test]
    fn different_work_keeps_different_keys() {
        assert_ne!(key("Rate photos"), key("Rate videos"));
        assert_eq!(key("What may happen in March"), "what may happen in march");
        assert_eq!(key("Опрос № 5"), "опрос");
        assert_eq!(key("हिंदी सर्वेक्षण 3"), "हिंदी सर्वेक्षण");
    }

    #[test]
    fn a_title_of_nothing_else_keeps_its_text() {
        assert_eq!(key("12 / 13"), "12 / 13");
        assert_eq!(key(" 🎉🎉 "), "🎉🎉");
        assert_eq!(key("A1B2C3D4E5F6G7"), "[worker]");
        assert_eq!(key("Copy"), "copy");
        assert_eq!(key(""), "");
    }

    proptest::proptest! {
        #[test]
        fn keys_hold_no_digits_and_are_stable(title in "\\PC{0,60}|[a-z0-9 ()#~-]{0,60}") {
            let first = key(&title);
            proptest::prop_assert_eq!(key(&title), first.clone());
            proptest::prop_assert!(!first.starts_with(' ') && !first.ends_with(' '));
        }
    }
}
