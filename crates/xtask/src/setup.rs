//! Sets up what a command needs and what is missing: the wasm target, the tools from npm, the browser.
//!
//! Every function here is quick when there is nothing to do, and each says by itself what it is about to install.

use crate::{
    debian_rust,
    project::{Project, on_path, output, run, say, succeeds},
};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The target that browsers run.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Names the only way to get the wasm target that may be tried: `rustup` or `debian`.
const TOOLCHAIN_VARIABLE: &str = "EXPERT_SEARCH_WASM_TOOLCHAIN";

/// What has to be added to a cargo command so that it can build for [`WASM`]; nothing where rustup has the target.
#[derive(Default)]
pub struct WasmToolchain {
    /// Environment variables.
    pub variables: Vec<(&'static str, PathBuf)>,
    /// Arguments that follow cargo's subcommand.
    pub arguments: &'static [&'static str],
}

/// Compiles the standard library too. Part of stable compilers, but not of what they promise.
pub const BUILD_STD: [&str; 1] = ["-Zbuild-std=std,panic_abort"];

/// Lets a stable cargo and rustc take such flags.
pub fn unstable() -> (&'static str, PathBuf) {
    ("RUSTC_BOOTSTRAP", "1".into())
}

impl WasmToolchain {
    /// A cargo subcommand for [`WASM`].
    pub fn cargo(&self, subcommand: &str) -> Command {
        let mut command = crate::project::cargo();
        command.arg(subcommand).args(["--target", WASM]).args(self.arguments);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        // Either would take the place of the flags that .cargo/config.toml sets for this target.
        command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
        command
    }
}

/// A toolchain for [`WASM`]: rustup's, and where that cannot be had, Debian's compiler and library sources.
pub fn wasm_toolchain(project: &Project) -> Result<WasmToolchain> {
    toolchain(project, rustup_target)
}

/// A toolchain for [`WASM`] that compiles the standard library too, as the flags say: for what travels.
pub fn shipping_toolchain(project: &Project) -> Result<WasmToolchain> {
    toolchain(project, rustup_sources)
}

fn toolchain(project: &Project, rustup: fn() -> Result<WasmToolchain>) -> Result<WasmToolchain> {
    match std::env::var(TOOLCHAIN_VARIABLE).as_deref() {
        Ok("rustup") => rustup(),
        Ok("debian") => debian_rust::toolchain(project),
        Ok(other) => bail!("{TOOLCHAIN_VARIABLE} is {other:?}; it can be rustup or debian"),
        Err(_) => rustup().or_else(|error| {
            say(&format!("rustup cannot build for {WASM} ({error:#}); trying Debian's compiler"));
            debian_rust::toolchain(project)
                .with_context(|| format!("neither rustup nor Debian gave {WASM}; run `rustup target add {WASM}`"))
        }),
    }
}

fn rustup_target() -> Result<WasmToolchain> {
    let library = output(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    if !Path::new(library.trim()).is_dir() {
        say(&format!("installing the Rust target {WASM}"));
        run(Command::new("rustup").args(["target", "add", WASM]))?;
    }
    Ok(WasmToolchain::default())
}

fn rustup_sources() -> Result<WasmToolchain> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    if !Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std").is_dir() {
        say("installing the sources of Rust's standard library");
        run(Command::new("rustup").args(["component", "add", "rust-src"]))?;
    }
    Ok(WasmToolchain { variables: vec![unstable()], arguments: &BUILD_STD })
}

/// The tools of package.json in node_modules, as package-lock.json pins them.
pub fn node_tools(project: &Project) -> Result<()> {
    let (lock, mark) = (project.root.join("package-lock.json"), project.root.join("node_modules/.package-lock.json"));
    // npm writes the mark when it has finished, so a broken installation has none.
    let modified = |path: &PathBuf| fs::metadata(path).and_then(|data| data.modified());
    if let (Ok(wanted), Ok(installed)) = (modified(&lock), modified(&mark))
        && installed >= wanted
    {
        return Ok(());
    }
    if on_path("node").is_none() || on_path("npm").is_none() {
        bail!("Node.js 20 or newer with npm is needed; Debian: apt-get install nodejs npm");
    }
    say("installing the tools of package.json");
    run(Command::new("npm").arg("ci").current_dir(&project.root))
}

