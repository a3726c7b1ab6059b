//! The page on which a held task is worked on.

use super::Reading;
use super::facts::of_task;
use crate::domain::history::{EntryId, Fact, Observation, Source, StateWord};
use crate::domain::{Problem, Timestamp};
use crate::sites::Page;
use crate::sites::reading::{self, count, identity};
use crate::sites::snapshot::Item;

/// Reads a work page as a whole; `loaded_at` is when its document came from the site.
///
/// The page states how long the timer has run, so the moment of acceptance is `loaded_at` less
/// that time; a page restored from memory later must be read with its first moment.
///
/// Nothing is observed where the address names no assignment (a preview), or where the page has
/// neither a timer nor a way to give the task back: then it is a page about a task that is gone.
pub fn read_work(about: &Item, page: &Page, loaded_at: Timestamp) -> Reading {
    let own = &about.own;
    let is_held = own.remaining.is_some() || own.can_return.is_some();
    if own.assignment_id.is_none() || !is_held {
        return Reading::default();
    }
    let reading::Reading { task, mut problems } = reading::read(about, page);
    let Some(id) = identity(own.assignment_id.as_deref(), "assignment_id", &mut problems) else {
        return Reading { observation: None, problems };
    };
    let timer = Timer::read(about, &mut problems);
    let mut facts = task.as_ref().map(|task| of_task(task, None)).unwrap_or_default();
    if task.is_some_and(|task| task.allotted_secs.is_none()) {
        facts.extend(timer.as_ref().map(|timer| Fact::AllottedSecs(timer.original_secs)));
    }
    if let Some(timer) = &timer {
        let after = |secs: i64| Timestamp(loaded_at.0.saturating_add(secs.saturating_mul(1_000)));
        facts.push(Fact::AcceptedAt(after(-timer.elapsed_secs())));
        facts.push(Fact::Deadline(after(i64::from(timer.remaining_secs))));
    }
    let ran_out = timer.is_some_and(|timer| timer.remaining_secs == 0);
    facts.push(Fact::State(if ran_out { StateWord::Expired } else { StateWord::Held }));
    let observation = Observation { id: EntryId(id), seen_at: loaded_at, source: Source::WorkPage, facts };
    Reading { observation: Some(observation), problems }
}

/// The timer of a work page, in whole seconds.
struct Timer {
    original_secs: u32,
    /// At most `original_secs`.
    remaining_secs: u32,
}

impl Timer {
    fn read(about: &Item, problems: &mut Vec<Problem>) -> Option<Self> {
        let original_secs = count(about.own.original.as_deref(), "original", problems)?;
        let remaining_secs = count(about.own.remaining.as_deref(), "remaining", problems)?;
        if original_secs == 0 || remaining_secs > original_secs {
            problems.push(Problem::new("remaining", "is longer than the timer's whole time"));
            return None;
        }
        Some(Self { original_secs, remaining_secs })
    }

    fn elapsed_secs(&self) -> i64 {
        i64::from(self.original_secs.saturating_sub(self.remaining_secs))
    }
}
