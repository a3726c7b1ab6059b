//! Entries of the block list on disk.

use serde::{Deserialize, Serialize};

use super::common::{RecordError, Stored, odd, parse, version_of, write};
use crate::domain::{Block, BlockScope, Partition, RequesterId, Timestamp, TitleKey};
use crate::storage::Key;

const NEWEST: u32 = 1;

/// Where a block is kept: a block of the whole requester has the empty title key.
pub fn block_key(partition: &Partition, requester: &RequesterId, scope: &BlockScope) -> Key {
    let title = match scope {
        BlockScope::Requester => "",
        BlockScope::Title(key) => key.text(),
    };
    Key::texts(&[&partition.0, &requester.0, title])
}

/// Reads an entry of any version up to the newest.
pub fn decode_block(text: &str) -> Result<Stored<Block>, RecordError> {
    version_of(text, NEWEST)?;
    parse::<BlockRecordV1>(text)?.read()
}

/// Writes an entry in the newest version.
pub fn encode_block(stored: &Stored<Block>) -> String {
    let Stored { value: block, change } = stored;
    write(&BlockRecordV1 {
        v: 1,
        n: *change,
        site: block.partition.0.clone(),
        requester_id: block.requester.0.clone(),
        requester_name: block.requester_name.clone(),
        title_key: match &block.scope {
            BlockScope::Requester => None,
            BlockScope::Title(key) => Some(key.text().to_owned()),
        },
        title: block.title.clone(),
        reason: block.reason.clone(),
        blocked_at: block.blocked_at.0,
    })
}

#[derive(Serialize, Deserialize)]
struct BlockRecordV1 {
    v: u32,
    n: u64,
    site: String,
    requester_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    requester_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    blocked_at: i64,
}

impl BlockRecordV1 {
    fn read(self) -> Result<Stored<Block>, RecordError> {
        let scope = match self.title_key {
            None => BlockScope::Requester,
            Some(key) => BlockScope::Title(TitleKey::new(&key).ok_or_else(|| odd("title_key"))?),
        };
        let value = Block {
            partition: Partition(self.site),
            requester: RequesterId(self.requester_id),
            requester_name: self.requester_name,
            scope,
            title: self.title,
            reason: self.reason,
            blocked_at: Timestamp(self.blocked_at),
        };
        Ok(Stored { value, change: self.n })
    }
}
