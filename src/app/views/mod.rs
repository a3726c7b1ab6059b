//! What is shown, as view trees: chips, the card, the popup, the options page, the history, files, a task's clock.

pub mod card;
pub mod care;
pub mod chip;
pub mod clock;
pub mod files;
pub mod history;
pub mod memory;
pub mod note;
pub mod options;
pub mod popup;
pub mod rating;
pub mod words;
