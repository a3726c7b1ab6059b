//! Sizes against the budgets of the design. A build over budget fails.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::archive::Files;

/// Bytes; kB are thousands, as the browser stores count.
const CONTENT_RAW: usize = 350_000;
const CONTENT_GZIP: usize = 140_000;
const PACKAGE: usize = 1_500_000;

struct Line {
    what: &'static str,
    bytes: usize,
    budget: Option<usize>,
}

/// Prints the table; fails where a size is over its budget.
pub(crate) fn report(files: &Files, package: usize, sources: usize) -> Result<()> {
    let raw = |name: &str| files.get(name).map_or(0, |file| file.bytes.len());
    let content = files.get("content.wasm").map_or(&[][..], |file| &file.bytes);
    let generated = "background_core.js";
    let is_script = |name: &str| Path::new(name).extension().is_some_and(|kind| kind == "js");
    let scripts = files.iter().filter(|(name, _)| is_script(name) && *name != generated);
    let lines = [
        Line { what: "content.wasm", bytes: content.len(), budget: Some(CONTENT_RAW) },
        Line { what: "content.wasm, gzip", bytes: gzip(content)?, budget: Some(CONTENT_GZIP) },
        Line { what: "background_core_bg.wasm", bytes: raw("background_core_bg.wasm"), budget: None },
        Line { what: generated, bytes: raw(generated), budget: None },
        Line {
            what: "scripts by hand",
            bytes: scripts.map(|(_, file)| file.bytes.len()).sum(),
            budget: None,
        },
        Line { what: "wagelight-{chrome,firefox}.zip", bytes: package, budget: Some(PACKAGE) },
        Line { what: "source.zip", bytes: sources, budget: None },
    ];
    println!("{:<32}{:>12}{:>12}", "size", "bytes", "budget");
    for line in &lines {
        let budget = line.budget.map_or_else(|| "-".to_owned(), |budget| budget.to_string());
        println!(
            "{:<32}{:>12}{budget:>12}{}",
            line.what,
            line.bytes,
            if line.is_over() { "  OVER" } else { "" }
        );
    }
    let over: Vec<&str> = lines.iter().filter(|line| line.is_over()).map(|line| line.what).collect();
    ensure!(over.is_empty(), "over budget: {}", over.join(", "));
    Ok(())
}

impl Line {
    fn is_over(&self) -> bool {
        self.budget.is_some_and(|budget| self.bytes > budget)
    }
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_budget_fails_by_name() {
        let mut files = Files::new();
        files.insert("content.wasm".to_owned(), vec![0; CONTENT_RAW].into());
        report(&files, PACKAGE, 0).expect("on the budget");
        let error = report(&files, PACKAGE + 1, 0).expect_err("over the budget");
        assert!(error.to_string().contains("zip"), "{error}");
    }
}
