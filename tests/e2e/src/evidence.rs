//! What is kept of a trial: pictures always, and all there is to see when it failed.

use crate::package::target;
use crate::probe;
use crate::world::World;
use anyhow::Result;
use std::fmt::Write as _;
use std::path::PathBuf;

/// The folder of a trial, under `e2e/` in Cargo's target folder.
pub(crate) fn folder(trial: &str) -> Result<PathBuf> {
    let folder = target().join("e2e").join(trial);
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Saves what can still be had of a world in which something failed.
pub(crate) async fn save(world: &World) -> Result<PathBuf> {
    let folder = world.folder()?;
    let browser = &world.browser;
    // One thing that cannot be had must not cost the others.
    let mut notes = String::new();
    let mut keep = |name: &str, outcome: Result<String>| match outcome {
        Ok(text) => {
            let _ = std::fs::write(folder.join(name), text);
        }
        Err(error) => {
            let _ = writeln!(notes, "{name}: {error:#}");
        }
    };
    let shot = browser.screenshot(&folder.join("failed.png")).await;
    keep("failed.txt", shot.map(|()| "see failed.png".to_owned()));
    keep("page.html", source(world).await);
    keep("closed_roots.txt", probe::read(browser).await.map(|hosts| format!("{hosts:#?}")));
    let console = browser.console().await;
    keep("console.txt", console.map(|said| said.into_iter().map(|entry| entry.text + "\n").collect()));
    keep("driver.txt", Ok(browser.printed()));
    keep("requests.txt", Ok(world.requests().join("\n")));
    if !notes.is_empty() {
        std::fs::write(folder.join("missing.txt"), notes)?;
    }
    Ok(folder)
}

async fn source(world: &World) -> Result<String> {
    let driver = world.browser.driver()?;
    Ok(format!("<!-- {} -->\n{}", driver.current_url().await?, driver.source().await?))
}
