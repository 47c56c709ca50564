//! The first table of DESIGN's budgets: keystrokes, sizes and building, measured on the real wasm in headless Chromium.

mod measure;
mod report;
mod typing;

use crate::{
    demo,
    project::{self, Project, say},
    setup, synth,
};
use anyhow::{Context, Result, bail};
use serde::Serialize;
use std::{
    fs,
    path::{Path, PathBuf},
    str::FromStr,
};

/// More queries than this are thinned evenly: the times of a class settle long before.
const QUERIES: usize = 240;

/// How often everything is typed; medians are taken.
const RUNS: usize = 3;

/// The seed of synthetic directories.
const SEED: u64 = 1;

/// What to measure.
#[derive(clap::Args)]
pub struct Options {
    /// Only how well people are found as they are typed, natively; the tables are printed and not written
    #[arg(long)]
    typing: bool,
    /// Directories to measure: the sample, and synthetic ones by their number of rows
    #[arg(long, value_delimiter = ',', default_value = "sample,100k")]
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

    /// The folder of its tables, written if it is synthetic.
    fn tables(self, project: &Project) -> Result<PathBuf> {
        let Size::Rows(rows) = self else { return Ok(project.root.join("data")) };
        let folder = project.target.join("bench").join(self.name()).join("tables");
        synth::write(project, rows, SEED, &folder)?;
        Ok(folder)
    }
}

fn type_names(project: &Project, sizes: &[Size]) -> Result<()> {
    for size in sizes {
        say(&format!("typing names of {}", size.name()));
        let typing = typing::measure(project, &size.tables(project)?)?;
        print!("{}", typing::markdown(&size.name(), &typing));
    }
    Ok(())
}

/// Measures and writes the results; the table is printed too.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    if options.typing {
        return type_names(project, &options.sizes);
    }
    let browser = setup::browser()?;
    let command = demo::command(project)?;
    let default = project.root.join("tests/relevance/queries.tsv");
    let queries = queries(options.queries.as_deref().unwrap_or(&default))?;
    let mut results = Vec::new();
    for &size in &options.sizes {
        let name = size.name();
        let tables = project::tables(&size.tables(project)?)?;
        let site = project.target.join("bench").join(&name).join("site");
        say(&format!("measuring {name}"));
        results.push(measure::directory(project, &browser, &command, name, &tables, &site, &queries)?);
    }
    let report = report::Report::new(results, queries.len());
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

/// The column `query` of a tab-separated file, at most [`QUERIES`] of it.
fn queries(file: &Path) -> Result<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .flexible(true)
        .from_path(file)
        .with_context(|| format!("cannot read {}", file.display()))?;
    let headings = reader.headers()?;
    let column = headings.iter().position(|heading| heading == "query");
    let column = column.with_context(|| format!("{} has no column `query`", file.display()))?;
    let all: Vec<String> =
        reader.records().map(|row| Ok(row?.get(column).unwrap_or_default().to_string())).collect::<Result<_>>()?;
    let all: Vec<String> = all.into_iter().filter(|query| !query.is_empty()).collect();
    if all.is_empty() {
        bail!("{} holds no query", file.display());
    }
    let step = all.len() as f64 / all.len().min(QUERIES) as f64;
    Ok((0..all.len().min(QUERIES)).map(|at| all[(at as f64 * step) as usize].clone()).collect())
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
