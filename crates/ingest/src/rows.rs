//! One row of a table, understood: what it says, checked, not yet joined with others.

use engine::record::{Field, Shape, derived_id};

use crate::columns::{Column, Columns};
use crate::personal::{self, shown};
use crate::problem::{Place, Problem};
use crate::readings::dictionary;
use crate::table::{Row, Table};
use crate::text::{half_width, list, name};

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
pub fn understand(table: &Table, columns: &Columns, problems: &mut Vec<Problem>) -> Vec<Draft> {
    for (i, column) in columns.columns.iter().enumerate() {
        match column {
            Some(_) => personal_cells(table, i, problems),
            None => personal_column(table, i, problems),
        }
    }
    table.rows.iter().filter_map(|row| understand_row(table, columns, row, problems)).collect()
}

/// A published column: every cell with personal data is a problem.
fn personal_cells(table: &Table, column: usize, problems: &mut Vec<Problem>) {
    for row in &table.rows {
        for finding in personal::find(&row.cells[column]) {
            let place = Place::cell(&table.file, Some(row.number), column, &table.heading[column]);
            problems.push(Problem::new(place, format!("出现{}", finding.describe()), "请删去后重试"));
        }
    }
}

/// A dropped column is not published, but a file on its way to a website should not carry it either: one problem for all of it.
fn personal_column(table: &Table, column: usize, problems: &mut Vec<Problem>) {
    let found: Vec<_> =
        table.rows.iter().filter_map(|row| Some((row.number, personal::find(&row.cells[column]).pop()?))).collect();
    if let Some((row, finding)) = found.first() {
        let place = Place::cell(&table.file, None, column, &table.heading[column]);
        let found = format!("有 {} 格出现个人信息，如第 {row} 行的{}", found.len(), finding.describe());
        problems.push(Problem::new(place, found, "本列不会收入，请从文件中删去整列后重试"));
    }
}

fn understand_row(table: &Table, columns: &Columns, row: &Row, problems: &mut Vec<Problem>) -> Option<Draft> {
    let shape = columns.shape;
    let mut draft = Draft {
        place: Place::row(&table.file, row.number),
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
        let place = || Place::cell(&table.file, Some(row.number), i, label);
        match column {
            Column::Id => draft.id = cell.to_owned(),
            Column::PersonId => draft.person_id = cell.to_owned(),
            Column::Name(Shape::Person) => draft.name = name(cell),
            Column::Name(Shape::Station) => draft.name = cell.to_owned(),
            Column::Alias => draft.aliases.extend(list(cell, separators(Field::Alias)).iter().map(|a| name(a))),
            Column::Pinyin => (draft.pinyin, pinyin_place) = (cell.to_owned(), Some(place())),
            Column::Weight => match half_width(cell).parse() {
                Ok(weight) => draft.weight = weight,
                Err(_) => problems.push(Problem::new(
                    place(),
                    format!("「{}」不是权重", shown(cell)),
                    "应是 0 或更大的整数，数大的排在前面",
                )),
            },
            Column::Cell(field) => {
                if cell.chars().count() > LONGEST_VALUE {
                    let found = format!("有 {} 字", cell.chars().count());
                    problems.push(Problem::new(place(), found, format!("最长 {LONGEST_VALUE} 字")));
                }
                if let Some((found, advice)) = wrong_address(field, cell) {
                    problems.push(Problem::new(place(), found, advice));
                }
                draft
                    .cells
                    .extend(list(cell, separators(field)).into_iter().map(|value| (field, label.clone(), value)));
            }
        }
    }
    if draft.name.is_empty() {
        let i = columns.columns.iter().position(|c| *c == Some(Column::Name(shape)))?;
        let place = Place::cell(&table.file, Some(row.number), i, &table.heading[i]);
        problems.push(Problem::new(place, "没有填写", "请补上，或删去整行"));
        return None;
    }
    for alias in [&draft.name].into_iter().chain(&draft.aliases).filter(|name| name.chars().count() > LONGEST_NAME) {
        let found = format!("名称「{}」有 {} 字", shown(alias), alias.chars().count());
        problems.push(Problem::new(draft.place.clone(), found, format!("最长 {LONGEST_NAME} 字")));
    }
    if let Some(place) = pinyin_place.filter(|_| dictionary().as_written(&draft.name, &draft.pinyin).is_none()) {
        let found = format!("拼音「{}」与「{}」对不上", shown(&draft.pinyin), shown(&draft.name));
        problems.push(Problem::new(place, found, "应是每个汉字一个音节，如 yuan long ping"));
    }
    settle_types(&mut draft);
    if draft.id.is_empty() {
        let first = |field| draft.values(field).next().unwrap_or_default();
        draft.id = derived_id(first(Field::Type), &draft.name, first(Field::Org));
        draft.id_is_derived = true;
    }
    Some(draft)
}

