//! The extension's own files, and whether they are complete.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::archive::Files;
use crate::source;

/// What may be shipped as it stands. Another kind of file is a mistake until it is named here.
const SHIPPED: [&str; 5] = ["js", "html", "css", "json", "png"];

/// `manifest.json` and everything below `extension/`, by their path in the package.
pub(crate) fn extension(root: &Path) -> Result<Files> {
    let mut files = Files::new();
    let manifest = root.join("manifest.json");
    let bytes = fs::read(&manifest).with_context(|| format!("cannot read {}", manifest.display()))?;
    files.insert("manifest.json".to_owned(), bytes.into());
    let folder = root.join("extension");
    for path in source::walk(&folder)? {
        let name = source::name(&folder, &path)?;
        if name.ends_with(".d.ts") {
            continue; // Types for the check, nothing a browser reads.
        }
        let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        ensure!(SHIPPED.contains(&kind), "extension/{name}: files of this kind are not shipped");
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        ensure!(files.insert(name.clone(), bytes.into()).is_none(), "two files want to be {name}");
    }
    Ok(files)
}

/// Version, and every file that the manifest names.
pub(crate) fn check(files: &Files) -> Result<()> {
    let Some(manifest) = files.get("manifest.json") else { bail!("no manifest.json") };
    let manifest: Value = serde_json::from_slice(&manifest.bytes).context("manifest.json is no JSON")?;
    let version = manifest.get("version").and_then(Value::as_str);
    let ours = env!("CARGO_PKG_VERSION");
    ensure!(version == Some(ours), "manifest.json says version {version:?}, Cargo.toml {ours}");
    let mut named = Vec::new();
    paths(&manifest, &mut named);
    ensure!(!named.is_empty(), "found no file named in manifest.json");
    for name in named {
        ensure!(files.contains_key(&name), "manifest.json names {name}, which is not in the package");
    }
    Ok(())
}

/// Every text in the manifest that looks like a path of the package.
fn paths(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if is_path(text) => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| paths(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| paths(value, found)),
        _ => {}
    }
}

fn is_path(text: &str) -> bool {
    !text.contains("://")
        && SHIPPED.iter().any(|kind| text.strip_suffix(kind).is_some_and(|stem| stem.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(manifest: &str, others: &[&str]) -> Files {
        let mut files = Files::new();
        files.insert("manifest.json".to_owned(), manifest.as_bytes().to_vec().into());
        for name in others {
            files.insert((*name).to_owned(), Vec::new().into());
        }
        files
    }

    #[test]
    fn a_named_file_must_be_there() {
        let manifest =
            concat!(r#"{"version":""#, env!("CARGO_PKG_VERSION"), r#"","background":{"scripts":["b.js"]}}"#);
        check(&package(manifest, &["b.js"])).expect("complete");
        let error = check(&package(manifest, &[])).expect_err("b.js is missing");
        assert!(error.to_string().contains("b.js"), "{error}");
    }

    #[test]
    fn versions_must_agree() {
        let error =
            check(&package(r#"{"version":"99.0","x":"b.js"}"#, &["b.js"])).expect_err("another version");
        assert!(error.to_string().contains("99.0"), "{error}");
    }
}
