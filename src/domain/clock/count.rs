//! How events change the state, and what the time between them counts as.

use super::event::{Ending, Event, Page, System, TabId};
use super::front::About;
use super::saved::{Away, HeldTask, Saved};
use super::{EntryId, READING_MS, SILENCE_MS, Timestamp};

/// What the worker does, by what is in front.
enum Doing {
    /// Works on a task, in this tab.
    Task { entry: EntryId, tab: TabId, is_hidden: bool },
    /// Looks for tasks, in this tab.
    Search(TabId),
    /// Something unknown, since this task.
    Away(EntryId),
    /// Nothing that counts.
    Else,
}

impl Saved {
    /// Applies one event at the present moment.
    pub(super) fn apply(&mut self, now: Timestamp, event: &Event) {
        self.front.apply(event);
        match event {
            Event::BrowserStarted => (self.system, self.signed_at) = (System::Unknown, None),
            Event::Held { entry, accepted_at, deadline } => self.hold(now, entry, (*accepted_at, *deadline)),
            // Nobody comes to a task's page without a press; lists are also reloaded by other tools.
            Event::PageShown { tab, page: Page::Work(_) }
            | Event::FrameBlurred(tab)
            | Event::FrameFocused(tab)
            | Event::Sign(tab) => self.sign(now, *tab),
            Event::System(system) => self.hear(now, *system),
            Event::Paused(entry) => self.with_known(entry, |task| task.is_paused = true),
            Event::Resumed(entry) => {
                self.with_known(entry, |task| task.is_paused = false);
                self.signed_at = Some(now);
            }
            Event::Ended { entry, ending } => self.end(now, entry, *ending),
            Event::Reopened(entry) => self.with_known(entry, |task| task.ended = None),
            Event::Corrected { entry, worked_secs } => {
                self.with_known(entry, |task| task.corrected_secs = *worked_secs);
            }
            _ => {}
        }
    }

    /// Counts the time from one moment to another, between which nothing happened.
    pub(super) fn count(&mut self, from: Timestamp, to: Timestamp) {
        match self.doing(from) {
            Doing::Task { entry, tab, is_hidden } => {
                let end = self.somebody_until(tab, to).max(from);
                let is_sure = end > from;
                if let Some(task) = self.tasks.get_mut(&entry).filter(|_| is_sure) {
                    task.seen.push(from, end);
                    // The worker came back to it: what was between may have been its own.
                    let pending = core::mem::take(&mut task.pending);
                    task.away.add(pending);
                }
                self.left = Some(entry.clone());
                if is_hidden && self.system == System::Unknown {
                    // No sign could have reached us from there.
                    self.count_away(&entry, end, to);
                }
            }
            Doing::Search(tab) => {
                let end = self.somebody_until(tab, to);
                self.search.push(from, end);
            }
            Doing::Away(entry) => self.count_away(&entry, from, to),
            Doing::Else => {}
        }
    }

    /// The machine's clock was set back: what is known of the past keeps its distance.
    pub(super) fn set_back(&mut self, now: Timestamp, at: Timestamp) {
        let since = |moment: Timestamp| now.0.saturating_sub(moment.0);
        self.signed_at = self.signed_at.map(|signed| Timestamp(at.0.saturating_sub(since(signed))));
        (self.now, self.counted_to) = (Some(at), Some(at));
    }

    /// Whether the time from now on would count as anything.
    pub(super) fn counts_now(&self) -> bool {
        let Some(now) = self.now else { return false };
        let soon = Timestamp(now.0.saturating_add(1));
        match self.doing(now) {
            Doing::Task { is_hidden: true, .. } if self.system == System::Unknown => true,
            Doing::Task { tab, .. } | Doing::Search(tab) => self.somebody_until(tab, soon) == soon,
            Doing::Away(_) => self.may_be_away(),
            Doing::Else => false,
        }
    }

    /// Whether the seconds of a task tick at a moment.
    pub(super) fn is_counting(&self, entry: &EntryId, now: Timestamp) -> bool {
        let soon = Timestamp(now.0.saturating_add(1));
        matches!(self.doing(now), Doing::Task { entry: doing, tab, .. }
            if doing == *entry && self.somebody_until(tab, soon) == soon)
    }

