//! One line of a saved file.

use serde::{Deserialize, Serialize};

use crate::domain::history::{DayBonus, Observation};
use crate::domain::{Block, Rating, Settings, SiteDay};
use crate::storage::record::{
    DayBonusV1, ObservationV1, RecordError, Stored, decode_block, decode_rating, decode_settings,
    encode_settings, parse, write,
};

pub(super) const NEWEST: u32 = 1;

/// The kind of file.
const KIND: &str = "everything";

/// One history of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Section {
    /// The site's partition: `mturk`.
    pub site: String,
    /// The account's number in this file; `None` where the file knows of one history only.
    pub account: Option<u32>,
}

impl Section {
    /// As it stands in a line: `mturk#1`.
    fn to_text(&self) -> String {
        self.account.map_or_else(|| self.site.clone(), |number| format!("{}#{number}", self.site))
    }

    fn from_text(text: &str) -> Result<Self, RecordError> {
        let (site, account) = match text.split_once('#') {
            None => (text, None),
            Some((site, number)) => (site, Some(number.parse().map_err(|_| damaged("whose history it is"))?)),
        };
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if site.is_empty() || site.len() > 64 || !site.bytes().all(plain) {
            return Err(damaged("whose history it is"));
        }
        Ok(Self { site: site.to_owned(), account })
    }
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SavedLine {
    /// An entry, as what was seen of it; all of one id.
    Entry(Section, Vec<Observation>),
    /// A day's bonus and its split.
    Bonus(Section, DayBonus),
    /// An own rating.
    Rating(Box<Stored<Rating>>),
    /// An entry of the block list.
    Block(Box<Stored<Block>>),
    /// The settings.
    Settings(Settings),
}

/// Why a first line is no beginning of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoHeader {
    Newer,
    Other,
}

/// The first line.
pub(super) fn header(saved_on: SiteDay, by: &str) -> String {
    let (saved_on, by) = (Some(saved_on.to_string()), Some(by.to_owned()));
    write(&HeaderV1 { wagelight: KIND.to_owned(), v: NEWEST, saved_on, by })
}

/// Whether a line is the beginning of a file that can be read.
pub(super) fn read_header(line: &str) -> Result<(), NoHeader> {
    match parse::<HeaderV1>(line) {
        Ok(header) if header.wagelight != KIND || header.v == 0 => Err(NoHeader::Other),
        Ok(header) if header.v > NEWEST => Err(NoHeader::Newer),
        Ok(_) => Ok(()),
        Err(_) => Err(NoHeader::Other),
    }
}

/// The last line.
pub(super) fn end(lines: u64, crc32: u32) -> String {
    write(&LineV1 { end: Some(EndV1 { lines, crc32: format!("{crc32:08x}") }), ..LineV1::default() })
}

/// A line as it is read: a thing, or the end with lines and checksum.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Parsed {
    Saved(SavedLine),
    End { lines: u64, crc32: u32 },
}

/// The line of an entry.
pub(super) fn entry(section: &Section, seen: &[Observation]) -> String {
    let entry = Some(seen.iter().map(ObservationV1::from).collect());
    write(&LineV1 { of: Some(section.to_text()), entry, ..LineV1::default() })
}

/// The line of a day's bonus.
pub(super) fn bonus(section: &Section, bonus: &DayBonus) -> String {
    let bonus = Some((bonus.day.0, bonus.into()));
    write(&LineV1 { of: Some(section.to_text()), bonus, ..LineV1::default() })
}

/// The line of a rating or a block that is stored as this text of JSON.
pub(super) fn stored(kind: &str, text: &str) -> String {
    format!("{{\"{kind}\":{text}}}")
}

/// The line of the settings.
pub(super) fn settings(settings: &Settings) -> String {
    stored("settings", &encode_settings(settings))
}

pub(super) fn read(text: &str) -> Result<Parsed, RecordError> {
    let line: LineV1 = parse(text)?;
    let section = line.of.as_deref().map(Section::from_text).transpose()?;
    let saved = match line {
        LineV1 { entry: Some(seen), .. } => {
            let section = section.ok_or_else(|| damaged("whose history it is"))?;
            let seen = seen.into_iter().map(ObservationV1::read);
            let seen = seen.collect::<Result<Vec<Observation>, RecordError>>()?;
            match seen.split_first() {
                None => return Err(damaged("a task of which nothing is said")),
                Some((first, rest)) if rest.iter().any(|seen| seen.id != first.id) => {
                    return Err(damaged("two tasks in one line"));
                }
                Some(_) => SavedLine::Entry(section, seen),
            }
        }
        LineV1 { bonus: Some((day, bonus)), .. } => {
            let section = section.ok_or_else(|| damaged("whose history it is"))?;
            SavedLine::Bonus(section, bonus.read(SiteDay(day))?)
        }
        LineV1 { rating: Some(rating), .. } => {
            SavedLine::Rating(Box::new(decode_rating(&rating.to_string())?))
        }
        LineV1 { block: Some(block), .. } => SavedLine::Block(Box::new(decode_block(&block.to_string())?)),
        LineV1 { settings: Some(settings), .. } => {
            SavedLine::Settings(decode_settings(Some(&settings.to_string()))?)
        }
        LineV1 { end: Some(end), .. } => {
            let crc32 = u32::from_str_radix(&end.crc32, 16).map_err(|_| damaged("its checksum"))?;
            return Ok(Parsed::End { lines: end.lines, crc32 });
        }
        _ => return Err(damaged("nothing that Wagelight keeps")),
    };
    Ok(Parsed::Saved(saved))
}

fn damaged(what: &str) -> RecordError {
    RecordError::Damaged(what.to_owned())
}

#[derive(Serialize, Deserialize)]
struct HeaderV1 {
    wagelight: String,
    v: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    saved_on: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineV1 {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entry: Option<Vec<ObservationV1>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bonus: Option<(i32, DayBonusV1)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rating: Option<serde_json::Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    block: Option<serde_json::Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    settings: Option<serde_json::Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<EndV1>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EndV1 {
    lines: u64,
    crc32: String,
}
