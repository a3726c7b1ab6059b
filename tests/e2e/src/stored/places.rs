//! Where on disk a browser keeps what the extension stores.

use crate::browser::{Browser, Kind};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Where a browser keeps what the extension stores.
pub(crate) struct Places {
    /// The database.
    pub(crate) database: PathBuf,
    /// `storage.local`.
    pub(crate) local: PathBuf,
    /// The private file system.
    pub(crate) files: PathBuf,
}

impl Places {
    /// Of a browser's profile.
    pub(crate) fn of(browser: &Browser) -> Self {
        let profile = browser.profile();
        match browser.kind() {
            Kind::Chromium => {
                let id = browser.extension_id().unwrap_or_default();
                let profile = profile.join("Default");
                Self {
                    database: profile.join(format!("IndexedDB/chrome-extension_{id}_0.indexeddb.leveldb")),
                    local: profile.join(format!("Local Extension Settings/{id}")),
                    files: profile.join("File System"),
                }
            }
            Kind::Firefox => {
                let host = browser.extension_url("");
                let host = host.trim_start_matches("moz-extension://").trim_end_matches('/');
                let origin = profile.join(format!("storage/default/moz-extension+++{host}"));
                let local =
                    profile.join(format!("storage/default/moz-extension+++{host}^userContextId=4294967295"));
                Self { database: origin.join("idb"), local: local.join("idb"), files: origin.join("fs") }
            }
        }
    }

    /// Each with its name.
    pub(crate) fn all(&self) -> [(&'static str, &Path); 3] {
        [("database", &self.database), ("local", &self.local), ("files", &self.files)]
    }

    /// Copies all of it into a folder.
    pub(crate) fn copy_to(&self, folder: &Path) -> Result<()> {
        let _none = fs::remove_dir_all(folder);
        self.all().into_iter().try_for_each(|(name, place)| copy(place, &folder.join(name)))
    }

    /// Puts back what [`Places::copy_to`] copied.
    pub(crate) fn restore_from(&self, folder: &Path) -> Result<()> {
        for (name, place) in self.all() {
            let _gone = fs::remove_dir_all(place);
            copy(&folder.join(name), place)?;
        }
        Ok(())
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("{} is not there", from.display()))? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// All files below a folder.
pub(crate) fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} is not there", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() { found.extend(walk(&path)?) } else { found.push(path) }
    }
    Ok(found)
}
