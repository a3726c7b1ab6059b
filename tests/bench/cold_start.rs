//! How long the background takes to its first answer.

use super::Effort;
use super::rounds::Rounds;
use super::scene::Scene;
use super::table::{Budget, Line, Table};
use crate::background;
use anyhow::{Context, Result};
use serde_json::Value;

const FIRST_ANSWER_MS: f64 = 150.0;

/// From the first message of a page to a dead background until its answer.
pub(super) async fn measure(scene: &mut Scene, effort: Effort, table: &mut Table) {
    let line = Line::of(scene, "background cold start → first answer", "ms");
    let line = line.budget(Budget::AtMost(FIRST_ANSWER_MS));
    table.add(match figures(scene, effort.other()).await {
        Ok(figures) => line.medians(&figures, &[]),
        Err(error) => line.failed(&error),
    });
}

async fn figures(scene: &Scene, mut rounds: Rounds) -> Result<Vec<f64>> {
    scene.open_own_page().await?;
    let mut figures = Vec::new();
    while rounds.next() {
        background::kill(&scene.browser).await?;
        let told = scene.ask_background(include_str!("first_answer.js"), vec![]).await?;
        figures.push(told.get("ms").and_then(Value::as_f64).context("no time told")?);
    }
    Ok(figures)
}
