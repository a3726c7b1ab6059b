//! The raw boundary of the page's own core: `memory` and plain functions, no imports.
#![allow(unsafe_code)] // An exported symbol needs `#[unsafe(no_mangle)]`.

/// Version of the boundary's words; the hands refuse another one.
#[unsafe(no_mangle)]
pub extern "C" fn boundary_version() -> u32 {
    1
}
