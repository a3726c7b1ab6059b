//! What one of our own screens says of itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Something happened on a screen. The background keeps nothing between two of these: what was
/// typed and not yet saved comes with each, and goes back in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenAsk {
    /// Which screen.
    pub screen: ScreenName,
    /// The action that was pressed or typed into; empty when the screen opens or is shown again.
    #[serde(default)]
    pub act: String,
    /// What the page knows and the worker does not type: its address's query, the browser's words.
    #[serde(default)]
    pub about: BTreeMap<String, String>,
    /// The controls' values by name.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
}

/// The screens that the background draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScreenName {
    /// The popup where no page answers it.
    Popup,
    /// The options.
    Options,
    /// The note about a requester.
    Note,
    /// The history of the worker's own tasks.
    History,
    /// What the worker is told of the stores, above any of our pages.
    Notices,
    /// How safe the records are, below the history.
    Storage,
}

impl ScreenAsk {
    /// What the page knows under a name; `None` where it is absent or empty.
    pub fn about(&self, name: &str) -> Option<&str> {
        self.about.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// The value of a control; `None` where it is not drawn yet.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }
}
