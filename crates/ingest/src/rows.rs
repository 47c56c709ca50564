//! One row of a table, understood: what it says, checked, not yet joined with others.

use engine::record::{Field, Shape, derived_id};

use crate::columns::{Column, Columns, label_of};
use crate::note::Note;
use crate::personal::{self, shown};
use crate::place::Place;
use crate::problem::{Kind, Problem};
use crate::readings::dictionary;
use crate::settings::Settings;
use crate::sheet::Row;
use crate::table::Table;
use crate::text::{half_width, is_several_names, list, name};
use crate::types;

/// The index has room for names of so many characters …
const LONGEST_NAME: usize = 128;
/// … and for values of so many.
const LONGEST_VALUE: usize = 20_000;

/// What one row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Where it stands.
    pub place: Place,
    /// Person or station.
    pub shape: Shape,
    /// 编号, or the hash that stands for it.
    pub id: String,
    /// Whether it is the hash.
    pub id_is_derived: bool,
    /// 人员编号, or empty.
    pub person_id: String,
    /// The name.
    pub name: String,
    /// 拼音, or empty; it fits the name.
    pub pinyin: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// 权重.
    pub weight: u32,
    /// Field, heading and value of everything else, types first, then in the order of the table.
    pub cells: Vec<(Field, String, String)>,
}

impl Draft {
    /// The values of one field.
    pub fn values(&self, field: Field) -> impl Iterator<Item = &str> {
        self.cells.iter().filter(move |(f, ..)| *f == field).map(|(.., value)| value.as_str())
    }
}

/// Understands every row of a table, adding all that is wrong with them to `problems`.
pub fn understand(
    mut table: Table,
    columns: &Columns,
    settings: &Settings,
    problems: &mut Vec<Problem>,
    notes: &mut Vec<Note>,
) -> Vec<Draft> {
    let mut masked = (0, None);
    for (i, column) in columns.columns.iter().enumerate() {
        match column {
            Some(Column::Ignored) => {}
            Some(_) => {
                let cells = personal_cells(&mut table, i, settings, problems);
                masked.0 += cells.len();
                let place = |row: &usize| Place::cell(&table.source, Some(*row), i, &table.heading[i]);
                masked.1 = masked.1.or_else(|| cells.first().map(place));
            }
            None => personal_column(&table, i, settings, problems),
        }
    }
    if let (cells, Some(place)) = masked {
        notes.push(Note::Masked { place, cells });
    }
    table.rows.iter().filter_map(|row| understand_row(&table, columns, settings, row, problems)).collect()
}

/// A published column: every cell with personal data is a problem, or is masked. Returns the rows that were masked.
fn personal_cells(table: &mut Table, column: usize, settings: &Settings, problems: &mut Vec<Problem>) -> Vec<usize> {
    let heading = &table.heading[column];
    let mut masked = Vec::new();
    for row in &mut table.rows {
        let cell = &mut row.cells[column];
        let mut hidden = personal::find_under(heading, cell);
        hidden.retain(|finding| !finding.is_one_of(cell, &settings.allowed));
        hidden.retain(|finding| {
            let is_masked = settings.masked.contains(&finding.sort);
            if !is_masked {
                let place = Place::cell(&table.source, Some(row.number), column, heading);
                problems.push(Problem::new(place, Kind::Personal(finding.clone())));
            }
            is_masked
        });
        if !hidden.is_empty() {
            *cell = personal::mask(cell, &hidden);
            masked.push(row.number);
        }
    }
    masked
}

/// A dropped column is not published, but a file on its way to a website should not carry it either: one problem for all of it.
fn personal_column(table: &Table, column: usize, settings: &Settings, problems: &mut Vec<Problem>) {
    let heading = &table.heading[column];
    let found = table.rows.iter().filter_map(|row| {
        let cell = &row.cells[column];
        let mut findings = personal::find_under(heading, cell).into_iter();
        Some((row.number, findings.rfind(|finding| !finding.is_one_of(cell, &settings.allowed))?))
    });
    let found: Vec<_> = found.collect();
    if let Some((row, finding)) = found.first() {
        let kind = Kind::PersonalColumn { cells: found.len(), row: *row, finding: finding.clone() };
        problems.push(Problem::new(Place::cell(&table.source, None, column, heading), kind));
    }
}

