//! The words of the trade, as plain values: money, time, tasks, requesters, ratings.
//!
//! Ring 1: knows nothing but itself. Nothing here is a wire or storage format.

pub mod clock;
pub mod history;

mod block;
mod letters;
mod money;
mod problem;
mod rating;
mod requester;
mod settings;
mod site_day;
mod sorted;
mod task;
mod time;

pub use block::{Block, BlockScope, TitleKey};
pub use letters::{lowered, push_lower};
pub use money::{Currency, Money, MoneyError};
pub use problem::Problem;
pub use rating::{Again, Flags, Marks, Note, NoteTooLong, Outcome, Partition, RatedTask, Rating, Stars};
pub use requester::{Requester, RequesterId, SiteRecord};
pub use settings::{Limits, PayUnit, Settings};
pub use site_day::{SiteDay, SiteZone};
pub use sorted::{SortedMap, SortedSet};
pub use task::{Kind, Lock, Need, Promise, Task, TaskId};
pub use time::{TimeRange, Timestamp};
