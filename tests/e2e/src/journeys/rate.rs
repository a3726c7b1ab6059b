//! A worker rates a requester where they stand.

use super::list::see_chips;
use super::worker::{self, OF_ONE, ROWS};
use crate::browser::{Install, Subject};
use crate::journey::{Journey, Matrix};
use crate::world::World;
use crate::{input, probe, shift};
use anyhow::{Context, Result, ensure};
use thirtyfour::Key;

pub(crate) fn journeys() -> Vec<Journey> {
    let journey =
        |name, install, matrix, run| Journey { name, subject: Subject::Wagelight, install, matrix, run };
    vec![
        journey("rate_on_the_spot", Install::Temporary, Matrix::Whole, |world| {
            Box::pin(rate_on_the_spot(world))
        }),
        journey("a_rating_survives_a_restart", Install::Permanent, Matrix::Once, |world| {
            Box::pin(a_rating_survives_a_restart(world))
        }),
    ]
}

/// Everything that a page could hear of keys and presses, first in line and last.
const LISTEN: &str = "
    window.heard = [];
    for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'pointerdown', 'pointerup',
        'mousedown', 'mouseup', 'click', 'dblclick', 'auxclick', 'contextmenu'])
        for (const capture of [true, false])
            addEventListener(type, (event) => heard.push(`${type} on ${event.target.tagName}`), capture);";

async fn rate_on_the_spot(world: &mut World) -> Result<()> {
    let [first, ..] = OF_ONE;
    world.step("open the list in two tabs").await?;
    worker::list(world, &worker::groups()?)?;
    let first_tab = world.browser.driver()?.window().await?;
    world.open("/projects?page_size=20").await?;
    see_chips(world, ROWS, "desktop").await?;
    let second_tab = world.browser.new_tab().await?;
    world.open("/projects?page_size=20").await?;
    see_chips(world, ROWS, "desktop").await?;
    world.browser.switch_to(&first_tab).await?;
    let before = shift::measure(&world.browser).await?;
    world.browser.execute(LISTEN, vec![]).await?;

    world.step("again").await?;
    worker::open_card(&world.browser, first).await?;
    world.step("press it").await?;
    worker::press_and_save(&world.browser, "again", "Rating saved").await?;
    worker::rows_say(&world.browser, &OF_ONE, Some("you: again")).await?;

    world.step("the other tab knows it when it is shown").await?;
    world.browser.switch_to(&second_tab).await?;
    worker::rows_say(&world.browser, &OF_ONE, Some("you: again")).await?;
    world.browser.switch_to(&first_tab).await?;

    world.step("never after all, and two complaints").await?;
    worker::press_and_save(&world.browser, "never", "Rating saved").await?;
    worker::rows_say(&world.browser, &OF_ONE, Some("you: never")).await?;
    pressed(world, &[("never", true), ("again", false)]).await?;
    worker::press_and_save(&world.browser, "broken", "Rating saved").await?;
    pressed(world, &[("broken", true)]).await?;
    worker::press_and_save(&world.browser, "underpaid", "Rating saved").await?;
    pressed(world, &[("never", true), ("broken", true), ("underpaid", true), ("unpaid screener", false)])
        .await?;

    world.step("pressing once more takes it back").await?;
    worker::press_and_save(&world.browser, "never", "Rating saved").await?;
    pressed(world, &[("never", false), ("broken", true)]).await?;
    worker::rows_say(&world.browser, &OF_ONE, Some("you: broken")).await?;

    world.step("marks out of five, by keyboard").await?;
    marks_by_keyboard(world).await?;

    world.step("remove it, and undo that").await?;
    let whole = [
        ("broken", true),
        ("underpaid", true),
        ("Pay 4 of 5", true),
        ("Speed 2 of 5", true),
        ("again", false),
    ];
    pressed(world, &whole).await?;
    worker::press_and_save(&world.browser, "Remove rating", "Rating removed").await?;
    worker::rows_say(&world.browser, &OF_ONE, None).await?;
    pressed(world, &whole.map(|(name, _)| (name, false))).await?;
    world.step("undo").await?;
    worker::press_and_save(&world.browser, "Undo", "Undone").await?;
    pressed(world, &whole).await?;
    worker::rows_say(&world.browser, &OF_ONE, Some("you: broken")).await?;

    world.step("the page has seen nothing of it").await?;
    input::press(&world.browser, Key::Escape + "").await?;
    worker::no_card(&world.browser).await?;
    let heard: Vec<String> = world.page("return window.heard").await?;
    ensure!(heard.is_empty(), "the page heard {heard:?}");
    before.ensure_same(&shift::measure(&world.browser).await?)?;
    shift::ensure_none(&world.browser).await?;
    let requests = world.requests();
    ensure!(requests == ["GET /projects?page_size=20"; 2], "asked of the site: {requests:?}");

    world.step("it is there after a reload").await?;
    world.open("/projects?page_size=20").await?;
    see_chips(world, ROWS, "desktop").await?;
    worker::rows_say(&world.browser, &OF_ONE, Some("you: broken")).await
}

