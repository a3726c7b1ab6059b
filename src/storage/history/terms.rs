//! What an entry can be found by.

use std::collections::BTreeSet;

use crate::domain::history::{Entry, EntryId, State};
use crate::domain::{Money, RequesterId, lowered};

/// The term of every closed day.
pub(super) const EVERY: &str = "all";

/// The terms of an entry. They are hashed on disk: their forms never change.
pub(super) fn of_entry(entry: &Entry) -> BTreeSet<String> {
    let mut terms = BTreeSet::from([EVERY.to_owned(), of_state(entry.state())]);
    terms.extend(entry.requester_id.value().map(of_requester));
    terms.extend(entry.reward.value().map(|reward| of_amount(*reward)));
    terms.extend(words_of(entry).iter().map(|word| of_word(word)));
    terms
}

pub(super) fn of_requester(id: &RequesterId) -> String {
    format!("r:{}", id.0)
}

pub(super) fn of_state(state: State) -> String {
    format!("s:{}", crate::storage::record::StateV1::from(state).number())
}

pub(super) fn of_amount(amount: Money) -> String {
    format!("a:{}{}", amount.currency.code(), amount.micros)
}

pub(super) fn of_word(word: &str) -> String {
    format!("w:{word}")
}

/// The words of an entry's title and its requester's name.
pub(super) fn words_of(entry: &Entry) -> BTreeSet<String> {
    let texts = [entry.title.value(), entry.requester_name.value()];
    texts.into_iter().flatten().flat_map(|text| words(text)).collect()
}

/// The words of a text: runs of letters and digits, in small letters. Scripts without spaces between words
/// (Chinese, Japanese, Thai and others) give a word a letter, so that any part of them is found.
pub(super) fn words(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut word = String::new();
    for letter in lowered(text).chars() {
        if !letter.is_alphanumeric() || is_written_without_spaces(letter) {
            words.extend((!word.is_empty()).then(|| core::mem::take(&mut word)));
        }
        if is_written_without_spaces(letter) {
            words.insert(letter.to_string());
        } else if letter.is_alphanumeric() {
            word.push(letter);
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// Thai to Khmer, kana, Han and what lies between and behind them.
fn is_written_without_spaces(letter: char) -> bool {
    let scripts = [
        '\u{0e00}'..='\u{0eff}',
        '\u{1000}'..='\u{109f}',
        '\u{1780}'..='\u{17ff}',
        '\u{3040}'..='\u{30ff}',
        '\u{3400}'..='\u{9fff}',
        '\u{f900}'..='\u{faff}',
        '\u{20000}'..='\u{3ffff}',
    ];
    letter.is_alphanumeric() && scripts.iter().any(|script| script.contains(&letter))
}

/// What leads to an entry: its id, and the stand-in id of its task.
pub(super) fn ids_of(entry: &Entry) -> BTreeSet<String> {
    let task = entry.task_id.value().map(|task| EntryId::of_task(task).0);
    core::iter::once(entry.id().0.clone()).chain(task).collect()
}
