//! `stats`: what the index of a built folder is made of, in bytes before and after packing.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use engine::index::{heading, seal, sections};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::failure::{Action, Failure};
use crate::query::{index_files, open};
use crate::speech::{pick, tell};

#[derive(Serialize)]
struct Stats {
    records: usize,
    roles: usize,
    /// Of the file, or of all parts but details.
    bytes: usize,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    name: &'static str,
    /// What a column holds: the field's word and the heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<[String; 2]>,
    /// Before packing.
    bytes: usize,
    /// Packed alone; together they pack a little smaller.
    packed: usize,
}

/// Prints the sections in the order of the files.
pub fn run(folder: &Path, json: bool) -> Result<(), Failure> {
    let (index, _) = open(folder)?;
    let (mut length, mut all) = (0, Vec::new());
    for path in index_files(folder)? {
        let file = fs::read(&path).map_err(Failure::file(Action::Read, &path))?;
        length += file.len();
        for (name, bytes) in sections(&file).map_err(|error| Failure::Index(path.clone(), error))? {
            let column = heading(&bytes).filter(|_| name == "column");
            let column = column.map(|(field, label)| [field.word().to_owned(), label]);
            all.push(Section {
                name,
                column,
                bytes: bytes.len(),
                packed: seal(&bytes, 10).len() - seal(&[], 10).len(),
            });
        }
    }
    let stats = Stats { records: index.len(), roles: index.role_count(), bytes: length, sections: all };
    let text = if json { serde_json::to_string(&stats).expect("strings and numbers") } else { as_table(&stats) };
    writeln!(io::stdout(), "{text}")
        .map_err(Failure::file(Action::Write, Path::new(pick("标准输出", "standard output"))))
}

fn as_table(stats: &Stats) -> String {
    let Stats { records, roles, bytes, .. } = stats;
    let mut lines = vec![tell!(
        "{records} 条，{roles} 行，索引文件 {bytes} 字节；各部分压缩前、单独压缩后：",
        "{records} records, {roles} rows, index of {bytes} bytes; its parts before packing, and packed alone:"
    )];
    for section in &stats.sections {
        let name = match &section.column {
            Some([field, label]) => format!("{} {field} {label}", section.name),
            None => section.name.to_owned(),
        };
        let gap = " ".repeat(32usize.saturating_sub(name.width()));
        lines.push(format!("  {name}{gap}{:>9}{:>9}", section.bytes, section.packed));
    }
    lines.join("\n")
}
