//! The second way to build for wasm: Debian's Rust compiler, for machines where rustup cannot fetch its own target.
//!
//! Debian has no ready library for `wasm32-unknown-unknown`, so the standard library is compiled from Debian's sources, by the
//! compiler of the same version, with cargo's `build-std`. Debian's `rustc-web` conflicts with rustup as a package; it is
//! unpacked into the target folder instead, which needs no rights either. The linker is the `rust-lld` that rustup installs.

use crate::{
    project::{Project, output, run, say},
    setup::{BUILD_STD, WasmToolchain, unstable},
};
use anyhow::{Context, Result, bail};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The packages asked for by name; the compiler's own libraries are found through their dependencies.
const PACKAGES: [&str; 3] = ["rustc-web", "rust-web-src", "libstd-rust-web-dev"];

/// How the names of the compiler's libraries begin; the rest is their version.
const LIBRARIES: [&str; 2] = ["libstd-rust-web-", "libllvm"];

/// Fetches and unpacks the compiler if it is not there yet.
pub fn toolchain(project: &Project) -> Result<WasmToolchain> {
    let folder = project.target.join("debian-rust");
    if !folder.join("complete").exists() {
        say("fetching Debian's Rust compiler and library sources (140 MB)");
        fetch(&folder)?;
        fs::write(folder.join("complete"), "")?;
    }
    Ok(WasmToolchain {
        variables: vec![
            unstable(),
            ("RUSTC", wrapper(&folder)?),
            ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker()?),
        ],
        arguments: &BUILD_STD,
    })
}

fn fetch(folder: &Path) -> Result<()> {
    let packages = folder.join("packages");
    fs::create_dir_all(&packages)?;
    let names: Vec<String> = with_libraries()?.into_iter().collect();
    run(Command::new("apt-get").args(["download", "-q"]).args(&names).current_dir(&packages))
        .context("apt-get could not download Debian's Rust compiler")?;
    for entry in fs::read_dir(&packages)? {
        run(Command::new("dpkg").arg("-x").arg(entry?.path()).arg(folder))?;
    }
    Ok(fs::remove_dir_all(&packages)?)
}

/// [`PACKAGES`] and the [`LIBRARIES`] they depend on, at whatever version this Debian has.
fn with_libraries() -> Result<BTreeSet<String>> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut open: Vec<String> = PACKAGES.map(String::from).to_vec();
    while let Some(name) = open.pop() {
        let listing = output(Command::new("apt-cache").args(["depends", "--important", &name]))
            .context("apt-cache does not know Debian's Rust packages; run `apt-get update` as root")?;
        names.insert(name);
        let depends = listing.lines().filter_map(|line| line.trim().strip_prefix("Depends: "));
        let libraries = depends.filter(|name| LIBRARIES.iter().any(|start| name.starts_with(start)));
        open.extend(libraries.filter(|&name| !names.contains(name)).map(String::from));
    }
    Ok(names)
}

/// A script that starts the unpacked compiler with the unpacked libraries, and with nothing changed for other programs.
fn wrapper(folder: &Path) -> Result<PathBuf> {
    let path = folder.join("rustc");
    if !path.exists() {
        let usr = folder.join("usr");
        let libraries = usr.join("lib").join(format!("{}-linux-gnu", std::env::consts::ARCH));
        let text = format!(
            "#!/bin/sh\n# Starts Debian's unpacked compiler.\nLD_LIBRARY_PATH='{}' exec '{}' \"$@\"\n",
            libraries.display(),
            usr.join("bin/rustc").display()
        );
        fs::write(&path, text)?;
        run(Command::new("chmod").arg("+x").arg(&path))?;
    }
    Ok(path)
}

fn linker() -> Result<PathBuf> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    let host = output(Command::new("rustc").args(["--print", "host-tuple"]))?;
    let path = Path::new(sysroot.trim()).join("lib/rustlib").join(host.trim()).join("bin/rust-lld");
    if !path.is_file() {
        bail!("{} is missing; rustup's toolchain brings it", path.display());
    }
    Ok(path)
}
