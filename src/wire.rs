//! The values that cross between Rust and JavaScript: the only file that converts them.
//!
//! The engine's own types derive nothing; these are their counterparts in the words of the page. A response may also
//! come from a source that the host wrote, so whatever is missing in one is read as empty.

use engine::record::Shape;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlInputElement};

/// What the widget asks a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The box's text as typed, input-method separators and all.
    pub text: String,
    /// How many hits to return at most.
    pub limit: u32,
}

/// A source's answer: the first hits, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Response {
    /// The text that was searched.
    pub query: String,
    /// How many records match, returned or not.
    pub total: u32,
    /// The best ones, best first.
    pub hits: Vec<Hit>,
}

/// A person or station that answers the query.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
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
    #[serde(rename = "type")]
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
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
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
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Role {
    /// The row's id.
    pub id: String,
    /// Its values in the order in which they are shown.
    pub cells: Vec<Cell>,
}

/// One value under its heading.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Cell {
    /// The field's word.
    pub field: String,
    /// The heading as the maintainer wrote it.
    pub label: String,
    /// The value.
    pub text: String,
}

/// What is thrown at JavaScript: a stable word for programs and a sentence for developers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The string table has a sentence for it under `error.<code>`.
    pub code: String,
    /// What happened, in English.
    #[serde(default)]
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

/// A value as a plain JavaScript object.
pub fn to_js<T: Serialize>(value: &T) -> JsValue {
    // Nothing here has a number or a map that could fail to convert.
    serde_wasm_bindgen::to_value(value).unwrap_or(JsValue::UNDEFINED)
}

/// Reads a value from JavaScript.
///
/// # Errors
///
/// A `bad-value` failure when it has another shape: a request without text, hits that are no array.
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, Failure> {
    serde_wasm_bindgen::from_value(value).map_err(|error| Failure::new("bad-value", error.to_string()))
}

impl Failure {
    /// A failure of this code.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Failure {
        Failure { code: code.into(), message: message.into() }
    }

    /// What was thrown, if it has a code; anything else is `search-failed`.
    pub fn caught(thrown: JsValue) -> Failure {
        serde_wasm_bindgen::from_value(thrown).unwrap_or_else(|_| Failure::new("search-failed", ""))
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
    js_sys::Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
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

    /// The sentence under this key with `{slot}` filled in.
    pub fn fill(&self, key: &str, slot: &str, value: &str) -> String {
        self.get(key).unwrap_or_default().replace(slot, value)
    }
}
