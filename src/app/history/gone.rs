//! What the queue no longer lists, though it was held and its time is not over.
//!
//! By the rules of [`crate::app::reconcile`], absence says something only where the place at which a task must
//! stand was read whole. A task that is held stands in the queue; one that was handed in does not, so a task of which
//! handing in, returning or expiry was seen is explained already, and its absence says nothing. The status pages'
//! word, which may come later, goes before this conclusion.

use super::RULES;
use crate::domain::history::{Entry, EntryId, Fact, Observation, Source, State, StateWord};
use crate::domain::{Partition, Timestamp};
use crate::storage::history::{Fault, Limits, Query, search};
use crate::storage::{Access, Database, StoreError};

/// From so many rows on there may be a second page of them.
const FULL_PAGE: usize = 20;

/// Open tasks that are looked at; no site lets a worker hold so many.
const LIMITS: Limits = Limits { entries: 200, blocks: 10 };

/// What a reading of the queue says by what it does not list.
///
/// Nothing where the reading may be incomplete: rows that were not understood, a full page, or none at all, since
/// the site now and then sends an empty queue by mistake.
pub(super) async fn from_queue<D: Database>(
    database: &D,
    whose: &Partition,
    (observations, is_understood): (&[Observation], bool),
) -> Result<Result<Vec<Observation>, Fault>, StoreError> {
    let listed: Vec<&Observation> =
        observations.iter().filter(|observation| observation.source == Source::Queue).collect();
    let Some(read_at) = listed.first().map(|observation| observation.seen_at) else {
        return Ok(Ok(Vec::new()));
    };
    if !is_understood || listed.len() >= FULL_PAGE {
        return Ok(Ok(Vec::new()));
    }
    let query = Query { states: vec![State::InProgress], ..Query::default() };
    let script = search(whose.clone(), query, None, LIMITS, RULES);
    let found = match database.transact(Access::Read, script).await? {
        Ok(found) => found.entries,
        Err(fault) => return Ok(Err(fault)),
    };
    let gone = found.iter().filter(|entry| is_gone(entry, &listed, read_at));
    let observation = |entry: &Entry| Observation {
        id: entry.id().clone(),
        seen_at: read_at,
        source: Source::Queue,
        facts: vec![Fact::State(StateWord::Gone)],
    };
    Ok(Ok(gone.map(observation).collect()))
}

fn is_gone(entry: &Entry, listed: &[&Observation], read_at: Timestamp) -> bool {
    let stand_in = entry.task_id.value().map(EntryId::of_task);
    let is_listed = listed.iter().any(|row| {
        let of_task = |fact: &Fact| match fact {
            Fact::TaskId(task) => entry.task_id.value() == Some(task),
            _ => false,
        };
        row.id == *entry.id() || Some(&row.id) == stand_in.as_ref() || row.facts.iter().any(of_task)
    });
    // What was seen since the queue was read may have been accepted since; what ran out has expired.
    let last_seen = entry.told().iter().map(|told| told.origin.seen_at).max();
    let has_time = entry.deadline.value().is_some_and(|deadline| *deadline > read_at);
    !is_listed && has_time && last_seen.is_some_and(|last| last < read_at)
}
