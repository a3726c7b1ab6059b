//! The two interpreters of recipes agree on what a page says as a whole, on messages and on answers.
//!
//! Node has no page, so the nodes that the recipe's selectors find are found natively and handed to
//! `collect.js` as plain stand-ins; every later step is its own.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use scraper::{Html, Selector};
use wagelight::sites::Page;
use wagelight::sites::answer::Body;
use wagelight::sites::json::Json;
use wagelight::sites::recipe::{PageSpec, Step};
use wagelight::sites::saved;
use wagelight::sites::snapshot::Item;

use crate::house_files::text;
use crate::saved_agreement::{by_script, page};

const WORK: &str = "https://worker.mturk.com/projects/3FIXTURE51GROUP000000000000000/tasks/\
                    3FIXTURE51TASK0000000000000000?assignment_id=3FIXTURE51ASSIGNMENT0000000000&x=1#top";
const PREVIEW: &str = "https://worker.mturk.com/projects/3FIXTURE51GROUP000000000000000/tasks?ref=w";
const DAY: &str = "https://worker.mturk.com/status_details/2026-11-20?page_number=2";

const BEGINNING: &str = r#"
const { readFileSync } = require("node:fs");
const vm = require("node:vm");
const [script, recipe, data] = process.argv.slice(1).map((path) => readFileSync(path, "utf8"));
const collect = vm.runInThisContext(`${script};WagelightCollect`);
const page = JSON.parse(recipe);
const print = (value) => process.stdout.write(JSON.stringify(value));
"#;

const ABOUT: &str = r#"
const { address, nodes } = JSON.parse(data);
const stand = ({ attributes, text }) => ({ getAttribute: (name) => attributes[name] ?? null, textContent: text });
const found = (css) => (nodes[css] ? stand(nodes[css]) : null);
print(collect.about({ querySelector: found, getAttribute: () => null, textContent: "" }, page, address));
"#;

const MESSAGES: &str = "print(JSON.parse(data).map((text) => collect.message(text, page)));";

const ANSWERS: &str = "print(JSON.parse(data).map((text) => collect.answer(text, page)));";

fn spec(page: &Page) -> PageSpec {
    serde_json::to_value(&page.spec.whole).and_then(serde_json::from_value).expect("a recipe")
}

/// The first node of every selector of the recipe's parts, as the script takes it.
fn nodes(html: &str, page: &Page) -> BTreeMap<String, serde_json::Value> {
    let document = Html::parse_document(html);
    let spec = spec(page);
    let pipelines = spec.about.iter().flat_map(|part| {
        let fields = part.fields.values().flat_map(|field| field.from.iter());
        fields.chain([&part.from])
    });
    let selectors = pipelines.flatten().filter_map(|step| match step {
        Step::Css(css) => Some(css.clone()),
        _ => None,
    });
    let found = selectors.filter_map(|css| {
        let node = document.select(&Selector::parse(&css).expect("a selector")).next()?;
        let attributes: BTreeMap<&str, &str> = node.value().attrs().collect();
        let text: String = node.text().collect();
        Some((css, serde_json::json!({ "attributes": attributes, "text": text })))
    });
    found.collect()
}

/// How many fields were picked, by both alike; `None` without node.
fn agree_about(name: &str, html: &str, url: &str) -> Option<usize> {
    let page = page(url);
    let data = serde_json::json!({ "address": url, "nodes": nodes(html, &page) }).to_string();
    let picked = by_script(&format!("{BEGINNING}{ABOUT}"), name, &data, &page)?;
    let fields = picked.members().len();
    let native = saved::snapshot_at(html, &page, url).about.expect("a page");
    assert_eq!(Item::from_json(picked), native, "{name}");
    Some(fields)
}

fn strings(texts: &[&str]) -> String {
    serde_json::to_string(texts).expect("plain data")
}

#[test]
fn on_what_a_page_says_as_a_whole() {
    let work = text("tests/fixtures/mturk/work.html");
    assert!(agree_about("about-work", &work, WORK).is_none_or(|fields| fields == 16));
    assert!(agree_about("about-preview", &work, PREVIEW).is_none_or(|fields| fields == 12));
    let day = text("tests/fixtures/mturk/status-day.html");
    assert!(agree_about("about-day", &day, DAY).is_none_or(|fields| fields == 0));
    let drawn = "<div class=mturk-alert-content><h3> The HIT\u{a0}has <b>been</b> returned. </h3></div>";
    assert!(agree_about("about-notice", drawn, DAY).is_none_or(|fields| fields == 1));
}

