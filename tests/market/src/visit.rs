//! One request for a page: who asks, when, and what shall go wrong.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::account::Account;
use crate::alert::Alert;
use crate::behaviour::{Behaviour, SignIn};
use crate::failure::{Route, Wrong};
use crate::group::Group;
use crate::question::Question;
use crate::record::{self, NewRequest};
use crate::state::{Served, Shared};

/// What a page depends on.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) served: Served,
    pub(crate) account: Account,
    /// The market's time, in seconds since 1970.
    pub(crate) now: i64,
    /// What goes wrong, where it has to do with the data or the deed.
    pub(crate) wrong: Option<Wrong>,
    /// What stands at the head of the page.
    pub(crate) alert: Option<Alert>,
}

impl Visit {
    pub(crate) fn behaviour(&self) -> &Behaviour {
        &self.served.behaviour
    }

    /// What a task of this group asks.
    pub(crate) fn question(&self, group: &Group) -> Question {
        let behaviour = self.behaviour();
        behaviour.questions.get(&group.hit_set_id).copied().unwrap_or(behaviour.question)
    }

    /// The same visit with this alert at the head of its page.
    pub(crate) fn with_alert(self, alert: Alert) -> Self {
        Self { alert: Some(alert), ..self }
    }
}

/// Notes the request, lets it fail where it shall, leads to the sign-in page where nobody is signed in.
pub(crate) async fn attend(State(shared): State<Arc<Shared>>, mut request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().as_str(), request.uri());
    let host = record::host(request.headers());
    let route = Route::of(method, uri.path());
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let under_way =
        shared.record.begin(NewRequest { method, host: &host, target, route, headers: request.headers() });
    let at_door = uri.path() == "/ap/signin";
    // Frames, surveys and the target of their forms are other sites, where nobody signs in.
    let is_site = route != Route::Task && uri.path() != "/mturk/externalSubmit" && !at_door;
    let wrong = if at_door { None } else { shared.wrong(route) };
    let door = sign_in_page(request.headers());
    let failed = match wrong {
        Some(wrong) => wrong.answer(&door).await,
        None => None,
    };
    if let Some(answer) = failed {
        return under_way.until_taken(answer);
    }
    let served = shared.served();
    if served.behaviour.sign_in == SignIn::Needed && is_site {
        return under_way.until_taken(found(&door));
    }
    let account = Account::asking(&host, request.headers(), &served.behaviour.worker_id);
    let is_page = method == "GET" && is_site && route != Route::Accept && !asks_json(uri.query());
    let alert = if is_page { shared.ledger(&account, |ledger| ledger.alert.take()) } else { None };
    request.extensions_mut().insert(Visit { served, account, now: shared.now(), wrong, alert });
    under_way.until_taken(next.run(request).await)
}

fn asks_json(query: Option<&str>) -> bool {
    query.is_some_and(|query| query.split('&').any(|parameter| parameter == "format=json"))
}

/// The sign-in page on its own host, with the port that was asked, where one was named.
fn sign_in_page(headers: &HeaderMap) -> String {
    let port = headers.get(header::HOST).and_then(|host| host.to_str().ok()?.split_once(':'));
    let port = port.map(|(_, port)| format!(":{port}")).unwrap_or_default();
    format!("https://www.amazon.com{port}/ap/signin")
}

/// 302, as the site redirects.
pub(crate) fn found(to: &str) -> Response {
    match HeaderValue::try_from(to) {
        Ok(to) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Err(_) => Redirect::to("/").into_response(),
    }
}
