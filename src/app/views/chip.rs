//! The two chips of a row: what it pays, and how the requester treats people.
//!
//! One line, fixed width, kind before rate, "can I" before verdict (DESIGN, "What a row shows").
//! The width of a slot depends on the page alone, so that what is learnt later moves nothing.

use super::words;
use crate::app::page::entry::{Entry, Memory, Tone};
use crate::app::tree::{Attr, Node, Tag};
use crate::domain::{Kind, PayUnit, SiteRecord, Task, TimeRange};
use crate::estimate::TimeSource;
use crate::estimate::rate::Rate;
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
    let (look, parts) = with_memory(entry, pay_parts(entry, unit));
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
    match task.kind {
        Some(kind) => with_kind(kind, rate_parts(entry, unit)),
        None => rate_parts(entry, unit),
    }
}

/// As many characters as the slot shows beside each other.
const ROOM: usize = 24;

/// The kind first, then of the rate what has room: the number and its verdict, the number alone in no
/// colour, or nothing. A number that is cut off would be a wrong one; the card has it whole.
fn with_kind(kind: Kind, (look, parts): (&'static str, Vec<Node>)) -> (&'static str, Vec<Node>) {
    let word = words::kind(kind);
    let fits = |parts: &[Node]| {
        let of_parts: usize = parts.iter().map(|part| 1 + part.plain_text().chars().count()).sum();
        word.chars().count() + of_parts <= ROOM
    };
    let neutral = if look.starts_with("guess") { "guess" } else { "stated" };
    let number = parts.first().cloned().into_iter().collect::<Vec<_>>();
    let pair: Vec<Node> = parts.iter().take(2).cloned().collect();
    let (look, rest) = match look {
        "bonus" | "unpaid" if fits(&pair) => (look, pair),
        "bonus" => (look, parts.last().cloned().into_iter().collect()),
        coloured if coloured.contains(' ') && fits(&pair) => (coloured, pair),
        "unpaid" | "unknown" if fits(&number) => (look, number),
        _ if fits(&number) => (neutral, number),
        _ => ("kind", Vec::new()),
    };
    (look, [main(word)].into_iter().chain(rest).collect())
}

/// What was done before, in the same slot: as many of its words as have room beside what is kept. The card says all.
fn with_memory(entry: &Entry, (look, parts): (&'static str, Vec<Node>)) -> (&'static str, Vec<Node>) {
    let Some(memory) = entry.remembered.of_title.as_ref().filter(|_| entry.blocked.is_none()) else {
        return (look, parts);
    };
    let kept = kept_beside(memory, &entry.task, (look, &parts));
    let fits = |kept: &[Node], words: &str| {
        let of_kept: usize = kept.iter().map(|part| 1 + part.plain_text().chars().count()).sum();
        of_kept + words.chars().count() <= ROOM
    };
    let mut all = memory.says.iter().flat_map(|words| kept.iter().map(move |kept| (words, kept)));
    let Some((words, (look, kept))) = all.find(|(words, (_, kept))| fits(kept, words)) else {
        return (look, parts);
    };
    let mut parts = kept.clone();
    let is_first = memory.tone != Tone::Plain && !is_led(&entry.task);
    parts.insert(if is_first { 0 } else { parts.len() }, remembered(memory, words));
    (look, parts)
}

/// What may be kept beside a memory, the best first. Bad news takes the verdict's place, and the rate's if need be, as
/// a number that is cut off would be a wrong one; any other only that of the words of the stated time, of which the
/// outline tells too. A kind, a lock and a promise are told by their words alone, and stay.
fn kept_beside(
    memory: &Memory,
    task: &Task,
    (look, parts): (&'static str, &[Node]),
) -> [(&'static str, Vec<Node>); 2] {
    let without = |gone: fn(&str) -> bool| -> Vec<Node> {
        parts.iter().filter(|part| !gone(&part.plain_text())).cloned().collect()
    };
    if memory.tone == Tone::Plain || task.lock.is_some() {
        return [(look, parts.to_vec()), (look, without(|text| text.starts_with("· ")))];
    }
    if is_led(task) {
        return [(look, parts.to_vec()), ("kind", parts.iter().take(1).cloned().collect())];
    }
    let number = without(|text| text.starts_with("· ") || matches!(text, "good" | "fair" | "low"));
    [(look.split(' ').next().unwrap_or(look), number), ("stated", Vec::new())]
}

/// Whether something stands before the pay.
fn is_led(task: &Task) -> bool {
    task.kind.is_some() || task.lock.is_some()
}

fn remembered(memory: &Memory, words: &str) -> Node {
    Node::text(Tag::Span, if memory.tone == Tone::Plain { "past" } else { "own bad" }, words)
}

fn rate_parts(entry: &Entry, unit: PayUnit) -> (&'static str, Vec<Node>) {
    let task = &entry.task;
    let bonus = task.promised.as_ref().map(|_| aside("+ bonus?"));
    let Some(reward) = task.reward else { return ("unknown", vec![main("pay not readable")]) };
    if reward.micros == 0 {
        return ("unpaid", [main("unpaid")].into_iter().chain(bonus).collect());
    }
    let Some(rate) = &entry.worth.rate else { return ("unknown", vec![main("pay not readable")]) };
    let verdict = shown_verdict(entry);
    let is_guess = entry.worth.source == TimeSource::Prior;
    let pays = matches!(verdict, Some(Verdict::Good | Verdict::Fair));
    match bonus {
        // The reward alone says little here: what it is and that more is promised says more.
        Some(bonus) if !pays => ("bonus", vec![main(words::amount(reward)), bonus]),
        // A guess has no room for both; what is promised is surer than its verdict.
        Some(bonus) if is_guess => ("guess", vec![main(guess(rate, unit)), bonus]),
        Some(bonus) => (look(verdict).0, with_verdict(main(rate.mid_text(unit)), verdict, Some(bonus))),
        None if is_guess => (look(verdict).1, with_verdict(main(guess(rate, unit)), verdict, None)),
        None => {
            let source = aside(format!("· {}", says(entry)));
            (look(verdict).0, with_verdict(main(rate.mid_text(unit)), verdict, Some(source)))
        }
    }
}

/// A requester who rejects outranks good and fair pay: nothing then calls it so.
fn shown_verdict(entry: &Entry) -> Option<Verdict> {
    let risky = is_risky(entry.task.site_says);
    entry.worth.verdict.filter(|verdict| !risky || *verdict == Verdict::Low)
}

fn guess(rate: &Rate, unit: PayUnit) -> String {
    format!("guess {}", rate.range_text(unit))
}

fn with_verdict(rate: Node, verdict: Option<Verdict>, last: Option<Node>) -> Vec<Node> {
    let word = match verdict {
        Some(Verdict::Good) => Some("good"),
        Some(Verdict::Fair) => Some("fair"),
        Some(Verdict::Low) => Some("low"),
        Some(Verdict::Unclear) | None => None,
    };
    let word = word.map(|word| Node::text(Tag::Span, "verdict", word));
    [rate].into_iter().chain(word).chain(last).collect()
}

fn says(entry: &Entry) -> String {
    match entry.worth.stated_secs {
        (Some(low), Some(high)) => format!("says {}", words::span_range(TimeRange::new(low, high, high))),
        (None, Some(high)) => format!("says < {}", words::span(high)),
        (Some(low), None) => format!("says > {}", words::span(low)),
        (None, None) => format!("says {}", words::span(entry.worth.time.mid_secs)),
    }
}

/// Class of the chip for a stated time and for a guess, which is never good.
fn look(verdict: Option<Verdict>) -> (&'static str, &'static str) {
    match verdict {
        Some(Verdict::Good) => ("stated good", "guess"),
        Some(Verdict::Fair) => ("stated fair", "guess fair"),
        Some(Verdict::Low) => ("stated low", "guess low"),
        Some(Verdict::Unclear) | None => ("stated", "guess"),
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
    let (slot, look, room) = match record.approval_percent {
        Some(percent) if percent >= GOOD_APPROVAL_PERCENT => ("tick", "calm", 12),
        Some(percent) if percent < RISKY_APPROVAL_PERCENT => ("wide", "warning", ROOM),
        Some(_) => ("wide", "calm", ROOM),
        None => ("middle", "none", 14),
    };
    let mut parts = match record.approval_percent {
        Some(GOOD_APPROVAL_PERCENT..) => vec![main("✓")],
        Some(percent) => vec![main(format!("approves {percent} %"))],
        None => Vec::new(),
    };
    let taken: usize = parts.iter().map(|part| 1 + part.plain_text().chars().count()).sum();
    let own = own_part(entry, room.saturating_sub(taken));
    let says_own = own.is_some();
    match (own, record.review_days) {
        // Beside an own word the days step back: both do not fit one line.
        (Some(own), _) => parts.push(own),
        (None, _) if parts.is_empty() => parts.push(aside("no record yet")),
        (None, Some(days)) if slot == "wide" => parts.push(aside(format!("· {}", review(days)))),
        (None, _) => {}
    }
    let said: Vec<String> = parts.iter().map(Node::plain_text).collect();
    Node::group(Tag::Button, &format!("chip requester {slot} {look}{}", off(entry)), parts)
        .with(Attr::Type, "button")
        .with(Attr::AriaLabel, requester_name(&said.join(" "), record, says_own))
        .with(Attr::AriaHaspopup, "dialog")
        .with(Attr::Tabindex, "-1")
}

/// The worker's own word, bad news first: a bad rating, rejected or returned work, any other rating, work done.
fn own_part(entry: &Entry, room: usize) -> Option<Node> {
    let memory = entry.remembered.of_requester.as_ref();
    let done = memory.and_then(|memory| Some((memory, memory.within(room)?)));
    let is_plain = |(memory, _): &(&Memory, &str)| memory.tone == Tone::Plain;
    let rated = entry
        .own_rating_word()
        .map(|own| (own.class == "own bad", Node::text(Tag::Span, own.class, own.text)));
    match (rated, done) {
        (Some((is_bad, own)), done) if is_bad || done.as_ref().is_none_or(is_plain) => Some(own),
        (_, Some((memory, words))) => Some(remembered(memory, words)),
        (rated, None) => rated.map(|(_, own)| own),
    }
}

/// How soon work is decided, short.
fn review(days: u16) -> String {
    match days {
        0 => "< 1 day".to_owned(),
        1 => "~1 day".to_owned(),
        days => format!("~{days} days"),
    }
}

/// What a screen reader says: the chip's own words after "Requester", and words for the bare tick.
fn requester_name(text: &str, record: SiteRecord, says_own: bool) -> String {
    match (text.strip_prefix('✓'), record.approval_percent) {
        (Some(""), Some(percent)) => format!("Requester approves {percent} % of work"),
        (Some(rest), Some(percent)) => format!("Requester approves {percent} % of work, {}", rest.trim()),
        (None, None) if says_own => format!("Requester: no record yet, {text}"),
        _ => format!("Requester: {text}"),
    }
}

/// Title cell and requester cell as one line of text, for tests and the demo.
pub fn plain(task: &Entry, unit: PayUnit) -> (String, String) {
    (pay(task, unit).plain_text(), requester(task).plain_text())
}

/// Whether a row may stand among the best: acceptable, with a rate, no risk, not blocked, not to be done twice.
pub fn may_be_best(entry: &Entry) -> bool {
    let task: &Task = &entry.task;
    task.can_accept == Some(true)
        && task.kind.is_none()
        && entry.blocked.is_none()
        && !is_risky(task.site_says)
        && !entry.own_never()
        && entry.remembered.of_title.as_ref().is_none_or(|memory| memory.tone != Tone::Warn)
        && task.reward.is_some_and(|reward| reward.micros > 0)
}
