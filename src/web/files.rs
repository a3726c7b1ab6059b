//! The page for files: its worker's boundary. One piece of work a call; text of JSON and bytes in and out.

use std::cell::RefCell;

use js_sys::{Array, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::background::engine;
use crate::app::files::{Files, Order, Reply};
use crate::app::tree::Node;
use crate::domain::Timestamp;

thread_local! {
    static FILES: RefCell<Files> = RefCell::default();
}

/// What goes with a call beside bytes.
#[derive(Deserialize)]
struct OrderPart {
    act: String,
    file_bytes: Option<u64>,
    now_ms: i64,
}

/// The worker's next step, and what the page draws.
#[derive(Serialize)]
struct ReplyPart {
    tree: Node,
    goes_on: bool,
    locks: bool,
    wants: Option<(u64, u64)>,
    name: Option<String>,
    is_written: bool,
}

/// Does one piece: text of JSON and bytes, `null` where this instance was not started. The caller asks for one
/// after the other, and holds the writer lock where the reply before said so.
#[wasm_bindgen]
pub async fn file_step(order: String, bytes: Vec<u8>) -> JsValue {
    let order: Option<OrderPart> = serde_json::from_str(&order).ok();
    let (Some(engine), Some(OrderPart { act, file_bytes, now_ms })) = (engine(), order) else {
        return JsValue::NULL;
    };
    let mut files = FILES.take();
    let order = Order { act, bytes, file_bytes, now: Timestamp(now_ms) };
    let Reply { tree, goes_on, locks, wants, bytes, name, is_written } =
        files.step(engine.stores(), order).await;
    FILES.replace(files);
    let reply = ReplyPart { tree, goes_on, locks, wants, name, is_written };
    let text = serde_json::to_string(&reply).unwrap_or_default();
    Array::of2(&JsValue::from_str(&text), &Uint8Array::from(bytes.as_slice())).into()
}
