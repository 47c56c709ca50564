//! How the tables were understood, and what a maintainer should look at, as lines of text.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use engine::record::{Field, Record, Shape};
use ingest::place::Place;
use ingest::{Directory, Language, Note};

use crate::speech::{comma, language, pick, tell};

/// Of one kind as many as somebody would read through.
const MOST_NOTES: usize = 100;

/// Every table with its columns, the records by type, the notes by kind.
pub fn lines(directory: &Directory) -> Vec<String> {
    let mut lines: Vec<String> = directory.tables.iter().map(table).collect();
    let by_type: Vec<String> =
        types(&directory.records).into_iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    let (n, by_type) = (directory.records.len(), by_type.join(pick("，", ", ")));
    lines.push(tell!("共 {n} 条：{by_type}", "{n} records: {by_type}"));
    let mut by_subject: Vec<(&str, Vec<&Note>)> = Vec::new();
    for note in &directory.notes {
        let subject = note.subject(language());
        match by_subject.iter_mut().find(|(other, _)| *other == subject) {
            Some((_, notes)) => notes.push(note),
            None => by_subject.push((subject, vec![note])),
        }
    }
    for (subject, notes) in by_subject {
        let n = notes.len();
        lines.push(tell!("请看一看：{subject}（{n} 处）", "please look: {subject} ({n})"));
        lines.extend(notes.iter().take(MOST_NOTES).map(|note| format!("  {}", note.say(language()))));
        if n > MOST_NOTES {
            let more = n - MOST_NOTES;
            lines.push(tell!("  …… 另有 {more} 处", "  … {more} more"));
        }
    }
    lines
}

fn table(table: &ingest::Understood) -> String {
    let known = table.columns.iter().filter_map(|(heading, column)| {
        let meaning = column.as_ref()?.meaning();
        Some(match heading == meaning {
            true => heading.clone(),
            false => tell!("{heading}（{meaning}）", "{heading} ({meaning})"),
        })
    });
    let (place, columns) = (place(&table.place), known.collect::<Vec<_>>().join(comma()));
    let (rows, format) = (table.rows, table.format);
    let shape = match table.shape {
        Shape::Person => pick("人", "a person"),
        Shape::Station => pick("站点", "a station"),
    };
    tell!(
        "{place}（{format}）：{rows} 行，每行一个{shape}；列：{columns}",
        "{place} ({format}): {rows} rows, each {shape}; columns: {columns}"
    )
}

fn place(place: &Place) -> String {
    place.say(language())
}

/// How many records have a role of each type, the most frequent first.
pub fn types(records: &[Record]) -> Vec<(&str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for record in records {
        let cells = record.roles.iter().flat_map(|role| &role.cells).filter(|cell| cell.field == Field::Type);
        let kinds: BTreeSet<&str> = cells.map(|cell| cell.value.text()).collect();
        kinds.into_iter().for_each(|kind| *counts.entry(kind).or_default() += 1);
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(kind, count)| (Reverse(*count), *kind));
    counts
}

/// `zh-CN` or `en`, for pages.
pub fn tag() -> &'static str {
    match language() {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    }
}
