//! A real browser with the extension in it, driven through `WebDriver`.

mod chromium;
mod firefox;

pub(crate) use chromium::running_workers;

use crate::package::{Package, root};
use crate::process::{self, DriverProcess};
use crate::wait;
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use tempfile::TempDir;
use thirtyfour::common::command::{Command as WireCommand, ExtensionCommand};
use thirtyfour::{WebDriver, WindowHandle};

/// Which browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// Chromium, through chromedriver.
    Chromium,
    /// Firefox ESR, through geckodriver.
    Firefox,
}

impl Kind {
    /// Both, in the order of the matrix.
    pub(crate) const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// Whether it is on this machine, or was named by its environment variable.
    pub(crate) fn is_installed(self) -> bool {
        let binary = match self {
            Self::Chromium => chromium::binary(),
            Self::Firefox => firefox::binary(),
        };
        Path::new(binary.get_program()).exists()
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        })
    }
}

/// Which extension is under test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Ours, as packed in `dist/`.
    Wagelight,
    /// The same, but with a probe that never compiles, so that the core runs in the background on every page. Firefox
    /// has no page that makes it do so.
    WagelightInBackground,
    /// The same, but with another script in a page of its own, which asks the core as the background does and says how
    /// long that took.
    WagelightMeasured,
    /// Ours, built to panic on request: `./build.sh test` makes it before the journeys.
    Fault,
    /// The small one in `specimen/`, with which the harness proves itself.
    Specimen,
}

impl Subject {
    /// A page of the extension, to work on its storage from.
    pub(crate) fn page(self) -> &'static str {
        match self {
            Self::Wagelight | Self::WagelightInBackground | Self::WagelightMeasured | Self::Fault => {
                "pages/popup.html"
            }
            Self::Specimen => "page.html",
        }
    }
}

/// How long the extension stays installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Install {
    /// Until the browser ends (in Firefox; Chromium loads it again at every start).
    Temporary,
    /// Across restarts.
    Permanent,
}

/// Which of the test's own extensions are installed beside ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// The probe, which reads everything drawn.
    Probe,
    /// The benchmark's: one that notes times, and the floor. Clocks are as exact as the browser has them.
    Meters,
    /// None.
    Nothing,
}

/// Whether a person can see the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Window {
    /// Headless.
    Hidden,
    /// On the display.
    Shown,
}

/// With what a browser is started.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setup {
    /// Where the market listens on 127.0.0.1; the sites' host names lead there.
    pub(crate) market_port: u16,
    /// The extension under test.
    pub(crate) subject: Subject,
    /// For how long it is installed.
    pub(crate) install: Install,
    /// What is installed with it.
    pub(crate) beside: Beside,
    /// Whether it can be seen.
    pub(crate) window: Window,
}

/// A running browser. [`Browser::close`] ends it politely; a drop ends it anyhow.
#[derive(Debug)]
pub(crate) struct Browser {
    kind: Kind,
    setup: Setup,
    ours: Package,
    beside: Vec<Package>,
    /// `None` only while there is no session: between the end of one and the start of the next.
    driver: Option<WebDriver>,
    process: u32,
    /// What Chromium's console said before and will not say again.
    heard: Mutex<Vec<Entry>>,
    // Dropped in this order: the driver before the folder it works in.
    driver_process: DriverProcess,
    place: TempDir,
}

impl Browser {
    /// Starts driver and browser with a profile of their own, and installs extension and probe.
    pub(crate) async fn start(kind: Kind, setup: Setup) -> Result<Self> {
        let place = TempDir::with_prefix("wagelight-e2e-")?;
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let at = place.path().join("ours");
        let ours = match setup.subject {
            Subject::Wagelight => Package::packed(&packed_zip(kind, "dist"), &at)?,
            Subject::Fault => Package::packed(&packed_zip(kind, "target/fault"), &at)?,
            Subject::WagelightInBackground => Package::edited(&packed_zip(kind, "dist"), &at, fail_probe)?,
            Subject::WagelightMeasured => Package::edited(&packed_zip(kind, "dist"), &at, measure)?,
            Subject::Specimen => Package::folder(&here.join("specimen"), &[], &at)?,
        };
        let axe = root().join("node_modules/axe-core/axe.min.js");
        let beside = match setup.beside {
            Beside::Probe => {
                vec![Package::folder(&here.join("probe"), &[&axe], &place.path().join("probe"))?]
            }
            Beside::Meters => ["recorder", "floor"]
                .map(|name| {
                    Package::folder(&root().join("tests/bench").join(name), &[], &place.path().join(name))
                })
                .into_iter()
                .collect::<Result<_>>()?,
            Beside::Nothing => Vec::new(),
        };
        std::fs::create_dir(place.path().join("profile"))?;
        let log = place.path().join("driver.log");
        let driver_process = match kind {
            Kind::Chromium => chromium::start_driver(log).await?,
            Kind::Firefox => firefox::start_driver(log).await?,
        };
        let heard = Mutex::new(Vec::new());
        let mut browser =
            Self { kind, setup, ours, beside, driver: None, process: 0, heard, driver_process, place };
        browser.open_session().await?;
        browser.install_missing(Install::Temporary).await?;
        Ok(browser)
    }

