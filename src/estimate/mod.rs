//! How long a task takes and what it pays per minute.
//!
//! Ring 1. Every estimate is a [`crate::domain::TimeRange`]: a middle and an 80 % range.
