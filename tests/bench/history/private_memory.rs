//! The memory that a browser has for itself, all its processes together, while something is done.

use crate::process;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// Looks at the memory from beginning to end.
pub(super) struct Watched {
    idle_kb: u64,
    is_over: Arc<AtomicBool>,
    watcher: JoinHandle<u64>,
}

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(100);

impl Watched {
    /// Begins with a browser that has nothing to do.
    pub(super) fn begin(browser: u32) -> Result<Self> {
        let idle_kb = private_kb(browser);
        ensure!(idle_kb > 0, "the system does not tell the memory of processes");
        let is_over = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&is_over);
        let watcher = std::thread::spawn(move || {
            let mut most = 0;
            while !over.load(Ordering::Relaxed) {
                most = most.max(private_kb(browser));
                #[expect(clippy::disallowed_methods, reason = "a look now and then; nothing waits for it")]
                std::thread::sleep(PAUSE);
            }
            most
        });
        Ok(Self { idle_kb, is_over, watcher })
    }

    /// The most that was seen above the beginning, in MB.
    pub(super) fn end(self) -> Result<f64> {
        self.is_over.store(true, Ordering::Relaxed);
        let most = self.watcher.join().ok().context("the watcher failed")?;
        let more = u32::try_from(most.saturating_sub(self.idle_kb))?;
        Ok(f64::from(more) * 1_024.0 / 1_000_000.0)
    }
}

/// What the processes of a browser do not share with others.
fn private_kb(browser: u32) -> u64 {
    let of = |process: u32| {
        let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
        let lines = rollup.lines().filter(|line| line.starts_with("Private_"));
        lines.filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).sum::<u64>()
    };
    process::family(browser).into_iter().map(of).sum()
}
