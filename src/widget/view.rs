//! Shows a [`State`] in the elements that the loader painted. It never writes into the text box.

use std::rc::Rc;

use super::state::{Message, State};
use crate::page::Page;
use crate::wire::{Hit, Response};
use engine::text::decimal;

/// How long the status line waits for the visitor to pause, in milliseconds: a screen reader would else be cut off by
/// every keystroke, and the eye distracted.
const PAUSE: i32 = 400;

/// The page, and what it shows now, so that only what changed is painted.
pub struct View {
    page: Page,
    list: Option<Rc<Response>>,
    card: Option<Rc<Hit>>,
    message: Message,
}

impl View {
    /// A view that shows nothing yet.
    pub fn new(page: Page) -> View {
        View { page, list: None, card: None, message: Message::Silent }
    }

    /// Brings the elements in line with the state.
    pub fn show(&mut self, state: &State) {
        let shown = state.shown();
        let list = shown.map(|(response, _)| response);
        if !is_same(self.list.as_ref(), list) {
            self.list = list.cloned();
            self.page.list(&list.cloned().unwrap_or_default().original);
        }
        self.page.hide("clear", state.text().is_empty());
        let dimmed = shown.is_some_and(|(_, dimmed)| dimmed);
        self.page.set("popup", "class", Some(if dimmed { "popup dimmed" } else { "popup" }));
        let open = state.is_open();
        self.page.set("input", "aria-expanded", Some(if open { "true" } else { "false" }));
        self.page.drop(state.is_wanted(), open);
        self.page.activate(state.active().map_or(-1, |index| index as i32));
        let card = state.card();
        if !is_same(self.card.as_ref(), card) {
            self.card = card.cloned();
            self.page.card(&card.cloned().unwrap_or_default().original);
        }
        self.say(state.message());
    }

    fn say(&mut self, message: Message) {
        if message == self.message {
            return;
        }
        let (key, value) = match &message {
            Message::Silent => ("", ""),
            Message::Searching => ("searching", ""),
            Message::Found(total, _) => ("found", &*decimal(*total)),
            Message::Nothing(text) => ("nothing", text.as_str()),
            Message::Shown => ("shown", ""),
            Message::Failed(code) => ("error", code.as_str()),
        };
        let mut text = self.page.sentence(key, value);
        if let Message::Found(_, missing) = &message
            && !missing.is_empty()
        {
            text = self.page.sentence("without", missing) + &text;
        }
        let at_once = matches!(message, Message::Silent | Message::Shown | Message::Failed(_));
        // An answer in this page takes a moment: what was said of the last one stands until then.
        if !at_once && message != Message::Searching && self.page.said() != text {
            self.page.say("", 0);
        }
        self.page.say(&text, if at_once { 0 } else { PAUSE });
        self.message = message;
    }
}

fn is_same<T>(old: Option<&Rc<T>>, new: Option<&Rc<T>>) -> bool {
    old.map(Rc::as_ptr) == new.map(Rc::as_ptr)
}
