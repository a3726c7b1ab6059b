//! The port to the stores: reads, a decision, writes, in one transaction.

use core::future::Future;

/// A named store of the database. The names are on disk: they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StoreName {
    /// Own ratings, by `[partition, requester id]`.
    Ratings,
    /// The block list, by `[partition, requester id, title key or ""]`.
    Blocks,
    /// What the last changes replaced, by `[change number]`.
    Undo,
    /// The head and derived indexes, by `[name, …]`.
    Meta,
    /// The history's open days: one record an entry, by `[space, entry id]`.
    Entries,
    /// The history's closed days: one compressed block a day, by `[space, day]`.
    Days,
    /// In which closed day an entry lies, in buckets, by `[space, bucket]`.
    EntryDays,
    /// In which closed days a search term occurs, in buckets, by `[space, bucket]`.
    Terms,
    /// Counts and sums of a requester, or of one title, by `[space, requester id, title key or ""]`.
    Tallies,
    /// Counts, sums and the bonus of a day, by `[space, day]`.
    DaySums,
}

impl StoreName {
    /// All stores, in the order they were introduced.
    pub const ALL: [Self; 10] = [
        Self::Ratings,
        Self::Blocks,
        Self::Undo,
        Self::Meta,
        Self::Entries,
        Self::Days,
        Self::EntryDays,
        Self::Terms,
        Self::Tallies,
        Self::DaySums,
    ];

    /// The stores of the history, whose keys begin with a space: a generation and a partition.
    pub const HISTORY: [Self; 6] =
        [Self::Entries, Self::Days, Self::EntryDays, Self::Terms, Self::Tallies, Self::DaySums];

    /// The name on disk.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ratings => "ratings",
            Self::Blocks => "blocks",
            Self::Undo => "undo",
            Self::Meta => "meta",
            Self::Entries => "entries",
            Self::Days => "days",
            Self::EntryDays => "entry_days",
            Self::Terms => "terms",
            Self::Tallies => "tallies",
            Self::DaySums => "day_sums",
        }
    }
}

/// One part of a key. Numbers come before texts, as `IndexedDB` orders them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A whole number up to 2⁵³, so that it is exact in JavaScript.
    Number(u64),
    /// Any text. `IndexedDB` orders by UTF-16 units, this type by characters: the two differ
    /// beyond U+D7FF, so nothing may depend on the order of texts but paging within one store.
    Text(String),
}

/// The key of a record: one or more parts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub Vec<Part>);

impl Key {
    /// A key of texts.
    pub fn texts(parts: &[&str]) -> Self {
        Self(parts.iter().map(|part| Part::Text((*part).to_owned())).collect())
    }

    /// A key of one number.
    pub fn number(number: u64) -> Self {
        Self(vec![Part::Number(number)])
    }
}

/// What lies under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A record of JSON.
    Text(String),
    /// A packed record, which carries its own checksum.
    Bytes(Vec<u8>),
}

impl Value {
    /// The text; `None` for bytes.
    pub fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bytes(_) => None,
        }
    }

    /// The bytes; none for a text, which then reads as damaged.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Text(_) => &[],
        }
    }

    /// Its size on disk, roughly: bytes, or bytes of the text in UTF-8.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

/// Something to look up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// One record; answered by [`Found::One`].
    Get(StoreName, Key),
    /// The records whose key begins with a text and lies behind `after`; answered by [`Found::Many`].
    List {
        /// In which store.
        store: StoreName,
        /// The first part of the keys; the keys have further parts.
        first: String,
        /// Where the last page ended; `None` begins at the beginning.
        after: Option<Key>,
        /// At most so many records.
        limit: u32,
    },
    /// How many records a store holds; answered by [`Found::Count`].
    Count(StoreName),
}

/// The answer to one [`Read`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The record, if there is one.
    One(Option<Value>),
    /// Keys and records in key order.
    Many(Vec<(Key, Value)>),
    /// A number of records.
    Count(u64),
}

