//! The records on disk: JSON text with a version, apart from the domain's types.
//!
//! Every record begins with its version `v` and, where a change wrote it, that change's
//! number `n`. A new version gets a new struct (`RatingRecordV2`), a step
//! `From<RatingRecordV1>`, an arm in `decode`, and a kept sample of the old one under
//! `tests/fixtures/records`; old structs are never edited. Reading goes through all steps
//! in order, writing always writes the newest. A record of an unknown, newer version is
//! neither read nor written over: it stays as it is until the newer extension is back.

mod block;
mod care;
mod clock;
mod common;
mod day_sum;
mod entry;
mod fact;
mod head;
mod history_head;
mod notices;
mod places;
mod rating;
mod settings;
mod tally;
mod undo;
mod words;

pub use block::{block_key, decode_block, encode_block};
pub use care::{CareRecord, care_key, decode_care, encode_care};
pub use clock::{CLOCKS, ClockRecord, Question, Search, clock_key, decode_clock, encode_clock};
pub use common::{RecordError, Stored};
pub use day_sum::{DaySum, decode_day_sum, encode_day_sum};
pub use entry::{OpenRecord, decode_open, encode_assignments, encode_entry};
pub use head::{Head, Tally, block_index_key, decode_block_index, encode_block_index, head_key};
pub use history_head::{HistoryHead, history_head_key};
pub use notices::{Notice, Notices, decode_notices, encode_notices};
pub use places::{Account, Places, TabTask, decode_places, encode_places, places_key};
pub use rating::{decode_rating, encode_rating, rating_key};
pub use settings::{decode_settings, encode_settings};
pub use undo::{Undo, decode_undo, encode_undo, undo_key};

pub(super) use common::{parse, unsealed, version_of, write, write_sealed};
pub(super) use day_sum::DayBonusV1;
pub(super) use entry::rebuilt;
pub(super) use fact::{ObservationV1, worked};
pub(super) use words::{HowV1, KindV1, ReasonV1, ServerV1, SourceV1, StateV1};

#[cfg(test)]
mod samples;
