//! The working-time clock of each history: told what happens, and telling the history what it measured.
//!
//! A clock is taken from its record, told, and written again in one transaction. What it measured of a task that has
//! ended becomes an observation like any other; the record remembers what has gone into the history, so that an
//! end of the background in between loses and doubles nothing.

use super::{RULES, partition};
use crate::domain::clock::{Clock, Ending, Event, Live, Page, Report, Spans, System, TabId};
use crate::domain::history::{DayBonus, EntryId, Fact, How, Observation, Source, State, StateWord};
use crate::domain::{Partition, SiteDay, Timestamp};
use crate::storage::history::Applied;
use crate::storage::journal::{Change, Failure, Journal, Recorded, Seen, record};
use crate::storage::record::{
    CLOCKS, ClockRecord, DaySum, Question, RecordError, clock_key, decode_clock, encode_clock,
};
use crate::storage::{Access, Database, Found, Part, Read, Step, StoreError, StoreName, Write};

/// How long a question stays on the page.
pub const ASKED_MS: i64 = 15_000;

/// How long a question waits for a page of the site on which it can be asked.
const WAITS_MS: i64 = 120_000;

/// So many seconds on lists of tasks go into the history at once while the worker still looks.
const SEARCH_STEP_SECS: u32 = 60;

/// Days whose search can still grow.
const SEARCH_DAYS: usize = 3;

/// More accounts than anybody has.
const MOST_CLOCKS: u32 = 50;

/// Which clock is told, and when.
#[derive(Clone, Debug)]
pub struct At {
    /// Whose.
    pub whose: Partition,
    /// The browser's run: numbers of tabs and windows are good within one.
    pub session: String,
    /// When.
    pub now: Timestamp,
}

/// A clock while it is told something.
#[derive(Clone, Debug)]
pub struct Running {
    /// The clock.
    pub clock: Clock,
    /// What is kept beside it. Its state is written when all is told.
    pub record: ClockRecord,
    /// What this page says of a clock that was damaged.
    pub says_loss: bool,
    now: Timestamp,
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The clock afterwards.
    pub running: Running,
    /// What is to go into the history: see [`put`].
    pub due: Vec<Seen>,
}

/// Why a clock was not told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTold {
    /// The store refused.
    Store(StoreError),
    /// It was written by a newer version, and is left as it is.
    Newer(RecordError),
}

impl From<StoreError> for NotTold {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Running {
    fn new(record: ClockRecord, at: &At) -> Self {
        let clock = Clock::restore(record.saved.clone());
        let mut running = Self { clock, record, says_loss: false, now: at.now };
        if running.record.session != at.session {
            running.record.session.clone_from(&at.session);
            running.record.idle_works = false;
            running.handle(Event::BrowserStarted);
            running.clock.settle();
        }
        running
    }

    /// Tells the clock what happens now.
    pub fn handle(&mut self, event: Event) {
        match event {
            // A system that cannot tell says for ever that somebody is there.
            Event::System(System::Active) if !self.record.idle_works => return,
            Event::System(System::Idle { .. } | System::Locked) => self.record.idle_works = true,
            _ => {}
        }
        self.clock.handle(self.now, event);
    }

    /// What was seen of a task.
    fn observe(&mut self, seen: &Observation) {
        let said = |find: fn(&Fact) -> Option<Timestamp>| seen.facts.iter().find_map(find);
        let task = seen.facts.iter().find_map(|fact| match fact {
            Fact::TaskId(task) if seen.id.stands_for().is_none() => Some(EntryId::of_task(task)),
            _ => None,
        });
        if let Some(stand_in) = task {
            self.clock.adopt(&stand_in, &seen.id);
        }
        let words = seen.facts.iter().filter_map(|fact| match fact {
            Fact::State(word) => Some(*word),
            _ => None,
        });
        for word in words {
            let entry = seen.id.clone();
            let ended = |ending| Event::Ended { entry: entry.clone(), ending };
            let event = match word {
                StateWord::Held => Event::Held {
                    entry,
                    accepted_at: said(|fact| match fact {
                        Fact::AcceptedAt(at) => Some(*at),
                        _ => None,
                    }),
                    deadline: said(|fact| match fact {
                        Fact::Deadline(at) => Some(*at),
                        _ => None,
                    }),
                },
                StateWord::Submitted => ended(Ending::Submitted),
                StateWord::SubmitFailed => Event::Reopened(entry),
                StateWord::Returned(_) => ended(Ending::Returned),
                StateWord::Expired => ended(Ending::Expired),
                StateWord::Gone => ended(Ending::Gone),
                StateWord::ScreenedOut => ended(Ending::ScreenedOut),
                // Old work is in the status pages too: only what is held here can end here.
                StateWord::Server(_) if self.is_held(&entry) => ended(Ending::Submitted),
                StateWord::Server(_) => continue,
            };
            self.handle(event);
        }
    }

