//! `source.zip`: all that is needed to build the same bytes again.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use crate::archive::{File, Files};
use crate::compile::Workspace;

/// What stands in the repository's folder and is no source: built, installed, or git's own
/// (the entries of `.gitignore`).
const NO_SOURCES: [&str; 4] = [".git", "dist", "node_modules", "target"];

/// The sources by their path in the archive.
pub(crate) fn files(workspace: &Workspace) -> Result<Files> {
    let root = &workspace.root;
    let mut left_out = NO_SOURCES.map(|name| root.join(name)).to_vec();
    left_out.push(workspace.target.clone()); // CARGO_TARGET_DIR may lie anywhere.
    let mut files = Files::new();
    for path in walk_but(root, &left_out)? {
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        files.insert(name(root, &path)?, File { executable: is_executable(&path)?, bytes });
    }
    Ok(files)
}

/// All files below a folder. A link is refused: it may lead out of the repository.
pub(crate) fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    walk_but(folder, &[])
}

/// A path as an archive names it: from `folder`, with forward slashes.
pub(crate) fn name(folder: &Path, path: &Path) -> Result<String> {
    let path = path.strip_prefix(folder).with_context(|| format!("{} is elsewhere", path.display()))?;
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    Ok(parts.ok_or_else(|| anyhow!("{} is no Unicode", path.display()))?.join("/"))
}

fn walk_but(folder: &Path, left_out: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        if left_out.contains(&entry.path()) {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            found.extend(walk_but(&entry.path(), left_out)?);
        } else if kind.is_file() {
            found.push(entry.path());
        } else {
            bail!("{} is neither file nor folder", entry.path().display());
        }
    }
    Ok(found)
}

#[cfg(unix)]
fn is_executable(path: &Path) -> Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::metadata(path)?.permissions().mode() & 0o111 != 0)
}

/// Elsewhere files carry no such mark; scripts are known by their kind.
#[cfg(not(unix))]
fn is_executable(path: &Path) -> Result<bool> {
    Ok(path.extension().is_some_and(|kind| kind == "sh"))
}
