//! Rating on the spot: one row of keys, one of complaints, and marks folded out.

use crate::app::page::entry::{Entry, Own};
use crate::app::tree::{Attr, Node, Tag};
use crate::domain::{Again, Stars};

/// The rating keys of a card.
pub fn form(entry: &Entry, unfolded: bool) -> Node {
    let none = Own::default();
    let own = entry.own.as_ref().unwrap_or(&none);
    let mut parts = vec![again_keys(own), flag_keys(own)];
    let more = if unfolded { "Fewer" } else { "Marks and note…" };
    if unfolded {
        parts.push(marks(own));
        let write = if own.has_note { "Edit your note…" } else { "Write a note…" };
        parts.push(toggle_free("action", write, "note"));
    }
    let mut foot = vec![
        Node::button("action", more, format!("more:{}", if unfolded { "off" } else { "on" }))
            .with(Attr::Type, "button")
            .keyed("more")
            .with(Attr::AriaExpanded, if unfolded { "true" } else { "false" }),
    ];
    foot.push(toggle("★ favourite", "flag", "favourite", own.flags.favourite));
    if entry.own.is_some() {
        foot.push(toggle_free("action", "Remove rating", "unrate").keyed("unrate"));
    }
    // Keyed like the marks above, which come and go: the key that unfolds them stays, and keeps the focus.
    parts.push(Node::group(Tag::Div, "actions", foot).keyed("foot"));
    let name =
        if entry.task.requester.name.is_empty() { "this requester" } else { &entry.task.requester.name };
    let legend = Node::text(Tag::Legend, "legend", format!("Work for {name} again?")).with(Attr::Dir, "auto");
    parts.insert(0, legend);
    Node::group(Tag::Fieldset, "rating", parts)
}

pub(super) fn again_keys(own: &Own) -> Node {
    let key = |again, text, name| toggle(text, "again", name, own.again == Some(again));
    Node::group(
        Tag::Div,
        "keys",
        vec![
            key(Again::Again, "again", "again"),
            key(Again::OnlyIfNothingBetter, "only if nothing better", "only_if_nothing_better"),
            key(Again::Never, "never", "never"),
        ],
    )
}

pub(super) fn flag_keys(own: &Own) -> Node {
    Node::group(
        Tag::Div,
        "keys",
        vec![
            toggle("broken", "flag", "broken", own.flags.broken),
            toggle("unpaid screener", "flag", "unpaid_screener", own.flags.unpaid_screener),
            toggle("underpaid", "flag", "underpaid", own.flags.underpaid),
        ],
    )
}

fn marks(own: &Own) -> Node {
    let rows = [
        ("Pay", "pay", own.marks.pay),
        ("Fairness", "fairness", own.marks.fairness),
        ("Communication", "communication", own.marks.communication),
        ("Speed", "speed", own.marks.speed),
    ];
    Node::group(
        Tag::Div,
        "marks",
        rows.into_iter().map(|(label, name, mark)| mark_row(label, name, mark)).collect(),
    )
    .keyed("marks")
}

fn mark_row(label: &str, name: &str, mark: Option<Stars>) -> Node {
    let given = mark.map(Stars::count);
    let mut parts = vec![Node::text(Tag::Span, "label", label)];
    for count in 1..=5_u8 {
        let digit = count.to_string();
        let key = toggle(&digit, &format!("mark:{name}"), &digit, given == Some(count));
        parts.push(key.with(Attr::AriaLabel, format!("{label} {count} of 5")));
    }
    Node::group(Tag::Div, "mark", parts).with(Attr::Role, "group").with(Attr::AriaLabel, label)
}

/// A key that sets a value, or clears it where it is set: the action says which, so that a press
/// means what the worker saw even if the engine behind it is a fresh one.
fn toggle(text: &str, verb: &str, name: &str, pressed: bool) -> Node {
    let sign = if pressed { "off" } else { "on" };
    Node::button("key", text, format!("{verb}:{name}:{sign}"))
        .with(Attr::Type, "button")
        .with(Attr::AriaPressed, if pressed { "true" } else { "false" })
        .keyed(name)
}

fn toggle_free(class: &str, text: &str, action: &str) -> Node {
    Node::button(class, text, action).with(Attr::Type, "button").keyed(action)
}

/// The own rating in a sentence for the card.
pub fn own_line(entry: &Entry) -> Option<String> {
    let own = entry.own.as_ref()?;
    let mut parts: Vec<String> = Vec::new();
    match own.again {
        Some(Again::Again) => parts.push("again".to_owned()),
        Some(Again::OnlyIfNothingBetter) => parts.push("only if nothing better".to_owned()),
        Some(Again::Never) => parts.push("never again".to_owned()),
        None => {}
    }
    let flags = [
        (own.flags.broken, "broken"),
        (own.flags.unpaid_screener, "unpaid screener"),
        (own.flags.underpaid, "underpaid"),
        (own.flags.favourite, "favourite"),
    ];
    parts.extend(flags.into_iter().filter(|(on, _)| *on).map(|(_, word)| word.to_owned()));
    let marks = [
        ("pay", own.marks.pay),
        ("fairness", own.marks.fairness),
        ("communication", own.marks.communication),
        ("speed", own.marks.speed),
    ];
    parts.extend(marks.into_iter().filter_map(|(name, mark)| Some(format!("{name} {}/5", mark?.count()))));
    if own.has_note {
        parts.push("with a note".to_owned());
    }
    (!parts.is_empty()).then(|| format!("Your rating: {}.", parts.join(", ")))
}