    /// The moment at which it is told.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    fn is_held(&self, entry: &EntryId) -> bool {
        self.clock
            .save()
            .tasks
            .get(entry)
            .is_some_and(|task| task.held_since.is_some() && task.ended.is_none())
    }

    /// Whether a task is held, so that it matters what the worker has in front.
    pub fn watches(&self) -> bool {
        self.record.saved.tasks.values().any(|task| task.held_since.is_some() && task.ended.is_none())
    }

    /// The task that a tab's page is about.
    pub fn shown_in(&self, tab: TabId) -> Option<&EntryId> {
        match &self.record.saved.front.tabs.get(&tab)?.page {
            Some(Page::Work(entry)) => Some(entry),
            _ => None,
        }
    }

    /// A tab's task as its page shows it.
    pub fn live(&self, tab: TabId) -> Option<(EntryId, Live)> {
        let entry = self.shown_in(tab)?;
        Some((entry.clone(), self.clock.live(entry, None, self.now)?))
    }

    /// The question that is asked in a tab, if it is still asked.
    pub fn question(&self, tab: TabId) -> Option<&Question> {
        self.record.question.as_ref().filter(|asked| asked.tab == Some(tab) && self.now < asked.until)
    }

    /// A page of the site is there to ask a question on, and to say what was lost.
    pub fn ask_in(&mut self, tab: TabId) {
        self.says_loss = core::mem::take(&mut self.record.is_loss_unsaid);
        let until = Timestamp(self.now.0.saturating_add(ASKED_MS));
        if let Some(asked) = self.record.question.as_mut().filter(|asked| asked.tab.is_none()) {
            (asked.tab, asked.until) = (Some(tab), until);
        }
    }

    /// The worker changes the answer that is offered.
    pub fn offer(&mut self, change: impl FnOnce(u32) -> u32) {
        let until = Timestamp(self.now.0.saturating_add(ASKED_MS));
        if let Some(asked) = &mut self.record.question {
            (asked.secs, asked.until) = (change(asked.secs), until);
        }
    }

    /// The worker answers what is asked in this tab; `is_known` false where they do not know.
    pub fn answer(&mut self, tab: TabId, is_known: IsKnown) {
        let Some(asked) = self.question(tab).cloned() else { return };
        self.record.question = None;
        if is_known == IsKnown::Yes {
            self.handle(Event::Corrected { entry: asked.entry, worked_secs: Some(asked.secs) });
        }
    }

    /// Brings the record up to date; what is to go into the history.
    fn finish(&mut self) -> Vec<Seen> {
        self.clock.settle();
        let search = self.clock.take_search(self.now);
        self.book(&search);
        self.record.saved = self.clock.save();
        let reports = self.clock.reports(self.now);
        let ended: Vec<&Report> = reports.iter().filter(|report| report.ending.is_some()).collect();
        self.ask_about(&ended);
        self.record.told.retain(|entry, _| ended.iter().any(|report| report.entry == *entry));
        let told = &self.record.told;
        let due = ended.into_iter().filter(|report| told.get(&report.entry) != Some(&report.worked));
        let mut due: Vec<Seen> = due.map(|report| Seen::Task(observation(report, self.now))).collect();
        due.extend(self.search_due());
        due
    }

    /// Asks once of a task that was just handed in while others were held.
    fn ask_about(&mut self, ended: &[&Report]) {
        if self.record.question.as_ref().is_some_and(|asked| asked.until <= self.now) {
            self.record.question = None;
        }
        let until = Timestamp(self.now.0.saturating_add(WAITS_MS));
        let is_new = |report: &&&Report| !self.record.told.contains_key(&report.entry);
        let asked = ended.iter().filter(is_new).find_map(|report| {
            let secs = report.ask_secs?;
            Some(Question { entry: report.entry.clone(), secs: rounded(secs), tab: None, until })
        });
        self.record.question = asked.or(self.record.question.take());
    }

