//! Reading the days of a plan, one page at a time.

use std::collections::VecDeque;

use super::Step;
use super::absence::Absence;
use super::day::{PageIs, Reading};
use super::plan::{DayPlan, Plan};
use super::traffic::{AccountTag, Answer, Received, Start, Stop, Traffic};
use crate::domain::history::{EntryId, Observation, Source};
use crate::domain::{Problem, SiteDay, SortedSet, Timestamp};
use crate::sites::history::{Seen, read_held};
use crate::sites::recipe::PageKind;
use crate::sites::snapshot::Item;
use crate::sites::{Page, page_of_kind};

/// What a batch is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchOf {
    /// The queue of held tasks.
    Queue,
    /// All pages of one day.
    Day(SiteDay),
}

/// Something to be stored in one transaction: its observations, then what its absence concludes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// What it is about.
    pub of: BatchOf,
    /// What was said.
    pub observations: Vec<Observation>,
    /// What was not understood.
    pub problems: Vec<Problem>,
    /// What may be concluded of entries that were not seen.
    pub absence: Absence,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The day being read; `None` while the queue is.
    pub day: Option<SiteDay>,
    /// Its page, counted from 1.
    pub page: u32,
    /// Days behind it.
    pub days_done: u32,
    /// Days in all.
    pub days: u32,
    /// Requests behind it, as planned.
    pub requests_done: u32,
    /// Requests in all, as planned.
    pub requests: u32,
}

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Days read in full.
    pub read: Vec<SiteDay>,
    /// Days of which rows are missing or not understood.
    pub partly: Vec<SiteDay>,
    /// Days the site refused.
    pub refused: Vec<SiteDay>,
}

/// A run.
#[derive(Clone, Debug)]
pub struct Run {
    pub(super) traffic: Traffic,
    pub(super) queue_page: Page,
    pub(super) day_page: Page,
    pub(super) plan: Plan,
    pub(super) began_at: Timestamp,
    /// `None` until the queue was read.
    pub(super) absence: Option<Absence>,
    pub(super) todo: VecDeque<DayPlan>,
    pub(super) summary: Summary,
    pub(super) current: Option<Reading>,
    ready: Option<Box<Batch>>,
}

impl Run {
    /// `None` where the host is no site whose status pages can be asked for.
    pub fn new(start: Start, plan: Plan, now: Timestamp) -> Option<Self> {
        Some(Self {
            queue_page: page_of_kind(&start.host, PageKind::Queue)?,
            day_page: page_of_kind(&start.host, PageKind::StatusDay)?,
            traffic: Traffic::new(start),
            todo: plan.days.iter().copied().collect(),
            plan,
            began_at: now,
            absence: None,
            summary: Summary::default(),
            current: None,
            ready: None,
        })
    }

    /// What to do now. [`Step::Take`] gives the same batch until [`Run::taken`] says that it is stored.
    pub fn next(&mut self, now: Timestamp) -> Step<Batch> {
        if let Some(batch) = &self.ready {
            return Step::Take(batch.clone());
        }
        if self.traffic.stopped.is_none() && self.is_done() {
            return Step::Done;
        }
        if let Some(step) = self.traffic.before(now) {
            return step;
        }
        let Some((kind, path)) = self.wanted() else { return Step::Stopped(Stop::NotUnderstood) };
        self.traffic.send(kind, path, now)
    }

    fn is_done(&self) -> bool {
        self.absence.is_some() && self.current.is_none() && self.todo.is_empty()
    }

    /// The next page to ask for.
    fn wanted(&mut self) -> Option<(PageKind, String)> {
        if self.absence.is_none() {
            return Some((PageKind::Queue, fetch_path(&self.queue_page, None)?));
        }
        if self.current.is_none() {
            self.current = self.todo.pop_front().map(Reading::new);
        }
        let current = self.current.as_ref()?;
        let path = fetch_path(&self.day_page, Some((current.day(), current.next_page)))?;
        Some((PageKind::StatusDay, path))
    }

    /// What came of the request.
    pub fn answered(&mut self, answer: Answer, now: Timestamp) {
        match self.traffic.receive(answer, now) {
            Received::Items(items) if self.absence.is_none() => self.take_queue(&items, now),
            Received::Items(items) => self.take_rows(&items, now),
            Received::Refused => self.refused(now),
            Received::TooLarge if self.current.is_some() => self.refused(now),
            Received::TooLarge => self.traffic.stop(Stop::NotUnderstood),
            Received::Again | Received::Nothing => {}
        }
        self.forget_if_other_account();
    }

