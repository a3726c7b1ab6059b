//! The worker checks the history against the site: on request, slowly, and through every bad answer.

use super::screens::{click, fits, says, text};
use super::worker;
use crate::browser::{Install, Kind, Subject};
use crate::journey::{Journey, Matrix};
use crate::world::World;
use crate::{probe, wait};
use anyhow::{Context, Result, anyhow, ensure};
use std::time::Duration;
use wagelight_market::{
    Account, Asked, AssignmentState, Csp, Day, Failure, PastWork, Route, When, Wrong, least_gap, most_at_once,
};

pub(crate) fn journeys() -> Vec<Journey> {
    let journey = |name, matrix, run| Journey {
        name,
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix,
        run,
    };
    vec![
        journey("a_check_tells_what_the_worker_never_saw", Matrix::Whole, |world| Box::pin(checked(world))),
        journey("a_check_is_cancelled_closed_and_gone_on_with", Matrix::Once, |world| {
            Box::pin(gone_on_with(world))
        }),
        journey("a_check_says_what_the_site_answered_instead", Matrix::Once, |world| {
            Box::pin(badly_answered(world))
        }),
        journey("a_check_never_mixes_two_accounts", Matrix::Once, |world| Box::pin(refused(world))),
    ]
}

/// A run of some days: a pause of a second and a half before each request, on a slow machine.
const A_RUN: Duration = Duration::from_secs(90);

/// Three days of work that no page of the site has shown yet.
fn past(world: &mut World) -> Result<()> {
    worker::list(world, &worker::groups()?)?;
    world.market_behaves(|behaviour| behaviour.held = 0);
    let today = Day::at(world.market.now());
    let enter = |before, tasks, state| {
        let work = PastWork { day: today.days_before(before), tasks, state };
        world.market.worker().enter(work).map(drop).map_err(|refused| anyhow!("{refused:?}"))
    };
    enter(0, 2, AssignmentState::Submitted)?;
    enter(1, 23, AssignmentState::Paid)?;
    enter(4, 3, AssignmentState::Rejected)
}

/// What scripts asked of the market since the journey began.
fn fetches(world: &World, before: usize) -> Vec<Asked> {
    world.market.asked().into_iter().skip(before).filter(Asked::is_fetch).collect()
}

/// One at a time, and none too soon after another.
pub(super) fn ensure_polite(world: &World, before: usize) -> Result<()> {
    let asked = fetches(world, before);
    ensure!(most_at_once(&asked) <= 1, "more than one request at once: {asked:#?}");
    let gap = least_gap(&asked);
    ensure!(gap.is_none_or(|gap| gap >= Duration::from_millis(1_450)), "requests {gap:?} apart");
    let paths = ["GET /dashboard?", "GET /tasks?", "GET /status_details/"];
    let other = asked.iter().map(Asked::line).find(|line| !paths.iter().any(|path| line.starts_with(path)));
    ensure!(other.is_none(), "the site was asked for {other:?}");
    Ok(())
}

/// Opens the dashboard, and the history in a tab of its own.
async fn begin(world: &mut World) -> Result<usize> {
    past(world)?;
    world.open("/dashboard").await?;
    world.browser.new_tab().await?;
    world.open_extension("pages/history.html").await?;
    says(world, "Check against the site").await?;
    let before = world.market.asked().len();
    Ok(before)
}

/// Waits for the end of a run. Where the trial says so, the background dies behind each request.
pub(super) async fn run_says(world: &mut World, before: usize, words: &str) -> Result<String> {
    let deadline = std::time::Instant::now() + A_RUN;
    let mut seen = fetches(world, before).len();
    loop {
        let said = text(&probe::body(&world.browser).await?);
        if said.contains(words) {
            return Ok(said);
        }
        ensure!(std::time::Instant::now() < deadline, "waited for {words:?}; it says {said:?}");
        let now = wait::until_within(Duration::from_millis(500), "a request", async || {
            let now = fetches(world, before).len();
            Ok((now > seen).then_some(now))
        });
        if let Ok(now) = now.await {
            seen = now;
            world.step("the background between two requests").await?;
        }
    }
}

/// Presses Check and waits for the offer.
async fn offered(world: &mut World, before: usize) -> Result<()> {
    click(world, "button", "Check").await?;
    run_says(world, before, "about a minute.").await.map(drop)
}

async fn checked(world: &mut World) -> Result<()> {
    let before = begin(world).await?;
    ensure!(fetches(world, before).is_empty(), "asked without a press");

    world.step("look what there is").await?;
    if world.browser.kind() == Kind::Firefox && world.market.behaviour().csp != Csp::None {
        // Firefox asks for nothing that the page's own policy forbids the page to ask for.
        click(world, "button", "Check").await?;
        run_says(world, before, "Three requests in a row failed").await?;
        ensure!(fetches(world, before).is_empty(), "the policy let something through");
        return Ok(());
    }
    offered(world, before).await?;
    ensure!(fetches(world, before).len() == 1, "more than one request before anything was chosen");
    fits(world, 320, "check_offered").await?;

    world.step("today and yesterday").await?;
    click(world, "button", "Today and yesterday").await?;
    says(world, "of about").await?;
    world.picture("check_running").await?;
    let said = run_says(world, before, "2 days read.").await?;
    ensure!(said.contains("Something new about 25 tasks."), "{said}");
    ensure!(said.contains("paid") && said.contains("pending"), "{said}");
    fits(world, 320, "check_over").await?;

    world.step("and the rest").await?;
    click(world, "button", "Check again").await?;
    run_says(world, before, "1 day, 3 requests, about a minute.").await?;
    click(world, "button", "Read them").await?;
    let said = run_says(world, before, "1 day read.").await?;
    ensure!(said.contains("Something new about 3 tasks.") && said.contains("rejected"), "{said}");

    world.step("once more").await?;
    click(world, "button", "Check again").await?;
    run_says(world, before, "Every day agrees with the site").await?;
    click(world, "button", "Read the queue").await?;
    run_says(world, before, "Your history knew all of it.").await?;
    ensure_polite(world, before)
}

