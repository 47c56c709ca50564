//! The licences of the packages that are compiled into the maintainers' command, as one text to lie beside it.

use crate::project::{Project, cargo, output};
use anyhow::{Context, Result};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
};

/// How the names of files begin that hold a licence or say whose a package is.
const STARTS: [&str; 6] = ["license", "licence", "copying", "unlicense", "copyright", "notice"];

/// Every package that the command is made of, with its licence as it declares it; then each text that these packages hold, once.
/// The Apache License is left out: it lies beside the command as LICENSE-APACHE.
///
/// # Errors
///
/// Cargo does not tell the packages, or their files cannot be read.
pub fn of_command(project: &Project) -> Result<String> {
    let version = output(cargo().arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("cargo names no host")?;
    let words = ["metadata", "--locked", "--format-version=1", "--filter-platform", host];
    let metadata = output(cargo().args(words).current_dir(&project.root))?;
    let metadata = serde_json::from_str(&metadata).context("cargo metadata printed no JSON")?;
    let packages = compiled_into("cli", &metadata);

    let mut list = String::from("The command expert-search is made of these packages too:\n\n");
    let mut texts: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for package in &packages {
        let field = |key: &str| package[key].as_str().unwrap_or("–");
        writeln!(list, "{} {}  {}  {}", field("name"), field("version"), field("license"), field("repository"))?;
        for text in texts_in(Path::new(field("manifest_path")).parent().context("a manifest lies in a folder")?)? {
            texts.entry(text).or_default().insert(field("name"));
        }
    }
    for (text, names) in texts {
        let names = names.into_iter().collect::<Vec<_>>().join(", ");
        write!(list, "\n{}\n{names}\n\n{text}\n", "-".repeat(64))?;
    }
    Ok(list)
}

/// The packages of others that a package of ours needs to run, by name: what only builds or tests it is none of them, nor are macros.
fn compiled_into<'a>(ours: &str, metadata: &'a Value) -> Vec<&'a Value> {
    let list = |value: &'a Value| value.as_array().into_iter().flatten();
    let packages: BTreeMap<&str, &Value> =
        list(&metadata["packages"]).filter_map(|package| Some((package["id"].as_str()?, package))).collect();
    let needs: BTreeMap<&str, &Value> =
        list(&metadata["resolve"]["nodes"]).filter_map(|node| Some((node["id"].as_str()?, &node["deps"]))).collect();
    let is_macro = |package: &'a Value| {
        list(&package["targets"]).flat_map(|target| list(&target["kind"])).any(|kind| kind == "proc-macro")
    };

    let mut open: Vec<&str> =
        packages.iter().filter(|(_, package)| package["name"] == ours).map(|(id, _)| *id).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if is_macro(packages[id]) || !found.insert(id) {
            continue;
        }
        let needed = list(needs[id]).filter(|need| list(&need["dep_kinds"]).any(|kind| kind["kind"].is_null()));
        open.extend(needed.filter_map(|need| need["pkg"].as_str()));
    }
    let mut others: Vec<&Value> =
        found.into_iter().map(|id| packages[id]).filter(|package| !package["source"].is_null()).collect();
    others.sort_by_key(|package| package["name"].as_str());
    others
}

/// The texts of licences in a folder, the Apache License left out.
fn texts_in(folder: &Path) -> Result<BTreeSet<String>> {
    let mut texts = BTreeSet::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if path.is_file() && STARTS.iter().any(|start| name.starts_with(start)) {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            if !text.contains("Apache License\n") {
                texts.insert(text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned());
            }
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_of_the_command_is_named_with_its_text() {
        let text = of_command(&Project::find().unwrap()).unwrap();
        let (list, texts) = text.split_once("----").unwrap();
        for (name, of_its_text) in [
            ("calamine ", "Copyright (c) 2016 Johann Tuffe"),
            ("encoding_rs ", "WHATWG"),
            ("fst ", "Copyright (c) 2015 Andrew Gallant"),
        ] {
            assert!(list.contains(&format!("\n{name}")), "{name} is listed");
            assert!(texts.contains(of_its_text), "{name}'s text is there");
        }
        for absent in ["\nproptest ", "\nserde_derive ", "\nengine ", "\nwasm-bindgen-test "] {
            assert!(!list.contains(absent), "{absent} is not in the command");
        }
        assert!(!texts.contains("Version 2.0, January 2004"), "the Apache License lies beside it");
    }
}
