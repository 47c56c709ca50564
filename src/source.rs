//! Where answers come from: a JavaScript object with `search(request): Promise<response>`.
//!
//! The loader passes the engine in this page so; a worker, or a host's own directory, looks the same from here.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use crate::wire::{Failure, Request, Response, Wire};

#[wasm_bindgen]
extern "C" {
    /// The object that the host or the loader passes.
    pub type Source;

    #[wasm_bindgen(method, catch)]
    fn search(this: &Source, request: JsValue) -> Result<JsValue, JsValue>;
}

impl Source {
    /// Asks at once; the answer comes later, as the failure that `search` threw or rejected with when it has none.
    ///
    /// Answers may overtake each other: the caller numbers its questions.
    pub fn ask(&self, request: &Request) -> impl Future<Output = Result<Response, Failure>> + use<> {
        let promise = self.search(request.to_js());
        async move {
            // A source may also answer without a promise; `Promise.resolve` makes both the same.
            let promise = js_sys::Promise::resolve(&promise.map_err(Failure::caught)?);
            let response = JsFuture::from(promise).await.map_err(Failure::caught)?;
            Ok(Response::from_js(&response))
        }
    }
}
