//! The options: what an event changes, and what the page shows then.

use std::collections::BTreeMap;

use super::limits::{self, LimitErrors, LimitTexts};
use super::{Circumstances, Shown, split};
use crate::app::background::wire::{
    Answer, Ask, BlockPart, LimitsPart, ScreenAsk, SettingsPart, SettingsPatch, UnitPart,
};
use crate::app::views::options::{
    self as view, BlockLine, Kept, LimitFields, OptionsFacts, SettingsForm, SiteSwitch, Status, Stored,
};
use crate::domain::{Limits, PayUnit};
use crate::sites;

/// The currencies of the sites there are.
const CURRENCIES: [&str; 1] = ["USD"];

/// What separates the parts of an action: no id holds it.
pub(crate) const SEPARATOR: char = '\t';

pub(super) fn order(event: &ScreenAsk, settings: &Answer) -> Option<Ask> {
    let (verb, rest) = split(&event.act);
    let set = |patch| Some(Ask::SettingsSet { patch });
    match verb {
        "unit" => set(SettingsPatch { unit: Some(chosen_unit(event)?), ..SettingsPatch::default() }),
        "limits" => {
            let Answer::Settings { settings } = settings else { return None };
            let limits = read_limits(event, rest, settings)?.ok()?;
            let part = LimitsPart { fair_micros: limits.fair_micros(), good_micros: limits.good_micros() };
            let limits = BTreeMap::from([(rest.to_owned(), Some(part))]);
            set(SettingsPatch { limits, ..SettingsPatch::default() })
        }
        "clock" => {
            let show_clock = Some(event.field("clock") == Some("on"));
            set(SettingsPatch { show_clock, ..SettingsPatch::default() })
        }
        "site" => Some(Ask::SwitchSite { site: rest.to_owned(), on: event.field(&event.act) == Some("on") }),
        "unblock" => {
            let mut parts = rest.splitn(3, SEPARATOR);
            let (site, requester_id) = (parts.next()?.to_owned(), parts.next()?.to_owned());
            Some(Ask::Unblock { site, requester_id, title_key: parts.next().map(str::to_owned) })
        }
        "undo" => {
            let (site, token) = rest.split_once(SEPARATOR)?;
            Some(Ask::Undo { site: site.to_owned(), token: token.to_owned() })
        }
        _ => None,
    }
}

pub(super) fn reads() -> Vec<Ask> {
    let mut reads = vec![Ask::SettingsGet, Ask::StoredSummary];
    let blocks = |host: sites::SiteHost| Ask::Blocks { site: host.partition, after: None, limit: None };
    reads.extend(sites::hosts().into_iter().map(blocks));
    reads
}

fn chosen_unit(event: &ScreenAsk) -> Option<UnitPart> {
    match event.field("unit")? {
        "minute" => Some(UnitPart::Minute),
        "hour" => Some(UnitPart::Hour),
        _ => None,
    }
}

/// `None` where the fields are not drawn.
fn read_limits(
    event: &ScreenAsk,
    currency: &str,
    settings: &SettingsPart,
) -> Option<Result<Limits, LimitErrors>> {
    let texts = LimitTexts {
        fair: event.field(&view::fair_name(currency))?,
        good: event.field(&view::good_name(currency))?,
    };
    Some(limits::read(texts, settings.unit.into(), stored_limits(settings, currency)))
}

fn stored_limits(settings: &SettingsPart, currency: &str) -> Option<Limits> {
    let part = settings.limits.get(currency)?;
    Limits::new(part.fair_micros, part.good_micros)
}

