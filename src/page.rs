//! The page as Rust sees it: the steps of `page.js`, where each is described.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(module = "/src/page.js")]
extern "C" {
    /// `value[key]` if it is a string, else the empty one.
    pub fn text(value: &JsValue, key: &str) -> String;
    /// `value[key]` if it is a number, else 0.
    pub fn number(value: &JsValue, key: &str) -> f64;
    /// The items of `value[key]` if it is an array, else none.
    pub fn items(value: &JsValue, key: &str) -> Vec<JsValue>;
    /// The strings in the array `value[key]`, joined by 、.
    pub fn joined(value: &JsValue, key: &str) -> String;
    /// The value of JSON text that we wrote.
    pub fn parse(json: &str) -> JsValue;

    /// An event of the browser.
    pub type Event;
    /// `ArrowDown`, `altKey+ArrowDown`.
    pub fn chord(event: &Event) -> String;
    /// Whether a click was with Ctrl or Cmd held, as for another tab.
    #[wasm_bindgen(js_name = isAside)]
    pub fn is_aside(event: &Event) -> bool;
    /// Whether an input method has the event.
    #[wasm_bindgen(js_name = isComposing)]
    pub fn is_composing(event: &Event) -> bool;
    /// Which child of its parent the element is, around the event, that fits the selector; -1 where none fits.
    #[wasm_bindgen(js_name = placeOf)]
    pub fn place_of(event: &Event, selector: &str) -> i32;
    /// Whether the focus was lost to nothing on a touch screen.
    #[wasm_bindgen(js_name = isPutAway)]
    pub fn is_put_away(event: &Event) -> bool;

    /// The parts of one widget, by the names that the loader gave them.
    #[derive(Clone)]
    pub type Page;
    #[wasm_bindgen(constructor)]
    pub fn new(parts: JsValue) -> Page;
    #[wasm_bindgen(method)]
    pub fn has(this: &Page, part: &str) -> bool;
    #[wasm_bindgen(method)]
    pub fn serve(this: &Page, widget: &JsValue);
    #[wasm_bindgen(method)]
    pub fn listen(this: &Page, part: &str, kind: &str, signal: u32);
    #[wasm_bindgen(method)]
    pub fn leave(this: &Page);
    #[wasm_bindgen(method)]
    pub fn ask(this: &Page, source: &JsValue, sequence: u32, text: &str, limit: u32);
    #[wasm_bindgen(method)]
    pub fn announce(this: &Page, hit: &JsValue, aside: bool) -> bool;
    #[wasm_bindgen(method)]
    pub fn card(this: &Page, hit: &JsValue);
    #[wasm_bindgen(method)]
    pub fn recent(this: &Page) -> bool;
    #[wasm_bindgen(method)]
    pub fn drop(this: &Page, sheet: bool, open: bool);
    #[wasm_bindgen(method)]
    pub fn holds(this: &Page, event: &Event) -> bool;
    #[wasm_bindgen(method, js_name = isComposing)]
    pub fn is_composing(this: &Page) -> bool;
    #[wasm_bindgen(method, js_name = isFocused)]
    pub fn is_focused(this: &Page) -> bool;
    #[wasm_bindgen(method)]
    pub fn focus(this: &Page);
    #[wasm_bindgen(method)]
    pub fn blur(this: &Page);
    #[wasm_bindgen(method)]
    pub fn value(this: &Page) -> String;
    #[wasm_bindgen(method)]
    pub fn write(this: &Page, text: &str);
    #[wasm_bindgen(method)]
    pub fn set(this: &Page, part: &str, name: &str, value: Option<&str>);
    #[wasm_bindgen(method)]
    pub fn activate(this: &Page, index: i32);
    #[wasm_bindgen(method)]
    pub fn list(this: &Page, response: &JsValue);
    #[wasm_bindgen(method)]
    pub fn sentence(this: &Page, key: &str, value: &str) -> String;
    #[wasm_bindgen(method)]
    pub fn said(this: &Page) -> String;
    #[wasm_bindgen(method)]
    pub fn say(this: &Page, text: &str, pause: i32);
}

impl Page {
    /// Hides a part, or shows it.
    pub fn hide(&self, part: &str, hidden: bool) {
        self.set(part, "hidden", hidden.then_some(""));
    }
}
