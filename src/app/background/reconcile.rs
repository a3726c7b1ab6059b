//! A check of the history against the site, one step an ask: read where it stands, do one thing, write it down.
//!
//! Under the writer lock, as every ask that changes something.

use super::seen::{refusal, ring};
use super::wire::{Answer, AnswerPart, NextPart, ReconcileAct, ReconcileAsk, Refusal, TabPart};
use super::words;
use super::{Stores, history};
use crate::app::history::keep::places;
use crate::app::history::partition;
use crate::app::history::reconciled::{Whose, close_days, counts, keep_batch, keep_survey};
use crate::app::reconcile::{
    self, AccountTag, Arrival, Choice, Extent, Next, OpenTab, Pages, Response, Session, Stop, choose,
};
use crate::domain::{Partition, Timestamp};
use crate::sites;
use crate::sites::answer::Body;
use crate::storage::journal::{Change, Failure, Journal, Line, Seen};
use crate::storage::record::Places;
use crate::storage::{Access, Database, Found, Key, Local, Part, Read, Step, StoreName, Write};

/// What is not saved where a store refuses.
const WHAT: &str = "what was read from the site";
/// No step is followed by more than these without an answer of the site.
const MAX_STEPS: usize = 8;
/// Pages of a day at most.
const MAX_PAGES: u32 = 1_000;
/// The first part of the keys of the pages of a half-read day.
const PAGE: &str = "reconcile page";
/// However long the site asks to wait, the page looks so often whether the worker has closed its tab.
const LONGEST_WAIT_MS: i64 = 5_000;

fn key() -> Key {
    Key::texts(&["reconcile"])
}

/// Where it stands, as it was read; the text tells whether it has changed.
struct Open {
    session: Option<Session>,
    text: Option<String>,
}

/// Serves a step.
pub(super) async fn answer<D: Database, L: Local, J: Journal>(
    stores: &Stores<D, L, J>,
    ask: ReconcileAsk,
    now: Timestamp,
) -> Answer {
    match step(stores, ask, now).await {
        Ok(next) => Answer::Reconcile(next),
        Err(refused) => refused.into(),
    }
}

async fn step<D: Database, L: Local, J: Journal>(
    stores: &Stores<D, L, J>,
    ask: ReconcileAsk,
    now: Timestamp,
) -> Result<NextPart, Refusal> {
    let Open { session, text } = open(&stores.database).await?;
    let tabs: Vec<OpenTab> = ask.tabs.iter().map(OpenTab::from).collect();
    let known = known_places(&stores.database).await?;
    let anew = match (ask.act, &session) {
        (ReconcileAct::Check, _) | (ReconcileAct::On, None) => true,
        (ReconcileAct::On, Some(session)) => session.account().0.is_empty(),
        (ReconcileAct::Recent | ReconcileAct::All, Some(session)) => session.has_stale_offer(now),
        _ => false,
    };
    let begun = if anew { begin(&known, ask.account, (&tabs, session.as_ref())) } else { session };
    let Some(mut session) = begun else { return Ok(NextPart::Rest) };
    match ask.act {
        ReconcileAct::Recent => session.read(Extent::Recent, now),
        ReconcileAct::All => session.read(Extent::All, now),
        ReconcileAct::On => session.go_on(now),
        ReconcileAct::Cancel => session.cancel(),
        ReconcileAct::Check | ReconcileAct::Step => {}
    }
    if let Some(answer) = ask.answer {
        session.answered(answer_of(answer, now), now);
    }
    // A press only says what is wanted: the page that goes on asks for the first step by itself, so that of two pages
    // one sends each request.
    let next = if ask.act == ReconcileAct::Step {
        let choice = choice(&known, &session, &tabs);
        go(stores, (&mut session, &choice), now).await?
    } else {
        NextPart::Wait { until_ms: now.0 }
    };
    save(&stores.database, &session, text.as_deref()).await?;
    Ok(next)
}

