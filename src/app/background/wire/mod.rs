//! What goes between pages and the background: JSON text, the same in all browsers.
//!
//! Chromium carries messages as JSON, Firefox as structured clones; a text of JSON is the
//! same in both. Whole numbers stay below 2⁵³. `null` and absent mean unknown, except in a
//! patch, where absent keeps and `null` clears.

mod answer;
mod ask;
mod clock;
mod memory;
mod parts;
mod reconcile;
mod screen;

pub use answer::{Answer, Hello, Refusal, RowFacts, Why};
pub use ask::{Ask, RowKey};
pub use clock::{BrowserPart, ClockPart, PageHappening};
pub use memory::{MemoryPart, TonePart};
pub use parts::{
    AgainPart, BlockPart, LimitsPart, MoneyPart, OutcomePart, PatchPart, RatingBrief, RatingPart, ScopePart,
    SettingsPart, SettingsPatch, TallyPart, TaskPart, UnitPart,
};
pub use reconcile::{AnswerPart, NextPart, ReconcileAct, ReconcileAsk, TabPart};
pub use screen::{ScreenAsk, ScreenName};
