//! A directory read, indexed and asked: all that the measures know of the engine.

use crate::nodes;
use anyhow::{Context, Result, anyhow};
use engine::record::{Field, Record};
use engine::{Index, Lexicon, Tables, Words};
use std::{fs, path::Path};

/// What the tables say, and the index of it.
pub struct Directory {
    /// By their number in the index.
    pub records: Vec<Record>,
    /// Other forms and readings of characters.
    pub tables: Tables,
    index: Index,
    lexicon: Lexicon,
}

impl Directory {
    /// Reads the CSV files of a folder.
    pub fn open(tables: &Path) -> Result<Directory> {
        Directory::read(&files(tables)?)
    }

    /// Reads tables: names and bytes.
    pub fn read(files: &[(String, Vec<u8>)]) -> Result<Directory> {
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let directory = ingest::read(&files).map_err(|problems| anyhow!("{problems:?}"))?;
        let index = Index::read(&engine::index::write(&directory.records)?)?;
        // The index and ingest agree on the order of records; what is measured here would be nonsense if they did not.
        for (number, record) in (0..).zip(&directory.records) {
            let id = index.id(number, index.roles(number).start);
            anyhow::ensure!(record.roles[0].id == id, "record {number} is {} here and {id} there", record.roles[0].id);
        }
        let (tables, words) = (ingest::tables(), ingest::vocabulary(&index, &[]));
        let lexicon = lexicon(&index, &tables, &words)?;
        Ok(Directory { records: directory.records, tables: Tables::read(&tables)?, index, lexicon })
    }

    /// The numbers of the first records that answer a text, best first.
    pub fn first(&self, text: &str, limit: usize) -> Vec<u32> {
        engine::search(&self.index, &self.lexicon, text, limit).hits.iter().map(|hit| hit.record).collect()
    }

    /// How many nodes of the FST a text's whole walk visits.
    pub fn nodes(&self, text: &str) -> u64 {
        nodes::visited(&self.index, &self.lexicon, text)
    }
}

/// What a page knows beside the index once all is loaded.
pub fn lexicon(index: &Index, tables: &[u8], words: &[u8]) -> Result<Lexicon> {
    Ok(Lexicon::new(index, Some(Tables::read(tables)?), Some(Words::read(words, index)?)))
}

/// The CSV files of a folder, in the order of their names.
pub fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|ending| ending == "csv")).collect();
    paths.sort();
    paths.iter().map(|path| Ok((path.to_string_lossy().into_owned(), fs::read(path)?))).collect()
}

/// The values of a field in any of a record's roles.
pub fn values(record: &Record, field: Field) -> impl Iterator<Item = &str> {
    let cells = record.roles.iter().flat_map(|role| &role.cells);
    cells.filter(move |cell| cell.field == field).map(|cell| cell.value.text())
}
