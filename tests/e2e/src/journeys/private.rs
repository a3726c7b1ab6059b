//! A private window: everything can be read there, and nothing is kept of it.

use super::history::{market, work_on};
use super::list::see_chips;
use super::worker::{self, ROWS};
use crate::browser::{Install, Subject};
use crate::journey::{Journey, Matrix};
use crate::stored::{Stored, stored};
use crate::world::World;
use crate::{private_window, wait};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use wagelight_market::Question;

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: "a_private_window_leaves_nothing_behind",
        subject: Subject::Wagelight,
        install: Install::Permanent,
        matrix: Matrix::Once,
        run: |world| Box::pin(nothing_left(world)),
    }]
}

async fn nothing_left(world: &mut World) -> Result<()> {
    // The switch that allows it stays on.
    world.spent = true;
    let groups = market(world, Question::Hosted)?;
    let window = private_window::open(&world.browser).await?;
    world.open("/projects?page_size=20").await?;
    see_chips(world, ROWS, "desktop").await?;
    worker::open_card(&world.browser, 2).await?;
    worker::card_until(&world.browser, "the card to say that nothing is saved", |card| {
        let said = card.all().any(|node| node.text.contains("nothing is saved"));
        ensure!(said && worker::key(card, "again").is_err(), "it can be rated");
        Ok(())
    })
    .await?;
    world.picture("private").await?;

    // A task is taken and handed in, as far as the site goes; that the market knows it shows that the page was there.
    let task = work_on(world, groups.first().context("no group")?).await?;
    wait::until("the page of the task", async || {
        let asked = world.requests().iter().any(|line| line.contains(&task.task_id));
        Ok(asked.then_some(()))
    })
    .await?;
    world.open("/tasks").await?;
    world.browser.driver()?.close_window().await?;
    world.browser.switch_to(&window).await?;

    world.open_extension("pages/history.html").await?;
    let stored = stored(&world.browser).await?;
    let known: BTreeSet<&str> = stored.local.keys().map(String::as_str).collect();
    ensure!(known.is_subset(&BTreeSet::from(["account_key"])), "{known:?} is stored");
    nothing_of(&stored).await
}

async fn nothing_of(stored: &Stored) -> Result<()> {
    let history = stored.counted().await?;
    ensure!(history.entries.is_empty() && history.bonuses.is_empty(), "{history:?}");
    let lines = stored.lines().await?;
    ensure!(lines.is_empty(), "{lines:?}");
    let records = stored.database.records();
    ensure!(records.is_empty(), "{records:?}");
    Ok(())
}
