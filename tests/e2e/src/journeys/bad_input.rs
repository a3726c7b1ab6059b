//! Pages whose data are broken: never a broken page, never a wrong number, and a line that says why.

use super::reading::{ensure_untouched, popup_until, rows_of};
use super::worker;
use crate::browser::{Install, Kind, Subject};
use crate::journey::{Journey, Matrix};
use crate::probe::{self, Host};
use crate::wait;
use crate::world::World;
use anyhow::{Context, Result, ensure};
use std::time::{Duration, Instant};
use wagelight_market::{Group, Hostile, Reward, invented_listing};

pub(crate) fn journeys() -> Vec<Journey> {
    let journey = |name, matrix, run| Journey {
        name,
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix,
        run,
    };
    vec![
        journey("broken_data_break_nothing", Matrix::Hosts, |world| Box::pin(all(world, IMPORTANT))),
        journey("strange_data_break_nothing", Matrix::Once, |world| Box::pin(all(world, FURTHER))),
        journey("a_huge_page_stays_quick", Matrix::Once, |world| Box::pin(huge(world))),
        journey("a_page_that_removes_our_chips_wins", Matrix::Once, |world| Box::pin(removed(world))),
    ]
}

/// What a page with one kind of broken data must come to.
#[derive(Debug, Clone, Copy)]
struct Case {
    hostile: Hostile,
    /// How many rows the page draws.
    rows: usize,
    /// Which of them have chips.
    drawn: fn(usize) -> bool,
    /// What the popup says, each somewhere.
    popup: &'static [&'static str],
    /// The text a pay chip begins with; empty: any.
    pay: fn(usize) -> &'static str,
}

const READ: &[&str] = &["Read 20 tasks on this list; 20 rows shown"];

const fn any_pay(_: usize) -> &'static str {
    ""
}

/// Rows as they should be but for the rewards.
fn money(row: usize) -> &'static str {
    match row % 14 {
        0 => "20¢/min",
        1 | 2 => "5.0¢/min",
        5 => "0.10¢/min",
        8 => "10¢/min",
        9 => "0.10 EUR/min",
        _ => "pay not readable",
    }
}

const IMPORTANT: &[Case] = &[
    Case {
        hostile: Hostile::NotJson,
        rows: 20,
        drawn: |_| false,
        popup: &["this page should list tasks", "the list's data is not JSON"],
        pay: any_pay,
    },
    Case {
        hostile: Hostile::RenamedKeys,
        rows: 20,
        drawn: |_| false,
        popup: &["this page should list tasks", "row 1, id: is missing"],
        pay: any_pay,
    },
    Case {
        hostile: Hostile::MissingKeys,
        rows: 20,
        drawn: |row| row % 12 != 3,
        popup: &["18 rows shown", "2 rows show no task of the page's data", "row 1, title: is missing"],
        pay: |row| if row % 12 == 2 { "pay not readable" } else { "" },
    },
    Case {
        hostile: Hostile::MoneyForms,
        rows: 20,
        drawn: |_| true,
        popup: &["Read 20 tasks", "row 4, reward: is below zero"],
        pay: money,
    },
    Case {
        hostile: Hostile::NastyTitles,
        rows: 20,
        drawn: |_| true,
        popup: &["20 rows shown"],
        pay: any_pay,
    },
];

const FURTHER: &[Case] = &[
    Case {
        hostile: Hostile::CutOff,
        rows: 20,
        drawn: |_| false,
        popup: &["this page should list tasks", "not JSON, or cut off"],
        pay: any_pay,
    },
    Case { hostile: Hostile::DeeplyNested, rows: 20, drawn: |_| true, popup: READ, pay: any_pay },
    Case {
        hostile: Hostile::WrongTypes,
        rows: 20,
        drawn: |row| row % 12 != 3,
        popup: &["18 rows shown", "2 rows show no task", "row 1, title: is missing"],
        pay: |row| if row % 12 == 2 { "pay not readable" } else { "" },
    },
    Case { hostile: Hostile::LongIds, rows: 20, drawn: |_| true, popup: READ, pay: any_pay },
    Case {
        hostile: Hostile::FewerRowsThanData,
        rows: 14,
        drawn: |_| true,
        popup: &["Read 20 tasks on this list; 14 rows shown"],
        pay: any_pay,
    },
    Case {
        hostile: Hostile::MoreRowsThanData,
        rows: 20,
        drawn: |row| row < 14,
        popup: &["Read 14 tasks on this list; 14 rows shown", "6 rows show no task of the page's data"],
        pay: any_pay,
    },
    Case { hostile: Hostile::TwoLists, rows: 25, drawn: |_| true, popup: &["25 rows shown"], pay: any_pay },
];

/// Rows that differ in nothing but their ids and requesters, so that what is broken shows.
fn plain_groups() -> Vec<Group> {
    let mut groups = invented_listing(worker::ROWS, 1, 1_700_000_000);
    for (at, group) in groups.iter_mut().enumerate() {
        group.title = format!("Rate pictures, batch {at} (5 minutes)");
        group.description = "Look at pictures.".to_owned();
        group.monetary_reward = Reward::usd_cents(100);
        group.project_requirements = Vec::new();
        group.caller_meets_requirements = true;
    }
    groups
}

