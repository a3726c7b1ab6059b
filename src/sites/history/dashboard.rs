//! A row of the dashboard: the sums of one day.

use crate::domain::{Money, MoneyError, Problem, SiteDay};
use crate::sites::Page;
use crate::sites::reading::{count, describe, missing, unreadable};
use crate::sites::snapshot::Item;

/// What the site says of one day as a whole; `None` is "it does not say".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayStatistics {
    /// The site's own day.
    pub day: SiteDay,
    /// Tasks submitted, whatever became of them.
    pub submitted: Option<u32>,
    /// Of these, approved, paid out yet or not.
    pub approved: Option<u32>,
    /// Of these, rejected.
    pub rejected: Option<u32>,
    /// Of these, not decided.
    pub pending: Option<u32>,
    /// Rewards of the day.
    pub task_pay: Option<Money>,
    /// Bonuses of the day: the site names no task for them.
    pub bonus_pay: Option<Money>,
}

/// One row of the dashboard with what was not understood about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayReading {
    /// `None` where its day could not be read.
    pub day: Option<DayStatistics>,
    /// Places are field names.
    pub problems: Vec<Problem>,
}

/// Reads one row of the dashboard, from the page's own data or the site's JSON answer.
///
/// The day is the text's first ten characters: the rest is a time of day that means nothing,
/// and a conversion by any time zone could move the day.
pub fn read_day(item: &Item, page: &Page) -> DayReading {
    let mut problems: Vec<Problem> = item.unreadable.iter().map(|text| unreadable(text)).collect();
    let own = &item.own;
    let Some(text) = own.day.as_deref() else {
        missing(item, "day", &mut problems);
        return DayReading { day: None, problems };
    };
    let Some(day) = text.trim().get(..10).and_then(SiteDay::parse) else {
        problems.push(Problem::new("day", "is not a day"));
        return DayReading { day: None, problems };
    };
    let mut number = |text: &Option<String>, field| count(text.as_deref(), field, &mut problems);
    let (submitted, approved) = (number(&own.submitted, "submitted"), number(&own.approved, "approved"));
    let (rejected, pending) = (number(&own.rejected, "rejected"), number(&own.pending, "pending"));
    let mut sum = |text: &Option<String>, field| sum(text.as_deref()?, field, page, &mut problems);
    let (task_pay, bonus_pay) = (sum(&own.task_pay, "task_pay"), sum(&own.bonus_pay, "bonus_pay"));
    let day = DayStatistics { day, submitted, approved, rejected, pending, task_pay, bonus_pay };
    DayReading { day: Some(day), problems }
}

/// An amount the site has added up, perhaps in binary fractions: `0.30000000000000004` is 0.30.
fn sum(text: &str, field: &str, page: &Page, problems: &mut Vec<Problem>) -> Option<Money> {
    let sum = match Money::parse_decimal(text, page.currency) {
        Err(MoneyError::TooFine) => rounded(text.trim(), page),
        exact => exact,
    };
    sum.map_err(|error| problems.push(Problem::new(field, describe(error)))).ok()
}

/// To the nearest millionth. Dust of an addition (`5.5e-17`) is 0.
fn rounded(text: &str, page: &Page) -> Result<Money, MoneyError> {
    if let Some((_, exponent)) = text.split_once(['e', 'E']) {
        let is_dust = exponent.parse::<i32>().is_ok_and(|exponent| exponent < -8);
        return if is_dust { Money::parse_decimal("0", page.currency) } else { Err(MoneyError::TooFine) };
    }
    let (whole, fraction) = text.split_once('.').ok_or(MoneyError::TooFine)?;
    let (kept, cut) = fraction.split_at_checked(6).ok_or(MoneyError::TooFine)?;
    let money = Money::parse_decimal(&format!("{whole}.{kept}"), page.currency)?;
    let up = i64::from(cut.starts_with(['5', '6', '7', '8', '9']));
    Ok(Money { micros: money.micros.saturating_add(up), ..money })
}
