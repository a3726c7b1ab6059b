//! A line of the journal: `17 5f3a9c01 {"v":1,…}`, its number, a checksum over number and text, and the change.

use serde::{Deserialize, Serialize};

use crate::domain::history::{DayBonus, Observation};
use crate::domain::{Partition, SiteDay};
use crate::storage::packed::checksum;
use crate::storage::record::{DayBonusV1, ObservationV1, RecordError, parse, version_of, write};

const NEWEST: u32 = 1;

/// What goes into the history at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whose history.
    pub partition: Partition,
    /// What was seen.
    pub seen: Vec<Seen>,
}

/// One thing that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Of a task.
    Task(Observation),
    /// Of a day's bonus, or of its split.
    Bonus(DayBonus),
}

/// A line that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number.
    pub number: u64,
    /// What it says.
    pub change: Change,
}

impl Change {
    /// The line of this change under a number.
    pub fn to_line(&self, number: u64) -> String {
        let (mut tasks, mut bonuses) = (Vec::new(), Vec::new());
        for seen in &self.seen {
            match seen {
                Seen::Task(observation) => tasks.push(observation.into()),
                Seen::Bonus(bonus) => bonuses.push((bonus.day.0, bonus.into())),
            }
        }
        let text = write(&LineV1 { v: 1, of: self.partition.0.clone(), tasks, bonuses });
        format!("{number} {:08x} {text}", checksum(&[&number.to_le_bytes(), text.as_bytes()]))
    }
}

impl Line {
    /// Reads a line of any version up to the newest.
    pub fn decode(line: &str) -> Result<Self, RecordError> {
        let (number, text) = verified(line)?;
        version_of(text, NEWEST)?;
        let record: LineV1 = parse(text)?;
        let tasks = record.tasks.into_iter().map(|seen| Ok(Seen::Task(seen.read()?)));
        let bonuses =
            record.bonuses.into_iter().map(|(day, bonus)| Ok(Seen::Bonus(bonus.read(SiteDay(day))?)));
        let seen = tasks.chain(bonuses).collect::<Result<Vec<Seen>, RecordError>>()?;
        Ok(Self { number, change: Change { partition: Partition(record.of), seen } })
    }
}

/// The number and the text of a line whose every byte is as it was written.
pub(super) fn verified(line: &str) -> Result<(u64, &str), RecordError> {
    let damaged = |what: &str| RecordError::Damaged(what.to_owned());
    let (number, rest) = line.split_once(' ').ok_or_else(|| damaged("no line of the journal"))?;
    let (crc, text) = rest.split_once(' ').ok_or_else(|| damaged("no line of the journal"))?;
    let number: u64 = number.parse().map_err(|_| damaged("no line of the journal"))?;
    let sum = checksum(&[&number.to_le_bytes(), text.as_bytes()]);
    if u32::from_str_radix(crc, 16) == Ok(sum) {
        Ok((number, text))
    } else {
        Err(damaged("its checksum is wrong"))
    }
}

/// The running checksum after a line.
pub(super) fn running(before: u32, line: &str) -> u32 {
    checksum(&[&before.to_le_bytes(), line.as_bytes()])
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineV1 {
    v: u32,
    of: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tasks: Vec<ObservationV1>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    bonuses: Vec<(i32, DayBonusV1)>,
}
