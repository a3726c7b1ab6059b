//! The background's boundary, by wasm-bindgen: text of JSON in, text of JSON out.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Function;
use serde::Deserialize;
use wasm_bindgen::prelude::wasm_bindgen;

use super::idb::{IndexedDatabase, MIGRATIONS};
use super::journal::ExtensionJournal;
use super::local::ExtensionLocal;
use super::panic::on_panic;
use crate::app::background::wire::{Answer, Refusal, Why};
use crate::app::background::{Own, Request, SenderWord, Stores, answer as answer_over};
use crate::app::history::care::Care;
use crate::domain::Timestamp;

/// The name of the database; it is on disk and never changes.
const DATABASE: &str = "wagelight";

/// What lives as long as this instance.
pub(super) struct Engine {
    own: Own,
    stores: Stores<IndexedDatabase, ExtensionLocal, ExtensionJournal>,
}

impl Engine {
    /// The stores.
    pub(super) fn stores(&self) -> &Stores<IndexedDatabase, ExtensionLocal, ExtensionJournal> {
        &self.stores
    }
}

thread_local! {
    static ENGINE: RefCell<Option<Rc<Engine>>> = const { RefCell::new(None) };
}

/// What this instance was made ready with.
pub(super) fn engine() -> Option<Rc<Engine>> {
    ENGINE.with_borrow(Clone::clone)
}

/// Version of the boundary's words; the hands refuse another one.
#[wasm_bindgen]
pub fn boundary_version() -> u32 {
    1
}

/// Makes this instance ready. `own` is JSON of [`Own`]; `panicked` is called with a text when this
/// instance has failed and must not be used again. False if `own` is none.
#[wasm_bindgen]
pub fn init_engine(own: &str, panicked: Function) -> bool {
    on_panic(panicked);
    let own: Option<Own> = serde_json::from_str(own).ok();
    let engine = own.map(|own| {
        let database = IndexedDatabase::new(DATABASE, MIGRATIONS);
        let stores =
            Stores { database, journal: ExtensionJournal, local: ExtensionLocal, care: Care::default() };
        Rc::new(Engine { own, stores })
    });
    let is_ready = engine.is_some();
    ENGINE.replace(engine);
    is_ready
}

/// Whether a message changes what is stored: then it must be served under the writer lock.
#[wasm_bindgen]
pub fn needs_lock(message: &str) -> bool {
    crate::app::background::needs_lock(message)
}

/// The circumstances of a message.
#[derive(Deserialize)]
struct Context {
    #[serde(flatten)]
    sender: SenderWord,
    /// Milliseconds since 1970.
    now_ms: i64,
}

/// Serves one message. Both are JSON: an [`Ask`](crate::app::background::wire::Ask), and
/// `{id, url, incognito, frame, now_ms}` of its sender. The answer is JSON of an
/// [`Answer`], also for what could not be done.
#[wasm_bindgen]
pub async fn answer(message: String, context: String) -> String {
    #[cfg(feature = "fault")]
    fault(&message);
    let engine = engine();
    let context: Option<Context> = serde_json::from_str(&context).ok();
    let (Some(engine), Some(Context { sender, now_ms })) = (engine, context) else {
        return Answer::from(Refusal::new(Why::NotUnderstood, "Wagelight did not start")).to_message();
    };
    let request = Request { message: &message, sender: &sender, own: &engine.own, now: Timestamp(now_ms) };
    // On the heap: all that an ask may wait for is more than a stack should hold.
    Box::pin(answer_over(&engine.stores, request)).await.to_message()
}

/// In builds for the panic tests only: a message that holds the word makes the background panic.
#[cfg(feature = "fault")]
#[expect(clippy::panic, reason = "the purpose of this build")]
fn fault(message: &str) {
    if message.contains("wagelight-background-fault") {
        panic!("a fault was asked for");
    }
}
