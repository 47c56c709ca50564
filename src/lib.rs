//! The browser side of expert-search: the engine and the widget for JavaScript, compiled to one WebAssembly module.
//!
//! ```text
//! loader ──parts, strings──▶ attach ─▶ widget: event → state → view
//!    └── Engine(index bytes) ──search(request) → response──▶ source ─┘
//! ```
//!
//! The loader (`www/expert-search.js`) paints the box, fetches the index and wraps [`Engine`] as a source; [`attach`]
//! brings the box to life. Nothing here fetches or stores anything.

#[cfg(any(feature = "page", test))]
mod browse;
mod page;
#[cfg(any(feature = "parts", test))]
mod parts;
pub mod widget;
pub mod wire;

use engine::{Index, Lexicon, Tables, Words};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

pub use widget::{Widget, attach};

/// An index, opened for searching.
#[wasm_bindgen]
pub struct Engine {
    index: Index,
    lexicon: Lexicon,
    #[cfg(any(feature = "page", test))]
    browser: Option<engine::browse::Browser>,
}

#[wasm_bindgen]
impl Engine {
    /// Opens index bytes.
    ///
    /// # Errors
    ///
    /// Throws `{code, message}`: `not-an-index`, `newer-index`, `truncated-index`, `damaged-index`.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8]) -> Result<Engine, JsValue> {
        match Index::read(bytes) {
            Ok(index) => Ok(Engine {
                lexicon: Lexicon::new(&index, None, None),
                index,
                #[cfg(any(feature = "page", test))]
                browser: None,
            }),
            Err(error) => Err(thrown(error)),
        }
    }

    /// Answers `{text, limit}` with `{query, total, missing, hits}`. Never fails: a request without text finds nothing.
    pub fn search(&self, request: &JsValue) -> JsValue {
        let (text, limit) = wire::request(request);
        wire::answer(&text, &engine::search(&self.index, &self.lexicon, &text, limit))
    }

    /// Takes the bytes of the tables of characters; answers whether they could be opened. Without them the search knows fewer forms.
    #[wasm_bindgen(js_name = addTables)]
    pub fn add_tables(&mut self, bytes: &[u8]) -> bool {
        let Ok(tables) = Tables::read(bytes) else { return false };
        self.lexicon = std::mem::take(&mut self.lexicon).with_tables(&self.index, tables);
        true
    }

    /// Takes the bytes of the words of this index, as [`Engine::add_tables`] does those of the tables; an index that waits for its values takes none. Without
    /// them the search knows no nicknames and no related words.
    #[wasm_bindgen(js_name = addWords)]
    pub fn add_words(&mut self, bytes: &[u8]) -> bool {
        let Ok(words) = Words::read(bytes, &self.index) else { return false };
        self.lexicon = std::mem::take(&mut self.lexicon).with_words(&self.index, words);
        true
    }

    /// The record with this id in any of its roles, as a hit; null where there is none.
    pub fn record(&self, id: &str) -> JsValue {
        let found = engine::browse::find(&self.index, id).map(|record| engine::rank::shown(&self.index, record));
        wire::hit(found.as_ref())
    }

    /// Lets visitors type double pinyin, by the manifest's list.
    #[wasm_bindgen(js_name = allowDouble)]
    pub fn allow_double(&mut self, list: &str) {
        self.lexicon = std::mem::take(&mut self.lexicon).with_double(list);
    }

    /// How many persons and stations the index holds.
    pub fn records(&self) -> u32 {
        self.index.len() as u32
    }
}

fn thrown(error: engine::ReadError) -> JsValue {
    wire::failure(error.kind().code(), &error.message())
}
