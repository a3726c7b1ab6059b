//! The card of a row: every source in a line, why the estimate says what it says, and the actions.

use serde_json::{Value, json};

use super::{chip, rating, words};
use crate::app::page::entry::{Entry, Worth};
use crate::app::tree::{Attr, Node, Tag};
use crate::domain::{PayUnit, SiteRecord, Task};
use crate::estimate::TimeSource;

/// What the card needs besides the entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardState {
    /// The marks out of five are unfolded.
    pub unfolded: bool,
    /// The last thing that was saved or failed, in words.
    pub status: Option<Status>,
    /// Nothing may be recorded here.
    pub private: bool,
}

impl CardState {
    /// What a fresh engine needs to show the same card.
    pub fn to_memo(&self) -> Value {
        match &self.status {
            Some(Status::Saved { what, undo }) => {
                json!({ "unfolded": self.unfolded, "what": what, "undo": undo })
            }
            _ => json!({ "unfolded": self.unfolded }),
        }
    }

    /// The state that an engine before this one remembered; a new card where it is none.
    pub fn from_memo(memo: &Value) -> Self {
        let text = |name: &str| Some(memo.get(name)?.as_str()?.to_owned());
        Self {
            unfolded: memo.get("unfolded").and_then(Value::as_bool).unwrap_or(false),
            status: text("what").map(|what| Status::Saved { what, undo: text("undo") }),
            private: false,
        }
    }
}

/// What became of the last change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// On its way to the disk.
    Saving,
    /// On the disk; what was done, and the token that takes it back.
    Saved {
        /// `Blocked Ann Lab`.
        what: String,
        /// `None` where it cannot be undone.
        undo: Option<String>,
    },
    /// Not saved, and why.
    Failed {
        /// In the user's words.
        why: String,
    },
    /// Copied to the clipboard.
    Copied,
}

/// The card of a row.
pub fn card(entry: &Entry, state: &CardState) -> Node {
    let mut parts = vec![head(entry), lead(entry), facts(entry)];
    if state.private {
        parts.push(Node::text(Tag::P, "quiet", "Private window: you can read here, nothing is saved."));
    } else if entry.task.requester.id.is_some() {
        parts.push(rating::form(entry, state.unfolded));
    }
    parts.push(actions(entry, state));
    parts.push(status(state));
    Node::group(Tag::Div, "task-card", parts)
        .with(Attr::Role, "dialog")
        .with(Attr::Tabindex, "-1")
        .with(Attr::AriaLabel, format!("What this task pays: {}", entry.task.title))
}

fn head(entry: &Entry) -> Node {
    let close = Node::button("close", "×", "close").with(Attr::AriaLabel, "Close").with(Attr::Type, "button");
    Node::group(
        Tag::Div,
        "head",
        vec![Node::text(Tag::H2, "title", entry.task.title.clone()).with(Attr::Dir, "auto"), close],
    )
}

/// The first line says pay per hour; where there is no rate it says why.
fn lead(entry: &Entry) -> Node {
    let task = &entry.task;
    let Worth { rate: Some(rate), time, .. } = &entry.worth else {
        let why = match task.kind {
            Some(kind) if !kind.has_rate() => words::kind_explained(kind),
            _ => "The pay of this task could not be read.",
        };
        return Node::text(Tag::P, "lead", why);
    };
    if task.reward.is_some_and(|reward| reward.micros == 0) {
        return Node::text(Tag::P, "lead", "Unpaid: the reward is nothing.");
    }
    let per_hour = Node::text(Tag::Span, "figure", rate.mid_text(PayUnit::Hour));
    let range = format!(
        "between {} and {}, if it takes {}",
        rate.low_text(PayUnit::Hour),
        rate.high_text(PayUnit::Hour),
        words::span_range(*time)
    );
    Node::group(Tag::P, "lead", vec![per_hour, Node::text(Tag::Span, "aside", range)])
}

fn facts(entry: &Entry) -> Node {
    let task = &entry.task;
    let mut lines = Vec::new();
    if let Some(kind) = task.kind.filter(|kind| kind.has_rate()) {
        lines.push(line("Kind", format!("{}. {}", capital(words::kind(kind)), words::kind_explained(kind))));
    }
    if let Some(lock) = &task.lock {
        lines.push(line("Locked", format!("You cannot accept this now: {}.", lock.reason)));
    }
    lines.push(line("Pay", pay_line(task)));
    if let Some(promise) = &task.promised {
        let text = format!("Promises more: “{}”. Not counted until it was really paid.", promise.quote);
        lines.push(line("Bonus", text).with(Attr::Dir, "auto"));
    }
    lines.push(line("Time", time_line(entry)));
    lines.push(line("Requester", requester_line(task)));
    if let Some(own) = rating::own_line(entry) {
        lines.push(line("You", own));
    }
    if !task.needs.is_empty() {
        let needs: Vec<&str> = task.needs.iter().map(|need| words::need(*need)).collect();
        lines.push(line("Needs", capital(&needs.join(", "))));
    }
    Node::group(Tag::Ul, "facts", lines)
}

