//! What the worker has set.

use std::collections::{BTreeMap, BTreeSet};

use super::Currency;

/// What a chip counts pay in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PayUnit {
    /// `21¢/min`.
    #[default]
    Minute,
    /// `$12.60/h`.
    Hour,
}

/// From where on pay is fair, and from where on good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    fair_micros: i64,
    good_micros: i64,
}

impl Limits {
    /// The United States' federal minimum of $7.25 an hour as $0.12 a minute, and $10.50 an hour.
    pub const US_DOLLARS: Self = Self { fair_micros: 120_000, good_micros: 175_000 };

    /// Highest limit that is no mistake: a thousand major units a minute.
    pub const MAX_MICROS: i64 = 1_000_000_000;

    /// Two limits in millionths of a currency's major unit per minute of work.
    ///
    /// `None` unless `0 < fair ≤ good ≤` [`Limits::MAX_MICROS`].
    pub fn new(fair_micros: i64, good_micros: i64) -> Option<Self> {
        (0 < fair_micros && fair_micros <= good_micros && good_micros <= Self::MAX_MICROS)
            .then_some(Self { fair_micros, good_micros })
    }

    /// Below this it is low; millionths per minute.
    pub fn fair_micros(self) -> i64 {
        self.fair_micros
    }

    /// From here on it is good; millionths per minute.
    pub fn good_micros(self) -> i64 {
        self.good_micros
    }
}

/// All settings; small, and the same in every tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Per minute or per hour.
    pub unit: PayUnit,
    /// Verdict limits; a currency that is not here has no verdict.
    pub limits: BTreeMap<Currency, Limits>,
    /// Sites that are switched off, by partition name; all others are on.
    pub sites_off: BTreeSet<String>,
    /// Whether blocked rows are shown dimmed rather than hidden at page load.
    pub show_blocked: bool,
    /// Whether a task's page shows its clock, and the queue what is held.
    pub show_clock: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            unit: PayUnit::default(),
            limits: BTreeMap::from([(Currency::USD, Limits::US_DOLLARS)]),
            sites_off: BTreeSet::new(),
            show_blocked: false,
            show_clock: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_in_order_and_positive() {
        assert!(Limits::new(0, 1).is_none());
        assert!(Limits::new(2, 1).is_none());
        assert!(Limits::new(1, Limits::MAX_MICROS + 1).is_none());
        assert_eq!(Limits::new(120_000, 175_000), Some(Limits::US_DOLLARS));
    }
}
