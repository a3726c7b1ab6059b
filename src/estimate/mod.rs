//! How long a task takes and what it pays per minute.
//!
//! Ring 1. Every estimate is a [`crate::domain::TimeRange`]: a middle and an 80 % range.
//! From the page alone there are two sources: the time a row states in its own words ([`stated`]),
//! and a guess from reward, allotted time and wording ([`prior`]). [`of_row`] picks one, [`rate`]
//! makes pay per minute of it, [`verdict`] says what that is worth.

pub mod prior;
pub mod rate;
pub mod stated;
mod tokens;
pub mod verdict;

use crate::domain::TimeRange;
use prior::PriorInput;
use tokens::Tokens;

/// Where an estimate of time comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeSource {
    /// Title or description says it.
    Stated,
    /// Nothing is stated: a guess from reward, allotted time and wording.
    Prior,
}

/// How long a task is expected to take, and why that is believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Middle and 80 % range; never above the allotted time.
    pub time: TimeRange,
    /// Where it comes from.
    pub source: TimeSource,
    /// The stated words, at most 40 characters; `None` for a guess.
    pub quote: Option<String>,
    /// The smallest and the largest stated number in seconds, as far as stated.
    pub stated_secs: (Option<u32>, Option<u32>),
    /// Title and description state different times.
    pub differs: bool,
    /// What is stated is more than the time allotted, and was cut to it.
    pub capped: bool,
}

/// Estimates a row from its own text and figures: the stated time where there is one, else a guess.
pub fn of_row(row: &PriorInput<'_>) -> Estimate {
    let (title, description) = (Tokens::of(row.title), Tokens::of(row.description));
    let Some(stated) = stated::stated_in(&title, &description) else {
        let time = prior::prior_in(row, &title, &description);
        return Estimate {
            time,
            source: TimeSource::Prior,
            quote: None,
            stated_secs: (None, None),
            differs: false,
            capped: false,
        };
    };
    let ceiling = row.allotted_secs.filter(|secs| *secs > 0);
    // "At least" and "most" count as they stand; a range is above the ceiling with its lower end.
    let named = stated.stated_low_secs.or(stated.stated_high_secs);
    let capped = ceiling.zip(named).is_some_and(|(ceiling, named)| named > ceiling);
    let time = ceiling.map_or(stated.range, |ceiling| below(stated.range, ceiling));
    Estimate {
        time,
        source: TimeSource::Stated,
        quote: Some(stated.quote),
        stated_secs: (stated.stated_low_secs, stated.stated_high_secs),
        differs: stated.differs,
        capped,
    }
}

/// A range with no part above a ceiling: nobody can take longer than the site allows.
///
/// Where the middle itself is cut, some spread stays below it: being faster is always possible.
fn below(range: TimeRange, ceiling_secs: u32) -> TimeRange {
    let fast = if range.mid_secs > ceiling_secs { ceiling_secs / 2 } else { ceiling_secs };
    TimeRange::new(
        range.low_secs.min(fast),
        range.mid_secs.min(ceiling_secs),
        range.high_secs.min(ceiling_secs),
    )
}

/// A range a factor either way of a middle, in whole seconds.
fn range_around(mid_secs: f64, factor: f64) -> TimeRange {
    TimeRange::new(whole_secs(mid_secs / factor), whole_secs(mid_secs), whole_secs(mid_secs * factor))
}

/// The nearest whole number of seconds, at least 1.
#[allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates and turns NaN into 0, which is what is wanted here"
)]
fn whole_secs(secs: f64) -> u32 {
    (secs.round() as u32).max(1)
}

#[cfg(test)]
mod tests;
