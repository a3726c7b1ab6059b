//! Loading a file as a worker does.

use super::Scene;
use crate::browser::MEASURING_PAGE;
use crate::wait;
use anyhow::{Result, ensure};
use serde_json::json;
use std::path::Path;
use std::time::Duration;
use thirtyfour::By;

/// A million tasks take their time.
const PATIENCE: Duration = Duration::from_hours(2);

/// Chooses the file on the page of files and loads it.
pub(super) async fn load(scene: &Scene, file: &Path, records: u32) -> Result<()> {
    let browser = &scene.browser;
    browser.goto(&browser.extension_url("pages/files.html")).await?;
    let driver = browser.driver()?;
    let input =
        wait::until("room for a file", async || Ok(Some(driver.find(By::Css("input[type=file]")).await?)));
    input.await?.send_keys(file.to_string_lossy().into_owned()).await?;
    let looked = says(scene, "Load it").await?;
    ensure!(looked.contains("Load it"), "the file is not understood: {looked}");
    driver.find(By::XPath("//button[.='Load it']")).await?.click().await?;
    let loaded = says(scene, "Loaded: ").await?;
    let is_whole = loaded.contains("Loaded: ") && !loaded.contains("not understood");
    ensure!(is_whole, "{records} were not loaded: {}", loaded.replace('\n', " | "));
    Ok(())
}

/// Puts the records of a file into the stores as they are: what loading a million tasks would take, it has no part in
/// what is measured.
pub(super) async fn fill(scene: &Scene, file: &Path) -> Result<()> {
    let browser = &scene.browser;
    browser.goto(&browser.extension_url(MEASURING_PAGE)).await?;
    let driver = browser.driver()?;
    let input =
        wait::until("room for a file", async || Ok(Some(driver.find(By::Css("input[type=file]")).await?)));
    input.await?.send_keys(file.to_string_lossy().into_owned()).await?;
    let told = wait::until_within(PATIENCE, "the stores to be filled", async || {
        let told = browser.execute("return document.body.dataset.told ?? null", vec![]).await?;
        Ok(told.as_str().map(str::to_owned))
    });
    let told = told.await?;
    ensure!(told.contains("bytes"), "the stores were not filled: {told}");
    Ok(())
}

/// What the page says once nothing is under way and it says the words, or else what it says instead.
async fn says(scene: &Scene, words: &str) -> Result<String> {
    wait::until_within(PATIENCE, &format!("the page to say {words:?}"), async || {
        let said = scene.browser.execute_async(include_str!("until.js"), vec![json!(words)]).await?;
        Ok(said.as_str().map(str::to_owned))
    })
    .await
}
