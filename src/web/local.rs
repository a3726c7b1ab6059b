//! The small store in `storage.local`.

use js_sys::{JSON, Object, Promise, Reflect};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::deadline::{Deadline, store_error};
use crate::storage::{Local, LocalKey, StoreError};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = get)]
    fn local_get(key: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = set)]
    fn local_set(items: &Object) -> Result<Promise, JsValue>;
}

/// The limit over one call.
const LIMIT_MILLIS: u32 = 5_000;

/// `storage.local` of this extension.
pub(super) struct ExtensionLocal;

impl Local for ExtensionLocal {
    async fn get(&self, key: LocalKey) -> Result<Option<String>, StoreError> {
        read(key.as_str()).await.map_err(|thrown| store_error(&thrown))
    }

    async fn set(&self, key: LocalKey, json: String) -> Result<(), StoreError> {
        write(key.as_str(), &json).await.map_err(|thrown| store_error(&thrown))
    }
}

async fn read(key: &str) -> Result<Option<String>, JsValue> {
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    let items = deadline.wait(&local_get(key)?).await?;
    let value = Reflect::get(&items, &JsValue::from_str(key))?;
    if value.is_undefined() { Ok(None) } else { JSON::stringify(&value).map(|text| text.as_string()) }
}

async fn write(key: &str, json: &str) -> Result<(), JsValue> {
    let deadline = Deadline::after_millis(LIMIT_MILLIS);
    let items = Object::new();
    Reflect::set(&items, &JsValue::from_str(key), &JSON::parse(json)?)?;
    deadline.wait(&local_set(&items)?).await.map(drop)
}
