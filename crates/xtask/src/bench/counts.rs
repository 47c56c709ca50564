//! Instructions of reading, of queries and of building, counted by valgrind and held against bench/counts.json: slower has to be meant.
//!
//! Unlike times they hardly differ from run to run, whatever else a machine does.

use crate::{
    project::{Project, cargo, output, run},
    setup,
};
use anyhow::{Context, Result, bail};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

/// How much a count may grow before it has to be meant. Compilers and C libraries differ by less.
const MARGIN: f64 = 0.10;

/// Counts on the sample; with `update`, writes them down as the ones that hold from now on.
///
/// # Errors
/// One has grown by more than the margin, or is not in the file.
pub fn hold(project: &Project, update: bool) -> Result<()> {
    setup::valgrind()?;
    let counts = count(project)?;
    let file = project.root.join("bench/counts.json");
    let held: BTreeMap<String, u64> = match fs::read_to_string(&file) {
        Ok(text) => serde_json::from_str(&text).with_context(|| format!("{} is no table of counts", file.display()))?,
        Err(_) if update => BTreeMap::new(),
        Err(error) => bail!("cannot read {}: {error}; `cargo xtask bench --counts --update` writes it", file.display()),
    };
    println!("{:<24}{:>16}{:>16}", "thousand instructions", "now", "held");
    for (name, count) in &counts {
        let old = held.get(name).map_or("-".into(), |old| (old / 1000).to_string());
        println!("{name:<24}{:>16}{old:>16}", count / 1000);
    }
    if update {
        let counts: BTreeMap<&String, &u64> = counts.iter().map(|(name, count)| (name, count)).collect();
        return Ok(fs::write(&file, serde_json::to_string_pretty(&counts)? + "\n")?);
    }
    let grown = grown(&counts, &held);
    if !grown.is_empty() {
        bail!(
            "{}. Make it faster, or if it is worth it, run `cargo xtask bench --counts --update` and say why in the commit",
            grown.join("; ")
        );
    }
    Ok(())
}

fn grown(counts: &[(String, u64)], held: &BTreeMap<String, u64>) -> Vec<String> {
    let judge = |(name, new): &(String, u64)| match held.get(name) {
        Some(old) if *new as f64 > *old as f64 * (1.0 + MARGIN) => {
            Some(format!("{name} grew from {} to {} thousand instructions", old / 1000, new / 1000))
        }
        Some(_) => None,
        None => Some(format!("{name} is not in bench/counts.json")),
    };
    counts.iter().filter_map(judge).collect()
}

/// Every piece of work with its instructions, in the order of tables.
fn count(project: &Project) -> Result<Vec<(String, u64)>> {
    run(cargo().args(["build", "--locked", "--release", "-p", "bench"]).current_dir(&project.root))?;
    let program = project.target.join("release").join(format!("bench{}", std::env::consts::EXE_SUFFIX));
    let (tables, folder) = (project.root.join("data"), project.target.join("bench"));
    fs::create_dir_all(&folder)?;
    let index = folder.join("counted.bin");
    run(Command::new(&program).arg("prepare").args([&tables, &index]))?;
    let names: Vec<String> = serde_json::from_str(&output(Command::new(&program).arg("works"))?)?;

    let work = |name: &String| instructions(&program, name, &tables, &index, &folder);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut counts = Vec::new();
    for some in names.chunks(cores) {
        let found: Vec<Result<u64>> = thread::scope(|scope| {
            let threads: Vec<_> = some.iter().map(|name| scope.spawn(|| work(name))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no count panics")).collect()
        });
        for (name, count) in some.iter().zip(found) {
            counts.push((name.clone(), count?));
        }
    }
    Ok(counts)
}

fn instructions(program: &Path, name: &str, tables: &PathBuf, index: &PathBuf, folder: &Path) -> Result<u64> {
    let out = folder.join(format!("callgrind-{}.out", name.replace(' ', "-")));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--toggle-collect=*counted*"])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(program)
        .args(["work", name])
        .args([tables, index])
        .stdout(Stdio::null())
        .output()
        .context("valgrind does not start")?;
    let told = String::from_utf8_lossy(&output.stderr);
    let count = told.lines().find_map(|line| line.split("Collected :").nth(1)?.trim().parse().ok());
    match count {
        Some(count) if output.status.success() && count > 0 => Ok(count),
        _ => bail!("valgrind counted nothing for {name}:\n{told}"),
    }
}

#[cfg(test)]
mod tests {
    use super::grown;
    use std::collections::BTreeMap;

    #[test]
    fn only_what_grew_by_more_than_a_tenth_is_told() {
        let held = BTreeMap::from([("read".to_string(), 1_000_000), ("build".to_string(), 1_000_000)]);
        let counts = |read, build| [("read".to_string(), read), ("build".to_string(), build)];
        assert!(grown(&counts(1_100_000, 10), &held).is_empty());
        assert_eq!(grown(&counts(1_100_001, 10), &held).len(), 1);
        assert_eq!(grown(&counts(1, 1), &BTreeMap::new()).len(), 2);
    }
}
