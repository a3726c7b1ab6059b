//! The clock on a task's own page, the question how long one took, and what is held on the page of the queue.

use crate::app::tree::{Attr, Node, Tag};
use crate::domain::clock::{Live, LiveState};
use crate::domain::{Money, PayUnit, TimeRange};
use crate::estimate::rate::rate_per_minute;

use super::history::day::{self, DayFacts};
use super::words;

/// Stops the clock of the task on this page.
pub const PAUSE: &str = "pause";
/// Lets it go on.
pub const RESUME: &str = "resume";
/// It took what is offered.
pub const TOOK: &str = "took yes";
/// It took less.
pub const TOOK_LESS: &str = "took less";
/// It took more.
pub const TOOK_MORE: &str = "took more";
/// The worker does not know.
pub const TOOK_UNKNOWN: &str = "took no";

/// What is said of a clock whose record could not be read.
const LOST: &str = "The working-time clock was damaged and begins anew: times of tasks held now may be short";

/// Before so much time a rate says nothing.
const RATE_FROM_SECS: u32 = 10;

/// What the drawing is made of.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClockFacts {
    /// The task of this page.
    pub live: Option<Live>,
    /// The seconds to offer for one that was handed in.
    pub asked_secs: Option<u32>,
    /// The clock was damaged and began anew.
    pub says_loss: bool,
    /// Per minute or per hour.
    pub unit: PayUnit,
}

/// The whole drawing; `None` where there is nothing to show.
pub fn clock(facts: &ClockFacts) -> Option<Node> {
    let mut parts = Vec::new();
    if let Some(live) = facts.live {
        parts.push(Node::text(Tag::Span, "time", line(live, facts.unit, 0)).keyed("time"));
        parts.push(switch(live.state));
    }
    parts.extend(facts.asked_secs.map(question));
    if facts.says_loss {
        parts.push(Node::text(Tag::Span, "said", LOST).with(Attr::AriaLive, "polite").keyed("said"));
    }
    if parts.is_empty() {
        return None;
    }
    let group = Node::group(Tag::Div, "task-clock", parts);
    Some(group.with(Attr::Role, "group").with(Attr::AriaLabel, "Wagelight's clock"))
}

/// What is held, on the page of the queue; `None` where nothing is.
pub fn held(facts: DayFacts<'_>) -> Option<Node> {
    let lines = day::lines(DayFacts { sum: None, ..facts });
    if lines.is_empty() {
        return None;
    }
    let group = Node::group(Tag::Div, "task-clock held", lines);
    Some(group.with(Attr::Role, "group").with(Attr::AriaLabel, "What you hold"))
}

/// What it says from now on, one text a second; one only where it stands.
pub fn ticks(live: Live, unit: PayUnit, secs: u32) -> Vec<String> {
    let until = if live.state == LiveState::Running { secs } else { 0 };
    (0..=until).map(|passed| line(live, unit, passed)).collect()
}

/// `3:12 · 21¢/min so far`.
fn line(live: Live, unit: PayUnit, passed: u32) -> String {
    let secs = live.worked_secs.saturating_add(passed);
    let text = match rate(live.reward, secs, unit) {
        Some(rate) => format!("{} · {rate} so far", digits(secs)),
        None => digits(secs),
    };
    match live.state {
        LiveState::Running => text,
        LiveState::Paused => format!("{text} · paused"),
        LiveState::Waiting => format!("{text} · waits"),
    }
}

fn rate(reward: Option<Money>, secs: u32, unit: PayUnit) -> Option<String> {
    let reward = reward.filter(|reward| reward.micros > 0 && secs >= RATE_FROM_SECS)?;
    Some(rate_per_minute(reward, TimeRange::new(secs, secs, secs)).mid_text(unit))
}

/// `3:12`, `1:03:12`.
fn digits(secs: u32) -> String {
    let (hours, minutes, secs) = (secs / 3_600, secs / 60 % 60, secs % 60);
    if hours == 0 { format!("{minutes}:{secs:02}") } else { format!("{hours}:{minutes:02}:{secs:02}") }
}

fn switch(state: LiveState) -> Node {
    let (text, label, action) = if state == LiveState::Paused {
        ("▶", "Go on counting", RESUME)
    } else {
        ("⏸", "Stop counting", PAUSE)
    };
    // Signs as text, never as coloured pictures.
    let button = Node::button("switch", format!("{text}\u{fe0e}"), action).keyed("switch");
    button.with(Attr::AriaLabel, label).with(Attr::Title, label)
}

/// `Took 14 min?`, prefilled, answered by buttons alone: nothing is typed on the page.
fn question(secs: u32) -> Node {
    let button = |text: &str, action: &str| Node::button("answer", text, action).keyed(action);
    let parts = vec![
        Node::text(Tag::Span, "ask", format!("Took {}?", words::span(secs)))
            .with(Attr::AriaLive, "polite")
            .keyed("ask"),
        button("Yes", TOOK),
        button("−", TOOK_LESS).with(Attr::AriaLabel, "Less"),
        button("+", TOOK_MORE).with(Attr::AriaLabel, "More"),
        button("No idea", TOOK_UNKNOWN),
    ];
    Node::group(Tag::Div, "took", parts).keyed("took")
}

/// The next smaller time to offer, never below ten seconds.
pub fn less(secs: u32) -> u32 {
    secs.saturating_sub(step(secs.saturating_sub(1))).max(10)
}

/// The next larger time to offer, at most a day.
pub fn more(secs: u32) -> u32 {
    secs.saturating_add(step(secs)).min(86_400)
}

fn step(secs: u32) -> u32 {
    match secs {
        0..60 => 10,
        60..1_800 => 60,
        _ => 300,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test should stop at the line")]

    use super::*;
    use crate::domain::Currency;

    fn live(state: LiveState, worked_secs: u32) -> Live {
        Live { state, worked_secs, reward: Some(Money { micros: 500_000, currency: Currency::USD }) }
    }

    #[test]
    fn it_says_time_and_rate_so_far() {
        let says = |live| ticks(live, PayUnit::Minute, 2);
        assert_eq!(
            says(live(LiveState::Running, 191)),
            ["3:11 · 16¢/min so far", "3:12 · 16¢/min so far", "3:13 · 16¢/min so far"]
        );
        assert_eq!(says(live(LiveState::Paused, 3_792)), ["1:03:12 · 0.79¢/min so far · paused"]);
        assert_eq!(says(live(LiveState::Waiting, 9)), ["0:09 · waits"], "a rate of seconds says nothing");
        let unpaid = Live { reward: None, ..live(LiveState::Running, 60) };
        assert_eq!(ticks(unpaid, PayUnit::Hour, 0), ["1:00"]);
    }

    #[test]
    fn the_question_is_answered_by_buttons_alone() {
        let facts = ClockFacts { asked_secs: Some(840), ..ClockFacts::default() };
        assert_eq!(clock(&facts).unwrap().plain_text(), "Took 14 min? Yes − + No idea");
        assert!(clock(&ClockFacts::default()).is_none());
    }

    #[test]
    fn less_and_more_are_each_others_way_back() {
        for secs in [10, 50, 60, 120, 1_740, 1_800, 2_100] {
            assert_eq!(less(more(secs)), secs);
        }
        assert_eq!((less(10), more(86_400)), (10, 86_400));
    }
}
