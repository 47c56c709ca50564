//! The demo: the sample directory's site, built exactly as a maintainer would build it, and the project's own page over it.

use crate::{
    project::{Project, cargo, output, run, say},
    synth, widget,
};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Builds the site and returns its folder.
pub fn build(project: &Project) -> Result<PathBuf> {
    let command = command(project)?;
    let site = project.target.join("demo");
    say("building the sample directory's site");
    // The command refuses a folder that holds what it has not written.
    let page = site.join("page.html");
    if page.exists() {
        fs::remove_file(page)?;
    }
    run(Command::new(command).arg("build").args(project.sample()?).arg("-o").arg(&site))?;
    for name in ["index.html", "page.html"] {
        let page = project.root.join("www").join(name);
        fs::copy(&page, site.join(name))
            .with_context(|| format!("cannot copy {} into {}", page.display(), site.display()))?;
    }
    Ok(site)
}

/// How many rows of the synthetic directory that tests take for a large one: a little more than the command keeps in one file, so that
/// joined records do not make it a small one.
const LARGE: usize = 21_000;

/// Builds the site of a large synthetic directory with the command that [`build`] left, and returns its folder.
pub fn large(project: &Project) -> Result<PathBuf> {
    let (tables, site) = (project.target.join("large/tables"), project.target.join("large/site"));
    say("building a large directory's site");
    let files = synth::write(project, LARGE, 1, &tables)?;
    // What it reports of stations and their guests is of nobody's interest.
    output(Command::new(project.command()).arg("build").args(files).arg("-o").arg(&site))?;
    Ok(site)
}

/// Builds the maintainers' command with the widget inside, and returns the program.
pub fn command(project: &Project) -> Result<PathBuf> {
    let widget = widget::build(project)?;
    compile_command(project, &widget)?;
    Ok(project.command())
}

fn compile_command(project: &Project, widget: &Path) -> Result<()> {
    say("compiling the command expert-search");
    run(cargo()
        .args(["build", "--locked", "--release", "-p", "cli"])
        .env("EXPERT_SEARCH_WIDGET", widget)
        .current_dir(&project.root))
}