async fn all(world: &mut World, cases: &[Case]) -> Result<()> {
    worker::list(world, &plain_groups())?;
    for case in cases {
        world.step(&format!("{:?}", case.hostile)).await?;
        world.market_behaves(|behaviour| behaviour.hostile = Some(case.hostile));
        world.open("/projects?page_size=20").await?;
        one(world, case).await.with_context(|| format!("{:?}", case.hostile))?;
    }
    Ok(())
}

async fn one(world: &World, case: &Case) -> Result<()> {
    let rows = rows_of(world).await?;
    ensure!(rows == case.rows, "the market drew {rows} rows, not {}", case.rows);
    let hosts = probe::read_until(&world.browser, "the chips that can be there, and no other", |hosts| {
        for row in 0..rows {
            ensure!(both(&hosts, row) == (case.drawn)(row), "row {row} has {:?}", texts(&hosts, row));
        }
        Ok(hosts)
    })
    .await?;
    for row in (0..rows).filter(|row| (case.drawn)(*row)) {
        let pay = worker::says(worker::chip(&hosts, row, "pay")?);
        ensure!(pay.starts_with((case.pay)(row)), "row {row} says {pay:?}");
    }
    world.picture(&format!("{:?}", case.hostile)).await?;
    let said = popup_until(world, case.popup).await?;
    ensure!(!said.contains("Read 0 tasks"), "the popup says {said:?}");
    ensure_untouched(world).await?;
    still_works(world).await?;
    // What the titles hold was text to us as it was to the page.
    let title: String = world.page("return document.title").await?;
    ensure!(title == "Amazon Mechanical Turk", "a title ran as script: {title:?}");
    let shown = hosts.iter().flat_map(Host::all);
    let worker_id = shown.filter(|node| node.name.contains("A2EXAMPLE0W1")).count();
    ensure!(worker_id == 0, "a worker id is shown");
    Ok(())
}

fn texts(hosts: &[Host], row: usize) -> Vec<String> {
    hosts.iter().filter(|host| host.row == Some(row)).map(Host::text).collect()
}

fn both(hosts: &[Host], row: usize) -> bool {
    let texts = texts(hosts, row);
    texts.len() == 2 && texts.iter().all(|text| !text.is_empty())
}

/// The page's own control does what it does.
async fn still_works(world: &World) -> Result<()> {
    let unfold = "document.querySelector('.table-expand-collapse-button').click();
        const unfolded = document.querySelectorAll('.expanded-row').length;
        document.querySelector('.table-expand-collapse-button').click();
        return [unfolded, document.querySelectorAll('.expanded-row').length]";
    let (unfolded, folded): (usize, usize) = world.page(unfold).await?;
    ensure!(unfolded > 0 && folded == 0, "the page unfolds {unfolded} rows and leaves {folded} open");
    Ok(())
}

/// Longer than a page with 50 million characters may hold a worker up on our account, on a slow machine.
const LONG: Duration = Duration::from_secs(2);

async fn huge(world: &mut World) -> Result<()> {
    world.step("a list with 50 million characters of data").await?;
    world.market_behaves(|behaviour| behaviour.hostile = Some(Hostile::Huge));
    world.open("/projects?page_size=20").await?;
    rows_of(world).await?;
    popup_until(world, &["this page should list tasks", "the list's data is larger than any list"]).await?;
    ensure!(probe::read(&world.browser).await?.is_empty(), "something was drawn");
    // A row that comes later makes us look again; the page must not wait for that.
    let began = Instant::now();
    let turn = "const row = document.querySelector('.table-row');
        row.after(row.cloneNode(true));
        const began = performance.now();
        setTimeout(() => arguments[0](performance.now() - began))";
    let waited = world.browser.execute_async(turn, vec![]).await?.as_f64().context("a time")?;
    println!("a turn of the huge page took {waited} ms");
    ensure!(began.elapsed() < LONG, "the page stood still for {:?}", began.elapsed());
    Ok(())
}

async fn removed(world: &mut World) -> Result<()> {
    world.step("a page that removes every node that is not its own").await?;
    world.market_behaves(|behaviour| behaviour.hostile = Some(Hostile::RemovesForeignNodes));
    world.open("/projects?page_size=20").await?;
    rows_of(world).await?;
    let line = "this page takes away what is drawn on it";
    let lines = async || -> Result<usize> {
        let said = world.browser.console().await?;
        Ok(said.iter().filter(|entry| entry.text.contains(line)).count())
    };
    // Firefox's console of a page's process cannot be heard.
    let is_heard = world.browser.kind() == Kind::Chromium;
    wait::until("us to give in", async || {
        let given_in = !is_heard || lines().await? > 0;
        let drawn = probe::read(&world.browser).await?.len();
        ensure!(given_in && drawn == 0, "{drawn} hosts of ours are on the page");
        Ok(Some(()))
    })
    .await?;
    ensure_untouched(world).await?;
    still_works(world).await?;
    worker::let_timers_pass(&world.browser).await?;
    ensure!(probe::read(&world.browser).await?.is_empty(), "the quarrel goes on");
    ensure!(!is_heard || lines().await? == 1, "it is said again and again");
    Ok(())
}
