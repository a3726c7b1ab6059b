//! From a snapshot's texts to tasks: units, numbers, identities, locks.
//!
//! Invariant: every item becomes a task or a problem, most become both or a task alone;
//! a text that cannot be read leaves its field `None` and says so, it never becomes 0.

use super::recipe::Unit;
use super::snapshot::{Item, RequirementItem};
use super::{Page, is_held, mturk};
use crate::domain::{
    Currency, Lock, Money, MoneyError, Problem, Requester, RequesterId, SiteRecord, Task, TaskId, Timestamp,
};
use crate::wording;

/// A task with what was not understood about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// `None` where not even an id could be read.
    pub task: Option<Task>,
    /// Places are field names.
    pub problems: Vec<Problem>,
}

/// Reads one item of a page.
pub fn read(item: &Item, page: &Page) -> Reading {
    let mut problems: Vec<Problem> = item.unreadable.iter().map(|text| unreadable(text)).collect();
    let task = read_task(item, page, &mut problems);
    Reading { task, problems }
}

pub(super) fn unreadable(text: &str) -> Problem {
    let (field, form) = text.split_once(':').unwrap_or((text, "unknown"));
    Problem::new(field, format!("has an unexpected form ({})", form.trim()))
}

fn read_task(item: &Item, page: &Page, problems: &mut Vec<Problem>) -> Option<Task> {
    let id = identity(item.id.as_deref(), "id", problems);
    if item.id.is_none() {
        missing(item, "id", problems);
    }
    let title = shown_title(item.title.as_deref());
    if title.is_empty() {
        missing(item, "title", problems);
    }
    let description = wording::clean_description(item.description.as_deref().unwrap_or_default());
    let description = wording::mask_worker_ids(&description).into_owned();
    let reward = reward(item, page, problems);
    let held = is_held(page.spec.kind);
    let can_accept = if held { None } else { flag(item.can_accept.as_deref(), "can_accept", problems) };
    let requirements = item.requirements.as_deref().unwrap_or_default();
    let names: Vec<&str> = requirements.iter().filter_map(wanted_name).collect();
    let words = wording::Wording {
        title: &title,
        description: &description,
        requirement_names: &names,
        reward_micros: reward.map(|money| money.micros),
    };
    let said = wording::read(&words);
    Some(Task {
        id: TaskId(id?),
        group_id: identity(item.group_id.as_deref(), "group_id", &mut Vec::new()).map(TaskId),
        requester: Requester {
            id: identity(item.requester_id.as_deref(), "requester_id", problems).map(RequesterId),
            name: shown_title(item.requester_name.as_deref()),
        },
        reward,
        allotted_secs: allotted(item, page, problems),
        available: count(item.available.as_deref(), "available", problems),
        lock: lock(can_accept, requirements),
        can_accept,
        kind: said.kind,
        promised: said.promised,
        needs: said.needs,
        site_says: site_record(item),
        deadline: item.deadline.as_deref().and_then(iso_moment),
        title,
        description,
    })
}

/// A short text as it may be shown, kept and compared: one line, no hidden characters, no worker ids.
pub(super) fn shown_title(text: Option<&str>) -> String {
    let clean = wording::clean_title(text.unwrap_or_default());
    wording::mask_worker_ids(&clean).into_owned()
}

/// The name of a qualification the worker must have; one that must be absent says nothing about the work.
fn wanted_name(requirement: &RequirementItem) -> Option<&str> {
    let comparator = requirement.comparator.as_deref().unwrap_or_default();
    let absent =
        matches!(comparator, "DoesNotExist" | "NotIn" | "NotEqualTo" | "LessThan" | "LessThanOrEqualTo");
    if absent { None } else { requirement.name.as_deref() }
}

/// An id is short and plain; anything else is somebody's joke and is dropped.
pub(super) fn identity(text: Option<&str>, field: &str, problems: &mut Vec<Problem>) -> Option<String> {
    let text = text?.trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let id = (!text.is_empty() && text.len() <= 64 && text.bytes().all(plain)).then(|| text.to_owned());
    if id.is_none() {
        problems.push(Problem::new(field, "is not an id"));
    }
    id
}

/// Says that a field is missing, unless its unreadable form was said already.
pub(super) fn missing(item: &Item, field: &str, problems: &mut Vec<Problem>) {
    if !is_unreadable(item, field) {
        problems.push(Problem::new(field, "is missing"));
    }
}

