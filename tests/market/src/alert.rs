//! What the site says after something was done: its alert at the head of the next page.

use serde_json::json;

use crate::escape::{html, react_class};
use crate::ledger::Refused;

/// An alert in the site's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alert {
    kind: &'static str,
    header: &'static str,
    /// Markup.
    message: &'static str,
}

const BROWSE: &str = "Browse <a href=\"/projects\">all available HITs</a>.";

impl Alert {
    const fn done(header: &'static str, message: &'static str) -> Self {
        Self { kind: "success", header, message }
    }

    const fn danger(header: &'static str) -> Self {
        Self { kind: "danger", header, message: BROWSE }
    }

    pub(crate) const SUBMITTED: Self =
        Self::done("HIT Submitted", "The HIT has been successfully submitted.");
    pub(crate) const NOT_SUBMITTED: Self = Self::danger("Your HIT submission was not successful");
    pub(crate) const RETURNED: Self = Self::done("The HIT has been returned.", BROWSE);
    pub(crate) const GONE: Self = Self::danger("This HIT is no longer available");

    /// Why a task was not given out.
    pub(crate) fn refusal(refused: Refused) -> Self {
        Self::danger(match refused {
            Refused::TooManyHeld => "You have accepted the maximum number of HITs allowed.",
            Refused::NotQualified => "You do not meet all of this HIT's Qualifications.",
            _ => "There are no more of these HITs available",
        })
    }

    /// The words, as a JSON answer has them.
    pub(crate) fn header(&self) -> &'static str {
        self.header
    }

    /// The root, empty as the server sends it, or drawn where no script of the page will run.
    pub(crate) fn root(&self, drawn: bool) -> String {
        let props = json!({
            "type": self.kind,
            "header": self.header,
            "message": self.message,
            "renderMessageAsHTML": true,
        });
        let class = html(&react_class("alert/Alert").replace("default", "PureAlert"));
        let inner = format!(
            "<div class=\"mturk-alert mturk-alert-{}\"><div class=\"mturk-alert-content\"><h3>{}</h3>\
             <p>{}</p></div></div>",
            self.kind,
            html(self.header),
            self.message
        );
        let inner = if drawn { inner.as_str() } else { "" };
        format!(
            "<div data-react-class=\"{class}\" data-react-props=\"{}\">{inner}</div>",
            html(&props.to_string())
        )
    }
}
