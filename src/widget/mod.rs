//! The box come to life: listeners turn into events, events change the state, the view shows it.
//!
//! ```text
//! DOM event ─▶ Event ─▶ State::on ─▶ Effect ─▶ source, host, text box
//!                           └──────▶ View::show ─▶ DOM
//! ```
//!
//! [`attach`] and [`Widget::detach`] undo each other: listeners, timers and contents live in one value and go with it.

mod dom;
pub mod present;
pub mod state;
mod view;

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt, prelude::wasm_bindgen};
use web_sys::{CustomEvent, CustomEventInit, Element, EventTarget, InputEvent, KeyboardEvent, Node};

use crate::Source;
use crate::wire::{Hit, Parts, Request, Strings, Wire};
use dom::{Listener, window};
use state::{Effect, Event, Key, State};
use view::View;

/// How many options are shown: what fits on a screen and can be read before typing on.
const LIMIT: u32 = 10;

/// A box that is alive until [`Widget::detach`].
#[wasm_bindgen]
pub struct Widget {
    live: RefCell<Option<Rc<Live>>>,
}

/// Brings the loader's elements to life; text and composition that are already there are taken over.
///
/// `parts` are the elements ([`Parts`]), `source` an object with `search(request): Promise<response>`, `strings` the
/// table of sentences.
///
/// # Errors
///
/// Throws `{code: "bad-value", message}` when a part is missing.
#[wasm_bindgen]
pub fn attach(parts: &JsValue, source: Source, strings: JsValue) -> Result<Widget, JsValue> {
    let parts = Rc::new(Parts::read(parts).map_err(|failure| failure.to_js())?);
    let live = Rc::new_cyclic(|live| Live {
        listeners: listen(&parts, live),
        state: RefCell::default(),
        view: RefCell::new(View::new(parts.clone(), Strings::new(strings))),
        source,
        parts: parts.clone(),
    });
    let focused = parts.input.matches(":focus").unwrap_or(false);
    live.on(Event::Attached { text: parts.input.value(), composing: parts.composing, focused });
    Ok(Widget { live: RefCell::new(Some(live)) })
}

#[wasm_bindgen]
impl Widget {
    /// Removes every listener and everything shown; the elements and the text in the box stay. Once is enough.
    pub fn detach(&self) {
        self.live.take();
    }
}

struct Live {
    /// Held for their `Drop`.
    #[expect(dead_code)]
    listeners: Vec<Listener>,
    state: RefCell<State>,
    view: RefCell<View>,
    source: Source,
    parts: Rc<Parts>,
}

impl Live {
    /// Takes an event; tells whether it was a key that is now used up.
    fn on(self: &Rc<Live>, event: Event) -> bool {
        let reaction = self.state.borrow_mut().on(event);
        match reaction.effect {
            Effect::None => {}
            Effect::Write(text) => self.parts.input.set_value(&text),
            Effect::Search { sequence, text } => self.ask(sequence, text),
            Effect::Choose(hit) => {
                // The host's listeners run now and may do anything, even detach: no borrow is held here.
                let prevented = !self.announce(&hit);
                self.on(Event::Chosen { hit, prevented });
            }
        }
        self.view.borrow_mut().show(&self.state.borrow());
        reaction.handled
    }

    fn ask(self: &Rc<Live>, sequence: u32, text: String) {
        let answer = self.source.ask(&Request { text, limit: LIMIT });
        let live = Rc::downgrade(self);
        wasm_bindgen_futures::spawn_local(async move {
            let answer = answer.await.map_err(|failure| failure.code);
            if let Some(live) = live.upgrade() {
                live.on(Event::Answered { sequence, answer });
            }
        });
    }

    /// Tells the host what was chosen; false when it cancels the event because it shows the record itself.
    fn announce(&self, hit: &Hit) -> bool {
        let init = CustomEventInit::new();
        init.set_detail(&hit.to_js());
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event =
            CustomEvent::new_with_event_init_dict("expert-search:select", &init).expect_throw("a good event name");
        self.parts.host.dispatch_event(&event).unwrap_or(true)
    }

    fn key(self: &Rc<Live>, event: &KeyboardEvent) {
        let Some(key) = key_of(event) else { return };
        // Safari ends the composition before the key that ended it: only the code 229 still says so.
        let ime = event.is_composing() || event.key_code() == 229;
        if self.on(Event::Key { key, ime }) {
            event.prevent_default();
            event.stop_propagation();
        }
    }
}

/// The combobox key that was pressed; none with modifiers that make it a text-editing or browser key.
fn key_of(event: &KeyboardEvent) -> Option<Key> {
    if event.ctrl_key() || event.meta_key() || event.shift_key() {
        return None;
    }
    match (event.key().as_str(), event.alt_key()) {
        ("ArrowDown", false) => Some(Key::Down),
        ("ArrowUp", false) => Some(Key::Up),
        ("ArrowDown", true) => Some(Key::Open),
        ("ArrowUp", true) => Some(Key::Close),
        ("Enter", false) => Some(Key::Enter),
        ("Escape", false) => Some(Key::Escape),
        _ => None,
    }
}

fn listen(parts: &Rc<Parts>, live: &Weak<Live>) -> Vec<Listener> {
    let on = |target: &EventTarget, kind, act: fn(&Rc<Live>, web_sys::Event)| {
        let live = live.clone();
        Listener::new(target, kind, move |event| {
            if let Some(live) = live.upgrade() {
                act(&live, event);
            }
        })
    };
    let outside = live.clone();
    let document = window().document().expect_throw("a window has a document");
    vec![
        on(&parts.input, "input", |live, event| {
            let composing = event.dyn_ref::<InputEvent>().is_some_and(InputEvent::is_composing);
            live.on(Event::Typed { text: live.parts.input.value(), composing });
        }),
        on(&parts.input, "compositionstart", |live, _| {
            live.on(Event::CompositionStarted);
        }),
        on(&parts.input, "compositionend", |live, _| {
            live.on(Event::CompositionEnded { text: live.parts.input.value() });
        }),
        on(&parts.input, "keydown", |live, event| live.key(event.unchecked_ref())),
        on(&parts.input, "click", |live, _| {
            live.on(Event::Pressed);
        }),
        on(&parts.input, "blur", |live, _| {
            let touch = window().match_media("(hover: none)").ok().flatten().is_some_and(|query| query.matches());
            live.on(Event::Left { touch });
        }),
        // The list and the button must not take the focus from the box: the keyboard of a phone would go with it.
        on(&parts.popup, "mousedown", |_, event| event.prevent_default()),
        on(&parts.clear, "mousedown", |_, event| event.prevent_default()),
        on(&parts.clear, "click", |live, _| {
            live.on(Event::Cleared);
            focus(&live.parts);
        }),
        on(&parts.list, "click", |live, event| {
            if let Some(index) = closest(&event, "[role=option]").and_then(|option| option.get_attribute("data-index"))
            {
                live.on(Event::Clicked(index.parse().unwrap_or(usize::MAX)));
            }
        }),
        on(&parts.card, "click", |live, event| {
            if closest(&event, ".card-close").is_some() {
                live.on(Event::CardClosed);
                focus(&live.parts);
            }
        }),
        Listener::capturing(&document, "pointerdown", move |event| {
            let Some(live) = outside.upgrade() else { return };
            let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
            if !live.parts.host.contains(target.as_ref()) {
                live.on(Event::Dismissed);
            }
        }),
    ]
}

fn closest(event: &web_sys::Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}

fn focus(parts: &Parts) {
    // A box that is not rendered cannot take the focus; nothing is lost.
    let _ = parts.input.focus();
}
