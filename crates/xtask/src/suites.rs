//! Every check the project has, as suites in one list: `cargo xtask test` runs them in this order, the cheap ones first.
//!
//! A suite that cannot run has failed. Only those that `EXPERT_SEARCH_SKIP` names (`browser,e2e`) are passed over, and the summary says so.

use crate::{
    bench, demo,
    project::{Project, cargo, run as run_program, say},
    setup, size,
};
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

const SKIP_VARIABLE: &str = "EXPERT_SEARCH_SKIP";

/// What can be run by name.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Suite {
    /// rustfmt leaves every file as it is
    Format,
    /// clippy has nothing to say, natively and for wasm
    Lint,
    /// The documentation builds without a warning
    Doc,
    /// Unit and integration tests, natively
    Native,
    /// wasm-bindgen tests in headless Chromium
    Browser,
    /// The demo builds
    Demo,
    /// The demo in headless Chromium and Firefox, with real keys and compositions
    E2e,
    /// The same journeys in WebKitGTK, the engine of Safari
    Webkit,
    /// No part that a visitor downloads has grown beyond sizes.json
    Size,
    /// Nothing takes more instructions than bench/counts.json holds
    Counts,
}

impl Suite {
    fn name(self) -> String {
        self.to_possible_value().expect("no suite is hidden").get_name().to_string()
    }

    fn run(self, project: &Project) -> Result<()> {
        match self {
            Suite::Format => run_program(cargo().args(["fmt", "--all", "--check"])).context("run `cargo fmt --all`"),
            Suite::Lint => lint(project),
            Suite::Doc => {
                run_program(cargo().args(["doc", "--locked", "--no-deps", "--lib"]).env("RUSTDOCFLAGS", "-D warnings"))
            }
            Suite::Native => run_program(cargo().args(["test", "--locked", "--workspace", "--no-fail-fast"])),
            Suite::Browser => browser(project),
            Suite::Demo => demo::build(project).map(drop),
            Suite::E2e => end_to_end(project),
            Suite::Webkit => webkit(project),
            Suite::Size => size::run(project, false),
            Suite::Counts => bench::hold_counts(project),
        }
    }
}

enum Outcome {
    Passed,
    Failed(String),
    Skipped,
}

/// Runs these suites, or all, and prints a table of what came of them.
///
/// # Errors
/// One of them failed.
pub fn run(project: &Project, suites: &[Suite]) -> Result<()> {
    let skipped = std::env::var(SKIP_VARIABLE).unwrap_or_default();
    let skipped: Vec<&str> = skipped.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    if let Some(unknown) = skipped.iter().find(|name| Suite::from_str(name, false).is_err()) {
        bail!("{SKIP_VARIABLE} names {unknown:?}, which is no suite");
    }
    let chosen: Vec<Suite> =
        Suite::value_variants().iter().copied().filter(|suite| suites.is_empty() || suites.contains(suite)).collect();

    let mut results = Vec::new();
    for (number, &suite) in chosen.iter().enumerate() {
        let name = suite.name();
        say(&format!("[{}/{}] {name}", number + 1, chosen.len()));
        let begin = Instant::now();
        let outcome = match skipped.contains(&name.as_str()) {
            true => Outcome::Skipped,
            false => {
                suite.run(project).map_or_else(|error| Outcome::Failed(format!("{error:#}")), |()| Outcome::Passed)
            }
        };
        if let Outcome::Failed(reason) = &outcome {
            say(&format!("{name} failed: {reason}"));
        }
        results.push((name, begin.elapsed(), outcome));
    }
    summary(&results)
}

