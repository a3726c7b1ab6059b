//! What the extension has stored, taken out as it lies there and judged by the core: nothing is believed that the
//! writer only remembers.

pub(crate) mod places;

use crate::browser::Browser;
use crate::changes::Lots;
use anyhow::{Context, Result, anyhow, bail, ensure};
use base64::Engine as _;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use wagelight::app::history::RULES;
use wagelight::domain::history::{Entry, EntryId, Fact, Source, Told};
use wagelight::domain::{Money, Problem, SiteDay};
use wagelight::storage::history::{Bookmark, Fault, Recount, Scrubbed, entries_page, recount_batch, scrub};
use wagelight::storage::journal::{
    Journal as _, JournalHead, Line, MemoryJournal, Rebuilt, Seen, Verdict, db_head, decode_file,
    drop_generation, rebuild_batch, replay, startup,
};
use wagelight::storage::{Access, Database as _, Key, MemoryDatabase, Part, StoreName, Value};

const LINE: &str = "journal line ";
const HEAD: &str = "journal head";
const JOURNAL: &str = "journal/";

/// Both stores of the history, copied out of a browser.
pub(crate) struct Stored {
    /// The database; empty where there is none.
    pub(crate) database: MemoryDatabase,
    /// The journal.
    pub(crate) journal: MemoryJournal,
    /// All of `storage.local`.
    pub(crate) local: BTreeMap<String, serde_json::Value>,
}

/// What a history says, whichever way it was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    /// All entries.
    pub(crate) entries: BTreeMap<EntryId, Entry>,
    /// The sums of bonuses by day.
    pub(crate) bonuses: BTreeMap<SiteDay, Money>,
}

/// A record's key and value.
type Row = (Vec<serde_json::Value>, Packed);

#[derive(Deserialize)]
struct Exported {
    #[serde(default)]
    failed: Option<String>,
    database: Option<BTreeMap<String, Vec<Row>>>,
    #[serde(default)]
    local: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    files: BTreeMap<String, Packed>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Packed {
    Text(String),
    Bytes { bytes: String },
}

impl Packed {
    fn value(self) -> Result<Value> {
        Ok(match self {
            Self::Text(text) => Value::Text(text),
            Self::Bytes { bytes } => Value::Bytes(base64::engine::general_purpose::STANDARD.decode(bytes)?),
        })
    }
}

/// Copies all that is stored out of the browser. Its current tab must show a page of the extension.
pub(crate) async fn stored(browser: &Browser) -> Result<Stored> {
    let told = browser.execute_async(include_str!("stored/export.js"), vec![]).await?;
    let exported: Exported = serde_json::from_value(told)?;
    if let Some(failed) = exported.failed {
        bail!("the stores cannot be read: {failed}");
    }
    let stored = Stored {
        database: MemoryDatabase::default(),
        journal: MemoryJournal::default(),
        local: exported.local,
    };
    for (name, records) in exported.database.unwrap_or_default() {
        let store = StoreName::ALL.into_iter().find(|store| store.as_str() == name);
        let store = store.with_context(|| format!("a store {name}"))?;
        for (key, value) in records {
            stored.database.plant(store, key_of(key)?, value.value()?);
        }
    }
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let head = stored.local.get(HEAD).map(|head| text(head).unwrap_or_default());
    for (name, line) in &stored.local {
        let Some(number) = name.strip_prefix(LINE).and_then(|number| number.parse().ok()) else { continue };
        let line = text(line).context("a line that is no text")?;
        stored.journal.append(number, line, String::new()).await.map_err(refused)?;
    }
    for (name, file) in exported.files {
        let (Some(name), Value::Bytes(bytes)) = (name.strip_prefix(JOURNAL), file.value()?) else { continue };
        // A file that a browser is still writing lies beside its place until it is whole.
        if !name.ends_with(".crswap") {
            stored.journal.write_file(name, bytes).await.map_err(refused)?;
        }
    }
    match head {
        Some(head) => stored.journal.set_head(head).await.map_err(refused)?,
        None => ensure!(stored.lines().await?.is_empty(), "a journal without a head"),
    }
    Ok(stored)
}

fn key_of(parts: Vec<serde_json::Value>) -> Result<Key> {
    let part = |part: serde_json::Value| match part {
        serde_json::Value::String(text) => Ok(Part::Text(text)),
        other => other.as_u64().map(Part::Number).context("a key that is none of ours"),
    };
    Ok(Key(parts.into_iter().map(part).collect::<Result<_>>()?))
}

fn refused(error: impl std::fmt::Debug) -> anyhow::Error {
    anyhow!("{error:?}")
}

impl Stored {
    /// What the two heads say of each other.
    pub(crate) async fn verdict(&self) -> Result<Verdict> {
        let head = self.journal.head().await.map_err(refused)?;
        let head = JournalHead::decode(head.as_deref()).map_err(refused)?;
        let found = db_head(&self.database).await.map_err(refused)?;
        Ok(startup(&head, found.as_ref().map_err(|fault: &Fault| &fault.error)))
    }

