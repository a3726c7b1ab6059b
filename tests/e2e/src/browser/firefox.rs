//! What only Firefox needs.

use super::{Beside, Browser, Entry, Install, Window, hosts, program};
use crate::package::{Package, root, target};
use crate::process::DriverProcess;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;
use thirtyfour::extensions::addons::firefox::FirefoxTools;
use thirtyfour::{Capabilities, WebDriver};

/// The host part of our pages. Firefox draws one by lot for every profile; a preference fixes it.
pub(super) const OUR_UUID: &str = "0a6e11e5-0000-4000-8000-000000000001";

pub(super) async fn start_driver(log: PathBuf) -> Result<DriverProcess> {
    let usual = [target(), root().join("target")].map(|target| target.join("tools/bin/geckodriver"));
    let mut command = program("GECKODRIVER", &usual);
    // System access: extension pages can be opened, and privileged scripts run.
    command.args(["--allow-system-access", "--port=0", "--websocket-port=0"]);
    DriverProcess::start(&mut command, "Listening on 127.0.0.1:", log).await
}

/// The browser's program.
pub(super) fn binary() -> Command {
    program("FIREFOX", &["/usr/bin/firefox-esr".into(), "/usr/bin/firefox".into()])
}

pub(super) fn capabilities(browser: &Browser) -> Result<Capabilities> {
    let measures = browser.setup.beside == Beside::Meters;
    let uuids = json!({ browser.ours.gecko_id()?: OUR_UUID });
    let preferences = json!({
        "extensions.webextensions.uuids": uuids.to_string(),
        "network.dns.localDomains": hosts().collect::<Vec<_>>().join(","),
        "network.socket.forcePort": format!("443={}", browser.setup.market_port),
        // The release channel wants signatures; ESR can be told not to.
        "xpinstall.signatures.required": false,
        "extensions.autoDisableScopes": 0,
        // Colours follow the preference that `Theme` sets, not the machine.
        "layout.css.prefers-color-scheme.content-override": 1,
        // For the benchmark: clocks are rounded to a millisecond otherwise, and pages that were left kept in memory.
        "privacy.reduceTimerPrecision": !measures,
        "browser.sessionhistory.max_total_viewers": if measures { 0 } else { -1 },
        // What the browser would fetch by itself.
        "app.normandy.enabled": false,
        "browser.safebrowsing.malware.enabled": false,
        "browser.safebrowsing.phishing.enabled": false,
        "datareporting.policy.dataSubmissionEnabled": false,
        "toolkit.telemetry.enabled": false,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "services.settings.server": "data:,",
        "browser.startup.page": 0,
        "browser.sessionstore.resume_from_crash": false,
    });
    let mut arguments = vec!["-profile".to_owned(), browser.profile().to_string_lossy().into_owned()];
    if browser.setup.window == Window::Hidden {
        arguments.push("-headless".to_owned());
    }
    let binary = binary();
    let options = json!({
        "binary": binary.get_program().to_string_lossy(),
        "args": arguments,
        "prefs": preferences,
    });
    let mut capabilities = Capabilities::new();
    capabilities.set("browserName", "firefox")?;
    capabilities.set("acceptInsecureCerts", true)?;
    capabilities.set("moz:firefoxOptions", options)?;
    Ok(capabilities)
}

pub(super) fn process(driver: &WebDriver) -> Result<u32> {
    let process = driver.capabilities().get("moz:processID").and_then(Value::as_u64);
    Ok(process.context("Firefox does not name its process")?.try_into()?)
}

pub(super) async fn install(browser: &Browser, package: &Package, install: Install) -> Result<()> {
    let tools = FirefoxTools::new(browser.driver()?.handle().clone());
    let temporary = install == Install::Temporary;
    let zip = package.zip().to_string_lossy();
    tools.install_addon(&zip, Some(temporary)).await.with_context(|| format!("installing {zip}"))
}

/// What the console has heard since it was last emptied. Ours is what names a file of ours.
pub(super) async fn console(browser: &Browser) -> Result<Vec<Entry>> {
    let told = browser.privileged(include_str!("console.js"), vec![]).await?;
    Ok(serde_json::from_value(told)?)
}

/// Empties the console.
pub(super) async fn forget_console(browser: &Browser) -> Result<()> {
    let script = r#"
        Services.console.reset();
        Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage).clearEvents();
        arguments[0]();
    "#;
    browser.privileged(script, vec![]).await.map(drop)
}
