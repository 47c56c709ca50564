//! The automaton over keys of names, and the walk that asks the FST with it.
//!
//! It is an [`fst::Automaton`], so the crate's own streams can run it, state and all (`search_with_state`). The engine walks the
//! nodes itself: once all keystrokes are spent, every key below is a match, and those are consecutive numbers, so it reports
//! the range instead of visiting each (a single letter matches a tenth of a directory).

use super::steps::{Layer, Sets, by_letter, by_syllable};
use crate::index::{Index, Letters, Next, Place};
use crate::pinyin::{INITIALS, Syllable};
use crate::text::is_literal;
use fst::raw::{Fst, Node};
use std::ops::Range;

/// Matches keys of names that begin as the keystrokes say.
pub struct KeyAutomaton<'a> {
    letters: &'a Letters,
    keys: &'a [char],
    /// For each keystroke, what a letter that begins with it may be read as.
    entries: Vec<Entry>,
}

/// Which syllables are worth entering at a keystroke; only a sieve, [`by_letter`] and [`by_syllable`] decide.
struct Entry {
    /// Initials by code, one bit each.
    initials: u32,
    /// Settled readings of letters that match by their character or a less usual reading.
    settled: Vec<Syllable>,
}

/// Between bytes of a key.
#[derive(Debug, Clone)]
pub struct State {
    /// What may be spent before the present letter.
    sets: Sets,
    /// What may be spent after it by its syllable, once that is known.
    by_syllable: Sets,
    place: Place,
    /// How many letters are read.
    depth: u32,
}

impl<'a> KeyAutomaton<'a> {
    /// An automaton for these keystrokes; `keys` must not be empty.
    pub fn new(letters: &'a Letters, keys: &'a [char]) -> KeyAutomaton<'a> {
        let entries = keys.iter().map(|key| Entry::new(letters, *key)).collect();
        KeyAutomaton { letters, keys, entries }
    }

    /// Reads one byte; `None` when no key that goes on so can match.
    fn read(&self, state: &State, byte: u8) -> Option<State> {
        let mut next = state.clone();
        match state.place.accept(self.letters, byte)? {
            Next::Within(place) => {
                next.place = place;
                let ahead = |fits: &dyn Fn(&Entry) -> bool| {
                    let spent = state.sets.any();
                    self.entries.iter().enumerate().any(|(at, entry)| spent >> at & 1 == 1 && fits(entry))
                };
                match place {
                    Place::Initial(initial) => ahead(&|entry| entry.initials >> initial & 1 == 1).then_some(next),
                    Place::Syllable(syllable) => {
                        next.by_syllable = by_syllable(&state.sets, syllable, self.keys);
                        let settled = |entry: &Entry| entry.settled.binary_search(&syllable).is_ok();
                        (!next.by_syllable.is_empty() || ahead(&settled)).then_some(next)
                    }
                    _ => Some(next),
                }
            }
            Next::Letter(id) => {
                next.sets = by_letter(&state.sets, self.letters, id, self.keys).or(&state.by_syllable);
                next.by_syllable = Sets::default();
                next.place = Place::Boundary;
                next.depth += 1;
                (!next.sets.is_empty()).then_some(next)
            }
        }
    }
}

impl Entry {
    fn new(letters: &Letters, key: char) -> Entry {
        let mut settled: Vec<Syllable> = letters
            .folding_to(key)
            .filter(|id| is_literal(key, letters.folded(*id)))
            .filter_map(|id| letters.readings(id).first().copied())
            .collect();
        let mut initials = 0;
        if let Ok(first) = u8::try_from(key) {
            settled.extend(letters.detours(first));
            for (code, initial) in INITIALS.iter().enumerate() {
                // Without an initial the final begins: an, e, ou, and the interjections.
                let begins = if code == 0 { b"aeomnh".contains(&first) } else { initial.as_bytes()[0] == first };
                initials |= u32::from(begins) << code;
            }
        }
        settled.sort_unstable();
        settled.dedup();
        settled.iter().for_each(|syllable| initials |= 1 << syllable.initial());
        Entry { initials, settled }
    }
}

impl fst::Automaton for KeyAutomaton<'_> {
    type State = Option<State>;

    fn start(&self) -> Option<State> {
        Some(State { sets: Sets::START, by_syllable: Sets::default(), place: Place::Boundary, depth: 0 })
    }

    /// Whether all keystrokes were spent by the last letter read.
    fn is_match(&self, state: &Option<State>) -> bool {
        state.as_ref().is_some_and(|s| s.place == Place::Boundary && s.sets.accepts(self.keys.len()).is_some())
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
    /// Consecutive numbers of [`Index::names`].
    pub names: Range<u32>,
    /// By what.
    pub layer: Layer,
    /// How many letters are matched.
    pub depth: u32,
}

/// Reports every range of names that begin as the keystrokes say; a name may stand in several, by several layers.
///
/// Visits each node at most once for each key below it, which `Index::read` has counted.
pub fn prefixed(index: &Index, automaton: &KeyAutomaton<'_>, report: &mut impl FnMut(Prefixed)) {
    let start = fst::Automaton::start(automaton);
    let root = index.fst().root();
    if let Some(start) = start {
        walk(index.fst(), automaton, root, 0..index.names().len() as u32, &start, report);
    }
}

fn walk(
    fst: &Fst<Vec<u8>>,
    automaton: &KeyAutomaton<'_>,
    node: Node<'_>,
    names: Range<u32>,
    state: &State,
    report: &mut impl FnMut(Prefixed),
) {
    let n = automaton.keys.len();
    // Values are pushed to the root, so those on the way to an arrow tell where the names below it begin.
    let value = |i: usize| names.start + node.transition(i).out.value() as u32;
    for i in 0..node.len() {
        let arrow = node.transition(i);
        let Some(mut next) = automaton.read(state, arrow.inp) else { continue };
        let below = value(i)..if i + 1 < node.len() { value(i + 1) } else { names.end };
        if next.place == Place::Boundary {
            if let Some(layer) = next.sets.accepts(n) {
                report(Prefixed { names: below.clone(), layer, depth: next.depth });
            }
            next.sets = next.sets.unfinished(n);
            if next.sets.is_empty() {
                continue;
            }
        }
        walk(fst, automaton, fst.node(arrow.addr), below, &next, report);
    }
}
