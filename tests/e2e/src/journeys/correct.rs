//! A worker says what the pages cannot know: how long it took, what to remember of it, why it was given back.

use super::history::{history_says, market, work_on};
use super::screens::{fits, press_until_focused, says};
use crate::browser::{Install, Subject};
use crate::input;
use crate::journey::{Journey, Matrix};
use crate::probe;
use crate::world::World;
use anyhow::{Context, Result, ensure};
use thirtyfour::Key;
use wagelight_market::Question;

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: "a_worker_corrects_the_history",
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix: Matrix::Whole,
        run: |world| Box::pin(corrected(world)),
    }]
}

/// By keys alone: goes to a control and types over what stands there.
async fn fill(world: &World, name: &str, words: &str) -> Result<()> {
    press_until_focused(world, "textbox", name).await?;
    world.browser.driver()?.active_element().await?.send_keys(Key::Control + "a").await?;
    input::press(&world.browser, words).await
}

/// By keys alone: goes to a button and presses it.
async fn press(world: &World, name: &str) -> Result<()> {
    press_until_focused(world, "button", name).await?;
    input::press(&world.browser, Key::Enter + "").await
}

async fn corrected(world: &mut World) -> Result<()> {
    let groups = market(world, Question::Plain)?;
    let group = groups.first().context("no group")?.clone();

    world.step("give a task back").await?;
    let task = work_on(world, &group).await?;
    let title = task.group.title.split_whitespace().next().context("a title")?.to_owned();
    history_says(world, &["in progress"]).await?;
    world.browser.execute("document.querySelector('#return').click()", vec![]).await?;
    history_says(world, &["returned"]).await?;

    world.step("open it in the history").await?;
    world.open_extension("pages/history.html").await?;
    says(world, "returned").await?;
    press(world, &title).await?;
    says(world, "Your own word on it").await?;

    world.step("a time that is none").await?;
    fill(world, "Working time", "soon").await?;
    fill(world, "Tags", "slow, good pay").await?;
    press(world, "Save").await?;
    says(world, "Working time: write minutes").await?;
    probe::accessible(&world.browser).await?;
    world.picture("correct_error").await?;
    let typed: String = world.page("return document.querySelector('[name=tags]').value").await?;
    ensure!(typed == "slow, good pay", "the tags are {typed:?}");

    world.step("one that is").await?;
    let focused: String = world.page("return document.activeElement.name").await?;
    ensure!(focused == "worked", "the focus is on {focused:?}");
    world.browser.driver()?.active_element().await?.send_keys(Key::Control + "a").await?;
    input::press(&world.browser, "1 h 5 min").await?;
    press(world, "Save").await?;
    says(world, "Saved.").await?;
    says(world, "corrected by you").await?;

    world.step("why it was given back").await?;
    press(world, "Underpaid").await?;
    says(world, "How much of it was done by then").await?;
    fits(world, 320, "correct").await?;

    world.step("all of it is kept").await?;
    world.open_extension("pages/history.html").await?;
    says(world, "worked 1 h 5 min").await?;
    press(world, &title).await?;
    says(world, "slow, good pay").await?;

    world.step("and taken back").await?;
    // What the button says depends on whether the clock has measured something.
    let body = says(world, "Your own word on it").await?;
    let is_measured = super::screens::text(&body).contains("Back to the measured time");
    press(world, if is_measured { "Back to the measured time" } else { "Take this time back" }).await?;
    let body = says(world, "Saved.").await?;
    ensure!(!super::screens::text(&body).contains("corrected by you"), "the time is still corrected");
    input::press(&world.browser, Key::Tab + "").await?;
    input::press(&world.browser, Key::Enter + "").await?;
    says(world, "Taken back.").await?;
    says(world, "corrected by you").await.map(drop)
}
