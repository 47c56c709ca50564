//! The values that cross between Rust and JavaScript: the only file that converts them.
//!
//! The engine's own types derive nothing; these are their counterparts in the words of the page. A response may also
//! come from a source that the host wrote, so whatever is missing in one is read as empty.

use engine::record::Shape;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlInputElement};

/// What the widget asks a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The box's text as typed, input-method separators and all.
    pub text: String,
    /// How many hits to return at most.
    pub limit: u32,
}

/// A source's answer: the first hits, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response {
    /// The text that was searched.
    pub query: String,
    /// How many records match, returned or not.
    pub total: u32,
    /// The best ones, best first.
    pub hits: Vec<Hit>,
}

/// A person or station that answers the query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hit {
    /// The record's number in the index.
    pub record: u32,
    /// The first role's id.
    pub id: String,
    /// The ids of all roles.
    pub ids: Vec<String>,
    /// `person` or `station`.
    pub shape: String,
    /// The first role's type: 院士, 科技小院.
    pub kind: String,
    /// The name shown.
    pub name: String,
    /// The weakest way in which a part matched: `exact`, `pinyin`, `initials`, …
    pub how: String,
    /// The parts that matched.
    pub fields: Vec<Matched>,
    /// Every role with its cells.
    pub roles: Vec<Role>,
}

/// One field's part in a hit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matched {
    /// The field's word: `name`, `org`, …
    pub field: String,
    /// The value that matched.
    pub text: String,
    /// How this part matched.
    pub how: String,
    /// What to highlight in `text`: UTF-16 offsets, start and end.
    pub ranges: Vec<(u32, u32)>,
}

/// One row of the record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Role {
    /// The row's id.
    pub id: String,
    /// Its values in the order in which they are shown.
    pub cells: Vec<Cell>,
}

/// One value under its heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The field's word.
    pub field: String,
    /// The heading as the maintainer wrote it.
    pub label: String,
    /// The value.
    pub text: String,
}

/// What is thrown at JavaScript: a stable word for programs and a sentence for developers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The string table has a sentence for it under `error.<code>`.
    pub code: String,
    /// What happened, in English.
    pub message: String,
}

impl Response {
    /// The engine's answer in the page's words.
    pub fn new(query: String, answer: engine::Answer) -> Response {
        Response { query, total: answer.total as u32, hits: answer.hits.into_iter().map(Hit::new).collect() }
    }
}

impl Hit {
    fn new(hit: engine::Hit) -> Hit {
        let shape = match hit.shape {
            Shape::Person => "person",
            Shape::Station => "station",
        };
        let matched = |part: engine::Matched| Matched {
            field: part.field.word().into(),
            text: part.text,
            how: part.how.word().into(),
            ranges: part.ranges,
        };
        let roles: Vec<Role> = hit
            .roles
            .into_iter()
            .map(|role| Role {
                id: role.id,
                cells: (role.cells.into_iter())
                    .map(|(field, label, text)| Cell { field: field.word().into(), label, text })
                    .collect(),
            })
            .collect();
        let ids: Vec<String> = roles.iter().map(|role| role.id.clone()).collect();
        Hit {
            record: hit.record,
            id: ids.first().cloned().unwrap_or_default(),
            ids,
            shape: shape.into(),
            kind: hit.kind,
            name: hit.name,
            how: hit.how.word().into(),
            fields: hit.fields.into_iter().map(matched).collect(),
            roles,
        }
    }
}

/// What crosses the border: a value of ours, and the same as a plain JavaScript value.
///
/// Written out rather than derived: serde's readers bring the printing of floating-point numbers with them, 20 KB of code
/// for errors that nobody sees here.
pub trait Wire: Sized {
    /// The value as JavaScript has it.
    fn to_js(&self) -> JsValue;

    /// The value that JavaScript has; what is missing or of another type is empty.
    fn from_js(value: &JsValue) -> Self;
}

/// An object of ours: which property holds which field, once for both directions.
macro_rules! wire_object {
    ($type:ident { $($key:literal: $field:ident),+ $(,)? }) => {
        impl Wire for $type {
            fn to_js(&self) -> JsValue {
                let object = Object::new();
                $(put(&object, $key, self.$field.to_js());)+
                object.into()
            }

            fn from_js(value: &JsValue) -> $type {
                $type { $($field: Wire::from_js(&property(value, $key)),)+ }
            }
        }
    };
}

