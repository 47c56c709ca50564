//! What the columns of a table say, by their headings.

use engine::record::{Field, Shape};

use crate::note::Note;
use crate::place::Place;
use crate::problem::{Kind, Problem};
use crate::settings::Settings;
use crate::table::Table;
use crate::text::half_width;

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The row's own number.
    Id,
    /// The number of the person, equal in every row that is about the same one.
    PersonId,
    /// The name of a person or a station.
    Name(Shape),
    /// Other names.
    Alias,
    /// How the name is read.
    Pinyin,
    /// How early a record stands among equal matches.
    Weight,
    /// A cell of the role.
    Cell(Field),
    /// Left out, as the maintainer says.
    Ignored,
}

impl Column {
    /// Whether a table may have only one column of this kind.
    fn is_single(self) -> bool {
        !matches!(self, Column::Alias | Column::Cell(_) | Column::Ignored)
    }

    /// What a maintainer reads about the column.
    pub fn meaning(self) -> &'static str {
        match self {
            Column::Id => "编号",
            Column::PersonId => "人员编号",
            Column::Name(Shape::Person) => "姓名",
            Column::Name(Shape::Station) => "名称",
            Column::Alias => "别名",
            Column::Pinyin => "拼音",
            Column::Weight => "权重",
            Column::Cell(field) => meaning(field),
            Column::Ignored => "忽略",
        }
    }

    /// The column for a word of the settings: 保留, 忽略, a heading that is known, or a field's word (`org`).
    pub fn named(word: &str) -> Option<Column> {
        match comparable(word).as_str() {
            "保留" | "keep" => Some(Column::Cell(Field::Other)),
            "忽略" | "ignore" => Some(Column::Ignored),
            plain => known(plain).or_else(|| {
                let field = Field::ALL.into_iter().find(|field| field.word() == plain);
                field.filter(|field| !matches!(field, Field::Name | Field::Alias)).map(Column::Cell)
            }),
        }
    }
}

fn meaning(field: Field) -> &'static str {
    match field {
        Field::Name => "姓名",
        Field::Alias => "别名",
        Field::Org => "单位",
        Field::Discipline => "专业领域",
        Field::Place => "所在地",
        Field::District => "服务县区",
        Field::Type => "类型",
        Field::Title => "称号",
        Field::Division => "学部",
        Field::Year => "年份",
        Field::Batch => "批次",
        Field::Tenure => "聘期",
        Field::Sponsor => "推荐单位",
        Field::Resident => "进站专家",
        Field::Origin => "籍贯",
        Field::Roster => "名册",
        Field::Contact => "联系方式",
        Field::Link => "链接",
        Field::Photo => "照片",
        Field::Intro => "简介",
        Field::Checked => "核对日期",
        Field::Other => "其他",
    }
}

