//! CSV and TSV: text in any encoding and with any of the usual separators, made into rows.

use csv::{Reader, ReaderBuilder, StringRecord};

use crate::columns::meaning_of;
use crate::encoding::decode;
use crate::place::Place;
use crate::problem::{Guise, Kind, Problem};
use crate::sheet::{Row, Sheet};

/// A cell of more line breaks than this has swallowed the rows after it.
const MOST_LINES: usize = 100;

/// Reads a file of separated values; a problem where it is no text, or a quotation mark is not closed.
pub fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Option<Sheet> {
    let (text, encoding) = match decode(bytes) {
        Ok(decoded) => decoded,
        Err(kind) => {
            // No text has such bytes, in whatever encoding it is.
            let is_binary = bytes.iter().any(|byte| *byte < 0x09);
            let kind = if is_binary { Kind::Guise(Guise::Binary) } else { kind };
            problems.push(Problem::new(Place::file(file), kind));
            return None;
        }
    };
    if text.contains('\0') {
        problems.push(Problem::new(Place::file(file), Kind::Guise(Guise::Binary)));
        return None;
    }
    // Excel's own hint for itself.
    let hint = text.strip_prefix("sep=").and_then(|rest| Some((rest.chars().next()?, rest.find('\n')?)));
    let (separator, from) = match hint {
        Some((separator, end)) if separator.is_ascii() => (separator as u8, "sep=".len() + end + 1),
        _ => (separator(&text), 0),
    };
    let (mut rows, open) = rows(&text[from..], separator);
    rows.iter_mut().for_each(|row| row.number += usize::from(from > 0));
    let sheet = Sheet::only(file, encoding, rows);
    if let Some((row, column)) = open {
        let place = Place::cell(&sheet.source, Some(row + usize::from(from > 0)), column, "");
        problems.push(Problem::new(place, Kind::OpenQuote));
        return None;
    }
    Some(sheet)
}

/// The separator that makes most known headings of one of the first lines, else the one that the first lines have most of.
fn separator(text: &str) -> u8 {
    let most = SEPARATORS.map(|separator| headings(text, separator));
    let best = most.iter().max().copied().unwrap_or_default();
    match most.iter().filter(|count| **count == best).count() {
        1 => SEPARATORS[most.iter().position(|count| *count == best).unwrap_or_default()],
        // A line of one heading is the same under each.
        _ => commonest(text),
    }
}

const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// A heading stands among the first so many lines.
const SEARCHED: usize = 30;
/// … and among so many cells.
const WIDEST: usize = 512;

/// The most headings that are known in one line, if this divides it. Headings alone are asked for here, of all that tables mean: research
/// fields are written with more semicolons than a line has commas.
fn headings(text: &str, separator: u8) -> usize {
    let known = |line: &str| {
        let cells = line.split(char::from(separator)).map(|cell| cell.trim().trim_matches('"'));
        cells.take(WIDEST).filter(|cell| meaning_of(cell).is_some()).count()
    };
    let lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(SEARCHED);
    lines.map(known).max().unwrap_or_default()
}

/// The separator that the first lines have most of, outside quotation marks; a comma when there is none.
fn commonest(text: &str) -> u8 {
    let mut counts = [0usize; 3];
    let mut quoted = false;
    for byte in text.lines().filter(|line| !line.trim().is_empty()).take(5).flat_map(str::bytes) {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => counts[0] += 1,
            b'\t' if !quoted => counts[1] += 1,
            b';' if !quoted => counts[2] += 1,
            _ => {}
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    SEPARATORS[counts.iter().position(|count| *count == most).unwrap_or_default()]
}

fn reader(text: &str, separator: u8) -> Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes())
}

/// All rows that are not blank, their cells as written, and the row and column of the first quotation mark that is not closed where it should be.
fn rows(text: &str, separator: u8) -> (Vec<Row>, Option<(usize, usize)>) {
    let mut reader = reader(text, separator);
    let mut record = StringRecord::new();
    let mut rows = Vec::new();
    let (mut open, mut last_cell) = (None, (0, 0));
    let (mut number, mut start, mut last) = (0, 0, 0);
    // Reading from memory text that is UTF-8 and may be ragged cannot fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let end = reader.position().byte() as usize;
        number += 1 + blank_lines_before(text, start, end);
        (last, start) = (start, end);
        last_cell = (number, record.len().saturating_sub(1));
        let swallows = || record.iter().position(|cell| cell.matches('\n').count() > MOST_LINES);
        if record.as_slice().contains('\n') || record.as_slice().contains('\r') {
            let column = || closed_too_late(&text[last..end], separator).or_else(swallows);
            open = open.or_else(|| Some((number, column()?)));
        }
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(Row { number, cells: record.iter().map(String::from).collect() });
        }
    }
    (rows, open.or(swallows_more(&text[last..start], separator).then_some(last_cell)))
}

/// The column of a quotation mark that closes where a later row opens one of its own: text stands right behind it.
///
/// Whoever writes quotation marks as they should stand puts a separator or the end of the line there.
fn closed_too_late(record: &str, separator: u8) -> Option<usize> {
    let mut rest = record.trim_start_matches(['\r', '\n']).as_bytes();
    for column in 0.. {
        if let Some(quoted) = rest.strip_prefix(b"\"") {
            rest = behind_quoted(quoted)?;
            let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
            rest = &rest[blanks..];
            if !rest.first().is_none_or(|byte| [separator, b'\r', b'\n'].contains(byte)) {
                return Some(column);
            }
        }
        rest = &rest[rest.iter().position(|byte| *byte == separator)? + 1..];
    }
    None
}

