//! What requesters serve: the pages in the frames of tasks, and surveys in other tabs.
//!
//! They are other origins than the site, and their addresses hold the worker id.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Extension, Query as Params, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};

use crate::escape::html;
use crate::failure;
use crate::question::{HOSTED_HOST, NO_ASSIGNMENT, Question, REQUESTER_HOST};
use crate::record;
use crate::state::Shared;
use crate::visit::Visit;

/// Pages in the frame of a [`Question::Stepwise`] task, and pages of a survey.
const STEPS: u32 = 3;

/// The parameters that the site appends to a frame's address, and where in a task of several pages the worker is.
struct Asked {
    host: String,
    assignment_id: String,
    worker_id: String,
    submit_to: String,
    step: u32,
}

impl Asked {
    fn new(headers: &HeaderMap, params: &HashMap<String, String>) -> Self {
        let text = |name: &str| params.get(name).cloned().unwrap_or_default();
        Self {
            host: record::host(headers),
            assignment_id: text("assignmentId"),
            worker_id: text("workerId"),
            submit_to: text("turkSubmitTo"),
            step: text("step").parse().unwrap_or(1),
        }
    }

    /// The fields that carry the parameters from page to page.
    fn hidden(&self) -> String {
        let fields = [
            ("assignmentId", &self.assignment_id),
            ("workerId", &self.worker_id),
            ("turkSubmitTo", &self.submit_to),
        ];
        let field = |(name, value): (&str, &String)| {
            format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", html(value))
        };
        fields.map(field).concat()
    }

    fn code(&self) -> String {
        format!("WL-{}", self.assignment_id.chars().skip(24).collect::<String>())
    }
}

/// The page in a task's frame.
pub(crate) async fn frame(
    State(shared): State<Arc<Shared>>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
    Params(params): Params<HashMap<String, String>>,
) -> Response {
    let asked = Asked::new(&headers, &params);
    if asked.assignment_id == NO_ASSIGNMENT {
        return page("Preview", "<p>You are looking at a preview. Accept the HIT to answer.</p>");
    }
    let group = shared.owner(&asked.assignment_id).and_then(|account| {
        shared.ledger(&account, |ledger| Some(ledger.find(&asked.assignment_id).ok()?.group.clone()))
    });
    let Some(group) = group else {
        return failure::page(StatusCode::BAD_REQUEST, "No such assignment.");
    };
    let question = visit.question(&group);
    let host = match question.kind() {
        "InternalURL" => HOSTED_HOST,
        _ => REQUESTER_HOST,
    };
    if asked.host != host {
        return failure::page(StatusCode::NOT_FOUND, "This task is on another host.");
    }
    match question {
        Question::Stepwise if asked.step < STEPS => page("Task", &step(&asked, "/hit")),
        Question::Survey => page("Task", &survey_task(&asked)),
        Question::FalseMessages => page("Task", &false_messages(&asked)),
        _ => page("Task", &submitting(&asked, "Describe the picture in a few words")),
    }
}

/// A page of a survey, in a tab of its own. The last one gives the code.
pub(crate) async fn survey(headers: HeaderMap, Params(params): Params<HashMap<String, String>>) -> Response {
    let asked = Asked::new(&headers, &params);
    if asked.host != REQUESTER_HOST {
        return failure::page(StatusCode::NOT_FOUND, "Surveys are on another host.");
    }
    if asked.step < STEPS {
        return page("Survey", &step(&asked, "/survey"));
    }
    page("Survey", &format!("<p>Thank you. Your code: <strong id=\"code\">{}</strong></p>", asked.code()))
}

/// A page that leads to the next one on the same host.
fn step(asked: &Asked, path: &str) -> String {
    format!(
        "<form method=\"get\" action=\"{path}\">{}<input type=\"hidden\" name=\"step\" value=\"{}\">\
         <p>Page {} of {STEPS}</p><label>How was your week? <textarea id=\"answer\"></textarea></label>\
         <button id=\"next\">Next</button></form>",
        asked.hidden(),
        asked.step.saturating_add(1),
        asked.step
    )
}

/// The form that ends a task: it is sent to the site, as all external questions do.
fn submitting(asked: &Asked, question: &str) -> String {
    form(asked, &format!("<label>{question} <textarea id=\"answer\" name=\"answer\"></textarea></label>"))
}

fn form(asked: &Asked, fields: &str) -> String {
    format!(
        "<form method=\"post\" action=\"{}/mturk/externalSubmit\">\
         <input type=\"hidden\" name=\"assignmentId\" value=\"{}\">{fields}<button id=\"submit\">Submit</button></form>",
        html(&asked.submit_to),
        html(&asked.assignment_id)
    )
}

fn survey_task(asked: &Asked) -> String {
    let address = html(&format!(
        "https://{REQUESTER_HOST}/survey?assignmentId={}&workerId={}&step=1",
        asked.assignment_id, asked.worker_id
    ));
    format!(
        "<p>Fill in <a id=\"survey-link\" target=\"_blank\" rel=\"noopener\" href=\"{address}\">the survey</a> \
         (or <button id=\"survey-window\" type=\"button\" data-address=\"{address}\">open it in a window</button>) \
         and come back with its code.</p>{}\
         <script>document.getElementById('survey-window').onclick = (event) => \
         window.open(event.target.dataset.address);</script>",
        form(asked, "<label>Code <input id=\"code\" name=\"code\"></label>")
    )
}

/// Messages that a frame can send although nothing was submitted: of this assignment, of another, of no shape at all.
fn false_messages(asked: &Asked) -> String {
    format!(
        "<p id=\"answer\">Nothing can be submitted here.</p><script data-assignment=\"{}\">\
         const mine = document.currentScript.dataset.assignment;\
         const text = (assignmentId) => JSON.stringify({{ answer: [{{ answer: 'false' }}], assignmentId }});\
         const all = [text(mine), text('3SOMEBODYELSESASSIGNMENT000000'), text(null), text({{ toString: 1 }}), '{{',\
         'null', '[]', JSON.stringify({{ assignmentId: mine }}), {{ answer: 1, assignmentId: mine }}, 7, null,\
         '{{\"answer\":\"' + 'x'.repeat(1e6) + '\",\"assignmentId\":\"' + 'y'.repeat(1e6) + '\"}}'];\
         for (const data of all) window.parent.postMessage(data, '*');</script>",
        html(&asked.assignment_id)
    )
}

fn page(title: &str, body: &str) -> Response {
    let text = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <link rel=\"icon\" href=\"data:,\"></head><body>{body}</body></html>"
    );
    Html(text).into_response()
}
