//! Runs a wasm test file in headless Chromium: wasm-bindgen's own runner, on a module that uses what ships and no more.

use crate::{project::Project, target_features};
use anyhow::{Context, Result};
use std::{ffi::OsString, fs, path::Path};

/// Runs the tests in `wasm`; `rest` is what cargo passes on to the tests. `CHROMEDRIVER` or the PATH says which browser.
pub fn run(project: &Project, wasm: &Path, rest: Vec<OsString>) -> Result<()> {
    let mut module = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    target_features::forbid(&mut module);
    // Cargo's own file stays as cargo left it.
    let folder = project.target.join("wasm-tests");
    fs::create_dir_all(&folder)?;
    let patched = folder.join(wasm.file_name().context("cargo names a file")?);
    fs::write(&patched, module)?;
    let words = ["wasm-bindgen-test-runner".into(), patched.into_os_string()];
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(words.into_iter().chain(rest))
}
