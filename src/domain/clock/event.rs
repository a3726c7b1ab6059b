//! What the clock is told.

use crate::domain::Timestamp;
use crate::domain::history::EntryId;

/// A browser's number of a tab, valid until the browser ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TabId(pub i64);

/// A browser's number of a window, valid until the browser ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WindowId(pub i64);

/// What a tab shows, as our script in it says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// Our script has gone with its page: the tab shows something we cannot see.
    Unknown,
    /// Another page of the site, such as the queue or the dashboard: neither work nor search.
    Site,
    /// A list of tasks to choose from, or the preview of one: its minutes are search.
    List,
    /// The page on which a held task is worked. It counts from [`Event::Held`] on.
    Work(EntryId),
}

/// How a held task came to its end. The later in this order wins where two places differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// No longer in the queue. An inference: the site may show it as held again.
    Gone,
    /// The allotted time ran out.
    Expired,
    /// Given back by the worker.
    Returned,
    /// Handed in.
    Submitted,
    /// Sent away by a screener, whatever was pressed then.
    ScreenedOut,
}

/// What the system says about its keyboard and mouse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum System {
    /// Never asked, or not to be trusted here: only signs of life count.
    #[default]
    Unknown,
    /// Locked: nobody is here.
    Locked,
    /// No input for this many seconds, the threshold it was asked with (15 to 60).
    Idle {
        /// Seconds without input when it was said.
        quiet_secs: u32,
    },
    /// Somebody is here, and stays here until it says otherwise.
    Active,
}

/// Something that happened. Every event is also a sign that the browser is awake.
///
/// The order of the variants is the order in which events of one millisecond are applied,
/// whatever order they arrive in: first what is open, then what is in front, then who is there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// The browser was started: all numbers of tabs and windows are void, what was open ended before.
    /// To be told before anything else of the new session.
    BrowserStarted,
    /// A task is held: accepted, on its work page, or in the queue. May be told again and again.
    Held {
        /// Which.
        entry: EntryId,
        /// When it was accepted, where the page says; else now.
        accepted_at: Option<Timestamp>,
        /// When it expires, where the page says.
        deadline: Option<Timestamp>,
    },
    /// A tab shows another page.
    PageShown {
        /// The tab.
        tab: TabId,
        /// What it shows.
        page: Page,
    },
    /// A tab was opened from another one.
    TabOpened {
        /// The new tab.
        tab: TabId,
        /// The tab whose page opened it (`openerTabId`).
        opener: TabId,
    },
    /// A window is gone.
    WindowClosed(WindowId),
    /// `document.hasFocus()` was false in a tab.
    FocusMissing(TabId),
    /// `document.hasFocus()` was true in a tab: it is in front, whatever else was said.
    FocusFound(TabId),
    /// A tab came to the front of its window.
    TabActivated {
        /// The tab.
        tab: TabId,
        /// Its window.
        window: WindowId,
    },
    /// A window came to the front, or none of the browser's is (`None`).
    WindowFocused(Option<WindowId>),
    /// The task's frame no longer has the focus within its page.
    FrameBlurred(TabId),
    /// The task's frame has the focus: what happens in it is hidden from us.
    FrameFocused(TabId),
    /// A tab fell silent.
    AudibleOff(TabId),
    /// A tab began to sound.
    AudibleOn(TabId),
    /// The system's idle state; asked for with every heartbeat, so mostly no news.
    System(System),
    /// A sign of life in a tab: an own key, pointer, wheel or touch event, or an active user activation.
    Sign(TabId),
    /// The worker stopped the clock of a task.
    Paused(EntryId),
    /// The worker let it go on.
    Resumed(EntryId),
    /// A task is no longer held.
    Ended {
        /// Which.
        entry: EntryId,
        /// How.
        ending: Ending,
    },
    /// It is held after all: its submission was not accepted.
    Reopened(EntryId),
    /// The worker said how long it took, or took that back (`None`).
    Corrected {
        /// Which.
        entry: EntryId,
        /// Seconds of work.
        worked_secs: Option<u32>,
    },
    /// A tab is gone.
    TabClosed(TabId),
    /// Nothing but a sign that the browser is awake.
    Heartbeat,
}
