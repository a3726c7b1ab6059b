//! Reading a file to say what is in it and what loading it would change, without changing anything.

use std::collections::BTreeMap;

use super::load::{Piece, Source, Writes};
use super::{Order, State, records, trouble};
use crate::app::background::Stores;
use crate::app::history::{RULES, keep};
use crate::app::views::files::{Found, FoundHistory, Over, Progress, Where};
use crate::domain::history::DayBonus;
use crate::domain::{Partition, SiteDay, Timestamp};
use crate::sites;
use crate::storage::history::{Applied, Batch, Mode, Target, apply};
use crate::storage::journal::{Journal, Seen, db_head};
use crate::storage::record::{Places, decode_settings};
use crate::storage::saved::{Ending, Section};
use crate::storage::{Access, Database, Local, LocalKey};

/// Observations of one transaction.
const MAX_SEEN: usize = 1_000;

/// A file of which some is read.
pub(super) struct Looking {
    source: Source,
    pub(super) found: InFile,
}

/// What is in a file so far.
#[derive(Clone, Debug, Default)]
pub(super) struct InFile {
    pub(super) histories: BTreeMap<Section, History>,
    pub(super) ratings: records::Outcome,
    pub(super) blocks: records::Outcome,
    /// It has settings, and here are none of the worker's own.
    pub(super) takes_settings: bool,
    pub(super) keeps_settings: bool,
    places: Places,
    has_settings: bool,
    now: Timestamp,
}

/// One history of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    tasks: u64,
    bonuses: u64,
    first: Option<SiteDay>,
    last: Option<SiteDay>,
    /// By the histories here that it may belong to: how many of its tasks are new there, and how many would change.
    there: BTreeMap<Partition, (u64, u64)>,
    /// Where it goes, as far as that is known.
    pub(super) goes_to: Option<Partition>,
    /// Whether the worker decides.
    is_asked: bool,
}

impl Looking {
    pub(super) async fn begin<D: Database, L: Local, J>(
        stores: &Stores<D, L, J>,
        order: &Order,
    ) -> Result<Self, String> {
        let places = keep::places(&stores.database).await.map_err(|error| trouble(&error))?;
        let places = places.map_err(|fault| format!("{} is of a newer Wagelight", fault.place.say()))?;
        let settings = stores.local.get(LocalKey::Settings).await.map_err(|error| trouble(&error))?;
        let has_settings = settings.is_some_and(|text| {
            !decode_settings(Some(&text)).is_ok_and(|own| own == crate::domain::Settings::default())
        });
        let found = InFile { places, has_settings, now: order.now, ..InFile::default() };
        Ok(Self { source: Source::new(order.file_bytes.unwrap_or(0)), found })
    }

    pub(super) fn wants(&self) -> Option<(u64, u64)> {
        self.source.wants()
    }

    pub(super) fn progress(&self) -> Progress {
        self.source.progress()
    }

    pub(super) async fn step<D: Database, L, J: Journal>(
        mut self: Box<Self>,
        stores: &Stores<D, L, J>,
        bytes: &[u8],
    ) -> Result<State, String> {
        let piece = self.source.take(bytes);
        self.found.add(&stores.database, piece).await?;
        if self.source.ending.is_none() {
            return Ok(State::Looking(self));
        }
        match self.source.ending {
            Some(Ending::Newer) => {
                return Err("This file was saved by a newer Wagelight: update it first. Nothing was changed"
                    .to_owned());
            }
            Some(Ending::OtherPacking) => {
                return Err(
                    "This file was packed by another program. Unpack it, and choose the file that ends in \
                            .jsonl. Nothing was changed"
                        .to_owned(),
                );
            }
            Some(Ending::Foreign) => {
                let over =
                    Over::failed("This file was not saved by Wagelight. Nothing was changed".to_owned());
                return Ok(State::Over(over.refusing(self.source.refused)));
            }
            _ => {}
        }
        self.found.decide();
        let Self { source, found } = *self;
        Ok(State::Looked(Box::new(Looked { source, found })))
    }
}

impl InFile {
    async fn add<D: Database>(&mut self, database: &D, piece: Piece) -> Result<(), String> {
        for (section, seen) in piece.histories {
            let history = self.histories.entry(section.clone()).or_default();
            history.count(&seen);
            let candidates: Vec<Partition> =
                self.places.of_site(&section.site).into_iter().map(|one| one.partition.clone()).collect();
            for candidate in candidates {
                let (fresh, changed) = would_change(database, &candidate, &seen).await?;
                let sums = history.there.entry(candidate).or_default();
                sums.0 = sums.0.saturating_add(fresh);
                sums.1 = sums.1.saturating_add(changed);
            }
        }
        for (of, records) in [(&mut self.ratings, piece.ratings), (&mut self.blocks, piece.blocks)] {
            if !records.is_empty() {
                let script = records::script(records, Writes::Nothing);
                let more = database.transact(Access::Read, script).await.map_err(|error| trouble(&error))?;
                of.fresh += more.fresh;
                of.changed += more.changed;
                of.same += more.same;
            }
        }
        if piece.settings.is_some() {
            (self.takes_settings, self.keeps_settings) = (!self.has_settings, self.has_settings);
        }
        Ok(())
    }

