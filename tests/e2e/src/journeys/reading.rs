//! Every page that lists tasks, however wide it is and whenever its rows come.

use super::list::{chips_on_all_rows, see_chips};
use super::worker;
use crate::browser::{Install, Kind, Subject};
use crate::journey::{Journey, Matrix};
use crate::package::root;
use crate::probe::{self, Host};
use crate::world::World;
use crate::{look, shift, wait};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use wagelight_market::{Listing, Rows, Titles};

pub(crate) fn journeys() -> Vec<Journey> {
    let journey = |name, matrix, run| Journey {
        name,
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix,
        run,
    };
    vec![
        journey("every_page_of_tasks_is_read", Matrix::Hosts, |world| Box::pin(every_page(world))),
        journey("a_hundred_rows_are_read", Matrix::Hosts, |world| Box::pin(a_hundred_rows(world))),
        journey("rows_are_read_whenever_they_come", Matrix::Once, |world| Box::pin(whenever(world))),
        journey("narrow_wide_and_unfolded_rows_keep_their_chips", Matrix::Once, |world| {
            Box::pin(forms_of_rows(world))
        }),
        journey("wrapped_titles_keep_their_rows_low", Matrix::Once, |world| Box::pin(wrapped(world))),
        journey("a_row_that_shows_another_task_shows_its_pay", Matrix::Once, |world| {
            Box::pin(another_task(world))
        }),
    ]
}

/// Waits for both chips on every row, one each in its own cell.
pub(crate) async fn see_both_chips(world: &World, rows: usize, variant: &str) -> Result<Vec<Host>> {
    probe::read_until(&world.browser, "both chips on every row", |hosts| {
        let hosts = chips_on_all_rows(hosts, rows, variant)?;
        for row in 0..rows {
            let cells = hosts.iter().filter(|host| host.row == Some(row));
            let in_requester =
                cells.filter(|host| host.column.iter().any(|class| class == "requester-column")).count();
            ensure!(in_requester == 1, "row {row} has {in_requester} chips in its requester cell");
        }
        Ok(hosts)
    })
    .await
}

/// How many rows the page shows.
pub(crate) async fn rows_of(world: &World) -> Result<usize> {
    wait::until("the page's rows", async || {
        let rows: usize = world.page("return document.querySelectorAll('.table-row').length").await?;
        Ok((rows > 0).then_some(rows))
    })
    .await
}

/// Fails where the page's rows and controls are not where they are without us.
pub(crate) async fn ensure_untouched(world: &World) -> Result<()> {
    let without_us = shift::measure_without_us(&world.browser).await?;
    without_us.rows_and_controls().ensure_same(&shift::measure(&world.browser).await?)
}

/// What the popup says of the page in this tab, asked as the popup asks it, from a tab beside.
pub(crate) async fn popup_says(world: &World) -> Result<String> {
    let browser = &world.browser;
    let page = browser.driver()?.window().await?;
    browser.new_tab().await?;
    world.open_extension("pages/popup.html").await?;
    let script = r"
        const done = arguments[0];
        const urls = ['https://worker.mturk.com/*', 'https://workersandbox.mturk.com/*'];
        chrome.tabs.query({ url: urls })
            .then(([tab]) => chrome.tabs.sendMessage(tab.id, { t: 'popup' }, { frameId: 0 }))
            .then((tree) => done({ tree }), (error) => done({ error: String(error) }));
    ";
    let said = browser.execute_async(script, vec![]).await?;
    browser.driver()?.close_window().await?;
    browser.switch_to(&page).await?;
    let tree = said.get("tree").with_context(|| format!("the page did not answer the popup: {said}"))?;
    Ok(text(tree))
}

/// Waits until the popup says all of `words`: what a page lacks is said once the page has settled.
pub(crate) async fn popup_until(world: &World, words: &[&str]) -> Result<String> {
    wait::until(&format!("the popup to say {words:?}"), async || {
        let said = popup_says(world).await?;
        let missing = words.iter().find(|words| !said.contains(**words));
        ensure!(missing.is_none(), "it says {said:?}");
        Ok(Some(said))
    })
    .await
}

