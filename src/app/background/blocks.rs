//! The block list: adding, taking out, listing; and its index.

use super::changes::{RecordChange, Trace, bell, next_number, saved, writes};
use super::wire::{Answer, BlockPart, Refusal};
use super::words::{self, NAME_CHARS, TITLE_CHARS, kept, record_failed, record_problem};
use super::{Outcome, Script, done};
use crate::domain::{Block, BlockScope, Partition, RequesterId, Timestamp};
use crate::ratings::BlockIndex;
use crate::storage::record::{
    Head, RecordError, Stored, block_index_key, block_key, decode_block, decode_block_index, encode_block,
    encode_block_index, head_key,
};
use crate::storage::{Found, Key, Part, Read, Step, StoreName, Value, Write};

/// What to block and why.
pub(super) struct Order {
    pub(super) requester_id: String,
    pub(super) requester_name: String,
    pub(super) title_key: Option<String>,
    pub(super) title: Option<String>,
    pub(super) reason: Option<String>,
}

/// Entries on one page of the list, at most.
const PAGE: u32 = 500;

const SUBJECT: &str = "This block";

pub(super) fn block(site: &str, order: Order, now: Timestamp) -> Result<Script, Refusal> {
    let whose = read_whose(site, &order.requester_id, order.title_key.as_deref())?;
    let wanted = Block {
        partition: whose.partition.clone(),
        requester: whose.requester.clone(),
        requester_name: kept(&order.requester_name, NAME_CHARS),
        scope: whose.scope.clone(),
        title: order.title.and_then(|title| kept(&title, TITLE_CHARS)),
        reason: order.reason.and_then(|reason| kept(&reason, Block::MAX_REASON_CHARS)),
        blocked_at: now,
    };
    Ok(change(whose, Some(wanted)))
}

pub(super) fn unblock(site: &str, requester_id: &str, title_key: Option<&str>) -> Result<Script, Refusal> {
    Ok(change(read_whose(site, requester_id, title_key)?, None))
}

/// Which entry it is.
struct Whose {
    partition: Partition,
    requester: RequesterId,
    scope: BlockScope,
}

fn read_whose(site: &str, requester_id: &str, title_key: Option<&str>) -> Result<Whose, Refusal> {
    let scope = match title_key {
        None => BlockScope::Requester,
        Some(key) => BlockScope::Title(words::title_key(key)?),
    };
    Ok(Whose { partition: words::partition(site)?, requester: words::requester(requester_id)?, scope })
}

fn change(whose: Whose, wanted: Option<Block>) -> Script {
    let key = block_key(&whose.partition, &whose.requester, &whose.scope);
    let reads = vec![
        Read::Get(StoreName::Blocks, key),
        Read::Get(StoreName::Meta, head_key()),
        Read::Get(StoreName::Meta, block_index_key(&whose.partition)),
    ];
    Step::read(reads, move |found| {
        let mut found = found.into_iter().map(Found::into_text);
        let before = found.next().flatten();
        let head = match Head::decode(found.next().flatten().as_deref()) {
            Ok(head) => head,
            Err(error) => return done(record_failed(&error, "What is stored")),
        };
        let index = found.next().flatten();
        changed(Before { text: before, head, index }, whose, wanted)
    })
}

/// What there was.
struct Before {
    text: Option<String>,
    head: Head,
    index: Option<String>,
}

fn changed(before: Before, whose: Whose, wanted: Option<Block>) -> Script {
    let stored = match before.text.as_deref().map(decode_block).transpose() {
        Ok(stored) => stored,
        Err(error) => return done(record_failed(&error, SUBJECT)),
    };
    let same = match (&stored, &wanted) {
        (None, None) => true,
        // Blocked again with the same words: the first time holds.
        (Some(stored), Some(wanted)) => {
            stored.value == Block { blocked_at: stored.value.blocked_at, ..wanted.clone() }
        }
        _ => false,
    };
    if same {
        return done(saved(stored.map(|stored| stored.change)));
    }
    let number = next_number(&before.head);
    let outcome = Outcome {
        answer: saved(Some(number)),
        bell: Some(bell(number, &whose.partition, &whose.requester.0)),
        settings: None,
    };
    let after = wanted.map(|value| encode_block(&Stored { value, change: number }));
    let key = block_key(&whose.partition, &whose.requester, &whose.scope);
    let flip = Flip::between(before.text.is_some(), after.is_some());
    let change = RecordChange { store: StoreName::Blocks, key, before: before.text, after };
    let all = writes(before.head, change, &Trace::Undoable);
    let entry = Entry { partition: whose.partition, requester: whose.requester, scope: whose.scope };
    with_index(before.index.as_deref(), entry.partition.clone(), move |index| {
        Step::Done(reindexed(all, index, &entry, flip), outcome)
    })
}

