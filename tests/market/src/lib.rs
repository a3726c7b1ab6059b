//! A stand-in for `worker.mturk.com` and `workersandbox.mturk.com` on loopback.
//!
//! Tests, the benchmark and the demo open it under the sites' own host names. Its markup and props are those that
//! are attested for the site; its listing is made up, or a recorded one where there is one. It answers what the
//! page and its script ask for and keeps a record of it, so that a test can prove that an extension asks for nothing.

mod behaviour;
mod clock;
mod controls;
mod escape;
mod group;
mod hostile;
mod invented;
mod listing;
mod page;
mod queue;
mod routes;
mod rows;
mod tls;
mod work;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use behaviour::{Behaviour, Csp, Hostile, Listing, Nodes, Redraw, Rows, SignIn, Titles};
pub use escape::{html, react_class, react_root, unescape};
pub use group::{CallerValue, Group, LocaleValue, QualificationType, RequesterInfo, Requirement, Reward};
pub use invented::listing as invented_listing;
pub use tls::HOSTS;

use routes::Shared;
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

    /// Every request so far, in order: `GET /projects?page_size=20`.
    pub fn requests(&self) -> Vec<String> {
        self.shared.requests()
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
