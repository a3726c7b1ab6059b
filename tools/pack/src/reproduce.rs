//! Builds `source.zip` once more as a stranger would, and compares all of `dist/`.
//!
//! Another folder, another `CARGO_HOME`, another time zone; the downloads of this machine
//! are copied, so that the check needs no network.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, process};

use anyhow::{Context, Result, ensure};
use zip::ZipArchive;

use crate::archive::Files;
use crate::compile::{Workspace, cargo_home, run};
use crate::source;

/// What is compared; the folder and the archives.
const DIST: &str = "dist";

/// Fails with the first file that differs.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let elsewhere = Scratch::new()?;
    let root = elsewhere.0.join("a folder of another name");
    unpack(&workspace.root.join(DIST).join("source.zip"), &root)?;
    let home = elsewhere.0.join("cargo-home");
    copy_downloads(&home)?;
    borrow_node_modules(workspace, &root)?;

    let mut build = Command::new(root.join("build.sh"));
    build.arg("build").env("CARGO_HOME", &home).env("CARGO_NET_OFFLINE", "true").env("TZ", "Asia/Tokyo");
    for name in ["CARGO_TARGET_DIR", "CARGO", "CARGO_MANIFEST_DIR", "RUSTFLAGS"] {
        build.env_remove(name);
    }
    run(&mut build).context("the second build failed")?;
    compare(&read(&workspace.root.join(DIST))?, &read(&root.join(DIST))?)
}

/// A folder that is gone when the check is over, however it ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self> {
        let folder = env::temp_dir().join(format!("wagelight-reproduce-{}", process::id()));
        fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A leftover in the temporary folder is no reason to fail a check that passed.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn unpack(archive: &Path, folder: &Path) -> Result<()> {
    let file = fs::File::open(archive).with_context(|| format!("cannot open {}", archive.display()))?;
    let mut archive = ZipArchive::new(file).context("source.zip is no zip")?;
    archive.extract(folder).with_context(|| format!("cannot unpack into {}", folder.display()))
}

/// Crates as downloaded and the index that names them, and the settings (a mirror, perhaps).
fn copy_downloads(home: &Path) -> Result<()> {
    let ours = cargo_home()?;
    for part in ["registry/cache", "registry/index"] {
        for path in source::walk(&ours.join(part))? {
            let name = path.strip_prefix(&ours).context("a download outside CARGO_HOME")?;
            copy(&path, &home.join(name))?;
        }
    }
    for settings in ["config.toml", "config"] {
        let path = ours.join(settings);
        if path.exists() {
            copy(&path, &home.join(settings))?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let folder = to.parent().unwrap_or(to);
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(())
}

/// The installed packages are the lock file's, whoever installed them.
#[cfg(unix)]
fn borrow_node_modules(workspace: &Workspace, root: &Path) -> Result<()> {
    std::os::unix::fs::symlink(workspace.root.join("node_modules"), root.join("node_modules"))
        .context("cannot link node_modules")
}

/// `build.sh` installs them anew where links are a privilege.
#[cfg(not(unix))]
fn borrow_node_modules(_workspace: &Workspace, _root: &Path) -> Result<()> {
    Ok(())
}

fn read(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    for path in source::walk(folder)? {
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        files.insert(source::name(folder, &path)?, bytes.into());
    }
    Ok(files)
}

fn compare(first: &Files, second: &Files) -> Result<()> {
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    ensure!(!first.is_empty(), "{DIST}/ is empty");
    ensure!(names(first) == names(second), "other files: {:?} and {:?}", names(first), names(second));
    for ((name, first), second) in first.iter().zip(second.values()) {
        let differs = first.bytes.iter().zip(&second.bytes).position(|(first, second)| first != second);
        let shorter = first.bytes.len().min(second.bytes.len());
        let at = differs.or_else(|| (first.bytes.len() != second.bytes.len()).then_some(shorter));
        ensure!(at.is_none(), "{name} differs from byte {} on", at.unwrap_or_default());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(of: &[(&str, &str)]) -> Files {
        of.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec().into())).collect()
    }

    #[test]
    fn same_bytes_pass() {
        compare(&files(&[("a", "1")]), &files(&[("a", "1")])).expect("the same");
    }

    #[test]
    fn every_difference_is_found() {
        let ours = files(&[("a", "1"), ("b", "22")]);
        for other in [
            &[("a", "1"), ("b", "23")][..],
            &[("a", "1"), ("b", "2")],
            &[("a", "1")],
            &[("a", "1"), ("c", "22")],
        ] {
            compare(&ours, &files(other)).expect_err("different");
        }
        compare(&Files::new(), &Files::new()).expect_err("nothing was compared");
    }
}
