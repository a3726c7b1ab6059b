//! A clock while it is told something: its state, what is asked of the worker, and what is due to the history.

use super::At;
use crate::app::history::RULES;
use crate::domain::clock::{Clock, Ending, Event, Live, Page, Report, Spans, System, TabId};
use crate::domain::history::{DayBonus, EntryId, Fact, How, Observation, Source, StateWord};
use crate::domain::{SiteDay, Timestamp};
use crate::storage::journal::Seen;
use crate::storage::record::{ClockRecord, Question};

/// How long a question stays on the page.
pub const ASKED_MS: i64 = 15_000;

/// How long a question waits for a page of the site on which it can be asked.
const WAITS_MS: i64 = 120_000;

/// So many seconds on lists of tasks go into the history at once while the worker still looks.
const SEARCH_STEP_SECS: u32 = 60;

/// Days whose search can still grow.
const SEARCH_DAYS: usize = 3;

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

impl Running {
    pub(super) fn new(record: ClockRecord, at: &At) -> Self {
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
    pub(super) fn observe(&mut self, seen: &Observation) {
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
    pub(super) fn finish(&mut self) -> Vec<Seen> {
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
