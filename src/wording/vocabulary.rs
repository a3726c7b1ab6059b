//! A closed set of words, each with a number, so that rules compare numbers and not text.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Words and their numbers, from 1 on; 0 is every other word.
#[derive(Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<&'static str, u16, BuildHasherDefault<Fnv>>,
}

impl Vocabulary {
    /// The number of a word, which is given one if it is new.
    pub(super) fn add(&mut self, word: &'static str) -> u16 {
        let next = u16::try_from(self.numbers.len().saturating_add(1)).unwrap_or(u16::MAX);
        *self.numbers.entry(word).or_insert(next)
    }

    /// The number of a word, 0 if it is none of these.
    pub(super) fn number(&self, word: &str) -> u16 {
        self.numbers.get(word).copied().unwrap_or(0)
    }

    /// Whether a word is one of these.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.numbers.contains_key(word)
    }

    /// All words, for tests of tables.
    #[cfg(test)]
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.numbers.keys().copied()
    }
}

impl FromIterator<&'static str> for Vocabulary {
    fn from_iter<I: IntoIterator<Item = &'static str>>(words: I) -> Self {
        let mut vocabulary = Self::default();
        for word in words {
            vocabulary.add(word);
        }
        vocabulary
    }
}

/// FNV-1a, 32 bits (Fowler, Noll, Vo): several times faster than the default on short words. The
/// words kept are ours, so a hostile text can only ask for words that are not there.
pub(super) struct Fnv(u32);

impl Default for Fnv {
    fn default() -> Self {
        Self(0x811C_9DC5)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    }

    fn finish(&self) -> u64 {
        // The table takes its tag from the upper bits.
        u64::from(self.0).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}
