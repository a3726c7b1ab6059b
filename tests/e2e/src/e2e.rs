//! The packed extension in real browsers: every journey in Chromium and Firefox, with and without a strict policy of
//! the page, with the background left alone and killed between steps.
//!
//! `cargo test -p wagelight-e2e` makes them all; a filter makes those whose name contains it. Pictures and, after a
//! failure, all there is to see lie in `target/e2e/`.

mod background;
mod browser;
mod evidence;
mod input;
mod journey;
mod journeys;
mod look;
mod package;
mod probe;
mod process;
mod shift;
mod stage;
mod wait;
mod world;

use std::process::ExitCode;

fn main() -> anyhow::Result<ExitCode> {
    let mut arguments = libtest_mimic::Arguments::from_args();
    // One thread a browser: a third would only wait for its turn.
    arguments.test_threads = Some(arguments.test_threads.unwrap_or(2).min(2));
    let trials = journey::trials(&journeys::all())?;
    Ok(libtest_mimic::run(&arguments, trials).exit_code())
}
