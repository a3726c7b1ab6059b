//! The worker's day in two lines: what came of it so far, and what is held.

use super::{chosen, damaged, unread};
use crate::app::history::RULES;
use crate::app::screens::{HeldNow, HistoryRead};
use crate::domain::history::{Entry, HeldTask, State, queue_head};
use crate::domain::{Partition, Timestamp};
use crate::estimate::{self, prior::PriorInput};
use crate::sites;
use crate::storage::history::{Limits, Query, day, search};
use crate::storage::record::Places;
use crate::storage::{Access, Database};

/// More is held on no site: Mechanical Turk allows 25.
const LIMITS: Limits = Limits { entries: 200, blocks: 10 };

/// The day of the history used last on the site of an address; nothing where it is no site of ours.
pub(in crate::app::background) async fn of_site<D: Database>(
    database: &D,
    url: &str,
    now: Timestamp,
) -> HistoryRead {
    let mut read = HistoryRead { now, ..HistoryRead::default() };
    let Some(site) = site_of(url) else { return read };
    let places = match super::places(database).await {
        Ok(places) => places,
        Err(problem) => return HistoryRead { problems: vec![problem], ..read },
    };
    read.account = place_of(&places, &site);
    if let Some(account) = read.account.and_then(|at| places.accounts.get(at)) {
        fill(database, &account.partition, &mut read).await;
    }
    read
}

fn site_of(url: &str) -> Option<Partition> {
    let host = url.strip_prefix("https://")?.split('/').next()?;
    let found = sites::hosts().into_iter().find(|known| known.host == host)?;
    Some(Partition(found.partition))
}

fn place_of(places: &Places, site: &Partition) -> Option<usize> {
    let latest = places.latest(site)?;
    let at = places.accounts.iter().position(|account| account == latest);
    chosen(places, at)
}

/// Today's sums and what is held now.
pub(in crate::app::background) async fn fill<D: Database>(
    database: &D,
    partition: &Partition,
    read: &mut HistoryRead,
) {
    read.zone = Some(RULES.zone);
    let today = day(partition.clone(), RULES.zone.day_of(read.now), RULES);
    match database.transact(Access::Read, today).await {
        Ok(Ok(view)) => read.today = Some(view.sum),
        Ok(Err(fault)) => read.problems.push(damaged(&fault)),
        Err(error) => read.problems.push(unread(&error)),
    }
    let query = Query { states: vec![State::InProgress], ..Query::default() };
    let script = search(partition.clone(), query, None, LIMITS, RULES);
    match database.transact(Access::Read, script).await {
        Ok(Ok(found)) => read.held = Some(held(&found.entries, read.now)),
        Ok(Err(fault)) => read.problems.push(damaged(&fault)),
        Err(error) => read.problems.push(unread(&error)),
    }
}

fn held(entries: &[Entry], now: Timestamp) -> HeldNow {
    let tasks: Vec<HeldTask> = entries.iter().map(held_task).collect();
    let head = queue_head(&tasks, now);
    let late = head.late.as_ref().and_then(|late| entries.iter().find(|entry| *entry.id() == late.id));
    HeldNow { late_title: late.and_then(|entry| entry.title.value().cloned()), head }
}

fn held_task(entry: &Entry) -> HeldTask {
    let text = |text: Option<&String>| text.map(String::as_str).unwrap_or_default().to_owned();
    let (title, description) = (text(entry.title.value()), text(entry.description.value()));
    let is_known = !title.is_empty();
    let estimate = estimate::of_row(&PriorInput {
        title: &title,
        description: &description,
        reward: entry.reward.value().copied(),
        allotted_secs: entry.allotted_secs.value().copied(),
    });
    HeldTask {
        id: entry.id().clone(),
        reward: entry.reward.value().copied(),
        // What was worked already is not known before it ends, so the whole of it counts.
        estimate: is_known.then_some(estimate.time),
        deadline: entry.deadline.value().copied(),
    }
}
