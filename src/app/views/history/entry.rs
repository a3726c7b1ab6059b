//! What is known of one task, in words.

use crate::app::views::words;
use crate::domain::history::{Balance, Entry, Field, How, Origin, ReturnReason, Source, State, Worked};
use crate::domain::{Money, SiteDay, SiteZone, TimeRange, Timestamp};
use crate::storage::record::DaySum;

/// Whether what became of a task is good or bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Approved.
    Good,
    /// Rejected.
    Bad,
    /// Anything else.
    Plain,
}

/// One field of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Which.
    pub label: &'static str,
    /// Its value.
    pub value: String,
    /// Where it came from and when.
    pub origin: Option<String>,
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The order in which fields are told: what became of it, money, time, words, who and what, numbers.
const ORDER: [Field; 27] = [
    Field::State,
    Field::ReturnReason,
    Field::Feedback,
    Field::Reward,
    Field::Bonus,
    Field::Promised,
    Field::PaysFor,
    Field::Corrected,
    Field::Worked,
    Field::AcceptedAt,
    Field::SubmittedAt,
    Field::DecidedAt,
    Field::PaidAt,
    Field::SiteDay,
    Field::Deadline,
    Field::AllottedSecs,
    Field::Note,
    Field::Tags,
    Field::Title,
    Field::Description,
    Field::Kind,
    Field::Requirements,
    Field::Available,
    Field::RequesterName,
    Field::RequesterId,
    Field::TaskId,
    Field::GroupId,
];

/// `21 Nov 2026`.
pub fn day(day: SiteDay) -> String {
    format!("{} {}", day_and_month(day), day.civil().0)
}

/// `21 Nov`, with the year where it is not today's.
pub fn short_day(of: SiteDay, today: SiteDay) -> String {
    if of.civil().0 == today.civil().0 { day_and_month(of) } else { day(of) }
}

fn day_and_month(day: SiteDay) -> String {
    let (_, month, of_month) = day.civil();
    let month = MONTHS.get(usize::from(month.saturating_sub(1))).copied().unwrap_or_default();
    // Never broken between the two: a narrow column breaks before the year.
    format!("{of_month}\u{a0}{month}")
}

/// `21 Nov 2026, 14:05`.
fn moment(at: Timestamp, zone: SiteZone) -> String {
    let (hour, minute) = zone.clock_of(at);
    format!("{}, {hour}:{minute:02}", day(zone.day_of(at)))
}

/// `Today: 12 submitted · 3 pending · earned $1.20 · worked 38 min`.
pub fn today(sum: &DaySum) -> String {
    let tally = &sum.tally;
    let mut parts = vec![
        format!("{} submitted", tally.count_where(State::is_handed_in)),
        format!("{} pending", tally.count(State::Pending)),
    ];
    let earned: Vec<String> =
        tally.earned().into_iter().filter(|sum| sum.micros > 0).map(words::amount).collect();
    if !earned.is_empty() {
        parts.push(format!("earned {}", earned.join(" + ")));
    }
    // It is a sum of its own: which of the tasks it is for, the site does not tell. What is split is earned above.
    let whole = sum.bonus.sum.value().copied();
    parts.extend(match sum.bonus.balance() {
        Balance::Left(left) if whole == Some(left) => Some(format!("bonuses {}", words::amount(left))),
        Balance::Left(left) => Some(format!("bonuses not split {}", words::amount(left))),
        Balance::NoSum | Balance::Even | Balance::Over(_) | Balance::OtherCurrency => None,
    });
    let worked = tally.sum_where(|_| true);
    let secs = u32::try_from(worked.low_secs.midpoint(worked.high_secs)).unwrap_or(u32::MAX);
    if secs > 0 {
        let about = if worked.low_secs == worked.high_secs { "" } else { "about " };
        parts.push(format!("worked {about}{}", words::span(secs)));
    }
    format!("Today: {}", parts.join(" · "))
}

/// `$0.50`, or `$0.50 + 10¢ bonus`.
pub fn pay(entry: &Entry) -> Option<String> {
    let bonus = entry.bonus.value().filter(|bonus| bonus.micros > 0).map(|bonus| words::amount(*bonus));
    match (entry.reward.value().map(|reward| words::amount(*reward)), bonus) {
        (Some(reward), Some(bonus)) => Some(format!("{reward} + {bonus} bonus")),
        (None, Some(bonus)) => Some(format!("{bonus} bonus")),
        (reward, None) => reward,
    }
}

