//! A copy of the tables as a workbook, every problem marked where it stands; all cells are text, so that none of them can be a formula.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ingest::place::{Counting, Place};
use ingest::problem::Kind;
use ingest::{Note, Problem, Sheet};
use rust_xlsxwriter::{
    Color, Format, FormatAlign, Note as Comment, Url, Workbook, Worksheet, XlsxError, row_col_to_cell,
};

use crate::failure::{Action, Failure};
use crate::speech::{language, pick};

/// Excel's own bounds of a sheet, and of what a cell holds.
const MOST_ROWS: usize = 1_048_576;
const MOST_CHARACTERS: usize = 32_767;
const MOST_LINKS: usize = 65_000;

/// A cell of a copied sheet: row and column, from 0.
type Cell = (u32, u16);

/// What is said of one cell or row, and whether it stops a build.
struct Mark {
    stops: bool,
    text: String,
}

/// Writes the copy: first a list of everything, then each sheet as it was.
pub fn write(path: &Path, files: &[(String, Vec<u8>)], problems: &[Problem], notes: &[Note]) -> Result<(), Failure> {
    let failed = |error: XlsxError| {
        let error = match error {
            XlsxError::IoError(error) => error,
            error => std::io::Error::other(error.to_string()),
        };
        Failure::File(Action::Write, path.to_owned(), error)
    };
    let bytes = workbook(files, problems, notes).map_err(failed)?;
    std::fs::write(path, bytes).map_err(Failure::file(Action::Write, path))
}

fn workbook(files: &[(String, Vec<u8>)], problems: &[Problem], notes: &[Note]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let mut names = BTreeSet::new();
    // Sheets in their order; what cannot be read has no sheet, and stands in the list alone.
    let sheets: Vec<Sheet> =
        files.iter().flat_map(|(name, bytes)| ingest::sheets(name, bytes, &mut Vec::new())).collect();
    let list_name = sheet_name(pick("检查结果", "report"), &mut names);
    let titles: Vec<String> = sheets
        .iter()
        .map(|sheet| {
            let stem = Path::new(&sheet.source.file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
            sheet_name(sheet.source.sheet.as_deref().unwrap_or(&stem), &mut names)
        })
        .collect();
    let link = |problem: &Problem| {
        let at = sheets.iter().position(|sheet| sheet.source == problem.place.source)?;
        let (row, column) = cell_of(&problem.place, row_of(problem), &sheets[at])?;
        Some(format!("internal:'{}'!{}", titles[at], row_col_to_cell(row, column)))
    };
    let list = book.add_worksheet().set_name(&list_name)?;
    write_list(list, problems, notes, &link)?;
    for (sheet, title) in sheets.iter().zip(&titles) {
        let mut marks: BTreeMap<Cell, Vec<Mark>> = BTreeMap::new();
        for problem in problems {
            if let Some(cell) = cell_of(&problem.place, row_of(problem), sheet) {
                let text = problem.found(language()) + pick("，", "; ") + &problem.advice(language());
                marks.entry(cell).or_default().push(Mark { stops: true, text });
            }
        }
        for note in notes {
            if let Some(cell) = note.place().and_then(|place| cell_of(place, place.row, sheet)) {
                marks.entry(cell).or_default().push(Mark { stops: false, text: note.say(language()) });
            }
        }
        write_sheet(book.add_worksheet().set_name(title)?, sheet, &marks)?;
    }
    book.save_to_buffer()
}

/// The row in which a problem is shown: its own, or the first of those that a problem of a whole column counts.
fn row_of(problem: &Problem) -> Option<usize> {
    match &problem.kind {
        Kind::PersonalColumn { row, .. } => Some(*row),
        _ => problem.place.row,
    }
}

/// Where the copy of a sheet shows what stands at this place, in this row; the first cell stands for a whole row.
fn cell_of(place: &Place, row: Option<usize>, sheet: &Sheet) -> Option<Cell> {
    let row = row.filter(|_| place.source == sheet.source)? + above(sheet) - 1;
    let column = place.column.as_ref().map_or(0, |(column, _)| *column);
    (row < MOST_ROWS).then_some((row as u32, column as u16))
}

/// Entries of a list are counted from 1, and their keys become the heading above them.
fn above(sheet: &Sheet) -> usize {
    usize::from(sheet.source.counting == Counting::Entries)
}

/// A name that Excel takes and that no sheet has yet.
fn sheet_name(wanted: &str, names: &mut BTreeSet<String>) -> String {
    let plain: String = wanted.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).take(25).collect();
    let plain = if plain.trim().is_empty() { String::from("Sheet") } else { plain };
    let all = std::iter::once(plain.clone()).chain((2..).map(|n| format!("{plain} {n}")));
    let free = all.into_iter().find(|name| !names.contains(&name.to_lowercase())).unwrap_or(plain);
    names.insert(free.to_lowercase());
    free
}

