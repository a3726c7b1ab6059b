//! TLS on loopback with a certificate made at start.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::server::TlsStream;

use crate::question::{HOSTED_HOST, REQUESTER_HOST};

/// The host names the certificate is made for: the site's two, the sign-in page's, those of tasks and where their
/// forms are sent, and the plain ones.
pub const HOSTS: [&str; 8] = [
    "worker.mturk.com",
    "workersandbox.mturk.com",
    "www.amazon.com",
    "www.mturk.com",
    HOSTED_HOST,
    REQUESTER_HOST,
    "localhost",
    "127.0.0.1",
];

/// A certificate and what serves it.
pub(crate) struct Identity {
    pub(crate) certificate: CertificateDer<'static>,
    acceptor: TlsAcceptor,
}

impl Identity {
    /// Makes a key and a self-signed certificate for [`HOSTS`].
    pub(crate) fn new() -> io::Result<Self> {
        let hosts: Vec<String> = HOSTS.iter().map(|&host| host.to_owned()).collect();
        let made = rcgen::generate_simple_self_signed(hosts).map_err(io::Error::other)?;
        let certificate = made.cert.der().clone();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).map_err(io::Error::other)?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)
            .map_err(io::Error::other)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { certificate, acceptor: TlsAcceptor::from(Arc::new(config)) })
    }
}

/// Connections that have finished their handshake.
///
/// Handshakes run beside each other: browsers open connections ahead and let them wait.
pub(crate) struct TlsListener {
    local: SocketAddr,
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    accepting: JoinHandle<()>,
}

impl TlsListener {
    pub(crate) fn new(tcp: TcpListener, identity: &Identity) -> io::Result<Self> {
        let local = tcp.local_addr()?;
        let (done, ready) = mpsc::channel(64);
        let acceptor = identity.acceptor.clone();
        let accepting = tokio::spawn(async move {
            loop {
                let Ok((stream, peer)) = tcp.accept().await else {
                    // Out of file handles, most likely: nothing tells when one is free again.
                    #[expect(clippy::disallowed_methods, reason = "a pause, so as not to spin")]
                    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                    continue;
                };
                let (acceptor, done) = (acceptor.clone(), done.clone());
                tokio::spawn(async move {
                    if stream.set_nodelay(true).is_ok()
                        && let Ok(tls) = acceptor.accept(stream).await
                    {
                        // A closed channel means that the market has been shut down.
                        let _ = done.send((tls, peer)).await;
                    }
                });
            }
        });
        Ok(Self { local, ready, accepting })
    }
}

impl Drop for TlsListener {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.local)
    }
}
