//! Runs one of the bench's scripts in Node: settings go in as JSON, what it measured comes out.

use crate::project::Project;
use anyhow::{Context, Result, bail};
use serde::{Serialize, de::DeserializeOwned};
use std::{io::Write, process::Stdio, thread};

/// Runs `crates/xtask/js/{name}.mjs`.
///
/// # Errors
/// It does not start, ends with anything but 0, or prints something else than expected.
pub fn script<T: DeserializeOwned>(project: &Project, name: &str, settings: &impl Serialize) -> Result<T> {
    let script = format!("crates/xtask/js/{name}.mjs");
    let mut node = project.node(&script);
    let mut node = node.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("Node.js does not start")?;
    let mut input = node.stdin.take().context("the script's input is a pipe")?;
    let settings = serde_json::to_vec(settings)?;
    // In a thread of its own, so that neither side waits for the other with a full pipe.
    let writer = thread::spawn(move || input.write_all(&settings));
    let output = node.wait_with_output()?;
    if !output.status.success() {
        bail!("{script} ended with {}", output.status);
    }
    writer.join().expect("writing does not panic")?;
    serde_json::from_slice(&output.stdout).with_context(|| format!("{script} printed something unexpected"))
}