/// The table, and last the one line that machines read.
fn summary(results: &[(String, Duration, Outcome)]) -> Result<()> {
    println!("\n{:<10}{:>8}  result", "suite", "time");
    for (name, time, outcome) in results {
        let result = match outcome {
            Outcome::Passed => "passed",
            Outcome::Failed(reason) => &format!("FAILED: {reason}"),
            Outcome::Skipped => &format!("skipped, as {SKIP_VARIABLE} says"),
        };
        println!("{name:<10}{:>6.1} s  {result}", time.as_secs_f64());
    }
    let count = |wanted: fn(&Outcome) -> bool| results.iter().filter(|(_, _, outcome)| wanted(outcome)).count();
    let failed = count(|outcome| matches!(outcome, Outcome::Failed(_)));
    println!("\n{} passed, {failed} failed", count(|outcome| matches!(outcome, Outcome::Passed)));
    if failed > 0 {
        bail!("{failed} of {} suites failed", results.len());
    }
    Ok(())
}

fn lint(project: &Project) -> Result<()> {
    run_program(cargo().args(["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    let toolchain = setup::wasm_toolchain(project)?;
    if !toolchain.variables.is_empty() {
        say("Debian's compiler brings no clippy: the wasm side is linted where rustup has the target");
        return Ok(());
    }
    run_program(toolchain.cargo("clippy").args(["--locked", "-p", "expert-search", "--", "-D", "warnings"]))
}

/// Runs the test files in tests/ that hold wasm-bindgen tests.
fn browser(project: &Project) -> Result<()> {
    let browser = setup::browser()?;
    let toolchain = setup::wasm_toolchain(project)?;
    for (package, folder) in [("engine", "crates/engine/tests"), ("expert-search", "tests")] {
        let mut command = toolchain.cargo("test");
        command.args(["--locked", "-p", package]).env("CHROMEDRIVER", &browser.driver);
        // A test may take longer than the runner's own 20 seconds.
        command.env("WASM_BINDGEN_TEST_TIMEOUT", "600");
        for file in files(&project.root.join(folder), ".rs")? {
            if fs::read_to_string(&file)?.contains("#[wasm_bindgen_test") {
                command.arg("--test").arg(file.file_stem().expect("it ends in .rs"));
            }
        }
        if command.get_args().all(|word| word != "--test") {
            bail!("no file in {folder} holds a #[wasm_bindgen_test]");
        }
        run_program(&mut command)?;
    }
    Ok(())
}

/// What tests/e2e holds for [`Suite::Webkit`], which is a suite of its own since not every system has that browser.
const WEBKIT_TEST: &str = "webkit.test.mjs";

/// Runs tests/e2e on the demo that the suite before it built, or builds it.
fn end_to_end(project: &Project) -> Result<()> {
    let browser = setup::browser()?;
    let demo = demo::build(project)?;
    let tests = files(&project.root.join("tests/e2e"), ".test.mjs")?;
    // Firefox is spoken to over a socket, which Node 20 has behind this flag and later ones without.
    let mut command = project.node("--experimental-websocket");
    command.arg("--test").args(tests.iter().filter(|test| !test.ends_with(WEBKIT_TEST)));
    command.env("EXPERT_SEARCH_DEMO", demo).env("EXPERT_SEARCH_COMMAND", project.command());
    command.env("EXPERT_SEARCH_LARGE", demo::large(project)?);
    run_program(command.env("CHROMIUM", browser.chromium).env("FIREFOX", browser.firefox))
}

/// Runs the journeys in WebKitGTK on a display of their own.
fn webkit(project: &Project) -> Result<()> {
    let webkit = setup::webkit()?;
    let demo = demo::build(project)?;
    let node = project.node("--test");
    let mut command = Command::new(webkit.display);
    command.current_dir(&project.root);
    command.args(["-a", "-s", "-screen 0 1400x1200x24"]).arg(node.get_program()).args(node.get_args());
    command.arg(project.root.join("tests/e2e").join(WEBKIT_TEST)).env("EXPERT_SEARCH_DEMO", demo);
    run_program(command.env("WEBKITDRIVER", webkit.driver))
}

/// The files in a folder whose names end so, in the order of their names.
///
/// # Errors
/// There is none.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut found: Vec<PathBuf> = paths.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    found.sort();
    if found.is_empty() {
        bail!("{} holds no file *{ending}", folder.display());
    }
    Ok(found)
}
