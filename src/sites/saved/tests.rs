use super::*;
use crate::sites::{Place, find};

const LIST: &str = "https://worker.mturk.com/projects";
const QUEUE: &str = "https://worker.mturk.com/tasks";

fn page(url: &str) -> Page {
    match find(url) {
        Place::Page(page) => *page,
        _ => panic!("no page"),
    }
}

fn read_list(text: &str) -> Reading {
    read(text, &page(LIST))
}

const GROUP: &str =
    r#"{"hit_set_id":"3AAA","title":"Sort pictures","monetary_reward":{"amount_in_dollars":0.25}}"#;

/// A page around a list's data, escaped as the site escapes it.
fn saved_page(props: &str, rows: &str) -> String {
    let props =
        props.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('\'', "&#39;");
    format!(
        "<!DOCTYPE html><body><div data-react-class=\"require(&#39;reactComponents/hitSetTable/HitSetTable&#39;)\
         [&#39;default&#39;]\" data-react-props=\"{props}\"><ol>{rows}</ol></div></body>"
    )
}

fn whats(reading: &Reading) -> Vec<(&str, &str)> {
    reading.problems.iter().map(|problem| (problem.place.as_str(), problem.what.as_str())).collect()
}

#[test]
fn every_form_of_an_answer_gives_its_tasks() {
    let forms = [
        format!("{{\"results\":[{GROUP}]}}"),
        format!("{{\"bodyData\":[{GROUP}]}}"),
        format!("[{GROUP}]"),
        format!("\n {GROUP}\n"),
        saved_page(&format!("{{\"bodyData\":[{GROUP}]}}"), ""),
        format!("<html><body><pre style=\"x\">{{\"results\":[{GROUP}]}}</pre></body></html>"),
    ];
    for form in forms {
        let reading = read_list(&form);
        assert_eq!(reading.problems, [], "{form}");
        let titles: Vec<&str> = reading.tasks.iter().map(|task| task.title.as_str()).collect();
        assert_eq!((titles, reading.understood), (vec!["Sort pictures"], true), "{form}");
    }
}

#[test]
fn an_empty_list_is_understood() {
    for form in ["{\"results\":[]}", "[]", &saved_page("{\"bodyData\":[]}", "")] {
        assert_eq!(read_list(form), Reading { understood: true, ..Reading::default() }, "{form}");
    }
}

#[test]
fn what_cannot_be_read_at_all_is_said_in_one_line() {
    let cut = saved_page(&format!("{{\"bodyData\":[{GROUP}"), "");
    let cases = [
        ("", "is empty"),
        ("  \n", "is empty"),
        ("%PDF-1.4 \u{0} nothing", "holds no list of tasks: it is another page, or cut off"),
        ("<p>Sign in</p>", "holds no list of tasks: it is another page, or cut off"),
        (&cut, "the list's data is not JSON, or cut off"),
        (cut.get(..150).unwrap(), "holds no list of tasks: it is another page, or cut off"),
        (&"<div>".repeat(300_000), "is nested deeper than any page"),
        ("From: <Saved by Blink>\nMIME-Version: 1.0", "is a web archive (MHTML): save the page as HTML"),
        ("{\"results\":[", "is not JSON, or cut off (line 1, column 12)"),
        (&saved_page("{\"bodyData\":{}}", ""), "the list's data has another form than known"),
        (
            "{\"results\":{}}",
            "holds no list \"results\" and is no task itself: is it the page of this address?",
        ),
        (
            "{\"tasks\":[]}",
            "holds no list \"results\" and is no task itself: is it the page of this address?",
        ),
        ("<div data-react-class=\"HitSetTable\"></div>", "the list carries no data"),
    ];
    for (text, what) in cases {
        let reading = read_list(text);
        assert_eq!(whats(&reading), [("page", what)], "{text}");
        assert!(reading.tasks.is_empty() && !reading.understood, "{text}");
    }
}

#[test]
fn places_name_the_row_and_the_list() {
    let bad = GROUP.replace("0.25", "-1").replace("3AAA", "3BBB");
    let reading = read_list(&format!("[{GROUP},{bad}]"));
    assert_eq!(whats(&reading), [("row 2, reward", "is below zero")]);
    let one = saved_page(&format!("{{\"bodyData\":[{GROUP}]}}"), "");
    let two = one + &saved_page(&format!("{{\"bodyData\":[{bad}]}}"), "");
    let reading = read_list(&two);
    assert_eq!(whats(&reading), [("list 2, row 1, reward", "is below zero")]);
    assert_eq!((reading.tasks.len(), reading.understood), (2, true));
    let three = two.replacen("bodyData", "renamed", 1);
    assert_eq!(whats(&read_list(&three))[0], ("list 1", "the list's data has another form than known"));
}

#[test]
fn rows_that_show_something_else_are_said() {
    let row = |id: &str| format!("<li class=table-row><a href='/projects/{id}/tasks?ref=x'>Preview</a></li>");
    let props = format!("{{\"bodyData\":[{GROUP}]}}");
    assert_eq!(read_list(&saved_page(&props, &row("3AAA"))).problems, []);
    let reading = read_list(&saved_page(&props, &format!("{}{}", row("3AAA"), row("3ZZZ"))));
    assert_eq!(whats(&reading), [("page", "1 row shows no task of the page's data")]);
}

#[test]
fn elements_that_are_no_tasks_are_problems_not_tasks() {
    let reading = read_list("[1, null, {\"hit_set_id\": {\"a\": 1}}]");
    assert!(reading.tasks.is_empty() && !reading.understood);
    assert!(whats(&reading).contains(&("row 1, id", "is missing")));
    assert!(whats(&reading).contains(&("row 3, id", "has an unexpected form (an object)")));
}

#[test]
fn the_queue_has_its_own_names() {
    let held = r#"{"task_id":"3TTT","project":{"hit_set_id":"3AAA","title":"T","monetary_reward":{"amount_in_dollars":2}}}"#;
    for text in [held.to_owned(), format!("{{\"tasks\":[{held}]}}")] {
        let reading = read(&text, &page(QUEUE));
        assert_eq!((reading.tasks.len(), reading.problems.len()), (1, 0), "{text}");
    }
    assert!(!read(GROUP, &page(QUEUE)).understood, "a group of the list is no held task");
}

#[test]
fn bytes_become_text_whatever_they_are() {
    assert_eq!(decode("\u{FEFF}ä".as_bytes()), ("ä".to_owned(), None));
    assert_eq!(decode(&[0xFF, 0xFE, b'[', 0, b']', 0]), ("[]".to_owned(), None));
    assert_eq!(decode(&[0xFE, 0xFF, 0, b'[', 0, b']', 0]), ("[]".to_owned(), None));
    let (text, problem) = decode(b"a\xFFb");
    assert_eq!(text, "a\u{FFFD}b");
    assert_eq!(problem.map(|problem| problem.place), Some("page".to_owned()));
}

#[test]
fn data_beyond_any_list_is_refused() {
    let long = format!("[\"{}\"]", "x".repeat(MAX_DATA_UNITS));
    assert_eq!(whats(&read_list(&long)), [("page", "is larger than any list")]);
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in ".{0,400}", cut in 0_usize..2_000) {
        let whole = saved_page(&format!("{{\"bodyData\":[{GROUP},{GROUP}]}}"), "<li class=table-row>x</li>");
        for text in [text.as_str(), whole.get(..cut).unwrap_or(&whole)] {
            let reading = read_list(text);
            proptest::prop_assert!(reading.understood || !reading.problems.is_empty());
        }
    }
}
