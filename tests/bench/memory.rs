//! What a page of 1,000 rows weighs in memory.
//!
//! Chromium: the heap of the page's process after garbage was collected, scripts' objects, the page's nodes and buffers
//! (wasm memory is one). Firefox: what its memory reporters count as allocated on purpose ("explicit") in that process.

use super::scene::{Come, Drawn, Page, Scene, nothing};
use super::statistics::median;
use super::table::{Line, Table};
use crate::browser::Kind;
use anyhow::{Context, Result};
use serde_json::{Value, json};

const ROWS: u32 = 1_000;
const RUNS: u32 = 3;

/// More than the same page without an extension, ours beside the floor.
pub(super) async fn measure(scene: &mut Scene, table: &mut Table) {
    let line = Line::of(scene, "memory of the page's process, more than bare", "kB").rows(ROWS);
    table.add(match figures(scene).await {
        Ok([ours, floor, bare]) => {
            let more = |figures: &[f64]| Some(median(figures)? - median(&bare)?);
            line.ours(more(&ours)).floor(more(&floor))
        }
        Err(error) => line.failed(&error),
    });
}

async fn figures(scene: &Scene) -> Result<[Vec<f64>; 3]> {
    let mut found = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        for (drawn, into) in [Drawn::Ours, Drawn::Floor, Drawn::Nothing].into_iter().zip(&mut found) {
            // By way of a page without a process of the site's: the page before must not be counted.
            scene.browser.goto("about:blank").await?;
            scene.open(Page { drawn, rows: ROWS, come: Come::AfterScript, recorder: "" }).await?;
            if drawn == Drawn::Nothing {
                scene.ask::<Value>("listed", nothing()).await?;
            } else {
                scene.ask::<Value>("paint", nothing()).await?;
            }
            into.push(kilobytes(scene).await?);
        }
    }
    Ok(found)
}

async fn kilobytes(scene: &Scene) -> Result<f64> {
    let browser = &scene.browser;
    let bytes = match browser.kind() {
        Kind::Chromium => {
            browser.devtools("HeapProfiler.collectGarbage", nothing()).await?;
            let usage = browser.devtools("Runtime.getHeapUsage", json!({})).await?;
            let part = |name: &str| usage.get(name).and_then(Value::as_f64).unwrap_or_default();
            let used = usage.get("usedSize").and_then(Value::as_f64).context("no heap usage")?;
            used + part("embedderHeapUsedSize") + part("backingStorageSize")
        }
        Kind::Firefox => {
            let told = browser.privileged(include_str!("firefox_memory.js"), vec![]).await?;
            told.as_f64().with_context(|| format!("no memory reports: {told}"))?
        }
    };
    Ok(bytes / 1_000.0)
}
