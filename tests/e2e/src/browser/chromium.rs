//! What only Chromium needs.

use super::{Beside, Browser, Entry, Window, hosts, program};
use crate::process::DriverProcess;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use thirtyfour::Capabilities;

pub(super) async fn start_driver(log: PathBuf) -> Result<DriverProcess> {
    let mut command = program("CHROMEDRIVER", &["/usr/bin/chromedriver".into()]);
    DriverProcess::start(command.arg("--port=0"), "started successfully on port ", log).await
}

/// The browser's program.
pub(super) fn binary() -> Command {
    program("CHROMIUM", &["/usr/bin/chromium".into(), "/usr/bin/google-chrome".into()])
}

pub(super) fn capabilities(browser: &Browser) -> Result<Capabilities> {
    let port = browser.setup.market_port;
    let mut rules: Vec<String> = hosts().map(|host| format!("MAP {host} 127.0.0.1:{port}")).collect();
    // Nothing else can be reached, whatever page or browser asks for.
    rules.push("MAP * ~NOTFOUND".to_owned());
    rules.push("EXCLUDE 127.0.0.1".to_owned());
    let packages = std::iter::once(&browser.ours).chain(&browser.beside);
    let folders: Vec<String> =
        packages.map(|package| package.unpacked().to_string_lossy().into_owned()).collect();
    let mut arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--ignore-certificate-errors",
        "--window-size=1280,900",
    ]
    .map(str::to_owned)
    .to_vec();
    // Without it `--load-extension` does nothing.
    let mut switched_off = "DisableLoadExtensionCommandLineSwitch".to_owned();
    if browser.setup.beside == Beside::Meters {
        // Pages that were left would stay in memory and be counted.
        switched_off.push_str(",BackForwardCache");
    }
    arguments.extend([
        format!("--disable-features={switched_off}"),
        format!("--load-extension={}", folders.join(",")),
        format!("--user-data-dir={}", browser.profile().display()),
        format!("--host-resolver-rules={}", rules.join(", ")),
    ]);
    if browser.setup.window == Window::Hidden {
        arguments.push("--headless=new".to_owned());
    }
    let binary = binary();
    let mut capabilities = Capabilities::new();
    capabilities.set("browserName", "chrome")?;
    capabilities.set("acceptInsecureCerts", true)?;
    capabilities.set(
        "goog:chromeOptions",
        json!({ "args": arguments, "binary": binary.get_program().to_string_lossy() }),
    )?;
    capabilities.set("goog:loggingPrefs", json!({ "browser": "ALL" }))?;
    Ok(capabilities)
}

/// The browser's process, from the lock that it keeps in its profile: a link to `host-pid`.
pub(super) fn process(profile: &Path) -> Result<u32> {
    let lock = std::fs::read_link(profile.join("SingletonLock")).context("no lock in the profile")?;
    let name = lock.to_string_lossy();
    let (_, process) = name.rsplit_once('-').context("the lock names no process")?;
    Ok(process.parse()?)
}

/// What pages and content scripts said in the console since this was last asked. Workers are not heard.
pub(super) async fn console(browser: &Browser) -> Result<Vec<Entry>> {
    let entries = browser.driver()?.browser_log().await?;
    let entry = |entry: thirtyfour::BrowserLogEntry| Entry {
        error: entry.level == "SEVERE",
        text: format!("{} {}", entry.level, entry.message),
    };
    Ok(entries.into_iter().map(entry).collect())
}

/// The workers of the extension under test that run now, as `DevTools` lists them.
pub(crate) async fn running_workers(browser: &Browser) -> Result<Vec<String>> {
    let origin = browser.extension_url("");
    let targets = browser.devtools("Target.getTargets", json!({})).await?;
    let targets = targets.get("targetInfos").and_then(Value::as_array).context("no list of targets")?;
    let text =
        |target: &Value, key: &str| target.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let ours = |target: &&Value| {
        text(target, "type") == "service_worker" && text(target, "url").starts_with(&origin)
    };
    Ok(targets.iter().filter(ours).map(|target| text(target, "targetId")).collect())
}
