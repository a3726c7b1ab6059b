//! A stand-in for `worker.mturk.com` and `workersandbox.mturk.com` on loopback.
//!
//! Tests, the benchmark and the demo open it under the sites' own host names. Its markup and props are those that
//! are attested for the site; its listing is made up, or a recorded one where there is one. It answers what the
//! page and its script ask for and keeps a record of it, so that a test can prove that an extension asks for nothing.
//!
//! # A worker's day
//!
//! Every [`Account`] has a ledger: tasks held, submitted, returned, expired, approved, paid, rejected, and bonuses by
//! Pacific day. Pages change it as on the site (the link on a row accepts, the frame of a task submits, the form of
//! the work page returns), and tests do the rest through a [`Worker`]:
//!
//! ```no_run
//! # async fn day() -> Result<(), Box<dyn std::error::Error>> {
//! use wagelight_market::{Day, Market, Options};
//!
//! let market = Market::start(Options::default()).await?;
//! let worker = market.worker();
//! let task = worker.accept("3EXAMPLEGROUP00000000000000000")?;
//! worker.submit(&task.assignment_id)?;
//! worker.reject(&task.assignment_id, "The second answer is missing.")?;
//! market.advance(86_400);
//! worker.overturn(&task.assignment_id)?;
//! worker.bonus(Day::at(market.now()), 150);
//! # Ok(()) }
//! ```
//!
//! What a task asks, and in which frame or tab, is its group's [`Question`]. What goes wrong on the way are
//! [`Failure`]s of the [`Behaviour`]. Another worker signs in, in one container of a browser, at
//! `/market/sign-in?worker=A…`; the paths of `…/submit` are made up, those of all other pages are the site's.

mod account;
mod alert;
mod behaviour;
mod clock;
mod content;
mod controls;
mod dashboard;
mod deeds;
mod distort;
mod escape;
mod failure;
mod group;
mod hostile;
mod invented;
mod ledger;
mod listing;
mod pacific;
mod page;
mod question;
mod queue;
mod record;
mod routes;
mod rows;
mod state;
mod status;
mod tls;
mod visit;
mod work;
mod worker;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use account::{Account, Site};
pub use behaviour::{Behaviour, Csp, FiledBy, Hostile, Listing, Nodes, Redraw, Rows, SignIn, Titles};
pub use escape::{html, react_class, react_root, unescape};
pub use failure::{Failure, Route, When, Wrong};
pub use group::{CallerValue, Group, LocaleValue, QualificationType, RequesterInfo, Requirement, Reward};
pub use invented::listing as invented_listing;
pub use ledger::{Assignment, AssignmentState, DayFigures, Figures, Refused};
pub use pacific::{Day, NoDay};
pub use question::Question;
pub use record::{Asked, least_gap, most_at_once};
pub use tls::HOSTS;
pub use worker::{PastWork, Worker};

use state::Shared;
use tls::{Identity, TlsListener};

/// How a market starts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// The port on 127.0.0.1; 0 lets the system choose one.
    pub port: u16,
    /// How pages are served at first.
    pub behaviour: Behaviour,
}

/// A running market. It is shut down when it is dropped.
pub struct Market {
    shared: Arc<Shared>,
    port: u16,
    certificate_der: Vec<u8>,
    serving: JoinHandle<()>,
}

impl Market {
    /// Binds to loopback and serves over TLS, with a self-signed certificate for [`HOSTS`].
    pub async fn start(options: Options) -> io::Result<Self> {
        let identity = Identity::new()?;
        let tcp = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let port = tcp.local_addr()?.port();
        let shared = Arc::new(Shared::new(options.behaviour));
        let certificate_der = identity.certificate.to_vec();
        let listener = TlsListener::new(tcp, &identity)?;
        let router = routes::router(Arc::clone(&shared));
        let serving = tokio::spawn(async move {
            // Serving ends with the task; there is no error that it could return.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { shared, port, certificate_der, serving })
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Serves pages so from the next request on. Open pages stay as they are.
    pub fn set(&self, behaviour: Behaviour) {
        self.shared.set(behaviour);
    }

    /// How pages are served at present.
    pub fn behaviour(&self) -> Behaviour {
        Behaviour::clone(&self.shared.served().behaviour)
    }

    /// The account of the worker who is signed in, on the production site.
    pub fn worker(&self) -> Worker {
        self.account(Account::production(&self.shared.served().behaviour.worker_id))
    }

    /// An account. Who has never been here has an empty ledger, but for the tasks that the behaviour lays into queues.
    pub fn account(&self, account: Account) -> Worker {
        Worker::new(Arc::clone(&self.shared), account)
    }

    /// The market's own time, in seconds since 1970. Browsers have theirs.
    pub fn now(&self) -> i64 {
        self.shared.now()
    }

    /// Sets the market's clock forward by so many seconds, or back. Tasks expire by it; timers of open pages do not
    /// know of it.
    pub fn advance(&self, secs: i64) {
        self.shared.advance(secs);
    }

    /// Empties all ledgers, sets the clock right and counts failures anew. The record of requests goes on.
    pub fn start_over(&self) {
        self.shared.start_over();
    }

    /// Every request so far, in order: `GET /projects?page_size=20`. Those for other hosts than the site's have their
    /// origin: `GET https://www.amazon.com/ap/signin`.
    pub fn requests(&self) -> Vec<String> {
        self.asked().iter().map(Asked::line).collect()
    }

    /// The same with all that is known of them.
    pub fn asked(&self) -> Vec<Asked> {
        self.shared.record.all()
    }

    /// The certificate, for clients that shall trust it.
    pub fn certificate_der(&self) -> &[u8] {
        &self.certificate_der
    }
}

impl Drop for Market {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
