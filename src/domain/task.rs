//! A unit of paid work as a page offers it.

use super::{Money, Requester, SiteRecord, Timestamp};

/// A site's identifier of a task or group of equal tasks (MTurk: HIT group id).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub String);

/// What kind of row it is, where that changes everything; `None` elsewhere is plain work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Compensation and bonus tasks: pay for something already done. No rate, no verdict.
    EarlierWork,
    /// Meant for listed or invited-by-name workers; others are rejected. No rate, no verdict.
    NamedWorkers,
    /// A short task that decides who may do the real one.
    Screener,
    /// A test for a qualification.
    QualificationTest,
    /// A later part, or for workers invited because of earlier work.
    Invited,
    /// Work spread over several days.
    SeveralDays,
}

impl Kind {
    /// Whether pay per minute means anything for this kind.
    pub fn has_rate(self) -> bool {
        !matches!(self, Self::EarlierWork | Self::NamedWorkers)
    }
}

/// Why the worker cannot accept a task: the first reason, ready to show after "locked: ".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// `Masters`, `country`, `1,000 approved`, `qualification – can be requested`.
    pub reason: String,
}

/// Something the worker must have or do besides the task itself; neutral, no red flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// A microphone or recording one's voice.
    Microphone,
    /// A camera, photos or video of oneself.
    Camera,
    /// A phone, a call, or a mobile device.
    Phone,
    /// Headphones or speakers.
    Headphones,
    /// Installing or downloading something.
    Download,
    /// Signing up or signing in somewhere else.
    Account,
    /// A skill in a language that the text demands, or a text written in another than English.
    Language,
    /// Coming back on another day.
    AnotherDay,
    /// The text warns of adult or disturbing content.
    AdultContent,
}

/// Pay the text promises beyond the reward: quoted, never added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The words as they stand, at most 80 characters, worker ids masked.
    pub quote: String,
}

/// One row of a list or queue, in one site's terms turned into ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The site's id of what the row is about: a group in a list, one held task in a queue.
    pub id: TaskId,
    /// The group of equal tasks it belongs to, where the page says.
    pub group_id: Option<TaskId>,
    /// In any script; worker ids masked.
    pub title: String,
    /// The longer text; worker ids masked.
    pub description: String,
    /// Who offers it.
    pub requester: Requester,
    /// Pay for one task; `None` where it could not be read.
    pub reward: Option<Money>,
    /// The site's limit for one task in seconds: a ceiling, never an estimate.
    pub allotted_secs: Option<u32>,
    /// Tasks left in the group.
    pub available: Option<u32>,
    /// Whether the worker may accept; `None` where the page does not say.
    pub can_accept: Option<bool>,
    /// The first reason why not.
    pub lock: Option<Lock>,
    /// What changes everything about the row.
    pub kind: Option<Kind>,
    /// Pay promised in the text beyond the reward.
    pub promised: Option<Promise>,
    /// In the order of the enum, each once.
    pub needs: Vec<Need>,
    /// The site's own figures about the requester.
    pub site_says: SiteRecord,
    /// When a held task expires (queue only).
    pub deadline: Option<Timestamp>,
}
