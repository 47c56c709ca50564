//! What a visitor downloads, part by part, held against `sizes.json`: growth has to be meant.
//!
//! A part's size is the bytes that travel: scripts and wasm as brotli, which every server in use can send ready-made; the index
//! as it is, being packed already. Sizes are the same on every machine, so a small margin is enough.

use crate::{
    demo,
    project::{Project, output},
};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// How much a part may grow before it has to be meant.
const MARGIN: f64 = 0.02;

/// How many bytes any part may grow, so that a section of a hundred bytes is not held to two.
const SLACK: u64 = 64;

/// Budgets in bytes, which no `--update` lifts: scripts and wasm until names answer, what a page of results loads instead of or beyond that,
/// the sample's index with its words, the tables of characters.
pub const CODE_BUDGET: u64 = 75 * 1024;
const PAGE_BUDGET: u64 = 40 * 1024;
pub const INDEX_BUDGET: u64 = 54 * 1024;
const TABLES_BUDGET: u64 = 22 * 1024;

/// What a box loads until names answer; what a page of results loads in place of the engine's two; what is loaded after that, first of all the engine's second half.
const BOX: [&str; 3] = ["expert-search.js", "engine.js", "engine.wasm"];
const PAGE: [&str; 3] = ["browse.js", "browse.wasm", "page.js"];
const LATER: [&str; 3] = ["later.wasm", "card.js", "languages.js"];
/// What a directory in parts loads in place of the engine's two, and beyond them.
const LARGE: [&str; 3] = ["parts.js", "parts.wasm", "large.js"];
/// What a build writes of a directory, packed already.
const DATA: [&str; 3] = ["index", "tables", "words"];

/// One file's bytes, as it is and as servers send it.
#[derive(Clone, Copy, Deserialize)]
pub struct Packed {
    /// As it is.
    pub raw: u64,
    /// `gzip -9`.
    pub gzip: u64,
    /// brotli at its highest quality.
    pub brotli: u64,
}

