//! The background's answers as a page needs them.
//!
//! Read by hand from the JSON that `background::wire` defines, because its derived readers
//! weigh more than the content build may; a test below holds both against each other.

use std::collections::BTreeMap;

use serde_json::Value;

use super::entry::Own;
use crate::domain::{Again, Currency, Flags, Limits, Marks, PayUnit, Settings, Stars};
use crate::ratings::BlockIndex;

/// What a page understands of an answer.
#[derive(Clone, Debug)]
pub(super) enum Heard {
    Hello { settings: Settings, on: bool, blocks: BlockIndex },
    Facts(Vec<RowFacts>),
    Saved { undo: Option<String> },
    Refused { say: String },
    Other,
}

/// What is stored about one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowFacts {
    pub(super) requester_id: String,
    pub(super) title_key: String,
    pub(super) own: Option<Own>,
    pub(super) requester_blocked: bool,
    pub(super) title_blocked: bool,
}

/// Reads an answer; one of another form is `Other`.
pub(super) fn answer(value: &Value) -> Heard {
    match value.get("is").and_then(Value::as_str) {
        Some("hello") => Heard::Hello {
            settings: value.get("settings").map(settings).unwrap_or_default(),
            on: value.get("on").and_then(Value::as_bool).unwrap_or(true),
            blocks: text(value, "blocks")
                .and_then(|text| BlockIndex::from_base64(&text).ok())
                .unwrap_or_default(),
        },
        Some("facts") => {
            let rows = value.get("rows").and_then(Value::as_array);
            Heard::Facts(rows.into_iter().flatten().filter_map(row_facts).collect())
        }
        Some("saved") => Heard::Saved { undo: text(value, "undo") },
        Some("refused") => Heard::Refused { say: text(value, "say").unwrap_or_default() },
        _ => Heard::Other,
    }
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

fn settings(value: &Value) -> Settings {
    let limit = |(code, value): (&String, &Value)| {
        let micros = |name: &str| value.get(name)?.as_i64();
        let limits = Limits::new(micros("fair_micros")?, micros("good_micros")?)?;
        Some((Currency::from_code(code)?, limits))
    };
    let limits: BTreeMap<Currency, Limits> =
        value.get("limits").and_then(Value::as_object).into_iter().flatten().filter_map(limit).collect();
    let sites = value.get("sites_off").and_then(Value::as_array).into_iter().flatten();
    Settings {
        unit: if text(value, "unit").as_deref() == Some("hour") { PayUnit::Hour } else { PayUnit::Minute },
        limits,
        sites_off: sites.filter_map(|site| site.as_str().map(str::to_owned)).collect(),
        show_blocked: value.get("show_blocked").and_then(Value::as_bool).unwrap_or(false),
    }
}

fn row_facts(value: &Value) -> Option<RowFacts> {
    let blocked = |name: &str| value.get(name).is_some_and(|block| !block.is_null());
    Some(RowFacts {
        requester_id: text(value, "requester_id")?,
        title_key: text(value, "title_key").unwrap_or_default(),
        own: value.get("own").filter(|own| !own.is_null()).map(own),
        requester_blocked: blocked("requester_block"),
        title_blocked: blocked("title_block"),
    })
}

fn own(value: &Value) -> Own {
    let flag = |name: &str| value.get(name).and_then(Value::as_bool).unwrap_or(false);
    let stars = |name: &str| {
        let count = value.get(name)?.as_u64()?;
        u8::try_from(count).ok().and_then(Stars::new)
    };
    Own {
        again: match value.get("again").and_then(Value::as_str) {
            Some("again") => Some(Again::Again),
            Some("only_if_nothing_better") => Some(Again::OnlyIfNothingBetter),
            Some("never") => Some(Again::Never),
            _ => None,
        },
        flags: Flags {
            broken: flag("broken"),
            unpaid_screener: flag("unpaid_screener"),
            underpaid: flag("underpaid"),
            favourite: flag("favourite"),
        },
        marks: Marks {
            pay: stars("pay"),
            fairness: stars("fairness"),
            communication: stars("communication"),
            speed: stars("speed"),
        },
        has_note: flag("has_note"),
    }
}