async fn known_places<D: Database>(database: &D) -> Result<Places, Refusal> {
    let known = places(database).await.map_err(|error| words::store_failed(&error, WHAT))?;
    known.map_err(|fault| words::record_failed(&fault.error, &fault.place.say()))
}

/// A new check of the account that the page shows; where there is no history yet, of the one that is signed in.
fn begin(
    known: &Places,
    shown: Option<usize>,
    (tabs, former): (&[OpenTab], Option<&Session>),
) -> Option<Session> {
    let of = |partition: &Partition| {
        let (site, tag) = partition.0.split_once('~')?;
        let host = sites::hosts().into_iter().find(|host| host.partition == site)?;
        (!tag.is_empty()).then(|| (host.host, AccountTag(tag.to_owned())))
    };
    let shown = history::chosen(known, shown).and_then(|at| known.accounts.get(at));
    let (host, account) = shown.and_then(|account| of(&account.partition)).unwrap_or_else(|| {
        let hosts = sites::hosts();
        let nobody = AccountTag(String::new());
        let signed_in = hosts.iter().find_map(|host| {
            let signed_in = choose(tabs, &host.host, &nobody).signed_in?;
            Some((host.host.clone(), signed_in))
        });
        signed_in
            .unwrap_or_else(|| (hosts.into_iter().next().map_or(String::new(), |host| host.host), nobody))
    });
    Session::begin(host, account, former)
}

/// What the open tabs mean. A page of another account that was opened since, and left again, counts too.
fn choice(known: &Places, session: &Session, tabs: &[OpenTab]) -> Choice {
    let mut choice = choose(tabs, session.host(), session.account());
    let Some(whose) = whose_partition(session) else { return choice };
    let site = whose.0.split('~').next().unwrap_or_default().to_owned();
    let came = tabs.iter().filter(|tab| Some(tab.tab) == choice.tab).find_map(|tab| tab.came_at);
    let since = |last: Timestamp| came.is_some_and(|came| last > came);
    let other = known.accounts.iter().find_map(|account| {
        let (of, tag) = account.partition.0.split_once('~')?;
        (of == site && account.partition != whose && since(account.last)).then(|| tag.to_owned())
    });
    if let Some(tag) = other.filter(|tag| !tag.is_empty()) {
        choice.signed_in = Some(AccountTag(tag));
    }
    choice
}

fn whose_partition(session: &Session) -> Option<Partition> {
    let host = sites::hosts().into_iter().find(|host| host.host == session.host())?;
    Some(partition(&Partition(host.partition), Some(&session.account().0)))
}

/// Does what needs no answer of the site, up to what the page has to do.
async fn go<D: Database, L: Local, J: Journal>(
    stores: &Stores<D, L, J>,
    (session, choice): (&mut Session, &Choice),
    now: Timestamp,
) -> Result<NextPart, Refusal> {
    let Some(partition) = whose_partition(session) else { return Ok(NextPart::Rest) };
    let site = Partition(partition.0.split('~').next().unwrap_or_default().to_owned());
    let whose = Whose { partition, now };
    let both = (&stores.database, &stores.journal);
    for _ in 0..MAX_STEPS {
        match session.next(choice, now) {
            Next::Fetch { tab, request } => {
                let page = sites::page_of_kind(session.host(), request.kind);
                let Some(page) = page.map(|page| page.spec.whole) else { break };
                return Ok(NextPart::Fetch { tab, number: request.number, path: request.path, page });
            }
            Next::Wait { until } => {
                let longest = now.0.saturating_add(LONGEST_WAIT_MS);
                return Ok(NextPart::Wait { until_ms: until.0.min(longest) });
            }
            Next::Plan(surveyed) => {
                let kept = keep_survey(both, &whose, &surveyed).await.map_err(|why| refused(&why))?;
                ring(&stores.local, &site, &kept).await;
                let local = counts(&stores.database, &whose).await.map_err(|why| refused(&why))?;
                session.offer(&surveyed, &local);
            }
            Next::Take(batch) => {
                let kept = keep_batch(both, &whose, &batch).await.map_err(|why| refused(&why))?;
                ring(&stores.local, &site, &kept.kept).await;
                session.stored(&batch, kept.tasks_changed);
            }
            Next::Rest => {
                if session.is_over() {
                    close_days(both, &whose).await;
                }
                return Ok(NextPart::Rest);
            }
        }
    }
    session.stop(Stop::NotUnderstood);
    Ok(NextPart::Rest)
}

