//! The whole history as lines of JSON, for a file that the worker keeps. A file of this version loads for ever.
//!
//! The first line is `{"wagelight":"history","v":1}`. Each further line is one entry, as observations, or one
//! day's bonus, with the world it belongs to. Loading merges, so the same file loaded twice changes nothing.

use serde::{Deserialize, Serialize};

use crate::domain::history::{DayBonus, Entry, Observation};
use crate::domain::{Problem, SiteDay};
use crate::storage::record::{DayBonusV1, ObservationV1, RecordError, parse, write};

const NEWEST: u32 = 1;

/// One thing of a saved history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// An entry, as what was seen of it.
    Entry(Vec<Observation>),
    /// A day's bonus.
    Bonus(DayBonus),
}

impl From<&Entry> for Saved {
    fn from(entry: &Entry) -> Self {
        Self::Entry(entry.observations())
    }
}

/// What was understood of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinesRead {
    /// What to merge, each with the world it belongs to.
    pub items: Vec<(String, Saved)>,
    /// What was not understood, by line; nothing else is lost by it.
    pub problems: Vec<Problem>,
}

#[derive(Serialize, Deserialize)]
struct HeaderV1 {
    wagelight: String,
    v: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
struct LineV1 {
    /// `mturk`, or what else the caller tells worlds apart by.
    of: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<Vec<ObservationV1>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bonus: Option<(i32, DayBonusV1)>,
}

/// The first line of a file.
pub fn header_line() -> String {
    write(&HeaderV1 { wagelight: "history".to_owned(), v: NEWEST })
}

/// One line of a file. `of` says to which world it belongs.
pub fn to_line(of: &str, item: &Saved) -> String {
    let of = of.to_owned();
    write(&match item {
        Saved::Entry(seen) => {
            LineV1 { of, entry: Some(seen.iter().map(ObservationV1::from).collect()), bonus: None }
        }
        Saved::Bonus(bonus) => LineV1 { of, entry: None, bonus: Some((bonus.day.0, bonus.into())) },
    })
}

/// Reads a file, or a part of one that begins with the header.
pub fn from_lines(text: &str) -> LinesRead {
    let mut read = LinesRead::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = (1_u64..).zip(text.lines());
    let header = lines.next().map(|(_, line)| parse::<HeaderV1>(line));
    let what = match header {
        Some(Ok(header)) if header.wagelight != "history" => {
            Some("this is no history of Wagelight".to_owned())
        }
        Some(Ok(header)) if header.v > NEWEST => {
            Some("it was saved by a newer version of Wagelight: update it first".to_owned())
        }
        Some(Ok(header)) if header.v > 0 => None,
        _ => Some("this is no history of Wagelight".to_owned()),
    };
    if let Some(what) = what {
        read.problems.push(Problem::new("line 1", what));
        return read;
    }
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        match read_line(line) {
            Ok(item) => read.items.push(item),
            Err(RecordError::Damaged(what)) => {
                read.problems.push(Problem::new(format!("line {number}"), format!("not understood: {what}")));
            }
            Err(RecordError::Newer { .. }) => {
                read.problems.push(Problem::new(format!("line {number}"), "of a newer version of Wagelight"));
            }
        }
    }
    read
}

fn read_line(line: &str) -> Result<(String, Saved), RecordError> {
    let line: LineV1 = parse(line)?;
    let saved = match (line.entry, line.bonus) {
        (Some(seen), None) => {
            let seen = seen.into_iter().map(ObservationV1::read);
            Saved::Entry(seen.collect::<Result<Vec<Observation>, RecordError>>()?)
        }
        (None, Some((day, bonus))) => Saved::Bonus(bonus.read(SiteDay(day))?),
        _ => return Err(RecordError::Damaged("neither a task nor a bonus".to_owned())),
    };
    Ok((line.of, saved))
}
