//! The box come to life: what is heard turns into events, events change the state, the view shows it.
//!
//! ```text
//! DOM event ─▶ Event ─▶ State::on ─▶ Effect ─▶ source, host, text box
//!                           └──────▶ View::show ─▶ DOM
//! ```
//!
//! [`attach`] and [`Widget::detach`] undo each other. The page calls the widget's methods rather than closures: those cost
//! more, and would be a second kind of thing to give back.

pub mod state;
mod view;

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::page::{self, Page};
use crate::wire::{self, Hit, Response};
use state::{Effect, Event, Key, State};
use view::View;

/// What the loader must have painted, and keeps; the widget only changes what they say.
///
/// `host` is `<expert-search>` itself; `field` holds all that is above the card: in its `bar` `input`, the combobox, `clear`, the button that
/// empties it, and `shut`, which ends a sheet; `popup`, what drops down: a `note` of what was left out, the `list` of options and the button for
/// `more`; and `status`, the live region. In `card` the chosen record is shown.
const PARTS: [&str; 12] =
    ["host", "field", "bar", "input", "clear", "shut", "popup", "note", "list", "more", "status", "card"];

/// What the page lets us hear.
#[derive(Clone, Copy)]
enum Signal {
    Typed,
    CompositionStarted,
    CompositionEnded,
    Key,
    Pressed,
    Left,
    Held,
    Cleared,
    Shut,
    MoreClicked,
    ListClicked,
    CardClicked,
    PointedAnywhere,
}

/// On which part which DOM event is which signal.
const SIGNALS: [(&str, &str, Signal); 15] = [
    ("input", "input", Signal::Typed),
    ("input", "compositionstart", Signal::CompositionStarted),
    ("input", "compositionend", Signal::CompositionEnded),
    ("input", "keydown", Signal::Key),
    ("input", "click", Signal::Pressed),
    ("input", "blur", Signal::Left),
    ("popup", "mousedown", Signal::Held),
    ("clear", "mousedown", Signal::Held),
    ("clear", "click", Signal::Cleared),
    ("shut", "mousedown", Signal::Held),
    ("shut", "click", Signal::Shut),
    ("more", "click", Signal::MoreClicked),
    ("list", "click", Signal::ListClicked),
    ("card", "click", Signal::CardClicked),
    ("document", "pointerdown", Signal::PointedAnywhere),
];

/// A box that is alive until [`Widget::detach`].
#[wasm_bindgen]
pub struct Widget {
    page: Page,
    source: JsValue,
    state: RefCell<State>,
    view: RefCell<Option<View>>,
}

/// Brings the loader's elements to life; text and composition that are already there are taken over.
///
/// `parts` holds the elements by name, `composing`, `recent`, and what the loader does itself: `paint(response)` the list, make a
/// `sentence(key, value)`, `choose(hit, aside)`, `show(hit)` under the box. `source` is an object with
/// `search(request): Promise<response>`. Returns a [`Widget`].
///
/// # Errors
///
/// Throws `{code: "bad-value", message}` with the name of a part that is missing.
#[wasm_bindgen]
pub fn attach(parts: JsValue, source: JsValue) -> Result<JsValue, JsValue> {
    let page = Page::new(parts);
    if let Some(missing) = PARTS.into_iter().find(|part| !page.has(part)) {
        return Err(wire::failure("bad-value", missing));
    }
    let view = RefCell::new(Some(View::new(page.clone())));
    let widget = Widget { page: page.clone(), source, state: RefCell::default(), view };
    widget.on(Event::Attached {
        text: page.value(),
        composing: page.is_composing(),
        focused: page.is_focused(),
        recent: page.recent(),
    });
    let widget: JsValue = widget.into();
    page.serve(&widget);
    for (number, (part, kind, _)) in SIGNALS.into_iter().enumerate() {
        page.listen(part, kind, number as u32);
    }
    Ok(widget)
}

#[wasm_bindgen]
impl Widget {
    /// Removes every listener and everything shown; the elements and the text in the box stay. Once is enough.
    pub fn detach(&self) {
        self.page.leave();
        self.state.take();
        if let Some(mut view) = self.view.take() {
            // A box that nothing has happened to looks as the loader painted it.
            view.show(&self.state.borrow());
        }
    }

