//! The demo: the sample directory's site, built exactly as a maintainer would build it, and the project's own page over it.

use crate::{
    project::{Project, cargo, run, say},
    widget,
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
