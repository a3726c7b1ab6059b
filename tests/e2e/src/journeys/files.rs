//! Everything is saved to a file, all that is stored goes, and the file brings it back.

use super::{history, screens};
use crate::browser::{Install, Subject};
use crate::journey::{Journey, Matrix};
use crate::wait;
use crate::world::World;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::path::{Path, PathBuf};
use thirtyfour::By;
use wagelight_market::Question;

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: "what_is_saved_to_a_file_loads_again",
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix: Matrix::Once,
        run: |world| Box::pin(saved_and_loaded(world)),
    }]
}

async fn saved_and_loaded(world: &mut World) -> Result<()> {
    world.step("work, and rate a requester").await?;
    history::followed(world).await?;
    world.open_extension("pages/options.html").await?;
    let rate = json!({
        "ask": "rate", "site": "mturk", "requester_id": "A00EXAMPLE000", "requester_name": "Lab",
        "patch": { "again": "again", "note": "Pays in two days" },
    });
    ensure!(screens::ask(world, rate).await?.get("is") == Some(&json!("saved")), "the rating was refused");
    let block = json!({ "ask": "block", "site": "mturk", "requester_id": "A00EXAMPLE001", "requester_name": "Other" });
    ensure!(screens::ask(world, block).await?.get("is") == Some(&json!("saved")), "the block was refused");
    world.open_extension("pages/history.html").await?;
    let before = table(world).await?;
    ensure!(before.contains("overturned"), "{before}");

    world.step("save everything").await?;
    screens::click(world, "link", "Save everything to a file").await?;
    screens::says(world, "One file with your whole history").await?;
    screens::fits(world, 360, "files").await?;
    screens::click(world, "button", "Save everything to a file").await?;
    screens::says(world, "Saved 2 tasks, 1 rating, 1 block to wagelight-").await?;
    let file = caught(world, "wagelight-everything.jsonl.gz").await?;
    let bytes = std::fs::read(&file)?;
    ensure!(bytes.starts_with(&[0x1f, 0x8b]), "it is no gzip");

    world.step("the same file once more changes nothing").await?;
    choose(world, &file).await?;
    screens::says(world, "2 tasks on worker.mturk.com").await?;
    screens::says(world, "all known, nothing would change").await?;
    screens::click(world, "button", "Cancel").await?;
    screens::says(world, "nothing was changed").await?;

    world.step("files that are none").await?;
    let folder = world.folder()?.canonicalize()?;
    let none = |name: &str, bytes: &[u8]| -> Result<PathBuf> {
        let path = folder.join(name);
        std::fs::write(&path, bytes)?;
        Ok(path)
    };
    choose(world, &none("other.csv", b"HIT,Requester\n1,2\n")?).await?;
    screens::says(world, "This file was not saved by Wagelight. Nothing was changed.").await?;
    screens::says(world, "Line 1: ").await?;
    let newer = b"{\"wagelight\":\"everything\",\"v\":2}\n";
    choose(world, &none("newer.jsonl", newer)?).await?;
    screens::says(world, "This file was saved by a newer Wagelight: update it first.").await?;

    world.step("everything goes").await?;
    world.clear_storage().await?;
    world.open_extension("pages/history.html").await?;
    screens::says(world, "Nothing here yet.").await?;

    world.step("a file with a flipped byte").await?;
    let mut flipped = bytes.clone();
    let middle = flipped.len() / 2;
    *flipped.get_mut(middle).context("an empty file")? ^= 4;
    world.open_extension("pages/files.html").await?;
    choose(world, &none("flipped.jsonl.gz", &flipped)?).await?;
    screens::says(world, "From line 1 on: Damaged").await?;
    screens::click(world, "button", "Cancel").await?;

    world.step("a file that was cut").await?;
    choose(world, &none("cut.jsonl.gz", bytes.get(..middle).context("an empty file")?)?).await?;
    screens::says(world, "This file was cut off: its end is missing.").await?;
    screens::fits(world, 360, "files_cut").await?;
    screens::click(world, "button", "Cancel").await?;

    world.step("the file brings it back").await?;
    choose(world, &file).await?;
    screens::says(world, "2 new.").await?;
    screens::fits(world, 360, "files_looked").await?;
    screens::click(world, "button", "Load it").await?;
    screens::says(world, "Loaded: 2 tasks came, 1 rating taken over, 1 block taken over.").await?;
    screens::fits(world, 360, "files_loaded").await?;
    world.open_extension("pages/history.html").await?;
    let after = table(world).await?;
    ensure!(before == after, "before: {before}\nafter: {after}");
    let rating =
        screens::ask(world, json!({ "ask": "rating_get", "site": "mturk", "requester_id": "A00EXAMPLE000" }))
            .await?;
    ensure!(rating.pointer("/rating/note") == Some(&json!("Pays in two days")), "{rating}");

    world.step("and the account goes on with it").await?;
    let groups = history::market(world, Question::Plain)?;
    history::work_on(world, groups.get(2).context("too few groups")?).await?;
    history::history_says(world, &["overturned", "in progress", "3 tasks."]).await?;
    world.open_extension("pages/history.html").await?;
    let body = screens::says(world, "3 tasks.").await?;
    ensure!(!screens::text(&body).contains("Account 2"), "the account has a history of its own");
    Ok(())
}

/// The rows of the history and their details, once they are there.
async fn table(world: &World) -> Result<String> {
    screens::says(world, "2 tasks.").await?;
    world.page("return document.querySelector('.tasks').innerText").await
}

/// Chooses a file for loading.
async fn choose(world: &World, file: &Path) -> Result<()> {
    let driver = world.browser.driver()?;
    let input =
        wait::until("room for a file", async || Ok(Some(driver.find(By::Css("input[type=file]")).await?)));
    Ok(input.await?.send_keys(file.to_string_lossy().into_owned()).await?)
}

/// The file that was handed out, as it lies where it was written.
async fn caught(world: &World, name: &str) -> Result<PathBuf> {
    let script = r"
        const done = arguments[0];
        navigator.storage.getDirectory()
            .then((root) => root.getFileHandle('file being saved'))
            .then((handle) => handle.getFile())
            .then((file) => file.arrayBuffer())
            .then((bytes) => done([...new Uint8Array(bytes)]), (error) => done(String(error)));
    ";
    let told = world.browser.execute_async(script, vec![]).await?;
    let bytes: Vec<u8> = serde_json::from_value(told.clone()).with_context(|| format!("no file: {told}"))?;
    let path = world.folder()?.canonicalize()?.join(name);
    std::fs::write(&path, bytes)?;
    Ok(path)
}
