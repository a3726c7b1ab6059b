//! Recording a change in both stores, replaying what did not reach the second, and closing the open lines.

use crate::domain::{Partition, SiteDay};
use crate::storage::history::{Applied, Batch, Fault, Mode, Rules, Target, apply, history_head, script};
use crate::storage::record::{HistoryHead, RecordError};
use crate::storage::{Access, Database, StoreError};

use super::line::running;
use super::{
    Change, Journal, JournalHead, Line, Seen, Verdict, WhyRebuild, decode_file, encode_file, startup,
};

/// Observations of one transaction of a replay.
const MAX_SEEN: usize = 500;

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// It is in both stores.
    Saved(Applied),
    /// All of it was known: nothing was written.
    Known,
    /// It is safe in the journal; the database must first be made again.
    JournalOnly(WhyRebuild),
}

/// Why a change could not be recorded. It may be in the journal and then appear later; it is not acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A store refused.
    Store(StoreError),
    /// A record is damaged: see [`super::repair_day`] and [`super::rebuild_batch`].
    Fault(Fault),
    /// The journal's head cannot be used.
    JournalHead(RecordError),
    /// The journal was lost and must first be written again, see [`super::rewrite_batch`].
    JournalBehind,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The head of the history in use; the inner error is that of a damaged one.
pub async fn db_head<D: Database>(database: &D) -> Result<Result<HistoryHead, Fault>, StoreError> {
    let read = script(|view| Ok((Vec::new(), history_head(view, Target::InUse)?)));
    database.transact(Access::Read, read).await
}

/// The journal's head.
///
/// One that cannot be read counts as that of a lost journal: it is written again from the database.
pub(super) async fn journal_head<J: Journal>(journal: &J) -> Result<JournalHead, Failure> {
    match JournalHead::decode(journal.head().await?.as_deref()) {
        Err(RecordError::Damaged(_)) => Ok(JournalHead { is_rewriting: true, ..JournalHead::default() }),
        Err(error) => Err(Failure::JournalHead(error)),
        Ok(head) => Ok(head),
    }
}

/// What is to be done, from the two heads alone and whether the newest file is there.
///
/// # Errors
/// A store that refuses, or a head of the journal that a newer version wrote.
pub async fn verdict<D: Database, J: Journal>(database: &D, journal: &J) -> Result<Verdict, Failure> {
    Ok(compared(database, journal).await?.0)
}

type Compared = (Verdict, JournalHead, Result<HistoryHead, Fault>);

async fn compared<D: Database, J: Journal>(database: &D, journal: &J) -> Result<Compared, Failure> {
    let head = journal_head(journal).await?;
    let found = db_head(database).await?;
    let verdict = startup(&head, found.as_ref().map_err(|fault| &fault.error));
    let is_well = matches!(verdict, Verdict::Same | Verdict::ReplayFrom(_));
    if is_well && !has_files(journal, &head).await? {
        // What is rewritten no longer names the lost file.
        let head = JournalHead { is_rewriting: true, newest_file: None, ..head };
        let last = found.as_ref().map_or(0, |db| db.last);
        return Ok((Verdict::JournalBehind(last), head, found));
    }
    Ok((verdict, head, found))
}

/// Records a change: into the journal, then into the database. The caller holds the writer lock.
pub async fn record<D: Database, J: Journal>(
    database: &D,
    journal: &J,
    change: &Change,
    rules: Rules,
) -> Result<Recorded, Failure> {
    let (verdict, head, found) = compared(database, journal).await?;
    let db = match (verdict, found) {
        (Verdict::JournalBehind(_), _) => return Err(Failure::JournalBehind),
        (Verdict::Rebuild(why), _) => {
            append(journal, head, change).await?;
            return Ok(Recorded::JournalOnly(why));
        }
        (Verdict::ReplayFrom(_), _) => match replay(database, journal, rules).await? {
            Ok(head) => head,
            Err(why) => {
                append(journal, head, change).await?;
                return Ok(Recorded::JournalOnly(why));
            }
        },
        (Verdict::Same, Err(fault)) => return Err(fault.into()),
        (Verdict::Same, Ok(db)) => db,
    };
    let look = apply(batch(change, (&db, db.last, 0)), rules, Target::InUse, Mode::Look);
    if !database.transact(Access::Read, look).await??.changes_anything() {
        return Ok(Recorded::Known);
    }
    let head = append(journal, head.knowing(&db), change).await?;
    let batch = batch(change, (&db, head.last, head.checksum));
    let write = apply(batch, rules, Target::InUse, Mode::Write);
    match database.transact(Access::Write, write).await?? {
        Applied::NotNext(_) => Err(Failure::Store(StoreError::Unavailable("another writer".to_owned()))),
        applied @ Applied::Done { .. } => Ok(Recorded::Saved(applied)),
    }
}

/// Whether the file that was closed last is there. With the files the journal would have lost its past while its
/// head still fits the database.
pub(super) async fn has_files<J: Journal>(journal: &J, head: &JournalHead) -> Result<bool, StoreError> {
    match &head.newest_file {
        Some(name) => journal.has_file(name).await,
        None => Ok(true),
    }
}

/// Appends a change to the journal; the head afterwards.
pub(super) async fn append<J: Journal>(
    journal: &J,
    head: JournalHead,
    change: &Change,
) -> Result<JournalHead, StoreError> {
    let last = head.last.saturating_add(1);
    let line = change.to_line(last);
    let head = JournalHead { last, checksum: running(head.checksum, &line), ..head };
    journal.append(last, line, head.encode()).await?;
    Ok(head)
}

