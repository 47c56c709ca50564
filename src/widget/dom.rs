//! Small tools of the view: elements with text, and listeners and timers that undo themselves when dropped.

use wasm_bindgen::{JsCast, UnwrapThrowExt, prelude::Closure};
use web_sys::{AddEventListenerOptions, Document, Event, EventTarget, HtmlElement, Node, Window};

use super::present::Piece;

/// The page's window.
pub fn window() -> Window {
    web_sys::window().expect_throw("the widget lives in a window")
}

/// A listener on an element; dropping it removes it.
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    capture: bool,
    call: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens to `kind` on `target` while the element's own listeners run.
    pub fn new(target: &EventTarget, kind: &'static str, call: impl FnMut(Event) + 'static) -> Listener {
        Listener::add(target, kind, false, call)
    }

    /// Listens before any listener inside `target` could stop the event.
    pub fn capturing(target: &EventTarget, kind: &'static str, call: impl FnMut(Event) + 'static) -> Listener {
        Listener::add(target, kind, true, call)
    }

    fn add(target: &EventTarget, kind: &'static str, capture: bool, call: impl FnMut(Event) + 'static) -> Listener {
        let call = Closure::new(call);
        let options = AddEventListenerOptions::new();
        options.set_capture(capture);
        target
            .add_event_listener_with_callback_and_add_event_listener_options(
                kind,
                call.as_ref().unchecked_ref(),
                &options,
            )
            .expect_throw("a known event takes a function");
        Listener { target: target.clone(), kind, capture, call }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let call = self.call.as_ref().unchecked_ref();
        // Removing fails on nothing that adding accepted.
        let _ = self.target.remove_event_listener_with_callback_and_bool(self.kind, call, self.capture);
    }
}

/// Something done once, later; dropping it calls it off.
pub struct Timer {
    handle: i32,
    _call: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `call` after so many milliseconds.
    pub fn new(milliseconds: i32, call: impl FnOnce() + 'static) -> Timer {
        let call = Closure::once(call);
        let handle = window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(call.as_ref().unchecked_ref(), milliseconds)
            .expect_throw("a timer takes a function");
        Timer { handle, _call: call }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        window().clear_timeout_with_handle(self.handle);
    }
}

/// A new element with this class.
pub fn element(document: &Document, tag: &str, class: &str) -> HtmlElement {
    let element = document.create_element(tag).expect_throw("a known tag");
    element.set_class_name(class);
    element.unchecked_into()
}

/// A new element with this class and text.
pub fn with_text(document: &Document, tag: &str, class: &str, text: &str) -> HtmlElement {
    let element = element(document, tag, class);
    element.set_text_content(Some(text));
    element
}

/// Adds a child at the end.
pub fn append(parent: &Node, child: &Node) {
    parent.append_child(child).expect_throw("a new node fits anywhere");
}

/// Adds pieces at the end, the marked ones as `<mark>`. Text stays text, whatever it looks like.
pub fn append_pieces(document: &Document, parent: &Node, pieces: &[Piece]) {
    for piece in pieces {
        if piece.marked {
            append(parent, &with_text(document, "mark", "", piece.text));
        } else {
            append(parent, &document.create_text_node(piece.text));
        }
    }
}

/// Sets an attribute whose name is known to be good.
pub fn set(element: &HtmlElement, name: &str, value: &str) {
    element.set_attribute(name, value).expect_throw("a known attribute");
}
