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
mod check;

pub use brief::{PageBrief, SiteBrief};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
    // The worker's own record.
    "assignment_id",
    "accepted_at",
    "original",
    "remaining",
    "can_return",
    "state",
    "feedback",
    "has_feedback",
    "day",
    "submitted",
    "approved",
    "rejected",
    "pending",
    "task_pay",
    "bonus_pay",
    // What the site says at the top of a page.
    "notice",
    "notice_more",
];

/// What a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    /// Tasks that could be accepted.
    List,
    /// Tasks the worker holds.
    Queue,
    /// One task before it is accepted.
    Preview,
    /// One task the worker holds, being worked on.
    Work,
    /// What became of the tasks of one day.
    StatusDay,
    /// Sums of the last days.
    Dashboard,
}

impl PageKind {
    /// Whether the page lists tasks, on whose rows something is drawn.
    pub fn lists_tasks(self) -> bool {
        matches!(self, Self::List | Self::Queue)
    }

    /// The name in recipes.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "list" => Self::List,
            "queue" => Self::Queue,
            "preview" => Self::Preview,
            "work" => Self::Work,
            "status_day" => Self::StatusDay,
            "dashboard" => Self::Dashboard,
            _ => return None,
        })
    }
}

/// How one kind of page is recognised and read.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageSpec {
    /// What the page shows.
    pub kind: PageKind,
    /// Paths; `*` stands for one segment.
    pub paths: Vec<String>,
    /// Where the page names the worker's account. What is found is never kept, only its keyed hash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub account: Vec<Step>,
    /// Whether the rows of its list are the worker's own work, or days of it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub own_rows: bool,
    /// Selector of the form that gives a held task back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returning: Option<String>,
    /// The site's own JSON answer for this page, where it may be asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetch: Option<FetchSpec>,
    /// Fields of the page as a whole, picked once from its document; of parts that name one field, the first with a value wins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<PartSpec>,
    /// Fields of a message that a task's frame sends to this page, picked from its text.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub message: Fields,
    /// Selectors of the element that holds the list, tried in order; all its matches count. None where the page has no list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub root: Vec<String>,
    /// Where the root keeps its data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<DataSpec>,
    /// Field name → how it is picked from one element of the data.
    ///
    /// A recipe names its fields in alphabetical order: in that order all readers report what is wrong.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
    /// The list of requirements inside one element.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirements: Option<ListSpec>,
    /// Selectors of the rows below the root, tried in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub row: Vec<String>,
    /// What identifies a row, picked from its nodes.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub row_fields: Fields,
    /// Controls with which work is accepted: never covered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accept: Vec<String>,
    /// The forms in which a row shows itself; the visible one is drawn in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<VariantSpec>,
}

/// Field name → how it is picked.
pub type Fields = BTreeMap<String, FieldSpec>;

/// How a page is asked for as JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FetchSpec {
    /// Path and query, with `{day}` and `{page}` in it.
    pub path: String,
    /// Words in an answer of HTML by which the site asks whether the worker is a machine.
    pub captcha: Vec<String>,
}

/// One part of a page, such as a component and its data, and what is picked from it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartSpec {
    /// From the document to the part; the document itself where empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<Step>,
    /// Field name → how it is picked from the part.
    pub fields: Fields,
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
    pub fields: Fields,
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
    /// The named parameter in a URL's query; percent-encoded brackets in names count as brackets.
    Query(String),
    /// The value that a text of JSON holds.
    Json,
    /// `true` where a node or value is there at all, even `null`: what it says is not picked.
    Present,
    /// As [`Step::SegmentAfter`], of the page's own address: no pipeline ever holds the address itself.
    AddressSegmentAfter(String),
    /// As [`Step::Query`], of the page's own address.
    AddressQuery(String),
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
