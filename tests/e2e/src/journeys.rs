//! The journeys, in the order of a worker's day.

mod harness;

use crate::journey::Journey;

/// All journeys.
pub(crate) fn all() -> Vec<Journey> {
    [harness::journeys()].concat()
}