    /// Which history here each of the file's is: the one that has tasks of it, as an assignment belongs to one
    /// account; or else the only one of its site, if the file too has just one; or else the worker says so.
    fn decide(&mut self) {
        let sections: Vec<Section> = self.histories.keys().cloned().collect();
        let mut taken: Vec<Partition> = Vec::new();
        for section in &sections {
            let of_site = sections.iter().filter(|other| other.site == section.site).count();
            let here = self.places.of_site(&section.site).len();
            let Some(history) = self.histories.get_mut(section) else { continue };
            let known: Vec<&Partition> = history
                .there
                .iter()
                .filter(|(one, (fresh, _))| *fresh < history.tasks && !taken.contains(one))
                .map(|(one, _)| one)
                .collect();
            let only = history.there.keys().next().filter(|_| here == 1 && of_site == 1);
            history.goes_to = match (known.as_slice(), only) {
                ([one], _) => Some((*one).clone()),
                (_, Some(only)) => Some(only.clone()),
                _ => None,
            };
            history.is_asked = history.goes_to.is_none() && here > 0;
            taken.extend(history.goes_to.clone());
        }
        // What is nobody's here gets a place of its own, each another.
        let mut places = self.places.clone();
        for section in &sections {
            let apart = places.loaded_apart(&section.site);
            if let Some(history) = self.histories.get_mut(section).filter(|one| one.goes_to.is_none()) {
                places.used(&apart, Timestamp(0));
                history.goes_to = Some(apart);
            }
        }
    }
}

impl History {
    fn count(&mut self, seen: &[Seen]) {
        let mut ids = std::collections::BTreeSet::new();
        for seen in seen {
            let day = match seen {
                Seen::Task(seen) => {
                    ids.insert(&seen.id);
                    RULES.zone.day_of(seen.seen_at)
                }
                Seen::Bonus(DayBonus { day, .. }) => {
                    self.bonuses += 1;
                    *day
                }
            };
            self.first = Some(self.first.map_or(day, |first| first.min(day)));
            self.last = Some(self.last.map_or(day, |last| last.max(day)));
        }
        self.tasks = self.tasks.saturating_add(u64::try_from(ids.len()).unwrap_or(0));
    }
}

/// How many tasks would come, and how many of those that are there would change.
async fn would_change<D: Database>(
    database: &D,
    partition: &Partition,
    seen: &[Seen],
) -> Result<(u64, u64), String> {
    let (mut fresh, mut changed) = (0_u64, 0_u64);
    for seen in seen.chunks(MAX_SEEN) {
        let head = db_head(database).await.map_err(|error| trouble(&error))?.unwrap_or_default();
        let mut batch = Batch {
            partition: partition.clone(),
            first: head.last.saturating_add(1),
            last: head.last,
            checksum: head.checksum,
            observations: Vec::new(),
            bonuses: Vec::new(),
        };
        for seen in seen {
            match seen {
                Seen::Task(seen) => batch.observations.push(seen.clone()),
                Seen::Bonus(bonus) => batch.bonuses.push(bonus.clone()),
            }
        }
        let look = apply(batch, RULES, Target::InUse, Mode::Look);
        let applied = database.transact(Access::Read, look).await.map_err(|error| trouble(&error))?;
        let applied = applied.map_err(|fault| format!("{} is damaged", fault.place.say()))?;
        if let Applied::Done { head: after, entries, .. } = applied {
            let came = after.entries.saturating_sub(head.entries);
            fresh = fresh.saturating_add(came);
            let all = u64::try_from(entries.len()).unwrap_or(0);
            changed = changed.saturating_add(all.saturating_sub(came));
        }
    }
    Ok((fresh, changed))
}

/// What is in a file, shown.
pub(super) struct Looked {
    pub(super) source: Source,
    pub(super) found: InFile,
}

impl Looked {
    /// The worker says whose a history is: its place in the list, and that of the account or nothing.
    pub(super) fn choose(&mut self, rest: &str) {
        let Some((at, account)) = rest.split_once(':') else { return };
        let at: usize = at.parse().unwrap_or(usize::MAX);
        let mut places = self.found.places.clone();
        let others = self.found.histories.values().enumerate().filter(|(place, _)| *place != at);
        for taken in others.filter_map(|(_, history)| history.goes_to.as_ref()) {
            places.used(taken, Timestamp(0));
        }
        let Some((section, history)) = self.found.histories.iter_mut().nth(at) else { return };
        let of_site = self.found.places.of_site(&section.site);
        let chosen = account.parse::<usize>().ok().and_then(|number| of_site.get(number));
        history.goes_to = Some(match chosen {
            Some(account) => account.partition.clone(),
            None => places.loaded_apart(&section.site),
        });
    }

    pub(super) fn facts(&self) -> Found {
        let InFile { places, ratings, blocks, takes_settings, keeps_settings, .. } = &self.found;
        let hosts = sites::hosts();
        let history = |(at, (section, history)): (usize, (&Section, &History))| {
            let here = places.of_site(&section.site);
            let goes_to = history.goes_to.as_ref();
            let account = here.iter().position(|one| Some(&one.partition) == goes_to);
            let (fresh, changed) =
                goes_to.and_then(|one| history.there.get(one)).copied().unwrap_or((history.tasks, 0));
            let site = hosts.iter().find(|host| host.partition == section.site);
            let since = |one: &&crate::storage::record::Account| RULES.zone.day_of(one.since);
            FoundHistory {
                at,
                site: site.map_or_else(|| section.site.clone(), |host| host.host.clone()),
                tasks: history.tasks,
                bonuses: history.bonuses,
                days: history.first.zip(history.last),
                fresh,
                changed,
                accounts: if history.is_asked { here.iter().map(since).collect() } else { Vec::new() },
                goes_to: account.map_or(Where::Apart, |account| Where::Account(account, here.len())),
            }
        };
        let counts = |one: &records::Outcome| (one.fresh, one.changed, one.same);
        Found {
            histories: self.found.histories.iter().enumerate().map(history).collect(),
            ratings: counts(ratings),
            blocks: counts(blocks),
            takes_settings: *takes_settings,
            keeps_settings: *keeps_settings,
            ending: self.source.ending,
            refused: self.source.refused.clone(),
            now: RULES.zone.day_of(self.found.now),
        }
    }
}
