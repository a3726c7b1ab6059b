//! The history fills itself while the worker works, from the pages they open anyway.

use super::worker;
use crate::browser::{Install, Kind, Subject};
use crate::journey::{Journey, Matrix};
use crate::probe;
use crate::wait;
use crate::world::World;
use anyhow::{Context, Result, anyhow, ensure};
use thirtyfour::By;
use wagelight_market::{Account, Assignment, Question};

pub(crate) fn journeys() -> Vec<Journey> {
    let journey = |name, matrix, run| Journey {
        name,
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix,
        run,
    };
    vec![
        journey("a_task_is_followed_to_its_end", Matrix::Whole, |world| Box::pin(followed(world))),
        journey("what_a_frame_says_is_kept_and_nothing_else", Matrix::Once, |world| Box::pin(framed(world))),
    ]
}

/// Twenty groups, none of which the worker holds, all of which they may accept.
pub(super) fn market(world: &mut World, question: Question) -> Result<Vec<String>> {
    let mut groups = worker::groups()?;
    for group in &mut groups {
        group.caller_meets_requirements = true;
        group.project_requirements = Vec::new();
    }
    worker::list(world, &groups)?;
    world.market_behaves(|behaviour| {
        behaviour.held = 0;
        behaviour.question = question;
    });
    Ok(groups.into_iter().map(|group| group.hit_set_id).collect())
}

/// Accepts a task as the site's own link does, and opens its page.
pub(super) async fn work_on(world: &World, group: &str) -> Result<Assignment> {
    let task = world.market.worker().accept(group).map_err(|refused| anyhow!("{refused:?}"))?;
    let (id, assignment) = (&task.task_id, &task.assignment_id);
    world.open(&format!("/projects/{group}/tasks/{id}?assignment_id={assignment}&ref=w_pl_prvw")).await?;
    Ok(task)
}

/// The history page, in a tab of its own, once it says all of this.
pub(super) async fn history_says(world: &World, words: &[&str]) -> Result<String> {
    let page = world.browser.driver()?.window().await?;
    world.browser.new_tab().await?;
    let said = wait::until(&format!("the history to say {words:?}"), async || {
        world.open_extension("pages/history.html").await?;
        let body = probe::body(&world.browser).await?;
        let seen = body.all().filter(|node| node.visible && !node.text.is_empty());
        let text = seen.map(|node| node.text.as_str()).collect::<Vec<_>>().join(" ");
        let missing = words.iter().find(|words| !text.contains(**words));
        ensure!(missing.is_none(), "it says {text:?}");
        Ok(Some(text))
    })
    .await;
    if said.is_ok() {
        world.picture("history").await?;
    }
    world.browser.driver()?.close_window().await?;
    world.browser.switch_to(&page).await?;
    said
}

async fn followed(world: &mut World) -> Result<()> {
    let groups = market(world, Question::Plain)?;
    let group = groups.first().context("no group")?.clone();

    world.step("accept a task").await?;
    let task = work_on(world, &group).await?;
    let title = task.group.title.split_whitespace().next().context("a title")?.to_owned();
    history_says(world, &[&title, "in progress"]).await?;

    world.step("hand it in").await?;
    world
        .browser
        .execute(
            "document.querySelector('#answer').value = 'my answer'; document.querySelector('#submit').click()",
            vec![],
        )
        .await?;
    history_says(world, &[&title, "1 pending"]).await?;

    world.step("the requester rejects it").await?;
    let worker = world.market.worker();
    let told = worker.reject(&task.assignment_id, "Not what was asked, A2EXAMPLE0W1KQ");
    let day = told.map_err(|refused| anyhow!("{refused:?}"))?.day.context("no day")?;
    world.open(&format!("/status_details/{day}")).await?;
    history_says(world, &[&title, "rejected"]).await?;

    world.step("and thinks again").await?;
    worker.overturn(&task.assignment_id).map_err(|refused| anyhow!("{refused:?}"))?;
    world.open(&format!("/status_details/{day}")).await?;
    history_says(world, &[&title, "overturned"]).await?;

    world.step("give another one back").await?;
    let second = groups.get(1).context("one group only")?.clone();
    work_on(world, &second).await?;
    history_says(world, &["in progress"]).await?;
    world.browser.execute("document.querySelector('#return').click()", vec![]).await?;
    history_says(world, &["returned", "overturned"]).await?;
    nothing_private(world).await
}

async fn framed(world: &mut World) -> Result<()> {
    let groups = market(world, Question::Hosted)?;
    let group = groups.first().context("no group")?.clone();

    world.step("accept a task in a frame").await?;
    work_on(world, &group).await?;
    history_says(world, &["in progress"]).await?;

    world.step("hand it in").await?;
    let driver = world.browser.driver()?;
    driver.find(By::Css(".task-question-iframe-container iframe")).await?.enter_frame().await?;
    driver.find(By::Css("#answer")).await?.send_keys("my secret answer").await?;
    driver.find(By::Css("#submit")).await?.click().await?;
    driver.enter_default_frame().await?;
    history_says(world, &["1 pending"]).await?;
    nothing_private(world).await
}

/// What must be nowhere in what is stored.
const PRIVATE: [&str; 6] =
    [Account::A, "A2EXAMPLE0W1KQ", "secret answer", "my answer", "mturkcontent", "turkSubmitTo"];

/// Reads the database and `storage.local`, where the journal's lines of open days are, and looks for worker ids, question addresses and answers.
async fn nothing_private(world: &World) -> Result<()> {
    let page = world.browser.driver()?.window().await?;
    world.browser.new_tab().await?;
    world.open_extension("pages/options.html").await?;
    let script = r"
        const done = arguments[0];
        (async () => {
            const parts = [JSON.stringify(await chrome.storage.local.get(null))];
            for (const { name } of await indexedDB.databases()) {
                const db = await new Promise((yes, no) => {
                    const open = indexedDB.open(name);
                    open.onsuccess = () => yes(open.result);
                    open.onerror = () => no(open.error);
                });
                for (const store of db.objectStoreNames) {
                    const all = db.transaction(store).objectStore(store).getAll();
                    await new Promise((yes) => (all.onsuccess = yes));
                    parts.push(...all.result.map((value) => typeof value === 'string' ? value : new TextDecoder('latin1').decode(value)));
                }
                db.close();
            }
            return parts.join('\n');
        })().then(done, (error) => done('failed: ' + error));
    ";
    let stored = world.browser.execute_async(script, vec![]).await?;
    let stored = stored.as_str().context("no text")?;
    world.browser.driver()?.close_window().await?;
    world.browser.switch_to(&page).await?;
    ensure!(stored.contains("3ASGN"), "the assignment is nowhere: {stored}");
    for private in PRIVATE {
        ensure!(!stored.contains(private), "{private} is stored");
    }
    let heard = world.browser.console().await?;
    let said = heard.iter().find(|entry| PRIVATE.iter().any(|private| entry.text.contains(private)));
    ensure!(world.browser.kind() == Kind::Firefox || said.is_none(), "the console says {said:?}");
    Ok(())
}
