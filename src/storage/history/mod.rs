//! The history's index: scripts over the database that keep entries, their aggregates and what search needs.
//!
//! Entries of open days are single records; a closed day is one block. Every change goes through [`apply`]:
//! merge, write what changed, and replace in the sums of requester, title and day, in one transaction. Records
//! lie in a *space*, a generation and a partition, so that a rebuild writes beside what is in use and one small
//! transaction makes it visible.
//!
//! The journal of [`super::journal`] holds the same changes; this index can always be made again from it.

mod apply;
mod close;
mod day_blocks;
mod find;
mod foresee;
mod keys;
mod look;
mod mend;
mod recount;
mod scrub;
mod search;
mod terms;
mod view;

pub use apply::{Applied, Batch, Mode, Turn, apply};
pub use close::{Closed, close_before};
pub use foresee::{Foreseen, Span, foreseen};
pub use keys::Target;
pub use look::{Bookmark, DayView, EntryView, Page, bonuses, day, entries_page, entry, tallies};
pub use recount::{Difference, Recount, recount_batch};
pub use scrub::{ScrubCursor, Scrubbed, scrub};
pub use search::{Cursor, Found, Limits, Query, search};

pub(super) use keys::{history_head, put_head, space, staging_head_key};
pub(super) use mend::{named, named_in_day, put_day, stored_day_sum};
use view::Stop;
pub(super) use view::script;

use crate::domain::history::{Entry, EntryId};
use crate::domain::{SiteDay, SiteZone, Timestamp, TitleKey};

use super::record::RecordError;

/// What the storage cannot know by itself.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// Where the site's days begin.
    pub zone: SiteZone,
    /// The key under which near-same titles meet.
    pub title_key: fn(&str) -> Option<TitleKey>,
}

impl Rules {
    /// The day to which an entry belongs: the site's, or else that of the best moment known.
    pub fn day_of(&self, entry: &Entry) -> SiteDay {
        let moment = || {
            let times = [entry.submitted_at.value(), entry.accepted_at.value()];
            let first_seen = || entry.told().iter().map(|told| told.origin.seen_at).min();
            times.into_iter().flatten().next().copied().or_else(first_seen).unwrap_or(Timestamp(0))
        };
        entry.site_day.value().copied().unwrap_or_else(|| self.zone.day_of(moment()))
    }
}

/// A record that cannot be used; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which one.
    pub place: Place,
    /// Why.
    pub error: RecordError,
}

/// A record of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The head.
    Head,
    /// An entry of an open day.
    Entry(EntryId),
    /// The block of a closed day.
    Day(SiteDay),
    /// The sums of a day.
    DaySum(SiteDay),
    /// The sums of a requester or title.
    Tally,
    /// A bucket of the index from entries to days.
    EntryDays,
    /// A bucket of the search index.
    Terms,
}

impl Place {
    /// In a worker's words: `The day 2026-11-21`.
    pub fn say(&self) -> String {
        match self {
            Self::Head => "What is stored".to_owned(),
            Self::Entry(id) => format!("The task {}", id.0),
            Self::Day(day) => format!("The day {day}"),
            Self::DaySum(day) => format!("The totals of {day}"),
            Self::Tally => "The totals of a requester".to_owned(),
            Self::EntryDays => "The list of tasks by day".to_owned(),
            Self::Terms => "The search index".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