fn refused(failure: &Failure) -> Refusal {
    refusal(failure, WHAT)
}

/// Reads where it stands, with the pages of a half-read day. What cannot be read is nothing: it is only begun anew.
async fn open<D: Database>(database: &D) -> Result<Open, Refusal> {
    let pages = Read::List { store: StoreName::Meta, first: PAGE.to_owned(), after: None, limit: MAX_PAGES };
    let script = Step::read(vec![Read::Get(StoreName::Meta, key()), pages], |found| {
        let mut found = found.into_iter();
        let text = found.next().and_then(Found::into_text);
        let pages: Pages =
            found.next().map_or(Vec::new(), Found::into_many).into_iter().filter_map(page).collect();
        let session = text.as_deref().and_then(|text| Session::read_text(text, pages));
        Step::Done(Vec::new(), Open { session, text })
    });
    database.transact(Access::Read, script).await.map_err(|error| words::store_failed(&error, WHAT))
}

/// Where it stands, for the screen; `None` where there is nothing.
pub(super) async fn standing<D: Database>(database: &D) -> Option<Session> {
    open(database).await.ok()?.session
}

fn page(
    (key, value): (Key, crate::storage::Value),
) -> Option<(u64, Vec<crate::domain::history::Observation>)> {
    let Some(Part::Number(number)) = key.0.get(1) else { return None };
    let line = Line::decode(&value.into_text()?).ok()?;
    let tasks = line.change.seen.into_iter().filter_map(|seen| match seen {
        Seen::Task(observation) => Some(observation),
        Seen::Bonus(_) => None,
    });
    Some((*number, tasks.collect()))
}

async fn save<D: Database>(database: &D, session: &Session, before: Option<&str>) -> Result<(), Refusal> {
    let text = session.to_text();
    if before == Some(text.as_str()) {
        return Ok(());
    }
    let mut writes = vec![Write::put(StoreName::Meta, key(), text)];
    match session.half_read() {
        None => writes.push(Write::DeleteAll(StoreName::Meta, PAGE.to_owned())),
        // What was read before this step lies there already.
        Some((_, [])) => {}
        Some((number, rows)) => {
            let seen = rows.iter().cloned().map(Seen::Task).collect();
            let change = Change { partition: Partition(String::new()), seen };
            let key = Key(vec![Part::Text(PAGE.to_owned()), Part::Number(number.into())]);
            writes.push(Write::put(StoreName::Meta, key, change.to_line(number.into())));
        }
    }
    let script = Step::Done(writes, ());
    database.transact(Access::Write, script).await.map_err(|error| words::store_failed(&error, WHAT))
}

impl From<&TabPart> for OpenTab {
    fn from(part: &TabPart) -> Self {
        Self {
            tab: part.tab,
            address: part.address.clone(),
            account: part.account.clone().map(AccountTag),
            came_at: part.came_ms.map(Timestamp),
        }
    }
}

fn answer_of(part: AnswerPart, now: Timestamp) -> reconcile::Answer {
    let AnswerPart { number, account, status, url, redirected, retry_after, body } = part;
    let arrival = status.map_or(Arrival::Lost, |status| {
        let retry_after_secs = retry_after.and_then(|header| reconcile::retry_after_secs(&header, now));
        let body = Body::from_json(body);
        Arrival::Response(Response { status, url, redirected, retry_after_secs, body })
    });
    reconcile::Answer { number, account: account.map(AccountTag), arrival }
}
