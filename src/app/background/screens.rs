//! What only our own pages ask: settings, a whole rating, how much is stored.

use std::collections::BTreeMap;

use super::wire::{Answer, RatingPart, Refusal, SettingsPart, SettingsPatch, TallyPart};
use super::words::{self, not_understood, record_failed};
use super::{Outcome, Plan, Script, SettingsRead, done};
use crate::domain::{Currency, Limits, Settings};
use crate::storage::record::{
    Head, HistoryHead, Tally, decode_rating, encode_settings, head_key, history_head_key, rating_key,
};
use crate::storage::{Found, Read, Step, StoreName};

const SETTINGS: &str = "The settings";

pub(super) fn settings_get(settings: SettingsRead) -> Result<Plan, Refusal> {
    let settings = settings.map_err(|error| record_failed(&error, SETTINGS))?;
    Ok(without_database(Answer::Settings { settings: SettingsPart::from(&settings) }.into()))
}

pub(super) fn settings_set(patch: SettingsPatch, settings: SettingsRead) -> Result<Plan, Refusal> {
    let old = settings.map_err(|error| record_failed(&error, SETTINGS))?;
    let new = patched(old, patch)?;
    let answer = Answer::Settings { settings: SettingsPart::from(&new) };
    Ok(without_database(Outcome { answer, bell: None, settings: Some(encode_settings(&new)) }))
}

pub(super) fn switch_site(site: String, on: bool, settings: SettingsRead) -> Result<Plan, Refusal> {
    let sites = BTreeMap::from([(site, on)]);
    settings_set(SettingsPatch { sites, ..SettingsPatch::default() }, settings)
}

/// Opening is the hands' part: they do it when they see this answer.
pub(super) fn open_note(site: &str, requester_id: &str) -> Result<Plan, Refusal> {
    words::partition(site)?;
    words::requester(requester_id)?;
    Ok(without_database(Answer::Opened.into()))
}

fn without_database(outcome: Outcome) -> Plan {
    Plan { access: None, script: Step::Done(Vec::new(), outcome), degraded: None }
}

fn patched(mut settings: Settings, patch: SettingsPatch) -> Result<Settings, Refusal> {
    if let Some(unit) = patch.unit {
        settings.unit = unit.into();
    }
    for (code, limits) in patch.limits {
        let currency = Currency::from_code(&code).ok_or_else(|| not_understood("no such currency"))?;
        match limits {
            None => settings.limits.remove(&currency),
            Some(pair) => {
                let limits = Limits::new(pair.fair_micros, pair.good_micros)
                    .ok_or_else(|| not_understood("good must be at least fair, and both above zero"))?;
                settings.limits.insert(currency, limits)
            }
        };
    }
    for (site, on) in patch.sites {
        let partition = words::partition(&site)?;
        if on {
            settings.sites_off.remove(&partition.0)
        } else {
            settings.sites_off.insert(partition.0)
        };
    }
    settings.show_blocked = patch.show_blocked.unwrap_or(settings.show_blocked);
    settings.show_clock = patch.show_clock.unwrap_or(settings.show_clock);
    Ok(settings)
}

pub(super) fn rating_get(site: &str, requester_id: &str) -> Result<Script, Refusal> {
    let key = rating_key(&words::partition(site)?, &words::requester(requester_id)?);
    Ok(Step::read(vec![Read::Get(StoreName::Ratings, key)], |found| {
        let text = found.into_iter().next().and_then(Found::into_text);
        done(match text.as_deref().map(decode_rating).transpose() {
            Ok(stored) => Answer::Rating { rating: stored.map(|stored| RatingPart::from(&stored.value)) },
            Err(error) => record_failed(&error, "Your rating").into(),
        })
    }))
}

pub(super) fn stored_summary() -> Script {
    let reads = vec![
        Read::Get(StoreName::Meta, head_key()),
        Read::Count(StoreName::Undo),
        Read::Get(StoreName::Meta, history_head_key()),
    ];
    Step::read(reads, |found| {
        let mut found = found.into_iter();
        let head = found.next().and_then(Found::into_text);
        let undo = match found.next() {
            Some(Found::Count(count)) => count,
            _ => 0,
        };
        let history = found.next().and_then(Found::into_text);
        let history = HistoryHead::decode(history.as_deref()).map(|history| history.entries);
        done(match Head::decode(head.as_deref()).and_then(|head| Ok((head, history?))) {
            Ok((head, tasks)) => {
                let (ratings, blocks) = (TallyPart::from(head.ratings), TallyPart::from(head.blocks));
                Answer::Summary { ratings, blocks, tasks, undo, change: head.change }
            }
            Err(error) => record_failed(&error, "What is stored").into(),
        })
    })
}

impl From<Tally> for TallyPart {
    fn from(tally: Tally) -> Self {
        Self { count: tally.count, bytes: tally.bytes }
    }
}
