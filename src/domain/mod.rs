//! The words of the trade, as plain values: money, time, tasks, requesters, ratings.
//!
//! Ring 1: knows nothing but itself. Nothing here is a wire or storage format.

mod money;
mod problem;
mod requester;
mod task;
mod time;

pub use money::{Currency, Money, MoneyError};
pub use problem::Problem;
pub use requester::{Requester, RequesterId, SiteRecord};
pub use task::{Kind, Lock, Need, Promise, Task, TaskId};
pub use time::{TimeRange, Timestamp};
