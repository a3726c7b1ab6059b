//! A long history: what the facts of a page, one more task, a search and a recount take, and room on the disk.
//!
//! Invented tasks (`wagelight generate`) are loaded through the page of files, as a worker loads a saved file, into two
//! profiles: one of the length that is measured, and one of 1,000 tasks, asked in turn. More than 50,000 are not loaded
//! but put into the stores, as the same code makes them natively. The browsers are ended and started again before anything is measured. Asks go to the core itself in a page of the extension: what a message
//! through the browser takes does not depend on the history, and would hide what does.

mod ask;
mod disk;
mod invented;
mod load;
mod private_memory;

use super::scene::Scene;
use super::statistics::median;
use super::table::{Budget, Line, Table};
use crate::browser::Kind;
use anyhow::{Result, ensure};
use ask::{Asking, add, facts, search};
use invented::{Form, Sample};
use private_memory::Watched;
use std::time::Instant;
use tempfile::TempDir;

/// Tasks of the history beside which the long one is held.
const FEW: u32 = 1_000;
/// A longer history is put into the stores as loading would leave them: loading it would take hours.
const MOST_LOADED: u32 = 50_000;
/// Rounds of what is measured in turn.
const ROUNDS: u32 = 21;
/// Searches of one kind, each for another thing.
const SEARCHES: u32 = 7;

const TIMES: f64 = 1.5;
const LEAST_MS: f64 = 10.0;
const SEARCH_MS: f64 = 100.0;
const MEMORY_MB: f64 = 150.0;
const STORED_BYTES: f64 = 250.0;

/// The two histories of one browser.
struct Two {
    few: Scene,
    many: Scene,
    records: u32,
}

/// All figures of one browser.
pub(super) async fn measure(kind: Kind, records: u32, table: &mut Table) {
    eprintln!("  {kind}, history of {records}");
    let line = |what: &str, unit| Line::in_browser(kind, what, unit).rows(records);
    if let Err(error) = figures(kind, records, table).await {
        table.add(line("a history", "").failed(&error));
    }
}

async fn figures(kind: Kind, records: u32, table: &mut Table) -> Result<()> {
    let line = |what: &str, unit| Line::in_browser(kind, what, unit).rows(records);
    let folder = TempDir::with_prefix("wagelight-bench-")?;
    let form = if records > MOST_LOADED { Form::Stores } else { Form::Saved };
    let few_file = invented::file(folder.path(), FEW, Form::Saved)?;
    let many_file = invented::file(folder.path(), records, form)?;
    let sample = Sample::read(&few_file)?;
    let mut two =
        Two { few: Scene::of_own_pages(kind).await?, many: Scene::of_own_pages(kind).await?, records };
    load::load(&two.few, &few_file, FEW).await?;
    let began = Instant::now();
    let how = match form {
        Form::Saved => load::load(&two.many, &many_file, records).await.map(|()| "loading it from a file"),
        Form::Stores => load::fill(&two.many, &many_file).await.map(|()| "filling the stores (not loaded)"),
    }?;
    table.add(line(how, "s").ours(Some(began.elapsed().as_secs_f64())));
    two.few.browser.shut().await?;
    two.many.browser.shut().await?;
    let disk = Disk::of(&two)?;
    two.few.browser.reopen().await?;
    two.many.browser.reopen().await?;

    let few = Asking::begin(&two.few).await?;
    let many = Asking::begin(&two.many).await?;
    sizes(table, (&few, &many), disk).await?;
    let watched = Watched::begin(two.many.browser.process())?;
    table.add(
        in_turn((&few, &many), line("facts for a page of 100 rows", "ms"), async |asking, round| {
            facts(asking, &sample, round).await
        })
        .await?,
    );
    table.add(
        in_turn((&few, &many), line("one more task kept", "ms"), async |asking, round| {
            add(asking, round).await
        })
        .await?,
    );
    for (what, query) in sample.searches() {
        let mut took = Vec::new();
        for round in 0..SEARCHES {
            took.push(search(&many, &query(round)).await?);
        }
        let line = line(&format!("search, first 50 rows: {what}"), "ms").budget(Budget::AtMost(SEARCH_MS));
        table.add(line.medians(&took, &[]));
    }
    let recounted = ask::recount(&many, records).await?;
    table.add(line("check of all that is stored", "s").ours(Some(recounted.all_secs)));
    table.add(line("of it the recount of all sums", "s").ours(Some(recounted.recount_secs)));
    table.add(line("longest step of it", "ms").ours(Some(recounted.longest_ms)));
    let more = watched.end()?;
    let memory = line("private memory, most above idle", "MB").budget(Budget::AtMost(MEMORY_MB));
    table.add(memory.ours(Some(more)));
    two.few.browser.close().await?;
    two.many.browser.close().await
}

/// The same in both histories, in turn.
async fn in_turn(
    (few, many): (&Asking<'_>, &Asking<'_>),
    line: Line,
    figure: impl AsyncFn(&Asking<'_>, u32) -> Result<f64>,
) -> Result<Line> {
    // The first is thrown away: it opens the stores.
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        floor.push(figure(few, round).await?);
        ours.push(figure(many, round).await?);
    }
    let behind_first = |figures: &[f64]| figures.iter().copied().skip(1).collect::<Vec<f64>>();
    let (ours, floor) = (behind_first(&ours), behind_first(&floor));
    ensure!(median(&ours).is_some(), "nothing was measured");
    Ok(line.budget(Budget::TimesFloor(TIMES, LEAST_MS)).medians(&ours, &floor))
}

/// What a task takes: the difference between both histories, in which what takes room once is in both.
///
/// The budget is for the disk where a million tasks are stored. What a browser's database leaves lying until it tidies
/// up is some megabytes whatever is stored, so fewer tasks are judged by the bytes that were handed to it.
async fn sizes(table: &mut Table, (few, many): (&Asking<'_>, &Asking<'_>), disk: Disk) -> Result<()> {
    let Disk { kind, records, bytes } = disk;
    let line = |what: &str| Line::in_browser(kind, what, "bytes").rows(records);
    let more = f64::from(records.saturating_sub(FEW).max(1));
    let (few, many) = (few.sizes().await?, many.sizes().await?);
    let a_task: Vec<(String, f64)> = many
        .into_iter()
        .map(|(store, bytes)| {
            let before = few.get(&store).copied().unwrap_or(0.0);
            (store, (bytes - before) / more)
        })
        .collect();
    for (store, bytes) in &a_task {
        table.add(line(&format!("stored a task: {store}")).ours(Some(*bytes)));
    }
    let is_full = records >= super::MANY;
    let budget = |is_judged| if is_judged { Budget::AtMost(STORED_BYTES) } else { Budget::None };
    let stored = line("stored a task, all (= MB a million)").budget(budget(!is_full));
    table.add(stored.ours(Some(a_task.iter().map(|(_, bytes)| bytes).sum())));
    let on_disk = line("on disk a task (= MB a million)").budget(budget(is_full));
    table.add(on_disk.ours(Some(bytes / more)));
    Ok(())
}

/// What the ended browsers left on the disk.
struct Disk {
    kind: Kind,
    records: u32,
    /// How much more the long history takes.
    bytes: f64,
}

impl Disk {
    fn of(two: &Two) -> Result<Self> {
        let kind = two.many.browser.kind();
        let bytes = |scene: &Scene| disk::bytes_of_stores(kind, &scene.browser.profile());
        Ok(Self { kind, records: two.records, bytes: bytes(&two.many)? - bytes(&two.few)? })
    }
}