/// What divides the values of one cell; nothing for the fields that hold one value.
fn separators(field: Field) -> &'static [char] {
    match field {
        Field::Discipline => &['、', '；', ';', '，', ',', '/'],
        Field::Resident | Field::District => &['、', '；', ';', '，', ','],
        Field::Alias | Field::Place => &['、', '；', ';'],
        Field::Org | Field::Sponsor | Field::Title | Field::Type => &['；', ';'],
        _ => &[],
    }
}

/// What is wrong with an address that would be shown, if anything: found, advice.
fn wrong_address(field: Field, cell: &str) -> Option<(String, &'static str)> {
    let is_web = |text: &str| {
        let lower = text.to_lowercase();
        let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
        host.is_some_and(|h| h.starts_with(char::is_alphanumeric))
            && !text.contains([' ', '"', '\'', '<', '>', '\\', '`'])
    };
    // A path on the association's own host: nothing before it that could be a scheme or another host.
    let is_path = |text: &str| !text.starts_with("//") && !text.contains([':', '\\', '"', '\'', '<', '>', '`']);
    match field {
        Field::Link if !is_web(cell) => {
            Some((format!("「{}」不是网址", shown(cell)), "应以 https:// 或 http:// 开头，且没有空格"))
        }
        Field::Photo if !is_web(cell) && !is_path(cell) => {
            Some((format!("「{}」不是图片地址", shown(cell)), "应是本站的路径，如 photos/a1.jpg，或以 https:// 开头"))
        }
        _ => None,
    }
}

/// Puts the row's types first. A person's come from 类型, else from 称号; what is shortened to a type stays in full as a title.
fn settle_types(draft: &mut Draft) {
    let (written, mut others): (Vec<_>, Vec<_>) = draft.cells.drain(..).partition(|(field, ..)| *field == Field::Type);
    let has_title = others.iter().any(|(field, ..)| *field == Field::Title);
    let mut types: Vec<(Field, String, String)> = Vec::new();
    let mut add = |label: &str, kind: &str| {
        if !types.iter().any(|(.., t)| t == kind) {
            types.push((Field::Type, label.to_owned(), kind.to_owned()));
        }
    };
    for (_, label, text) in &written {
        let kind = if draft.shape == Shape::Person { person_type(text) } else { text };
        add(label, kind);
        if kind != text && !has_title {
            others.push((Field::Title, label.clone(), text.clone()));
        }
    }
    if written.is_empty() {
        let titles = others.iter().filter(|(field, ..)| *field == Field::Title);
        titles.filter(|_| draft.shape == Shape::Person).for_each(|(.., title)| add("类型", person_type(title)));
    }
    if types.is_empty() {
        types.push((
            Field::Type,
            "类型".to_owned(),
            if draft.shape == Shape::Person { "专家" } else { "工作站" }.to_owned(),
        ));
    }
    draft.cells = types.into_iter().chain(others).collect();
}

/// The type a title belongs to: 中国工程院外籍院士 is an 院士, 林草科普首席科学家 a 首席科普专家; others are types themselves.
fn person_type(title: &str) -> &str {
    if title.contains("院士") && !title.contains("工作站") {
        "院士"
    } else if title.contains("首席") && (title.contains("科普") || title.contains("传播") || title.contains("科学普及"))
    {
        "首席科普专家"
    } else {
        title
    }
}
