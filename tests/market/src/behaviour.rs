//! How the market serves its pages: everything a test can switch.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::account::Account;
use crate::failure::Failure;
use crate::group::Group;
use crate::question::Question;

/// What pages look like and what their script does, from the next request on.
#[derive(Debug, Clone, PartialEq)]
pub struct Behaviour {
    /// Which groups are listed.
    pub listing: Listing,
    /// The `Content-Security-Policy` header.
    pub csp: Csp,
    /// When the rows come.
    pub rows: Rows,
    /// Whether the page's script draws its rows again.
    pub redraw: Option<Redraw>,
    /// What is wrong with the page.
    pub hostile: Option<Hostile>,
    /// How long titles are set.
    pub titles: Titles,
    /// Whether the worker is signed in; if not, every page leads to the sign-in page.
    pub sign_in: SignIn,
    /// How many tasks lie in the queue before anybody accepted one, at most 25: the first groups that the worker can
    /// accept. They are laid into it again where this number or the listing changes, and by every
    /// [`set`](crate::Market::set) that finds one of them gone.
    pub held: usize,
    /// What is asked of the worker in a task.
    pub question: Question,
    /// The same for single groups, by their ids.
    pub questions: BTreeMap<String, Question>,
    /// By which moment the site files a submitted task under a day. No source tells.
    pub filed_by: FiledBy,
    /// What goes wrong on the way. The counts begin anew when this list changes.
    pub failures: Vec<Failure>,
    /// The largest page size honoured: 100 on the site, more for the benchmark.
    pub max_page_size: usize,
    /// The worker who is signed in where no cookie names another: [`Account::A`] at first.
    pub worker_id: String,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            listing: Listing::default(),
            csp: Csp::None,
            rows: Rows::AfterHydration { delay_ms: 0 },
            redraw: None,
            hostile: None,
            titles: Titles::OneLine,
            sign_in: SignIn::Done,
            held: 3,
            question: Question::Hosted,
            questions: BTreeMap::new(),
            filed_by: FiledBy::Submission,
            failures: Vec::new(),
            max_page_size: 100,
            worker_id: Account::A.to_owned(),
        }
    }
}

/// Where the groups come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Listing {
    /// Made up here, in own words, with the shapes and spread of a real listing.
    Invented {
        /// How many groups.
        size: usize,
        /// The same seed makes the same listing.
        seed: u64,
    },
    /// A recorded JSON answer of the list. A file that cannot be read makes every page answer 500 with the reason.
    Real(PathBuf),
    /// Given groups: an array, or an object with `results` or `bodyData`. They reach the page as they are.
    Custom(serde_json::Value),
}

impl Default for Listing {
    fn default() -> Self {
        Self::Invented { size: 714, seed: 1 }
    }
}

impl Listing {
    /// These groups and no others.
    pub fn of(groups: &[Group]) -> Self {
        let groups = groups.iter().map(|group| serde_json::to_value(group).unwrap_or_default());
        Self::Custom(groups.collect())
    }

    /// The recorded listing at `path`.
    pub fn real(path: impl AsRef<Path>) -> Self {
        Self::Real(path.as_ref().to_owned())
    }
}

/// The policy a page is sent with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Csp {
    /// No header.
    None,
    /// `default-src 'none'` with nonces for the page's own script and style: wasm may not compile.
    StrictNonce,
    /// `default-src 'none'` with a nonce for the style alone, which allows an extension nothing more: no page script
    /// runs, so the server draws the rows, there is none in the page, and hostile scripts do nothing.
    DefaultSrcNone,
    /// As `StrictNonce`, and `'wasm-unsafe-eval'`.
    WasmAllowed,
    /// Any other header, word for word; `{nonce}` is replaced. The server draws the rows.
    Header(String),
}

/// When the rows come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// The server's HTML has them.
    AtOnce,
    /// As on the site: the root stands in the HTML, empty, and the page's script fills it.
    AfterHydration {
        /// After `DOMContentLoaded`; 0 is within that event.
        delay_ms: u32,
    },
    /// Not even the root stands in the HTML; the script inserts it with its rows.
    Late {
        /// After `DOMContentLoaded`.
        delay_ms: u32,
    },
    /// The root stays empty.
    Never,
    /// A few rows at a time.
    Dribble {
        /// Rows a step.
        chunk: u32,
        /// Between two steps.
        every_ms: u32,
    },
}

/// How the page's script draws its rows again. The window event `market:redraw` always does it once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redraw {
    /// What becomes of the row nodes.
    pub nodes: Nodes,
    /// Also without the event, every so many milliseconds; `None`: on the event alone.
    pub every_ms: Option<u32>,
}

/// What a redraw does to the nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nodes {
    /// Every row is replaced by a new node.
    Recreate,
    /// Rows stay; their texts and classes are written again, as React does on a state change.
    Keep,
}

/// How titles are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Titles {
    /// One line, cut with an ellipsis.
    OneLine,
    /// As many lines as they need.
    Wrap,
}

/// Whether the worker is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    /// Pages are served.
    Done,
    /// Every page redirects to the sign-in page on another host.
    Needed,
}

/// By which moment the site files a submitted task under a Pacific day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FiledBy {
    /// When it was submitted.
    Submission,
    /// When it was accepted, which may have been a day earlier.
    Acceptance,
}

/// What is wrong with the page. Where only data are broken, the rows stay as they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hostile {
    /// The props are no JSON at all.
    NotJson,
    /// The props end in the middle.
    CutOff,
    /// The props are 50 MB long, valid, with the real groups in them.
    Huge,
    /// A value in every group is nested 100,000 deep.
    DeeplyNested,
    /// In every group another key is missing.
    MissingKeys,
    /// All keys have other names.
    RenamedKeys,
    /// In every group another value has another type.
    WrongTypes,
    /// Rewards as int, float, string, negative, `1e400`, `0.005`, null, array.
    MoneyForms,
    /// Requester ids of 21 characters.
    LongIds,
    /// Titles with markup, direction marks, 10,000 characters, only emoji, a worker id, nothing.
    NastyTitles,
    /// The last third of the rows is not drawn.
    FewerRowsThanData,
    /// The last third of the data is not sent.
    MoreRowsThanData,
    /// A second list with other groups stands under the first.
    TwoLists,
    /// The page's script removes every node that it did not make.
    RemovesForeignNodes,
    /// The page's script moves the last row to the top, every half second.
    MovesRows,
    /// The page's script sends clicks, pointer and key events to everything, every 200 ms.
    FakeClicks,
}

impl Hostile {
    /// Every case, for tests that go through them all.
    pub const ALL: [Self; 16] = [
        Self::NotJson,
        Self::CutOff,
        Self::Huge,
        Self::DeeplyNested,
        Self::MissingKeys,
        Self::RenamedKeys,
        Self::WrongTypes,
        Self::MoneyForms,
        Self::LongIds,
        Self::NastyTitles,
        Self::FewerRowsThanData,
        Self::MoreRowsThanData,
        Self::TwoLists,
        Self::RemovesForeignNodes,
        Self::MovesRows,
        Self::FakeClicks,
    ];
}
