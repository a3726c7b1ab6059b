//! What stands above and below our pages: messages about the stores, and how safe the records are.

use super::options::{Kept, size};
use crate::app::tree::{Attr, Node, Tag};

/// What is told.
#[derive(Clone, Debug, Default)]
pub struct NoticesFacts {
    /// What holds now, without full stops.
    pub standing: Vec<String>,
    /// What was not put away, the newest first.
    pub fresh: Vec<Line>,
    /// There are earlier ones that are not shown.
    pub has_earlier: bool,
    /// What was put away and is to be shown again.
    pub earlier: Vec<Line>,
}

/// One message.
#[derive(Clone, Debug)]
pub struct Line {
    /// `21 Nov 2026`.
    pub day: String,
    /// Without its full stop.
    pub text: String,
}

/// The messages; empty where there are none.
pub fn notices(facts: &NoticesFacts) -> Node {
    let mut parts: Vec<Node> = facts.standing.iter().map(|text| failed(text)).collect();
    let is_told = !(facts.fresh.is_empty() && facts.earlier.is_empty());
    if is_told {
        let lines = facts.fresh.iter().chain(&facts.earlier).map(|line| {
            let day = Node::text(Tag::Span, "quiet", format!("{}: ", line.day));
            let text = Node::text(Tag::Span, "", format!("{}.", line.text)).with(Attr::Dir, "auto");
            Node::group(Tag::Li, "notice", vec![day, text]).keyed(format!("{} {}", line.day, line.text))
        });
        parts.push(Node::group(Tag::Ul, "list", lines.collect()).keyed("list"));
    }
    if !facts.fresh.is_empty() {
        parts
            .push(button("Got it", "put_away").with(Attr::Title, "Puts these messages away").keyed("got it"));
    }
    if facts.has_earlier {
        parts.push(button("Earlier messages", "earlier").keyed("earlier"));
    }
    let class = if parts.is_empty() { "" } else { "notices" };
    Node::group(Tag::Div, class, parts).with(Attr::Role, "group").with(Attr::AriaLabel, "Messages")
}

/// How safe the records are.
#[derive(Clone, Debug)]
pub struct StorageFacts {
    /// Whether the browser promised to keep them.
    pub kept: Kept,
    /// It was asked a moment ago.
    pub was_asked: bool,
    /// Bytes in use, where the browser says.
    pub usage: Option<u64>,
    /// Bytes allowed, where the browser says.
    pub quota: Option<u64>,
    /// What stands in the way, without full stops.
    pub problems: Vec<String>,
    /// How far the check has come.
    pub progress: Option<String>,
    /// What the check came to, without its full stop.
    pub checked: Option<String>,
}

/// The part about the storage.
pub fn storage(facts: &StorageFacts) -> Node {
    let mut parts = vec![Node::text(Tag::H2, "heading", "How safe your records are")];
    parts.push(
        Node::text(
            Tag::P,
            "",
            "Every change of your history is written to two stores of this browser, so that one can be made again from the other. \
             Removing Wagelight or wiping the browser's data deletes both.",
        )
        .keyed("two"),
    );
    let kept = match (facts.kept, facts.was_asked) {
        (Kept::Promised, _) => {
            "The browser has promised to keep your records even when the disk is nearly full."
        }
        (Kept::NotPromised, true) => {
            "The browser did not promise it. It says no more; most do for what is used often."
        }
        (Kept::NotPromised, false) => "The browser may delete your records when the disk is nearly full.",
        (Kept::NotSaid, _) => "The browser does not say whether it keeps your records on a full disk.",
    };
    parts.push(Node::text(Tag::P, "kept", kept).with(Attr::AriaLive, "polite").keyed("kept"));
    if facts.kept == Kept::NotPromised {
        parts.push(button("Ask the browser to keep the history", "persist").keyed("persist"));
    }
    if let Some(usage) = facts.usage {
        let of = facts.quota.map(|quota| format!(", of {} that the browser allows", size(quota)));
        let text = format!("Your records take {}{}.", size(usage), of.unwrap_or_default());
        parts.push(Node::text(Tag::P, "quiet", text).keyed("usage"));
    }
    parts.extend(facts.problems.iter().map(|text| failed(text)));
    match &facts.progress {
        Some(progress) => {
            parts.push(Node::text(Tag::P, "busy", format!("{progress}.")).keyed("progress"));
            parts.push(button("Stop", "stop").keyed("stop"));
        }
        None => parts.push(button("Check the records", "check").keyed("check")),
    }
    let said = facts.checked.as_ref().map(|text| format!("{text}.")).unwrap_or_default();
    let status = Node::text(Tag::P, "done", said).with(Attr::AriaLive, "polite");
    parts.push(status.keyed("status"));
    Node::group(Tag::Div, "part storage", parts)
}

fn failed(text: &str) -> Node {
    Node::text(Tag::P, "failed", format!("{text}.")).with(Attr::Role, "alert").keyed(text)
}

fn button(text: &str, action: &str) -> Node {
    Node::button("action", text, action).with(Attr::Type, "button")
}
