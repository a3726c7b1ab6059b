//! Where the records of the history lie.

use crate::domain::history::EntryId;
use crate::domain::{Partition, RequesterId, SiteDay, TitleKey};
use crate::storage::packed::buckets::Slot;
use crate::storage::record::{HistoryHead, history_head_key};
use crate::storage::{Key, Part, StoreName, Write};

use super::view::{Stop, View};

/// Buckets of the index from entries to days: 20 kB each at a million entries. On disk: never changed.
pub(super) const ENTRY_BUCKETS: u64 = 1_024;

/// Buckets of the search index: 20 kB each at a million entries. On disk: never changed.
pub(super) const TERM_BUCKETS: u64 = 256;

/// Which generation of records a script works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The one that is shown.
    InUse,
    /// The one that is being made.
    Staging,
}

impl Target {
    pub(super) fn head_key(self) -> Key {
        match self {
            Self::InUse => history_head_key(),
            Self::Staging => staging_head_key(),
        }
    }
}

/// Where the head of the generation that is being made is kept.
pub(in crate::storage) fn staging_head_key() -> Key {
    Key::texts(&["history_staging"])
}

/// The first part of all keys of a generation and a partition.
pub(in crate::storage) fn space(generation: u32, partition: &Partition) -> String {
    format!("{generation}/{}", partition.0)
}

/// Reads the head of a target.
pub(in crate::storage) fn history_head(view: &mut View, target: Target) -> Result<HistoryHead, Stop> {
    let text = view.text(StoreName::Meta, &target.head_key())?;
    HistoryHead::decode(text.as_deref()).map_err(|error| Stop::fault(super::Place::Head, error))
}

/// Writes the head of a target.
pub(in crate::storage) fn put_head(target: Target, head: &HistoryHead) -> Write {
    Write::put(StoreName::Meta, target.head_key(), head.encode())
}

/// The key of an entry in an open day.
pub(super) fn entry_key(space: &str, id: &EntryId) -> Key {
    Key::texts(&[space, &id.0])
}

/// The key of a day. Days before 1970 too are numbers from 0, in order.
pub(super) fn day_key(space: &str, day: SiteDay) -> Key {
    let number = u64::try_from(i64::from(day.0) - i64::from(i32::MIN)).unwrap_or(0);
    Key(vec![Part::Text(space.to_owned()), Part::Number(number)])
}

/// The day of a key; `None` for one that is none of ours.
pub(super) fn day_of_key(key: &Key) -> Option<SiteDay> {
    match key.0.as_slice() {
        [Part::Text(_), Part::Number(number)] => {
            let day = i64::try_from(*number).ok()? + i64::from(i32::MIN);
            Some(SiteDay(i32::try_from(day).ok()?))
        }
        _ => None,
    }
}

/// The key of a bucket.
pub(super) fn bucket_key(space: &str, slot: Slot) -> Key {
    Key(vec![Part::Text(space.to_owned()), Part::Number(slot.bucket)])
}

/// The key of the sums of a requester, or of one of its titles.
pub(super) fn tally_key(space: &str, requester: &RequesterId, title: Option<&TitleKey>) -> Key {
    Key::texts(&[space, &requester.0, title.map_or("", TitleKey::text)])
}
