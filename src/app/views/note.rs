//! The window in which a note is written.

use super::rating;
use crate::app::background::wire::RatingBrief;
use crate::app::page::entry::Own;
use crate::app::tree::{Attr, Node, Tag};
use crate::domain::{Flags, Marks, Note, Stars};

/// The id of the text area.
pub const NOTE_ID: &str = "note";
/// The id of the button that goes back to the text.
pub const KEEP_ID: &str = "keep";

/// All the window shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteFacts {
    /// The requester's name.
    pub requester: String,
    /// The own rating, if there is one.
    pub own: Option<RatingBrief>,
    /// What stands in the text area.
    pub text: String,
    /// It is not what is stored.
    pub is_unsaved: bool,
    /// What became of the last change.
    pub status: Option<NoteStatus>,
    /// Closing was asked for with unsaved text.
    pub asks_to_discard: bool,
    /// Nothing can be saved here.
    pub private: bool,
}

/// What became of the last change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteStatus {
    /// On the disk.
    Saved(String),
    /// Not saved, and why.
    Failed(String),
}

/// The window's tree.
pub fn note(facts: &NoteFacts) -> Node {
    let own = facts.own.as_ref().map(own).unwrap_or_default();
    let mut parts = vec![
        Node::text(Tag::H1, "title", format!("Your note on {}", facts.requester)).with(Attr::Dir, "auto"),
    ];
    if facts.private {
        parts.push(Node::text(Tag::P, "failed", "Private window: nothing is saved here.").keyed("private"));
    }
    parts.push(keys(&own));
    parts.push(field(facts));
    parts.push(status(facts));
    parts.push(if facts.asks_to_discard { discard() } else { buttons() });
    Node::group(Tag::Div, if facts.is_unsaved { "screen unsaved" } else { "screen" }, parts)
}

fn own(brief: &RatingBrief) -> Own {
    let stars = |mark: Option<u8>| mark.and_then(Stars::new);
    Own {
        again: brief.again.map(Into::into),
        flags: Flags {
            broken: brief.broken,
            unpaid_screener: brief.unpaid_screener,
            underpaid: brief.underpaid,
            favourite: brief.favourite,
        },
        marks: Marks {
            pay: stars(brief.pay),
            fairness: stars(brief.fairness),
            communication: stars(brief.communication),
            speed: stars(brief.speed),
        },
        has_note: brief.has_note,
    }
}

fn keys(own: &Own) -> Node {
    let legend = Node::text(Tag::Legend, "legend", "Work for them again?");
    let parts = vec![legend, rating::again_keys(own), rating::flag_keys(own)];
    Node::group(Tag::Fieldset, "rating", parts).keyed("rating")
}

fn field(facts: &NoteFacts) -> Node {
    let chars = facts.text.trim().chars().count();
    let over = chars.saturating_sub(Note::MAX_CHARS);
    let count = match over {
        0 => format!("{chars} of {} characters", Note::MAX_CHARS),
        _ => format!("{chars} of {} characters: {over} too many", Note::MAX_CHARS),
    };
    let label = Node::text(Tag::Label, "label", "Note, for you alone. It stays on this machine.");
    let mut area = Node::new(Tag::Textarea)
        .with(Attr::Id, NOTE_ID)
        .with(Attr::Name, "note")
        .with(Attr::Rows, "7")
        .with(Attr::Dir, "auto")
        .with(Attr::AriaDescribedby, "count")
        .with(Attr::Value, facts.text.clone())
        .on("typed")
        .keyed("note");
    if over > 0 {
        area = area.with(Attr::AriaInvalid, "true");
    }
    // Spoken only where it matters: near the end and beyond, not at every letter.
    let live = if chars + 20 > Note::MAX_CHARS { "polite" } else { "off" };
    let count = Node::text(Tag::P, if over > 0 { "count failed" } else { "count" }, count)
        .with(Attr::Id, "count")
        .with(Attr::AriaLive, live)
        .keyed("count");
    Node::group(Tag::Div, "field", vec![label.with(Attr::For, NOTE_ID), area, count]).keyed("field")
}

fn status(facts: &NoteFacts) -> Node {
    let (class, text) = match &facts.status {
        _ if facts.asks_to_discard => ("status failed", "The note is not saved. Close without it?"),
        Some(NoteStatus::Saved(text)) => ("status done", text.as_str()),
        Some(NoteStatus::Failed(text)) => ("status failed", text.as_str()),
        None => ("status", ""),
    };
    Node::text(Tag::P, class, text).with(Attr::AriaLive, "polite").keyed("status")
}

fn buttons() -> Node {
    let save = button("action first", "Save", "save").with(Attr::Title, "Ctrl+Enter");
    let cancel = button("action", "Cancel", "cancel").with(Attr::Title, "Escape");
    Node::group(Tag::Div, "actions", vec![save, cancel]).keyed("buttons")
}

fn discard() -> Node {
    let keep = button("action first", "Keep writing", "keep").with(Attr::Id, KEEP_ID);
    let discard = button("action", "Close without saving", "discard");
    Node::group(Tag::Div, "actions", vec![keep, discard]).keyed("discard")
}

fn button(class: &str, text: &str, action: &str) -> Node {
    Node::button(class, text, action).with(Attr::Type, "button").keyed(action)
}
