//! Writing a lost journal again from the database: every entry once more, as what was seen of it.

use crate::domain::history::Entry;
use crate::storage::history::{Applied, Bookmark, Fault, Mode, Rules, Target, apply, entries_page};
use crate::storage::{Access, Database, StoreError};

use super::record::{append, batch, db_head, journal_head, last_of};
use super::{Change, Failure, Journal, JournalHead, Line, Seen, decode_file};

/// Observations of one line.
const MAX_SEEN: usize = 500;

/// How far the rewriting has come. It lives in memory: one that is ended begins anew, which changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rewritten {
    /// Entries that are in the journal again.
    pub entries: u64,
    place: usize,
    bookmark: Bookmark,
    /// The number of the first line that is written again, once it has begun.
    first: Option<u64>,
    /// What of the database could not be read, and so is not in the new journal.
    pub faults: Vec<Fault>,
    /// Whether all is written.
    pub is_done: bool,
}

/// Does the next step. The caller holds the writer lock, and passes what came of the one before.
pub async fn rewrite_batch<D: Database, J: Journal>(
    database: &D,
    journal: &J,
    so_far: Rewritten,
    rules: Rules,
) -> Result<Rewritten, Failure> {
    let db = db_head(database).await??;
    let mut step = so_far.clone();
    let Some(first) = so_far.first else {
        step.first = Some(begin(database, journal, rules).await?.saturating_add(1));
        return Ok(step);
    };
    let head = journal_head(journal).await?;
    let Some(partition) = db.partitions.get(so_far.place).cloned() else {
        let head = JournalHead { is_rewriting: false, whole_from: first, ..head.knowing(&db) };
        journal.set_head(head.encode()).await?;
        step.is_done = true;
        return Ok(step);
    };
    let page = database.transact(Access::Read, entries_page(partition.clone(), so_far.bookmark)).await??;
    step.faults.extend(page.faults);
    (step.place, step.bookmark) = match page.next {
        Some(next) => (so_far.place, next),
        None => (so_far.place.saturating_add(1), Bookmark::default()),
    };
    step.entries = step.entries.saturating_add(u64::try_from(page.entries.len()).unwrap_or(0));
    let seen = page.entries.iter().flat_map(Entry::observations).map(Seen::Task);
    let seen: Vec<Seen> = seen.chain(page.bonuses.into_iter().map(Seen::Bonus)).collect();
    for part in seen.chunks(MAX_SEEN) {
        put(database, journal, &Change { partition: partition.clone(), seen: part.to_vec() }, rules).await?;
    }
    Ok(step)
}

/// Lets both stores count on from one number, with whatever lines the old journal still has merged in. That number.
async fn begin<D: Database, J: Journal>(database: &D, journal: &J, rules: Rules) -> Result<u64, Failure> {
    let db = db_head(database).await??;
    let mut lines = journal.lines().await?;
    let mut last = db.last;
    for name in journal.files().await? {
        last = last.max(last_of(&name).unwrap_or(0));
        if last_of(&name).is_none_or(|last| last > db.last) {
            lines.extend(decode_file(&name, &journal.read_file(&name).await?.unwrap_or_default()).lines);
        }
    }
    last = lines.iter().map(|(number, _)| *number).max().unwrap_or(0).max(last);
    lines.retain(|(number, _)| *number > db.last);
    let mut changes: Vec<Change> =
        lines.iter().filter_map(|(_, line)| Some(Line::decode(line).ok()?.change)).collect();
    // The numbers of both go on from here, also where no line is left.
    let partition = crate::domain::Partition(String::new());
    changes.push(Change { partition, seen: Vec::new() });
    let end = changes.len();
    let (mut at, mut checksum) = (db.clone(), db.checksum);
    for (place, change) in (1..).zip(changes) {
        let number = if place == end { last.saturating_add(1) } else { at.last };
        checksum = if place == end { 0 } else { checksum };
        let mut batch = batch(&change, (&at, number, checksum));
        batch.last = number;
        if let Applied::Done { head, .. } =
            database.transact(Access::Write, apply(batch, rules, Target::InUse, Mode::Write)).await??
        {
            at = head;
        }
    }
    let head =
        JournalHead { last: at.last, checksum: at.checksum, is_rewriting: true, ..JournalHead::default() };
    journal.set_head(head.knowing(&at).encode()).await?;
    Ok(at.last)
}

/// A line and the same change in the database, which only counts it.
async fn put<D: Database, J: Journal>(
    database: &D,
    journal: &J,
    change: &Change,
    rules: Rules,
) -> Result<(), Failure> {
    let db = db_head(database).await??;
    let head = journal_head(journal).await?;
    // A step that was ended between line and database left a line too many: it is counted again.
    let head = JournalHead { last: db.last.max(head.last), ..head };
    let head = append(journal, head.knowing(&db), change).await?;
    let script = apply(batch(change, (&db, head.last, head.checksum)), rules, Target::InUse, Mode::Write);
    match database.transact(Access::Write, script).await?? {
        Applied::Done { .. } => Ok(()),
        Applied::NotNext(_) => Err(Failure::Store(StoreError::Unavailable("another writer".to_owned()))),
    }
}
