//! The values that cross between Rust and JavaScript: the only file that converts them.
//!
//! Out goes JSON text, one string instead of a thousand values. In comes a response of any source, also one that the host
//! wrote: of it is read what the widget acts on, and whatever is missing or of another type is empty.

use std::rc::Rc;

use engine::{Answer, record::Shape, text::decimal};
use wasm_bindgen::JsValue;

use crate::page;

/// The text and the limit of a `{text, limit}`.
pub fn request(value: &JsValue) -> (String, usize) {
    (page::text(value, "text"), number(value, "limit") as usize)
}

/// An answer as `{query, total, missing, hits}`.
pub fn answer(query: &str, answer: &Answer) -> JsValue {
    page::parse(&write_answer(query, answer))
}

fn write_answer(query: &str, answer: &Answer) -> String {
    let mut json = Json::default();
    json.open("", '{');
    json.text("query", query);
    json.number("total", answer.total as u32);
    json.texts("missing", &answer.missing);
    json.open("hits", '[');
    for hit in &answer.hits {
        write_hit(&mut json, "", hit);
    }
    json.close(']');
    json.close('}');
    json.0
}

/// A hit alone.
pub fn shown(hit: &engine::Hit) -> String {
    let mut json = Json::default();
    write_hit(&mut json, "", hit);
    json.0
}

/// A hit, in a list if it has no key.
pub fn write_hit(json: &mut Json, key: &str, hit: &engine::Hit) {
    json.open(key, '{');
    json.number("record", hit.record);
    json.text("id", hit.roles.first().map_or("", |role| &role.id));
    json.open("ids", '[');
    for role in &hit.roles {
        json.text("", &role.id);
    }
    json.close(']');
    json.text("shape", if hit.shape == Shape::Person { "person" } else { "station" });
    json.text("type", &hit.kind);
    json.text("name", &hit.name);
    json.text("how", hit.how.word());
    json.open("fields", '[');
    for part in &hit.fields {
        json.open("", '{');
        json.text("field", part.field.word());
        json.text("text", &part.text);
        json.text("how", part.how.word());
        json.open("ranges", '[');
        for &(start, end) in &part.ranges {
            json.open("", '[');
            json.number("", start);
            json.number("", end);
            json.close(']');
        }
        json.close(']');
        json.close('}');
    }
    json.close(']');
    json.open("roles", '[');
    for role in &hit.roles {
        json.open("", '{');
        json.text("id", &role.id);
        json.open("cells", '[');
        for (field, label, text) in &role.cells {
            json.open("", '{');
            json.text("field", field.word());
            json.text("label", label);
            json.text("text", text);
            json.close('}');
        }
        json.close(']');
        json.close('}');
    }
    json.close(']');
    json.close('}');
}

/// What is thrown at JavaScript: a stable word for programs, under which the string table has a sentence (`error.<code>`),
/// and a sentence in English for developers.
pub fn failure(code: &str, message: &str) -> JsValue {
    let mut json = Json::default();
    json.open("", '{');
    json.text("code", code);
    json.text("message", message);
    json.close('}');
    page::parse(&json.0)
}

/// The code of what a source threw or rejected with; `search-failed` where it has none.
pub fn code_of(thrown: &JsValue) -> String {
    match page::text(thrown, "code") {
        code if code.is_empty() => "search-failed".into(),
        code => code,
    }
}

/// JSON as it is written, value after value; those in a list have no key.
#[derive(Default)]
pub struct Json(pub String);

impl Json {
    /// `{` or `[`, until it is closed.
    #[inline(never)]
    pub fn open(&mut self, key: &str, bracket: char) {
        self.key(key);
        self.0.push(bracket);
    }

    /// `}` or `]`.
    #[inline(never)]
    pub fn close(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    /// A number.
    #[inline(never)]
    pub fn number(&mut self, key: &str, value: u32) {
        self.key(key);
        self.0.push_str(&decimal(value));
    }

    /// A list of strings.
    pub fn texts(&mut self, key: &str, values: &[String]) {
        self.open(key, '[');
        values.iter().for_each(|value| self.text("", value));
        self.close(']');
    }

    /// A string.
    pub fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        self.0.push('"');
        for character in value.chars() {
            match character {
                // The two digits after \u00; what follows is not escaped.
                '\0'..='\x1f' => {
                    let code = character as u8;
                    self.0.push_str("\\u00");
                    self.0.push(if code < 0x10 { '0' } else { '1' });
                    self.0.push(char::from(b"0123456789abcdef"[usize::from(code & 0xf)]));
                }
                '"' | '\\' => {
                    self.0.push('\\');
                    self.0.push(character);
                }
                _ => self.0.push(character),
            }
        }
        self.0.push('"');
    }

