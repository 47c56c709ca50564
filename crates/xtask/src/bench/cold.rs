//! What a first visit fetches until names are answered, and in all.

use super::node::script;
use crate::{project::Project, serve::Server, setup::Browser, size};
use anyhow::Result;
use serde::{Deserialize, Serialize};
use std::{
    path::{Path, PathBuf},
    thread,
};

/// Bytes on the wire of a visit with nothing cached: scripts, wasm and manifest as brotli, the rest as it is. The page's own are not counted.
#[derive(Serialize)]
pub struct Cold {
    /// Until the first name is answered.
    pub first: u64,
    /// Until everything is there that any query may need.
    pub all: u64,
}

/// What js/bench-cold.mjs prints.
#[derive(Deserialize)]
struct Files {
    first: Vec<String>,
    later: Vec<String>,
}

/// Visits a built site.
pub fn visit(project: &Project, browser: &Browser, site: &Path, name: &str) -> Result<Cold> {
    let server = Server::open(site, 0)?;
    let settings = serde_json::json!({ "chromium": browser.chromium, "site": server.address(), "name": name });
    thread::spawn(move || server.serve());
    let files: Files = script(project, "bench-cold", &settings)?;
    let bytes = |files: &[String]| -> Result<u64> {
        let paths: Vec<PathBuf> = files.iter().map(|file| site.join(file)).collect();
        let sizes = size::packed(project, &paths)?;
        // Indexes and tables are packed already; no server packs them again.
        let is_packed = |file: &String| {
            ["index-", "names-", "values-", "details/", "tables-", "words-"].iter().any(|start| file.starts_with(start))
        };
        Ok(files.iter().zip(sizes).map(|(file, size)| if is_packed(file) { size.raw } else { size.brotli }).sum())
    };
    let first = bytes(&files.first)?;
    Ok(Cold { first, all: first + bytes(&files.later)? })
}
