//! The disk is full: what was acknowledged stays, what cannot be kept is said, and kept once there is room.

use super::kill::{ASK, Notes, alone, open_page, tell};
use crate::browser::{Browser, Install, Subject};
use crate::changes::{Lots, Worker};
use crate::journey::{Journey, Matrix};
use crate::stored::places::{copy, walk};
use crate::stored::stored;
use crate::wait;
use crate::world::World;
use anyhow::{Context as _, Result, ensure};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: "a_full_disk_loses_nothing_and_is_told",
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix: Matrix::Once,
        run: |world| Box::pin(full(world)),
    }]
}

/// Room beside the profile when the browser starts.
const ROOM: u64 = 96 * 1_024 * 1_024;

/// Changes that a full disk may still take: browsers have some room of their own, and we keep 4 MB in reserve.
const MOST_TAKEN: usize = 400;

async fn full(world: &mut World) -> Result<()> {
    let kind = world.browser.kind();
    let mut browser = Browser::start(kind, alone(world.market.port())).await?;
    browser.restart().await?;
    let (mut worker, mut notes) = (Worker::new(Lots::new(&format!("full disk, {kind}"))), Notes::default());
    open_page(&browser).await?;
    for _ in 0..5 {
        tell(&browser, &mut worker, &mut notes).await?;
    }
    browser.shut().await?;
    let Some(disk) = SmallDisk::under(&browser.profile())? else {
        ensure!(std::env::var_os("CI").is_none(), "a small disk cannot be mounted here");
        println!("{kind}: NOT TRIED: a small disk can only be mounted by root");
        return Ok(());
    };
    browser.reopen().await?;
    open_page(&browser).await?;
    tell(&browser, &mut worker, &mut notes).await?;
    disk.fill()?;
    let taken_before = notes.acknowledged();
    let mut refusal = String::new();
    for _ in 0..MOST_TAKEN {
        if let Err(error) = tell(&browser, &mut worker, &mut notes).await {
            refusal = format!("{error:#}");
            break;
        }
    }
    println!("{kind}: {} changes on the full disk, then {refusal}", notes.acknowledged() - taken_before);
    ensure!(refusal.contains("disk is full"), "the worker is told {refusal:?}");
    disk.make_room()?;
    let open = notes.open.clone().context("nothing was refused")?;
    wait::until("the refused change to be kept once there is room", async || {
        let answer = browser.execute_async(ASK, vec![open.ask.clone()]).await?;
        ensure!(answer.get("is").is_some_and(|is| is == "saved"), "{answer}");
        Ok(Some(()))
    })
    .await?;
    open.add_to(&mut notes.history)?;
    browser.kill().await?;
    browser.reopen().await?;
    open_page(&browser).await?;
    let found = stored(&browser).await?;
    found.catch_up().await?;
    let differences = found.counted().await?.differences(&notes.history);
    ensure!(differences.is_empty(), "the history is not what it was: {differences:?}");
    browser.close().await?;
    drop(disk);
    Ok(())
}

/// A file system in memory under a folder, which is unmounted at the end.
struct SmallDisk {
    at: PathBuf,
}

impl SmallDisk {
    /// Puts a folder with all that is in it on a disk of its own; `None` where that is not allowed.
    fn under(folder: &Path) -> Result<Option<Self>> {
        let aside = folder.with_extension("aside");
        let size: u64 = walk(folder)?
            .iter()
            .filter_map(|path| fs::symlink_metadata(path).ok())
            .map(|data| data.len())
            .sum();
        copy(folder, &aside)?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={}", size + ROOM), "tmpfs"]).arg(folder);
        if !mount.output().is_ok_and(|done| done.status.success()) {
            fs::remove_dir_all(aside)?;
            return Ok(None);
        }
        let disk = Self { at: folder.to_owned() };
        copy(&aside, folder)?;
        fs::remove_dir_all(aside)?;
        Ok(Some(disk))
    }

    /// Leaves not one byte.
    fn fill(&self) -> Result<()> {
        let mut file = File::create(self.at.join("filler"))?;
        for size in [1_024 * 1_024, 4_096, 1] {
            let block = vec![0x77_u8; size];
            while file.write_all(&block).is_ok() {}
        }
        Ok(())
    }

    fn make_room(&self) -> Result<()> {
        Ok(fs::remove_file(self.at.join("filler"))?)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: a browser that is just ending may still hold files of it.
        let _ = Command::new("umount").arg("--lazy").arg(&self.at).output();
    }
}
