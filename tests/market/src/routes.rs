//! Which page stands under which path, and the record of what was asked for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use axum::Router;
use axum::extract::{Path, Query as Params, Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Serialize;

use crate::behaviour::{Behaviour, SignIn};
use crate::clock;
use crate::controls::Place;
use crate::group::Group;
use crate::listing::{self, Item, Query};
use crate::page::{self, Document};
use crate::queue;
use crate::work::{self, Stage};

/// What is served, and what was asked for.
pub(crate) struct Shared {
    served: RwLock<Served>,
    requests: Mutex<Vec<String>>,
}

/// A behaviour with its groups, read once.
#[derive(Clone)]
struct Served {
    behaviour: Arc<Behaviour>,
    groups: Arc<Result<Vec<Item>, String>>,
}

impl Served {
    fn new(behaviour: Behaviour) -> Self {
        let groups = Arc::new(listing::load(&behaviour.listing, clock::now()));
        Self { behaviour: Arc::new(behaviour), groups }
    }
}

impl Shared {
    pub(crate) fn new(behaviour: Behaviour) -> Self {
        Self { served: RwLock::new(Served::new(behaviour)), requests: Mutex::default() }
    }

    /// Serves pages so from now on. The groups are made or read anew only where the listing is another.
    pub(crate) fn set(&self, behaviour: Behaviour) {
        let old = self.served();
        let new = if old.behaviour.listing == behaviour.listing {
            Served { behaviour: Arc::new(behaviour), groups: old.groups }
        } else {
            Served::new(behaviour)
        };
        *self.served.write().unwrap_or_else(PoisonError::into_inner) = new;
    }

    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn served(&self) -> Served {
        self.served.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

type App = State<Arc<Shared>>;
type Query0 = Params<HashMap<String, String>>;

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(list))
        .route("/projects", get(list))
        .route("/requesters/{id}/projects", get(list))
        .route("/tasks", get(tasks))
        .route("/projects/{id}/tasks", get(preview))
        .route("/projects/{id}/tasks/accept_random", get(accept))
        .route("/projects/{id}/tasks/{task}", get(work_page))
        .route("/projects/{id}/tasks/{task}", post(give_back))
        .route("/dashboard", get(small_page))
        .route("/account", get(small_page))
        .route("/qualifications/{id}", get(small_page))
        .route("/qualifications/{id}/request", get(small_page))
        .route("/ap/signin", get(|| async { Html("<!DOCTYPE html><title>Sign-In</title><h1>Sign-In</h1>") }))
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), record))
        .with_state(shared)
}

/// Notes the request; leads to the sign-in page where nobody is signed in.
async fn record(State(shared): App, request: Request, next: Next) -> Response {
    let uri = request.uri();
    let line = format!("{} {}", request.method(), uri.path_and_query().map_or("/", |p| p.as_str()));
    let at_door = uri.path() == "/ap/signin";
    shared.requests.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    if shared.served().behaviour.sign_in == SignIn::Needed && !at_door {
        let port = request.headers().get(header::HOST).and_then(|h| h.to_str().ok()?.split_once(':'));
        let port = port.map(|(_, port)| format!(":{port}")).unwrap_or_default();
        return found(&format!("https://www.amazon.com{port}/ap/signin"));
    }
    next.run(request).await
}

/// 302, as the site redirects.
fn found(to: &str) -> Response {
    match HeaderValue::try_from(to) {
        Ok(to) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Err(_) => Redirect::to("/").into_response(),
    }
}

async fn list(State(shared): App, uri: Uri, Params(params): Query0) -> Response {
    let Served { behaviour, groups } = shared.served();
    let items = match groups.as_ref() {
        Ok(items) => items,
        Err(reason) => return (StatusCode::INTERNAL_SERVER_ERROR, reason.clone()).into_response(),
    };
    let requester = uri.path().strip_prefix("/requesters/").and_then(|rest| rest.split('/').next());
    let query = Query::new(&params, behaviour.max_page_size);
    let page = listing::select(items, &query, requester);
    if query.json {
        return json_answer(&ListAnswer {
            page_number: query.page_number,
            num_results: page.items.len(),
            total_num_results: page.total,
            results: page.items.iter().map(|item| as_answer(&item.group)).collect(),
        });
    }
    let place = Place { path: uri.path().to_owned(), heading: heading(requester, &page.items) };
    document(page::list(&behaviour, &place, &query, &page, clock::now()))
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

#[derive(Serialize)]
struct QueueAnswer<'a> {
    tasks: Vec<queue::Task<'a>>,
}

async fn tasks(State(shared): App, Params(params): Query0) -> Response {
    let Served { behaviour, groups } = shared.served();
    let items = groups.as_ref().as_ref().map(Vec::as_slice).unwrap_or_default();
    let now = clock::now();
    if params.get("format").is_some_and(|f| f == "json") {
        return json_answer(&QueueAnswer { tasks: queue::tasks(&behaviour, items, now) });
    }
    document(queue::document(&behaviour, items, now))
}

async fn preview(State(shared): App, Path(id): Path<String>) -> Response {
    task_page(&shared, &id, Stage::Preview)
}

async fn work_page(State(shared): App, Path((id, _task)): Path<(String, String)>) -> Response {
    task_page(&shared, &id, Stage::Accepted)
}

fn task_page(shared: &Shared, id: &str, stage: Stage) -> Response {
    let Served { behaviour, groups } = shared.served();
    match group_by_id(&groups, id) {
        Some(group) => document(work::task(&behaviour, group, stage)),
        None => document(gone(&behaviour)),
    }
}

/// Accepting leads to the work page. Nothing but the worker's own click may ever come here.
async fn accept(State(shared): App, Path(id): Path<String>) -> Response {
    let Served { behaviour, groups } = shared.served();
    match group_by_id(&groups, &id).filter(|g| g.caller_meets_requirements) {
        Some(group) => found(&queue::task_url(group)),
        None => document(gone(&behaviour)),
    }
}

async fn give_back() -> Response {
    found("/projects")
}

fn gone(behaviour: &Behaviour) -> Document {
    work::alert(behaviour, "There are no more of these HITs available", "Browse all available HITs.")
}

fn group_by_id<'a>(groups: &'a Result<Vec<Item>, String>, id: &str) -> Option<&'a Group> {
    groups.as_ref().ok()?.iter().map(|item| &item.group).find(|group| group.hit_set_id == id)
}

async fn small_page(State(shared): App, uri: Uri) -> Response {
    let behaviour = shared.served().behaviour;
    let heading = match uri.path().split('/').nth(1) {
        Some("dashboard") => "Dashboard",
        Some("account") => "Account",
        _ => "Qualifications",
    };
    document(work::plain(&behaviour, heading, "Nothing to see on the stand-in."))
}

fn document(document: Document) -> Response {
    let mut response = Html(document.html).into_response();
    if let Some(csp) = document.csp.and_then(|csp| HeaderValue::try_from(csp).ok()) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, csp);
    }
    response
}

fn json_answer(value: &impl Serialize) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
