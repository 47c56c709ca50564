//! Builds the three files of the widget that travel: cargo → wasm-bindgen → wasm-opt for the engine, esbuild for the scripts.
//!
//! One module serves all browsers: it uses nothing that WebAssembly's first version lacks, and the scripts nothing newer than ES2017
//! and dynamic `import()`. Each step's reason stands beside it; together they cost about half a kilobyte and no speed.

use crate::{
    project::{Project, run, say, succeeds},
    setup, target_features,
};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// What a browser without any later proposal lacks, rewritten in terms of what it has.
const LOWER: [&str; 3] =
    ["--signext-lowering", "--llvm-memory-copy-fill-lowering", "--llvm-nontrapping-fptoint-lowering"];

/// Hanzi as escapes, so that a page in GBK reads the scripts right; `import()` stays, esbuild would rewrite it for ES2017.
const SCRIPT: [&str; 5] =
    ["--minify", "--target=es2017", "--charset=ascii", "--supported:dynamic-import=true", "--log-level=warning"];

/// Builds what is older than its sources and returns the folder: `expert-search.js`, `engine.js`, `engine.wasm`.
pub fn build(project: &Project) -> Result<PathBuf> {
    let toolchain = setup::wasm_toolchain(project)?;
    setup::node_tools(project)?;

    say("compiling the engine to WebAssembly");
    run(toolchain
        .cargo("rustc")
        .args(["--locked", "-p", "expert-search", "--lib", "--crate-type", "cdylib", "--profile", "wasm"])
        .current_dir(&project.root))?;
    let module = project.target.join(setup::WASM).join("wasm/expert_search.wasm");
    let loader = project.root.join("www/expert-search.js");

    let widget = project.widget();
    let made = ["expert-search.js", "engine.js", "engine.wasm"].map(|name| widget.join(name));
    let recipe = ["package-lock.json", "crates/xtask/src/widget.rs", "crates/xtask/src/target_features.rs"];
    let recipe = recipe.map(|name| project.root.join(name));
    if !is_newer(&made, recipe.iter().chain([&module, &loader])) {
        // The old files go first: a build that breaks off leaves none that look finished.
        if widget.exists() {
            fs::remove_dir_all(&widget)?;
        }
        fs::create_dir_all(&widget)?;
        let [script, glue, wasm] = &made;
        engine(project, &module, glue, wasm)?;
        minify(project, &loader, script)?;
    }
    Ok(widget)
}

/// The module that cargo built → the wasm that ships and its glue, an ES module.
fn engine(project: &Project, module: &Path, glue: &Path, wasm: &Path) -> Result<()> {
    say("binding and optimising it for all browsers");
    let work = project.target.join("widget-steps");
    fs::create_dir_all(&work)?;
    let patched = work.join("patched.wasm");
    let mut bytes = fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    target_features::forbid(&mut bytes)?;
    fs::write(&patched, bytes)?;

    let words = ["wasm-bindgen", "--target=web", "--no-typescript", "--omit-default-module-path", "--out-name=engine"];
    let strip = ["--remove-name-section", "--remove-producers-section"];
    let places = ["--out-dir".as_ref(), work.as_os_str(), patched.as_os_str()];
    let words = words.iter().chain(&strip).map(std::ffi::OsString::from).chain(places.map(Into::into));
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(words)?;

    run(project
        .node_tool("wasm-opt")
        .args(LOWER)
        .args(["-O3", "--strip-target-features"])
        .arg(work.join("engine_bg.wasm"))
        .arg("-o")
        .arg(wasm))?;
    if !succeeds(project.node_tool("wasm-opt").arg("--mvp-features").arg(wasm)) {
        bail!("{} needs more than WebAssembly's first version: a lowering pass is missing", wasm.display());
    }
    minify(project, &work.join("engine.js"), glue)
}

fn minify(project: &Project, from: &Path, to: &Path) -> Result<()> {
    let mut outfile = std::ffi::OsString::from("--outfile=");
    outfile.push(to);
    run(project.node_tool("esbuild").args(SCRIPT).arg(from).arg(outfile))
}

/// Whether every file made is there and at least as new as every source.
fn is_newer<'a>(made: &[PathBuf], sources: impl Iterator<Item = &'a PathBuf>) -> bool {
    let modified = |path: &PathBuf| fs::metadata(path).and_then(|data| data.modified()).ok();
    let made: Option<Vec<SystemTime>> = made.iter().map(modified).collect();
    let sources: Option<Vec<SystemTime>> = sources.map(modified).collect();
    match (made, sources) {
        (Some(made), Some(sources)) => made.iter().min() >= sources.iter().max(),
        _ => false,
    }
}
