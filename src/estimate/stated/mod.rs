//! The time a row states in its own words.
//!
//! A small tokenizer and grammar find every duration; the words around it decide whether it is the
//! worker's time for this task. Requesters write in many languages, so units and numbers know several.

mod amount;
mod bound;
mod context;
mod duration;
pub(in crate::estimate) mod lexicon;
mod scene;
mod words;

use crate::domain::TimeRange;
use crate::estimate::tokens::Tokens;
use context::{Place, Reading};
use duration::Duration;

/// The longest quote, in characters.
const QUOTE_CHARS: usize = 40;

/// How far a worker's own time lies from a stated number, as a factor either way, for 80 % of cases.
///
/// No data set here has stated and true times of the same tasks. What is known is the spread between
/// workers on one task: against the *true* median of a task, 84 % of workers were within a factor of
/// two (1,204 assignments of one task, 2017). A factor of two for only 80 % leaves the difference for
/// the error of the stated number itself.
pub(in crate::estimate) const SPREAD: f64 = 2.0;
/// "Less than 10 minutes" is read as about three quarters of it: it is at most the number, and
/// requesters name the next round one above. A judgement, not a measurement.
const BELOW: f64 = 0.75;
/// "At least 10 minutes", the same the other way.
const ABOVE: f64 = 1.0 / BELOW;

/// A time stated in title or description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedTime {
    /// What to expect: the stated numbers, widened by how workers differ.
    pub range: TimeRange,
    /// The smallest stated number in seconds; `None` where only a maximum is stated.
    pub stated_low_secs: Option<u32>,
    /// The largest stated number in seconds; `None` where only a minimum is stated.
    pub stated_high_secs: Option<u32>,
    /// Title and description name different times; the range spans both.
    pub differs: bool,
    /// The words as they stand, the title's first, at most 40 characters.
    pub quote: String,
}

/// Reads the time a task states for itself; `None` where it states none.
///
/// Lengths of media, deadlines, pay rates, waits and the time of other tasks are not taken.
/// Only the first 4,000 characters of each text are looked at.
pub fn stated_time(title: &str, description: &str) -> Option<StatedTime> {
    stated_in(&Tokens::of(title), &Tokens::of(description))
}

/// The same on texts that are cut already.
pub(super) fn stated_in(title: &Tokens<'_>, description: &Tokens<'_>) -> Option<StatedTime> {
    let title = Findings::of(title, Place::Title);
    let description = Findings::of(description, Place::Description);
    let from_title = title.span(&description.deadlines);
    let from_description = description.first_of_strongest(&title.deadlines);
    // Where one also names the other's time, it speaks of parts beside it: nothing differs.
    let repeated = match (&from_title, &from_description) {
        (Some(first), Some(second)) => description.names(first.span) || title.names(second.span),
        _ => false,
    };
    let from_description = from_description.filter(|_| !repeated);
    let (span, differs, quote) = match (from_title, from_description) {
        (Some(first), Some(second)) => {
            let (span, differs) = first.span.with(second.span);
            (span, differs, first.quote)
        }
        (Some(one), None) | (None, Some(one)) => (one.span, false, one.quote),
        (None, None) => return None,
    };
    Some(StatedTime {
        range: span.range()?,
        stated_low_secs: span.low_secs,
        stated_high_secs: span.high_secs,
        differs,
        quote,
    })
}

/// What is stated: a number, a range, or one end of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    low_secs: Option<u32>,
    high_secs: Option<u32>,
}

struct Found {
    span: Span,
    quote: String,
}

impl Span {
    fn of(duration: &Duration) -> Self {
        Self { low_secs: duration.low_secs, high_secs: duration.high_secs }
    }

    fn ends(self) -> Option<(u32, u32)> {
        self.low_secs.zip(self.high_secs)
    }

    /// "About 2" and "less than 2" are the same statement.
    fn bounds(self, low: u32, high: u32) -> bool {
        match (self.low_secs, self.high_secs) {
            (None, Some(most)) => most == high,
            (Some(least), None) => least == low,
            _ => false,
        }
    }

    /// Title's and description's spans as one, and whether they differ.
    fn with(self, other: Self) -> (Self, bool) {
        if self == other {
            return (self, false);
        }
        match (self.ends(), other.ends()) {
            (Some((low, high)), None) if other.bounds(low, high) => (self, false),
            (None, Some((low, high))) if self.bounds(low, high) => (other, false),
            _ => (self.hull(other), true),
        }
    }

