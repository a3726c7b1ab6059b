//! wasm-opt, and what must hold of a finished module.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use wasmparser::{Parser, Payload};

use crate::compile::{Host, Workspace, run};

/// What rustc emits for wasm32-unknown-unknown and both browsers' oldest versions run.
/// Not `--all-features`: that emits imports which Chromium 156 refuses.
const FEATURES: [&str; 9] = [
    "--mvp-features",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// For size: the first paint waits for the bytes of the content build.
const PASSES: [&str; 4] = ["-Os", "--strip-debug", "--strip-producers", "--strip-target-features"];

/// The module after wasm-opt, as pinned in package-lock.json.
pub(crate) fn shrink(workspace: &Workspace, host: Host, wasm: &[u8]) -> Result<Vec<u8>> {
    let before = workspace.target.join("wasm").join(format!("{}.unshrunk.wasm", host.feature()));
    let after = workspace.target.join("wasm").join(format!("{}.shrunk.wasm", host.feature()));
    workspace.write(&before, wasm)?;
    let tool = workspace.root.join("node_modules/.bin/wasm-opt");
    ensure!(tool.exists(), "{} is missing: run ./build.sh, which installs it", tool.display());
    run(Command::new(tool).args(FEATURES).args(PASSES).arg(&before).arg("-o").arg(&after))?;
    fs::read(&after).with_context(|| format!("cannot read {}", after.display()))
}

/// The hands instantiate the content build from bytes alone, with nothing to offer it.
pub(crate) fn refuse_imports(wasm: &[u8]) -> Result<()> {
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(imports) = payload.context("content.wasm is no wasm module")? {
            ensure!(imports.count() == 0, "content.wasm has {} imports; it must have none", imports.count());
        }
    }
    Ok(())
}