    async fn open_session(&mut self) -> Result<()> {
        let capabilities = match self.kind {
            Kind::Chromium => chromium::capabilities(self)?,
            Kind::Firefox => firefox::capabilities(self)?,
        };
        let driver = WebDriver::new(self.driver_process.url(), capabilities)
            .await
            .with_context(|| format!("{} does not start", self.kind))?;
        self.process = match self.kind {
            Kind::Chromium => chromium::process(&self.profile())?,
            Kind::Firefox => firefox::process(&driver)?,
        };
        self.driver = Some(driver);
        Ok(())
    }

    /// Firefox gets its add-ons in a running browser; `already` says how ours was installed in this profile before.
    async fn install_missing(&self, already: Install) -> Result<()> {
        if self.kind == Kind::Chromium {
            return Ok(());
        }
        if already == Install::Temporary {
            firefox::install(self, &self.ours, self.setup.install).await?;
        }
        for package in &self.beside {
            firefox::install(self, package, Install::Temporary).await?;
        }
        Ok(())
    }

    /// Which browser this is.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// The `WebDriver` session.
    pub(crate) fn driver(&self) -> Result<&WebDriver> {
        self.driver.as_ref().context("the browser does not run")
    }

    /// The folder in which the browser keeps everything.
    pub(crate) fn profile(&self) -> PathBuf {
        self.place.path().join("profile")
    }

    /// The browser's own process.
    pub(crate) fn process(&self) -> u32 {
        self.process
    }

    /// The browser's version, as it names it.
    pub(crate) fn version(&self) -> Result<String> {
        let named = self.driver()?.capabilities().get("browserVersion").and_then(Value::as_str);
        Ok(named.context("the browser does not name its version")?.to_owned())
    }

    /// What driver and browser printed so far.
    pub(crate) fn printed(&self) -> String {
        std::fs::read_to_string(self.driver_process.log()).unwrap_or_default()
    }

    /// The id under which the browser knows the extension under test.
    pub(crate) fn extension_id(&self) -> Result<String> {
        match self.kind {
            Kind::Chromium => Ok(self.ours.chromium_id()),
            Kind::Firefox => Ok(self.ours.gecko_id()?.to_owned()),
        }
    }

    /// The ids of all installed extensions, the one under test first.
    pub(crate) fn extension_ids(&self) -> Result<Vec<String>> {
        let id_of = |package: &Package| match self.kind {
            Kind::Chromium => Ok(package.chromium_id()),
            Kind::Firefox => package.gecko_id().map(str::to_owned),
        };
        std::iter::once(&self.ours).chain(&self.beside).map(id_of).collect()
    }

    /// The address of a page of the extension under test, such as `pages/popup.html`.
    pub(crate) fn extension_url(&self, path: &str) -> String {
        match self.kind {
            Kind::Chromium => format!("chrome-extension://{}/{path}", self.ours.chromium_id()),
            Kind::Firefox => format!("moz-extension://{}/{path}", firefox::OUR_UUID),
        }
    }

    /// Goes to an address in the current tab and waits for its `load` event.
    pub(crate) async fn goto(&self, url: &str) -> Result<()> {
        self.driver()?.goto(url).await.with_context(|| format!("going to {url}"))
    }

    /// Installs the extension under test anew, with `version` in its manifest, as an update under open pages.
    ///
    /// In Chromium the current tab must be none of the extension's: it closes those.
    pub(crate) async fn update(&mut self, version: &str) -> Result<()> {
        self.ours.set_version(version)?;
        match self.kind {
            Kind::Chromium => {
                let back = self.driver()?.window().await?;
                self.new_tab().await?;
                self.goto(&self.extension_url(self.setup.subject.page())).await?;
                // Later, so that the answer is out before the tab is closed with its extension.
                self.execute("setTimeout(() => chrome.runtime.reload(), 0)", vec![]).await?;
                self.driver()?.switch_to_window(back.clone()).await?;
                self.switch_to(&back).await
            }
            Kind::Firefox => firefox::install(self, &self.ours, self.setup.install).await,
        }
    }

