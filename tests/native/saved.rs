//! `wagelight read` on saved pages: the command's whole output, as a user gets it.
//!
//! The fixtures are invented; `tests/fixtures/mturk/README.md` says what each is for.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::house_files::root;
use crate::listing;

const LIST: &str = "https://worker.mturk.com/projects?page_size=100";
const QUEUE: &str = "https://worker.mturk.com/tasks";

fn fixture(name: &str) -> PathBuf {
    root().join("tests/fixtures/mturk").join(name)
}

fn command(file: &Path, url: &str, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wagelight"));
    command.arg("read").arg(file).args(["--url", url]).args(more).output().expect("the command runs")
}

/// What it prints as JSON; the exit code must be this one.
fn json_text(file: &Path, url: &str, code: i32) -> String {
    let output = command(file, url, &["--json"]);
    assert_eq!(output.status.code(), Some(code), "{}", file.display());
    assert_eq!(output.stderr, b"", "{}", file.display());
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

fn json(file: &Path, url: &str, code: i32) -> Value {
    serde_json::from_str(&json_text(file, url, code)).expect("the output is JSON")
}

fn list<'a>(report: &'a Value, key: &str) -> &'a Vec<Value> {
    report[key].as_array().expect("a list")
}

/// A file of this test run alone.
fn scratch(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("a scratch file");
    path
}

#[test]
fn the_real_listing_is_read_without_a_problem() {
    if listing::shared("mturk-listing-2021-03-10.json").is_none() {
        return;
    }
    let file = root().join("../shared/data/mturk-listing-2021-03-10.json");
    let report = json(&file, "https://worker.mturk.com/?format=json", 0);
    assert_eq!(list(&report, "problems"), &Vec::<Value>::new());
    let tasks = list(&report, "tasks");
    assert_eq!(tasks.len(), 714);
    for (task, group) in tasks.iter().zip(listing::groups().expect("the same listing")) {
        assert_eq!(task["id"], group.id);
        assert_eq!(task["requester"]["id"], group.requester_id);
        let dollars: f64 = task["reward"]["amount"].as_str().expect("an amount").parse().expect("a number");
        assert_eq!(dollars.to_string(), group.reward_decimal.parse::<f64>().expect("a number").to_string());
        assert!(task["time"]["low_s"].as_u64() <= task["time"]["mid_s"].as_u64());
        assert!(task["time"]["mid_s"].as_u64() <= task["time"]["high_s"].as_u64());
        let has_rate = !matches!(task["kind"].as_str(), Some("earlier_work" | "named_workers"));
        assert_eq!(task["per_minute"].is_object(), has_rate, "{}", group.id);
        assert_eq!(task["locked"].is_string(), task["can_accept"] == false, "{}", group.id);
        assert!(task["can_accept"] != false || task["verdict"].is_null(), "{}", group.id);
    }
}

#[test]
fn the_real_queue_row_is_one_task_of_which_nobody_says_who_may_accept() {
    let Some(_) = listing::shared("mturk-queue-row-2020-05-09.json") else { return };
    let report = json(&root().join("../shared/data/mturk-queue-row-2020-05-09.json"), QUEUE, 0);
    assert_eq!((list(&report, "tasks").len(), list(&report, "problems").len()), (1, 0));
    let task = &report["tasks"][0];
    assert_eq!((&task["can_accept"], &task["locked"]), (&Value::Null, &Value::Null));
    assert_eq!(task["reward"]["amount"], "2.00");
}

#[test]
fn a_listing_is_printed_as_json() {
    insta::assert_snapshot!("list_json", json_text(&fixture("list.json"), LIST, 0));
}

#[test]
fn a_saved_page_is_printed_as_json() {
    insta::assert_snapshot!("list_html", json_text(&fixture("list.html"), LIST, 0));
    insta::assert_snapshot!("two_lists_html", json_text(&fixture("two-lists.html"), LIST, 0));
    let sandbox = json(&fixture("list.html"), "https://workersandbox.mturk.com/", 0);
    assert_eq!(sandbox["site"], "mturk");
}

#[test]
fn a_queue_is_the_same_as_page_answer_and_single_row() {
    let page = json_text(&fixture("queue.html"), QUEUE, 0);
    assert_eq!(page, json_text(&fixture("queue.json"), QUEUE, 0));
    let row = json(&fixture("queue-row.json"), QUEUE, 0);
    let page_json: Value = serde_json::from_str(&page).expect("JSON");
    assert_eq!(row["tasks"][0], page_json["tasks"][0]);
    insta::assert_snapshot!("queue", page);
}

