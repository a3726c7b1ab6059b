//! The page engine panics. Made with the build that does so on request.

use super::list::see_chips;
use super::worker::{self, ROWS};
use crate::browser::{Install, Kind, Subject};
use crate::journey::{Journey, Matrix};
use crate::probe;
use crate::world::World;
use anyhow::{Result, ensure};

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: "the_engine_panics",
        subject: Subject::Fault,
        install: Install::Temporary,
        matrix: Matrix::Hosts,
        run: |world| Box::pin(the_engine_panics(world)),
    }]
}

/// A row whose title is the word on which this build panics; it is gone before a fresh engine reads the page.
const FAULTY_ROW: &str = "
    const rows = document.querySelectorAll('.table-row');
    const faulty = rows[0].cloneNode(true);
    for (const title of faulty.querySelectorAll('.project-name')) title.textContent = 'wagelight-fault';
    rows[0].parentElement.append(faulty);
    // Watchers were promised their turn by the line above; this one comes after them.
    Promise.resolve().then(() => faulty.remove());";

async fn the_engine_panics(world: &mut World) -> Result<()> {
    world.step("open the list").await?;
    world.open("/projects?page_size=20").await?;
    let before = see_chips(world, ROWS, "desktop").await?;
    worker::open_card(&world.browser, 3).await?;
    worker::press_and_save(&world.browser, "again", "Rating saved").await?;

    world.step("a first panic: a fresh engine draws the page again").await?;
    world.browser.execute(FAULTY_ROW, vec![]).await?;
    said(world, "starts anew").await?;
    let after = see_chips(world, ROWS, "desktop").await?;
    ensure!(after.len() >= before.len(), "{} hosts before, {} after", before.len(), after.len());
    worker::rows_say(&world.browser, &[3], Some("you: again")).await?;
    worker::card_until(&world.browser, "the card that was open", |_| Ok(())).await?;
    worker::press_and_save(&world.browser, "never", "Rating saved").await?;
    worker::rows_say(&world.browser, &[3], Some("you: never")).await?;

    world.step("a second panic: the page is left alone").await?;
    world.browser.execute(FAULTY_ROW, vec![]).await?;
    said(world, "leaves it alone").await?;
    probe::read_until(&world.browser, "everything of ours to be gone", |hosts| {
        ensure!(hosts.is_empty(), "{} hosts are left", hosts.len());
        Ok(())
    })
    .await?;
    world.page_event("market:redraw").await?;
    worker::let_timers_pass(&world.browser).await?;
    ensure!(probe::read(&world.browser).await?.is_empty(), "it draws on a page it had given up");

    world.step("another page has its own engine").await?;
    world.open("/projects?page_size=20").await?;
    see_chips(world, ROWS, "desktop").await?;
    worker::rows_say(&world.browser, &[3], Some("you: never")).await?;
    // What a panic says of itself is told in the console; anything else would have failed above.
    world.browser.forget_console().await
}

/// Firefox keeps what a content script says to itself. There the second panic proves the first: it takes two.
async fn said(world: &World, words: &str) -> Result<()> {
    if world.browser.kind() == Kind::Firefox {
        return Ok(());
    }
    crate::wait::until(&format!("the console to say {words:?}"), async || {
        let console = world.browser.console().await?;
        Ok(console.iter().any(|entry| entry.text.contains(words)).then_some(()))
    })
    .await
}
