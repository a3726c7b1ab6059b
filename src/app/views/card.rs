//! The card of a row: every source in a line, why the estimate says what it says, and the actions.

use super::{rating, words};
use crate::app::page::entry::{Entry, Remembered, Worth};
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
    /// What a fresh engine needs to show the same card: folded or not, undo token, what was done; a line each.
    pub fn to_memo(&self) -> String {
        let fold = if self.unfolded { "unfolded" } else { "" };
        match &self.status {
            Some(Status::Saved { what, undo }) => {
                format!("{fold}\n{}\n{what}", undo.as_deref().unwrap_or_default())
            }
            _ => fold.to_owned(),
        }
    }

    /// The state that an engine before this one remembered; a new card where there was none.
    pub fn from_memo(memo: &str) -> Self {
        let mut lines = memo.splitn(3, '\n');
        let unfolded = lines.next() == Some("unfolded");
        let undo = lines.next().filter(|token| !token.is_empty()).map(str::to_owned);
        let status = lines.next().map(|what| Status::Saved { what: what.to_owned(), undo });
        Self { unfolded, status, private: false }
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
        .with(Attr::AriaLabel, format!("What this task pays: {}", title(&entry.task)))
}

fn head(entry: &Entry) -> Node {
    let close = Node::button("close", "×", "close").with(Attr::AriaLabel, "Close").with(Attr::Type, "button");
    Node::group(
        Tag::Div,
        "head",
        vec![Node::text(Tag::H2, "title", title(&entry.task)).with(Attr::Dir, "auto"), close],
    )
}

/// The first line says pay per hour; where there is no rate it says why. A guess is no single figure.
fn lead(entry: &Entry) -> Node {
    let task = &entry.task;
    let Worth { rate: Some(rate), time, .. } = &entry.worth else {
        let why = match task.kind {
            Some(kind) if !kind.has_rate() => words::kind_explained(kind),
            _ => "The pay of this task could not be read.",
        };
        return Node::text(Tag::P, "lead", why);
    };
    if is_unpaid(task) {
        return Node::text(Tag::P, "lead", "Unpaid: the reward is nothing.");
    }
    let range = rate.range_text(PayUnit::Hour);
    let takes = words::span_range(*time);
    let (figure, aside) = match entry.worth.source {
        TimeSource::Prior => (format!("guess {range}"), format!("if it takes {takes}")),
        TimeSource::Stated => (rate.mid_text(PayUnit::Hour), format!("{range} if it takes {takes}")),
    };
    Node::group(
        Tag::P,
        "lead",
        vec![Node::text(Tag::Span, "figure", figure), Node::text(Tag::Span, "aside", aside)],
    )
}

fn is_unpaid(task: &Task) -> bool {
    task.reward.is_some_and(|reward| reward.micros == 0)
}

fn title(task: &Task) -> &str {
    if task.title.is_empty() { "Task without a title" } else { &task.title }
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
    lines.extend(pay_line(task).map(|text| line("Pay", text)));
    if let Some(promise) = &task.promised {
        let text = format!("Promises more: “{}”. Not counted until it was really paid.", promise.quote);
        lines.push(line("Bonus", text).with(Attr::Dir, "auto"));
    }
    lines.extend(time_line(entry).map(|text| line("Time", text)));
    lines.push(line("Requester", requester_line(task)));
    let Remembered { of_title, of_requester } = &entry.remembered;
    lines.extend(of_title.as_ref().map(|memory| line("Like this", memory.line.clone())));
    lines.extend(of_requester.as_ref().map(|memory| line("With them", memory.line.clone())));
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

/// `None` where it is unknown or nothing: the first line has said so.
fn pay_line(task: &Task) -> Option<String> {
    let reward = task.reward.filter(|reward| reward.micros != 0)?;
    Some(format!("{} for one task.", words::amount(reward)))
}

/// Why the estimate says what it says, and the ceiling the site sets.
fn time_line(entry: &Entry) -> Option<String> {
    let worth = &entry.worth;
    let range = words::span_range(worth.time);
    let allotted = entry.task.allotted_secs.map(words::span);
    let why = match (worth.source, &worth.quote, &allotted) {
        // Where there is no rate nothing is estimated.
        _ if entry.task.kind.is_some_and(|kind| !kind.has_rate()) => None,
        (TimeSource::Stated, Some(quote), Some(allotted)) if worth.capped => {
            return Some(format!("Says “{quote}”, but only {allotted} are allotted."));
        }
        (TimeSource::Stated, Some(quote), _) if worth.differs => {
            Some(format!("Title and text disagree (one says “{quote}”): {range}."))
        }
        (TimeSource::Stated, Some(quote), _) => Some(format!("Says “{quote}”; most take {range}.")),
        (TimeSource::Stated, None, _) => Some(format!("Says {range}.")),
        (TimeSource::Prior, ..) => {
            Some(format!("No time stated. Guessed from pay, allotted time and wording: {range}."))
        }
    };
    let allotted = allotted.map(|allotted| format!("Allotted: {allotted}."));
    let parts: Vec<String> = why.into_iter().chain(allotted).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn requester_line(task: &Task) -> String {
    let name = if task.requester.name.is_empty() { "This requester" } else { &task.requester.name };
    let SiteRecord { approval_percent, approval_at_least, review_days } = task.site_says;
    let approves = approval_percent.map(|percent| {
        let at_least = if approval_at_least { "at least " } else { "" };
        format!("approves {at_least}{percent} %")
    });
    let decides = review_days.map(|days| match days {
        0 => "decides in less than a day".to_owned(),
        1 => "decides in about a day".to_owned(),
        days => format!("decides in about {days} days"),
    });
    match (approves, decides) {
        (Some(approves), Some(decides)) => format!("{name} {approves} and {decides}, says the site."),
        (Some(approves), None) => format!("{name} {approves}, says the site."),
        (None, Some(decides)) => format!("{name} {decides}, says the site; no approval rate yet."),
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
        if entry.title_key.is_some() {
            buttons.push(Node::button("action", "Block this title", "block:title").keyed("block-title"));
        }
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

/// One of our own words, which are English, at the head of a line.
fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// The lines a worker pastes into a forum: plain text, requester id in, own words out.
pub fn forum_text(entry: &Entry, site: &str) -> String {
    let task = &entry.task;
    let mut lines = vec![format!("Title: {}", title(task))];
    let id = task.requester.id.as_ref().map_or(String::new(), |id| format!(" [{}]", id.0));
    lines.push(format!("Requester: {}{id}", task.requester.name));
    if let Some(reward) = task.reward {
        let rate = entry.worth.rate.as_ref().map_or(String::new(), |rate| {
            format!(" ({} to {})", rate.low_text(PayUnit::Hour), rate.high_text(PayUnit::Hour))
        });
        lines.push(format!("Reward: {}{rate}", words::amount(reward)));
    }
    lines.extend(time_line(entry).map(|text| format!("Time: {text}")));
    lines.push(format!("Requester record: {}", requester_line(task)));
    lines.push(format!(
        "Link: https://{site}/projects/{}/tasks",
        task.group_id.as_ref().unwrap_or(&task.id).0
    ));
    lines.join("\n")
}