pub(super) fn is_unreadable(item: &Item, field: &str) -> bool {
    item.unreadable.iter().any(|text| text.split(':').next() == Some(field))
}

pub(super) fn reward(item: &Item, page: &Page, problems: &mut Vec<Problem>) -> Option<Money> {
    let Some(text) = item.reward.as_deref() else {
        missing(item, "reward", problems);
        return None;
    };
    if is_unreadable(item, "currency") {
        return None; // Some currency is named, but not which: an amount without one is no amount.
    }
    let named = item.currency.as_deref().map(Currency::from_code);
    let Some(currency) = named.unwrap_or(Some(page.currency)) else {
        problems.push(Problem::new("currency", "is not a currency code"));
        return None;
    };
    let parsed = Money::parse_decimal(text, currency);
    let minor = page.spec.reward_unit == Unit::Minor;
    match parsed {
        Ok(money) if minor => Some(Money { micros: money.micros / 100, ..money }),
        Ok(money) => Some(money),
        Err(error) => {
            problems.push(Problem::new("reward", describe(error)));
            None
        }
    }
}

pub(super) fn describe(error: MoneyError) -> &'static str {
    match error {
        MoneyError::NotANumber => "is not an amount",
        MoneyError::Negative => "is below zero",
        MoneyError::TooLarge => "is too large to be a reward",
        MoneyError::TooFine => "has more than six decimals",
    }
}

/// A span of no seconds or of more than a year is no limit anybody sets.
const MAX_ALLOTTED_SECS: u32 = 366 * 86_400;

fn allotted(item: &Item, page: &Page, problems: &mut Vec<Problem>) -> Option<u32> {
    let number = count(item.allotted.as_deref(), "allotted", problems)?;
    let minutes = page.spec.allotted_unit == Unit::Minutes;
    let secs = if minutes { number.saturating_mul(60) } else { number };
    if secs == 0 || secs > MAX_ALLOTTED_SECS {
        problems.push(Problem::new("allotted", "is no possible time limit"));
        return None;
    }
    Some(secs)
}

/// A whole number; `3600.0` counts, as some sites write it.
pub(super) fn count(text: Option<&str>, field: &str, problems: &mut Vec<Problem>) -> Option<u32> {
    let text = text?.trim();
    let whole = text.strip_suffix(".0").unwrap_or(text);
    let parsed = whole.parse().ok();
    if parsed.is_none() {
        problems.push(Problem::new(field, "is not a whole number"));
    }
    parsed
}

fn flag(text: Option<&str>, field: &str, problems: &mut Vec<Problem>) -> Option<bool> {
    match text? {
        "true" => Some(true),
        "false" => Some(false),
        _ => {
            problems.push(Problem::new(field, "is neither true nor false"));
            None
        }
    }
}

fn lock(can_accept: Option<bool>, requirements: &[RequirementItem]) -> Option<Lock> {
    if can_accept != Some(false) {
        return None;
    }
    let unmet = requirements.iter().find(|one| one.met.as_deref() == Some("false"));
    let reason = unmet.map_or_else(|| "the site says so".to_owned(), mturk::lock_reason);
    Some(Lock { reason })
}

fn site_record(item: &Item) -> SiteRecord {
    let approval = item.approval.as_deref().unwrap_or_default();
    let review = item.review.as_deref().unwrap_or_default();
    SiteRecord {
        approval_percent: first_number(approval).and_then(|n| u8::try_from(n).ok()).filter(|n| *n <= 100),
        approval_at_least: approval.contains(['≥', '>']),
        review_days: if review.trim().starts_with("less than") {
            Some(0)
        } else {
            first_number(review).and_then(|n| u16::try_from(n).ok())
        },
    }
}

fn first_number(text: &str) -> Option<u32> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits: String = text.get(start..)?.chars().take_while(char::is_ascii_digit).take(9).collect();
    digits.parse().ok()
}

