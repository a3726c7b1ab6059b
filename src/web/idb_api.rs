//! The dozen calls of `IndexedDB` that we need, as the browser has them.
//!
//! Of our own, since neither crate nor `web-sys` (without unstable flags) can ask for strict
//! durability. <https://www.w3.org/TR/IndexedDB/>

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

use wasm_bindgen_futures::JsFuture;

use crate::storage::{Key, Part};

#[wasm_bindgen]
extern "C" {
    /// `IDBFactory`.
    pub(super) type Factory;
    #[wasm_bindgen(thread_local_v2, js_name = indexedDB)]
    pub(super) static FACTORY: Option<Factory>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn open(this: &Factory, name: &str, version: u32) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = open)]
    pub(super) fn open_as_is(this: &Factory, name: &str) -> Result<Request, JsValue>;

    /// `IDBRequest`, also that of opening.
    pub(super) type Request;
    #[wasm_bindgen(method, getter, catch)]
    pub(super) fn result(this: &Request) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    pub(super) fn error(this: &Request) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn transaction(this: &Request) -> Option<Transaction>;

    /// `IDBDatabase`.
    #[derive(Clone)]
    pub(super) type Connection;
    #[wasm_bindgen(method)]
    pub(super) fn close(this: &Connection);
    #[wasm_bindgen(method, getter, js_name = close)]
    fn close_function(this: &Connection) -> Function;
    #[wasm_bindgen(method, setter)]
    fn set_onversionchange(this: &Connection, handler: &Function);
    #[wasm_bindgen(method, catch, js_name = createObjectStore)]
    pub(super) fn create_store(this: &Connection, name: &str) -> Result<Store, JsValue>;
    #[wasm_bindgen(method, catch, js_name = transaction)]
    pub(super) fn begin(
        this: &Connection,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<Transaction, JsValue>;

    /// `IDBTransaction`.
    #[derive(Clone, PartialEq)]
    pub(super) type Transaction;
    #[wasm_bindgen(method, catch)]
    pub(super) fn abort(this: &Transaction) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn commit(this: &Transaction) -> Result<(), JsValue>;
    #[wasm_bindgen(method, getter, js_name = error)]
    pub(super) fn failure(this: &Transaction) -> JsValue;
    #[wasm_bindgen(method, catch, js_name = objectStore)]
    pub(super) fn store(this: &Transaction, name: &str) -> Result<Store, JsValue>;

    /// `IDBObjectStore`.
    pub(super) type Store;
    #[wasm_bindgen(method, catch)]
    pub(super) fn get(this: &Store, key: &JsValue) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn count(this: &Store) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAll)]
    pub(super) fn get_all(this: &Store, range: &KeyRange, limit: u32) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAllKeys)]
    pub(super) fn get_all_keys(this: &Store, range: &KeyRange, limit: u32) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn put(this: &Store, value: &JsValue, key: &JsValue) -> Result<Request, JsValue>;
    /// A key or a range of keys.
    #[wasm_bindgen(method, catch)]
    pub(super) fn delete(this: &Store, keys: &JsValue) -> Result<Request, JsValue>;

    /// `IDBKeyRange`.
    #[wasm_bindgen(js_name = IDBKeyRange)]
    pub(super) type KeyRange;
    #[wasm_bindgen(static_method_of = KeyRange, js_class = "IDBKeyRange", catch)]
    pub(super) fn bound(
        lower: &JsValue,
        upper: &JsValue,
        lower_open: bool,
        upper_open: bool,
    ) -> Result<KeyRange, JsValue>;
    #[wasm_bindgen(static_method_of = KeyRange, js_class = "IDBKeyRange", js_name = upperBound, catch)]
    pub(super) fn upper_bound(upper: &JsValue) -> Result<KeyRange, JsValue>;
}

impl Connection {
    /// Lets go of the database when another version wants it. In JavaScript alone, so that it works
    /// whatever becomes of this instance; the next use finds the connection closed and opens anew.
    pub(super) fn close_on_version_change(&self) {
        let close = self.close_function().bind0(self);
        self.set_onversionchange(&close);
    }
}

/// A promise of the first of these events at a target. The handlers are the promise's own functions: no closure of ours can dangle.
pub(super) fn event(target: &JsValue, resolving: &[&str], rejecting: &[&str]) -> Promise {
    Promise::new(&mut |resolve, reject| {
        for (names, handler) in [(resolving, &resolve), (rejecting, &reject)] {
            for name in names {
                // Setting a handler on a target of the browser's own cannot fail.
                let _set = Reflect::set(target, &JsValue::from_str(name), handler);
            }
        }
    })
}

/// Keeps the browser from reporting a promise that may fail unawaited: its failure is known otherwise.
pub(super) fn heard(promise: &Promise) {
    drop(JsFuture::from(promise.clone()));
}

/// A key as the browser has it: always an array, of numbers and texts.
pub(super) fn key_to_js(key: &Key) -> JsValue {
    key.0.iter().map(part_to_js).collect::<Array>().into()
}

fn part_to_js(part: &Part) -> JsValue {
    match part {
        Part::Text(text) => JsValue::from_str(text),
        // Our numbers count changes, which fill u32 after one a second for 136 years, or are days and buckets, which fit.
        Part::Number(number) => JsValue::from(u32::try_from(*number).unwrap_or(u32::MAX)),
    }
}

/// A key read back; `None` for one that is none of ours.
pub(super) fn key_from_js(key: &JsValue) -> Option<Key> {
    key.dyn_ref::<Array>()?
        .iter()
        .map(|part| match part.as_f64() {
            Some(number) => Some(Part::Number(whole_number(number)?)),
            None => Some(Part::Text(part.as_string()?)),
        })
        .collect::<Option<_>>()
        .map(Key)
}

/// A number of JavaScript that is whole and not below zero.
pub(super) fn whole_number(number: f64) -> Option<u64> {
    format!("{number}").parse().ok()
}
