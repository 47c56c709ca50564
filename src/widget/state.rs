//! What the box is showing, as a pure function of what happened to it. Nothing here asks the browser.
//!
//! [`State::on`] takes one [`Event`] and says what to do outside ([`Effect`]); the view then shows the state.
//! The rules about input methods (the `Typed` and `Composition…` events) are the reason for keeping this apart: browsers
//! order those events differently, and the tests below replay the orders of each.

use std::rc::Rc;

use crate::wire::{Hit, Response};

/// What happened to the box.
#[derive(Debug, Clone)]
pub enum Event {
    /// The widget took over a box in which somebody may already be typing.
    Attached {
        /// The text already there.
        text: String,
        /// Whether an input method is in the middle of a word.
        composing: bool,
        /// Whether the visitor is in the box, and so expects the list.
        focused: bool,
    },
    /// The text changed (`input`), inside a composition or not.
    Typed {
        /// The whole text.
        text: String,
        /// The event's `isComposing`.
        composing: bool,
    },
    /// An input method began a word.
    CompositionStarted,
    /// It ended it. Chromium and Safari send no `input` after this, Firefox does: equal text is searched once.
    CompositionEnded {
        /// The whole text.
        text: String,
    },
    /// A key that could be ours was pressed.
    Key {
        /// Which.
        key: Key,
        /// Whether it belongs to an input method: `isComposing`, or key code 229 (Safari after `compositionend`).
        ime: bool,
    },
    /// The box was clicked or tapped.
    Pressed,
    /// The button that empties the box was pressed.
    Cleared,
    /// The focus went elsewhere.
    Left {
        /// On a touch screen this may only mean that the keyboard was put away to see the list.
        touch: bool,
    },
    /// Something outside was clicked or tapped.
    Dismissed,
    /// An option was clicked or tapped.
    Clicked(usize),
    /// The host has been told of the choice and left the rest to us, or not.
    Chosen {
        /// What was chosen.
        hit: Rc<Hit>,
        /// Whether the host cancelled the event because it shows the record itself.
        prevented: bool,
    },
    /// The card's close button was pressed.
    CardClosed,
    /// A source answered a question.
    Answered {
        /// The question's number.
        sequence: u32,
        /// The response, or a failure's code.
        answer: Result<Response, String>,
    },
}

/// The keys of a combobox; all others edit text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// ↓
    Down,
    /// ↑
    Up,
    /// Alt+↓: opens without moving.
    Open,
    /// Alt+↑: closes.
    Close,
    /// Enter
    Enter,
    /// Escape
    Escape,
}

/// What is to be done outside, at most one thing for each event.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Nothing.
    None,
    /// Ask the source, and bring the answer with this number.
    Search {
        /// The question's number.
        sequence: u32,
        /// The text to search.
        text: String,
    },
    /// Tell the host of this choice, then bring [`Event::Chosen`].
    Choose(Rc<Hit>),
    /// Write this into the box.
    Write(String),
}

/// What follows from an event.
#[derive(Debug, Clone)]
pub struct Reaction {
    /// What to do.
    pub effect: Effect,
    /// Whether the key was used up: the browser and the host page must not act on it too.
    pub handled: bool,
}

/// What the status line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Nothing.
    Silent,
    /// The source has not answered yet.
    Searching,
    /// So many were found.
    Found(u32),
    /// Nothing was found for this text.
    Nothing(String),
    /// The card shows what was chosen.
    Shown,
    /// The search failed with this code.
    Failed(String),
}

/// The box.
#[derive(Debug, Default)]
pub struct State {
    text: String,
    composing: bool,
    /// The number of the latest question; answers to earlier ones are late and dropped.
    sequence: u32,
    waiting: bool,
    /// The answer to the latest question, when it has come.
    results: Option<Rc<Response>>,
    /// The latest answer with hits: stays in sight, dimmed, while a half-composed word finds nothing.
    kept: Option<Rc<Response>>,
    failure: Option<String>,
    /// Whether the list may be open, if there is anything in it.
    wanted: bool,
    active: Option<usize>,
    card: Option<Rc<Hit>>,
}

impl State {
    /// Takes one event.
    pub fn on(&mut self, event: Event) -> Reaction {
        let effect = match event {
            Event::Key { ime: true, .. } => Effect::None,
            Event::Key { key, ime: false } => return self.key(key),
            Event::Attached { text, composing, focused } => {
                let effect = self.typed(text, composing);
                self.wanted &= focused;
                effect
            }
            Event::Typed { text, composing } => self.typed(text, composing),
            Event::CompositionStarted => {
                self.composing = true;
                Effect::None
            }
            Event::CompositionEnded { text } => self.typed(text, false),
            Event::Pressed => self.open(),
            Event::Cleared => self.clear(),
            Event::Left { touch } => {
                // A composition that loses the focus may end without `compositionend`.
                self.composing = false;
                if !touch {
                    self.close();
                }
                Effect::None
            }
            Event::Dismissed => {
                self.close();
                Effect::None
            }
            Event::Clicked(index) => self.choose(index),
            Event::Chosen { hit, prevented } => self.chosen(hit, prevented),
            Event::CardClosed => {
                self.card = None;
                Effect::None
            }
            Event::Answered { sequence, answer } => {
                self.answered(sequence, answer);
                Effect::None
            }
        };
        Reaction { effect, handled: false }
    }

