//! Shows a [`State`] in the elements that the loader painted. It never writes into the text box.

use std::rc::Rc;

use super::{
    present::{self, Piece},
    state::{Message, State},
};
use crate::page::Page;
use crate::wire::{Hit, Response, Role, Strings};

/// How long the status line waits for the visitor to pause, in milliseconds: a screen reader would else be cut off by
/// every keystroke, and the eye distracted.
const PAUSE: i32 = 400;

/// The page, and what it shows now, so that only what changed is painted.
pub struct View {
    page: Page,
    strings: Strings,
    list: Option<Rc<Response>>,
    card: Option<Rc<Hit>>,
    message: Message,
}

impl View {
    /// A view that shows nothing yet.
    pub fn new(page: Page, strings: Strings) -> View {
        View { page, strings, list: None, card: None, message: Message::Silent }
    }

    /// Brings the elements in line with the state.
    pub fn show(&mut self, state: &State) {
        let shown = state.shown();
        self.show_list(shown.map(|(response, _)| response));
        self.page.activate(state.active().map_or(-1, |index| index as i32));
        let open = state.is_open();
        self.page.set("input", "aria-expanded", Some(if open { "true" } else { "false" }));
        self.page.hide("popup", !open);
        self.page.hide("clear", state.text().is_empty());
        let dimmed = shown.is_some_and(|(_, dimmed)| dimmed);
        self.page.set("popup", "class", Some(if dimmed { "popup dimmed" } else { "popup" }));
        self.show_card(state.card());
        self.say(state.message());
    }

    fn show_list(&mut self, response: Option<&Rc<Response>>) {
        if is_same(self.list.as_ref(), response) {
            return;
        }
        self.list = response.cloned();
        let hits = response.map_or(&[][..], |response| &response.hits);
        for (index, hit) in hits.iter().enumerate() {
            self.paint_option(index, hit);
        }
        self.page.show("list");
        let more = response.map_or(0, |response| response.total.saturating_sub(hits.len() as u32));
        if more > 0 {
            self.page.text(&self.strings.fill("more", &more.to_string()));
        }
        self.page.show("more");
        self.page.hide("more", more == 0);
    }

    fn paint_option(&self, index: usize, hit: &Hit) {
        let page = &self.page;
        let summary = present::summary(hit);
        page.element("li", "option", || {
            page.attribute("role", "option");
            page.attribute("id", &["option-", &index.to_string()].concat());
            page.element("div", "head", || {
                self.paint_pieces("name", &summary.name);
                self.paint_pieces("kind", &summary.kind);
                // Only what the eye cannot see for itself: matches of the letters as typed have no word in the table.
                let how = self.strings.get("how.", &hit.how);
                if !how.is_empty() {
                    page.leaf("span", "how", &how);
                }
            });
            if !summary.facts.is_empty() {
                page.element("div", "facts", || {
                    for fact in &summary.facts {
                        self.paint_pieces("fact", fact);
                    }
                });
            }
            for also in &summary.also {
                page.element("div", "also", || {
                    match also.label {
                        "" => page.leaf("span", "heading", &self.strings.get("field.", also.field)),
                        label => page.leaf("span", "heading", label),
                    }
                    self.paint_pieces("value", &also.pieces);
                });
            }
        });
    }

    fn paint_pieces(&self, class: &str, pieces: &[Piece]) {
        if pieces.is_empty() {
            return;
        }
        // A space that only a screen reader meets: else it runs name and type together.
        self.page.text(" ");
        self.page.element("span", class, || {
            for piece in pieces {
                match piece.marked {
                    true => self.page.leaf("mark", "", piece.text),
                    false => self.page.text(piece.text),
                }
            }
        });
    }

    fn show_card(&mut self, hit: Option<&Rc<Hit>>) {
        if is_same(self.card.as_ref(), hit) {
            return;
        }
        self.card = hit.cloned();
        if let Some(hit) = hit {
            self.page.element("div", "card-head", || {
                self.page.leaf("h2", "card-name", &hit.name);
                self.page.element("button", "card-close", || {
                    self.page.attribute("type", "button");
                    self.page.text(&self.strings.get("", "close"));
                });
            });
            for role in &hit.roles {
                self.paint_role(role, hit);
            }
        }
        self.page.show("card");
        self.page.hide("card", hit.is_none());
    }

    fn paint_role(&self, role: &Role, hit: &Hit) {
        let page = &self.page;
        page.element("div", "role", || {
            page.leaf("h3", "role-title", present::title(role, hit));
            page.element("dl", "cells", || {
                for row in present::rows(role) {
                    page.leaf("dt", "", row.label);
                    for value in row.values {
                        page.element("dd", "", || self.paint_value(value));
                    }
                }
            });
        });
    }

    fn paint_value(&self, text: &str) {
        if !present::is_address(text) {
            return self.page.text(text);
        }
        self.page.element("a", "", || {
            self.page.attribute("href", text);
            self.page.attribute("rel", "noopener noreferrer");
            self.page.text(text);
        });
    }

    fn say(&mut self, message: Message) {
        if message == self.message {
            return;
        }
        let text = match &message {
            Message::Silent => String::new(),
            Message::Searching => self.strings.get("", "searching"),
            Message::Found(total) => self.strings.fill("found", &total.to_string()),
            Message::Nothing(text) => self.strings.fill("nothing", text),
            Message::Shown => self.strings.get("", "shown"),
            Message::Failed(code) => self.failure(code),
        };
        let at_once = matches!(message, Message::Silent | Message::Shown | Message::Failed(_));
        // An answer in this page takes a moment: what was said of the last one stands until then.
        if !at_once && message != Message::Searching && self.page.said() != text {
            self.page.say("", 0);
        }
        self.page.say(&text, if at_once { 0 } else { PAUSE });
        self.message = message;
    }

    fn failure(&self, code: &str) -> String {
        let sentence = match self.strings.get("error.", code) {
            unknown if unknown.is_empty() => self.strings.get("error.", "search-failed"),
            sentence => sentence,
        };
        sentence + &self.strings.fill("code", code)
    }
}

fn is_same<T>(old: Option<&Rc<T>>, new: Option<&Rc<T>>) -> bool {
    old.map(Rc::as_ptr) == new.map(Rc::as_ptr)
}
