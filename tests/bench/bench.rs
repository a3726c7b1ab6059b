//! The benchmark: paint times, slices, redraws, memory and sizes of the packed extension, beside a floor.
//!
//! Times are taken in the page, by an extension that only notes when chips come (`recorder/`). The floor is an
//! extension of the least plain JavaScript for the same picture (`floor/`); both are opened in turn, in one browser, on
//! the same page of the market, and the median counts. Figures are for reading: a missed budget is told, not an error.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints a table")]

mod cold_start;
mod history;
mod memory;
mod paint;
mod redraw;
mod rounds;
mod scene;
mod second;
mod sizes;
mod slice;
mod statistics;
mod table;

use crate::browser::Kind;
use anyhow::{Context as _, Result, bail};
use rounds::Rounds;
use scene::{Host, Scene};
use std::time::{Duration, Instant};
use table::Table;

/// How often things are measured.
#[derive(Debug, Clone, Copy)]
struct Effort {
    /// Page openings behind a median of the first figure of all: rows drawn → last chip.
    runs: u32,
    /// The same for the others.
    few: u32,
}

impl Effort {
    /// The rounds of the first figure.
    fn main(self) -> Rounds {
        Rounds::new(self.runs, Duration::from_secs(12))
    }

    /// The rounds of any other.
    fn other(self) -> Rounds {
        Rounds::new(self.few, Duration::from_secs(6))
    }
}

/// Tasks of the long history, and of that of a quick run.
const MANY: u32 = 1_000_000;
const FEWER: u32 = 20_000;

/// Rows a page: the site's first page, its largest, and ten times that.
const ROWS: [u32; 3] = [20, 100, 1_000];

/// Measures everything and prints the table.
pub fn run() -> Result<()> {
    let Wanted { effort, kinds, records, only_history } = Wanted::read(std::env::args().skip(1))?;
    let began = Instant::now();
    // A thread for the market: it answers while this one waits for a browser.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let mut table = Table::default();
    println!("{}", table::machine()?);
    println!("{}", table::LEGEND);
    sizes::measure(&mut table)?;
    for kind in kinds {
        for host in Host::ALL.into_iter().filter(|_| !only_history) {
            runtime.block_on(measure(kind, host, effort, &mut table))?;
        }
        runtime.block_on(history::measure(kind, records, &mut table));
    }
    println!("{table}");
    println!("{}", table.missed());
    println!("{} s in all, load {} at the end", began.elapsed().as_secs(), table::load());
    Ok(())
}

/// What the command line asks for.
struct Wanted {
    effort: Effort,
    kinds: Vec<Kind>,
    /// Tasks of the long history.
    records: u32,
    /// Nothing but the history.
    only_history: bool,
}

const USAGE: &str = "usage: ./build.sh bench [--quick] [--records N] [history] [chromium|firefox]";

impl Wanted {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let effort = Effort { runs: 9, few: 5 };
        let mut wanted = Self { effort, kinds: Kind::ALL.to_vec(), records: MANY, only_history: false };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--quick" => {
                    wanted.effort = Effort { runs: 3, few: 3 };
                    wanted.records = FEWER;
                }
                "--records" => wanted.records = arguments.next().context(USAGE)?.parse().context(USAGE)?,
                "history" => wanted.only_history = true,
                "chromium" => wanted.kinds = vec![Kind::Chromium],
                "firefox" => wanted.kinds = vec![Kind::Firefox],
                other => bail!("{USAGE}; {other} is not known"),
            }
        }
        Ok(wanted)
    }
}

/// All that is measured in one browser with the core in one place.
async fn measure(kind: Kind, host: Host, effort: Effort, table: &mut Table) -> Result<()> {
    let mut scene = Scene::start(kind, host).await?;
    println!("{kind} {}, core in the {host} host", scene.browser.version()?);
    for rows in ROWS {
        eprintln!("  {kind}, {host}, {rows} rows");
        paint::measure(&mut scene, rows, effort, table).await;
        slice::measure(&mut scene, rows, effort, table).await;
        redraw::measure(&mut scene, rows, table).await;
    }
    memory::measure(&mut scene, table).await;
    cold_start::measure(&mut scene, effort, table).await;
    eprintln!("  {kind}, {host}, second paint");
    second::measure(&mut scene, effort, table).await;
    scene.browser.close().await
}
