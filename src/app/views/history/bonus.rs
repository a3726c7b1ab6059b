//! A day's bonus, which the site tells only as a sum, and its split by the worker.

use super::correct::{Control, SAVE_ID, Typed, control};
use super::{COLUMNS, button};
use crate::app::tree::{Attr, Node, Tag};

/// A day's bonus as the table shows it, above the tasks of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BonusRow {
    /// The day as a number, as actions name it.
    pub day: i32,
    /// `Bonus of 20 Nov: $3.00, $1.00 not yet split`.
    pub text: String,
    /// What is known of its split, where it is open.
    pub split: Option<Split>,
}

/// A split that is being made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// The tasks that may have earned it, those whose text promised one first.
    pub shares: Vec<Share>,
    /// Tasks of the day that are not offered.
    pub left_out: usize,
    /// What saves it.
    pub action: String,
}

impl Split {
    /// The first entry whose amount was not taken.
    pub fn first_error(&self) -> Option<&str> {
        self.shares.iter().find(|share| share.amount.error.is_some()).map(|share| share.id.as_str())
    }
}

/// A task that may have earned a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Its entry.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Why it is offered: what it promised, and its reward.
    pub why: String,
    /// The amount.
    pub amount: Typed,
}

/// The row.
pub fn row(bonus: &BonusRow) -> Node {
    let is_open = bonus.split.is_some();
    let action = if is_open { "bonus:".to_owned() } else { format!("bonus:{}", bonus.day) };
    let key = button("day-bonus", &bonus.text, &action)
        .with(Attr::AriaExpanded, if is_open { "true" } else { "false" })
        .keyed("bonus");
    let mut parts = vec![key];
    parts.extend(bonus.split.as_ref().map(split));
    let cell = Node::group(Tag::Td, "bonus", parts).with(Attr::Colspan, COLUMNS);
    Node::group(Tag::Tr, "bonus-row", vec![cell]).keyed(format!("bonus {}", bonus.day))
}

fn split(split: &Split) -> Node {
    let mut parts = vec![Node::text(Tag::Legend, "legend", "Which tasks was it for?").keyed("legend")];
    let item = |share: &Share| {
        let name = format!("share:{}", share.id);
        let spec =
            Control { name: &name, label: &share.title, hint: Some(share.why.clone()), is_long: false };
        Node::group(Tag::Li, "share", control(&spec, &share.amount)).keyed(share.id.clone())
    };
    parts.push(Node::group(Tag::Ul, "shares", split.shares.iter().map(item).collect()).keyed("shares"));
    if split.shares.is_empty() {
        parts.push(
            Node::text(Tag::P, "quiet", "No task of this day that was handed in is known.").keyed("none"),
        );
    }
    if split.left_out > 0 {
        let text = format!("{} more of this day are not shown here.", split.left_out);
        parts.push(Node::text(Tag::P, "quiet", text).keyed("left out"));
    }
    let is_unsaved = split.shares.iter().any(|share| share.amount.is_unsaved());
    if !split.shares.is_empty() {
        let mut actions = vec![
            button("action first", "Save the split", &split.action).with(Attr::Id, SAVE_ID).keyed("split"),
        ];
        if is_unsaved {
            actions.push(button("action", "Discard what you typed", "discard").keyed("discard"));
        }
        parts.push(Node::group(Tag::Div, "actions", actions).keyed("actions"));
    }
    let class = if is_unsaved { "own unsaved" } else { "own" };
    Node::group(Tag::Fieldset, class, parts).keyed("own")
}
