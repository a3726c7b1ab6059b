//! One row as the engine knows it: the task, what it is worth, and what the worker said before.

use super::settings::PageSettings;
use super::wire::RowStyle;
use crate::domain::{Again, Flags, Limits, Marks, Money, Task, TimeRange, TitleKey};
use crate::estimate::prior::PriorInput;
use crate::estimate::rate::{self, Rate};
use crate::estimate::verdict::{self, Verdict};
use crate::estimate::{self, TimeSource};
use crate::wording;

/// What a task pays for its time, from the page alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worth {
    /// How long it takes.
    pub time: TimeRange,
    /// Where the time comes from.
    pub source: TimeSource,
    /// The smallest and the largest stated number in seconds, as far as stated.
    pub stated_secs: (Option<u32>, Option<u32>),
    /// The words that state the time.
    pub quote: Option<String>,
    /// Title and description state different times.
    pub differs: bool,
    /// The stated time was longer than the allotted one.
    pub capped: bool,
    /// `None` where the kind has no rate or the reward is unknown.
    pub rate: Option<Rate>,
    /// `None` where there is no rate, no limit for the currency, or the worker cannot accept.
    pub verdict: Option<Verdict>,
}

impl Worth {
    /// The worth of a task under the worker's limits.
    pub fn of(task: &Task, settings: &PageSettings) -> Self {
        let estimate = estimate::of_row(&PriorInput {
            title: &task.title,
            description: &task.description,
            reward: task.reward,
            allotted_secs: task.allotted_secs,
        });
        let has_rate = task.kind.is_none_or(crate::domain::Kind::has_rate);
        let reward = task.reward.filter(|_| has_rate);
        let rate = reward.map(|reward| rate::rate_per_minute(reward, estimate.time));
        let limits = |reward: Money| -> Option<Limits> { settings.limits.get(&reward.currency).copied() };
        let verdict = reward
            .filter(|reward| reward.micros > 0 && task.can_accept != Some(false))
            .and_then(|reward| Some((rate.as_ref()?, limits(reward)?)))
            .map(|(rate, limits)| verdict::verdict_from(estimate.source, *rate, limits));
        Self {
            time: estimate.time,
            source: estimate.source,
            stated_secs: estimate.stated_secs,
            quote: estimate.quote,
            differs: estimate.differs,
            capped: estimate.capped,
            rate,
            verdict,
        }
    }
}

/// The worker's own rating of the requester, as far as a row shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// Again, only if nothing better, never.
    pub again: Option<Again>,
    /// Broken, unpaid screener, underpaid.
    pub flags: Flags,
    /// Marks out of five.
    pub marks: Marks,
    /// There is a note; its text stays in the extension's own pages.
    pub has_note: bool,
}

/// What the history remembers of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    /// Of the requester's tasks titled like it.
    pub of_title: Option<Memory>,
    /// Of all the requester's tasks.
    pub of_requester: Option<Memory>,
}

/// What is remembered, in the background's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memory {
    /// What kind of news it is.
    pub tone: Tone,
    /// The same in fewer and fewer words.
    pub says: Vec<String>,
    /// All of it, for the card.
    pub line: String,
}

/// Kinds of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// How often it was done.
    Plain,
    /// Rejected, or given back for a reason that may come up again.
    Bad,
    /// Doing it again may be rejected.
    Warn,
}

impl Memory {
    /// The most words that have room for so many characters.
    pub fn within(&self, room: usize) -> Option<&str> {
        self.says.iter().map(String::as_str).find(|words| words.chars().count() <= room)
    }
}

/// What a chip says of the own rating.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnWord {
    /// Class of our sheet.
    pub class: &'static str,
    /// `you: never`.
    pub text: String,
}

/// One task of the page with all that is known about it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The task.
    pub task: Task,
    /// What its title shares with its reposts; kept, as every look at what is known needs it.
    pub title_key: Option<TitleKey>,
    /// What it is worth.
    pub worth: Worth,
    /// The worker's own rating, once the background has said.
    pub own: Option<Own>,
    /// What the history remembers, once the background has said.
    pub remembered: Remembered,
    /// Why the row is blocked, if it is: `requester` or `this title`.
    pub blocked: Option<&'static str>,
    /// How its row was left since the page was opened; it stays so, however often the page draws it anew.
    pub style: RowStyle,
    /// Its chips were made before it had a row, and show what it is now.
    pub is_made: bool,
}

impl Entry {
    /// An entry from the page alone.
    pub fn new(task: Task, settings: &PageSettings) -> Self {
        let worth = Worth::of(&task, settings);
        let title_key = wording::title_key(&task.title);
        Self {
            task,
            title_key,
            worth,
            own: None,
            remembered: Remembered::default(),
            blocked: None,
            style: RowStyle::Plain,
            is_made: false,
        }
    }

    /// The worker said: never again.
    pub fn own_never(&self) -> bool {
        self.own.as_ref().is_some_and(|own| own.again == Some(Again::Never))
    }

    /// The own rating in one or two words; a bad one first.
    pub fn own_rating_word(&self) -> Option<OwnWord> {
        let own = self.own.as_ref()?;
        let word = |class, text: &str| Some(OwnWord { class, text: format!("you: {text}") });
        match (own.again, own.flags) {
            (Some(Again::Never), _) => word("own bad", "never"),
            (_, Flags { broken: true, .. }) => word("own bad", "broken"),
            (_, Flags { unpaid_screener: true, .. }) => word("own bad", "screener"),
            (_, Flags { underpaid: true, .. }) => word("own bad", "underpaid"),
            (_, Flags { favourite: true, .. }) => word("own well", "★"),
            (Some(Again::OnlyIfNothingBetter), _) => word("own", "if need be"),
            (Some(Again::Again), _) => word("own well", "again"),
            (None, _) => match own.mean_mark_tenths() {
                Some(tenths) => word("own", &format!("{}.{}/5", tenths / 10, tenths % 10)),
                None if own.has_note => word("own", "note"),
                None => None,
            },
        }
    }
}

impl Own {
    /// The mean of the given marks in tenths; `None` where none is given.
    pub fn mean_mark_tenths(&self) -> Option<u32> {
        let Marks { pay, fairness, communication, speed } = self.marks;
        let given: Vec<u32> = [pay, fairness, communication, speed]
            .into_iter()
            .flatten()
            .map(|mark| u32::from(mark.count()))
            .collect();
        let count = u32::try_from(given.len()).ok().filter(|count| *count > 0)?;
        Some((given.iter().sum::<u32>() * 10 + count / 2) / count)
    }
}
