//! What a page showed of the worker's own work, read into observations.
//!
//! The hands pick by the recipe and decide nothing; a page speaks of the task it shows, of the
//! rows of its list, and of the task that the same tab showed before.

use crate::domain::history::{EntryId, Fact, Observation, Source};
use crate::domain::{Problem, SiteDay, Timestamp};
use crate::sites::history::{self, DayStatistics, Notice, Seen};
use crate::sites::json::Json;
use crate::sites::recipe::PageKind;
use crate::sites::snapshot::Item;
use crate::sites::{self, Page, Place};

/// The task that a tab showed last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldInTab {
    /// Which.
    pub entry: EntryId,
    /// When its allotted time runs out, where the page said so.
    pub deadline: Option<Timestamp>,
}

/// What one page said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capture {
    /// What it said of tasks taken on.
    pub observations: Vec<Observation>,
    /// What it said of whole days.
    pub days: Vec<DayStatistics>,
    /// What was not understood; places are fields, with the row they stand in.
    pub problems: Vec<Problem>,
    /// The task this tab shows from now on; `None` leaves it as it was.
    pub held: Option<HeldInTab>,
}

/// One telling of the hands.
#[derive(Clone, Debug)]
pub struct Telling {
    /// Host and path of the page.
    pub address: String,
    /// What was picked.
    pub seen: Json,
    /// What the same tab showed before.
    pub before: Option<HeldInTab>,
    /// When it was told.
    pub now: Timestamp,
}

/// Reads what was told. Never fails: an address without a recipe says nothing.
pub fn capture(mut telling: Telling) -> Capture {
    let (Place::Page(page) | Place::Record(page)) = sites::find(&format!("https://{}", telling.address))
    else {
        return Capture::default();
    };
    let mut taken = Taken { page: &page, telling: &mut telling, capture: Capture::default() };
    taken.read();
    taken.capture
}

struct Taken<'a> {
    page: &'a Page,
    telling: &'a mut Telling,
    capture: Capture,
}

impl Taken<'_> {
    fn read(&mut self) {
        let seen = &mut self.telling.seen;
        let flag = |name: &str| seen.get(name).and_then(Json::as_bool).unwrap_or(false);
        let (returning, ran_out) = (flag("returning"), flag("ran_out"));
        if let Some(message) = seen.take("message") {
            return self.message(&Item::from_json(message));
        }
        if returning {
            let now = self.telling.now;
            let before = self.telling.before.take();
            return self.capture.observations.extend(before.map(|held| history::returning(held.entry, now)));
        }
        let about = seen.take("about").map(Item::from_json).unwrap_or_default();
        if ran_out {
            return self.ran_out();
        }
        self.notice(&about);
        self.work(&about);
        self.rows();
        let unreadable = self.telling.seen.get("unreadable").and_then(Json::as_text).map(str::to_owned);
        self.capture.problems.extend(unreadable.map(|what| Problem::new("page", what)));
        if let Some(count) = self.telling.seen.get("left_out").and_then(Json::as_i64) {
            let what = format!("has {count} rows more than are read");
            self.capture.problems.push(Problem::new("page", what));
        }
    }

    /// When the document came from the site: never later than now, whatever a page's clock says.
    fn came_at(&self) -> Timestamp {
        let came = self.telling.seen.get("came_ms").and_then(Json::as_i64).map(Timestamp);
        came.map_or(self.telling.now, |came| came.min(self.telling.now))
    }

    fn message(&mut self, message: &Item) {
        let Some(held) = &self.telling.before else { return };
        self.capture.observations.extend(history::submitted(message, &held.entry, self.telling.now));
    }

    fn ran_out(&mut self) {
        let Some(HeldInTab { entry, deadline: Some(deadline) }) = self.telling.before.take() else { return };
        self.capture.observations.extend(history::expired(entry, deadline, self.telling.now));
    }

    /// A notice speaks of the task that the tab showed before this page.
    fn notice(&mut self, about: &Item) {
        let (Some(notice), Some(held)) = (Notice::of(about), self.telling.before.clone()) else { return };
        let at = self.came_at();
        self.capture.observations.push(notice.observation(held.entry, held.deadline, at));
    }

    fn work(&mut self, about: &Item) {
        if self.page.spec.kind != PageKind::Work {
            return;
        }
        let reading = history::read_work(about, self.page, self.came_at());
        self.capture.problems.extend(reading.problems);
        let Some(observation) = reading.observation else { return };
        let deadline = observation.facts.iter().find_map(|fact| match fact {
            Fact::Deadline(deadline) => Some(*deadline),
            _ => None,
        });
        self.capture.held = Some(HeldInTab { entry: observation.id.clone(), deadline });
        self.capture.observations.push(observation);
    }

    fn rows(&mut self) {
        let items = self.telling.seen.take("items").and_then(Json::into_list).unwrap_or_default();
        let day = history::page_day(self.page);
        for (item, number) in items.into_iter().map(Item::from_json).zip(1_usize..) {
            let problems = self.row(&item, day);
            self.capture.problems.extend(
                problems
                    .into_iter()
                    .map(|problem| Problem { place: format!("row {number}, {}", problem.place), ..problem }),
            );
        }
    }

    fn row(&mut self, item: &Item, day: Option<SiteDay>) -> Vec<Problem> {
        let at = self.came_at();
        let reading = match (self.page.spec.kind, day) {
            (PageKind::Queue, _) => history::read_held(item, self.page, Seen { at, source: Source::Queue }),
            (PageKind::StatusDay, Some(day)) => {
                history::read_row(item, self.page, day, Seen { at, source: Source::StatusPage })
            }
            (PageKind::Dashboard, _) => {
                let reading = history::read_day(item, self.page);
                self.capture.days.extend(reading.day);
                return reading.problems;
            }
            _ => return Vec::new(),
        };
        self.capture.observations.extend(reading.observation);
        reading.problems
    }
}

#[cfg(test)]
mod tests;
