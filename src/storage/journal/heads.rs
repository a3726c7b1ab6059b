//! The two heads, and what they say of each other.

use serde::{Deserialize, Serialize};

use super::record::last_of;
use crate::storage::record::{HistoryHead, RecordError, parse, unsealed, version_of, write_sealed};

const NEWEST: u32 = 3;

/// How far the journal has come, and how far the database had when the last line was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JournalHead {
    /// The number of the last line; 0 before the first.
    pub last: u64,
    /// The running checksum of all lines up to it.
    pub checksum: u32,
    /// The database's last change, then.
    pub known_last: u64,
    /// The database's entries, then.
    pub known_entries: u64,
    /// The database's generation, then.
    pub known_generation: u32,
    /// Whether the journal was lost and is being written again from the database.
    pub is_rewriting: bool,
    /// The name of the file that was closed last: where it is gone, all files are.
    pub newest_file: Option<String>,
    /// From this number on the journal tells the whole history: lines before it may be missing, since it was written
    /// again from the database behind them. 0 where that never happened.
    pub whole_from: u64,
}

/// What is to be done at start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Both tell the same.
    Same,
    /// The last changes did not reach the database: replay from this number.
    ReplayFrom(u64),
    /// The database lost something: make it again from the journal.
    Rebuild(WhyRebuild),
    /// The journal lost something: write it again from the database, which has come to this number.
    JournalBehind(u64),
}

/// Why the database must be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyRebuild {
    /// It is empty, and was not.
    Emptied,
    /// Changes it once had are missing.
    Shortened,
    /// It tells something else than the journal.
    Differs,
    /// Its head cannot be read.
    DamagedHead,
}

impl WhyRebuild {
    /// In a worker's words, without a full stop.
    pub fn say(self) -> &'static str {
        match self {
            Self::Emptied => "The browser's database was emptied",
            Self::Shortened => "The browser's database lost its last changes",
            Self::Differs => "The browser's database does not fit the journal",
            Self::DamagedHead => "The browser's database is damaged",
        }
    }
}

/// Compares the heads; nothing else is read.
pub fn startup(journal: &JournalHead, database: Result<&HistoryHead, &RecordError>) -> Verdict {
    let Ok(database) = database else { return Verdict::Rebuild(WhyRebuild::DamagedHead) };
    if journal.is_rewriting || journal.last < database.last {
        return Verdict::JournalBehind(database.last);
    }
    if database.last < journal.known_last {
        let why = if database.last == 0 { WhyRebuild::Emptied } else { WhyRebuild::Shortened };
        return Verdict::Rebuild(why);
    }
    if database.last == journal.last {
        let is_same = database.checksum == journal.checksum;
        return if is_same { Verdict::Same } else { Verdict::Rebuild(WhyRebuild::Differs) };
    }
    if database.last == journal.known_last && database.entries != journal.known_entries {
        return Verdict::Rebuild(WhyRebuild::Differs);
    }
    Verdict::ReplayFrom(database.last.saturating_add(1))
}

impl JournalHead {
    /// Reads a head; no text is that of an empty journal.
    pub fn decode(text: Option<&str>) -> Result<Self, RecordError> {
        let Some(text) = text else { return Ok(Self::default()) };
        let text = unsealed(text)?;
        let record: JournalHeadV3 = match version_of(text, NEWEST)? {
            1 => JournalHeadV2::from(parse::<JournalHeadV1>(text)?).into(),
            2 => parse::<JournalHeadV2>(text)?.into(),
            _ => parse(text)?,
        };
        let [known_last, known_entries] = record.known;
        Ok(Self {
            last: record.n,
            checksum: record.checksum,
            known_last,
            known_entries,
            known_generation: record.generation,
            is_rewriting: record.rewriting,
            newest_file: record.file,
            whole_from: record.whole,
        })
    }

    /// Writes the head in the newest version.
    pub fn encode(&self) -> String {
        write_sealed(&JournalHeadV3 {
            v: 3,
            n: self.last,
            checksum: self.checksum,
            known: [self.known_last, self.known_entries],
            generation: self.known_generation,
            rewriting: self.is_rewriting,
            file: self.newest_file.clone(),
            whole: self.whole_from,
        })
    }

    /// The numbers of the lines that must lie there open: behind the newest file none is left out.
    pub fn open_lines(&self) -> core::ops::RangeInclusive<u64> {
        let closed = self.newest_file.as_deref().and_then(last_of).unwrap_or(0);
        closed.saturating_add(1).max(self.whole_from)..=self.last
    }

    /// The head with what the database has come to.
    #[must_use]
    pub fn knowing(self, database: &HistoryHead) -> Self {
        Self {
            known_last: database.last,
            known_entries: database.entries,
            known_generation: database.generation,
            ..self
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the version is read before")]
struct JournalHeadV1 {
    v: u32,
    n: u64,
    checksum: u32,
    known: [u64; 2],
    generation: u32,
    rewriting: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the version is read before")]
struct JournalHeadV2 {
    v: u32,
    n: u64,
    checksum: u32,
    known: [u64; 2],
    generation: u32,
    rewriting: bool,
    #[serde(default)]
    file: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct JournalHeadV3 {
    v: u32,
    n: u64,
    checksum: u32,
    known: [u64; 2],
    generation: u32,
    rewriting: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    whole: u64,
}

impl From<JournalHeadV1> for JournalHeadV2 {
    fn from(old: JournalHeadV1) -> Self {
        let JournalHeadV1 { n, checksum, known, generation, rewriting, .. } = old;
        Self { v: 2, n, checksum, known, generation, rewriting, file: None }
    }
}

impl From<JournalHeadV2> for JournalHeadV3 {
    fn from(old: JournalHeadV2) -> Self {
        let JournalHeadV2 { n, checksum, known, generation, rewriting, file, .. } = old;
        // Where it was once written again is not known: what is missing is missed.
        Self { v: 3, n, checksum, known, generation, rewriting, file, whole: 0 }
    }
}
