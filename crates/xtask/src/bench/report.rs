//! The table: each figure beside its budget, and under it what one needs to know to measure again.

use super::{
    measure::{Directory, Speed},
    peers::{self, Peer},
    typing::{self, Typing as People},
};
use crate::size;
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
    /// Bytes on the wire until a name is answered, and until everything is.
    first: Option<f64>,
    cold: Option<f64>,
}

impl Budget {
    fn of(rows: usize) -> Budget {
        match rows {
            0..10_000 => Budget {
                keystroke: Some(1.0),
                keystroke_slowed: Some(6.0),
                index: Some(size::INDEX_BUDGET as f64),
                ready: Some(5.0),
                build_seconds: Some(1.0),
                cold: Some(160.0 * 1024.0),
                ..Budget::default()
            },
            90_000..110_000 => Budget {
                keystroke: Some(4.0),
                keystroke_slowed: Some(16.0),
                index: Some(0.45),
                ready: Some(60.0),
                build_seconds: Some(8.0),
                ..Budget::default()
            },
            900_000..1_100_000 => Budget {
                keystroke: Some(16.0),
                index: Some(9.0 * 1024.0 * 1024.0),
                ready: Some(400.0),
                build_seconds: Some(90.0),
                build_memory: Some(3.0 * 1024.0),
                first: Some(4.0 * 1024.0 * 1024.0),
                ..Budget::default()
            },
            _ => Budget::default(),
        }
    }
}

/// All that was measured, and on what.
#[derive(Serialize)]
pub struct Report {
    command: String,
    machine: String,
    pub directories: Vec<Directory>,
    pub peers: Vec<Peer>,
    /// By the name of the directory.
    pub people: Vec<(String, People)>,
}

impl Report {
    /// Nothing yet; names the command line and the machine we are on.
    pub fn new() -> Report {
        let command = std::env::args().skip(1).collect::<Vec<_>>().join(" ");
        let (directories, peers, people) = (Vec::new(), Vec::new(), Vec::new());
        Report { command: format!("cargo xtask {command}"), machine: machine(), directories, peers, people }
    }

    /// The budgets, how figures grow with a directory, other libraries, and how soon people are found.
    pub fn markdown(&self) -> String {
        let mut text = format!("# Bench\n\n`{}`; {}\n\n", self.command, self.machine);
        text += &self.budgets();
        text += &self.growth();
        if !self.peers.is_empty() {
            text += &peers::markdown(&self.peers);
        }
        for (name, people) in &self.people {
            text += &typing::markdown(name, people);
        }
        text
    }