    /// Both heads in words, for whoever has to find out what went wrong.
    pub(crate) async fn standing(&self) -> Result<String> {
        let journal = self.journal.head().await.map_err(refused)?;
        let journal = JournalHead::decode(journal.as_deref()).map_err(refused)?;
        let database = db_head(&self.database).await.map_err(refused)?.map_err(refused)?;
        Ok(format!("journal at {}, database at {}, {:?}", journal.last, database.last, self.verdict().await?))
    }

    /// Everything the core can read of both stores, unpacked, as one text.
    pub(crate) async fn text(&self) -> Result<String> {
        let mut parts = vec![format!("{:?}", self.counted().await?)];
        parts.extend(self.lines().await?.into_values());
        parts.extend(self.database.records().into_iter().map(|(_, key, text)| format!("{key:?} {text}")));
        parts.extend(self.local.iter().map(|(key, value)| format!("{key} {value}")));
        Ok(parts.join("\n"))
    }

    /// How many files the journal has.
    pub(crate) async fn files(&self) -> Result<usize> {
        Ok(self.journal.files().await.map_err(refused)?.len())
    }

    /// All lines that are as they were written, by their numbers; each file must be whole.
    pub(crate) async fn lines(&self) -> Result<BTreeMap<u64, String>> {
        let mut lines: BTreeMap<u64, String> = BTreeMap::new();
        for name in self.journal.files().await.map_err(refused)? {
            let bytes = self.journal.read_file(&name).await.map_err(refused)?.unwrap_or_default();
            let read = decode_file(&name, &bytes);
            ensure!(read.problems.is_empty(), "{name} is not whole: {:?}", read.problems);
            lines.extend(read.lines);
        }
        lines.extend(self.journal.lines().await.map_err(refused)?);
        Ok(lines)
    }

    /// That the journal holds every change from the first to the last that its head counts.
    pub(crate) async fn ensure_journal_is_whole(&self) -> Result<()> {
        let head = self.journal.head().await.map_err(refused)?;
        let head = JournalHead::decode(head.as_deref()).map_err(refused)?;
        let lines = self.lines().await?;
        let missing: Vec<u64> = (1..=head.last).filter(|number| !lines.contains_key(number)).collect();
        ensure!(missing.is_empty(), "the journal lacks {missing:?} of {}", head.last);
        ensure!(lines.last_key_value().is_none_or(|(last, _)| *last == head.last), "more lines than counted");
        Ok(())
    }

    /// The history as the database has it: every byte is as it was written, all sums are those of a recount.
    pub(crate) async fn counted(&self) -> Result<History> {
        let mut history = History::default();
        let head = db_head(&self.database).await.map_err(refused)?.map_err(refused)?;
        let mut counted = 0;
        for partition in head.partitions.iter().filter(|partition| !partition.0.is_empty()) {
            let mut from = None;
            loop {
                let script = scrub(partition.clone(), from, usize::MAX);
                let Scrubbed { next, faults, .. } =
                    self.database.transact(Access::Read, script).await.map_err(refused)?.map_err(refused)?;
                ensure!(faults.is_empty(), "damaged: {faults:?}");
                from = next;
                if from.is_none() {
                    break;
                }
            }
            let mut recount = Recount::default();
            while !recount.is_done {
                let script = recount_batch(partition.clone(), recount, RULES);
                let step = self.database.transact(Access::Write, script).await;
                recount = step.map_err(refused)?.map_err(refused)?;
            }
            ensure!(recount.differences.is_empty(), "the sums are not right: {:?}", recount.differences);
            counted += recount.entries;
            let mut from = Some(Bookmark::default());
            while let Some(bookmark) = from {
                let script = entries_page(partition.clone(), bookmark);
                let page =
                    self.database.transact(Access::Read, script).await.map_err(refused)?.map_err(refused)?;
                ensure!(page.faults.is_empty(), "unreadable: {:?}", page.faults);
                for entry in page.entries {
                    let before = history.entries.insert(entry.id().clone(), entry);
                    ensure!(before.is_none(), "twice there: {before:?}");
                }
                let told = page.bonuses.into_iter();
                history.bonuses.extend(told.filter_map(|bonus| Some((bonus.day, *bonus.sum.value()?))));
                from = page.next;
            }
        }
        ensure!(counted == head.entries, "the head counts {} entries, there are {counted}", head.entries);
        Ok(history)
    }

