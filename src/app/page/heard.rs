//! The background's answers as a page needs them.
//!
//! Read by hand from the JSON that `background::wire` defines, because its derived readers
//! weigh more than the content build may; a test below holds both against each other.

use super::entry::{Memory, Own, Tone};
use super::settings::PageSettings;
use crate::domain::{Again, Currency, Flags, Limits, Marks, PayUnit, Stars};
use crate::ratings::BlockIndex;
use crate::sites::json::Json;

/// What a page understands of an answer.
#[derive(Clone, Debug)]
pub(super) enum Heard {
    Hello { settings: PageSettings, on: bool, blocks: BlockIndex },
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
    pub(super) requester_memory: Option<Memory>,
    pub(super) title_memory: Option<Memory>,
}

/// Reads an answer; one of another form is `Other`.
pub(super) fn answer(value: &Json) -> Heard {
    match value.get("is").and_then(Json::as_text) {
        Some("hello") => Heard::Hello {
            settings: value.get("settings").map(settings).unwrap_or_default(),
            on: value.get("on").and_then(Json::as_bool).unwrap_or(true),
            blocks: text(value, "blocks")
                .and_then(|text| BlockIndex::from_base64(&text).ok())
                .unwrap_or_default(),
        },
        Some("facts") => {
            let rows = value.get("rows").map_or(&[][..], Json::elements);
            Heard::Facts(rows.iter().filter_map(row_facts).collect())
        }
        Some("saved") => Heard::Saved { undo: text(value, "undo") },
        Some("refused") => Heard::Refused { say: text(value, "say").unwrap_or_default() },
        _ => Heard::Other,
    }
}

fn text(value: &Json, name: &str) -> Option<String> {
    value.get(name)?.as_text().map(str::to_owned)
}

fn settings(value: &Json) -> PageSettings {
    let limit = |(code, value): &(String, Json)| {
        let micros = |name: &str| value.get(name)?.as_i64();
        let limits = Limits::new(micros("fair_micros")?, micros("good_micros")?)?;
        Some((Currency::from_code(code)?, limits))
    };
    let limits = value.get("limits").map_or(&[][..], Json::members);
    PageSettings {
        unit: if text(value, "unit").as_deref() == Some("hour") { PayUnit::Hour } else { PayUnit::Minute },
        limits: limits.iter().filter_map(limit).collect(),
        show_blocked: value.get("show_blocked").and_then(Json::as_bool).unwrap_or(false),
    }
}

fn row_facts(value: &Json) -> Option<RowFacts> {
    let blocked = |name: &str| value.get(name).is_some_and(|block| *block != Json::Null);
    Some(RowFacts {
        requester_id: text(value, "requester_id")?,
        title_key: text(value, "title_key").unwrap_or_default(),
        own: value.get("own").filter(|own| **own != Json::Null).map(own),
        requester_blocked: blocked("requester_block"),
        title_blocked: blocked("title_block"),
        requester_memory: value.get("requester_memory").and_then(memory),
        title_memory: value.get("title_memory").and_then(memory),
    })
}

fn memory(value: &Json) -> Option<Memory> {
    let says = value.get("says").map_or(&[][..], Json::elements);
    Some(Memory {
        tone: match value.get("tone")?.as_text()? {
            "warn" => Tone::Warn,
            "bad" => Tone::Bad,
            _ => Tone::Plain,
        },
        says: says.iter().filter_map(Json::as_text).map(str::to_owned).collect(),
        line: text(value, "line")?,
    })
}

fn own(value: &Json) -> Own {
    let flag = |name: &str| value.get(name).and_then(Json::as_bool).unwrap_or(false);
    let stars = |name: &str| {
        let count = value.get(name)?.as_u32()?;
        u8::try_from(count).ok().and_then(Stars::new)
    };
    Own {
        again: match value.get("again").and_then(Json::as_text) {
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
