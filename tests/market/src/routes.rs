//! Which page stands under which path.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Extension, Path, Query as Params, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde::Serialize;

use crate::account;
use crate::content;
use crate::controls::Place;
use crate::dashboard::{self, Sums};
use crate::deeds;
use crate::failure;
use crate::group::Group;
use crate::ledger::{Assignment, AssignmentState};
use crate::listing::{self, Item, Query};
use crate::page::{self, Document};
use crate::queue;
use crate::state::Shared;
use crate::status;
use crate::visit::{self, Visit, found};
use crate::work;

type App = State<Arc<Shared>>;
type Visitor = Extension<Visit>;
type Query0 = Params<HashMap<String, String>>;

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(list))
        .route("/projects", get(list))
        .route("/requesters/{id}/projects", get(list))
        .route("/tasks", get(tasks))
        .route("/projects/{id}/tasks", get(preview))
        .route("/projects/{id}/tasks/accept_random", get(deeds::accept))
        .route("/projects/{id}/tasks/{task}", get(work_page).post(deeds::give_back))
        .route("/projects/{id}/tasks/{task}/submit", post(deeds::go_on))
        .route("/mturk/externalSubmit", post(deeds::external_submit))
        .route("/dashboard", get(dashboard))
        .route("/status_details/{day}", get(status_details))
        .route("/earnings", get(earnings))
        .route("/account", get(small_page))
        .route("/qualifications/{id}", get(small_page))
        .route("/qualifications/{id}/request", get(small_page))
        .route("/dynamic/hit", get(content::frame))
        .route("/hit", get(content::frame))
        .route("/survey", get(content::survey))
        .route("/market/sign-in", get(sign_in))
        .route("/ap/signin", get(|| async { Html("<!DOCTYPE html><title>Sign-In</title><h1>Sign-In</h1>") }))
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), visit::attend))
        .with_state(shared)
}

async fn list(Extension(visit): Visitor, uri: Uri, Params(params): Query0) -> Response {
    let items = match visit.served.groups.as_ref() {
        Ok(items) => items,
        Err(reason) => return (StatusCode::INTERNAL_SERVER_ERROR, reason.clone()).into_response(),
    };
    let requester = uri.path().strip_prefix("/requesters/").and_then(|rest| rest.split('/').next());
    let query = Query::new(&params, visit.behaviour().max_page_size);
    let page = listing::select(items, &query, requester);
    if query.json {
        return json_answer(serde_json::to_string(&ListAnswer {
            page_number: query.page_number,
            num_results: page.items.len(),
            total_num_results: page.total,
            results: page.items.iter().map(|item| as_answer(&item.group)).collect(),
        }));
    }
    let place = Place { path: uri.path().to_owned(), heading: heading(requester, &page.items) };
    answer_page(page::list(&visit, &place, &query, &page))
}

fn heading(requester: Option<&str>, items: &[Item]) -> String {
    match (requester, items.first()) {
        (Some(_), Some(item)) => format!("HIT Groups created by {}", item.group.requester_name),
        _ => "HIT Groups".to_owned(),
    }
}

/// The JSON answer of a list, in the wire's key order.
#[derive(Serialize)]
struct ListAnswer {
    page_number: usize,
    num_results: usize,
    total_num_results: usize,
    results: Vec<Group>,
}

/// A group of the JSON answer: its paths end in `.json`.
fn as_answer(group: &Group) -> Group {
    let mut group = group.clone();
    for url in [&mut group.accept_project_task_url, &mut group.requester_url, &mut group.project_tasks_url] {
        *url = url.replacen('?', ".json?", 1);
    }
    group
}

fn wants_json(params: &HashMap<String, String>) -> bool {
    params.get("format").is_some_and(|format| format == "json")
}

async fn tasks(State(shared): App, Extension(visit): Visitor, Params(params): Query0) -> Response {
    let held: Vec<Assignment> = shared.ledger(&visit.account, |ledger| ledger.held().cloned().collect());
    if wants_json(&params) {
        return json_answer(Ok(queue::answer(&visit, &held)));
    }
    answer_page(queue::document(&visit, &held))
}

async fn preview(Extension(visit): Visitor, Path(id): Path<String>, Params(params): Query0) -> Response {
    let Ok(group) = visit.served.group(&id).cloned() else { return deeds::gone(visit) };
    if wants_json(&params) {
        return json_answer(Ok(queue::preview_answer(&visit, &group)));
    }
    answer_page(work::preview(&visit, &group))
}

async fn work_page(
    State(shared): App,
    Extension(visit): Visitor,
    Path((id, _task)): Path<(String, String)>,
    Params(params): Query0,
) -> Response {
    let Some(assignment_id) = params.get("assignment_id") else {
        return preview(Extension(visit), Path(id), Params(params)).await;
    };
    let held = shared.ledger(&visit.account, |ledger| ledger.find(assignment_id).cloned());
    match held {
        Ok(held) if held.state == AssignmentState::Held => {
            answer_page(work::task(&visit, &held, &deeds::onward(&params)))
        }
        _ => deeds::gone(visit),
    }
}

async fn status_details(
    State(shared): App,
    Extension(visit): Visitor,
    Path(day): Path<String>,
    Params(params): Query0,
) -> Response {
    let Some(query) = status::Query::new(&day, &params, visit.now) else {
        return failure::page(StatusCode::BAD_REQUEST, "Your request could not be understood.");
    };
    let filed: Vec<Assignment> =
        shared.ledger(&visit.account, |ledger| ledger.on(query.day).cloned().collect());
    if wants_json(&params) {
        return json_answer(Ok(status::answer(&visit, &filed, &query)));
    }
    answer_page(status::document(&visit, &filed, &query))
}

fn sums(shared: &Shared, visit: &Visit) -> Sums {
    let (days, all) = shared.ledger(&visit.account, |ledger| (ledger.days(), ledger.figures()));
    Sums::new(days, all, visit.now)
}

async fn dashboard(State(shared): App, Extension(visit): Visitor, Params(params): Query0) -> Response {
    let sums = sums(&shared, &visit);
    if wants_json(&params) {
        return json_answer(Ok(dashboard::answer(&visit, &sums)));
    }
    answer_page(dashboard::document(&visit, &sums))
}

async fn earnings(State(shared): App, Extension(visit): Visitor) -> Response {
    let sums = sums(&shared, &visit);
    answer_page(dashboard::earnings(&visit, &sums))
}

/// Signs another worker in, in this container of the browser alone: `?worker=A…`.
async fn sign_in(Params(params): Query0) -> Response {
    let cookie = params.get("worker").and_then(|worker| account::cookie(worker));
    let Some(cookie) = cookie.and_then(|cookie| HeaderValue::try_from(cookie).ok()) else {
        return failure::page(StatusCode::BAD_REQUEST, "That is no worker id.");
    };
    let mut answer = found("/projects");
    answer.headers_mut().insert(header::SET_COOKIE, cookie);
    answer
}

async fn small_page(Extension(visit): Visitor, uri: Uri) -> Response {
    let heading = if uri.path() == "/account" { "Account" } else { "Qualifications" };
    answer_page(work::plain(&visit, heading, "Nothing to see on the stand-in."))
}

/// A page with its policy.
pub(crate) fn answer_page(document: Document) -> Response {
    let mut response = Html(document.html).into_response();
    if let Some(csp) = document.csp.and_then(|csp| HeaderValue::try_from(csp).ok()) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, csp);
    }
    response
}

fn json_answer(text: serde_json::Result<String>) -> Response {
    match text {
        Ok(text) => ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
