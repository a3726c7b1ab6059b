//! When the next request may be sent.

use crate::domain::Timestamp;

/// Between the end of one request and the beginning of the next.
pub(super) const SPACING_MS: i64 = 1_500;
/// After the first failure, or when the site asked for fewer requests; doubled each time.
const BACK_OFF_MS: i64 = 2_000;
/// Nothing waits longer, whatever the site or the machine's clock says.
const MAX_WAIT_MS: i64 = 600_000;
/// So many failures in a row end a run.
const MAX_FAILURES: u32 = 3;

/// The pace of requests to one site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    pub(super) spacing_ms: i64,
    pub(super) not_before: Timestamp,
    /// How often the site said that there were too many requests.
    pub(super) refusals: u32,
    pub(super) failures_in_a_row: u32,
}

impl Pace {
    /// A fresh pace; `last_request_at` is that of any earlier run, so that two runs keep their distance too.
    pub(super) fn new(last_request_at: Option<Timestamp>) -> Self {
        let mut pace = Self {
            spacing_ms: SPACING_MS,
            not_before: Timestamp(i64::MIN),
            refusals: 0,
            failures_in_a_row: 0,
        };
        if let Some(last) = last_request_at {
            pace.rest(last);
        }
        pace
    }

    /// The moment to wait for; `None` when a request may be sent.
    pub(super) fn wait_until(&mut self, now: Timestamp) -> Option<Timestamp> {
        // A clock that was put back must not stop everything for hours.
        let latest = Timestamp(now.0.saturating_add(MAX_WAIT_MS));
        self.not_before = self.not_before.min(latest);
        (now < self.not_before).then_some(self.not_before)
    }

    /// A request was sent or an answer came: a pause begins, however late both were.
    pub(super) fn rest(&mut self, now: Timestamp) {
        self.hold(now, self.spacing_ms);
    }

    /// An answer was good.
    pub(super) fn succeeded(&mut self, now: Timestamp) {
        self.failures_in_a_row = 0;
        self.rest(now);
    }

    /// An answer was none. Whether that was one too many.
    pub(super) fn failed(&mut self, now: Timestamp) -> bool {
        self.hold(now, BACK_OFF_MS << self.failures_in_a_row.min(5));
        self.failures_in_a_row = self.failures_in_a_row.saturating_add(1);
        self.failures_in_a_row >= MAX_FAILURES
    }

    /// The site asked for fewer requests. Whether it did so before.
    pub(super) fn refused(&mut self, now: Timestamp, retry_after_secs: Option<u32>) -> bool {
        let asked = retry_after_secs.map_or(0, |secs| i64::from(secs).saturating_mul(1_000));
        self.hold(now, (BACK_OFF_MS << self.refusals.min(5)).max(asked));
        // All that follows goes at half the speed.
        self.spacing_ms = self.spacing_ms.saturating_mul(2).min(MAX_WAIT_MS);
        self.refusals = self.refusals.saturating_add(1);
        self.refusals >= 2
    }

    fn hold(&mut self, now: Timestamp, wait_ms: i64) {
        let until = now.0.saturating_add(wait_ms.clamp(self.spacing_ms, MAX_WAIT_MS));
        self.not_before = self.not_before.max(Timestamp(until));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_follows_whatever_happened() {
        let mut pace = Pace::new(Some(Timestamp(1_000)));
        assert_eq!(pace.wait_until(Timestamp(2_499)), Some(Timestamp(2_500)));
        assert_eq!(pace.wait_until(Timestamp(2_500)), None);
        assert!(!pace.failed(Timestamp(10_000)));
        assert_eq!(pace.wait_until(Timestamp(10_000)), Some(Timestamp(12_000)));
        assert!(!pace.failed(Timestamp(12_000)));
        assert_eq!(pace.wait_until(Timestamp(12_000)), Some(Timestamp(16_000)));
        assert!(pace.failed(Timestamp(16_000)), "the third in a row");
        pace.succeeded(Timestamp(60_000));
        assert!(!pace.failed(Timestamp(70_000)), "a good answer between them counts");
    }

    #[test]
    fn the_second_refusal_is_one_too_many_and_the_first_slows_all_that_follows() {
        let mut pace = Pace::new(None);
        assert!(!pace.refused(Timestamp(0), None));
        assert_eq!(pace.wait_until(Timestamp(0)), Some(Timestamp(2_000_i64.max(SPACING_MS))));
        pace.succeeded(Timestamp(5_000));
        assert_eq!(pace.wait_until(Timestamp(5_000)), Some(Timestamp(5_000 + 2 * SPACING_MS)));
        assert!(pace.refused(Timestamp(9_000), Some(30)));
        assert_eq!(pace.wait_until(Timestamp(9_000)), Some(Timestamp(39_000)), "as the site asked");
    }

    #[test]
    fn nothing_waits_for_ever() {
        let mut pace = Pace::new(Some(Timestamp(i64::MAX)));
        assert_eq!(pace.wait_until(Timestamp(0)), Some(Timestamp(MAX_WAIT_MS)));
        let mut pace = Pace::new(None);
        pace.refused(Timestamp(0), Some(u32::MAX));
        assert_eq!(pace.wait_until(Timestamp(0)), Some(Timestamp(MAX_WAIT_MS)));
        assert_eq!(Pace::new(None).wait_until(Timestamp(i64::MIN)), None);
    }
}
