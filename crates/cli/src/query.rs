//! `query`: asks a built folder, a query a line, for people as a table and for programs as JSON.

use std::fs;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use engine::record::Field;
use engine::{Answer, Hit, How, Index, Lexicon, Matched, Tables, Words};
use ingest::Language;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::failure::{Action, Failure};
use crate::site::{self, MANIFEST, Manifest};
use crate::speech::{language, pick, tell};

/// Answers the queries, or those on standard input when there are none, in order.
pub fn run(folder: &Path, queries: &[String], limit: usize, json: bool) -> Result<(), Failure> {
    let (index, lexicon) = open(folder)?;
    let print = |query: &str| {
        let answer = engine::search(&index, &lexicon, query, limit);
        let line = if json { as_json(query, &answer) } else { as_table(query, &answer) };
        // Standard output flushes every line, so that a program can ask and read in turns.
        writeln!(io::stdout(), "{line}")
            .map_err(Failure::file(Action::Write, Path::new(pick("标准输出", "standard output"))))
    };
    if !queries.is_empty() {
        return queries.iter().try_for_each(|query| print(query));
    }
    let mut lines = io::stdin().lock();
    let mut line = Vec::new();
    while lines
        .read_until(b'\n', &mut line)
        .map_err(Failure::file(Action::Read, Path::new(pick("标准输入", "standard input"))))?
        > 0
    {
        let query = line.strip_suffix(b"\n").unwrap_or(&line);
        let query = query.strip_suffix(b"\r").unwrap_or(query);
        print(&String::from_utf8_lossy(query))?;
        line.clear();
    }
    Ok(())
}

/// The index of a folder, and what its tables of characters add to it.
pub fn open(folder: &Path) -> Result<(Index, Lexicon), Failure> {
    let manifest = manifest(folder)?;
    let read = |name: &str| {
        let path = folder.join(name);
        let bytes = fs::read(&path).map_err(Failure::file(Action::Read, &path))?;
        Ok::<_, Failure>((path, bytes))
    };
    let index = match &manifest.index {
        site::Index::Whole { index } => {
            let (path, bytes) = read(index)?;
            Index::read(&bytes).map_err(|error| Failure::Index(path, error))?
        }
        site::Index::Parts { parts } => {
            let (path, bytes) = read(&parts.names)?;
            let mut index = Index::read(&bytes).map_err(|error| Failure::Index(path, error))?;
            let (path, bytes) = read(&parts.values)?;
            index.add_values(&bytes).map_err(|error| Failure::Index(path, error))?;
            index
        }
    };
    let (mut tables, mut words) = (None, None);
    if let Some(name) = &manifest.tables {
        let (path, bytes) = read(name)?;
        tables = Some(Tables::read(&bytes).map_err(|error| Failure::Index(path, error))?);
    }
    if let Some(name) = &manifest.words {
        let (path, bytes) = read(name)?;
        words = Some(Words::read(&bytes, &index).map_err(|error| Failure::Index(path, error))?);
    }
    let double = manifest.double.unwrap_or_default();
    let mut lexicon = Lexicon::new(&index, tables, words);
    lexicon.unfold(&double);
    Ok((index, lexicon))
}

/// The files of a folder's index, without those of details.
pub fn index_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    Ok(manifest(folder)?.index.files().into_iter().map(|name| folder.join(name)).collect())
}

fn manifest(folder: &Path) -> Result<Manifest, Failure> {
    let path = folder.join(MANIFEST);
    let bytes = fs::read(&path).map_err(Failure::file(Action::Read, &path))?;
    let why = || {
        tell!(
            "不是本程序写的清单，请用 expert-search build 重新生成",
            "is no manifest of this program; build it again with expert-search build"
        )
    };
    Manifest::parse(&bytes).ok_or_else(|| Failure::Folder(path, why()))
}

#[derive(Serialize)]
struct Line<'a> {
    query: &'a str,
    hits: Vec<Shown<'a>>,
}

#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    ids: Vec<&'a str>,
    #[serde(rename = "type")]
    kind: &'a str,
    name: &'a str,
    how: &'static str,
    fields: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    field: &'static str,
    text: &'a str,
    how: &'static str,
    ranges: &'a [(u32, u32)],
}

fn as_json(query: &str, answer: &Answer) -> String {
    let line = Line { query, hits: answer.hits.iter().map(shown).collect() };
    serde_json::to_string(&line).expect("a line is strings and numbers")
}

fn shown(hit: &Hit) -> Shown<'_> {
    let ids: Vec<&str> = hit.roles.iter().map(|role| role.id.as_str()).collect();
    let fields = hit.fields.iter().map(part).collect();
    Shown { id: ids[0], ids, kind: &hit.kind, name: &hit.name, how: hit.how.word(), fields }
}

fn part(matched: &Matched) -> Part<'_> {
    let Matched { field, text, how, ranges } = matched;
    Part { field: field.word(), text, how: how.word(), ranges }
}

/// Columns: name, type, unit, how it matched and where.
fn as_table(query: &str, answer: &Answer) -> String {
    let rows: Vec<[String; 5]> = answer.hits.iter().map(row).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..5).map(width).collect();
    let mut lines = vec![match answer.total {
        0 => tell!("「{query}」：没有找到", "“{query}”: nothing found"),
        total if total > rows.len() => {
            let n = rows.len();
            tell!("「{query}」：{total} 条，前 {n} 条是", "“{query}”: {total}, the first {n} of them")
        }
        total => tell!("「{query}」：{total} 条", "“{query}”: {total}"),
    }];
    for row in &rows {
        let pad = |(cell, width): (&String, &usize)| format!("{cell}{}", " ".repeat(width - cell.width()));
        let cells: Vec<String> = row.iter().zip(&widths).map(pad).collect();
        lines.push(format!("  {}", cells.join("  ")).trim_end().to_owned());
    }
    lines.join("\n")
}

fn row(hit: &Hit) -> [String; 5] {
    let ids: Vec<&str> = hit.roles.iter().map(|role| role.id.as_str()).collect();
    let unit = hit.roles.iter().flat_map(|role| &role.cells).find(|(field, ..)| *field == Field::Org);
    let matched: Vec<String> = hit.fields.iter().map(|m| format!("{} {}", how_word(m.how), m.text)).collect();
    let unit = unit.map(|(.., text)| text.clone()).unwrap_or_default();
    [hit.name.clone(), hit.kind.clone(), unit, ids.join(" "), matched.join("；")]
}

/// A word of [`How`] for people.
pub fn how_word(how: How) -> &'static str {
    if language() == Language::English {
        return how.word();
    }
    match how {
        How::Exact => "完全相同",
        How::Prefix => "开头",
        How::Inside => "其中",
        How::Alias => "别名",
        How::Variant => "异体",
        How::Pinyin => "拼音",
        How::Mixed => "汉字加拼音",
        How::Initials => "首字母",
        How::Abbreviation => "简称",
        How::Synonym => "相关词",
        How::Fragment => "片段",
        How::Reading => "又音",
        How::Sound => "近音",
        How::Homophone => "同音",
        How::Typo => "拼写相近",
        How::Similar => "近似",
        How::Gap => "缺字或多字",
        How::Wildcard => "通配",
    }
}
