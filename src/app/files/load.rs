//! Reading a file piece by piece, and merging it into what is kept: through the journal, as all else.

use std::collections::BTreeMap;

use super::look::{InFile, Looked};
use super::records::{self, Record};
use super::{Order, State, failed, trouble};
use crate::app::background::Stores;
use crate::app::history::{RULES, keep};
use crate::app::views::files::{Over, Progress, Refusals};
use crate::domain::history::{Fact, Observation};
use crate::domain::{Partition, Settings, SiteDay, Timestamp};
use crate::sites;
use crate::storage::history::{Applied, Target, close_before};
use crate::storage::journal::{Change, Journal, Recorded, Seen, close_lines};
use crate::storage::record::{encode_places, encode_settings, places_key};
use crate::storage::saved::{Ending, FileReader, SavedLine, Section, Told, ToldLine};
use crate::storage::{Access, Database, Local, LocalKey, Step, StoreName, Write};
use crate::wording::mask::mask_worker_ids;

/// Bytes of the file of one piece: about 500 packed tasks, or 60 plain ones.
const PIECE_BYTES: u64 = 64 * 1_024;

/// Plain lines are eight times as long.
const PLAIN_PIECE_BYTES: u64 = 8 * PIECE_BYTES;

/// Observations of one change.
const MAX_SEEN: usize = 1_000;

/// Observations after which days that are over are closed, and the journal's open lines.
const SEEN_PER_CLOSING: usize = 6_000;

/// Days that stay open, as in everyday use.
const OPEN_DAYS: i32 = 1;

/// Whether a script changes what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writes {
    Nothing,
    All,
}

/// A file that is read from its beginning to its end.
pub(super) struct Source {
    reader: FileReader,
    at: u64,
    bytes: u64,
    is_plain: bool,
    pub(super) refused: Refusals,
    /// How it ends, once that is known.
    pub(super) ending: Option<Ending>,
}

/// What a part of a file holds.
#[derive(Default)]
pub(super) struct Piece {
    pub(super) histories: BTreeMap<Section, Vec<Seen>>,
    pub(super) ratings: Vec<Record>,
    pub(super) blocks: Vec<Record>,
    pub(super) settings: Option<Settings>,
}

impl Source {
    pub(super) fn new(bytes: u64) -> Self {
        Self {
            reader: FileReader::default(),
            at: 0,
            bytes,
            is_plain: false,
            refused: Refusals::default(),
            ending: None,
        }
    }

    pub(super) fn wants(&self) -> Option<(u64, u64)> {
        let piece = if self.is_plain { PLAIN_PIECE_BYTES } else { PIECE_BYTES };
        self.ending.is_none().then(|| (self.at, self.bytes.min(self.at.saturating_add(piece))))
    }

    pub(super) fn progress(&self) -> Progress {
        Progress { done: self.at.saturating_mul(100) / self.bytes.max(1), of: None }
    }

    /// Reads the part that was wanted. No bytes, where some were, is the end of a file that was cut meanwhile.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Piece {
        let mut piece = Piece::default();
        if self.at == 0 {
            self.is_plain = !bytes.starts_with(&[0x1f, 0x8b]);
        }
        self.at = self.at.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        let lines = self.reader.feed(bytes);
        self.sort(lines, &mut piece);
        if bytes.is_empty() || self.at >= self.bytes || self.reader.is_done() {
            let (lines, ending) = core::mem::take(&mut self.reader).finish();
            self.sort(lines, &mut piece);
            self.ending = Some(ending);
        }
        piece
    }

    fn sort(&mut self, lines: Vec<ToldLine>, piece: &mut Piece) {
        for ToldLine { number, told } in lines {
            match told {
                Told::Refused(refused) => self.refused.add(number, &refused.why, refused.text),
                Told::Gap(through) => self.refused.gap(number, through),
                Told::Saved(saved) => {
                    if let Err(why) = piece.add(saved) {
                        self.refused.add(number, why, String::new());
                    }
                }
            }
        }
    }
}

impl Piece {
    fn add(&mut self, saved: SavedLine) -> Result<(), &'static str> {
        match saved {
            SavedLine::Entry(section, seen) => {
                let into = self.history(section)?;
                into.extend(seen.into_iter().map(|seen| Seen::Task(masked(seen))));
            }
            SavedLine::Bonus(section, bonus) => self.history(section)?.push(Seen::Bonus(bonus)),
            SavedLine::Rating(rating) => {
                known(&rating.value.partition.0)?;
                self.ratings.push(Record::Rating(rating));
            }
            SavedLine::Block(block) => {
                known(&block.value.partition.0)?;
                self.blocks.push(Record::Block(block));
            }
            SavedLine::Settings(settings) => self.settings = Some(settings),
        }
        Ok(())
    }

    fn history(&mut self, section: Section) -> Result<&mut Vec<Seen>, &'static str> {
        known(&section.site)?;
        Ok(self.histories.entry(section).or_default())
    }
}

