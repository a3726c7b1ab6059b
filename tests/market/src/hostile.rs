//! Broken data: what a list's props become under each of the hostile cases.

use serde_json::Value;

use crate::behaviour::Hostile;
use crate::group::Group;
use crate::listing::Item;

/// How much of the list is drawn or sent in the cases where one is shorter: two thirds.
pub(crate) fn shortened(len: usize) -> usize {
    len - len / 3
}

/// Changes that rows and data share: ids and titles.
pub(crate) fn change_group(index: usize, group: &mut Group, hostile: Hostile) {
    match hostile {
        Hostile::LongIds => {
            let id = format!("A{:0>20}", format!("LONG{index}"));
            group.requester_url = group.requester_url.replace(&group.requester_id, &id);
            group.requester_id = id;
        }
        Hostile::NastyTitles => group.title = nasty_title(index, &group.title),
        _ => {}
    }
}

fn nasty_title(index: usize, title: &str) -> String {
    match index % 8 {
        0 => "<img src=x onerror=\"document.title='owned'\"> Rate pictures (5 min)".to_owned(),
        1 => format!("\u{202e}{title}\u{202c} \u{2067}مهمة\u{2069} \u{200f}"),
        2 => "Sort photos by colour, ".repeat(440).chars().take(10_000).collect(),
        3 => "🎧🎤📷🔥💯👩‍🔬🏳️‍🌈🇺🇸".to_owned(),
        4 => "HIT for A2EXAMPLE0W1 only".to_owned(),
        5 => String::new(),
        6 => "</script><style>*{display:none}</style><!-- ' \" ` ${7*7} {{7*7}} \\u0000 &amp;lt;".to_owned(),
        _ => {
            "Z\u{336}a\u{336}l\u{336}g\u{336}o \u{0}\u{7}\u{feff}\u{2028}\u{2029}\u{fffd} text\ttask\r\n5 min"
                .to_owned()
        }
    }
}

/// The props of a list, broken as asked.
pub(crate) fn props(items: &[Item], hostile: Option<Hostile>) -> String {
    let sent = match hostile {
        Some(Hostile::MoreRowsThanData) => shortened(items.len()),
        _ => items.len(),
    };
    let body: Vec<String> =
        items.iter().take(sent).enumerate().map(|(i, item)| element(i, item, hostile)).collect();
    let whole = format!("{{\"bodyData\":[{}],\"tableConfig\":{TABLE_CONFIG}}}", body.join(","));
    match hostile {
        Some(Hostile::NotJson) => "<!DOCTYPE html><title>503</title>Service Unavailable".to_owned(),
        Some(Hostile::CutOff) => {
            let keep = whole.chars().count() * 3 / 5;
            whole.chars().take(keep).collect()
        }
        Some(Hostile::Huge) => {
            format!("{{\"padding\":\"{}\",{}", "x".repeat(50_000_000), whole.trim_start_matches('{'))
        }
        _ => whole,
    }
}

const TABLE_CONFIG: &str = "[{\"classNames\":[\"requester-column\"],\"header\":{\"title\":\"Requester\"}},\
    {\"classNames\":[\"project-name-column\"],\"header\":{\"title\":\"Title\"}},\
    {\"classNames\":[\"hits-column\"],\"header\":{\"title\":\"HITs\"}},\
    {\"classNames\":[\"reward-column\"],\"header\":{\"title\":\"Reward\"}},\
    {\"classNames\":[\"created-column\"],\"header\":{\"title\":\"Created\"}},\
    {\"classNames\":[\"actions-column\"],\"header\":{\"title\":\"Actions\"}}]";

/// One element of `bodyData`.
fn element(index: usize, item: &Item, hostile: Option<Hostile>) -> String {
    match hostile {
        Some(Hostile::DeeplyNested) => {
            let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
            with_field(item, "project_requirements", &deep)
        }
        Some(Hostile::MoneyForms) => {
            let reward = MONEY.get(index % MONEY.len()).copied().unwrap_or("null");
            with_field(item, "monetary_reward", reward)
        }
        Some(Hostile::WrongTypes) => {
            let key = key_at(index);
            let value = WRONG.get(index / KEYS.len() % WRONG.len()).copied().unwrap_or("null");
            with_field(item, key, value)
        }
        Some(Hostile::MissingKeys) => changed(item, |fields| {
            fields.remove(key_at(index));
        }),
        Some(Hostile::RenamedKeys) => changed(item, |fields| {
            *fields = std::mem::take(fields)
                .into_iter()
                .map(|(key, value)| (format!("new_{key}"), value))
                .collect();
        }),
        _ => plain(item),
    }
}

/// Without a value of its own, a group is written in the wire's key order.
fn plain(item: &Item) -> String {
    let text = match &item.raw {
        Some(raw) => serde_json::to_string(raw),
        None => serde_json::to_string(&item.group),
    };
    text.unwrap_or_else(|_| "null".to_owned())
}

fn changed(item: &Item, change: impl FnOnce(&mut serde_json::Map<String, Value>)) -> String {
    let mut value: Value = serde_json::from_str(&plain(item)).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        change(fields);
    }
    value.to_string()
}

/// The group with one field as raw JSON, which no parser here has to understand.
fn with_field(item: &Item, key: &str, raw_json: &str) -> String {
    let rest = changed(item, |fields| {
        fields.remove(key);
    });
    format!("{{\"{key}\":{raw_json},{}", rest.trim_start_matches('{'))
}

fn key_at(index: usize) -> &'static str {
    KEYS.get(index % KEYS.len()).copied().unwrap_or("title")
}

const KEYS: [&str; 12] = [
    "title",
    "requester_id",
    "monetary_reward",
    "hit_set_id",
    "assignment_duration_in_seconds",
    "requester_name",
    "description",
    "project_requirements",
    "caller_meets_requirements",
    "requesterInfo",
    "assignable_hits_count",
    "creation_time",
];

const WRONG: [&str; 5] = ["null", "[1,2,3]", "{\"a\":1}", "\"text\"", "-1.5"];

const MONEY: [&str; 14] = [
    r#"{"currency_code":"USD","amount_in_dollars":1}"#,
    r#"{"currency_code":"USD","amount_in_dollars":0.25}"#,
    r#"{"currency_code":"USD","amount_in_dollars":"0.25"}"#,
    r#"{"currency_code":"USD","amount_in_dollars":-5}"#,
    r#"{"currency_code":"USD","amount_in_dollars":1e400}"#,
    r#"{"currency_code":"USD","amount_in_dollars":0.005}"#,
    r#"{"currency_code":"USD","amount_in_dollars":1e-30}"#,
    r#"{"currency_code":"USD","amount_in_dollars":"$1,234.50"}"#,
    r#"{"currency_code":null,"amount_in_dollars":0.5}"#,
    r#"{"currency_code":"EUR","amount_in_dollars":0.5}"#,
    r#"{"currency_code":"USD","amount_in_dollars":99999999999999999999999}"#,
    r#"{"currency_code":"USD"}"#,
    "null",
    "[0.5]",
];
