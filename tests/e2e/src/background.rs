//! Killing the background, as a browser does about 30 seconds after the last event.

use crate::browser::{Browser, Kind, running_workers};
use crate::wait;
use anyhow::{Result, ensure};
use serde_json::json;
use std::cell::Cell;

/// So many looks a life is left at most: some seconds.
const LONGEST: u32 = 128;

/// Whether the background of the extension under test runs now.
pub(crate) async fn is_alive(browser: &Browser) -> Result<bool> {
    match browser.kind() {
        Kind::Chromium => Ok(!running_workers(browser).await?.is_empty()),
        Kind::Firefox => Ok(state(browser).await? != "stopped"),
    }
}

/// Ends the background of the extension under test, and is sure that it is dead when it returns.
///
/// What a page has already sent wakes the next life at once; that one is ended too, until none is left. Each is left
/// twice as long as the one before: a page that waits for an answer asks again until a life was long enough for it.
pub(crate) async fn kill(browser: &Browser) -> Result<()> {
    let (looks, longest) = (Cell::new(0), Cell::new(1));
    wait::until("the background to be dead", async || {
        if !is_alive(browser).await? {
            return Ok(Some(()));
        }
        looks.set(looks.get() + 1);
        if looks.get() < longest.get() {
            return Ok(None);
        }
        looks.set(0);
        longest.set((longest.get() * 2).min(LONGEST));
        match browser.kind() {
            Kind::Chromium => close_workers(browser).await?,
            Kind::Firefox => terminate(browser).await?,
        }
        Ok(None)
    })
    .await
}

async fn close_workers(browser: &Browser) -> Result<()> {
    for worker in running_workers(browser).await? {
        browser.devtools("Target.closeTarget", json!({ "targetId": worker })).await?;
    }
    Ok(())
}

async fn terminate(browser: &Browser) -> Result<()> {
    let script = r#"
        const [id, done] = arguments;
        const { extension } = WebExtensionPolicy.getByID(id);
        // Otherwise a call that is under way would put the end off, as it does for the idle timer.
        extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true })
            .then(() => done(""), (error) => done(String(error)));
    "#;
    let failed = browser.privileged(script, vec![json!(browser.extension_id()?)]).await?;
    ensure!(failed == "", "the background was not ended: {failed}");
    Ok(())
}

/// "starting", "running", "suspending" or "stopped".
async fn state(browser: &Browser) -> Result<String> {
    let script =
        "const [id, done] = arguments; done(WebExtensionPolicy.getByID(id).extension.backgroundState);";
    let state = browser.privileged(script, vec![json!(browser.extension_id()?)]).await?;
    let state = state.as_str().unwrap_or_default().to_owned();
    ensure!(!state.is_empty(), "Firefox no longer tells the state of a background");
    Ok(state)
}
