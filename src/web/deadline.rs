//! Waiting for the browser, but not for ever: on a full disk a write may get no event at all.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use crate::storage::StoreError;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(handler: &Function, millis: u32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
    /// Anything thrown; `name` tells kinds apart.
    type Thrown;
    #[wasm_bindgen(method, getter)]
    fn name(this: &Thrown) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn message(this: &Thrown) -> JsValue;
}

/// What a timer throws.
const TIMED_OUT: &str = "TimedOut";

/// A limit over a whole piece of work.
pub(super) struct Deadline {
    timer: JsValue,
    passed: Promise,
}

impl Deadline {
    /// A limit this far from now.
    pub(super) fn after_millis(millis: u32) -> Self {
        let mut timer = JsValue::UNDEFINED;
        let passed = Promise::new(&mut |_resolve, reject| {
            let reject = reject.bind1(&JsValue::UNDEFINED, &JsValue::from_str(TIMED_OUT));
            timer = set_timeout(reject.unchecked_ref(), millis);
        });
        Self { timer, passed }
    }

    /// The promise's value or what it threw; [`TIMED_OUT`] where the limit comes first.
    ///
    /// It goes on within the event that settles the promise, so that a transaction of
    /// `IndexedDB` still takes requests then.
    pub(super) async fn wait(&self, promise: &Promise) -> Result<JsValue, JsValue> {
        JsFuture::from(Promise::race(&Array::of2(promise, &self.passed))).await
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        clear_timeout(&self.timer);
    }
}

/// What the browser threw, as one of our errors.
pub(super) fn store_error(thrown: &JsValue) -> StoreError {
    if thrown.as_string().as_deref() == Some(TIMED_OUT) {
        return StoreError::TimedOut;
    }
    match name_of(thrown).as_str() {
        "QuotaExceededError" => StoreError::DiskFull,
        _ if says_no_room(thrown) => StoreError::DiskFull,
        "VersionError" => StoreError::NewerSchema,
        name => StoreError::Unavailable(name.to_owned()),
    }
}

/// What browsers say of a full disk where the name of the error does not: Chromium's `LevelDB` stores with the
/// name of a file error, Firefox with the name of its own.
fn says_no_room(thrown: &JsValue) -> bool {
    if !thrown.is_object() {
        return false;
    }
    let message = thrown.unchecked_ref::<Thrown>().message().as_string().unwrap_or_default();
    let said = format!("{} {message}", name_of(thrown));
    ["NO_SPACE", "No space left", "NO_DEVICE_SPACE", "QuotaExceeded", "exceeded its quota"]
        .iter()
        .any(|words| said.contains(words))
}

/// The name of what was thrown: `AbortError`.
pub(super) fn name_of(thrown: &JsValue) -> String {
    if !thrown.is_object() {
        return "nothing said".to_owned();
    }
    thrown.unchecked_ref::<Thrown>().name().as_string().unwrap_or_else(|| "nothing said".to_owned())
}
