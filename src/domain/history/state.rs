//! The states of a task, the same for all sites.

/// What became of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Accepted, being worked on or waiting in the queue.
    InProgress,
    /// Handed in, not yet decided.
    Pending,
    /// Accepted by the requester, not yet paid out.
    Approved,
    /// Accepted and paid out; also approved work whose reward is zero, as nothing is ever paid for it.
    Paid,
    /// Not accepted by the requester.
    Rejected,
    /// Given back by the worker.
    Returned,
    /// Let go without handing in or returning; concluded from its absence.
    Abandoned,
    /// The allotted time ran out.
    Expired,
    /// Sent away by a screener.
    ScreenedOut,
    /// Nothing was said of it.
    Unknown,
}

impl State {
    /// All of them, in their order.
    pub const ALL: [Self; 10] = [
        Self::InProgress,
        Self::Pending,
        Self::Approved,
        Self::Paid,
        Self::Rejected,
        Self::Returned,
        Self::Abandoned,
        Self::Expired,
        Self::ScreenedOut,
        Self::Unknown,
    ];

    /// Whether the requester accepted the work.
    pub fn is_approval(self) -> bool {
        matches!(self, Self::Approved | Self::Paid)
    }

    /// Whether it was handed in, whatever was decided then.
    pub fn is_handed_in(self) -> bool {
        matches!(self, Self::Pending | Self::Approved | Self::Paid | Self::Rejected)
    }
}
