//! Cuts a text into numbers, words and signs, once, in linear time.

use core::ops::Range;

use crate::domain::push_lower;

/// Text beyond this many characters is not looked at: no requester states the time there.
const MAX_CHARS: usize = 4_000;
/// No stated time needs a larger number; larger ones only saturate.
const MAX_MILLI: u64 = 1_000_000_000;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::estimate) enum TokenKind {
    /// Thousandths: `1.5` is 1 500.
    Number(u64),
    /// Letters of one alphabet, or one single ideograph, kana or Hangul syllable.
    Word,
    /// Any other sign, with its look-alikes folded into one (every dash is `-`).
    Sign(char),
}

#[derive(Clone, Debug)]
struct Token {
    kind: TokenKind,
    source: Range<usize>,
    folded: Range<usize>,
    /// Of the folded word.
    hash: u32,
    spaced: bool,
}

/// FNV-1a of a folded word: most words of a text are in no list, and a number says so at once.
pub(in crate::estimate) const fn hash_of(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let mut hash = 0x811c_9dc5_u32;
    let mut rest = bytes;
    while let Some((first, others)) = rest.split_first() {
        hash = (hash ^ widened(*first)).wrapping_mul(0x0100_0193);
        rest = others;
    }
    hash
}

/// `u32::from`, which is not yet for constants.
#[allow(clippy::as_conversions, clippy::cast_lossless, reason = "a lossless conversion in a constant")]
const fn widened(byte: u8) -> u32 {
    byte as u32
}

/// A list of words that is asked for every word of a text.
pub(in crate::estimate) struct WordList<const N: usize> {
    words: [&'static str; N],
    /// In order.
    hashes: [u32; N],
}

impl<const N: usize> WordList<N> {
    /// A list of folded words.
    #[allow(clippy::indexing_slicing, reason = "in a constant, within its own length")]
    pub(in crate::estimate) const fn of(words: [&'static str; N]) -> Self {
        let mut hashes = [0; N];
        let mut count = 0;
        while count < N {
            // Into its place among those before it.
            let hash = hash_of(words[count]);
            let mut at = count;
            while at > 0 && hashes[at - 1] > hash {
                hashes[at] = hashes[at - 1];
                at -= 1;
            }
            hashes[at] = hash;
            count += 1;
        }
        Self { words, hashes }
    }

    /// Whether the word at a place is in the list.
    pub(in crate::estimate) fn has(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        let Some(token) = tokens.list.get(at).filter(|token| token.kind == TokenKind::Word) else {
            return false;
        };
        self.hashes.binary_search(&token.hash).is_ok() && self.words.contains(&tokens.word(at))
    }
}

/// A text and its tokens. Words are compared in lower case without accents.
#[derive(Debug)]
pub(in crate::estimate) struct Tokens<'text> {
    source: &'text str,
    folded: String,
    list: Vec<Token>,
}

impl<'text> Tokens<'text> {
    /// Cuts the text.
    pub(in crate::estimate) fn of(source: &'text str) -> Self {
        let end = source.char_indices().nth(MAX_CHARS).map_or(source.len(), |(at, _)| at);
        let mut tokens = Self { source, folded: String::with_capacity(end), list: Vec::new() };
        let mut at = 0;
        let mut spaced = true;
        while at < end {
            let Some(sign) = source.get(at..end).and_then(|rest| rest.chars().next()) else { break };
            let start = at;
            at += sign.len_utf8();
            if sign.is_whitespace() {
                spaced = true;
                if sign == '\n' {
                    tokens.push(TokenKind::Sign('\n'), start..at, true);
                }
                continue;
            }
            let rest = source.get(at..end).unwrap_or("");
            if let Some(digit) = digit_of(sign) {
                let (milli, length) = number(digit, rest);
                at += length;
                tokens.push(TokenKind::Number(milli), start..at, spaced);
            } else if sign == '.' && spaced && rest.chars().next().and_then(digit_of).is_some() {
                // ".5 hours"
                let (milli, length) = number(0, source.get(start..end).unwrap_or(""));
                at = start + length;
                tokens.push(TokenKind::Number(milli), start..at, spaced);
            } else if let Some(milli) = fraction_of(sign) {
                tokens.push(TokenKind::Number(milli), start..at, spaced);
            } else if is_syllable(sign) {
                tokens.push_word(start..at, spaced);
            } else if sign.is_alphabetic() {
                at += word_length(rest);
                tokens.push_word(start..at, spaced);
            } else {
                tokens.push(TokenKind::Sign(plain_sign(sign)), start..at, spaced);
            }
            spaced = false;
        }
        tokens
    }

