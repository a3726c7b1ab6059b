//! The note about a requester: read once, then what is typed, until it is saved.

use super::{Circumstances, Shown, split};
use crate::app::background::wire::AgainPart;
use crate::app::background::wire::{Answer, Ask, PatchPart, RatingPart, ScreenAsk, Why};
use crate::app::views::note::{self as view, NoteFacts, NoteStatus};
use crate::domain::Note;
use crate::ratings::Field;

/// `about` holds `site`, `requester_id` and `requester_name`, as the window was opened.
pub(super) fn order(event: &ScreenAsk) -> Option<Ask> {
    let (verb, rest) = split(&event.act);
    let patch = if verb == "save" { note_patch(event)? } else { key_patch(verb, rest)? };
    Some(Ask::Rate {
        site: event.about("site")?.to_owned(),
        requester_id: event.about("requester_id")?.to_owned(),
        requester_name: event.about("requester_name").unwrap_or("").to_owned(),
        patch,
        task: None,
    })
}

/// `None` where the text is too long or not there.
fn note_patch(event: &ScreenAsk) -> Option<PatchPart> {
    let text = event.field("note")?;
    let note = match Note::new(text).ok()? {
        Some(note) => Field::Set(note.text().to_owned()),
        None => Field::Clear,
    };
    Some(PatchPart { note, ..PatchPart::default() })
}

/// A press on a rating key, as the card's keys name them: `again:never:on`, `flag:broken:off`.
fn key_patch(verb: &str, rest: &str) -> Option<PatchPart> {
    let (name, sign) = rest.split_once(':')?;
    let on = sign == "on";
    let mut patch = PatchPart::default();
    match (verb, name) {
        ("again", _) => {
            let pressed = match name {
                "again" => AgainPart::Again,
                "only_if_nothing_better" => AgainPart::OnlyIfNothingBetter,
                "never" => AgainPart::Never,
                _ => return None,
            };
            patch.again = if on { Field::Set(pressed) } else { Field::Clear };
        }
        ("flag", "broken") => patch.broken = Field::Set(on),
        ("flag", "unpaid_screener") => patch.unpaid_screener = Field::Set(on),
        ("flag", "underpaid") => patch.underpaid = Field::Set(on),
        _ => return None,
    }
    Some(patch)
}

pub(super) fn reads(event: &ScreenAsk) -> Vec<Ask> {
    let ids = event.about("site").zip(event.about("requester_id"));
    let read =
        |(site, id): (&str, &str)| Ask::RatingGet { site: site.to_owned(), requester_id: id.to_owned() };
    ids.map(read).into_iter().collect()
}

pub(super) fn show(event: &ScreenAsk, at: &Circumstances) -> Shown {
    let (rating, unread) = match at.answers.first() {
        Some((_, Answer::Rating { rating })) => (rating.as_ref(), None),
        Some((_, Answer::Refused(refusal))) => (None, Some(refusal.say.clone())),
        _ => (None, Some("This window was opened without a requester".to_owned())),
    };
    let stored = rating.and_then(|rating| rating.note.as_deref()).unwrap_or("");
    let typed = event.field("note");
    let text = typed.unwrap_or(stored).to_owned();
    let is_unsaved = text.trim() != stored;
    let verb = split(&event.act).0;
    let saved = matches!(at.outcome, Some(Answer::Saved { .. }));
    let closing = match verb {
        "save" => saved,
        "cancel" => !is_unsaved,
        "discard" => true,
        _ => false,
    };
    let facts = NoteFacts {
        requester: requester_name(event, rating),
        own: rating.map(|rating| rating.brief.clone()),
        // What is given up is no longer typed text: nothing asks again.
        text: if closing { stored.to_owned() } else { text },
        is_unsaved: is_unsaved && !closing,
        status: status(event, at, unread),
        asks_to_discard: verb == "cancel" && is_unsaved,
        private: at.private,
    };
    let focus = match verb {
        "cancel" if is_unsaved => Some(view::KEEP_ID),
        "save" if !saved => Some(view::NOTE_ID),
        "keep" | "" => Some(view::NOTE_ID),
        _ => None,
    };
    Shown { tree: view::note(&facts), close: closing, focus: focus.map(str::to_owned) }
}

fn requester_name(event: &ScreenAsk, rating: Option<&RatingPart>) -> String {
    let known = rating.and_then(|rating| rating.requester_name.as_deref());
    event
        .about("requester_name")
        .or(known)
        .or(event.about("requester_id"))
        .unwrap_or("a requester")
        .to_owned()
}

fn status(event: &ScreenAsk, at: &Circumstances, unread: Option<String>) -> Option<NoteStatus> {
    match (&at.outcome, unread) {
        (Some(Answer::Refused(refusal)), _) => {
            let text = match refusal.why {
                Why::Private => "Private window: nothing is saved here".to_owned(),
                _ => refusal.say.clone(),
            };
            Some(NoteStatus::Failed(format!("{text}. Your text is still here.")))
        }
        (Some(_), _) => Some(NoteStatus::Saved("Rating saved.".to_owned())),
        (None, Some(why)) => Some(NoteStatus::Failed(format!("{why}."))),
        (None, None) if split(&event.act).0 == "save" => {
            Some(NoteStatus::Failed("Not saved: the note is too long.".to_owned()))
        }
        (None, None) => None,
    }
}
