//! What a task asks of the worker, and where: on the site, in a frame of another origin, or in another tab.

use crate::account::{Account, Site};
use crate::ledger::Assignment;

/// Serves frames of tasks that were made with the site's own tools.
pub(crate) const HOSTED_HOST: &str = "www.mturkcontent.com";
/// Serves frames and surveys of a requester of ours. The name can belong to nobody (RFC 6761).
pub(crate) const REQUESTER_HOST: &str = "survey.example.test";

/// What a task of a group is.
///
/// What a worker presses has the same names everywhere: `#answer` is written in, `#next` turns a page, `#submit` ends
/// the task, `#survey-link` and `#survey-window` open the survey, `#code` takes the code that it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Question {
    /// A form in a frame of `www.mturkcontent.com`.
    Hosted,
    /// The same in a frame of the requester's own host, `survey.example.test`.
    External,
    /// Three pages in a frame of the requester's own host, one after the other.
    Stepwise,
    /// A frame of `www.mturkcontent.com` with a survey on the requester's host: `#survey-link` opens it by a plain
    /// link with `target=_blank rel=noopener`, `#survey-window` by `window.open`. The survey gives a code.
    Survey,
    /// No frame: the form stands in the site's own page, in `#hit-wrapper`.
    Plain,
    /// A frame of the requester's own host that tells its parent of submissions that never were.
    FalseMessages,
}

impl Question {
    /// Every kind, for tests that go through them all.
    pub const ALL: [Self; 6] =
        [Self::Hosted, Self::External, Self::Stepwise, Self::Survey, Self::Plain, Self::FalseMessages];

    /// The type that queue and preview name.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Hosted | Self::Survey | Self::Plain => "InternalURL",
            Self::External | Self::Stepwise | Self::FalseMessages => "ExternalURL",
        }
    }

    fn origin_and_path(self) -> String {
        match self {
            Self::Hosted | Self::Survey | Self::Plain => format!("https://{HOSTED_HOST}/dynamic/hit"),
            Self::External | Self::Stepwise | Self::FalseMessages => format!("https://{REQUESTER_HOST}/hit"),
        }
    }

    /// The address of the frame, with the worker id in it, as the site writes it.
    pub(crate) fn address(self, assignment: &Assignment, account: &Account) -> String {
        self.with_parameters(
            &[
                ("assignmentId", &assignment.assignment_id),
                ("hitId", &assignment.task_id),
                ("workerId", &account.worker_id),
            ],
            account.site,
        )
    }

    /// The same in a preview, where there is no assignment and nobody is named.
    pub(crate) fn preview_address(self, task_id: &str, site: Site) -> String {
        self.with_parameters(&[("assignmentId", NO_ASSIGNMENT), ("hitId", task_id)], site)
    }

    fn with_parameters(self, parameters: &[(&str, &str)], site: Site) -> String {
        let named: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let submit_to = site.submit_origin().replace(':', "%3A").replace('/', "%2F");
        format!("{}?{}&turkSubmitTo={submit_to}", self.origin_and_path(), named.join("&"))
    }
}

/// What stands for the assignment in a preview.
pub(crate) const NO_ASSIGNMENT: &str = "ASSIGNMENT_ID_NOT_AVAILABLE";
