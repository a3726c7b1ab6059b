//! Keeping what a page showed: into the journal, then into the database, acknowledged after both.

use super::capture::{Capture, HeldInTab, Telling, capture};
use super::{RULES, gone, mend, partition};
use crate::domain::history::{DayBonus, EntryId, Observation, Origin, Source};
use crate::domain::{Partition, Problem, RequesterId, SiteDay, Timestamp};
use crate::sites::json::Json;
use crate::storage::history::{Applied, Fault, Target, close_before};
use crate::storage::journal::{Change, Failure, Journal, Rebuilt, Recorded, Seen, close_lines, record};
use crate::storage::record::{Places, RecordError, TabTask, decode_places, encode_places, places_key};
use crate::storage::{Access, Database, Found, Read, Step, StoreError, StoreName, Write};

/// Transactions of one closing; together they stay below the limit over one ask.
const MAX_STEPS: usize = 300;

/// Steps of a rebuild within one ask; the next ask goes on, and what it keeps is safe in the journal meanwhile.
const REBUILD_STEPS: usize = 8;

/// Days that stay open: today, and yesterday, of which much is still to come.
const OPEN_DAYS: i32 = 1;

/// What a page told.
#[derive(Clone, Debug)]
pub struct Order {
    /// The site's partition.
    pub site: Partition,
    /// The account as a keyed hash, where the page names one.
    pub account: Option<String>,
    /// The browser's number of the tab.
    pub tab: Option<i64>,
    /// Host and path of the page.
    pub address: String,
    /// What was picked.
    pub seen: Json,
    /// When it was told.
    pub now: Timestamp,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The number of the last change, if something changed.
    pub change: Option<u64>,
    /// Whose rows show other words now.
    pub requesters: Vec<RequesterId>,
    /// What of the page was not understood.
    pub problems: Vec<Problem>,
    /// What was found damaged and mended on the way, in the worker's words.
    pub mended: Vec<String>,
    /// What the page said of tasks, for the clock.
    pub observed: Vec<Observation>,
    /// The task that the tab shows from now on.
    pub held: Option<EntryId>,
}

/// Keeps what a page told. The caller holds the writer lock.
///
/// # Errors
/// What could not be kept; nothing that was kept before is touched.
pub async fn keep<D: Database, J: Journal>(database: &D, journal: &J, order: Order) -> Result<Kept, Failure> {
    // Not even the journal, which would run ahead of a database that stays as it is.
    if database.is_newer().await? {
        return Err(StoreError::NewerSchema.into());
    }
    let whose = partition(&order.site, order.account.as_deref());
    let mut places = places(database).await??;
    let before = order.tab.and_then(|tab| places.tabs.get(&tab)).filter(|task| task.partition == whose);
    let before = before.map(|task| HeldInTab { entry: task.entry.clone(), deadline: task.deadline });
    let Order { address, seen, now, .. } = order;
    let Capture { mut observations, days, problems, held } = capture(Telling { address, seen, before, now });
    let gone = gone::from_queue(database, &whose, (&observations, problems.is_empty())).await??;
    observations.extend(gone);
    let bonuses = days.into_iter().filter_map(|day| {
        let sum = day.bonus_pay.filter(|sum| sum.micros > 0)?;
        let mut bonus = DayBonus::new(day.day);
        bonus.tell(sum, Origin { source: Source::StatusPage, seen_at: now });
        Some(Seen::Bonus(bonus))
    });
    let seen: Vec<Seen> = observations.into_iter().map(Seen::Task).chain(bonuses).collect();
    let observed = seen.iter().filter_map(|seen| match seen {
        Seen::Task(observation) => Some(observation.clone()),
        Seen::Bonus(_) => None,
    });
    let mut kept = Kept { problems, observed: observed.collect(), ..Kept::default() };
    kept.held = held.as_ref().map(|held| held.entry.clone());
    if seen.is_empty() {
        return Ok(kept);
    }
    let was = places.clone();
    if let (Some(tab), Some(HeldInTab { entry, deadline })) = (order.tab, held) {
        places.shows(tab, TabTask { partition: whose.clone(), entry, deadline, seen_at: now });
    }
    let change = Change { partition: whose.clone(), seen };
    if let Recorded::Saved(Applied::Done { head, requesters, .. }) =
        recorded((database, journal), &change, &mut kept.mended).await?
    {
        kept.change = Some(head.last);
        kept.requesters = requesters;
        places.used(&whose, now);
    }
    if !kept.mended.is_empty() {
        mend::find_again(database, &mut places, now).await?;
        places.used(&whose, now);
    }
    let today = RULES.zone.day_of(now);
    // What cannot be closed now is closed by a later change.
    let is_due = places.closed_on.is_some_and(|day| day < today);
    if places.closed_on.is_none() || (is_due && close((database, journal), &places, today).await.is_ok()) {
        places.closed_on = Some(today);
    }
    if places != was {
        let write = Write::put(StoreName::Meta, places_key(), encode_places(&places));
        database.transact(Access::Write, Step::Done(vec![write], ())).await?;
    }
    Ok(kept)
}

/// Whose histories there are; the inner error is that of a damaged record.
pub async fn places<D: Database>(database: &D) -> Result<Result<Places, Fault>, StoreError> {
    let script = Step::read(vec![Read::Get(StoreName::Meta, places_key())], |found| {
        let text = found.into_iter().next().and_then(Found::into_text);
        Step::Done(Vec::new(), read_places(text.as_deref()))
    });
    database.transact(Access::Read, script).await
}

/// Which task a tab showed is only good until the tab goes on: a damaged record is begun anew.
fn read_places(text: Option<&str>) -> Result<Places, Fault> {
    match decode_places(text) {
        Err(RecordError::Damaged(_)) => Ok(Places::default()),
        read => read.map_err(|error| Fault { place: crate::storage::history::Place::Head, error }),
    }
}

/// Records a change, and mends what stands in its way.
pub(in crate::app) async fn recorded<D: Database, J: Journal>(
    (database, journal): (&D, &J),
    change: &Change,
    mended: &mut Vec<String>,
) -> Result<Recorded, Failure> {
    match record(database, journal, change, RULES).await {
        Ok(Recorded::JournalOnly(why)) => {
            let rebuilt = mend::rebuild((database, journal), Rebuilt::default(), REBUILD_STEPS).await?;
            if rebuilt.is_done() {
                mended.extend(mend::said(database, why.say(), &rebuilt).await?);
            } else {
                mended.push(format!("{}; it is being made again from the journal", why.say()));
            }
            Ok(Recorded::JournalOnly(why))
        }
        Err(Failure::JournalBehind) => {
            mend::rewrite((database, journal)).await?;
            mended.push(mend::REWRITTEN.to_owned());
            record(database, journal, change, RULES).await
        }
        recorded => recorded,
    }
}

/// Closes the days that are over, in every history.
pub(super) async fn close<D: Database, J: Journal>(
    (database, journal): (&D, &J),
    places: &Places,
    today: SiteDay,
) -> Result<(), Failure> {
    for account in &places.accounts {
        let before = today.plus_days(-OPEN_DAYS);
        for _ in 0..MAX_STEPS {
            let script = close_before(account.partition.clone(), before, RULES, Target::InUse);
            if !database.transact(Access::Write, script).await??.has_more {
                break;
            }
        }
    }
    close_lines(journal, today.plus_days(-1)).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