wire_object!(Request { "text": text, "limit": limit });
wire_object!(Response { "query": query, "total": total, "hits": hits });
wire_object!(Hit {
    "record": record,
    "id": id,
    "ids": ids,
    "shape": shape,
    "type": kind,
    "name": name,
    "how": how,
    "fields": fields,
    "roles": roles,
});
wire_object!(Matched { "field": field, "text": text, "how": how, "ranges": ranges });
wire_object!(Role { "id": id, "cells": cells });
wire_object!(Cell { "field": field, "label": label, "text": text });
wire_object!(Failure { "code": code, "message": message });

impl Wire for String {
    fn to_js(&self) -> JsValue {
        JsValue::from_str(self)
    }

    fn from_js(value: &JsValue) -> String {
        value.as_string().unwrap_or_default()
    }
}

impl Wire for u32 {
    fn to_js(&self) -> JsValue {
        JsValue::from(*self)
    }

    fn from_js(value: &JsValue) -> u32 {
        // `as` brings any number into range, and what is none to 0.
        value.as_f64().unwrap_or_default() as u32
    }
}

impl Wire for (u32, u32) {
    fn to_js(&self) -> JsValue {
        Array::of2(&self.0.to_js(), &self.1.to_js()).into()
    }

    fn from_js(value: &JsValue) -> (u32, u32) {
        let Some(pair) = value.dyn_ref::<Array>() else { return (0, 0) };
        (Wire::from_js(&pair.get(0)), Wire::from_js(&pair.get(1)))
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn to_js(&self) -> JsValue {
        self.iter().map(Wire::to_js).collect::<Array>().into()
    }

    fn from_js(value: &JsValue) -> Vec<T> {
        value.dyn_ref::<Array>().map_or_else(Vec::new, |array| array.iter().map(|item| T::from_js(&item)).collect())
    }
}

impl Failure {
    /// A failure of this code.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Failure {
        Failure { code: code.into(), message: message.into() }
    }

    /// What was thrown, if it has a code; anything else is `search-failed`.
    pub fn caught(thrown: JsValue) -> Failure {
        let mut failure = Failure::from_js(&thrown);
        if failure.code.is_empty() {
            failure.code = "search-failed".into();
        }
        failure
    }
}

/// The elements that the loader painted and keeps; the widget only changes what they say.
pub struct Parts {
    /// `<expert-search>` itself, where events are dispatched.
    pub host: HtmlElement,
    /// The text box, `role=combobox`.
    pub input: HtmlInputElement,
    /// The button that empties the box.
    pub clear: HtmlElement,
    /// What drops down: the list and the line under it.
    pub popup: HtmlElement,
    /// `role=listbox`.
    pub list: HtmlElement,
    /// The line that says how many more there are.
    pub more: HtmlElement,
    /// The live region.
    pub status: HtmlElement,
    /// Where the chosen record is shown.
    pub card: HtmlElement,
    /// Whether a composition was open when the widget was attached.
    pub composing: bool,
}

impl Parts {
    /// Reads the loader's object.
    ///
    /// # Errors
    ///
    /// A `bad-value` failure that names the part which is missing or no element.
    pub fn read(parts: &JsValue) -> Result<Parts, Failure> {
        let composing = property(parts, "composing").is_truthy();
        Ok(Parts {
            host: part(parts, "host")?,
            input: part(parts, "input")?,
            clear: part(parts, "clear")?,
            popup: part(parts, "popup")?,
            list: part(parts, "list")?,
            more: part(parts, "more")?,
            status: part(parts, "status")?,
            card: part(parts, "card")?,
            composing,
        })
    }
}

fn part<T: JsCast>(parts: &JsValue, name: &str) -> Result<T, Failure> {
    property(parts, name).dyn_into().map_err(|_| Failure::new("bad-value", name))
}

fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn put(object: &Object, name: &str, value: JsValue) {
    // A new plain object takes any property.
    let _ = Reflect::set(object, &name.into(), &value);
}

/// The loader's string table: every sentence the visitor reads.
pub struct Strings(JsValue);

impl Strings {
    /// Wraps the table, an object of key and sentence.
    pub fn new(table: JsValue) -> Strings {
        Strings(table)
    }

    /// The sentence under this key. None where the table has none: an older loader may be in a browser's cache.
    pub fn get(&self, key: &str) -> Option<String> {
        property(&self.0, key).as_string()
    }

    /// The sentence under this key, with `value` in place of its `{slot}`.
    pub fn fill(&self, key: &str, value: &str) -> String {
        let sentence = self.get(key).unwrap_or_default();
        let slot = sentence.split_once('{').and_then(|(head, rest)| Some((head, rest.split_once('}')?.1)));
        slot.map(|(head, tail)| [head, value, tail].concat()).unwrap_or(sentence)
    }
}