    fn take_queue(&mut self, items: &[Item], now: Timestamp) {
        let mut observations = Vec::new();
        let mut problems = Vec::new();
        let mut held: SortedSet<EntryId> = SortedSet::new();
        for (at, item) in items.iter().enumerate() {
            let reading = read_held(item, &self.queue_page, Seen { at: now, source: Source::Queue });
            let Some(observation) = reading.observation else {
                // A held task that cannot be told may be any.
                return self.traffic.stop(Stop::NotUnderstood);
            };
            held.insert(observation.id.clone());
            let task = item.id.as_deref().map(|id| crate::domain::TaskId(id.trim().to_owned()));
            if let Some(task) = task {
                held.insert(EntryId::of_task(&task));
            }
            observations.push(observation);
            problems.extend(reading.problems.into_iter().map(|problem| Problem {
                place: format!("queue, row {}, {}", at.saturating_add(1), problem.place),
                ..problem
            }));
        }
        let absence = Absence {
            queue_seen_at: now,
            held,
            surveyed_at: self.plan.surveyed_at,
            known_from: self.plan.known_from,
            unsettled: self.plan.unsettled.iter().copied().collect(),
            read: SortedSet::new(),
        };
        self.absence = Some(absence.clone());
        self.ready = Some(Box::new(Batch { of: BatchOf::Queue, observations, problems, absence }));
    }

    fn take_rows(&mut self, items: &[Item], now: Timestamp) {
        let Some(current) = &mut self.current else { return };
        match current.take(items, &self.day_page, now) {
            PageIs::More => {}
            PageIs::Last => self.finish_day(),
            PageIs::NotUnderstood => self.traffic.stop(Stop::NotUnderstood),
        }
    }

    fn finish_day(&mut self) {
        let (Some(current), Some(absence)) = (self.current.take(), &mut self.absence) else { return };
        let day = current.day();
        let (observations, problems, is_whole) = current.finish();
        if is_whole {
            absence.read.insert(day);
            self.summary.read.push(day);
        } else {
            self.summary.partly.push(day);
        }
        let absence = absence.clone();
        self.ready = Some(Box::new(Batch { of: BatchOf::Day(day), observations, problems, absence }));
    }

    /// The site will not give this day: it is named at the end. Without the queue nothing can be concluded.
    fn refused(&mut self, now: Timestamp) {
        match self.current.take() {
            Some(current) => self.summary.refused.push(current.day()),
            None => {
                self.traffic.fail(now);
            }
        }
    }

    /// The batch is stored: it is not given again.
    pub fn taken(&mut self) {
        self.ready = None;
    }

    /// While a work page is open nothing is sent; an answer on its way is still read.
    pub fn set_work_page_open(&mut self, is_open: bool) {
        self.traffic.set_work_page_open(is_open);
    }

    /// Another tab shows the site in this account: a run of any other ends.
    pub fn saw_account(&mut self, tag: &AccountTag) {
        self.traffic.saw_account(tag);
        self.forget_if_other_account();
    }

    /// Whose rows these are is no longer certain: what is not stored yet never will be.
    fn forget_if_other_account(&mut self) {
        if self.traffic.stopped == Some(Stop::OtherAccount) {
            self.ready = None;
        }
    }

    /// Whether there is something to be stored.
    pub(super) fn is_ready(&self) -> bool {
        self.ready.is_some()
    }

    /// The worker pressed Cancel. What was read in full is kept.
    pub fn cancel(&mut self) {
        self.traffic.stop(Stop::Cancelled);
    }

    /// The day whose batch is given and not stored yet.
    pub(super) fn unstored(&self) -> Option<SiteDay> {
        match self.ready.as_deref()?.of {
            BatchOf::Day(day) => Some(day),
            BatchOf::Queue => None,
        }
    }

    pub(super) fn queue_is_unstored(&self) -> bool {
        self.ready.as_deref().is_some_and(|batch| batch.of == BatchOf::Queue)
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        let open = self.todo.iter().chain(self.current.as_ref().map(|current| &current.plan));
        let requests_left = open.map(|plan| plan.requests).fold(0, u32::saturating_add);
        let pages = self.current.as_ref().map_or(0, |current| current.next_page.saturating_sub(1));
        let behind = self.plan.requests().saturating_sub(requests_left).saturating_add(pages);
        let days = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let days_left = days(self.todo.len()).saturating_add(u32::from(self.current.is_some()));
        Progress {
            day: self.current.as_ref().map(Reading::day),
            page: self.current.as_ref().map_or(1, |current| current.next_page),
            days_done: days(self.plan.days.len()).saturating_sub(days_left),
            days: days(self.plan.days.len()),
            requests_done: if self.absence.is_some() { behind.min(self.plan.requests()) } else { 0 },
            requests: self.plan.requests(),
        }
    }

    /// What came of it so far.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }
}

/// The path of a page's JSON answer; `None` where the site's recipe has none.
pub(super) fn fetch_path(page: &Page, day: Option<(SiteDay, u32)>) -> Option<String> {
    let path = page.spec.fetch.clone()?;
    Some(match day {
        Some((day, page)) => path.replace("{day}", &day.to_string()).replace("{page}", &page.to_string()),
        None => path,
    })
}