/// `approved`, `paid, overturned`.
pub fn state(entry: &Entry) -> String {
    let word = state_word(entry.state());
    if entry.is_overturned() { format!("{word}, overturned") } else { word.to_owned() }
}

/// A state in a word or two.
pub fn state_word(state: State) -> &'static str {
    match state {
        State::InProgress => "in progress",
        State::Pending => "pending",
        State::Approved => "approved",
        State::Paid => "paid",
        State::Rejected => "rejected",
        State::Returned => "returned",
        State::Abandoned => "abandoned",
        State::Expired => "expired",
        State::ScreenedOut => "screened out",
        State::Unknown => "not known",
    }
}

/// Whether a state is good or bad.
pub fn tone(state: State) -> Tone {
    match state {
        State::Approved | State::Paid => Tone::Good,
        State::Rejected => Tone::Bad,
        _ => Tone::Plain,
    }
}

/// Every known field, with where each came from and when.
pub fn details(entry: &Entry, zone: SiteZone) -> Vec<Detail> {
    let detail = |field: &Field| {
        let (label, value) = known(entry, *field, zone)?;
        let origin = entry.origin_of(*field).map(|origin| from(origin, zone));
        Some(Detail { label, value, origin })
    };
    let id = (entry.id().stands_for().is_none()).then(|| Detail {
        label: "Assignment",
        value: entry.id().0.clone(),
        origin: None,
    });
    ORDER.iter().filter_map(detail).chain(id).collect()
}

fn known(entry: &Entry, field: Field, zone: SiteZone) -> Option<(&'static str, String)> {
    let at = |moment_of: &Timestamp| moment(*moment_of, zone);
    let money = |amount: &Money| words::amount(*amount);
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let (label, value) = match field {
        Field::State => ("State", Some(whole_state(entry))),
        Field::Reward => ("Reward", entry.reward.value().map(money)),
        Field::Bonus => ("Bonus", entry.bonus.value().map(money)),
        Field::Promised => ("Promised", entry.promised.value().and_then(text)),
        Field::Corrected => ("Working time", corrected(entry).map(worked)),
        // What was measured stays beside what the worker says.
        Field::Worked => {
            let label = if corrected(entry).is_some() { "Measured time" } else { "Working time" };
            (label, entry.worked.value().map(worked))
        }
        Field::AcceptedAt => ("Accepted", entry.accepted_at.value().map(at)),
        Field::SubmittedAt => ("Handed in", entry.submitted_at.value().map(at)),
        Field::DecidedAt => ("Decided", entry.decided_at.value().map(at)),
        Field::PaidAt => ("Paid", entry.paid_at.value().map(at)),
        Field::Deadline => ("Deadline", entry.deadline.value().map(at)),
        Field::SiteDay => ("Day", entry.site_day.value().map(|of| day(*of))),
        Field::Feedback => ("Feedback", entry.feedback.value().and_then(text)),
        Field::ReturnReason => ("Why returned", entry.return_reason.value().map(|why| reason(*why))),
        Field::RequesterName => ("Requester", entry.requester_name.value().and_then(text)),
        Field::RequesterId => ("Requester’s id", entry.requester_id.value().map(|id| id.0.clone())),
        Field::Title => ("Title", entry.title.value().and_then(text)),
        Field::Description => ("Description", entry.description.value().and_then(text)),
        Field::Kind => ("Kind", entry.kind.value().map(|kind| words::kind(*kind).to_owned())),
        Field::Requirements => ("Requirements", entry.requirements.value().and_then(text)),
        Field::AllottedSecs => ("Time allotted", entry.allotted_secs.value().map(|secs| words::span(*secs))),
        Field::Available => ("Tasks left then", entry.available.value().map(u32::to_string)),
        Field::Note => ("Your note", entry.note.value().and_then(text)),
        Field::Tags => {
            ("Your tags", entry.tags.value().map(|tags| tags.join(", ")).filter(|tags| !tags.is_empty()))
        }
        Field::PaysFor => ("Pays for", entry.paid_for().map(|id| id.0.clone())),
        Field::TaskId => ("Task", entry.task_id.value().map(|id| id.0.clone())),
        Field::GroupId => ("Group", entry.group_id.value().map(|id| id.0.clone())),
    };
    Some((label, value?))
}