    /// Runs a script in the page's own world and gives back what it returns.
    pub(crate) async fn execute(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver()?.execute(script, arguments).await?.json().clone())
    }

    /// Runs a script that calls its last argument when it is done.
    pub(crate) async fn execute_async(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver()?.execute_async(script, arguments).await?.json().clone())
    }

    /// A command that only this browser's driver knows.
    async fn vendor(&self, endpoint: &'static str, body: Value) -> Result<Value> {
        let command = WireCommand::ExtensionCommand(Box::new(VendorCommand { endpoint, body }));
        Ok(self.driver()?.cmd(command).await?.value_json()?)
    }

    /// A `DevTools` command on the current tab of Chromium.
    pub(crate) async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        ensure!(self.kind == Kind::Chromium, "{command} is a DevTools command of Chromium");
        self.vendor("/goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await
    }

    /// A script with the browser's own rights in Firefox. It calls its last argument when it is done.
    pub(crate) async fn privileged(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        ensure!(self.kind == Kind::Firefox, "privileged scripts are Firefox's");
        self.vendor("/moz/context", json!({ "context": "chrome" })).await?;
        let answer = self.execute_async(script, arguments).await;
        self.vendor("/moz/context", json!({ "context": "content" })).await?;
        answer
    }

    /// Opens a tab and goes into it.
    pub(crate) async fn new_tab(&self) -> Result<WindowHandle> {
        let tab = self.driver()?.new_tab().await?;
        self.switch_to(&tab).await?;
        Ok(tab)
    }

    /// Goes into a tab and brings it to the front.
    pub(crate) async fn switch_to(&self, tab: &WindowHandle) -> Result<()> {
        self.driver()?.switch_to_window(tab.clone()).await?;
        if self.kind == Kind::Chromium {
            self.devtools("Page.bringToFront", json!({})).await?;
        }
        Ok(())
    }

    /// Leaves one empty tab.
    pub(crate) async fn only_one_tab(&self) -> Result<()> {
        let old = self.driver()?.windows().await?;
        let fresh = self.new_tab().await?;
        for tab in old {
            self.driver()?.switch_to_window(tab).await?;
            self.driver()?.close_window().await?;
        }
        self.switch_to(&fresh).await
    }

    /// Ends the browser as a user would and starts it again with the same profile.
    pub(crate) async fn restart(&mut self) -> Result<()> {
        self.end_session().await?;
        self.reopen().await
    }

    /// Ends the browser without a chance to write anything, and starts it again with the same profile.
    pub(crate) async fn kill_and_restart(&mut self) -> Result<()> {
        self.kill().await?;
        self.reopen().await
    }

    /// Ends the browser, all its processes at once, without a chance to write anything.
    pub(crate) async fn kill(&mut self) -> Result<()> {
        let driver = self.driver.take().context("the browser does not run")?;
        process::kill_family(self.process).await?;
        // The driver must learn that its browser is gone, or it refuses the next one; it may answer with an error.
        let _ = driver.cmd(WireCommand::DeleteSession).await;
        let _ = driver.leak();
        Ok(())
    }

    /// Ends the browser as a user would. [`Browser::reopen`] starts it again.
    pub(crate) async fn shut(&mut self) -> Result<()> {
        self.end_session().await
    }

    /// Starts the browser again with the same profile, after it was ended.
    pub(crate) async fn reopen(&mut self) -> Result<()> {
        if self.kind == Kind::Firefox && self.setup.install == Install::Temporary {
            bail!("a temporary add-on does not survive a restart: set Install::Permanent");
        }
        self.open_session().await?;
        self.install_missing(Install::Permanent).await
    }

    async fn end_session(&mut self) -> Result<()> {
        let driver = self.driver.take().context("the browser does not run")?;
        driver.quit().await?;
        let process = self.process;
        wait::until("the browser to end", async || Ok((!process::is_running(process)).then_some(()))).await
    }

    /// Ends browser and driver.
    pub(crate) async fn close(mut self) -> Result<()> {
        if self.driver.is_some() { self.end_session().await } else { Ok(()) }
    }

    /// Saves a picture of what the tab shows.
    pub(crate) async fn screenshot(&self, path: &Path) -> Result<()> {
        let picture = self.driver()?.screenshot_as_png().await?;
        std::fs::write(path, picture).with_context(|| format!("saving {}", path.display()))
    }

    /// The browser's console since [`Browser::forget_console`], as far as the browser gives it.
    pub(crate) async fn console(&self) -> Result<Vec<Entry>> {
        let new = match self.kind {
            Kind::Chromium => chromium::console(self).await?,
            Kind::Firefox => return firefox::console(self).await,
        };
        // Chromium says everything once.
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.extend(new);
        Ok(heard.clone())
    }

    /// Empties the console.
    pub(crate) async fn forget_console(&self) -> Result<()> {
        match self.kind {
            Kind::Chromium => {
                self.console().await?;
                self.heard.lock().unwrap_or_else(PoisonError::into_inner).clear();
                Ok(())
            }
            Kind::Firefox => firefox::forget_console(self).await,
        }
    }

    /// The errors in the console that came from the extension under test.
    pub(crate) async fn errors_of_ours(&self) -> Result<Vec<String>> {
        let origin = self.extension_url("");
        // Firefox says so of whatever a background waited for when it was killed, or a page when it was left; no
        // extension can prevent it.
        let of_death = |text: &str| {
            let ends = [
                "Promise resolved after context unloaded",
                "Promise rejected after context unloaded",
                "Promise resolved while context is inactive",
                "WebExtension context not found!",
            ];
            ends.iter().any(|words| text.contains(words))
        };
        let ours = |entry: &Entry| entry.error && entry.text.contains(&origin) && !of_death(&entry.text);
        Ok(self.console().await?.into_iter().filter(ours).map(|entry| entry.text).collect())
    }
}

