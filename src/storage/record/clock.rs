//! The working-time clock of one account on disk.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::common::{RecordError, is_false, parse, unsealed, version_of, write_sealed};
use super::fact::worked;
use super::words::HowV1;
use crate::domain::clock::{
    Away, Ending, Front, HeldTask, Interval, Page, Saved, Spans, System, Tab, TabId, WindowId,
};
use crate::domain::history::{EntryId, Worked};
use crate::domain::{Partition, SiteDay, Timestamp};
use crate::storage::Key;

const NEWEST: u32 = 1;

/// The first part of the keys of all clocks.
pub const CLOCKS: &str = "history clock";

/// A clock, and what of it has gone into the history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClockRecord {
    /// The clock's state; events of its last moment are applied.
    pub saved: Saved,
    /// When this clock began: its counts are told apart by it from those of one before that was lost.
    pub began: Timestamp,
    /// The browser's run in which it was told something last: numbers of tabs and windows are good within one.
    pub session: String,
    /// In this run the system has said that nobody was there: so it can be believed when it says that somebody is.
    pub idle_works: bool,
    /// The one before it was damaged, which the worker has not been told yet.
    pub is_loss_unsaid: bool,
    /// Working times of ended tasks as they went into the history.
    pub told: BTreeMap<EntryId, Worked>,
    /// What the worker is asked, if anything.
    pub question: Option<Question>,
    /// Time on lists of tasks by day.
    pub search: BTreeMap<SiteDay, Search>,
}

/// "Took 14 min?", asked in one tab for a short time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Of which task.
    pub entry: EntryId,
    /// The seconds that are offered.
    pub secs: u32,
    /// In which tab; `None` until a page of the site asks what to show.
    pub tab: Option<TabId>,
    /// Until when.
    pub until: Timestamp,
}

/// Time on lists of tasks of one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Milliseconds that this clock counted.
    pub ms: i64,
    /// Seconds of it that are in the history.
    pub told_secs: u32,
}

/// Where the clock of an account is kept.
pub fn clock_key(whose: &Partition) -> Key {
    Key::texts(&[CLOCKS, &whose.0])
}

/// Reads a clock of any version up to the newest; no text is none.
pub fn decode_clock(text: Option<&str>) -> Result<Option<ClockRecord>, RecordError> {
    let Some(text) = text else { return Ok(None) };
    let text = unsealed(text)?;
    version_of(text, NEWEST)?;
    parse::<ClockV1>(text)?.read().map(Some)
}