fn text(tree: &Value) -> String {
    let own = tree.get("x").and_then(Value::as_str).unwrap_or_default();
    let inner = tree.get("n").and_then(Value::as_array).into_iter().flatten().map(text);
    std::iter::once(own.to_owned()).chain(inner).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

async fn every_page(world: &mut World) -> Result<()> {
    for host in ["worker.mturk.com", "workersandbox.mturk.com"] {
        let mut paths = vec!["/".to_owned(), "/projects".to_owned(), "/tasks".to_owned()];
        world.step(&format!("find a requester on {host}")).await?;
        world.browser.goto(&format!("https://{host}/projects")).await?;
        rows_of(world).await?;
        let link =
            "return document.querySelector('.table-row a[href*=\"/requesters/\"]').getAttribute('href')";
        paths.push(world.page(link).await?);
        for path in paths {
            world.step(&format!("{host}{path}")).await?;
            world.browser.goto(&format!("https://{host}{path}")).await?;
            let rows = rows_of(world).await?;
            see_both_chips(world, rows, "desktop").await?;
            ensure_untouched(world).await?;
        }
        world.step(&format!("{host}/dashboard")).await?;
        world.browser.goto(&format!("https://{host}/dashboard")).await?;
        let said = popup_says(world).await?;
        ensure!(said.contains("goes into your history"), "the popup says {said:?}");
        ensure!(probe::read(&world.browser).await?.is_empty(), "something was drawn on the dashboard");
        world.step(&format!("{host}/earnings")).await?;
        world.browser.goto(&format!("https://{host}/earnings")).await?;
        let said = popup_says(world).await?;
        ensure!(said.contains("This page lists no tasks"), "the popup says {said:?}");
    }
    Ok(())
}

/// The recorded listing, where it is; a machine that builds for others must have it.
fn recorded() -> Result<Option<Listing>> {
    let path = root().join("../shared/data/mturk-listing-2021-03-10.json");
    if path.exists() {
        return Ok(Some(Listing::real(path)));
    }
    ensure!(std::env::var_os("CI").is_none(), "{} is missing", path.display());
    eprintln!("skipped the recorded listing: {} is missing", path.display());
    Ok(None)
}

async fn a_hundred_rows(world: &mut World) -> Result<()> {
    world.step("a hundred invented rows").await?;
    world.open("/projects?page_size=100").await?;
    see_both_chips(world, 100, "desktop").await?;
    ensure_untouched(world).await?;
    let said = popup_says(world).await?;
    ensure!(said.contains("Read 100 tasks") && !said.contains("ot understood"), "the popup says {said:?}");
    let Some(recorded) = recorded()? else { return Ok(()) };
    world.market_behaves(|behaviour| behaviour.listing = recorded);
    for page in [1, 4, 8] {
        world.step(&format!("page {page} of the recorded listing")).await?;
        world.open(&format!("/projects?page_size=100&page_number={page}")).await?;
        let rows = rows_of(world).await?;
        ensure!(rows == if page == 8 { 14 } else { 100 }, "the market drew {rows} rows");
        see_both_chips(world, rows, "desktop").await?;
        ensure_untouched(world).await?;
        let said = popup_says(world).await?;
        ensure!(!said.contains("ot understood"), "the popup says {said:?}");
    }
    world.picture("recorded").await
}

async fn whenever(world: &mut World) -> Result<()> {
    let ways = [
        Rows::AtOnce,
        Rows::AfterHydration { delay_ms: 300 },
        Rows::Late { delay_ms: 300 },
        Rows::Dribble { chunk: 3, every_ms: 50 },
    ];
    for way in ways {
        world.step(&format!("{way:?}")).await?;
        world.market_behaves(|behaviour| behaviour.rows = way);
        world.open("/projects?page_size=20").await?;
        wait::until("all rows", async || Ok((rows_of(world).await? == worker::ROWS).then_some(()))).await?;
        see_both_chips(world, worker::ROWS, "desktop").await?;
        ensure_untouched(world).await?;
    }
    world.step("never").await?;
    world.market_behaves(|behaviour| behaviour.rows = Rows::Never);
    world.open("/projects?page_size=20").await?;
    let said = popup_says(world).await?;
    ensure!(
        said.contains("Not understood") && said.contains("no row of its list"),
        "the popup says {said:?}"
    );
    ensure!(!said.contains("0 tasks"), "the popup says {said:?}");
    ensure!(probe::read(&world.browser).await?.is_empty(), "something was drawn where there are no rows");
    if world.browser.kind() == Kind::Firefox {
        return Ok(()); // Its console of a page's process cannot be heard; the popup has said it.
    }
    let console = world.browser.console().await?;
    let lines = console.iter().filter(|entry| entry.text.contains("Wagelight did not understand")).count();
    ensure!(lines == 1, "the console says {lines} lines: {console:#?}");
    Ok(())
}

async fn forms_of_rows(world: &mut World) -> Result<()> {
    world.step("a narrow page").await?;
    look::view(&world.browser, 500, 100).await?;
    world.open("/projects?page_size=20").await?;
    see_both_chips(world, worker::ROWS, "mobile").await?;
    world.picture("narrow").await?;
    world.step("wide, and narrow again").await?;
    look::view(&world.browser, 1280, 100).await?;
    see_both_chips(world, worker::ROWS, "desktop").await?;
    ensure_untouched(world).await?;
    look::view(&world.browser, 500, 100).await?;
    see_both_chips(world, worker::ROWS, "mobile").await?;
    look::usual_view(&world.browser).await?;
    let before = see_both_chips(world, worker::ROWS, "desktop").await?;

    world.step("unfold and fold one row, and all").await?;
    let button = "document.querySelectorAll('.table-row')[3].querySelector('.expand-button')";
    let all = "document.querySelector('.table-expand-collapse-button')";
    for (press, unfolded) in [(button, 1), (button, 0), (all, worker::ROWS), (all, 0)] {
        world.page::<()>(&format!("{press}.click(); return null")).await?;
        let open: usize = world.page("return document.querySelectorAll('.expanded-row').length").await?;
        ensure!(open == unfolded, "{open} rows are unfolded, not {unfolded}");
        let now = see_both_chips(world, worker::ROWS, "desktop").await?;
        let same = now.iter().map(|host| host.number).eq(before.iter().map(|host| host.number));
        ensure!(same, "chips were drawn anew when rows unfolded");
    }
    Ok(())
}

/// Rows that are higher with our chips than without them.
async fn grown(world: &World) -> Result<Vec<String>> {
    let without_us = shift::measure_without_us(&world.browser).await?;
    let with_us = shift::measure(&world.browser).await?;
    Ok(without_us.grown(&with_us))
}

/// How many rows may grow is measured: 42, 50 and 41 of these with chips that never shrink, 28, 40 and 32 as they are.
async fn wrapped(world: &mut World) -> Result<()> {
    world.market_behaves(|behaviour| behaviour.titles = Titles::Wrap);
    for (width, most) in [(1280, 32), (900, 44), (500, 36)] {
        world.step(&format!("titles in several lines, {width} pixels wide")).await?;
        look::view(&world.browser, width, 100).await?;
        world.open("/projects?page_size=100").await?;
        see_both_chips(world, 100, if width < 768 { "mobile" } else { "desktop" }).await?;
        let grown = grown(world).await?;
        println!("{width} pixels: {} of 100 rows are higher", grown.len());
        world.picture(&format!("wrapped_{width}")).await?;
        ensure!(grown.len() <= most, "{} of 100 rows are higher with chips: {grown:#?}", grown.len());
        shift::ensure_none(&world.browser).await?;
    }
    Ok(())
}

async fn another_task(world: &mut World) -> Result<()> {
    world.step("the page shows the third task in the first row and the first in the third").await?;
    let mut groups = wagelight_market::invented_listing(worker::ROWS, 1, 1_700_000_000);
    for (at, group) in groups.iter_mut().enumerate() {
        group.title = format!("Rate pictures of kind {at} ({} minutes)", at + 2);
        group.description = String::new();
        group.caller_meets_requirements = true;
        group.caller_meets_preview_requirements = true;
        group.monetary_reward = wagelight_market::Reward::usd_cents(100);
    }
    worker::list(world, &groups)?;
    world.open("/projects?page_size=20").await?;
    let hosts = see_both_chips(world, worker::ROWS, "desktop").await?;
    let pay = |hosts: &[Host], row| anyhow::Ok(worker::says(worker::chip(hosts, row, "pay")?));
    let (first, third) = (pay(&hosts, 0)?, pay(&hosts, 2)?);
    ensure!(first != third, "both say {first:?}");
    let swap = r"
        const [one, , other] = document.querySelectorAll('.table-row');
        const places = (row) => [...row.querySelectorAll('a[href], .project-name')];
        places(one).forEach((place, at) => {
            const with_ = places(other)[at];
            const text = place.textContent;
            [place.textContent, with_.textContent] = [with_.textContent, text];
            if (place.href) {
                const href = place.getAttribute('href');
                place.setAttribute('href', with_.getAttribute('href'));
                with_.setAttribute('href', href);
            }
        });
        return null;
    ";
    world.page::<()>(swap).await?;
    probe::read_until(&world.browser, "the pay to follow the task", |hosts| {
        let hosts = chips_on_all_rows(hosts, worker::ROWS, "desktop")?;
        let now = (pay(&hosts, 0)?, pay(&hosts, 2)?);
        ensure!(now == (third.clone(), first.clone()), "the rows say {now:?}");
        Ok(())
    })
    .await?;

    world.step("the page puts another list in the place of this one").await?;
    let replace = r"
        const root = document.querySelector('[data-react-class*=HitSetTable]');
        const copy = root.cloneNode(true);
        root.replaceWith(copy);
        return null;
    ";
    world.page::<()>(replace).await?;
    see_chips(world, worker::ROWS, "desktop").await?;
    popup_until(world, &["Read 20 tasks on this list; 20 rows shown"]).await?;
    Ok(())
}
