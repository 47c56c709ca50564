//! One directory measured: building it natively, its bytes, and typing into it in the browser.

use super::{
    cold::{self, Cold},
    node::script,
};
use crate::{
    project::Project,
    serve::Server,
    setup::Browser,
    size::{self, Parts},
};
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How a directory is typed into.
pub struct Typing {
    pub queries: Vec<String>,
    /// How often everything is typed; medians are taken.
    pub runs: usize,
    /// How many times slower the processor is made, as Chromium's tools slow it for a phone.
    pub rates: &'static [u32],
}

/// What was measured of one directory. Times in milliseconds unless named otherwise, sizes in bytes.
#[derive(Serialize)]
pub struct Directory {
    pub name: String,
    /// Of all tables, headings not counted.
    pub rows: usize,
    pub csv_gzip: u64,
    pub index: u64,
    pub code_brotli: u64,
    pub cold: Cold,
    pub build_seconds: f64,
    /// The most memory that building held, in MiB; none where the system does not tell.
    pub build_memory: Option<u64>,
    /// How long the directory takes to open, in milliseconds: the median of seven times in a page, and the first time, when the browser compiles
    /// what it runs; each the median of several pages.
    pub ready: f64,
    pub ready_first: f64,
    pub compile: f64,
    /// Linear memory: of the wasm alone, when the index is open, and when all was typed.
    pub memory: [u64; 3],
    pub queries: usize,
    pub runs: usize,
    pub chromium: String,
    pub speeds: Vec<Speed>,
}

/// Typing at one speed of the processor.
#[derive(Serialize)]
pub struct Speed {
    /// How many times slower the processor was made.
    pub slowed: u32,
    /// The calibration kernel's time.
    pub kernel: f64,
    pub keystrokes: usize,
    /// Of single keystrokes, each the median of its runs.
    pub keystroke: Spread,
    /// Of whole sequences by their number of keystrokes, each the median of its runs.
    pub sequence: Spread,
    /// The slowest keystrokes, for whoever wants to mend them.
    pub slowest: Vec<(String, f64)>,
}

/// Where the middle and the tail of a set of times lie.
#[derive(Serialize)]
pub struct Spread {
    pub median: f64,
    pub p99: f64,
    pub max: f64,
}

impl Spread {
    /// Of times with how often each counts.
    pub fn of(mut times: Vec<(f64, usize)>) -> Spread {
        times.sort_by(|one, other| one.0.total_cmp(&other.0));
        let total: usize = times.iter().map(|(_, count)| count).sum();
        let at = |share: f64| {
            let mut left = (total as f64 * share).ceil() as usize;
            let found = times.iter().find(|(_, count)| {
                left = left.saturating_sub(*count);
                left == 0
            });
            found.map_or(0.0, |(time, _)| *time)
        };
        Spread { median: at(0.5), p99: at(0.99), max: at(1.0) }
    }
}

/// How often a directory is built that takes fewer seconds than this: the first time the disk may still be busy with the command itself.
const BUILDS: usize = 3;
const SHORT: f64 = 10.0;

/// What js/bench.mjs prints.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Typed {
    chromium: String,
    compiled: f64,
    ready: f64,
    ready_first: f64,
    empty_memory: u64,
    ready_memory: u64,
    memory: u64,
    rates: Vec<Rate>,
}

#[derive(Deserialize)]
struct Rate {
    rate: u32,
    kernel: f64,
    sequences: Vec<f64>,
    keystrokes: Vec<Vec<f64>>,
}

