//! The journeys, in the order of a worker's day.

mod bad_input;
mod block;
mod card;
mod care;
mod clock;
mod correct;
mod damage;
mod day;
mod files;
mod full;
mod harness;
mod history;
mod hostile;
mod kill;
mod life;
mod list;
mod panic;
mod private;
mod rate;
mod reading;
mod reconcile;
mod screens;
mod stores;
mod synced;
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
        day::journeys(),
        kill::journeys(),
        synced::journeys(),
        damage::journeys(),
        full::journeys(),
        clock::journeys(),
        correct::journeys(),
        care::journeys(),
        reconcile::journeys(),
        files::journeys(),
        hostile::journeys(),
        bad_input::journeys(),
        update::journeys(),
        panic::journeys(),
        private::journeys(),
        screens::journeys(),
    ]
    .concat()
}
