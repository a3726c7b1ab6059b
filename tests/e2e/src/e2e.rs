//! The packed extension in real browsers: every journey in Chromium and Firefox, with and without a strict policy of
//! the page, with the background left alone and killed between steps.
//!
//! `cargo test -p wagelight-e2e` makes them all; a filter makes those whose name contains it. Pictures and, after a
//! failure, all there is to see lie in `target/e2e/`.

fn main() -> anyhow::Result<std::process::ExitCode> {
    wagelight_e2e::test()
}
