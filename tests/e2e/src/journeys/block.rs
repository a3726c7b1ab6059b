//! A worker blocks a requester, or one title of theirs.

use super::list::see_chips;
use super::worker::{self, OF_ONE, ROWS};
use crate::browser::{Install, Subject};
use crate::input;
use crate::journey::{Journey, Matrix};
use crate::probe::{self, Host, Node};
use crate::shift;
use crate::world::World;
use anyhow::{Context, Result, ensure};
use thirtyfour::Key;

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: "block_and_show",
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix: Matrix::Whole,
        run: |world| Box::pin(block_and_show(world)),
    }]
}

/// A row whose title is blocked, of a requester that is not.
const TITLED: usize = 5;

async fn block_and_show(world: &mut World) -> Result<()> {
    let [first, ..] = OF_ONE;
    let mut groups = worker::groups()?;
    groups.get_mut(TITLED).context("too few groups")?.title = String::from("Read receipts, batch 41");
    world.step("open the list").await?;
    worker::list(world, &groups)?;
    world.open("/projects?page_size=20").await?;
    see_chips(world, ROWS, "desktop").await?;
    let before = shift::measure(&world.browser).await?;

    world.step("block a requester").await?;
    worker::open_card(&world.browser, first).await?;
    worker::press_and_save(&world.browser, "Block requester", "Blocked").await?;
    dimmed(world, &OF_ONE, "blocked: requester").await?;
    world.picture("blocked").await?;

    world.step("undo").await?;
    worker::press_and_save(&world.browser, "Undo", "Undone").await?;
    dimmed(world, &[], "").await?;

    world.step("block again, and a title").await?;
    worker::press_and_save(&world.browser, "Block requester", "Blocked").await?;
    input::press(&world.browser, Key::Escape + "").await?;
    worker::no_card(&world.browser).await?;
    worker::open_card(&world.browser, TITLED).await?;
    worker::press_and_save(&world.browser, "Block this title", "Blocked this title").await?;
    let all = [OF_ONE.as_slice(), &[TITLED]].concat();
    dimmed(world, &all, "blocked: ").await?;
    input::press(&world.browser, Key::Escape + "").await?;
    worker::no_card(&world.browser).await?;
    before.ensure_same(&shift::measure(&world.browser).await?)?;
    shift::ensure_none(&world.browser).await?;

    world.step("the page draws its rows again: nothing goes from under the pointer").await?;
    world.page_event("market:redraw").await?;
    see_chips(world, ROWS, "desktop").await?;
    dimmed(world, &all, "blocked: ").await?;
    before.ensure_same(&shift::measure(&world.browser).await?)?;

    world.step("at the next load they are hidden, a repost too").await?;
    let repost = groups.get_mut(TITLED).context("too few groups")?;
    repost.title = String::from("Read receipts, batch 42");
    repost.hit_set_id = format!("3REPOST{}", repost.hit_set_id.chars().skip(7).collect::<String>());
    worker::list(world, &groups)?;
    world.open("/projects?page_size=20").await?;
    hidden(world, &all).await?;
    world.picture("hidden").await?;

    world.step("show them").await?;
    press_panel(world, "Show").await?;
    dimmed(world, &all, "blocked: ").await?;
    panel(world, "4 blocked", "Hide").await?;
    probe::accessible(&world.browser).await?;
    world.page_event("market:redraw").await?;
    dimmed(world, &all, "blocked: ").await.context("the page drew its rows again while they were shown")?;

    world.step("hide them").await?;
    press_panel(world, "Hide").await?;
    hidden(world, &all).await
}

fn panel_of<'a>(hosts: &'a [Host], label: &str, button: &str) -> Result<&'a Node> {
    let panels = hosts.iter().flat_map(|host| &host.nodes);
    let mut panel = panels.filter(|node| node.classes.iter().any(|class| class == "blocked-panel"));
    let panel = panel.rfind(|node| node.visible).context("no panel")?;
    let text = worker::says(panel);
    ensure!(text.contains(label), "the panel says {text:?}, not {label:?}");
    worker::key(panel, button)
}

async fn panel(world: &World, label: &str, button: &str) -> Result<Node> {
    probe::read_until(&world.browser, &format!("the panel to say {label:?} and {button:?}"), |hosts| {
        panel_of(&hosts, label, button).cloned()
    })
    .await
}

async fn press_panel(world: &World, button: &str) -> Result<()> {
    let key = panel(world, "blocked", button).await?;
    input::click(&world.browser, key.number).await
}

/// How each row stands: "hidden", "dim" or "plain".
async fn standing(world: &World) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('.table-row')].map((row) =>
        row.getClientRects().length === 0 ? 'hidden' : Number(getComputedStyle(row).opacity) < 1 ? 'dim' : 'plain')";
    world.page(script).await
}

async fn stand(world: &World, rows: &[usize], how: &str) -> Result<()> {
    let standing = standing(world).await?;
    let wanted: Vec<&str> = (0..ROWS).map(|row| if rows.contains(&row) { how } else { "plain" }).collect();
    ensure!(standing == wanted, "rows {rows:?} should be {how}: {standing:?}");
    Ok(())
}

/// Waits until exactly these rows are dimmed and say why.
async fn dimmed(world: &World, rows: &[usize], reason: &str) -> Result<()> {
    crate::wait::until(&format!("rows {rows:?} to be dim"), async || {
        stand(world, rows, "dim").await?;
        let hosts = probe::read(&world.browser).await?;
        for row in 0..ROWS {
            let text = worker::says(worker::chip(&hosts, row, "pay")?);
            let blocked = text.contains("blocked: ");
            ensure!(blocked == rows.contains(&row), "row {row} says {text:?}");
            ensure!(!blocked || text.contains(reason), "row {row} says {text:?}, not {reason:?}");
        }
        Ok(Some(()))
    })
    .await
}

/// Waits until exactly these rows are hidden and the panel counts them.
async fn hidden(world: &World, rows: &[usize]) -> Result<()> {
    crate::wait::until(&format!("rows {rows:?} to be hidden"), async || {
        stand(world, rows, "hidden").await?;
        Ok(Some(()))
    })
    .await?;
    panel(world, &format!("{} blocked", rows.len()), "Show").await.map(drop)
}
