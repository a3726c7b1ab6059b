//! The whole block list of a site in 4 bytes an entry, for the first paint.

use super::base64;
use crate::domain::{BlockScope, RequesterId, TitleKey};

/// Sorted hashes of all blocked things of one partition.
///
/// The hash is 32-bit FNV-1a (Fowler, Noll and Vo; offset basis 2166136261, prime 16777619)
/// over the UTF-8 bytes of the requester id, and for a title one byte 0x1F and the title key
/// after it. As text: the hashes ascending, each in four little-endian bytes, in base64 with
/// padding. Two entries may share a hash; it then stands there twice, so that taking one out
/// leaves the other. A row that only shares a hash is told apart by the exact answer that
/// follows: with 10,000 entries that is one row in 200,000.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockIndex {
    hashes: Vec<u32>,
}

/// A text that is no index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexError;

impl BlockIndex {
    /// Reads an index from base64; in linear time.
    ///
    /// # Errors
    /// It is no base64, cut off, or not in order.
    pub fn from_base64(text: &str) -> Result<Self, IndexError> {
        let bytes = base64::decode(text).ok_or(IndexError)?;
        let (words, rest) = bytes.as_chunks::<4>();
        let hashes: Vec<u32> = words.iter().map(|word| u32::from_le_bytes(*word)).collect();
        if rest.is_empty() && hashes.is_sorted() { Ok(Self { hashes }) } else { Err(IndexError) }
    }

    /// Writes the index as base64.
    pub fn to_base64(&self) -> String {
        let bytes: Vec<u8> = self.hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect();
        base64::encode(&bytes)
    }

    /// An index of these things.
    pub fn of<'a>(blocks: impl Iterator<Item = (&'a RequesterId, &'a BlockScope)>) -> Self {
        let mut hashes: Vec<u32> = blocks.map(|(requester, scope)| hash(requester, scope)).collect();
        hashes.sort_unstable();
        Self { hashes }
    }

    /// Adds an entry.
    pub fn insert(&mut self, requester: &RequesterId, scope: &BlockScope) {
        let hash = hash(requester, scope);
        let at = self.hashes.partition_point(|other| *other < hash);
        self.hashes.insert(at, hash);
    }

    /// Takes one entry out.
    pub fn remove(&mut self, requester: &RequesterId, scope: &BlockScope) {
        if let Ok(at) = self.hashes.binary_search(&hash(requester, scope)) {
            self.hashes.remove(at);
        }
    }

    /// Whether all of a requester's tasks are probably blocked.
    pub fn has_requester(&self, requester: &RequesterId) -> bool {
        self.hashes.binary_search(&requester_hash(requester)).is_ok()
    }

    /// Whether a title of a requester is probably blocked.
    pub fn has_title(&self, requester: &RequesterId, title: &TitleKey) -> bool {
        self.hashes.binary_search(&title_hash(requester, title)).is_ok()
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether nothing is blocked.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }
}

fn hash(requester: &RequesterId, scope: &BlockScope) -> u32 {
    match scope {
        BlockScope::Requester => requester_hash(requester),
        BlockScope::Title(title) => title_hash(requester, title),
    }
}

fn requester_hash(requester: &RequesterId) -> u32 {
    fnv_1a(2_166_136_261, requester.0.as_bytes())
}

fn title_hash(requester: &RequesterId, title: &TitleKey) -> u32 {
    fnv_1a(fnv_1a(requester_hash(requester), &[0x1F]), title.text().as_bytes())
}

fn fnv_1a(state: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(state, |state, byte| (state ^ u32::from(*byte)).wrapping_mul(16_777_619))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test should stop at the line")]
    use super::*;

    fn requester(id: &str) -> RequesterId {
        RequesterId(id.to_owned())
    }

    fn title(key: &str) -> BlockScope {
        BlockScope::Title(TitleKey::new(key).unwrap())
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        // Test vectors of the authors: http://www.isthe.com/chongo/tech/comp/fnv/
        assert_eq!(fnv_1a(2_166_136_261, b""), 0x811c_9dc5);
        assert_eq!(fnv_1a(2_166_136_261, b"foobar"), 0xbf9c_f968);
    }

    #[test]
    fn a_title_block_reaches_only_that_title_of_that_requester() {
        let index = BlockIndex::of([(&requester("A1"), &title("survey"))].into_iter());
        let key = TitleKey::new("survey").unwrap();
        assert!(index.has_title(&requester("A1"), &key));
        assert!(!index.has_requester(&requester("A1")));
        assert!(!index.has_title(&requester("A2"), &key));
    }

    #[test]
    fn taking_one_of_two_equal_hashes_out_leaves_the_other() {
        let mut index = BlockIndex::default();
        index.insert(&requester("A1"), &BlockScope::Requester);
        index.insert(&requester("A1"), &BlockScope::Requester);
        index.remove(&requester("A1"), &BlockScope::Requester);
        assert!(index.has_requester(&requester("A1")));
        index.remove(&requester("A1"), &BlockScope::Requester);
        index.remove(&requester("A1"), &BlockScope::Requester);
        assert!(index.is_empty());
    }

    #[test]
    fn ten_thousand_entries_pass_through_text() {
        let ids: Vec<RequesterId> = (0..10_000).map(|n| requester(&format!("A{n}"))).collect();
        let index = BlockIndex::of(ids.iter().map(|id| (id, &BlockScope::Requester)));
        let text = index.to_base64();
        assert_eq!(text.len(), 53_336);
        assert_eq!(BlockIndex::from_base64(&text).unwrap(), index);
        assert!(ids.iter().all(|id| index.has_requester(id)));
    }

    #[test]
    fn what_is_no_index_is_refused() {
        for text in ["AAA=", "!", "AAAAAAA=", "AQAAAAAAAAA="] {
            assert_eq!(BlockIndex::from_base64(text), Err(IndexError), "{text}");
        }
    }
}
