//! Stretches of time, and their exact sum.

use crate::domain::Timestamp;

/// From one moment to a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// Its first moment.
    pub from: Timestamp,
    /// Its end, after `from`.
    pub to: Timestamp,
}

impl Interval {
    /// Milliseconds, never negative.
    pub fn millis(self) -> i64 {
        self.to.0.saturating_sub(self.from.0).max(0)
    }
}

/// Intervals in the order they were measured. The sum is exact; the list is bounded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans {
    /// Milliseconds of all intervals, also of those that found no place in the list.
    pub total_ms: i64,
    /// The first [`Spans::MOST`]; intervals that touch are one.
    pub intervals: Vec<Interval>,
}

impl Spans {
    /// The most intervals that are listed; a task torn into more pieces keeps its sum.
    pub const MOST: usize = 64;

    /// Milliseconds that are in the sum and in no listed interval.
    pub fn unlisted_ms(&self) -> i64 {
        self.total_ms.saturating_sub(listed_ms(&self.intervals))
    }

    pub(super) fn push(&mut self, from: Timestamp, to: Timestamp) {
        let interval = Interval { from, to };
        if interval.millis() == 0 {
            return;
        }
        self.total_ms = self.total_ms.saturating_add(interval.millis());
        let has_room = self.intervals.len() < Self::MOST;
        match self.intervals.last_mut() {
            // Once something is left out, the last one listed cannot touch what comes now.
            Some(last) if last.to == from => last.to = to,
            _ if has_room => self.intervals.push(interval),
            _ => {}
        }
    }

    /// Drops what cannot have been measured.
    pub(super) fn mend(&mut self) {
        self.intervals.retain(|interval| interval.from < interval.to);
        self.intervals.truncate(Self::MOST);
        self.total_ms = self.total_ms.max(listed_ms(&self.intervals));
    }
}

fn listed_ms(intervals: &[Interval]) -> i64 {
    intervals.iter().fold(0_i64, |sum, interval| sum.saturating_add(interval.millis()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_intervals_are_one_and_the_sum_outlives_the_list() {
        let mut spans = Spans::default();
        spans.push(Timestamp(0), Timestamp(5));
        spans.push(Timestamp(5), Timestamp(9));
        spans.push(Timestamp(9), Timestamp(9));
        assert_eq!(spans.intervals, [Interval { from: Timestamp(0), to: Timestamp(9) }]);
        for start in 1..200 {
            spans.push(Timestamp(start * 10), Timestamp(start * 10 + 1));
        }
        assert_eq!((spans.intervals.len(), spans.total_ms), (Spans::MOST, 9 + 199));
        assert_eq!(spans.unlisted_ms(), 199 - 63);
    }
    #[test]
    fn a_damaged_sum_is_never_less_than_its_list() {
        let interval = |from, to| Interval { from: Timestamp(from), to: Timestamp(to) };
        let mut spans = Spans { total_ms: -5, intervals: vec![interval(0, 7), interval(9, 2)] };
        spans.mend();
        assert_eq!(spans, Spans { total_ms: 7, intervals: vec![interval(0, 7)] });
    }
}
