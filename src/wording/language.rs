//! Which languages a task demands, and whether its text is written in English.

use std::sync::OnceLock;

use super::tokens::{Shape, Text};
use super::vocabulary::Vocabulary;

/// A set of words, written as one line of text and hashed at the first use.
struct Words {
    text: &'static str,
    set: OnceLock<Vocabulary>,
}

impl Words {
    const fn new(text: &'static str) -> Self {
        Self { text, set: OnceLock::new() }
    }

    fn contains(&self, word: &str) -> bool {
        self.set.get_or_init(|| self.text.split_whitespace().collect()).contains(word)
    }
}

/// Languages by their English and own names, lower case.
static LANGUAGES: Words = Words::new(
    "english spanish español espanol german deutsch french français francais italian italiano portuguese \
     português dutch nederlands polish polski swedish svenska danish norwegian finnish romanian hungarian \
     czech greek russian ukrainian turkish arabic hebrew persian farsi hindi urdu bengali tamil telugu \
     malayalam marathi gujarati punjabi kannada chinese mandarin cantonese japanese korean vietnamese \
     thai indonesian malay tagalog filipino swahili catalan basque bulgarian croatian serbian slovak \
     latvian",
);

/// Two-letter codes behind the word "language": `Language NL`.
static CODES: Words = Words::new("en es de fr it pt nl pl sv da no fi ru tr ar hi zh ja ko ro");

/// Words that say a language is spoken, read or written, at most this far from its name.
static SKILL_WORDS: Words = Words::new(
    "native fluent fluency fluently proficient proficiency speaker speakers speaking speak bilingual \
     spoken mother tongue comprehension literate interpreter",
);

const SKILL_REACH: usize = 4;

/// Words of work on a language, which are near to it: "translate Korean menus", not
/// "transcribe receipts of Chinese restaurants".
static LANGUAGE_WORK: Words =
    Words::new("translate translation translations translator translating transcribe transcription reviews");

const WORK_REACH: usize = 2;

/// Whether the text demands a language or a skill in it ("native Spanish speakers", "must be
/// fluent in English"), or a qualification's name does ("Language NL").
pub(super) fn demands(text: &Text<'_>) -> bool {
    text.tokens.iter().enumerate().any(|(at, token)| is_language(text.word(token)) && is_demanded(text, at))
}

/// Whether the name of a qualification the worker must have is one of a language.
pub(super) fn names_language(name: &str) -> bool {
    let spaced = name.replace('_', " ");
    let text = Text::read(&spaced);
    let words: Vec<&str> = text.tokens.iter().map(|token| text.word(token)).collect();
    let coded = words.windows(2).any(|pair| {
        matches!(pair, [first, second] if matches!(*first, "language" | "lang") && CODES.contains(second) && *second != "en")
    });
    let foreign = words.iter().any(|word| is_language(word) && *word != "english");
    // "Text Moderation – English" is held by all who read this list; a test of English is not.
    let tested = words.contains(&"english")
        && words
            .iter()
            .any(|word| matches!(*word, "comprehension" | "proficiency" | "native" | "fluent" | "fluency"));
    coded || foreign || tested
}

fn is_language(word: &str) -> bool {
    LANGUAGES.contains(word)
}

fn is_demanded(text: &Text<'_>, at: usize) -> bool {
    let Some(name) = text.tokens.get(at) else { return false };
    let near = |index: usize| text.tokens.get(index).filter(|token| token.sentence == name.sentence);
    let word_near = |index: usize| near(index).map_or("", |token| text.word(token));
    let skilled = (1..=SKILL_REACH).any(|distance| {
        let before = at.checked_sub(distance).map_or("", word_near);
        let behind = word_near(at.saturating_add(distance));
        let works =
            distance <= WORK_REACH && (LANGUAGE_WORK.contains(before) || LANGUAGE_WORK.contains(behind));
        works || SKILL_WORDS.contains(before) || SKILL_WORDS.contains(behind)
    });
    if skilled {
        return !speaks_of_others(text, at);
    }
    // "in PORTUGUESE", "Surveys in German": not for English, which every task here is in.
    let english = text.word(name) == "english";
    let previous = at.checked_sub(1).map_or("", word_near);
    let written_in = previous == "in"
        && !english
        && !matches!(
            word_near(at.saturating_add(1)),
            "class" | "classes" | "restaurants" | "culture" | "history" | "food" | "society"
        );
    let object = matches!(
        word_near(at.saturating_add(1)),
        "text"
            | "texts"
            | "sentence"
            | "sentences"
            | "language"
            | "audio"
            | "words"
            | "tweets"
            | "only"
            | "version"
            | "required"
    );
    written_in || (!english && object)
}

