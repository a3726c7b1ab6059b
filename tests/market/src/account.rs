//! Who works, and on which of the two sites.

use axum::http::{HeaderMap, header};

/// The name of the cookie that signs another worker in, in this container of a browser alone.
const COOKIE: &str = "market-worker";

/// The site and its sandbox: the same pages, nothing in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Site {
    /// `worker.mturk.com`; also what stands under `localhost`.
    Production,
    /// `workersandbox.mturk.com`.
    Sandbox,
}

impl Site {
    /// The site that a `Host` header means.
    pub(crate) fn of(host: &str) -> Self {
        if host == "workersandbox.mturk.com" { Self::Sandbox } else { Self::Production }
    }

    /// Where the forms of external questions are sent.
    pub(crate) fn submit_origin(self) -> &'static str {
        match self {
            Self::Production => "https://www.mturk.com",
            Self::Sandbox => "https://workersandbox.mturk.com",
        }
    }
}

/// A worker on one of the sites. Each account has a ledger of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account {
    /// Where.
    pub site: Site,
    /// Shaped like a worker id; it belongs to nobody.
    pub worker_id: String,
}

impl Account {
    /// The worker who is signed in unless a test says otherwise.
    pub const A: &str = "A0WAGELIGHT0WW";
    /// Another worker.
    pub const B: &str = "A1WAGELIGHT1VV";

    /// A worker on the production site.
    pub fn production(worker_id: &str) -> Self {
        Self { site: Site::Production, worker_id: worker_id.to_owned() }
    }

    /// A worker on the sandbox.
    pub fn sandbox(worker_id: &str) -> Self {
        Self { site: Site::Sandbox, worker_id: worker_id.to_owned() }
    }

    /// Who asks: the worker that the cookie names, else the one signed in.
    pub(crate) fn asking(host: &str, headers: &HeaderMap, signed_in: &str) -> Self {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let named = cookies.flat_map(|line| line.split(';')).find_map(|cookie| {
            let (name, value) = cookie.trim().split_once('=')?;
            (name == COOKIE && is_id(value)).then_some(value)
        });
        Self { site: Site::of(host), worker_id: named.unwrap_or(signed_in).to_owned() }
    }
}

/// The cookie that signs a worker in; `None` where the text is no worker id.
pub(crate) fn cookie(worker_id: &str) -> Option<String> {
    is_id(worker_id).then(|| format!("{COOKIE}={worker_id}; Path=/; Secure; HttpOnly; SameSite=Lax"))
}

fn is_id(text: &str) -> bool {
    text.starts_with('A') && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_names_the_worker_and_the_host_the_site() {
        let mut headers = HeaderMap::new();
        assert_eq!(
            Account::asking("worker.mturk.com", &headers, Account::A),
            Account::production(Account::A)
        );
        headers.insert(header::COOKIE, "a=b; market-worker=A1WAGELIGHT1VV".parse().unwrap());
        let other = Account::asking("workersandbox.mturk.com", &headers, Account::A);
        assert_eq!(other, Account::sandbox(Account::B));
        headers.insert(header::COOKIE, "market-worker=\"><script>".parse().unwrap());
        assert_eq!(Account::asking("localhost", &headers, Account::A), Account::production(Account::A));
        assert_eq!(cookie("A b"), None);
    }
}
