//! A sheet understood as a table: where its heading is, what of the rest is data, every cell cleaned.

use std::borrow::Cow;
use std::sync::Arc;

use engine::record::{Field, Shape};

use crate::columns::Column;
use crate::note::{HiddenPart, Note};
use crate::place::{Counting, Place, Source};
use crate::problem::{Kind, Problem};
use crate::remark;
use crate::settings::Settings;
use crate::sheet::{Merged, Row, Sheet};
use crate::text::{clean, is_invisible, is_several_names, lines_as_list};

/// One table: a heading and the rows under it, all of the heading's length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The file and the sheet.
    pub source: Arc<Source>,
    /// How the bytes were read.
    pub format: &'static str,
    /// The last row of the heading; 0 for a list, which has none.
    pub heading_row: usize,
    /// The headings, cleaned; a column without one has an empty text.
    pub heading: Vec<String>,
    /// The rows that are not blank, cleaned.
    pub rows: Vec<Row>,
}

/// A heading stands among the first so many rows that are not blank.
const SEARCHED: usize = 30;

/// Finds the heading of a sheet and cleans what is under it.
///
/// Title lines above the heading go, a heading of two rows becomes one, merged cells count for each of their rows, what is hidden and
/// what is no data is left out and noted. None when there is no table: a problem for a file of one sheet and for a sheet that nearly
/// is one, a note for others.
pub fn understand(
    sheet: Sheet,
    settings: &Settings,
    problems: &mut Vec<Problem>,
    notes: &mut Vec<Note>,
) -> Option<Table> {
    let place = Place::source(&sheet.source);
    let is_only = sheet.source.sheet.is_none();
    if sheet.hidden.sheet {
        notes.push(Note::Hidden { place, what: HiddenPart::Sheet });
        return None;
    }
    if !sheet.hidden.rows.is_empty() {
        notes.push(Note::Hidden { place: place.clone(), what: HiddenPart::Rows(sheet.hidden.rows.clone()) });
    }
    if sheet.rows.is_empty() {
        if is_only {
            problems.push(Problem::new(place, Kind::Empty));
        }
        return None;
    }
    let found = match sheet.source.counting {
        Counting::Entries => Some(Heading { last: 0, texts: cleaned(&sheet.rows[0].cells) }),
        Counting::Rows => heading(&sheet, settings),
    };
    let Some(Heading { last, texts: mut heading }) = found else {
        let known = |row: &Row| row.cells.iter().filter(|c| settings.meaning(&clean(c)).is_some()).count();
        let best = sheet.rows.iter().take(SEARCHED).max_by_key(|row| (known(row), std::cmp::Reverse(row.number)));
        let row = if is_only { sheet.rows.first() } else { best.filter(|row| known(row) > 1) };
        match row {
            Some(row) => {
                let headings = cleaned(&row.cells).into_iter().filter(|cell| !cell.is_empty()).collect();
                problems.push(Problem::new(Place::row(&sheet.source, row.number), Kind::NoNames(headings)));
            }
            None => notes.push(Note::NoTable { place }),
        }
        return None;
    };
    let heading_row = sheet.rows[last].number;
    let is_csv = is_only && sheet.source.counting == Counting::Rows;
    let data = &sheet.rows[last + 1..];
    if !is_csv {
        let widest = data.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        heading.resize(heading.len().max(widest), String::new());
    }
    let above: Vec<Vec<String>> = sheet.rows[..=last].iter().map(|row| cleaned(&row.cells)).collect();
    let meanings: Vec<Option<Column>> = heading.iter().map(|text| settings.meaning(text)).collect();
    let names = meanings.iter().position(|meaning| matches!(meaning, Some(Column::Name(_))));
    let mut refused = false;
    let mut invisible = (0, None);
    let mut rows: Vec<Row> = Vec::new();
    for row in data {
        let text = |(i, cell): (usize, &String)| clean(&one_line(cell, meanings.get(i).copied().flatten()));
        let mut cells: Vec<String> = row.cells.iter().enumerate().map(text).collect();
        let hidden = row.cells.iter().position(|cell| cell.contains(is_invisible));
        if let Some(column) = hidden {
            invisible.0 += row.cells.iter().filter(|cell| cell.contains(is_invisible)).count();
            let heading = heading.get(column).map_or("", String::as_str);
            invisible.1.get_or_insert_with(|| Place::cell(&sheet.source, Some(row.number), column, heading));
        }
        // Spreadsheets pad some rows with blank cells; those say nothing.
        while cells.len() > heading.len() && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.iter().all(String::is_empty) {
            continue;
        }
        let row_place = || Place::row(&sheet.source, row.number);
        if let Some(text) = remark::text(&cells, &above, heading.len(), row.number, &sheet.merged) {
            notes.push(Note::Remark { place: row_place(), text });
            continue;
        }
        if names.is_some_and(|names| remark::is_heading(&cells, names, settings)) {
            problems.push(Problem::new(row_place(), Kind::SecondHeading));
            refused = true;
            continue;
        }
        if is_csv && cells.len() != heading.len() {
            refused = true;
            let kind = Kind::Ragged { cells: cells.len(), heading: heading.len() };
            problems.push(Problem::new(row_place(), kind));
            continue;
        }
        cells.resize(heading.len(), String::new());
        rows.push(Row { number: row.number, cells });
    }
    fill_merged(&mut rows, &sheet.merged, heading_row);
    if let (cells, Some(place)) = invisible {
        notes.push(Note::Invisible { place, cells });
    }
    hide_columns(&sheet, &mut heading, &mut rows, notes);
    if rows.is_empty() && !refused {
        // Of several sheets some may wait for their first row; the file says so when all do.
        if !is_only {
            notes.push(Note::OnlyHeading { place });
            return None;
        }
        if heading.is_empty() {
            problems.push(Problem::new(place, Kind::Empty));
            return None;
        }
        if !problems.iter().any(|problem| problem.place.source == sheet.source) {
            problems.push(Problem::new(place, Kind::OnlyHeading));
        }
    }
    Some(Table { source: sheet.source, format: sheet.format, heading_row, heading, rows })
}

