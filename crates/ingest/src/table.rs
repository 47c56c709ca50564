//! The bytes of one file, made into a table of text.

use csv::{ReaderBuilder, StringRecord};

use crate::problem::{Place, Problem};
use crate::text::clean;

/// One table: a heading and the rows under it, all of the heading's length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The file's name, for messages.
    pub file: String,
    /// The headings, cleaned; a column without one has an empty text.
    pub heading: Vec<String>,
    /// The rows that are not blank.
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The number a spreadsheet shows beside it; a cell's inner line breaks do not count, blank rows do.
    pub number: usize,
    /// Its cells, cleaned.
    pub cells: Vec<String>,
}

/// Reads a CSV file in UTF-8, with or without a byte order mark.
///
/// Adds every problem of the file to `problems`: not UTF-8, nothing in it, only a heading, rows longer or shorter than the heading.
/// Ragged rows are left out, so that the problems of the others come to light in the same run; none when there is no table at all.
pub fn parse(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Option<Table> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count();
            let found = format!("第 {line} 行起的文字不是 UTF-8 编码");
            problems.push(Problem::new(
                Place::file(file),
                found,
                "请在表格软件里另存为「CSV UTF-8（逗号分隔）」后重试",
            ));
            return None;
        }
    };
    let mut rows = rows(text).into_iter();
    let Some(heading) = rows.next() else {
        problems.push(Problem::new(Place::file(file), "是空文件", "第一行应是表头，如：编号,姓名,称号,工作单位"));
        return None;
    };
    let heading = heading.cells;
    let mut whole = Vec::new();
    let mut ragged = false;
    for mut row in rows {
        // Spreadsheets pad some rows with blank cells; those say nothing.
        while row.cells.len() > heading.len() && row.cells.last().is_some_and(String::is_empty) {
            row.cells.pop();
        }
        if row.cells.len() == heading.len() {
            whole.push(row);
        } else {
            ragged = true;
            let found = format!("有 {} 格，表头有 {} 格", row.cells.len(), heading.len());
            problems.push(Problem::new(Place::row(file, row.number), found, "请检查是否多了或少了逗号、引号"));
        }
    }
    if whole.is_empty() && !ragged {
        problems.push(Problem::new(Place::file(file), "只有表头", "请至少填写一行"));
    }
    Some(Table { file: file.to_owned(), heading, rows: whole })
}

/// All rows that are not blank.
fn rows(text: &str) -> Vec<Row> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut rows = Vec::new();
    let (mut number, mut start) = (0, 0);
    // Reading from memory text that is UTF-8 and may be ragged cannot fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let end = reader.position().byte() as usize;
        number += 1 + blank_lines_before(text, start, end);
        start = end;
        let cells: Vec<String> = record.iter().map(clean).collect();
        if cells.iter().any(|c| !c.is_empty()) {
            rows.push(Row { number, cells });
        }
    }
    rows
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
        rows(text).iter().map(|r| r.number).collect()
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
    fn what_is_no_table_says_why() {
        for (bytes, expected) in [
            (&b""[..], "t.csv：是空文件，第一行应是表头，如：编号,姓名,称号,工作单位"),
            (b"\xef\xbb\xbf\r\n,,\r\n", "t.csv：是空文件，第一行应是表头，如：编号,姓名,称号,工作单位"),
            ("姓名,称号\n".as_bytes(), "t.csv：只有表头，请至少填写一行"),
            (
                b"a,b\n\xd0\xd5,x",
                "t.csv：第 2 行起的文字不是 UTF-8 编码，请在表格软件里另存为「CSV UTF-8（逗号分隔）」后重试",
            ),
        ] {
            let mut problems = Vec::new();
            parse("t.csv", bytes, &mut problems);
            assert_eq!(problems.iter().map(Problem::to_string).collect::<Vec<_>>(), [expected]);
        }
    }

    #[test]
    fn every_ragged_row_is_named() {
        let mut problems = Vec::new();
        let table = parse("t.csv", b"a,b\n1\n1,2\n1,2,,\n1,2,3\n", &mut problems).unwrap();
        assert_eq!(problems.iter().map(|p| p.place.row).collect::<Vec<_>>(), [Some(2), Some(5)]);
        assert_eq!(table.rows.iter().map(|r| r.number).collect::<Vec<_>>(), [3, 4]);
    }
}
