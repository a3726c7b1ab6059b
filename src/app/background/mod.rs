//! The background engine: asks of pages become steps on the stores, and then answers.
//!
//! Sans-IO: [`answer`] runs over the ports of `storage`, so all of it runs natively on the
//! memory stores. Every ask is one script inside one transaction: look up, decide, write.
//! Nothing is kept between two asks, because the background dies after half a minute of
//! rest. An ask repeated after a lost answer changes nothing the second time.
//!
//! Who may ask what stands in `sender`, the forms of asks and answers in [`wire`], the
//! words for failures in `words`; one file an ask or a pair of them for the rest.

mod adopted;
mod blocks;
mod care;
mod changes;
mod clock;
mod correct;
mod facts;
mod hello;
mod history;
mod memory;
mod rates;
mod reconcile;
mod screen;
mod screens;
mod seen;
mod sender;
mod undo;
pub mod wire;
mod words;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::app::history::care::Care;
use crate::domain::{Settings, Timestamp};
use crate::storage::journal::Journal;
use crate::storage::record::{RecordError, decode_settings};
use crate::storage::{Access, Database, Local, LocalKey, Step, StoreError};
pub use sender::{Own, Place, Sender, SenderWord};
use wire::{Answer, Ask, Refusal, Why};

/// The stores the engine works on.
pub struct Stores<D, L, J> {
    /// Ratings, blocks, undo, head, and the history's index.
    pub database: D,
    /// The history once more.
    pub journal: J,
    /// Settings, the bell and the notices.
    pub local: L,
    /// What goes on over several asks and may be lost.
    pub care: Care,
}

/// One message as it came.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The ask's text.
    pub message: &'a str,
    /// Who sent it.
    pub sender: &'a SenderWord,
    /// Who we are.
    pub own: &'a Own,
    /// When it came.
    pub now: Timestamp,
}

/// A message longer than this is none of ours; a page of 1,000 rows needs a third of it.
const MAX_MESSAGE_BYTES: usize = 1_000_000;

/// What a script ends in.
pub(crate) struct Outcome {
    answer: Answer,
    bell: Option<Bell>,
    settings: Option<String>,
}

impl From<Answer> for Outcome {
    fn from(answer: Answer) -> Self {
        Self { answer, bell: None, settings: None }
    }
}

/// A step of one of our scripts.
type Script = Step<Outcome>;

/// The end of a script that writes nothing.
fn done(answer: impl Into<Answer>) -> Script {
    Step::Done(Vec::new(), answer.into().into())
}

/// What tabs are told through the small store: which requesters changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bell {
    /// The change's number: never the same twice, so that every bell is heard.
    pub n: u64,
    /// Which partition.
    pub site: String,
    /// Whose rows to ask anew.
    pub requesters: Vec<String>,
}

/// How an ask is served.
struct Plan {
    /// `None` where the database is not needed.
    access: Option<Access>,
    script: Script,
    /// What to answer without the database, if that is better than a refusal.
    degraded: Option<wire::Hello>,
}

/// The settings as read, or why they could not be; then the defaults hold.
type SettingsRead = Result<Settings, RecordError>;

/// Whether a message must run under the writer lock. A message that is none of ours need not.
pub fn needs_lock(message: &str) -> bool {
    read_message(message).is_ok_and(|ask| sender::changes(&ask))
}

/// Serves one message. Never fails: what could not be done is a refusal in the worker's words.
///
/// Where the disk is full, the room that was set aside is freed and the ask is served once more.
pub async fn answer<D: Database, L: Local, J: Journal>(
    stores: &Stores<D, L, J>,
    request: Request<'_>,
) -> Answer {
    let first = answered(stores, request).await;
    if !care::is_full(&first) || !care::made_room(stores, request.now).await {
        return first;
    }
    let again = answered(stores, request).await;
    care::tell_of_room(stores, request.now).await;
    again
}

async fn answered<D: Database, L: Local, J: Journal>(
    stores: &Stores<D, L, J>,
    request: Request<'_>,
) -> Answer {
    let checked = match checked(request) {
        Ok((ask, sender)) => {
            let sender = adopted::sender(&stores.database, &ask, sender).await;
            Ok((ask, sender))
        }
        Err(refusal) => Err(refusal),
    };
    match checked {
        Ok((Ask::Care, _)) => care::answer(stores, request.now).await,
        Ok((Ask::Screen(event), sender)) => screen::answer(stores, &event, &sender, request.now).await,
        Ok((Ask::Seen { site, address, seen }, sender)) => {
            let page = seen::Page { site, address, seen };
            seen::answer(stores, page, &sender, request.now).await
        }
        Ok((Ask::Clock { address, events, act }, sender)) => {
            let told = clock::Told { address, events, act };
            clock::page(stores, told, &sender, request.now).await
        }
        Ok((Ask::Browser(told), sender)) => clock::browser(stores, told, &sender, request.now).await,
        Ok((Ask::Reconcile(ask), _)) => reconcile::answer(stores, *ask, request.now).await,
        Ok((ask, sender)) => serve(stores, ask, &sender, request.now).await,
        Err(refusal) => refusal.into(),
    }
}

