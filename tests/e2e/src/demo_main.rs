//! `cargo run -p wagelight-e2e --bin demo`: shows the packed extension at work on the market.

fn main() -> anyhow::Result<()> {
    wagelight_e2e::demo()
}
