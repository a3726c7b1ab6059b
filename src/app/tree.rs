//! View trees: what is drawn, as plain values.
//!
//! Tag and attributes come from closed lists, text is only ever text, classes are those of
//! our own sheet, and what a press does is an action by name. `draw.js` applies trees and
//! knows nothing else; every screen can be tested natively.

use serde::Serialize;

/// The elements a tree may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tag {
    /// Inline text.
    Span,
    /// A block.
    Div,
    /// A paragraph.
    P,
    /// A heading of a card.
    H2,
    /// A heading of a page.
    H1,
    /// A list.
    Ul,
    /// An item of a list.
    Li,
    /// Anything that can be pressed.
    Button,
    /// A link to another page; `href` must be `https:`.
    A,
    /// A named group of controls.
    Fieldset,
    /// The name of the group.
    Legend,
    /// The name of a control.
    Label,
    /// A one-line control.
    Input,
    /// A text of several lines.
    Textarea,
    /// A table.
    Table,
    /// A table's body.
    Tbody,
    /// A row of a table.
    Tr,
    /// A heading cell.
    Th,
    /// A cell.
    Td,
    /// How far something is.
    Progress,
}

/// The attributes a tree may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attr {
    /// ARIA role.
    Role,
    /// Accessible name.
    AriaLabel,
    /// Whether a toggle is on: `true` or `false`.
    AriaPressed,
    /// Whether what the control opens is open.
    AriaExpanded,
    /// What the control opens.
    AriaHaspopup,
    /// How a change is announced.
    AriaLive,
    /// Ids of what explains a control.
    AriaDescribedby,
    /// `true` where a control's value cannot be taken.
    AriaInvalid,
    /// Not for screen readers.
    AriaHidden,
    /// Longer text on hover, never the only place of it.
    Title,
    /// Place in the order of focus.
    Tabindex,
    /// Target of a link.
    Href,
    /// `_blank`: the link opens a tab of its own.
    Target,
    /// Kind of input.
    Type,
    /// Name of a control.
    Name,
    /// Identity inside one tree, for labels.
    Id,
    /// The control a label names.
    For,
    /// Present: cannot be used.
    Disabled,
    /// Present: ticked.
    Checked,
    /// Current value of a control.
    Value,
    /// Most characters a control takes.
    Maxlength,
    /// What a bar is at its end.
    Max,
    /// Smallest number.
    Min,
    /// Step between numbers.
    Step,
    /// Rows of a text area.
    Rows,
    /// Direction of text: `auto` for foreign text.
    Dir,
    /// What a heading cell heads: `row` or `col`.
    Scope,
    /// How many columns a cell spans.
    Colspan,
}

/// One element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Node {
    #[serde(rename = "t")]
    tag: Tag,
    #[serde(rename = "c", skip_serializing_if = "String::is_empty")]
    class: String,
    #[serde(rename = "x", skip_serializing_if = "String::is_empty")]
    text: String,
    #[serde(rename = "a", skip_serializing_if = "Vec::is_empty")]
    attrs: Vec<(Attr, String)>,
    #[serde(rename = "k", skip_serializing_if = "String::is_empty")]
    key: String,
    #[serde(rename = "on", skip_serializing_if = "String::is_empty")]
    action: String,
    #[serde(rename = "n", skip_serializing_if = "Vec::is_empty")]
    children: Vec<Node>,
}

impl Node {
    /// An empty element.
    pub fn new(tag: Tag) -> Self {
        Self {
            tag,
            class: String::new(),
            text: String::new(),
            attrs: Vec::new(),
            key: String::new(),
            action: String::new(),
            children: Vec::new(),
        }
    }

    /// An element with a class and a text.
    pub fn text(tag: Tag, class: &str, text: impl Into<String>) -> Self {
        Self { class: class.to_owned(), text: text.into(), ..Self::new(tag) }
    }

    /// A box of others.
    pub fn group(tag: Tag, class: &str, children: Vec<Self>) -> Self {
        Self { class: class.to_owned(), children, ..Self::new(tag) }
    }

    /// A button that does `action`.
    pub fn button(class: &str, text: impl Into<String>, action: impl Into<String>) -> Self {
        Self { action: action.into(), ..Self::text(Tag::Button, class, text) }
    }

    /// With an attribute.
    #[must_use]
    pub fn with(mut self, attr: Attr, value: impl Into<String>) -> Self {
        self.attrs.push((attr, value.into()));
        self
    }

    /// With a key: among its siblings, the same key stays the same element.
    #[must_use]
    pub fn keyed(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// With an action on press or change.
    #[must_use]
    pub fn on(mut self, action: impl Into<String>) -> Self {
        self.action = action.into();
        self
    }

    /// With a further child.
    #[must_use]
    pub fn push(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// Everything a reader would read, parts joined by a blank: for tests and the demo's table.
    pub fn plain_text(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        self.collect_text(&mut parts);
        parts.join(" ")
    }

    fn collect_text(&self, parts: &mut Vec<String>) {
        if !self.text.is_empty() {
            parts.push(self.text.clone());
        }
        for child in &self.children {
            child.collect_text(parts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_small_on_the_wire() {
        let tree = Node::button("chip", "21¢/min", "card").with(Attr::AriaExpanded, "false");
        let json = serde_json::to_string(&tree).expect("plain data");
        assert_eq!(
            json,
            r#"{"t":"button","c":"chip","x":"21¢/min","a":[["aria-expanded","false"]],"on":"card"}"#
        );
    }
}