fn understand_row(
    table: &Table,
    columns: &Columns,
    settings: &Settings,
    row: &Row,
    problems: &mut Vec<Problem>,
) -> Option<Draft> {
    let shape = columns.shape;
    let mut draft = Draft {
        place: Place::row(&table.source, row.number),
        shape,
        id: String::new(),
        id_is_derived: false,
        person_id: String::new(),
        name: String::new(),
        pinyin: String::new(),
        aliases: Vec::new(),
        weight: 0,
        cells: Vec::new(),
    };
    let mut pinyin_place = None;
    let filled = columns.columns.iter().enumerate().filter_map(|(i, c)| Some((i, (*c)?, row.cells[i].as_str())));
    for (i, column, cell) in filled.filter(|(.., cell)| !cell.is_empty()) {
        let label = &table.heading[i];
        let place = || Place::cell(&table.source, Some(row.number), i, label);
        if let Some(kind) = spoilt(column, cell) {
            problems.push(Problem::new(place(), kind));
            continue;
        }
        if column == Column::Name(Shape::Person) && is_several_names(cell) {
            problems.push(Problem::new(place(), Kind::SeveralNames(shown(cell))));
            continue;
        }
        match column {
            Column::Ignored => {}
            Column::Id => draft.id = cell.to_owned(),
            Column::PersonId => draft.person_id = cell.to_owned(),
            Column::Name(Shape::Person) => draft.name = name(cell),
            Column::Name(Shape::Station) => draft.name = cell.to_owned(),
            Column::Alias => draft.aliases.extend(list(cell, separators(Field::Alias, shape)).iter().map(|a| name(a))),
            Column::Pinyin => (draft.pinyin, pinyin_place) = (cell.to_owned(), Some(place())),
            Column::Weight => match half_width(cell).parse() {
                Ok(weight) => draft.weight = weight,
                Err(_) => problems.push(Problem::new(place(), Kind::Weight(shown(cell)))),
            },
            Column::Cell(field) => {
                if cell.chars().count() > LONGEST_VALUE {
                    let kind = Kind::LongValue { count: cell.chars().count(), most: LONGEST_VALUE };
                    problems.push(Problem::new(place(), kind));
                }
                if let Some(kind) = wrong_address(field, cell, settings) {
                    problems.push(Problem::new(place(), kind));
                }
                draft.cells.extend(
                    list(cell, separators(field, shape)).into_iter().map(|value| (field, label_of(label), value)),
                );
            }
        }
    }
    if draft.name.is_empty() {
        let i = columns.columns.iter().position(|c| *c == Some(Column::Name(shape)))?;
        // A name that is spoilt, or several, was said already.
        if row.cells[i].is_empty() {
            let place = Place::cell(&table.source, Some(row.number), i, &table.heading[i]);
            problems.push(Problem::new(place, Kind::NoName));
        }
        return None;
    }
    for alias in [&draft.name].into_iter().chain(&draft.aliases).filter(|name| name.chars().count() > LONGEST_NAME) {
        let kind = Kind::LongName { name: shown(alias), count: alias.chars().count(), most: LONGEST_NAME };
        problems.push(Problem::new(draft.place.clone(), kind));
    }
    if let Some(place) = pinyin_place.filter(|_| dictionary().as_written(&draft.name, &draft.pinyin).is_none()) {
        let kind = Kind::Pinyin { pinyin: shown(&draft.pinyin), name: shown(&draft.name) };
        problems.push(Problem::new(place, kind));
    }
    let said = settings.pinyin.iter().find(|(name, _)| draft.pinyin.is_empty() && *name == draft.name);
    if let Some((name, pinyin)) = said {
        if dictionary().as_written(name, pinyin).is_some() {
            draft.pinyin.clone_from(pinyin);
        } else {
            let kind = Kind::PinyinSetting { pinyin: shown(pinyin), name: shown(name) };
            problems.push(Problem::new(draft.place.clone(), kind));
        }
    }
    types::settle(&mut draft);
    if draft.id.is_empty() {
        let first = |field| draft.values(field).next().unwrap_or_default();
        draft.id = derived_id(first(Field::Type), &draft.name, first(Field::Org));
        draft.id_is_derived = true;
    }
    Some(draft)
}

