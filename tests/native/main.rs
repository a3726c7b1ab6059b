//! Tests of the core against real data and hand labels, and of the house against its own rules.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // Tests may fail loudly.

mod history_likeness;
mod history_pages;
mod house_files;
mod house_manifest;
mod house_rings;
mod house_scripts;
mod house_sources;
mod labels_kind;
mod listing;
mod prior_fit;
mod saved;
mod saved_agreement;
mod saved_agreement_about;
mod stated_labels;
