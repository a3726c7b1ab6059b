//! Reading the worker's own status pages again, slowly and only when asked to.
//!
//! Sans-IO, in three parts that the worker sees: a [`Survey`] reads the dashboard with one request,
//! [`plan()`] says which days are unsettled and what reading them costs, and a [`Run`] reads them.
//! Survey and run are asked with `next(now)` what to do and told with `answered(…)` what came of it.
//!
//! A [`Session`] is the three in one, as the extension keeps it between two steps.
//!
//! A run can be ended at any moment and repeated, from its saved state or from nothing, with the
//! same result: a day is handed over in one piece when all its pages are read, and what is handed
//! over are observations, which may be repeated.

mod absence;
mod day;
mod pace;
mod plan;
mod retry_after;
mod run;
mod saved;
mod session;
mod session_record;
mod survey;
mod tabs;
mod traffic;
mod words;

pub use absence::{Absence, OpenEntry, is_listed};
pub use plan::{DayPlan, LOOK_BACK_DAYS, LocalCounts, Plan, plan};
pub use retry_after::retry_after_secs;
pub use run::{Batch, BatchOf, Progress, Run, Summary};
pub use saved::{RESUMABLE_FOR_MS, RestoreError};
pub use session::{Extent, Next, Session, Standing};
pub use session_record::Pages;
pub use survey::{Survey, Surveyed};
pub use tabs::{Choice, OpenTab, choose};
pub use traffic::{ANSWER_WITHIN_MS, AccountTag, Answer, Arrival, Request, Response, Start, Stop};

use crate::domain::Timestamp;

/// What is to be done now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<T> {
    /// Send this request at once, then report with `answered`. Until then nothing else is asked for.
    Fetch(Request),
    /// Nothing, before this moment; also while an answer is awaited.
    Wait {
        /// When to ask again, at the latest.
        until: Timestamp,
    },
    /// Nothing, while a work page is open.
    Paused,
    /// Take this over, as a whole.
    Take(Box<T>),
    /// It is over, and all was read that could be.
    Done,
    /// It is over before its end.
    Stopped(Stop),
}

#[cfg(test)]
mod tests;