    /// For the page: the signal with this number came with this event. True when it is used up.
    pub fn hear(&self, signal: usize, event: &page::Event) -> bool {
        let Some((_, _, signal)) = SIGNALS.get(signal) else { return false };
        let event = match signal {
            Signal::Typed => Event::Typed { text: self.page.value(), composing: page::is_composing(event) },
            Signal::CompositionStarted => Event::CompositionStarted,
            Signal::CompositionEnded => Event::CompositionEnded { text: self.page.value() },
            Signal::Key => match key_of(&page::chord(event)) {
                Some(key) => return self.on(Event::Key { key, ime: page::is_composing(event) }),
                None => return false,
            },
            Signal::Pressed => Event::Pressed,
            Signal::Left => Event::Left { touch: page::is_put_away(event) },
            // The list and the button must not take the focus from the box: the keyboard of a phone would go with it.
            Signal::Held => return true,
            Signal::Cleared => Event::Cleared,
            // Beside the options it is -1, a number that no option has.
            Signal::ListClicked => {
                Event::Clicked { index: page::place_of(event, "[role=option]") as usize, aside: page::is_aside(event) }
            }
            Signal::MoreClicked => Event::More,
            Signal::Shut => {
                self.page.blur();
                Event::Dismissed
            }
            Signal::CardClicked if page::place_of(event, ".card-close") >= 0 => Event::CardClosed,
            Signal::PointedAnywhere if !self.page.holds(event) => Event::Dismissed,
            Signal::CardClicked | Signal::PointedAnywhere => return false,
        };
        let button = matches!(event, Event::Cleared | Event::CardClosed);
        self.on(event);
        if button {
            self.page.focus();
        }
        false
    }

    /// For the loader: the source knows more than before, so what stands in the box is asked again.
    pub fn renew(&self) {
        self.on(Event::Renewed);
    }

    /// For the loader: the page's address names this record, or none: what the visitor chose before is shown again, or no more.
    pub fn show(&self, hit: JsValue) {
        let name = page::text(&hit, "name");
        self.on(match name.is_empty() {
            true => Event::CardClosed,
            false => Event::Chosen { hit: Rc::new(Hit { name, original: hit }), prevented: false },
        });
    }

    /// For the page: the source answered the question with this number with this value, or failed with it.
    pub fn answer(&self, sequence: u32, value: JsValue, failed: bool) {
        let answer = match failed {
            false => Ok(Response::read(value)),
            true => Err(wire::code_of(&value)),
        };
        self.on(Event::Answered { sequence, answer });
    }

    /// Takes an event; tells whether it was a key that is now used up.
    fn on(&self, event: Event) -> bool {
        let reaction = self.state.borrow_mut().on(event);
        // Sources, the host's listeners and those of the text box may do anything now, even detach: no borrow is held.
        match reaction.effect {
            Effect::None => {}
            Effect::Write(text) => {
                self.page.write(&text);
                self.on(Event::Typed { text, composing: false });
            }
            Effect::Search { sequence, text, limit } => self.page.ask(&self.source, sequence, &text, limit),
            Effect::Choose { hit, aside } => {
                let prevented = !self.page.announce(&hit.original, aside);
                self.on(Event::Chosen { hit, prevented });
            }
        }
        if let Some(view) = &mut *self.view.borrow_mut() {
            view.show(&self.state.borrow());
        }
        reaction.handled
    }
}

/// The combobox key that was pressed; none with modifiers that make it a text-editing or browser key.
fn key_of(chord: &str) -> Option<Key> {
    match chord {
        "ArrowDown" => Some(Key::Down),
        "ArrowUp" => Some(Key::Up),
        "altKey+ArrowDown" => Some(Key::Open),
        "altKey+ArrowUp" => Some(Key::Close),
        "Enter" => Some(Key::Enter),
        "ctrlKey+Enter" | "metaKey+Enter" => Some(Key::Aside),
        "Escape" => Some(Key::Escape),
        _ => None,
    }
}
