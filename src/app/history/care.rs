//! Looking after the stores between two asks: the heads, the reserve, a piece of the scrub, what is broken.
//!
//! What a long repair or check holds lives in memory only: where the background ends first, the next wake-up finds
//! the same reason and begins anew.

use core::cell::RefCell;

use super::keep::places;
use super::{RULES, mend};
use crate::domain::{Partition, Timestamp};
use crate::storage::history::{Fault, Place, Recount, ScrubCursor, Scrubbed, recount_batch, scrub};
use crate::storage::journal::{
    Failure, FilesChecked, Journal, Rebuilt, Repaired, Verdict, check_files, is_rebuilding, repair_day,
    replay, verdict,
};
use crate::storage::record::{
    CareRecord, Places, RecordError, care_key, decode_care, encode_care, encode_places, places_key,
};
use crate::storage::{Access, Database, Found, Read, Step, StoreError, StoreName, Write};

/// Steps of a rebuild or a recount within one wake-up.
const STEPS: usize = 4;

/// Bytes that a wake-up verifies: a few milliseconds, unpacking included.
const SCRUB_BYTES: usize = 64 * 1_024;

/// Bytes that a step of a check on request verifies; somebody waits for it.
const CHECK_BYTES: usize = 512 * 1_024;

/// A pass through all histories is begun at most once in so long.
const PASS_MS: i64 = 86_400_000;

/// What goes on over several wake-ups.
#[derive(Default)]
pub struct Care {
    work: RefCell<Option<Work>>,
    /// What the worker is to be told and no store has taken yet, as on a full disk.
    untold: RefCell<Vec<String>>,
}

/// Messages that wait for a store; the oldest stay.
const MAX_UNTOLD: usize = 20;

#[derive(Clone)]
enum Work {
    /// The database is made again from the journal.
    Rebuild { why: String, so_far: Rebuilt },
    /// The sums of a history are counted anew, then those of the next.
    Recount { place: usize, so_far: Recount, differences: usize, asked: Option<Asked> },
    /// On request: all records, then the journal's files, then all sums.
    Check { place: usize, from: Option<ScrubCursor>, bytes: usize, found: usize },
    /// The journal's files behind this one.
    CheckFiles { after: Option<String>, bytes: usize, found: usize },
}

/// A recount ends a check that was asked for.
#[derive(Clone, Copy)]
struct Asked {
    /// Damaged records that it found before.
    found: usize,
}

/// What one step led to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cared {
    /// What the worker is told, without full stops.
    pub told: Vec<String>,
    /// What a check that was asked for came to, without its full stop.
    pub checked: Option<String>,
    /// How far a repair or check has come; `None` where none is going on.
    pub progress: Option<String>,
}

impl Care {
    /// The messages that no store has taken yet.
    pub fn untold(&self) -> Vec<String> {
        self.untold.borrow().clone()
    }

    /// Keeps the messages that no store has taken; none where all were.
    pub fn set_untold(&self, mut texts: Vec<String>) {
        texts.truncate(MAX_UNTOLD);
        self.untold.replace(texts);
    }

    /// Ends what is going on; nothing that is done is taken back.
    pub fn stop(&self) {
        self.work.replace(None);
    }

    /// Begins to check all records and sums.
    pub fn begin_check(&self) {
        self.work.replace(Some(Work::Check { place: 0, from: None, bytes: 0, found: 0 }));
    }
}

/// Does a little of what is due. The caller holds the writer lock.
///
/// # Errors
/// A store that refuses; the next wake-up tries again.
pub async fn care<D: Database, J: Journal>(
    (database, journal): (&D, &J),
    care: &Care,
    now: Timestamp,
) -> Result<Cared, Failure> {
    if database.is_newer().await? {
        return Ok(Cared::default());
    }
    // What fails begins anew.
    let work = care.work.take();
    let mut tended = Tended { stores: (database, journal), now, cared: Cared::default() };
    let next = match work {
        Some(work @ Work::Rebuild { .. }) => tended.go_on(work).await?,
        work => match tended.heads().await? {
            Heads::Differ(next) => next,
            Heads::Agree => tended.tend(work).await?,
        },
    };
    tended.cared.progress = next.as_ref().map(Work::progress);
    care.work.replace(next);
    Ok(tended.cared)
}

