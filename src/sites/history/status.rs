//! A row of the site's status page of one day: what became of one submitted task.

use super::facts::{entry_id, kept_text};
use super::{Reading, Seen};
use crate::domain::history::{Fact, Observation, StateWord};
use crate::domain::{Problem, RequesterId, SiteDay, TaskId};
use crate::sites::reading::{identity, is_unreadable, missing, reward, shown_title, unreadable};
use crate::sites::recipe::PageKind;
use crate::sites::snapshot::Item;
use crate::sites::{Page, mturk};

/// The day of a status page, which stands in its address alone; `None` for any other page.
pub fn page_day(page: &Page) -> Option<SiteDay> {
    let is_day = page.spec.kind == PageKind::StatusDay;
    let last = page.address.trim_end_matches('/').rsplit('/').next()?;
    is_day.then(|| SiteDay::parse(last)).flatten()
}

/// Reads one row of a day's status page, from the page's own data or the site's JSON answer.
///
/// The reward is a number in the one and an object in the other. A row without a known state
/// still names its task; its state stays what it was.
pub fn read_row(item: &Item, page: &Page, day: SiteDay, seen: Seen) -> Reading {
    let mut problems: Vec<Problem> = item.unreadable.iter().map(|text| unreadable(text)).collect();
    let Some(id) = entry_id(item, &mut problems) else {
        if item.id.is_none() {
            missing(item, "id", &mut problems);
        } else {
            problems.push(Problem::new("id", "is not an id"));
        }
        return Reading { observation: None, problems };
    };
    let mut facts = vec![Fact::SiteDay(day)];
    facts.extend(identity(item.id.as_deref(), "id", &mut problems).map(|id| Fact::TaskId(TaskId(id))));
    let requester = identity(item.requester_id.as_deref(), "requester_id", &mut problems).map(RequesterId);
    let name = shown_title(item.requester_name.as_deref());
    if requester.is_some() || !name.is_empty() {
        facts.push(Fact::Requester { id: requester, name });
    }
    let title = shown_title(item.title.as_deref());
    if title.is_empty() {
        missing(item, "title", &mut problems);
    } else {
        facts.push(Fact::Title(title));
    }
    facts.extend(reward(item, page, &mut problems).map(Fact::Reward));
    facts.extend(state(item, &mut problems));
    facts.extend(feedback(item));
    let observation = Some(Observation { id, seen_at: seen.at, source: seen.source, facts });
    Reading { observation, problems }
}

fn state(item: &Item, problems: &mut Vec<Problem>) -> Option<Fact> {
    let Some(text) = item.own.state.as_deref() else {
        missing(item, "state", problems);
        return None;
    };
    let state = mturk::server_state(text);
    if state.is_none() {
        problems.push(Problem::new("state", "is no state we know"));
    }
    state.map(|state| Fact::State(StateWord::Server(state)))
}

/// What the requester wrote. An empty place says that there is nothing; no place says nothing.
fn feedback(item: &Item) -> Option<Fact> {
    let has_place = item.own.has_feedback.is_some() && !is_unreadable(item, "feedback");
    has_place.then(|| Fact::Feedback(item.own.feedback.as_deref().and_then(kept_text)))
}
