//! The journal in memory: for tests of everything above it.

use core::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::Journal;
use crate::storage::StoreError;

/// A journal that lives as long as the value. Its futures are ready at once.
#[derive(Default)]
pub struct MemoryJournal {
    head: RefCell<Option<String>>,
    lines: RefCell<BTreeMap<u64, String>>,
    files: RefCell<BTreeMap<String, Vec<u8>>>,
    fails_after: Cell<Option<u32>>,
    has_reserve: Cell<bool>,
}

impl MemoryJournal {
    /// After so many more writes every write fails; `None` makes it well.
    pub fn fail_after(&self, writes: Option<u32>) {
        self.fails_after.set(writes);
    }

    /// Changes a file, past the engine.
    pub fn tamper(&self, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
        if let Some(file) = self.files.borrow_mut().get_mut(name) {
            change(file);
        }
    }

    /// Whether room is set aside.
    pub fn has_reserve(&self) -> bool {
        self.has_reserve.get()
    }

    /// Takes all files away, and leaves head and open lines.
    pub fn lose_files(&self) {
        self.files.borrow_mut().clear();
    }

    /// Takes everything away.
    pub fn empty(&self) {
        self.head.replace(None);
        self.lines.borrow_mut().clear();
        self.files.borrow_mut().clear();
    }

    fn may_write(&self) -> Result<(), StoreError> {
        match self.fails_after.get() {
            None => Ok(()),
            Some(0) => Err(StoreError::DiskFull),
            Some(left) => {
                self.fails_after.set(Some(left - 1));
                Ok(())
            }
        }
    }
}

impl Journal for MemoryJournal {
    async fn head(&self) -> Result<Option<String>, StoreError> {
        Ok(self.head.borrow().clone())
    }

    async fn set_head(&self, head: String) -> Result<(), StoreError> {
        self.may_write()?;
        self.head.replace(Some(head));
        Ok(())
    }

    async fn append(&self, number: u64, line: String, head: String) -> Result<(), StoreError> {
        self.may_write()?;
        self.lines.borrow_mut().insert(number, line);
        self.head.replace(Some(head));
        Ok(())
    }

    async fn lines(&self) -> Result<Vec<(u64, String)>, StoreError> {
        Ok(self.lines.borrow().iter().map(|(number, line)| (*number, line.clone())).collect())
    }

    async fn delete_lines(&self, through: u64) -> Result<(), StoreError> {
        self.may_write()?;
        self.lines.borrow_mut().retain(|number, _| *number > through);
        Ok(())
    }

    async fn files(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.files.borrow().keys().cloned().collect())
    }

    async fn read_file(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.files.borrow().get(name).cloned())
    }

    async fn write_file(&self, name: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        self.may_write()?;
        self.files.borrow_mut().insert(name.to_owned(), bytes);
        Ok(())
    }

    async fn has_file(&self, name: &str) -> Result<bool, StoreError> {
        Ok(self.files.borrow().contains_key(name))
    }

    async fn keep_reserve(&self) -> Result<(), StoreError> {
        if !self.has_reserve.get() {
            self.may_write()?;
            self.has_reserve.set(true);
        }
        Ok(())
    }

    /// The room it gives back is enough for all that follows.
    async fn free_reserve(&self) -> Result<bool, StoreError> {
        let had = self.has_reserve.replace(false);
        if had && self.fails_after.get() == Some(0) {
            self.fails_after.set(None);
        }
        Ok(had)
    }
}
