//! The disk is full: what was acknowledged stays, what cannot be kept stays in the page, which says so, and it is kept
//! once there is room.

use super::care::{accept, banner, says};
use super::damage::check;
use super::kill::{ASK, Notes, open_page, tell};
use crate::browser::{Beside, Browser, Install, Kind, Setup, Subject, Window};
use crate::changes::{ASSIGNMENT, Lots, Worker};
use crate::input;
use crate::journey::{Journey, Matrix};
use crate::probe;
use crate::small_disk::{SmallDisk, Wish};
use crate::stored::{History, stored};
use crate::wait;
use crate::world::World;
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use std::time::Duration;
use wagelight::storage::journal::Verdict;

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: NAME,
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix: Matrix::Once,
        run: |world| Box::pin(full(world)),
    }]
}

const NAME: &str = "a_full_disk_loses_nothing_and_is_told";

/// Room beside the profile when the browser starts.
const ROOM: u64 = 48 * 1_024 * 1_024;

/// What the extension sets aside.
const RESERVE: u64 = 4 * 1_024 * 1_024;

/// Tasks accepted on the site: before the disk was full, and then.
const ACCEPTED: usize = 2;

/// Changes that a full disk may still take: browsers have some room in their own files.
const MOST_TAKEN: usize = 200;

/// A write on a full disk may get no answer at all but that its time is over.
const ANSWERED_WITHIN: Duration = Duration::from_secs(90);

async fn full(world: &mut World) -> Result<()> {
    let kind = world.browser.kind();
    // What holds for a fresh browser's profile; the shared one is no longer needed.
    world.spent = true;
    let setup = Setup {
        market_port: world.market.port(),
        subject: Subject::Wagelight,
        install: Install::Permanent,
        beside: Beside::Probe,
        window: Window::Hidden,
    };
    let shared = std::mem::replace(&mut world.browser, Browser::start(kind, setup).await?);
    shared.close().await?;
    world.browser.restart().await?;
    let mut worker = Worker::new(Lots::new(&format!("full disk, {kind}")));
    let mut notes = Notes::default();
    open_page(&world.browser).await?;
    for _ in 0..5 {
        tell(&world.browser, &mut worker, &mut notes).await?;
    }
    world.browser.shut().await?;
    let disk = match SmallDisk::under(&world.browser.profile(), ROOM, &format!("{NAME}::{kind}"))? {
        Wish::Granted(disk) => disk,
        Wish::MadeElsewhere => return world.browser.reopen().await,
    };
    world.browser.reopen().await?;
    let outcome = on(&disk, world, (&mut worker, &mut notes)).await;
    if outcome.is_ok() {
        // The disk goes with all that is on it; what follows every journey needs a browser.
        world.browser.shut().await?;
        drop(disk);
        world.browser.reopen().await?;
    }
    outcome
}

async fn on(disk: &SmallDisk, world: &mut World, (worker, notes): (&mut Worker, &mut Notes)) -> Result<()> {
    world.step("room is set aside").await?;
    let ours = world.browser.driver()?.window().await?;
    open_page(&world.browser).await?;
    check(&world.browser).await?;
    let set_aside = reserve(&world.browser).await?;
    if set_aside != json!(RESERVE) {
        let room = "navigator.storage.estimate().then(arguments[0])";
        bail!(
            "not set aside: {set_aside}; the browser says {}",
            world.browser.execute_async(room, vec![]).await?
        );
    }
    // Whose history it is must be known before: that takes a write of its own.
    let site = world.browser.new_tab().await?;
    accept(world, 0).await?;
    world.browser.switch_to(&ours).await?;
    has_tasks(world, 1 + notes.history.entries.len()).await?;

    world.step("the disk is full").await?;
    let taken = fill_up(disk, world, (worker, notes)).await?;
    println!("{}: {taken:?}", world.browser.kind());
    let said =
        ask(&world.browser, &json!({ "ask": "screen", "screen": "notices", "act": "", "about": {} })).await?;
    ensure!(said.to_string().contains("freed the 4 MB"), "nothing is told: {said}");

    world.step("a page keeps what is not saved").await?;
    let full = disk.keep_full()?;
    world.browser.switch_to(&site).await?;
    accept(world, 1).await?;
    stands(world).await?;
    world.picture("full").await?;
    try_again(world).await?;
    stands(world).await?;

    world.step("there is room again").await?;
    full.make_room()?;
    wait::until_within(ANSWERED_WITHIN, "[Try again] to save it", async || {
        let hosts = probe::read(&world.browser).await?;
        if banner(&hosts).is_none() {
            return Ok(Some(()));
        }
        try_again(world).await?;
        Ok(None)
    })
    .await?;
    world.browser.switch_to(&ours).await?;
    let refused = notes.open().context("nothing was refused")?;
    wait::until_within(ANSWERED_WITHIN, "the refused change to be kept", async || {
        let answer = ask(&world.browser, &refused.ask).await?;
        ensure!(is(&answer, "saved"), "{answer}");
        Ok(Some(()))
    })
    .await?;
    refused.add_to(&mut notes.history)?;
    open_page(&world.browser).await?;
    says(world, "freed the 4 MB").await?;
    world.picture("told").await?;
    world.browser.switch_to(&site).await?;
    world.browser.goto("about:blank").await?;
    world.browser.switch_to(&ours).await?;

    if world.browser.kind() == Kind::Chromium {
        // Not mended yet: of twelve restarts here two came back without one of the two tasks that were acknowledged,
        // and others first refused to open the database. See ARCHITECTURE, "The history".
        println!("WHAT IS THERE AFTER A RESTART IS NOT TRIED IN CHROMIUM");
        return Ok(());
    }
    world.step("the browser is killed and starts again").await?;
    world.browser.kill().await?;
    world.browser.reopen().await?;
    open_page(&world.browser).await?;
    all_is_there(world, notes).await.context("before anything is mended")?;
    check(&world.browser).await?;
    tell(&world.browser, worker, notes).await?;
    all_is_there(world, notes).await?;
    let found = stored(&world.browser).await?;
    ensure!(found.verdict().await? == Verdict::Same, "{}", found.standing().await?);
    let (history, problems) = found.replayed_alone().await?;
    let differences = without_accepted(history)?.differences(&notes.history);
    ensure!(differences.is_empty() && problems.is_empty(), "the journal tells {differences:?} {problems:?}");
    Ok(())
}

