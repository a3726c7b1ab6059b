//! What a journey moves in: a browser, the market, and the circumstances of this trial.

use crate::background;
use crate::browser::{Browser, Kind, Setup};
use crate::{evidence, look};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::fmt;
use std::path::PathBuf;
use wagelight_market::{Behaviour, Csp as Policy, Market, Options};

/// The policy that the site's pages are sent with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Csp {
    /// None: the core runs in the content script.
    None,
    /// `default-src 'none'`: Chromium compiles no wasm there, so that the core runs in the background.
    DefaultSrcNone,
}

/// What becomes of the background while a journey goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Background {
    /// It lives as long as the browser lets it.
    LeftAlone,
    /// It is dead at the beginning of every step.
    KilledBetweenSteps,
}

impl Csp {
    /// As the market names it. The page's own script runs in both cases, as on the site.
    fn policy(self) -> Policy {
        match self {
            Self::None => Policy::None,
            Self::DefaultSrcNone => Policy::StrictNonce,
        }
    }
}

impl fmt::Display for Csp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "no_csp",
            Self::DefaultSrcNone => "default_src_none",
        })
    }
}

impl fmt::Display for Background {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LeftAlone => "left_alone",
            Self::KilledBetweenSteps => "killed",
        })
    }
}

/// The circumstances of one trial.
#[derive(Debug, Clone)]
pub(crate) struct Circumstances {
    /// The trial's whole name.
    pub(crate) trial: String,
    /// The market's policy.
    pub(crate) csp: Csp,
    /// What becomes of the background.
    pub(crate) background: Background,
}

/// What a journey moves in.
pub(crate) struct World {
    /// The browser, with one empty tab at the beginning of a journey.
    pub(crate) browser: Browser,
    /// The market that the sites' host names lead to.
    pub(crate) market: Market,
    behaviour: Behaviour,
    /// How many requests the market had seen when this journey began.
    requests_before: usize,
    circumstances: Circumstances,
    setup: Setup,
    step: String,
    /// The journey has changed what no preparation undoes: the next one gets a new world.
    pub(crate) spent: bool,
}

impl World {
    /// Starts market and browser.
    pub(crate) async fn start(
        kind: Kind,
        wanted: impl Fn(u16) -> Setup,
        trial: Circumstances,
    ) -> Result<Self> {
        let market = Market::start(Options::default()).await?;
        let setup = wanted(market.port());
        let browser = Browser::start(kind, setup).await?;
        let (behaviour, step) = (Behaviour::default(), "start".to_owned());
        Ok(Self {
            browser,
            market,
            behaviour,
            requests_before: 0,
            circumstances: trial,
            setup,
            step,
            spent: false,
        })
    }

    /// With what the browser was started.
    pub(crate) fn setup(&self) -> Setup {
        self.setup
    }

    /// Makes a used world as new: one empty tab, nothing stored, the usual view, the market as the trial wants it.
    pub(crate) async fn prepare(&mut self, trial: Circumstances) -> Result<()> {
        self.circumstances = trial;
        "prepare".clone_into(&mut self.step);
        self.market.start_over();
        let csp = self.circumstances.csp.policy();
        self.market_behaves(|behaviour| *behaviour = Behaviour { csp, ..Behaviour::default() });
        self.browser.only_one_tab().await?;
        look::theme(&self.browser, look::Theme::Light).await?;
        look::usual_view(&self.browser).await?;
        self.clear_storage().await?;
        background::kill(&self.browser).await?;
        self.browser.forget_console().await?;
        self.requests_before = self.market.requests().len();
        Ok(())
    }

    /// What must hold at the end of every journey: nothing of ours went wrong on the way.
    pub(crate) async fn finish(&mut self) -> Result<()> {
        "finish".clone_into(&mut self.step);
        let errors = self.browser.errors_of_ours().await?;
        ensure!(errors.is_empty(), "the console shows errors of the extension: {errors:#?}");
        Ok(())
    }

    /// Changes how the market serves pages from the next request on.
    pub(crate) fn market_behaves(&mut self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.behaviour);
        self.market.set(self.behaviour.clone());
    }

    /// What was asked of the market since this journey began.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.market.requests().into_iter().skip(self.requests_before).collect()
    }

    /// Everything that the extension stored goes, as in a fresh profile.
    pub(crate) async fn clear_storage(&self) -> Result<()> {
        // A database that the background still holds open cannot be deleted.
        background::kill(&self.browser).await?;
        self.browser.goto(&self.browser.extension_url(self.setup.subject.page())).await?;
        let failed = self.browser.execute_async(include_str!("clear_storage.js"), vec![]).await?;
        ensure!(failed.is_null(), "clearing the extension's storage: {failed}");
        self.browser.goto("about:blank").await
    }

    /// Begins a step. Where the trial says so, the background is dead at its beginning.
    pub(crate) async fn step(&mut self, name: &str) -> Result<()> {
        name.clone_into(&mut self.step);
        match self.circumstances.background {
            Background::LeftAlone => Ok(()),
            Background::KilledBetweenSteps => background::kill(&self.browser).await,
        }
    }

    /// Goes to a page of the site, such as `/projects`.
    pub(crate) async fn open(&self, path: &str) -> Result<()> {
        self.browser.goto(&format!("https://worker.mturk.com{path}")).await
    }

    /// Goes to a page of the extension, such as `pages/popup.html`.
    pub(crate) async fn open_extension(&self, path: &str) -> Result<()> {
        self.browser.goto(&self.browser.extension_url(path)).await
    }

    /// Keeps a picture of what the tab shows, to be looked at.
    pub(crate) async fn picture(&self, name: &str) -> Result<()> {
        let folder = self.folder()?;
        self.browser.screenshot(&folder.join(format!("{name}.png"))).await
    }

    /// Where this trial's pictures and evidence lie.
    pub(crate) fn folder(&self) -> Result<PathBuf> {
        evidence::folder(&self.circumstances.trial)
    }

    /// Says where a journey failed and saves what there is to see.
    pub(crate) async fn explain(&self, error: anyhow::Error) -> anyhow::Error {
        let saved = match evidence::save(self).await {
            Ok(folder) => format!("evidence in {}", folder.display()),
            Err(error) => format!("no evidence: {error:#}"),
        };
        error.context(format!("in step {:?}; {saved}", self.step))
    }

    /// Runs a script in the page's own world that returns a value.
    pub(crate) async fn page<T: serde::de::DeserializeOwned>(&self, script: &str) -> Result<T> {
        let value = self.browser.execute(script, vec![]).await?;
        serde_json::from_value(value.clone()).with_context(|| format!("{script} gave {value}"))
    }

    /// Dispatches an event on the page's window, such as `market:redraw`.
    pub(crate) async fn page_event(&self, name: &str) -> Result<()> {
        self.browser.execute("window.dispatchEvent(new Event(arguments[0]))", vec![json!(name)]).await?;
        Ok(())
    }
}
