//! What a directory holds: persons and stations, each with its roles and their cells.

use crate::hash::{fnv1a64, hexadecimal};
use crate::pinyin::Syllable;
use std::sync::Arc;

/// The two shapes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// An academician, an expert: somebody with a personal name.
    Person,
    /// A workstation, a courtyard, a service station: somewhere.
    Station,
}

/// How one character is read: the settled reading first, then the less usual ones a visitor might still type.
///
/// Empty for what has no reading: letters, digits, punctuation, characters no table knows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Readings(pub Vec<Syllable>);

/// Text with one [`Readings`] for each of its `char`s. Clones share both: a large directory names few units and many people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    text: Arc<str>,
    readings: Arc<[Readings]>,
}

impl Term {
    /// Joins text and readings.
    ///
    /// # Panics
    ///
    /// When there is not exactly one reading for each `char`.
    pub fn new(text: impl Into<String>, readings: Vec<Readings>) -> Term {
        let text = text.into();
        assert_eq!(text.chars().count(), readings.len(), "one Readings for each char of {text:?}");
        Term { text: text.into(), readings: readings.into() }
    }

    /// Text without readings: found as it is written only.
    pub fn plain(text: impl Into<String>) -> Term {
        let text = text.into();
        let readings = vec![Readings::default(); text.chars().count()];
        Term::new(text, readings)
    }

    /// The text as the directory shows it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// One entry for each `char` of [`Term::text`].
    pub fn readings(&self) -> &[Readings] {
        &self.readings
    }
}

/// What a cell says; the order is the order in which matches of equal strength stand.
///
/// Codes (`as u8`) are part of the index format: append, never reorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Field {
    /// 姓名, 名称.
    Name,
    /// 别名, 曾用名, a name in Latin letters.
    Alias,
    /// 工作单位; of a station 建站单位.
    Org,
    /// 专业领域, 研究方向.
    Discipline,
    /// 所在地: 省份, 城市.
    Place,
    /// 服务县区.
    District,
    /// 类型: 院士, 科技小院; every role has one.
    Type,
    /// 称号 in full: 中国科学院外籍院士, 全国首席科学传播专家（第六批）.
    Title,
    /// 学部.
    Division,
    /// 当选年份, 聘任年份, 建站时间.
    Year,
    /// 批次.
    Batch,
    /// 聘期.
    Tenure,
    /// 推荐单位.
    Sponsor,
    /// 进站专家.
    Resident,
    /// 籍贯: where somebody comes from, not where he works.
    Origin,
    /// 名册: the list in which the person stands, and its date.
    Roster,
    /// 联系方式（公开）.
    Contact,
    /// 链接.
    Link,
    /// 照片.
    Photo,
    /// 简介.
    Intro,
    /// 核对日期.
    Checked,
    /// A column the maintainer keeps under a heading of his own.
    Other,
}

impl Field {
    /// Every field, in order.
    pub const ALL: [Field; 22] = [
        Field::Name,
        Field::Alias,
        Field::Org,
        Field::Discipline,
        Field::Place,
        Field::District,
        Field::Type,
        Field::Title,
        Field::Division,
        Field::Year,
        Field::Batch,
        Field::Tenure,
        Field::Sponsor,
        Field::Resident,
        Field::Origin,
        Field::Roster,
        Field::Contact,
        Field::Link,
        Field::Photo,
        Field::Intro,
        Field::Checked,
        Field::Other,
    ];

    /// The word for programs, in small letters: `name`, `org`, `discipline`.
    pub fn word(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Alias => "alias",
            Field::Org => "org",
            Field::Discipline => "discipline",
            Field::Place => "place",
            Field::District => "district",
            Field::Type => "type",
            Field::Title => "title",
            Field::Division => "division",
            Field::Year => "year",
            Field::Batch => "batch",
            Field::Tenure => "tenure",
            Field::Sponsor => "sponsor",
            Field::Resident => "resident",
            Field::Origin => "origin",
            Field::Roster => "roster",
            Field::Contact => "contact",
            Field::Link => "link",
            Field::Photo => "photo",
            Field::Intro => "intro",
            Field::Checked => "checked",
            Field::Other => "other",
        }
    }

    /// Whether visitors' words are looked for here: not in addresses, pictures, dates of checking and running text.
    pub fn is_searched(self) -> bool {
        !matches!(self, Field::Roster | Field::Contact | Field::Link | Field::Photo | Field::Intro | Field::Checked)
    }
}

/// The id of a row that has none: FNV-1a of type, name and unit, as 16 hexadecimal digits.
///
/// Stable as long as these three stay; two rows that agree in all three collide, which ingest reports.
pub fn derived_id(kind: &str, name: &str, org: &str) -> String {
    hexadecimal(fnv1a64([kind, name, org].join("\u{1f}").as_bytes()))
}

/// One value under one heading. A role may hold several of one field, in the order of the table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// What the value says.
    pub field: Field,
    /// The heading as the maintainer wrote it (工作单位, 依托单位), shown to visitors.
    pub label: String,
    /// The value.
    pub value: Term,
}

/// One row of the directory: one membership, one appointment, one station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// 编号, or the stable hash that stands for it.
    pub id: String,
    /// Whether `id` was made from type, name and unit because the row had none.
    pub id_is_derived: bool,
    /// Type, title, organisation and so on; never Name or Alias.
    pub cells: Vec<Cell>,
}

/// A person or a station with all roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Person or station.
    pub shape: Shape,
    /// The name shown.
    pub name: Term,
    /// Other names under which the record is found.
    pub aliases: Vec<Term>,
    /// The maintainer's 权重: larger stands earlier among equal matches; 0 unless given.
    pub weight: u32,
    /// At least one, in the order of their ids.
    pub roles: Vec<Role>,
}