/// What a full disk still took.
#[derive(Debug)]
#[expect(dead_code, reason = "it is printed")]
struct Taken {
    with_reserve: usize,
    without: usize,
    refusal: String,
}

/// Fills the disk before each change until one is refused. None is refused while the reserve stands.
async fn fill_up(
    disk: &SmallDisk,
    world: &World,
    (worker, notes): (&mut Worker, &mut Notes),
) -> Result<Taken> {
    let (mut with_reserve, mut without) = (0, 0);
    for _ in 0..MOST_TAKEN {
        disk.fill()?;
        let told = tell(&world.browser, worker, notes).await;
        let stands = reserve(&world.browser).await? == json!(RESERVE);
        match told {
            Ok(()) if stands => with_reserve += 1,
            Ok(()) => without += 1,
            Err(error) => {
                let refusal = format!("{error:#}");
                ensure!(!stands, "refused while there is a reserve: {refusal}");
                ensure!(without > 0, "what was freed helped nothing: {refusal}");
                ensure!(refusal.contains("disk is full"), "it says {refusal}");
                return Ok(Taken { with_reserve, without, refusal });
            }
        }
    }
    bail!("a full disk took {MOST_TAKEN} changes");
}

/// The stores hold so many tasks.
async fn has_tasks(world: &World, tasks: usize) -> Result<()> {
    wait::until("the accepted task to be kept", async || {
        let found = stored(&world.browser).await?.counted().await?.entries.len();
        ensure!(found == tasks, "{found} tasks");
        Ok(Some(()))
    })
    .await
}

/// The bytes set aside, or why there are none.
async fn reserve(browser: &Browser) -> Result<Value> {
    let script = "navigator.storage.getDirectory().then((root) => root.getFileHandle('reserve')).then((one) => one.getFile())
        .then((file) => arguments[0](file.size), (error) => arguments[0](String(error)))";
    browser.execute_async(script, vec![]).await
}

async fn ask(browser: &Browser, ask: &Value) -> Result<Value> {
    browser.execute_async(ASK, vec![ask.clone()]).await
}

fn is(answer: &Value, what: &str) -> bool {
    answer.get("is").and_then(Value::as_str) == Some(what)
}

/// The banner stands and says why.
async fn stands(world: &World) -> Result<()> {
    wait::until_within(ANSWERED_WITHIN, "the page to say that it is not saved", async || {
        let hosts = probe::read(&world.browser).await?;
        let text = banner(&hosts).context("nothing says so")?.text();
        // With not one byte left Chromium may open none of its stores, and does not say why.
        let vague = world.browser.kind() == Kind::Chromium && text.contains("does not open its storage");
        ensure!(vague || text.contains("the disk is full"), "it says {text:?}");
        Ok(Some(()))
    })
    .await
}

async fn try_again(world: &World) -> Result<()> {
    let hosts = probe::read(&world.browser).await?;
    let host = banner(&hosts).context("no banner")?;
    let again = host.all().find(|node| node.name == "Try again").context("no button")?;
    input::click(&world.browser, again.number).await
}

/// Every acknowledged change is there, none is half there, and the task of the site's page beside them.
async fn all_is_there(world: &World, notes: &Notes) -> Result<()> {
    let found = stored(&world.browser).await?;
    // Chromium's small store may lose its last lines with the full disk: then the database has them.
    if !matches!(found.verdict().await?, Verdict::JournalBehind(_)) {
        found.catch_up().await?;
    }
    let differences = without_accepted(found.counted().await?)?.differences(&notes.history);
    ensure!(differences.is_empty(), "the history is not what it was: {differences:?}");
    Ok(())
}

/// The history of what the test told, without the tasks that were accepted on the site.
fn without_accepted(mut history: History) -> Result<History> {
    let before = history.entries.len();
    history.entries.retain(|id, _| id.0.starts_with(ASSIGNMENT));
    let accepted = before - history.entries.len();
    ensure!(accepted == ACCEPTED, "{accepted} tasks of the site are there");
    Ok(history)
}