    fn push(&mut self, kind: TokenKind, source: Range<usize>, spaced: bool) {
        let folded = self.folded.len()..self.folded.len();
        self.list.push(Token { kind, source, folded, hash: 0, spaced });
    }

    fn push_word(&mut self, source: Range<usize>, spaced: bool) {
        let start = self.folded.len();
        let word = self.source.get(source.clone()).unwrap_or("");
        if word.is_ascii() {
            self.folded.push_str(word);
            if let Some(tail) = self.folded.get_mut(start..) {
                tail.make_ascii_lowercase();
            }
        } else {
            word.chars().for_each(|letter| fold_into(&mut self.folded, letter));
        }
        let folded = start..self.folded.len();
        let hash = hash_of(self.folded.get(folded.clone()).unwrap_or(""));
        self.list.push(Token { kind: TokenKind::Word, source, folded, hash, spaced });
    }

    /// How many tokens there are.
    pub(in crate::estimate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The folded word at a place; empty where there is none.
    pub(in crate::estimate) fn word(&self, at: usize) -> &str {
        match self.list.get(at) {
            Some(token) if token.kind == TokenKind::Word => {
                self.folded.get(token.folded.clone()).unwrap_or("")
            }
            _ => "",
        }
    }

    /// The word `back` places before; empty where there is none.
    pub(in crate::estimate) fn word_before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |place| self.word(place))
    }

