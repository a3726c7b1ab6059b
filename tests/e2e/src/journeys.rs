//! The journeys, in the order of a worker's day.

mod bad_input;
mod block;
mod card;
mod harness;
mod history;
mod hostile;
mod life;
mod list;
mod panic;
mod rate;
mod reading;
mod screens;
mod stores;
mod update;
mod worker;

use crate::journey::Journey;

/// All journeys.
pub(crate) fn all() -> Vec<Journey> {
    [
        harness::journeys(),
        stores::journeys(),
        list::journeys(),
        reading::journeys(),
        card::journeys(),
        rate::journeys(),
        block::journeys(),
        life::journeys(),
        history::journeys(),
        hostile::journeys(),
        bad_input::journeys(),
        update::journeys(),
        panic::journeys(),
        screens::journeys(),
    ]
    .concat()
}
