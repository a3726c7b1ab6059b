//! The stores in memory: for tests of everything above them, on any machine.

use core::cell::{Cell, RefCell};
use core::future::{Future, ready};
use core::ops::Bound;
use std::collections::BTreeMap;

use super::{
    Access, Database, Found, Key, Local, LocalKey, Part, Read, Step, StoreError, StoreName, Value, Write,
};

/// Records by store and key.
type Records = BTreeMap<(StoreName, Key), Value>;

/// A database that lives as long as the value. Its futures are ready at once.
#[derive(Default)]
pub struct MemoryDatabase {
    records: RefCell<Records>,
    fails_with: RefCell<Option<StoreError>>,
    fails_after: Cell<Option<u32>>,
    is_newer: Cell<bool>,
    reads: Cell<u64>,
}

impl MemoryDatabase {
    /// All records of text, in key order.
    pub fn records(&self) -> Vec<(StoreName, Key, String)> {
        let records = self.values().into_iter();
        records.filter_map(|(store, key, value)| Some((store, key, value.into_text()?))).collect()
    }

    /// All records, in key order.
    pub fn values(&self) -> Vec<(StoreName, Key, Value)> {
        let records = self.records.borrow();
        records.iter().map(|((store, key), value)| (*store, key.clone(), value.clone())).collect()
    }

    /// Puts a record there, past the engine.
    pub fn plant(&self, store: StoreName, key: Key, value: impl Into<Value>) {
        self.records.borrow_mut().insert((store, key), value.into());
    }

    /// Takes a record away, past the engine.
    pub fn lose(&self, store: StoreName, key: &Key) {
        self.records.borrow_mut().remove(&(store, key.clone()));
    }

    /// Takes everything away, as a browser does with a damaged database.
    pub fn empty(&self) {
        self.records.borrow_mut().clear();
    }

    /// From now on every commit and every read-only transaction fails so; `None` makes it well.
    pub fn fail_with(&self, error: Option<StoreError>) {
        self.fails_with.replace(error);
    }

    /// After so many more transactions every one fails, as if the browser had died; `None` makes it well.
    pub fn fail_after(&self, transactions: Option<u32>) {
        self.fails_after.set(transactions);
    }

    /// From now on it is that of a newer version.
    pub fn become_newer(&self) {
        self.is_newer.set(true);
    }

    /// How many reads were asked so far.
    pub fn reads(&self) -> u64 {
        self.reads.get()
    }

    fn run<T>(&self, access: Access, mut script: Step<T>) -> Result<T, StoreError> {
        if let Some(left) = self.fails_after.get() {
            self.fails_after.set(Some(left.saturating_sub(1)));
            if left == 0 {
                return Err(StoreError::TimedOut);
            }
        }
        loop {
            match script {
                Step::Read(reads, then) => {
                    let found = reads.iter().map(|read| self.look_up(read)).collect();
                    script = then(found);
                }
                Step::Done(writes, value) => {
                    if access == Access::Read && !writes.is_empty() {
                        return Err(StoreError::Unavailable("writes in a reading transaction".to_owned()));
                    }
                    if self.is_newer.get() && access == Access::Write {
                        return Err(StoreError::NewerSchema);
                    }
                    if let Some(error) = self.fails_with.borrow().clone() {
                        return Err(error);
                    }
                    let mut records = self.records.borrow_mut();
                    for write in writes {
                        apply(&mut records, write);
                    }
                    return Ok(value);
                }
            }
        }
    }

    fn look_up(&self, read: &Read) -> Found {
        self.reads.set(self.reads.get().saturating_add(1));
        let records = self.records.borrow();
        match read {
            Read::Get(store, key) => Found::One(records.get(&(*store, key.clone())).cloned()),
            Read::Count(store) => {
                let count = records.keys().filter(|(other, _)| other == store).count();
                Found::Count(u64::try_from(count).unwrap_or(u64::MAX))
            }
            Read::List { store, first, after, limit } => {
                let begins = |key: &Key| key.0.first() == Some(&Part::Text(first.clone()));
                let from = after.clone().unwrap_or_else(|| Key(vec![Part::Text(first.clone())]));
                let matching = records
                    .range((Bound::Excluded((*store, from)), Bound::Unbounded))
                    .take_while(|((other, key), _)| other == store && begins(key))
                    .map(|((_, key), value)| (key.clone(), value.clone()));
                Found::Many(matching.take(usize::try_from(*limit).unwrap_or(usize::MAX)).collect())
            }
        }
    }
}

fn apply(records: &mut Records, write: Write) {
    match write {
        Write::Put(store, key, value) => {
            records.insert((store, key), value);
        }
        Write::Delete(store, key) => {
            records.remove(&(store, key));
        }
        Write::DeleteThrough(store, last) => {
            records.retain(|(other, key), _| *other != store || *key > last);
        }
        Write::DeleteAll(store, first) => {
            let first = Part::Text(first);
            let is_meant = |key: &Key| key.0.len() > 1 && key.0.first() == Some(&first);
            records.retain(|(other, key), _| *other != store || !is_meant(key));
        }
    }
}

impl Database for MemoryDatabase {
    fn transact<T: 'static>(
        &self,
        access: Access,
        script: Step<T>,
    ) -> impl Future<Output = Result<T, StoreError>> {
        ready(self.run(access, script))
    }

    fn is_newer(&self) -> impl Future<Output = Result<bool, StoreError>> {
        ready(Ok(self.is_newer.get()))
    }
}

/// The small store in memory.
#[derive(Default)]
pub struct MemoryLocal {
    values: RefCell<BTreeMap<LocalKey, String>>,
    fails_with: RefCell<Option<StoreError>>,
}

impl MemoryLocal {
    /// The value under a key as JSON text.
    pub fn value(&self, key: LocalKey) -> Option<String> {
        self.values.borrow().get(&key).cloned()
    }

    /// Puts a value there, past the engine.
    pub fn plant(&self, key: LocalKey, json: &str) {
        self.values.borrow_mut().insert(key, json.to_owned());
    }

    /// From now on everything fails so; `None` makes it well.
    pub fn fail_with(&self, error: Option<StoreError>) {
        self.fails_with.replace(error);
    }
}

impl Local for MemoryLocal {
    fn get(&self, key: LocalKey) -> impl Future<Output = Result<Option<String>, StoreError>> {
        let failure = self.fails_with.borrow().clone();
        ready(failure.map_or_else(|| Ok(self.value(key)), Err))
    }

    fn set(&self, key: LocalKey, json: String) -> impl Future<Output = Result<(), StoreError>> {
        let failure = self.fails_with.borrow().clone();
        ready(failure.map_or_else(
            || {
                self.values.borrow_mut().insert(key, json);
                Ok(())
            },
            Err,
        ))
    }
}