fn write_list(
    list: &mut Worksheet,
    problems: &[Problem],
    notes: &[Note],
    link: &dyn Fn(&Problem) -> Option<String>,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let headings = [pick("位置", "Where"), pick("发现", "Found"), pick("怎么办", "What to do")];
    for (column, (heading, width)) in headings.into_iter().zip([36.0, 60.0, 60.0]).enumerate() {
        list.write_string_with_format(0, column as u16, heading, &bold)?;
        list.set_column_width(column as u16, width)?;
    }
    list.set_freeze_panes(1, 0)?;
    let mut row = 1;
    for problem in problems.iter().take(MOST_LINKS) {
        let place = problem.place.say(language());
        match link(problem) {
            Some(target) => list.write_url(row, 0, Url::new(target).set_text(cut(&place)))?,
            None => list.write_string_with_format(row, 0, cut(&place), &wrapped)?,
        };
        list.write_string_with_format(row, 1, cut(&problem.found(language())), &wrapped)?;
        list.write_string_with_format(row, 2, cut(&problem.advice(language())), &wrapped)?;
        row += 1;
    }
    for note in notes.iter().take(MOST_LINKS) {
        list.write_string_with_format(row, 0, note.subject(language()), &wrapped)?;
        list.write_string_with_format(row, 1, cut(&note.say(language())), &wrapped)?;
        row += 1;
    }
    Ok(())
}

fn write_sheet(written: &mut Worksheet, sheet: &Sheet, marks: &BTreeMap<Cell, Vec<Mark>>) -> Result<(), XlsxError> {
    let offset = above(sheet);
    let (plain, wrong, doubtful) = (
        Format::new().set_quote_prefix(),
        Format::new().set_quote_prefix().set_background_color(Color::RGB(0xFFC7CE)),
        Format::new().set_quote_prefix().set_background_color(Color::RGB(0xFFEB9C)),
    );
    for row in sheet.rows.iter().filter(|row| row.number + offset <= MOST_ROWS) {
        let at = (row.number + offset - 1) as u32;
        for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            written.write_string_with_format(at, column as u16, cut(cell), &plain)?;
        }
    }
    for (&(at, column), marks) in marks {
        let found = sheet.rows.binary_search_by_key(&(at as usize + 1), |row| row.number + offset);
        let cells = found.ok().map(|at| sheet.rows[at].cells.as_slice());
        let text = cells.and_then(|cells| cells.get(usize::from(column))).map_or("", String::as_str);
        let format = if marks.iter().any(|mark| mark.stops) { &wrong } else { &doubtful };
        match text.is_empty() {
            true => written.write_blank(at, column, format)?,
            false => written.write_string_with_format(at, column, cut(text), format)?,
        };
        let said: Vec<&str> = marks.iter().map(|mark| mark.text.as_str()).collect();
        written.insert_note(at, column, &Comment::new(cut(&said.join("\n"))).set_author("expert-search"))?;
    }
    Ok(())
}

/// The text as far as a cell holds it.
fn cut(text: &str) -> String {
    // Excel counts in UTF-16.
    let mut left = MOST_CHARACTERS;
    text.chars()
        .take_while(|c| {
            let fits = left >= c.len_utf16();
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect()
}
