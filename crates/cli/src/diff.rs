//! `diff`: what changed between two directories, each a built folder or a table: rows that came, went or say something else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;

use engine::Index;
use engine::index::Detail;
use engine::record::Field;
use ingest::Settings;
use serde::Serialize;

use crate::failure::{Action, Failure};
use crate::query::open;
use crate::speech::{comma, language, pick, tell};
use crate::tables::{Progress, Tables};

/// A row as two directories are compared by.
#[derive(Debug, Default, PartialEq, Eq)]
struct Row {
    name: String,
    kind: String,
    /// Values under their headings.
    cells: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Debug, Serialize)]
struct Difference {
    added: Vec<Named>,
    removed: Vec<Named>,
    changed: Vec<Changed>,
    /// Rows of each type, before and after.
    types: BTreeMap<String, [usize; 2]>,
}

#[derive(Debug, Serialize)]
struct Named {
    id: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Debug, Serialize)]
struct Changed {
    id: String,
    name: String,
    /// Heading, before, after.
    cells: Vec<(String, String, String)>,
}

/// Prints what is different.
pub fn run(old: &Path, new: &Path, settings: &Settings, json: bool) -> Result<(), Failure> {
    let difference = compare(rows(old, settings)?, rows(new, settings)?);
    let text = if json { serde_json::to_string(&difference).expect("texts and numbers") } else { as_text(&difference) };
    writeln!(std::io::stdout(), "{text}")
        .map_err(Failure::file(Action::Write, Path::new(pick("标准输出", "standard output"))))
}

/// Every row by its id.
fn rows(path: &Path, settings: &Settings) -> Result<BTreeMap<String, Row>, Failure> {
    if path.is_dir() {
        return rows_of_index(&open(path)?.0, path);
    }
    let (directory, problems) = Tables::read(&[path.to_owned()])?.examine(settings, &Progress::new(1));
    if !problems.is_empty() {
        return Err(Failure::Tables(problems));
    }
    let mut rows = BTreeMap::new();
    for record in &directory.records {
        for role in &record.roles {
            let cells = role.cells.iter().map(|cell| (cell.field, cell.label.clone(), cell.value.text().to_owned()));
            let aliases = record.aliases.iter().map(|alias| alias.text().to_owned());
            rows.insert(role.id.clone(), row(record.name.text().to_owned(), aliases, cells));
        }
    }
    Ok(rows)
}

fn rows_of_index(index: &Index, folder: &Path) -> Result<BTreeMap<String, Row>, Failure> {
    let mut rows = BTreeMap::new();
    let mut opened: Option<(String, Detail)> = None;
    for record in 0..index.len() as u32 {
        if let Some(name) = index.detail_file(record)
            && opened.as_ref().is_none_or(|(other, _)| *other != name)
        {
            let path = folder.join(&name);
            let bytes = fs::read(&path).map_err(Failure::file(Action::Read, &path))?;
            opened = Some((name, index.detail(record, &bytes).map_err(|error| Failure::Index(path, error))?));
        }
        for role in index.roles(record) {
            let cells = index.columns().iter().flat_map(|column| {
                let text = |value| index.letters().text(column.texts().get(value));
                column.values(role).map(move |value| (column.field(), column.label().to_owned(), text(value)))
            });
            let details = opened.iter().flat_map(|(_, detail)| detail.cells(index.letters(), role));
            let aliases =
                index.aliases(record).iter().map(|alias| index.letters().text(index.names().texts().get(*alias)));
            rows.insert(index.id(record, role), row(index.name_text(record), aliases, cells.chain(details)));
        }
    }
    Ok(rows)
}

fn row(
    name: String,
    aliases: impl Iterator<Item = String>,
    cells: impl Iterator<Item = (Field, String, String)>,
) -> Row {
    let mut row = Row { name: name.clone(), ..Row::default() };
    row.cells.entry(String::from(pick("姓名", "name"))).or_default().insert(name);
    for alias in aliases {
        row.cells.entry(String::from(pick("别名", "other names"))).or_default().insert(alias);
    }
    for (field, label, text) in cells {
        if field == Field::Type && row.kind.is_empty() {
            row.kind.clone_from(&text);
        }
        row.cells.entry(label).or_default().insert(text);
    }
    row
}

