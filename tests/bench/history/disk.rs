//! What the extension's stores take on the disk.

use crate::browser::Kind;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Bytes of all its stores; the browser must be ended.
pub(super) fn bytes_of_stores(kind: Kind, profile: &Path) -> Result<f64> {
    let places: &[&str] = match kind {
        Kind::Chromium => &["Default/IndexedDB", "Default/File System", "Default/Local Extension Settings"],
        // One folder of an origin: its databases, of which storage.local is one, and its files.
        Kind::Firefox => &["storage/default"],
    };
    let bytes = places
        .iter()
        .map(|place| bytes_in(&profile.join(place)).with_context(|| format!("no {place} in the profile")));
    bytes.sum()
}

#[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "sizes of files, far below 2⁵³")]
fn bytes_in(place: &Path) -> Result<f64> {
    let mut bytes = 0.0;
    for entry in fs::read_dir(place)? {
        let entry = entry?;
        let meta = entry.metadata()?;
        bytes += if meta.is_dir() { bytes_in(&entry.path())? } else { meta.len() as f64 };
    }
    Ok(bytes)
}