fn whole_state(entry: &Entry) -> String {
    let state = state(entry);
    let is_gone = entry.origin_of(Field::State).is_some_and(|origin| origin.source == Source::Queue);
    match entry.state() {
        _ if entry.is_overturned() => format!("{state}: it was rejected once and approved later"),
        State::Abandoned if is_gone => {
            format!("{state}: it is gone from your queue, and nothing was seen of it being handed in")
        }
        _ => state,
    }
}

/// The worker's own word on the time, where it holds.
pub fn corrected(entry: &Entry) -> Option<&Worked> {
    entry.corrected.value().filter(|worked| worked.how == How::Corrected)
}

/// `9 min, held 14 min`; how it was measured stands behind it.
pub fn worked(worked: &Worked) -> String {
    let held = words::span(worked.held_secs);
    let how = match worked.how {
        How::HeldOnly => return format!("held {held}; how much of it was work is not known"),
        How::Seen => "",
        How::PartlyElsewhere => "; partly in another tab",
        How::SeveralHeld => "; uncertain, as several tasks were held",
        How::Corrected => "; corrected by you",
    };
    let middle = worked.low_secs.midpoint(worked.high_secs);
    let time = words::span_range(TimeRange::new(worked.low_secs, middle, worked.high_secs));
    format!("{time}, held {held}{how}")
}

fn reason(reason: ReturnReason) -> String {
    match reason {
        ReturnReason::Other => "another reason".to_owned(),
        ReturnReason::Underpaid(None) => "underpaid".to_owned(),
        ReturnReason::Underpaid(Some(share)) => format!("underpaid, given up at {} %", share.get()),
        ReturnReason::UnpaidScreener => "a screener without pay".to_owned(),
        ReturnReason::Broken => "broken".to_owned(),
    }
}

fn from(origin: Origin, zone: SiteZone) -> String {
    let place = match origin.source {
        Source::WorkPage => "from the page of the task",
        Source::SubmitMessage => "from the task as it was handed in",
        Source::SubmitAlert => "from the page after handing in",
        Source::ReturnForm => "as you returned it",
        Source::ReturnAlert => "from the page after returning",
        Source::ExpiryAlert => "from the site’s word that it is gone",
        Source::Queue => "from your queue",
        Source::StatusPage => "from your status pages",
        Source::Reconcile => "from your status pages, by Reconcile",
        Source::Clock => "from Wagelight’s clock",
        Source::Worker => "from you",
        Source::Import => "from a file you loaded",
    };
    format!("{place}, {}", moment(origin.seen_at, zone))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test should stop at the line")]
    use super::*;

    #[test]
    fn every_field_has_its_place() {
        let mut order = ORDER;
        order.sort_unstable();
        assert_eq!(order.as_slice(), Field::ALL);
    }

    #[test]
    fn moments_are_on_the_clock_of_the_site() {
        // 2026-11-01: the hour from 1 to 2 comes twice in Los Angeles.
        let midnight = SiteZone::Pacific.bounds(SiteDay::from_civil(2026, 11, 1).unwrap()).0;
        let after =
            |hours: i64| moment(Timestamp(midnight.0 + hours * 3_600_000 + 300_000), SiteZone::Pacific);
        assert_eq!(
            [0, 1, 2, 3, 24].map(after),
            [
                "1\u{a0}Nov 2026, 0:05",
                "1\u{a0}Nov 2026, 1:05",
                "1\u{a0}Nov 2026, 1:05",
                "1\u{a0}Nov 2026, 2:05",
                "1\u{a0}Nov 2026, 23:05"
            ]
        );
        for end in [i64::MIN, i64::MAX] {
            assert!(!moment(Timestamp(end), SiteZone::Pacific).is_empty());
        }
    }

    #[test]
    fn working_time_says_how_sure_it_is() {
        let cases = [
            (How::Seen, "9–10 min, held 15 min"),
            (How::PartlyElsewhere, "9–10 min, held 15 min; partly in another tab"),
            (How::SeveralHeld, "9–10 min, held 15 min; uncertain, as several tasks were held"),
            (How::Corrected, "9–10 min, held 15 min; corrected by you"),
            (How::HeldOnly, "held 15 min; how much of it was work is not known"),
        ];
        for (how, text) in cases {
            assert_eq!(worked(&Worked::new(540, 600, 900, how)), text);
        }
    }
}
