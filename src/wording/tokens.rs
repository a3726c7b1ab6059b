//! A text as a list of words, numbers, amounts and worker ids, with the sentence breaks between them.

use super::READ_CHARS;
use super::mask::is_worker_id;
use crate::domain::push_lower;

/// What a token is, beside its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Letters, or letters and digits.
    Word,
    /// Digits, with their point or comma; also ordinals such as `2nd`.
    Number,
    /// An amount of money in micro-units: `$0.50`, `2.00$`, `75 cents`, `2 dollars`.
    Money(i64),
    /// Something shaped like a worker id.
    WorkerId,
}

/// One token of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// What it is.
    pub(super) shape: Shape,
    /// First byte in the text.
    pub(super) start: usize,
    /// The byte after the last one.
    pub(super) end: usize,
    /// The number of its sentence; phrases do not cross from one to the next.
    pub(super) sentence: u32,
    /// The number of its clause: part of a sentence between brackets, dashes, commas and the like.
    pub(super) clause: u32,
    word_start: usize,
    word_end: usize,
}

/// A text and its tokens.
#[derive(Debug)]
pub(super) struct Text<'t> {
    /// The part that was read: the first [`READ_CHARS`] characters.
    pub(super) raw: &'t str,
    /// In reading order.
    pub(super) tokens: Vec<Token>,
    lowered: String,
}

/// Signs of the currencies seen in texts, before or behind the number.
const CURRENCY_SIGNS: [char; 5] = ['$', '€', '£', '¥', '₹'];

impl<'t> Text<'t> {
    /// Splits a text into tokens.
    pub(super) fn read(text: &'t str) -> Self {
        let end = text.char_indices().nth(READ_CHARS).map_or(text.len(), |(at, _)| at);
        let raw = text.get(..end).unwrap_or(text);
        let mut reader =
            Reader { text: Self { raw, tokens: Vec::new(), lowered: String::new() }, sentence: 0, clause: 0 };
        reader.read_all();
        reader.text
    }

    /// The lower-case word of a token, apostrophes dropped: `dont`.
    pub(super) fn word(&self, token: &Token) -> &str {
        self.lowered.get(token.word_start..token.word_end).unwrap_or("")
    }

    /// The word at a place; empty behind the end.
    pub(super) fn word_at(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| self.word(token))
    }

    /// Whether the tokens from `start` to before `end` are denied by a word among or near them in their
    /// sentence: "not a", "no", "without" up to three words before, "not needed" behind.
    pub(super) fn is_denied(&self, start: usize, end: usize) -> bool {
        let Some(first) = self.tokens.get(start) else { return false };
        let near = |at: usize| self.tokens.get(at).filter(|token| token.sentence == first.sentence);
        let before = (1..=3).any(|back| {
            start.checked_sub(back).and_then(near).is_some_and(|token| is_denial(self.word(token), back))
        });
        let behind = || {
            (0..=2)
                .any(|ahead| near(end.saturating_add(ahead)).is_some_and(|token| self.word(token) == "not"))
                && (1..=4).any(|ahead| {
                    near(end.saturating_add(ahead)).is_some_and(|token| {
                        matches!(
                            self.word(token),
                            "needed" | "required" | "necessary" | "allowed" | "accepted" | "supported"
                        )
                    })
                })
        };
        let among = || {
            self.tokens.get(start..end).unwrap_or_default().iter().any(|token| is_denial(self.word(token), 0))
        };
        before || among() || behind()
    }
}

/// Words that deny what follows. A bare "no" must stand close ("no bonus", "no extra bonus"): in
/// "no part 1 needed" it does, in "no matter how, part 2 follows" it does not.
fn is_denial(word: &str, distance: usize) -> bool {
    match word {
        "no" => distance <= 2,
        "not" | "isnt" | "arent" | "without" | "never" | "dont" | "doesnt" | "cannot" | "cant" | "wont"
        | "nor" | "neither" | "kein" | "keine" | "ohne" | "sin" | "sans" | "senza" => true,
        _ => false,
    }
}

struct Reader<'t> {
    text: Text<'t>,
    sentence: u32,
    clause: u32,
}

