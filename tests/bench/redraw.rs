//! The page draws its list again, a hundred times.

use super::scene::{Come, Drawn, Page, Scene};
use super::statistics::median;
use super::table::{Budget, Line, Table};
use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::json;

#[derive(Debug, Deserialize)]
struct Redrawn {
    rows: u32,
    times: u32,
    lost: u32,
    doubled: u32,
    writes: u32,
    took: Vec<f64>,
}

/// With new nodes for every row, and with the same nodes written anew.
pub(super) async fn measure(scene: &mut Scene, rows: u32, table: &mut Table) {
    // A thousand rows a hundred times would take minutes and tell nothing more.
    let times = if rows > 100 { 10 } else { 100 };
    let name = |what: &str| format!("{times} redraws, {what}");
    for (nodes, how) in [("recreate", "new rows"), ("keep", "same rows")] {
        if nodes == "keep" && rows > 100 {
            continue;
        }
        let line = |what: &str, unit| Line::of(scene, &name(&format!("{how}: {what}")), unit).rows(rows);
        match redraw(scene, rows, times, nodes).await {
            Ok(seen) => {
                let broken = f64::from(seen.lost + seen.doubled + (times - seen.times));
                table.add(line("chips lost or doubled", "").ours(Some(broken)).budget(Budget::AtMost(0.0)));
                let drawn_rows = f64::from(seen.rows) * f64::from(seen.times.max(1));
                let writes = line("our writes a row", "").ours(Some(f64::from(seen.writes) / drawn_rows));
                // Rows that did not change need no write of ours.
                let limit = if nodes == "keep" { Budget::AtMost(0.0) } else { Budget::None };
                table.add(writes.budget(limit));
                if nodes == "recreate" {
                    table.add(line("rows → last chip", "ms").ours(median(&seen.took)));
                }
            }
            Err(error) => table.add(line("chips lost or doubled", "").failed(&error)),
        }
    }
}

async fn redraw(scene: &Scene, rows: u32, times: u32, nodes: &str) -> Result<Redrawn> {
    scene.open(Page { drawn: Drawn::Ours, rows, come: Come::AfterScript, recorder: "&roots=1" }).await?;
    let seen: Option<Redrawn> = scene.ask("redraw", json!({ "times": times, "nodes": nodes })).await?;
    seen.context("not all chips came")
}
