//! How often a thing is measured: as often as wanted, less where the machine is slow.

use std::time::{Duration, Instant};

/// A median of fewer says little.
const LEAST: u32 = 3;

/// Counts the rounds of one figure.
#[derive(Debug)]
pub(super) struct Rounds {
    done: u32,
    most: u32,
    until: Instant,
}

impl Rounds {
    /// At most `most` rounds, and no further one after `patience` once there are three.
    pub(super) fn new(most: u32, patience: Duration) -> Self {
        Self { done: 0, most, until: Instant::now() + patience }
    }

    /// Whether there is time for one more.
    pub(super) fn next(&mut self) -> bool {
        let more = self.done < self.most && (self.done < LEAST || Instant::now() < self.until);
        self.done += u32::from(more);
        more
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_machine_gets_three_and_a_fast_one_all() {
        let count = |patience| {
            let mut rounds = Rounds::new(9, patience);
            std::iter::from_fn(|| rounds.next().then_some(())).count()
        };
        assert_eq!(count(Duration::ZERO), 3);
        assert_eq!(count(Duration::from_mins(1)), 9);
    }
}
