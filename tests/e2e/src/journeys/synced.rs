//! A kill alone proves no durability, since the system keeps what a dead process wrote. So the system calls are
//! watched: before a change is acknowledged, the database's files are made safe on the disk.

use super::kill::{alone, open_page};
use crate::browser::{Browser, Install, Kind, Subject};
use crate::changes::{Lots, Worker};
use crate::journey::{Journey, Matrix};
use crate::process;
use crate::wait;
use crate::world::World;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: "every_acknowledged_change_is_synced_to_the_disk",
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix: Matrix::Once,
        run: |world| Box::pin(synced(world)),
    }]
}

/// How many changes are watched.
const CHANGES: usize = 30;

/// Clocks of pages are rounded to a millisecond, and begin with one.
const ROUNDED_MS: f64 = 1.5;

async fn synced(world: &mut World) -> Result<()> {
    let kind = world.browser.kind();
    let mut browser = Browser::start(kind, alone(world.market.port())).await?;
    browser.restart().await?;
    let mut worker = Worker::new(Lots::new(&format!("synced, {kind}")));
    open_page(&browser).await?;
    // The first change makes the database; what that syncs proves nothing.
    ask(&browser, &worker.next().ask).await?;
    let log = world.folder()?.join("strace.txt");
    let watch = Watch::start(browser.process(), &log).await?;
    let mut lacking = Vec::new();
    let mut spans = Vec::new();
    for _ in 0..CHANGES {
        spans.push(ask(&browser, &worker.next().ask).await?);
    }
    // What is known to sync nothing: if syncs were seen there too, the test could not fail.
    let relaxed = browser.execute_async(RELAXED, vec![json!(CHANGES)]).await?;
    let relaxed: Vec<Span> = serde_json::from_value(relaxed.clone()).with_context(|| relaxed.to_string())?;
    watch.stop().await?;
    let log_text = std::fs::read_to_string(&log)?;
    let (own, any) = match kind {
        // One folder for all databases of an extension.
        Kind::Chromium => ("/IndexedDB/", "/IndexedDB/"),
        // A file each; the name is written from both ends.
        Kind::Firefox => ("wtahggeil.sqlite", "/idb/"),
    };
    let (syncs, of_any) = (syncs(&log_text, own), self::syncs(&log_text, any));
    for (number, span) in spans.iter().enumerate() {
        if !syncs.iter().any(|at| span.holds(*at)) {
            lacking.push(number);
        }
    }
    let unsynced = relaxed.iter().filter(|span| !of_any.iter().any(|at| span.holds(*at))).count();
    println!(
        "{kind}: {} syncs of the database for {CHANGES} changes; none in {unsynced} of {CHANGES} relaxed ones",
        syncs.len()
    );
    ensure!(
        lacking.is_empty(),
        "changes {lacking:?} were acknowledged before the disk had them: {}",
        log.display()
    );
    ensure!(unsynced > CHANGES / 2, "relaxed changes seem to sync as well: the test proves nothing");
    std::fs::remove_file(&log)?;
    browser.close().await
}

/// From when to when a page waited, in milliseconds since 1970.
#[derive(Debug, serde::Deserialize)]
struct Span(f64, f64);

impl Span {
    fn holds(&self, at_ms: f64) -> bool {
        self.0 - ROUNDED_MS <= at_ms && at_ms <= self.1 + ROUNDED_MS
    }
}

/// As many changes with relaxed durability, in a database of their own.
const RELAXED: &str = "
    const [count, done] = arguments;
    const settled = (request) => new Promise((yes, no) => {
        request.onsuccess = () => yes(request.result);
        request.onerror = () => no(request.error);
    });
    const now = () => performance.timeOrigin + performance.now();
    (async () => {
        const open = indexedDB.open('relaxed', 1);
        open.onupgradeneeded = () => open.result.createObjectStore('all');
        const db = await settled(open);
        const spans = [];
        for (let at = 0; at < count; at += 1) {
            const began = now();
            const change = db.transaction('all', 'readwrite', { durability: 'relaxed' });
            change.objectStore('all').put('x'.repeat(500), at);
            await new Promise((yes) => (change.oncomplete = yes));
            spans.push([began, now()]);
        }
        db.close();
        return spans;
    })().then(done, (error) => done(String(error)));";

async fn ask(browser: &Browser, ask: &Value) -> Result<Span> {
    let script = "const [ask, done] = arguments;
        const now = () => performance.timeOrigin + performance.now();
        const begun = now();
        const end = (answer) => done({ answer, span: [begun, now()] });
        chrome.runtime.sendMessage({ t: 'ask', ask }).then(end, (error) => end(String(error)));";
    let told = browser.execute_async(script, vec![ask.clone()]).await?;
    ensure!(told.pointer("/answer/is").and_then(Value::as_str) == Some("saved"), "not saved: {told}");
    Ok(serde_json::from_value(told.get("span").cloned().unwrap_or_default())?)
}

/// strace on all processes of a browser.
struct Watch {
    strace: Child,
}

impl Watch {
    async fn start(browser: u32, log: &Path) -> Result<Self> {
        let mut command = Command::new("strace");
        command.args(["-f", "-ttt", "-T", "-y", "-e", "trace=fsync,fdatasync,sync_file_range,msync", "-o"]);
        command.arg(log);
        let family = process::family(browser);
        for member in &family {
            command.args(["-p", &member.to_string()]);
        }
        let said = log.with_extension("said.txt");
        let strace = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(&said)?)
            .spawn()
            .context("strace is missing: install it (Debian: strace)")?;
        let watch = Self { strace };
        wait::until("strace to hold the browser (is ptrace forbidden here?)", async || {
            let is_traced = |process: &u32| {
                let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
                !process::is_running(*process) || !status.contains("TracerPid:\t0\n")
            };
            Ok(family.iter().all(is_traced).then_some(()))
        })
        .await?;
        Ok(watch)
    }

    /// Lets go of the browser; the log is whole then.
    async fn stop(mut self) -> Result<()> {
        let strace = self.strace.id();
        process::interrupt(strace);
        wait::until("strace to end", async || Ok(self.strace.try_wait()?)).await?;
        Ok(())
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if matches!(self.strace.try_wait(), Ok(None)) {
            process::kill_now(self.strace.id());
        }
    }
}

/// When syncs of files with `place` in their path ended, in milliseconds since 1970.
///
/// A line: `1234 1795000000.123456 fdatasync(57</profile/…/IndexedDB/…/000003.log>) = 0 <0.001234>`; where others came
/// between, its second half is `… <... fdatasync resumed>) = 0 <0.001234>`, which says no name: the first half does.
fn syncs(log: &str, place: &str) -> Vec<f64> {
    let mut waiting: Vec<&str> = Vec::new();
    let mut ends = Vec::new();
    for line in log.lines() {
        let mut words = line.split_whitespace();
        let (Some(thread), Some(at)) = (words.next(), words.next().and_then(|at| at.parse::<f64>().ok()))
        else {
            continue;
        };
        let is_done = line.contains("= 0 <");
        let took = line.rsplit_once('<').and_then(|(_, rest)| rest.strip_suffix('>')?.parse::<f64>().ok());
        if line.contains("unfinished") {
            if line.contains(place) {
                waiting.push(thread);
            }
        } else if line.contains("resumed") {
            let was = waiting.len();
            waiting.retain(|other| *other != thread);
            if is_done && waiting.len() < was {
                ends.push(at * 1_000.0);
            }
        } else if is_done && line.contains(place) {
            ends.push((at + took.unwrap_or(0.0)) * 1_000.0);
        }
    }
    ends
}
