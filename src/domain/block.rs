//! What the worker does not want to see.

use super::{Partition, RequesterId, Timestamp};

/// A title reduced to what stays the same when a task is posted again (`wording` makes it).
///
/// Never empty, at most [`TitleKey::MAX_CHARS`] characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TitleKey(String);

impl TitleKey {
    /// Longest key, in Unicode characters.
    pub const MAX_CHARS: usize = 200;

    /// `None` where the text is empty or too long to be a key.
    pub fn new(key: &str) -> Option<Self> {
        (!key.is_empty() && key.chars().count() <= Self::MAX_CHARS).then(|| Self(key.to_owned()))
    }

    /// The key as text.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// How far a block reaches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockScope {
    /// All tasks of the requester.
    Requester,
    /// Tasks of the requester with this title, posted again or not.
    Title(TitleKey),
}

/// One entry of the block list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where the requester is.
    pub partition: Partition,
    /// Whose tasks are blocked.
    pub requester: RequesterId,
    /// The name last seen.
    pub requester_name: Option<String>,
    /// All of them, or one title.
    pub scope: BlockScope,
    /// The title as shown when it was blocked, worker ids masked.
    pub title: Option<String>,
    /// Why, in the worker's words or one of ours (`broken`); at most [`Block::MAX_REASON_CHARS`].
    pub reason: Option<String>,
    /// When.
    pub blocked_at: Timestamp,
}

impl Block {
    /// Longest reason, in Unicode characters: it is shown on the dimmed row.
    pub const MAX_REASON_CHARS: usize = 120;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_key_is_neither_empty_nor_endless() {
        assert_eq!(TitleKey::new(""), None);
        assert_eq!(TitleKey::new(&"語".repeat(201)), None);
        assert!(TitleKey::new(&"語".repeat(200)).is_some());
    }
}
