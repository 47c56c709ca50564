//! The automaton over keys of names, and the walk that asks the FST with it.
//!
//! It is an [`fst::Automaton`], so the crate's own streams can run it. The engine walks the nodes itself: once all keystrokes are
//! spent, every key below is a match, and those are consecutive numbers, so it reports the range instead of visiting each
//! (a single letter matches a tenth of a directory).

use super::steps::{Keys, Layer, Sets, step};
use crate::index::{Index, Letters, Names, Next, Pages, Place};
use fst::raw::Node;
use std::ops::Range;

/// Matches keys of names that begin as the keystrokes say.
pub struct KeyAutomaton<'a> {
    letters: &'a Letters,
    pages: &'a Pages,
    keys: Keys<'a>,
    /// For each keystroke, the initials of the letters that begin with it, one bit each: a sieve, [`step`] decides.
    initials: Vec<u32>,
}

/// Between bytes of a key.
#[derive(Debug, Clone, Copy)]
pub struct State {
    /// What may be spent before the present letter.
    sets: Sets,
    place: Place,
    /// How many letters are read.
    depth: u32,
}

impl<'a> KeyAutomaton<'a> {
    /// An automaton for these keystrokes.
    pub fn new(index: &'a Index, keys: Keys<'a>) -> KeyAutomaton<'a> {
        let letters = index.letters();
        let initials = keys.all.iter().map(|key| letters.initials_begun_by(*key)).collect();
        KeyAutomaton { letters, pages: index.names().pages(), keys, initials }
    }

    /// Reads one byte; `None` when no key that goes on so can match.
    fn read(&self, state: &State, byte: u8) -> Option<State> {
        match state.place.accept(self.letters, self.pages, byte)? {
            Next::Page(place) => {
                let worth = match place {
                    Place::Page(_, _, Some(initial)) => {
                        let spent = state.sets.any();
                        let begins =
                            |(at, initials): (usize, &u32)| spent >> at & 1 == 1 && initials >> initial & 1 == 1;
                        self.initials.iter().enumerate().any(begins)
                    }
                    _ => true,
                };
                worth.then_some(State { place, ..*state })
            }
            Next::Letter(id) => {
                let sets = step(&state.sets, self.letters, id, &self.keys);
                (!sets.is_empty()).then_some(State { sets, place: Place::Boundary, depth: state.depth + 1 })
            }
        }
    }
}

impl fst::Automaton for KeyAutomaton<'_> {
    type State = Option<State>;

    fn start(&self) -> Option<State> {
        Some(State { sets: Sets::START, place: Place::Boundary, depth: 0 })
    }

    /// Whether all keystrokes were spent by the last letter read.
    fn is_match(&self, state: &Option<State>) -> bool {
        state.as_ref().is_some_and(|s| s.place == Place::Boundary && s.sets.accepts(self.keys.all.len()).is_some())
    }

    fn can_match(&self, state: &Option<State>) -> bool {
        state.is_some()
    }

    fn accept(&self, state: &Option<State>, byte: u8) -> Option<State> {
        self.read(state.as_ref()?, byte)
    }
}

/// Names that begin as the keystrokes say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefixed {
    /// Consecutive numbers of [`Names::texts`].
    pub names: Range<u32>,
    /// By what.
    pub layer: Layer,
    /// How many keystrokes are spent.
    pub keys: usize,
    /// How many letters are matched.
    pub depth: u32,
}

/// Reports every range of names that begin as the keystrokes say; a name may stand in several, by several layers.
///
/// Visits each node at most once for each key below it, which `Index::read` has counted.
pub fn prefixed(index: &Index, automaton: &KeyAutomaton<'_>, report: &mut dyn FnMut(Prefixed)) {
    if let Some(start) = fst::Automaton::start(automaton) {
        walk(index.names(), automaton, index.names().fst().root(), 0, &start, report);
    }
}

/// Walks on from a node below which `first` is the first name.
fn walk(
    names: &Names,
    automaton: &KeyAutomaton<'_>,
    node: Node<'_>,
    mut first: u32,
    state: &State,
    report: &mut dyn FnMut(Prefixed),
) {
    let n = automaton.keys.all.len();
    first += u32::from(node.is_final());
    for arrow in node.transitions() {
        let below = first..first + names.below(arrow.addr);
        first = below.end;
        let Some(mut next) = automaton.read(state, arrow.inp) else { continue };
        if next.place == Place::Boundary {
            for keys in automaton.keys.ends() {
                if let Some(layer) = next.sets.accepts(keys) {
                    report(Prefixed { names: below.clone(), layer, keys, depth: next.depth });
                }
            }
            next.sets = next.sets.unfinished(n);
            if next.sets.is_empty() {
                continue;
            }
        }
        walk(names, automaton, names.fst().node(arrow.addr), below.start, &next, report);
    }
}
