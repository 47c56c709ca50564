//! What does not stop a build, but a maintainer should know.

use std::fmt;

use crate::place::Place;
use crate::{Language, say};

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// A hidden sheet, row or column that was left out.
    Hidden {
        /// The sheet.
        place: Place,
        /// Which part of it.
        what: HiddenPart,
    },
    /// A sheet without a heading, left out beside others that have one.
    NoTable {
        /// The sheet.
        place: Place,
    },
    /// A sheet with a heading and nothing under it, left out.
    OnlyHeading {
        /// The sheet.
        place: Place,
    },
    /// A row that is no data: a subtitle, a sum, a remark, a repeated heading.
    Remark {
        /// The row.
        place: Place,
        /// Its beginning.
        text: String,
    },
    /// Invisible characters and marks of direction that were taken out.
    Invisible {
        /// The first cell.
        place: Place,
        /// In how many cells of the table.
        cells: usize,
    },
    /// A column whose heading is not known; nothing of it is published.
    DroppedColumn {
        /// The column.
        place: Place,
        /// How many of its cells are not blank.
        filled: usize,
    },
    /// Personal data that was masked as the settings say.
    Masked {
        /// The first cell.
        place: Place,
        /// In how many cells of the table.
        cells: usize,
    },
    /// What the list of removed people kept out.
    Removed {
        /// How many rows.
        rows: usize,
        /// In how many cells of other rows the name was taken out.
        mentions: usize,
        /// Who of the list was found nowhere.
        idle: Vec<String>,
    },
    /// A removed name in a cell that is published.
    RemovedStill {
        /// The row.
        place: Place,
        /// The cell's heading.
        heading: String,
        /// The name.
        name: String,
    },
    /// A removed person's namesake, or the person: nothing says which.
    RemovedPerhaps {
        /// Where the name stands.
        place: Place,
    },
    /// A resident expert's name that stands for several people.
    AmbiguousResident {
        /// The station's row.
        place: Place,
        /// The name.
        name: String,
        /// Their ids.
        ids: Vec<String>,
    },
    /// Resident experts who are not among the people.
    UnknownResidents {
        /// Their names.
        names: Vec<String>,
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

/// What is hidden.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum HiddenPart {
    /// The sheet.
    Sheet,
    /// Rows by their numbers.
    Rows(Vec<usize>),
    /// Columns by their headings.
    Columns(Vec<String>),
}