    /// The history as the journal's lines tell it when they are merged in an order that lots decide.
    pub(crate) async fn merged_in_any_order(&self, lots: &mut Lots) -> Result<BTreeMap<EntryId, Entry>> {
        let mut lines: Vec<String> = self.lines().await?.into_values().collect();
        let mut entries: BTreeMap<EntryId, Entry> = BTreeMap::new();
        while !lines.is_empty() {
            let count = u64::try_from(lines.len())?;
            let line = lines.swap_remove(usize::try_from(lots.under(count))?);
            for seen in Line::decode(&line).map_err(refused)?.change.seen {
                let Seen::Task(seen) = seen else { continue };
                let new = || Entry::new(seen.id.clone());
                entries.entry(seen.id.clone()).or_insert_with(new).merge(&seen);
            }
        }
        Ok(entries)
    }

    /// Does to this copy what the extension does at its next change.
    pub(crate) async fn catch_up(&self) -> Result<Verdict> {
        let found = self.verdict().await?;
        match &found {
            Verdict::Same => {}
            Verdict::ReplayFrom(_) => {
                let replayed = replay(&self.database, &self.journal, RULES).await.map_err(refused)?;
                replayed.map_err(|why| anyhow!("the journal does not fit: {}", why.say()))?;
            }
            Verdict::Rebuild(why) => bail!("{}", why.say()),
            Verdict::JournalBehind(number) => bail!("the journal does not reach change {number}"),
        }
        let verdict = self.verdict().await?;
        ensure!(verdict == Verdict::Same, "caught up, yet {verdict:?}");
        Ok(found)
    }

    /// The history as the journal alone tells it, and what it lacks: numbers of changes, where it was once lost and
    /// written again from the database.
    pub(crate) async fn replayed_alone(self) -> Result<(History, Vec<Problem>)> {
        let alone = Self { database: MemoryDatabase::default(), ..self };
        let mut step = Rebuilt::default();
        while !step.is_done() {
            step = rebuild_batch(&alone.database, &alone.journal, &step, RULES).await.map_err(refused)?;
        }
        if let Some(replaced) = &step.replaced {
            drop_generation(&alone.database, replaced).await.map_err(refused)?;
        }
        Ok((alone.counted().await?, step.problems))
    }
}

impl History {
    /// What is said of each task, wherever and whenever it was seen.
    pub(crate) fn facts(&self) -> BTreeMap<&EntryId, BTreeSet<Fact>> {
        let facts = |entry: &Entry| entry.told().into_iter().map(|told| told.fact).collect();
        self.entries.iter().map(|(id, entry)| (id, facts(entry))).collect()
    }

    /// Says where it differs from another one, in a few words.
    pub(crate) fn differences(&self, other: &Self) -> Vec<String> {
        let ids = self.entries.keys().chain(other.entries.keys());
        let mut ids: Vec<&EntryId> = ids.collect();
        ids.sort();
        ids.dedup();
        let entry = |id: &&EntryId| match (self.entries.get(id), other.entries.get(id)) {
            (None, _) => Some(format!("{} is missing", id.0)),
            (_, None) => Some(format!("{} is too much", id.0)),
            (mine, theirs) if mine == theirs => None,
            (Some(mine), Some(theirs)) => {
                let (mine, theirs) = (mine.told(), theirs.told());
                // The clock adds what it measured of its own accord: no page told it.
                let is_told = |told: &&Told| told.origin.source != Source::Clock;
                let lacks: Vec<_> =
                    theirs.iter().filter(is_told).filter(|told| !mine.contains(told)).collect();
                let has: Vec<_> = mine.iter().filter(is_told).filter(|told| !theirs.contains(told)).collect();
                let differs = !(lacks.is_empty() && has.is_empty());
                differs.then(|| format!("{} has {has:?} for {lacks:?}", id.0))
            }
        };
        let mut said: Vec<String> = ids.iter().filter_map(entry).collect();
        if self.bonuses != other.bonuses {
            said.push(format!("bonuses {:?} against {:?}", self.bonuses, other.bonuses));
        }
        said
    }
}

impl PartialEq for History {
    fn eq(&self, other: &Self) -> bool {
        self.differences(other).is_empty()
    }
}
