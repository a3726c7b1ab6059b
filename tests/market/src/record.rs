//! What was asked for, when, and until when it was answered.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, header};
use axum::response::Response;

use crate::failure::Route;

/// Hosts whose requests are told by their path alone.
const SITES: [&str; 4] = ["worker.mturk.com", "workersandbox.mturk.com", "localhost", "127.0.0.1"];

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// `GET` or `POST`.
    pub method: String,
    /// The host that was asked, without a port.
    pub host: String,
    /// Path and query. Those of frames hold the worker id.
    pub target: String,
    /// What it was, for failures.
    pub route: Route,
    /// `Sec-Fetch-Dest`: `document` for a page in a tab, `iframe`, `empty` for a script's fetch.
    pub destination: Option<String>,
    /// When it came, since the market started.
    pub began: Duration,
    /// When the last of its answer was handed to the connection or the asker was gone, likewise; `None` until then.
    pub ended: Option<Duration>,
    /// The status of the answer, once there is one.
    pub status: Option<u16>,
}

impl Asked {
    /// `GET /tasks`; `GET https://www.mturkcontent.com/dynamic/hit?…` for other hosts than the site's.
    pub fn line(&self) -> String {
        let site = SITES.contains(&self.host.as_str());
        let origin = if site { String::new() } else { format!("https://{}", self.host) };
        format!("{} {origin}{}", self.method, self.target)
    }

    /// Whether a script asked, rather than a tab or a frame.
    pub fn is_fetch(&self) -> bool {
        self.destination.as_deref() == Some("empty")
    }
}

/// The shortest time between the beginnings of two of these requests; `None` of fewer than two.
pub fn least_gap<'a>(asked: impl IntoIterator<Item = &'a Asked>) -> Option<Duration> {
    let mut begun: Vec<Duration> = asked.into_iter().map(|asked| asked.began).collect();
    begun.sort_unstable();
    begun.iter().zip(begun.iter().skip(1)).map(|(earlier, later)| later.saturating_sub(*earlier)).min()
}

/// How many of these requests were under way at once, at most.
pub fn most_at_once<'a>(asked: impl IntoIterator<Item = &'a Asked>) -> usize {
    let asked: Vec<&Asked> = asked.into_iter().collect();
    let under_way = |moment: Duration| {
        let open = |asked: &&&Asked| asked.began <= moment && asked.ended.is_none_or(|ended| ended > moment);
        asked.iter().filter(open).count()
    };
    asked.iter().map(|one| under_way(one.began)).max().unwrap_or(0)
}

/// All requests so far.
#[derive(Debug)]
pub(crate) struct Record {
    start: Instant,
    asked: Mutex<Vec<Asked>>,
}

impl Record {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now(), asked: Mutex::default() }
    }

    pub(crate) fn all(&self) -> Vec<Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes that a request came. It is under way until what is given back is dropped.
    pub(crate) fn begin(self: &Arc<Self>, new: NewRequest<'_>) -> UnderWay {
        let began = self.start.elapsed();
        let destination = new.headers.get("sec-fetch-dest").and_then(|value| value.to_str().ok());
        let asked = Asked {
            method: new.method.to_owned(),
            host: new.host.to_owned(),
            target: new.target.to_owned(),
            route: new.route,
            destination: destination.map(str::to_owned),
            began,
            ended: None,
            status: None,
        };
        let mut all = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(asked);
        UnderWay { record: Arc::clone(self), number: all.len() - 1 }
    }

    fn change(&self, number: usize, change: impl FnOnce(&mut Asked)) {
        let mut all = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(asked) = all.get_mut(number) {
            change(asked);
        }
    }
}

/// What is known of a request when it comes.
#[derive(Clone, Copy)]
pub(crate) struct NewRequest<'a> {
    pub(crate) method: &'a str,
    pub(crate) host: &'a str,
    pub(crate) target: &'a str,
    pub(crate) route: Route,
    pub(crate) headers: &'a HeaderMap,
}

/// The host that a request names, without its port.
pub(crate) fn host(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    host.split(':').next().unwrap_or_default().to_ascii_lowercase()
}

/// A request that is under way. Dropped, it is over.
pub(crate) struct UnderWay {
    record: Arc<Record>,
    number: usize,
}

impl UnderWay {
    /// The answer, which keeps the request under way until the connection has taken it.
    pub(crate) fn until_taken(self, answer: Response) -> Response {
        let status = answer.status().as_u16();
        self.record.change(self.number, |asked| asked.status = Some(status));
        answer.map(|body| Body::new(Watched { body, _under_way: self }))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let now = self.record.start.elapsed();
        self.record.change(self.number, |asked| asked.ended = Some(now));
    }
}

/// A body that is dropped when its last byte was taken or nobody wants it any more.
struct Watched {
    body: Body,
    _under_way: UnderWay,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}
