//! Wagelight's core: what a micro-task really pays per minute.
//!
//! Reading order: [`domain`] (the words), [`wording`] and [`estimate`] (what text and
//! evidence say), [`sites`] (pages become tasks), [`app`] (events in, effects out).
//! The core never reads a clock, a network, a page or a store: all of them are
//! parameters. Only the `web` ring, compiled for wasm32, touches the browser.

pub mod app;
pub mod domain;
pub mod estimate;
pub mod ratings;
pub mod sites;
pub mod storage;
pub mod wording;

#[cfg(target_arch = "wasm32")]
pub mod web;
