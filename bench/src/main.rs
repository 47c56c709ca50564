//! What the bench measures natively. `cargo xtask bench` runs it and makes tables of the JSON it prints.
//!
//! `bench typing FOLDER`: how soon people of the directory whose tables stand in the folder are found.

mod directory;
mod labels;
mod typing;

use anyhow::{Result, bail};
use directory::Directory;
use std::path::Path;

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["typing", folder] => {
            let report = typing::measure(&Directory::open(Path::new(folder))?);
            println!("{}", serde_json::to_string(&report)?);
            Ok(())
        }
        _ => bail!("say `bench typing FOLDER`"),
    }
}
