//! The two chips of a row: what it pays, and how the requester treats people.
//!
//! One line, fixed width, kind before rate, "can I" before verdict (DESIGN, "What a row shows").
//! The width of a slot depends on the page alone, so that what is learnt later moves nothing.

use super::words;
use crate::app::page::entry::Entry;
use crate::app::tree::{Attr, Node, Tag};
use crate::domain::{PayUnit, SiteRecord, Task, TimeRange};
use crate::estimate::TimeSource;
use crate::estimate::verdict::Verdict;

/// At or above this share of approved work the requester chip shrinks to a tick.
pub const GOOD_APPROVAL_PERCENT: u8 = 98;
/// Below this share the requester chip is a warning that outranks the pay verdict.
pub const RISKY_APPROVAL_PERCENT: u8 = 95;

/// Whether the site's own record warns of this requester.
pub fn is_risky(record: SiteRecord) -> bool {
    record.approval_percent.is_some_and(|percent| percent < RISKY_APPROVAL_PERCENT)
}

/// The chip in the title cell.
pub fn pay(entry: &Entry, unit: PayUnit) -> Node {
    let (look, parts) = pay_parts(entry, unit);
    let mut button = Node::group(Tag::Button, &format!("chip pay {look}{}", off(entry)), parts)
        .with(Attr::AriaHaspopup, "dialog")
        .with(Attr::Type, "button");
    if entry.blocked.is_some() {
        button = button.with(Attr::Title, "Blocked by you");
    }
    button
}

/// In a dimmed row the chips give up their colours, so that what is left of the contrast goes to the words.
fn off(entry: &Entry) -> &'static str {
    if entry.blocked.is_some() { " off" } else { "" }
}

fn pay_parts(entry: &Entry, unit: PayUnit) -> (&'static str, Vec<Node>) {
    let task = &entry.task;
    if let Some(reason) = &entry.blocked {
        return ("locked", vec![main(format!("blocked: {reason}"))]);
    }
    if let Some(kind) = task.kind.filter(|kind| !kind.has_rate()) {
        return ("kind", vec![main(words::kind(kind))]);
    }
    if let Some(lock) = &task.lock {
        // The slot has room for the half that tells what can be done about it; the card says all.
        let reason = lock.reason.rsplit(" – ").next().unwrap_or(&lock.reason);
        return ("locked", vec![aside(format!("locked: {reason}"))]);
    }
    let (look, mut parts) = rate_parts(entry, unit);
    if let Some(kind) = task.kind {
        parts.insert(0, main(words::kind(kind)));
        // The kind takes the room of the source, which the card names anyway.
        parts.truncate(2);
    }
    (look, parts)
}

fn rate_parts(entry: &Entry, unit: PayUnit) -> (&'static str, Vec<Node>) {
    let task = &entry.task;
    let bonus = task.promised.is_some();
    let Some(reward) = task.reward else { return ("unknown", vec![main("pay not readable")]) };
    if reward.micros == 0 {
        let parts = if bonus { vec![main("unpaid"), aside("+ bonus?")] } else { vec![main("unpaid")] };
        return ("unpaid", parts);
    }
    let (Some(rate), verdict) = (&entry.worth.rate, entry.worth.verdict) else {
        return ("unknown", vec![main("pay not readable")]);
    };
    if bonus && matches!(verdict, Some(Verdict::Low | Verdict::Unclear) | None) {
        // The reward alone says little here: what it is and that more is promised says more.
        return ("bonus", vec![main(words::amount(reward)), aside("+ bonus?")]);
    }
    let look = look(verdict, is_risky(task.site_says));
    match entry.worth.source {
        TimeSource::Prior => {
            let text = format!("guess {}", rate.range_text(unit));
            (look.1, with_verdict(main(text), verdict, None))
        }
        TimeSource::Stated => {
            let source = if bonus { "+ bonus?".to_owned() } else { says(entry) };
            (look.0, with_verdict(main(rate.mid_text(unit)), verdict, Some(source)))
        }
    }
}

