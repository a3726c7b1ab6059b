//! Real browsers with the packed extension in them, on the market: the end-to-end tests, the benchmark and the demo.
//!
//! One library, since all three need the same hands and eyes; what runs them is three lines each.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "what a journey sees is said where it runs: on the terminal"
)]

mod background;
#[path = "../../bench/bench.rs"]
mod bench;
mod browser;
mod changes;
mod demo;
mod evidence;
mod input;
mod journey;
mod journeys;
mod look;
mod package;
mod private_window;
mod probe;
mod process;
mod shift;
mod small_disk;
mod stage;
mod stored;
mod wait;
mod world;

pub use bench::run as bench;
pub use demo::run as demo;

use std::process::ExitCode;

/// Makes all journeys, or those that the command line names.
pub fn test() -> anyhow::Result<ExitCode> {
    let mut arguments = libtest_mimic::Arguments::from_args();
    // One thread a browser: a third would only wait for its turn.
    arguments.test_threads = Some(arguments.test_threads.unwrap_or(2).min(2));
    let reasons = stage::Reasons::default();
    let trials = journey::trials(&journeys::all(), &reasons)?;
    let conclusion = libtest_mimic::run(&arguments, trials);
    reasons.print();
    Ok(conclusion.exit_code())
}
