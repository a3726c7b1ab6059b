//! Working time counts itself: real seconds, real keys, in a page that cannot look into the task's frame.

use super::history::{history_details, market, work_on};
use crate::background;
use crate::browser::{Install, Subject};
use crate::input;
use crate::journey::{Journey, Matrix};
use crate::probe::{self, Host, Rect};
use crate::wait;
use crate::world::World;
use anyhow::{Context, Result, ensure};
use std::time::{Duration, Instant};
use thirtyfour::By;
use wagelight_market::Question;

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: "the_clock_counts_what_is_worked_on",
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix: Matrix::Once,
        run: |world| Box::pin(counted(world)),
    }]
}

/// The clock on the task's page, once it says something for which this holds.
async fn clock_says(world: &World, what: &str, holds: impl Fn(u32, &str) -> bool) -> Result<Host> {
    wait::until(&format!("the clock to say {what}"), async || {
        let hosts = probe::read(&world.browser).await?;
        let clock = hosts.into_iter().find(|host| host.all().any(|node| node.is("button", "Stop counting")));
        let Some(clock) = clock else { return Ok(None) };
        let text = clock.all().map(|node| node.text.as_str()).collect::<Vec<_>>().join(" ");
        let secs = seconds(&text).with_context(|| format!("no time in {text:?}"))?;
        Ok(holds(secs, &text).then_some(clock))
    })
    .await
}

/// `0:07 · …` as seconds.
fn seconds(text: &str) -> Option<u32> {
    let (minutes, rest) = text.trim().split_once(':')?;
    let secs: String = rest.chars().take_while(char::is_ascii_digit).collect();
    Some(minutes.parse::<u32>().ok()? * 60 + secs.parse::<u32>().ok()?)
}

/// Types into the task's frame for so long.
async fn types(world: &World, secs: u64) -> Result<()> {
    input::somebody_is_there(&world.browser).await?;
    let driver = world.browser.driver()?;
    driver.find(By::Css(FRAME)).await?.enter_frame().await?;
    let typed = writes(world, secs).await;
    driver.enter_default_frame().await?;
    typed.map(drop)
}

/// Where a task's own page is shown.
pub(super) const FRAME: &str = ".task-question-iframe-container iframe";

/// Writes an answer where the page or the frame asks for one, for so many seconds; how long it took.
pub(super) async fn writes(world: &World, secs: u64) -> Result<Duration> {
    let find = async || Ok(world.browser.driver()?.find(By::Css("#answer")).await.ok());
    let answer = wait::until("a place for the answer", find).await?;
    let begun = Instant::now();
    wait::until("the worker to have written", async || {
        answer.send_keys("my answer, a secret answer ").await?;
        let took = begun.elapsed();
        Ok((took >= Duration::from_secs(secs)).then_some(took))
    })
    .await
}

/// Looks at something else for so long.
async fn looks_away(world: &World, secs: u64) -> Result<()> {
    input::somebody_is_there(&world.browser).await?;
    let page = world.browser.driver()?.window().await?;
    world.browser.new_tab().await?;
    let begun = Instant::now();
    let passed = async || Ok((begun.elapsed() >= Duration::from_secs(secs)).then_some(()));
    wait::until("the worker to have looked away", passed).await?;
    world.browser.driver()?.close_window().await?;
    world.browser.switch_to(&page).await
}

async fn counted(world: &mut World) -> Result<()> {
    let groups = market(world, Question::Hosted)?;
    let group = groups.first().context("no group")?.clone();
    let begun = Instant::now();
    work_on(world, &group).await?;
    let clock = clock_says(world, "anything", |_, _| true).await?;
    ensure!(clock.closed && clock.attributes.keys().all(|name| name == "style"), "{:?}", clock.attributes);
    covers_no_control(world, clock.rect).await?;
    probe::accessible(&world.browser).await?;

    types(world, 3).await?;
    background::kill(&world.browser).await?;
    types(world, 3).await?;
    let said = clock_says(world, "six seconds", |secs, _| secs >= 6).await?;
    world.picture("counting").await?;
    let at_most = u32::try_from(begun.elapsed().as_secs())? + 1;
    let secs = said.all().find_map(|node| seconds(&node.text)).context("no time")?;
    ensure!(secs <= at_most, "{secs} s of {at_most}");

    background::kill(&world.browser).await?;
    let left = Instant::now();
    looks_away(world, 6).await?;
    let away = left.elapsed();
    background::kill(&world.browser).await?;
    the_queue_says_what_is_held(world).await?;
    types(world, 2).await?;
    let driver = world.browser.driver()?;
    driver.find(By::Css(FRAME)).await?.enter_frame().await?;
    driver.find(By::Css("#submit")).await?.click().await?;
    driver.enter_default_frame().await?;
    let whole = begun.elapsed();

    let time = history_details(world, "1 pending", "Working time").await?;
    let secs: u64 =
        time.split(' ').next().and_then(|first| first.parse().ok()).with_context(|| time.clone())?;
    // One task was held: the time away was its own, whether the browser names the other tab's opener or not. Each look
    // away and back may cost a second.
    let least = 3 + 3 + 2 + away.as_secs().saturating_sub(3);
    ensure!((least..=whole.as_secs() + 2).contains(&secs), "{time} of {whole:?}, {away:?} of it away");
    Ok(())
}

/// The page of the queue, in a tab of its own, says what is held and until when.
async fn the_queue_says_what_is_held(world: &World) -> Result<()> {
    let page = world.browser.driver()?.window().await?;
    world.browser.new_tab().await?;
    world.open("/tasks").await?;
    wait::until("the queue to say what is held", async || {
        let hosts = probe::read(&world.browser).await?;
        let said = hosts.iter().flat_map(Host::all).any(|node| node.text.starts_with("1 held · "));
        Ok(said.then_some(()))
    })
    .await?;
    world.picture("held").await?;
    probe::accessible(&world.browser).await?;
    world.browser.driver()?.close_window().await?;
    world.browser.switch_to(&page).await
}

/// Nothing of the page's that can be pressed lies under the clock.
async fn covers_no_control(world: &World, clock: Rect) -> Result<()> {
    let under: Vec<String> = world
        .page(&format!(
            "return [...document.querySelectorAll('a, button, input, iframe')].filter((one) => {{
                const box = one.getBoundingClientRect();
                return box.width > 0 && box.left < {} && box.right > {} && box.top < {} && box.bottom > {};
            }}).map((one) => one.outerHTML.slice(0, 80))",
            clock.x + clock.width,
            clock.x,
            clock.y + clock.height,
            clock.y,
        ))
        .await?;
    ensure!(under.is_empty(), "the clock covers {under:?}");
    Ok(())
}