#[test]
fn hostile_values_become_problems_and_never_wrong_numbers() {
    for name in ["money", "types", "ids", "titles"] {
        insta::assert_snapshot!(name, brief(&json(&fixture(&format!("{name}.json")), LIST, 0)));
    }
}

/// One line a task and a problem: what hostile values can spoil, and no estimate, which others tune.
fn brief(report: &Value) -> String {
    let task = |task: &Value| {
        let parts = ["id", "title", "requester", "can_accept", "locked", "reward"];
        parts.map(|part| task[part].to_string()).join(" · ")
    };
    let mut lines: Vec<String> = list(report, "tasks").iter().map(task).collect();
    lines.extend(
        list(report, "problems").iter().map(|problem| format!("{}: {}", problem["where"], problem["what"])),
    );
    lines.join("\n")
}

#[test]
fn what_cannot_be_read_at_all_says_why() {
    let binary = scratch("binary.html", &(0..=255).cycle().take(5_000).collect::<Vec<u8>>());
    let cases = [
        (fixture("cut-in-data.html"), LIST),
        (fixture("cut.json"), LIST),
        (fixture("sign-in.html"), LIST),
        (fixture("queue.html"), LIST),
        (fixture("list.json"), QUEUE),
        (scratch("empty.html", b""), LIST),
        (binary, LIST),
        (fixture("list.html"), "https://worker.mturk.com/dashboard"),
        (fixture("list.html"), "https://example.com/"),
        (fixture("list.html"), "worker.mturk.com"),
    ];
    let mut lines = Vec::new();
    for (file, url) in cases {
        let report = json(&file, url, 1);
        assert_eq!(list(&report, "tasks").len(), 0, "{}", file.display());
        let name = file.file_name().and_then(|name| name.to_str()).expect("a name");
        lines.push(format!("{name} {url} {} {}", report["site"], report["problems"]));
    }
    insta::assert_snapshot!("not_understood", lines.join("\n"));
}

#[test]
fn a_page_cut_in_its_rows_still_has_all_its_tasks() {
    let report = json(&fixture("cut-in-rows.html"), LIST, 0);
    assert_eq!((list(&report, "tasks").len(), list(&report, "problems").len()), (3, 0));
}

#[test]
fn other_encodings_are_read_or_said() {
    let text = std::fs::read_to_string(fixture("list.json")).expect("a fixture");
    let utf16: Vec<u8> =
        core::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let plain = json_text(&fixture("list.json"), LIST, 0);
    assert_eq!(json_text(&scratch("utf16.json", &utf16), LIST, 0), plain);
    assert_eq!(json_text(&scratch("bom.json", format!("\u{FEFF}{text}").as_bytes()), LIST, 0), plain);
    let latin: Vec<u8> = text.bytes().filter(|byte| *byte != 0xC3).collect();
    let report = json(&scratch("latin.json", &latin), LIST, 0);
    assert_eq!(
        list(&report, "tasks").len(),
        list(&serde_json::from_str(&plain).expect("JSON"), "tasks").len()
    );
    assert_eq!(report["problems"][0]["where"], "page");
}

#[test]
fn a_file_that_cannot_be_read_is_one_line_and_exit_code_2() {
    let large = Path::new(env!("CARGO_TARGET_TMPDIR")).join("large.json");
    let file = std::fs::File::create(&large).expect("a scratch file");
    file.set_len(64 * 1_048_576 + 1).expect("a sparse file");
    for file in [fixture("absent.json"), root().join("tests"), large.clone()] {
        let output = command(&file, LIST, &["--json"]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{}", file.display());
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(said.lines().count() == 1 && said.starts_with("wagelight: "), "{said}");
    }
    std::fs::remove_file(large).expect("the scratch file is ours");
}

#[test]
fn the_table_shows_what_the_chips_say() {
    let output = command(&fixture("list.json"), LIST, &[]);
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!("list_table", String::from_utf8(output.stdout).expect("UTF-8"));
    let output = command(&fixture("titles.json"), LIST, &[]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(!text.contains('\u{1b}'), "a title must not steer the terminal");
    assert!(text.lines().all(|line| line.chars().count() < 200), "{text}");
}
