//! What is asked of an engine whose directory comes in parts: values after the names, details when a record is shown.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{Engine, thrown, wire};

#[wasm_bindgen]
impl Engine {
    /// Takes the values of an index of which only names came first.
    ///
    /// # Errors
    ///
    /// As [`Engine::new`], and `mixed-index`: values of another build. The names answer on.
    #[wasm_bindgen(js_name = addValues)]
    pub fn add_values(&mut self, bytes: &[u8]) -> Result<(), JsValue> {
        self.index.add_values(bytes).map_err(thrown)?;
        self.lexicon = std::mem::take(&mut self.lexicon).with(&self.index, None, None);
        Ok(())
    }

    /// The file that has the details of a record; empty where none has.
    #[wasm_bindgen(js_name = detailFile)]
    pub fn detail_file(&self, record: u32) -> String {
        self.known(record).and_then(|record| self.index.detail_file(record)).unwrap_or_default()
    }

    /// A record as a hit with all it holds; `bytes` are those of its file of details, none where it has no such file. Null where there is no such record.
    ///
    /// # Errors
    ///
    /// As [`Engine::add_values`].
    pub fn detailed(&self, record: u32, bytes: &[u8]) -> Result<JsValue, JsValue> {
        let Some(record) = self.known(record) else { return Ok(wire::hit(None)) };
        let mut hit = engine::rank::shown(&self.index, record);
        if !bytes.is_empty() {
            let detail = self.index.detail(record, bytes).map_err(thrown)?;
            for (shown, role) in hit.roles.iter_mut().zip(self.index.roles(record)) {
                for cell in detail.cells(self.index.letters(), role) {
                    let place = shown.cells.partition_point(|other| other.0 <= cell.0);
                    shown.cells.insert(place, cell);
                }
            }
        }
        Ok(wire::hit(Some(&hit)))
    }

    fn known(&self, record: u32) -> Option<u32> {
        Some(record).filter(|record| (*record as usize) < self.index.len())
    }
}
