//! What an open task needs besides its row: those it is tied to, and the bonuses of the days shown.

use super::{damaged, unread};
use crate::app::history::RULES;
use crate::app::screens::{HistoryRead, Opened, Wish};
use crate::domain::history::{Entry, EntryId, State};
use crate::domain::{Kind, Partition, SiteDay};
use crate::storage::history::{Fault, Limits, Query, bonuses, day, entry, search};
use crate::storage::{Access, Database, Step};

/// A compensation task pays for one of so many days before it.
const DAYS: i32 = 60;

/// Earlier tasks that are offered.
const MAX_OFFERED: usize = 12;

/// Tasks of one requester that are looked through for one that pays for another.
const LIMITS: Limits = Limits { entries: 1_000, blocks: 70 };

/// What pay for earlier work pays for.
const UNPAID: [State; 5] =
    [State::Returned, State::Rejected, State::ScreenedOut, State::Expired, State::Abandoned];

pub(super) async fn read<D: Database>(
    database: &D,
    partition: &Partition,
    wish: &Wish,
    read: &mut HistoryRead,
) {
    if let Some(id) = &wish.open {
        let found = one(database, entry(partition.clone(), id.clone()), read).await;
        if let Some(entry) = found.flatten() {
            read.opened = Some(opened(database, partition, entry, read).await);
        }
    }
    let mut days: Vec<SiteDay> = read.entries.iter().map(|(day, _)| *day).collect();
    days.dedup();
    read.bonuses = one(database, bonuses(partition.clone(), days), read).await.unwrap_or_default();
    if let Some(of) = wish.bonus {
        read.split = one(database, day(partition.clone(), of, RULES), read).await;
    }
}

async fn opened<D: Database>(
    database: &D,
    partition: &Partition,
    entry: Entry,
    read: &mut HistoryRead,
) -> Opened {
    let today = RULES.zone.day_of(read.now);
    let mut opened =
        Opened { today, may_pay_for: Vec::new(), pays_for: None, paid_by: Vec::new(), entry: entry.clone() };
    if let Some(id) = entry.paid_for() {
        opened.pays_for = one(database, self::entry_of(partition, id), read).await.flatten();
    }
    let Some(requester) = entry.requester_id.value().cloned() else { return opened };
    let of = RULES.day_of(&entry);
    let query = Query { requester: Some(requester), ..Query::default() };
    if entry.kind.value() == Some(&Kind::EarlierWork) || entry.paid_for().is_some() {
        let query = Query {
            states: UNPAID.to_vec(),
            from_day: Some(of.plus_days(-DAYS)),
            to_day: Some(of),
            ..query.clone()
        };
        let found = one(database, search(partition.clone(), query, None, LIMITS, RULES), read).await;
        let found = found.map(|found| found.entries).unwrap_or_default();
        let mut found: Vec<(SiteDay, Entry)> = found
            .into_iter()
            .filter(|earlier| earlier.id() != entry.id())
            .map(|earlier| (RULES.day_of(&earlier), earlier))
            .collect();
        // Stable: those with a reason that asks for pay first, the newest of them first.
        found.sort_by_key(|(_, earlier)| earlier.return_reason.value().is_none());
        found.truncate(MAX_OFFERED);
        let is_tied = |id: &EntryId| entry.paid_for() == Some(id);
        if let Some(tied) = opened.pays_for.clone().filter(|tied| is_tied(tied.id()))
            && !found.iter().any(|(_, earlier)| earlier.id() == tied.id())
        {
            found.push((RULES.day_of(&tied), tied));
        }
        opened.may_pay_for = found;
    }
    if UNPAID.contains(&entry.state()) {
        let query = Query { from_day: Some(of), to_day: Some(of.plus_days(DAYS)), ..query };
        let found = one(database, search(partition.clone(), query, None, LIMITS, RULES), read).await;
        let pays = |other: &Entry| other.paid_for() == Some(entry.id());
        opened.paid_by = found.map(|found| found.entries).unwrap_or_default();
        opened.paid_by.retain(pays);
    }
    opened
}

fn entry_of(partition: &Partition, id: &EntryId) -> Step<Result<Option<Entry>, Fault>> {
    entry(partition.clone(), id.clone())
}

/// Runs a script; what cannot be read is named among the problems.
async fn one<D: Database, T: 'static>(
    database: &D,
    script: Step<Result<T, Fault>>,
    read: &mut HistoryRead,
) -> Option<T> {
    match database.transact(Access::Read, script).await {
        Ok(Ok(found)) => return Some(found),
        Ok(Err(fault)) => read.problems.push(damaged(&fault)),
        Err(error) => read.problems.push(unread(&error)),
    }
    None
}
