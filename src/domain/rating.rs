//! What the worker says about a requester.

use super::{Money, RequesterId, TaskId, Timestamp};

/// Which of a site's worlds a record belongs to: `mturk`, or `mturk-sandbox` for its test twin.
///
/// Records of two partitions never meet: a requester id means nothing outside its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Partition(pub String);

/// Whether the worker would work for this requester again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Again {
    /// Yes, gladly.
    Again,
    /// Only where nothing better is offered.
    OnlyIfNothingBetter,
    /// Not again.
    Never,
}

/// A mark from 1 (worst) to 5 (best).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stars(u8);

impl Stars {
    /// `None` unless 1 to 5.
    pub fn new(count: u8) -> Option<Self> {
        (1..=5).contains(&count).then_some(Self(count))
    }

    /// 1 to 5.
    pub fn count(self) -> u8 {
        self.0
    }
}

/// The worker's own words: never empty, at most [`Note::MAX_CHARS`] characters, worker ids masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note(String);

/// A text that is too long for a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoteTooLong {
    /// How many characters it has.
    pub chars: usize,
}

impl Note {
    /// The longest note, in Unicode characters.
    pub const MAX_CHARS: usize = 500;

    /// Takes a text whose worker ids are masked, trims it; `None` where nothing is left.
    ///
    /// # Errors
    /// The text is longer than [`Note::MAX_CHARS`]. It is not cut: the worker decides what goes.
    pub fn new(text: &str) -> Result<Option<Self>, NoteTooLong> {
        let text = text.trim();
        let chars = text.chars().count();
        if chars > Self::MAX_CHARS {
            return Err(NoteTooLong { chars });
        }
        Ok((chars > 0).then(|| Self(text.to_owned())))
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// What became of the task that led to the rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Accepted and not yet handed in.
    InProgress,
    /// Handed in, not yet decided.
    Submitted,
    /// Approved by the requester.
    Approved,
    /// Approved and paid out.
    Paid,
    /// Rejected by the requester.
    Rejected,
    /// Given back by the worker.
    Returned,
    /// Given up without returning.
    Abandoned,
    /// The allotted time ran out.
    Expired,
    /// Sent away by a screener.
    ScreenedOut,
}

/// The task a rating was given on: what a review needs besides the marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RatedTask {
    /// The site's id of the task group.
    pub task_id: Option<TaskId>,
    /// The title as shown, worker ids masked.
    pub title: Option<String>,
    /// Pay for one task.
    pub reward: Option<Money>,
    /// What it came to for an hour of work, from the worker's own time.
    pub hourly_wage: Option<Money>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// When it was accepted.
    pub accepted_at: Option<Timestamp>,
    /// When it was handed in or given back.
    pub submitted_at: Option<Timestamp>,
    /// When the requester decided.
    pub decided_at: Option<Timestamp>,
    /// Seconds of work as measured.
    pub worked_secs: Option<u32>,
}

/// What can be said with one press, each independent of the others.
///
/// A flag that is not raised says nothing: it does not mean the opposite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own, pressed or not")]
pub struct Flags {
    /// The task could not be done as offered.
    pub broken: bool,
    /// A screener sent the worker away without pay.
    pub unpaid_screener: bool,
    /// The pay was not worth the time.
    pub underpaid: bool,
    /// One to look out for.
    pub favourite: bool,
}

/// Marks out of five; any may be left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// How well it pays.
    pub pay: Option<Stars>,
    /// How fairly work is approved.
    pub fairness: Option<Stars>,
    /// How well questions are answered.
    pub communication: Option<Stars>,
    /// How soon work is decided.
    pub speed: Option<Stars>,
}

/// The worker's own rating of one requester; one per requester and partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// Where the requester is.
    pub partition: Partition,
    /// Who is rated.
    pub requester: RequesterId,
    /// The name last seen; names change, the id is the key.
    pub requester_name: Option<String>,
    /// Work for them again?
    pub again: Option<Again>,
    /// One-press complaints.
    pub flags: Flags,
    /// Marks out of five.
    pub marks: Marks,
    /// The worker's own words.
    pub note: Option<Note>,
    /// The task it was given on.
    pub task: RatedTask,
    /// When it was first given.
    pub rated_at: Timestamp,
    /// When it was last changed, if ever.
    pub edited_at: Option<Timestamp>,
}

impl Rating {
    /// A rating that says nothing yet.
    pub fn empty(partition: Partition, requester: RequesterId, rated_at: Timestamp) -> Self {
        Self {
            partition,
            requester,
            requester_name: None,
            again: None,
            flags: Flags::default(),
            marks: Marks::default(),
            note: None,
            task: RatedTask::default(),
            rated_at,
            edited_at: None,
        }
    }

    /// Whether nothing is said at all: such a rating is not kept.
    pub fn says_nothing(&self) -> bool {
        self.again.is_none()
            && self.flags == Flags::default()
            && self.marks == Marks::default()
            && self.note.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_are_one_to_five() {
        assert_eq!(Stars::new(0), None);
        assert_eq!(Stars::new(6), None);
        assert_eq!(Stars::new(5).map(Stars::count), Some(5));
    }

    #[test]
    fn a_note_is_trimmed_and_counted_in_characters() {
        assert_eq!(Note::new("  \n"), Ok(None));
        let note = Note::new(" paid late ").ok().flatten();
        assert_eq!(note.as_ref().map(Note::text), Some("paid late"));
        assert!(Note::new(&"語".repeat(500)).is_ok());
        assert_eq!(Note::new(&"語".repeat(501)), Err(NoteTooLong { chars: 501 }));
    }
}
