//! Other search libraries beside ours in one page, on the sample and its labelled queries.

use super::{
    measure::Spread,
    node::script,
    queries::{Query, thinned},
};
use crate::{
    project::{Project, cargo, output, run, say},
    serve::Server,
    setup::Browser,
};
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

/// How many queries are judged, and how many are typed letter by letter: some libraries take a tenth of a second for each answer.
const JUDGED: usize = 400;
const TYPED: usize = 60;

/// One library.
#[derive(Serialize)]
pub struct Peer {
    pub name: String,
    /// The share of judged queries that it answers.
    pub success: f64,
    /// By class, the share of its queries.
    pub classes: BTreeMap<String, f64>,
    /// Of keystrokes, each the median of three, in milliseconds.
    pub keystroke: Spread,
    /// Milliseconds to set it up in the page: to index the records, or to open an index.
    pub build: f64,
    /// Bytes of the index and of what is shown.
    pub raw: u64,
    pub gzip: u64,
    pub brotli: u64,
}

/// What js/bench-peers.mjs prints.
#[derive(Deserialize)]
struct Told {
    engines: Vec<Engine>,
}

#[derive(Deserialize)]
struct Engine {
    name: String,
    build: f64,
    index: Sizes,
    times: Vec<f64>,
    /// For each query, of each hit its ids.
    found: Vec<Vec<Vec<String>>>,
}

#[derive(Deserialize)]
struct Sizes {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Measures all libraries on the directory of these tables, whose site stands in `folder`/site.
pub fn measure(
    project: &Project,
    browser: &Browser,
    tables: &Path,
    folder: &Path,
    queries: &[Query],
) -> Result<Vec<Peer>> {
    let modules = install(project)?;
    let queries = thinned(queries, JUDGED);
    let records = output(
        cargo()
            .args(["run", "--quiet", "--locked", "--release", "-p", "bench", "--", "records"])
            .arg(tables)
            .current_dir(&project.root),
    )?;
    let records: serde_json::Value = serde_json::from_str(&records)?;
    let server = Server::open(folder, 0)?;
    let settings = serde_json::json!({
        "chromium": browser.chromium,
        "base": server.address(),
        "folder": folder.join("peers"),
        "modules": modules,
        "records": records,
        "queries": queries,
        "typed": thinned(&queries, TYPED).into_iter().map(|query| query.query).collect::<Vec<String>>(),
    });
    thread::spawn(move || server.serve());
    let told: Told = script(project, "bench-peers", &settings)?;
    Ok(told.engines.into_iter().map(|engine| peer(engine, &queries)).collect())
}

fn peer(engine: Engine, queries: &[Query]) -> Peer {
    let mut classes: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for (query, hits) in queries.iter().zip(&engine.found) {
        if let Some(is_answered) = query.is_answered(hits) {
            let (answered, all) = classes.entry(query.class.clone()).or_default();
            *answered += u32::from(is_answered);
            *all += 1;
        }
    }
    let sums = classes.values().fold((0, 0), |sums, class| (sums.0 + class.0, sums.1 + class.1));
    let share = |(answered, all): (u32, u32)| f64::from(answered) / f64::from(all.max(1));
    Peer {
        name: engine.name,
        success: share(sums),
        classes: classes.into_iter().map(|(class, counts)| (class, share(counts))).collect(),
        keystroke: Spread::of(engine.times.into_iter().map(|time| (time, 1)).collect()),
        build: engine.build,
        raw: engine.index.raw,
        gzip: engine.index.gzip,
        brotli: engine.index.brotli,
    }
}

/// The libraries of bench/package.json, and the folder they are in.
fn install(project: &Project) -> Result<PathBuf> {
    let folder = project.root.join("bench");
    let modules = folder.join("node_modules");
    let time = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    // npm writes the mark when it has finished.
    let (wanted, installed) = (time(&folder.join("package-lock.json")), time(&modules.join(".package-lock.json")));
    if installed.is_none() || installed < wanted {
        say("installing the libraries of bench/package.json");
        run(Command::new("npm").arg("ci").current_dir(&folder)).context("the other libraries cannot be had")?;
    }
    Ok(modules)
}

/// One table of the libraries, one of their success by class.
pub fn markdown(peers: &[Peer]) -> String {
    let reference = peers.iter().find(|peer| peer.name == "MiniSearch");
    let mut text = "## Other libraries on the sample\n\n".to_string();
    text += "| | answered | keystroke, median | p99 | slowest | set up | index, raw | gzip -9 | brotli | p99 by MiniSearch's | gzip by MiniSearch's |\n";
    text += "|---|---|---|---|---|---|---|---|---|---|---|\n";
    for peer in peers {
        let by = |figure: fn(&Peer) -> f64| {
            reference.map_or("–".into(), |reference| format!("1/{:.1}", figure(reference) / figure(peer)))
        };
        let kilobytes = |bytes: u64| format!("{:.0} KB", bytes as f64 / 1024.0);
        text += &format!(
            "| {} | {:.1} % | {:.2} ms | {:.2} ms | {:.2} ms | {:.0} ms | {} | {} | {} | {} | {} |\n",
            peer.name,
            peer.success * 100.0,
            peer.keystroke.median,
            peer.keystroke.p99,
            peer.keystroke.max,
            peer.build,
            kilobytes(peer.raw),
            kilobytes(peer.gzip),
            kilobytes(peer.brotli),
            by(|peer| peer.keystroke.p99),
            by(|peer| peer.gzip as f64),
        );
    }
    let names: Vec<&str> = peers.iter().map(|peer| peer.name.as_str()).collect();
    text += &format!("\nAnswered by class, %:\n\n| | {} |\n|---|{}\n", names.join(" | "), "---|".repeat(names.len()));
    let classes = peers.first().map(|peer| peer.classes.keys().collect::<Vec<_>>()).unwrap_or_default();
    for class in classes {
        let cells = peers.iter().map(|peer| format!("{:.0}", peer.classes.get(class).unwrap_or(&0.0) * 100.0));
        text += &format!("| {class} | {} |\n", cells.collect::<Vec<_>>().join(" | "));
    }
    text + "\nA keystroke's time is the median of three.\n\n"
}
