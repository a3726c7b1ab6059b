//! Making the database again from the journal, beside what is in use, and showing it in one small transaction.
//!
//! A rebuild can be ended at any point and goes on where it stopped: the head of the generation that is being
//! made says how many lines are in it. At the end whatever can still be read of the old generation is merged
//! in, so that nothing is lost that either store has.

use crate::domain::history::{DayBonus, Entry, Tally};
use crate::domain::{Partition, Problem};
use crate::storage::history::{
    Applied, Batch, Bookmark, Fault, Mode, Page, Rules, Target, apply, close_before, entries_page,
    history_head, put_head, script, space, staging_head_key,
};
use crate::storage::record::HistoryHead;
use crate::storage::{Access, Database, Step, StoreError, StoreName, Write};

use super::record::{add, db_head, empty_batch, journal_head, last_of};
use super::{Failure, Journal, Line, Seen, decode_file};

/// Observations of one transaction.
const MAX_SEEN: usize = 1_000;

/// Days that stay open while a rebuild goes on, as in everyday use.
const OPEN_DAYS: i32 = 2;

/// What one step of a rebuild did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Lines that are in, of [`Rebuilt::lines`].
    pub lines_done: u64,
    /// Lines that the journal has.
    pub lines: u64,
    /// What was found damaged so far, in the worker's words.
    pub problems: Vec<Problem>,
    /// Where the reading of the old generation goes on.
    salvage: Option<(usize, Bookmark)>,
    /// The generation that was replaced, once all is done.
    pub replaced: Option<HistoryHead>,
}

impl Rebuilt {
    /// Whether the new generation is in use.
    pub fn is_done(&self) -> bool {
        self.replaced.is_some()
    }
}

/// Does the next step of a rebuild. The caller holds the writer lock for each, and passes what came of the one
/// before (or the default at first).
pub async fn rebuild_batch<D: Database, J: Journal>(
    database: &D,
    journal: &J,
    so_far: &Rebuilt,
    rules: Rules,
) -> Result<Rebuilt, Failure> {
    let goal = journal_head(journal).await?;
    let staged = staged(database, goal.known_generation).await??;
    let mut step = Rebuilt {
        lines: goal.last,
        problems: so_far.problems.clone(),
        replaced: None,
        salvage: so_far.salvage,
        lines_done: staged.last,
    };
    let (lines, problems) = next_lines(journal, (staged.last, goal.whole_from)).await?;
    name(&mut step.problems, problems);
    if let Some(batch) = batch_of(lines, (&staged, goal.whole_from), &mut step.problems) {
        let partition = batch.partition.clone();
        step.lines_done = batch.last;
        let newest = batch.observations.iter().map(|seen| rules.zone.day_of(seen.seen_at)).max();
        write(database, batch, rules).await?;
        if let Some(newest) = newest {
            close(database, partition, newest.plus_days(-OPEN_DAYS), rules).await?;
        }
        return Ok(step);
    }
    name(&mut step.problems, unread((staged.last, goal.last.saturating_add(1)), goal.whole_from));
    let old = db_head(database).await?.unwrap_or_default();
    let (place, bookmark) = so_far.salvage.unwrap_or_default();
    if let Some(partition) = old.partitions.get(place) {
        let page = database.transact(Access::Read, entries_page(partition.clone(), bookmark)).await?;
        let page = page.unwrap_or_else(|fault| Page { faults: vec![fault], ..Page::default() });
        name(&mut step.problems, page.faults.iter().map(said));
        step.salvage = Some(page.next.map_or((place + 1, Bookmark::default()), |next| (place, next)));
        let batch = salvaged(partition, &staged, &page.entries, page.bonuses);
        write(database, batch, rules).await?;
        return Ok(step);
    }
    let checksum = goal.checksum;
    let show = script(move |view| {
        let staged = history_head(view, Target::Staging)?;
        let head = HistoryHead { last: goal.last, checksum, ..staged };
        let staging = Write::Delete(StoreName::Meta, staging_head_key());
        Ok((vec![put_head(Target::InUse, &head), staging], ()))
    });
    database.transact(Access::Write, show).await??;
    step.replaced = Some(old);
    Ok(step)
}

/// The changes between two others, where the journal must have them.
fn unread((passed, next): (u64, u64), whole_from: u64) -> Option<Problem> {
    let first = passed.saturating_add(1).max(whole_from);
    let what = match next.checked_sub(first) {
        None | Some(0) => return None,
        Some(1) => format!("change {first} cannot be read"),
        Some(_) => format!("changes {first} to {} cannot be read", next.saturating_sub(1)),
    };
    Some(Problem::new("journal", what))
}

