//! The two interpreters of recipes agree: the hands' `collect.js` and the native one.
//!
//! `collect.js` runs under node, which the build needs anyway. For elements of JSON it needs no page.

#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};
use std::process::Command;

use wagelight::sites::json::Json;
use wagelight::sites::recipe::PageKind;
use wagelight::sites::saved::{self, List};
use wagelight::sites::snapshot::Item;
use wagelight::sites::{self, Page, Place};

use crate::house_files::root;
use crate::listing;

const LIST: &str = "https://worker.mturk.com/";
const QUEUE: &str = "https://worker.mturk.com/tasks";

/// Prints what the hands pick from a page's data, or the words with which they refuse it.
const SCRIPT: &str = r#"
const { readFileSync } = require("node:fs");
const vm = require("node:vm");
const [script, recipe, data] = process.argv.slice(1).map((path) => readFileSync(path, "utf8"));
const collect = vm.runInThisContext(`${script};WagelightCollect`);
const page = JSON.parse(recipe);
let picked;
try {
  const list = collect.data({ getAttribute: (name) => (name === page.data.attr ? data : null) }, page);
  picked = { items: list.map((element) => collect.item(element, page)) };
} catch (error) {
  picked = { refused: error.message };
}
const whole = (key, value) => (typeof value === "string" ? value.toWellFormed() : value);
process.stdout.write(JSON.stringify(picked, whole));
"#;

pub(crate) fn page(url: &str) -> Page {
    match sites::find(url) {
        Place::Page(page) | Place::Record(page) => *page,
        _ => panic!("no page"),
    }
}

pub(crate) fn scratch(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("a scratch file");
    path
}

/// What a script made of `collect.js`, the page's recipe and some data prints; `None` (with a
/// message) without node, unless `CI` is set.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub(crate) fn by_script(script: &str, name: &str, data: &str, page: &Page) -> Option<Json> {
    let recipe = scratch(
        &format!("{name}.recipe.json"),
        &serde_json::to_string(&page.spec.whole).expect("plain data"),
    );
    let data = scratch(&format!("{name}.props.json"), data);
    let mut node = Command::new("node");
    node.args(["--eval", script, "--"]).arg(root().join("extension/collect.js")).args([&recipe, &data]);
    let output = match node.output() {
        Ok(output) => output,
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "node: {error}");
            eprintln!("skipped: node: {error}");
            return None;
        }
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).expect("node printed JSON"))
}

/// What the hands make of a root's data.
fn by_hands(name: &str, props: &str, page: &Page) -> Option<Result<Vec<Item>, String>> {
    let mut picked = by_script(SCRIPT, name, props, page)?;
    Some(match picked.take("items") {
        Some(Json::List(items)) => Ok(items.into_iter().map(Item::from_json).collect()),
        _ => Err(picked.get("refused").and_then(Json::as_text).expect("a reason").to_owned()),
    })
}

/// The same root, natively, in a page as the site sends it.
fn natively(props: &str, page: &Page) -> Result<Vec<Item>, String> {
    let react_class = match page.spec.kind {
        PageKind::Queue => "TaskQueueTable",
        PageKind::StatusDay => "HitStatusDetailsTable",
        PageKind::Dashboard => "DailyWorkerStatisticsTable",
        _ => "HitSetTable",
    };
    let escaped = props.replace('&', "&amp;").replace('"', "&quot;");
    let html = format!("<div data-react-class='{react_class}' data-react-props=\"{escaped}\"></div>");
    let mut snapshot = saved::snapshot(&html, page);
    match snapshot.lists.pop() {
        Some(List { items, .. }) => Ok(items),
        None => Err(snapshot.problems.pop().expect("a reason").what),
    }
}