fn with_verdict(rate: Node, verdict: Option<Verdict>, source: Option<String>) -> Vec<Node> {
    let mut parts = vec![rate];
    match verdict {
        Some(Verdict::Good) => parts.push(Node::text(Tag::Span, "verdict", "good")),
        Some(Verdict::Fair) => parts.push(Node::text(Tag::Span, "verdict", "fair")),
        Some(Verdict::Low) => parts.push(Node::text(Tag::Span, "verdict", "low")),
        Some(Verdict::Unclear) | None => {}
    }
    parts.extend(source.map(|text| aside(format!("· {text}"))));
    parts
}

fn says(entry: &Entry) -> String {
    match entry.worth.stated_secs {
        (Some(low), Some(high)) => format!("says {}", words::span_range(TimeRange::new(low, high, high))),
        (None, Some(high)) => format!("says < {}", words::span(high)),
        (Some(low), None) => format!("says > {}", words::span(low)),
        (None, None) => format!("says {}", words::span(entry.worth.time.mid_secs)),
    }
}

/// Class of the chip for a stated time and for a guess: verdict colours, unless the requester is a risk.
fn look(verdict: Option<Verdict>, risky: bool) -> (&'static str, &'static str) {
    match verdict {
        Some(Verdict::Good) if !risky => ("stated good", "guess"),
        Some(Verdict::Fair) if !risky => ("stated fair", "guess fair"),
        Some(Verdict::Low) => ("stated low", "guess low"),
        _ => ("stated", "guess"),
    }
}

fn main(text: impl Into<String>) -> Node {
    Node::text(Tag::Span, "main", text)
}

fn aside(text: impl Into<String>) -> Node {
    Node::text(Tag::Span, "aside", text)
}

/// The chip in the requester cell.
pub fn requester(entry: &Entry) -> Node {
    let record = entry.task.site_says;
    let own = entry.own_rating_word();
    let (slot, look) = match record.approval_percent {
        Some(percent) if percent >= GOOD_APPROVAL_PERCENT => ("tick", "calm"),
        Some(percent) if percent < RISKY_APPROVAL_PERCENT => ("wide", "warning"),
        Some(_) => ("wide", "calm"),
        None => ("middle", "none"),
    };
    let mut parts = match (record.approval_percent, &own) {
        (Some(GOOD_APPROVAL_PERCENT..), _) => vec![main("✓")],
        (Some(percent), _) => vec![main(format!("approves {percent} %"))],
        (None, None) => vec![aside("no record yet")],
        (None, Some(_)) => Vec::new(),
    };
    match (own, record.review_days) {
        // Beside an own word the days step back: both do not fit one line.
        (Some(own), _) => parts.push(Node::text(Tag::Span, own.class, own.text)),
        (None, Some(days)) if slot == "wide" => parts.push(aside(format!("· {}", review(days)))),
        (None, _) => {}
    }
    let said: Vec<String> = parts.iter().map(Node::plain_text).collect();
    Node::group(Tag::Button, &format!("chip requester {slot} {look}{}", off(entry)), parts)
        .with(Attr::Type, "button")
        .with(Attr::AriaLabel, requester_name(&said.join(" "), record))
        .with(Attr::AriaHaspopup, "dialog")
        .with(Attr::Tabindex, "-1")
}

/// How soon work is decided, short.
pub fn review(days: u16) -> String {
    match days {
        0 => "< 1 day".to_owned(),
        1 => "~1 day".to_owned(),
        days => format!("~{days} days"),
    }
}

/// What a screen reader says: the chip's own words after "Requester", and words for the bare tick.
fn requester_name(text: &str, record: SiteRecord) -> String {
    match (text.strip_prefix('✓'), record.approval_percent) {
        (Some(rest), Some(percent)) => format!("Requester approves {percent} % of work{rest}"),
        _ => format!("Requester: {text}"),
    }
}

/// Title cell and requester cell as one line of text, for tests and the demo.
pub fn plain(task: &Entry, unit: PayUnit) -> (String, String) {
    (pay(task, unit).plain_text(), requester(task).plain_text())
}

/// Whether a row may stand among the best: acceptable, with a rate, no risk, not blocked.
pub fn may_be_best(entry: &Entry) -> bool {
    let task: &Task = &entry.task;
    task.can_accept == Some(true)
        && task.kind.is_none()
        && entry.blocked.is_none()
        && !is_risky(task.site_says)
        && !entry.own_never()
        && task.reward.is_some_and(|reward| reward.micros > 0)
}
