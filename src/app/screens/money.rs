//! Money that is known apart from the task it is for: a day's bonus, and pay for earlier work.

use std::collections::BTreeSet;

use super::correct::{SHARE, control};
use super::history::{HistoryRead, Opened, Outcome};
use super::split;
use super::typed::amount;
use crate::app::background::wire::ScreenAsk;
use crate::app::views::history::bonus::{BonusRow, Share, Split};
use crate::app::views::history::entry::{self as words, Detail};
use crate::app::views::words::amount as say;
use crate::domain::history::{Balance, DayBonus, Entry, EntryId, Register};
use crate::domain::{Money, SiteDay, SiteZone};
use crate::storage::history::DayView;

/// Tasks of a day that are offered for its bonus, besides those that have a share or were promised one.
const MAX_OFFERED: usize = 40;

/// The row of a day's bonus; `None` where there was none.
pub(super) fn bonus(event: &ScreenAsk, read: &HistoryRead, day: SiteDay, is_saved: bool) -> Option<BonusRow> {
    let bonus = read.bonuses.iter().find(|bonus| bonus.day == day)?;
    let sum = bonus.sum.value().filter(|sum| sum.micros > 0)?;
    let today = read.zone.unwrap_or(SiteZone::Utc).day_of(read.now);
    let balance = match bonus.balance() {
        Balance::Left(left) if left == *sum => "not yet split".to_owned(),
        Balance::Left(left) => format!("{} not yet split", say(left)),
        Balance::Even => "all split".to_owned(),
        Balance::Over(over) => format!("{} more is split than the site tells now", say(over)),
        Balance::OtherCurrency | Balance::NoSum => "split in another currency".to_owned(),
    };
    let text = format!("Bonus of {}: {}, {balance}", words::short_day(day, today), say(*sum));
    let view = read.split.as_ref().filter(|view| view.sum.bonus.day == day);
    let failed = match &read.outcome {
        Some(Outcome::Failed { say, control: Some(id) }) => Some((id.as_str(), say.as_str())),
        _ => None,
    };
    Some(BonusRow { day: day.0, text, split: view.map(|view| shares(event, view, (is_saved, failed))) })
}

fn shares(event: &ScreenAsk, view: &DayView, (is_saved, failed): (bool, Option<(&str, &str)>)) -> Split {
    let bonus = &view.sum.bonus;
    let currency = bonus.sum.value().map_or(crate::domain::Currency::USD, |sum| sum.currency);
    let verb = split(&event.act).0;
    let keeps = event.field("bonus") == Some(&bonus.day.0.to_string());
    let keeps = keeps && !(is_saved && verb == "split") && verb != "discard";
    let held = |id: &EntryId| bonus.shares.get(id).and_then(Register::value).filter(|share| share.micros > 0);
    let entry_of = |id: &EntryId| view.entries.iter().find(|entry| entry.id() == id);
    // Those that have a share first, then as they are proposed.
    let given = bonus.shares.keys().filter(|id| held(id).is_some());
    let ids: Vec<&EntryId> = given.collect();
    let known: BTreeSet<&EntryId> = ids.iter().copied().collect();
    let proposals = offered(bonus, view);
    let mut all: Vec<&Entry> = ids.iter().filter_map(|id| entry_of(id)).collect();
    all.extend(proposals.iter().filter(|id| !known.contains(id)).filter_map(entry_of));
    let total = all.len();
    all.truncate(known.len() + MAX_OFFERED);
    let share = |entry: &&Entry| {
        let id = entry.id();
        let stored = held(id).map(|share| share.to_decimal()).unwrap_or_default();
        let mut typed = control(event, &format!("{SHARE}{}", id.0), stored, keeps);
        if verb == "split" && typed.is_unsaved() {
            let refused = failed.filter(|(of, _)| *of == id.0).map(|(_, why)| format!("{why}."));
            typed.error = amount(&typed.text, currency).err().or(refused);
        }
        let promised = entry.promised.value().map(|promised| format!("It promised: {promised}"));
        let why = [promised, words::pay(entry), Some(words::state(entry))];
        Share {
            id: id.0.clone(),
            title: entry.title.value().cloned().unwrap_or_else(|| "Title not known".to_owned()),
            why: why.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            amount: typed,
        }
    };
    Split {
        shares: all.iter().map(share).collect(),
        left_out: total - all.len(),
        action: format!("split:{}:{}", bonus.day.0, currency.code()),
    }
}

/// Proposed as if nothing were given yet, so that the order stays while a split is made.
fn offered(bonus: &DayBonus, view: &DayView) -> Vec<EntryId> {
    let mut whole = DayBonus::new(bonus.day);
    whole.sum = bonus.sum.clone();
    whole.propose(&view.entries).into_iter().map(|proposal| proposal.id).collect()
}

/// What an open task's money and minutes are together with those it is tied to.
pub(super) fn details(opened: &Opened) -> Vec<Detail> {
    let entry = &opened.entry;
    let mut details = Vec::new();
    for payer in &opened.paid_by {
        let value = [title(payer), words::pay(payer).unwrap_or_default(), words::state(payer)];
        let value = value.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        details.push(Detail { label: "Paid for by", value, origin: None });
    }
    if !opened.paid_by.is_empty() {
        let payers: Vec<&Entry> = opened.paid_by.iter().collect();
        details.push(Detail { label: "Together", value: together(entry, &payers), origin: None });
    }
    if let Some(earlier) = &opened.pays_for {
        let value = format!("{}, {}: {}", title(earlier), words::state(earlier), together(earlier, &[entry]));
        details.push(Detail { label: "With that task", value, origin: None });
    }
    details
}

fn title(entry: &Entry) -> String {
    entry.title.value().cloned().unwrap_or_else(|| "Title not known".to_owned())
}

/// `$1.50 for 12 min of work, 12.5¢ a minute`.
fn together(entry: &Entry, payers: &[&Entry]) -> String {
    let earned: Vec<Money> = entry.earned_with(payers).into_iter().filter(|sum| sum.micros > 0).collect();
    if earned.is_empty() {
        return "nothing paid yet".to_owned();
    }
    let sums = earned.iter().map(|sum| say(*sum)).collect::<Vec<_>>().join(" + ");
    let Some(worked) = entry.working_time() else { return format!("{sums}, working time not known") };
    let secs = worked.low_secs.midpoint(worked.high_secs);
    let rate = match earned.as_slice() {
        [sum] if secs > 0 => {
            let micros = i128::from(sum.micros) * 60 / i128::from(secs);
            // To a tenth of a cent.
            let micros = i64::try_from((micros + 500) / 1_000 * 1_000).unwrap_or(i64::MAX);
            format!(", {} a minute", say(Money { micros, ..*sum }))
        }
        _ => String::new(),
    };
    format!("{sums} for {} of work{rate}", crate::app::views::words::span(secs))
}