fn known(site: &str) -> Result<(), &'static str> {
    let is_known = sites::hosts().iter().any(|host| host.partition == site);
    if is_known { Ok(()) } else { Err("Its site is not known to this version of Wagelight") }
}

/// A file may come from anywhere: what is shaped like a worker id is masked, as on every page.
fn masked(mut seen: Observation) -> Observation {
    let mask = |text: &mut String| {
        let masked = mask_worker_ids(text);
        if masked != *text {
            *text = masked.into_owned();
        }
    };
    for fact in &mut seen.facts {
        match fact {
            Fact::Title(text)
            | Fact::Description(text)
            | Fact::Requirements(text)
            | Fact::Promised(text)
            | Fact::Feedback(Some(text))
            | Fact::Note(text)
            | Fact::Requester { name: text, .. } => mask(text),
            Fact::Tags(tags) => tags.iter_mut().for_each(mask),
            _ => {}
        }
    }
    seen
}

/// A file that is being merged.
pub(super) struct Loading {
    source: Source,
    goes_to: BTreeMap<Section, Partition>,
    takes_settings: bool,
    waiting: Vec<(Partition, Vec<Seen>)>,
    /// Since days were last closed.
    seen: usize,
    is_closing: bool,
    days: BTreeMap<Partition, (Timestamp, Timestamp)>,
    tasks: u64,
    fresh: u64,
    changed: u64,
    ratings: u64,
    blocks: u64,
    has_settings: bool,
    mended: Vec<String>,
}

impl Loading {
    pub(super) fn begin(looked: Looked) -> Self {
        let InFile { histories, takes_settings, .. } = looked.found;
        let goes_to = histories.into_iter().filter_map(|(section, one)| Some((section, one.goes_to?)));
        Self {
            source: Source::new(looked.source.bytes),
            goes_to: goes_to.collect(),
            takes_settings,
            waiting: Vec::new(),
            seen: 0,
            is_closing: false,
            days: BTreeMap::new(),
            tasks: 0,
            fresh: 0,
            changed: 0,
            ratings: 0,
            blocks: 0,
            has_settings: false,
            mended: Vec::new(),
        }
    }

    pub(super) fn wants(&self) -> Option<(u64, u64)> {
        if self.waiting.is_empty() && !self.is_closing { self.source.wants() } else { None }
    }

    pub(super) fn progress(&self) -> Progress {
        self.source.progress()
    }

    /// One piece under the writer lock: some changes, or some days closed, or the next part of the file.
    pub(super) async fn step<D: Database, L: Local, J: Journal>(
        mut self: Box<Self>,
        stores: &Stores<D, L, J>,
        order: &Order,
    ) -> Result<State, String> {
        let today = RULES.zone.day_of(order.now);
        if let Some((partition, seen)) = self.waiting.pop() {
            self.keep(stores, partition, seen).await?;
            if self.seen >= SEEN_PER_CLOSING {
                self.is_closing = true;
            }
        } else if self.is_closing {
            self.close(stores, today).await?;
        } else if self.source.ending.is_none() {
            let piece = self.source.take(&order.bytes);
            self.take(stores, piece).await?;
            self.is_closing = self.source.ending.is_some();
        } else {
            self.used(stores).await?;
            return Ok(State::Over(self.over(None)));
        }
        Ok(State::Loading(self))
    }

    async fn take<D: Database, L: Local, J>(
        &mut self,
        stores: &Stores<D, L, J>,
        piece: Piece,
    ) -> Result<(), String> {
        for (of, records) in [(&mut self.ratings, piece.ratings), (&mut self.blocks, piece.blocks)] {
            if !records.is_empty() {
                let script = records::script(records, Writes::All);
                let done = stores.database.transact(Access::Write, script).await;
                let done = done.map_err(|error| trouble(&error))?;
                *of = of.saturating_add(done.fresh).saturating_add(done.changed);
            }
        }
        if let Some(settings) = piece.settings.filter(|_| self.takes_settings) {
            let text = encode_settings(&settings);
            stores.local.set(LocalKey::Settings, text).await.map_err(|error| trouble(&error))?;
            self.has_settings = true;
        }
        for (section, seen) in piece.histories {
            let Some(partition) = self.goes_to.get(&section) else { continue };
            let mut parts = seen.chunks(MAX_SEEN).map(|part| (partition.clone(), part.to_vec()));
            self.waiting.extend(&mut parts);
        }
        // The last is taken first.
        self.waiting.reverse();
        Ok(())
    }

