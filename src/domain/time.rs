//! Spans and moments of time.

/// Milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

/// How long a task takes: a middle and an 80 % range around it, in seconds.
///
/// Invariant: `1 ≤ low_secs ≤ mid_secs ≤ high_secs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRange {
    /// The 10 % point.
    pub low_secs: u32,
    /// The middle (median).
    pub mid_secs: u32,
    /// The 90 % point.
    pub high_secs: u32,
}

impl TimeRange {
    /// A range from any three numbers: sorted, and no part below one second.
    pub fn new(low_secs: u32, mid_secs: u32, high_secs: u32) -> Self {
        let mut parts = [low_secs.max(1), mid_secs.max(1), high_secs.max(1)];
        parts.sort_unstable();
        let [low_secs, mid_secs, high_secs] = parts;
        Self { low_secs, mid_secs, high_secs }
    }
}
