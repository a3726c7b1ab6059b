//! The repository's own files, for the tests of the house.

use std::fs;
use std::path::{Path, PathBuf};

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, in order.
pub(crate) fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be read").path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

/// A file of the repository as text.
pub(crate) fn text(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The texts of a list in the manifest, by JSON pointer.
pub(crate) fn manifest_strings(pointer: &str) -> Vec<String> {
    let manifest: serde_json::Value =
        serde_json::from_str(&text("manifest.json")).expect("manifest.json is JSON");
    let list = manifest.pointer(pointer).and_then(serde_json::Value::as_array);
    let list = list.unwrap_or_else(|| panic!("manifest.json has no list {pointer}"));
    list.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
}