/// A cell whose line breaks divide what its column holds, if it holds lists; several names stay apart, so that they are seen to be several.
fn one_line(cell: &str, meaning: Option<Column>) -> Cow<'_, str> {
    use Field::*;
    // One letter at a time is looked for far faster than either of two.
    let has_lines = cell.contains('\n') || cell.contains('\r');
    let divides = match meaning {
        _ if !has_lines => false,
        Some(Column::Alias | Column::Cell(Discipline | Resident | District | Title | Type)) => true,
        Some(Column::Name(Shape::Person)) => is_several_names(cell),
        _ => false,
    };
    if divides { lines_as_list(cell).into() } else { cell.into() }
}

fn is_name(heading: &str, settings: &Settings) -> bool {
    matches!(settings.meaning(heading), Some(Column::Name(_)))
}

fn cleaned(cells: &[String]) -> Vec<String> {
    cells.iter().map(|cell| clean(cell)).collect()
}

struct Heading {
    /// Its last row, as an index.
    last: usize,
    texts: Vec<String>,
}

/// The first row, or pair of rows, with a column of names.
fn heading(sheet: &Sheet, settings: &Settings) -> Option<Heading> {
    let is_name = |text: &String| is_name(text, settings);
    for (i, row) in sheet.rows.iter().enumerate().take(SEARCHED) {
        let upper = cleaned(&row.cells);
        let filled = upper.iter().filter(|cell| !cell.is_empty()).count();
        let pair = sheet.rows.get(i + 1).and_then(|next| two_rows(sheet, settings, &upper, row, next));
        if let Some(texts) = pair.filter(|texts| texts.iter().any(is_name)) {
            return Some(Heading { last: i + 1, texts });
        }
        if upper.iter().any(is_name) && (filled > 1 || sheet.rows.iter().all(|row| row.cells.len() <= 1)) {
            return Some(Heading { last: i, texts: upper });
        }
    }
    None
}

/// Two rows as one heading, when the lower one divides columns of the upper one; none when it is data.
fn two_rows(sheet: &Sheet, settings: &Settings, upper: &[String], row: &Row, next: &Row) -> Option<Vec<String>> {
    // A cell alone in its row is a title.
    if upper.iter().filter(|cell| !cell.is_empty()).count() < 2 {
        return None;
    }
    let lower = cleaned(&next.cells);
    let width = upper.len().max(lower.len());
    let at = |cells: &[String], column: usize| cells.get(column).cloned().unwrap_or_default();
    let meaning = |text: &str| settings.meaning(text);
    let is_known = |text: &str| meaning(text).is_some();
    let covered = |column: usize| {
        let mut merged = sheet.merged.iter();
        merged
            .any(|m| m.rows.0 <= row.number && m.rows.1 >= next.number && (m.columns.0..=m.columns.1).contains(&column))
    };
    let mut group = String::new();
    let mut texts = Vec::new();
    let mut divided = 0;
    for column in 0..width {
        let (above, below) = (at(upper, column), at(&lower, column));
        if !above.is_empty() {
            group = above.clone();
        }
        if below.is_empty() {
            texts.push(above);
            continue;
        }
        let both = format!("{group}{below}");
        // Data stands under a heading of its own.
        if !is_known(&both) && !is_known(&below) && is_known(&above) && !covered(column) {
            return None;
        }
        divided += usize::from(is_known(&both) || is_known(&below));
        texts.push(if is_known(&both) || !is_known(&below) { both } else { below });
    }
    let name = texts.iter().position(|text| is_name(text, settings))?;
    let below = at(&lower, name);
    (divided > 0 && (below.is_empty() || is_known(&below))).then_some(texts)
}

/// What stands in the first cell of a merged region stands in each of its rows.
fn fill_merged(rows: &mut [Row], merged: &[Merged], heading_row: usize) {
    for region in merged.iter().filter(|m| m.rows.0 > heading_row && m.rows.1 > m.rows.0) {
        let from = rows.partition_point(|row| row.number < region.rows.0);
        let to = rows.partition_point(|row| row.number <= region.rows.1);
        let column = region.columns.0;
        let value =
            rows.get(from).filter(|row| row.number == region.rows.0).and_then(|row| row.cells.get(column)).cloned();
        let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
        for row in &mut rows[from + 1..to] {
            row.cells[column].clone_from(&value);
        }
    }
}

/// Takes the text of hidden columns away, with a note where there was any.
fn hide_columns(sheet: &Sheet, heading: &mut [String], rows: &mut [Row], notes: &mut Vec<Note>) {
    let mut hidden = Vec::new();
    let width = heading.len();
    for &column in sheet.hidden.columns.iter().filter(|column| **column < width) {
        if !heading[column].is_empty() || rows.iter().any(|row| !row.cells[column].is_empty()) {
            hidden.push(std::mem::take(&mut heading[column]));
            rows.iter_mut().for_each(|row| row.cells[column].clear());
        }
    }
    if !hidden.is_empty() {
        notes.push(Note::Hidden { place: Place::source(&sheet.source), what: HiddenPart::Columns(hidden) });
    }
}