/// An entry as the index knows it.
pub(super) struct Entry {
    pub(super) partition: Partition,
    pub(super) requester: RequesterId,
    pub(super) scope: BlockScope,
}

/// What a change means to the index.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flip {
    Added,
    Removed,
    Same,
}

impl Flip {
    pub(super) fn between(was_there: bool, is_there: bool) -> Self {
        match (was_there, is_there) {
            (false, true) => Self::Added,
            (true, false) => Self::Removed,
            _ => Self::Same,
        }
    }
}

/// Adds the index's own write to those of a change.
pub(super) fn reindexed(
    mut writes: Vec<Write>,
    mut index: BlockIndex,
    entry: &Entry,
    flip: Flip,
) -> Vec<Write> {
    match flip {
        Flip::Added => index.insert(&entry.requester, &entry.scope),
        Flip::Removed => index.remove(&entry.requester, &entry.scope),
        Flip::Same => return writes,
    }
    let text = encode_block_index(&index.to_base64());
    writes.push(Write::put(StoreName::Meta, block_index_key(&entry.partition), text));
    writes
}

/// Goes on with the index; one that cannot be read is made anew from the entries, as they were
/// before this transaction's writes.
pub(super) fn with_index(
    text: Option<&str>,
    partition: Partition,
    then: impl FnOnce(BlockIndex) -> Script + 'static,
) -> Script {
    let read = decode_block_index(text).ok().and_then(|hashes| BlockIndex::from_base64(&hashes).ok());
    if let Some(index) = read {
        return then(index);
    }
    let list = Read::List { store: StoreName::Blocks, first: partition.0, after: None, limit: u32::MAX };
    Step::read(vec![list], move |found| {
        let entries: Vec<Block> = listed(found).into_iter().filter_map(|(_, block)| block.ok()).collect();
        then(BlockIndex::of(entries.iter().map(|block| (&block.requester, &block.scope))))
    })
}

pub(super) fn list(site: &str, after: Option<Vec<String>>, limit: Option<u32>) -> Result<Script, Refusal> {
    let partition = words::partition(site)?;
    let limit = limit.unwrap_or(PAGE).clamp(1, PAGE);
    let after = after.map(|parts| Key(parts.into_iter().map(Part::Text).collect()));
    let list = Read::List { store: StoreName::Blocks, first: partition.0, after, limit };
    Ok(Step::read(vec![list], move |found| done(page(listed(found), limit))))
}

fn page(entries: Vec<(Key, Result<Block, RecordError>)>, limit: u32) -> Answer {
    let full = u32::try_from(entries.len()).is_ok_and(|count| count == limit);
    let next = entries.last().filter(|_| full).map(|(key, _)| text_parts(key));
    let mut blocks = Vec::new();
    let mut problems = Vec::new();
    for (_, entry) in entries {
        match entry {
            Ok(block) => blocks.push(BlockPart::from(&block)),
            Err(error) => problems.push(record_problem(&error, SUBJECT)),
        }
    }
    Answer::Blocks { blocks, next, problems }
}

fn text_parts(key: &Key) -> Vec<String> {
    let text = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Number(number) => number.to_string(),
    };
    key.0.iter().map(text).collect()
}

fn listed(found: Vec<Found>) -> Vec<(Key, Result<Block, RecordError>)> {
    let records = found.into_iter().next().map_or(Vec::new(), Found::into_many);
    // Bytes where a text belongs read as damaged.
    let text = |value: Value| value.into_text().unwrap_or_default();
    let read = |(key, value)| (key, decode_block(&text(value)).map(|stored| stored.value));
    records.into_iter().map(read).collect()
}

/// A stored entry as pages see it.
pub(super) fn part(text: &str) -> Result<BlockPart, RecordError> {
    decode_block(text).map(|stored| BlockPart::from(&stored.value))
}