    /// What stands before a value: a comma unless it is the first, and its key.
    #[inline(never)]
    fn key(&mut self, key: &str) {
        if !matches!(self.0.as_bytes().last(), None | Some(b'{' | b'[')) {
            self.0.push(',');
        }
        if !key.is_empty() {
            self.0.push('"');
            self.0.push_str(key);
            self.0.push_str("\":");
        }
    }
}

/// A source's answer: the first hits, and how many there are.
#[derive(Debug, Clone, Default)]
pub struct Response {
    /// How many records match, returned or not.
    pub total: u32,
    /// The best ones, best first.
    pub hits: Vec<Rc<Hit>>,
    /// What of the query the best hit does not explain, joined by 、.
    pub missing: String,
    /// The response as the source gave it, to be painted.
    pub original: JsValue,
}

/// A person or station that answers the query: what the box does with it needs no more.
#[derive(Debug, Default)]
pub struct Hit {
    /// The name shown.
    pub name: String,
    /// The hit as the source gave it: the host that is told of a choice gets this, with whatever else is in it.
    pub original: JsValue,
}

impl Response {
    /// Reads what a source answered.
    pub fn read(value: JsValue) -> Response {
        let hits = page::items(&value, "hits").into_iter();
        Response {
            total: number(&value, "total"),
            hits: hits.map(|hit| Rc::new(Hit { name: page::text(&hit, "name"), original: hit })).collect(),
            missing: page::joined(&value, "missing"),
            original: value,
        }
    }

    /// How many hits there are beyond these.
    pub fn more(&self) -> u32 {
        self.total.saturating_sub(self.hits.len() as u32)
    }
}

fn number(value: &JsValue, key: &str) -> u32 {
    // `as` brings any number into range.
    page::number(value, key) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::record::Field;
    use engine::{Hit, How, Matched, ShownRole};
    use serde_json::json;

    #[test]
    fn an_answer_is_json_whatever_it_says() {
        let hostile = "\"\\\0\n\u{1f}\u{7f}\u{2028}</script>𠮷,[{";
        let part = |ranges: &[(u32, u32)]| Matched {
            field: Field::Name,
            text: hostile.into(),
            how: How::Pinyin,
            ranges: ranges.into(),
        };
        let role = ShownRole { id: hostile.into(), cells: vec![(Field::Org, hostile.into(), String::new()); 2] };
        let person = Hit {
            record: 7,
            shape: Shape::Person,
            name: hostile.into(),
            kind: "[".into(),
            how: How::Exact,
            fields: vec![part(&[(0, 1), (2, u32::MAX)]), part(&[])],
            roles: vec![role.clone(), role],
        };
        let station = Hit { shape: Shape::Station, fields: vec![], roles: vec![], ..person.clone() };
        let written =
            write_answer(hostile, &Answer { total: 12, missing: vec![hostile.into(); 2], hits: vec![person, station] });
        let read: serde_json::Value = serde_json::from_str(&written).expect("it is JSON");
        let cell = json!({"field": "org", "label": hostile, "text": ""});
        let role = json!({"id": hostile, "cells": [cell, cell]});
        let part = |ranges| json!({"field": "name", "text": hostile, "how": "pinyin", "ranges": ranges});
        let parts = [part(json!([[0, 1], [2, u32::MAX]])), part(json!([]))];
        assert_eq!(
            read,
            json!({"query": hostile, "total": 12, "missing": [hostile, hostile], "hits": [
                {"record": 7, "id": hostile, "ids": [hostile, hostile], "shape": "person", "type": "[", "name": hostile,
                    "how": "exact", "fields": parts, "roles": [role, role]},
                {"record": 7, "id": "", "ids": [], "shape": "station", "type": "[", "name": hostile,
                    "how": "exact", "fields": [], "roles": []},
            ]})
        );
    }
}
