//! Asks of the core, each with the time it took.

use super::invented::{Sample, Search};
use crate::bench::scene::Scene;
use crate::browser::MEASURING_PAGE;
use crate::wait;
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The page from which is asked.
pub(super) struct Asking<'a> {
    scene: &'a Scene,
}

#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    failed: Option<String>,
    #[serde(default)]
    ms: f64,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    bytes: BTreeMap<String, f64>,
}

impl<'a> Asking<'a> {
    /// Opens the page.
    pub(super) async fn begin(scene: &'a Scene) -> Result<Self> {
        let browser = &scene.browser;
        browser.only_one_tab().await?;
        browser.goto(&browser.extension_url(MEASURING_PAGE)).await?;
        wait::until("the measuring page", async || {
            let ready = browser.execute("return document.body.dataset.ready ?? null", vec![]).await?;
            Ok(ready.is_string().then_some(()))
        })
        .await?;
        let asking = Self { scene };
        // The core is there, and idle, from now on.
        asking.ask(&json!({ "ask": "settings_get" }), &json!({})).await?;
        Ok(asking)
    }

    /// Bytes of all that is stored, by store, as they were handed to the browser.
    pub(super) async fn sizes(&self) -> Result<BTreeMap<String, f64>> {
        Ok(self.put(json!({})).await?.bytes)
    }

    async fn ask(&self, ask: &Value, from: &Value) -> Result<Told> {
        self.put(json!({ "ask": ask, "from": from })).await
    }

    async fn put(&self, asked: Value) -> Result<Told> {
        let told = self.scene.browser.execute_async(include_str!("ask.js"), vec![asked]).await?;
        let told: Told = serde_json::from_value(told)?;
        match told.failed {
            Some(why) => bail!("the core failed: {why}"),
            None => Ok(told),
        }
    }

    /// As a page of the site asks, whose worker's history was loaded.
    async fn ask_from_site(&self, ask: &Value) -> Result<Told> {
        let from = json!({ "url": "https://worker.mturk.com/projects", "account": "bench" });
        self.ask(ask, &from).await
    }

    async fn screen(&self, mut ask: Value) -> Result<Told> {
        let fields = ask.as_object_mut().context("an ask without fields")?;
        fields.insert("ask".to_owned(), json!("screen"));
        fields.insert("about".to_owned(), json!({ "version": "0" }));
        self.ask(&ask, &json!({})).await
    }
}

/// The facts of a hundred rows; their requesters must be remembered.
pub(super) async fn facts(asking: &Asking<'_>, sample: &Sample, round: u32) -> Result<f64> {
    let told =
        asking.ask_from_site(&json!({ "ask": "facts", "site": "mturk", "rows": sample.rows(round) })).await?;
    // Of a few nothing is worth a word.
    let remembered = told.answer.matches("\"requester_memory\":{").count();
    ensure!(remembered >= 80, "{remembered} of 100 rows are remembered");
    Ok(told.ms)
}

/// A task is taken: the page of its work is seen.
pub(super) async fn add(asking: &Asking<'_>, round: u32) -> Result<f64> {
    let seen = json!({ "came_ms": 1, "about": {
        "assignment_id": format!("3BENCH{round:05}ASSIGNMENT0000000"), "id": format!("3BENCH{round:05}TASK00000000000000"),
        "group_id": "3BENCHGROUP00000000000000000000", "can_return": "true", "title": "Rate pictures",
        "reward": "0.25", "original": "600", "remaining": "600",
        "requester_id": "A1REQUESTER00", "requester_name": "Ann Lab",
    } });
    let address = format!(
        "worker.mturk.com/projects/3BENCHGROUP00000000000000000000/tasks/3BENCH{round:05}TASK00000000000000"
    );
    let told = asking
        .ask_from_site(&json!({ "ask": "seen", "site": "mturk", "address": address, "seen": seen }))
        .await?;
    ensure!(told.answer.contains("\"saved\""), "not kept: {}", told.answer);
    Ok(told.ms)
}

/// What the history page shows for a search.
pub(super) async fn search(asking: &Asking<'_>, search: &Search) -> Result<f64> {
    let fields = json!({ "search": search.text, "state": search.state });
    let told = asking.screen(json!({ "screen": "history", "act": "search", "fields": fields })).await?;
    ensure!(!told.answer.contains("\"refused\""), "{}", told.answer);
    if std::env::var_os("WAGELIGHT_BENCH_SAYS").is_some() {
        let rows = told.answer.matches("\"on\":\"open:").count();
        eprintln!("      {:?} {}: {rows} rows, {:.1} ms", search.text, search.state, told.ms);
    }
    Ok(told.ms)
}

/// What a check of all that is stored took.
pub(super) struct Recounted {
    pub(super) all_secs: f64,
    pub(super) recount_secs: f64,
    pub(super) longest_ms: f64,
}

/// Checks all records, then counts all sums anew, one step after the other as an open page does.
pub(super) async fn recount(asking: &Asking<'_>, records: u32) -> Result<Recounted> {
    let mut recounted = Recounted { all_secs: 0.0, recount_secs: 0.0, longest_ms: 0.0 };
    let (mut act, mut steps) = ("check", 0_u32);
    loop {
        let told = asking.screen(json!({ "screen": "storage", "act": act, "fields": {} })).await?;
        act = "go_on";
        recounted.all_secs += told.ms / 1_000.0;
        recounted.longest_ms = recounted.longest_ms.max(told.ms);
        if steps > 0 {
            recounted.recount_secs += told.ms / 1_000.0;
        }
        if told.answer.contains("Counting: ") {
            steps += 1;
        } else if told.answer.contains("Checked: ") {
            ensure!(steps > 0, "no progress was shown");
            // Those added before are among them.
            let there = told.answer.split("Checked: ").nth(1).context("nothing was checked")?;
            ensure!(there.contains("every total is right"), "{records}: {there}");
            return Ok(recounted);
        } else if !told.answer.contains("Checking: ") {
            bail!("the check stopped: {}", told.answer);
        }
    }
}