impl Reader<'_> {
    fn read_all(&mut self) {
        let raw = self.text.raw;
        let mut rest = raw.char_indices().peekable();
        while let Some(&(start, character)) = rest.peek() {
            if !character.is_alphanumeric() {
                rest.next();
                let next = rest.peek().map(|&(_, next)| next);
                self.note_break(character, next);
                continue;
            }
            let numeric = character.is_ascii_digit();
            let mut end = start;
            while let Some(&(at, character)) = rest.peek() {
                let next =
                    raw.get(at.saturating_add(character.len_utf8())..).and_then(|tail| tail.chars().next());
                if !continues(character, next, numeric) {
                    break;
                }
                end = at.saturating_add(character.len_utf8());
                rest.next();
            }
            self.push(start, end);
        }
    }

    fn note_break(&mut self, character: char, next: Option<char>) {
        let ends_sentence = matches!(character, '!' | '?' | ';' | '\n' | '。' | '！' | '？')
            || (character == '.' && next.is_none_or(char::is_whitespace) && !self.follows_abbreviation());
        if ends_sentence {
            self.sentence = self.sentence.saturating_add(1);
        }
        let brackets = matches!(
            character,
            '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '（' | '）' | ',' | ':' | '|' | '–' | '—' | '…'
        );
        let dashes = matches!(character, '-' | '/' | '*') && next.is_some_and(char::is_whitespace);
        if ends_sentence || brackets || dashes {
            self.clause = self.clause.saturating_add(1);
        }
    }

    /// "approx. $2" is one sentence.
    fn follows_abbreviation(&self) -> bool {
        let last = self.text.tokens.last().map_or("", |token| self.text.word(token));
        matches!(
            last,
            "approx" | "appr" | "ca" | "avg" | "vs" | "incl" | "est" | "dr" | "e" | "g" | "i" | "nr"
        )
    }

    fn push(&mut self, start: usize, end: usize) {
        let raw = self.text.raw;
        let word = raw.get(start..end).unwrap_or("");
        let word_start = self.text.lowered.len();
        self.text.lowered.push_str(word);
        if word.is_ascii() && !word.contains('\'') {
            if let Some(pushed) = self.text.lowered.get_mut(word_start..) {
                pushed.make_ascii_lowercase();
            }
        } else {
            self.text.lowered.truncate(word_start);
            for letter in word.chars().filter(|letter| !matches!(letter, '\'' | '’')) {
                push_lower(&mut self.text.lowered, letter);
            }
        }
        let word_end = self.text.lowered.len();
        let lowered = self.text.lowered.get(word_start..word_end).unwrap_or("");
        if let Some(micros_per_unit) = money_word(lowered)
            && let Some(last) = self.text.tokens.last_mut()
            && last.shape == Shape::Number
            && last.sentence == self.sentence
            && let Some(micros) =
                raw.get(last.start..last.end).and_then(|number| amount(number, micros_per_unit))
        {
            last.shape = Shape::Money(micros);
            last.end = end;
            return;
        }
        let before = raw.get(..start).and_then(|head| head.trim_end_matches(' ').chars().next_back());
        let behind = raw.get(end..).and_then(|tail| tail.chars().next());
        let is_sign = |character: Option<char>| character.is_some_and(|c| CURRENCY_SIGNS.contains(&c));
        let number = word.starts_with(|first: char| first.is_ascii_digit());
        let money = if number && (is_sign(before) || is_sign(behind)) {
            amount(word, 1_000_000)
        } else {
            // `40c`, `50¢`, `5usd`: number and unit in one word.
            split_unit(lowered).and_then(|(number, unit)| amount(number, money_word(unit)?))
        };
        let shape = match money {
            Some(micros) => Shape::Money(micros),
            None if is_worker_id(word) || is_masked_id(word, before, behind) => Shape::WorkerId,
            None if number && is_number(lowered) => Shape::Number,
            None => Shape::Word,
        };
        let (sentence, clause) = (self.sentence, self.clause);
        self.text.tokens.push(Token { shape, start, end, sentence, clause, word_start, word_end });
    }
}

/// `[worker]`: an id that was masked already.
fn is_masked_id(word: &str, before: Option<char>, behind: Option<char>) -> bool {
    word == "worker" && before == Some('[') && behind == Some(']')
}

/// Whether a character goes on with the word or number before it.
fn continues(character: char, next: Option<char>, numeric: bool) -> bool {
    match character {
        '\'' | '’' => !numeric && next.is_some_and(char::is_alphabetic),
        '.' | ',' => numeric && next.is_some_and(|next| next.is_ascii_digit()),
        other => other.is_alphanumeric() || super::characters::joins_previous(other),
    }
}

