//! Corrections as they are typed and pressed: texts in, what the worker says out, and the form that shows both.
//!
//! Beside each control stands what is stored, so that an event tells what was typed from what was only shown: what
//! was typed stays until it is saved or discarded, whatever is stored meanwhile.

use super::history::Opened;
use super::split;
use super::typed::{amount, note, percent, plain, secs, tags};
use crate::app::background::wire::ScreenAsk;
use crate::app::history::correct::{Correction, Reason, Said, would_be};
use crate::app::views::history::correct::{Earlier, Form, REASONS, Returned, Typed};
use crate::app::views::history::entry as words;
use crate::domain::history::{Entry, How, ReturnReason, State};
use crate::domain::{Currency, Kind, SiteDay};

/// Shares of a day's bonus begin so; their entry's id follows.
pub(super) const SHARE: &str = "share:";

/// Whether an act may change what is stored.
pub(super) fn changes(event: &ScreenAsk) -> bool {
    matches!(split(&event.act).0, "save" | "untime" | "screened" | "reason" | "pays" | "split" | "undo")
}

/// What an event asks to keep; `None` where that is nothing, or what was typed cannot be taken.
pub(crate) fn correction(event: &ScreenAsk) -> Option<Correction> {
    let (verb, rest) = split(&event.act);
    let said = match (verb, rest) {
        ("undo", _) => return serde_json::from_str(event.field("back")?).ok(),
        ("split", rest) => return shares(event, rest),
        ("save", _) => typed(event)?,
        ("untime", _) => vec![Said::Worked(None)],
        ("screened", "on" | "off") => vec![Said::ScreenedOut(rest == "on")],
        ("reason", name) => vec![Said::Returned(reason(event, name)?)],
        ("pays", "") => vec![Said::PaysFor(None)],
        ("pays", id) => vec![Said::PaysFor(Some(id.to_owned()))],
        _ => return None,
    };
    let id = event.field("open").filter(|id| !id.is_empty())?.to_owned();
    (!said.is_empty()).then_some(Correction::Task { id, said })
}

/// Whether something typed is not what is stored.
pub(super) fn is_unsaved(event: &ScreenAsk) -> bool {
    let is_other = |(name, stored): (&String, &String)| {
        let typed = name.strip_suffix("_was").and_then(|name| event.field(name));
        typed.is_some_and(|typed| typed.trim() != stored)
    };
    event.fields.iter().any(is_other)
}

/// What was typed into a control, where it is not what is stored.
fn news<'a>(event: &'a ScreenAsk, name: &str) -> Option<&'a str> {
    let typed = event.field(name)?.trim();
    (event.field(&format!("{name}_was")) != Some(typed)).then_some(typed)
}

/// What was typed into the form; `None` where some of it cannot be taken: it is saved as a whole.
fn typed(event: &ScreenAsk) -> Option<Vec<Said>> {
    let mut said = Vec::new();
    if let Some(text) = news(event, "worked") {
        said.push(Said::Worked(secs(text).ok()?));
    }
    if let Some(text) = news(event, "percent") {
        said.push(Said::Returned(Reason::Underpaid(percent(text).ok()?)));
    }
    if let Some(text) = news(event, "tags") {
        said.push(Said::Tags(tags(text).ok()?));
    }
    if let Some(text) = news(event, "note") {
        said.push(Said::Note(note(text).ok()?));
    }
    Some(said)
}

fn reason(event: &ScreenAsk, name: &str) -> Option<Reason> {
    match name {
        "broken" => Some(Reason::Broken),
        "unpaid_screener" => Some(Reason::UnpaidScreener),
        "underpaid" => Some(Reason::Underpaid(event.field("percent").map_or(Ok(None), percent).ok()?)),
        "other" => Some(Reason::Other),
        _ => None,
    }
}

