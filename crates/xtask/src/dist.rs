//! The release: the maintainers' command with the widget inside, and the licences it has to carry.

use crate::{demo, licences, project::Project};
use anyhow::{Context, Result};
use std::{fs, path::Path};

/// Builds the command and puts it into `dist` in the target folder.
pub fn run(project: &Project) -> Result<()> {
    let command = demo::command(project)?;
    let folder = project.target.join("dist");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut files = vec![command];
    for entry in fs::read_dir(&project.root)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if ["LICENSE", "NOTICE"].iter().any(|start| name.starts_with(start)) {
            files.push(path);
        }
    }
    for file in files {
        let copy = folder.join(file.file_name().context("every file has a name")?);
        fs::copy(&file, &copy).with_context(|| format!("cannot copy {}", file.display()))?;
        tell(&copy)?;
    }
    let others = folder.join("THIRD-PARTY.txt");
    fs::write(&others, licences::of_command(project)?)?;
    tell(&others)
}

fn tell(file: &Path) -> Result<()> {
    println!("{}  {} bytes", file.display(), fs::metadata(file)?.len());
    Ok(())
}