    /// One table, a row a figure and a column a directory.
    fn budgets(&self) -> String {
        let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
        let mut row = |what, cell: &dyn Fn(&Directory, &Budget) -> String| {
            let cells = self.directories.iter().map(|directory| cell(directory, &Budget::of(directory.rows))).collect();
            rows.push((what, cells));
        };
        row("rows", &|directory, _| directory.rows.to_string());
        row("a keystroke, median", &|directory, _| time(at(directory, 1).map(|speed| speed.keystroke.median), None));
        row("a keystroke, p99", &|directory, budget| {
            time(at(directory, 1).map(|speed| speed.keystroke.p99), budget.keystroke)
        });
        row("a keystroke, slowest", &|directory, _| time(at(directory, 1).map(|speed| speed.keystroke.max), None));
        row("a keystroke of a whole query, p99", &|directory, budget| {
            time(at(directory, 1).map(|speed| speed.sequence.p99), budget.keystroke)
        });
        row("p99 by the calibration kernel", &|directory, _| {
            at(directory, 1).map_or("–".into(), |speed| format!("{:.3}", speed.keystroke.p99 / speed.kernel))
        });
        row("slowed 6 times: a keystroke, median", &|directory, _| {
            time(at(directory, 6).map(|speed| speed.keystroke.median), None)
        });
        row("slowed 6 times: a keystroke, p99", &|directory, budget| {
            time(at(directory, 6).map(|speed| speed.keystroke.p99), budget.keystroke_slowed)
        });
        row("slowed 6 times: of a whole query, p99", &|directory, budget| {
            time(at(directory, 6).map(|speed| speed.sequence.p99), budget.keystroke_slowed)
        });
        row("slowed 6 times: the calibration kernel", &|directory, _| {
            let factor = |slowed: &Speed| at(directory, 1).map(|speed| slowed.kernel / speed.kernel);
            at(directory, 6).and_then(factor).map_or("–".into(), |factor| format!("× {factor:.1}"))
        });
        row("bytes → ready, the median of seven times", &|directory, budget| {
            time(Some(directory.ready), budget.ready)
        });
        row("bytes → ready, the first time in a page", &|directory, _| time(Some(directory.ready_first), None));
        row("compiling the wasm", &|directory, _| time(Some(directory.compile), None));
        row("linear memory: the wasm alone", &|directory, _| mebibytes(directory.memory[0]));
        row("with the index open", &|directory, _| mebibytes(directory.memory[1]));
        row("after all typing, two indexes held for a moment", &|directory, _| mebibytes(directory.memory[2]));
        row("gzip -9 of the tables", &|directory, _| kilobytes(directory.csv_gzip, None));
        row("index and words as they travel", &|directory, budget| {
            let budget =
                budget.index.map(|budget| if budget < 1.0 { budget * directory.csv_gzip as f64 } else { budget });
            let share = directory.index as f64 / directory.csv_gzip as f64;
            let a_row = directory.index as f64 / directory.rows as f64;
            format!("{}, {share:.2} of gzip, {a_row:.1} bytes a row", kilobytes(directory.index, budget))
        });
        row("scripts and wasm, brotli", &|directory, _| {
            kilobytes(directory.code_brotli, Some(size::CODE_BUDGET as f64))
        });
        row("cold, on the wire, until a name is answered", &|directory, budget| {
            kilobytes(directory.cold.first, budget.first)
        });
        row("cold, until every kind of query is", &|directory, budget| kilobytes(directory.cold.all, budget.cold));
        row("build, the middle of three that are short", &|directory, budget| {
            judged(directory.build_seconds, budget.build_seconds, "s", 2)
        });
        row("build, most memory", &|directory, budget| match directory.build_memory {
            Some(memory) => judged(memory as f64, budget.build_memory, "MiB", 0),
            None => "–".into(),
        });
        row("typed: queries, keystrokes, runs", &|directory, _| {
            let keystrokes = at(directory, 1).map_or(0, |speed| speed.keystrokes);
            format!("{}, {keystrokes}, {}", directory.queries, directory.runs)
        });

        let mut text = self.table("", &rows, 0);
        text += "\nIn brackets the budget; ✗ is over it. Every prefix of every query is a keystroke; a figure is the median of its runs. ";
        text += "The clock ticks in 5 µs.\n\n";
        for directory in &self.directories {
            let slowest = at(directory, 1).map(|speed| speed.slowest.as_slice()).unwrap_or_default();
            let slowest = slowest.iter().map(|(prefix, time)| format!("{prefix} {time:.2}"));
            text += &format!("Slowest in {}, ms: {}\n\n", directory.name, slowest.collect::<Vec<_>>().join(", "));
        }
        if let Some(first) = self.directories.first() {
            let kernel = at(first, 1).map_or(0.0, |speed| speed.kernel);
            text += &format!("Chromium {}; calibration kernel {kernel:.2} ms\n\n", first.chromium);
        }
        text
    }

    /// How many times as much each directory takes as the one before it.
    fn growth(&self) -> String {
        if self.directories.len() < 2 {
            return String::new();
        }
        type Figure = fn(&Directory) -> f64;
        let figures: [(&str, Figure); 8] = [
            ("rows", |directory| directory.rows as f64),
            ("a keystroke, median", |directory| at(directory, 1).map_or(0.0, |speed| speed.keystroke.median)),
            ("a keystroke, p99", |directory| at(directory, 1).map_or(0.0, |speed| speed.keystroke.p99)),
            ("bytes → ready", |directory| directory.ready),
            ("linear memory with the index open", |directory| directory.memory[1] as f64),
            ("index and words as they travel", |directory| directory.index as f64),
            ("build", |directory| directory.build_seconds),
            ("build, most memory", |directory| directory.build_memory.unwrap_or_default() as f64),
        ];
        let growth = |figure: Figure| {
            let pairs = self.directories.windows(2);
            pairs.map(|pair| format!("× {:.1}", figure(&pair[1]) / figure(&pair[0]))).collect::<Vec<String>>()
        };
        let rows: Vec<(&str, Vec<String>)> = figures.map(|(what, figure)| (what, growth(figure))).to_vec();
        self.table("## Growth from the directory before\n\n", &rows, 1) + "\n"
    }

    /// A table of these rows with a column for each directory from the `first` on.
    fn table(&self, heading: &str, rows: &[(&str, Vec<String>)], first: usize) -> String {
        let names: Vec<&str> = self.directories[first..].iter().map(|directory| directory.name.as_str()).collect();
        let mut text = format!("{heading}| | {} |\n|---|{}\n", names.join(" | "), "---|".repeat(names.len()));
        for (what, cells) in rows {
            text += &format!("| {what} | {} |\n", cells.join(" | "));
        }
        text
    }
}

fn at(directory: &Directory, slowed: u32) -> Option<&Speed> {
    directory.speeds.iter().find(|speed| speed.slowed == slowed)
}

fn time(milliseconds: Option<f64>, budget: Option<f64>) -> String {
    milliseconds.map_or("–".into(), |milliseconds| judged(milliseconds, budget, "ms", 2))
}

fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / (1 << 20) as f64)
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