fn line(label: &str, text: impl Into<String>) -> Node {
    Node::group(
        Tag::Li,
        "fact",
        vec![Node::text(Tag::Span, "label", label), Node::text(Tag::Span, "value", text)],
    )
    .keyed(label)
}

fn pay_line(task: &Task) -> String {
    match task.reward {
        Some(reward) => format!("{} for one task.", words::amount(reward)),
        None => "Could not be read from the page.".to_owned(),
    }
}

/// Why the estimate says what it says, and the ceiling the site sets.
fn time_line(entry: &Entry) -> String {
    let worth = &entry.worth;
    let range = words::span_range(worth.time);
    let mut text = match (worth.source, &worth.quote) {
        (TimeSource::Stated, Some(quote)) if worth.differs => {
            format!("Title and text state different times (“{quote}”): {range}.")
        }
        (TimeSource::Stated, Some(quote)) => format!("Says “{quote}”; most people need {range}."),
        (TimeSource::Stated, None) => format!("Says {range}."),
        (TimeSource::Prior, _) => {
            format!("No time stated. A guess from pay, allotted time and wording: {range}.")
        }
    };
    if worth.capped {
        text.push_str(" More is stated than the site allows.");
    }
    if let Some(allotted) = entry.task.allotted_secs {
        text.push_str(" You may take ");
        text.push_str(&words::span(allotted));
        text.push_str(" at most.");
    }
    text
}

fn requester_line(task: &Task) -> String {
    let name = if task.requester.name.is_empty() { "This requester" } else { &task.requester.name };
    let SiteRecord { approval_percent, approval_at_least, review_days } = task.site_says;
    let at_least = if approval_at_least { "at least " } else { "" };
    match (approval_percent, review_days) {
        (Some(percent), Some(days)) => {
            format!(
                "{name} approves {at_least}{percent} % and decides in {} (says the site).",
                chip::review(days)
            )
        }
        (Some(percent), None) => format!("{name} approves {at_least}{percent} % (says the site)."),
        (None, Some(days)) => {
            format!("{name}: decides in {} (says the site); no approval rate yet.", chip::review(days))
        }
        (None, None) => format!("{name}: the site has no record yet."),
    }
}

fn actions(entry: &Entry, state: &CardState) -> Node {
    let mut buttons = Vec::new();
    let can_save = !state.private && entry.task.requester.id.is_some();
    if can_save && entry.blocked.is_some() {
        buttons.push(Node::button("action", "Unblock", "unblock").keyed("unblock"));
    } else if can_save {
        buttons.push(Node::button("action", "Block requester", "block:requester").keyed("block"));
        buttons.push(Node::button("action", "Block this title", "block:title").keyed("block-title"));
    }
    buttons.push(Node::button("action", "Copy for a forum", "copy").keyed("copy"));
    let buttons = buttons.into_iter().map(|button| button.with(Attr::Type, "button")).collect();
    Node::group(Tag::Div, "actions", buttons)
}

/// The live line at the foot: what was saved, with its way back.
fn status(state: &CardState) -> Node {
    let live = |class: &str, text: String| Node::text(Tag::Span, class, text);
    let mut parts = Vec::new();
    match &state.status {
        None => {}
        Some(Status::Saving) => parts.push(live("quiet", "Saving…".to_owned())),
        Some(Status::Saved { what, undo }) => {
            parts.push(live("done", format!("✓ {what}")));
            if let Some(token) = undo {
                parts.push(
                    Node::button("action", "Undo", format!("undo:{token}"))
                        .with(Attr::Type, "button")
                        .keyed("undo"),
                );
            }
        }
        Some(Status::Failed { why }) => parts.push(live("failed", why.clone())),
        Some(Status::Copied) => parts.push(live("done", "✓ Copied".to_owned())),
    }
    Node::group(Tag::Div, "status", parts).with(Attr::Role, "status").with(Attr::AriaLive, "polite")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The lines a worker pastes into a forum: plain text, requester id in, own words out.
pub fn forum_text(entry: &Entry, site: &str) -> String {
    let task = &entry.task;
    let mut lines = vec![format!("Title: {}", task.title)];
    let id = task.requester.id.as_ref().map_or(String::new(), |id| format!(" [{}]", id.0));
    lines.push(format!("Requester: {}{id}", task.requester.name));
    if let Some(reward) = task.reward {
        let rate = entry.worth.rate.as_ref().map_or(String::new(), |rate| {
            format!(" ({} to {})", rate.low_text(PayUnit::Hour), rate.high_text(PayUnit::Hour))
        });
        lines.push(format!("Reward: {}{rate}", words::amount(reward)));
    }
    lines.push(format!("Time: {}", time_line(entry)));
    lines.push(format!("Requester record: {}", requester_line(task)));
    lines.push(format!(
        "Link: https://{site}/projects/{}/tasks",
        task.group_id.as_ref().unwrap_or(&task.id).0
    ));
    lines.join("\n")
}
