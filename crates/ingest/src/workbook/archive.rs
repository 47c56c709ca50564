//! Packed workbooks: how much they unpack to, and what they hide, read before anything is made room for.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Beside, Besides, hide};
use crate::problem::Kind;
use crate::sheet::{MOST_CELLS, Merged, WIDEST};

/// Bytes that all parts together may unpack to: some ten times the largest directory.
const MOST_UNPACKED: u64 = 600_000_000;
/// A part of more than this may unpack to so many times its packed length; sheets reach some thirty.
const LARGE: u64 = 20_000_000;
const MOST_TIMES: u64 = 200;
/// The rows of a sheet, of which no program writes more.
const ROWS: usize = 1 << 20;

pub type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Unpacks every part to nowhere: what an archive states of itself may be a lie.
pub fn check(bytes: &[u8]) -> Result<(), Kind> {
    let mut archive = open(bytes)?;
    let mut left = MOST_UNPACKED;
    for i in 0..archive.len() {
        let part = archive.by_index(i).map_err(damaged)?;
        let most = left.min(LARGE.max(MOST_TIMES.saturating_mul(part.compressed_size())));
        let unpacked = std::io::copy(&mut part.take(most), &mut std::io::sink()).map_err(damaged)?;
        left -= unpacked;
        if unpacked == most {
            return Err(Kind::Unpacks);
        }
    }
    Ok(())
}

/// What the sheets of an XLSX hide.
pub fn xlsx(bytes: &[u8]) -> Result<Besides, Kind> {
    check(bytes)?;
    let mut archive = open(bytes)?;
    // By their endings, as calamine finds them whatever stands before.
    let names: Vec<String> = archive.file_names().flatten().map(Into::into).collect();
    for name in names.iter().filter(|name| name.to_ascii_lowercase().ends_with("sharedstrings.xml")) {
        let xml = part(&mut archive, name).unwrap_or_default();
        if claimed(&xml, b"uniqueCount").any(|count| count > xml.len()) {
            return Err(Kind::Unpacks);
        }
    }
    let (Some(book), Some(relations)) =
        (part(&mut archive, "xl/workbook.xml"), part(&mut archive, "xl/_rels/workbook.xml.rels"))
    else {
        return Ok(Besides::new());
    };
    let targets = targets(&relations);
    let sheets: Vec<(String, String)> = tags(&book, &["sheet"])
        .filter_map(|(_, tag)| Some((attribute(tag, "name")?, targets.get(&attribute(tag, ":id")?)?.clone())))
        .collect();
    let (mut besides, mut hidden) = (Besides::new(), 0);
    for (name, path) in sheets {
        let Some(xml) = part(&mut archive, &path) else { continue };
        let mut beside = Beside::default();
        for (kind, tag) in tags(&xml, &["row", "col"]) {
            if !matches!(attribute(tag, "hidden").as_deref(), Some("1" | "true")) {
                continue;
            }
            let number = |name| attribute(tag, name).and_then(|text| text.parse::<usize>().ok());
            match (kind, number("r"), number("min"), number("max")) {
                ("row", Some(row), ..) => beside.hidden.rows.push(row),
                ("col", _, Some(first), Some(last)) => {
                    hide(&mut beside.hidden.columns, first.saturating_sub(1)..last.min(WIDEST), &mut hidden)?;
                }
                _ => {}
            }
        }
        beside.hidden.rows.sort_unstable();
        besides.insert(name, beside);
    }
    Ok(besides)
}

/// What the sheets of an OpenDocument workbook hide and merge, and whether its repeated rows and cells stay within bounds.
pub fn ods(bytes: &[u8]) -> Result<Besides, Kind> {
    check(bytes)?;
    let Some(xml) = part(&mut open(bytes)?, "content.xml") else { return Ok(Besides::new()) };
    let (mut besides, mut hidden) = (Besides::new(), 0);
    let mut beside = &mut Beside::default();
    let (mut row, mut column, mut next_row, mut next_column, mut widest) = (0usize, 0usize, 0usize, 0usize, 0usize);
    let kinds = ["table", "table-column", "table-row", "table-cell", "covered-table-cell"];
    for (kind, tag) in tags(&xml, &kinds) {
        let count = |name| attribute(tag, name).and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
        let hides = matches!(attribute(tag, "table:visibility").as_deref(), Some("collapse" | "filter"));
        match kind {
            "table" => {
                (next_row, next_column, widest) = (0, 0, 0);
                beside = besides.entry(attribute(tag, "table:name").unwrap_or_default()).or_default();
            }
            "table-column" => {
                let first = next_column;
                next_column = first.saturating_add(count("table:number-columns-repeated")).min(WIDEST);
                if hides {
                    hide(&mut beside.hidden.columns, first..next_column, &mut hidden)?;
                }
            }
            "table-row" => {
                (row, column) = (next_row, 0);
                next_row = row.saturating_add(count("table:number-rows-repeated")).min(ROWS);
                if hides {
                    hide(&mut beside.hidden.rows, row + 1..next_row + 1, &mut hidden)?;
                }
            }
            _ => {
                let repeated = count("table:number-columns-repeated");
                if attribute(tag, "office:value-type").is_some() {
                    widest = widest.max(column.saturating_add(repeated));
                    if next_row.saturating_mul(widest) > MOST_CELLS {
                        return Err(Kind::Unpacks);
                    }
                }
                if row < ROWS && column < WIDEST {
                    // At least one, as far as a sheet reaches.
                    let spanned = |name, from: usize, most: usize| from.saturating_add(count(name).max(1)).min(most);
                    let merged = Merged {
                        rows: (row + 1, spanned("table:number-rows-spanned", row, ROWS)),
                        columns: (column, spanned("table:number-columns-spanned", column, WIDEST) - 1),
                    };
                    if merged.rows.1 > merged.rows.0 || merged.columns.1 > merged.columns.0 {
                        beside.merged.push(merged);
                    }
                }
                column = column.saturating_add(repeated);
            }
        }
    }
    Ok(besides)
}

