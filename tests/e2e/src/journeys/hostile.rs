//! Pages whose scripts work against us.

use super::list::see_chips;
use super::worker::{self, ROWS};
use crate::browser::{Install, Subject};
use crate::input;
use crate::journey::{Journey, Matrix};
use crate::probe;
use crate::wait;
use crate::world::World;
use anyhow::{Result, ensure};
use thirtyfour::Key;
use wagelight_market::Hostile;

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: "a_page_works_against_us",
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix: Matrix::Hosts,
        run: |world| Box::pin(a_page_works_against_us(world)),
    }]
}

async fn a_page_works_against_us(world: &mut World) -> Result<()> {
    world.step("it fakes clicks and keys").await?;
    world.market_behaves(|behaviour| behaviour.hostile = Some(Hostile::FakeClicks));
    world.open("/projects?page_size=20").await?;
    see_chips(world, ROWS, "desktop").await?;
    fakes(world, 5).await?;
    let hosts = probe::read(&world.browser).await?;
    ensure!(worker::card(&hosts).is_none(), "a fake press opened the card");
    let card = worker::open_card(&world.browser, 4).await?;
    fakes(world, 5).await?;
    worker::card_until(&world.browser, "the card to stay as it was", |now| {
        ensure!(worker::says(now) == worker::says(&card), "it says {}", worker::says(now));
        Ok(())
    })
    .await?;
    worker::press_and_save(&world.browser, "never", "Rating saved").await?;
    input::press(&world.browser, Key::Escape + "").await?;
    worker::no_card(&world.browser).await?;
    // A pointer that rests is a person's, whatever the page sends meanwhile.
    let hosts = probe::read(&world.browser).await?;
    input::hover(&world.browser, worker::chip(&hosts, 7, "pay")?.number).await?;
    worker::card_until(&world.browser, "a resting pointer to open the card", |_| Ok(())).await?;

    world.step("it moves its rows").await?;
    world.market_behaves(|behaviour| behaviour.hostile = Some(Hostile::MovesRows));
    world.open("/projects?page_size=20").await?;
    see_chips(world, ROWS, "desktop").await?;
    let top: String = world.page("return document.querySelector('.table-row').textContent").await?;
    wait::until("the rows to move", async || {
        let now: String = world.page("return document.querySelector('.table-row').textContent").await?;
        Ok((now != top).then_some(()))
    })
    .await?;
    let hosts = see_chips(world, ROWS, "desktop").await?;
    ensure!(hosts.len() == 2 * ROWS, "{} hosts of ours for {ROWS} rows", hosts.len());

    world.step("it removes what it did not make").await?;
    world.market_behaves(|behaviour| behaviour.hostile = Some(Hostile::RemovesForeignNodes));
    world.open("/projects?page_size=20").await?;
    the_page_wins(world).await
}

/// Waits until the page's script has sent its fake events some more times.
async fn fakes(world: &World, times: u32) -> Result<()> {
    let script = "
        const [times, done] = arguments;
        let seen = 0;
        const count = (event) => {
            if (event.isTrusted || event.target !== document.body.lastElementChild) return;
            if (++seen < times) return;
            removeEventListener('focusin', count, true);
            done(null);
        };
        addEventListener('focusin', count, true);";
    world.browser.execute_async(script, vec![times.into()]).await.map(drop)
}

/// We put our chips back a few times, then leave the page to itself; it goes on.
async fn the_page_wins(world: &World) -> Result<()> {
    let browser = &world.browser;
    let count = "
        const done = arguments[0];
        let added = 0;
        let quiet = setTimeout(finish, 1000);
        const observer = new MutationObserver((records) => {
            for (const record of records) for (const node of record.addedNodes)
                if (node.nodeName === 'SPAN' && !node.className && !node.firstChild) added += 1;
            clearTimeout(quiet);
            quiet = setTimeout(finish, 1000);
        });
        observer.observe(document, { childList: true, subtree: true });
        dispatchEvent(new CustomEvent('market:redraw', { detail: 'keep' }));
        const row = document.querySelectorAll('.table-row')[0];
        row.parentElement.append(row);
        function finish() { observer.disconnect(); done(added); }";
    let added = browser.execute_async(count, vec![]).await?;
    let added = added.as_u64().unwrap_or(u64::MAX);
    ensure!(
        added <= 12 * 2 * u64::try_from(ROWS)?,
        "{added} chips were put back before the page was let alone"
    );
    let hosts = probe::read(browser).await?;
    ensure!(hosts.is_empty(), "the page removed everything, yet {} hosts are there", hosts.len());
    let usable = "
        const button = document.querySelector('.table-row .expand-button');
        button.click();
        return button.closest('.table-row').querySelector('.expanded-row') !== null;";
    ensure!(world.page::<bool>(usable).await?, "the page's own buttons no longer work");
    Ok(())
}
