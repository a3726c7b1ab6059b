//! The page engine behind four plain functions: text of JSON in, text of JSON out.
//!
//! No wasm-bindgen here: the engine needs nothing from JavaScript, so the module has no
//! imports, a fresh instance is one call, and after a panic (a trap) the old one, memory
//! and all, is simply dropped. `extension/core.js` is the other side.

#![allow(
    unsafe_code,
    reason = "exporting a symbol under its own name is an unsafe attribute; nothing else is unsafe"
)]

use std::cell::RefCell;

use crate::app::page::PageEngine;
use crate::app::page::wire::{Dispatch, PageEffect};

#[derive(Default)]
struct Instance {
    engine: PageEngine,
    input: Vec<u8>,
    output: Vec<u8>,
}

thread_local! {
    static INSTANCE: RefCell<Instance> = RefCell::default();
}

/// Makes room for `len` bytes of input and says where.
#[unsafe(no_mangle)]
pub extern "C" fn input(len: usize) -> *mut u8 {
    INSTANCE.with_borrow_mut(|instance| {
        instance.input.clear();
        instance.input.resize(len, 0);
        instance.input.as_mut_ptr()
    })
}

/// Handles the event written to the input; says how long the output is.
#[unsafe(no_mangle)]
pub extern "C" fn handle() -> usize {
    INSTANCE.with_borrow_mut(|instance| {
        let effects = match Dispatch::from_json(&instance.input) {
            Some(dispatch) => {
                #[cfg(feature = "fault")]
                fault(&instance.input);
                instance.engine.handle(dispatch)
            }
            None => vec![PageEffect::Log { line: "Wagelight: an event was not understood".to_owned() }],
        };
        instance.output = serde_json::to_vec(&effects).unwrap_or_else(|_| b"[]".to_vec());
        instance.output.len()
    })
}

/// Where the output is.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    INSTANCE.with_borrow(|instance| instance.output.as_ptr())
}

/// Runs the whole way once on a made-up row, so that the browser has compiled what the first page needs.
#[unsafe(no_mangle)]
pub extern "C" fn warm() -> usize {
    crate::app::page::warm()
}

/// In builds for the panic tests only: a page that holds the word makes the engine panic.
#[cfg(feature = "fault")]
#[expect(clippy::panic, reason = "the purpose of this build")]
fn fault(input: &[u8]) {
    if input.windows(15).any(|window| window == b"wagelight-fault") {
        panic!("a fault was asked for");
    }
}
