//! The database in `IndexedDB`.
//!
//! One connection, opened when needed and opened anew when the browser or another version
//! closed it. One transaction a script, with strict durability for writers, and one time
//! limit over all of it. What was asked is answered only after `complete`.

use core::cell::RefCell;

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::{JsCast, JsValue};

use super::deadline::{Deadline, name_of, store_error};
use super::idb_api::{
    Connection, FACTORY, KeyRange, Request, Transaction, event, heard, key_from_js, key_to_js, whole_number,
};
use super::journal::looked_into;
use super::panic::{is_poisoned, while_open};
use crate::storage::{Access, Database, Found, Key, Part, Read, Step, StoreError, StoreName, Value, Write};

/// The limit over one script, opening included.
const LIMIT_MILLIS: u32 = 10_000;

/// A step from one version of the schema to the next.
pub type Migration = fn(&Upgrade<'_>) -> Result<(), JsValue>;

/// The schema as the steps that lead to it: the database's version is their number. Steps that
/// were shipped are never edited or taken out.
pub const MIGRATIONS: &[Migration] = &[first_stores, history_stores];

fn first_stores(upgrade: &Upgrade<'_>) -> Result<(), JsValue> {
    for store in [StoreName::Ratings, StoreName::Blocks, StoreName::Undo, StoreName::Meta] {
        upgrade.create_store(store.as_str())?;
    }
    Ok(())
}

fn history_stores(upgrade: &Upgrade<'_>) -> Result<(), JsValue> {
    StoreName::HISTORY.into_iter().try_for_each(|store| upgrade.create_store(store.as_str()))
}

/// What a migration may do.
pub struct Upgrade<'a>(&'a Connection);

impl Upgrade<'_> {
    /// Makes a store with keys of its own, outside its values.
    ///
    /// # Errors
    /// What the browser threw; the database then stays at its old version.
    pub fn create_store(&self, name: &str) -> Result<(), JsValue> {
        self.0.create_store(name).map(drop)
    }
}

/// A database of the extension's origin.
pub struct IndexedDatabase {
    name: String,
    migrations: &'static [Migration],
    open: RefCell<Option<Opened>>,
}

#[derive(Clone)]
struct Opened {
    connection: Connection,
    /// A newer extension made it: it may be read, never written.
    is_newer: bool,
}

impl IndexedDatabase {
    /// The database of this name, not opened yet.
    pub fn new(name: &str, migrations: &'static [Migration]) -> Self {
        Self { name: name.to_owned(), migrations, open: RefCell::new(None) }
    }

    /// Closes the connection, as the browser may do at any time; the next use opens it anew.
    pub fn close(&self) {
        if let Some(opened) = self.open.take() {
            opened.connection.close();
        }
    }

    async fn opened(&self, deadline: &Deadline) -> Result<Opened, JsValue> {
        if let Some(opened) = self.open.borrow().clone() {
            return Ok(opened);
        }
        let opened = match self.open_at_version(deadline).await {
            Ok(connection) => Opened { connection, is_newer: false },
            Err(thrown) if name_of(&thrown) == "VersionError" => {
                Opened { connection: self.open_as_it_is(deadline).await?, is_newer: true }
            }
            Err(thrown) => return Err(thrown),
        };
        opened.connection.close_on_version_change();
        // Two scripts may have waited side by side: the later one takes the first one's connection.
        let first = self.open.borrow().clone();
        if let Some(first) = first {
            opened.connection.close();
            return Ok(first);
        }
        self.open.replace(Some(opened.clone()));
        Ok(opened)
    }

    async fn open_at_version(&self, deadline: &Deadline) -> Result<Connection, JsValue> {
        let version = u32::try_from(self.migrations.len()).unwrap_or(u32::MAX);
        let request = FACTORY.with(|factory| match factory {
            Some(factory) => factory.open(&self.name, version),
            None => Err(JsValue::UNDEFINED),
        })?;
        let first = event(&request, &["onupgradeneeded", "onsuccess"], &["onerror"]);
        let first = deadline.wait(&first).await.map_err(|thrown| failure_of(&request, thrown))?;
        let old_version = Reflect::get(&first, &"oldVersion".into())?;
        if let Some(old_version) = old_version.as_f64() {
            let done = event(&request, &["onsuccess"], &["onerror"]);
            heard(&done);
            self.migrate(&request, old_version)?;
            deadline.wait(&done).await.map_err(|thrown| failure_of(&request, thrown))?;
        }
        request.result().map(JsCast::unchecked_into)
    }

