//! What the bench measures natively. `cargo xtask bench` runs it and makes tables of the JSON it prints.

mod counts;
mod directory;
mod labels;
mod plain;
mod typing;

use anyhow::{Result, bail};
use directory::Directory;
use serde::Serialize;
use std::path::Path;

const USAGE: &str = "one of
bench typing TABLES           how soon people of the directory whose tables stand in the folder are found
bench records TABLES          its records, as other libraries take them
bench prepare TABLES INDEX    writes its index
bench works                   the names of the work that can be counted
bench work NAME TABLES INDEX  does one of them";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["typing", tables] => print(&typing::measure(&Directory::open(Path::new(tables))?)),
        ["records", tables] => print(&plain::records(&Directory::open(Path::new(tables))?)),
        ["prepare", tables, index] => counts::prepare(Path::new(tables), Path::new(index)),
        ["works"] => print(&counts::names()),
        ["work", name, tables, index] => counts::run(name, Path::new(tables), Path::new(index)),
        _ => bail!("{USAGE}"),
    }
}

fn print(what: &impl Serialize) -> Result<()> {
    println!("{}", serde_json::to_string(what)?);
    Ok(())
}
