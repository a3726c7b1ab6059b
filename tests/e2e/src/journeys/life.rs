//! A page's life: redrawn, hidden, left and come back to.

use super::list::see_chips;
use super::worker::{self, ROWS};
use crate::browser::{Install, Subject};
use crate::journey::{Journey, Matrix};
use crate::probe;
use crate::shift;
use crate::wait;
use crate::world::World;
use anyhow::{Result, ensure};

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: "a_page_lives_on",
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix: Matrix::Whole,
        run: |world| Box::pin(a_page_lives_on(world)),
    }]
}

/// While the tab is hidden the page draws its rows again and looks every now and then for anything that is not its own.
const REDRAW_WHEN_HIDDEN: &str = "
    localStorage.removeItem('looked');
    const ours = () => document.querySelectorAll('.table-row span:not([class]):empty').length;
    document.addEventListener('visibilitychange', () => {
        if (!document.hidden) return;
        dispatchEvent(new CustomEvent('market:redraw', { detail: 'recreate' }));
        window.seenHidden = [];
        const timer = setInterval(() => {
            if (!document.hidden) return clearInterval(timer);
            seenHidden.push(ours());
            localStorage.setItem('looked', String(seenHidden.length));
        }, 100);
    }, { once: true });";

async fn a_page_lives_on(world: &mut World) -> Result<()> {
    world.step("open the list").await?;
    world.open("/projects?page_size=20").await?;
    see_chips(world, ROWS, "desktop").await?;
    let before = shift::measure(&world.browser).await?;

    world.step("the page draws its rows a hundred times").await?;
    for how in ["recreate", "keep"] {
        redraw(world, how, 100).await?;
        let hosts = see_chips(world, ROWS, "desktop").await?;
        ensure!(hosts.len() == 2 * ROWS, "{} hosts of ours for {ROWS} rows", hosts.len());
        for row in 0..ROWS {
            worker::chip(&hosts, row, "pay")?;
            worker::chip(&hosts, row, "requester")?;
        }
        before.ensure_same(&shift::measure(&world.browser).await?)?;
    }

    world.step("a hidden tab draws nothing").await?;
    hidden_tab(world).await?;

    world.step("leave and come back").await?;
    ensure!(leave_and_come_back(world).await?, "the page did not come out of the back-forward cache");
    let hosts = see_chips(world, ROWS, "desktop").await?;
    ensure!(hosts.len() == 2 * ROWS, "{} hosts of ours for {ROWS} rows", hosts.len());
    worker::open_card(&world.browser, 3).await?;
    worker::press_and_save(&world.browser, "again", "Rating saved").await?;
    worker::rows_say(&world.browser, &[3], Some("you: again")).await
}

/// Whether the page came out of the back-forward cache. A browser under pressure may throw any page out of it, but not
/// every one each time: what keeps a page from going in shows every time.
async fn leave_and_come_back(world: &World) -> Result<bool> {
    for _ in 0..3 {
        let mark =
            "window.kept = true; addEventListener('pageshow', (event) => (window.shown = event.persisted))";
        world.browser.execute(mark, vec![]).await?;
        world.open("/tasks").await?;
        world.browser.driver()?.back().await?;
        see_chips(world, ROWS, "desktop").await?;
        if world.page("return window.kept === true && window.shown === true").await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Each time in a task of its own, as a page would.
async fn redraw(world: &World, how: &str, times: u32) -> Result<()> {
    let script = "
        const [how, times, done] = arguments;
        let left = times;
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
            if (left-- === 0) return done(null);
            dispatchEvent(new CustomEvent('market:redraw', { detail: how }));
            channel.port2.postMessage(0);
        };
        channel.port2.postMessage(0);";
    world.browser.execute_async(script, vec![how.into(), times.into()]).await.map(drop)
}

async fn hidden_tab(world: &World) -> Result<()> {
    let browser = &world.browser;
    let tab = browser.driver()?.window().await?;
    browser.execute(REDRAW_WHEN_HIDDEN, vec![]).await?;
    let other = browser.new_tab().await?;
    world.open("/tasks").await?;
    wait::until("the hidden tab to look at itself", async || {
        let looked: u32 = world.page("return Number(localStorage.getItem('looked') ?? 0)").await?;
        Ok((looked >= 3).then_some(()))
    })
    .await?;
    browser.driver()?.switch_to_window(other).await?;
    browser.driver()?.close_window().await?;
    browser.switch_to(&tab).await?;
    let seen: Vec<u32> = world.page("return window.seenHidden").await?;
    ensure!(seen.len() >= 3 && seen.iter().all(|count| *count == 0), "drawn while hidden: {seen:?}");
    let hosts = see_chips(world, ROWS, "desktop").await?;
    for row in 0..ROWS {
        worker::chip(&hosts, row, "requester")?;
    }
    probe::accessible(browser).await
}
