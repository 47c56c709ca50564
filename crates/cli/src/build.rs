//! `build`: tables → records → index → the folder, with everything said that a maintainer should know.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use engine::record::{Field, Record, Shape};
use ingest::{Directory, Note};

use crate::failure::Failure;
use crate::folder::Folder;
use crate::site::{self, WIDGET};

/// Reads the tables and replaces the folder.
pub fn run(files: &[PathBuf], output: &Path) -> Result<(), Failure> {
    let folder = Folder::open(output)?;
    let read = |path: &PathBuf| Ok((path.display().to_string(), fs::read(path).map_err(Failure::file("读取", path))?));
    let tables = files.iter().map(read).collect::<Result<Vec<(String, Vec<u8>)>, Failure>>()?;
    let tables: Vec<(&str, &[u8])> = tables.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();

    let directory = ingest::read(&tables).map_err(Failure::Tables)?;
    report(&directory);
    let index = engine::index::write(&directory.records).map_err(Failure::Records)?;
    let files = site::files(
        index,
        [ingest::tables(), ingest::vocabulary(&directory.records)],
        directory.records.len(),
        WIDGET,
        folder.manifest().as_ref(),
    );
    folder.replace(&files)?;
    summary(output, &files);
    Ok(())
}

/// Of one kind as many as somebody would read through.
const MOST_NOTES: usize = 100;

/// How the tables were understood, and what a maintainer should look at; on standard error, before anything is written.
fn report(directory: &Directory) {
    for table in &directory.tables {
        let shape = if table.shape == Shape::Person { "人" } else { "站点" };
        let known = table.columns.iter().filter_map(|(heading, column)| {
            let meaning = column.as_ref()?.meaning();
            Some(if heading == meaning { heading.clone() } else { format!("{heading}（{meaning}）") })
        });
        eprintln!("{}：{} 行，每行一个{shape}；列：{}", table.file, table.rows, known.collect::<Vec<_>>().join("、"));
    }
    let by_type = types(&directory.records).into_iter().map(|(kind, count)| format!("{kind} {count}"));
    eprintln!("共 {} 条：{}", directory.records.len(), by_type.collect::<Vec<_>>().join("，"));
    for kind in ["未收入的列", "可能是同一人", "可能是两人", "多音字"] {
        let notes: Vec<&Note> = directory.notes.iter().filter(|note| subject(note) == kind).collect();
        if !notes.is_empty() {
            eprintln!("请看一看：{kind}（{} 处）", notes.len());
            notes.iter().take(MOST_NOTES).for_each(|note| eprintln!("  {note}"));
            if notes.len() > MOST_NOTES {
                eprintln!("  …… 另有 {} 处", notes.len() - MOST_NOTES);
            }
        }
    }
}

fn subject(note: &Note) -> &'static str {
    match note {
        Note::DroppedColumn { .. } => "未收入的列",
        Note::PerhapsOne { .. } => "可能是同一人",
        Note::PerhapsTwo { .. } => "可能是两人",
        Note::DoubtfulReading { .. } => "多音字",
    }
}

/// How many records have a role of each type, the most frequent first.
fn types(records: &[Record]) -> Vec<(&str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for record in records {
        let cells = record.roles.iter().flat_map(|role| &role.cells).filter(|cell| cell.field == Field::Type);
        let kinds: BTreeSet<&str> = cells.map(|cell| cell.value.text()).collect();
        kinds.into_iter().for_each(|kind| *counts.entry(kind).or_default() += 1);
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(kind, count)| (Reverse(*count), *kind));
    counts
}

fn summary(output: &Path, files: &[(String, Vec<u8>)]) {
    let total: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    eprintln!("已写出 {}（{} 个文件，{}）：", output.display(), files.len(), size(total));
    for (name, bytes) in files {
        eprintln!("  {name}  {}", size(bytes.len()));
    }
    if WIDGET.is_none() {
        eprintln!(
            "注意：这个 expert-search 编译时没有带上网页部件，只写出了索引、字表和清单，还不能放到网站上；完整的程序由 cargo xtask dist 生成。"
        );
    }
}

fn size(bytes: usize) -> String {
    if bytes < 10_000 { format!("{bytes} 字节") } else { format!("{:.1} KB", bytes as f64 / 1000.0) }
}
