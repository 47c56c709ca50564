//! Builds the files of the widget that travel: cargo → wasm-bindgen → wasm-opt for the engine, esbuild for the scripts.
//!
//! There are three engines: that of the box, one that also opens directories in parts, and one of which a page of results can ask for more. That of the box comes in two halves. Each serves all browsers: it uses nothing that WebAssembly's first version lacks, and the scripts nothing newer than ES2017
//! and dynamic `import()`. Each step's reason stands beside it; together they cost about half a kilobyte and no speed.

use crate::{
    project::{Project, output, run, say},
    setup, split, target_features,
};
use anyhow::{Context, Result};
use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// What a browser without any later proposal lacks, rewritten in terms of what it has.
const LOWER: [&str; 3] =
    ["--signext-lowering", "--llvm-memory-copy-fill-lowering", "--llvm-nontrapping-fptoint-lowering"];

/// How the standard library that travels is compiled: a panic ends the instance at once, without a message that nobody reads, and
/// its own choices are for size. The two take 6.5 KB of brotli off, and 10 % of the time of a search.
const STD_FEATURES: &str = "-Zbuild-std-features=optimize_for_size";
const STD_FLAGS: [&str; 2] = ["-Cpanic=immediate-abort", "-Zunstable-options"];

/// The engines: name, cargo's profile and features, and with what the second half begins of one that comes in two.
const ENGINES: [(&str, &str, &[&str], &[&str]); 3] = [
    ("engine", "wasm", &[], &LATER),
    ("parts", "wasm-large", &["--features", "parts"], &[]),
    ("browse", "wasm", &["--features", "page"], &[]),
];

/// What is called only once tables and words come, and the search finds little by whole pieces: `Lexicon::waiting` sees to it.
const LATER: [&str; 6] = [
    "engine_unfold",
    "engine_add",
    "engine::rank::reading::understand",
    "engine::matcher::double::spelled_out",
    "<engine::rank::cover::Cover>::follow_leads",
    "<engine::rank::cover::Cover>::find_otherwise",
];

/// The scripts, by what script.mjs calls their form.
const SCRIPTS: [(&str, &str, &str); 5] = [
    ("loader", "expert-search.js", "expert-search.js"),
    ("module", "card/index.js", "card.js"),
    ("module", "page/index.js", "page.js"),
    ("module", "languages.js", "languages.js"),
    ("module", "large/index.js", "large.js"),
];

/// Builds the folder and returns it: each engine as `NAME.js` and `NAME.wasm`, the second half of the box's as `later.wasm`, and the scripts.
pub fn build(project: &Project) -> Result<PathBuf> {
    let toolchain = setup::shipping_toolchain(project)?;
    setup::node_tools(project)?;
    let widget = project.widget();
    fs::create_dir_all(&widget)?;

    for (name, profile, features, roots) in ENGINES {
        say(&format!("compiling {name} to WebAssembly"));
        run(toolchain
            .cargo("rustc")
            .args(["--locked", "-p", "expert-search", "--lib", "--crate-type", "cdylib", "--profile", profile])
            .arg(STD_FEATURES)
            .args(features)
            .args(["--config", &flags(project)?])
            .args(["--", "-Clink-arg=--emit-relocs"])
            .current_dir(&project.root))?;
        let module = project.target.join(setup::WASM).join(profile).join("expert_search.wasm");
        engine(project, name, &module, roots, &widget)?;
    }
    for (form, from, to) in SCRIPTS {
        script(project, &[form.as_ref(), &project.root.join("www").join(from)], &widget.join(to))?;
    }
    Ok(widget)
}

/// A setting for cargo that is joined to the flags of .cargo/config.toml: [`STD_FLAGS`], and what keeps the folders of this machine
/// out of the module, so that the same sources give the same bytes everywhere, and nobody's home folder travels.
fn flags(project: &Project) -> Result<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home =
        home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).context("cargo's home folder is not known")?;
    let registries = home.join("registry/src");
    let mut folders = vec![project.target.join("debian-rust")];
    for entry in fs::read_dir(&registries).with_context(|| format!("cannot read {}", registries.display()))? {
        folders.push(entry?.path());
    }
    folders.sort();
    let remapped = folders.iter().map(|folder| format!("--remap-path-prefix={}/=", folder.display()));
    let flags: Vec<String> = STD_FLAGS.map(String::from).into_iter().chain(remapped).collect();
    Ok(format!("target.{}.rustflags={}", setup::WASM, serde_json::to_string(&flags)?))
}

