//! Workbooks: calamine reads the cells; what it does not tell (hidden rows, bounds before anything is made room for) is read beside it.

mod archive;
mod binary;
mod days;
mod records;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{
    Data, DataRef, Dimensions, Ods, Reader, SheetType, SheetVisible, Xls, Xlsb, XlsbError, Xlsx, XlsxError,
};

use crate::format::Format;
use crate::place::{Counting, Place, Source};
use crate::problem::{Kind, Problem};
use crate::sheet::{Hidden, MOST_CELLS, Merged, Row, Sheet, WIDEST};
use crate::text::number;

/// Bytes of text of all sheets.
const MOST_TEXT: usize = 400_000_000;

/// What is read beside calamine, by the sheets' names.
type Besides = BTreeMap<String, Beside>;

/// What is read beside calamine.
#[derive(Debug, Default)]
struct Beside {
    hidden: Hidden,
    merged: Vec<Merged>,
}

/// Hides more rows or columns. All sheets together hide no more than there may be cells: `hidden` counts what each has hidden.
fn hide(own: &mut Vec<usize>, more: Range<usize>, hidden: &mut usize) -> Result<(), Kind> {
    *hidden = hidden.saturating_add(more.len());
    if *hidden > MOST_CELLS {
        return Err(Kind::Unpacks);
    }
    own.extend(more);
    Ok(())
}

/// Reads every sheet; one problem where the workbook cannot be read.
pub fn read(file: &str, bytes: &[u8], format: Format, problems: &mut Vec<Problem>) -> Vec<Sheet> {
    let read = || match format {
        Format::Xls => xls(file, bytes),
        Format::Ods => ods(file, bytes),
        Format::Xlsb => xlsb(file, bytes),
        _ => xlsx(file, bytes),
    };
    // Damaged bytes may run the reader out of its bounds.
    let sheets = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(Kind::Damaged(String::from("?"))));
    sheets.unwrap_or_else(|kind| {
        problems.push(Problem::new(Place::file(file), kind));
        Vec::new()
    })
}

/// Lets nobody hear of a reader that damaged bytes ran out of its bounds: that is caught and told as damage, and its own message
/// says nothing to a maintainer. All other panics are heard of as before.
pub fn silence_readers() {
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let readers = ["calamine", "quick-xml", "zip-", "codepage"];
        let file = info.location().map(|location| location.file()).unwrap_or_default();
        if !readers.iter().any(|reader| file.contains(reader)) {
            tell(info);
        }
    }));
}

/// Cells as they come, within the bounds that all sheets of a workbook share.
#[derive(Default)]
struct Grid {
    rows: BTreeMap<u32, Vec<String>>,
    cells: usize,
    text: usize,
}

impl Grid {
    fn put(&mut self, (row, column): (u32, u32), text: String) -> Result<(), Kind> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let cells = self.rows.entry(row).or_default();
        let column = column as usize;
        self.cells += (column + 1).saturating_sub(cells.len());
        self.text += text.len();
        if column >= WIDEST || self.cells > MOST_CELLS || self.text > MOST_TEXT {
            return Err(Kind::Unpacks);
        }
        cells.resize(cells.len().max(column + 1), String::new());
        cells[column] = text;
        Ok(())
    }

    /// Leaves so many characters of a cell.
    fn shorten(&mut self, (row, column): (u32, u32), count: usize) {
        let cell = self.rows.get_mut(&row).and_then(|cells| cells.get_mut(column as usize));
        if let Some(cell) = cell {
            *cell = cell.chars().take(count).collect();
        }
    }

    /// Moves what stands in merged cells to the first of their rows that is shown: it counts for the others, which may be all that a filter leaves.
    fn show_merged(&mut self, beside: &mut Beside) -> Result<(), Kind> {
        let runs = beside.hidden.rows.chunk_by(|row, next| *next <= row.saturating_add(1));
        let runs: Vec<(usize, usize)> = runs.map(|run| (run[0], run[run.len() - 1])).collect();
        for region in &mut beside.merged {
            let top = region.rows.0;
            let run = runs.get(runs.partition_point(|(_, last)| *last < top)).filter(|(first, _)| *first <= top);
            let Some(shown) = run.map(|(_, last)| last.saturating_add(1)).filter(|shown| *shown <= region.rows.1)
            else {
                continue;
            };
            let hidden = self.rows.get(&(top as u32 - 1)).and_then(|cells| cells.get(region.columns.0)).cloned();
            self.put((shown as u32 - 1, region.columns.0 as u32), hidden.unwrap_or_default())?;
            region.rows.0 = shown;
        }
        Ok(())
    }

    /// The rows so far, without what is hidden.
    fn take(&mut self, hidden: &Hidden) -> Vec<Row> {
        let rows = std::mem::take(&mut self.rows).into_iter();
        let rows = rows.map(|(number, cells)| Row { number: number as usize + 1, cells });
        rows.filter(|row| hidden.rows.binary_search(&row.number).is_err()).collect()
    }
}

fn sheet(file: &str, name: &str, format: &'static str, mut beside: Beside, grid: &mut Grid) -> Result<Sheet, Kind> {
    grid.show_merged(&mut beside)?;
    let source = Source { file: file.to_owned(), sheet: Some(name.to_owned()), counting: Counting::Rows };
    let filled: Vec<usize> = grid.rows.keys().map(|row| *row as usize + 1).collect();
    beside.hidden.rows.retain(|row| filled.binary_search(row).is_ok());
    let rows = grid.take(&beside.hidden);
    Ok(Sheet { source: Arc::new(source), format, rows, merged: beside.merged, hidden: beside.hidden })
}

