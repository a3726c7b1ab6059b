//! Which tab the worker has in front, and what it stands for.

use std::collections::BTreeMap;

use super::event::{Event, Page, TabId, WindowId};
use crate::domain::history::EntryId;

/// Tabs and windows as they were last told. All fields are plain data, to be saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// The tab in front of each window.
    pub active: BTreeMap<WindowId, TabId>,
    /// The window in front, if one of the browser's is.
    pub focused: Option<WindowId>,
    /// A tab whose page said that it has the focus, since the last word about windows and tabs.
    pub found: Option<TabId>,
    /// A tab whose page said that it has not.
    pub missing: Option<TabId>,
    /// Tabs of which more is known than that they exist.
    pub tabs: BTreeMap<TabId, Tab>,
}

/// What is known of a tab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// What its page is; `None` where our script never ran in it, or has gone.
    pub page: Option<Page>,
    /// The task from whose page, or from whose tab, it was opened.
    pub opened_for: Option<EntryId>,
    /// The focus within the page lies in the task's frame.
    pub frame_focused: bool,
    /// It sounds.
    pub audible: bool,
}

/// What a tab is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About<'front> {
    /// A task's own page.
    WorkPage(&'front EntryId),
    /// A tab opened from a task's page, of which we see nothing.
    OpenedFor(&'front EntryId),
    /// A list of tasks.
    List,
    /// Another page of the site.
    Site,
}

impl Front {
    /// The most tabs that are remembered; more are tabs of which nothing is known.
    pub const MOST_TABS: usize = 2_048;
    /// The most windows that are remembered; of more it is not known what they show.
    pub const MOST_WINDOWS: usize = 128;

    /// The tab in front; `None` where it is another program, or not known.
    pub fn tab(&self) -> Option<TabId> {
        let told = || self.focused.and_then(|window| self.active.get(&window).copied());
        self.found.or_else(|| told().filter(|tab| self.missing != Some(*tab)))
    }

    /// What a tab is about; `None` where nothing is known of it.
    pub(super) fn about(&self, tab: TabId) -> Option<About<'_>> {
        let tab = self.tabs.get(&tab)?;
        match &tab.page {
            Some(Page::Work(entry)) => Some(About::WorkPage(entry)),
            Some(Page::List) => Some(About::List),
            Some(Page::Site) => Some(About::Site),
            Some(Page::Unknown) | None => tab.opened_for.as_ref().map(About::OpenedFor),
        }
    }

    pub(super) fn is_audible(&self, tab: TabId) -> bool {
        self.tabs.get(&tab).is_some_and(|tab| tab.audible)
    }

    /// Whether what happens in a tab is hidden from us because the task's frame has the focus.
    pub(super) fn is_in_frame(&self, tab: TabId) -> bool {
        self.tabs.get(&tab).is_some_and(|tab| tab.frame_focused && matches!(tab.page, Some(Page::Work(_))))
    }

    /// Takes over what an event says about tabs and windows.
    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::BrowserStarted => *self = Self::default(),
            Event::TabOpened { tab, opener } => self.open(*tab, *opener),
            Event::PageShown { tab, page } => self.show(*tab, page),
            Event::TabClosed(tab) => self.close(*tab),
            Event::WindowClosed(window) => {
                self.active.remove(window);
                self.focused = self.focused.filter(|focused| focused != window);
            }
            Event::FocusMissing(tab) if self.tab() == Some(*tab) => {
                self.found = None;
                self.missing = Some(*tab);
            }
            Event::FocusFound(tab) => (self.found, self.missing) = (Some(*tab), None),
            Event::TabActivated { tab, window } => self.activate(*tab, *window),
            Event::WindowFocused(window) => {
                (self.found, self.missing) = (None, None);
                self.focused = *window;
            }
            Event::FrameFocused(tab) => self.change(*tab, |tab| tab.frame_focused = true),
            Event::FrameBlurred(tab) => self.change(*tab, |tab| tab.frame_focused = false),
            Event::AudibleOn(tab) => self.change(*tab, |tab| tab.audible = true),
            Event::AudibleOff(tab) => self.change(*tab, |tab| tab.audible = false),
            _ => {}
        }
    }

    /// A tab opened from a task's tab is about that task, wherever its opener goes later.
    fn open(&mut self, tab: TabId, opener: TabId) {
        let entry = match self.about(opener) {
            Some(About::WorkPage(entry) | About::OpenedFor(entry)) => entry.clone(),
            _ => return,
        };
        // A tab that shows the site's own page says itself what it is about.
        self.change(tab, |tab| tab.opened_for = Some(entry).filter(|_| tab.page.is_none()));
    }

    fn show(&mut self, tab: TabId, page: &Page) {
        self.change(tab, |tab| {
            tab.frame_focused = false;
            tab.page = Some(page.clone()).filter(|page| *page != Page::Unknown);
            if tab.page.is_some() {
                // It belongs to the site now; where it goes from here says nothing about the old task.
                tab.opened_for = None;
            }
        });
    }

    fn activate(&mut self, tab: TabId, window: WindowId) {
        // A page that opens in a window behind takes the focus from nobody.
        if self.focused.is_none_or(|focused| focused == window) {
            (self.found, self.missing) = (None, None);
        }
        // A tab may have been moved here from another window.
        self.active.retain(|other, shown| *other == window || *shown != tab);
        if self.active.len() < Self::MOST_WINDOWS || self.active.contains_key(&window) {
            self.active.insert(window, tab);
        }
    }

    fn close(&mut self, tab: TabId) {
        self.tabs.remove(&tab);
        self.active.retain(|_, shown| *shown != tab);
        self.found = self.found.filter(|found| *found != tab);
        self.missing = self.missing.filter(|missing| *missing != tab);
    }

    fn change(&mut self, tab: TabId, change: impl FnOnce(&mut Tab)) {
        let mut known = self.tabs.remove(&tab).unwrap_or_default();
        change(&mut known);
        if known != Tab::default() && self.tabs.len() < Self::MOST_TABS {
            self.tabs.insert(tab, known);
        }
    }

    /// Brings a saved value within its bounds.
    pub(super) fn mend(&mut self) {
        while self.tabs.len() > Self::MOST_TABS {
            self.tabs.pop_first();
        }
        while self.active.len() > Self::MOST_WINDOWS {
            self.active.pop_first();
        }
    }
}
