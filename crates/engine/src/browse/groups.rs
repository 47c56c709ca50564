//! Groups by which records are filtered and counted: a field, the first letter of the name, the strokes of the surname.

use super::{Counted, Filter, sorted};
use crate::index::Index;
use crate::record::{Field, Shape};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What records are grouped by. The order is the order of the filters on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Group {
    /// 类型.
    Type,
    /// 称号: of which academy, or which appointment.
    Title,
    /// 学部.
    Division,
    /// 专业领域.
    Discipline,
    /// 工作单位, 建站单位.
    Org,
    /// 所在地.
    Place,
    /// 当选年份, 聘任年份.
    Year,
    /// 批次.
    Batch,
    /// The first letter of the name's pinyin, A to Z.
    Letter,
    /// The number of strokes of the first character of a person's name.
    Strokes,
}

impl Group {
    /// Every group, in order.
    pub const ALL: [Group; 10] = [
        Group::Type,
        Group::Title,
        Group::Division,
        Group::Discipline,
        Group::Org,
        Group::Place,
        Group::Year,
        Group::Batch,
        Group::Letter,
        Group::Strokes,
    ];

    /// The field whose values it groups; none for the two of the name.
    fn field(self) -> Option<Field> {
        Some(match self {
            Group::Type => Field::Type,
            Group::Title => Field::Title,
            Group::Division => Field::Division,
            Group::Discipline => Field::Discipline,
            Group::Org => Field::Org,
            Group::Place => Field::Place,
            Group::Year => Field::Year,
            Group::Batch => Field::Batch,
            Group::Letter | Group::Strokes => return None,
        })
    }

    /// The word for programs: that of the field, `letter`, `strokes`.
    pub fn word(self) -> &'static str {
        match self {
            Group::Letter => "letter",
            Group::Strokes => "strokes",
            _ => self.field().map_or("", Field::word),
        }
    }

    /// The group that this word names.
    pub fn named(word: &str) -> Option<Group> {
        Group::ALL.into_iter().find(|group| group.word() == word)
    }

    /// Whether all its values are listed always: a row to browse by, not a filter.
    pub fn is_row(self) -> bool {
        self.field().is_none()
    }

    /// Whether its values have an order of their own.
    fn is_ordered(self) -> bool {
        matches!(self, Group::Year | Group::Letter | Group::Strokes)
    }
}

/// A value of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// As shown.
    pub text: String,
    /// How many records that pass the other groups have it.
    pub count: u32,
    /// Whether it is asked for.
    pub selected: bool,
}

/// The values of one group, and which records have them.
pub struct Table {
    group: Group,
    values: Vec<String>,
    /// Where the values of each record begin in `cells`; one more entry for the end.
    starts: Vec<u32>,
    /// Numbers of `values`, each once for a record.
    cells: Vec<u32>,
}

impl Table {
    /// Groups the records of an index.
    pub fn of(index: &Index, group: Group, strokes: &str) -> Table {
        let mut table = Table { group, values: Vec::new(), starts: vec![0], cells: Vec::new() };
        let mut numbers = BTreeMap::new();
        let mut number = |values: &mut Vec<String>, text: String| {
            *numbers.entry(text.clone()).or_insert_with(|| {
                values.push(text);
                values.len() as u32 - 1
            })
        };
        // By column of the field, the group's number of each of its values.
        let mut columns = Vec::new();
        for column in index.columns().iter().filter(|column| Some(column.field()) == group.field()) {
            let texts = column.texts().iter().map(|text| index.letters().text(text));
            columns.push((column, texts.map(|text| number(&mut table.values, text)).collect::<Vec<u32>>()));
        }
        for record in 0..index.len() as u32 {
            let start = table.cells.len();
            for (column, numbers) in &columns {
                for role in index.roles(record) {
                    for value in column.values(role) {
                        table.put(start, numbers[value as usize]);
                    }
                }
            }
            let named = match group {
                Group::Letter => Some(letter(index, record)),
                Group::Strokes => stroke_count(index, record, strokes),
                _ => None,
            };
            if let Some(text) = named {
                let value = number(&mut table.values, text);
                table.put(start, value);
            }
            table.starts.push(table.cells.len() as u32);
        }
        table
    }

    fn put(&mut self, start: usize, value: u32) {
        if !self.cells[start..].contains(&value) {
            self.cells.push(value);
        }
    }

    pub fn group(&self) -> Group {
        self.group
    }

    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// The numbers of a record's values.
    pub fn cells(&self, record: u32) -> &[u32] {
        &self.cells[self.starts[record as usize] as usize..self.starts[record as usize + 1] as usize]
    }

