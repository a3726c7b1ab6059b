//! What ratings and blocks mean: how a change applies, and which rows a block reaches.
//!
//! Ring 2, pure: stored where `storage` says, asked for through `app`.

mod base64;
mod block_index;
mod patch;

pub use block_index::{BlockIndex, IndexError};
pub use patch::{Field, RatingPatch, apply};
