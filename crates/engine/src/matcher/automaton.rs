//! Automata over the keys of names, and the walk that asks the FST with them.
//!
//! They are [`fst::Automaton`]s, so the crate's own streams can run them. The engine walks the nodes itself: once all keystrokes are
//! spent, every key below is a match, and those are consecutive numbers, so it reports the range instead of visiting each
//! (a single letter matches a tenth of a directory).

use super::keys::{Keys, Span, members, range};
use super::steps::{Layer, Sets, step};
use crate::index::{Index, LetterId, Letters, Names, Next, Pages, Place};
use fst::raw::Node;
use std::ops::Range;

/// What is remembered between letters: the same for all that reads, so that there is one walk and not one for each.
#[derive(Debug, Clone, Copy, Default)]
pub struct State {
    /// The ends of the span that the last letter reached: a match, whatever follows, if there are any.
    pub reached: u64,
    /// Numbers of keystrokes spent, as sets; which set stands for what is the reader's own.
    pub sets: [u64; 8],
}

/// What reads a name letter by letter.
pub trait Reads {
    /// Before the first letter.
    fn start(&self) -> State;

    /// After one more letter; `None` when no name that goes on so can match.
    fn read(&self, state: &State, id: LetterId) -> Option<State>;

    /// Whether letters of this initial may be worth reading: a sieve, [`Reads::read`] decides.
    fn may_read(&self, _: &State, _: u8) -> bool {
        true
    }
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
    fn start(&self) -> State {
        Sets::at(self.span.start).remembered(0)
    }

    fn read(&self, state: &State, id: LetterId) -> Option<State> {
        let sets = step(&Sets::from(state).unfinished(self.span.limit()), self.keys, &self.span, id);
        (!sets.is_empty()).then(|| sets.remembered(self.span.ends))
    }

    fn may_read(&self, state: &State, initial: u8) -> bool {
        let spent = Sets::from(state).any();
        members(spent & range(0, self.span.limit())).any(|at| self.keys.initials(at) >> initial & 1 == 1)
    }
}

impl Sets {
    /// As what is remembered, with the ends of a span that are reached.
    fn remembered(&self, ends: u64) -> State {
        let mut sets = [0; 8];
        sets[..Layer::ALL.len()].copy_from_slice(&self.0);
        State { reached: self.any() & ends, sets }
    }
}

impl From<&State> for Sets {
    fn from(state: &State) -> Sets {
        Sets(std::array::from_fn(|layer| state.sets[layer]))
    }
}

/// Reads the bytes of keys for what reads letters.
pub struct OverBytes<'a> {
    letters: &'a Letters,
    pages: &'a Pages,
    reads: &'a dyn Reads,
}

/// Between bytes of a key.
type Between = (State, Place);

impl<'a> OverBytes<'a> {
    /// For the names of an index.
    pub fn new(index: &'a Index, reads: &'a dyn Reads) -> OverBytes<'a> {
        OverBytes { letters: index.letters(), pages: index.names().pages(), reads }
    }

    /// Reads one byte; `None` when no key that goes on so can match.
    fn read(&self, (state, place): &Between, byte: u8) -> Option<Between> {
        match place.accept(self.letters, self.pages, byte)? {
            Next::Page(place) => {
                let worth = match place {
                    Place::Page(_, _, Some(initial)) => self.reads.may_read(state, initial),
                    _ => true,
                };
                worth.then_some((*state, place))
            }
            Next::Letter(id) => Some((self.reads.read(state, id)?, Place::Boundary)),
        }
    }
}

impl fst::Automaton for OverBytes<'_> {
    type State = Option<Between>;

    fn start(&self) -> Self::State {
        Some((self.reads.start(), Place::Boundary))
    }

    /// Whether the last letter read completes a match.
    fn is_match(&self, between: &Self::State) -> bool {
        between.as_ref().is_some_and(|(state, place)| *place == Place::Boundary && state.reached != 0)
    }

    fn can_match(&self, state: &Self::State) -> bool {
        state.is_some()
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        self.read(state.as_ref()?, byte)
    }
}

/// What is told of a match: the names that begin with it, the state after it, and how many letters it has.
type Tell<'t> = &'t mut dyn FnMut(Range<u32>, &State, u32);

/// Reports every range of names that begin with a match: the names, the state after the match, and how many letters it has. A
/// name may stand in several ranges.
///
/// Visits each node at most once for each key below it, which `Index::read` has counted.
pub fn prefixed(index: &Index, reads: &dyn Reads, report: Tell<'_>) {
    let start = (reads.start(), Place::Boundary);
    walk(index.names(), &OverBytes::new(index, reads), index.names().fst().root(), (0, 0), &start, report);
}

/// Walks on from a node below which `first` is the first name, `depth` letters deep.
fn walk(
    names: &Names,
    over: &OverBytes<'_>,
    node: Node<'_>,
    (mut first, depth): (u32, u32),
    between: &Between,
    report: Tell<'_>,
) {
    first += u32::from(node.is_final());
    for arrow in node.transitions() {
        let below = first..first + names.below(arrow.addr);
        first = below.end;
        let Some(next) = over.read(between, arrow.inp) else { continue };
        let mut depth = depth;
        if let (state, Place::Boundary) = &next {
            depth += 1;
            if state.reached != 0 {
                report(below.clone(), state, depth);
            }
        }
        walk(names, over, names.fst().node(arrow.addr), (below.start, depth), &next, report);
    }
}
