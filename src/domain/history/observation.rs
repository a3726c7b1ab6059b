//! What one place said about one task at one moment.

use crate::domain::{Kind, Money, RequesterId, SiteDay, TaskId, Timestamp};

use super::Worked;

/// An entry's identifier: the assignment's id, or `task:ID` where only the task is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub String);

const TASK_PREFIX: &str = "task:";

impl EntryId {
    /// The stand-in id of a task whose assignment is not known (yet).
    pub fn of_task(task: &TaskId) -> Self {
        Self(format!("{TASK_PREFIX}{}", task.0))
    }

    /// The task of a stand-in id; `None` for an assignment's id.
    pub fn stands_for(&self) -> Option<TaskId> {
        self.0.strip_prefix(TASK_PREFIX).map(|id| TaskId(id.to_owned()))
    }
}

/// Where something was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The page on which a held task is worked.
    WorkPage,
    /// A task's frame told the page that it is handing in.
    SubmitMessage,
    /// The page after a submission says how it went.
    SubmitAlert,
    /// The worker pressed Return.
    ReturnForm,
    /// The page after a return says that it was taken back.
    ReturnAlert,
    /// The site says that the task is no longer there.
    ExpiryAlert,
    /// The worker's queue of held tasks.
    Queue,
    /// A status page the worker opened.
    StatusPage,
    /// Our own slow reading of the same status pages, which the worker asked for.
    Reconcile,
    /// The working-time clock.
    Clock,
    /// The worker said so.
    Worker,
    /// A file that was loaded.
    Import,
}

impl Source {
    /// Whether it is the server's own record of what became of the task.
    pub fn is_server(self) -> bool {
        matches!(self, Self::StatusPage | Self::Reconcile)
    }
}

/// What one source said about one entry at one moment; order and repetition never matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// About which entry.
    pub id: EntryId,
    /// When it was seen.
    pub seen_at: Timestamp,
    /// Where it was seen.
    pub source: Source,
    /// What was said. Facts the place does not state are left out, never filled in.
    pub facts: Vec<Fact>,
}

/// One thing that was said. Texts are cleaned, and worker ids in them masked, before they become facts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// The site's id of the task.
    TaskId(TaskId),
    /// The group of equal tasks it belongs to.
    GroupId(TaskId),
    /// Who offers it; an empty name says nothing.
    Requester {
        /// `None` where the place shows no id.
        id: Option<RequesterId>,
        /// As shown, in any script.
        name: String,
    },
    /// The title; an empty one says nothing.
    Title(String),
    /// The longer text; an empty one says nothing.
    Description(String),
    /// What kind of task, where that changes everything.
    Kind(Kind),
    /// The requirements as a readable text; empty where the site says that there are none.
    Requirements(String),
    /// The site's limit for the task in seconds.
    AllottedSecs(u32),
    /// Tasks in the group that were left when it was accepted.
    Available(u32),
    /// Pay for the task; amounts below zero say nothing.
    Reward(Money),
    /// Pay promised in the text beyond the reward, as quoted; an empty quote says nothing.
    Promised(String),
    /// Extra pay for this task; amounts below zero say nothing.
    Bonus(Money),
    /// When the worker took it.
    AcceptedAt(Timestamp),
    /// When it was handed in.
    SubmittedAt(Timestamp),
    /// When the requester decided, or the earliest moment at which a decision was seen.
    DecidedAt(Timestamp),
    /// When it was paid, or the earliest moment at which it was seen paid.
    PaidAt(Timestamp),
    /// When the allotted time runs out.
    Deadline(Timestamp),
    /// The day under which the site files it.
    SiteDay(SiteDay),
    /// What was said of its state.
    State(StateWord),
    /// The requester's feedback; `None` where the site says that there is none.
    Feedback(Option<String>),
    /// Working time.
    Worked(Worked),
    /// The worker's own words; an empty one takes the note away.
    Note(String),
    /// The worker's labels; all of them each time.
    Tags(Vec<String>),
    /// This task pays for that earlier one (a compensation task).
    PaysFor(EntryId),
}

/// What one place said of the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateWord {
    /// Accepted and being worked on.
    Held,
    /// Handed in.
    Submitted,
    /// Handing in did not succeed; it is still held.
    SubmitFailed,
    /// Given back, with the worker's reason where it is known.
    Returned(Option<ReturnReason>),
    /// The allotted time ran out.
    Expired,
    /// No longer where held or submitted tasks are listed.
    Gone,
    /// Sent away by a screener.
    ScreenedOut,
    /// The status pages' word.
    Server(ServerState),
}

/// The state in the words of a site's status pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServerState {
    /// Waits for the requester's decision.
    Submitted,
    /// Not accepted by the requester.
    Rejected,
    /// Accepted, not yet paid out.
    Approved,
    /// Accepted and paid out.
    Paid,
}

/// Why the worker gave a task back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReturnReason {
    /// None of the others.
    Other,
    /// The pay was not worth the time; with the share of the task that was done by then.
    Underpaid(Option<Percent>),
    /// A screener sent the worker away without pay.
    UnpaidScreener,
    /// It could not be done as offered.
    Broken,
}

/// A share of 0 to 100 per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u8);

impl Percent {
    /// `None` above 100.
    pub fn new(percent: u8) -> Option<Self> {
        (percent <= 100).then_some(Self(percent))
    }

    /// 0 to 100.
    pub fn get(self) -> u8 {
        self.0
    }
}
