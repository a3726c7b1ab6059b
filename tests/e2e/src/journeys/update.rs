//! The extension is updated while a list is open.

use super::list::{chips_on_all_rows, see_chips};
use super::worker::{self, ROWS};
use crate::browser::{Install, Subject};
use crate::journey::{Journey, Matrix};
use crate::world::World;
use crate::{input, probe, wait};
use anyhow::{Context, Result, ensure};
use thirtyfour::Key;

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: "an_update_under_an_open_page",
        subject: Subject::Wagelight,
        install: Install::Permanent,
        matrix: Matrix::Hosts,
        run: |world| Box::pin(an_update_under_an_open_page(world)),
    }]
}

async fn an_update_under_an_open_page(world: &mut World) -> Result<()> {
    world.spent = true;
    world.step("open the list, and a card").await?;
    world.open("/projects?page_size=20").await?;
    let old = see_chips(world, ROWS, "desktop").await?;
    worker::open_card(&world.browser, 2).await?;
    worker::press_and_save(&world.browser, "never", "Rating saved").await?;
    worker::rows_say(&world.browser, &[2], Some("you: never")).await?;

    world.step("a newer version is installed").await?;
    world.browser.update("1000.0.0").await?;

    let list = world.browser.driver()?.window().await?;
    world.browser.new_tab().await?;
    wait::until("the newer version to run", async || {
        world.open_extension("pages/popup.html").await?;
        let version: String = world.page("return chrome.runtime.getManifest().version").await?;
        ensure!(version == "1000.0.0", "it is {version}");
        Ok(Some(()))
    })
    .await?;
    world.browser.switch_to(&list).await?;

    world.step("the chips are the new version's, once each, and they work").await?;
    let old: Vec<u32> = old.iter().map(|host| host.number).collect();
    probe::read_until(&world.browser, "new chips on every row", |hosts| {
        let of_old = hosts.iter().filter(|host| old.contains(&host.number)).count();
        ensure!(of_old == 0, "{of_old} chips of the old version are left");
        let hosts = chips_on_all_rows(hosts, ROWS, "desktop")?;
        for row in 0..ROWS {
            worker::chip(&hosts, row, "pay")?;
            worker::chip(&hosts, row, "requester")?;
        }
        Ok(())
    })
    .await?;
    worker::rows_say(&world.browser, &[2], Some("you: never")).await?;
    input::press(&world.browser, Key::Escape + "").await?;
    worker::no_card(&world.browser).await.context("a card of the old version")?;
    worker::open_card(&world.browser, 4).await?;
    worker::press_and_save(&world.browser, "again", "Rating saved").await?;
    worker::rows_say(&world.browser, &[4], Some("you: again")).await
}
