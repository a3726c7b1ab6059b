//! Files of the browser's stores are damaged while it is shut: what was saved is there again, unaltered, and the
//! worker is told.

mod injuries;

use super::kill::{ASK, Notes, alone, let_close, open_page, tell};
use crate::browser::{Browser, Install, Subject};
use crate::changes::{Lots, Worker};
use crate::journey::{Journey, Matrix};
use crate::stored::places::Places;
use crate::stored::{Stored, stored};
use crate::wait;
use crate::world::World;
use anyhow::{Context as _, Result, ensure};
use injuries::{Injury, Which, injuries};
use serde_json::json;
use std::fs;
use std::time::Duration;
use wagelight::storage::StoreName;
use wagelight::storage::journal::Verdict;

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: "what_is_damaged_on_disk_is_made_again_and_told",
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix: Matrix::Once,
        run: |world| Box::pin(damaged(world)),
    }]
}

/// Changes before the days that are over are closed, and after.
const CHANGES: [usize; 3] = [25, 10, 5];

/// A page of our own is drawn at once.
const TOLD_WITHIN: Duration = Duration::from_secs(5);

async fn damaged(world: &mut World) -> Result<()> {
    let kind = world.browser.kind();
    let mut browser = Browser::start(kind, alone(world.market.port())).await?;
    let mut worker = Worker::new(Lots::new(&format!("damaged, {kind}")));
    let notes = fill(&mut browser, &mut worker).await?;
    let well = world.folder()?.join("well");
    let places = Places::of(&browser);
    places.copy_to(&well)?;
    let wanted = std::env::var("WAGELIGHT_INJURY").unwrap_or_default();
    let all = injuries(kind, worker.lots());
    let mut failed = Vec::new();
    let is_meant =
        |injury: &Injury| injury.name.contains(&wanted) && (injury.is_mended || !wanted.is_empty());
    for injury in all.into_iter().filter(is_meant) {
        places.restore_from(&well)?;
        let hurt = (injury.hurt)(&places).with_context(|| format!("{}: doing the damage", injury.name))?;
        println!("{kind}: {}: {hurt}", injury.name);
        browser.reopen().await?;
        let outcome = survives(&browser, &injury, (worker.clone(), notes.clone())).await;
        for wrong in outcome.unwrap_or_else(|error| vec![format!("{error:#}")]) {
            println!("{kind}: {}: {wrong}", injury.name);
            failed.push(format!("{} ({hurt}): {wrong}", injury.name));
        }
        browser.shut().await?;
    }
    fs::remove_dir_all(&well)?;
    ensure!(failed.is_empty(), "{failed:#?}");
    Ok(())
}

/// A history with all that there can be: open lines and files of the journal, open days and blocks.
async fn fill(browser: &mut Browser, worker: &mut Worker) -> Result<Notes> {
    let mut notes = Notes::default();
    for (at, changes) in CHANGES.into_iter().enumerate() {
        browser.restart().await?;
        open_page(browser).await?;
        if at > 0 {
            let_close(browser).await?;
        }
        for _ in 0..changes {
            tell(browser, worker, &mut notes).await?;
        }
    }
    let found = stored(browser).await?;
    let blocks = found.database.values().iter().filter(|(store, ..)| *store == StoreName::Days).count();
    ensure!(found.files().await? == CHANGES.len() - 1 && blocks > 1, "{blocks} blocks");
    ensure!(found.verdict().await? == Verdict::Same, "not whole before any damage");
    browser.shut().await?;
    Ok(notes)
}

/// The worker opens their history and works on; all that is wrong then.
async fn survives(
    browser: &Browser,
    injury: &Injury,
    (mut worker, mut notes): (Worker, Notes),
) -> Result<Vec<String>> {
    open_page(browser).await?;
    // Browsers mend some damage by themselves, and some hits what is no longer needed: then there is nothing to tell.
    let is_unhurt = !injury.is_total && is_as_it_was(browser, &notes).await.is_ok();
    if injury.which != Which::Database {
        check(browser).await?;
    }
    // A repair goes on with each change; what is told meanwhile is kept.
    let mut verdict = Verdict::Same;
    for _ in 0..6 {
        tell(browser, &mut worker, &mut notes).await?;
        verdict = stored(browser).await?.verdict().await?;
        if verdict == Verdict::Same {
            break;
        }
    }
    ensure!(verdict == Verdict::Same, "after six changes still {verdict:?}");
    let found = stored(browser).await?;
    let mut wrong = found.counted().await?.differences(&notes.history);
    if !wrong.is_empty() {
        wrong.insert(0, "the history is not what it was".to_owned());
    }
    if !is_unhurt {
        wrong.extend(is_told(browser, injury).await.err().map(|error| format!("{error:#}")));
    }
    wrong.extend(is_whole_again(found, &notes).await.err().map(|error| format!("the journal: {error:#}")));
    Ok(wrong)
}

/// Both stores hold all of it, before anything of ours has mended them.
async fn is_as_it_was(browser: &Browser, notes: &Notes) -> Result<()> {
    let found = stored(browser).await?;
    ensure!(found.verdict().await? == Verdict::Same && found.counted().await? == notes.history);
    found.ensure_journal_is_whole().await
}

/// What "Check the records" does: the daily look at every stored byte, at once.
pub(super) async fn check(browser: &Browser) -> Result<()> {
    let mut act = "check";
    wait::until("the check to end", async || {
        let ask = json!({ "ask": "screen", "screen": "storage", "act": act, "about": {} });
        let answer = browser.execute_async(ASK, vec![ask]).await?;
        let tree = answer.get("tree").context("no tree")?.to_string();
        act = "go_on";
        Ok((!tree.contains("busy")).then_some(()))
    })
    .await
}

/// The history page says what happened, in the worker's words.
async fn is_told(browser: &Browser, injury: &Injury) -> Result<()> {
    open_page(browser).await?;
    wait::until_within(TOLD_WITHIN, &format!("the history to say {:?}", injury.told), async || {
        let text = browser.execute("return document.body.innerText", vec![]).await?;
        let text = text.as_str().unwrap_or_default().to_owned();
        let beginning: String = text.chars().take(300).collect();
        ensure!(injury.told.iter().any(|words| text.contains(words)), "it says {beginning:?}");
        Ok(Some(()))
    })
    .await
}

/// The journal has all of it: the database could now be lost.
async fn is_whole_again(found: Stored, notes: &Notes) -> Result<()> {
    // What was written again has other numbers: those that were lost stay away, their content does not.
    let (history, _lost_numbers) = found.replayed_alone().await?;
    let differences = history.differences(&notes.history);
    ensure!(differences.is_empty(), "it tells {differences:?}");
    Ok(())
}
