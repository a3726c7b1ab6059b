//! What the history page says and hears while it checks the history against the site.

use serde::{Deserialize, Serialize};

use crate::sites::json::Json;

/// A press of the worker, or what came of the step before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReconcileAsk {
    /// What happened.
    pub act: ReconcileAct,
    /// The place of the account that the page shows, among all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<usize>,
    /// The open tabs of the sites.
    #[serde(default)]
    pub tabs: Vec<TabPart>,
    /// What came of the request, where one was to be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<AnswerPart>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReconcileAct {
    /// The worker wants to know what could be read.
    Check,
    /// Today and yesterday are to be read.
    Recent,
    /// All that differs is to be read.
    All,
    /// It is to go on.
    On,
    /// It is to end.
    Cancel,
    /// The step before is done.
    Step,
}

/// An open tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TabPart {
    /// The browser's number of it.
    pub tab: i64,
    /// Host and path of its page.
    pub address: String,
    /// The account whose page it is, as a keyed hash.
    #[serde(default)]
    pub account: Option<String>,
    /// When its page came, in milliseconds since 1970.
    #[serde(default)]
    pub came_ms: Option<i64>,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerPart {
    /// The request's number.
    pub number: u32,
    /// The account of the tab, as a keyed hash.
    #[serde(default)]
    pub account: Option<String>,
    /// The status code; absent where no answer came.
    #[serde(default)]
    pub status: Option<u16>,
    /// Where it came from.
    #[serde(default)]
    pub url: String,
    /// The site sent the browser on.
    #[serde(default)]
    pub redirected: bool,
    /// The header `Retry-After`.
    #[serde(default)]
    pub retry_after: Option<String>,
    /// What was picked.
    #[serde(default)]
    pub body: Json,
}

/// What is to be done. As JSON: `{"next":"wait","until_ms":1795000000000}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "next", rename_all = "snake_case")]
pub enum NextPart {
    /// Send this request through this tab, then say what came of it.
    Fetch {
        /// The browser's number of the tab.
        tab: i64,
        /// The request's number.
        number: u32,
        /// Path and query on the tab's own host.
        path: String,
        /// The recipe by which the answer is picked.
        page: Json,
    },
    /// Ask again at this moment, in milliseconds since 1970.
    Wait {
        /// The moment.
        until_ms: i64,
    },
    /// Nothing, until the worker presses something.
    Rest,
}