/// "English speaking countries", "speakers of other languages": nobody's skill is demanded.
fn speaks_of_others(text: &Text<'_>, at: usize) -> bool {
    (1..=3).any(|ahead| {
        matches!(
            text.word_at(at.saturating_add(ahead)),
            "countries" | "country" | "accents" | "teachers" | "immigrants" | "anxiety"
        )
    })
}

/// Function words that English does not have, of German and Dutch, French, Spanish and Portuguese, Italian,
/// Polish and Czech, the Nordic languages, Romanian, Hungarian, Turkish and Indonesian.
static FOREIGN_WORDS: Words = Words::new(
    "und der das ein eine einen einer ist sind sie ihre ihren wir nicht mit für auf zu zum zur von den \
     dem über oder auch werden bitte een het van voor niet wij uw zijn deze dezelfde afhankelijk als door \
     le la les des du une est et vous nous votre vos avec sur dans cette ce qui que aux ou ces afin entre \
     el los las una del con este esta puede según sus su para por y en você sua seu uma não os dos são em \
     nós \
     il gli di che un della delle dei sulle sui nostri tue questa questo ad sono dacci serie \
     na temat się jest twoje chcemy nie jak dla lub opinie jsou pro \
     och att vill dina är för om som det vi jeg og til av ikke din på ja että ovat \
     să și privind despre vă vrem az és egy hogy bir ve için bu yang dan untuk anda dengan",
);

/// Function words of English.
static ENGLISH_WORDS: Words = Words::new(
    "the and of to you your this will for with are is be in on that it we our from about please or by at \
     not can have survey study task answer short how what",
);

/// Whether a text is written in a language other than English: mostly letters of another
/// script, or more foreign function words than English ones (at least two different).
pub(super) fn is_foreign(text: &Text<'_>) -> bool {
    is_other_script(text.raw) || has_foreign_words(text)
}

fn is_other_script(raw: &str) -> bool {
    if raw.is_ascii() {
        return false;
    }
    let letters = raw.chars().filter(|character| character.is_alphabetic()).count();
    // Latin and its extensions end before the Greek block; letters above are other scripts
    // (fullwidth and phonetic Latin letters are so rare that they do not matter).
    let other =
        raw.chars().filter(|character| character.is_alphabetic() && u32::from(*character) >= 0x0370).count();
    other >= 4 && other.saturating_mul(3) >= letters
}

fn has_foreign_words(text: &Text<'_>) -> bool {
    let mut foreign: Vec<&str> = Vec::new();
    let mut hits = 0_usize;
    let mut english = 0_usize;
    for token in text.tokens.iter().filter(|token| token.shape == Shape::Word) {
        let word = text.word(token);
        if FOREIGN_WORDS.contains(word) {
            hits = hits.saturating_add(1);
            if !foreign.contains(&word) {
                foreign.push(word);
            }
        } else if ENGLISH_WORDS.contains(word) {
            english = english.saturating_add(1);
        }
    }
    foreign.len() >= 2 && hits > english.saturating_mul(2)
}

#[cfg(test)]
fn overlap() -> Vec<&'static str> {
    FOREIGN_WORDS.text.split_whitespace().filter(|word| ENGLISH_WORDS.contains(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_counts_for_both_sides() {
        assert_eq!(overlap(), Vec::<&str>::new());
    }

    #[test]
    fn demanded_languages() {
        for text in [
            "Native SPANISH speakers: say ten words",
            "Must be fluent in English",
            "For native speakers of Korean",
            "A quiz in PORTUGUESE",
            "Try an app (English proficiency needed)",
            "Translate Korean menus",
            "Can you speak fluent Chinese (Mandarin)?",
        ] {
            assert!(demands(&Text::read(text)), "{text}");
        }
        for text in [
            "Chinese food preferences",
            "How French people vote",
            "A polish remover survey",
            "Survey of English breakfasts",
            "Travel in English speaking countries",
        ] {
            assert!(!demands(&Text::read(text)), "{text}");
        }
        assert!(names_language("Language NL") && names_language("Review_Work_Spanish"));
        assert!(!names_language("Language EN") && !names_language("Moderation - English"));
    }

    #[test]
    fn texts_in_other_languages() {
        for text in [
            "Umfrage zu Katzen und Hunden: wir möchten Ihre Meinung",
            "Nous avons besoin de votre avis sur les chats",
            "猫についてのアンケート",
            "Опрос о кошках",
            "Un sondaggio sulle tue vacanze con gli amici",
            "설문조사에 참여하세요",
        ] {
            assert!(is_foreign(&Text::read(text)), "{text}");
        }
        for text in ["A study on language", "Find the café la la", "α and β in the survey", "", "🎉🎉🎉🎉"]
        {
            assert!(!is_foreign(&Text::read(text)), "{text}");
        }
    }
}
