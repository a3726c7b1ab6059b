//! What goes wrong on the way: answers that are no answers, for some requests or from some request on.

use std::convert::Infallible;
use std::time::Duration;

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::escape::html;

/// What is asked for, so far as failures tell requests apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Route {
    /// `/`, `/projects` and a requester's list.
    List,
    /// `/tasks`.
    Queue,
    /// `/dashboard`.
    Dashboard,
    /// `/status_details/…`.
    StatusDetails,
    /// `/earnings`.
    Earnings,
    /// `/projects/…/tasks`.
    Preview,
    /// The work page.
    Work,
    /// `…/accept_random`.
    Accept,
    /// Giving a task back.
    Return,
    /// `externalSubmit`, and the site's own way onward.
    Submit,
    /// Frames and surveys, on other hosts.
    Task,
    /// All else.
    Other,
}

impl Route {
    /// The route of a request.
    pub(crate) fn of(method: &str, path: &str) -> Self {
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        match (parts.as_slice(), method) {
            (["" | "projects"] | ["requesters", _, "projects"], _) => Self::List,
            (["tasks"], _) => Self::Queue,
            (["dashboard"], _) => Self::Dashboard,
            (["status_details", _], _) => Self::StatusDetails,
            (["earnings"], _) => Self::Earnings,
            (["projects", _, "tasks"], _) => Self::Preview,
            (["projects", _, "tasks", "accept_random"], _) => Self::Accept,
            (["projects", _, "tasks", _, "submit"] | ["mturk", "externalSubmit"], _) => Self::Submit,
            (["projects", _, "tasks", _], "POST") => Self::Return,
            (["projects", _, "tasks", _], _) => Self::Work,
            (["dynamic", "hit"] | ["hit" | "survey"], _) => Self::Task,
            _ => Self::Other,
        }
    }
}

/// Which requests are concerned, counted by route since the list of failures was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// Every one.
    Always,
    /// From this one on; the first is 1.
    From(u32),
    /// So many, and no more.
    Next(u32),
}

impl When {
    /// Whether the request of this number is concerned.
    pub(crate) fn concerns(self, number: u32) -> bool {
        match self {
            Self::Always => true,
            Self::From(first) => number >= first,
            Self::Next(many) => number <= many,
        }
    }
}

/// Something that goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Failure {
    /// Where; `None` is everywhere.
    pub route: Option<Route>,
    /// How often.
    pub when: When,
    /// What.
    pub wrong: Wrong,
}

/// What goes wrong. Where two failures concern one request, the earlier of the list happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wrong {
    /// 429 with the site's page of excessive requests.
    TooManyHtml,
    /// 429 with the same as JSON.
    TooManyJson,
    /// 400 with a page.
    BadRequest,
    /// 503 with a page.
    Unavailable,
    /// 200 with a page that is nothing in particular, also where JSON was asked for.
    HtmlForJson,
    /// 200 with a page that wants characters typed.
    Captcha,
    /// 302 to the sign-in page of another host.
    SignIn,
    /// The data are 50 MB long; they are otherwise right.
    Huge,
    /// Every number in the data is a string.
    NumbersAsStrings,
    /// The first row lacks its ids; on the dashboard, its day.
    RowWithoutId,
    /// A day has a page behind every page: its rows come again and again. A day without rows has one page.
    EndlessPages,
    /// The data end in the middle.
    CutOff,
    /// The right answer, so many milliseconds later.
    Slow(u32),
    /// No answer ever.
    Silent,
    /// What was asked for is not done: a submission does not count, a task is not given out or not taken back.
    Refused,
}

impl Wrong {
    /// The answer, where it does not depend on what was asked for. `sign_in` is the address of the sign-in page.
    pub(crate) async fn answer(self, sign_in: &str) -> Option<Response> {
        match self {
            Self::TooManyHtml => Some(page(StatusCode::TOO_MANY_REQUESTS, TOO_MANY)),
            Self::TooManyJson => Some(json(StatusCode::TOO_MANY_REQUESTS, TOO_MANY)),
            Self::BadRequest => Some(page(StatusCode::BAD_REQUEST, "Your request could not be understood.")),
            Self::Unavailable => {
                Some(page(StatusCode::SERVICE_UNAVAILABLE, "The service is unavailable right now."))
            }
            Self::HtmlForJson => Some(page(StatusCode::OK, "Something went wrong. Please try again later.")),
            Self::Captcha => Some(Html(CAPTCHA).into_response()),
            Self::SignIn => Some((StatusCode::FOUND, [(header::LOCATION, sign_in)]).into_response()),
            Self::Slow(ms) => {
                #[expect(clippy::disallowed_methods, reason = "slowness is what was asked for")]
                tokio::time::sleep(Duration::from_millis(ms.into())).await;
                None
            }
            Self::Silent => {
                Some(std::future::pending::<Result<Response, Infallible>>().await.into_response())
            }
            Self::Huge
            | Self::NumbersAsStrings
            | Self::RowWithoutId
            | Self::EndlessPages
            | Self::CutOff
            | Self::Refused => None,
        }
    }
}

const TOO_MANY: &str = "You have exceeded the allowable page request rate for this website.";

const CAPTCHA: &str = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Robot Check</title>\
    </head><body><form><p>Please type the following characters to go on:</p>\
    <img class=\"captcha-image\" alt=\"\" src=\"data:,\">\
    <label>Type the characters you see <input id=\"captchaInput\" name=\"field-keywords\"></label>\
    <input type=\"hidden\" id=\"auth-captcha-guess\" name=\"guess\"><button>Continue</button></form></body></html>";

/// The site's page of errors.
pub(crate) fn page(status: StatusCode, message: &str) -> Response {
    let body = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Amazon Mechanical Turk</title></head>\
         <body><div class=\"error-page\"><h1>{}</h1><p class=\"message\">{}</p></div></body></html>",
        status.as_u16(),
        html(message)
    );
    (status, Html(body)).into_response()
}

/// The same as JSON. The sentence holds nothing that JSON would escape.
pub(crate) fn json(status: StatusCode, message: &str) -> Response {
    let body = format!("{{\"message\":\"{message}\"}}");
    (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_has_its_route() {
        for (method, path, route) in [
            ("GET", "/", Route::List),
            ("GET", "/requesters/A2X/projects", Route::List),
            ("GET", "/tasks", Route::Queue),
            ("GET", "/tasks/", Route::Queue),
            ("GET", "/status_details/2026-11-21", Route::StatusDetails),
            ("GET", "/projects/3X/tasks", Route::Preview),
            ("GET", "/projects/3X/tasks/accept_random", Route::Accept),
            ("GET", "/projects/3X/tasks/3T", Route::Work),
            ("POST", "/projects/3X/tasks/3T", Route::Return),
            ("POST", "/projects/3X/tasks/3T/submit", Route::Submit),
            ("POST", "/mturk/externalSubmit", Route::Submit),
            ("GET", "/survey", Route::Task),
            ("GET", "/account", Route::Other),
        ] {
            assert_eq!(Route::of(method, path), route, "{method} {path}");
        }
    }

    #[test]
    fn requests_are_counted_from_one() {
        let hit = |when: When| (1..=4).filter(|&number| when.concerns(number)).collect::<Vec<_>>();
        assert_eq!(hit(When::Always), [1, 2, 3, 4]);
        assert_eq!(hit(When::From(3)), [3, 4]);
        assert_eq!(hit(When::Next(2)), [1, 2]);
        assert!(hit(When::Next(0)).is_empty());
    }
}
