//! Scripts of events: what a worker does, second by second, and what the clock makes of it.

mod breaks;
mod elsewhere;
mod plain;
mod properties;
mod rules;
mod silence;

use super::*;
use crate::domain::history::How;

/// 2026-06-15 12:00 UTC.
const NOON: i64 = 1_781_524_800_000;

const WINDOW: WindowId = WindowId(1);
const TAB: TabId = TabId(10);

fn entry(name: &str) -> EntryId {
    EntryId(name.to_owned())
}

/// A worker's day. Every script is also run on a clock that is restored after each event.
struct Script {
    clock: Clock,
    restored: Clock,
    now_ms: i64,
}

impl Script {
    /// One window with one tab in front, at noon.
    fn noon() -> Self {
        Self::starting_at(NOON)
    }

    fn starting_at(now_ms: i64) -> Self {
        let mut script = Self { clock: Clock::new(), restored: Clock::new(), now_ms };
        script.tell(Event::BrowserStarted);
        script.tell(Event::TabActivated { tab: TAB, window: WINDOW });
        script.tell(Event::WindowFocused(Some(WINDOW)));
        script
    }

    fn now(&self) -> Timestamp {
        Timestamp(self.now_ms)
    }

    fn tell(&mut self, event: Event) {
        self.clock.handle(self.now(), event.clone());
        self.restored = Clock::restore(self.restored.save());
        self.restored.handle(self.now(), event);
        assert_eq!(self.restored, self.clock, "restoring changes nothing");
    }

    /// Time without any event.
    fn skip(&mut self, secs: i64) {
        self.now_ms += secs * 1_000;
    }

    /// Time in which nothing but heartbeats comes, where the clock asks for them.
    fn pass(&mut self, secs: i64) {
        let until = self.now_ms + secs * 1_000;
        while self.now_ms + HEARTBEAT_MS <= until {
            self.now_ms += HEARTBEAT_MS;
            if self.clock.needs_heartbeat() {
                self.tell(Event::Heartbeat);
            }
        }
        self.now_ms = until;
    }

    /// Time in which there is a sign of life in a tab every ten seconds.
    fn work(&mut self, tab: TabId, secs: i64) {
        let until = self.now_ms + secs * 1_000;
        while self.now_ms < until {
            self.now_ms = until.min(self.now_ms + 10_000);
            self.tell(Event::Sign(tab));
        }
    }

    fn hold(&mut self, name: &str) {
        self.tell(Event::Held { entry: entry(name), accepted_at: None, deadline: None });
    }

    fn show(&mut self, tab: TabId, page: Page) {
        self.tell(Event::PageShown { tab, page });
    }

    /// A task is accepted and its page shown.
    fn accept(&mut self, name: &str, tab: TabId) {
        self.hold(name);
        self.show(tab, Page::Work(entry(name)));
        self.tell(Event::Sign(tab));
    }

    fn activate(&mut self, tab: TabId) {
        self.tell(Event::TabActivated { tab, window: WINDOW });
    }

    fn end(&mut self, name: &str, ending: Ending) {
        self.tell(Event::Ended { entry: entry(name), ending });
    }

    fn submit(&mut self, name: &str) {
        self.end(name, Ending::Submitted);
    }

    fn report(&self, name: &str) -> Report {
        self.clock.report(&entry(name), self.now()).expect("a task that was held")
    }

    /// Low, high and held seconds, and how they were measured.
    fn worked(&self, name: &str) -> (u32, u32, u32, How) {
        let worked = self.report(name).worked;
        (worked.low_secs, worked.high_secs, worked.held_secs, worked.how)
    }

    fn take_search(&mut self) -> Spans {
        let now = self.now();
        let taken = self.clock.take_search(now);
        assert_eq!(self.restored.take_search(now), taken);
        taken
    }

    fn live(&self, name: &str) -> Live {
        self.clock.live(&entry(name), None, self.now()).expect("a held task")
    }
}
