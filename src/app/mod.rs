//! Events in, effects out: the page engine and, in the background, the one that keeps records.
//!
//! Ring 3. Decides everything, does nothing: no clock, no store, no page is touched here.

pub mod background;
pub mod files;
pub mod history;
pub mod page;
pub mod reconcile;
pub mod screens;
pub mod tree;
pub mod views;