/// What stands behind the quotation mark that closes; two in a row are one that is meant.
fn behind_quoted(mut quoted: &[u8]) -> Option<&[u8]> {
    loop {
        quoted = &quoted[quoted.iter().position(|byte| *byte == b'"')? + 1..];
        match quoted.strip_prefix(b"\"") {
            Some(behind) => quoted = behind,
            None => return Some(quoted),
        }
    }
}

/// Whether another row after this one would be a part of it.
fn swallows_more(row: &str, separator: u8) -> bool {
    !row.is_empty() && reader(&format!("{row}\nx"), separator).records().count() == 1
}

/// How many blank lines the CSV reader skipped before the record in `text[start..end]`; each is a row to a spreadsheet.
fn blank_lines_before(text: &str, start: usize, end: usize) -> usize {
    let bytes = &text.as_bytes()[start..end];
    // The previous record ends with the first half of a CRLF.
    let after_cr = start > 0 && text.as_bytes()[start - 1] == b'\r' && bytes.first() == Some(&b'\n');
    let bytes = &bytes[usize::from(after_cr)..];
    let breaks = &bytes[..bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count()];
    let crlf = breaks.windows(2).filter(|pair| pair == b"\r\n").count();
    breaks.len() - crlf
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<usize> {
        rows(text, b',').0.iter().map(|r| r.number).collect()
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_does() {
        for (text, expected) in [
            ("a,b\n1,2\n3,4\n", vec![1, 2, 3]),
            ("a,b\r\n1,2\r\n3,4", vec![1, 2, 3]),
            ("a,b\r1,2\r3,4", vec![1, 2, 3]),
            ("a,b\n\n\n1,2\n,\n3,4\n", vec![1, 4, 6]),
            ("a,b\r\n\r\n\r\n1,2\r\n\r\n3,4\r\n", vec![1, 4, 6]),
            ("\n\na,b\n1,2", vec![3, 4]),
            ("a,b\n\"1\n1\n\n1\",2\n3,4\n", vec![1, 2, 3]),
            ("a,b\r\n\"1\r\n\r\n1\",2\r\n\r\n3,4\r\n", vec![1, 2, 4]),
            ("", vec![]),
            ("\r\n\r\n", vec![]),
        ] {
            assert_eq!(numbers(text), expected, "{text:?}");
        }
    }

    #[test]
    fn texts_that_end_within_quotation_marks_are_told() {
        for (text, is_open) in [
            ("a,b\n1,\"2\n3,4\n", true),
            ("a,b\n1,\"2", true),
            ("a,b\n1,\"2\"\"", true),
            ("a,b\n1,2\"\n", false),
            ("a,b\n1,2\"2\n3,4", false),
            ("a,b\n1,\"2\n2\"\n", false),
            ("a,b\r\n1,\"2\"\"\"\r\n\r\n", false),
            ("\"", true),
            ("\n", false),
            ("", false),
        ] {
            assert_eq!(rows(text, b',').1.is_some(), is_open, "{text:?}");
        }
    }

    /// One stray quotation mark takes rows into its cell, until one that opens a cell closes it.
    #[test]
    fn quotation_marks_that_close_too_late_are_told() {
        for (text, expected) in [
            ("a,b,c\n1,\"2,3\n4,5,6\n7,\"8\",9\n", Some((2, 1))),
            ("a,b\r\n1,\"2\r\n\r\n3,\"4\"\r\n5,6\r\n", Some((2, 1))),
            ("a,b\n\n\"1,2\n\"3\",4\n", Some((3, 0))),
            ("a,b\n\"1\n1\",\"2\n\"2\n", Some((2, 1))),
            ("a,b\n\"1\n1\",\"2\"\"\n2\" \n3,\"4\"\n", None),
            ("a,b\n\"1\n\"\"1\"\"\",2\n", None),
            ("a,b\n\"1\"1,2\n", None),
        ] {
            assert_eq!(rows(text, b',').1, expected, "{text:?}");
        }
    }

    #[test]
    fn separators_are_found_and_said() {
        for (text, cells, number) in [
            ("姓名,单位\n甲,乙", vec!["甲", "乙"], 2),
            ("姓名\t单位\n甲\t乙,丙", vec!["甲", "乙,丙"], 2),
            ("姓名;单位\n甲;乙", vec!["甲", "乙"], 2),
            ("姓名;单位,类型\n\"甲,,,,\";乙", vec!["甲,,,,", "乙"], 2),
            ("sep=;\n姓名;单位\n甲;乙", vec!["甲", "乙"], 3),
            ("sep=|\r\n姓名|单位\r\n甲|乙\r\n", vec!["甲", "乙"], 3),
            ("姓名|单位\n甲|乙,丙\n", vec!["甲", "乙,丙"], 2),
            ("姓名,单位,研究方向\n甲,乙,物理;化学;数学;天文;地学\n", vec!["甲", "乙", "物理;化学;数学;天文;地学"], 2),
            ("姓名\t单位\t\"专业\"\n甲\t乙\ta,b,c,d,e\n", vec!["甲", "乙", "a,b,c,d,e"], 2),
            ("名单;;;;\n填报：某某;;;;\n姓名,单位\n甲,乙\n", vec!["甲", "乙"], 4),
            ("姓名|单位\r甲|乙,丙\r", vec!["甲", "乙,丙"], 2),
            ("甲|乙\n丙,丁\n", vec!["丙", "丁"], 2),
            ("姓名\n甲\n", vec!["甲"], 2),
        ] {
            let sheet = read("t.csv", text.as_bytes(), &mut Vec::new()).expect("a sheet");
            let last = sheet.rows.last().expect("rows");
            assert_eq!((last.cells.iter().map(String::as_str).collect(), last.number), (cells, number), "{text:?}");
        }
    }
}