/// Where the browsers and the driver are.
pub struct Browser {
    /// Chromium itself.
    pub chromium: PathBuf,
    /// Its WebDriver.
    pub driver: PathBuf,
    /// Firefox, which needs none.
    pub firefox: PathBuf,
}

/// Debian's packages: the browsers, Chromium's driver, and a font with hanzi, without which screenshots show boxes.
const BROWSER_PACKAGES: [&str; 4] = ["chromium", "chromium-driver", "firefox-esr", "fonts-noto-cjk"];

/// Chromium, its driver and Firefox: those that `CHROMIUM`, `CHROMEDRIVER` and `FIREFOX` name, or those on the PATH, or installed now.
pub fn browser() -> Result<Browser> {
    let program = |variable: &str, names: &[&str]| {
        std::env::var_os(variable).map(PathBuf::from).or_else(|| names.iter().find_map(|name| on_path(name)))
    };
    let find = || {
        let chromium = program("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"])?;
        let firefox = program("FIREFOX", &["firefox-esr", "firefox"])?;
        Some(Browser { chromium, driver: program("CHROMEDRIVER", &["chromedriver"])?, firefox })
    };
    let apt = on_path("apt-get").is_some();
    if let Some(browser) = find()
        && (!apt || installed("fonts-noto-cjk"))
    {
        return Ok(browser);
    }
    if apt {
        let missing: Vec<&str> = BROWSER_PACKAGES.into_iter().filter(|package| !installed(package)).collect();
        install(&missing)?;
    }
    find().context(
        "Chromium, its driver and Firefox are needed; install them, or name them by CHROMIUM, CHROMEDRIVER and FIREFOX",
    )
}

/// Where WebKitGTK is.
pub struct WebKit {
    /// Its WebDriver, which starts the browser.
    pub driver: PathBuf,
    /// Runs a command on a virtual display.
    pub display: PathBuf,
}

/// WebKitGTK's driver and a display for it: those on the PATH, the driver also as `WEBKITDRIVER` names it, or installed now.
pub fn webkit() -> Result<WebKit> {
    let find = || {
        let driver = std::env::var_os("WEBKITDRIVER").map(PathBuf::from).or_else(|| on_path("WebKitWebDriver"))?;
        on_path("xauth").and_then(|_| Some(WebKit { driver, display: on_path("xvfb-run")? }))
    };
    if find().is_none() && on_path("apt-get").is_some() {
        install(&["webkit2gtk-driver", "xvfb", "xauth"])?;
    }
    find().context("WebKitWebDriver, xvfb-run and xauth are needed; Debian: webkit2gtk-driver, xvfb, xauth")
}

/// valgrind, which counts instructions: the one on the PATH, or installed now.
pub fn valgrind() -> Result<()> {
    if on_path("valgrind").is_none() {
        install(&["valgrind"])?;
    }
    Ok(())
}

/// Whether Debian's package manager has this package in place.
fn installed(package: &str) -> bool {
    Command::new("dpkg-query")
        .args(["-W", "-f=${Status}", package])
        .output()
        .is_ok_and(|output| output.stdout.ends_with(b"ok installed"))
}

/// Installs Debian packages where we may.
///
/// # Errors
/// Names the command to run where we may not.
fn install(packages: &[&str]) -> Result<()> {
    let command = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    let root = output(Command::new("id").arg("-u"))?.trim() == "0";
    let prefix: &[&str] = match root {
        true => &["env"],
        false if succeeds(Command::new("sudo").args(["-n", "true"])) => &["sudo", "-n", "env"],
        false => bail!("missing: {}. Run: sudo {command}", packages.join(", ")),
    };
    say(&format!("installing {}", packages.join(", ")));
    let apt_get = |arguments: &[&str]| {
        let mut words = Command::new(prefix[0]);
        words.args(&prefix[1..]).args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(arguments);
        run(&mut words)
    };
    apt_get(&["update", "-q"])
        .and_then(|()| apt_get(&[&["install", "-y", "-q", "--no-install-recommends"], packages].concat()))
        .with_context(|| format!("could not install; run: {command}"))
}