/// The headings maintainers use. 序号 is not among them: it begins anew in every sheet. 联系方式 alone is not among them: only what says that it is public is published.
#[rustfmt::skip]
const HEADINGS: &[(Column, &[&str])] = &[
    (Column::Id, &["编号", "id", "专家编号", "工作站编号"]),
    (Column::PersonId, &["人员编号", "人员id", "personid"]),
    (Column::Name(Shape::Person), &["姓名", "专家姓名", "院士姓名", "中文名", "中文姓名", "名字", "name", "fullname"]),
    (Column::Name(Shape::Station), &["名称", "工作站名称", "站名", "站点名称", "基地名称", "服务站名称", "小院名称", "科技小院名称", "建站名称", "station", "stationname"]),
    (Column::Alias, &["别名", "曾用名", "又名", "外文名", "英文名", "英文姓名", "原名", "简称", "alias", "aliases", "englishname"]),
    (Column::Pinyin, &["拼音", "姓名拼音", "名称拼音", "pinyin"]),
    (Column::Weight, &["权重", "weight"]),
    (Column::Cell(Field::Type), &["类型", "类别", "专家类型", "专家类别", "工作站类型", "站点类型", "人员类别", "type", "category"]),
    (Column::Cell(Field::Title), &["称号", "荣誉称号", "头衔", "聘任称号", "title"]),
    (Column::Cell(Field::Division), &["学部", "所属学部", "division"]),
    (Column::Cell(Field::Year), &["当选年份", "聘任年份", "年份", "建站时间", "建站年份", "当选年", "聘任时间", "当选时间", "成立时间", "设立时间", "获批时间", "获批年份", "认定时间", "聘任年", "year", "elected"]),
    (Column::Cell(Field::Org), &["工作单位", "建站单位", "单位", "所在单位", "依托单位", "现工作单位", "任职单位", "单位名称", "承建单位", "工作单位及职务", "organisation", "organization", "org", "affiliation", "unit"]),
    (Column::Cell(Field::Discipline), &["专业领域", "研究方向", "专业", "研究领域", "学科", "学科领域", "专业方向", "领域", "擅长领域", "技术领域", "专业特长", "主要研究方向", "discipline", "field", "fields", "research"]),
    (Column::Cell(Field::Place), &["省份", "城市", "所在地", "省", "市", "所在省", "所在市", "所在省份", "所在城市", "地区", "所在地区", "地点", "建站地点", "省市", "省(市)", "省(区、市)", "区域", "place", "location", "province", "city", "region"]),
    (Column::Cell(Field::Origin), &["籍贯", "祖籍", "出生地", "国籍", "国别", "origin", "nationality"]),
    (Column::Cell(Field::Sponsor), &["推荐单位", "推荐学会", "推荐机构", "所属学会", "推荐渠道", "sponsor"]),
    (Column::Cell(Field::Resident), &["进站专家", "进站院士", "入站专家", "入站院士", "驻站专家", "合作院士", "合作专家", "签约院士", "首席专家", "进站院士专家", "进站院士(专家)", "resident", "residents"]),
    (Column::Cell(Field::District), &["服务县区", "服务县", "服务区县", "服务地区", "服务区域", "服务县(区)", "district", "districts"]),
    (Column::Cell(Field::Roster), &["名册", "roster"]),
    (Column::Cell(Field::Batch), &["批次", "届次", "届别", "batch"]),
    (Column::Cell(Field::Tenure), &["聘期", "任期", "聘任期限", "聘用期限", "tenure", "term"]),
    (Column::Cell(Field::Contact), &["联系方式(公开)", "公开联系方式", "办公电话", "单位电话", "公开电话", "联系表单", "contact", "publiccontact"]),
    (Column::Cell(Field::Link), &["链接", "网址", "主页", "个人主页", "网站", "link", "url", "homepage", "website"]),
    (Column::Cell(Field::Photo), &["照片", "头像", "相片", "photo", "picture"]),
    (Column::Cell(Field::Intro), &["简介", "个人简介", "专家简介", "工作站简介", "介绍", "intro", "introduction", "bio"]),
    (Column::Cell(Field::Checked), &["核对日期", "核对时间", "更新日期", "更新时间", "核实日期", "checked", "updated"]),
];

/// What a heading means, whatever its width, case, inner blanks and closing `*` or colon; none for an unknown one.
pub fn meaning_of(heading: &str) -> Option<Column> {
    known(&comparable(heading))
}

fn known(plain: &str) -> Option<Column> {
    HEADINGS.iter().find(|(_, headings)| headings.contains(&plain)).map(|(column, _)| *column)
}

/// A heading as visitors read it: without the marks for whoever fills the table in, without the blanks and line breaks that pad hanzi.
pub fn label_of(heading: &str) -> String {
    let mut label = heading.trim();
    loop {
        // Every row is asked for a heading, and few cells end so.
        let marks: &[&str] = if label.ends_with([')', '）']) { &REQUIRED } else { &[] };
        let bare = marks.iter().fold(label, |text, mark| text.trim_end_matches(mark));
        let bare = bare.trim_matches(['*', '＊', ':', '：', ' ']);
        if bare == label {
            break;
        }
        label = bare;
    }
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii());
    let kept = label.char_indices().filter(|(at, c)| {
        *c != ' ' || is_latin(label[..*at].chars().next_back()) || is_latin(label[at + 1..].chars().next())
    });
    kept.map(|(_, c)| c).collect()
}

/// What is said in a heading to whoever fills the table in.
const REQUIRED: [&str; 8] =
    ["（必填）", "（选填）", "（必填项）", "（选填项）", "(必填)", "(选填)", "(必填项)", "(选填项)"];

/// A heading without its dress.
fn comparable(heading: &str) -> String {
    half_width(&label_of(heading)).chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
}

impl Settings {
    /// What a heading means here: as the maintainer says, else as [`meaning_of`].
    pub fn meaning(&self, heading: &str) -> Option<Column> {
        let plain = comparable(heading);
        let said = self.columns.iter().find(|(heading, _)| comparable(heading) == plain);
        said.map(|(_, column)| *column).or_else(|| known(&plain))
    }
}

