//! How much of a day a cell shows: 2020年3月 is no first of March.

use calamine::{Style, XlsxError};

use super::{Book, Grid};
use crate::problem::Kind;

/// The characters of 2020-03-01, of 2020-03 and of 2020.
const DAY: usize = 10;
const MONTH: usize = 7;
const YEAR: usize = 4;

/// Of each style of a workbook, how many characters of a day it shows; none when all show all, as they nearly always do.
pub fn shown(styles: &[Style]) -> Option<Vec<usize>> {
    let formats = styles.iter().map(|style| style.number_format.as_ref());
    let shown: Vec<usize> =
        formats.map(|format| format.map_or(DAY, |format| by_format(format.format_id, &format.format_code))).collect();
    shown.iter().any(|count| *count < DAY).then_some(shown)
}

/// Shortens the days of a sheet to what their styles show. The reader tells styles and formulas only one at a time, so this reads the sheet again.
pub fn shorten(
    book: &mut Book,
    sheet: &str,
    shown: &[usize],
    days: &[(u32, u32)],
    grid: &mut Grid,
) -> Result<(), Kind> {
    let damaged = |error: XlsxError| Kind::Damaged(error.to_string());
    let mut cells = book.worksheet_cells_reader(sheet).map_err(damaged)?;
    while let Some((row, column, style)) = cells.next_style_id().map_err(damaged)? {
        let count = shown.get(style).copied().unwrap_or(DAY);
        if count < DAY && days.binary_search(&(row, column)).is_ok() {
            grid.shorten((row, column), count);
        }
    }
    Ok(())
}

/// By the number of a format that Chinese programs have built in, else by its letters.
fn by_format(id: Option<u32>, code: &str) -> usize {
    if matches!(id, Some(27 | 36 | 50 | 52 | 57)) {
        return MONTH;
    }
    let letters = letters(code);
    match (letters.contains(['d', 'h', 's']), letters.contains('m'), letters.contains('y')) {
        (false, true, _) => MONTH,
        (false, false, true) => YEAR,
        _ => DAY,
    }
}

/// What of a format stands for parts of a day: its first section without what is quoted, escaped or in brackets.
fn letters(code: &str) -> String {
    let mut letters = String::new();
    let mut left = code.chars();
    while let Some(letter) = left.next() {
        match letter {
            '"' => drop(left.find(|c| *c == '"')),
            '[' => drop(left.find(|c| *c == ']')),
            '\\' | '_' | '*' => drop(left.next()),
            ';' => break,
            _ => letters.push(letter.to_ascii_lowercase()),
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_show_days_months_or_years() {
        for (id, code, expected) in [
            (200, "yyyy\"年\"m\"月\"d\"日\"", DAY),
            (200, "yyyy\"年\"m\"月\"", MONTH),
            (200, "[$-804]yyyy\"年\"m\"月\";@", MONTH),
            (200, "[$-d]yyyy\\d;d", YEAR),
            (200, "YYYY", YEAR),
            (200, "yyyy/m", MONTH),
            (200, "yyyy-mm-dd hh:mm", DAY),
            (200, "h:mm", DAY),
            (17, "mmm-yy", MONTH),
            (14, "mm-dd-yy", DAY),
            (57, "General", MONTH),
            (31, "General", DAY),
            (0, "General", DAY),
        ] {
            assert_eq!(by_format(Some(id), code), expected, "{id} {code}");
        }
    }
}
