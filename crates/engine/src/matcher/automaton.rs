//! Automata over the keys of names, and the walk that asks the FST with them.
//!
//! They are [`fst::Automaton`]s, so the crate's own streams can run them. The engine walks the nodes itself: once all keystrokes are
//! spent, every key below is a match, and those are consecutive numbers, so it reports the range instead of visiting each
//! (a single letter matches a tenth of a directory).

use super::keys::{Keys, Span, members, range};
use super::steps::{Sets, step};
use crate::index::{Index, LetterId, Letters, Names, Next, Pages, Place};
use fst::raw::Node;
use std::ops::Range;

/// What reads a name letter by letter.
pub trait Reads {
    /// What it remembers between letters.
    type State: Copy;

    /// Before the first letter.
    fn start(&self) -> Self::State;

    /// After one more letter; `None` when no name that goes on so can match.
    fn read(&self, state: &Self::State, id: LetterId) -> Option<Self::State>;

    /// Whether the letters read are a match, whatever follows.
    fn is_match(&self, state: &Self::State) -> bool;

    /// Whether letters of this initial may be worth reading: a sieve, [`Reads::read`] decides.
    fn may_read(&self, state: &Self::State, initial: u8) -> bool;
}

/// Reads names that begin as keystrokes say, in any [`Layer`](super::Layer).
pub struct Beginning<'a> {
    keys: &'a Keys<'a>,
    span: Span,
}

impl<'a> Beginning<'a> {
    /// For this span of the keystrokes.
    pub fn new(keys: &'a Keys<'a>, span: Span) -> Beginning<'a> {
        Beginning { keys, span }
    }
}

impl Reads for Beginning<'_> {
    type State = Sets;

    fn start(&self) -> Sets {
        Sets::at(self.span.start)
    }

    fn read(&self, state: &Sets, id: LetterId) -> Option<Sets> {
        let sets = step(&state.unfinished(self.span.limit()), self.keys, &self.span, id);
        (!sets.is_empty()).then_some(sets)
    }

    fn is_match(&self, state: &Sets) -> bool {
        state.any() & self.span.ends != 0
    }

    fn may_read(&self, state: &Sets, initial: u8) -> bool {
        members(state.any() & range(0, self.span.limit())).any(|at| self.keys.initials(at) >> initial & 1 == 1)
    }
}

/// Reads the bytes of keys for what reads letters.
pub struct OverBytes<'a, R> {
    letters: &'a Letters,
    pages: &'a Pages,
    reads: R,
}

/// Between bytes of a key.
#[derive(Debug, Clone, Copy)]
pub struct State<S> {
    reads: S,
    place: Place,
}

impl<'a, R: Reads> OverBytes<'a, R> {
    /// For the names of an index.
    pub fn new(index: &'a Index, reads: R) -> OverBytes<'a, R> {
        OverBytes { letters: index.letters(), pages: index.names().pages(), reads }
    }

    /// Reads one byte; `None` when no key that goes on so can match.
    fn read(&self, state: &State<R::State>, byte: u8) -> Option<State<R::State>> {
        match state.place.accept(self.letters, self.pages, byte)? {
            Next::Page(place) => {
                let worth = match place {
                    Place::Page(_, _, Some(initial)) => self.reads.may_read(&state.reads, initial),
                    _ => true,
                };
                worth.then_some(State { place, ..*state })
            }
            Next::Letter(id) => Some(State { reads: self.reads.read(&state.reads, id)?, place: Place::Boundary }),
        }
    }
}

impl<R: Reads> fst::Automaton for OverBytes<'_, R> {
    type State = Option<State<R::State>>;

    fn start(&self) -> Self::State {
        Some(State { reads: self.reads.start(), place: Place::Boundary })
    }

    /// Whether the last letter read completes a match.
    fn is_match(&self, state: &Self::State) -> bool {
        state.as_ref().is_some_and(|state| state.place == Place::Boundary && self.reads.is_match(&state.reads))
    }

    fn can_match(&self, state: &Self::State) -> bool {
        state.is_some()
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        self.read(state.as_ref()?, byte)
    }
}

/// What is told of a match: the names that begin with it, the state after it, and how many letters it has.
type Tell<'t, S> = &'t mut dyn FnMut(Range<u32>, &S, u32);

/// Reports every range of names that begin with a match: the names, the state after the match, and how many letters it has. A
/// name may stand in several ranges.
///
/// Visits each node at most once for each key below it, which `Index::read` has counted.
pub fn prefixed<R: Reads>(index: &Index, reads: R, report: Tell<'_, R::State>) {
    let over = OverBytes::new(index, reads);
    let start = State { reads: over.reads.start(), place: Place::Boundary };
    walk(index.names(), &over, index.names().fst().root(), (0, 0), &start, report);
}

/// Walks on from a node below which `first` is the first name, `depth` letters deep.
fn walk<R: Reads>(
    names: &Names,
    over: &OverBytes<'_, R>,
    node: Node<'_>,
    (mut first, depth): (u32, u32),
    state: &State<R::State>,
    report: Tell<'_, R::State>,
) {
    first += u32::from(node.is_final());
    for arrow in node.transitions() {
        let below = first..first + names.below(arrow.addr);
        first = below.end;
        let Some(next) = over.read(state, arrow.inp) else { continue };
        let mut depth = depth;
        if next.place == Place::Boundary {
            depth += 1;
            if over.reads.is_match(&next.reads) {
                report(below.clone(), &next.reads, depth);
            }
        }
        walk(names, over, names.fst().node(arrow.addr), (below.start, depth), &next, report);
    }
}
