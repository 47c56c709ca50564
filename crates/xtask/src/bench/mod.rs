//! Every budget measured: keystrokes, sizes, memory and building on the real wasm in headless Chromium, other libraries beside ours, and natively how soon
//! people are found and how many instructions that takes.

mod cold;
mod counts;
mod measure;
mod node;
mod peers;
mod queries;
mod report;
mod typing;

use crate::{
    demo,
    project::{self, Project, say},
    setup, synth,
};
use anyhow::Result;
use serde::Serialize;
use std::{fs, path::PathBuf, str::FromStr};

/// How often everything is typed: an odd number, or the median would be the larger one of two in the middle.
const RUNS: usize = 9;
/// The seed of synthetic directories.
const SEED: u64 = 1;

/// What to measure.
#[derive(clap::Args)]
pub struct Options {
    /// Only how well people are found as they are typed, natively; the tables are printed and not written
    #[arg(long)]
    typing: bool,
    /// Only count instructions, on the sample, and fail when one has grown beyond bench/counts.json
    #[arg(long)]
    counts: bool,
    /// With --counts: write them down as the ones that hold from now on
    #[arg(long, requires = "counts")]
    update: bool,
    /// Directories to measure: the sample, and synthetic ones by their number of rows
    #[arg(long, value_delimiter = ',', default_value = "sample,20k,100k,1m")]
    sizes: Vec<Size>,
    /// Queries to type, in the column `query` of a tab-separated file
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
    /// Where the results go, without an ending: .md and .json are added
    #[arg(long, value_name = "FILE", default_value = "bench/results")]
    out: PathBuf,
}

/// A directory to measure, as `sample`, `2500`, `100k` or `1m`.
#[derive(Clone, Copy, Serialize)]
#[serde(untagged)]
pub enum Size {
    /// The sample in data/.
    Sample,
    /// A synthetic one of this many rows.
    Rows(usize),
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Size, String> {
        if text == "sample" {
            return Ok(Size::Sample);
        }
        let (digits, unit) = match text.strip_suffix(['k', 'm']) {
            Some(digits) => (digits, if text.ends_with('k') { 1_000 } else { 1_000_000 }),
            None => (text, 1),
        };
        let number: usize =
            digits.parse().map_err(|_| "say sample, or a number of rows such as 2500, 100k or 1m".to_string())?;
        Ok(Size::Rows(number * unit))
    }
}

impl Size {
    fn name(self) -> String {
        match self {
            Size::Sample => "sample".into(),
            Size::Rows(rows) if rows % 1_000_000 == 0 => format!("{}m", rows / 1_000_000),
            Size::Rows(rows) if rows % 1_000 == 0 => format!("{}k", rows / 1_000),
            Size::Rows(rows) => rows.to_string(),
        }
    }

    /// How it is typed into: the larger it is, the fewer queries say enough and the longer each takes.
    fn typing(self, queries: &[queries::Query]) -> measure::Typing {
        let (most, rates): (usize, &[u32]) = match self {
            Size::Rows(500_000..) => (40, &[1]),
            Size::Rows(50_000..) => (120, &[1, 6]),
            _ => (240, &[1, 6]),
        };
        let queries = queries::thinned(queries, most).into_iter().map(|query| query.query).collect();
        measure::Typing { queries, runs: RUNS, rates }
    }

    /// The folder of its tables, written if it is synthetic.
    fn tables(self, project: &Project) -> Result<PathBuf> {
        let Size::Rows(rows) = self else { return Ok(project.root.join("data")) };
        let folder = project.target.join("bench").join(self.name()).join("tables");
        synth::write(project, rows, SEED, &folder)?;
        Ok(folder)
    }
}

/// Counts instructions and fails when one has grown.
pub fn hold_counts(project: &Project) -> Result<()> {
    counts::hold(project, false)
}

fn type_names(project: &Project, sizes: &[Size]) -> Result<()> {
    for size in sizes {
        say(&format!("typing names of {}", size.name()));
        let typing = typing::measure(project, &size.tables(project)?)?;
        print!("{}", typing::markdown(&size.name(), &typing));
    }
    Ok(())
}

/// Measures and writes the results; the tables are printed too.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    if options.typing {
        return type_names(project, &options.sizes);
    }
    if options.counts {
        return counts::hold(project, options.update);
    }
    let browser = setup::browser()?;
    let command = demo::command(project)?;
    let default = project.root.join("tests/relevance/queries.tsv");
    let queries = queries::read(options.queries.as_deref().unwrap_or(&default))?;
    let mut report = report::Report::new();
    for &size in &options.sizes {
        let name = size.name();
        let folder = project.target.join("bench").join(&name);
        let tables = size.tables(project)?;
        say(&format!("measuring {name}"));
        let files = project::tables(&tables)?;
        let typing = size.typing(&queries);
        let site = folder.join("site");
        report.directories.push(measure::directory(project, &browser, &command, name.clone(), &files, &site, &typing)?);
        if let Size::Sample = size {
            say("measuring other libraries beside ours");
            report.peers = peers::measure(project, &browser, &tables, &folder, &queries)?;
        }
        if matches!(size, Size::Sample | Size::Rows(100_000)) {
            say(&format!("typing names of {name}"));
            report.people.push((name, typing::measure(project, &tables)?));
        }
    }
    let (markdown, json) = (options.out.with_extension("md"), options.out.with_extension("json"));
    if let Some(folder) = options.out.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&json, serde_json::to_string_pretty(&report)? + "\n")?;
    fs::write(&markdown, report.markdown())?;
    print!("{}", report.markdown());
    say(&format!("written to {} and {}", markdown.display(), json.display()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Size;

    #[test]
    fn sizes_are_named_as_they_are_written() {
        for text in ["sample", "2500", "100k", "1m"] {
            assert_eq!(text.parse::<Size>().unwrap().name(), text);
        }
        for text in ["", "k", "many", "1.5k", "-1"] {
            assert!(text.parse::<Size>().is_err(), "{text}");
        }
    }
}
