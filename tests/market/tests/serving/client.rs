//! A client as small as a request is: one connection, one answer.

use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use wagelight_market::{Market, html, react_class, unescape};

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A request: what a browser would send, so far as the market looks at it.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) host: &'a str,
    pub(crate) path: &'a str,
    /// More lines of the head, each with its line end.
    pub(crate) head: &'a str,
    /// The body of a form; with one, it is a POST.
    pub(crate) form: Option<&'a str>,
}

impl<'a> Ask<'a> {
    pub(crate) fn of(path: &'a str) -> Self {
        Self { host: "worker.mturk.com", path, head: "", form: None }
    }
}

/// Asks `worker.mturk.com` for a path and query.
pub(crate) async fn get(market: &Market, path: &str) -> Answer {
    ask(market, Ask::of(path)).await
}

/// Asks any of the hosts. The certificate is checked against the host name.
pub(crate) async fn ask(market: &Market, ask: Ask<'_>) -> Answer {
    let Ask { host, path, head, form } = ask;
    let mut tls = connect(market, host).await;
    let path = path.replace('[', "%5B").replace(']', "%5D");
    let method = if form.is_some() { "POST" } else { "GET" };
    let body = form.unwrap_or_default();
    let of_form = form.map_or_else(String::new, |body| {
        format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n", body.len())
    });
    let request =
        format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{head}{of_form}\r\n{body}");
    tls.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    // Servers may end without a TLS goodbye; the length is checked below.
    let _ = tls.read_to_end(&mut bytes).await;
    read(&String::from_utf8(bytes).unwrap())
}

async fn connect(market: &Market, host: &str) -> TlsStream<TcpStream> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(market.certificate_der().to_vec())).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let tcp = TcpStream::connect(("127.0.0.1", market.port())).await.unwrap();
    let name = ServerName::try_from(host.to_owned()).unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, tcp).await.unwrap()
}

/// An address of a task's frame or form: its host, and its path with the query.
pub(crate) fn split(address: &str) -> (&str, &str) {
    let rest = address.strip_prefix("https://").expect("an address of https");
    let at = rest.find('/').expect("a path");
    rest.split_at(at)
}

/// What stands between two texts, unescaped.
pub(crate) fn between(body: &str, before: &str, after: &str) -> String {
    let rest = body.split_once(before).unwrap_or_else(|| panic!("no {before} in {body}")).1;
    unescape(rest.split_once(after).expect("an end").0)
}

fn read(text: &str) -> Answer {
    let (head, body) = text.split_once("\r\n\r\n").expect("an answer has a head");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap().parse().unwrap();
    let head: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let answer = Answer { status, head, body: body.to_owned() };
    let length: usize = answer.header("content-length").unwrap().parse().unwrap();
    assert_eq!(length, answer.body.len(), "the answer is whole");
    answer
}

/// The props of every root of a component, as `getAttribute` gives them.
pub(crate) fn props_of(body: &str, component: &str) -> Vec<String> {
    let start = format!("data-react-class=\"{}\" data-react-props=\"", html(&react_class(component)));
    body.split(&start).skip(1).map(|rest| unescape(rest.split('"').next().unwrap())).collect()
}

/// Rows that stand in the page itself.
pub(crate) fn drawn_rows(body: &str) -> usize {
    rows(body) - template_rows(body)
}

/// Rows that the page's script can draw.
pub(crate) fn template_rows(body: &str) -> usize {
    let templates = body.split("<template data-rows>").skip(1);
    templates.map(|rest| rows(rest.split("</template>").next().unwrap())).sum()
}

fn rows(html: &str) -> usize {
    html.matches("<li class=\"table-row ").count()
}
