//! Scripts as plain functions: what a function misses is read, and it runs again.
//!
//! A function over a [`View`] is pure, so running it anew gives the same up to where it stopped. What was
//! unpacked is kept, so only looking up is repeated.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::domain::SiteDay;
use crate::domain::history::Entry;
use crate::storage::packed::block::decode_day;
use crate::storage::record::RecordError;
use crate::storage::{Found, Key, Read, Step, StoreName, Value, Write};

use super::keys::day_key;
use super::{Fault, Place};

/// Records of one reading of a list.
const PAGE: u32 = 1_000;

/// In which store, under which first part of the keys, behind which key.
type PageOf = (StoreName, String, Option<Key>);

/// Some records of a store, in the order of their keys.
#[derive(Default)]
pub(in crate::storage) struct Page {
    pub(in crate::storage) records: Vec<(Key, Value)>,
    /// There are none behind them.
    pub(in crate::storage) is_last: bool,
}

/// What was read in this transaction.
#[derive(Default)]
pub(in crate::storage) struct View {
    values: BTreeMap<(StoreName, Key), Option<Value>>,
    lists: BTreeMap<(StoreName, String), Vec<(Key, Value)>>,
    days: BTreeMap<Key, Rc<Vec<Entry>>>,
    missing: BTreeSet<(StoreName, Key)>,
    missing_list: Option<(StoreName, String)>,
    pages: BTreeMap<PageOf, Page>,
    missing_page: Option<PageOf>,
}

/// Why a function stopped.
pub(in crate::storage) enum Stop {
    /// Something must be read first.
    Missing,
    /// A record cannot be used.
    Fault(Fault),
}

impl Stop {
    pub(in crate::storage) fn fault(place: Place, error: RecordError) -> Self {
        Self::Fault(Fault { place, error })
    }
}

/// A function over what was read: what to write, and the value.
pub(in crate::storage) type Logic<T> = Box<dyn FnMut(&mut View) -> Result<(Vec<Write>, T), Stop>>;

/// The script that runs a function, reading what it misses.
pub(in crate::storage) fn script<T: 'static>(
    logic: impl FnMut(&mut View) -> Result<(Vec<Write>, T), Stop> + 'static,
) -> Step<Result<T, Fault>> {
    step(View::default(), Box::new(logic))
}

fn step<T: 'static>(mut view: View, mut logic: Logic<T>) -> Step<Result<T, Fault>> {
    match logic(&mut view) {
        Ok((writes, value)) => Step::Done(writes, Ok(value)),
        Err(Stop::Fault(fault)) => Step::Done(Vec::new(), Err(fault)),
        Err(Stop::Missing) => {
            if let Some((store, first)) = view.missing_list.take() {
                return list(view, logic, (store, first), Vec::new());
            }
            if let Some(of) = view.missing_page.take() {
                return page(view, logic, of);
            }
            let missing = core::mem::take(&mut view.missing);
            let reads = missing.iter().map(|(store, key)| Read::Get(*store, key.clone())).collect();
            Step::read(reads, move |found| {
                let found = found.into_iter().map(Found::into_value);
                view.values.extend(missing.into_iter().zip(found));
                step(view, logic)
            })
        }
    }
}

fn list<T: 'static>(
    mut view: View,
    logic: Logic<T>,
    of: (StoreName, String),
    mut so_far: Vec<(Key, Value)>,
) -> Step<Result<T, Fault>> {
    let after = so_far.last().map(|(key, _)| key.clone());
    let reads = vec![Read::List { store: of.0, first: of.1.clone(), after, limit: PAGE }];
    Step::read(reads, move |found| {
        let page = found.into_iter().next().map_or(Vec::new(), Found::into_many);
        let is_last = u32::try_from(page.len()).unwrap_or(u32::MAX) < PAGE;
        so_far.extend(page);
        if is_last {
            view.lists.insert(of, so_far);
            step(view, logic)
        } else {
            list(view, logic, of, so_far)
        }
    })
}

fn page<T: 'static>(mut view: View, logic: Logic<T>, of: PageOf) -> Step<Result<T, Fault>> {
    let (store, first, after) = of.clone();
    Step::read(vec![Read::List { store, first, after, limit: PAGE }], move |found| {
        let records = found.into_iter().next().map_or(Vec::new(), Found::into_many);
        let is_last = u32::try_from(records.len()).unwrap_or(u32::MAX) < PAGE;
        view.pages.insert(of, Page { records, is_last });
        step(view, logic)
    })
}

impl View {
    /// Asks for a record that will be needed, without stopping.
    pub(in crate::storage) fn want(&mut self, store: StoreName, key: Key) {
        let key = (store, key);
        if !self.values.contains_key(&key) {
            self.missing.insert(key);
        }
    }

    /// Stops where something that was asked for is not here yet.
    pub(in crate::storage) fn checkpoint(&self) -> Result<(), Stop> {
        if self.missing.is_empty() { Ok(()) } else { Err(Stop::Missing) }
    }

    /// A record, if there is one.
    pub(in crate::storage) fn value(&mut self, store: StoreName, key: &Key) -> Result<Option<&Value>, Stop> {
        self.want(store, key.clone());
        self.checkpoint()?;
        Ok(self.values.get(&(store, key.clone())).and_then(Option::as_ref))
    }

    /// A record of text; bytes in its place read as damaged: an empty text.
    pub(in crate::storage) fn text(&mut self, store: StoreName, key: &Key) -> Result<Option<String>, Stop> {
        let value = self.value(store, key)?;
        Ok(value.map(|value| value.clone().into_text().unwrap_or_default()))
    }

    /// A record of bytes; text in its place reads as damaged: no bytes.
    pub(in crate::storage) fn bytes(&mut self, store: StoreName, key: &Key) -> Result<Option<&[u8]>, Stop> {
        Ok(self.value(store, key)?.map(Value::as_bytes))
    }

    /// All records of a store whose key begins with a text, in the order of their keys.
    pub(in crate::storage) fn list(
        &mut self,
        store: StoreName,
        first: &str,
    ) -> Result<&[(Key, Value)], Stop> {
        let of = (store, first.to_owned());
        if !self.lists.contains_key(&of) {
            self.missing_list = Some(of);
            return Err(Stop::Missing);
        }
        Ok(self.lists.get(&of).map_or(&[], Vec::as_slice))
    }

    /// The next records of a store whose key begins with a text, behind a key.
    pub(in crate::storage) fn page(
        &mut self,
        store: StoreName,
        first: &str,
        after: Option<&Key>,
    ) -> Result<&Page, Stop> {
        let of = (store, first.to_owned(), after.cloned());
        if !self.pages.contains_key(&of) {
            self.missing_page = Some(of);
            return Err(Stop::Missing);
        }
        self.pages.get(&of).ok_or(Stop::Missing)
    }

    /// The entries of a closed day; `None` where it has no block.
    pub(in crate::storage) fn day(
        &mut self,
        space: &str,
        day: SiteDay,
    ) -> Result<Option<Rc<Vec<Entry>>>, Stop> {
        let key = day_key(space, day);
        if let Some(entries) = self.days.get(&key) {
            return Ok(Some(Rc::clone(entries)));
        }
        let Some(bytes) = self.bytes(StoreName::Days, &key)? else { return Ok(None) };
        let entries = decode_day(bytes).map_err(|error| Stop::fault(Place::Day(day), error))?;
        let entries = Rc::new(entries);
        self.days.insert(key, Rc::clone(&entries));
        Ok(Some(entries))
    }
}
