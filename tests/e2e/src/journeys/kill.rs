//! The browser is ended with SIGKILL while records are written: what was acknowledged is there, whole, and counted.

use crate::browser::{Beside, Browser, Install, Setup, Subject, Window};
use crate::changes::{Change, Lots, Worker};
use crate::journey::{Journey, Matrix};
use crate::stored::{History, Stored, stored};
use crate::world::World;
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::time::Duration;
use wagelight::storage::StoreName;
use wagelight::storage::journal::Verdict;

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: "nothing_acknowledged_is_lost_when_the_browser_is_killed",
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix: Matrix::Once,
        run: |world| Box::pin(killed(world)),
    }]
}

/// How often each browser is killed; the environment variable `WAGELIGHT_KILLS` names another number.
const KILLS: usize = 30;

/// A kill comes at most so long after the first acknowledgement.
const LATEST_MS: u64 = 1_000;

/// What the test itself has written down: nothing in the browser is asked for it.
#[derive(Default, Clone)]
pub(super) struct Notes {
    /// The history of all that was acknowledged.
    pub(super) history: History,
    /// Told, and not acknowledged before the kill: it may be there or not, but never half.
    open: Option<Change>,
    acknowledged: usize,
    /// What lay in the database when the last change had only reached the journal; until one more is acknowledged.
    behind: Option<History>,
}

impl Notes {
    /// What was told and not acknowledged; from now on nothing is.
    pub(super) fn open(&mut self) -> Option<Change> {
        self.open.take()
    }
}

/// How the kills went, to be printed: a test whose kills never hit anything would prove nothing.
#[derive(Debug, Default)]
struct Tally {
    kills: usize,
    acknowledged: usize,
    /// The change under way had reached neither store, both, or the journal alone.
    in_neither: usize,
    in_both: usize,
    in_journal_alone: usize,
    /// What had been closed at the end: files of the journal, blocks of the database.
    files: usize,
    days_closed: usize,
}

async fn killed(world: &mut World) -> Result<()> {
    let kind = world.browser.kind();
    let mut browser = Browser::start(kind, alone(world.market.port())).await?;
    // Firefox notes what is installed only later, or when it ends.
    browser.restart().await?;
    let mut worker = Worker::new(Lots::new(&format!("killed at random, {kind}")));
    let (mut notes, mut tally) = (Notes::default(), Tally::default());
    let kills = std::env::var("WAGELIGHT_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    for round in 0..kills {
        let lots = worker.lots();
        let delay = Duration::from_millis(lots.under(LATEST_MS));
        let closes = lots.under(4) == 0;
        open_page(&browser).await?;
        if closes {
            let_close(&browser).await?;
        }
        // One in eight is killed before anything is acknowledged, when the background has just begun.
        let is_early = worker.lots().under(8) == 0;
        let ended = write_until(&browser, (&mut worker, &mut notes), (is_early, delay)).await;
        browser.kill().await?;
        ended.with_context(|| format!("round {round}"))?;
        browser.reopen().await?;
        open_page(&browser).await?;
        let found = stored(&browser).await?;
        tally.kills += 1;
        judge(&found, &mut notes, &mut tally).await.with_context(|| format!("after kill {round}"))?;
        if round % 5 == 4 {
            alone_the_same(found, &notes).await.with_context(|| format!("after kill {round}"))?;
        }
    }
    tally.acknowledged = notes.acknowledged;
    println!("{kind}: {tally:?}");
    ensure!(tally.acknowledged >= kills, "hardly anything was written: {tally:?}");
    ensure!(tally.files > 0 && tally.days_closed > 0, "nothing was closed: {tally:?}");
    open_page(&browser).await?;
    // And the extension itself goes on from there.
    tell(&browser, &mut worker, &mut notes).await?;
    let found = stored(&browser).await?;
    judge(&found, &mut notes, &mut tally).await?;
    alone_the_same(found, &notes).await?;
    browser.close().await
}

/// A browser with nothing but the extension.
pub(super) fn alone(market_port: u16) -> Setup {
    Setup {
        market_port,
        subject: Subject::Wagelight,
        install: Install::Permanent,
        beside: Beside::Nothing,
        window: Window::Hidden,
    }
}

pub(super) async fn open_page(browser: &Browser) -> Result<()> {
    browser.goto(&browser.extension_url("pages/history.html")).await
}

