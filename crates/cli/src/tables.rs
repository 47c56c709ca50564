//! The tables of a call, read and understood, with a progress bar on a terminal.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use ingest::problem::Kind;
use ingest::{Directory, LARGEST_FILE, Place, Problem, Settings, Sheet, Step};

use crate::failure::{Action, Failure};
use crate::speech::tell;

/// Files as they are on the disk.
#[derive(Debug, Default)]
pub struct Tables {
    /// Names as the maintainer wrote them, and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// Files that are too large to be read.
    refused: Vec<Problem>,
}

impl Tables {
    /// Reads the files.
    pub fn read(paths: &[PathBuf]) -> Result<Tables, Failure> {
        let mut tables = Tables::default();
        for path in paths {
            let name = path.display().to_string();
            let size = fs::metadata(path).map_err(Failure::file(Action::Read, path))?.len();
            if size >= LARGEST_FILE as u64 {
                tables.refused.push(Problem::new(Place::file(&name), Kind::TooLarge));
            } else {
                let bytes = fs::read(path).map_err(Failure::file(Action::Read, path))?;
                tables.files.push((name, bytes));
            }
        }
        Ok(tables)
    }

    /// Understands them: the directory, and all problems.
    pub fn examine(&self, settings: &Settings, progress: &Progress) -> (Directory, Vec<Problem>) {
        let files: Vec<(&str, &[u8])> =
            self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let (directory, mut problems) = ingest::examine(&files, settings, &mut |step| match step {
            Step::Reading(number) => {
                let file = files[number].0;
                progress.step(tell!("读取 {file}", "reading {file}"));
            }
            Step::Joining => progress.step(tell!("整理人员与读音", "joining people, reading names")),
        });
        problems.extend(self.refused.iter().cloned());
        problems.sort();
        (directory, problems)
    }

    /// Understands them as lists of words that lead to others, for which there may be problems more.
    pub fn leads(&self, problems: &mut Vec<Problem>) -> Vec<(String, Vec<String>)> {
        let read = |(name, bytes): &(String, Vec<u8>)| ingest::sheets(name, bytes, problems);
        let sheets: Vec<Sheet> = self.files.iter().flat_map(read).collect();
        problems.extend(self.refused.iter().cloned());
        ingest::leads(&sheets, problems)
    }
}

/// Steps of a build after its tables are read: joining, the index, the pages and the folder.
const STEPS: u64 = 4;

/// A bar on standard error where that is a terminal; nothing elsewhere.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar for so many tables.
    pub fn new(tables: usize) -> Progress {
        let bar = ProgressBar::new(tables as u64 + STEPS);
        let style = ProgressStyle::with_template("{spinner} [{bar:30}] {elapsed} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress(bar)
    }

    /// The next step begins.
    pub fn step(&self, what: String) {
        self.0.set_message(what);
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// The tables of a call: those it names, else the configuration's.
pub fn chosen(named: &[PathBuf], configured: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let chosen = if named.is_empty() { configured } else { named };
    if chosen.is_empty() {
        return Err(Failure::Usage(tell!(
            "没有说明读哪些表格；请写在命令里，或先运行 expert-search init 生成模板和配置文件",
            "no table is named; name them, or run expert-search init for a template and a configuration"
        )));
    }
    Ok(chosen.to_vec())
}

/// The path behind which a file of the call stands, for comparing.
pub fn is_same(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}