/// The columns of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// Persons or stations.
    pub shape: Shape,
    /// One entry a column; none is dropped.
    pub columns: Vec<Option<Column>>,
}

/// Reads a table's heading. Unknown columns that are not blank come as notes.
///
/// Adds to `problems`: no column of names, two of them, a heading that stands twice; none when there are no names.
pub fn understand(
    table: &Table,
    settings: &Settings,
    problems: &mut Vec<Problem>,
    notes: &mut Vec<Note>,
) -> Option<Columns> {
    let columns: Vec<Option<Column>> = table.heading.iter().map(|h| settings.meaning(h)).collect();
    let row = Some(table.heading_row).filter(|row| *row > 0);
    let at = |i: usize| Place::cell(&table.source, row, i, &table.heading[i]);
    for (i, column) in columns.iter().enumerate() {
        let is_used = column.is_some_and(|column| column != Column::Ignored);
        let same_heading = |j: &usize| is_used && table.heading[*j] == table.heading[i];
        let same_meaning = |j: &usize| column.is_some_and(Column::is_single) && kind(columns[*j]) == kind(*column);
        if let Some(first) = (0..i).find(|j| same_heading(j) || same_meaning(j)) {
            problems.push(Problem::new(at(i), Kind::TwoColumns(table.heading[first].clone())));
        }
        let filled = table.rows.iter().filter(|row| !row.cells[i].is_empty()).count();
        if column.is_none() && (filled > 0 || !table.heading[i].is_empty()) {
            notes.push(Note::DroppedColumn { place: Place::cell(&table.source, None, i, &table.heading[i]), filled });
        }
    }
    let shape = columns.iter().find_map(|c| if let Some(Column::Name(shape)) = c { Some(*shape) } else { None });
    if shape.is_none() {
        let headings = table.heading.iter().filter(|heading| !heading.is_empty()).cloned().collect();
        problems.push(Problem::new(Place { row, ..Place::source(&table.source) }, Kind::NoNames(headings)));
    }
    Some(Columns { shape: shape?, columns })
}

/// The column's kind, for which 姓名 and 名称 are the same.
fn kind(column: Option<Column>) -> Option<Column> {
    match column {
        Some(Column::Name(_)) => Some(Column::Name(Shape::Person)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_every_dress() {
        for (heading, expected) in [
            ("编号", Some(Column::Id)),
            (" 姓 名 ", Some(Column::Name(Shape::Person))),
            ("名称*", Some(Column::Name(Shape::Station))),
            ("ＩＤ", Some(Column::Id)),
            ("联系方式（公开）", Some(Column::Cell(Field::Contact))),
            ("联系方式(公开)：", Some(Column::Cell(Field::Contact))),
            ("姓名（必填）", Some(Column::Name(Shape::Person))),
            ("Full Name", Some(Column::Name(Shape::Person))),
            ("联系方式", None),
            ("手机", None),
            ("", None),
        ] {
            assert_eq!(meaning_of(heading), expected, "{heading:?}");
        }
    }

    #[test]
    fn settings_come_before_what_is_known() {
        let named = |word: &str| Column::named(word).expect(word);
        let columns = [("编号", "忽略"), ("职称", "保留"), ("现职 务", "称号"), ("Team", "org")];
        let settings = Settings {
            columns: columns.map(|(heading, word)| (heading.to_owned(), named(word))).to_vec(),
            ..Settings::default()
        };
        for (heading, expected) in [
            ("编 号", Some(Column::Ignored)),
            ("职称", Some(Column::Cell(Field::Other))),
            ("现职务：", Some(Column::Cell(Field::Title))),
            ("team", Some(Column::Cell(Field::Org))),
            ("姓名", Some(Column::Name(Shape::Person))),
            ("手机", None),
        ] {
            assert_eq!(settings.meaning(heading), expected, "{heading}");
        }
        assert_eq!(Column::named("随便"), None);
    }

    #[test]
    fn no_heading_has_two_meanings() {
        let all: Vec<&str> = HEADINGS.iter().flat_map(|(_, headings)| *headings).copied().collect();
        for (i, heading) in all.iter().enumerate() {
            assert!(!all[..i].contains(heading), "{heading}");
            assert!(meaning_of(heading).is_some(), "{heading} is not written as it is looked up");
        }
    }
}