    async fn keep<D: Database, L, J: Journal>(
        &mut self,
        stores: &Stores<D, L, J>,
        partition: Partition,
        seen: Vec<Seen>,
    ) -> Result<(), String> {
        self.seen = self.seen.saturating_add(seen.len());
        let is_first = !self.days.contains_key(&partition);
        for seen in &seen {
            if let Seen::Task(seen) = seen {
                let at = seen.seen_at;
                let days = self.days.entry(partition.clone()).or_insert((at, at));
                *days = (days.0.min(at), days.1.max(at));
            }
        }
        let mut ids: Vec<&str> = seen
            .iter()
            .filter_map(|seen| match seen {
                Seen::Task(seen) => Some(seen.id.0.as_str()),
                Seen::Bonus(_) => None,
            })
            .collect();
        ids.dedup();
        self.tasks = self.tasks.saturating_add(u64::try_from(ids.len()).unwrap_or(0));
        let change = Change { partition, seen };
        let before = self.entries(stores).await?;
        let recorded = keep::recorded((&stores.database, &stores.journal), &change, &mut self.mended).await;
        if let Recorded::Saved(Applied::Done { head, entries, .. }) =
            recorded.map_err(|failure| failed(&failure))?
        {
            let came = head.entries.saturating_sub(before);
            self.fresh = self.fresh.saturating_add(came);
            let all = u64::try_from(entries.len()).unwrap_or(0);
            self.changed = self.changed.saturating_add(all.saturating_sub(came));
        }
        // Named from the first change on, so that it is found also where the rest is never loaded.
        if is_first { self.used(stores).await } else { Ok(()) }
    }

    async fn entries<D: Database, L, J>(&self, stores: &Stores<D, L, J>) -> Result<u64, String> {
        let head = crate::storage::journal::db_head(&stores.database).await;
        Ok(head.map_err(|error| trouble(&error))?.unwrap_or_default().entries)
    }

    async fn close<D: Database, L, J: Journal>(
        &mut self,
        stores: &Stores<D, L, J>,
        today: SiteDay,
    ) -> Result<(), String> {
        let before = today.plus_days(-OPEN_DAYS);
        self.seen = 0;
        for partition in self.days.keys() {
            let script = close_before(partition.clone(), before, RULES, Target::InUse);
            let closed = stores.database.transact(Access::Write, script).await;
            let closed = closed.map_err(|error| trouble(&error))?;
            if closed.map_err(|fault| format!("{} is damaged", fault.place.say()))?.has_more {
                return Ok(());
            }
        }
        close_lines(&stores.journal, before).await.map_err(|error| trouble(&error))?;
        self.is_closing = false;
        Ok(())
    }

    /// Names the histories that were loaded among those there are.
    async fn used<D: Database, L, J>(&self, stores: &Stores<D, L, J>) -> Result<(), String> {
        let read = keep::places(&stores.database).await.map_err(|error| trouble(&error))?;
        let mut places = read.map_err(|fault| format!("{} is of a newer Wagelight", fault.place.say()))?;
        for (partition, (first, last)) in &self.days {
            places.used(partition, *last);
            for account in places.accounts.iter_mut().filter(|account| account.partition == *partition) {
                account.since = account.since.min(*first);
            }
        }
        let write = Write::put(StoreName::Meta, places_key(), encode_places(&places));
        let script = Step::Done(vec![write], ());
        stores.database.transact(Access::Write, script).await.map_err(|error| trouble(&error))
    }

    pub(super) fn cancelled(self) -> Over {
        self.over(Some("Cancelled. What was loaded so far stays; load the file again to go on"))
    }

    fn over(self, cancelled: Option<&str>) -> Over {
        let counts = [
            (self.fresh, "task came", "tasks came"),
            (self.changed, "task changed", "tasks changed"),
            (
                self.tasks.saturating_sub(self.fresh).saturating_sub(self.changed),
                "task was known",
                "tasks were known",
            ),
            (self.ratings, "rating taken over", "ratings taken over"),
            (self.blocks, "block taken over", "blocks taken over"),
        ];
        let mut problems = self.mended;
        if self.has_settings {
            problems.push("The settings of the file are yours now".to_owned());
        }
        Over::loaded(&counts, cancelled, (self.source.ending, problems, self.source.refused))
    }
}
