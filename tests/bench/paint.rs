//! First paint: from the rows to the last chip.

use super::Effort;
use super::rounds::Rounds;
use super::scene::{Come, Drawn, Host, Page, Scene, nothing};
use super::table::{Budget, Line, Table};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// What the recorder noted, in milliseconds since the navigation.
#[derive(Debug, Deserialize)]
struct Paint {
    rows: u32,
    hosts: u32,
    drawn: Option<f64>,
    last: Option<f64>,
}

/// The background before a page is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Background {
    /// As the page before left it.
    Warm,
    /// Dead.
    Cold,
}

/// Extra milliseconds over the floor, by the design.
const WARM_MS: f64 = 16.0;
const COLD_MS: f64 = 60.0;

/// All first-paint figures for a page of so many rows.
pub(super) async fn measure(scene: &mut Scene, rows: u32, effort: Effort, table: &mut Table) {
    let after = |background| Series { rows, come: Come::AfterScript, background };
    let warm = after(Background::Warm).line(scene, effort.main(), "rows drawn → last chip").await;
    table.add(warm.budget(Budget::AboveFloor(WARM_MS)));
    if rows <= 100 {
        let what = "rows drawn → last chip, background cold";
        let cold = after(Background::Cold).line(scene, effort.other(), what).await;
        // In the local host a dead background is no excuse: it only hands out the core, while the page loads.
        let more = if scene.host == Host::Remote { COLD_MS } else { WARM_MS };
        table.add(cold.budget(Budget::AboveFloor(more)));
    }
    let at_once = Series { rows, come: Come::AtOnce, background: Background::Warm };
    table.add(at_once.line(scene, effort.other(), "navigation → last chip, rows at once").await);
}

struct Series {
    rows: u32,
    come: Come,
    background: Background,
}

impl Series {
    /// Ours and the floor in turn.
    async fn line(&self, scene: &Scene, mut rounds: Rounds, what: &str) -> Line {
        let line = Line::of(scene, what, "ms").rows(self.rows);
        let (mut ours, mut floor) = (Vec::new(), Vec::new());
        // The first round is thrown away: it fills caches that a worker's browser has filled long ago.
        let mut first = true;
        while first || rounds.next() {
            let pair = async {
                let floor = self.once(scene, Drawn::Floor).await.context("the floor")?;
                Ok::<_, anyhow::Error>((self.once(scene, Drawn::Ours).await?, floor))
            };
            match pair.await {
                Ok(_) if first => first = false,
                Ok((our, its)) => {
                    ours.push(our);
                    floor.push(its);
                }
                Err(error) => return line.failed(&error),
            }
        }
        line.medians(&ours, &floor)
    }

    async fn once(&self, scene: &Scene, drawn: Drawn) -> Result<f64> {
        if self.background == Background::Cold && drawn == Drawn::Ours {
            scene.kill_background().await?;
        }
        scene.open(Page { drawn, rows: self.rows, come: self.come, recorder: "" }).await?;
        let paint: Paint = scene.ask("paint", nothing()).await?;
        ensure!(paint.rows == self.rows, "the page has {} rows", paint.rows);
        let last = paint.last.with_context(|| format!("{} chips on {} rows", paint.hosts, paint.rows))?;
        match self.come {
            Come::AtOnce => Ok(last),
            Come::AfterScript => Ok(last - paint.drawn.context("the page drew no rows")?),
        }
    }
}
