//! The direction of the rings: `domain ← wording, estimate, formats, sites, ratings, storage ← app ← web`.
//! Siblings do not know each other, but for what [`RINGS`] gives a reason for.
//!
//! Reads the sources as tokens, so that comments and texts do not count and code inside
//! macros does.

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::house_files::{root, walk};

/// A ring and the rings it may know beside itself.
const RINGS: [(&str, &[&str]); 10] = [
    ("domain", &[]),
    ("wording", &["domain"]),
    ("estimate", &["domain"]),
    ("formats", &["domain"]),
    // Reading a page needs the one way in which titles are cleaned.
    ("sites", &["domain", "wording"]),
    ("ratings", &["domain"]),
    ("storage", &["domain"]),
    ("app", &["domain", "wording", "estimate", "formats", "sites", "ratings", "storage"]),
    ("web", &["domain", "wording", "estimate", "formats", "sites", "ratings", "storage", "app"]),
    ("bin", &["domain", "wording", "estimate", "formats", "sites", "ratings", "storage", "app"]),
];

/// Crates of the browser; only `web` names them.
const BROWSER_CRATES: [&str; 8] = [
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "web_sys",
    "js_sys",
    "serde_wasm_bindgen",
    "gloo_timers",
    "gloo_storage",
    "console_error_panic_hook",
];

/// What a core without input and output cannot need. `bin` and `web` are its outside.
const OUTSIDE_WORLD: [&str; 8] =
    ["SystemTime", "Instant", "std::fs", "std::env", "std::net", "std::process", "std::thread", "std::io"];

#[test]
fn rings_look_inwards_only() {
    let source = root().join("src");
    let files: Vec<PathBuf> =
        walk(&source).into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "rs")).collect();
    assert!(files.len() > 5, "found only {files:?}");
    let mut wrong = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a source file is text");
        let path = path.strip_prefix(&source).expect("walked from there").to_owned();
        wrong.extend(violations(&path, &text));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn planted_violations_are_found() {
    let cases = [
        ("domain/task.rs", "use crate::estimate::Pace;"),
        ("domain/mod.rs", "use super::app;"),
        ("estimate/pace.rs", "use crate::{domain::Money, sites};"),
        ("estimate/pace.rs", "use super::super::sites::Recipe;"),
        ("estimate/pace.rs", "use super::{prior, super::sites::Recipe};"),
        ("estimate/mod.rs", "mod tests { use super::super::app::Engine; }"),
        ("sites/mturk/props.rs", "fn f() -> String { format!(\"{}\", crate::ratings::NAME) }"),
        ("storage/keys.rs", "pub use crate::*;"),
        ("storage/keys.rs", "use crate as everything;"),
        ("wording/mod.rs", "use crate::NotARing;"),
        ("app/page.rs", "use crate::web::boundary;"),
        ("app/page.rs", "use web_sys::Element;"),
        ("app/page.rs", "use std::time::Instant;"),
        ("formats/csv.rs", "use std::{fmt, io::Write};"),
        ("formats/csv.rs", "fn f() { std::fs::read(\"x\"); }"),
        ("bin/wagelight.rs", "use wagelight::web;"),
        ("attic/mod.rs", "fn f() {}"),
    ];
    for (path, text) in cases {
        assert_eq!(violations(Path::new(path), text).len(), 1, "{path}: {text}");
    }
}

#[test]
fn what_is_allowed_passes() {
    let cases = [
        ("lib.rs", "pub mod domain; pub use app::Engine;"),
        ("domain/task.rs", "use super::money::Money; use crate::domain::time::Millis; use core::fmt;"),
        (
            "estimate/pace.rs",
            "use crate::{domain::{Money, time}, estimate}; pub(crate) fn f() {} pub(super) fn g() {}",
        ),
        (
            "estimate/pace.rs",
            "//! Not `crate::app`.\nconst NAME: &str = \"crate::app\"; mod tests { use super::*; use super::super::prior; }",
        ),
        ("app/page.rs", "use crate::sites::Recipe; use std::fmt; use std::collections::HashMap;"),
        ("web/content.rs", "use wasm_bindgen::prelude::*; use crate::app::Engine;"),
        ("bin/wagelight.rs", "use wagelight::app::Engine; use std::fs; use std::time::SystemTime;"),
    ];
    for (path, text) in cases {
        assert_eq!(violations(Path::new(path), text), Vec::<String>::new(), "{path}: {text}");
    }
}

