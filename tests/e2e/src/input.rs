//! Pointer and keys as a person uses them: events that the browser itself marks as trusted.

use crate::browser::{Browser, Kind};
use crate::probe::{self, Rect};
use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use thirtyfour::action_chain::ActionChain;
use thirtyfour::{Key, TypingData};

#[derive(Deserialize)]
struct Hit {
    reached: bool,
    by: Option<String>,
}

fn actions(browser: &Browser) -> Result<ActionChain> {
    // No slow motion: the pointer is there at once.
    Ok(browser.driver()?.action_chain_with_delay(None, Some(Duration::ZERO)))
}

/// Somebody is at the machine. What a driver types and clicks is no input to Firefox, which after a minute says that
/// nobody is there.
pub(crate) async fn somebody_is_there(browser: &Browser) -> Result<()> {
    if browser.kind() == Kind::Chromium {
        return Ok(());
    }
    let script = r#"
        const done = arguments[0];
        const { classes, interfaces } = Components;
        const service = classes["@mozilla.org/widget/useridleservice;1"];
        service.getService(interfaces.nsIUserIdleServiceInternal).resetIdleTimeOut(0);
        done(null);
    "#;
    browser.privileged(script, vec![]).await.map(drop)
}

/// Scrolls an element into view, makes sure that nothing covers its middle, and gives that point.
async fn aim(browser: &Browser, number: u32) -> Result<(i64, i64)> {
    let rect: Rect = probe::ask(browser, "reveal", json!({ "number": number })).await?;
    let hit: Hit = probe::ask(browser, "hit", json!({ "number": number })).await?;
    ensure!(hit.reached, "a pointer at the middle of the element would meet {:?}", hit.by);
    Ok((whole(rect.x + rect.width / 2.0), whole(rect.y + rect.height / 2.0)))
}

/// The pixel that a point lies in.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "coordinates of a window")]
fn whole(coordinate: f64) -> i64 {
    coordinate.floor() as i64
}

/// Clicks the middle of an element that the probe has shown.
pub(crate) async fn click(browser: &Browser, number: u32) -> Result<()> {
    let (x, y) = aim(browser, number).await?;
    Ok(actions(browser)?.move_to(x, y).click().perform().await?)
}

/// Rests the pointer on the middle of an element that the probe has shown.
pub(crate) async fn hover(browser: &Browser, number: u32) -> Result<()> {
    let (x, y) = aim(browser, number).await?;
    Ok(actions(browser)?.move_to(x, y).perform().await?)
}

/// Moves the pointer into the upper left corner, away from everything.
pub(crate) async fn leave(browser: &Browser) -> Result<()> {
    Ok(actions(browser)?.move_to(0, 0).perform().await?)
}

/// Presses Tab while Shift is held.
pub(crate) async fn tab_back(browser: &Browser) -> Result<()> {
    let (shift, tab) = (char::from(Key::Shift), char::from(Key::Tab));
    Ok(actions(browser)?.key_down(shift).send_keys(tab.to_string()).key_up(shift).perform().await?)
}

/// Presses and releases keys, wherever the focus is.
pub(crate) async fn press(browser: &Browser, keys: impl Into<TypingData>) -> Result<()> {
    Ok(actions(browser)?.send_keys(keys).perform().await?)
}
