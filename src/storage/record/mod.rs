//! The records on disk: JSON text with a version, apart from the domain's types.
//!
//! Every record begins with its version `v` and, where a change wrote it, that change's
//! number `n`. A new version gets a new struct (`RatingRecordV2`), a step
//! `From<RatingRecordV1>`, an arm in `decode`, and a kept sample of the old one under
//! `tests/fixtures/records`; old structs are never edited. Reading goes through all steps
//! in order, writing always writes the newest. A record of an unknown, newer version is
//! neither read nor written over: it stays as it is until the newer extension is back.

mod block;
mod common;
mod head;
mod rating;
mod settings;
mod undo;

pub use block::{block_key, decode_block, encode_block};
pub use common::{RecordError, Stored};
pub use head::{Head, Tally, block_index_key, decode_block_index, encode_block_index, head_key};
pub use rating::{decode_rating, encode_rating, rating_key};
pub use settings::{decode_settings, encode_settings};
pub use undo::{Undo, decode_undo, encode_undo, undo_key};

#[cfg(test)]
mod samples;