impl Work {
    fn progress(&self) -> String {
        match self {
            Self::Rebuild { so_far, .. } => format!(
                "The history is being made again from the journal: {} of {} changes",
                mend::grouped(so_far.lines_done),
                mend::grouped(so_far.lines)
            ),
            Self::Recount { so_far, .. } => {
                format!("Counting: {} of {} days", so_far.days_done, so_far.days)
            }
            Self::Check { bytes, .. } | Self::CheckFiles { bytes, .. } => {
                let kilobytes = u64::try_from(bytes / 1_000).unwrap_or(u64::MAX);
                format!("Checking: {} kB read", mend::grouped(kilobytes))
            }
        }
    }
}

/// What the heads say.
enum Heads {
    Agree,
    /// What goes on about it; `None` where it is done.
    Differ(Option<Work>),
}

/// How far a repair has come that is going on or has to begin; nothing is changed.
///
/// # Errors
/// A store that refuses.
pub async fn outlook<D: Database, J: Journal>(
    (database, journal): (&D, &J),
    care: &Care,
) -> Result<Option<String>, Failure> {
    if let Some(work) = &*care.work.borrow() {
        return Ok(Some(work.progress()));
    }
    let is_broken = match verdict(database, journal).await? {
        Verdict::Same => is_rebuilding(database).await?,
        Verdict::ReplayFrom(_) => false,
        Verdict::Rebuild(_) | Verdict::JournalBehind(_) => true,
    };
    Ok(is_broken.then(|| "The history is being made again".to_owned()))
}

struct Tended<'a, D, J> {
    stores: (&'a D, &'a J),
    now: Timestamp,
    cared: Cared,
}

