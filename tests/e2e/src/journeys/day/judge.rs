//! The record of the day, field by field, against what the site knows and the journey measured.

use super::tasks::{BONUSES, BROKEN, COMPENSATION, Day, HELD, Noted, QUEUED, REJECTED};
use crate::journeys::history::OTHER_WORKER;
use crate::stored::History;
use crate::world::World;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::fmt::Debug;
use wagelight::app::history::RULES;
use wagelight::app::views::words;
use wagelight::domain::history::{Entry, EntryId, How, ReturnReason, State, Worked};
use wagelight::domain::{Currency, Kind, Money, SiteDay, Timestamp};
use wagelight_market::{Assignment, AssignmentState, Day as MarketDay};

/// What is other than it should be.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn same<T: PartialEq + Debug>(&mut self, what: &str, is: T, should: T) {
        let pair = (is, should);
        let (is, should) = &pair;
        if is != should {
            self.0.push(format!("{what}: {is:?} for {should:?}"));
        }
    }

    fn within(&mut self, what: &str, is: i64, (least, most): (i64, i64)) {
        if !(least..=most).contains(&is) {
            self.0.push(format!("{what}: {is} is not in {least}..={most}"));
        }
    }

    /// Begins with the next part, whose differences are told with its name.
    fn of(&mut self, part: &str, find: impl FnOnce(&mut Self)) {
        let mut found = Self::default();
        find(&mut found);
        self.0.extend(found.0.into_iter().map(|difference| format!("{part}, {difference}")));
    }
}

/// Judges the whole record.
pub(super) fn record(record: &History, day: &Day, world: &World) -> Result<()> {
    let worker = world.market.worker();
    let assignments = worker.assignments();
    ensure!(assignments.len() == day.tasks.len(), "{} were accepted", assignments.len());
    ensure!(record.entries.len() == assignments.len(), "{} are kept", record.entries.len());
    let mut differences = Differences::default();
    let broken = EntryId(day.id(BROKEN)?.to_owned());
    for (at, noted) in day.tasks.iter().enumerate() {
        let task = worker.assignment(day.id(at)?)?;
        let entry = record.entries.get(&EntryId(task.assignment_id.clone()));
        let entry = entry.with_context(|| format!("task {at} is not kept"))?;
        differences.of(&format!("task {at}"), |differences| {
            about(differences, entry, &task);
            fate(differences, (entry, at), &task);
            let pays_for = (at == COMPENSATION).then_some(&broken);
            differences.same("pays for", entry.paid_for(), pays_for);
            times(differences, (entry, at), (&task, noted));
        });
    }
    differences.of("in all", |differences| totals(differences, record, world));
    ensure!(differences.0.is_empty(), "{:#?}", differences.0);
    Ok(())
}

fn masked(text: &str) -> String {
    text.replace(OTHER_WORKER, "[worker]")
}

fn usd(cents: u32) -> Money {
    Money { micros: i64::from(cents) * 10_000, currency: Currency::USD }
}

/// What it is.
fn about(differences: &mut Differences, entry: &Entry, task: &Assignment) {
    let group = &task.group;
    let id = |id: &wagelight::domain::TaskId| id.0.clone();
    differences.same("task", entry.task_id.value().map(id), Some(task.task_id.clone()));
    differences.same("group", entry.group_id.value().map(id), Some(group.hit_set_id.clone()));
    let requester = entry.requester_id.value().map(|id| id.0.clone());
    differences.same("requester", requester, Some(group.requester_id.clone()));
    differences.same("name", entry.requester_name.value().cloned(), Some(masked(&group.requester_name)));
    differences.same("title", entry.title.value().cloned(), Some(masked(&group.title)));
    differences.same("description", entry.description.value().cloned(), Some(masked(&group.description)));
    let allotted = entry.allotted_secs.value().map(|secs| i64::from(*secs));
    differences.same("allotted", allotted, Some(group.assignment_duration_in_seconds));
    let available = entry.available.value().map(|count| i64::from(*count));
    differences.same("available", available, Some(group.assignable_hits_count));
    differences.same("reward", entry.reward.value().copied(), Some(usd(task.reward.cents())));
}

/// What became of it, and what it is paid.
fn fate(differences: &mut Differences, (entry, at): (&Entry, usize), task: &Assignment) {
    let state = match task.state {
        AssignmentState::Held => State::InProgress,
        AssignmentState::Returned => State::Returned,
        AssignmentState::Expired => State::Expired,
        AssignmentState::Submitted => State::Pending,
        AssignmentState::Approved => State::Approved,
        AssignmentState::Paid => State::Paid,
        AssignmentState::Rejected => State::Rejected,
    };
    differences.same("state", entry.state(), state);
    differences.same("overturned", entry.is_overturned(), at == REJECTED);
    differences.same("feedback", entry.feedback.value().cloned(), task.feedback.as_deref().map(masked));
    let filed = task.day.and_then(|day| SiteDay::parse(&day.to_string()));
    differences.same("day", entry.site_day.value().copied(), filed);
    let kind = (at == COMPENSATION).then_some(Kind::EarlierWork);
    differences.same("kind", entry.kind.value().copied(), kind);
    let bonus = BONUSES.into_iter().find(|(of, _)| *of == at).map(|(_, cents)| usd(cents));
    differences.same("bonus", entry.bonus.value().copied(), bonus);
    let is_promised = at == BONUSES[0].0;
    differences.same("promised", entry.promised.value().is_some(), is_promised);
    let reason = (at == BROKEN).then_some(ReturnReason::Broken);
    differences.same("reason", entry.return_reason.value().copied(), reason);
    // Only the queue tells what is asked of workers, and nothing tells what this one has.
    let asked = (at < QUEUED).then(|| "3PRIVATEQUALIFICATION > 10".to_owned());
    differences.same("requirements", entry.requirements.value().cloned(), asked);
    differences.same("note", entry.note.value().cloned(), None);
    differences.same("tags", entry.tags.value().cloned(), None);
    differences.same("corrected", entry.corrected.value().copied(), None);
}