    /// The steps behind an old version, in order, in the transaction of the upgrade.
    fn migrate(&self, request: &Request, old_version: f64) -> Result<(), JsValue> {
        let connection: Connection = request.result()?.unchecked_into();
        let upgrade = Upgrade(&connection);
        let steps = (1_u32..).zip(self.migrations).filter(|(to, _)| f64::from(*to) > old_version);
        for (_, step) in steps {
            if let Err(thrown) = step(&upgrade) {
                if let Some(transaction) = request.transaction() {
                    transaction.abort()?;
                }
                return Err(thrown);
            }
        }
        Ok(())
    }

    async fn open_as_it_is(&self, deadline: &Deadline) -> Result<Connection, JsValue> {
        let request = FACTORY.with(|factory| match factory {
            Some(factory) => factory.open_as_is(&self.name),
            None => Err(JsValue::UNDEFINED),
        })?;
        let opened = event(&request, &["onsuccess"], &["onerror"]);
        deadline.wait(&opened).await.map_err(|thrown| failure_of(&request, thrown))?;
        request.result().map(JsCast::unchecked_into)
    }

    /// A transaction on a living connection: one that was closed since is opened anew, once.
    async fn begin(&self, access: Access, deadline: &Deadline) -> Result<Transaction, StoreError> {
        let mut is_second = false;
        loop {
            let opened = self.opened(deadline).await.map_err(|thrown| store_error(&thrown))?;
            let may_write = !opened.is_newer || access == Access::Read;
            match begin(&opened.connection, access) {
                // It may have been replaced by one of ours since it was opened: so look again, once.
                _ if !may_write && is_second => return Err(StoreError::NewerSchema),
                _ if !may_write => self.close(),
                Ok(transaction) => return Ok(transaction),
                Err(thrown) if is_second || name_of(&thrown) != "InvalidStateError" => {
                    return Err(store_error(&thrown));
                }
                Err(_closed) => self.close(),
            }
            is_second = true;
        }
    }
}

impl Database for IndexedDatabase {
    async fn is_newer(&self) -> Result<bool, StoreError> {
        let deadline = Deadline::after_millis(LIMIT_MILLIS);
        let opened = self.opened(&deadline).await.map_err(|thrown| store_error(&thrown))?;
        if !opened.is_newer && begin(&opened.connection, Access::Read).is_ok() {
            return Ok(false);
        }
        // What is closed, or was a newer version's, may have been replaced since.
        self.close();
        match self.opened(&deadline).await {
            Ok(opened) => Ok(opened.is_newer),
            Err(thrown) => Err(looked_into(store_error(&thrown)).await),
        }
    }

    async fn transact<T: 'static>(&self, access: Access, script: Step<T>) -> Result<T, StoreError> {
        match self.ran(access, script).await {
            Err(error) => Err(looked_into(error).await),
            done => done,
        }
    }
}

impl IndexedDatabase {
    async fn ran<T: 'static>(&self, access: Access, script: Step<T>) -> Result<T, StoreError> {
        let deadline = Deadline::after_millis(LIMIT_MILLIS);
        let transaction = self.begin(access, &deadline).await?;
        let complete = event(&transaction, &["oncomplete"], &["onabort", "onerror"]);
        heard(&complete);
        let run = while_open(&transaction, run(&transaction, access, script, &deadline)).await;
        let waited = match run {
            Ok((value, false)) => return Ok(value),
            Ok((value, true)) => deadline.wait(&complete).await.map(|_| value),
            Err(thrown) => Err(thrown),
        };
        waited.map_err(|thrown| {
            // One that is over cannot be aborted, which is as good.
            let _over = transaction.abort();
            // The connection may be what is wrong: Chromium closes it on a full disk.
            self.close();
            let failure = transaction.failure();
            store_error(if failure.is_object() { &failure } else { &thrown })
        })
    }
}

fn begin(connection: &Connection, access: Access) -> Result<Transaction, JsValue> {
    let stores: Array = StoreName::ALL.iter().map(|store| JsValue::from_str(store.as_str())).collect();
    let options = Object::new();
    let mode = match access {
        Access::Read => "readonly",
        Access::Write => {
            Reflect::set(&options, &"durability".into(), &"strict".into())?;
            "readwrite"
        }
    };
    connection.begin(&stores, mode, &options)
}

/// Runs a script to its end; says whether there is something to wait for.
async fn run<T>(
    transaction: &Transaction,
    access: Access,
    mut script: Step<T>,
    deadline: &Deadline,
) -> Result<(T, bool), JsValue> {
    loop {
        // After a panic this instance decides nothing any more.
        if is_poisoned() {
            return Err(JsValue::UNDEFINED);
        }
        match script {
            Step::Read(reads, then) => script = then(look_up(transaction, &reads, deadline).await?),
            Step::Done(writes, value) if writes.is_empty() => return Ok((value, false)),
            Step::Done(_, _) if access == Access::Read => return Err(JsValue::UNDEFINED),
            Step::Done(writes, value) => {
                for write in &writes {
                    send(transaction, write)?;
                }
                transaction.commit()?;
                return Ok((value, true));
            }
        }
    }
}

