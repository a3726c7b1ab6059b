//! Who offers a task.

/// A site's identifier of a requester; on Mechanical Turk `A` and 11 to 20 more of `[0-9A-Z]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequesterId(pub String);

/// A requester as a page names it. Names change and repeat; the id is the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requester {
    /// `None` where the site shows no id.
    pub id: Option<RequesterId>,
    /// The display name, in any script, with worker ids masked.
    pub name: String,
}

/// What the site itself says about a requester's past.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SiteRecord {
    /// Share of submitted tasks that were approved, 0 to 100 per cent.
    pub approval_percent: Option<u8>,
    /// The site writes "at least" this share (`≥ 99%`).
    pub approval_at_least: bool,
    /// Typical whole days from submission to decision; 0 is "less than a day".
    pub review_days: Option<u16>,
}
