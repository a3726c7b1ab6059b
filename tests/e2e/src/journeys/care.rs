//! The stores fail, one at a time: what a page saw stays in it until it is kept, and what was mended is told.

use super::worker;
use crate::browser::{Install, Subject};
use crate::journey::{Journey, Matrix};
use crate::look::{self, Theme};
use crate::probe::{self, Host, Node};
use crate::world::World;
use crate::{background, input, wait};
use anyhow::{Context, Result, anyhow, ensure};
use serde_json::json;

pub(crate) fn journeys() -> Vec<Journey> {
    let journey = |name, run| Journey {
        name,
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix: Matrix::Hosts,
        run,
    };
    vec![
        journey("what_is_not_saved_stays_in_the_page", |world| Box::pin(unsaved(world))),
        journey("an_emptied_database_is_mended_and_told", |world| Box::pin(emptied(world))),
    ]
}

/// Accepts the nth task of the list as the site's own link does, and opens its page.
pub(super) async fn accept(world: &mut World, nth: usize) -> Result<()> {
    let mut groups = worker::groups()?;
    for group in &mut groups {
        group.caller_meets_requirements = true;
        group.project_requirements = Vec::new();
    }
    worker::list(world, &groups)?;
    world.market_behaves(|behaviour| behaviour.held = 0);
    let group = groups.get(nth).context("no such group")?.hit_set_id.clone();
    let task = world.market.worker().accept(&group).map_err(|refused| anyhow!("{refused:?}"))?;
    let (id, assignment) = (&task.task_id, &task.assignment_id);
    world.open(&format!("/projects/{group}/tasks/{id}?assignment_id={assignment}&ref=w_pl_prvw")).await
}

/// The page's visible text.
async fn text(world: &World) -> Result<(String, Node)> {
    let body = probe::body(&world.browser).await?;
    let seen = body.all().filter(|node| node.visible && !node.text.is_empty());
    let text = seen.map(|node| node.text.as_str()).collect::<Vec<_>>().join(" ");
    Ok((text, body))
}

/// Waits until the page of the extension says this.
pub(super) async fn says(world: &World, words: &str) -> Result<Node> {
    wait::until(&format!("the page to say {words:?}"), async || {
        let (text, body) = text(world).await?;
        ensure!(text.contains(words), "it says {text:?}");
        Ok(Some(body))
    })
    .await
}

async fn click(world: &World, name: &str) -> Result<()> {
    let body = probe::body(&world.browser).await?;
    let button = body.all().find(|node| node.visible && node.is("button", name));
    input::click(&world.browser, button.with_context(|| format!("no button {name:?}"))?.number).await
}

/// Does something with the database in a page of the extension. The background is dead then and holds no
/// connection.
async fn with_database(world: &World, script: &str) -> Result<()> {
    background::kill(&world.browser).await?;
    let script = format!(
        "const done = arguments[0]; const wait = (request) => new Promise((yes, no) => {{
            request.onsuccess = () => yes(request.result); request.onerror = request.onblocked = () => no(request.error ?? 'blocked'); }});
        (async () => {{ {script} }})().then(() => done(null), (error) => done(String(error)));"
    );
    let failed = world.browser.execute_async(&script, vec![]).await?;
    ensure!(failed.is_null(), "{failed}");
    Ok(())
}

/// The banner in our panel, if it stands.
pub(super) fn banner(hosts: &[Host]) -> Option<&Host> {
    hosts.iter().find(|host| host.visible && host.text().contains("Not saved yet"))
}

/// One database of a newer version stands for all that keeps a change from being saved: here it can be made and
/// taken away.
async fn unsaved(world: &mut World) -> Result<()> {
    world.step("a newer Wagelight has been here").await?;
    let stores = world.browser.new_tab().await?;
    world.open_extension("pages/options.html").await?;
    with_database(world, "(await wait(indexedDB.open('wagelight', 99))).close()").await?;
    let page = world.browser.new_tab().await?;
    accept(world, 0).await?;
    let what = "the page to keep what is not saved";
    probe::read_until(&world.browser, what, |hosts| {
        let host = banner(&hosts).context("nothing says so")?;
        let text = host.text();
        ensure!(text.contains("a newer Wagelight wrote the history"), "it says {text:?}");
        ensure!(host.closed, "the page can open it");
        Ok(())
    })
    .await?;
    for (theme, word) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        look::theme(&world.browser, theme).await?;
        look::view(&world.browser, 360, 200).await?;
        probe::accessible(&world.browser).await?;
        world.picture(&format!("unsaved_{word}_360")).await?;
        look::usual_view(&world.browser).await?;
        world.picture(&format!("unsaved_{word}")).await?;
    }
    look::theme(&world.browser, Theme::Light).await?;

    world.step("our own pages say so too").await?;
    world.browser.switch_to(&stores).await?;
    world.open_extension("pages/history.html").await?;
    says(world, "Your records were saved by a newer Wagelight").await?;
    world.open_extension("pages/popup.html").await?;
    says(world, "Your records were saved by a newer Wagelight").await?;

    world.step("it is gone again").await?;
    with_database(world, "await wait(indexedDB.deleteDatabase('wagelight'))").await?;
    world.browser.switch_to(&page).await?;
    press_again_until_saved(world).await?;
    world.browser.switch_to(&stores).await?;
    world.open_extension("pages/history.html").await?;
    says(world, "1 task.").await?;
    Ok(())
}

