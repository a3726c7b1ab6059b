//! The background's boundary, by wasm-bindgen.

use wasm_bindgen::prelude::wasm_bindgen;

/// Version of the boundary's words; the hands refuse another one.
#[wasm_bindgen]
pub fn boundary_version() -> u32 {
    1
}