/// Adds what was not named yet.
fn name(problems: &mut Vec<Problem>, more: impl IntoIterator<Item = Problem>) {
    for problem in more {
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
}

/// Whether a rebuild was begun and not ended: then it is to be gone on with.
///
/// # Errors
/// A store that refuses.
pub async fn is_rebuilding<D: Database>(database: &D) -> Result<bool, StoreError> {
    let read = script(|view| Ok((Vec::new(), history_head(view, Target::Staging)?)));
    let staged = database.transact(Access::Read, read).await?;
    Ok(staged.is_ok_and(|head| head.generation != 0))
}

/// Deletes the records of a generation that is no longer in use.
pub async fn drop_generation<D: Database>(database: &D, replaced: &HistoryHead) -> Result<(), StoreError> {
    for partition in &replaced.partitions {
        let space = space(replaced.generation, partition);
        let writes = StoreName::HISTORY.map(|store| Write::DeleteAll(store, space.clone()));
        database.transact(Access::Write, Step::Done(writes.to_vec(), ())).await?;
    }
    Ok(())
}

fn said(fault: &Fault) -> Problem {
    use crate::storage::record::RecordError;
    let what = match &fault.error {
        RecordError::Damaged(what) => format!("is damaged in the database ({what}): taken from the journal"),
        RecordError::Newer { .. } => "is of a newer version of Wagelight".to_owned(),
    };
    Problem::new(fault.place.say(), what)
}

/// The head of the generation that is being made; a new one where there is none.
async fn staged<D: Database>(
    database: &D,
    known_generation: u32,
) -> Result<Result<HistoryHead, Fault>, StoreError> {
    let script = script(move |view| {
        let staged = history_head(view, Target::Staging)?;
        if staged.generation != 0 {
            return Ok((Vec::new(), staged));
        }
        // A damaged head names no generation: the journal remembers which was the last.
        let old = history_head(view, Target::InUse).unwrap_or_default();
        let generation = old.generation.max(known_generation).saturating_add(1);
        let staged = HistoryHead { generation, ..HistoryHead::default() };
        Ok((vec![put_head(Target::Staging, &staged)], staged))
    });
    database.transact(Access::Write, script).await
}

/// The lines of the first file, or else the open lines, that reach beyond a number.
async fn next_lines<J: Journal>(
    journal: &J,
    (number, whole_from): (u64, u64),
) -> Result<(Vec<(u64, String)>, Vec<Problem>), StoreError> {
    let mut problems = Vec::new();
    for name in journal.files().await? {
        if last_of(&name).is_none_or(|last| last > number) {
            let bytes = journal.read_file(&name).await?.unwrap_or_default();
            let mut read = decode_file(&name, &bytes);
            if last_of(&name).is_none_or(|last| last >= whole_from) {
                problems.append(&mut read.problems);
            }
            read.lines.retain(|(of, _)| *of > number);
            if !read.lines.is_empty() {
                return Ok((read.lines, problems));
            }
        }
    }
    let lines = journal.lines().await?.into_iter().filter(|(of, _)| *of > number);
    Ok((lines.collect(), problems))
}

/// As many lines of one partition as fit into one transaction.
fn batch_of(
    lines: Vec<(u64, String)>,
    (staged, whole_from): (&HistoryHead, u64),
    problems: &mut Vec<Problem>,
) -> Option<Batch> {
    let mut batch: Option<Batch> = None;
    let mut passed = staged.last;
    for (number, line) in lines {
        // What cannot be read is as good as not there.
        let Ok(Line { change, .. }) = Line::decode(&line) else { continue };
        let known = batch.get_or_insert_with(|| empty_batch(change.partition.clone(), staged));
        if known.partition != change.partition || known.observations.len() >= MAX_SEEN {
            return batch;
        }
        problems.extend(unread((passed, number), whole_from));
        passed = number;
        known.last = number;
        add(known, change.seen);
    }
    batch
}

fn salvaged(partition: &Partition, staged: &HistoryHead, entries: &[Entry], bonuses: Vec<DayBonus>) -> Batch {
    let mut batch = empty_batch(partition.clone(), staged);
    let seen = entries.iter().flat_map(Entry::observations).map(Seen::Task);
    add(&mut batch, seen.chain(bonuses.into_iter().map(Seen::Bonus)).collect());
    batch
}

async fn write<D: Database>(database: &D, batch: Batch, rules: Rules) -> Result<(), Failure> {
    let script = apply(batch, rules, Target::Staging, Mode::Write);
    match database.transact(Access::Write, script).await?? {
        Applied::Done { .. } => Ok(()),
        Applied::NotNext(_) => Err(Failure::Store(StoreError::Unavailable("another writer".to_owned()))),
    }
}

async fn close<D: Database>(
    database: &D,
    partition: Partition,
    before: crate::domain::SiteDay,
    rules: Rules,
) -> Result<(), Failure> {
    loop {
        let script = close_before(partition.clone(), before, rules, Target::Staging);
        if !database.transact(Access::Write, script).await??.has_more {
            return Ok(());
        }
    }
}

/// A tally of entries.
pub(super) fn counted<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Tally {
    let mut tally = Tally::new();
    entries.into_iter().for_each(|entry| tally.add(entry));
    tally
}