/// Digits with their points, or an ordinal.
fn is_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|last: char| last.is_ascii_lowercase());
    let suffix = word.get(digits.len()..).unwrap_or("");
    matches!(suffix, "" | "st" | "nd" | "rd" | "th")
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',')
}

/// Words behind a number that make it money: micro-units per unit.
fn money_word(word: &str) -> Option<i64> {
    match word {
        "cent" | "cents" | "c" | "¢" => Some(10_000),
        "dollar" | "dollars" | "usd" | "bucks" | "euro" | "euros" | "eur" | "gbp" => Some(1_000_000),
        _ => None,
    }
}

/// The digits of a word and the letters behind them.
fn split_unit(word: &str) -> Option<(&str, &str)> {
    let unit_at = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))?;
    word.split_at_checked(unit_at).filter(|(number, _)| !number.is_empty())
}

/// A number as micro-units; a comma before exactly three digits groups thousands, another one is a point.
fn amount(number: &str, micros_per_unit: i64) -> Option<i64> {
    let number = number.trim_end_matches(|last: char| !last.is_ascii_digit());
    let (whole, fraction) = match number.rsplit_once(['.', ',']) {
        Some((whole, fraction)) if fraction.len() == 3 && number.contains(',') => {
            (format!("{whole}{fraction}"), "")
        }
        Some((whole, fraction)) => (whole.to_owned(), fraction),
        None => (number.to_owned(), ""),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let fraction = fraction.get(..fraction.len().min(6))?;
    let scale = 10_i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let whole_micros =
        if whole.is_empty() { 0 } else { whole.parse::<i64>().ok()?.checked_mul(micros_per_unit)? };
    let part = if fraction.is_empty() { 0 } else { fraction.parse::<i64>().ok()? };
    whole_micros.checked_add(part.checked_mul(micros_per_unit)?.checked_div(scale)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(text: &str) -> Vec<(String, Shape)> {
        let text = Text::read(text);
        text.tokens.iter().map(|token| (text.word(token).to_owned(), token.shape)).collect()
    }

    fn amounts(text: &str) -> Vec<i64> {
        shapes(text)
            .into_iter()
            .filter_map(|(_, shape)| if let Shape::Money(micros) = shape { Some(micros) } else { None })
            .collect()
    }

    #[test]
    fn amounts_are_read_in_all_spellings() {
        assert_eq!(amounts("$0.50 and 1.80$ and US $6.50"), [500_000, 1_800_000, 6_500_000]);
        assert_eq!(amounts("75 cents, 2 dollars, 40 cent"), [750_000, 2_000_000, 400_000]);
        assert_eq!(amounts("€1,50 £1,000 $ 3"), [1_500_000, 1_000_000_000, 3_000_000]);
        assert_eq!(amounts("$0-$1.50"), [0, 1_500_000]);
        assert!(amounts("$99999999999999999999 20 minutes").is_empty());
    }

    #[test]
    fn words_and_breaks() {
        let text = Text::read("Don't worry. Follow-up (part 2), v1.5");
        let words: Vec<_> = text.tokens.iter().map(|token| text.word(token)).collect();
        assert_eq!(words, ["dont", "worry", "follow", "up", "part", "2", "v1", "5"]);
        let sentences: Vec<_> = text.tokens.iter().map(|token| token.sentence).collect();
        assert_eq!(sentences, [0, 0, 1, 1, 1, 1, 1, 1]);
        assert_eq!(
            shapes("A1B2C3D4E5F6G7 2nd"),
            [("a1b2c3d4e5f6g7".to_owned(), Shape::WorkerId), ("2nd".to_owned(), Shape::Number),]
        );
    }

    #[test]
    fn denials() {
        let denied = |text: &str, word: &str| {
            let text = Text::read(text);
            text.tokens.iter().position(|token| text.word(token) == word).map(|at| text.is_denied(at, at + 1))
        };
        assert_eq!(denied("there is no bonus", "bonus"), Some(true));
        assert_eq!(denied("This is not a screener", "screener"), Some(true));
        assert_eq!(denied("Not today. A screener", "screener"), Some(false));
        assert_eq!(denied("microphone is not required", "microphone"), Some(true));
    }

    proptest::proptest! {
        #[test]
        fn spans_are_in_order_and_on_characters(text in "\\PC{0,120}") {
            let read = Text::read(&text);
            let mut last = 0;
            for token in &read.tokens {
                proptest::prop_assert!(token.start >= last && token.end > token.start);
                proptest::prop_assert!(text.get(token.start..token.end).is_some());
                last = token.end;
            }
        }
    }
}
