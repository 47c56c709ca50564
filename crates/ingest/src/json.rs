//! JSON and JSON Lines: lists of entries, whose keys are the headings.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::encoding::decode;
use crate::place::{Counting, Place, Source};
use crate::problem::{Kind, Problem};
use crate::sheet::{Hidden, MOST_CELLS, Row, Sheet, WIDEST};
use crate::text::number;

/// Several values of one entry are joined as a maintainer would write them into one cell.
const JOIN: &str = "；";

/// JSON as it stands, keys in order; numbers as text.
enum Value {
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

/// Reads `[{…},…]`, `{"人员":[{…},…],"工作站":[…]}` or an entry a line.
pub fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<Sheet> {
    let mut stop = |kind| {
        problems.push(Problem::new(Place::file(file), kind));
        Vec::new()
    };
    let (text, _) = match decode(bytes) {
        Ok(decoded) => decoded,
        Err(kind) => return stop(kind),
    };
    let values: Result<Vec<Value>, serde_json::Error> =
        serde_json::Deserializer::from_str(&text).into_iter::<Value>().collect();
    let values = match values {
        Ok(values) => values,
        Err(error) => return stop(Kind::Json { line: error.line(), reason: reason(&error) }),
    };
    let source = |sheet: Option<&str>| {
        Arc::new(Source { file: file.to_owned(), sheet: sheet.map(String::from), counting: Counting::Entries })
    };
    match <[Value; 1]>::try_from(values) {
        Ok([Value::List(entries)]) => sheet(source(None), entries, problems).into_iter().collect(),
        Ok([Value::Object(members)]) if members.iter().any(|(_, value)| is_entries(value)) => {
            let lists = members.into_iter().filter_map(|(name, value)| match value {
                Value::List(entries) => Some((name, entries)),
                _ => None,
            });
            lists.filter_map(|(name, entries)| sheet(source(Some(&name)), entries, problems)).collect()
        }
        Ok([entry @ Value::Object(_)]) => sheet(source(None), vec![entry], problems).into_iter().collect(),
        Ok(_) => stop(Kind::NotEntries),
        Err(values) if values.is_empty() => stop(Kind::Empty),
        Err(values) => sheet(source(None), values, problems).into_iter().collect(),
    }
}

fn is_entries(value: &Value) -> bool {
    matches!(value, Value::List(entries) if entries.iter().all(|e| matches!(e, Value::Object(_))) && !entries.is_empty())
}

/// Entries as rows, all as long as there are keys; a problem where they become far more cells than were written.
fn sheet(source: Arc<Source>, entries: Vec<Value>, problems: &mut Vec<Problem>) -> Option<Sheet> {
    let mut heading: Vec<String> = Vec::new();
    let mut columns: HashMap<String, usize> = HashMap::new();
    let mut rows = Vec::new();
    for (i, entry) in entries.into_iter().enumerate() {
        let place = Place::row(&source, i + 1);
        let Value::Object(members) = entry else {
            problems.push(Problem::new(place, Kind::NotAnEntry));
            continue;
        };
        let mut cells: Vec<Option<String>> = Vec::new();
        for (key, value) in members {
            let column = *columns.entry(key.clone()).or_insert_with(|| {
                heading.push(key.clone());
                heading.len() - 1
            });
            let at = Place { column: Some((column, key.clone())), ..place.clone() };
            if column >= WIDEST {
                problems.push(Problem::new(at, Kind::TooWide));
                return None;
            }
            cells.resize(cells.len().max(column + 1), None);
            if cells[column].is_some() {
                problems.push(Problem::new(at.clone(), Kind::TwoColumns(key)));
            }
            match value.text() {
                Some(text) => cells[column] = Some(text),
                None => problems.push(Problem::new(at, Kind::NotAnEntry)),
            }
        }
        let cells: Vec<String> = cells.into_iter().map(Option::unwrap_or_default).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { number: i + 1, cells });
        }
        if rows.len() * heading.len() > MOST_CELLS {
            problems.push(Problem::new(Place::source(&source), Kind::TooWide));
            return None;
        }
    }
    rows.iter_mut().for_each(|row| row.cells.resize(heading.len(), String::new()));
    rows.insert(0, Row { number: 0, cells: heading });
    Some(Sheet { source, format: "JSON", rows, merged: Vec::new(), hidden: Hidden::default() })
}

impl Value {
    /// The text of a cell; none for what is no text or list of texts.
    fn text(self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text),
            Value::List(values) => {
                let texts = values.into_iter().map(|value| match value {
                    Value::Text(text) => Some(text),
                    _ => None,
                });
                Some(texts.collect::<Option<Vec<String>>>()?.join(JOIN))
            }
            Value::Object(_) => None,
        }
    }
}

/// The reader's reason without the place, which is said anyway.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Value;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }
            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value::Text(String::new()))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
                Ok(Value::Text(value.to_string()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
                Ok(Value::Text(value.to_string()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
                Ok(Value::Text(value.to_string()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
                Ok(Value::Text(number(value)))
            }
            fn visit_str<E>(self, value: &str) -> Result<Value, E> {
                Ok(Value::Text(value.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(Value::List(values))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Value::Object(members))
            }
        }
        deserializer.deserialize_any(Any)
    }
}
