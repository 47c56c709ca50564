//! What every reader makes of a file: sheets of text, before anybody asks what the text means.

use std::sync::Arc;

use crate::place::{Counting, Source};

/// Text in a column beyond this is a mistake, or an attack.
pub(crate) const WIDEST: usize = 512;
/// Cells of all sheets of a file, blank ones between others included.
pub(crate) const MOST_CELLS: usize = 20_000_000;

/// One sheet, one list: rows of text as they stand in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The file and the sheet's name.
    pub source: Arc<Source>,
    /// How the bytes were read: `UTF-8`, `GB18030`, `XLSX`.
    pub format: &'static str,
    /// The rows that are not blank, in order. For a list the first one is the heading and has the number 0.
    pub rows: Vec<Row>,
    /// Merged cells.
    pub merged: Vec<Merged>,
    /// What is hidden and was left out.
    pub hidden: Hidden,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The number a spreadsheet shows beside it, from 1; a cell's inner line breaks do not count, blank rows do.
    pub number: usize,
    /// Its cells; rows of one sheet may differ in length.
    pub cells: Vec<String>,
}

/// Cells that a spreadsheet shows as one; only the first holds the text. Rows from 1, columns from 0, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// First and last row.
    pub rows: (usize, usize),
    /// First and last column.
    pub columns: (usize, usize),
}

/// What a spreadsheet hides. All of it is left out and said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hidden {
    /// The whole sheet.
    pub sheet: bool,
    /// Numbers of rows.
    pub rows: Vec<usize>,
    /// Columns, from 0.
    pub columns: Vec<usize>,
}

impl Sheet {
    /// A sheet of a file that has only one.
    pub(crate) fn only(file: &str, format: &'static str, rows: Vec<Row>) -> Sheet {
        let source = Source { file: file.to_owned(), sheet: None, counting: Counting::Rows };
        Sheet { source: Arc::new(source), format, rows, merged: Vec::new(), hidden: Hidden::default() }
    }
}