impl Note {
    /// The word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Note::Hidden { .. } => "hidden",
            Note::NoTable { .. } => "no-table",
            Note::OnlyHeading { .. } => "only-heading",
            Note::Remark { .. } => "remark",
            Note::Invisible { .. } => "invisible-characters",
            Note::DroppedColumn { .. } => "dropped-column",
            Note::Masked { .. } => "masked",
            Note::Removed { .. } => "removed",
            Note::RemovedStill { .. } => "removed-still",
            Note::RemovedPerhaps { .. } => "removed-perhaps",
            Note::AmbiguousResident { .. } => "ambiguous-resident",
            Note::UnknownResidents { .. } => "unknown-residents",
            Note::PerhapsOne { .. } => "perhaps-one",
            Note::PerhapsTwo { .. } => "perhaps-two",
            Note::DoubtfulReading { .. } => "doubtful-reading",
        }
    }

    /// The heading under which notes of this kind are listed.
    pub fn subject(&self, language: Language) -> &'static str {
        let (chinese, english) = match self {
            Note::Hidden { .. } => ("隐藏的内容", "hidden content"),
            Note::NoTable { .. } | Note::OnlyHeading { .. } => ("没有数据的工作表", "sheets without data"),
            Note::Remark { .. } => ("不是数据的行", "rows that are no data"),
            Note::Invisible { .. } => ("看不见的字符", "invisible characters"),
            Note::DroppedColumn { .. } => ("未收入的列", "columns left out"),
            Note::Masked { .. } => ("隐去的个人信息", "masked personal data"),
            Note::Removed { .. } | Note::RemovedStill { .. } | Note::RemovedPerhaps { .. } => {
                ("移除名单", "removed people")
            }
            Note::AmbiguousResident { .. } | Note::UnknownResidents { .. } => ("进站专家", "resident experts"),
            Note::PerhapsOne { .. } => ("可能是同一人", "perhaps one person"),
            Note::PerhapsTwo { .. } => ("可能是两人", "perhaps two people"),
            Note::DoubtfulReading { .. } => ("多音字", "doubtful readings"),
        };
        match language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }

    /// Where it is, when it is in one place.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Note::Hidden { place, .. }
            | Note::NoTable { place }
            | Note::OnlyHeading { place }
            | Note::Remark { place, .. }
            | Note::Invisible { place, .. }
            | Note::DroppedColumn { place, .. }
            | Note::Masked { place, .. }
            | Note::RemovedStill { place, .. }
            | Note::RemovedPerhaps { place }
            | Note::AmbiguousResident { place, .. } => Some(place),
            _ => None,
        }
    }

    /// The whole sentence, without its full stop.
    pub fn say(&self, language: Language) -> String {
        let at = self.place().map(|place| place.say(language)).unwrap_or_default();
        match self {
            Note::Hidden { what: HiddenPart::Sheet, .. } => {
                say!(language, "{at}：隐藏的工作表，未收入", "{at}: hidden sheet, left out")
            }
            Note::Hidden { what: HiddenPart::Rows(rows), .. } => {
                let (n, list) = (rows.len(), some(language, rows.iter().map(usize::to_string)));
                say!(
                    language,
                    "{at}：隐藏的行 {n} 行，未收入（第 {list} 行）；若应收入，请取消隐藏或筛选",
                    "{at}: {n} hidden rows left out ({list}); if they belong in, unhide them or clear the filter"
                )
            }
            Note::Hidden { what: HiddenPart::Columns(headings), .. } => {
                let list = some(language, headings.iter().cloned());
                say!(language, "{at}：隐藏的列，未收入：{list}", "{at}: hidden columns left out: {list}")
            }
            Note::NoTable { .. } => {
                say!(language, "{at}：没有认得的表头，未收入", "{at}: no heading that is known, left out")
            }
            Note::OnlyHeading { .. } => say!(language, "{at}：只有表头，没有数据", "{at}: only a heading, no data"),
            Note::Remark { text, .. } => {
                say!(language, "{at}：不是数据，未收入：{text}", "{at}: no data, left out: {text}")
            }
            Note::Invisible { cells, .. } => say!(
                language,
                "{at}：有看不见的字符（零宽字符、方向控制符等），已去掉；本表共 {cells} 格",
                "{at}: invisible characters taken out; {cells} cells of this table"
            ),
            Note::DroppedColumn { filled, .. } => say!(
                language,
                "{at}：不认识的列，未收入（有内容的 {filled} 格）",
                "{at}: unknown column, left out ({filled} cells with content)"
            ),
            Note::Masked { cells, .. } => say!(
                language,
                "{at}：个人信息已按配置隐去；本表共 {cells} 格",
                "{at}: personal data masked as configured; {cells} cells of this table"
            ),
            Note::Removed { rows, mentions, idle } => {
                let list = some(language, idle.iter().cloned());
                let idle = match idle.is_empty() {
                    true => String::new(),
                    false => say!(language, "；名单里没有对上的：{list}", "; found nowhere: {list}"),
                };
                say!(
                    language,
                    "按移除名单未收入 {rows} 行，另从 {mentions} 格里去掉姓名{idle}",
                    "{rows} rows left out by the list of removed people, the name taken out of {mentions} other cells{idle}"
                )
            }
            Note::RemovedStill { heading, name, .. } => say!(
                language,
                "{at}：「{heading}」里还有移除名单里的「{name}」，已收入；若说的是此人，请改这一格",
                "{at}: “{name}” of the list of removed people still stands in “{heading}”; kept. If it is this person, change the cell"
            ),
            Note::RemovedPerhaps { .. } => say!(
                language,
                "{at}：与移除名单里的人同名，但名单没有写明是不是此人，已收入；若就是此人，请从表里删去",
                "{at}: has the name of a removed person, but nothing says that this is the one; kept. If it is, delete it"
            ),
            Note::AmbiguousResident { name, ids, .. } => {
                let ids = some(language, ids.iter().cloned());
                say!(
                    language,
                    "{at}：「{name}」可能是 {ids}，没有关联；请写成「姓名（单位）」或编号",
                    "{at}: “{name}” may be {ids}; not linked. Write “name (unit)” or the id"
                )
            }
            Note::UnknownResidents { names } => {
                let (n, list) = (names.len(), some(language, names.iter().cloned()));
                say!(
                    language,
                    "{n} 位进站专家不在名单里，没有关联：{list}",
                    "{n} resident experts are not in the list, not linked: {list}"
                )
            }
            Note::PerhapsOne { name, people } => {
                let person = |(ids, unit): &(String, String)| match unit.is_empty() {
                    true => ids.clone(),
                    false => say!(language, "{ids}（{unit}）", "{ids} ({unit})"),
                };
                let people = people.iter().map(person).collect::<Vec<_>>().join(comma(language));
                say!(
                    language,
                    "「{name}」同名，按不同的人收入：{people}；若是同一人，请写相同的「人员编号」",
                    "“{name}” is the name of several, kept apart: {people}; if they are one, give them one “人员编号”"
                )
            }
            Note::PerhapsTwo { name, ids } => {
                let ids = ids.join(comma(language));
                say!(
                    language,
                    "「{name}」同名、同单位、同称号，按同一人收入：{ids}；若是两人，请写不同的「人员编号」",
                    "“{name}” with equal unit and title, joined as one: {ids}; if they are two, give them different “人员编号”"
                )
            }
            Note::DoubtfulReading { hanzi, readings, names } => {
                let first = readings.first().cloned().unwrap_or_default();
                let others = readings.get(1..).unwrap_or_default().join(comma(language));
                let list = some(language, names.iter().cloned());
                say!(
                    language,
                    "多音字「{hanzi}」按 {first} 读，{others} 也能找到：{list}；若读音不对，请加「拼音」列",
                    "“{hanzi}” is read {first}, found by {others} too: {list}; if that is wrong, add a column “拼音”"
                )
            }
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Language::Chinese))
    }
}

fn comma(language: Language) -> &'static str {
    match language {
        Language::Chinese => "、",
        Language::English => ", ",
    }
}

/// The first twenty of a list, and how many there are in all.
fn some(language: Language, all: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = all.collect();
    let n = all.len();
    let list = all[..n.min(20)].join(comma(language));
    if n > 20 { say!(language, "{list}等 {n} 项", "{list} … ({n} in all)") } else { list }
}