/// When, and how long.
fn times(differences: &mut Differences, (entry, at): (&Entry, usize), (task, noted): (&Assignment, &Noted)) {
    let at_ms = |moment: Option<&Timestamp>| moment.map(|moment| moment.0);
    let accepted_ms = at_ms(entry.accepted_at.value()).unwrap_or(0);
    let (least, most) = noted.accepted.unwrap_or_default();
    // The site counts in whole seconds.
    differences.within("accepted", accepted_ms, (least - 1_000, most));
    if at < QUEUED {
        differences.same("accepted", accepted_ms, task.accepted_at * 1_000);
    }
    let deadline = at_ms(entry.deadline.value());
    let allotted_ms = task.group.assignment_duration_in_seconds * 1_000;
    differences.same("deadline", deadline, Some(accepted_ms + allotted_ms));
    let submitted = at_ms(entry.submitted_at.value());
    differences.same("is submitted", submitted.is_some(), task.submitted_at.is_some());
    if let (Some(is), Some(between)) = (submitted, noted.submitted) {
        differences.within("submitted", is, between);
    }
    match entry.working_time() {
        Some(worked) => working_time(differences, worked, (task, noted)),
        None => differences.same("has no working time", at, HELD),
    }
}

/// A second may be lost with each stretch: a page looks once a second whether it has the focus.
fn working_time(differences: &mut Differences, worked: Worked, (task, noted): (&Assignment, &Noted)) {
    let secs = |duration: std::time::Duration| i64::try_from(duration.as_secs()).unwrap_or(0);
    let stretches = secs(noted.least) / 3;
    let most = secs(noted.most) + 2;
    differences.within("worked", worked.low_secs.into(), (secs(noted.least) - stretches, most));
    let end = noted.submitted.map_or(0, |(_, at)| at);
    let accepted = noted.accepted.unwrap_or_default();
    let is_expired = task.state == AssignmentState::Expired;
    let held = if is_expired {
        (task.group.assignment_duration_in_seconds - 1, secs(noted.most) + 2)
    } else {
        let asked = noted.submitted.map_or(0, |(at, _)| at);
        ((asked - accepted.1) / 1_000 - 2, (end - accepted.0) / 1_000 + 2)
    };
    differences.within("held", worked.held_secs.into(), held);
    match worked.how {
        How::Seen => differences.same("range", worked.high_secs, worked.low_secs),
        How::SeveralHeld => differences.same("range", worked.high_secs, worked.held_secs),
        other => differences.0.push(format!("measured {other:?}")),
    }
}

/// The sums of everything, and of each day.
fn totals(differences: &mut Differences, record: &History, world: &World) {
    let worker = world.market.worker();
    let figures = worker.figures();
    let count = |holds: fn(State) -> bool| {
        let count = record.entries.values().filter(|entry| holds(entry.state())).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    differences.same("submitted", count(State::is_handed_in), figures.submitted);
    differences.same("approved", count(State::is_approval), figures.approved);
    differences.same("rejected", count(|state| state == State::Rejected), figures.rejected);
    differences.same("pending", count(|state| state == State::Pending), figures.pending);
    let earned = record.entries.values().flat_map(Entry::earned).map(|money| money.micros).sum::<i64>();
    differences.same("earned", earned, usd(figures.earnings_cents()).micros);
    let told: BTreeMap<SiteDay, Money> =
        record.bonuses.iter().filter(|(_, sum)| sum.micros > 0).map(|(day, sum)| (*day, *sum)).collect();
    let days = worker.days().into_iter().filter(|day| day.figures.bonus_cents > 0);
    let paid = days
        .filter_map(|day| Some((SiteDay::parse(&day.day.to_string())?, usd(day.figures.bonus_cents))))
        .collect();
    differences.same("bonuses", told, paid);
}

/// What the history page says of today.
pub(super) fn page(said: &str, record: &History, world: &World) -> Result<()> {
    let now = world.market.now();
    let today = MarketDay::at(now);
    let figures = world.market.worker().day(today);
    let site_day = SiteDay::parse(&today.to_string()).context("a day")?;
    let of_today = record.entries.values().filter(|entry| RULES.day_of(entry) == site_day);
    let worked = of_today
        .filter_map(Entry::working_time)
        .fold((0_u32, 0_u32), |(low, high), worked| (low + worked.low_secs, high + worked.high_secs));
    let about = if worked.0 == worked.1 { "" } else { "about " };
    let words = format!(
        "Today: {} submitted · {} pending · earned {} · worked {about}{}",
        figures.submitted,
        figures.pending,
        words::amount(usd(figures.earnings_cents())),
        words::span(worked.0.midpoint(worked.1)),
    );
    ensure!(said.contains(&words), "not {words:?} but {said:?}");
    ensure!(said.contains("1 held · $2.40"), "what is held: {said:?}");
    Ok(())
}
