//! How long a task was worked on, and how well that is known.

/// Working time of one entry: somewhere between `low_secs` and `high_secs`.
///
/// Invariant, kept by [`Worked::new`]: `low_secs ≤ high_secs ≤ held_secs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Worked {
    /// Seconds that were surely worked.
    pub low_secs: u32,
    /// Seconds that were at most worked.
    pub high_secs: u32,
    /// Seconds from accepting to the end, worked or not.
    pub held_secs: u32,
    /// How the range came about.
    pub how: How,
}

/// How working time was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// In front of the worker's eyes, with signs of life.
    Seen,
    /// With one task held, time away from it counted: it was partly done in another tab.
    PartlyElsewhere,
    /// Several tasks were held: low is what was seen, high is what was held.
    SeveralHeld,
    /// The worker said how long it took.
    Corrected,
    /// Only accepting and end are known.
    HeldOnly,
}

impl Worked {
    /// A range from any three numbers: the larger ones give way, so that the invariant holds.
    ///
    /// What the worker said ([`How::Corrected`]) is never cut: there, held time grows to it.
    pub fn new(low_secs: u32, high_secs: u32, held_secs: u32, how: How) -> Self {
        let held_secs =
            if how == How::Corrected { held_secs.max(low_secs).max(high_secs) } else { held_secs };
        let high_secs = high_secs.min(held_secs);
        Self { low_secs: low_secs.min(high_secs), high_secs, held_secs, how }
    }

    /// Whether it may teach the worker's pace alone: uncertain times only widen a range.
    pub fn teaches_pace(&self) -> bool {
        match self.how {
            How::Seen | How::Corrected => true,
            How::PartlyElsewhere | How::SeveralHeld | How::HeldOnly => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_in_order() {
        let worked = Worked::new(90, 60, 50, How::Seen);
        assert_eq!((worked.low_secs, worked.high_secs, worked.held_secs), (50, 50, 50));
        let corrected = Worked::new(840, 840, 50, How::Corrected);
        assert_eq!((corrected.low_secs, corrected.held_secs), (840, 840));
    }

    #[test]
    fn only_certain_times_teach_pace() {
        let teaches = [How::Seen, How::Corrected, How::PartlyElsewhere, How::SeveralHeld, How::HeldOnly]
            .map(|how| Worked::new(1, 1, 1, how).teaches_pace());
        assert_eq!(teaches, [true, true, false, false, false]);
    }
}