/// Something said in the console.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Entry {
    /// Whether it is an error, rather than a warning or a remark.
    pub(crate) error: bool,
    /// What was said, and where.
    pub(crate) text: String,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Without this, the session's own drop would speak to a driver that may hang, and wait for it.
        if let Some(driver) = self.driver.take() {
            let _ = driver.leak();
            if process::is_running(self.process) {
                process::kill_now(self.process);
            }
        }
    }
}

/// The sites' host names, which lead to the market. No other name leads anywhere.
fn hosts() -> impl Iterator<Item = &'static str> {
    wagelight_market::HOSTS.into_iter().filter(|host| !["localhost", "127.0.0.1"].contains(host))
}

#[derive(Debug)]
struct VendorCommand {
    endpoint: &'static str,
    body: Value,
}

impl ExtensionCommand for VendorCommand {
    fn parameters_json(&self) -> Option<Value> {
        Some(self.body.clone())
    }
    fn method(&self) -> http::Method {
        http::Method::POST
    }
    fn endpoint(&self) -> std::sync::Arc<str> {
        self.endpoint.into()
    }
}

/// The package as a store would get it.
fn packed_zip(kind: Kind, folder: &str) -> PathBuf {
    root().join(folder).join(match kind {
        Kind::Chromium => "wagelight-chrome.zip",
        Kind::Firefox => "wagelight-firefox.zip",
    })
}

/// In the copy of a package that must run its core in the background: the first byte of its probe is wrong.
fn fail_probe(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
    if name != "host.js" {
        return Ok(bytes);
    }
    let (probe, failing) = ("[0, 97, 115, 109, 1, 0, 0, 0]", "[1, 97, 115, 109, 1, 0, 0, 0]");
    let script = String::from_utf8(bytes)?;
    ensure!(script.matches(probe).count() == 1, "host.js no longer holds its probe as {probe}");
    Ok(script.replace(probe, failing).into_bytes())
}

/// The page whose script is another one in a package that is measured.
pub(crate) const MEASURING_PAGE: &str = "pages/note.html";

#[expect(clippy::unnecessary_wraps, reason = "as the other edits of a package, of which one can fail")]
fn measure(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
    let script = include_str!("../../bench/history/page.js");
    Ok(if name == "pages/note.js" { script.into() } else { bytes })
}

/// A program from an environment variable, or else the first of `usual` that is there, or else the last by its name.
fn program(variable: &str, usual: &[PathBuf]) -> Command {
    let named = std::env::var_os(variable).map(PathBuf::from);
    let found = named.or_else(|| usual.iter().find(|path| path.exists()).cloned());
    let fallback = || usual.last().and_then(|path| path.file_name()).map(PathBuf::from).unwrap_or_default();
    Command::new(found.unwrap_or_else(fallback))
}
