//! Tests of the core against real data, native only.

mod listing;
mod prior_fit;
mod stated_labels;
