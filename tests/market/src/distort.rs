//! Data that are not as they should be: what becomes of props and JSON answers where a failure says so.

use serde_json::Value;

use crate::failure::Wrong;

/// Lists of rows, in all the pages that have some.
const LISTS: [&str; 4] = ["bodyData", "results", "tasks", "daily_hit_statistics_overview"];
/// What tells a row from its neighbours.
const IDS: [&str; 5] = ["assignment_id", "task_id", "hit_id", "date", "date_link"];

/// The text of an answer, changed as the failure says; most failures change nothing here.
pub(crate) fn distorted(json: String, wrong: Option<Wrong>) -> String {
    match wrong {
        Some(Wrong::Huge) => {
            let rest = json.strip_prefix('{').unwrap_or(&json);
            format!("{{\"padding\":\"{}\",{rest}", "x".repeat(50_000_000))
        }
        Some(Wrong::CutOff) => {
            let keep = json.chars().count() * 3 / 5;
            json.chars().take(keep).collect()
        }
        Some(Wrong::NumbersAsStrings) => changed(&json, numbers_as_strings),
        Some(Wrong::RowWithoutId) => changed(&json, first_row_without_id),
        _ => json,
    }
}

fn changed(json: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut value: Value = serde_json::from_str(json).unwrap_or_default();
    change(&mut value);
    value.to_string()
}

fn first_row_without_id(answer: &mut Value) {
    for list in LISTS {
        let row = answer.get_mut(list).and_then(Value::as_array_mut).and_then(|rows| rows.first_mut());
        if let Some(fields) = row.and_then(Value::as_object_mut) {
            fields.retain(|name, _| !IDS.contains(&name.as_str()));
        }
    }
}

fn numbers_as_strings(value: &mut Value) {
    match value {
        Value::Number(number) => *value = Value::String(number.to_string()),
        Value::Array(values) => values.iter_mut().for_each(numbers_as_strings),
        Value::Object(fields) => fields.values_mut().for_each(numbers_as_strings),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str =
        r#"{"results":[{"hit_id":"3A","reward":{"amount":0.5}},{"hit_id":"3B"}],"page_number":1}"#;

    fn with(wrong: Wrong) -> String {
        distorted(ANSWER.to_owned(), Some(wrong))
    }

    #[test]
    fn each_failure_changes_what_it_names() {
        assert_eq!(
            with(Wrong::NumbersAsStrings),
            r#"{"page_number":"1","results":[{"hit_id":"3A","reward":{"amount":"0.5"}},{"hit_id":"3B"}]}"#
        );
        assert_eq!(
            with(Wrong::RowWithoutId),
            r#"{"page_number":1,"results":[{"reward":{"amount":0.5}},{"hit_id":"3B"}]}"#
        );
        assert!(ANSWER.starts_with(&with(Wrong::CutOff)) && with(Wrong::CutOff).len() < ANSWER.len());
        let huge = with(Wrong::Huge);
        assert!(huge.len() > 50_000_000 && serde_json::from_str::<Value>(&huge).is_ok());
        assert_eq!(with(Wrong::TooManyHtml), ANSWER);
        assert_eq!(distorted(ANSWER.to_owned(), None), ANSWER);
    }
}
