//! A worker looks closer: the card of a row.

use super::list::see_chips;
use super::worker::{self, ROWS};
use crate::browser::{Install, Subject};
use crate::journey::{Journey, Matrix};
use crate::world::World;
use crate::{input, look, probe, shift};
use anyhow::{Context, Result, ensure};
use thirtyfour::Key;

pub(crate) fn journeys() -> Vec<Journey> {
    let journey = |name, matrix, run| Journey {
        name,
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix,
        run,
    };
    vec![
        journey("a_card_opens_and_closes", Matrix::Whole, |world| Box::pin(a_card_opens_and_closes(world))),
        journey("everything_looks_right", Matrix::Once, |world| Box::pin(everything_looks_right(world))),
    ]
}

async fn a_card_opens_and_closes(world: &mut World) -> Result<()> {
    world.step("open the list").await?;
    worker::list(world, &worker::groups()?)?;
    world.open("/projects?page_size=20").await?;
    see_chips(world, ROWS, "desktop").await?;
    let before = shift::measure(&world.browser).await?;

    world.step("a click opens the card").await?;
    for row in [0, 8, 19] {
        let card = worker::open_card(&world.browser, row).await.with_context(|| format!("row {row}"))?;
        worker::ensure_controls_free(world, &card).await?;
        input::press(&world.browser, Key::Escape + "").await?;
        worker::no_card(&world.browser).await?;
    }

    world.step("Escape closes it, the focus is back on the chip").await?;
    let hosts = probe::read(&world.browser).await?;
    ensure!(worker::chip(&hosts, 19, "pay")?.focused, "the chip has no focus");
    worker::let_timers_pass(&world.browser).await?;
    ensure!(worker::card(&probe::read(&world.browser).await?).is_none(), "the card came back by itself");

    world.step("by keyboard alone").await?;
    by_keyboard(world).await?;

    world.step("a resting pointer opens it").await?;
    by_resting(world).await?;

    world.step("nothing opens while the page scrolls, and what came by itself goes").await?;
    while_scrolling(world).await?;

    world.step("nothing has moved").await?;
    before.ensure_same(&shift::measure(&world.browser).await?)?;
    shift::ensure_none(&world.browser).await
}

/// Tab to a chip, rest there, Enter into the card, Tab through it and out of it.
async fn by_keyboard(world: &World) -> Result<()> {
    let browser = &world.browser;
    // A script's focus shows no ring, so that nothing of ours takes it for the keyboard's; the Tab is a person's.
    let focus = "document.querySelectorAll('.table-row')[1].querySelector('.requester-column a').focus()";
    browser.execute(focus, vec![]).await?;
    input::press(browser, Key::Tab + "").await?;
    let card = worker::card_until(browser, "the focus on a chip to open the card", |_| Ok(())).await?;
    worker::ensure_controls_free(world, &card).await?;
    ensure!(!card.all().any(|node| node.focused), "a card that came by itself took the focus");
    let hosts = probe::read(browser).await?;
    ensure!(worker::chip(&hosts, 1, "pay")?.focused, "Tab did not reach the chip of row 1");

    input::press(browser, Key::Enter + "").await?;
    let card = worker::card_until(browser, "Enter to go into the card", |card| {
        ensure!(card.all().any(|node| node.focused), "the card has no focus");
        Ok(())
    })
    .await?;
    let reachable = card.all().filter(|node| node.focusable).count();
    ensure!(reachable >= 8, "only {reachable} keys can be reached by Tab");
    let mut reached = Vec::new();
    for _ in 0..reachable {
        let hosts = probe::read(browser).await?;
        let card = worker::card(&hosts).context("Tab closed the card before its end")?;
        let focused = card.all().find(|node| node.focused).context("Tab left the card before its end")?;
        reached.push(focused.number);
        input::press(browser, Key::Tab + "").await?;
    }
    reached.sort_unstable();
    reached.dedup();
    ensure!(reached.len() == reachable, "Tab reached {} of {reachable} keys", reached.len());
    let hosts = worker::no_card(browser).await.context("Tab at the end of the card")?;
    ensure!(worker::chip(&hosts, 1, "pay")?.focused, "Tab at the end did not go back to the chip");

    input::press(browser, Key::Tab + "").await?;
    input::press(browser, Key::Tab + "").await?;
    worker::let_timers_pass(browser).await?;
    ensure!(
        worker::card(&probe::read(browser).await?).is_none(),
        "a card is open, though the focus is on no chip"
    );
    Ok(())
}

