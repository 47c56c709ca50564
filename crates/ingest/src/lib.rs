//! Tables as maintainers have them, turned into records with readings.
//!
//! ```text
//! bytes ──table──▶ Table ──columns──▶ Columns ──rows──▶ Draft[] ──join──▶ Record[]
//! ```
//!
//! Nothing here opens a file: names and bytes come in, records or *all* problems come out, so that it runs in a page too.
//! Files are CSV in UTF-8; what else maintainers have is for [`table`] to understand, nothing after it would change.

mod characters;
pub mod columns;
pub mod join;
pub mod personal;
pub mod problem;
pub mod readings;
pub mod rows;
pub mod table;
pub mod text;
mod vocabulary;

use engine::record::{Record, Shape};

pub use characters::tables;
pub use columns::Column;
pub use problem::{Note, Place, Problem};
pub use vocabulary::vocabulary;

/// A directory: what the tables say, and what their maintainer should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    /// Persons and stations, in the natural order of their first ids; no order of files or rows shows in them.
    pub records: Vec<Record>,
    /// How each table was understood, in the order of the files.
    pub tables: Vec<Understood>,
    /// Dropped columns, possible same persons, doubtful readings.
    pub notes: Vec<Note>,
}

/// How one table was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// The file's name.
    pub file: String,
    /// Persons or stations.
    pub shape: Shape,
    /// Rows that are not blank, the heading not counted.
    pub rows: usize,
    /// Each heading and what it means; none is dropped.
    pub columns: Vec<(String, Option<Column>)>,
}

/// Reads the tables of a directory: each a file's name, for messages, and its bytes.
///
/// # Errors
///
/// Every problem of every file, in the order of names and rows: no UTF-8, ragged rows, no column of names, no name, personal data,
/// ids that stand twice, pinyin that does not fit, addresses that are none.
pub fn read(files: &[(&str, &[u8])]) -> Result<Directory, Vec<Problem>> {
    let (mut problems, mut notes, mut tables, mut drafts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (file, bytes) in files {
        let Some(table) = table::parse(file, bytes, &mut problems) else { continue };
        let Some(columns) = columns::understand(&table, &mut problems, &mut notes) else { continue };
        drafts.extend(rows::understand(&table, &columns, &mut problems));
        let meanings = table.heading.iter().cloned().zip(columns.columns).collect();
        tables.push(Understood { file: table.file, shape: columns.shape, rows: table.rows.len(), columns: meanings });
    }
    let records = join::records(drafts, &mut problems, &mut notes);
    if problems.is_empty() {
        Ok(Directory { records, tables, notes })
    } else {
        problems.sort();
        Err(problems)
    }
}
