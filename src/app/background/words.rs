//! What the worker reads when something was not done, and how incoming words are cleaned.

use super::wire::{Ask, Refusal, Why};
use crate::domain::{Partition, RequesterId, TitleKey};
use crate::storage::StoreError;
use crate::storage::journal::Failure;
use crate::storage::record::RecordError;
use crate::wording::mask::mask_worker_ids;

/// Longest requester name kept, in characters.
pub(super) const NAME_CHARS: usize = 200;

/// Longest title kept, in characters.
pub(super) const TITLE_CHARS: usize = 500;

/// Longest id of a requester or task on any site, in bytes.
const ID_BYTES: usize = 64;

/// The answer to a message that is none of ours.
pub(super) fn not_understood(what: &str) -> Refusal {
    Refusal::new(Why::NotUnderstood, format!("Wagelight did not understand its own page: {what}"))
}

/// What an ask was about, as the subject of "… is not saved yet".
pub(super) fn subject(ask: &Ask) -> &'static str {
    match ask {
        Ask::Rate { .. } | Ask::Unrate { .. } => "your rating",
        Ask::Block { .. } | Ask::Unblock { .. } => "your block",
        Ask::SettingsSet { .. } | Ask::SwitchSite { .. } => "your setting",
        _ => "this",
    }
}

/// A store's failure in the worker's words.
pub(super) fn store_failed(error: &StoreError, subject: &str) -> Refusal {
    let (why, say) = match error {
        StoreError::DiskFull => {
            (Why::DiskFull, format!("The disk is full: nothing was lost, {subject} is not saved yet"))
        }
        StoreError::TimedOut => (
            Why::TimedOut,
            format!("The browser did not save in time: nothing was lost, {subject} is not saved yet"),
        ),
        StoreError::NewerSchema => (Why::Newer, newer("What is stored")),
        StoreError::Unavailable(what) => (
            Why::Unavailable,
            format!("The browser does not open its storage, {subject} is not saved yet ({what})"),
        ),
    };
    Refusal::new(why, say)
}

/// Why what a page showed is not saved yet, in one short line.
pub(super) fn unsaved(failure: &Failure) -> String {
    let say = match failure {
        Failure::Store(StoreError::DiskFull) => "the disk is full",
        Failure::Store(StoreError::TimedOut) => "the browser does not save in time",
        Failure::Store(StoreError::Unavailable(_)) => "the browser does not open its storage",
        Failure::Store(StoreError::NewerSchema) | Failure::JournalHead(_) => NEWER,
        Failure::Fault(fault) if matches!(fault.error, RecordError::Newer { .. }) => NEWER,
        Failure::Fault(_) => "a stored record is damaged and is being repaired",
        Failure::JournalBehind => "the history's copy is being written again",
    };
    say.to_owned()
}

/// The same for the program.
pub(super) fn why(failure: &Failure) -> Why {
    match failure {
        Failure::Store(StoreError::DiskFull) => Why::DiskFull,
        Failure::Store(StoreError::TimedOut) => Why::TimedOut,
        Failure::Store(StoreError::Unavailable(_)) => Why::Unavailable,
        Failure::Store(StoreError::NewerSchema) | Failure::JournalHead(_) => Why::Newer,
        Failure::Fault(fault) if matches!(fault.error, RecordError::Newer { .. }) => Why::Newer,
        Failure::Fault(_) | Failure::JournalBehind => Why::Damaged,
    }
}

/// Why nothing is written any more.
const NEWER: &str = "a newer Wagelight wrote the history; update this one";

/// A record's failure in the worker's words.
pub(super) fn record_failed(error: &RecordError, subject: &str) -> Refusal {
    let why = match error {
        RecordError::Newer { .. } => Why::Newer,
        RecordError::Damaged(_) => Why::Damaged,
    };
    Refusal::new(why, record_problem(error, subject))
}

/// A record's failure as a line for the popup.
pub(super) fn record_problem(error: &RecordError, subject: &str) -> String {
    match error {
        RecordError::Newer { .. } => newer(subject),
        RecordError::Damaged(what) => format!("{subject} cannot be read and was left as it is ({what})"),
    }
}

fn newer(subject: &str) -> String {
    format!("{subject} was saved by a newer Wagelight and was left as it is: update to change it")
}

/// A site's name as a partition.
pub(super) fn partition(site: &str) -> Result<Partition, Refusal> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if site.is_empty() || site.len() > ID_BYTES || !site.bytes().all(plain) {
        return Err(not_understood("no such site"));
    }
    Ok(Partition(site.to_owned()))
}

/// A requester's id as a page gave it.
pub(super) fn requester(id: &str) -> Result<RequesterId, Refusal> {
    if id.is_empty() || id.len() > ID_BYTES || !id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(not_understood("no such requester id"));
    }
    Ok(RequesterId(id.to_owned()))
}

/// A title's key as a page gave it.
pub(super) fn title_key(key: &str) -> Result<TitleKey, Refusal> {
    TitleKey::new(key).ok_or_else(|| not_understood("no such title"))
}

/// A foreign text made fit to keep: worker ids masked, control characters out, cut, `None` if empty.
pub(super) fn kept(text: &str, max_chars: usize) -> Option<String> {
    // Longer than any of our limits even after masking: what lies behind is never looked at.
    let head: String =
        text.chars().filter(|letter| !letter.is_control()).take(max_chars.saturating_mul(2)).collect();
    let masked: String = mask_worker_ids(head.trim()).chars().take(max_chars).collect();
    (!masked.is_empty()).then_some(masked)
}