async fn by_resting(world: &World) -> Result<()> {
    let browser = &world.browser;
    browser.execute("document.activeElement?.blur()", vec![]).await?;
    let hosts = probe::read(browser).await?;
    input::hover(browser, worker::chip(&hosts, 3, "pay")?.number).await?;
    let card = worker::card_until(browser, "a resting pointer to open the card", |_| Ok(())).await?;
    worker::ensure_controls_free(world, &card).await?;
    ensure!(!card.all().any(|node| node.focused), "a card that came by itself took the focus");
    input::leave(browser).await?;
    worker::no_card(browser).await.context("the pointer went away").map(drop)
}

async fn while_scrolling(world: &World) -> Result<()> {
    let browser = &world.browser;
    let hosts = probe::read(browser).await?;
    input::hover(browser, worker::chip(&hosts, 5, "pay")?.number).await?;
    // The card's host is a child of the root element; whether one came is seen from the page as well.
    let scroll = "
        const done = arguments[0];
        let cards = 0;
        const observer = new MutationObserver((records) => { for (const one of records) cards += one.addedNodes.length; });
        observer.observe(document.documentElement, { childList: true });
        const end = performance.now() + 900;
        let step = 1;
        const go = () => {
            scrollBy(0, step);
            step = -step;
            if (performance.now() < end) return requestAnimationFrame(go);
            observer.disconnect();
            done(cards);
        };
        go();";
    let cards = browser.execute_async(scroll, vec![]).await?;
    ensure!(cards == 0, "{cards} cards came while the page scrolled");
    let hosts = probe::read(browser).await?;
    input::hover(browser, worker::chip(&hosts, 6, "pay")?.number).await?;
    worker::card_until(browser, "the card after the scrolling", |_| Ok(())).await?;
    browser.execute("scrollBy(0, 5)", vec![]).await?;
    worker::no_card(browser).await?;
    // The chip is still, or again, under the pointer; but the pointer did not move.
    worker::let_timers_pass(browser).await?;
    ensure!(
        worker::card(&probe::read(browser).await?).is_none(),
        "a card came under a pointer that did not move"
    );
    input::leave(browser).await
}

/// List, card and marks, in light and dark, wide, narrow and enlarged: kept to be looked at, and read by axe-core.
async fn everything_looks_right(world: &mut World) -> Result<()> {
    world.step("open the list").await?;
    world.open("/projects?page_size=20").await?;
    see_chips(world, ROWS, "desktop").await?;
    for (theme, name) in [(look::Theme::Light, "light"), (look::Theme::Dark, "dark")] {
        world.step(name).await?;
        look::theme(&world.browser, theme).await?;
        world.picture(&format!("list_{name}")).await?;
        let card = worker::open_card(&world.browser, 4).await?;
        worker::ensure_controls_free(world, &card).await?;
        world.picture(&format!("card_{name}")).await?;
        probe::accessible(&world.browser).await.with_context(|| format!("the card, {name}"))?;
        worker::press_and_save(&world.browser, "again", "Rating saved").await?;
        worker::press_key(&world.browser, "Marks and note…").await?;
        worker::card_until(&world.browser, "the marks", |card| worker::key(card, "Fewer").map(drop)).await?;
        world.picture(&format!("rating_{name}")).await?;
        probe::accessible(&world.browser).await.with_context(|| format!("the marks, {name}"))?;
        worker::press_and_save(&world.browser, "Remove rating", "Rating removed").await?;
        input::press(&world.browser, Key::Escape + "").await?;
        worker::no_card(&world.browser).await?;
    }

    world.step("narrow").await?;
    look::theme(&world.browser, look::Theme::Light).await?;
    look::view(&world.browser, 500, 100).await?;
    see_chips(world, ROWS, "mobile").await?;
    world.picture("narrow_list").await?;
    let card = worker::open_card(&world.browser, 2).await?;
    worker::ensure_controls_free(world, &card).await?;
    world.picture("narrow_card").await?;
    input::press(&world.browser, Key::Escape + "").await?;
    worker::no_card(&world.browser).await?;

    world.step("at 200 %").await?;
    look::view(&world.browser, 800, 200).await?;
    see_chips(world, ROWS, "desktop").await?;
    world.picture("zoom_list").await?;
    worker::open_card(&world.browser, 2).await?;
    world.picture("zoom_card").await
}
