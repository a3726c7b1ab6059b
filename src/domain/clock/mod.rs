//! The working-time clock: how long each task was really worked on, and how well that is known.
//!
//! The work is done inside a frame we cannot look into, or in a tab opened from it. So the clock
//! follows which tab is in front, what that tab is about, and whether somebody is there:
//!
//! - **One task at a time**: the one whose tab, or a tab opened from it, is in front.
//! - **Somebody is there** for a minute after a sign of life, for five while the task's frame has
//!   the focus, as long as the system says that somebody uses it, and as long as the tab in front sounds.
//! - **Away**: something of which nothing is known is in front. With one task held, that time
//!   counts once the worker came back and handed in; with several it only widens the range.
//! - **A missed heartbeat** (sleep, crash, a background that was ended) ends what was open at the
//!   last event: time nobody watched is never counted.
//!
//! Time only comes in with events. Durations are differences of UTC milliseconds, so neither
//! midnight nor daylight saving is anything to it. Events of the same millisecond are applied in a
//! fixed order, so the order they arrive in changes nothing. A clock set back ends what was open
//! and goes on from the new time.

mod count;
mod event;
mod front;
mod report;
mod saved;
mod spans;

#[cfg(test)]
mod tests;

pub use event::{Ending, Event, Page, System, TabId, WindowId};
pub use front::{Front, Tab};
pub use report::{Live, LiveState, Report};
pub use saved::{Away, HeldTask, Saved};
pub use spans::{Interval, Spans};

use super::Timestamp;
use super::history::EntryId;

/// The working-time clock of all tasks of one account in one browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    state: Saved,
}

/// How often a heartbeat is due while [`Clock::needs_heartbeat`]; the state is stored with each.
pub const HEARTBEAT_MS: i64 = 15_000;

/// A silence of all events longer than this means that nobody watched.
///
/// Two heartbeats and a little, because browsers delay timers and wake a background by alarm
/// every 30 seconds at best.
pub const MISSED_MS: i64 = 35_000;

/// How long silence counts as work after a sign of life.
pub const SILENCE_MS: i64 = 60_000;

/// How long silence counts as reading while the task's frame has the focus.
pub const READING_MS: i64 = 300_000;

/// Time away up to this much in all is a glance: it neither counts nor makes a time uncertain.
pub const GLANCE_MS: i64 = 5_000;

/// What JavaScript can write as a date, ± 100,000,000 days: other times are none.
const LATEST_MS: i64 = 8_640_000_000_000_000;

impl Clock {
    /// A clock that knows of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Goes on from what was saved. Values that cannot be are mended, never refused.
    pub fn restore(saved: Saved) -> Self {
        let mut state = saved;
        state.mend();
        Self { state }
    }

    /// What [`Clock::restore`] needs to go on with the same result.
    pub fn save(&self) -> Saved {
        self.state.clone()
    }

    /// Takes over one event. Late events (up to [`MISSED_MS`]) count as of the last moment known.
    pub fn handle(&mut self, at: Timestamp, event: Event) {
        self.advance(at);
        self.state.events.insert(event);
        if self.state.events.len() > Saved::MOST_EVENTS {
            self.settle();
        }
    }

    /// Whether something could be counted at this moment, so that a heartbeat is due every
    /// [`HEARTBEAT_MS`]. Without one, nothing of the time up to the next event is counted.
    pub fn needs_heartbeat(&self) -> bool {
        let mut clock = self.clone();
        clock.settle();
        clock.state.counts_now()
    }

    /// Takes the time on lists of tasks up to a moment, since the last call.
    ///
    /// To be stored as taken together with [`Clock::save`], so that it is booked exactly once.
    pub fn take_search(&mut self, at: Timestamp) -> Spans {
        self.advance(at);
        self.count_to_now();
        core::mem::take(&mut self.state.search)
    }

    /// What would be so at a moment if nothing else happened until then.
    fn as_of(&self, at: Timestamp) -> Self {
        let mut clock = self.clone();
        clock.advance(at);
        clock.settle();
        clock
    }

    /// Moves time on, after everything of the moment before is applied.
    fn advance(&mut self, at: Timestamp) {
        let at = Timestamp(at.0.clamp(-LATEST_MS, LATEST_MS));
        let Some(now) = self.state.now else {
            (self.state.now, self.state.counted_to) = (Some(at), Some(at));
            return;
        };
        let passed = at.0.saturating_sub(now.0);
        if passed > 0 {
            self.settle();
            self.state.now = Some(at);
        } else if passed < -MISSED_MS {
            self.settle();
            self.state.set_back(now, at);
        }
    }

    /// Counts the time up to the present moment, by what was so before its events.
    fn count_to_now(&mut self) {
        let (Some(from), Some(now)) = (self.state.counted_to, self.state.now) else { return };
        let is_watched = now.0.saturating_sub(from.0) <= MISSED_MS;
        if is_watched && !self.state.events.contains(&Event::BrowserStarted) {
            self.state.count(from, now);
        }
        self.state.counted_to = Some(now);
    }

    /// A task that was known by a stand-in id has its own now: what was measured goes with it.
    pub fn adopt(&mut self, stand_in: &EntryId, entry: &EntryId) {
        self.settle();
        self.state.rename(stand_in, entry);
    }

    /// Counts the time up to the present moment, then applies its events in their fixed order.
    ///
    /// What is told of the same moment afterwards is applied after them.
    pub fn settle(&mut self) {
        self.count_to_now();
        let Some(now) = self.state.now else { return };
        let before = self.state.front.tab();
        for event in core::mem::take(&mut self.state.events) {
            self.state.apply(now, &event);
        }
        let after = self.state.front.tab();
        if after != before && after.is_some() {
            // Bringing something to the front is a sign of life too.
            self.state.signed_at = Some(now);
        }
    }
}
