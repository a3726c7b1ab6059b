//! A row of the queue: a task the worker holds.

use super::facts::{entry_id, of_task};
use super::{Reading, Seen};
use crate::domain::history::{Fact, Observation, StateWord};
use crate::domain::{Problem, Timestamp};
use crate::sites::Page;
use crate::sites::reading::{self, iso_moment};
use crate::sites::snapshot::Item;

/// Reads one row of the queue, from its page or the site's JSON answer for it.
pub fn read_held(item: &Item, page: &Page, seen: Seen) -> Reading {
    let reading::Reading { task, mut problems } = reading::read(item, page);
    let Some(id) = entry_id(item, &mut problems) else { return Reading { observation: None, problems } };
    let mut facts = task.map(|task| of_task(&task, item.requirements.as_deref())).unwrap_or_default();
    facts.extend(moment(item.own.accepted_at.as_deref(), "accepted_at", &mut problems).map(Fact::AcceptedAt));
    facts.extend(moment(item.deadline.as_deref(), "deadline", &mut problems).map(Fact::Deadline));
    facts.push(Fact::State(StateWord::Held));
    let observation = Some(Observation { id, seen_at: seen.at, source: seen.source, facts });
    Reading { observation, problems }
}

fn moment(text: Option<&str>, field: &str, problems: &mut Vec<Problem>) -> Option<Timestamp> {
    let text = text?;
    let moment = iso_moment(text.trim());
    if moment.is_none() {
        problems.push(Problem::new(field, "is not a moment in time"));
    }
    moment
}