#[test]
fn on_pages_that_are_not_as_known() {
    let work = text("tests/fixtures/mturk/work.html");
    let changes = [
        ("{&quot;modalType", "&quot;modalType"),
        (
            "&quot;projectTitle&quot;:&quot;Describe",
            "&quot;projectTitle&quot;:{},&quot;x&quot;:&quot;Describe",
        ),
        ("%5Brequester_id%5D=A5", "[requester_id]=&amp;hit_type_message%5brequester_id%5d=A6"),
        ("&quot;amountInDollars&quot;:0.5", "&quot;amountInDollars&quot;:[0.5]"),
        ("timeRemainingInSeconds&quot;:3510", "timeRemainingInSeconds&quot;:null"),
        ("data-react-props=\"{&quot;displayStyle", "data-other=\"{&quot;displayStyle"),
        ("\"delete\"", "\"other\""),
        ("header&quot;:&quot;HIT", "header&quot;:7,&quot;h&quot;:&quot;HIT"),
    ];
    for (at, (from, to)) in changes.into_iter().enumerate() {
        assert!(work.contains(from), "{from}");
        agree_about(&format!("about-odd-{at}"), &work.replace(from, to), WORK);
    }
    for (at, address) in [
        "https://worker.mturk.com/projects/3A/tasks/3T",
        "https://worker.mturk.com/projects/3A/tasks/3T?assignment_id=",
        "https://worker.mturk.com/projects/3A/tasks/3T?b=1;assignment_id=3C&assignment_id=3D",
        "https://worker.mturk.com/projects/3A/tasks/3T?b#assignment_id=3C",
        "https://worker.mturk.com/projects/3A/tasks/3T?assignment_id=%41",
    ]
    .into_iter()
    .enumerate()
    {
        agree_about(&format!("about-address-{at}"), &work, address);
    }
}

#[test]
fn on_messages_of_frames() {
    let mut deep = String::from("{\"assignmentId\":\"3A\",\"answer\":");
    let _ = write!(deep, "{}{}}}", "[".repeat(3_000), "]".repeat(3_000));
    let texts = [
        r#"{"answer":"<xml/>","assignmentId":"3A","workerId":"A0INVENTEDWRKR"}"#,
        r#"{"answer":null,"assignmentId":17}"#,
        r#"{"assignmentId":["3A"],"answer":{}}"#,
        r#"{"answer":"\"assignmentId\":\"3A\""}"#,
        "[1]",
        "null",
        "\"text\"",
        "",
        "{",
        &deep,
    ];
    let page = page(WORK);
    let Some(Json::List(picked)) =
        by_script(&format!("{BEGINNING}{MESSAGES}"), "messages", &strings(&texts), &page)
    else {
        return;
    };
    assert_eq!(picked.len(), texts.len());
    for (text, hands) in texts.into_iter().zip(picked) {
        assert_eq!(Item::from_json(hands), saved::message(text, &page), "{text}");
    }
}

#[test]
fn on_answers() {
    let long = format!("[\"{}\"]", "x".repeat(5_000_000));
    let day = text("tests/fixtures/mturk/status-day.json");
    let texts = [
        day.as_str(),
        "{\"results\":[]}",
        "{\"results\":{}}",
        "[]",
        "null",
        "",
        "<!DOCTYPE html><h1>503</h1>",
        "<img class='captcha-image'>",
        "{\"results\":[\"captchaInput\"]}",
        &long,
    ];
    let page = page(DAY);
    let Some(Json::List(picked)) =
        by_script(&format!("{BEGINNING}{ANSWERS}"), "answers", &strings(&texts), &page)
    else {
        return;
    };
    assert_eq!(picked.len(), texts.len());
    for (text, hands) in texts.into_iter().zip(picked) {
        let beginning: String = text.chars().take(60).collect();
        assert_eq!(Body::from_json(hands), saved::body(text, &page), "{beginning}");
    }
}