/// A change as the batch that follows on a head.
pub(super) fn batch(change: &Change, (after, last, checksum): (&HistoryHead, u64, u32)) -> Batch {
    let mut batch = empty_batch(change.partition.clone(), after);
    batch.last = last;
    batch.checksum = checksum;
    add(&mut batch, change.seen.clone());
    batch
}

pub(super) fn empty_batch(partition: Partition, after: &HistoryHead) -> Batch {
    Batch {
        partition,
        first: after.last.saturating_add(1),
        last: after.last,
        checksum: after.checksum,
        observations: Vec::new(),
        bonuses: Vec::new(),
    }
}

pub(super) fn add(batch: &mut Batch, seen: Vec<Seen>) {
    for seen in seen {
        match seen {
            Seen::Task(observation) => batch.observations.push(observation),
            Seen::Bonus(bonus) => batch.bonuses.push(bonus),
        }
    }
}

/// Brings into the database what only reached the journal. The inner error says that the two do not fit.
pub async fn replay<D: Database, J: Journal>(
    database: &D,
    journal: &J,
    rules: Rules,
) -> Result<Result<HistoryHead, WhyRebuild>, Failure> {
    let mut db = db_head(database).await??;
    let goal = journal_head(journal).await?;
    let lines = lines_after(journal, db.last).await?;
    let numbers = lines.iter().map(|(number, _)| *number);
    let is_complete = numbers.eq(db.last.saturating_add(1)..goal.last.saturating_add(1));
    let checksum = lines.iter().fold(db.checksum, |before, (_, line)| running(before, line));
    if !is_complete || checksum != goal.checksum {
        return Ok(Err(WhyRebuild::Differs));
    }
    let mut checksum = db.checksum;
    let mut waiting: Option<Batch> = None;
    for (number, line) in lines {
        let Ok(Line { change, .. }) = Line::decode(&line) else { return Ok(Err(WhyRebuild::Differs)) };
        let is_full = waiting
            .as_ref()
            .is_some_and(|batch| batch.partition != change.partition || batch.observations.len() >= MAX_SEEN);
        if is_full && let Some(batch) = waiting.take() {
            db = write(database, batch, rules).await?;
        }
        checksum = running(checksum, &line);
        let mut batch = waiting.take().unwrap_or_else(|| empty_batch(change.partition, &db));
        (batch.last, batch.checksum) = (number, checksum);
        add(&mut batch, change.seen);
        waiting = Some(batch);
    }
    if let Some(batch) = waiting {
        db = write(database, batch, rules).await?;
    }
    Ok(Ok(db))
}

async fn write<D: Database>(database: &D, batch: Batch, rules: Rules) -> Result<HistoryHead, Failure> {
    match database.transact(Access::Write, apply(batch, rules, Target::InUse, Mode::Write)).await?? {
        Applied::Done { head, .. } => Ok(head),
        Applied::NotNext(_) => Err(Failure::Store(StoreError::Unavailable("another writer".to_owned()))),
    }
}

/// All changes behind a number that can be read, in order.
pub async fn changes_after<J: Journal>(journal: &J, number: u64) -> Result<Vec<Change>, StoreError> {
    let lines = lines_after(journal, number).await?;
    Ok(lines.iter().filter_map(|(_, line)| Some(Line::decode(line).ok()?.change)).collect())
}

/// All lines behind a number that can be read, in order.
async fn lines_after<J: Journal>(journal: &J, number: u64) -> Result<Vec<(u64, String)>, StoreError> {
    let mut lines = Vec::new();
    for name in journal.files().await? {
        if last_of(&name).is_none_or(|last| last > number) {
            let bytes = journal.read_file(&name).await?.unwrap_or_default();
            lines.extend(decode_file(&name, &bytes).lines);
        }
    }
    lines.extend(journal.lines().await?);
    lines.retain(|(of, _)| *of > number);
    // A line is both open and in a file where closing was cut off.
    lines.sort();
    lines.dedup();
    Ok(lines)
}

/// The name of the file with these lines: `000000000017-000000000042 2026-11-21`.
pub(super) fn file_name(first: u64, last: u64, day: SiteDay) -> String {
    format!("{first:012}-{last:012} {day}")
}

/// The number of the last line of a file; `None` where the name is none of ours.
pub(super) fn last_of(name: &str) -> Option<u64> {
    name.get(13..25)?.parse().ok()
}

/// Moves all open lines into one file, and deletes them once it was read back. The name, if there were lines.
pub async fn close_lines<J: Journal>(journal: &J, day: SiteDay) -> Result<Option<String>, StoreError> {
    let lines = journal.lines().await?;
    let (Some((first, _)), Some((last, _))) = (lines.first(), lines.last()) else { return Ok(None) };
    let name = file_name(*first, *last, day);
    journal.write_file(&name, encode_file(&lines)).await?;
    let back = journal.read_file(&name).await?.unwrap_or_default();
    let read = decode_file(&name, &back);
    let good: Vec<&(u64, String)> =
        lines.iter().filter(|(_, line)| super::line::verified(line).is_ok()).collect();
    if !good.into_iter().eq(read.lines.iter()) {
        return Err(StoreError::Unavailable(format!("{name} was not written as it should")));
    }
    // A head that cannot be read is not written over: it asks for a new journal.
    if let Ok(head) = JournalHead::decode(journal.head().await?.as_deref()) {
        journal.set_head(JournalHead { newest_file: Some(name.clone()), ..head }.encode()).await?;
    }
    journal.delete_lines(*last).await?;
    Ok(Some(name))
}