/// What divides the values of one cell; nothing for the fields that hold one value.
fn separators(field: Field, shape: Shape) -> &'static [char] {
    match field {
        // 院士、专家工作站 is one type.
        Field::Type if shape == Shape::Person => &['、', '；', ';'],
        Field::Discipline => &['、', '；', ';', '，', ',', '/'],
        Field::Resident | Field::District => &['、', '；', ';', '，', ','],
        Field::Alias | Field::Place => &['、', '；', ';'],
        Field::Org | Field::Sponsor | Field::Title | Field::Type => &['；', ';'],
        _ => &[],
    }
}

/// What a spreadsheet has made of a cell, if it has spoilt it: a failed formula, a day or a long number as digits.
fn spoilt(column: Column, cell: &str) -> Option<Kind> {
    const ERRORS: [&str; 10] =
        ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"];
    if ERRORS.contains(&cell) || cell.len() > 2 && cell.bytes().all(|b| b == b'#') {
        return Some(Kind::ErrorValue(cell.to_owned()));
    }
    if cell.starts_with('=') {
        return Some(Kind::Formula);
    }
    let is_day = matches!(column, Column::Cell(Field::Year | Field::Checked | Field::Tenure));
    if let Some(serial) = cell.parse::<u32>().ok().filter(|n| is_day && (20_000..60_000).contains(n)) {
        return Some(Kind::Serial { number: cell.to_owned(), day: day(serial) });
    }
    let (mantissa, exponent) = cell.split_once(['e', 'E']).unwrap_or_default();
    let is_scientific = mantissa.starts_with(|c: char| c.is_ascii_digit())
        && mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && exponent.strip_prefix('+').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    is_scientific.then(|| Kind::Scientific(cell.to_owned()))
}

/// The day that a spreadsheet counts as this number: 1 is 1900-01-01, and it believes in a 29th of February of that year.
fn day(serial: u32) -> String {
    // Days since 0000-03-01, in eras of 400 years, each year from March.
    let days = serial + 693_899;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{}-{month:02}-{day:02}", year + era * 400 + next)
}

/// What is wrong with an address that would be shown, if anything.
fn wrong_address(field: Field, cell: &str, settings: &Settings) -> Option<Kind> {
    let is_web = |text: &str| {
        let lower = text.to_lowercase();
        let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
        host.is_some_and(|h| h.starts_with(char::is_alphanumeric))
            && !text.contains([' ', '"', '\'', '<', '>', '\\', '`'])
    };
    // A path on the association's own host: nothing before it that could be a scheme or another host.
    let is_path = |text: &str| !text.starts_with("//") && !text.contains([':', '\\', '"', '\'', '<', '>', '`']);
    let is_own = |text: &str| {
        let host = |address: &str| address.split('/').take(3).collect::<Vec<_>>().join("/").to_lowercase();
        is_web(text) && settings.site.as_deref().is_some_and(|site| host(site) == host(text))
    };
    match field {
        Field::Link if !is_web(cell) => Some(Kind::Link(shown(cell))),
        Field::Photo if !is_path(cell) && !is_own(cell) => Some(Kind::Photo(shown(cell))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_spreadsheets_do() {
        for (serial, expected) in
            [(43_525, "2019-03-01"), (36_526, "2000-01-01"), (36_585, "2000-02-29"), (45_291, "2023-12-31")]
        {
            assert_eq!(day(serial), expected);
        }
    }

    #[test]
    fn what_spreadsheets_spoil() {
        let year = Column::Cell(Field::Year);
        for (column, cell, expected) in [
            (year, "43525", Some("date-serial")),
            (year, "2019", None),
            (Column::Id, "43525", None),
            (Column::Id, "1.23E+17", Some("scientific")),
            (Column::Id, "A1E+5", None),
            (Column::Id, "E5", None),
            (year, "#REF!", Some("error-value")),
            (year, "#####", Some("error-value")),
            (Column::Alias, "#1", None),
            (year, "=YEAR(A1)", Some("formula")),
        ] {
            let code = spoilt(column, cell).map(|kind| Problem::new(Place::file("t"), kind).code());
            assert_eq!(code, expected, "{cell}");
        }
    }
}