/// Writes a clock in the newest version.
pub fn encode_clock(record: &ClockRecord) -> String {
    write_sealed(&ClockV1::of(record))
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockV1 {
    v: u32,
    began: i64,
    session: String,
    now: Option<i64>,
    counted_to: Option<i64>,
    signed_at: Option<i64>,
    system: SystemV1,
    left: Option<String>,
    front: FrontV1,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tasks: Vec<(String, TaskV1)>,
    #[serde(default, skip_serializing_if = "SpansV1::is_empty")]
    searching: SpansV1,
    #[serde(default, skip_serializing_if = "is_false")]
    idle_works: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    loss_unsaid: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    told: Vec<(String, [u32; 3], HowV1)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    question: Option<(String, u32, Option<i64>, i64)>,
    /// Day, milliseconds counted, seconds told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    search: Vec<(i32, i64, u32)>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SystemV1 {
    Unknown,
    Locked,
    Idle(u32),
    Active,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontV1 {
    active: Vec<(i64, i64)>,
    focused: Option<i64>,
    found: Option<i64>,
    missing: Option<i64>,
    tabs: Vec<(i64, TabV1)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TabV1 {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<PageV1>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    opened_for: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    frame: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    audible: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PageV1 {
    Unknown,
    Site,
    List,
    Work(String),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TaskV1 {
    held: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deadline: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended: Option<(i64, EndingV1)>,
    #[serde(default, skip_serializing_if = "is_false")]
    paused: bool,
    #[serde(default, skip_serializing_if = "SpansV1::is_empty")]
    seen: SpansV1,
    /// Milliseconds alone and among several: since it was last in front, and before.
    #[serde(default, skip_serializing_if = "is_nothing")]
    away: [i64; 4],
    #[serde(default, skip_serializing_if = "Option::is_none")]
    corrected: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum EndingV1 {
    Gone,
    Expired,
    Returned,
    Submitted,
    ScreenedOut,
}

/// The sum, and intervals as moments.
#[derive(Default, Serialize, Deserialize)]
struct SpansV1(i64, Vec<(i64, i64)>);

impl SpansV1 {
    fn is_empty(&self) -> bool {
        self.0 == 0 && self.1.is_empty()
    }
}

fn is_nothing(away: &[i64; 4]) -> bool {
    *away == [0; 4]
}

impl ClockV1 {
    fn of(record: &ClockRecord) -> Self {
        let saved = &record.saved;
        let task = |(entry, task): (&EntryId, &HeldTask)| (entry.0.clone(), TaskV1::from(task));
        let told = |(entry, of): (&EntryId, &Worked)| {
            (entry.0.clone(), [of.low_secs, of.high_secs, of.held_secs], of.how.into())
        };
        let question =
            |asked: &Question| (asked.entry.0.clone(), asked.secs, asked.tab.map(|tab| tab.0), asked.until.0);
        Self {
            v: 1,
            began: record.began.0,
            session: record.session.clone(),
            now: saved.now.map(|at| at.0),
            counted_to: saved.counted_to.map(|at| at.0),
            signed_at: saved.signed_at.map(|at| at.0),
            system: match saved.system {
                System::Unknown => SystemV1::Unknown,
                System::Locked => SystemV1::Locked,
                System::Idle { quiet_secs } => SystemV1::Idle(quiet_secs),
                System::Active => SystemV1::Active,
            },
            left: saved.left.as_ref().map(|entry| entry.0.clone()),
            front: FrontV1::from(&saved.front),
            tasks: saved.tasks.iter().map(task).collect(),
            searching: SpansV1::from(&saved.search),
            idle_works: record.idle_works,
            loss_unsaid: record.is_loss_unsaid,
            told: record.told.iter().map(told).collect(),
            question: record.question.as_ref().map(question),
            search: record.search.iter().map(|(day, of)| (day.0, of.ms, of.told_secs)).collect(),
        }
    }

    fn read(self) -> Result<ClockRecord, RecordError> {
        let told = |(entry, secs, how)| Ok((EntryId(entry), worked(secs, how)?));
        let saved = Saved {
            now: self.now.map(Timestamp),
            counted_to: self.counted_to.map(Timestamp),
            front: self.front.into(),
            system: match self.system {
                SystemV1::Unknown => System::Unknown,
                SystemV1::Locked => System::Locked,
                SystemV1::Idle(quiet_secs) => System::Idle { quiet_secs },
                SystemV1::Active => System::Active,
            },
            signed_at: self.signed_at.map(Timestamp),
            left: self.left.map(EntryId),
            tasks: self.tasks.into_iter().map(|(entry, task)| (EntryId(entry), task.into())).collect(),
            search: self.searching.into(),
            ..Saved::default()
        };
        Ok(ClockRecord {
            saved,
            began: Timestamp(self.began),
            session: self.session,
            idle_works: self.idle_works,
            is_loss_unsaid: self.loss_unsaid,
            told: self.told.into_iter().map(told).collect::<Result<_, RecordError>>()?,
            question: self.question.map(|(entry, secs, tab, until)| Question {
                entry: EntryId(entry),
                secs,
                tab: tab.map(TabId),
                until: Timestamp(until),
            }),
            search: self
                .search
                .into_iter()
                .map(|(day, ms, told_secs)| (SiteDay(day), Search { ms: ms.max(0), told_secs }))
                .collect(),
        })
    }
}

impl From<&Front> for FrontV1 {
    fn from(front: &Front) -> Self {
        let tab = |(tab, known): (&TabId, &Tab)| {
            let page = known.page.as_ref().map(|page| match page {
                Page::Unknown => PageV1::Unknown,
                Page::Site => PageV1::Site,
                Page::List => PageV1::List,
                Page::Work(entry) => PageV1::Work(entry.0.clone()),
            });
            let opened_for = known.opened_for.as_ref().map(|entry| entry.0.clone());
            (tab.0, TabV1 { page, opened_for, frame: known.frame_focused, audible: known.audible })
        };
        Self {
            active: front.active.iter().map(|(window, tab)| (window.0, tab.0)).collect(),
            focused: front.focused.map(|window| window.0),
            found: front.found.map(|tab| tab.0),
            missing: front.missing.map(|tab| tab.0),
            tabs: front.tabs.iter().map(tab).collect(),
        }
    }
}

impl From<FrontV1> for Front {
    fn from(front: FrontV1) -> Self {
        let tab = |(tab, known): (i64, TabV1)| {
            let page = known.page.map(|page| match page {
                PageV1::Unknown => Page::Unknown,
                PageV1::Site => Page::Site,
                PageV1::List => Page::List,
                PageV1::Work(entry) => Page::Work(EntryId(entry)),
            });
            let opened_for = known.opened_for.map(EntryId);
            (TabId(tab), Tab { page, opened_for, frame_focused: known.frame, audible: known.audible })
        };
        Self {
            active: front.active.into_iter().map(|(window, tab)| (WindowId(window), TabId(tab))).collect(),
            focused: front.focused.map(WindowId),
            found: front.found.map(TabId),
            missing: front.missing.map(TabId),
            tabs: front.tabs.into_iter().map(tab).collect(),
        }
    }
}

impl From<&HeldTask> for TaskV1 {
    fn from(task: &HeldTask) -> Self {
        let ending = |ending| match ending {
            Ending::Gone => EndingV1::Gone,
            Ending::Expired => EndingV1::Expired,
            Ending::Returned => EndingV1::Returned,
            Ending::Submitted => EndingV1::Submitted,
            Ending::ScreenedOut => EndingV1::ScreenedOut,
        };
        let (pending, away) = (task.pending, task.away);
        Self {
            held: task.held_since.map(|at| at.0),
            deadline: task.deadline.map(|at| at.0),
            ended: task.ended.map(|(at, how)| (at.0, ending(how))),
            paused: task.is_paused,
            seen: SpansV1::from(&task.seen),
            away: [pending.alone_ms, pending.among_several_ms, away.alone_ms, away.among_several_ms],
            corrected: task.corrected_secs,
        }
    }
}

impl From<TaskV1> for HeldTask {
    fn from(task: TaskV1) -> Self {
        let ending = |ending| match ending {
            EndingV1::Gone => Ending::Gone,
            EndingV1::Expired => Ending::Expired,
            EndingV1::Returned => Ending::Returned,
            EndingV1::Submitted => Ending::Submitted,
            EndingV1::ScreenedOut => Ending::ScreenedOut,
        };
        let [alone_ms, among_several_ms, away_alone_ms, away_among_several_ms] = task.away;
        Self {
            held_since: task.held.map(Timestamp),
            deadline: task.deadline.map(Timestamp),
            ended: task.ended.map(|(at, how)| (Timestamp(at), ending(how))),
            is_paused: task.paused,
            seen: task.seen.into(),
            pending: Away { alone_ms, among_several_ms },
            away: Away { alone_ms: away_alone_ms, among_several_ms: away_among_several_ms },
            corrected_secs: task.corrected,
        }
    }
}

impl From<&Spans> for SpansV1 {
    fn from(spans: &Spans) -> Self {
        Self(spans.total_ms, spans.intervals.iter().map(|one| (one.from.0, one.to.0)).collect())
    }
}

impl From<SpansV1> for Spans {
    fn from(SpansV1(total_ms, intervals): SpansV1) -> Self {
        let interval = |(from, to)| Interval { from: Timestamp(from), to: Timestamp(to) };
        Self { total_ms, intervals: intervals.into_iter().map(interval).collect() }
    }
}