impl Found {
    /// The text of a [`Found::One`]; `None` for anything else. Bytes where a text belongs read as damaged: an
    /// empty text.
    pub fn into_text(self) -> Option<String> {
        Some(self.into_value()?.into_text().unwrap_or_default())
    }

    /// The record of a [`Found::One`]; `None` for anything else.
    pub fn into_value(self) -> Option<Value> {
        match self {
            Self::One(value) => value,
            Self::Many(_) | Self::Count(_) => None,
        }
    }

    /// The records of a [`Found::Many`]; none for anything else.
    pub fn into_many(self) -> Vec<(Key, Value)> {
        match self {
            Self::Many(records) => records,
            Self::One(_) | Self::Count(_) => Vec::new(),
        }
    }
}

/// A change of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Writes a record, over what was there.
    Put(StoreName, Key, Value),
    /// Removes a record; nothing happens where there is none.
    Delete(StoreName, Key),
    /// Removes all records of a store up to and with this key.
    DeleteThrough(StoreName, Key),
    /// Removes all records of a store whose key begins with this text and has further parts.
    DeleteAll(StoreName, String),
}

impl Write {
    /// Writes a record, over what was there.
    pub fn put(store: StoreName, key: Key, value: impl Into<Value>) -> Self {
        Self::Put(store, key, value.into())
    }
}

/// Goes on with what was found, one answer a read, in order.
pub type Then<T> = Box<dyn FnOnce(Vec<Found>) -> Step<T>>;

/// One step of a script that runs inside one transaction.
pub enum Step<T> {
    /// Look these up, then go on.
    Read(Vec<Read>, Then<T>),
    /// Write all of these or none, and when that is on disk, hand out the value.
    Done(Vec<Write>, T),
}

impl<T> Step<T> {
    /// A step of reading.
    pub fn read(reads: Vec<Read>, then: impl FnOnce(Vec<Found>) -> Self + 'static) -> Self {
        Self::Read(reads, Box::new(then))
    }
}

/// What a transaction may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads only; runs beside other readers.
    Read,
    /// Reads and writes; alone.
    Write,
}

/// Why something could not be stored or looked up. In all cases nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// No room on the disk, or the browser's limit for an extension is reached.
    DiskFull,
    /// No answer within the time limit.
    TimedOut,
    /// The database was written by a newer version of this extension.
    NewerSchema,
    /// The browser refuses or has lost the database.
    Unavailable(String),
}

/// Where records are kept.
pub trait Database {
    /// Runs a script in one durable transaction: before or after, never between.
    ///
    /// The value is handed out only when the writes are on disk. A script run with
    /// [`Access::Read`] that ends in writes is a mistake of the caller and answered with
    /// [`StoreError::Unavailable`].
    fn transact<T: 'static>(
        &self,
        access: Access,
        script: Step<T>,
    ) -> impl Future<Output = Result<T, StoreError>>;

    /// Whether a newer version of this extension made it: then it may be read and is never written.
    fn is_newer(&self) -> impl Future<Output = Result<bool, StoreError>>;
}

/// A key of the small store that every part of the extension can see. The names are on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LocalKey {
    /// The settings.
    Settings,
    /// The last change that tabs should know of.
    Bell,
    /// What was mended and what is to be known of the stores.
    Notices,
}

impl LocalKey {
    /// The name on disk, and in `storage.onChanged`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Bell => "bell",
            Self::Notices => "notices",
        }
    }
}

/// The small store (`storage.local`): values of JSON that tabs can watch.
pub trait Local {
    /// The value as JSON text, if there is one.
    fn get(&self, key: LocalKey) -> impl Future<Output = Result<Option<String>, StoreError>>;
    /// Writes a value given as JSON text.
    fn set(&self, key: LocalKey, json: String) -> impl Future<Output = Result<(), StoreError>>;
}
