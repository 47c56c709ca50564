//! The table: each figure beside its budget, and under it what one needs to know to measure again.

use super::measure::{Directory, Speed};
use serde::Serialize;
use std::{fs, thread};

/// Budgets of DESIGN's table for one size of directory; none where it sets none.
#[derive(Default)]
struct Budget {
    keystroke: Option<f64>,
    keystroke_slowed: Option<f64>,
    /// Bytes, or for 0 < x < 1 a share of the tables' gzip.
    index: Option<f64>,
    ready: Option<f64>,
    build_seconds: Option<f64>,
    build_memory: Option<f64>,
}

/// For scripts and wasm, brotli, at every size.
const CODE: f64 = 75.0 * 1024.0;

impl Budget {
    fn of(rows: usize) -> Budget {
        match rows {
            0..10_000 => Budget {
                keystroke: Some(1.0),
                keystroke_slowed: Some(6.0),
                index: Some(54.0 * 1024.0),
                ready: Some(5.0),
                build_seconds: Some(1.0),
                build_memory: None,
            },
            90_000..110_000 => Budget {
                keystroke: Some(4.0),
                keystroke_slowed: Some(16.0),
                index: Some(0.45),
                ready: Some(60.0),
                build_seconds: Some(8.0),
                build_memory: None,
            },
            900_000..1_100_000 => Budget {
                keystroke: Some(16.0),
                keystroke_slowed: None,
                index: Some(9.0 * 1024.0 * 1024.0),
                ready: Some(400.0),
                build_seconds: Some(90.0),
                build_memory: Some(3.0 * 1024.0),
            },
            _ => Budget::default(),
        }
    }
}

/// All directories measured, and on what.
#[derive(Serialize)]
pub struct Report {
    command: String,
    machine: String,
    queries: usize,
    directories: Vec<Directory>,
}

impl Report {
    /// Names the command line and the machine we are on.
    pub fn new(directories: Vec<Directory>, queries: usize) -> Report {
        let command = std::env::args().skip(1).collect::<Vec<_>>().join(" ");
        Report { command: format!("cargo xtask {command}"), machine: machine(), queries, directories }
    }

    /// One table, a row a figure and a column a directory.
    pub fn markdown(&self) -> String {
        let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
        let mut row = |what, cell: &dyn Fn(&Directory, &Budget) -> String| {
            let cells = self.directories.iter().map(|directory| cell(directory, &Budget::of(directory.rows))).collect();
            rows.push((what, cells));
        };
        row("rows", &|directory, _| directory.rows.to_string());
        row("a keystroke, median", &|directory, _| time(at(directory, 1).keystroke.median, None));
        row("a keystroke, p99", &|directory, budget| time(at(directory, 1).keystroke.p99, budget.keystroke));
        row("a keystroke, slowest", &|directory, _| time(at(directory, 1).keystroke.max, None));
        row("a keystroke of a whole query, p99", &|directory, budget| {
            time(at(directory, 1).sequence.p99, budget.keystroke)
        });
        row("p99 by the calibration kernel", &|directory, _| {
            let speed = at(directory, 1);
            format!("{:.3}", speed.keystroke.p99 / speed.kernel)
        });
        row("slowed 6 times: a keystroke, median", &|directory, _| time(at(directory, 6).keystroke.median, None));
        row("slowed 6 times: a keystroke, p99", &|directory, budget| {
            time(at(directory, 6).keystroke.p99, budget.keystroke_slowed)
        });
        row("slowed 6 times: of a whole query, p99", &|directory, budget| {
            time(at(directory, 6).sequence.p99, budget.keystroke_slowed)
        });
        row("bytes → ready", &|directory, budget| time(directory.ready, budget.ready));
        row("compiling the wasm", &|directory, _| time(directory.compile, None));
        row("gzip -9 of the tables", &|directory, _| kilobytes(directory.csv_gzip, None));
        row("index as it travels", &|directory, budget| {
            let budget =
                budget.index.map(|budget| if budget < 1.0 { budget * directory.csv_gzip as f64 } else { budget });
            let share = directory.index as f64 / directory.csv_gzip as f64;
            format!("{}, {share:.2} of gzip", kilobytes(directory.index, budget))
        });
        row("scripts and wasm, brotli", &|directory, _| kilobytes(directory.code_brotli, Some(CODE)));
        row("build", &|directory, budget| judged(directory.build_seconds, budget.build_seconds, "s", 2));
        row("build, most memory", &|directory, budget| match directory.build_memory {
            Some(memory) => judged(memory as f64, budget.build_memory, "MiB", 0),
            None => "–".into(),
        });

        let names: Vec<&str> = self.directories.iter().map(|directory| directory.name.as_str()).collect();
        let mut text = format!("# Bench\n\n| | {} |\n|---|{}\n", names.join(" | "), "---|".repeat(names.len()));
        for (what, cells) in rows {
            text += &format!("| {what} | {} |\n", cells.join(" | "));
        }
        text += "\nIn brackets the budget; ✗ is over it. Every prefix of every query is a keystroke; a figure is the median of its runs. ";
        text += "The clock ticks in 5 µs.\n\n";
        for directory in &self.directories {
            let slowest = at(directory, 1).slowest.iter().map(|(prefix, time)| format!("{prefix} {time:.2}"));
            text += &format!("Slowest in {}, ms: {}\n\n", directory.name, slowest.collect::<Vec<_>>().join(", "));
        }
        let (first, keystrokes) = (&self.directories[0], at(&self.directories[0], 1).keystrokes);
        text += &format!(
            "`{}`: {} queries, {keystrokes} keystrokes, {} runs; Chromium {}; {}; kernel {:.2} ms\n",
            self.command,
            self.queries,
            super::RUNS,
            first.chromium,
            self.machine,
            at(first, 1).kernel
        );
        text
    }
}

fn at(directory: &Directory, slowed: u32) -> &Speed {
    directory.speeds.iter().find(|speed| speed.slowed == slowed).expect("every speed was measured")
}

fn time(milliseconds: f64, budget: Option<f64>) -> String {
    judged(milliseconds, budget, "ms", 2)
}

fn kilobytes(bytes: u64, budget: Option<f64>) -> String {
    judged(bytes as f64 / 1024.0, budget.map(|budget| budget / 1024.0), "KB", 1)
}

fn judged(figure: f64, budget: Option<f64>, unit: &str, digits: usize) -> String {
    match budget {
        None => format!("{figure:.digits$} {unit}"),
        Some(budget) => {
            let mark = if figure > budget { " ✗" } else { "" };
            format!("{figure:.digits$} {unit} (≤ {}){mark}", (budget * 10.0).round() / 10.0)
        }
    }
}

/// Processor, cores and load: figures taken beside other work say so.
fn machine() -> String {
    let first = |file: &str, key: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default().to_string();
        line.split(": ").nth(1).unwrap_or_default().trim().to_string()
    };
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default().to_string();
    format!("{cores} cores, {}, load {load}", first("/proc/cpuinfo", "model name"))
}
