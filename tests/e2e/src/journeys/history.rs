//! The history fills itself while the worker works, from the pages they open anyway.

use super::kill::let_close;
use super::worker;
use crate::browser::{Install, Kind, Subject};
use crate::journey::{Journey, Matrix};
use crate::probe;
use crate::stored::places::{Places, walk};
use crate::stored::stored;
use crate::wait;
use crate::world::World;
use anyhow::{Context, Result, anyhow, ensure};
use thirtyfour::By;
use wagelight_market::{Account, Assignment, CallerValue, LocaleValue, Question, Requirement};

pub(crate) fn journeys() -> Vec<Journey> {
    let journey = |name, matrix, run| Journey {
        name,
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix,
        run,
    };
    vec![journey("a_task_is_followed_to_its_end", Matrix::Whole, |world| Box::pin(followed(world)))]
}

/// A worker id as requesters write them into titles and feedback.
pub(super) const OTHER_WORKER: &str = "A2EXAMPLE0W1KQ";

/// The worker's own value of a qualification, and where they live.
const OWN_VALUE: &str = "918273645";
const OWN_PLACE: &str = "XQZ-PROVINCE";

/// Twenty groups, none of which the worker holds, all of which they may accept. Their pages carry all that is private.
pub(super) fn market(world: &mut World, question: Question) -> Result<Vec<String>> {
    let mut groups = worker::groups()?;
    for group in &mut groups {
        group.caller_meets_requirements = true;
        group.title = format!("{} HIT for {OTHER_WORKER}", group.title);
        group.project_requirements = vec![requirement()];
    }
    worker::list(world, &groups)?;
    world.market_behaves(|behaviour| {
        behaviour.held = 0;
        behaviour.question = question;
    });
    Ok(groups.into_iter().map(|group| group.hit_set_id).collect())
}

/// A requirement that says what is the worker's own.
pub(super) fn requirement() -> Requirement {
    let locale_value = LocaleValue { subdivision: Some(OWN_PLACE.to_owned()), ..LocaleValue::default() };
    Requirement {
        qualification_type_id: "3PRIVATEQUALIFICATION".to_owned(),
        comparator: "GreaterThan".to_owned(),
        worker_action: "AcceptHit".to_owned(),
        qualification_values: vec!["10".to_owned()],
        caller_meets_requirement: Some(true),
        caller_qualification_value: Some(CallerValue { integer_value: OWN_VALUE.parse().ok(), locale_value }),
        ..Requirement::default()
    }
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

/// A field among the details of the newest task, in a tab of its own, once the history says this.
pub(super) async fn history_details(world: &World, words: &str, label: &str) -> Result<String> {
    let page = world.browser.driver()?.window().await?;
    history_says(world, &[words]).await?;
    world.browser.new_tab().await?;
    let script = format!(
        "const fact = [...document.querySelectorAll('.fact')].find((one) => one.querySelector('.label')?.textContent === {label:?});
         return fact?.querySelector('.value').textContent ?? null"
    );
    let said = wait::until(&format!("{label:?} among the details"), async || {
        world.open_extension("pages/history.html").await?;
        let task = wait::until("the newest task", async || {
            Ok(world.browser.driver()?.find(By::Css("button.task")).await.ok())
        });
        task.await?.click().await?;
        wait::until("its details", async || world.page::<Option<String>>(&script).await).await.map(Some)
    })
    .await;
    if said.is_ok() {
        world.picture("details").await?;
    }
    world.browser.driver()?.close_window().await?;
    world.browser.switch_to(&page).await?;
    said
}

/// A task to its end and over it, and a second one given back.
pub(super) async fn followed(world: &mut World) -> Result<()> {
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
    let told = worker.reject(&task.assignment_id, &format!("Not what was asked, {OTHER_WORKER}"));
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
    let text = nothing_private(world).await?;
    ensure!(text.contains("Not what was asked, [worker]"), "the feedback is nowhere: {text}");

    world.step("the day is over").await?;
    world.open_extension("pages/history.html").await?;
    let_close(&world.browser).await?;
    wait::until("the journal to be packed into a file", async || {
        // A page that is left at once may not have told yet what it shows.
        world.open(&format!("/status_details/{day}")).await?;
        history_says(world, &["overturned"]).await?;
        world.open_extension("pages/history.html").await?;
        Ok((stored(&world.browser).await?.files().await? > 0).then_some(()))
    })
    .await?;
    nothing_private(world).await.map(drop)
}

/// What must be nowhere in what is stored: worker ids, answers, where questions come from, the worker's own values.
const PRIVATE: [&str; 9] = [
    Account::A,
    OTHER_WORKER,
    "secret answer",
    "my answer",
    "mturkcontent",
    "survey.example",
    "turkSubmitTo",
    OWN_VALUE,
    OWN_PLACE,
];

/// Looks for it in all that the core can read of the stores, which it gives back, and in every byte of their files.
pub(super) async fn nothing_private(world: &World) -> Result<String> {
    let page = world.browser.driver()?.window().await?;
    world.browser.new_tab().await?;
    world.open_extension("pages/history.html").await?;
    let found = stored(&world.browser).await?;
    world.browser.driver()?.close_window().await?;
    world.browser.switch_to(&page).await?;
    let text = found.text().await?;
    ensure!(text.contains("3ASGN"), "the assignment is nowhere: {text}");
    ensure!(text.contains("[worker]"), "the title lost more than the worker's id: {text}");
    for private in PRIVATE {
        ensure!(!text.contains(private), "{private} is stored");
    }
    let mut files = 0;
    for (name, place) in Places::of(&world.browser).all() {
        for file in walk(place).unwrap_or_default() {
            files += 1;
            let bytes = std::fs::read(&file).unwrap_or_default();
            let is_there = |private: &&&str| contains(&bytes, private);
            let private = PRIVATE.iter().find(is_there);
            ensure!(private.is_none(), "{private:?} lies on disk ({name}): {}", file.display());
        }
    }
    ensure!(files > 4, "only {files} files were looked through");
    let heard = world.browser.console().await?;
    let said = heard.iter().find(|entry| PRIVATE.iter().any(|private| entry.text.contains(private)));
    ensure!(world.browser.kind() == Kind::Firefox || said.is_none(), "the console says {said:?}");
    Ok(text)
}

/// Whether a text stands among bytes, in one byte a letter or in two.
fn contains(bytes: &[u8], text: &str) -> bool {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [text.as_bytes(), &wide].iter().any(|form| bytes.windows(form.len()).any(|window| window == *form))
}
