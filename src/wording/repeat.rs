//! What a title says about doing its task twice.

use crate::domain::TitleKey;
use crate::domain::history::RepeatWords;

/// Words that say that each worker may do it once, as they stand in a title key (no digits, no punctuation).
const ONE_TIME: &[&[&str]] = &[
    &["one", "time"],
    &["onetime"],
    &["once"],
    &["first", "time", "only"],
    &["time", "only"],
    &["one", "per", "worker"],
    &["one", "hit", "per", "worker"],
    &["one", "per", "person"],
    &["per", "worker"],
    &["do", "not", "repeat"],
    &["dont", "repeat"],
    &["no", "repeat"],
    &["no", "repeats"],
    &["non", "repeatable"],
    &["new", "participants"],
    &["new", "workers", "only"],
];

/// What usually takes each worker once.
const SURVEY: &[&str] = &[
    "survey",
    "surveys",
    "study",
    "studies",
    "questionnaire",
    "questionnaires",
    "experiment",
    "experiments",
    "interview",
    "poll",
];

/// What a title says about doing its task twice; of several the strongest.
///
/// The key is read, as the words stand in it in one form and it is what is known of a title where the history is.
pub fn repeat_words(title: &TitleKey) -> RepeatWords {
    let words: Vec<&str> = title.text().split(' ').collect();
    let says = |phrase: &&[&str]| words.windows(phrase.len()).any(|part| part == *phrase);
    if ONE_TIME.iter().any(says) {
        RepeatWords::OneTime
    } else if words.iter().any(|word| SURVEY.contains(word)) {
        RepeatWords::Survey
    } else {
        RepeatWords::Plain
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed test should stop at the line")]
mod tests {
    use super::*;
    use crate::wording::title_key;

    #[test]
    fn titles_say_whether_they_may_be_done_twice() {
        let cases = [
            ("Rate 12 pictures", RepeatWords::Plain),
            ("Surveying the land in photos", RepeatWords::Plain),
            ("A one of a kind picture", RepeatWords::Plain),
            ("Opinion SURVEY – part 2 (5 minutes)", RepeatWords::Survey),
            ("A short academic study", RepeatWords::Survey),
            ("A one-time survey", RepeatWords::OneTime),
            ("Tag a video (please only do this once!)", RepeatWords::OneTime),
            ("Describe a photo – 1 HIT per worker", RepeatWords::OneTime),
            ("Don’t repeat: vote on a name", RepeatWords::OneTime),
        ];
        for (title, words) in cases {
            assert_eq!(repeat_words(&title_key(title).unwrap()), words, "{title}");
        }
    }

    #[test]
    fn the_longest_key_is_read_to_its_end() {
        let title = format!("{} survey", "a ".repeat(40));
        assert_eq!(repeat_words(&title_key(&title).unwrap()), RepeatWords::Survey);
    }
}