/// Tells changes one after the other, and notes each that is acknowledged, until the time is over.
async fn write_until(
    browser: &Browser,
    (worker, notes): (&mut Worker, &mut Notes),
    (is_early, delay): (bool, Duration),
) -> Result<()> {
    if !is_early {
        tell(browser, worker, notes).await?;
    }
    let writing = async {
        loop {
            if let Err(error) = tell(browser, worker, notes).await {
                break error;
            }
        }
    };
    match tokio::time::timeout(delay, writing).await {
        Err(_time_is_over) => Ok(()),
        Ok(error) => Err(error),
    }
}

/// Runs in a page of the extension: sends an ask and answers what comes back.
pub(super) const ASK: &str = "const [ask, done] = arguments;
    chrome.runtime.sendMessage({ t: 'ask', ask }).then(done, (error) => done(String(error)));";

pub(super) async fn tell(browser: &Browser, worker: &mut Worker, notes: &mut Notes) -> Result<()> {
    let change = worker.next();
    let asked = vec![change.ask.clone()];
    notes.open = Some(change.clone());
    let answer = browser.execute_async(ASK, asked).await?;
    ensure!(answer.get("is").and_then(Value::as_str) == Some("saved"), "not saved: {answer}");
    (notes.open, notes.behind) = (None, None);
    change.add_to(&mut notes.history)?;
    notes.acknowledged += 1;
    Ok(())
}

/// Lets the next change close the days that are over, as the first of a day does.
pub(super) async fn let_close(browser: &Browser) -> Result<()> {
    let script = "const done = arguments[0];
        (async () => {
            if (!(await indexedDB.databases()).some(({ name }) => name === 'wagelight')) return 'no database';
            const settled = (request) => new Promise((yes, no) => {
                request.onsuccess = () => yes(request.result);
                request.onerror = () => no(request.error);
            });
            const db = await settled(indexedDB.open('wagelight'));
            const change = db.transaction('meta', 'readwrite', { durability: 'strict' });
            const places = JSON.parse(await settled(change.objectStore('meta').get(['history places'])) ?? '{}');
            if (places.closed_on) places.closed_on -= 1;
            if (places.v) change.objectStore('meta').put(JSON.stringify(places), ['history places']);
            await new Promise((yes) => (change.oncomplete = yes));
            db.close();
            return places.closed_on ? null : 'nothing was kept yet';
        })().then(done, (error) => done('failed: ' + error));";
    let said = browser.execute_async(script, vec![]).await?;
    ensure!(!said.as_str().unwrap_or_default().starts_with("failed"), "{said}");
    Ok(())
}

/// What lies in the stores after a kill must be what was acknowledged, with or without the one change under way.
async fn judge(found: &Stored, notes: &mut Notes, tally: &mut Tally) -> Result<()> {
    if notes.acknowledged == 0 && found.database.values().is_empty() {
        // Killed before the database was made: what was told is nowhere, or only in the journal.
        ensure!(found.lines().await?.len() <= 1, "lines without a database");
    }
    tally.files = found.files().await?;
    tally.days_closed =
        found.database.values().iter().filter(|(store, ..)| *store == StoreName::Days).count();
    found.ensure_journal_is_whole().await?;
    let standing = found.standing().await?;
    let lying = found.counted().await.context("as it lies there")?;
    let without = notes.history.clone();
    let mut with = without.clone();
    if let Some(open) = notes.open.take() {
        open.add_to(&mut with)?;
    }
    let is_in_database = lying == with;
    let is_behind = notes.behind.as_ref() == Some(&lying);
    ensure!(
        is_in_database || is_behind || lying == without,
        "as it lies there, {standing}, after {} changes: {:?}",
        notes.acknowledged,
        lying.differences(&without)
    );
    let verdict = found.catch_up().await?;
    ensure!(matches!(verdict, Verdict::Same | Verdict::ReplayFrom(_)), "{verdict:?}");
    let after = found.counted().await.context("once the journal is replayed")?;
    notes.history = match () {
        () if after == with => with,
        () if after == without && !is_in_database => without,
        () => bail!("replayed: {:?}", after.differences(&without)),
    };
    match (is_in_database, after == notes.history && lying != after) {
        (true, _) => tally.in_both += 1,
        (false, true) => tally.in_journal_alone += 1,
        (false, false) => tally.in_neither += 1,
    }
    notes.behind = (lying != after).then_some(lying);
    Ok(())
}

/// The journal alone tells the same history.
async fn alone_the_same(found: Stored, notes: &Notes) -> Result<()> {
    let (history, problems) = found.replayed_alone().await?;
    let differences = history.differences(&notes.history);
    ensure!(
        differences.is_empty() && problems.is_empty(),
        "the journal alone tells: {differences:?} {problems:?}"
    );
    Ok(())
}
