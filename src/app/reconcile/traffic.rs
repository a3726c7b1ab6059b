//! One request at a time to one site in one account, and what every answer may mean.

use serde::{Deserialize, Serialize};

use super::Step;
use super::pace::Pace;
use crate::domain::Timestamp;
use crate::sites::answer::Body;
use crate::sites::recipe::PageKind;
use crate::sites::snapshot::Item;

/// An answer that has not come after so long will not come: its tab may be gone. The hands abort the
/// request after the same time, so that there is never more than one on its way.
pub const ANSWER_WITHIN_MS: i64 = 60_000;

/// Which account's pages a tab shows, as a keyed hash: equal for the same account, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AccountTag(pub String);

/// On which site, in which account, and how close behind other requests of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The host of the open tab.
    pub host: String,
    /// The account whose history is brought up to date.
    pub account: AccountTag,
    /// When we last asked this site for anything.
    pub last_request_at: Option<Timestamp>,
    /// Beyond the number of any request whose answer may still come.
    pub first_number: u32,
}

/// A request to send: a plain GET of the site's own JSON, with the worker's own sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its number; the answer carries it.
    pub number: u32,
    /// The page whose recipe picks from the answer.
    pub kind: PageKind,
    /// Path and query on the site's own host.
    pub path: String,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The request's number; an answer to another request is not listened to.
    pub number: u32,
    /// The account of the tab when the answer came; `None` where its page does not say.
    pub account: Option<AccountTag>,
    /// What came.
    pub arrival: Arrival,
}

/// Whether anything came at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// No answer: no network, a closed tab.
    Lost,
    /// An answer.
    Response(Response),
}

/// An answer of the site, or of where it sent us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status code of HTTP.
    pub status: u16,
    /// Where the answer came from in the end.
    pub url: String,
    /// The browser was sent on from the address asked for, or would have been had it followed.
    pub redirected: bool,
    /// How long the site asks to wait.
    pub retry_after_secs: Option<u32>,
    /// What the hands picked from its text.
    pub body: Body,
}

/// Why it ended before its end. The names are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// The worker pressed Cancel.
    Cancelled,
    /// Nobody is signed in: the site sent us to its sign-in page, or refused.
    SignedOut,
    /// The site sent us to another page.
    Redirected,
    /// The site asks whether the worker is a machine.
    Captcha,
    /// The site said twice that there are too many requests: this run does not go on.
    TooManyRequests,
    /// Three answers in a row were none.
    Failures,
    /// The answers have another form than known: going on would read nothing.
    NotUnderstood,
    /// Another account is signed in than the one whose history this is.
    OtherAccount,
    /// The page does not say whose account it shows.
    UnknownAccount,
    /// No page of the site is open in this account, through which it could be asked.
    NoPage,
}

/// What an answer gives to whoever asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Received {
    /// Nothing to do: it was not awaited, or ended everything.
    Nothing,
    /// The page is there.
    Items(Vec<Item>),
    /// The same page is to be asked for again.
    Again,
    /// This page will not come, whatever is done.
    Refused,
    /// This page is longer than any page may be.
    TooLarge,
}

/// The requests of one survey or run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Traffic {
    pub(super) host: String,
    pub(super) account: AccountTag,
    pub(super) pace: Pace,
    pub(super) stopped: Option<Stop>,
    pub(super) awaited: Option<(Request, Timestamp)>,
    pub(super) next_number: u32,
    pub(super) work_page_is_open: bool,
}

impl Traffic {
    pub(super) fn new(start: Start) -> Self {
        Self {
            host: start.host,
            account: start.account,
            pace: Pace::new(start.last_request_at),
            stopped: None,
            awaited: None,
            next_number: start.first_number,
            work_page_is_open: false,
        }
    }

    pub(super) fn set_work_page_open(&mut self, is_open: bool) {
        self.work_page_is_open = is_open;
    }

    pub(super) fn stop(&mut self, why: Stop) {
        self.stopped.get_or_insert(why);
        self.awaited = None;
    }

