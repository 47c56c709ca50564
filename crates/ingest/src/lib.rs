//! Tables as maintainers have them, turned into records with readings.
//!
//! ```text
//! bytes ──format──▶ Sheet[] ──table──▶ Table ──columns──▶ Columns ──rows──▶ Draft[] ──join──▶ Record[]
//! ```
//!
//! Nothing here opens a file: names and bytes come in, records or *all* problems come out, so that it runs in a page too.
//! A reader (`delimited`, `json`, `workbook`) makes [`Sheet`]s of text and knows nothing of headings, but that the right separator is the one
//! under which they are known; everything after it knows nothing of files.

mod characters;
pub mod columns;
mod delimited;
pub mod double;
mod encoding;
mod format;
pub mod join;
mod json;
pub mod language;
mod leads;
pub mod note;
pub mod personal;
pub mod place;
pub mod problem;
pub mod readings;
mod remark;
mod removal;
mod residents;
pub mod rows;
pub mod settings;
pub mod sheet;
pub mod table;
pub mod text;
mod types;
mod vocabulary;
#[cfg(feature = "workbooks")]
mod workbook;

use engine::record::{Record, Shape};

pub use characters::tables;
pub use columns::Column;
pub use language::Language;
pub use leads::leads;
pub use note::Note;
pub use place::Place;
pub use problem::Problem;
pub use residents::Link;
pub use settings::Settings;
pub use sheet::Sheet;
pub use vocabulary::vocabulary;
#[cfg(feature = "workbooks")]
pub use workbook::silence_readers;

use format::Format;
use problem::Kind;

/// Files of so many bytes and more are not read.
pub const LARGEST_FILE: usize = 200_000_000;

/// A directory: what the tables say, and what their maintainer should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    /// Persons and stations, in the natural order of their first ids; no order of files or rows shows in them.
    pub records: Vec<Record>,
    /// Which resident experts are which of the people.
    pub links: Vec<Link>,
    /// How each table was understood, in the order of the files.
    pub tables: Vec<Understood>,
    /// Dropped columns, possible same persons, doubtful readings and the like.
    pub notes: Vec<Note>,
}

/// How one table was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// The file and the sheet.
    pub place: Place,
    /// How its bytes were read: `UTF-8`, `GB18030`, `XLSX`.
    pub format: &'static str,
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
/// Every problem of every file, in the order of names and rows: what cannot be read, ragged rows, no column of names, no name,
/// personal data, ids that stand twice, pinyin that does not fit, addresses that are none.
pub fn read(files: &[(&str, &[u8])]) -> Result<Directory, Vec<Problem>> {
    let (directory, problems) = examine(files, &Settings::default(), &mut |_| {});
    if problems.is_empty() { Ok(directory) } else { Err(problems) }
}

/// What an examination is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Reading the file of this number.
    Reading(usize),
    /// Joining rows into records, with their readings.
    Joining,
}

/// Reads the tables as the settings say, as [`read`] does, and tells everything at once: the directory as far as it was understood,
/// and all problems in order. There may be records although there are problems; they are for looking at only.
pub fn examine(files: &[(&str, &[u8])], settings: &Settings, step: &mut dyn FnMut(Step)) -> (Directory, Vec<Problem>) {
    let (mut problems, mut notes, mut tables, mut drafts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (number, (file, bytes)) in files.iter().enumerate() {
        step(Step::Reading(number));
        let before = (problems.len(), tables.len());
        for sheet in sheets(file, bytes, &mut problems) {
            if sheet.source.sheet.as_ref().is_some_and(|name| settings.skipped.contains(name)) {
                continue;
            }
            let Some(table) = table::understand(sheet, settings, &mut problems, &mut notes) else { continue };
            let Some(columns) = columns::understand(&table, settings, &mut problems, &mut notes) else { continue };
            tables.push(Understood {
                place: Place::source(&table.source),
                format: table.format,
                shape: columns.shape,
                rows: table.rows.len(),
                columns: table.heading.iter().cloned().zip(columns.columns.iter().copied()).collect(),
            });
            drafts.extend(rows::understand(table, &columns, settings, &mut problems, &mut notes));
        }
        if before == (problems.len(), tables.len()) {
            let waits = |note: &Note| matches!(note, Note::OnlyHeading { place } if place.source.file == *file);
            let kind = if notes.iter().any(waits) { Kind::OnlyHeading } else { Kind::NoTable };
            problems.push(Problem::new(Place::file(file), kind));
        }
    }
    step(Step::Joining);
    removal::apply(&mut drafts, settings, &mut notes);
    let records = join::records(&mut drafts, &mut problems, &mut notes);
    let links = residents::links(&records, &drafts, &mut notes);
    problems.sort();
    (Directory { records, links, tables, notes }, problems)
}

/// The sheets of one file as they stand in it, before anybody asks what they mean.
///
/// Adds to `problems` why a file, or a part of it, cannot be read.
pub fn sheets(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<Sheet> {
    let format = match bytes.len() {
        0..LARGEST_FILE => format::of(file, bytes),
        _ => Err(Kind::TooLarge),
    };
    match format {
        Ok(Format::Text) => delimited::read(file, bytes, problems).into_iter().collect(),
        Ok(Format::Json) => json::read(file, bytes, problems),
        #[cfg(feature = "workbooks")]
        Ok(format) => workbook::read(file, bytes, format, problems),
        #[cfg(not(feature = "workbooks"))]
        Ok(_) => {
            problems.push(Problem::new(Place::file(file), Kind::Guise(problem::Guise::Archive)));
            Vec::new()
        }
        Err(kind) => {
            problems.push(Problem::new(Place::file(file), kind));
            Vec::new()
        }
    }
}
