//! The recipe language: how a site's pages are recognised and read, as data.
//!
//! A closed set of steps without loops, network, clicks or scripts. Steps that touch a
//! page or its JSON run in the hands and, on saved pages, natively; both must agree.
//! What a text then means (a unit, a percentage) is decided in the core only.
//!
//! The types here are the language's definition: native tests hold every recipe against
//! them, and saved pages are read by them. The page engine itself needs only a [`brief`]
//! of a recipe and passes the rest on to the hands unread.

mod brief;

pub use brief::{PageBrief, SiteBrief};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::Problem;

/// The version of the recipe language this build speaks.
pub const SCHEMA: u32 = 1;

/// One site.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Always [`SCHEMA`].
    pub schema: u32,
    /// A short stable id, part of stored keys: `mturk`.
    pub id: String,
    /// The name people use.
    pub name: String,
    /// Currency of amounts that name none.
    pub currency: String,
    /// Host name → partition of the records; hosts not named are not read.
    pub partitions: BTreeMap<String, String>,
    /// Tried in order.
    pub pages: Vec<PageSpec>,
}

impl Recipe {
    /// What is wrong with the recipe beyond its form: an unknown schema or field name.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.schema != SCHEMA {
            problems.push(Problem::new("schema", format!("is {}, this build speaks {SCHEMA}", self.schema)));
        }
        for page in &self.pages {
            for name in page.fields.keys().filter(|name| !FIELD_NAMES.contains(&name.as_str())) {
                problems.push(Problem::new(format!("field {name}"), "is not in the vocabulary"));
            }
        }
        problems
    }
}

/// The fixed vocabulary: a column without a name here cannot be read at all.
pub const FIELD_NAMES: &[&str] = &[
    "id",
    "group_id",
    "title",
    "description",
    "requester_id",
    "requester_name",
    "reward",
    "currency",
    "allotted",
    "available",
    "can_accept",
    "approval",
    "review",
    "deadline",
];

/// What a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    /// Tasks that could be accepted.
    List,
    /// Tasks the worker holds.
    Queue,
}

/// How one kind of page is recognised and read.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageSpec {
    /// What the page shows.
    pub kind: PageKind,
    /// Paths; `*` stands for one segment.
    pub paths: Vec<String>,
    /// Selectors of the element that holds the list, tried in order; all its matches count.
    pub root: Vec<String>,
    /// Where the root keeps its data.
    pub data: DataSpec,
    /// Field name → how it is picked from one element of the data.
    ///
    /// A recipe names its fields in alphabetical order: in that order all readers report what is wrong.
    pub fields: BTreeMap<String, FieldSpec>,
    /// The list of requirements inside one element.
    pub requirements: ListSpec,
    /// Selectors of the rows below the root, tried in order.
    pub row: Vec<String>,
    /// What identifies a row, picked from its nodes.
    pub row_fields: BTreeMap<String, FieldSpec>,
    /// Controls with which work is accepted: never covered.
    pub accept: Vec<String>,
    /// The forms in which a row shows itself; the visible one is drawn in.
    pub variants: Vec<VariantSpec>,
}

/// Where a page keeps its rows as JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataSpec {
    /// The attribute of the root that holds JSON text.
    pub attr: String,
    /// Path of the array in it.
    pub list: String,
    /// Path of the same array in the site's own JSON answer for this page.
    pub answer: String,
}

/// A list inside one element, such as its requirements.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListSpec {
    /// Paths of the array, tried in order.
    pub list: Vec<String>,
    /// Field name → how it is picked from one element.
    pub fields: BTreeMap<String, FieldSpec>,
}

/// One field: alternatives, each a pipeline of steps; the first with a value wins.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldSpec {
    /// The alternatives.
    pub from: Vec<Vec<Step>>,
    /// What the value is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// Its absence is a problem worth a word.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// One step of a pipeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Keys and array positions joined by points, into JSON.
    Path(String),
    /// The first node below the current one that matches.
    Css(String),
    /// The value of an attribute.
    Attr(String),
    /// The node's text, white space collapsed.
    Text,
    /// The path segment behind the named one, of a URL or path.
    SegmentAfter(String),
}

/// What a value is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// The currency's major unit.
    Major,
    /// The currency's minor unit, hundredths.
    Minor,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// `≥ 99%`.
    Percent,
    /// `2 days`, `less than a day`.
    Days,
}

/// One form of a row and where our chips go in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariantSpec {
    /// The form's element below the row; only drawn in while it is laid out.
    pub css: String,
    /// The media query under which it is expected, before the page is laid out and it can be seen.
    pub media: String,
    /// The cell whose left edge takes the pay chip.
    pub pay: String,
    /// The cell whose left edge takes the requester chip.
    pub requester: String,
}
