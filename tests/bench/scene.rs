//! A browser with the extension, the recorder and the floor, and the market.

use crate::background;
use crate::browser::{Beside, Browser, Install, Kind, Setup, Subject, Window};
use crate::probe;
use anyhow::Result;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt;
use wagelight_market::{Behaviour, Csp, Listing, Market, Options, Rows};

/// Where the core runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Host {
    /// In the content script: the page has no policy.
    Local,
    /// In the background: in Chromium by the page's policy; in Firefox, where no policy does it, by a copy of the
    /// package whose probe fails.
    Remote,
}

impl Host {
    /// Both.
    pub(super) const ALL: [Self; 2] = [Self::Local, Self::Remote];
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Local => "local",
            Self::Remote => "remote",
        })
    }
}

/// What draws on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawn {
    /// The extension, on the site.
    Ours,
    /// The floor, on the market's own address.
    Floor,
    /// Nothing, on the market's own address.
    Nothing,
}

/// When the rows come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Come {
    /// [`WARM_UP_MS`] after the document, as the site's script needs its time.
    AfterScript,
    /// With the document.
    AtOnce,
}

/// How long the page's script takes to draw its rows: the site's loads and runs some hundred kilobytes before it does.
pub(super) const WARM_UP_MS: u32 = 250;

/// A page to open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    /// What draws on it.
    pub(super) drawn: Drawn,
    /// How many rows it has.
    pub(super) rows: u32,
    /// When they come.
    pub(super) come: Come,
    /// What else the recorder shall do, as the end of an address: `&beat=1`.
    pub(super) recorder: &'static str,
}

/// A browser with all that is needed to measure.
pub(super) struct Scene {
    /// The browser.
    pub(super) browser: Browser,
    /// Where the core runs.
    pub(super) host: Host,
    market: Market,
}

impl Scene {
    /// Starts market and browser.
    pub(super) async fn start(kind: Kind, host: Host) -> Result<Self> {
        let subject = match (host, kind) {
            (Host::Remote, Kind::Firefox) => Subject::WagelightInBackground,
            _ => Subject::Wagelight,
        };
        Self::with(kind, host, (subject, Install::Temporary)).await
    }

    /// Starts market and browser for what needs no page of the site, and may be ended and started again.
    pub(super) async fn of_own_pages(kind: Kind) -> Result<Self> {
        Self::with(kind, Host::Local, (Subject::WagelightMeasured, Install::Permanent)).await
    }

    async fn with(kind: Kind, host: Host, (subject, install): (Subject, Install)) -> Result<Self> {
        let market = Market::start(Options::default()).await?;
        let setup = Setup {
            market_port: market.port(),
            subject,
            install,
            beside: Beside::Meters,
            window: Window::Hidden,
        };
        let browser = Browser::start(kind, setup).await?;
        browser.only_one_tab().await?;
        Ok(Self { browser, host, market })
    }

    /// Opens a page anew.
    pub(super) async fn open(&self, page: Page) -> Result<()> {
        let csp = if self.host == Host::Remote { Csp::StrictNonce } else { Csp::None };
        let rows = match page.come {
            Come::AfterScript => Rows::AfterHydration { delay_ms: WARM_UP_MS },
            Come::AtOnce => Rows::AtOnce,
        };
        let listing = Listing::Invented { size: 1_000, seed: 1 };
        self.market.set(Behaviour { listing, csp, rows, max_page_size: 1_000, ..Behaviour::default() });
        let (base, floor) = match page.drawn {
            Drawn::Ours => ("https://worker.mturk.com".to_owned(), ""),
            Drawn::Floor => (format!("https://127.0.0.1:{}", self.market.port()), "&floor=1"),
            Drawn::Nothing => (format!("https://127.0.0.1:{}", self.market.port()), ""),
        };
        let Page { rows, recorder, .. } = page;
        self.browser.goto(&format!("{base}/projects?page_size={rows}{floor}{recorder}")).await
    }

    /// Asks the recorder in the open page.
    pub(super) async fn ask<T: DeserializeOwned>(&self, what: &str, request: Value) -> Result<T> {
        probe::ask(&self.browser, what, request).await
    }

    /// Ends the background, and is sure that no page wakes it again.
    pub(super) async fn kill_background(&self) -> Result<()> {
        self.browser.goto("about:blank").await?;
        background::kill(&self.browser).await
    }

    /// Asks the background as a page of the extension does, from one that is open.
    pub(super) async fn ask_background(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let answer = self.browser.execute_async(script, arguments).await?;
        match answer.get("failed") {
            Some(why) => anyhow::bail!("{why}"),
            None => Ok(answer),
        }
    }

    /// Goes to a page of the extension.
    pub(super) async fn open_own_page(&self) -> Result<()> {
        self.browser.goto(&self.browser.extension_url("pages/popup.html")).await
    }
}

/// No details.
pub(super) fn nothing() -> Value {
    json!({})
}