/// Both read the data; the number of elements, so that a caller sees that there were some.
fn agree(name: &str, props: &str, url: &str) -> Option<usize> {
    let page = page(url);
    let hands = by_hands(name, props, &page)?;
    let native = natively(props, &page);
    match (&hands, &native) {
        (Ok(hands), Ok(native)) => {
            assert_eq!(hands.len(), native.len(), "{name}");
            for (at, (hands, native)) in hands.iter().zip(native).enumerate() {
                assert_eq!(hands, native, "{name}, element {at}");
            }
        }
        _ => assert_eq!(hands, native, "{name}"),
    }
    Some(native.map_or(0, |items| items.len()))
}

/// An answer's elements as the props of a page.
fn as_props(answer: &str, list: &str) -> String {
    answer.replacen(&format!("\"{list}\""), "\"bodyData\"", 1)
}

#[test]
fn on_every_fixture() {
    for (name, elements) in [("list", 17), ("money", 46), ("types", 88), ("ids", 10), ("titles", 23)] {
        let answer = std::fs::read_to_string(root().join(format!("tests/fixtures/mturk/{name}.json")));
        let props = as_props(&answer.expect("a fixture"), "results");
        assert!(agree(name, &props, LIST).is_none_or(|count| count == elements), "{name}");
    }
    let answer = std::fs::read_to_string(root().join("tests/fixtures/mturk/queue.json")).expect("a fixture");
    assert!(agree("queue", &as_props(&answer, "tasks"), QUEUE).is_none_or(|count| count == 2));
}

#[test]
fn on_the_pages_of_the_workers_own_record() {
    let day = "https://worker.mturk.com/status_details/2026-11-20";
    let dashboard = "https://worker.mturk.com/dashboard";
    let files = [
        ("status-day", "results", day, 5),
        ("status-day-odd", "results", day, 10),
        ("dashboard", "daily_hit_statistics_overview", dashboard, 2),
    ];
    for (name, list, url, elements) in files {
        let answer = std::fs::read_to_string(root().join(format!("tests/fixtures/mturk/{name}.json")));
        let props = as_props(&answer.expect("a fixture"), list);
        assert!(agree(name, &props, url).is_none_or(|count| count == elements), "{name}");
    }
}

#[test]
fn on_the_real_listing() {
    let Some(answer) = listing::shared("mturk-listing-2021-03-10.json") else { return };
    assert!(agree("real", &as_props(&answer, "results"), LIST).is_none_or(|count| count == 714));
}

#[test]
fn on_the_words_for_what_cannot_be_read() {
    let deep = format!("{{\"bodyData\":[{{\"title\":{}{}}}]}}", "[".repeat(5_000), "]".repeat(5_000));
    let cases = [
        "",
        "{",
        "null",
        "[]",
        "{}",
        "{\"bodyData\":{}}",
        "{\"bodyData\":[1,null,[]]}",
        "{\"bodyData\":[]} x",
        "{\"bodyData\":[01]}",
        "{'bodyData':[]}",
        "\u{FEFF}{\"bodyData\":[]}",
        "{\"bodyData\":[],\"bodyData\":[{}]}",
        "{\"bodyData\":[{\"title\":\"\\ud83d\"}],\"\\ud83d\":1}",
        &deep,
    ];
    for (at, props) in cases.iter().enumerate() {
        agree(&format!("words-{at}"), props, LIST);
    }
}

#[test]
fn on_numbers() {
    // Powers of ten around every form in which JavaScript writes a number, and digits of any length.
    let mut numbers: Vec<String> = (-330..=310).map(|power| format!("1.25e{power}")).collect();
    let mut seed = 7_u64;
    for _ in 0..3_000 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        numbers.push(format!("{}.{}e-{}", seed >> 40, seed % 1_000_003, (seed >> 33) % 61));
        numbers.push(f64::from_bits(seed).to_string().replace("NaN", "0").replace("inf", "1e999"));
    }
    let element = |number: &String| format!("{{\"title\":{number}}}");
    let props = format!("{{\"bodyData\":[{}]}}", numbers.iter().map(element).collect::<Vec<_>>().join(","));
    assert!(agree("numbers", &props, LIST).is_none_or(|count| count == numbers.len()));
}
