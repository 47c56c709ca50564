//! How soon people are found as they are typed: the native part, run beside the browser's or alone.

use crate::project::{Project, cargo, output};
use anyhow::Result;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What `bench typing` prints of one directory.
#[derive(Deserialize, Serialize)]
pub struct Typing {
    records: usize,
    classes: Vec<Class>,
    spellings: Vec<Spelling>,
}

#[derive(Deserialize, Serialize)]
struct Class {
    class: String,
    queries: usize,
    r_precision: f64,
    mrr: f64,
    on_screen: f64,
    median: f64,
    slowest: f64,
}

#[derive(Deserialize, Serialize)]
struct Spelling {
    spelling: String,
    people: usize,
    stays: f64,
    never_on_screen: f64,
    keystrokes_to_first: f64,
    never_first: f64,
    keystrokes: f64,
    left: Vec<String>,
}

/// Measures the directory whose tables stand in a folder.
pub fn measure(project: &Project, tables: &Path) -> Result<Typing> {
    let text = output(
        cargo()
            .args(["run", "--quiet", "--locked", "--release", "-p", "bench", "--", "typing"])
            .arg(tables)
            .current_dir(&project.root),
    )?;
    Ok(serde_json::from_str(&text)?)
}

/// Two tables for each directory.
pub fn markdown(name: &str, typing: &Typing) -> String {
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    let mut text = format!("## People of {name}, {} records\n\n", typing.records);
    text += "| typed whole | queries | R-precision | MRR | on the first screen | median | slowest |\n|---|---|---|---|---|---|---|\n";
    for class in &typing.classes {
        text += &format!(
            "| {} | {} | {} | {:.3} | {} | {:.2} ms | {:.2} ms |\n",
            class.class,
            class.queries,
            percent(class.r_precision),
            class.mrr,
            percent(class.on_screen),
            class.median,
            class.slowest
        );
    }
    text += "\n| letter by letter | people | once on screen, stays | never on screen | keystrokes until first | of | never first |\n|---|---|---|---|---|---|---|\n";
    for spelling in &typing.spellings {
        text += &format!(
            "| {} | {} | {} | {} | {:.2} | {:.2} | {} |\n",
            spelling.spelling,
            spelling.people,
            percent(spelling.stays),
            percent(spelling.never_on_screen),
            spelling.keystrokes_to_first,
            spelling.keystrokes,
            percent(spelling.never_first)
        );
    }
    for spelling in typing.spellings.iter().filter(|spelling| !spelling.left.is_empty()) {
        text += &format!("\nLeft the screen in {}: {}\n", spelling.spelling, spelling.left.join(", "));
    }
    text + "\n"
}
