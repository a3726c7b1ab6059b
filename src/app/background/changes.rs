//! What every change of a record has in common: its number, the tallies, undo, the bell.

use super::Bell;
use super::wire::Answer;
use crate::domain::Partition;
use crate::storage::record::{Head, Undo, encode_undo, head_key, undo_key};
use crate::storage::{Key, StoreName, Write};

/// How many changes can be taken back.
pub(super) const UNDO_DEPTH: u64 = 50;

/// The change of one record, decided and not yet written.
pub(super) struct RecordChange {
    pub(super) store: StoreName,
    pub(super) key: Key,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// Whether a change can be taken back, and if so how.
pub(super) enum Trace {
    /// It can: its undo record goes with it.
    Undoable,
    /// It took this change back itself, whose undo record is used up.
    Undoes(u64),
}

/// The number the next change gets.
pub(super) fn next_number(head: &Head) -> u64 {
    head.change.saturating_add(1)
}

/// All writes of a change, to go into one transaction.
pub(super) fn writes(mut head: Head, change: RecordChange, trace: &Trace) -> Vec<Write> {
    let number = next_number(&head);
    head.change = number;
    if let Some(tally) = head.tally_mut(change.store) {
        *tally = tally.after(change.before.as_deref(), change.after.as_deref());
    }
    let mut writes = vec![Write::put(StoreName::Meta, head_key(), head.encode())];
    let undo = Undo {
        store: change.store,
        key: change.key.clone(),
        before: change.before,
        after: change.after.is_some().then_some(number),
    };
    match trace {
        Trace::Undoable => {
            let too_old = undo_key(number.saturating_sub(UNDO_DEPTH));
            writes.push(Write::DeleteThrough(StoreName::Undo, too_old));
            writes.push(Write::put(StoreName::Undo, undo_key(number), encode_undo(&undo)));
        }
        Trace::Undoes(token) => writes.push(Write::Delete(StoreName::Undo, undo_key(*token))),
    }
    writes.push(match change.after {
        Some(text) => Write::put(change.store, change.key, text),
        None => Write::Delete(change.store, change.key),
    });
    writes
}

/// The answer to a change, with the token that takes it back.
pub(super) fn saved(change: Option<u64>) -> Answer {
    Answer::Saved { undo: change.map(|change| change.to_string()) }
}

/// The bell of a change.
pub(super) fn bell(n: u64, partition: &Partition, requester_id: &str) -> Bell {
    Bell { n, site: partition.0.clone(), requesters: vec![requester_id.to_owned()] }
}
