//! What is shipped, in bytes.

use super::table::{Budget, Line, Table};
use crate::package::root;
use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write as _;

/// Budgets in bytes; kB are thousands.
const CONTENT_RAW: f64 = 350_000.0;
const CONTENT_GZIP: f64 = 140_000.0;
const PACKAGE: f64 = 1_500_000.0;

/// The core for pages, and the package.
pub(super) fn measure(table: &mut Table) -> Result<()> {
    let read = |name: &str| {
        fs::read(root().join("dist").join(name))
            .with_context(|| format!("dist/{name} is missing: ./build.sh build"))
    };
    let content = read("chrome/content.wasm")?;
    let package = read("wagelight-chrome.zip")?;
    let lines = [
        ("content.wasm", content.len(), CONTENT_RAW),
        ("content.wasm, gzip", gzip(&content)?, CONTENT_GZIP),
        ("package", package.len(), PACKAGE),
    ];
    for (what, bytes, budget) in lines {
        let bytes = f64::from(u32::try_from(bytes)?);
        table.add(Line::everywhere(what, "bytes").ours(Some(bytes)).budget(Budget::AtMost(budget)));
    }
    Ok(())
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
