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
        /// Whether the source has something to say to an empty box: recent searches.
        recent: bool,
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
    Clicked {
        /// Its number; one that no option has beside the options.
        index: usize,
        /// Whether with Ctrl or Cmd held: what it leads to belongs in another tab.
        aside: bool,
    },
    /// More options were asked for.
    More,
    /// The source knows more than when it was last asked.
    Renewed,
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
    /// Ctrl+Enter, Cmd+Enter: in another tab, if it leads to a page.
    Aside,
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
        /// How many hits are wanted.
        limit: u32,
    },
    /// Tell the host of this choice, then bring [`Event::Chosen`].
    Choose {
        /// What was chosen.
        hit: Rc<Hit>,
        /// Whether its page belongs in another tab.
        aside: bool,
    },
    /// Write this into the box, then bring it as [`Event::Typed`].
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
    /// So many were found, by all terms but these.
    Found(u32, String),
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
    /// How many hits the list holds at most.
    limit: u32,
    /// Whether the answer on its way only adds to the list, and where the active option then stands.
    goes_on: Option<Option<usize>>,
    /// Whether an empty box is a question too.
    recent: bool,
    card: Option<Rc<Hit>>,
}

/// How many options a list has at first: what fits on a screen and can be read before typing on.
pub const SCREENFUL: u32 = 10;
/// How many each "more" adds.
pub const MORE: u32 = 20;

impl State {
    /// Takes one event.
    pub fn on(&mut self, event: Event) -> Reaction {
        let effect = match event {
            Event::Key { ime: true, .. } => Effect::None,
            Event::Key { key, ime: false } => return self.key(key),
            Event::Attached { text, composing, focused, recent } => {
                self.recent = recent;
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
            Event::Clicked { index, aside } => self.choose(index, aside),
            Event::More => self.more(self.active),
            Event::Renewed => self.renew(),
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
        self.search(SCREENFUL)
    }

    fn search(&mut self, limit: u32) -> Effect {
        // Whatever is still on its way is late from here on.
        self.sequence = self.sequence.wrapping_add(1);
        self.failure = None;
        self.goes_on = None;
        self.limit = limit;
        self.waiting = self.asks();
        if self.waiting {
            return Effect::Search { sequence: self.sequence, text: self.text.clone(), limit };
        }
        self.results = None;
        self.kept = None;
        Effect::None
    }

    /// Whether what stands in the box is a question.
    fn asks(&self) -> bool {
        self.recent || !is_blank(&self.text)
    }

    /// Asks for more of the same; the active option will then be this one.
    fn more(&mut self, active: Option<usize>) -> Effect {
        if self.waiting || !self.has_more() {
            return Effect::None;
        }
        let effect = self.search(self.limit + MORE);
        self.goes_on = Some(active);
        effect
    }

    /// Whether the list could go on.
    fn has_more(&self) -> bool {
        self.shown().is_some_and(|(response, dimmed)| !dimmed && response.more() > 0)
    }

    /// Asks again, unless the visitor is about to choose: what stands under the finger stays.
    fn renew(&mut self) -> Effect {
        let stands = self.results.is_some() || self.waiting || self.failure.is_some();
        if stands && self.active.is_none() { self.search(self.limit) } else { Effect::None }
    }

    fn answered(&mut self, sequence: u32, answer: Result<Response, String>) {
        if sequence != self.sequence || !self.waiting {
            return;
        }
        self.waiting = false;
        self.active = self.goes_on.take().flatten();
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
                Some(index) => self.choose(index, false),
                None => self.step(1),
            },
            Key::Aside => match self.active() {
                Some(index) => self.choose(index, true),
                None => return Reaction { effect: Effect::None, handled: false },
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
            Key::Escape | Key::Close => {
                self.close();
                return Reaction { effect: Effect::None, handled: false };
            }
        };
        let handled = was_open || self.is_open() || !matches!(effect, Effect::None);
        Reaction { effect, handled }
    }

    /// Moves to the next or the previous option, round the ends; but where the list could go on, it does.
    fn step(&mut self, by: isize) -> Effect {
        let count = self.shown().map_or(0, |(response, _)| response.hits.len());
        if by == 1 && self.active.is_some_and(|active| active + 1 == count) && self.has_more() {
            return self.more(Some(count));
        }
        self.active = match (self.active, by) {
            (None, 1) => Some(0),
            (None, _) => count.checked_sub(1),
            (Some(index), _) => Some((index as isize + by).rem_euclid(count.max(1) as isize) as usize),
        };
        Effect::None
    }

    fn open(&mut self) -> Effect {
        self.wanted = true;
        // After a choice the box holds a name that has not been searched; and recent searches are others by then.
        let is_stale = self.results.is_none() || is_blank(&self.text);
        if is_stale && !self.waiting && self.asks() { self.search(SCREENFUL) } else { Effect::None }
    }

    fn close(&mut self) {
        self.wanted = false;
        self.active = None;
    }

    fn clear(&mut self) -> Effect {
        self.card = None;
        Effect::Write(String::new())
    }

    fn choose(&mut self, index: usize, aside: bool) -> Effect {
        let hit = self.shown().and_then(|(response, _)| response.hits.get(index).cloned());
        hit.map_or(Effect::None, |hit| Effect::Choose { hit, aside })
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

    /// Whether the visitor is about to choose: on a narrow screen the box is a sheet for that long.
    pub fn is_wanted(&self) -> bool {
        self.wanted
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
            // Nothing is said of recent searches, nor of a word that is not finished.
            Some(_) if is_blank(&self.text) => Message::Silent,
            Some(response) if response.hits.is_empty() && self.composing => Message::Silent,
            Some(response) if response.hits.is_empty() => Message::Nothing(self.text.trim_matches(' ').to_owned()),
            Some(response) if self.wanted => Message::Found(response.total, response.missing.clone()),
            Some(_) => Message::Silent,
            None if self.card.is_some() => Message::Shown,
            None => Message::Silent,
        }
    }
}

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests;