/// The module that cargo built → the wasm that ships, in two halves where there are roots, and its glue, an ES module; nothing where all stands already.
fn engine(project: &Project, name: &str, module: &Path, roots: &[&str], widget: &Path) -> Result<()> {
    let work = project.target.join("widget-steps").join(name);
    let (glue, wasm) = (widget.join(format!("{name}.js")), widget.join(format!("{name}.wasm")));
    let later = (!roots.is_empty()).then(|| widget.join("later.wasm"));
    let patched = work.join("patched.wasm");
    let linked = fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let mut bytes = split::without_relocations(&linked)?;
    target_features::forbid(&mut bytes);

    let sources = ["widget.rs", "split/mod.rs", "split/addresses.rs"].map(|name| format!("crates/xtask/src/{name}"));
    let recipe: Vec<PathBuf> = ["package-lock.json", "Cargo.lock", "crates/xtask/js/script.mjs"]
        .into_iter()
        .chain(sources.iter().map(String::as_str))
        .map(|name| project.root.join(name))
        .collect();
    let made: Vec<PathBuf> = [glue.clone(), wasm.clone()].into_iter().chain(later.clone()).collect();
    if fs::read(&patched).is_ok_and(|before| before == bytes) && is_newer(&made, &recipe) {
        return Ok(());
    }
    say("binding and optimising it for all browsers");
    // What was made before goes first: a build that breaks off leaves nothing that looks finished.
    for file in made.iter().filter(|file| file.exists()) {
        fs::remove_file(file)?;
    }
    fs::create_dir_all(&work)?;
    fs::write(&patched, bytes)?;

    let words = ["wasm-bindgen", "--target=web", "--no-typescript", "--omit-default-module-path", "--out-name=engine"];
    // By the names of functions the module is parted; wasm-opt leaves them out.
    let strip = ["--no-demangle", "--remove-producers-section", "--out-dir"];
    let words = words.iter().chain(&strip).map(OsString::from).chain([work.as_os_str().into(), patched.into()]);
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(words)?;

    let (bound, second) = (work.join("engine_bg.wasm"), work.join("second.wasm"));
    if later.is_some() {
        let halves = split::split(&fs::read(&bound)?, &split::taken(&linked)?, roots)?;
        fs::write(&bound, halves.first)?;
        fs::write(&second, halves.second)?;
    }
    optimise(project, &bound, &wasm)?;
    // What the module and its glue call each other by.
    let short = shipped(project, &["--minify-imports-and-exports-and-modules"], &wasm)?;
    let mut names: split::Names = serde_json::from_str(&short)?;
    if let Some(later) = later {
        fs::write(&second, split::rename(&fs::read(&second)?, &mut names)?)?;
        optimise(project, &second, &later)?;
        shipped(project, &[], &later)?;
    }
    let table = work.join("names.json");
    fs::write(&table, serde_json::to_string(&names)?)?;
    script(project, &["glue".as_ref(), work.join("engine.js").as_path(), &table], &glue)
}

fn optimise(project: &Project, from: &Path, to: &Path) -> Result<()> {
    run(project
        .node_tool("wasm-opt")
        .args(LOWER)
        // The first kilobyte is the far end of the stack, so a small constant added to a pointer never wraps: 0.4 KB packed.
        .args(["-O3", "--converge", "--low-memory-unused", "--strip-target-features"])
        .arg(from)
        .arg("-o")
        .arg(to))
}

/// Takes the last step in place and returns what it printed; a module that needs more than the features named does not pass.
fn shipped(project: &Project, step: &[&str], wasm: &Path) -> Result<String> {
    output(project.node_tool("wasm-opt").arg("--mvp-features").args(step).arg(wasm).arg("-o").arg(wasm)).with_context(
        || format!("{} needs more than WebAssembly's first version: a lowering pass is missing", wasm.display()),
    )
}

/// Makes a script as script.mjs says. A file that stays as it is keeps its time, so that the command which embeds it is not compiled again.
fn script(project: &Project, arguments: &[&Path], to: &Path) -> Result<()> {
    let text = output(project.node("crates/xtask/js/script.mjs").args(arguments))?;
    if fs::read(to).is_ok_and(|before| before == text.as_bytes()) {
        return Ok(());
    }
    fs::write(to, text).with_context(|| format!("cannot write {}", to.display()))
}

/// Whether every file made is there and at least as new as every source.
fn is_newer(made: &[PathBuf], sources: &[PathBuf]) -> bool {
    let times = |paths: &[PathBuf]| -> Option<Vec<SystemTime>> {
        paths.iter().map(|path| fs::metadata(path).and_then(|data| data.modified()).ok()).collect()
    };
    matches!((times(made), times(sources)), (Some(made), Some(sources)) if made.iter().min() >= sources.iter().max())
}
