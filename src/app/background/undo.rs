//! Taking a change back, also in a later life of the background.

use super::blocks::{Entry, Flip, reindexed, with_index};
use super::changes::{RecordChange, Trace, bell, next_number, saved, writes};
use super::wire::{Refusal, Why};
use super::words::{self, record_failed};
use super::{Outcome, Script, done};
use crate::domain::{BlockScope, Partition, RequesterId, TitleKey};
use crate::storage::record::{
    Head, RecordError, Undo, block_index_key, decode_block, decode_rating, decode_undo, head_key, undo_key,
};
use crate::storage::{Found, Part, Read, Step, StoreName};

const SUBJECT: &str = "This change";

pub(super) fn script(site: &str, token: &str) -> Result<Script, Refusal> {
    let partition = words::partition(site)?;
    let token: u64 = token.parse().map_err(|_| words::not_understood("no such change"))?;
    let reads = vec![
        Read::Get(StoreName::Undo, undo_key(token)),
        Read::Get(StoreName::Meta, head_key()),
        Read::Get(StoreName::Meta, block_index_key(&partition)),
    ];
    Ok(Step::read(reads, move |found| {
        let mut found = found.into_iter().map(Found::into_text);
        let undo = match found.next().flatten().as_deref().map(decode_undo).transpose() {
            Ok(undo) => undo,
            Err(error) => return done(record_failed(&error, SUBJECT)),
        };
        let head = match Head::decode(found.next().flatten().as_deref()) {
            Ok(head) => head,
            Err(error) => return done(record_failed(&error, "What is stored")),
        };
        let index = found.next().flatten();
        match undo.and_then(|undo| Target::of(undo, partition)) {
            Some(target) => look_again(Back { token, head, index, target }),
            None => done(Refusal::new(Why::TooLate, "It is too late to undo this")),
        }
    }))
}

/// What is to be changed back.
struct Target {
    undo: Undo,
    entry: Entry,
}

impl Target {
    /// `None` for a change of another partition, or a key that is none of ours.
    fn of(undo: Undo, partition: Partition) -> Option<Self> {
        let texts: Option<Vec<&str>> = undo
            .key
            .0
            .iter()
            .map(|part| match part {
                Part::Text(text) => Some(text.as_str()),
                Part::Number(_) => None,
            })
            .collect();
        let (site, requester, title) = match texts?.as_slice() {
            [site, requester] => (*site, *requester, ""),
            [site, requester, title] => (*site, *requester, *title),
            _ => return None,
        };
        let scope = TitleKey::new(title).map_or(BlockScope::Requester, BlockScope::Title);
        let requester = RequesterId(requester.to_owned());
        (site == partition.0).then_some(Self { entry: Entry { partition, requester, scope }, undo })
    }
}

/// Everything known before the record itself is looked at.
struct Back {
    token: u64,
    head: Head,
    index: Option<String>,
    target: Target,
}

fn look_again(back: Back) -> Script {
    let Undo { store, key, .. } = &back.target.undo;
    let reads = vec![Read::Get(*store, key.clone())];
    Step::read(reads, move |found| {
        let now = found.into_iter().next().and_then(Found::into_text);
        restore(back, now).unwrap_or_else(|error| done(record_failed(&error, SUBJECT)))
    })
}

fn restore(back: Back, now: Option<String>) -> Result<Script, RecordError> {
    let Back { token, head, index, target: Target { undo, entry } } = back;
    let written_by = match (&now, undo.store) {
        (None, _) => None,
        (Some(text), StoreName::Ratings) => Some(decode_rating(text)?.change),
        (Some(text), _) => Some(decode_block(text)?.change),
    };
    if written_by != undo.after {
        return Ok(done(Refusal::new(Why::ChangedSince, "This was changed again since: nothing was undone")));
    }
    let number = next_number(&head);
    let outcome = Outcome {
        answer: saved(None),
        bell: Some(bell(number, &entry.partition, &entry.requester.0)),
        settings: None,
    };
    let flip = match undo.store {
        StoreName::Blocks => Flip::between(now.is_some(), undo.before.is_some()),
        _ => Flip::Same,
    };
    let change = RecordChange { store: undo.store, key: undo.key, before: now, after: undo.before };
    let all = writes(head, change, &Trace::Undoes(token));
    if flip == Flip::Same {
        return Ok(Step::Done(all, outcome));
    }
    Ok(with_index(index.as_deref(), entry.partition.clone(), move |index| {
        Step::Done(reindexed(all, index, &entry, flip), outcome)
    }))
}