async fn gone_on_with(world: &mut World) -> Result<()> {
    let before = begin(world).await?;
    offered(world, before).await?;

    world.step("cancel").await?;
    click(world, "button", "All").await?;
    says(world, "of about").await?;
    click(world, "button", "Cancel").await?;
    says(world, "it goes on where it stopped").await?;
    world.picture("check_cancelled").await?;

    world.step("go on, and close the page").await?;
    click(world, "button", "Go on").await?;
    wait::until("another request", async || Ok((fetches(world, before).len() >= 3).then_some(()))).await?;
    world.open_extension("pages/history.html").await?;
    says(world, "It stopped when its page was closed").await?;
    let asked = fetches(world, before).len();
    world.picture("check_closed").await?;
    ensure!(fetches(world, before).len() <= asked + 1, "it went on by itself");

    world.step("go on again").await?;
    click(world, "button", "Go on").await?;
    run_says(world, before, "3 days read.").await?;
    ensure_polite(world, before)
}

async fn badly_answered(world: &mut World) -> Result<()> {
    let before = begin(world).await?;
    let cases = [
        (Wrong::Captcha, When::Always, "whether you are a person"),
        (Wrong::SignIn, When::Always, "The site sent us to another page"),
        (Wrong::HtmlForJson, When::Always, "Three requests in a row failed"),
        (Wrong::Unavailable, When::Always, "Three requests in a row failed"),
        (Wrong::TooManyHtml, When::Always, "this run is over"),
        (Wrong::BadRequest, When::Always, "Not given by the site"),
        (Wrong::Huge, When::Always, "Not given by the site"),
        (Wrong::RowWithoutId, When::Always, "Not in full"),
        (Wrong::EndlessPages, When::Always, "Not in full"),
        (Wrong::NumbersAsStrings, When::Always, "1 day read."),
        (Wrong::TooManyJson, When::Next(1), "1 day read."),
    ];
    for (wrong, when, words) in cases {
        world.step(&format!("{wrong:?}")).await?;
        world.market_behaves(|behaviour| behaviour.failures.clear());
        if [Wrong::NumbersAsStrings, Wrong::TooManyJson].contains(&wrong) {
            // By now all that there was is known.
            let day = Day::at(world.market.now());
            let work = PastWork { day, tasks: 1, state: AssignmentState::Paid };
            world.market.worker().enter(work).map_err(|refused| anyhow!("{refused:?}"))?;
        }
        let begin = if fetches(world, before).is_empty() { "Check" } else { "again" };
        let body = probe::body(&world.browser).await?;
        let name = if text(&body).contains("Begin anew") { "Begin anew" } else { begin };
        click(world, "button", name).await?;
        let said = run_says(world, before, "about a minute.").await?;
        let failure = Failure { route: Some(Route::StatusDetails), when, wrong };
        world.market_behaves(|behaviour| behaviour.failures = vec![failure]);
        click(world, "button", if said.contains("All that differs") { "All" } else { "Read" }).await?;
        run_says(world, before, words).await.with_context(|| format!("{wrong:?}"))?;
        world.picture(&format!("check_{wrong:?}")).await?;
    }
    world.market_behaves(|behaviour| behaviour.failures.clear());
    says(world, "30 tasks.").await?;
    ensure_polite(world, before)
}

async fn refused(world: &mut World) -> Result<()> {
    let before = begin(world).await?;
    offered(world, before).await?;
    click(world, "button", "Today and yesterday").await?;
    run_says(world, before, "2 days read.").await?;
    let history = world.browser.driver()?.window().await?;
    let tabs = world.browser.driver()?.windows().await?;
    let site = tabs.into_iter().find(|tab| *tab != history).context("the dashboard's tab")?;

    world.step("another worker signs in").await?;
    world.browser.switch_to(&site).await?;
    world.open(&format!("/market/sign-in?worker={}", Account::B)).await?;
    world.open("/dashboard").await?;
    world.browser.switch_to(&history).await?;
    let asked = fetches(world, before).len();
    click(world, "button", "Check again").await?;
    says(world, "Another account is signed in").await?;
    ensure!(fetches(world, before).len() == asked, "the other account was asked");
    fits(world, 320, "check_refused").await?;

    world.step("no page of the site").await?;
    world.browser.switch_to(&site).await?;
    world.open(&format!("/market/sign-in?worker={}", Account::A)).await?;
    world.browser.goto("about:blank").await?;
    world.browser.switch_to(&history).await?;
    click(world, "button", "Try again").await?;
    says(world, "Open your dashboard first").await?;
    world.picture("check_without_a_page").await?;
    ensure!(fetches(world, before).len() == asked, "asked through no page");
    ensure_polite(world, before)
}
