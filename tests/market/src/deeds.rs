//! What a worker does to tasks on the pages: accept, submit, return.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Extension, Form, Path, Query as Params, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde_json::{Value, json};

use crate::account::Account;
use crate::alert::Alert;
use crate::escape::html;
use crate::failure::{self, Wrong};
use crate::ledger::{Assignment, AssignmentState, Ledger, Refused, Taking};
use crate::page::TOKEN;
use crate::question::Question;
use crate::routes::answer_page;
use crate::state::Shared;
use crate::visit::{Visit, found};
use crate::work;

type App = State<Arc<Shared>>;
type Texts = HashMap<String, String>;

/// Accepting leads to the work page. Nothing but the worker's own click may ever come here.
pub(crate) async fn accept(
    State(shared): App,
    Extension(visit): Extension<Visit>,
    Path(group): Path<String>,
    Params(params): Params<Texts>,
) -> Response {
    let json = params.get("format").is_some_and(|format| format == "json");
    match take(&shared, &visit, &group) {
        Ok(taken) => found(&format!("{}{}", taken.url(), onward(&params))),
        Err(refused) => {
            let alert = Alert::refusal(refused);
            if json {
                return failure::json(StatusCode::UNPROCESSABLE_ENTITY, alert.header());
            }
            answer_page(work::plain(&visit.with_alert(alert), "HIT Groups", ""))
        }
    }
}

fn take(shared: &Shared, visit: &Visit, hit_set_id: &str) -> Result<Assignment, Refused> {
    if visit.wrong == Some(Wrong::Refused) {
        return Err(Refused::NoMore);
    }
    let group = visit.served.group(hit_set_id)?;
    let taking = Taking { group, number: shared.number(), accepted_at: visit.now, laid: false };
    shared.ledger(&visit.account, |ledger| ledger.accept(&taking).cloned())
}

/// The part of a work page's query that says where the worker goes after the task.
pub(crate) fn onward(params: &Texts) -> String {
    let mut onward = String::new();
    for name in ["auto_accept", "from_queue"] {
        if let Some(value @ ("true" | "false")) = params.get(name).map(String::as_str) {
            onward.extend(["&", name, "=", value]);
        }
    }
    onward
}

/// Where external questions are submitted: the assignment counts as done, and the page tells its parent.
pub(crate) async fn external_submit(
    State(shared): App,
    Extension(visit): Extension<Visit>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let named = |(name, value): &(String, String)| (name == "assignmentId").then(|| value.clone());
    let assignment_id = fields.iter().find_map(named).unwrap_or_default();
    let Some(account) = shared.owner(&assignment_id) else {
        return failure::page(StatusCode::BAD_REQUEST, "No such assignment.");
    };
    // What the site says of a failure it says on the next page: the frame tells its parent all the same.
    let _ = submit(&shared, &visit, &account, &assignment_id);
    let answers: Vec<Value> = fields
        .iter()
        .filter(|(name, _)| name != "assignmentId")
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    let message = json!({ "answer": answers, "assignmentId": assignment_id }).to_string();
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Submitted</title>\
         <link rel=\"icon\" href=\"data:,\"></head><body data-message=\"{}\">\
         <script>window.parent.postMessage(document.body.dataset.message, '*');</script></body></html>",
        html(&message)
    );
    Html(page).into_response()
}

fn submit(shared: &Shared, visit: &Visit, account: &Account, assignment_id: &str) -> Result<(), Refused> {
    let filed_by = visit.behaviour().filed_by;
    shared.ledger(account, |ledger| {
        let entry = ledger.entry(assignment_id)?;
        if visit.wrong == Some(Wrong::Refused) {
            return Err(Refused::WrongState(entry.state));
        }
        entry.submit(visit.now, filed_by)
    })
}

/// The site's own way onward from a work page: after a frame has submitted, or with the answer of a plain question.
pub(crate) async fn go_on(
    State(shared): App,
    Extension(visit): Extension<Visit>,
    Params(params): Params<Texts>,
    Form(fields): Form<Texts>,
) -> Response {
    let assignment_id = params.get("assignment_id").cloned().unwrap_or_default();
    if let Some(answer) = forged(&fields) {
        return answer;
    }
    let find = |ledger: &mut Ledger| ledger.find(&assignment_id).cloned();
    let Ok(before) = shared.ledger(&visit.account, find) else { return gone(visit) };
    if visit.question(&before.group) == Question::Plain {
        // The alert below tells of a failure.
        let _ = submit(&shared, &visit, &visit.account, &assignment_id);
    }
    let done =
        shared.ledger(&visit.account, find).is_ok_and(|entry| entry.state == AssignmentState::Submitted);
    let alert = if done { Alert::SUBMITTED } else { Alert::NOT_SUBMITTED };
    shared.ledger(&visit.account, |ledger| ledger.alert = Some(alert));
    if !done {
        return found(&format!("{}{}", before.url(), onward(&params)));
    }
    found(&next_page(&shared, &visit, &before, &params))
}

/// The next task of the queue or of the group, as the worker came here; else the list.
fn next_page(shared: &Shared, visit: &Visit, done: &Assignment, params: &Texts) -> String {
    let says = |name: &str| params.get(name).is_some_and(|value| value == "true");
    let group = &done.group;
    if says("from_queue") {
        let next = shared.ledger(&visit.account, |ledger| ledger.held().next().map(Assignment::url));
        return next.map_or_else(|| "/tasks".to_owned(), |url| format!("{url}&from_queue=true"));
    }
    if says("auto_accept")
        && let Ok(next) = take(shared, visit, &group.hit_set_id)
    {
        return format!("{}&auto_accept=true", next.url());
    }
    let left = shared.ledger(&visit.account, |ledger| ledger.left_in(group));
    if left > 0 { group.project_tasks_url.clone() } else { "/projects".to_owned() }
}

/// Giving a task back.
pub(crate) async fn give_back(
    State(shared): App,
    Extension(visit): Extension<Visit>,
    Params(params): Params<Texts>,
    Form(fields): Form<Texts>,
) -> Response {
    let assignment_id = params.get("assignment_id").cloned().unwrap_or_default();
    if let Some(answer) = forged(&fields) {
        return answer;
    }
    if fields.get("_method").is_none_or(|method| method != "delete") {
        return failure::page(StatusCode::NOT_FOUND, "There is no such page.");
    }
    let returned = shared.ledger(&visit.account, |ledger| {
        let entry = ledger.entry(&assignment_id)?;
        if visit.wrong == Some(Wrong::Refused) {
            return Err(Refused::WrongState(entry.state));
        }
        entry.give_back()?;
        ledger.alert = Some(Alert::RETURNED);
        Ok(())
    });
    match returned {
        Ok(()) if params.get("from_queue").is_some_and(|value| value == "true") => found("/tasks"),
        Ok(()) => found("/projects"),
        Err(_) => gone(visit),
    }
}

/// A form without the page's token comes from elsewhere.
fn forged(fields: &Texts) -> Option<Response> {
    let genuine = fields.get("authenticity_token").is_some_and(|token| token == TOKEN);
    (!genuine).then(|| failure::page(StatusCode::UNPROCESSABLE_ENTITY, "The change you wanted was rejected."))
}

/// A page in the place of a task that is not held, or no longer.
pub(crate) fn gone(visit: Visit) -> Response {
    answer_page(work::plain(&visit.with_alert(Alert::GONE), "HIT Groups", ""))
}
