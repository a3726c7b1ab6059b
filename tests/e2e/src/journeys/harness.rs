//! The harness proves itself: each of its eyes and hands on an extension that is known to the last line.

use crate::browser::{Install, Kind, Subject};
use crate::journey::{Journey, Matrix};
use crate::probe::{self, Host};
use crate::world::World;
use crate::{background, input, look, shift, wait};
use anyhow::{Context, Result, ensure};
use serde_json::json;

pub(crate) fn journeys() -> Vec<Journey> {
    let journey =
        |name, install, run| Journey { name, subject: Subject::Specimen, install, matrix: Matrix::Once, run };
    vec![
        journey("harness_reads_and_clicks_closed_roots", Install::Temporary, |world| {
            Box::pin(reads_and_clicks_closed_roots(world))
        }),
        journey("harness_reads_extension_pages", Install::Temporary, |world| {
            Box::pin(reads_extension_pages(world))
        }),
        journey("harness_kills_the_background", Install::Temporary, |world| {
            Box::pin(kills_the_background(world))
        }),
        journey("harness_finds_violations_and_shifts", Install::Temporary, |world| {
            Box::pin(finds_violations_and_shifts(world))
        }),
        journey("harness_hears_errors", Install::Temporary, |world| Box::pin(hears_errors(world))),
        journey("harness_hides_and_shows_tabs", Install::Temporary, |world| {
            Box::pin(hides_and_shows_tabs(world))
        }),
        journey("harness_changes_the_look", Install::Temporary, |world| Box::pin(changes_the_look(world))),
        journey("harness_restarts_the_browser", Install::Permanent, |world| {
            Box::pin(restarts_the_browser(world))
        }),
    ]
}

/// The specimen's buttons, all labelled.
async fn labelled(world: &World, label: &str) -> Result<Vec<Host>> {
    let rows: usize = world.page("return document.querySelectorAll('.table-row').length").await?;
    ensure!(rows > 0, "the market drew no rows");
    probe::read_until(&world.browser, &format!("{rows} buttons that say {label:?}"), |hosts| {
        let ready = hosts.iter().filter(|host| host.text().contains(label)).count();
        ensure!(ready == rows, "{ready} of {rows}: {:?}", hosts.first().map(Host::text));
        Ok(hosts)
    })
    .await
}

fn button(hosts: &[Host], row: usize) -> Result<&probe::Node> {
    let host = hosts.iter().find(|host| host.row == Some(row)).context("nothing on that row")?;
    host.all().find(|node| node.role.as_deref() == Some("button")).context("no button in it")
}

/// The life that a button got its answer from.
fn life(node: &probe::Node) -> Result<String> {
    let (_, life) = node.text.split_once("life ").context("no life told")?;
    Ok(life.to_owned())
}

async fn reads_and_clicks_closed_roots(world: &mut World) -> Result<()> {
    world.open("/projects").await?;
    let hosts = labelled(world, "0 clicks").await?;
    ensure!(hosts.iter().all(|host| host.closed), "a root is open");
    ensure!(hosts.iter().all(|host| host.visible), "a button is unseen");
    ensure!(hosts.iter().any(|host| host.group.is_some()), "no row names its group");
    ensure!(hosts.iter().all(|host| host.requester.is_some()), "a row without its requester");
    ensure!(hosts.iter().all(|host| host.variant.as_deref() == Some("desktop")), "not in the desktop row");
    let open: bool = world
        .page("return [...document.querySelectorAll('*')].some((element) => element.shadowRoot !== null)")
        .await?;
    ensure!(!open, "the page can open a root");
    let second = button(&hosts, 1)?;
    ensure!(second.focusable && !second.focused, "{second:?}");
    input::click(&world.browser, second.number).await?;
    let number = second.number;
    let hosts = probe::read_until(&world.browser, "the click to be counted", |hosts| {
        ensure!(button(&hosts, 1)?.text.starts_with("1 clicks"), "not yet");
        Ok(hosts)
    })
    .await?;
    ensure!(button(&hosts, 1)?.focused, "a click did not focus the button");
    ensure!(button(&hosts, 0)?.text.starts_with("0 clicks"), "another row's button changed");
    ensure!(button(&hosts, 1)?.number == number, "an element got another number");
    input::press(&world.browser, thirtyfour::Key::Enter + "").await?;
    probe::read_until(&world.browser, "the key to be counted", |hosts| {
        ensure!(button(&hosts, 1)?.text.starts_with("2 clicks"), "not yet");
        Ok(())
    })
    .await?;
    input::leave(&world.browser).await?;
    for (move_on_it, wanted) in [(true, true), (false, false)] {
        if move_on_it {
            input::hover(&world.browser, number).await?;
        } else {
            input::leave(&world.browser).await?;
        }
        probe::read_until(&world.browser, "the pointer to be noticed", |hosts| {
            ensure!(button(&hosts, 1)?.is("button", "pointer here") == wanted, "not yet");
            Ok(())
        })
        .await?;
    }
    Ok(())
}

async fn reads_extension_pages(world: &mut World) -> Result<()> {
    world.open_extension("page.html").await?;
    let body = probe::body(&world.browser).await?;
    ensure!(body.all().any(|node| node.is("heading", "Specimen") && node.visible), "no heading: {body:#?}");
    let button = body.all().find(|node| node.is("button", "A button with a name")).context("no button")?;
    input::click(&world.browser, button.number).await?;
    let body = probe::body(&world.browser).await?;
    ensure!(body.all().any(|node| node.is("button", "A button") && node.focused), "a click did not focus it");
    probe::accessible(&world.browser).await
}