    /// The span from the smallest to the largest number of both.
    fn hull(self, other: Self) -> Self {
        let all = [self.low_secs, self.high_secs, other.low_secs, other.high_secs];
        let (lowest, highest) = (all.iter().flatten().min().copied(), all.iter().flatten().max().copied());
        let one_sided = self.ends().is_none() && other.ends().is_none();
        let low_secs = if one_sided && self.low_secs.or(other.low_secs).is_none() { None } else { lowest };
        let high_secs =
            if one_sided && self.high_secs.or(other.high_secs).is_none() { None } else { highest };
        Self { low_secs, high_secs }
    }

    /// Middle and 80 % range: the geometric middle, and the two independent spreads (between
    /// workers, and the stated range taken as an 80 % range itself) added as squares of logarithms.
    fn range(self) -> Option<TimeRange> {
        let (low, high) = match (self.low_secs, self.high_secs) {
            (Some(low), Some(high)) => (f64::from(low), f64::from(high)),
            (None, Some(most)) => (f64::from(most) * BELOW, f64::from(most) * BELOW),
            (Some(least), None) => (f64::from(least) * ABOVE, f64::from(least) * ABOVE),
            (None, None) => return None,
        };
        let mid = (low.max(1.0) * high.max(1.0)).sqrt();
        let stated = (high.max(1.0) / low.max(1.0)).ln() / 2.0;
        let factor = (SPREAD.ln().powi(2) + stated.powi(2)).sqrt().exp();
        Some(super::range_around(mid, factor))
    }
}

/// All durations of one text with their readings.
struct Findings<'tokens, 'text> {
    tokens: &'tokens Tokens<'text>,
    believed: Vec<(Reading, Duration)>,
    deadlines: Vec<Span>,
}

impl<'tokens, 'text> Findings<'tokens, 'text> {
    fn of(tokens: &'tokens Tokens<'text>, place: Place) -> Self {
        let (mut believed, mut deadlines) = (Vec::new(), Vec::new());
        let near_units = duration::near_units(tokens);
        let mut at = 0;
        while let Some(near) = near_units.get(at) {
            let Some(duration) = near.then(|| duration::duration_at(tokens, at)).flatten() else {
                at += 1;
                continue;
            };
            at = duration.core.end;
            match context::reading(tokens, &duration, place) {
                Reading::Other => {}
                Reading::Deadline => deadlines.push(Span::of(&duration)),
                reading => believed.push((reading, duration)),
            }
        }
        Self { tokens, believed, deadlines }
    }

    /// The strongest findings, without bare numbers that the other text gives as a deadline.
    fn strongest(&self, deadlines: &[Span]) -> impl Iterator<Item = &Duration> {
        let is_limit =
            |duration: &Duration| deadlines.iter().any(|limit| limit.high_secs == duration.high_secs);
        let kept =
            move |reading: Reading, duration: &Duration| reading > Reading::Bare || !is_limit(duration);
        let best = self
            .believed
            .iter()
            .filter(|(reading, duration)| kept(*reading, duration))
            .map(|(reading, _)| *reading)
            .max();
        self.believed.iter().filter(move |(reading, _)| Some(*reading) == best).map(|(_, duration)| duration)
    }

    /// Whether a span is among the believed ones.
    fn names(&self, span: Span) -> bool {
        self.believed.iter().any(|(_, duration)| Span::of(duration) == span)
    }

    fn found(&self, duration: &Duration, span: Span) -> Found {
        Found { span, quote: self.tokens.quote(duration.tokens.clone(), QUOTE_CHARS) }
    }

    /// Titles are short and speak of one task: all strongest times together.
    fn span(&self, deadlines: &[Span]) -> Option<Found> {
        let mut strongest = self.strongest(deadlines);
        let first = strongest.next()?;
        let span = strongest.fold(Span::of(first), |span, next| span.with(Span::of(next)).0);
        Some(self.found(first, span))
    }

    /// Descriptions go on to parts and later studies: the first of the strongest.
    fn first_of_strongest(&self, deadlines: &[Span]) -> Option<Found> {
        let first = self.strongest(deadlines).next()?;
        Some(self.found(first, Span::of(first)))
    }
}

#[cfg(test)]
mod tests;