/// The background may have saved it by itself meanwhile: then there is nothing to press.
async fn press_again_until_saved(world: &World) -> Result<()> {
    let hosts = probe::read(&world.browser).await?;
    if let Some(host) = banner(&hosts) {
        let again = host.all().find(|node| node.name == "Try again").context("no button")?;
        input::click(&world.browser, again.number).await?;
    }
    probe::read_until(&world.browser, "the change to be saved", |hosts| {
        ensure!(banner(&hosts).is_none(), "it is not");
        Ok(())
    })
    .await
}

async fn emptied(world: &mut World) -> Result<()> {
    world.step("accept three tasks").await?;
    let site = world.browser.driver()?.window().await?;
    let ours = world.browser.new_tab().await?;
    for (nth, words) in ["1 task.", "2 tasks.", "3 tasks."].into_iter().enumerate() {
        world.browser.switch_to(&site).await?;
        accept(world, nth).await?;
        world.browser.switch_to(&ours).await?;
        wait::until(&format!("the history to have {words}"), async || {
            world.open_extension("pages/history.html").await?;
            let (text, _) = text(world).await?;
            ensure!(text.contains(words), "it says {text:?}");
            Ok(Some(()))
        })
        .await?;
    }

    world.step("the records are checked").await?;
    click(world, "Check the records").await?;
    says(world, "every stored record is as it was written, and every total is right: 3 tasks are there")
        .await?;
    for (theme, word) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        look::theme(&world.browser, theme).await?;
        look::view(&world.browser, 320, 200).await?;
        let wide: bool =
            world.page("return document.documentElement.scrollWidth > window.innerWidth").await?;
        ensure!(!wide, "it scrolls sideways");
        probe::accessible(&world.browser).await?;
        world.picture(&format!("checked_{word}_320")).await?;
        look::usual_view(&world.browser).await?;
        world.picture(&format!("checked_{word}")).await?;
    }

    world.step("the browser empties the database").await?;
    with_database(
        world,
        "const db = await wait(indexedDB.open('wagelight')); const all = [...db.objectStoreNames];
         const change = db.transaction(all, 'readwrite'); for (const name of all) change.objectStore(name).clear();
         await new Promise((yes) => (change.oncomplete = yes)); db.close();",
    )
    .await?;

    world.step("the history page makes it again and says so").await?;
    world.open_extension("pages/history.html").await?;
    let told = "it was made again from the journal: 3 tasks are there";
    says(world, told).await?;
    for (theme, word) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        look::theme(&world.browser, theme).await?;
        look::view(&world.browser, 320, 200).await?;
        probe::accessible(&world.browser).await?;
        world.picture(&format!("told_{word}_320")).await?;
        look::usual_view(&world.browser).await?;
        world.picture(&format!("told_{word}")).await?;
    }
    look::theme(&world.browser, Theme::Light).await?;
    world.open_extension("pages/history.html").await?;
    says(world, "3 tasks.").await?;
    world.open_extension("pages/popup.html").await?;
    says(world, told).await?;
    world.picture("told_popup").await?;

    world.step("the worker has read it").await?;
    click(world, "Got it").await?;
    wait::until("the message to be put away", async || {
        let (text, _) = text(world).await?;
        ensure!(!text.contains(told), "it stands there");
        Ok(Some(()))
    })
    .await?;
    world.open_extension("pages/history.html").await?;
    says(world, "Earlier messages").await?;
    let reserve = "navigator.storage.getDirectory().then((root) => root.getFileHandle('reserve')).then((one) => one.getFile())
        .then((file) => arguments[0](file.size), (error) => arguments[0](String(error)))";
    wait::until("room to be set aside on the disk", async || {
        let bytes = world.browser.execute_async(reserve, vec![]).await?;
        ensure!(bytes == json!(4 * 1_024 * 1_024), "{bytes}");
        Ok(Some(()))
    })
    .await?;
    world.browser.switch_to(&site).await
}
