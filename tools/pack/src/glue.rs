//! The background's JavaScript glue, by wasm-bindgen.

use anyhow::{Context, Result, anyhow, ensure};
use wasm_bindgen_cli_support::Bindgen;

/// What wasm-bindgen makes of a module.
pub(crate) struct Glue {
    /// `background_core.js`.
    pub(crate) script: String,
    /// `background_core.d.ts`, for the type check alone.
    pub(crate) types: String,
    /// `background_core_bg.wasm`, before it is shrunk.
    pub(crate) wasm: Vec<u8>,
}

/// Writes the glue as an ES module: the background imports it statically, since a service
/// worker has no dynamic import.
pub(crate) fn write(wasm: &[u8]) -> Result<Glue> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes("background_core", wasm.to_vec())
        .web(true)?
        .omit_default_module_path(false)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    let mut output = bindgen.generate_output().context("wasm-bindgen failed")?;
    // A snippet or npm module would be a script nobody has read.
    ensure!(output.snippets().values().all(Vec::is_empty), "wasm-bindgen wants to ship snippets");
    ensure!(output.npm_dependencies().is_empty(), "wasm-bindgen wants to ship npm modules");
    ensure!(output.local_modules().is_empty(), "wasm-bindgen wants to ship local modules");
    let types = output.ts().ok_or_else(|| anyhow!("wasm-bindgen wrote no types"))?.to_owned();
    Ok(Glue { script: output.js().to_owned(), types, wasm: output.wasm_mut().emit_wasm() })
}