impl<D: Database, J: Journal> Tended<'_, D, J> {
    /// Whether both stores tell the same; where they do not, what is going on about it.
    async fn heads(&mut self) -> Result<Heads, Failure> {
        let (database, journal) = self.stores;
        let why = match verdict(database, journal).await? {
            Verdict::Same if is_rebuilding(database).await? => "The browser's database was damaged",
            Verdict::Same => return Ok(Heads::Agree),
            Verdict::ReplayFrom(_) => {
                let Err(why) = replay(database, journal, RULES).await? else {
                    self.find_again().await?;
                    return Ok(Heads::Agree);
                };
                why.say()
            }
            Verdict::Rebuild(why) => why.say(),
            Verdict::JournalBehind(_) => {
                mend::rewrite(self.stores).await?;
                self.cared.told.push(mend::REWRITTEN.to_owned());
                return Ok(Heads::Differ(None));
            }
        };
        Ok(Heads::Differ(self.go_on(rebuild(why.to_owned())).await?))
    }

    /// What was left, or else a piece of the scrub.
    async fn tend(&mut self, work: Option<Work>) -> Result<Option<Work>, Failure> {
        // A full disk has no room to set aside; that is no reason to stop.
        let _no_room = self.stores.1.keep_reserve().await;
        match work {
            Some(work) => self.go_on(work).await,
            None => self.scrub_a_piece().await,
        }
    }

    async fn go_on(&mut self, work: Work) -> Result<Option<Work>, Failure> {
        match work {
            Work::Rebuild { why, so_far } => self.rebuild(why, so_far).await,
            Work::Recount { place, so_far, differences, asked } => {
                self.recount((place, so_far), differences, asked).await
            }
            Work::Check { place, from, bytes, found } => self.check((place, from), bytes, found).await,
            Work::CheckFiles { after, bytes, found } => {
                self.check_files(after.as_deref(), bytes, found).await
            }
        }
    }

    async fn rebuild(&mut self, why: String, so_far: Rebuilt) -> Result<Option<Work>, Failure> {
        let so_far = mend::rebuild(self.stores, so_far, STEPS).await?;
        if !so_far.is_done() {
            return Ok(Some(Work::Rebuild { why, so_far }));
        }
        let (database, _) = self.stores;
        self.cared.told.extend(mend::said(database, &why, &so_far).await?);
        self.find_again().await?;
        Ok(None)
    }

    async fn find_again(&self) -> Result<(), Failure> {
        let (database, _) = self.stores;
        let mut places = self.places().await?;
        if mend::find_again(database, &mut places, self.now).await? {
            let write = Write::put(StoreName::Meta, places_key(), encode_places(&places));
            database.transact(Access::Write, Step::Done(vec![write], ())).await?;
        }
        Ok(())
    }

    async fn recount(
        &mut self,
        (place, mut so_far): (usize, Recount),
        mut differences: usize,
        asked: Option<Asked>,
    ) -> Result<Option<Work>, Failure> {
        let (database, _) = self.stores;
        let Some(partition) = self.partition(place).await? else {
            self.counted(differences, asked).await?;
            return Ok(None);
        };
        for _ in 0..STEPS {
            let script = recount_batch(partition.clone(), core::mem::take(&mut so_far), RULES);
            match database.transact(Access::Write, script).await? {
                Ok(counted) => so_far = counted,
                Err(fault) => return self.repair(&partition, &fault).await,
            }
            if so_far.is_done {
                differences = differences.saturating_add(so_far.differences.len());
                let (place, so_far) = (place.saturating_add(1), Recount::default());
                return Ok(Some(Work::Recount { place, so_far, differences, asked }));
            }
        }
        Ok(Some(Work::Recount { place, so_far, differences, asked }))
    }

    /// What is said when all sums were counted.
    async fn counted(&mut self, differences: usize, asked: Option<Asked>) -> Result<(), Failure> {
        if differences > 0 {
            let noun = if differences == 1 {
                "1 total was".to_owned()
            } else {
                format!("{differences} totals were")
            };
            self.cared.told.push(format!("{noun} wrong in the browser's database; all were counted again"));
        }
        let what = match asked {
            Some(Asked { found: 0 }) if differences == 0 => {
                "every stored record is as it was written, and every total is right"
            }
            Some(_) => "what was damaged is mended",
            None => return Ok(()),
        };
        self.cared.checked = Some(format!("Checked: {what}{}", self.there().await?));
        Ok(())
    }

    async fn check(
        &mut self,
        (place, from): (usize, Option<ScrubCursor>),
        bytes: usize,
        found: usize,
    ) -> Result<Option<Work>, Failure> {
        let Some(partition) = self.partition(place).await? else {
            return Ok(Some(Work::CheckFiles { after: None, bytes, found }));
        };
        let scrubbed = self.scrub(&partition, from, CHECK_BYTES).await?;
        let found = found.saturating_add(scrubbed.faults.len());
        if let Some(work) = self.repair_all(&partition, &scrubbed.faults).await? {
            return Ok(Some(work));
        }
        let bytes = bytes.saturating_add(scrubbed.bytes);
        let place = if scrubbed.next.is_none() { place.saturating_add(1) } else { place };
        Ok(Some(Work::Check { place, from: scrubbed.next, bytes, found }))
    }

    async fn check_files(
        &mut self,
        after: Option<&str>,
        bytes: usize,
        found: usize,
    ) -> Result<Option<Work>, Failure> {
        let checked = check_files(self.stores.1, after, CHECK_BYTES).await?;
        let found = found.saturating_add(checked.problems.len());
        self.rewrite_damaged(&checked).await?;
        let bytes = bytes.saturating_add(checked.bytes);
        Ok(Some(match checked.next {
            next @ Some(_) => Work::CheckFiles { after: next, bytes, found },
            None => recount(Some(Asked { found })),
        }))
    }

    /// Writes again what damaged files of the journal lack.
    async fn rewrite_damaged(&mut self, checked: &FilesChecked) -> Result<(), Failure> {
        let Some(first) = checked.problems.first() else { return Ok(()) };
        mend::rewrite(self.stores).await?;
        self.cared.told.push(format!(
            "The copy of your history that stands beside the browser's database was damaged ({}: {}); what it lacked \
             was written again from the database, and no task is missing",
            first.place, first.what
        ));
        Ok(())
    }

    async fn there(&self) -> Result<String, StoreError> {
        let head = crate::storage::journal::db_head(self.stores.0).await?;
        Ok(head.map_or_else(|_| String::new(), |head| format!(": {} there", mend::tasks(head.entries))))
    }

    async fn scrub(
        &self,
        partition: &Partition,
        from: Option<ScrubCursor>,
        bytes: usize,
    ) -> Result<Scrubbed, Failure> {
        Ok(self.stores.0.transact(Access::Read, scrub(partition.clone(), from, bytes)).await??)
    }

    /// A small piece from where the last one ended; a pass is begun once a day.
    async fn scrub_a_piece(&mut self) -> Result<Option<Work>, Failure> {
        // One of a newer version is not ours to write over.
        let Some(record) = self.record().await? else { return Ok(None) };
        let Some(partition) = self.partition(record.place).await? else {
            return self.scrub_files(record).await;
        };
        let is_early =
            record.through_at.is_some_and(|at| (0..PASS_MS).contains(&self.now.0.saturating_sub(at.0)));
        if record.place == 0 && record.cursor.is_none() && is_early {
            return Ok(None);
        }
        let from = record.cursor.as_deref().and_then(ScrubCursor::from_text);
        let scrubbed = self.scrub(&partition, from, SCRUB_BYTES).await?;
        let cursor = scrubbed.next.as_ref().map(ScrubCursor::to_text);
        let place = if cursor.is_none() { record.place.saturating_add(1) } else { record.place };
        // First the place behind it: what cannot be repaired must not stop the scrub for ever.
        self.put(CareRecord { place, cursor, ..record }).await?;
        self.repair_all(&partition, &scrubbed.faults).await
    }

    /// The end of a pass: the journal's files.
    async fn scrub_files(&mut self, record: CareRecord) -> Result<Option<Work>, Failure> {
        let checked = check_files(self.stores.1, record.cursor.as_deref(), SCRUB_BYTES).await?;
        let after = match checked.next.clone() {
            None => CareRecord { through_at: Some(self.now), ..CareRecord::default() },
            next => CareRecord { cursor: next, ..record },
        };
        self.put(after).await?;
        self.rewrite_damaged(&checked).await?;
        Ok(None)
    }

    async fn repair_all(&mut self, partition: &Partition, faults: &[Fault]) -> Result<Option<Work>, Failure> {
        let mut next = None;
        for fault in faults {
            match self.repair(partition, fault).await? {
                work @ Some(Work::Rebuild { .. }) => return Ok(work),
                work => next = next.or(work),
            }
        }
        Ok(next)
    }

    /// Mends one damaged record from the journal, or says what must be done for it.
    async fn repair(&mut self, partition: &Partition, fault: &Fault) -> Result<Option<Work>, Failure> {
        let damage = mend::damage(fault);
        if matches!(fault.error, RecordError::Newer { .. }) {
            self.cared.told.push(format!("{damage} and was left as it is: update to see it"));
            return Ok(None);
        }
        match &fault.place {
            Place::Day(day) => {
                let (database, journal) = self.stores;
                match repair_day(database, journal, (partition, *day), RULES).await {
                    Ok(repaired) => Ok(self.repaired(&damage, &repaired)),
                    // The index it is found by is damaged too.
                    Err(Failure::Fault(_)) => Ok(Some(rebuild(damage))),
                    Err(failure) => Err(failure),
                }
            }
            Place::Tally => Ok(Some(recount(None))),
            Place::Head | Place::Entry(_) | Place::DaySum(_) | Place::EntryDays | Place::Terms => {
                Ok(Some(rebuild(damage)))
            }
        }
    }

    fn repaired(&mut self, damage: &str, repaired: &Repaired) -> Option<Work> {
        let Repaired { kept, lost, is_exact, .. } = repaired;
        let lost = match lost {
            0 => String::new(),
            1 => ", 1 task is lost".to_owned(),
            lost => format!(", {} tasks are lost", mend::grouped(*lost)),
        };
        self.cared.told.push(format!(
            "{damage}; it was made again from the journal: {} there{lost}",
            mend::tasks(*kept)
        ));
        (!is_exact).then(|| recount(None))
    }

    async fn places(&self) -> Result<Places, Failure> {
        Ok(places(self.stores.0).await??)
    }

    async fn partition(&self, place: usize) -> Result<Option<Partition>, Failure> {
        let places = self.places().await?;
        Ok(places.accounts.get(place).map(|account| account.partition.clone()))
    }

    /// Where the scrub stands; a damaged record begins anew, one of a newer version is `None`.
    async fn record(&self) -> Result<Option<CareRecord>, StoreError> {
        let script = Step::read(vec![Read::Get(StoreName::Meta, care_key())], |found| {
            let text = found.into_iter().next().and_then(Found::into_text);
            let record = match decode_care(text.as_deref()) {
                Ok(record) => Some(record),
                Err(RecordError::Damaged(_)) => Some(CareRecord::default()),
                Err(RecordError::Newer { .. }) => None,
            };
            Step::Done(Vec::new(), record)
        });
        self.stores.0.transact(Access::Read, script).await
    }

    async fn put(&self, record: CareRecord) -> Result<(), StoreError> {
        let write = Write::put(StoreName::Meta, care_key(), encode_care(&record));
        self.stores.0.transact(Access::Write, Step::Done(vec![write], ())).await
    }
}

fn recount(asked: Option<Asked>) -> Work {
    Work::Recount { place: 0, so_far: Recount::default(), differences: 0, asked }
}

fn rebuild(why: String) -> Work {
    Work::Rebuild { why, so_far: Rebuilt::default() }
}

#[cfg(test)]
mod tests;
