//! `cargo run -p wagelight-e2e --bin bench`: measures the packed extension and prints a table. `--quick`: fewer runs.

fn main() -> anyhow::Result<()> {
    wagelight_e2e::bench()
}