/// `DAY:USD`, and the controls of the shares.
fn shares(event: &ScreenAsk, rest: &str) -> Option<Correction> {
    let (day, code) = rest.split_once(':')?;
    let currency = Currency::from_code(code)?;
    let ids =
        event.fields.keys().filter_map(|name| name.strip_prefix(SHARE)).filter(|id| !id.ends_with("_was"));
    let mut shares = Vec::new();
    for id in ids {
        if let Some(text) = news(event, &format!("{SHARE}{id}")) {
            shares.push((id.to_owned(), amount(text, currency).ok()?.micros));
        }
    }
    let day = day.parse().ok()?;
    (!shares.is_empty()).then(|| Correction::Split { day, currency: code.to_owned(), shares })
}

/// A control with what was typed, or else what is stored.
pub(super) fn control(event: &ScreenAsk, name: &str, stored: String, keeps: bool) -> Typed {
    let typed = news(event, name).filter(|_| keeps).map(|_| event.field(name).unwrap_or_default().to_owned());
    Typed { text: typed.unwrap_or_else(|| stored.clone()), stored, error: None }
}

/// The form of an open task. `keeps`: what was typed for it is not saved yet.
pub(super) fn form(event: &ScreenAsk, opened: &Opened, keeps: bool) -> Form {
    let entry = &opened.entry;
    let saves = split(&event.act).0 == "save";
    let checked = |name: &str, stored: String, check: &dyn Fn(&str) -> Option<String>| {
        let mut typed = control(event, name, stored, keeps);
        typed.error = Some(()).filter(|()| saves && typed.is_unsaved()).and_then(|()| check(&typed.text));
        typed
    };
    let corrected = words::corrected(entry).map(|worked| worked.high_secs);
    let state = entry.state();
    let reason = entry.return_reason.value().copied();
    let percent = match reason {
        Some(ReturnReason::Underpaid(share)) => {
            let stored = share.map(|share| share.get().to_string()).unwrap_or_default();
            Some(checked("percent", stored, &|text| percent(text).err()))
        }
        _ => None,
    };
    let tags_text = entry.tags.value().map(|tags| tags.join(", ")).unwrap_or_default();
    let can_be_screened =
        state == State::ScreenedOut || would_be(entry, Said::ScreenedOut(true)) == State::ScreenedOut;
    Form {
        worked: checked("worked", corrected.map(plain).unwrap_or_default(), &|text| secs(text).err()),
        measured: entry.worked.value().filter(|worked| worked.how != How::Corrected).map(words::worked),
        is_corrected: corrected.is_some(),
        tags: checked("tags", tags_text, &|text| tags(text).err()),
        note: checked("note", entry.note.value().cloned().unwrap_or_default(), &|text| note(text).err()),
        screened_out: can_be_screened.then_some(state == State::ScreenedOut),
        returned: (state == State::Returned).then(|| Returned { reason: reason.map(name_of), percent }),
        pays_for: is_pay_for_earlier(entry)
            .then(|| opened.may_pay_for.iter().map(|task| earlier(entry, task, opened)).collect()),
    }
}

/// Whether a task pays for another by its kind, or because the worker said so.
pub(super) fn is_pay_for_earlier(entry: &Entry) -> bool {
    entry.kind.value() == Some(&Kind::EarlierWork) || entry.paid_for().is_some()
}

fn earlier(entry: &Entry, (day, task): &(SiteDay, Entry), opened: &Opened) -> Earlier {
    let title = task.title.value().map_or("Title not known", String::as_str);
    let text = format!("{} · {title} · {}", words::short_day(*day, opened.today), words::state(task));
    Earlier { id: task.id().0.clone(), text, is_chosen: entry.paid_for() == Some(task.id()) }
}

fn name_of(reason: ReturnReason) -> &'static str {
    let at = match reason {
        ReturnReason::Broken => 0,
        ReturnReason::UnpaidScreener => 1,
        ReturnReason::Underpaid(_) => 2,
        ReturnReason::Other => 3,
    };
    REASONS.get(at).map_or("", |(name, _)| name)
}
