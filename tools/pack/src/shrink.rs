//! wasm-opt, and what must hold of a finished module.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use wasmparser::{Parser, Payload};

use crate::compile::{Host, Workspace, cargo_home, run};

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
const PASSES: [&str; 5] =
    ["-Oz", "--converge", "--strip-debug", "--strip-producers", "--strip-target-features"];

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

/// A path of this machine in the module would tell of it, and break the same bytes elsewhere.
pub(crate) fn refuse_traces(workspace: &Workspace, wasm: &[u8]) -> Result<()> {
    // With a folder below it: a repository that lies in /src is no trace wherever `src` is named.
    let folders = [workspace.root.join("src"), workspace.target.join("wasm"), cargo_home()?.join("registry")];
    for folder in folders {
        let trace = folder.as_os_str().as_encoded_bytes();
        ensure!(!contains(wasm, trace), "a module names {}; it must be renamed", folder.display());
    }
    Ok(())
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module without anything: magic number and version.
    const EMPTY: &[u8] = b"\0asm\x01\0\0\0";
    /// One type `() -> ()`, and the function `a.b` of it imported.
    const IMPORT: &[u8] = b"\x01\x04\x01\x60\0\0\x02\x07\x01\x01a\x01b\0\0";

    #[test]
    fn an_import_is_refused() {
        refuse_imports(EMPTY).expect("no imports");
        let error = refuse_imports(&[EMPTY, IMPORT].concat()).expect_err("one import");
        assert!(error.to_string().contains("1 imports"), "{error}");
        refuse_imports(b"text").expect_err("no module");
    }

    #[test]
    fn a_path_of_this_machine_is_refused() {
        let workspace = Workspace::find().expect("this repository");
        refuse_traces(&workspace, b"src/web/content.rs").expect("no trace");
        let traced = format!("..{}/src/web/content.rs", workspace.root.display());
        refuse_traces(&workspace, traced.as_bytes()).expect_err("a trace");
    }
}
