//! Reading the dashboard, with one request, to see what a run would cost.

use super::Step;
use super::run::fetch_path;
use super::traffic::{AccountTag, Answer, Received, Start, Stop, Traffic};
use crate::domain::{Problem, Timestamp};
use crate::sites::history::{DayStatistics, read_day};
use crate::sites::recipe::PageKind;
use crate::sites::snapshot::Item;
use crate::sites::{Page, page_of_kind};

/// More days than any site keeps; what is beyond is not looked at.
const MAX_DAYS: usize = 100;

/// What the dashboard said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surveyed {
    /// When.
    pub seen_at: Timestamp,
    /// Its days, as it lists them.
    pub days: Vec<DayStatistics>,
    /// What was not understood; places are `row 3, submitted`.
    pub problems: Vec<Problem>,
}

impl Surveyed {
    /// Reads the rows of a dashboard, asked for or opened by the worker.
    pub fn read(items: &[Item], page: &Page, seen_at: Timestamp) -> Self {
        let mut days = Vec::new();
        let mut problems = Vec::new();
        for (at, item) in items.iter().take(MAX_DAYS).enumerate() {
            let reading = read_day(item, page);
            days.extend(reading.day);
            let place = |problem: Problem| Problem {
                place: format!("row {}, {}", at.saturating_add(1), problem.place),
                ..problem
            };
            problems.extend(reading.problems.into_iter().map(place));
        }
        Self { seen_at, days, problems }
    }
}

/// The one request before a plan can be made.
#[derive(Clone, Debug)]
pub struct Survey {
    page: Page,
    pub(super) traffic: Traffic,
    found: Option<Surveyed>,
}

impl Survey {
    /// `None` where the host is no site whose dashboard can be asked for.
    pub fn new(start: Start) -> Option<Self> {
        let page = page_of_kind(&start.host, PageKind::Dashboard)?;
        Some(Self { page, traffic: Traffic::new(start), found: None })
    }

    /// What to do now. [`Step::Take`] gives the dashboard, again and again.
    pub fn next(&mut self, now: Timestamp) -> Step<Surveyed> {
        if let Some(found) = &self.found {
            return Step::Take(Box::new(found.clone()));
        }
        if let Some(step) = self.traffic.before(now) {
            return step;
        }
        match fetch_path(&self.page, None) {
            Some(path) => self.traffic.send(PageKind::Dashboard, path, now),
            None => Step::Stopped(Stop::NotUnderstood),
        }
    }

    /// What came of the request.
    pub fn answered(&mut self, answer: Answer, now: Timestamp) {
        match self.traffic.receive(answer, now) {
            Received::Items(items) => self.take(&items, now),
            Received::Refused => {
                self.traffic.fail(now);
            }
            Received::TooLarge => self.traffic.stop(Stop::NotUnderstood),
            Received::Again | Received::Nothing => {}
        }
    }

    /// A dashboard of which no day can be read is none; one without any day belongs to a new worker.
    fn take(&mut self, items: &[Item], now: Timestamp) {
        let found = Surveyed::read(items, &self.page, now);
        if found.days.is_empty() && !items.is_empty() {
            self.traffic.stop(Stop::NotUnderstood);
        } else {
            self.found = Some(found);
        }
    }

    /// While a work page is open nothing is sent.
    pub fn set_work_page_open(&mut self, is_open: bool) {
        self.traffic.set_work_page_open(is_open);
    }

    /// Another tab shows the site in this account: a survey of any other ends.
    pub fn saw_account(&mut self, tag: &AccountTag) {
        self.traffic.saw_account(tag);
    }

    /// The worker does not want it any more.
    pub fn cancel(&mut self) {
        self.traffic.stop(Stop::Cancelled);
    }

    /// The number that the first request after this survey may have.
    pub fn next_number(&self) -> u32 {
        self.traffic.next_number()
    }
}
