//! What stops a build: where, what was found, what to do, in either language.

mod advice;

use std::fmt;

use crate::personal::{Finding, shown};
use crate::place::Place;
use crate::sheet::WIDEST;
use crate::{Language, say};

/// Why no directory could be made, in one place of the tables.
///
/// Its text never repeats personal data that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub kind: Kind,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Nothing in it.
    Empty,
    /// More bytes than are read, packed or unpacked.
    TooLarge,
    /// A workbook that unpacks to more than is read, or names cells far outside of any table.
    Unpacks,
    /// Entries with more keys than a table has columns, or than their number leaves room for.
    TooWide,
    /// A workbook under a password.
    Password,
    /// A file of another kind, whatever its name ends in.
    Guise(Guise),
    /// A workbook without its end.
    CutShort,
    /// A workbook that cannot be read, and the reader's reason.
    Damaged(String),
    /// Text in no encoding that is known, or in two: the line, and what most of it seems to be.
    Encoding {
        /// The first line that does not fit, from 1.
        line: usize,
        /// What the rest is.
        rest: &'static str,
    },
    /// JSON with a mistake.
    Json {
        /// The line, from 1.
        line: usize,
        /// The reader's reason, in English.
        reason: String,
    },
    /// JSON that is no list of entries.
    NotEntries,
    /// An entry that is no object of texts and numbers.
    NotAnEntry,
    /// A heading and no row.
    OnlyHeading,
    /// No sheet of the workbook is a table.
    NoTable,
    /// No column of names; the headings that were read.
    NoNames(Vec<String>),
    /// Two columns for one thing; the other one's heading.
    TwoColumns(String),
    /// A row under the heading that is one too, of another list.
    SecondHeading,
    /// A row of another length than the heading.
    Ragged {
        /// Its cells.
        cells: usize,
        /// The heading's.
        heading: usize,
    },
    /// A cell of very many lines, or to the end of the file: a quotation mark that was not closed.
    OpenQuote,
    /// A row of a list of words that does not lead from one word to others; its text.
    NoLead(String),
    /// No name.
    NoName,
    /// The names of several persons in one cell; its text.
    SeveralNames(String),
    /// A name longer than an index has room for.
    LongName {
        /// Its beginning.
        name: String,
        /// Its characters.
        count: usize,
        /// The most there may be.
        most: usize,
    },
    /// A value longer than an index has room for.
    LongValue {
        /// Its characters.
        count: usize,
        /// The most there may be.
        most: usize,
    },
    /// Personal data in a column that is published.
    Personal(Finding),
    /// Personal data in a column that is not.
    PersonalColumn {
        /// In how many cells.
        cells: usize,
        /// The first row.
        row: usize,
        /// What stands there.
        finding: Finding,
    },
    /// An id that stands twice.
    DuplicateId {
        /// The id.
        id: String,
        /// Where it stands first.
        first: Place,
    },
    /// Two rows without id that are equal in all that an id is made of.
    DuplicateRow {
        /// The first one.
        first: Place,
    },
    /// A row whose 人员编号 stands for somebody of another name.
    OtherName {
        /// Its first row.
        first: Place,
        /// The name there.
        known: String,
        /// The name here.
        name: String,
    },
    /// 权重 that is no number.
    Weight(String),
    /// 拼音 that does not fit the name.
    Pinyin {
        /// What is written.
        pinyin: String,
        /// The name.
        name: String,
    },
    /// A reading in the configuration that does not fit the name.
    PinyinSetting {
        /// What is written.
        pinyin: String,
        /// The name.
        name: String,
    },
    /// An address that is none.
    Link(String),
    /// A picture's address that is none, or on another host.
    Photo(String),
    /// A cell in which a formula failed: `#REF!`.
    ErrorValue(String),
    /// A formula without a result.
    Formula,
    /// A day that became a number: what it is, and the day if it counts from 1900.
    Serial {
        /// The number.
        number: String,
        /// The day.
        day: String,
    },
    /// A long number that lost its digits: `1.23E+17`.
    Scientific(String),
}

/// Files that carry the name of a table and are something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guise {
    /// A page of the web, which many systems export as `.xls`.
    Html,
    /// XML, the spreadsheet's of 2003 among others.
    Xml,
    /// PDF.
    Pdf,
    /// A Word document, old or new.
    Word,
    /// Slides.
    Slides,
    /// A packed archive.
    Archive,
    /// A picture.
    Picture,
    /// Bytes of nothing known.
    Binary,
}

/// As many headings as show what was taken for them.
const MOST_HEADINGS: usize = 5;

impl Problem {
    /// A problem at this place.
    pub fn new(place: Place, kind: Kind) -> Problem {
        Problem { place, kind }
    }

