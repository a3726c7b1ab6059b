//! A worker opens the task list.

use super::worker::ROWS;
use crate::browser::{Install, Subject};
use crate::journey::{Journey, Matrix};
use crate::probe::{self, Host};
use crate::shift;
use crate::world::World;
use anyhow::{Result, ensure};
use wagelight_market::{Nodes, Redraw};

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: "a_chip_on_every_row",
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix: Matrix::Whole,
        run: |world| Box::pin(a_chip_on_every_row(world)),
    }]
}

/// What must hold of a drawn list, whatever the chips say: one in the title cell of every row, readable, in the
/// variant of the row that can be seen, and nothing that the page could open.
pub(crate) fn chips_on_all_rows(hosts: Vec<Host>, rows: usize, variant: &str) -> Result<Vec<Host>> {
    for row in 0..rows {
        let on_row: Vec<&Host> = hosts.iter().filter(|host| host.row == Some(row)).collect();
        let in_title =
            on_row.iter().filter(|host| host.column.iter().any(|class| class == "project-name-column"));
        ensure!(in_title.clone().count() == 1, "row {row} has {} chips in its title cell", in_title.count());
        for host in on_row {
            ensure!(
                host.visible && !host.text().is_empty(),
                "row {row} has a chip that says nothing: {host:?}"
            );
            ensure!(host.variant.as_deref() == Some(variant), "row {row} has a chip in its other variant");
            ensure!(host.closed, "the page can open a root on row {row}");
        }
    }
    let named =
        hosts.iter().find(|host| host.attributes.keys().any(|name| name != "style" && name != "class"));
    ensure!(named.is_none(), "a host has an attribute that names it: {named:?}");
    Ok(hosts)
}

/// Waits for the chips of `rows` rows.
pub(crate) async fn see_chips(world: &World, rows: usize, variant: &str) -> Result<Vec<Host>> {
    let drawn: usize = world.page("return document.querySelectorAll('.table-row').length").await?;
    ensure!(drawn == rows, "the market drew {drawn} rows, not {rows}");
    probe::read_until(&world.browser, "a chip on every row", |hosts| chips_on_all_rows(hosts, rows, variant))
        .await
}

async fn a_chip_on_every_row(world: &mut World) -> Result<()> {
    world.market_behaves(|behaviour| {
        behaviour.redraw = Some(Redraw { nodes: Nodes::Recreate, every_ms: None });
    });
    world.step("open the list").await?;
    world.open("/projects?page_size=20").await?;
    see_chips(world, ROWS, "desktop").await?;
    world.picture("list").await?;

    world.step("no row is taller, no control has moved").await?;
    let with_us = shift::measure(&world.browser).await?;
    let without_us = shift::measure_without_us(&world.browser).await?;
    without_us.rows_and_controls().ensure_same(&with_us)?;
    shift::ensure_none(&world.browser).await?;

    world.step("the page draws its rows again").await?;
    world.page_event("market:redraw").await?;
    see_chips(world, ROWS, "desktop").await?;
    with_us.ensure_same(&shift::measure(&world.browser).await?)?;

    world.step("everybody can read it").await?;
    probe::accessible(&world.browser).await?;

    world.step("only the page was asked for").await?;
    let requests = world.requests();
    ensure!(requests == ["GET /projects?page_size=20"], "asked of the site: {requests:?}");
    Ok(())
}