pub(super) fn show(event: &ScreenAsk, at: &Circumstances) -> Shown {
    let settings = at.answers.iter().find_map(|(ask, answer)| match (ask, answer) {
        (Ask::SettingsGet, Answer::Settings { settings }) => Some(Ok(settings)),
        (Ask::SettingsGet, Answer::Refused(refusal)) => Some(Err(refusal.say.clone())),
        _ => None,
    });
    let settings = settings.unwrap_or_else(|| Err("The settings could not be read".to_owned()));
    let status = status(event, at, settings.as_ref().ok().copied());
    let search = event.field("search").unwrap_or("").to_owned();
    let (blocks, matching, all) = blocks(at, &search);
    let facts = OptionsFacts {
        form: settings.map(|settings| form(event, settings)),
        status,
        private: at.private,
        blocks,
        blocks_matching: matching,
        blocks_in_all: all,
        block_problems: block_problems(at),
        search,
        stored: stored(at),
        kept: match event.about("persisted") {
            Some("true") => Kept::Promised,
            Some("false") => Kept::NotPromised,
            _ => Kept::NotSaid,
        },
        version: event.about("version").unwrap_or("").to_owned(),
    };
    let focus = match (split(&event.act).0, &at.outcome) {
        ("unblock", Some(Answer::Saved { undo: Some(_) })) => Some(view::UNDO_ID),
        // The pressed button is gone: the focus would fall off the page.
        ("unblock" | "undo", Some(Answer::Saved { .. })) => Some(view::SEARCH_ID),
        _ => None,
    };
    Shown { tree: view::options(&facts), close: false, focus: focus.map(str::to_owned) }
}

fn form(event: &ScreenAsk, settings: &SettingsPart) -> SettingsForm {
    let mut currencies: Vec<&str> = CURRENCIES.to_vec();
    currencies.extend(settings.limits.keys().map(String::as_str).filter(|code| !CURRENCIES.contains(code)));
    let sites = sites::hosts().into_iter().map(|host| SiteSwitch {
        on: !settings.sites_off.contains(&host.partition),
        partition: host.partition,
        name: format!("{} ({})", host.site_name, host.host),
    });
    SettingsForm {
        unit: settings.unit.into(),
        show_clock: settings.show_clock,
        limits: currencies.into_iter().map(|code| limit_fields(event, code, settings)).collect(),
        sites: sites.collect(),
    }
}

/// What stands in the fields: what is stored, or what was typed where that is something else.
fn limit_fields(event: &ScreenAsk, currency: &str, settings: &SettingsPart) -> LimitFields {
    let unit: PayUnit = settings.unit.into();
    let stored = stored_limits(settings, currency);
    let text = |micros: Option<i64>| micros.map(|micros| limits::shown(micros, unit)).unwrap_or_default();
    let mut fields = LimitFields {
        currency: currency.to_owned(),
        fair: text(stored.map(Limits::fair_micros)),
        good: text(stored.map(Limits::good_micros)),
        errors: LimitErrors::default(),
    };
    // Numbers typed in the other unit would now mean something else.
    let same_unit = split(&event.act).0 != "unit";
    let typed = |name: String| event.field(&name).unwrap_or("").to_owned();
    match read_limits(event, currency, settings) {
        None => {}
        Some(Ok(read)) if Some(read) == stored || !same_unit => {}
        Some(read) => {
            fields.fair = typed(view::fair_name(currency));
            fields.good = typed(view::good_name(currency));
            fields.errors = read.err().unwrap_or_default();
        }
    }
    fields
}

/// What became of the order; without one, what was said before.
fn status(event: &ScreenAsk, at: &Circumstances, settings: Option<&SettingsPart>) -> Status {
    let (verb, rest) = split(&event.act);
    let done = |text: String| Status { text, failed: false, undo: None };
    match &at.outcome {
        Some(Answer::Refused(refusal)) => {
            Status { text: format!("Not saved: {}.", refusal.say), failed: true, undo: None }
        }
        Some(Answer::Saved { undo }) if verb == "unblock" => {
            let site = rest.split(SEPARATOR).next().unwrap_or_default();
            let undo = undo.as_ref().map(|token| format!("{site}{SEPARATOR}{token}"));
            Status { text: "Unblocked.".to_owned(), failed: false, undo }
        }
        Some(Answer::Saved { .. }) => done("Blocked again.".to_owned()),
        Some(_) => done(saved_text(verb, rest, settings)),
        None if verb == "limits" && settings.is_some() => {
            Status { text: "Not saved: a limit is not valid.".to_owned(), failed: true, undo: None }
        }
        None => Status {
            text: event.field("said").unwrap_or("").to_owned(),
            failed: event.field("said_failed") == Some("true"),
            undo: event.field("said_undo").filter(|undo| !undo.is_empty()).map(str::to_owned),
        },
    }
}

