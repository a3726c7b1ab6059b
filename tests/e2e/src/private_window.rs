//! A private window, in which the worker allowed the extensions.

use crate::browser::{Browser, Kind};
use crate::wait;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// The switch of Firefox's page of add-ons.
const ALLOW_IN_FIREFOX: &str = r#"
    const [ids, done] = arguments;
    const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
    const { AddonManager } = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
    (async () => {
        for (const id of ids) {
            await ExtensionPermissions.add(id, { permissions: ["internal:privateBrowsingAllowed"], origins: [] });
            await (await AddonManager.getAddonByID(id)).reload();
        }
    })().then(() => done(null), (error) => done(String(error)));
"#;

/// The switch of Chromium's page of extensions.
const ALLOW_IN_CHROMIUM: &str = r"
    const [ids, done] = arguments;
    const allow = (extensionId) => chrome.developerPrivate.updateExtensionConfiguration({ extensionId, incognitoAccess: true });
    Promise.all(ids.map(allow)).then(() => done(null), (error) => done(String(error)));
";

const OPEN_IN_FIREFOX: &str = r#"
    const done = arguments[0];
    const opened = Services.wm.getMostRecentWindow("navigator:browser").OpenBrowserWindow({ private: true });
    opened.addEventListener("load", () => done(null), { once: true });
"#;

const OPEN_IN_CHROMIUM: &str = r#"
    const done = arguments[0];
    chrome.windows.create({ incognito: true, url: "about:blank" }).then(() => done(null), (error) => done(String(error)));
"#;

/// Allows all installed extensions in private windows, opens one and goes into it. Returns the tab that it left.
pub(crate) async fn open(browser: &Browser) -> Result<thirtyfour::WindowHandle> {
    let ids = json!(browser.extension_ids()?);
    let left = browser.driver()?.window().await?;
    let before = browser.driver()?.windows().await?;
    match browser.kind() {
        Kind::Firefox => {
            succeeded(&browser.privileged(ALLOW_IN_FIREFOX, vec![ids]).await?)?;
            succeeded(&browser.privileged(OPEN_IN_FIREFOX, vec![]).await?)?;
        }
        Kind::Chromium => {
            browser.goto("chrome://extensions").await?;
            succeeded(&browser.execute_async(ALLOW_IN_CHROMIUM, vec![ids]).await?)?;
            browser.goto(&browser.extension_url("pages/popup.html")).await?;
            succeeded(&browser.execute_async(OPEN_IN_CHROMIUM, vec![]).await?)?;
        }
    }
    let private = wait::until("a private window", async || {
        let now = browser.driver()?.windows().await?;
        Ok(now.into_iter().find(|window| !before.contains(window)))
    })
    .await?;
    browser.switch_to(&private).await?;
    Ok(left)
}

fn succeeded(told: &Value) -> Result<()> {
    ensure!(told.is_null(), "{}", told.as_str().context("no word of it")?);
    Ok(())
}
