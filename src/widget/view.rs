//! Shows a [`State`] in the elements that the loader painted. It never writes into the text box.

use std::rc::Rc;

use wasm_bindgen::UnwrapThrowExt;
use web_sys::{Document, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{
    dom::{Timer, append, append_pieces, element, set, window, with_text},
    present::{self, Piece},
    state::{Message, State},
};
use crate::wire::{Hit, Parts, Response, Strings};

/// How long the status line waits for the visitor to pause, in milliseconds: a screen reader would else be cut off by
/// every keystroke, and the eye distracted.
const PAUSE: i32 = 400;

/// The elements, and what they show now, so that only what changed is touched.
pub struct View {
    document: Document,
    parts: Rc<Parts>,
    strings: Strings,
    list: Option<Rc<Response>>,
    options: Vec<HtmlElement>,
    card: Option<Rc<Hit>>,
    message: Message,
    pending: Option<Timer>,
}

impl View {
    /// A view that shows nothing yet.
    pub fn new(parts: Rc<Parts>, strings: Strings) -> View {
        let document = window().document().expect_throw("a window has a document");
        View {
            document,
            parts,
            strings,
            list: None,
            options: Vec::new(),
            card: None,
            message: Message::Silent,
            pending: None,
        }
    }

    /// Brings the elements in line with the state.
    pub fn show(&mut self, state: &State) {
        let shown = state.shown();
        self.show_list(shown.map(|(response, _)| response));
        self.show_active(state.active());
        let open = state.is_open();
        set(&self.parts.input, "aria-expanded", if open { "true" } else { "false" });
        self.parts.popup.set_hidden(!open);
        self.parts.clear.set_hidden(state.text().is_empty());
        let dimmed = shown.is_some_and(|(_, dimmed)| dimmed);
        self.parts.popup.class_list().toggle_with_force("dimmed", dimmed).expect_throw("a known class");
        self.show_card(state.card());
        self.say(state.message());
    }

    fn show_list(&mut self, response: Option<&Rc<Response>>) {
        let same = match (&self.list, response) {
            (Some(old), Some(new)) => Rc::ptr_eq(old, new),
            (None, None) => true,
            _ => false,
        };
        if same {
            return;
        }
        self.list = response.cloned();
        self.parts.list.set_text_content(None);
        let hits = response.map_or(&[][..], |response| &response.hits);
        self.options = hits.iter().enumerate().map(|(index, hit)| self.option(index, hit)).collect();
        for option in &self.options {
            append(&self.parts.list, option);
        }
        let more = response.map_or(0, |response| response.total.saturating_sub(hits.len() as u32));
        let more = (more > 0).then(|| self.strings.fill("more", &more.to_string()));
        self.parts.more.set_text_content(more.as_deref());
        self.parts.more.set_hidden(more.is_none());
    }

    fn option(&self, index: usize, hit: &Hit) -> HtmlElement {
        let summary = present::summary(hit);
        let option = element(&self.document, "li", "option");
        set(&option, "role", "option");
        set(&option, "id", &format!("option-{index}"));
        set(&option, "aria-selected", "false");
        set(&option, "data-index", &index.to_string());
        let head = element(&self.document, "div", "head");
        self.append_span(&head, "name", &summary.name);
        self.append_span(&head, "kind", &summary.kind);
        // Only what the eye cannot see for itself: matches of the letters as typed have no word in the table.
        if let Some(how) = self.strings.get(&format!("how.{}", hit.how)) {
            append(&head, &with_text(&self.document, "span", "how", &how));
        }
        append(&option, &head);
        if !summary.facts.is_empty() {
            let line = element(&self.document, "div", "facts");
            for fact in &summary.facts {
                self.append_span(&line, "fact", fact);
            }
            append(&option, &line);
        }
        for also in &summary.also {
            let line = element(&self.document, "div", "also");
            let label = match also.label {
                "" => self.strings.get(&format!("field.{}", also.field)).unwrap_or_default(),
                label => label.to_owned(),
            };
            append(&line, &with_text(&self.document, "span", "heading", &label));
            self.append_span(&line, "value", &also.pieces);
            append(&option, &line);
        }
        option
    }

    fn append_span(&self, parent: &HtmlElement, class: &str, pieces: &[Piece]) {
        if !pieces.is_empty() {
            let span = element(&self.document, "span", class);
            append_pieces(&self.document, &span, pieces);
            // A space that only a screen reader meets: else it runs name and type together.
            append(parent, &self.document.create_text_node(" "));
            append(parent, &span);
        }
    }

    fn show_active(&self, active: Option<usize>) {
        let options = &self.options;
        for (index, option) in options.iter().enumerate() {
            set(option, "aria-selected", if active == Some(index) { "true" } else { "false" });
        }
        let Some(option) = active.and_then(|index| options.get(index)) else {
            self.parts.input.remove_attribute("aria-activedescendant").expect_throw("a known attribute");
            return;
        };
        set(&self.parts.input, "aria-activedescendant", &option.id());
        let nearest = ScrollIntoViewOptions::new();
        nearest.set_block(ScrollLogicalPosition::Nearest);
        option.scroll_into_view_with_scroll_into_view_options(&nearest);
    }

    fn show_card(&mut self, hit: Option<&Rc<Hit>>) {
        let same = match (&self.card, hit) {
            (Some(old), Some(new)) => Rc::ptr_eq(old, new),
            (None, None) => true,
            _ => false,
        };
        if same {
            return;
        }
        self.card = hit.cloned();
        self.parts.card.set_text_content(None);
        self.parts.card.set_hidden(hit.is_none());
        let Some(hit) = hit else { return };
        let head = element(&self.document, "div", "card-head");
        let name = with_text(&self.document, "h2", "card-name", &hit.name);
        append(&head, &name);
        let close = with_text(&self.document, "button", "card-close", &self.strings.get("close").unwrap_or_default());
        set(&close, "type", "button");
        append(&head, &close);
        append(&self.parts.card, &head);
        for role in &hit.roles {
            append(&self.parts.card, &self.role(role, hit));
        }
    }

    fn role(&self, role: &crate::wire::Role, hit: &Hit) -> HtmlElement {
        let section = element(&self.document, "div", "role");
        append(&section, &with_text(&self.document, "h3", "role-title", present::title(role, hit)));
        let table = element(&self.document, "dl", "cells");
        for row in present::rows(role) {
            append(&table, &with_text(&self.document, "dt", "", row.label));
            for value in row.values {
                append(&table, &self.value(value));
            }
        }
        append(&section, &table);
        section
    }

    fn value(&self, text: &str) -> HtmlElement {
        if !present::is_address(text) {
            return with_text(&self.document, "dd", "", text);
        }
        let link = with_text(&self.document, "a", "", text);
        set(&link, "href", text);
        set(&link, "rel", "noopener noreferrer");
        let value = element(&self.document, "dd", "");
        append(&value, &link);
        value
    }

    fn say(&mut self, message: Message) {
        if message == self.message {
            return;
        }
        let text = self.sentence(&message);
        let status = &self.parts.status;
        // Whatever was about to be said is out of date.
        self.pending = None;
        if matches!(message, Message::Silent | Message::Shown | Message::Failed(_)) {
            status.set_text_content(Some(&text));
        } else if status.text_content().as_ref() != Some(&text) {
            // An answer in this page takes a moment: what was said of the last one stands until then.
            if message != Message::Searching {
                status.set_text_content(None);
            }
            let status = status.clone();
            self.pending = Some(Timer::new(PAUSE, move || status.set_text_content(Some(&text))));
        }
        self.message = message;
    }

    fn sentence(&self, message: &Message) -> String {
        match message {
            Message::Silent => String::new(),
            Message::Searching => self.strings.get("searching").unwrap_or_default(),
            Message::Found(total) => self.strings.fill("found", &total.to_string()),
            Message::Nothing(text) => self.strings.fill("nothing", text),
            Message::Shown => self.strings.get("shown").unwrap_or_default(),
            Message::Failed(code) => self.failure(code),
        }
    }

    fn failure(&self, code: &str) -> String {
        let sentence = self.strings.get(&format!("error.{code}")).or_else(|| self.strings.get("error.search-failed"));
        sentence.unwrap_or_default() + &self.strings.fill("code", code)
    }
}

impl Drop for View {
    /// Leaves the elements as the loader painted them; the text in the box is the visitor's and stays.
    fn drop(&mut self) {
        for part in [&self.parts.list, &self.parts.more, &self.parts.status, &self.parts.card] {
            part.set_text_content(None);
        }
        for part in [&self.parts.popup, &self.parts.more, &self.parts.card, &self.parts.clear] {
            part.set_hidden(true);
        }
        set(&self.parts.input, "aria-expanded", "false");
        // Neither can fail for names that are good; there is nobody to tell in any case.
        let _ = self.parts.input.remove_attribute("aria-activedescendant");
        let _ = self.parts.popup.class_list().remove_1("dimmed");
    }
}