fn compare(old: BTreeMap<String, Row>, new: BTreeMap<String, Row>) -> Difference {
    let missing = |from: &BTreeMap<String, Row>, of: &BTreeMap<String, Row>| -> Vec<Named> {
        let missing = of.iter().filter(|(id, _)| !from.contains_key(*id));
        missing.map(|(id, row)| Named { id: id.clone(), name: row.name.clone(), kind: row.kind.clone() }).collect()
    };
    let both = new.iter().filter_map(|(id, row)| Some((id, old.get(id)?, row)));
    let changed = both.filter(|(_, before, after)| before != after).map(|(id, before, after)| {
        let headings: BTreeSet<&String> = before.cells.keys().chain(after.cells.keys()).collect();
        let text = |row: &Row, heading: &String| {
            let values = row.cells.get(heading).into_iter().flatten();
            values.cloned().collect::<Vec<_>>().join(pick("；", "; "))
        };
        let cells = headings.into_iter().map(|heading| (heading.clone(), text(before, heading), text(after, heading)));
        let cells = cells.filter(|(_, before, after)| before != after).collect();
        Changed { id: id.clone(), name: after.name.clone(), cells }
    });
    let mut types: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for (at, rows) in [&old, &new].into_iter().enumerate() {
        rows.values().for_each(|row| types.entry(row.kind.clone()).or_default()[at] += 1);
    }
    Difference { added: missing(&old, &new), removed: missing(&new, &old), changed: changed.collect(), types }
}

fn as_text(difference: &Difference) -> String {
    let Difference { added, removed, changed, types } = difference;
    let mut lines = vec![tell!(
        "增加 {} 行，减少 {} 行，改动 {} 行",
        "{} rows came, {} went, {} changed",
        added.len(),
        removed.len(),
        changed.len()
    )];
    let moved = types.iter().filter(|(_, [before, after])| before != after);
    let moved: Vec<String> = moved.map(|(kind, [before, after])| format!("{kind} {before} → {after}")).collect();
    if !moved.is_empty() {
        lines.push(moved.join(comma()));
    }
    for (sign, rows) in [("+", added), ("-", removed)] {
        lines.extend(rows.iter().map(|Named { id, name, kind }| format!("{sign} {id} {name} {kind}")));
    }
    let blank = |text: &str| if text.is_empty() { pick("（空）", "(blank)").to_owned() } else { text.to_owned() };
    for Changed { id, name, cells } in changed {
        let cells =
            cells.iter().map(|(heading, before, after)| format!("{heading} {} → {}", blank(before), blank(after)));
        lines.push(ingest::say!(
            language(),
            "~ {id} {name}：{}",
            "~ {id} {name}: {}",
            cells.collect::<Vec<_>>().join(pick("；", "; "))
        ));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(&str, &str, &str)]) -> BTreeMap<String, Row> {
        let cells = |unit: &str| {
            [(Field::Type, "类型".into(), "院士".into()), (Field::Org, "单位".into(), unit.into())].into_iter()
        };
        rows.iter()
            .map(|(id, name, unit)| (id.to_string(), row(name.to_string(), std::iter::empty(), cells(unit))))
            .collect()
    }

    #[test]
    fn who_came_who_went_what_changed() {
        let old = table(&[("a1", "甲", "X"), ("a2", "乙", "X"), ("a3", "丙", "X")]);
        let new = table(&[("a2", "乙", "Y"), ("a3", "丙", "X"), ("a4", "丁", "X"), ("a5", "戊", "X")]);
        assert_eq!(
            as_text(&compare(old, new)),
            "增加 2 行，减少 1 行，改动 1 行\n院士 3 → 4\n+ a4 丁 院士\n+ a5 戊 院士\n- a1 甲 院士\n~ a2 乙：单位 X → Y"
        );
    }
}
