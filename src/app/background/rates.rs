//! Rating a requester, and taking the rating out.

use super::changes::{RecordChange, Trace, bell, next_number, saved, writes};
use super::wire::{PatchPart, RatingBrief, Refusal, TaskPart, Why};
use super::words::{self, NAME_CHARS, TITLE_CHARS, kept, not_understood, record_failed};
use super::{Outcome, Script, done};
use crate::domain::{Note, Partition, RatedTask, Rating, RequesterId, Stars, Timestamp};
use crate::ratings::{Field, RatingPatch, apply};
use crate::storage::record::{Head, RecordError, Stored, decode_rating, encode_rating, head_key, rating_key};
use crate::storage::{Found, Read, Step, StoreName};
use crate::wording::mask::mask_worker_ids;

/// What to rate and how.
pub(super) struct Order {
    pub(super) requester_id: String,
    pub(super) requester_name: String,
    pub(super) patch: PatchPart,
    pub(super) task: Option<TaskPart>,
}

const SUBJECT: &str = "Your rating";

pub(super) fn rate(site: &str, order: Order, now: Timestamp) -> Result<Script, Refusal> {
    let partition = words::partition(site)?;
    let requester = words::requester(&order.requester_id)?;
    let patch = read_patch(order)?;
    Ok(change(partition, requester, move |stored, start| {
        let first = stored.is_none();
        let mut rating =
            stored.unwrap_or_else(|| Rating::empty(start.partition.clone(), start.requester.clone(), now));
        apply(&mut rating, patch, first, now);
        (!rating.says_nothing()).then_some(rating)
    }))
}

pub(super) fn unrate(site: &str, requester_id: &str) -> Result<Script, Refusal> {
    Ok(change(words::partition(site)?, words::requester(requester_id)?, |_, _| None))
}

/// Whose rating it is.
struct Whose {
    partition: Partition,
    requester: RequesterId,
}

/// A script that replaces the rating by what `decide` makes of it.
fn change(
    partition: Partition,
    requester: RequesterId,
    decide: impl FnOnce(Option<Rating>, &Whose) -> Option<Rating> + 'static,
) -> Script {
    let whose = Whose { partition, requester };
    let key = rating_key(&whose.partition, &whose.requester);
    let reads = vec![Read::Get(StoreName::Ratings, key), Read::Get(StoreName::Meta, head_key())];
    Step::read(reads, move |found| changed(found, &whose, decide))
}

fn changed(
    found: Vec<Found>,
    whose: &Whose,
    decide: impl FnOnce(Option<Rating>, &Whose) -> Option<Rating>,
) -> Script {
    let mut found = found.into_iter().map(Found::into_text);
    let before = found.next().flatten();
    let head = match Head::decode(found.next().flatten().as_deref()) {
        Ok(head) => head,
        Err(error) => return done(record_failed(&error, "What is stored")),
    };
    let stored = match before.as_deref().map(decode_rating).transpose() {
        Ok(stored) => stored,
        Err(error) => return done(record_failed(&error, SUBJECT)),
    };
    let number = next_number(&head);
    let old = stored.as_ref().map(|stored| stored.value.clone());
    let new = decide(old.clone(), whose);
    if new == old {
        return done(saved(stored.map(|stored| stored.change)));
    }
    let after = new.map(|value| encode_rating(&Stored { value, change: number }));
    let key = rating_key(&whose.partition, &whose.requester);
    let change = RecordChange { store: StoreName::Ratings, key, before, after };
    let outcome = Outcome {
        answer: saved(Some(number)),
        bell: Some(bell(number, &whose.partition, &whose.requester.0)),
        settings: None,
    };
    Step::Done(writes(head, change, &Trace::Undoable), outcome)
}

/// A stored rating as pages see it.
pub(super) fn brief(text: &str) -> Result<RatingBrief, RecordError> {
    decode_rating(text).map(|stored| RatingBrief::from(&stored.value))
}

fn read_patch(order: Order) -> Result<RatingPatch, Refusal> {
    let patch = order.patch;
    let stars = |field: Field<u8>| {
        field.try_map(|count| {
            Stars::new(count).map(Some).ok_or_else(|| not_understood("marks go from 1 to 5"))
        })
    };
    Ok(RatingPatch {
        again: patch.again.try_map(|again| Ok::<_, Refusal>(Some(again.into())))?,
        broken: patch.broken,
        unpaid_screener: patch.unpaid_screener,
        underpaid: patch.underpaid,
        favourite: patch.favourite,
        pay: stars(patch.pay)?,
        fairness: stars(patch.fairness)?,
        communication: stars(patch.communication)?,
        speed: stars(patch.speed)?,
        note: patch.note.try_map(|text| read_note(&text))?,
        requester_name: kept(&order.requester_name, NAME_CHARS),
        task: order.task.map(read_task),
    })
}

fn read_note(text: &str) -> Result<Option<Note>, Refusal> {
    Note::new(&mask_worker_ids(text)).map_err(|error| {
        let say = format!("The note has {} characters, {} fit", error.chars, Note::MAX_CHARS);
        Refusal::new(Why::NoteTooLong, say)
    })
}

fn read_task(part: TaskPart) -> RatedTask {
    let task = RatedTask::from(part);
    RatedTask {
        task_id: task.task_id.filter(|id| words::requester(&id.0).is_ok()),
        title: task.title.and_then(|title| kept(&title, TITLE_CHARS)),
        ..task
    }
}
