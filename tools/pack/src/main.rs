//! Makes what is shipped: compiles the two wasm builds, writes the glue, assembles the
//! extension, and zips it so that the same sources give the same bytes on any machine.
//!
//! Usage: `wagelight-pack [--fault | reproduce]`, from anywhere (`build.sh` calls it).
//! `--fault` builds the variant that panics on request into `target/fault/` instead of
//! `dist/`; it exists for the tests of recovery alone. `reproduce` builds `dist/source.zip`
//! a second time elsewhere and compares.
#![allow(clippy::print_stdout, clippy::print_stderr)] // A program for a terminal.

mod archive;
mod assemble;
mod budget;
mod compile;
mod glue;
mod reproduce;
mod shrink;
mod source;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use anyhow::{Context, Result, bail};

use crate::archive::Files;
use crate::compile::{Host, Variant, Workspace};

fn main() -> ExitCode {
    match obey() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pack: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey() -> Result<()> {
    let workspace = Workspace::find()?;
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => pack(&workspace, Variant::Shipped),
        ["--fault"] => pack(&workspace, Variant::Fault),
        ["reproduce"] => {
            reproduce::check(&workspace)?;
            println!("the second build gave the same bytes");
            Ok(())
        }
        other => bail!("unknown arguments {other:?}; usage: wagelight-pack [--fault | reproduce]"),
    }
}

fn pack(workspace: &Workspace, variant: Variant) -> Result<()> {
    let (content, background) = compile::both(workspace, variant)?;
    let glue = glue::write(&background)?;
    workspace.write(&workspace.root.join("target/types/background_core.d.ts"), glue.types.as_bytes())?;

    let mut files = assemble::extension(&workspace.root)?;
    let content = shrink::shrink(workspace, Host::Content, &content)?;
    shrink::refuse_imports(&content)?;
    shrink::refuse_traces(workspace, &content)?;
    files.insert("content.wasm".into(), content.into());
    let background = shrink::shrink(workspace, Host::Background, &glue.wasm)?;
    shrink::refuse_traces(workspace, &background)?;
    files.insert("background_core_bg.wasm".into(), background.into());
    files.insert("background_core.js".into(), glue.script.into_bytes().into());
    assemble::check(&files)?;

    let out = match variant {
        Variant::Shipped => workspace.root.join("dist"),
        Variant::Fault => workspace.root.join("target/fault"),
    };
    deliver(workspace, &out, &files, variant)
}

/// Writes everything anew: nothing of an earlier build may stay in `out`.
fn deliver(workspace: &Workspace, out: &Path, files: &Files, variant: Variant) -> Result<()> {
    let unpacked = out.join("chrome");
    if unpacked.exists() {
        fs::remove_dir_all(&unpacked).with_context(|| format!("cannot empty {}", unpacked.display()))?;
    }
    for (name, file) in files {
        workspace.write(&unpacked.join(name), &file.bytes)?;
    }
    // One manifest serves both browsers, so one archive does; the stores want a file each.
    let package = archive::zip(files)?;
    workspace.write(&out.join("wagelight-chrome.zip"), &package)?;
    workspace.write(&out.join("wagelight-firefox.zip"), &package)?;
    println!("{}", relative(&workspace.root, out));
    if variant == Variant::Shipped {
        let sources = archive::zip(&source::files(workspace)?)?;
        workspace.write(&out.join("source.zip"), &sources)?;
        budget::report(files, package.len(), sources.len())?;
    }
    Ok(())
}

fn relative(root: &Path, path: &Path) -> String {
    let shown: PathBuf = path.strip_prefix(root).unwrap_or(path).into();
    format!("{}/", shown.display())
}
