//! What pages say of the worker's own work: held tasks, what became of them, sums of days.
//!
//! Each reader takes what the hands picked and gives an [`Observation`], [`DayStatistics`] or
//! nothing, with problems beside it. Nothing here fails as a whole; what is not understood is
//! left out and said, it never becomes 0. All texts are clean and without worker ids.

mod dashboard;
mod events;
mod facts;
mod queue;
mod status;
mod work;

pub use dashboard::{DayReading, DayStatistics, read_day};
pub use events::{Notice, expired, returning, submitted};
pub use queue::read_held;
pub use status::{page_day, read_row};
pub use work::read_work;

use crate::domain::history::{Observation, Source};
use crate::domain::{Problem, Timestamp};

/// When and where something was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When the page or answer came.
    pub at: Timestamp,
    /// Whether the worker opened it, or we read it for them.
    pub source: Source,
}

/// What one element of a page says of one entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// `None` where the entry could not be told, or nothing was said.
    pub observation: Option<Observation>,
    /// Places are field names.
    pub problems: Vec<Problem>,
}

#[cfg(test)]
mod tests;
