//! Where something stands in what a maintainer has, said as a spreadsheet says it.

use std::fmt;
use std::sync::Arc;

use crate::Language;
use crate::personal::shown;
use crate::say;

/// How the rows of a source are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counting {
    /// As a spreadsheet counts them: the first row of the sheet is 1.
    Rows,
    /// The entries of a list: the first one is 1, and there is no heading.
    Entries,
}

/// One table in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// The file's name as it was handed in.
    pub file: String,
    /// The sheet of a workbook, or the list's name in JSON.
    pub sheet: Option<String>,
    /// How its rows are counted.
    pub counting: Counting,
}

/// Where something stands in a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The table.
    pub source: Arc<Source>,
    /// The row, from 1; none for the whole table.
    pub row: Option<usize>,
    /// The column, from 0, and its heading; none for the whole row.
    pub column: Option<(usize, String)>,
}

impl Place {
    /// A whole file.
    pub fn file(file: &str) -> Place {
        Place::source(&Arc::new(Source { file: file.to_owned(), sheet: None, counting: Counting::Rows }))
    }

    /// A whole table.
    pub fn source(source: &Arc<Source>) -> Place {
        Place { source: source.clone(), row: None, column: None }
    }

    /// A whole row.
    pub fn row(source: &Arc<Source>, row: usize) -> Place {
        Place { source: source.clone(), row: Some(row), column: None }
    }

    /// One cell, or a whole column when `row` is none.
    pub fn cell(source: &Arc<Source>, row: Option<usize>, column: usize, heading: &str) -> Place {
        Place { source: source.clone(), row, column: Some((column, heading.to_owned())) }
    }

    /// The cell as spreadsheets name it, `C17`; none for what is no cell or stands in a list.
    pub fn address(&self) -> Option<String> {
        let (column, _) = self.column.as_ref().filter(|_| self.source.counting == Counting::Rows)?;
        Some(format!("{}{}", letters(*column), self.row?))
    }

    /// `专家.xlsx › 专家名单!C17「工作单位」`, `专家.csv 第 17 行「工作单位」（C17）`, `专家.json 第 3 条「工作单位」`
    pub fn say(&self, language: Language) -> String {
        let Source { file, sheet, counting } = &*self.source;
        // A heading may be a number that nobody should read again.
        let heading = self.column.as_ref().map(|(_, heading)| shown(heading));
        let heading = heading.map(|heading| say!(language, "「{heading}」", " “{heading}”"));
        let heading = heading.unwrap_or_default();
        let whole = match sheet {
            Some(sheet) => format!("{file} › {sheet}"),
            None => file.clone(),
        };
        let column = self.column.as_ref().map(|(column, _)| letters(*column));
        match (counting, self.row, column, sheet) {
            (_, None, None, _) => whole,
            (Counting::Rows, Some(row), Some(column), Some(_)) => format!("{whole}!{column}{row}{heading}"),
            (Counting::Rows, Some(row), Some(column), None) => {
                say!(
                    language,
                    "{whole} 第 {row} 行{heading}（{column}{row}）",
                    "{whole} row {row}{heading} ({column}{row})"
                )
            }
            (Counting::Rows, None, Some(column), _) => {
                say!(language, "{whole}{heading}（{column} 列）", "{whole}{heading} (column {column})")
            }
            (Counting::Rows, Some(row), None, _) => say!(language, "{whole} 第 {row} 行", "{whole} row {row}"),
            (Counting::Entries, Some(row), _, _) => {
                say!(language, "{whole} 第 {row} 条{heading}", "{whole} entry {row}{heading}")
            }
            (Counting::Entries, None, Some(_), _) => format!("{whole}{heading}"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Language::Chinese))
    }
}

/// A spreadsheet's name of a column: 0 is A, 25 is Z, 26 is AA.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 { last.to_string() } else { letters(column / 26 - 1) + &last.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_said_as_people_find_them() {
        let source = |sheet: Option<&str>, counting| {
            Arc::new(Source { file: "t".into(), sheet: sheet.map(String::from), counting })
        };
        let (rows, entries) = (Counting::Rows, Counting::Entries);
        for (place, chinese, english) in [
            (Place::file("t"), "t", "t"),
            (Place::row(&source(None, rows), 3), "t 第 3 行", "t row 3"),
            (Place::cell(&source(None, rows), Some(3), 27, "单位"), "t 第 3 行「单位」（AB3）", "t row 3 “单位” (AB3)"),
            (Place::cell(&source(None, rows), None, 0, ""), "t「」（A 列）", "t “” (column A)"),
            (
                Place::cell(&source(None, rows), None, 1, "13812345678"),
                "t「138********」（B 列）",
                "t “138********” (column B)",
            ),
            (Place::source(&source(Some("甲"), rows)), "t › 甲", "t › 甲"),
            (Place::row(&source(Some("甲"), rows), 3), "t › 甲 第 3 行", "t › 甲 row 3"),
            (Place::cell(&source(Some("甲"), rows), Some(17), 2, "单位"), "t › 甲!C17「单位」", "t › 甲!C17 “单位”"),
            (Place::cell(&source(None, entries), Some(2), 2, "单位"), "t 第 2 条「单位」", "t entry 2 “单位”"),
            (Place::row(&source(Some("人员"), entries), 2), "t › 人员 第 2 条", "t › 人员 entry 2"),
            (Place::cell(&source(None, entries), None, 2, "单位"), "t「单位」", "t “单位”"),
        ] {
            assert_eq!((place.say(Language::Chinese), place.say(Language::English)), (chinese.into(), english.into()));
        }
    }
}