    /// The first value of a record.
    pub fn first(&self, record: u32) -> Option<&String> {
        self.cells(record).first().map(|value| &self.values[*value as usize])
    }

    /// The values of a record that begin with a number, as numbers.
    pub fn numbers(&self, record: u32) -> impl Iterator<Item = u32> + '_ {
        self.cells(record).iter().filter_map(|value| leading_number(&self.values[*value as usize]))
    }

    /// Which values are asked for, the last entry for records without any; none when the group is not asked about.
    pub fn wanted(&self, filters: &[Filter]) -> Option<Vec<bool>> {
        let mut wanted = None;
        for filter in filters.iter().filter(|filter| filter.group == self.group) {
            let wanted = wanted.get_or_insert_with(|| vec![false; self.values.len() + 1]);
            match self.values.iter().position(|value| *value == filter.value) {
                Some(at) => wanted[at] = true,
                None if filter.value.is_empty() => wanted[self.values.len()] = true,
                // A value that no record has any more: it passes none.
                None => {}
            }
        }
        wanted
    }

    pub fn passes(&self, record: u32, wanted: &[bool]) -> bool {
        match self.cells(record) {
            [] => wanted[self.values.len()],
            cells => cells.iter().any(|value| wanted[*value as usize]),
        }
    }

    /// Counts a record, in the last entry if it states none.
    pub fn count(&self, record: u32, counts: &mut [u32]) {
        let cells = self.cells(record);
        cells.iter().for_each(|value| counts[*value as usize] += 1);
        counts[self.values.len()] += u32::from(cells.is_empty());
    }

    /// The group as it is shown, at most `most` values and all that are asked for; none where it parts nothing, unless `lone`.
    pub fn counted(&self, counts: &[u32], wanted: Option<&[bool]>, most: usize, lone: bool) -> Option<Counted> {
        let is_selected = |at: usize| wanted.is_some_and(|wanted| wanted[at]);
        let last = self.values.len();
        let unstated = Value { text: String::new(), count: counts[last], selected: is_selected(last) };
        if self.values.len() + usize::from(counts[last] > 0) < 2 && wanted.is_none() && !lone {
            return None;
        }
        let key = |at: &usize| {
            let count = if self.group.is_ordered() { 0 } else { counts[*at] };
            let number = leading_number(&self.values[*at]).unwrap_or(0);
            let number = if self.group == Group::Year { u32::MAX - number } else { number };
            let first = !self.group.is_ordered() && is_selected(*at);
            (Reverse(first), Reverse(count), number, &self.values[*at], *at)
        };
        let shown = (0..last).filter(|at| counts[*at] > 0 || is_selected(*at));
        let order = sorted(shown.map(|at| key(&at)));
        if order.is_empty() && unstated.count == 0 && wanted.is_none() {
            return None;
        }
        let more = order.len().saturating_sub(most);
        let value = |at: usize| Value { text: self.values[at].clone(), count: counts[at], selected: is_selected(at) };
        let values = order
            .iter()
            .map(|key| key.4)
            .enumerate()
            .filter(|(place, at)| *place < most || is_selected(*at))
            .map(|(_, at)| value(at));
        Some(Counted { group: self.group, values: values.collect(), more, unstated })
    }
}

/// The number with which a value begins: the year of `2019` and of `2019年11月`.
fn leading_number(text: &str) -> Option<u32> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text.get(..digits).and_then(|digits| digits.parse().ok())
}

/// The letter under which a name stands in a directory; `#` for what has none.
fn letter(index: &Index, record: u32) -> String {
    let letters = index.letters();
    let Some(first) = index.names().texts().get(index.name(record)).iter().find(|id| !letters.is_silent(**id)) else {
        return String::from("#");
    };
    let letter = match letters.readings(*first).first() {
        Some(syllable) => char::from(syllable.first_letter()),
        None => letters.folded(*first),
    };
    if letter.is_ascii_alphabetic() { letter.to_ascii_uppercase().to_string() } else { String::from("#") }
}

/// The strokes of the first character of a person's name, if the table has it.
fn stroke_count(index: &Index, record: u32, strokes: &str) -> Option<String> {
    if index.shape(record) != Shape::Person {
        return None;
    }
    let name = index.name_text(record);
    let first = name.chars().next()?;
    let mut count = 0;
    for character in strokes.chars() {
        match character {
            ' ' => count += 1,
            _ if character == first => return Some(count.to_string()),
            _ => {}
        }
    }
    None
}
