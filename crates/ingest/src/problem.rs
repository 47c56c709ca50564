//! What stops a build, and what a maintainer should look at though it does not: both in plain Chinese.

use std::fmt;

/// Where something stands in a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file's name as it was handed in.
    pub file: String,
    /// The row as a spreadsheet counts it, the heading's row being 1; none for the whole file.
    pub row: Option<usize>,
    /// The column, from 0, and its heading; none for the whole row.
    pub column: Option<(usize, String)>,
}

impl Place {
    /// The whole file.
    pub fn file(file: &str) -> Place {
        Place { file: file.to_owned(), row: None, column: None }
    }

    /// A whole row.
    pub fn row(file: &str, row: usize) -> Place {
        Place { file: file.to_owned(), row: Some(row), column: None }
    }

    /// One cell, or a whole column when `row` is none.
    pub fn cell(file: &str, row: Option<usize>, column: usize, heading: &str) -> Place {
        Place { file: file.to_owned(), row, column: Some((column, heading.to_owned())) }
    }
}

/// `academicians.csv 第 17 行「工作单位」（G17）`
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(row) = self.row {
            write!(f, " 第 {row} 行")?;
        }
        match (&self.column, self.row) {
            (Some((column, heading)), Some(row)) => write!(f, "「{heading}」（{}{row}）", letters(*column)),
            (Some((column, heading)), None) => write!(f, "「{heading}」（{} 列）", letters(*column)),
            (None, _) => Ok(()),
        }
    }
}

/// A spreadsheet's name of a column: 0 is A, 25 is Z, 26 is AA.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 { last.to_string() } else { letters(column / 26 - 1) + &last.to_string() }
}

/// Why no directory could be made, in one place of the tables.
///
/// Its text never repeats personal data that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What was found: `出现手机号 138…（已隐去）`.
    pub found: String,
    /// What was expected or is to be done: `请删去后重试`.
    pub advice: String,
}

impl Problem {
    /// A problem at this place.
    pub fn new(place: Place, found: impl Into<String>, advice: impl Into<String>) -> Problem {
        Problem { place, found: found.into(), advice: advice.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：{}，{}", self.place, self.found, self.advice)
    }
}

impl std::error::Error for Problem {}

/// What does not stop a build, but a maintainer should know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// A column whose heading is not known; nothing of it is published.
    DroppedColumn {
        /// The column.
        place: Place,
        /// How many of its cells are not blank.
        filled: usize,
    },
    /// Rows with equal name that stand as different persons, because nothing says they are one.
    PerhapsOne {
        /// The name.
        name: String,
        /// Of each record: the ids and the units of its rows.
        people: Vec<(String, String)>,
    },
    /// Rows joined into one person by name and unit though they also have an equal title and may be two people.
    PerhapsTwo {
        /// The name.
        name: String,
        /// Their ids.
        ids: Vec<String>,
    },
    /// A hanzi in given names that has several ordinary readings; the first was settled.
    DoubtfulReading {
        /// The hanzi.
        hanzi: char,
        /// Its readings, the settled one first.
        readings: Vec<String>,
        /// Who has it in the name.
        names: Vec<String>,
    },
}

/// The first twenty of a list, and how many there are in all.
fn some(names: &[String]) -> String {
    match names.get(..20) {
        Some(first) if names.len() > 20 => format!("{}等 {} 人", first.join("、"), names.len()),
        _ => names.join("、"),
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::DroppedColumn { place, filled } => {
                write!(f, "{place}：不认识的列，未收入（有内容的 {filled} 格）")
            }
            Note::PerhapsOne { name, people } => {
                let people: Vec<String> = people
                    .iter()
                    .map(|(ids, unit)| if unit.is_empty() { ids.clone() } else { format!("{ids}（{unit}）") })
                    .collect();
                write!(f, "「{name}」同名，按不同的人收入：{}；若是同一人，请写相同的「人员编号」", people.join("、"))
            }
            Note::PerhapsTwo { name, ids } => {
                write!(
                    f,
                    "「{name}」同名、同单位、同称号，按同一人收入：{}；若是两人，请写不同的「人员编号」",
                    ids.join("、")
                )
            }
            Note::DoubtfulReading { hanzi, readings, names } => {
                write!(
                    f,
                    "多音字「{hanzi}」按 {} 读，{} 也能找到：{}；若读音不对，请加「拼音」列",
                    readings[0],
                    readings[1..].join("、"),
                    some(names)
                )
            }
        }
    }
}