    /// Books time on lists of tasks under the site's days.
    fn book(&mut self, search: &Spans) {
        let mut add = |day: SiteDay, ms: i64| {
            let known = self.record.search.entry(day).or_default();
            known.ms = known.ms.saturating_add(ms);
        };
        for interval in &search.intervals {
            let mut from = interval.from;
            // Spans are cut by heartbeats, so there are two days at most.
            loop {
                let day = RULES.zone.day_of(from);
                let (_, end) = RULES.zone.bounds(day);
                let to = interval.to.min(end.max(from));
                add(day, to.0.saturating_sub(from.0));
                if to >= interval.to || to <= from {
                    break;
                }
                from = to;
            }
        }
        if search.unlisted_ms() > 0 {
            add(RULES.zone.day_of(self.now), search.unlisted_ms());
        }
        while self.record.search.len() > SEARCH_DAYS {
            self.record.search.pop_first();
        }
    }

    fn search_due(&self) -> Vec<Seen> {
        let is_over = !self.clock.needs_heartbeat();
        let due = self.record.search.iter().filter(|(_, of)| {
            let fresh = secs(of.ms).saturating_sub(of.told_secs);
            fresh >= SEARCH_STEP_SECS || (is_over && fresh > 0)
        });
        due.map(|(day, of)| {
            let mut seen = DayBonus::new(*day);
            seen.searched(self.record.began, secs(of.ms));
            Seen::Bonus(seen)
        })
        .collect()
    }
}

/// Whether the worker knows how long it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsKnown {
    /// As offered.
    Yes,
    /// No idea.
    No,
}

/// What a person would say: whole minutes from a minute and a half on.
fn rounded(secs: u32) -> u32 {
    let unit = if secs < 90 { 10 } else { 60 };
    secs.saturating_add(unit / 2) / unit * unit
}

fn secs(ms: i64) -> u32 {
    u32::try_from(ms.max(0) / 1_000).unwrap_or(u32::MAX)
}

fn observation(report: &Report, now: Timestamp) -> Observation {
    let is_own_word = report.worked.how == How::Corrected;
    Observation {
        id: report.entry.clone(),
        seen_at: now,
        source: if is_own_word { Source::Worker } else { Source::Clock },
        facts: vec![Fact::Worked(report.worked)],
    }
}

/// Tells a clock, in one transaction. The caller holds the writer lock.
///
/// # Errors
/// Nothing was told; what was measured before stays.
pub async fn tell<D: Database>(
    database: &D,
    at: &At,
    work: impl FnOnce(&mut Running) + 'static,
) -> Result<Heard, NotTold> {
    let own = at.clone();
    let script = Step::read(vec![Read::Get(StoreName::Meta, clock_key(&at.whose))], move |found| {
        let text = found.into_iter().next().and_then(Found::into_text);
        let (before, is_loss_unsaid) = match decode_clock(text.as_deref()) {
            Ok(record) => (record, false),
            Err(RecordError::Damaged(_)) => (None, true),
            Err(error @ RecordError::Newer { .. }) => {
                return Step::Done(Vec::new(), Err(NotTold::Newer(error)));
            }
        };
        let fresh = || ClockRecord { began: own.now, is_loss_unsaid, ..ClockRecord::default() };
        let mut running = Running::new(before.clone().unwrap_or_else(fresh), &own);
        work(&mut running);
        let due = running.finish();
        let is_same = before.as_ref() == Some(&running.record);
        let put = || Write::put(StoreName::Meta, clock_key(&own.whose), encode_clock(&running.record));
        let writes = if is_same { Vec::new() } else { vec![put()] };
        Step::Done(writes, Ok(Heard { running, due }))
    });
    database.transact(Access::Write, script).await?
}