    /// Another page of the extension saw this account signed in on the site.
    pub(super) fn saw_account(&mut self, tag: &AccountTag) {
        if *tag != self.account {
            self.stop(Stop::OtherAccount);
        }
    }

    /// What to do before the wanted request can be sent; `None` when it is its turn.
    pub(super) fn before<T>(&mut self, now: Timestamp) -> Option<Step<T>> {
        if let Some(why) = self.stopped {
            return Some(Step::Stopped(why));
        }
        if let Some((_, sent_at)) = &mut self.awaited {
            // A clock that was put back must not make the wait longer.
            *sent_at = (*sent_at).min(now);
            let until = Timestamp(sent_at.0.saturating_add(ANSWER_WITHIN_MS));
            if now < until {
                return Some(Step::Wait { until });
            }
            self.awaited = None;
            self.fail(now);
            return self.before(now);
        }
        if self.work_page_is_open {
            return Some(Step::Paused);
        }
        self.pace.wait_until(now).map(|until| Step::Wait { until })
    }

    /// Sends a request; only where [`Traffic::before`] gave nothing else to do.
    pub(super) fn send<T>(&mut self, kind: PageKind, path: String, now: Timestamp) -> Step<T> {
        let request = Request { number: self.next_number, kind, path };
        self.next_number = self.next_number.wrapping_add(1);
        self.pace.rest(now);
        self.awaited = Some((request.clone(), now));
        Step::Fetch(request)
    }

    pub(super) fn receive(&mut self, answer: Answer, now: Timestamp) -> Received {
        let is_awaited = self.awaited.as_ref().is_some_and(|(request, _)| request.number == answer.number);
        let Some((request, _)) = self.awaited.take_if(|_| is_awaited) else { return Received::Nothing };
        let Arrival::Response(response) = answer.arrival else { return self.fail(now) };
        if let Some(why) = self.strays(&request, &response) {
            return self.end(why);
        }
        match answer.account {
            Some(account) if account == self.account => self.judge(response, now),
            Some(_) => self.end(Stop::OtherAccount),
            None => self.end(Stop::UnknownAccount),
        }
    }

    /// Whether the answer comes from elsewhere than asked.
    fn strays(&self, request: &Request, response: &Response) -> Option<Stop> {
        let without_query = |url: &str| url.split(['?', '#']).next().unwrap_or_default().to_owned();
        let asked = format!("https://{}{}", self.host, without_query(&request.path));
        let came = without_query(&response.url);
        if !response.redirected && came == asked {
            return None;
        }
        let is_elsewhere = !came.starts_with(&format!("https://{}/", self.host));
        let is_sign_in = is_elsewhere || came.contains("signin") || came.contains("sign_in");
        Some(if is_sign_in { Stop::SignedOut } else { Stop::Redirected })
    }

    fn judge(&mut self, response: Response, now: Timestamp) -> Received {
        match (response.status, response.body) {
            (429, _) => {
                if self.pace.refused(now, response.retry_after_secs) {
                    return self.end(Stop::TooManyRequests);
                }
                Received::Again
            }
            (_, Body::Captcha) => self.end(Stop::Captcha),
            (401 | 403, _) => self.end(Stop::SignedOut),
            (200..=299, Body::Items(items)) => {
                self.pace.succeeded(now);
                Received::Items(items)
            }
            (200..=299, Body::TooLarge) => {
                self.pace.rest(now);
                Received::TooLarge
            }
            (400 | 404 | 410, _) => {
                self.pace.rest(now);
                Received::Refused
            }
            _ => self.fail(now),
        }
    }

    pub(super) fn fail(&mut self, now: Timestamp) -> Received {
        if self.pace.failed(now) { self.end(Stop::Failures) } else { Received::Again }
    }

    fn end(&mut self, why: Stop) -> Received {
        self.stop(why);
        Received::Nothing
    }

    pub(super) fn next_number(&self) -> u32 {
        self.next_number
    }
}
