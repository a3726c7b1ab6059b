//! What happens when the core fails: nothing half-done is written, and someone hears of it.
//!
//! A panic is a trap in the middle of a call. Whatever was in memory may be wrong from then on,
//! so open transactions are aborted at once and this instance decides nothing any more. The
//! script that holds it drops it and takes a fresh one.

use core::sync::atomic::{AtomicBool, Ordering};
use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::prelude::JsValue;

use super::idb_api::Transaction;

static POISONED: AtomicBool = AtomicBool::new(false);

thread_local! {
    static OPEN: RefCell<Vec<Transaction>> = const { RefCell::new(Vec::new()) };
    static LISTENER: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Whether this instance has failed.
pub(super) fn is_poisoned() -> bool {
    POISONED.load(Ordering::Relaxed)
}

/// From now on a panic aborts what is open and calls the listener with its text.
pub(super) fn on_panic(listener: Function) {
    LISTENER.replace(Some(listener));
    std::panic::set_hook(Box::new(|panic| {
        POISONED.store(true, Ordering::Relaxed);
        // A list that is being changed at this moment is left alone: a hook must not panic.
        let open = OPEN.with(|open| open.try_borrow().map(|open| open.clone()).unwrap_or_default());
        for transaction in open {
            let _over = transaction.abort();
        }
        let listener = LISTENER.with(|listener| listener.try_borrow().ok().and_then(|found| found.clone()));
        if let Some(listener) = listener {
            let _thrown = listener.call1(&JsValue::UNDEFINED, &JsValue::from_str(&panic.to_string()));
        }
    }));
}

/// Runs a piece of work in whose course a panic aborts the transaction.
pub(super) async fn while_open<T>(transaction: &Transaction, work: impl Future<Output = T>) -> T {
    OPEN.with_borrow_mut(|open| open.push(transaction.clone()));
    let done = work.await;
    OPEN.with_borrow_mut(|open| open.retain(|other| other != transaction));
    done
}
