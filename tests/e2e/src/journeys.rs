//! The journeys, in the order of a worker's day.

mod harness;
mod list;
mod stores;

use crate::journey::Journey;

/// All journeys.
pub(crate) fn all() -> Vec<Journey> {
    [harness::journeys(), list::journeys(), stores::journeys()].concat()
}