fn checked(request: Request<'_>) -> Result<(Ask, Sender), Refusal> {
    let sender = Sender::check(request.sender, request.own)
        .ok_or_else(|| Refusal::new(Why::NotAllowed, "This page may not do that"))?;
    let ask = read_message(request.message)?;
    sender.permit(&ask)?;
    Ok((ask, sender))
}

fn read_message(message: &str) -> Result<Ask, Refusal> {
    if message.len() > MAX_MESSAGE_BYTES {
        return Err(words::not_understood("the message is too long"));
    }
    serde_json::from_str(message).map_err(|error| words::not_understood(&error.to_string()))
}

async fn serve<D: Database, L: Local, J>(
    stores: &Stores<D, L, J>,
    ask: Ask,
    sender: &Sender,
    now: Timestamp,
) -> Answer {
    let subject = words::subject(&ask);
    let failed = |error: &StoreError| words::store_failed(error, subject);
    let settings = if wants_settings(&ask) {
        match stores.local.get(LocalKey::Settings).await {
            Ok(text) => decode_settings(text.as_deref()),
            Err(error) => return failed(&error).into(),
        }
    } else {
        Ok(Settings::default())
    };
    let plan = match plan(ask, sender, now, settings) {
        Ok(plan) => plan,
        Err(refusal) => return refusal.into(),
    };
    let outcome = match (plan.access, plan.script) {
        (None, Step::Done(_, outcome)) => Ok(outcome),
        (access, script) => stores.database.transact(access.unwrap_or(Access::Read), script).await,
    };
    match (outcome, plan.degraded) {
        (Ok(outcome), _) => {
            finish(&stores.local, outcome).await.unwrap_or_else(|error| failed(&error).into())
        }
        (Err(error), Some(hello)) => {
            Answer::Hello(wire::Hello { problem: Some(failed(&error).say), ..hello })
        }
        (Err(error), None) => failed(&error).into(),
    }
}

/// The part of an outcome that lies in the small store. A bell that cannot be rung takes nothing
/// back: tabs ask anew when they are shown.
async fn finish<L: Local>(local: &L, outcome: Outcome) -> Result<Answer, StoreError> {
    if let Some(json) = outcome.settings {
        local.set(LocalKey::Settings, json).await?;
    }
    if let Some(json) = outcome.bell.and_then(|bell| serde_json::to_string(&bell).ok()) {
        let _unheard = local.set(LocalKey::Bell, json).await;
    }
    Ok(outcome.answer)
}

fn wants_settings(ask: &Ask) -> bool {
    matches!(ask, Ask::Hello { .. } | Ask::SettingsGet | Ask::SettingsSet { .. } | Ask::SwitchSite { .. })
}

fn plan(ask: Ask, sender: &Sender, now: Timestamp, settings: SettingsRead) -> Result<Plan, Refusal> {
    let access = if sender::changes(&ask) { Access::Write } else { Access::Read };
    let script = match ask {
        Ask::Hello { site } => return hello::plan(&site, sender.private, settings),
        Ask::SettingsGet => return screens::settings_get(settings),
        Ask::SettingsSet { patch } => return screens::settings_set(patch, settings),
        Ask::SwitchSite { site, on } => return screens::switch_site(site, on, settings),
        // Served before any plan is made.
        Ask::Seen { .. } | Ask::Clock { .. } | Ask::Browser(_) | Ask::Care | Ask::Reconcile(_) => {
            return Err(words::not_understood("a longer work inside a plan"));
        }
        Ask::OpenNote { site, requester_id, .. } => return screens::open_note(&site, &requester_id),
        Ask::Facts { site, rows } => facts::script(&site, sender.account.as_deref(), &rows)?,
        Ask::Rate { site, requester_id, requester_name, patch, task } => {
            rates::rate(&site, rates::Order { requester_id, requester_name, patch, task }, now)?
        }
        Ask::Unrate { site, requester_id } => rates::unrate(&site, &requester_id)?,
        Ask::Undo { site, token } => undo::script(&site, &token)?,
        Ask::Block { site, requester_id, requester_name, title_key, title, reason } => {
            let order = blocks::Order { requester_id, requester_name, title_key, title, reason };
            blocks::block(&site, order, now)?
        }
        Ask::Unblock { site, requester_id, title_key } => {
            blocks::unblock(&site, &requester_id, title_key.as_deref())?
        }
        Ask::Blocks { site, after, limit } => blocks::list(&site, after, limit)?,
        Ask::RatingGet { site, requester_id } => screens::rating_get(&site, &requester_id)?,
        Ask::StoredSummary => screens::stored_summary(),
        // Served before any plan is made.
        Ask::Screen(_) => return Err(words::not_understood("a screen inside a screen")),
    };
    Ok(Plan { access: Some(access), script, degraded: None })
}
