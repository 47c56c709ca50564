//! `explain`: how a query was read, by what each hit was found, and which criterion puts it before the next.

use std::io::{self, Write};
use std::path::Path;

use engine::record::Field;
use engine::{Reasons, explain};
use ingest::{Column, Language};

use crate::failure::{Action, Failure};
use crate::query::{how_word, open};
use crate::speech::{language, pick, tell};

/// Explains the first hits of a query.
pub fn run(folder: &Path, query: &str, limit: usize) -> Result<(), Failure> {
    let (index, lexicon) = open(folder)?;
    let explained = explain(&index, &lexicon, query, limit);
    let mut lines = vec![format!("{}{}", pick("读作：", "read as: "), explained.pieces.join(" | "))];
    if !explained.leads.is_empty() {
        lines.push(format!("{}{}", pick("词表：", "words that lead: "), explained.leads.join(" | ")));
    }
    if explained.hits.is_empty() {
        lines.push(pick("没有找到", "nothing found").to_string());
    }
    for (place, reasons) in explained.hits.iter().enumerate() {
        lines.push(format!("{}. {}", place + 1, described(reasons)));
        let criteria: Vec<String> =
            reasons.criteria.iter().map(|(name, value)| format!("{} {value}", named(name))).collect();
        lines.push(format!("   {}", criteria.join("  ")));
        if let Some(next) = explained.hits.get(place + 1) {
            lines.push(format!("   {}", before(reasons, next)));
        }
    }
    writeln!(io::stdout(), "{}", lines.join("\n"))
        .map_err(Failure::file(Action::Write, Path::new(pick("标准输出", "standard output"))))
}

/// Name, id and parts: what was typed, the field, how, and the value.
fn described(reasons: &Reasons) -> String {
    let ids: Vec<&str> = reasons.hit.roles.iter().map(|role| role.id.as_str()).collect();
    let parts = reasons.hit.fields.iter().zip(&reasons.typed);
    let parts: Vec<String> = parts
        .map(|(part, typed)| format!("{typed} → {} {}（{}）", field_word(part.field), part.text, how_word(part.how)))
        .collect();
    format!("{}  {}  {}", reasons.hit.name, ids.join(" "), parts.join("；"))
}

/// A field as maintainers call it; both people and stations have a 名称.
fn field_word(field: Field) -> &'static str {
    match (language(), field) {
        (Language::English, field) => field.word(),
        (Language::Chinese, Field::Name) => "名称",
        (Language::Chinese, field) => Column::Cell(field).meaning(),
    }
}

/// A criterion's name; of each the smaller number stands first.
fn named(criterion: &'static str) -> &'static str {
    if language() == Language::English {
        return criterion;
    }
    match criterion {
        "missing" => "没找全的词",
        "tier" => "匹配档次",
        "left" => "没用上的字",
        "cost" => "差错",
        "again" => "重复的部分",
        "parts" => "分在几处",
        "field" => "字段次序",
        "extent" => "命中位置",
        "rest" => "多出的字",
        "spent" => "首字母多打的键",
        "how" => "匹配方式",
        other => other,
    }
}

/// The first criterion in which two hits differ.
fn before(reasons: &Reasons, next: &Reasons) -> String {
    let differs = reasons.criteria.iter().zip(&next.criteria).find(|(own, other)| own != other);
    match differs {
        Some(((name, own), (_, other))) => {
            let name = named(name);
            tell!("先于下一条，因为「{name}」{own} 小于 {other}", "before the next by {name} {own} < {other}")
        }
        None => pick("与下一条同等，按权重、姓名排列", "equal to the next; by weight, then name").to_string(),
    }
}