impl Packed {
    fn and(self, other: Packed) -> Packed {
        Packed { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

/// The parts of a site under names that do not change, in the order they are loaded.
pub struct Parts(Vec<(&'static str, Packed)>);

impl Parts {
    /// Measures a site that `expert-search build` wrote.
    pub fn measure(project: &Project, site: &Path) -> Result<Parts> {
        let scripts: Vec<&'static str> = BOX.into_iter().chain(LATER).chain(LARGE).chain(PAGE).collect();
        let files: Vec<PathBuf> = scripts.iter().map(|name| project.widget().join(name)).collect();
        let mut parts: Vec<(&str, Packed)> = scripts.into_iter().zip(packed(project, &files)?).collect();
        for name in DATA {
            let none = Packed { raw: 0, gzip: 0, brotli: 0 };
            let sizes = packed(project, &data(site, name)?)?;
            parts.push((name, sizes.into_iter().fold(none, Packed::and)));
        }
        Ok(Parts(parts))
    }

    /// The scripts and the wasm of a box together, brotli, until names answer.
    pub fn code(&self) -> u64 {
        self.sum(&BOX)
    }

    /// What a page of results loads beyond a box: its script, and a larger engine in place of the box's two halves.
    pub fn page(&self) -> u64 {
        self.sum(&PAGE).saturating_sub(self.sum(&BOX[1..]) + self.sum(&LATER[..1]))
    }

    /// The index with its words, which are of no other.
    pub fn index(&self) -> u64 {
        self.sum(&["index", "words"])
    }

    /// The tables of characters, one file for all indexes.
    pub fn tables(&self) -> u64 {
        self.sum(&["tables"])
    }

    fn sum(&self, names: &[&str]) -> u64 {
        self.0.iter().filter(|(name, _)| names.contains(name)).map(|(name, size)| travels(name, *size)).sum()
    }
}

fn travels(name: &str, size: Packed) -> u64 {
    if DATA.contains(&name) { size.raw } else { size.brotli }
}

/// Prints the sizes of the demo; with `update`, writes them down as the ones that hold from now on.
///
/// # Errors
/// A part has grown by more than the margin, or is not in the file.
pub fn run(project: &Project, update: bool) -> Result<()> {
    let site = demo::build(project)?;
    let parts = Parts::measure(project, &site)?;
    let file = project.root.join("sizes.json");
    let held: BTreeMap<String, u64> = match fs::read_to_string(&file) {
        Ok(text) => serde_json::from_str(&text).with_context(|| format!("{} is no table of sizes", file.display()))?,
        Err(_) if update => BTreeMap::new(),
        Err(error) => bail!("cannot read {}: {error}; `cargo xtask size --update` writes it", file.display()),
    };

    println!("{:<30}{:>9}{:>9}{:>9}{:>10}{:>9}", "part", "raw", "gzip -9", "brotli", "travels", "held");
    let mut sizes: BTreeMap<String, u64> = BTreeMap::new();
    let mut grown = Vec::new();
    let mut hold = |name: String, columns: String, new: u64| {
        let old = held.get(&name).copied();
        println!("{name:<30}{columns}{new:>10}{:>9}", old.map_or("-".into(), |old| old.to_string()));
        match old {
            Some(old) if new > (old as f64 * (1.0 + MARGIN)) as u64 + SLACK => {
                grown.push(format!("{name} grew from {old} to {new} bytes"))
            }
            Some(old) if new + SLACK < (old as f64 * (1.0 - MARGIN)) as u64 => {
                println!("  smaller: `cargo xtask size --update` holds the gain")
            }
            Some(_) => {}
            None => grown.push(format!("{name} ({new} bytes) is not in sizes.json")),
        }
        sizes.insert(name, new);
    };
    for (name, size) in &parts.0 {
        hold((*name).into(), format!("{:>9}{:>9}{:>9}", size.raw, size.gzip, size.brotli), travels(name, *size));
    }
    for section in sections(project, &site)? {
        let column = section.column.map_or(String::new(), |[field, label]| format!(" {field} {label}"));
        hold(format!("index/{}{column}", section.name), format!("{:>9}{:>18}", section.bytes, ""), section.packed);
    }
    for (what, bytes, budget) in [
        ("scripts and wasm", parts.code(), CODE_BUDGET),
        ("more for a page of results", parts.page(), PAGE_BUDGET),
        ("index and words", parts.index(), INDEX_BUDGET),
        ("tables", parts.tables(), TABLES_BUDGET),
    ] {
        println!("{what}: {bytes} bytes of {budget}");
        if bytes > budget {
            bail!("{what} are {bytes} bytes, and the budget is {budget}");
        }
    }
    if update {
        return Ok(fs::write(&file, serde_json::to_string_pretty(&sizes)? + "\n")?);
    }
    if !grown.is_empty() {
        bail!(
            "{}. Make it smaller, or if it is worth it, run `cargo xtask size --update` and say why in the commit",
            grown.join("; ")
        );
    }
    Ok(())
}

/// A section of an index, as `expert-search stats --json` tells it.
#[derive(Deserialize)]
struct Section {
    name: String,
    /// The field and the heading of a column.
    column: Option<[String; 2]>,
    /// Before packing.
    bytes: u64,
    /// Packed alone.
    packed: u64,
}

fn sections(project: &Project, site: &Path) -> Result<Vec<Section>> {
    #[derive(Deserialize)]
    struct Stats {
        sections: Vec<Section>,
    }
    let text = output(Command::new(project.command()).arg("stats").arg(site).arg("--json"))?;
    Ok(serde_json::from_str::<Stats>(&text)?.sections)
}

/// The files of one of [`DATA`] that a site's manifest names; of an index in parts all of them, details too.
fn data(site: &Path, name: &str) -> Result<Vec<PathBuf>> {
    let manifest = fs::read_to_string(site.join("experts.json")).context("the site has no experts.json")?;
    let manifest: serde_json::Value = serde_json::from_str(&manifest)?;
    let named = |name: &serde_json::Value| name.as_str().map(|name| site.join(name));
    if let Some(name) = named(&manifest[name]) {
        return Ok(vec![name]);
    }
    let parts = &manifest["parts"];
    let (Some(names), Some(values), "index") = (named(&parts["names"]), named(&parts["values"]), name) else {
        bail!("experts.json names no {name}");
    };
    let mut files = vec![names, values];
    if let Ok(details) = fs::read_dir(site.join("details")) {
        files.extend(details.map(|entry| Ok(entry?.path())).collect::<Result<Vec<PathBuf>>>()?);
    }
    Ok(files)
}

/// What each of these files is as it travels.
pub fn packed(project: &Project, files: &[PathBuf]) -> Result<Vec<Packed>> {
    let text = output(project.node("crates/xtask/js/packed.mjs").args(files))?;
    Ok(serde_json::from_str(&text)?)
}
