//! The working-time clock of each history: told what happens, and telling the history what it measured.
//!
//! A clock is taken from its record, told, and written again in one transaction. What it measured of a task that has
//! ended becomes an observation like any other; the record remembers what has gone into the history, so that an
//! end of the background in between loses and doubles nothing.

mod minutes;
mod running;

pub use minutes::{DaySecs, minutes_of_day};
pub use running::{ASKED_MS, IsKnown, Running};

use super::{RULES, partition};
use crate::domain::clock::{Event, Page, TabId};
use crate::domain::history::{EntryId, Fact, Observation};
use crate::domain::{Partition, Timestamp};
use crate::storage::history::Applied;
use crate::storage::journal::{Change, Failure, Journal, Recorded, Seen, record};
use crate::storage::record::{CLOCKS, ClockRecord, RecordError, clock_key, decode_clock, encode_clock};
use crate::storage::{Access, Database, Found, Part, Read, Step, StoreError, StoreName, Write};

/// More accounts than anybody has.
const MOST_CLOCKS: u32 = 50;

/// Which clock is told, and when.
#[derive(Clone, Debug)]
pub struct At {
    /// Whose.
    pub whose: Partition,
    /// The browser's run: numbers of tabs and windows are good within one.
    pub session: String,
    /// When.
    pub now: Timestamp,
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The clock afterwards.
    pub running: Running,
    /// What is to go into the history: see [`put`].
    pub due: Vec<Seen>,
}

/// Why a clock was not told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTold {
    /// The store refused.
    Store(StoreError),
    /// It was written by a newer version, and is left as it is.
    Newer(RecordError),
}

impl From<StoreError> for NotTold {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Tells a clock, in one transaction. The caller holds the writer lock.
///
/// # Errors
/// Nothing was told; what was measured before stays.
pub async fn tell<D: Database>(
    database: &D,
    at: &At,
    work: impl FnOnce(&mut Running) + 'static,
) -> Result<Heard, NotTold> {
    let own = at.clone();
    let script = Step::read(vec![Read::Get(StoreName::Meta, clock_key(&at.whose))], move |found| {
        let text = found.into_iter().next().and_then(Found::into_text);
        let (before, is_loss_unsaid) = match decode_clock(text.as_deref()) {
            Ok(record) => (record, false),
            Err(RecordError::Damaged(_)) => (None, true),
            Err(error @ RecordError::Newer { .. }) => {
                return Step::Done(Vec::new(), Err(NotTold::Newer(error)));
            }
        };
        let fresh = || ClockRecord { began: own.now, is_loss_unsaid, ..ClockRecord::default() };
        let mut running = Running::new(before.clone().unwrap_or_else(fresh), &own);
        work(&mut running);
        let due = running.finish();
        let is_same = before.as_ref() == Some(&running.record);
        let put = || Write::put(StoreName::Meta, clock_key(&own.whose), encode_clock(&running.record));
        let writes = if is_same { Vec::new() } else { vec![put()] };
        Step::Done(writes, Ok(Heard { running, due }))
    });
    database.transact(Access::Write, script).await?
}

/// Puts into the history what a clock measured, and remembers that it is there. The caller holds the writer lock.
///
/// # Errors
/// What is not in the history stays due.
pub async fn put<D: Database, J: Journal>(
    (database, journal): (&D, &J),
    at: &At,
    due: Vec<Seen>,
) -> Result<Option<Applied>, Failure> {
    if due.is_empty() {
        return Ok(None);
    }
    let change = Change { partition: at.whose.clone(), seen: due.clone() };
    let applied = match record(database, journal, &change, RULES).await? {
        Recorded::Saved(applied) => Some(applied),
        Recorded::Known | Recorded::JournalOnly(_) => None,
    };
    let told = tell(database, at, move |running| {
        for seen in due {
            match seen {
                Seen::Task(Observation { id, facts, .. }) => {
                    let worked = facts.into_iter().find_map(|fact| match fact {
                        Fact::Worked(worked) => Some(worked),
                        _ => None,
                    });
                    running.record.told.extend(worked.map(|worked| (id, worked)));
                }
                Seen::Bonus(day) => {
                    if let Some(search) = running.record.search.get_mut(&day.day) {
                        search.told_secs = search.told_secs.max(day.searched_secs());
                    }
                }
            }
        }
    });
    match told.await {
        Err(NotTold::Store(error)) => Err(error.into()),
        Ok(_) | Err(NotTold::Newer(_)) => Ok(applied),
    }
}

/// Tells a clock what a page showed of tasks taken on, and which task its tab is about now.
///
/// # Errors
/// As of [`tell`].
pub async fn follow<D: Database>(
    database: &D,
    at: &At,
    observed: Vec<Observation>,
    shown: Option<(TabId, EntryId)>,
) -> Result<Heard, NotTold> {
    tell(database, at, move |running| {
        for seen in &observed {
            running.observe(seen);
        }
        if let Some((tab, entry)) = shown {
            running.handle(Event::PageShown { tab, page: Page::Work(entry) });
        }
    })
    .await
}

/// Whose clocks a page or the browser tells: that of its account, or of all accounts of the site where it names none.
pub async fn whose<D: Database>(
    database: &D,
    site: Option<&Partition>,
    account: Option<&str>,
) -> Result<Vec<Partition>, StoreError> {
    if let (Some(site), Some(account)) = (site, account) {
        return Ok(vec![partition(site, Some(account))]);
    }
    let list =
        Read::List { store: StoreName::Meta, first: CLOCKS.to_owned(), after: None, limit: MOST_CLOCKS };
    let script = Step::read(vec![list], |found| {
        let found = found.into_iter().next().map_or(Vec::new(), Found::into_many);
        let names = found.into_iter().filter_map(|(key, _)| match key.0.into_iter().nth(1) {
            Some(Part::Text(name)) => Some(Partition(name)),
            _ => None,
        });
        Step::Done(Vec::new(), names.collect())
    });
    let mut known: Vec<Partition> = database.transact(Access::Read, script).await?;
    if let Some(site) = site {
        known.retain(|one| one.0.strip_prefix(&site.0).is_some_and(|rest| rest.starts_with('~')));
    }
    Ok(known)
}
