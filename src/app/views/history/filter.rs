//! Which states the table shows.

use crate::domain::history::State;

/// Groups of states as a worker looks for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// Any state.
    #[default]
    All,
    /// Held.
    InProgress,
    /// Handed in and not decided.
    Pending,
    /// Approved or paid.
    Approved,
    /// Rejected.
    Rejected,
    /// Given back.
    Returned,
    /// Sent away by a screener.
    ScreenedOut,
    /// Abandoned or expired.
    LetGo,
    /// Nothing was said of it.
    Unknown,
}

impl Filter {
    /// All of them: name, words, states. The names are only ever seen by the page.
    pub(super) const ALL: [(Self, &str, &str, &[State]); 9] = [
        (Self::All, "all", "All", &[]),
        (Self::InProgress, "in_progress", "In progress", &[State::InProgress]),
        (Self::Pending, "pending", "Pending", &[State::Pending]),
        (Self::Approved, "approved", "Approved", &[State::Approved, State::Paid]),
        (Self::Rejected, "rejected", "Rejected", &[State::Rejected]),
        (Self::Returned, "returned", "Returned", &[State::Returned]),
        (Self::ScreenedOut, "screened_out", "Screened out", &[State::ScreenedOut]),
        (Self::LetGo, "let_go", "Expired or abandoned", &[State::Expired, State::Abandoned]),
        (Self::Unknown, "unknown", "Not known", &[State::Unknown]),
    ];

    /// The filter of a name; any other name is none.
    pub fn from_name(name: &str) -> Self {
        Self::ALL.iter().find(|(_, known, ..)| *known == name).map(|(filter, ..)| *filter).unwrap_or_default()
    }

    /// The states; empty is any.
    pub fn states(self) -> &'static [State] {
        Self::ALL.iter().find(|(filter, ..)| *filter == self).map_or(&[], |(.., states)| *states)
    }
}