/// Each says what was saved: a live region that is told the same text twice stays silent.
fn saved_text(verb: &str, rest: &str, settings: Option<&SettingsPart>) -> String {
    let Some(settings) = settings else { return "Saved.".to_owned() };
    let unit: PayUnit = settings.unit.into();
    let per = view::per(unit);
    match verb {
        "unit" => format!("Saved: pay {per}."),
        "limits" => stored_limits(settings, rest).map_or("Saved.".to_owned(), |stored| {
            let (fair, good) =
                (limits::shown(stored.fair_micros(), unit), limits::shown(stored.good_micros(), unit));
            format!("Saved: fair from {fair}, good from {good} {per}.")
        }),
        "clock" if settings.show_clock => "Saved: a task's page shows its clock.".to_owned(),
        "clock" => "Saved: a task's page shows no clock.".to_owned(),
        "site" => {
            let host = sites::hosts().into_iter().find(|host| host.partition == rest);
            let name = host.map_or("The site".to_owned(), |host| host.host);
            let state = if settings.sites_off.iter().any(|off| off == rest) { "off" } else { "on" };
            format!("Saved: {name} is {state}.")
        }
        _ => "Saved.".to_owned(),
    }
}

fn stored(at: &Circumstances) -> Result<Stored, String> {
    let said = at.answers.iter().find_map(|(ask, answer)| match (ask, answer) {
        (Ask::StoredSummary, Answer::Summary { ratings, blocks, tasks, undo, .. }) => {
            Some(Ok(Stored { ratings: *ratings, blocks: *blocks, tasks: *tasks, undo: *undo }))
        }
        (Ask::StoredSummary, Answer::Refused(refusal)) => Some(Err(refusal.say.clone())),
        _ => None,
    });
    said.unwrap_or_else(|| Err("What is stored could not be read".to_owned()))
}

/// The entries to show, how many match, how many there are.
fn blocks(at: &Circumstances, search: &str) -> (Vec<BlockLine>, usize, usize) {
    let needle = search.trim().to_lowercase();
    let (mut lines, mut matching, mut all) = (Vec::new(), 0, 0);
    for (ask, answer) in &at.answers {
        let (Ask::Blocks { site, .. }, Answer::Blocks { blocks, .. }) = (ask, answer) else { continue };
        all += blocks.len();
        for block in blocks.iter().filter(|block| is_match(block, &needle)) {
            matching += 1;
            if lines.len() < view::MOST_BLOCKS {
                lines.push(block_line(site, block));
            }
        }
    }
    (lines, matching, all)
}

fn is_match(block: &BlockPart, needle: &str) -> bool {
    let texts = [&block.requester_name, &block.title, &block.reason, &Some(block.requester_id.clone())];
    texts.into_iter().flatten().any(|text| text.to_lowercase().contains(needle))
}

fn block_line(site: &str, block: &BlockPart) -> BlockLine {
    let mut action = format!("unblock:{site}{SEPARATOR}{}", block.requester_id);
    if let Some(key) = &block.title_key {
        action.push(SEPARATOR);
        action.push_str(key);
    }
    BlockLine {
        requester: block.requester_name.clone().unwrap_or_else(|| block.requester_id.clone()),
        title: block.title_key.as_ref().map(|key| block.title.clone().unwrap_or_else(|| key.clone())),
        reason: block.reason.clone(),
        action,
    }
}

fn block_problems(at: &Circumstances) -> Vec<String> {
    let mut problems = Vec::new();
    for (_, answer) in at.answers.iter().filter(|(ask, _)| matches!(ask, Ask::Blocks { .. })) {
        match answer {
            Answer::Blocks { problems: more, .. } => problems.extend(more.iter().cloned()),
            Answer::Refused(refusal) => problems.push(refusal.say.clone()),
            _ => {}
        }
    }
    problems.dedup();
    problems
}
