//! Keeping what a check against the site read: a batch and what its absences conclude, as one change.

use std::collections::BTreeMap;

use super::RULES;
use super::keep::{Kept, close, places, recorded};
use crate::app::reconcile::{Batch, LOOK_BACK_DAYS, LocalCounts, OpenEntry, Surveyed, is_listed};
use crate::domain::history::{DayBonus, Entry, Origin, Source, State, Tally};
use crate::domain::{Partition, SiteDay, Timestamp};
use crate::storage::history::{Applied, Foreseen, Span, foreseen};
use crate::storage::journal::{Change, Failure, Journal, Recorded, Seen};
use crate::storage::record::{encode_places, places_key};
use crate::storage::{Access, Database, Step, StoreName, Write};

/// A task may have been taken some days before the first day that the site still knows.
const DAYS_BEFORE: i32 = 2;

/// Whose history, and when.
#[derive(Clone, Debug)]
pub struct Whose {
    /// The site's partition and the account.
    pub partition: Partition,
    /// The moment of the ask.
    pub now: Timestamp,
}

/// What came of keeping a batch.
#[derive(Clone, Debug, Default)]
pub struct KeptBatch {
    /// As of any change.
    pub kept: Kept,
    /// How many tasks are other than before.
    pub tasks_changed: u64,
}

impl Whose {
    fn span(&self, wanted: fn(&Tally) -> bool) -> Span {
        let today = RULES.zone.day_of(self.now);
        let days = today.plus_days(1 - LOOK_BACK_DAYS - DAYS_BEFORE)..=today.plus_days(1);
        Span { partition: self.partition.clone(), days, wanted }
    }
}

/// What the record itself counts, of each day on which something counts.
///
/// # Errors
/// What could not be read.
pub async fn counts<D: Database>(
    database: &D,
    whose: &Whose,
) -> Result<Vec<(SiteDay, LocalCounts)>, Failure> {
    let script = foreseen(whose.span(|_| true), Vec::new(), RULES);
    let entries = database.transact(Access::Read, script).await??.entries;
    let mut days: BTreeMap<SiteDay, (Tally, u32)> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| is_counted(entry)) {
        let (tally, unconfirmed) = days.entry(RULES.day_of(entry)).or_default();
        tally.add(entry);
        *unconfirmed = unconfirmed.saturating_add(u32::from(!is_listed(entry)));
    }
    let count =
        |(day, (tally, unconfirmed)): (SiteDay, (Tally, u32))| (day, LocalCounts::of(&tally, unconfirmed));
    Ok(days.into_iter().map(count).collect())
}

fn is_counted(entry: &Entry) -> bool {
    entry.state().is_handed_in()
}

/// Keeps the sums of bonuses that the dashboard tells. The caller holds the writer lock.
///
/// # Errors
/// What could not be kept.
pub async fn keep_survey<D: Database, J: Journal>(
    stores: (&D, &J),
    whose: &Whose,
    surveyed: &Surveyed,
) -> Result<Kept, Failure> {
    let bonuses = surveyed.days.iter().filter_map(|day| {
        let sum = day.bonus_pay.filter(|sum| sum.micros > 0)?;
        let mut bonus = DayBonus::new(day.day);
        bonus.tell(sum, Origin { source: Source::Reconcile, seen_at: surveyed.seen_at });
        Some(Seen::Bonus(bonus))
    });
    keep(stores, whose, bonuses.collect()).await
}

/// Keeps a batch, and with it what is concluded of tasks that are nowhere any more. The caller holds the writer lock.
///
/// # Errors
/// What could not be kept; then nothing of it is, and it may be given again.
pub async fn keep_batch<D: Database, J: Journal>(
    (database, journal): (&D, &J),
    whose: &Whose,
    batch: &Batch,
) -> Result<KeptBatch, Failure> {
    let open: fn(&Tally) -> bool = |tally| tally.count(State::InProgress) + tally.count(State::Pending) > 0;
    let script = foreseen(whose.span(open), batch.observations.clone(), RULES);
    // Nobody writes in between: the lock is held.
    let Foreseen { entries, changed } = database.transact(Access::Read, script).await??;
    let open: Vec<OpenEntry> = entries.iter().filter_map(OpenEntry::of).collect();
    let gone = batch.absence.gone(&open);
    let news = changed.iter().filter(|(before, after)| said(before.as_ref()) != said(after.as_ref())).count();
    let tasks_changed = u64::try_from(news.saturating_add(gone.len())).unwrap_or(u64::MAX);
    let seen = batch.observations.iter().cloned().chain(gone).map(Seen::Task).collect();
    Ok(KeptBatch { tasks_changed, kept: keep((database, journal), whose, seen).await? })
}

/// What of an entry a worker would call news; when it was seen again is none.
fn said(entry: Option<&Entry>) -> Option<impl PartialEq> {
    let entry = entry?;
    let texts = (entry.title.value().cloned(), entry.feedback.value().cloned());
    Some((entry.state(), entry.site_day.value().copied(), entry.reward.value().copied(), texts))
}

async fn keep<D: Database, J: Journal>(
    (database, journal): (&D, &J),
    whose: &Whose,
    seen: Vec<Seen>,
) -> Result<Kept, Failure> {
    let mut kept = Kept::default();
    if seen.is_empty() {
        return Ok(kept);
    }
    let change = Change { partition: whose.partition.clone(), seen };
    if let Recorded::Saved(Applied::Done { head, requesters, .. }) =
        recorded((database, journal), &change, &mut kept.mended).await?
    {
        kept.change = Some(head.last);
        kept.requesters = requesters;
        let mut known = places(database).await??;
        known.used(&whose.partition, whose.now);
        let write = Write::put(StoreName::Meta, places_key(), encode_places(&known));
        database.transact(Access::Write, Step::Done(vec![write], ())).await?;
    }
    Ok(kept)
}

/// Closes the days that a run has brought. What cannot be closed now is closed by a later change.
pub async fn close_days<D: Database, J: Journal>(stores: (&D, &J), whose: &Whose) {
    if let Ok(Ok(places)) = places(stores.0).await {
        let _later = close(stores, &places, RULES.zone.day_of(whose.now)).await;
    }
}