    fn typed(&mut self, text: String, composing: bool) -> Effect {
        self.composing = composing;
        if text == self.text {
            return Effect::None;
        }
        self.text = text;
        self.wanted = true;
        self.active = None;
        self.search()
    }

    fn search(&mut self) -> Effect {
        // Whatever is still on its way is late from here on.
        self.sequence = self.sequence.wrapping_add(1);
        self.failure = None;
        self.waiting = !self.text.trim().is_empty();
        if self.waiting {
            return Effect::Search { sequence: self.sequence, text: self.text.clone() };
        }
        self.results = None;
        self.kept = None;
        Effect::None
    }

    fn answered(&mut self, sequence: u32, answer: Result<Response, String>) {
        if sequence != self.sequence || !self.waiting {
            return;
        }
        self.waiting = false;
        self.active = None;
        match answer {
            Ok(response) => {
                let response = Rc::new(response);
                if !response.hits.is_empty() {
                    self.kept = Some(response.clone());
                }
                self.results = Some(response);
            }
            Err(code) => {
                self.results = None;
                self.kept = None;
                self.failure = Some(code);
            }
        }
    }

    fn key(&mut self, key: Key) -> Reaction {
        let was_open = self.is_open();
        let effect = match key {
            Key::Down if was_open => self.step(1),
            Key::Up if was_open => self.step(-1),
            // Enter without a choice shows where the next Enter leads; it never chooses unasked.
            Key::Enter if was_open => match self.active {
                Some(index) => self.choose(index),
                None => self.step(1),
            },
            Key::Down | Key::Up | Key::Open | Key::Enter => {
                let effect = self.open();
                match key {
                    Key::Down if self.is_open() => self.step(1),
                    Key::Up if self.is_open() => self.step(-1),
                    _ => effect,
                }
            }
            Key::Escape | Key::Close if was_open => {
                self.close();
                Effect::None
            }
            Key::Escape if !self.text.is_empty() => self.clear(),
            Key::Escape | Key::Close => return Reaction { effect: Effect::None, handled: false },
        };
        let handled = was_open || self.is_open() || !matches!(effect, Effect::None);
        Reaction { effect, handled }
    }

    /// Moves to the next or the previous option, round the ends.
    fn step(&mut self, by: isize) -> Effect {
        let count = self.shown().map_or(0, |(response, _)| response.hits.len());
        self.active = match (self.active, by) {
            (None, 1) => Some(0),
            (None, _) => count.checked_sub(1),
            (Some(index), _) => Some((index as isize + by).rem_euclid(count.max(1) as isize) as usize),
        };
        Effect::None
    }

    fn open(&mut self) -> Effect {
        self.wanted = true;
        // After a choice the box holds a name that has not been searched.
        if self.results.is_none() && !self.waiting && !self.text.trim().is_empty() {
            self.search()
        } else {
            Effect::None
        }
    }

    fn close(&mut self) {
        self.wanted = false;
        self.active = None;
    }

    fn clear(&mut self) -> Effect {
        self.card = None;
        self.typed(String::new(), false);
        Effect::Write(String::new())
    }

    fn choose(&mut self, index: usize) -> Effect {
        let hit = self.shown().and_then(|(response, _)| response.hits.get(index).cloned());
        hit.map_or(Effect::None, Effect::Choose)
    }

    fn chosen(&mut self, hit: Rc<Hit>, prevented: bool) -> Effect {
        self.close();
        if prevented {
            return Effect::None;
        }
        self.text = hit.name.clone();
        self.sequence = self.sequence.wrapping_add(1);
        self.waiting = false;
        self.results = None;
        self.kept = None;
        self.card = Some(hit);
        Effect::Write(self.text.clone())
    }

    /// The answer in the list, and whether it is only an earlier one, kept in sight.
    pub fn shown(&self) -> Option<(&Rc<Response>, bool)> {
        let results = self.results.as_ref()?;
        if results.hits.is_empty() && self.composing {
            return self.kept.as_ref().map(|kept| (kept, true));
        }
        Some((results, false))
    }

    /// Whether the list is open: only ever with something in it.
    pub fn is_open(&self) -> bool {
        self.wanted && self.shown().is_some_and(|(response, _)| !response.hits.is_empty())
    }

    /// The option on which Enter acts, if the list is open.
    pub fn active(&self) -> Option<usize> {
        self.active.filter(|_| self.is_open())
    }

    /// The text in the box.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The record shown under the box.
    pub fn card(&self) -> Option<&Rc<Hit>> {
        self.card.as_ref()
    }

    /// What the status line says.
    pub fn message(&self) -> Message {
        if let Some(code) = &self.failure {
            return Message::Failed(code.clone());
        }
        if self.waiting {
            return Message::Searching;
        }
        match &self.results {
            Some(response) if response.hits.is_empty() && self.composing => Message::Silent,
            Some(response) if response.hits.is_empty() => Message::Nothing(self.text.trim().to_owned()),
            Some(response) if self.wanted => Message::Found(response.total),
            Some(_) => Message::Silent,
            None if self.card.is_some() => Message::Shown,
            None => Message::Silent,
        }
    }
}

#[cfg(test)]
mod tests;