    /// The sign at a place.
    pub(in crate::estimate) fn sign(&self, at: usize) -> Option<char> {
        match self.list.get(at)?.kind {
            TokenKind::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    /// The sign `back` places before.
    pub(in crate::estimate) fn sign_before(&self, at: usize, back: usize) -> Option<char> {
        self.sign(at.checked_sub(back)?)
    }

    /// The number at a place, in thousandths.
    pub(in crate::estimate) fn number(&self, at: usize) -> Option<u64> {
        match self.list.get(at)?.kind {
            TokenKind::Number(milli) => Some(milli),
            _ => None,
        }
    }

    /// Whether white space (or the start of the text) stands before the token.
    pub(in crate::estimate) fn spaced(&self, at: usize) -> bool {
        self.list.get(at).is_none_or(|token| token.spaced)
    }

    /// The source text from one token to before another, cut to `max_chars` characters.
    pub(in crate::estimate) fn quote(&self, tokens: Range<usize>, max_chars: usize) -> String {
        let start = self.list.get(tokens.start).map_or(0, |token| token.source.start);
        let last = tokens.end.checked_sub(1).and_then(|last| self.list.get(last));
        let end = last.map_or(start, |token| token.source.end);
        let text = self.source.get(start..end).unwrap_or("");
        text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(max_chars).collect()
    }
}

fn digit_of(sign: char) -> Option<u64> {
    let code = match sign {
        '0'..='9' => u32::from(sign) - u32::from('0'),
        '０'..='９' => u32::from(sign) - u32::from('０'),
        '٠'..='٩' => u32::from(sign) - u32::from('٠'),
        '०'..='९' => u32::from(sign) - u32::from('०'),
        _ => return None,
    };
    Some(u64::from(code))
}

fn fraction_of(sign: char) -> Option<u64> {
    match sign {
        '½' => Some(500),
        '¼' => Some(250),
        '¾' => Some(750),
        '⅓' => Some(333),
        '⅔' => Some(667),
        _ => None,
    }
}

/// The rest of a number after its first digit, and the bytes it takes: `1.5`, `1,5`, `1,500`, `1½`.
fn number(first: u64, rest: &str) -> (u64, usize) {
    let mut whole = first;
    let mut length = 0;
    let mut signs = rest.chars().peekable();
    while let Some((sign, digit)) = signs.peek().and_then(|sign| Some((*sign, digit_of(*sign)?))) {
        whole = whole.saturating_mul(10).saturating_add(digit).min(MAX_MILLI);
        length += sign.len_utf8();
        signs.next();
    }
    let mut milli = whole.saturating_mul(1_000);
    match signs.peek().copied() {
        Some(point @ ('.' | ',' | '．')) => {
            let decimals: Vec<(char, u64)> =
                signs.skip(1).map_while(|sign| Some((sign, digit_of(sign)?))).take(MAX_CHARS).collect();
            if decimals.is_empty() {
                return (milli.min(MAX_MILLI), length);
            }
            length += point.len_utf8() + decimals.iter().map(|(sign, _)| sign.len_utf8()).sum::<usize>();
            if point == ',' && decimals.len() == 3 {
                let thousand = decimals.iter().fold(0, |sum, (_, digit)| sum * 10 + digit);
                milli = whole.saturating_mul(1_000).saturating_add(thousand).saturating_mul(1_000);
            } else {
                for ((_, digit), weight) in decimals.iter().zip([100, 10, 1]) {
                    milli += digit * weight;
                }
            }
        }
        Some(sign) => {
            if let Some(fraction) = fraction_of(sign) {
                milli += fraction;
                length += sign.len_utf8();
            }
        }
        None => {}
    }
    (milli.min(MAX_MILLI), length)
}

/// Scripts written without spaces (and Hangul, whose units stick to the number): one token a character.
fn is_syllable(sign: char) -> bool {
    matches!(u32::from(sign), 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF)
}

fn word_length(rest: &str) -> usize {
    let is_letter = |sign: &char| {
        let mark = matches!(u32::from(*sign), 0x0300..=0x036F | 0x0900..=0x0963);
        (sign.is_alphabetic() || mark) && !is_syllable(*sign)
    };
    rest.chars().take_while(is_letter).map(char::len_utf8).sum()
}

fn plain_sign(sign: char) -> char {
    match sign {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | '\u{ad}' => '-',
        '～' | '〜' | '∼' | '≈' | '≃' | '≅' | '˜' => '~',
        '（' | '[' | '【' | '［' | '{' => '(',
        '）' | ']' | '】' | '］' | '}' => ')',
        '≤' | '＜' | '⩽' | '≦' => '<',
        '≥' | '＞' | '⩾' | '≧' => '>',
        '。' | '．' => '.',
        '！' => '!',
        '？' => '?',
        '，' | '、' => ',',
        '；' => ';',
        '：' => ':',
        '’' | '‘' | '´' | '`' => '\'',
        '／' => '/',
        '＋' => '+',
        other => other,
    }
}

/// Lower case without the accents of Latin letters.
fn fold_into(folded: &mut String, letter: char) {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'Á' | 'À' | 'Â' | 'Ä' | 'Ã' | 'Å' => folded.push('a'),
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' | 'ę' => folded.push('e'),
        'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' => folded.push('i'),
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'Ó' | 'Ò' | 'Ô' | 'Ö' | 'Õ' | 'ø' => folded.push('o'),
        'ú' | 'ù' | 'û' | 'ü' | 'Ú' | 'Ù' | 'Û' | 'Ü' => folded.push('u'),
        'ñ' | 'Ñ' => folded.push('n'),
        'ç' | 'Ç' => folded.push('c'),
        'ß' => folded.push_str("ss"),
        '\u{300}'..='\u{36f}' => {}
        other => push_lower(folded, other),
    }
}
