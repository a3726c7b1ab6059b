//! What the words of a title and a description say: kind, promised pay, needs.
//!
//! Ring 1, pure text in, plain values out. Hostile text is the normal case: nothing
//! here panics, everything is linear in the text, and only the first
//! [`READ_CHARS`] characters of a text are read.
//!
//! The rules are tables of phrases in a small notation (see `phrases`), each with
//! its reason. A rule earns its place by a wording that many requesters use;
//! wordings of a single requester do not get a rule.

pub mod clean;
pub mod kind;
pub mod mask;
pub mod needs;
pub mod promised;
pub mod repeat;
pub mod title_key;

mod characters;
mod language;
mod phrases;
mod tokens;
mod vocabulary;

pub use clean::{clean_description, clean_text, clean_title};
pub use mask::mask_worker_ids;
pub use repeat::repeat_words;
pub use title_key::{TITLE_KEY_VERSION, title_key};

use crate::domain::{Kind, Need, Promise};

/// How many characters of a text the rules read; real descriptions end at 2,000.
pub const READ_CHARS: usize = 4_000;

/// The words of one row, as the page gives them (cleaned or not, masked or not).
#[derive(Clone, Copy, Debug, Default)]
pub struct Wording<'a> {
    /// The title.
    pub title: &'a str,
    /// The longer text; empty where the page has none.
    pub description: &'a str,
    /// Names of the qualifications a worker must *have* (those that must be absent,
    /// such as "already participated", are left out by the caller).
    pub requirement_names: &'a [&'a str],
    /// The reward in millionths of the currency's major unit; `None` where unknown.
    pub reward_micros: Option<i64>,
}

/// What the words of one row say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What kind of row it is; `None` is plain work, or nothing said.
    pub kind: Option<Kind>,
    /// Pay promised beyond the reward.
    pub promised: Option<Promise>,
    /// In the order of [`Need`], each once.
    pub needs: Vec<Need>,
}

/// Reads all of it at once.
pub fn read(wording: &Wording<'_>) -> Said {
    let texts = Texts::read(wording);
    let kind = kind::of_texts(&texts, wording);
    Said {
        kind,
        promised: promised::of_texts(&texts, wording, kind),
        needs: needs::of_texts(&texts, wording, kind),
    }
}

/// Title and description as tokens, read once for all rules.
struct Texts<'a> {
    title: tokens::Text<'a>,
    description: tokens::Text<'a>,
}

impl<'a> Texts<'a> {
    fn read(wording: &Wording<'a>) -> Self {
        Self {
            title: tokens::Text::read(wording.title),
            description: tokens::Text::read(wording.description),
        }
    }

    fn both(&self) -> [&tokens::Text<'a>; 2] {
        [&self.title, &self.description]
    }
}
