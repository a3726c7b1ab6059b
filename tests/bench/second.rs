//! Second paint: from the last chip to the worker's own rating beside it, with much stored.

use super::Effort;
use super::rounds::Rounds;
use super::scene::{Come, Drawn, Page, Scene, nothing};
use super::table::{Budget, Line, Table};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;

const ROWS: u32 = 100;
const RATINGS: u32 = 1_000;
const BLOCKS: u32 = 10_000;
/// As long as filling may take; how far it came is told.
const FILL_MS: u32 = 15_000;
const WARM_MS: f64 = 50.0;
const COLD_MS: f64 = 150.0;

#[derive(Debug, Deserialize)]
struct Second {
    last: Option<f64>,
    rated: Option<f64>,
    own: u32,
    hosts: u32,
}

#[derive(Debug, Deserialize)]
struct Filled {
    ratings: u32,
    blocks: u32,
    took_ms: f64,
}

/// Fills the store, then measures with the background alive and dead.
pub(super) async fn measure(scene: &mut Scene, effort: Effort, table: &mut Table) {
    let line = |what: &str| Line::of(scene, what, "ms").rows(ROWS);
    let names = ["last chip → own ratings, warm", "last chip → own ratings, background cold"];
    let filled = match fill(scene).await {
        Ok(filled) => filled,
        Err(error) => {
            for name in names {
                table.add(line(name).failed(&error));
            }
            return;
        }
    };
    table.add(line("ratings stored before").ours(Some(f64::from(filled.ratings))).unit(""));
    table.add(line("block entries stored before").ours(Some(f64::from(filled.blocks))).unit(""));
    let written = f64::from((filled.ratings + filled.blocks).max(1));
    table.add(line("one rating or block saved, mean of these").ours(Some(filled.took_ms / written)));
    for (name, cold, budget) in [(names[0], false, WARM_MS), (names[1], true, COLD_MS)] {
        let line = line(name).budget(Budget::AtMost(budget));
        table.add(match figures(scene, effort.other(), cold).await {
            Ok(figures) => line.medians(&figures, &[]),
            Err(error) => line.failed(&error),
        });
    }
}

async fn fill(scene: &Scene) -> Result<Filled> {
    let page = Page { drawn: Drawn::Ours, rows: ROWS, come: Come::AfterScript, recorder: "" };
    scene.open(page).await?;
    let requesters: Vec<String> = scene.ask("requesters", nothing()).await?;
    ensure!(!requesters.is_empty(), "the page names no requesters");
    scene.open_own_page().await?;
    let wanted = json!({
        "requesters": requesters, "ratings": RATINGS, "blocks": BLOCKS, "limit_ms": FILL_MS,
    });
    let filled = scene.ask_background(include_str!("fill.js"), vec![wanted]).await;
    Ok(serde_json::from_value(filled.context("filling the store")?)?)
}

async fn figures(scene: &Scene, mut rounds: Rounds, cold: bool) -> Result<Vec<f64>> {
    let mut figures = Vec::new();
    while rounds.next() {
        if cold {
            scene.kill_background().await?;
        }
        // With rows in the document: a script's delay would hide a slow background.
        let page = Page { drawn: Drawn::Ours, rows: ROWS, come: Come::AtOnce, recorder: "&roots=1" };
        scene.open(page).await?;
        let seen: Second = scene.ask("second", json!({ "want": ROWS })).await?;
        ensure!(seen.last.is_some(), "{} chips on {ROWS} rows", seen.hosts);
        let rated = seen.rated.with_context(|| format!("{} of {ROWS} rows show the rating", seen.own))?;
        figures.push((rated - seen.last.unwrap_or(rated)).max(0.0));
    }
    Ok(figures)
}
