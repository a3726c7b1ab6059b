//! Finding an entry by its id or its task, wherever it lies.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::domain::history::{Entry, EntryId, Observation};
use crate::domain::{SiteDay, TaskId};
use crate::storage::StoreName;
use crate::storage::packed::block::decode_day_where;
use crate::storage::packed::buckets::{Bucket, Slot};
use crate::storage::record::{OpenRecord, RecordError, decode_open};

use super::Place;
use super::keys::{ENTRY_BUCKETS, bucket_key, entry_key};
use super::view::{Stop, View};

/// An entry and the closed day in whose block it lies; `None` where it is a single record.
pub(super) type Stored = (Entry, Option<SiteDay>);

/// The record of an open day under an id.
pub(super) fn open_record(view: &mut View, space: &str, id: &EntryId) -> Result<Option<OpenRecord>, Stop> {
    let text = view.text(StoreName::Entries, &entry_key(space, id))?;
    let fault = |error| Stop::fault(Place::Entry(id.clone()), error);
    text.map(|text| decode_open(&text).map_err(fault)).transpose()
}

/// The closed days in which an entry or task may lie.
fn closed_days(view: &mut View, space: &str, id: &EntryId) -> Result<BTreeSet<SiteDay>, Stop> {
    let slot = Slot::of(&id.0, ENTRY_BUCKETS);
    let bytes = view.bytes(StoreName::EntryDays, &bucket_key(space, slot))?;
    Bucket::find(bytes, slot.hash).map_err(|error| Stop::fault(Place::EntryDays, error))
}

/// The entries of a day that has a block: where it is missing, it was lost.
pub(super) fn block(view: &mut View, space: &str, day: SiteDay) -> Result<Rc<Vec<Entry>>, Stop> {
    let lost = || Stop::fault(Place::Day(day), RecordError::Damaged("its block is missing".to_owned()));
    view.day(space, day)?.ok_or_else(lost)
}

/// Those entries of a day that has a block of which something may be meant, by what was seen of them.
pub(super) fn block_where(
    view: &mut View,
    space: &str,
    day: SiteDay,
    may_be_meant: &mut dyn FnMut(&[Observation]) -> bool,
) -> Result<Vec<Entry>, Stop> {
    let damaged = |error| Stop::fault(Place::Day(day), error);
    let bytes = view.bytes(StoreName::Days, &super::keys::day_key(space, day))?;
    let bytes = bytes.ok_or_else(|| damaged(RecordError::Damaged("its block is missing".to_owned())))?;
    decode_day_where(bytes, may_be_meant).map_err(damaged)
}

/// Asks for all that finding these ids needs, step by step, so that many are found in as many readings as one.
pub(super) fn prepare(view: &mut View, space: &str, ids: &BTreeSet<EntryId>) -> Result<(), Stop> {
    for id in ids {
        view.want(StoreName::Entries, entry_key(space, id));
    }
    view.checkpoint()?;
    let mut closed = Vec::new();
    for id in ids {
        let open = open_record(view, space, id)?;
        if let Some(OpenRecord::Assignments(assignments)) = &open {
            for id in assignments {
                view.want(StoreName::Entries, entry_key(space, id));
            }
        }
        // A task of which an assignment is open may have had others.
        if open.is_none() || id.stands_for().is_some() {
            view.want(StoreName::EntryDays, bucket_key(space, Slot::of(&id.0, ENTRY_BUCKETS)));
            closed.push(id);
        }
    }
    view.checkpoint()?;
    for id in closed {
        for day in closed_days(view, space, id)? {
            view.want(StoreName::Days, super::keys::day_key(space, day));
        }
    }
    view.checkpoint()
}

/// The entry of this very id.
pub(super) fn by_id(view: &mut View, space: &str, id: &EntryId) -> Result<Option<Stored>, Stop> {
    if let Some(OpenRecord::Entry(entry)) = open_record(view, space, id)? {
        return Ok(Some((*entry, None)));
    }
    for day in closed_days(view, space, id)? {
        let entries = block(view, space, day)?;
        let place = entries.binary_search_by(|entry| entry.id().cmp(id)).ok();
        if let Some(entry) = place.and_then(|place| entries.get(place)) {
            return Ok(Some((entry.clone(), Some(day))));
        }
    }
    Ok(None)
}

/// The assignments of a task.
pub(super) fn by_task(view: &mut View, space: &str, task: &TaskId) -> Result<Vec<Stored>, Stop> {
    let stand_in = EntryId::of_task(task);
    let mut found = Vec::new();
    if let Some(OpenRecord::Assignments(ids)) = open_record(view, space, &stand_in)? {
        for id in ids {
            if let Some(OpenRecord::Entry(entry)) = open_record(view, space, &id)? {
                found.push((*entry, None));
            }
        }
    }
    for day in closed_days(view, space, &stand_in)? {
        let entries = block(view, space, day)?;
        let is_meant = |entry: &&Entry| entry.task_id.value() == Some(task) && *entry.id() != stand_in;
        found.extend(entries.iter().filter(is_meant).map(|entry| (entry.clone(), Some(day))));
    }
    Ok(found)
}