    fn doing(&self, now: Timestamp) -> Doing {
        let runs = |entry: &EntryId| self.tasks.get(entry).is_some_and(|task| task.runs(now));
        let Some((tab, about)) = self.front.tab().and_then(|tab| Some((tab, self.front.about(tab)?))) else {
            return self.left.clone().filter(runs).map_or(Doing::Else, Doing::Away);
        };
        match about {
            About::WorkPage(entry) | About::OpenedFor(entry) if runs(entry) => {
                let is_hidden = matches!(about, About::OpenedFor(_));
                Doing::Task { entry: entry.clone(), tab, is_hidden }
            }
            About::List => Doing::Search(tab),
            About::WorkPage(_) | About::OpenedFor(_) | About::Site => Doing::Else,
        }
    }

    /// Until when, at most `to`, somebody is there who looks at a tab.
    fn somebody_until(&self, tab: TabId, to: Timestamp) -> Timestamp {
        let stays = self.front.is_audible(tab) && self.system != System::Locked;
        if stays || self.system == System::Active {
            return to;
        }
        let Some(signed_at) = self.signed_at else { return Timestamp(i64::MIN) };
        let silence = if self.front.is_in_frame(tab) { READING_MS } else { SILENCE_MS };
        to.min(Timestamp(signed_at.0.saturating_add(silence)))
    }

    /// Whether somebody may be working where we cannot look.
    fn may_be_away(&self) -> bool {
        matches!(self.system, System::Unknown | System::Active)
    }

    fn count_away(&mut self, entry: &EntryId, from: Timestamp, to: Timestamp) {
        let millis = to.0.saturating_sub(from.0);
        if !self.may_be_away() || millis <= 0 {
            return;
        }
        let is_alone = self.tasks.values().filter(|task| task.runs(from)).count() <= 1;
        let Some(task) = self.tasks.get_mut(entry) else { return };
        task.pending.add(if is_alone {
            Away { alone_ms: millis, among_several_ms: 0 }
        } else {
            Away { alone_ms: 0, among_several_ms: millis }
        });
    }

    fn sign(&mut self, now: Timestamp, tab: TabId) {
        if self.front.tab() != Some(tab) {
            return; // A pointer over a window behind, or a page that tells late.
        }
        self.signed_at = Some(now);
        if self.system == System::Locked {
            self.system = System::Unknown;
        }
    }

    fn hear(&mut self, now: Timestamp, system: System) {
        self.signed_at = match (self.system, system) {
            // Heard again and again, it says nothing of when there was a sign.
            (System::Active, System::Active) => self.signed_at,
            (_, System::Active) => Some(now),
            (_, System::Locked) => None,
            (System::Active, System::Idle { quiet_secs }) => {
                // Not further back than what is already counted as work without any sign.
                let quiet_ms = i64::from(quiet_secs).saturating_mul(1_000).min(SILENCE_MS);
                self.signed_at.max(Some(Timestamp(now.0.saturating_sub(quiet_ms))))
            }
            _ => self.signed_at,
        };
        self.system = system;
    }

    fn hold(&mut self, now: Timestamp, entry: &EntryId, told: (Option<Timestamp>, Option<Timestamp>)) {
        self.forget_old(now);
        let (accepted_at, deadline) = told;
        let since = accepted_at.unwrap_or(now).min(now);
        let Some(task) = self.task_mut(entry) else { return };
        task.held_since = Some(task.held_since.map_or(since, |before| before.min(since)));
        task.deadline = task.deadline.max(deadline);
        if task.ended.is_some_and(|(_, ending)| ending == Ending::Gone) {
            task.ended = None;
        }
    }

    fn end(&mut self, now: Timestamp, entry: &EntryId, ending: Ending) {
        if let Some(task) = self.task_mut(entry) {
            let (at, before) = task.ended.unwrap_or((now, ending));
            task.ended = Some((at, before.max(ending)));
        }
        self.forget_old(now);
    }

    /// Changes a task that is known to have been held.
    fn with_known(&mut self, entry: &EntryId, change: impl FnOnce(&mut HeldTask)) {
        if let Some(task) = self.tasks.get_mut(entry).filter(|task| task.held_since.is_some()) {
            change(task);
        }
    }
}
