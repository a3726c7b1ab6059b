//! The columns of a block: each kind of value in a stream of its own, so that like lies beside like.

use std::collections::BTreeMap;

use super::{Reader, Writer, damaged};
use crate::storage::record::RecordError;

/// The streams of a block; their order is on disk.
#[derive(Clone, Copy, Default)]
pub(in crate::storage) struct Columns<T> {
    /// How many observations an entry has, and how many facts each.
    pub(in crate::storage) counts: T,
    /// Which entry and task: texts that hardly repeat.
    pub(in crate::storage) ids: T,
    /// When something was seen, as the way from the moment before.
    pub(in crate::storage) moments: T,
    /// Where it was seen.
    pub(in crate::storage) sources: T,
    /// What kind of fact.
    pub(in crate::storage) kinds: T,
    /// Moments that are said, as the way from when it was said.
    pub(in crate::storage) times: T,
    /// Amounts, seconds, counts, small words.
    pub(in crate::storage) numbers: T,
    /// Places in the table of texts.
    pub(in crate::storage) places: T,
}

impl<T> Columns<T> {
    fn all(&self) -> [&T; 8] {
        let Self { counts, ids, moments, sources, kinds, times, numbers, places } = self;
        [counts, ids, moments, sources, kinds, times, numbers, places]
    }

    fn all_mut(&mut self) -> [&mut T; 8] {
        let Self { counts, ids, moments, sources, kinds, times, numbers, places } = self;
        [counts, ids, moments, sources, kinds, times, numbers, places]
    }
}

/// Columns that grow, and the table of their texts.
#[derive(Default)]
pub(in crate::storage) struct ColumnWriter {
    pub(in crate::storage) to: Columns<Writer>,
    known: BTreeMap<String, usize>,
    texts: Writer,
}

impl ColumnWriter {
    /// A text that may repeat.
    pub(in crate::storage) fn text(&mut self, text: &str) {
        let next = self.known.len();
        let place = self.known.get(text).copied().unwrap_or_else(|| {
            self.known.insert(text.to_owned(), next);
            self.texts.text(text);
            next
        });
        self.to.places.count(place);
    }

    pub(in crate::storage) fn finish(self) -> Vec<u8> {
        let mut all = Writer::default();
        all.count(self.known.len());
        all.part(&self.texts.bytes);
        for column in self.to.all() {
            all.part(&column.bytes);
        }
        all.bytes
    }
}

/// Columns that are read.
pub(in crate::storage) struct ColumnReader<'a> {
    pub(in crate::storage) of: Columns<Reader<'a>>,
    texts: Vec<String>,
}

impl<'a> ColumnReader<'a> {
    pub(in crate::storage) fn new(bytes: &'a [u8]) -> Result<Self, RecordError> {
        let mut all = Reader::new(bytes);
        let count = all.count()?;
        let mut table = Reader::new(all.part()?);
        let texts = (0..count).map(|_| table.text()).collect::<Result<Vec<String>, RecordError>>()?;
        let mut of = Columns::default();
        for column in of.all_mut() {
            *column = Reader::new(all.part()?);
        }
        let is_whole = all.is_at_end() && table.is_at_end();
        if is_whole { Ok(Self { of, texts }) } else { Err(damaged("something is left over")) }
    }

    pub(in crate::storage) fn text(&mut self) -> Result<String, RecordError> {
        let place = usize::try_from(self.of.places.number()?).unwrap_or(usize::MAX);
        self.texts.get(place).cloned().ok_or_else(|| damaged("a text is missing"))
    }

    /// Whether all was read.
    pub(in crate::storage) fn is_at_end(&self) -> bool {
        self.of.all().iter().all(|column| column.is_at_end())
    }
}
