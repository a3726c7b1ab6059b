//! The longest slice of main-thread work while a page is drawn.
//!
//! A heartbeat of messages runs in the page, and the longest stretch without a beat counts, from the page's own rows
//! to the last chip; the browser's layout and painting, which come in stretches of their own, do not. The same with the
//! floor, which does all in one piece, and with no extension at all, which shows what is not ours.

use super::Effort;
use super::rounds::Rounds;
use super::scene::{Come, Drawn, Page, Scene};
use super::table::{Budget, Line, Table};
use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::json;

const LONGEST_MS: f64 = 16.0;

#[derive(Debug, Deserialize)]
struct Slice {
    longest: Option<f64>,
}

/// Ours, and beside it in the column of the floor what there is without any extension.
pub(super) async fn measure(scene: &mut Scene, rows: u32, effort: Effort, table: &mut Table) {
    let line = Line::of(scene, "longest slice (floor: no extension)", "ms").rows(rows);
    let line = line.budget(Budget::AtMost(LONGEST_MS));
    let line = match figures(scene, rows, effort.other()).await {
        Ok((ours, without)) => line.medians(&ours, &without),
        Err(error) => line.failed(&error),
    };
    table.add(line);
}

async fn figures(scene: &Scene, rows: u32, mut rounds: Rounds) -> Result<(Vec<f64>, Vec<f64>)> {
    let (mut ours, mut without) = (Vec::new(), Vec::new());
    while rounds.next() {
        ours.push(once(scene, Drawn::Ours, rows).await?);
        without.push(once(scene, Drawn::Nothing, rows).await?);
    }
    Ok((ours, without))
}

async fn once(scene: &Scene, drawn: Drawn, rows: u32) -> Result<f64> {
    scene.open(Page { drawn, rows, come: Come::AfterScript, recorder: "&beat=1" }).await?;
    let slice: Slice = scene.ask("slice", json!({ "draws": drawn != Drawn::Nothing })).await?;
    slice.longest.context("not all chips came")
}
