//! The journeys, in the order of a worker's day.

mod harness;
mod list;
mod screens;
mod stores;

use crate::journey::Journey;

/// All journeys.
pub(crate) fn all() -> Vec<Journey> {
    [harness::journeys(), list::journeys(), screens::journeys(), stores::journeys()].concat()
}
