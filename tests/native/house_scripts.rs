//! The hands stay small and keep to what they may do.

use std::fs;
use std::path::{Path, PathBuf};

use crate::house_files::{manifest_strings, root, walk};

/// All scripts together, in lines of code: they carry and draw, they decide nothing.
const MOST_LINES: usize = 1_900;

/// What no script of ours contains, and why.
const FORBIDDEN: [(&str, &str); 23] = [
    ("innerHTML", "no HTML strings"),
    ("outerHTML", "no HTML strings"),
    ("insertAdjacentHTML", "no HTML strings"),
    ("setHTML", "no HTML strings"),
    ("parseHTML", "no HTML strings"),
    ("createContextualFragment", "no HTML strings"),
    ("DOMParser", "no HTML strings"),
    ("srcdoc", "no HTML strings"),
    ("document.write", "no HTML strings"),
    ("eval(", "no code from text"),
    ("new Function", "no code from text"),
    ("javascript:", "no code from text"),
    ("importScripts", "no code from elsewhere"),
    ("import(", "no code from elsewhere; a service worker has no dynamic import"),
    ("localStorage", "in a content script it is the page's"),
    ("sessionStorage", "in a content script it is the page's"),
    ("document.cookie", "no token or cookie is read"),
    ("window.postMessage", "the page would read it"),
    ("onMessageExternal", "nobody else talks to us"),
    ("onConnectExternal", "nobody else talks to us"),
    ("mode: \"open\"", "the page would see what we draw"),
    ("XMLHttpRequest", "nothing is sent"),
    ("sendBeacon", "nothing is sent"),
];

/// What the scripts that run in a page do not contain either: they never act for the worker.
const FORBIDDEN_IN_PAGES: [(&str, &str); 6] = [
    (".click(", "never clicks"),
    (".submit(", "never submits"),
    ("requestSubmit", "never submits"),
    (".reload(", "never reloads"),
    ("fetch(", "never polls a site"),
    ("indexedDB", "in a content script it is the page's"),
];

/// The one exception: the script that reads the worker's own status pages when the worker presses *Check*.
const MAY_ASK: (&str, &str) = ("fetch.js", "fetch(");

/// What our own pages do not contain; their policy would refuse it silently.
const FORBIDDEN_IN_HTML: [(&str, &str); 3] =
    [("<script>", "no inline script"), ("<style", "no inline style"), (" style=", "no inline style")];

fn scripts() -> Vec<PathBuf> {
    let files = walk(&root().join("extension"));
    files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|kind| kind == "js" || kind == "html"))
        .collect()
}

#[test]
fn contain_nothing_forbidden() {
    let scripts = scripts();
    let in_pages = manifest_strings("/content_scripts/0/js");
    assert!(in_pages.len() >= 5 && scripts.len() >= in_pages.len() + 3, "{scripts:?}");
    let mut wrong = Vec::new();
    for path in scripts {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let text = fs::read_to_string(&path).expect("a script is text");
        wrong.extend(violations(name, &text, in_pages.iter().any(|script| script == name)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn planted_violations_are_found() {
    assert_eq!(violations("options.js", "row.innerHTML = title;", false).len(), 1);
    assert_eq!(violations("draw.js", "host.attachShadow({ mode: \"open\" });", true).len(), 1);
    assert_eq!(violations("content.js", "button.click();\nfetch(url);", true).len(), 2);
    assert_eq!(violations("fetch.js", "button.click();\nfetch(url);", true).len(), 1);
    assert_eq!(
        violations("background.js", "fetch(chrome.runtime.getURL(\"content.wasm\"));", false).len(),
        0
    );
    assert_eq!(violations("popup.html", "<script>init()</script>", false).len(), 1);
}

#[test]
fn stay_small() {
    let scripts = scripts().into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "js"));
    let sizes: Vec<(PathBuf, usize)> = scripts
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a script is text");
            let lines = text.lines().map(str::trim).filter(|line| is_code(line)).count();
            (path, lines)
        })
        .collect();
    let all: usize = sizes.iter().map(|(_, lines)| lines).sum();
    assert!(all < MOST_LINES, "{all} lines of {MOST_LINES}: {sizes:?}");
}

/// Neither blank nor a comment.
fn is_code(line: &str) -> bool {
    !line.is_empty() && !["//", "/*", "*"].iter().any(|mark| line.starts_with(mark))
}

/// One line each: where, what, why not. Comments count too: a rule without exceptions is simple.
fn violations(name: &str, text: &str, runs_in_page: bool) -> Vec<String> {
    let in_page = if runs_in_page { &FORBIDDEN_IN_PAGES[..] } else { &[] };
    let is_html = Path::new(name).extension().is_some_and(|kind| kind == "html");
    let inline = if is_html { &FORBIDDEN_IN_HTML[..] } else { &[] };
    let mut wrong = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for (word, why) in FORBIDDEN.iter().chain(in_page).chain(inline) {
            if line.contains(word) && (name, *word) != MAY_ASK {
                wrong.push(format!("{name}:{}: {word} ({why})", number + 1));
            }
        }
    }
    wrong
}