/// Puts into the history what a clock measured, and remembers that it is there. The caller holds the writer lock.
///
/// # Errors
/// What is not in the history stays due.
pub async fn put<D: Database, J: Journal>(
    (database, journal): (&D, &J),
    at: &At,
    due: Vec<Seen>,
) -> Result<Option<Applied>, Failure> {
    if due.is_empty() {
        return Ok(None);
    }
    let change = Change { partition: at.whose.clone(), seen: due.clone() };
    let applied = match record(database, journal, &change, RULES).await? {
        Recorded::Saved(applied) => Some(applied),
        Recorded::Known | Recorded::JournalOnly(_) => None,
    };
    let told = tell(database, at, move |running| {
        for seen in due {
            match seen {
                Seen::Task(Observation { id, facts, .. }) => {
                    let worked = facts.into_iter().find_map(|fact| match fact {
                        Fact::Worked(worked) => Some(worked),
                        _ => None,
                    });
                    running.record.told.extend(worked.map(|worked| (id, worked)));
                }
                Seen::Bonus(day) => {
                    if let Some(search) = running.record.search.get_mut(&day.day) {
                        search.told_secs = search.told_secs.max(day.searched_secs());
                    }
                }
            }
        }
    });
    match told.await {
        Err(NotTold::Store(error)) => Err(error.into()),
        Ok(_) | Err(NotTold::Newer(_)) => Ok(applied),
    }
}

/// Tells a clock what a page showed of tasks taken on, and which task its tab is about now.
///
/// # Errors
/// As of [`tell`].
pub async fn follow<D: Database>(
    database: &D,
    at: &At,
    observed: Vec<Observation>,
    shown: Option<(TabId, EntryId)>,
) -> Result<Heard, NotTold> {
    tell(database, at, move |running| {
        observed.iter().for_each(|seen| running.observe(seen));
        if let Some((tab, entry)) = shown {
            running.handle(Event::PageShown { tab, page: Page::Work(entry) });
        }
    })
    .await
}

/// Whose clocks a page or the browser tells: that of its account, or of all accounts of the site where it names none.
pub async fn whose<D: Database>(
    database: &D,
    site: Option<&Partition>,
    account: Option<&str>,
) -> Result<Vec<Partition>, StoreError> {
    if let (Some(site), Some(account)) = (site, account) {
        return Ok(vec![partition(site, Some(account))]);
    }
    let list =
        Read::List { store: StoreName::Meta, first: CLOCKS.to_owned(), after: None, limit: MOST_CLOCKS };
    let script = Step::read(vec![list], |found| {
        let found = found.into_iter().next().map_or(Vec::new(), Found::into_many);
        let names = found.into_iter().filter_map(|(key, _)| match key.0.into_iter().nth(1) {
            Some(Part::Text(name)) => Some(Partition(name)),
            _ => None,
        });
        Step::Done(Vec::new(), names.collect())
    });
    let mut known: Vec<Partition> = database.transact(Access::Read, script).await?;
    if let Some(site) = site {
        known.retain(|one| one.0.strip_prefix(&site.0).is_some_and(|rest| rest.starts_with('~')));
    }
    Ok(known)
}

/// The minutes of a day, paid and unpaid; seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DaySecs {
    /// Surely and at most worked on tasks that were handed in.
    pub handed_in: (u64, u64),
    /// Worked on tasks given back.
    pub returned: u64,
    /// Worked on tasks whose screener sent the worker away.
    pub screened_out: u64,
    /// Worked on tasks that expired or are gone.
    pub lost: u64,
    /// On lists of tasks.
    pub search: u64,
}

impl DaySecs {
    /// Everything at least: for the wage that counts the unpaid minutes too.
    pub fn all(&self) -> u64 {
        [self.handed_in.0, self.returned, self.screened_out, self.lost, self.search]
            .into_iter()
            .fold(0, u64::saturating_add)
    }
}

/// What the minutes of a day were spent on.
pub fn minutes_of_day(sum: &DaySum) -> DaySecs {
    let low = |state: State| sum.tally.sum_where(|of| of == state).low_secs;
    let handed_in = sum.tally.sum_where(State::is_handed_in);
    DaySecs {
        handed_in: (handed_in.low_secs, handed_in.high_secs),
        returned: low(State::Returned),
        screened_out: low(State::ScreenedOut),
        lost: low(State::Expired).saturating_add(low(State::Abandoned)),
        search: sum.bonus.searched_secs().into(),
    }
}
