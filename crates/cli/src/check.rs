//! `check`: everything about the tables at once, for people, programs and browsers, and a marked copy of them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use ingest::{Directory, Note, Place, Problem};
use serde::Serialize;

use crate::arguments::Format;
use crate::config::Config;
use crate::failure::{Action, Failure};
use crate::html::escape;
use crate::speech::{language, pick, tell};
use crate::tables::{Progress, Tables, chosen, is_same};
use crate::{marked, report};

/// Checks the tables and reports; fails when they have problems.
pub fn run(
    named: &[PathBuf],
    config: &Config,
    format: Format,
    output: Option<&Path>,
    copy: Option<&Path>,
) -> Result<(), Failure> {
    let paths = chosen(named, &config.tables)?;
    for written in output.into_iter().chain(copy) {
        if paths.iter().chain(&config.words).any(|path| is_same(path, written)) {
            let written = written.display();
            return Err(Failure::Usage(tell!(
                "{written} 是要检查的表格，不能被报告覆盖；请另取名字",
                "{written} is a table to check; give the report another name"
            )));
        }
    }
    let tables = Tables::read(&paths)?;
    let progress = Progress::new(paths.len());
    let (directory, mut problems) = tables.examine(&config.settings, &progress);
    drop(progress);
    // A build reads them too, and stops at what is wrong with them.
    let words = Tables::read(config.words.as_slice())?;
    words.leads(&mut problems);
    let text = match format {
        Format::Text => as_text(&directory, &problems),
        Format::Json => as_json(&directory, &problems),
        Format::Html => as_html(&directory, &problems),
    };
    match output {
        Some(path) => fs::write(path, text).map_err(Failure::file(Action::Write, path))?,
        None => std::io::stdout()
            .write_all(text.as_bytes())
            .map_err(Failure::file(Action::Write, Path::new(pick("标准输出", "standard output"))))?,
    }
    if let Some(path) = copy {
        marked::write(path, &[tables.files, words.files].concat(), &problems, &directory.notes)?;
        let path = path.display();
        eprintln!("{}", tell!("已写出标出问题的副本 {path}", "wrote the marked copy {path}"));
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::Reported) }
}

fn as_text(directory: &Directory, problems: &[Problem]) -> String {
    let mut lines = report::lines(directory);
    let n = problems.len();
    match n {
        0 => lines.push(tell!("没有问题，可以 build。", "No problems; ready to build.")),
        _ => {
            lines.push(tell!("要改的问题（{n} 处）：", "Problems to mend ({n}):"));
            lines.extend(problems.iter().map(|problem| {
                let problem = problem.say(language());
                tell!("  {problem}。", "  {problem}.")
            }));
        }
    }
    lines.join("\n") + "\n"
}

#[derive(Serialize)]
struct Report<'a> {
    records: usize,
    tables: Vec<Table<'a>>,
    problems: Vec<Entry<'a>>,
    notes: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Table<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    format: &'a str,
    rows: usize,
    columns: Vec<(&'a str, Option<&'static str>)>,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<String>,
}

fn entry<'a>(code: &'static str, place: Option<&'a Place>, message: String, advice: Option<String>) -> Entry<'a> {
    Entry {
        code,
        file: place.map(|place| place.source.file.as_str()),
        sheet: place.and_then(|place| place.source.sheet.as_deref()),
        row: place.and_then(|place| place.row),
        heading: place.and_then(|place| place.column.as_ref()).map(|(_, heading)| heading.as_str()),
        cell: place.and_then(Place::address),
        message,
        advice,
    }
}

fn as_json(directory: &Directory, problems: &[Problem]) -> String {
    let problem = |p: &'_ Problem| (p.code(), p.found(language()), p.advice(language()));
    let table = |table: &'_ ingest::Understood| {
        let columns = table.columns.iter().map(|(heading, column)| (heading.clone(), column.map(|c| c.meaning())));
        columns.collect::<Vec<_>>()
    };
    let columns: Vec<Vec<(String, Option<&'static str>)>> = directory.tables.iter().map(table).collect();
    let report = Report {
        records: directory.records.len(),
        tables: directory
            .tables
            .iter()
            .zip(&columns)
            .map(|(table, columns)| Table {
                file: &table.place.source.file,
                sheet: table.place.source.sheet.as_deref(),
                format: table.format,
                rows: table.rows,
                columns: columns.iter().map(|(heading, meaning)| (heading.as_str(), *meaning)).collect(),
            })
            .collect(),
        problems: problems
            .iter()
            .map(|p| {
                let (code, found, advice) = problem(p);
                entry(code, Some(&p.place), found, Some(advice))
            })
            .collect(),
        notes: directory
            .notes
            .iter()
            .map(|note: &Note| entry(note.code(), note.place(), note.say(language()), None))
            .collect(),
    };
    serde_json::to_string_pretty(&report).expect("texts and numbers") + "\n"
}

const STYLE: &str = "body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:16px/1.7 \"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",sans-serif}\
table{border-collapse:collapse;width:100%}td,th{border:1px solid #8a94a3;padding:.3rem .6rem;text-align:left;vertical-align:top}\
.bad{border-left:6px solid #b3261e;padding-left:.8rem}.good{border-left:6px solid #146c2e;padding-left:.8rem}";

fn as_html(directory: &Directory, problems: &[Problem]) -> String {
    let title = pick("表格检查结果", "Report on the tables");
    let n = problems.len();
    let verdict = match n {
        0 => tell!("<p class=\"good\">没有问题，可以生成。</p>", "<p class=\"good\">No problems; ready to build.</p>"),
        _ => tell!("<p class=\"bad\">有 {n} 处要改。</p>", "<p class=\"bad\">{n} problems to mend.</p>"),
    };
    let mut body = format!("<h1>{title}</h1>\n{verdict}\n");
    if n > 0 {
        let [place, found, advice] = [pick("位置", "Where"), pick("发现", "Found"), pick("怎么办", "What to do")];
        body += &format!("<table>\n<tr><th>{place}</th><th>{found}</th><th>{advice}</th></tr>\n");
        for problem in problems {
            let cells = [problem.place.say(language()), problem.found(language()), problem.advice(language())];
            body += &format!("<tr>{}</tr>\n", cells.map(|cell| format!("<td>{}</td>", escape(&cell))).concat());
        }
        body += "</table>\n";
    }
    body +=
        &format!("<h2>{}</h2>\n<ul>\n", pick("怎么理解的，请看一看什么", "How it was understood, and what to look at"));
    body.extend(report::lines(directory).iter().map(|line| format!("<li>{}</li>\n", escape(line.trim()))));
    body += "</ul>\n";
    let tag = report::tag();
    format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}