async fn kills_the_background(world: &mut World) -> Result<()> {
    world.open("/projects").await?;
    let hosts = labelled(world, "0 clicks").await?;
    let first = life(button(&hosts, 0)?)?;
    ensure!(background::is_alive(&world.browser).await?, "it answered, so it should be alive");
    background::kill(&world.browser).await?;
    ensure!(!background::is_alive(&world.browser).await?, "it should be dead");
    input::click(&world.browser, button(&hosts, 0)?.number).await?;
    let hosts = probe::read_until(&world.browser, "the next life to answer", |hosts| {
        ensure!(button(&hosts, 0)?.text.starts_with("1 clicks"), "not yet");
        Ok(hosts)
    })
    .await?;
    ensure!(life(button(&hosts, 0)?)? != first, "the background was not killed: it answers in the same life");
    background::kill(&world.browser).await?;
    background::kill(&world.browser).await.context("killing what is dead already")
}

async fn finds_violations_and_shifts(world: &mut World) -> Result<()> {
    world.open("/projects").await?;
    labelled(world, "0 clicks").await?;
    probe::accessible(&world.browser).await?;
    let before = shift::measure(&world.browser).await?;
    before.ensure_same(&shift::measure(&world.browser).await?)?;
    before.ensure_same(&shift::measure_without_us(&world.browser).await?)?;
    shift::ensure_none(&world.browser).await.context("neither market nor specimen moves anything")?;
    let push = "const row = document.querySelectorAll('.table-row')[2]; row.style.marginTop = '40px';";
    world.browser.execute(push, vec![]).await?;
    ensure!(
        before.ensure_same(&shift::measure(&world.browser).await?).is_err(),
        "a pushed row was not noticed"
    );
    if world.browser.kind() == Kind::Chromium {
        wait::until("Chromium to notice the pushed row", async || {
            let shifts = shift::layout_shifts(&world.browser).await?.context("Chromium measures shifts")?;
            Ok(shifts.iter().any(|shift| shift.value > 0.0 && !shift.moved.is_empty()).then_some(()))
        })
        .await?;
    }
    Ok(())
}

async fn hears_errors(world: &mut World) -> Result<()> {
    world.open("/projects").await?;
    let hosts = labelled(world, "0 clicks").await?;
    ensure!(world.browser.errors_of_ours().await?.is_empty(), "an error before one was planted");
    input::click(&world.browser, button(&hosts, 0)?.number).await?;
    input::press(&world.browser, "x").await?;
    wait::until("the console to tell the planted error", async || {
        let errors = world.browser.errors_of_ours().await?;
        Ok(errors.iter().any(|error| error.contains("planted error")).then_some(()))
    })
    .await?;
    ensure!(world.finish().await.is_err(), "a journey with an error would have passed");
    world.browser.forget_console().await
}

async fn hides_and_shows_tabs(world: &mut World) -> Result<()> {
    world.open("/projects").await?;
    let first = world.browser.driver()?.window().await?;
    let listen =
        "window.seen = []; addEventListener('visibilitychange', () => seen.push(document.visibilityState))";
    world.browser.execute(listen, vec![]).await?;
    world.browser.new_tab().await?;
    world.open("/tasks").await?;
    world.browser.switch_to(&first).await?;
    let seen: Vec<String> = world.page("return window.seen").await?;
    ensure!(seen == ["hidden", "visible"], "the first tab saw {seen:?}");
    Ok(())
}

async fn changes_the_look(world: &mut World) -> Result<()> {
    world.open("/projects").await?;
    let hosts = labelled(world, "0 clicks").await?;
    let light = button(&hosts, 0)?.background.clone();
    world.picture("light").await?;
    look::theme(&world.browser, look::Theme::Dark).await?;
    let dark = button(&probe::read(&world.browser).await?, 0)?.background.clone();
    world.picture("dark").await?;
    ensure!(light != dark, "light and dark are the same: {light}");
    look::view(&world.browser, 640, 200).await?;
    let ratio: f64 = world.page("return devicePixelRatio").await?;
    ensure!((ratio - 2.0).abs() < 0.01, "at 200 % a CSS pixel has {ratio} of the screen");
    world.picture("zoom_200").await?;
    look::view(&world.browser, 500, 100).await?;
    let narrow: bool = world.page("return matchMedia('(max-width: 500px)').matches").await?;
    ensure!(narrow, "the page is not narrow");
    world.picture("narrow").await
}

async fn restarts_the_browser(world: &mut World) -> Result<()> {
    world.open("/projects").await?;
    let hosts = labelled(world, "0 clicks").await?;
    input::click(&world.browser, button(&hosts, 0)?.number).await?;
    probe::read_until(&world.browser, "the click to be counted", |hosts| {
        ensure!(button(&hosts, 0)?.text.starts_with("1 clicks"), "not yet");
        Ok(())
    })
    .await?;
    world.browser.restart().await?;
    world.open("/projects").await?;
    let hosts = labelled(world, "1 clicks").await.context("after a restart")?;
    input::click(&world.browser, button(&hosts, 0)?.number).await?;
    probe::read_until(&world.browser, "the click to be counted", |hosts| {
        ensure!(button(&hosts, 0)?.text.starts_with("2 clicks"), "not yet");
        Ok(())
    })
    .await?;
    world.browser.kill_and_restart().await?;
    world.open("/projects").await?;
    labelled(world, "2 clicks").await.context("after a kill")?;
    world.open_extension("page.html").await?;
    let stored = "chrome.storage.local.get(null).then(arguments[0])";
    ensure!(world.browser.execute_async(stored, vec![]).await? == json!({ "clicks": 2 }), "stored otherwise");
    Ok(())
}
