//! How the page is looked at: light or dark, wide or narrow, enlarged.

use crate::browser::{Browser, Kind};
use crate::wait;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// The colours a person asked their system for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// Dark text on light ground.
    Light,
    /// Light text on dark ground.
    Dark,
}

/// Sets the colours for the current tab (Chromium) or for all tabs (Firefox).
pub(crate) async fn theme(browser: &Browser, theme: Theme) -> Result<()> {
    match browser.kind() {
        Kind::Chromium => {
            let value = if theme == Theme::Dark { "dark" } else { "light" };
            let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
            browser.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
        }
        Kind::Firefox => {
            let value = i32::from(theme == Theme::Light);
            let script = r#"
                const [value, done] = arguments;
                Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", value);
                done();
            "#;
            browser.privileged(script, vec![json!(value)]).await?;
        }
    }
    let wanted = theme == Theme::Dark;
    wait::until("the colours to change", async || {
        let dark =
            browser.execute("return matchMedia('(prefers-color-scheme: dark)').matches", vec![]).await?;
        Ok((dark == json!(wanted)).then_some(()))
    })
    .await
}

/// Makes the page this many CSS pixels wide at a zoom of `percent`, and 900 screen pixels high.
///
/// As a person's zoom does, a zoom of 200 % leaves half the CSS pixels in the same window: `width` is what is left.
pub(crate) async fn view(browser: &Browser, width: u32, percent: u32) -> Result<()> {
    let factor = f64::from(percent) / 100.0;
    match browser.kind() {
        Kind::Chromium => {
            let metrics = json!({
                "width": width, "height": 90_000 / percent, "deviceScaleFactor": factor, "mobile": false,
            });
            browser.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        }
        Kind::Firefox => {
            let script = r#"
                const [factor, done] = arguments;
                const tab = globalThis.gBrowser ?? Services.wm.getMostRecentWindow("navigator:browser").gBrowser;
                tab.selectedBrowser.browsingContext.fullZoom = factor;
                done();
            "#;
            browser.privileged(script, vec![json!(factor)]).await?;
            let window = width * percent / 100;
            browser.driver()?.set_window_rect(0, 0, window, 900).await?;
            // The window's frame takes some; and a window has a least width, which is an error here.
            let frame =
                u64::from(window).saturating_sub(css_width(browser).await? * u64::from(percent) / 100);
            browser.driver()?.set_window_rect(0, 0, window + u32::try_from(frame)?, 900).await?;
        }
    }
    let became = wait::until("the view to change", async || {
        let is = css_width(browser).await?;
        ensure!(is.abs_diff(u64::from(width)) <= 1, "the page is {is} pixels wide, not {width}");
        Ok(Some(is))
    });
    became.await.map(drop)
}

async fn css_width(browser: &Browser) -> Result<u64> {
    let width: Value = browser.execute("return window.innerWidth", vec![]).await?;
    width.as_u64().context("no width")
}

/// The view a browser starts with.
pub(crate) async fn usual_view(browser: &Browser) -> Result<()> {
    view(browser, 1280, 100).await
}
