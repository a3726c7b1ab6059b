//! One day while its pages come.

use super::plan::DayPlan;
use crate::domain::history::{EntryId, Observation, Source};
use crate::domain::{Problem, SiteDay, SortedMap, Timestamp};
use crate::sites::Page;
use crate::sites::history::{Seen, read_row};
use crate::sites::snapshot::Item;

/// A day of more pages has no end: 4,000 rows of 20.
pub(super) const MAX_PAGES: u32 = 200;
/// At most this many problems of a day are told one by one.
const MAX_PROBLEMS: usize = 50;

/// A day being read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) plan: DayPlan,
    /// The page to ask for next, counted from 1.
    pub(super) next_page: u32,
    rows: SortedMap<EntryId, Observation>,
    /// What the page read last said: all before it was handed out already.
    pub(super) last_page: Vec<Observation>,
    pub(super) problems: Vec<Problem>,
    /// Something of the day is not among the rows, or may not be.
    pub(super) has_gaps: bool,
}

/// What a page means for its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageIs {
    /// There may be another.
    More,
    /// It was the last.
    Last,
    /// None of its rows could be read.
    NotUnderstood,
}

impl Reading {
    pub(super) fn new(plan: DayPlan) -> Self {
        Self {
            plan,
            next_page: 1,
            rows: SortedMap::new(),
            last_page: Vec::new(),
            problems: Vec::new(),
            has_gaps: false,
        }
    }

    pub(super) fn day(&self) -> SiteDay {
        self.plan.day
    }

    /// What an earlier page said, read before the background died.
    pub(super) fn again(&mut self, page: Vec<Observation>) {
        for observation in page {
            self.rows.insert(observation.id.clone(), observation);
        }
    }

    /// Takes the rows of the page that was asked for. An empty page ends the day.
    pub(super) fn take(&mut self, items: &[Item], page: &Page, now: Timestamp) -> PageIs {
        if items.is_empty() {
            self.compare_with_dashboard();
            return PageIs::Last;
        }
        self.last_page.clear();
        let (mut read, mut fresh) = (0_u32, 0_u32);
        for (at, item) in items.iter().enumerate() {
            let seen = Seen { at: now, source: Source::Reconcile };
            let reading = read_row(item, page, self.day(), seen);
            for problem in reading.problems {
                // A row without a known state, or one that cannot be told, may be anybody's.
                self.has_gaps |= ["id", "assignment_id", "state"].contains(&problem.place.as_str());
                self.problem(at.saturating_add(1), problem);
            }
            let Some(observation) = reading.observation else { continue };
            read = read.saturating_add(1);
            self.last_page.push(observation.clone());
            let is_new = self.rows.insert(observation.id.clone(), observation).is_none();
            fresh = fresh.saturating_add(u32::from(is_new));
        }
        if read == 0 {
            return PageIs::NotUnderstood;
        }
        self.next_page = self.next_page.saturating_add(1);
        if fresh == 0 {
            self.gap("the site gave the same rows again");
            return PageIs::Last;
        }
        if self.next_page > MAX_PAGES {
            self.gap("has more pages than any day: the rest was not read");
            return PageIs::Last;
        }
        PageIs::More
    }

    /// A day that has fewer rows than the dashboard says was not given in full.
    fn compare_with_dashboard(&mut self) {
        let rows = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        if let Some(submitted) = self.plan.submitted.filter(|submitted| *submitted > rows) {
            self.gap(&format!("{rows} of {submitted} rows were given"));
        }
    }

    fn gap(&mut self, what: &str) {
        self.has_gaps = true;
        let day = self.day();
        self.problems.insert(0, Problem::new(day.to_string(), what));
    }

    fn problem(&mut self, row: usize, problem: Problem) {
        if self.problems.len() < MAX_PROBLEMS {
            let place = format!("{}, page {}, row {row}, {}", self.day(), self.next_page, problem.place);
            self.problems.push(Problem { place, ..problem });
        }
    }

    /// Rows, problems, and whether all rows of the day are among them.
    pub(super) fn finish(self) -> (Vec<Observation>, Vec<Problem>, bool) {
        (self.rows.into_values().collect(), self.problems, !self.has_gaps)
    }
}
