//! What the words of a title and a description say: kind, promised pay, needs.
//!
//! Ring 1, pure text in, plain values out. Hostile text is the normal case.

use crate::domain::{Kind, Need, Promise};

/// stub
pub struct Wording<'a> { pub title: &'a str, pub description: &'a str, pub requirement_names: &'a [&'a str], pub reward_micros: Option<i64> }
/// stub
pub struct Said { pub kind: Option<Kind>, pub promised: Option<Promise>, pub needs: Vec<Need> }
/// stub
pub fn read(_words: &Wording<'_>) -> Said { Said { kind: None, promised: None, needs: vec![] } }
/// stub
pub fn clean_title(text: &str) -> String { text.split_whitespace().collect::<Vec<_>>().join(" ") }
/// stub
pub fn clean_description(text: &str) -> String { clean_title(text) }
/// stub
pub fn title_key(t: &str) -> String { t.to_lowercase() }
