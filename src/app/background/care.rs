//! Looking after the stores, and telling the worker: one file for the ask, the messages and their screens.

use super::wire::{Answer, ScreenAsk, ScreenName, Why};
use super::{Sender, Stores, words};
use crate::app::history::{RULES, care};
use crate::app::screens::CareRead;
use crate::domain::Timestamp;
use crate::storage::journal::Journal;
use crate::storage::record::{Notices, RecordError, decode_notices, encode_notices};
use crate::storage::{Database, Local, LocalKey};

/// What is said when the room that was set aside had to be used.
const USED_RESERVE: &str = "The disk is full. Wagelight freed the 4 MB that it keeps in reserve, so that nothing of your work \
     is lost; make room on the disk soon";

/// What holds while a newer version's database is open.
const NEWER: &str = "Your records were saved by a newer Wagelight. They can be read, and nothing is saved until you update \
     this one";

/// Serves a wake-up.
pub(super) async fn answer<D: Database, L: Local, J: Journal>(
    stores: &Stores<D, L, J>,
    now: Timestamp,
) -> Answer {
    match care::care((&stores.database, &stores.journal), &stores.care, now).await {
        Ok(cared) => {
            tell(stores, &cared.told, now).await;
            Answer::Saved { undo: None }
        }
        Err(failure) => Answer::Unsaved { why: words::why(&failure), say: words::unsaved(&failure) },
    }
}

/// Whether a thing was not done for want of room.
pub(super) fn is_full(answer: &Answer) -> bool {
    match answer {
        Answer::Refused(refusal) => refusal.why == Why::DiskFull,
        Answer::Unsaved { why, .. } => *why == Why::DiskFull,
        _ => false,
    }
}

/// Frees what was set aside; whether there is room now. It is set aside again by a later wake-up.
pub(super) async fn made_room<D, L: Local, J: Journal>(stores: &Stores<D, L, J>, now: Timestamp) -> bool {
    let is_freed = stores.journal.free_reserve().await.unwrap_or(false);
    if is_freed {
        tell_of_room(stores, now).await;
    }
    is_freed
}

/// Said before and after what needed the room: Firefox refuses the first write after one that found the disk full,
/// and better this one than the worker's.
pub(super) async fn tell_of_room<D, L: Local, J>(stores: &Stores<D, L, J>, now: Timestamp) {
    tell(stores, &[USED_RESERVE.to_owned()], now).await;
}

/// Keeps messages for the worker, with those that could not be kept before. What cannot be kept takes nothing back: it
/// is shown as long as this background lives, and kept as soon as that can be done.
pub(super) async fn tell<D, L: Local, J>(stores: &Stores<D, L, J>, texts: &[String], now: Timestamp) {
    let mut waiting = stores.care.untold();
    for text in texts {
        if !waiting.contains(text) {
            waiting.push(text.clone());
        }
    }
    if !waiting.is_empty() && is_told(&stores.local, &waiting, now).await {
        waiting.clear();
    }
    stores.care.set_untold(waiting);
}

/// Whether there is nothing left to tell.
async fn is_told<L: Local>(local: &L, texts: &[String], now: Timestamp) -> bool {
    let mut notices = match notices(local).await {
        Ok(notices) => notices,
        Err(why) => return why == Why::Newer,
    };
    let mut is_new = false;
    for text in texts {
        is_new |= notices.tell(text, now);
    }
    !is_new || local.set(LocalKey::Notices, encode_notices(&notices)).await.is_ok()
}

/// The messages there are; damaged ones begin anew, those of a newer version are left as they are.
async fn notices<L: Local>(local: &L) -> Result<Notices, Why> {
    let text = local.get(LocalKey::Notices).await.map_err(|_| Why::Unavailable)?;
    match decode_notices(text.as_deref()) {
        Err(RecordError::Damaged(_)) => Ok(Notices::default()),
        Err(RecordError::Newer { .. }) => Err(Why::Newer),
        Ok(notices) => Ok(notices),
    }
}

/// Does what the two screens ask for, and reads what they show.
pub(super) async fn read<D: Database, L: Local, J: Journal>(
    stores: &Stores<D, L, J>,
    event: &ScreenAsk,
    sender: &Sender,
    now: Timestamp,
) -> CareRead {
    let mut read = CareRead { zone: Some(RULES.zone), ..CareRead::default() };
    match stores.database.is_newer().await {
        Ok(true) => read.standing.push(NEWER.to_owned()),
        Ok(false) => {}
        Err(error) => read.standing.push(words::store_failed(&error, "what you do").say),
    }
    let mut notices = notices(&stores.local).await.unwrap_or_default();
    for text in stores.care.untold() {
        notices.tell(&text, now);
    }
    if sender.private {
        return CareRead { notices, ..read };
    }
    match (event.screen, event.act.as_str()) {
        (ScreenName::Notices, "put_away") => {
            notices.put_away();
            // Where it fails they are shown again.
            if stores.local.set(LocalKey::Notices, encode_notices(&notices)).await.is_ok() {
                stores.care.set_untold(Vec::new());
            }
        }
        (ScreenName::Storage, "stop") => stores.care.stop(),
        // An open page finishes a repair: it asks for one step after the other.
        (ScreenName::Storage, "") => {
            read.progress =
                care::outlook((&stores.database, &stores.journal), &stores.care).await.unwrap_or_default();
        }
        (ScreenName::Storage, act @ ("check" | "go_on")) => {
            if act == "check" {
                stores.care.begin_check();
            }
            match care::care((&stores.database, &stores.journal), &stores.care, now).await {
                Ok(cared) => {
                    tell(stores, &cared.told, now).await;
                    read.progress = cared.progress;
                    read.checked = cared.checked;
                }
                Err(failure) => {
                    read.standing.push(format!("The check stopped: {}", words::unsaved(&failure)));
                }
            }
        }
        _ => {}
    }
    CareRead { notices, ..read }
}
