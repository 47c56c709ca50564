//! Where things are, and how other programs are run: the two things every command needs.

use anyhow::{Context, Result, bail};
use std::{
    ffi::OsStr,
    io::ErrorKind,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The workspace's folders, all absolute.
pub struct Project {
    /// The folder of the root Cargo.toml.
    pub root: PathBuf,
    /// Cargo's target folder, wherever the developer's settings put it.
    pub target: PathBuf,
}

impl Project {
    /// Asks cargo, so that `CARGO_TARGET_DIR` and cargo's configuration files count.
    pub fn find() -> Result<Project> {
        let text = output(cargo().args(["metadata", "--format-version=1", "--no-deps", "--offline"]))?;
        let metadata: serde_json::Value = serde_json::from_str(&text).context("cargo metadata printed no JSON")?;
        let folder = |key: &str| {
            metadata[key].as_str().map(PathBuf::from).with_context(|| format!("cargo metadata names no {key}"))
        };
        Ok(Project { root: folder("workspace_root")?, target: folder("target_directory")? })
    }

    /// The widget's built files under fixed names: `expert-search.js`, `engine.js`, `engine.wasm` and those of the page form.
    pub fn widget(&self) -> PathBuf {
        self.target.join("widget")
    }

    /// The maintainers' command as `cargo build --release` leaves it.
    pub fn command(&self) -> PathBuf {
        self.target.join("release").join(format!("expert-search{}", std::env::consts::EXE_SUFFIX))
    }

    /// The sample directory's tables, in the order of their names.
    pub fn sample(&self) -> Result<Vec<PathBuf>> {
        tables(&self.root.join("data"))
    }

    /// A program that `npm ci` put into `node_modules`.
    pub fn node_tool(&self, name: &str) -> Command {
        let mut command = Command::new(self.root.join("node_modules/.bin").join(name));
        command.current_dir(&self.root);
        command
    }

    /// Node itself, running one of this project's scripts.
    pub fn node(&self, script: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new("node");
        command.current_dir(&self.root).arg(script);
        command
    }
}

/// The CSV files of a folder, in the order of their names.
pub fn tables(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension() == Some(OsStr::new("csv")))
        .collect();
    files.sort();
    if files.is_empty() {
        bail!("{} holds no .csv file", folder.display());
    }
    Ok(files)
}

/// The cargo that runs us, for the workspace we are in.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Set by `cargo run` for this package; a nested cargo must not take them for its own.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        command.env_remove(name);
    }
    command
}

/// Runs a program with its output on ours.
///
/// # Errors
/// The program is not there, or it exits with anything but 0.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if !status.success() {
        bail!("`{}` ended with {status}", line(command));
    }
    Ok(())
}

/// Runs a program and returns what it printed; its error output stays on ours.
///
/// # Errors
/// As [`run`], and output that is not UTF-8.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| not_started(command, &error))?;
    if !output.status.success() {
        bail!("`{}` ended with {}", line(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{}` printed something that is not UTF-8", line(command)))
}

/// Whether a program runs and exits with 0; nothing it prints is shown.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The first file of this name on the PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// A heading for what a command does next, on the error output with cargo's own.
pub fn say(what: &str) {
    eprintln!("── {what}");
}

fn not_started(command: &Command, error: &std::io::Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy();
    match error.kind() {
        ErrorKind::NotFound => anyhow::anyhow!("`{program}` is not installed"),
        _ => anyhow::anyhow!("`{program}` does not start: {error}"),
    }
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
