//! Everything that is kept into the bytes of a file, a few days at a time.

use super::{failed, trouble};
use crate::app::background::Stores;
use crate::app::history::{RULES, keep};
use crate::app::views::files::{Over, Progress};
use crate::domain::{Partition, SiteDay, Timestamp};
use crate::storage::history::{Bookmark, entries_page};
use crate::storage::journal::{Journal, Seen, changes_after, db_head};
use crate::storage::record::{RecordError, decode_block, decode_rating, decode_settings};
use crate::storage::saved::{Packer, Section};
use crate::storage::{Access, Database, Found, Key, Local, LocalKey, Read, Step, StoreName};

/// Ratings or blocks of one piece.
const RECORDS: u32 = 2_000;

/// A file under way.
pub(super) struct Saving {
    packer: Packer,
    histories: Vec<(Section, Partition)>,
    at: At,
    /// The number of the last change when it began.
    begun_at: u64,
    day: SiteDay,
    tasks: u64,
    tasks_in_all: u64,
    ratings: u64,
    blocks: u64,
    problems: Vec<String>,
}

/// What comes next.
enum At {
    Ratings(&'static str, Option<Key>),
    Blocks(&'static str, Option<Key>),
    History(usize, Bookmark),
    /// What was changed while the rest was read.
    Since,
    Done,
}

impl Saving {
    pub(super) async fn begin<D: Database, L: Local, J: Journal>(
        stores: &Stores<D, L, J>,
        now: Timestamp,
    ) -> Result<Self, String> {
        let head = db_head(&stores.database).await.map_err(|error| trouble(&error))?;
        let head = head.map_err(|fault| format!("{} is damaged", fault.place.say()))?;
        let places = keep::places(&stores.database).await.map_err(|error| trouble(&error))?;
        let places = places.map_err(|fault| format!("{} is of a newer Wagelight", fault.place.say()))?;
        let mut partitions: Vec<Partition> =
            places.accounts.into_iter().map(|account| account.partition).collect();
        let more = head.partitions.iter().filter(|one| !one.0.is_empty() && !partitions.contains(one));
        partitions.extend(more.cloned().collect::<Vec<_>>());
        let section = |(number, partition): (u32, Partition)| {
            let site = partition.0.split('~').next().unwrap_or_default().to_owned();
            (Section { site, account: Some(number) }, partition)
        };
        let day = RULES.zone.day_of(now);
        let mut packer = Packer::new(day, env!("CARGO_PKG_VERSION"));
        let mut problems = Vec::new();
        let settings = stores.local.get(LocalKey::Settings).await.map_err(|error| trouble(&error))?;
        match settings.as_deref().map(|text| decode_settings(Some(text))).transpose() {
            Ok(Some(settings)) => packer.settings(&settings),
            Ok(None) => {}
            Err(_) => problems.push("Your settings cannot be read and are not in the file".to_owned()),
        }
        Ok(Self {
            packer,
            histories: (1..).zip(partitions).map(section).collect(),
            at: At::Ratings("", None),
            begun_at: head.last,
            day,
            tasks: 0,
            tasks_in_all: head.entries,
            ratings: 0,
            blocks: 0,
            problems,
        })
    }

    /// The next bytes of the file.
    pub(super) async fn step<D: Database, L, J: Journal>(
        &mut self,
        stores: &Stores<D, L, J>,
    ) -> Result<Vec<u8>, String> {
        self.at = match core::mem::replace(&mut self.at, At::Done) {
            At::Ratings(site, after) => {
                let next = self.records(&stores.database, (StoreName::Ratings, site), after).await?;
                next.map_or(At::Blocks("", None), |(site, after)| At::Ratings(site, after))
            }
            At::Blocks(site, after) => {
                let next = self.records(&stores.database, (StoreName::Blocks, site), after).await?;
                next.map_or(At::History(0, Bookmark::Open), |(site, after)| At::Blocks(site, after))
            }
            At::History(place, bookmark) => self.history(&stores.database, place, bookmark).await?,
            At::Since => {
                self.since(&stores.journal).await?;
                self.packer.end();
                At::Done
            }
            At::Done => At::Done,
        };
        Ok(self.packer.take())
    }

    /// A page of ratings or blocks of a site; where to go on.
    async fn records<D: Database>(
        &mut self,
        database: &D,
        (store, site): (StoreName, &'static str),
        after: Option<Key>,
    ) -> Result<Option<(&'static str, Option<Key>)>, String> {
        const SITES: [&str; 2] = ["mturk", "mturk-sandbox"];
        let next_site = |site: &str| SITES.into_iter().skip_while(|one| *one != site).nth(1);
        let Some(site) = Some(site).filter(|site| !site.is_empty()).or(SITES.first().copied()) else {
            return Ok(None);
        };
        let site = SITES.into_iter().find(|one| *one == site).unwrap_or_default();
        let records = Read::List { store, first: site.to_owned(), after, limit: RECORDS };
        let script = Step::read(vec![records], |mut found| {
            Step::Done(Vec::new(), found.pop().map_or(Vec::new(), Found::into_many))
        });
        let found = database.transact(Access::Read, script).await.map_err(|error| trouble(&error))?;
        let last = found.last().map(|(key, _)| key.clone());
        let is_last = u32::try_from(found.len()).unwrap_or(u32::MAX) < RECORDS;
        for (_, value) in found {
            let text = value.into_text().unwrap_or_default();
            let (what, read) = match store {
                StoreName::Ratings => ("A rating", decode_rating(&text).map(drop)),
                _ => ("An entry of the block list", decode_block(&text).map(drop)),
            };
            match read {
                Err(RecordError::Damaged(_)) => {
                    self.problems.push(format!("{what} is damaged and is not in the file"));
                }
                // What a newer version wrote is saved as it is: that version reads it.
                Ok(()) | Err(RecordError::Newer { .. }) if store == StoreName::Ratings => {
                    self.packer.rating(&text);
                    self.ratings += 1;
                }
                Ok(()) | Err(RecordError::Newer { .. }) => {
                    self.packer.block(&text);
                    self.blocks += 1;
                }
            }
        }
        Ok(if is_last { next_site(site).map(|site| (site, None)) } else { Some((site, last)) })
    }

    async fn history<D: Database>(
        &mut self,
        database: &D,
        place: usize,
        bookmark: Bookmark,
    ) -> Result<At, String> {
        let Some((section, partition)) = self.histories.get(place).cloned() else { return Ok(At::Since) };
        let page = entries_page(partition, bookmark);
        let page = database.transact(Access::Read, page).await.map_err(|error| trouble(&error))?;
        let page = page.map_err(|fault| format!("{} is damaged", fault.place.say()))?;
        for entry in &page.entries {
            self.packer.entry(&section, entry);
        }
        self.tasks = self.tasks.saturating_add(u64::try_from(page.entries.len()).unwrap_or(0));
        page.bonuses.iter().for_each(|bonus| self.packer.bonus(&section, bonus));
        let faults = page.faults.iter();
        self.problems
            .extend(faults.map(|fault| format!("{} is damaged and is not in the file", fault.place.say())));
        Ok(page.next.map_or(At::History(place + 1, Bookmark::Open), |next| At::History(place, next)))
    }

    /// An entry that moved while the days were read may have been passed by: what was seen of it comes last.
    async fn since<J: Journal>(&mut self, journal: &J) -> Result<(), String> {
        let changes = changes_after(journal, self.begun_at).await;
        for change in changes.map_err(|error| failed(&error.into()))? {
            let number = u32::try_from(self.histories.len()).unwrap_or(u32::MAX).saturating_add(1);
            let known = self.histories.iter().find(|(_, partition)| *partition == change.partition);
            let section = if let Some((section, _)) = known {
                section.clone()
            } else {
                let site = change.partition.0.split('~').next().unwrap_or_default().to_owned();
                let section = Section { site, account: Some(number) };
                self.histories.push((section.clone(), change.partition.clone()));
                section
            };
            for seen in &change.seen {
                match seen {
                    Seen::Task(seen) => self.packer.seen(&section, seen),
                    Seen::Bonus(bonus) => self.packer.bonus(&section, bonus),
                }
            }
        }
        Ok(())
    }

    pub(super) fn is_done(&self) -> bool {
        matches!(self.at, At::Done)
    }

    pub(super) fn name(&self) -> String {
        format!("wagelight-{}.jsonl.gz", self.day)
    }

    pub(super) fn progress(&self) -> Progress {
        Progress { done: self.tasks, of: Some(self.tasks_in_all) }
    }

    pub(super) fn over(&self) -> Over {
        let counts = [
            (self.tasks, "task", "tasks"),
            (self.ratings, "rating", "ratings"),
            (self.blocks, "block", "blocks"),
        ];
        Over::saved(&self.name(), &counts, self.problems.clone())
    }
}