fn send(transaction: &Transaction, write: &Write) -> Result<Request, JsValue> {
    match write {
        Write::Put(store, key, value) => {
            transaction.store(store.as_str())?.put(&value_to_js(value), &key_to_js(key))
        }
        Write::Delete(store, key) => transaction.store(store.as_str())?.delete(&key_to_js(key)),
        Write::DeleteThrough(store, last) => transaction
            .store(store.as_str())?
            .delete(KeyRange::upper_bound(&key_to_js(last))?.unchecked_ref()),
        Write::DeleteAll(store, first) => {
            transaction.store(store.as_str())?.delete(behind(first, None)?.unchecked_ref())
        }
    }
}

/// The requests of one read: a list needs two.
enum Asked {
    One(Request),
    Many { keys: Request, values: Request },
    Count(Request),
}

async fn look_up(
    transaction: &Transaction,
    reads: &[Read],
    deadline: &Deadline,
) -> Result<Vec<Found>, JsValue> {
    let asked = reads.iter().map(|read| ask(transaction, read)).collect::<Result<Vec<Asked>, JsValue>>()?;
    // Requests of a transaction are answered in order: when the last is there, all are. If one
    // before it fails, the transaction aborts and the last one fails with it.
    let last = asked.last().map(|asked| match asked {
        Asked::One(request) | Asked::Count(request) | Asked::Many { values: request, .. } => request,
    });
    if let Some(last) = last {
        let settled = event(last, &["onsuccess"], &["onerror"]);
        deadline.wait(&settled).await.map_err(|thrown| failure_of(last, thrown))?;
    }
    asked.iter().map(found).collect()
}

fn ask(transaction: &Transaction, read: &Read) -> Result<Asked, JsValue> {
    match read {
        Read::Get(store, key) => Ok(Asked::One(transaction.store(store.as_str())?.get(&key_to_js(key))?)),
        Read::Count(store) => Ok(Asked::Count(transaction.store(store.as_str())?.count()?)),
        Read::List { store, first, after, limit } => {
            let store = transaction.store(store.as_str())?;
            let range = behind(first, after.as_ref())?;
            let keys = store.get_all_keys(&range, *limit)?;
            Ok(Asked::Many { keys, values: store.get_all(&range, *limit)? })
        }
    }
}

/// All keys that begin with a text and lie behind another key. Arrays come behind texts, so the
/// end is the text followed by an empty array.
fn behind(first: &str, after: Option<&Key>) -> Result<KeyRange, JsValue> {
    let begin = Key(vec![Part::Text(first.to_owned())]);
    let end = Array::of2(&JsValue::from_str(first), &Array::new());
    KeyRange::bound(&key_to_js(after.unwrap_or(&begin)), &end, true, true)
}

fn found(asked: &Asked) -> Result<Found, JsValue> {
    match asked {
        Asked::One(request) => Ok(Found::One(value_of(&request.result()?))),
        Asked::Count(request) => {
            Ok(Found::Count(request.result()?.as_f64().and_then(whole_number).unwrap_or(0)))
        }
        Asked::Many { keys, values } => {
            let keys: Array = keys.result()?.unchecked_into();
            let values: Array = values.result()?.unchecked_into();
            let pairs = keys.iter().zip(values.iter());
            let ours = pairs.filter_map(|(key, value)| Some((key_from_js(&key)?, value_of(&value)?)));
            Ok(Found::Many(ours.collect()))
        }
    }
}

/// A record as the browser stores it.
fn value_to_js(value: &Value) -> JsValue {
    match value {
        Value::Text(text) => JsValue::from_str(text),
        Value::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
    }
}

/// A record read back. What is neither text nor bytes reads as damaged, an empty text, not as nothing.
fn value_of(value: &JsValue) -> Option<Value> {
    if value.is_undefined() {
        return None;
    }
    let bytes = value.dyn_ref::<Uint8Array>().map(|bytes| Value::Bytes(bytes.to_vec()));
    Some(bytes.unwrap_or_else(|| Value::Text(value.as_string().unwrap_or_default())))
}

/// Why a request failed; its event says nothing.
fn failure_of(request: &Request, thrown: JsValue) -> JsValue {
    if thrown.is_string() {
        return thrown; // The time limit.
    }
    request.error().ok().filter(JsValue::is_object).unwrap_or(thrown)
}
