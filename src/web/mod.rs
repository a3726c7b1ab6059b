//! Ring 4: the two places where the core meets a browser.
//!
//! Compiled for wasm32 only, once a feature: `content` (the page engine behind a raw
//! boundary without imports, so that it is instantiated from bytes in one call) and
//! `background` (stores and answers, by wasm-bindgen).

#[cfg(feature = "background")]
pub mod background;
#[cfg(feature = "content")]
pub mod content;
#[cfg(feature = "background")]
mod deadline;
#[cfg(feature = "background")]
pub mod files;
#[cfg(feature = "background")]
pub mod idb;
#[cfg(feature = "background")]
mod idb_api;
#[cfg(feature = "background")]
mod journal;
#[cfg(feature = "background")]
mod local;
#[cfg(feature = "background")]
mod panic;
