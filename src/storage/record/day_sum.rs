//! A day of the history on disk: counts and sums, the day's bonus, and whether it is closed.

use serde::{Deserialize, Serialize};

use super::common::{MoneyRecordV1, RecordError, is_false, parse, unsealed, version_of, write_sealed};
use super::fact::OriginV1;
use super::tally::TallyV1;
use crate::domain::history::{DayBonus, EntryId, Origin, Register, Tally};
use crate::domain::{Money, SiteDay, Timestamp};

const NEWEST: u32 = 1;

/// What is known of a day without reading its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaySum {
    /// Counts and sums of its entries.
    pub tally: Tally,
    /// The site's bonus of the day and its split.
    pub bonus: DayBonus,
    /// Whether its entries lie in one block.
    pub is_closed: bool,
}

impl DaySum {
    /// A day of which nothing is known.
    pub fn new(day: SiteDay) -> Self {
        Self { tally: Tally::new(), bonus: DayBonus::new(day), is_closed: false }
    }
}

/// Reads a day of any version up to the newest; no text is a day of nothing.
pub fn decode_day_sum(day: SiteDay, text: Option<&str>) -> Result<DaySum, RecordError> {
    let Some(text) = text else { return Ok(DaySum::new(day)) };
    let text = unsealed(text)?;
    version_of(text, NEWEST)?;
    let record: DaySumRecordV1 = parse(text)?;
    let bonus = record.bonus.map_or_else(|| Ok(DayBonus::new(day)), |bonus| bonus.read(day))?;
    Ok(DaySum { tally: record.tally.read()?, bonus, is_closed: record.closed })
}

/// Writes a day in the newest version.
pub fn encode_day_sum(sum: &DaySum) -> String {
    let has_bonus = sum.bonus != DayBonus::new(sum.bonus.day);
    write_sealed(&DaySumRecordV1 {
        v: 1,
        tally: (&sum.tally).into(),
        bonus: has_bonus.then(|| (&sum.bonus).into()),
        closed: sum.is_closed,
    })
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DaySumRecordV1 {
    v: u32,
    tally: TallyV1,
    #[serde(skip_serializing_if = "Option::is_none")]
    bonus: Option<DayBonusV1>,
    #[serde(default, skip_serializing_if = "is_false")]
    closed: bool,
}

/// A day's bonus and the time of its search; the day itself stands around it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct DayBonusV1 {
    sum: Option<(MoneyRecordV1, OriginV1)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    shares: Vec<(String, MoneyRecordV1, OriginV1)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    search: Vec<(i64, u32)>,
}

impl From<&DayBonus> for DayBonusV1 {
    fn from(bonus: &DayBonus) -> Self {
        let kept = |register: &Register<Money>| {
            Some((MoneyRecordV1::from(*register.value()?), OriginV1::from(register.origin()?)))
        };
        let share = |(id, register): (&EntryId, &Register<Money>)| {
            let (amount, origin) = kept(register)?;
            Some((id.0.clone(), amount, origin))
        };
        let search = bonus.search_secs.iter().map(|(began, secs)| (began.0, *secs));
        Self {
            sum: kept(&bonus.sum),
            shares: bonus.shares.iter().filter_map(share).collect(),
            search: search.collect(),
        }
    }
}

impl DayBonusV1 {
    pub(in crate::storage) fn read(self, day: SiteDay) -> Result<DayBonus, RecordError> {
        let mut bonus = DayBonus::new(day);
        if let Some((sum, origin)) = self.sum {
            bonus.sum = Register::of(sum.read("sum")?, Origin::from(origin));
        }
        for (id, share, origin) in self.shares {
            bonus.shares.insert(EntryId(id), Register::of(share.read("shares")?, Origin::from(origin)));
        }
        for (began, secs) in self.search {
            bonus.searched(Timestamp(began), secs);
        }
        Ok(bonus)
    }
}
