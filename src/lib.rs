//! The browser side of expert-search: the engine and the widget for JavaScript, compiled to one WebAssembly module.
//!
//! ```text
//! loader ──parts, source──▶ attach ─▶ widget: event → state → view
//!    └── Engine(index bytes) ──search(request) → response──▶ source ─┘
//! ```
//!
//! Of the loader `www/load.js` fetches the files and opens the [`Engine`], `www/life.js` paints the box, wraps the engine as a source
//! and has [`attach`] bring the box to life. Nothing here fetches or stores anything.

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

/// In place of the standard library's: 2.3 KB of brotli less.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

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
                // Only the box's engine comes in two halves.
                lexicon: if cfg!(any(feature = "parts", feature = "page")) {
                    Lexicon::default()
                } else {
                    Lexicon::waiting()
                },
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

    /// Tells that the module's second half is there: from now on every way of searching is asked. Visitors may type double pinyin by the
    /// manifest's list; not by an empty one.
    pub fn unfold(&mut self, double: &str) {
        self.lexicon.unfold(double);
    }

    /// Takes the bytes of the tables of characters or of the words of this index; answers whether they are either and could be opened. An index that
    /// waits for its values takes no words. Without tables the search knows fewer forms, without words no nicknames and no related words. This and
    /// [`Engine::unfold`] are in the module's second half.
    pub fn add(&mut self, bytes: &[u8]) -> bool {
        let (tables, words) = (Tables::read(bytes).ok(), Words::read(bytes, &self.index).ok());
        let is_known = tables.is_some() || words.is_some();
        if is_known {
            self.lexicon = std::mem::take(&mut self.lexicon).with(&self.index, tables, words);
        }
        is_known
    }

    /// The record with this id in any of its roles, as a hit; null where there is none.
    pub fn record(&self, id: &str) -> JsValue {
        let found = engine::browse::find(&self.index, id).map(|record| engine::rank::shown(&self.index, record));
        wire::hit(found.as_ref())
    }

    /// How many persons and stations the index holds.
    pub fn records(&self) -> u32 {
        self.index.len() as u32
    }
}

fn thrown(error: engine::ReadError) -> JsValue {
    wire::failure(error.kind().code(), &error.message())
}