/// Builds the directory into `site` and measures it.
pub fn directory(
    project: &Project,
    browser: &Browser,
    command: &Path,
    name: String,
    tables: &[PathBuf],
    site: &Path,
    typing: &Typing,
) -> Result<Directory> {
    let mut builds = vec![build(command, tables, site)?];
    while builds.len() < BUILDS && builds[0].0 < SHORT {
        builds.push(build(command, tables, site)?);
    }
    builds.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (build_seconds, build_memory) = builds[builds.len() / 2];
    let parts = Parts::measure(project, site)?;
    // Every size of directory has a 王, and the first letter is answered.
    let cold = cold::visit(project, browser, site, "w")?;
    let typed = type_in(project, browser, site, typing)?;
    let rows = tables.iter().map(|table| Ok(fs::read_to_string(table)?.lines().count() - 1)).sum::<Result<usize>>()?;
    Ok(Directory {
        name,
        rows,
        csv_gzip: size::packed(project, tables)?.iter().map(|packed| packed.gzip).sum(),
        index: parts.index(),
        code_brotli: parts.code(),
        cold,
        build_seconds,
        build_memory,
        ready: typed.ready,
        ready_first: typed.ready_first,
        compile: typed.compiled,
        memory: [typed.empty_memory, typed.ready_memory, typed.memory],
        queries: typing.queries.len(),
        runs: typing.runs,
        chromium: typed.chromium,
        speeds: typed.rates.into_iter().map(|rate| speed(rate, &typing.queries)).collect(),
    })
}

/// Runs `expert-search build` and returns its seconds and the most MiB it held.
fn build(command: &Path, tables: &[PathBuf], site: &Path) -> Result<(f64, Option<u64>)> {
    fs::create_dir_all(site.parent().context("a site has a parent folder")?)?;
    let begin = Instant::now();
    let mut child =
        Command::new(command).arg("build").args(tables).arg("-o").arg(site).stdout(Stdio::null()).spawn()?;
    let mut memory = None;
    let status = loop {
        // Linux tells the high-water mark of a process that is still there.
        memory = high_water(child.id()).or(memory);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(Duration::from_millis(1));
    };
    if !status.success() {
        bail!("`expert-search build` ended with {status}");
    }
    Ok((begin.elapsed().as_secs_f64(), memory))
}

fn high_water(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes / 1024)
}

fn type_in(project: &Project, browser: &Browser, site: &Path, typing: &Typing) -> Result<Typed> {
    let server = Server::open(site, 0)?;
    let settings = serde_json::json!({
        "chromium": browser.chromium,
        "site": server.address(),
        "queries": typing.queries,
        "rates": typing.rates,
        "runs": typing.runs,
    });
    thread::spawn(move || server.serve());
    script(project, "bench", &settings)
}

fn speed(rate: Rate, queries: &[String]) -> Speed {
    let single: Vec<(f64, usize)> = rate.keystrokes.iter().flatten().map(|&time| (time, 1)).collect();
    let whole = rate.sequences.iter().zip(&rate.keystrokes).map(|(&time, sequence)| (time, sequence.len())).collect();
    let mut slowest: Vec<(String, f64)> = Vec::new();
    for (query, sequence) in queries.iter().zip(&rate.keystrokes) {
        let prefixes = query.char_indices().map(|(at, letter)| &query[..at + letter.len_utf8()]);
        slowest.extend(prefixes.zip(sequence).map(|(prefix, &time)| (prefix.to_string(), time)));
    }
    slowest.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    slowest.dedup_by(|one, other| one.0 == other.0);
    slowest.truncate(10);
    Speed {
        slowed: rate.rate,
        kernel: rate.kernel,
        keystrokes: single.len(),
        keystroke: Spread::of(single),
        sequence: Spread::of(whole),
        slowest,
    }
}

#[cfg(test)]
mod tests {
    use super::Spread;

    #[test]
    fn spread_counts_each_time_as_often_as_told() {
        let spread = Spread::of((1..=100).rev().map(|time| (f64::from(time), 1)).collect());
        assert_eq!((spread.median, spread.p99, spread.max), (50.0, 99.0, 100.0));
        let weighted = Spread::of(vec![(1.0, 98), (9.0, 2)]);
        assert_eq!((weighted.median, weighted.p99, weighted.max), (1.0, 9.0, 9.0));
    }
}
