//! Where answers come from: a JavaScript object with `search(request): Promise<response>`.
//!
//! The loader passes the engine in this page so; a worker, or a host's own directory, looks the same from here.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use crate::wire::{Failure, Request, Response, Wire};

#[wasm_bindgen]
extern "C" {
    /// The object that the host or the loader passes.
    #[derive(Clone)]
    pub type Source;

    #[wasm_bindgen(method, catch)]
    fn search(this: &Source, request: JsValue) -> Result<JsValue, JsValue>;
}

impl Source {
    /// Asks once. Answers may overtake each other: the caller numbers its questions.
    ///
    /// # Errors
    ///
    /// The failure that `search` threw or rejected with.
    pub async fn ask(self, request: Request) -> Result<Response, Failure> {
        let promise = self.search(request.to_js()).map_err(Failure::caught)?;
        // A source may also answer at once; `Promise.resolve` makes both the same.
        let response = JsFuture::from(js_sys::Promise::resolve(&promise)).await.map_err(Failure::caught)?;
        Ok(Response::from_js(&response))
    }
}
