//! What holds of every source file, and of the tools' versions.

use std::fs;
use std::path::Path;

use crate::house_files::{root, text, walk};

/// Written in two halves, so that this file does not find itself.
const FORBIDDEN: [(&str, &str); 6] = [
    (concat!("TO", "DO"), "do it, or open an issue"),
    (concat!("FIX", "ME"), "do it, or open an issue"),
    (concat!("XX", "X "), "do it, or open an issue"),
    (concat!("#[ign", "ore"), "a test that does not run is no test"),
    (concat!("test.sk", "ip"), "a test that does not run is no test"),
    (concat!("allow(dead", "_code)"), "delete it, or give the reason"),
];

#[test]
fn nothing_is_left_for_later() {
    let mut read = 0;
    let mut wrong = Vec::new();
    for part in ["src", "extension", "tests", "tools"] {
        for path in walk(&root().join(part)) {
            // Pictures and other bytes are no sources.
            let Ok(text) = fs::read_to_string(&path) else { continue };
            read += 1;
            if path
                .extension()
                .is_some_and(|kind| ["rs", "js", "mjs", "css", "html"].iter().any(|known| kind == *known))
            {
                wrong.extend(left_for_later(&path, &text));
            }
        }
    }
    assert!(read > 20, "read only {read} files");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn planted_leftovers_are_found() {
    let path = Path::new("planted.rs");
    assert_eq!(left_for_later(path, &format!("fn f() {{}} // {}: later", FORBIDDEN[0].0)).len(), 1);
    assert_eq!(left_for_later(path, &format!("#[test]\n{}]\nfn f() {{}}", FORBIDDEN[3].0)).len(), 1);
    assert_eq!(left_for_later(path, "fn f() {}").len(), 0);
}

fn left_for_later(path: &Path, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for (word, instead) in FORBIDDEN {
            if line.contains(word) {
                wrong.push(format!("{}:{}: {word}: {instead}", path.display(), number + 1));
            }
        }
    }
    wrong
}

/// Both sides of wasm-bindgen speak one private schema: crate and generator must be one version.
#[test]
fn wasm_bindgen_is_one_version() {
    let lock = text("Cargo.lock");
    let crate_version = locked(&lock, "wasm-bindgen");
    assert_eq!(crate_version.len(), 1, "{crate_version:?}");
    assert_eq!(crate_version, locked(&lock, "wasm-bindgen-cli-support"));
}

/// Crates and packages come from the public registries alone, and no lock names a mirror.
#[test]
fn locks_name_the_public_registries() {
    for line in text("Cargo.lock").lines().filter(|line| line.starts_with("source = ")) {
        assert!(line.starts_with("source = \"registry+") && line.ends_with("/crates.io-index\""), "{line}");
    }
    let lock: serde_json::Value = serde_json::from_str(&text("package-lock.json")).expect("JSON");
    let packages = lock.get("packages").and_then(serde_json::Value::as_object).expect("packages");
    for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
        assert!(package.get("integrity").is_some(), "{name} has no checksum");
        assert!(package.get("resolved").is_none(), "{name} names where it comes from");
    }
}

/// Every development package is pinned to one version.
#[test]
fn npm_packages_are_pinned() {
    let package: serde_json::Value = serde_json::from_str(&text("package.json")).expect("JSON");
    assert_eq!(package.get("dependencies"), None, "nothing of npm is shipped");
    let tools =
        package.get("devDependencies").and_then(serde_json::Value::as_object).expect("devDependencies");
    assert!(!tools.is_empty());
    for (name, version) in tools {
        let version = version.as_str().unwrap_or_default();
        assert!(
            version.split('.').count() == 3 && version.starts_with(|first: char| first.is_ascii_digit()),
            "{name} {version}"
        );
    }
}

fn locked(lock: &str, name: &str) -> Vec<String> {
    let entry = format!("name = \"{name}\"\nversion = \"");
    lock.split(&entry).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}
