//! The engines: events and asks in, effects and answers out.

pub mod background;
