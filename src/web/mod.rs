//! The boundary to the browser; compiled for wasm32 only.
//!
//! Ring 4. Two builds of one crate: `content` (the page engine behind a raw interface) and
//! `background` (stores and answers behind wasm-bindgen).

#[cfg(feature = "content")]
mod content;