fn merged(regions: Vec<Dimensions>) -> Vec<Merged> {
    let merged = |d: Dimensions| Merged {
        rows: (d.start.0 as usize + 1, d.end.0 as usize + 1),
        columns: (d.start.1 as usize, d.end.1 as usize),
    };
    regions.into_iter().map(merged).collect()
}

/// Names and visibility of the sheets that hold cells.
fn sheets<R: Reader<Cursor<B>>, B: AsRef<[u8]>>(book: &R) -> Vec<(String, bool)> {
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
}

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

fn xlsx(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Kind> {
    let mut besides = archive::xlsx(bytes)?;
    let damaged = |error: XlsxError| match error {
        XlsxError::Password => Kind::Password,
        error => Kind::Damaged(error.to_string()),
    };
    let mut book: Book = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut grid = Grid::default();
    let mut all = Vec::new();
    for (name, is_hidden) in sheets(&book) {
        let mut beside = besides.remove(&name).unwrap_or_default();
        beside.hidden.sheet = is_hidden;
        if !is_hidden {
            beside.merged = merged(book.merge_cells_by_sheet_name(&name).map_err(damaged)?);
            let mut cells = book.worksheet_cells_reader(&name).map_err(damaged)?;
            let shown = days::shown(cells.styles());
            let mut days = Vec::new();
            while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
                if shown.is_some() && matches!(cell.value, DataRef::DateTime(_) | DataRef::DateTimeIso(_)) {
                    days.push(cell.pos);
                }
                let value = match (cell.value, cell.formula) {
                    // A program wrote the formula, and none has calculated it since.
                    (DataRef::Empty, Some(_)) => String::from("="),
                    (value, _) => text(value.into()),
                };
                grid.put(cell.pos, value)?;
            }
            drop(cells);
            if let Some(shown) = shown.filter(|_| !days.is_empty()) {
                days.sort_unstable();
                days::shorten(&mut book, &name, &shown, &days, &mut grid)?;
            }
        }
        all.push(sheet(file, &name, "XLSX", beside, &mut grid)?);
    }
    Ok(all)
}

fn xlsb(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Kind> {
    let mut besides = records::xlsb(bytes)?;
    let damaged = |error: XlsbError| match error {
        XlsbError::Password => Kind::Password,
        error => Kind::Damaged(error.to_string()),
    };
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut grid = Grid::default();
    let mut all = Vec::new();
    for (name, is_hidden) in sheets(&book) {
        let mut beside = besides.remove(&name).unwrap_or_default();
        beside.hidden.sheet = is_hidden;
        if !is_hidden {
            let mut cells = book.worksheet_cells_reader(&name).map_err(damaged)?;
            while let Some(cell) = cells.next_cell().map_err(damaged)? {
                grid.put(cell.get_position(), text(cell.get_value().clone().into()))?;
            }
        }
        all.push(sheet(file, &name, "XLSB", beside, &mut grid)?);
    }
    Ok(all)
}

fn xls(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Kind> {
    let mut besides = binary::xls(bytes)?;
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => Kind::Password,
        error => Kind::Damaged(error.to_string()),
    })?;
    let mut grid = Grid::default();
    let mut all = Vec::new();
    for (name, is_hidden) in sheets(&book) {
        let mut beside = besides.remove(&name).unwrap_or_default();
        beside.hidden.sheet = is_hidden;
        if !is_hidden {
            let damaged = |error: calamine::XlsError| Kind::Damaged(error.to_string());
            beside.merged = merged(book.merge_cells_by_sheet_name(&name).map_err(damaged)?);
            put_range(&mut grid, book.worksheet_range(&name).map_err(damaged)?)?;
        }
        all.push(sheet(file, &name, "XLS", beside, &mut grid)?);
    }
    Ok(all)
}

fn ods(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Kind> {
    let mut besides = archive::ods(bytes)?;
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::OdsError::Password => Kind::Password,
        error => Kind::Damaged(error.to_string()),
    })?;
    let mut grid = Grid::default();
    let mut all = Vec::new();
    for (name, is_hidden) in sheets(&book) {
        let mut beside = besides.remove(&name).unwrap_or_default();
        beside.hidden.sheet = is_hidden;
        if !is_hidden {
            let range = book.worksheet_range(&name).map_err(|error| Kind::Damaged(error.to_string()))?;
            put_range(&mut grid, range)?;
        }
        all.push(sheet(file, &name, "ODS", beside, &mut grid)?);
    }
    Ok(all)
}

fn put_range(grid: &mut Grid, range: calamine::Range<Data>) -> Result<(), Kind> {
    let (row, column) = range.start().unwrap_or_default();
    range.used_cells().try_for_each(|(r, c, value)| grid.put((row + r as u32, column + c as u32), text(value.clone())))
}

/// A value as its cell shows it; days as 2019-03-01. Of a cell that shows less an XLSX loses the rest (`days`); of XLSB, XLS and ODS the reader
/// tells no number formats, so a month has its first day there.
fn text(value: Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) => text,
        Data::Int(value) => value.to_string(),
        Data::Float(value) => number(value),
        Data::Bool(value) => if value { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTime(time) => number(time.as_f64()),
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        Data::DurationIso(text) => text,
        Data::Error(error) => error.to_string(),
    }
}