pub fn open(bytes: &[u8]) -> Result<Archive<'_>, Kind> {
    ZipArchive::new(Cursor::new(bytes)).map_err(damaged)
}

fn damaged(error: impl ToString) -> Kind {
    Kind::Damaged(error.to_string())
}

/// All numbers that are given to attributes of this name, in tags or not; one too large for a number counts as the largest.
fn claimed<'a>(xml: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let places = (0..xml.len().saturating_sub(name.len())).filter(move |at| xml[*at..].starts_with(name));
    places.map(move |at| {
        let behind = xml[at + name.len()..].iter();
        let digits = behind.skip_while(|byte| matches!(byte, b'=' | b'"' | b'\'' | b' ' | b'\t' | b'\r' | b'\n'));
        let digits = digits.take_while(|byte| byte.is_ascii_digit());
        digits.fold(0, |number: usize, digit| number.saturating_mul(10).saturating_add(usize::from(digit - b'0')))
    })
}

/// The parts to which the relations of a workbook lead, by their ids.
pub fn targets(relations: &[u8]) -> BTreeMap<String, String> {
    let path = |target: String| target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), String::from);
    let relations = tags(relations, &["Relationship"]);
    relations.filter_map(|(_, tag)| Some((attribute(tag, "Id")?, path(attribute(tag, "Target")?)))).collect()
}

/// A part's text; none when there is none of this name.
pub fn part(archive: &mut Archive<'_>, name: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    archive.by_name(name).ok()?.take(MOST_UNPACKED).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The opening tags of these elements, whatever their prefix: the local name, and the tag without its brackets.
pub fn tags<'a>(xml: &'a [u8], names: &'a [&'static str]) -> impl Iterator<Item = (&'static str, &'a [u8])> {
    let mut rest = xml;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.iter().position(|b| *b == b'<')? + 1..];
            let end = rest.iter().position(|b| matches!(b, b' ' | b'>' | b'/' | b'\t' | b'\r' | b'\n'))?;
            let local = rest[..end].rsplit(|b| *b == b':').next()?;
            if let Some(name) = names.iter().find(|name| name.as_bytes() == local) {
                let close = rest.iter().position(|b| *b == b'>')?;
                return Some((*name, &rest[..close]));
            }
        }
    })
}

/// An attribute's value; a name that begins with a colon is looked up under any prefix.
pub fn attribute(tag: &[u8], name: &str) -> Option<String> {
    let tag = std::str::from_utf8(tag).ok()?;
    let mut from = 0;
    loop {
        let at = from + tag[from..].find(name)?;
        from = at + name.len();
        let opens = name.starts_with(':') || tag[..at].ends_with([' ', '\t', '\r', '\n']);
        let value = tag[from..].trim_start().strip_prefix('=').map(str::trim_start);
        if let (true, Some(value)) = (opens, value) {
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let value = value[1..].split(quote).next()?;
            let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
            return Some(entities.iter().fold(value.to_owned(), |text, (entity, sign)| text.replace(entity, sign)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_their_attributes() {
        let xml = br#"<?xml version="1.0"?><x:a r:id = 'r1' name="A &amp; B"/><row  hidden="1" r="7"><c r="A1"/></row><rows/>"#;
        let found: Vec<(&str, Option<String>)> = tags(xml, &["a", "row"])
            .map(|(name, tag)| (name, attribute(tag, "name").or(attribute(tag, "r"))))
            .collect();
        assert_eq!(found, [("a", Some("A & B".into())), ("row", Some("7".into()))]);
        let (_, tag) = tags(xml, &["a"]).next().expect("a tag");
        assert_eq!(attribute(tag, ":id").as_deref(), Some("r1"));
        let xml = b"<sst count='9' uniqueCount = '12'><sst uniqueCount=\"99999999999999999999\"/>uniqueCount";
        assert_eq!(claimed(xml, b"uniqueCount").collect::<Vec<_>>(), [12, usize::MAX]);
        assert_eq!(tags(b"<a", &["a"]).count() + tags(b"<", &["a"]).count() + tags(b"", &["a"]).count(), 0);
    }
}