/// `YYYY-MM-DDTHH:MM:SS[.fff]Z` to a moment; other forms are `None`.
///
/// Days from the civil date after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
pub(super) fn iso_moment(text: &str) -> Option<Timestamp> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let mut date = date.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (date.next()?.ok()?, date.next()?.ok()?, date.next()?.ok()?);
    let time = time.split('.').next()?;
    let mut time = time.splitn(3, ':').map(str::parse::<i64>);
    let (hour, minute, second) = (time.next()?.ok()?, time.next()?.ok()?, time.next()?.ok()?);
    let in_range = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..=60).contains(&second);
    if !in_range {
        return None;
    }
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year / 400;
    let year_of_era = shifted_year % 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days =
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
    Some(Timestamp((days * 86_400 + hour * 3_600 + minute * 60 + second) * 1_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sites::{Place, find};

    fn page(url: &str) -> Page {
        match find(url) {
            Place::Page(page) => *page,
            _ => panic!("no page"),
        }
    }

    fn item() -> Item {
        Item {
            id: Some("3ABCDEFGHIJKLMNOPQRSTUVWXYZ012".into()),
            title: Some("Sort pictures".into()),
            requester_id: Some("A1BCDEFGHIJKL".into()),
            requester_name: Some("Lab".into()),
            reward: Some("0.25".into()),
            currency: Some("USD".into()),
            allotted: Some("3600".into()),
            can_accept: Some("true".into()),
            approval: Some("≥ 99%".into()),
            review: Some("less than a day".into()),
            ..Item::default()
        }
    }

    fn places(reading: &Reading) -> Vec<&str> {
        reading.problems.iter().map(|problem| problem.place.as_str()).collect()
    }

    #[test]
    fn a_plain_item_has_no_problems() {
        let reading = read(&item(), &page("https://worker.mturk.com/"));
        let task = reading.task.expect("a task");
        assert_eq!(reading.problems, []);
        assert_eq!(task.reward, Some(Money { micros: 250_000, currency: Currency::USD }));
        assert_eq!(task.site_says.approval_percent, Some(99));
        assert!(task.site_says.approval_at_least);
        assert_eq!(task.site_says.review_days, Some(0));
        assert_eq!(task.can_accept, Some(true));
    }

    #[test]
    fn the_queue_never_says_who_may_accept() {
        let held = Item { can_accept: Some("false".into()), ..item() };
        let task = read(&held, &page("https://worker.mturk.com/tasks")).task.expect("a task");
        assert_eq!((task.can_accept, task.lock), (None, None));
    }

    #[test]
    fn what_cannot_be_read_is_unknown_and_said() {
        let page = page("https://worker.mturk.com/");
        let cases: [(&str, Item); 6] = [
            ("reward", Item { reward: Some("-1".into()), ..item() }),
            ("reward", Item { reward: Some("Infinity".into()), ..item() }),
            ("reward", Item { reward: None, ..item() }),
            ("currency", Item { currency: Some("dollars".into()), ..item() }),
            ("allotted", Item { allotted: Some("an hour".into()), ..item() }),
            ("can_accept", Item { can_accept: Some("perhaps".into()), ..item() }),
        ];
        for (place, item) in cases {
            let reading = read(&item, &page);
            assert_eq!(places(&reading), [place]);
            let task = reading.task.expect("a task all the same");
            assert!(place != "reward" || task.reward.is_none());
        }
    }

    #[test]
    fn an_item_without_an_id_is_no_task() {
        for id in [None, Some(String::new()), Some("<img src=x>".into())] {
            let reading = read(&Item { id, ..item() }, &page("https://worker.mturk.com/"));
            assert_eq!(reading.task, None);
            assert_eq!(places(&reading), ["id"]);
        }
    }

    #[test]
    fn worker_ids_never_get_past_the_reading() {
        let telling = Item {
            title: Some("Payment for A28S2SRZA50N0".into()),
            description: Some("Only A28S2SRZA50N0 and A1WZWDEYYWF81P".into()),
            requester_name: Some("A28S2SRZA50N0's lab".into()),
            ..item()
        };
        let task = read(&telling, &page("https://worker.mturk.com/")).task.expect("a task");
        for text in [&task.title, &task.description, &task.requester.name] {
            assert!(text.contains("[worker]") && !text.contains("A28S2SRZA50N0"), "{text}");
        }
    }

    #[test]
    fn moments_are_utc() {
        assert_eq!(iso_moment("1970-01-01T00:00:00.000Z"), Some(Timestamp(0)));
        assert_eq!(iso_moment("2020-05-09T05:13:10.000Z"), Some(Timestamp(1_589_001_190_000)));
        assert_eq!(iso_moment("2024-02-29T23:59:59Z"), Some(Timestamp(1_709_251_199_000)));
        for text in ["", "tomorrow", "2020-13-01T00:00:00Z", "2020-05-09T05:13:10", "T:::Z"] {
            assert_eq!(iso_moment(text), None, "{text}");
        }
    }
}