/// Waits until the keys of the open card stand so, as a screen reader is told.
async fn pressed(world: &World, wanted: &[(&str, bool)]) -> Result<()> {
    worker::card_until(&world.browser, &format!("the keys to stand so: {wanted:?}"), |card| {
        for (name, on) in wanted {
            ensure!(worker::is_pressed(card, name)? == *on, "{name} is otherwise");
        }
        Ok(())
    })
    .await
    .map(drop)
}

async fn marks_by_keyboard(world: &World) -> Result<()> {
    let browser = &world.browser;
    go_to(world, "Marks and note…").await?;
    input::press(browser, Key::Enter + "").await?;
    worker::card_until(browser, "the marks", |card| worker::key(card, "Fewer").map(drop)).await?;
    for name in ["Pay 4 of 5", "Speed 2 of 5"] {
        go_to(world, name).await?;
        input::press(browser, " ").await?;
        pressed(world, &[(name, true)]).await?;
    }
    Ok(())
}

/// Tabs forwards or backwards to a key of the card, as far as it takes.
async fn go_to(world: &World, name: &str) -> Result<()> {
    let browser = &world.browser;
    for _ in 0..60 {
        let hosts = probe::read(browser).await?;
        let card = worker::card(&hosts).context("no card is open")?;
        let keys: Vec<_> = card.all().filter(|node| node.focusable).collect();
        let wanted =
            keys.iter().position(|node| node.name == name).with_context(|| format!("no key {name}"))?;
        let at = keys.iter().position(|node| node.focused).context("the card has lost the focus")?;
        match at.cmp(&wanted) {
            std::cmp::Ordering::Equal => return Ok(()),
            std::cmp::Ordering::Less => input::press(browser, Key::Tab + "").await?,
            std::cmp::Ordering::Greater => input::tab_back(browser).await?,
        }
    }
    anyhow::bail!("{name} cannot be reached by Tab")
}

async fn a_rating_survives_a_restart(world: &mut World) -> Result<()> {
    let [first, ..] = OF_ONE;
    world.step("rate").await?;
    worker::list(world, &worker::groups()?)?;
    world.open("/projects?page_size=20").await?;
    see_chips(world, ROWS, "desktop").await?;
    worker::open_card(&world.browser, first).await?;
    worker::press_and_save(&world.browser, "only if nothing better", "Rating saved").await?;
    worker::rows_say(&world.browser, &OF_ONE, Some("you: if need be")).await?;

    // What the card called saved is on the disk, even if the machine stops now.
    world.step("the browser is killed").await?;
    world.browser.kill_and_restart().await?;
    world.open("/projects?page_size=20").await?;
    see_chips(world, ROWS, "desktop").await?;
    worker::rows_say(&world.browser, &OF_ONE, Some("you: if need be")).await?;

    world.step("the browser is closed and opened").await?;
    world.browser.restart().await?;
    world.open("/projects?page_size=20").await?;
    see_chips(world, ROWS, "desktop").await?;
    worker::rows_say(&world.browser, &OF_ONE, Some("you: if need be")).await
}