/// What a file below `src/` names that it must not know, one line each.
fn violations(path: &Path, text: &str) -> Vec<String> {
    let module = module_path(path);
    let Some(ring) = module.first() else { return Vec::new() }; // lib.rs names all of them.
    let Some((_, known)) = RINGS.iter().find(|(name, _)| name == ring) else {
        return vec![format!("{}: {ring} is no ring", path.display())];
    };
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut named = Named::default();
    named.read(tokens, module.len());
    let mut wrong = Vec::new();
    for target in named.rings {
        if target != *ring && !known.contains(&target.as_str()) {
            wrong.push(format!("{}: {ring} must not know {target}", path.display()));
        }
    }
    for word in named.outside {
        let forbidden = if BROWSER_CRATES.contains(&word.as_str()) {
            ring != "web"
        } else {
            OUTSIDE_WORLD.contains(&word.as_str()) && ring != "web" && ring != "bin"
        };
        if forbidden {
            wrong.push(format!("{}: {ring} must not use {word}", path.display()));
        }
    }
    wrong
}

/// `sites/mturk/props.rs` → sites, mturk, props.
fn module_path(path: &Path) -> Vec<String> {
    let path = path.with_extension("");
    let parts = path.iter().map(|part| part.to_str().expect("source paths are Unicode").to_owned());
    parts.filter(|part| part != "mod" && part != "lib").collect()
}

/// What a file names.
#[derive(Default)]
struct Named {
    /// First segments of paths from the crate's root.
    rings: Vec<String>,
    /// `std::x` and plain names.
    outside: Vec<String>,
}

impl Named {
    /// Reads tokens of a module `depth` levels below the crate's root.
    fn read(&mut self, tokens: TokenStream, depth: usize) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Ident(word) if word == "mod" && is_braces(tokens.get(at + 2)) => {
                    self.read(group(&tokens[at + 2]), depth + 1);
                    at += 2;
                }
                TokenTree::Ident(word)
                    if (word == "crate" || word == "wagelight") && is_word(tokens.get(at + 1), "as") =>
                {
                    self.rings.push(format!("all of {word}"));
                }
                TokenTree::Ident(word) if word == "crate" || word == "wagelight" => {
                    self.path(&tokens[at + 1..], 0);
                }
                TokenTree::Ident(word) if word == "super" => {
                    self.path(&tokens[at + 1..], depth.saturating_sub(1));
                }
                TokenTree::Ident(word) if word == "std" || word == "core" => self.library(&tokens[at + 1..]),
                TokenTree::Ident(word) => self.outside.push(word.to_string()),
                TokenTree::Group(inner) => self.read(inner.stream(), depth),
                _ => {}
            }
            at += 1;
        }
    }

    /// What follows `crate` (`above` = 0) or a `super` that leads to `above` levels below the root.
    fn path(&mut self, rest: &[TokenTree], above: usize) {
        let Some(rest) = after_colons(rest) else { return };
        if let Some(TokenTree::Group(inner)) = rest.first() {
            for part in split_at_commas(inner.stream()) {
                self.first(&part, above);
            }
        } else {
            self.first(rest, above);
        }
    }

    fn first(&mut self, path: &[TokenTree], above: usize) {
        match path.first() {
            // Read on its own by `read`, unless it stands in a group: then only here is its start known.
            Some(TokenTree::Ident(word)) if word == "super" => self.path(&path[1..], above.saturating_sub(1)),
            Some(TokenTree::Ident(word)) if above == 0 && word != "self" => self.rings.push(word.to_string()),
            Some(TokenTree::Punct(glob)) if above == 0 && glob.as_char() == '*' => {
                self.rings.push("everything".to_owned());
            }
            _ => {}
        }
    }

    /// `std::x` and `std::{x, y}`.
    fn library(&mut self, rest: &[TokenTree]) {
        let Some(rest) = after_colons(rest) else { return };
        let parts = match rest.first() {
            Some(TokenTree::Group(inner)) => split_at_commas(inner.stream()),
            _ => vec![rest.to_vec()],
        };
        let words = parts.iter().filter_map(|part| part.first());
        self.outside.extend(words.map(|word| format!("std::{word}")));
    }
}

fn after_colons(rest: &[TokenTree]) -> Option<&[TokenTree]> {
    let is_colon = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ':');
    match rest {
        [first, second, rest @ ..] if is_colon(first) && is_colon(second) => Some(rest),
        _ => None,
    }
}

fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

fn is_braces(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace)
}

fn group(token: &TokenTree) -> TokenStream {
    if let TokenTree::Group(group) = token { group.stream() } else { TokenStream::new() }
}

fn split_at_commas(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let parts = tokens.split(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ','));
    parts.map(<[TokenTree]>::to_vec).collect()
}
