//! The history: one entry for each task taken on, as the merge of all that was seen of it.
//!
//! Merging is commutative, associative and idempotent: any order and any repetition of the same
//! [`Observation`]s gives the same [`Entry`]. Nothing is decided on arrival; an entry keeps who said what and
//! when, and reads its fields and its state from that.

mod day_bonus;
mod entry;
mod held;
mod likeness;
mod observation;
mod pay;
mod recent_days;
mod register;
mod state;
mod state_words;
mod tally;
mod worked;

pub use day_bonus::{Balance, DayBonus, Proposal, ShareError, Why};
pub use entry::{Entry, Field, Told};
pub use held::{HeldTask, Late, QueueHead, queue_head};
pub use likeness::{
    BATCH_APPROVALS, Caution, LastTime, Memory, RepeatWords, memory_of_requester, memory_of_title,
};
pub use observation::{EntryId, Fact, Observation, Percent, ReturnReason, ServerState, Source, StateWord};
pub use recent_days::{LastDay, RecentDays};
pub use register::{Origin, Register};
pub use state::State;
pub use state_words::StateWords;
pub use tally::{StateSum, Tally};
pub use worked::{How, Worked};

#[cfg(test)]
pub(crate) mod tests;
