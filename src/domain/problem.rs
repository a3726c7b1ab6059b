//! What could not be understood, and where.

/// One thing a parser did not understand; parsers return these beside what they did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place: `row 3 · reward`, `page`, `line 12`.
    pub place: String,
    /// What is wrong there, in the user's words, without a full stop.
    pub what: String,
}

impl Problem {
    /// A problem at a place.
    pub fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }
}