    /// The word for programs.
    pub fn code(&self) -> &'static str {
        match &self.kind {
            Kind::Empty => "empty",
            Kind::TooLarge => "too-large",
            Kind::Unpacks => "unpacks-too-large",
            Kind::TooWide => "too-many-columns",
            Kind::Password => "password",
            Kind::Guise(_) => "not-a-table",
            Kind::CutShort => "cut-short",
            Kind::Damaged(_) => "damaged",
            Kind::Encoding { .. } => "encoding",
            Kind::Json { .. } => "json",
            Kind::NotEntries | Kind::NotAnEntry => "json-shape",
            Kind::OnlyHeading => "only-heading",
            Kind::NoTable => "no-table",
            Kind::NoNames(_) => "no-name-column",
            Kind::TwoColumns(_) => "two-columns",
            Kind::SecondHeading => "second-heading",
            Kind::Ragged { .. } => "ragged-row",
            Kind::OpenQuote => "open-quote",
            Kind::NoLead(_) => "no-lead",
            Kind::NoName => "no-name",
            Kind::SeveralNames(_) => "several-names",
            Kind::LongName { .. } => "long-name",
            Kind::LongValue { .. } => "long-value",
            Kind::Personal(_) => "personal-data",
            Kind::PersonalColumn { .. } => "personal-column",
            Kind::DuplicateId { .. } => "duplicate-id",
            Kind::DuplicateRow { .. } => "duplicate-row",
            Kind::OtherName { .. } => "other-name",
            Kind::Weight(_) => "weight",
            Kind::Pinyin { .. } => "pinyin",
            Kind::PinyinSetting { .. } => "pinyin-setting",
            Kind::Link(_) => "link",
            Kind::Photo(_) => "photo",
            Kind::ErrorValue(_) => "error-value",
            Kind::Formula => "formula",
            Kind::Serial { .. } => "date-serial",
            Kind::Scientific(_) => "scientific",
        }
    }

    /// What was found: `出现手机号 138…（已隐去）`.
    pub fn found(&self, language: Language) -> String {
        match &self.kind {
            Kind::Empty => say!(language, "是空文件", "is empty"),
            Kind::TooLarge => say!(language, "太大，超过 200 MB", "is too large, over 200 MB"),
            Kind::Unpacks => say!(
                language,
                "解压后过大，或有的格子远在表格之外，不像正常的表格",
                "unpacks to far too much, or has cells far outside of any table"
            ),
            Kind::TooWide => say!(
                language,
                "不同的键太多：超过 {WIDEST} 种，或对这么多条目来说太多",
                "has too many different keys: over {WIDEST}, or too many for so many entries"
            ),
            Kind::Password => say!(language, "有密码保护", "is protected by a password"),
            Kind::Guise(guise) => {
                let what = guise.say(language);
                say!(language, "不是表格，而是{what}", "is no table but {what}")
            }
            Kind::CutShort => {
                say!(language, "文件不完整，可能没有下载或复制完", "is cut short; it may not have been copied whole")
            }
            Kind::Damaged(reason) => {
                say!(language, "文件损坏，读不出来（{reason}）", "is damaged and cannot be read ({reason})")
            }
            Kind::Encoding { line, rest } => say!(
                language,
                "第 {line} 行有文字不是 {rest} 编码，文件可能损坏或混有两种编码",
                "line {line} is not in {rest}; the file may be damaged, or in two encodings"
            ),
            Kind::Json { line, reason } => {
                say!(language, "第 {line} 行的 JSON 有错", "JSON mistake in line {line} ({reason})")
            }
            Kind::NotEntries => say!(language, "JSON 里不是一列条目", "is JSON, but no list of entries"),
            Kind::NotAnEntry => say!(language, "不是由文字和数字组成的条目", "is no entry of texts and numbers"),
            Kind::OnlyHeading => say!(language, "只有表头", "has only a heading"),
            Kind::NoTable => say!(
                language,
                "没有一张工作表有「姓名」（人员）或「名称」（工作站）",
                "no visible sheet has a column “姓名” (people) or “名称” (stations)"
            ),
            Kind::NoNames(headings) => {
                let headings: Vec<String> = headings.iter().take(MOST_HEADINGS).map(|text| shown(text)).collect();
                let list = headings.join(if language == Language::Chinese { "、" } else { ", " });
                say!(
                    language,
                    "表头里没有「姓名」（人员）或「名称」（工作站），读到的是：{list}",
                    "the heading has no “姓名” (people) or “名称” (stations); it reads: {list}"
                )
            }
            Kind::TwoColumns(other) => say!(language, "与「{other}」重复", "stands for the same as “{other}”"),
            Kind::SecondHeading => {
                say!(language, "这里又是一行表头，与上面的不同", "is another heading, unlike the one above")
            }
            Kind::Ragged { cells, heading } => {
                say!(language, "有 {cells} 格，表头有 {heading} 格", "has {cells} cells, the heading has {heading}")
            }
            Kind::OpenQuote => say!(language, "这一格包含了后面的行", "this cell holds the rows behind it"),
            Kind::NoLead(row) => say!(language, "这一行是「{row}」", "the row reads “{row}”"),
            Kind::NoName => say!(language, "没有填写", "is blank"),
            Kind::SeveralNames(cell) => {
                say!(language, "「{cell}」，一格里像是有几个人", "“{cell}” looks like several persons in one cell")
            }
            Kind::LongName { name, count, .. } => {
                say!(language, "名称「{name}」有 {count} 字", "the name “{name}” has {count} characters")
            }
            Kind::LongValue { count, .. } => say!(language, "有 {count} 字", "has {count} characters"),
            Kind::Personal(finding) => {
                let finding = finding.say(language);
                say!(language, "出现{finding}", "holds a {finding}")
            }
            Kind::PersonalColumn { cells, row, finding } => {
                let finding = finding.say(language);
                say!(
                    language,
                    "有 {cells} 格出现个人信息，如第 {row} 行的{finding}",
                    "{cells} cells hold personal data, row {row} a {finding}"
                )
            }
            Kind::DuplicateId { id, first } => {
                let first = first.say(language);
                say!(language, "编号「{id}」与 {first} 重复", "the id “{id}” stands in {first} too")
            }
            Kind::DuplicateRow { first } => {
                let first = first.say(language);
                say!(
                    language,
                    "没有编号，且与 {first} 的类型、名称、单位都相同",
                    "has no id and is equal to {first} in type, name and unit"
                )
            }
            Kind::OtherName { first, known, name } => {
                let first = first.say(language);
                say!(
                    language,
                    "人员编号与 {first} 的「{known}」相同，这里是「{name}」",
                    "has the 人员编号 of “{known}” in {first}, and is “{name}”"
                )
            }
            Kind::Weight(cell) => say!(language, "「{cell}」不是权重", "“{cell}” is no weight"),
            Kind::Pinyin { pinyin, name } => {
                say!(language, "拼音「{pinyin}」与「{name}」对不上", "the pinyin “{pinyin}” does not fit “{name}”")
            }
            Kind::PinyinSetting { pinyin, name } => say!(
                language,
                "配置的 [pinyin] 里写的拼音「{pinyin}」与「{name}」对不上",
                "the pinyin “{pinyin}” under [pinyin] in the configuration does not fit “{name}”"
            ),
            Kind::Link(cell) => say!(language, "「{cell}」不是网址", "“{cell}” is no address"),
            Kind::Photo(cell) => {
                say!(language, "「{cell}」不是本站的图片地址", "“{cell}” is no address of a picture on this site")
            }
            Kind::ErrorValue(value) => say!(language, "公式出错，显示 {value}", "a formula failed: {value}"),
            Kind::Formula => {
                say!(language, "是公式，但文件里没有算出的结果", "is a formula without a result in the file")
            }
            Kind::Serial { number, day } => {
                say!(
                    language,
                    "「{number}」像是变成数字的日期（{day}）",
                    "“{number}” looks like a day that became a number ({day})"
                )
            }
            Kind::Scientific(cell) => {
                say!(
                    language,
                    "「{cell}」像是丢了末几位的长数字",
                    "“{cell}” looks like a long number that lost its last digits"
                )
            }
        }
    }

    /// The whole sentence, without its full stop.
    pub fn say(&self, language: Language) -> String {
        let (place, found, advice) = (self.place.say(language), self.found(language), self.advice(language));
        say!(language, "{place}：{found}，{advice}", "{place}: {found}; {advice}")
    }
}

impl Guise {
    fn say(self, language: Language) -> &'static str {
        let (chinese, english) = match self {
            Guise::Html => ("网页（HTML）", "a web page (HTML)"),
            Guise::Xml => (" XML 文件", "an XML file"),
            Guise::Pdf => (" PDF", "a PDF"),
            Guise::Word => (" Word 文档", "a Word document"),
            Guise::Slides => ("演示文稿", "slides"),
            Guise::Archive => ("压缩包", "an archive"),
            Guise::Picture => ("图片", "a picture"),
            Guise::Binary => ("无法识别的二进制文件", "binary of an unknown kind"),
        };
        match language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Language::Chinese))
    }
}

impl std::error::Error for Problem {}
