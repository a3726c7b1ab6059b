//! Ring 4: the two places where the core meets a browser.
//!
//! Compiled for wasm32 only, once a feature: `content` (a raw boundary without imports, so
//! that a content script can instantiate it from bytes) and `background` (wasm-bindgen).

#[cfg(feature = "background")]
pub mod background;
#[cfg(feature = "content")]
pub mod content;
