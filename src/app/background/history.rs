//! What the history screen needs: whose history, today's sums, and as many rows as it shows.

pub(super) mod day;
mod ties;

use super::words;
use crate::app::history::{RULES, keep};
use crate::app::screens::{HistoryRead, Wish};
use crate::domain::{Partition, Timestamp};
use crate::sites;
use crate::storage::history::{Fault, Found, Limits, search};
use crate::storage::record::Places;
use crate::storage::{Access, Database, StoreError};

/// Blocks, which are days, of one transaction.
const BLOCKS_PER_STEP: usize = 60;

/// Transactions of one event: a search for what is rare looks back so many times 60 days, and goes on when asked.
const MAX_STEPS: usize = 20;

/// Reads what the screen wishes for. What cannot be read is named among the problems; the rest is there.
pub(super) async fn read<D: Database>(database: &D, wish: &Wish, now: Timestamp) -> HistoryRead {
    let mut read = HistoryRead { now, ..HistoryRead::default() };
    let places = match places(database).await {
        Ok(places) => places,
        Err(problem) => return HistoryRead { problems: vec![problem], ..read },
    };
    read.check = super::reconcile::standing(database).await;
    read.account = chosen(&places, wish.account);
    let partition = read.account.and_then(|at| places.accounts.get(at)).map(|one| one.partition.clone());
    read.accounts = places.accounts;
    let Some(partition) = partition else { return read };
    day::fill(database, &partition, &mut read).await;
    rows(database, partition.clone(), wish, &mut read).await;
    ties::read(database, &partition, wish, &mut read).await;
    read.problems.dedup();
    read
}

/// Whose histories there are; the error is in the worker's words.
async fn places<D: Database>(database: &D) -> Result<Places, String> {
    let read = keep::places(database).await.map_err(|error| unread(&error))?;
    read.map_err(|fault| damaged(&fault))
}

/// The history that an event is about; the error is in the worker's words.
pub(super) async fn whose<D: Database>(database: &D, wish: &Wish) -> Result<Option<Partition>, String> {
    let places = places(database).await?;
    let account = chosen(&places, wish.account).and_then(|at| places.accounts.get(at));
    Ok(account.map(|account| account.partition.clone()))
}

/// The account that was chosen, or else the one used last; that of a real site goes before one of a trial site.
pub(super) fn chosen(places: &Places, wanted: Option<usize>) -> Option<usize> {
    let latest = || {
        let hosts = sites::hosts();
        let latest = hosts.into_iter().find_map(|host| places.latest(&Partition(host.partition)))?;
        places.accounts.iter().position(|account| account == latest)
    };
    wanted.filter(|at| *at < places.accounts.len()).or_else(latest)
}

async fn rows<D: Database>(database: &D, partition: Partition, wish: &Wish, read: &mut HistoryRead) {
    let mut after = wish.from.clone();
    for _ in 0..MAX_STEPS {
        let entries = wish.rows.saturating_sub(read.entries.len());
        if entries == 0 {
            break;
        }
        let limits = Limits { entries, blocks: BLOCKS_PER_STEP };
        let script = search(partition.clone(), wish.query.clone(), after.clone(), limits, RULES);
        let Found { entries, next, faults } = match database.transact(Access::Read, script).await {
            Ok(Ok(found)) => found,
            Ok(Err(fault)) => return read.problems.push(damaged(&fault)),
            Err(error) => return read.problems.push(unread(&error)),
        };
        read.entries.extend(entries.into_iter().map(|entry| (RULES.day_of(&entry), entry)));
        read.problems.extend(faults.iter().map(damaged));
        read.next.clone_from(&next);
        if next.is_none() {
            break;
        }
        after = next;
    }
}

fn damaged(fault: &Fault) -> String {
    words::record_problem(&fault.error, &fault.place.say())
}

fn unread(error: &StoreError) -> String {
    match error {
        StoreError::NewerSchema => "Your history was saved by a newer Wagelight: update to see it".to_owned(),
        StoreError::TimedOut => "The browser did not read your history in time. Nothing was lost".to_owned(),
        StoreError::DiskFull => {
            "The disk is full, and your history cannot be read. Nothing was lost".to_owned()
        }
        StoreError::Unavailable(what) => {
            format!("The browser does not open its storage, so your history cannot be shown ({what})")
        }
    }
}
