//! Weak matches of pinyin: confused sounds, slips of the finger, wild cards. Names only, from their beginning, through the FST.

use super::automaton::{Reads, State, prefixed};
use super::keys::{Keys, Span, members, range};
use super::sounds::{confused, confused_letters};
use super::steps::{Layer, Sets, spell, step};
use super::{By, Found, Value};
use crate::index::{Index, LetterId};
use crate::pinyin::Syllable;
use crate::query::{is_latin, is_wildcard};

/// The least letters in which one slip is forgiven.
pub const MIN_SLIP: usize = 5;
/// From how many letters on a name may be longer than what was typed with a slip.
pub const MIN_SLIP_PREFIX: usize = 7;
/// From how many letters on two slips are forgiven.
pub const MIN_TWO_SLIPS: usize = 10;
/// How many confused sounds are told apart; more count as so many.
const MOST_SOUNDS: usize = 4;
/// How many sets [`Slips`] has by number of slips, and where it remembers a letter.
const ROWS: usize = 3;
const LAST: usize = 2 * ROWS;

/// Reports every name that begins as the spans say, were it not for sounds, slips or wild cards.
pub fn find_weak(index: &Index, keys: &Keys<'_>, spans: &[Span], report: &mut dyn FnMut(Found)) {
    for span in spans {
        let typed = &keys.all()[span.start..span.limit()];
        let tell = |names: std::ops::Range<u32>, by, to: usize, cost: usize, end, report: &mut dyn FnMut(Found)| {
            for name in names {
                report(Found::new(Value::Name(name), by, (span.start, to), (0, end), cost));
            }
        };
        if typed.iter().any(|key| is_wildcard(*key)) {
            prefixed(index, &Wild::new(keys, *span), &mut |names, state, depth| {
                members(state.reached).for_each(|to| tell(names.clone(), By::Wildcard, to, 0, depth, report));
            });
        } else if typed.len() >= 2 && typed.iter().all(|key| is_latin(*key)) {
            prefixed(index, &Sounds::new(keys, *span), &mut |names, state, depth| {
                for to in members(state.reached) {
                    let cost = (0..MOST_SOUNDS).find(|cost| state.sets[MOST_SOUNDS + cost] >> to & 1 == 1);
                    if let Some(cost @ 1..) = cost {
                        tell(names.clone(), By::Sound, to, cost, depth, report);
                    }
                }
            });
            if typed.len() >= MIN_SLIP {
                prefixed(index, &Slips::new(keys, *span), &mut |names, state, depth| {
                    for to in members(state.reached) {
                        let whole = to - span.start < MIN_SLIP_PREFIX;
                        for name in names.clone() {
                            let text = index.names().texts().get(name);
                            let silent = text[depth as usize..].iter().all(|id| keys.letters().is_silent(*id));
                            if !whole || (silent && state.sets[..ROWS].iter().any(|row| row >> to & 1 == 1)) {
                                let cost = cost_of_slips(keys, (span.start, to), &text[..depth as usize]);
                                tell(name..name + 1, By::Typo, to, cost, depth, report);
                            }
                        }
                    }
                });
            }
        }
    }
}

/// Reads names whose syllables sound like those typed.
struct Sounds<'a> {
    keys: &'a Keys<'a>,
    span: Span,
    /// By keystroke, the initials of the letters that may be typed from it on, one bit each, were it not for sounds.
    initials: Vec<u32>,
}

/// Remembers, for each number of confused syllables, how many keystrokes may be spent, and then the ends reached by as many: those of the
/// span, and those within the last syllable.
impl Reads for Sounds<'_> {
    fn start(&self) -> State {
        let mut state = State::default();
        state.sets[0] = 1 << self.span.start;
        state
    }

    fn read(&self, state: &State, id: LetterId) -> Option<State> {
        let limit = self.span.limit();
        let spent = &state.sets[..MOST_SOUNDS];
        let mut next = State::default();
        if self.keys.letters().is_silent(id) {
            next.sets[..MOST_SOUNDS].copy_from_slice(spent);
        }
        let mut spend = |syllable: Syllable, halves: (&str, &str), extra: usize| {
            for (cost, set) in spent.iter().enumerate() {
                let cost = (cost + extra).min(MOST_SOUNDS - 1);
                for at in members(set & range(0, limit)) {
                    let (full, tail) = match extra {
                        0 => {
                            let spelled = spell(syllable, self.keys, at, limit);
                            let end = if spelled.tail { 1 << limit } else { 0 };
                            (spelled.full, spelled.prefix & self.span.ends | end)
                        }
                        _ => self.spelled(halves, at, limit),
                    };
                    let ended = full & self.span.ends | tail;
                    next.sets[cost] |= full;
                    next.sets[MOST_SOUNDS + cost] |= ended;
                    next.reached |= ended;
                }
            }
        };
        for syllable in self.keys.letters().readings(id) {
            spend(*syllable, syllable.halves(), 0);
            confused(*syllable, &mut |halves| spend(*syllable, halves, 1));
        }
        next.sets.iter().any(|set| *set != 0).then_some(next)
    }

    fn may_read(&self, state: &State, initial: u8) -> bool {
        let spent = state.sets[..MOST_SOUNDS].iter().fold(0, |all, set| all | set);
        members(spent & range(0, self.span.limit())).any(|at| self.initials[at] >> initial & 1 == 1)
    }
}

impl<'a> Sounds<'a> {
    fn new(keys: &'a Keys<'a>, span: Span) -> Sounds<'a> {
        let initials = (0..span.limit()).map(|at| {
            let others = confused_letters(keys.all()[at]).iter();
            others.fold(keys.initials(at), |set, letter| set | keys.letters().initials_begun_by(*letter))
        });
        Sounds { keys, span, initials: initials.collect() }
    }

    /// Where a spelling that begins at a keystroke ends: whole, and within it at an end of the span.
    fn spelled(&self, (initial, ending): (&str, &str), at: usize, limit: usize) -> (u64, u64) {
        let mut spent = at;
        let mut tail = 0;
        for half in [initial, ending] {
            for letter in half.bytes() {
                if spent > at + initial.len() {
                    tail |= (1 << spent) & self.span.ends;
                }
                if spent >= limit || self.keys.all()[spent] != char::from(letter) {
                    return (0, tail);
                }
                spent += 1;
            }
        }
        let full = if self.keys.parted(at, spent) { 0 } else { 1 << spent };
        (full, tail)
    }
}

/// Reads names whose spelling is that typed but for a slip or two: a letter wrong, missing or too many, or two swapped.
///
/// The rows of Wu and Manber, one bit a keystroke, with the swap of Damerau; fed with one letter of the spelling after another. One
/// slip a syllable: two would turn any surname into any other.
struct Slips<'a> {
    keys: &'a Keys<'a>,
    span: Span,
    /// By letter a to z, the keystrokes that are it.
    typed: [u64; 26],
    /// The numbers of keystrokes that the span may have spent.
    within: u64,
    /// How many slips are forgiven.
    most: usize,
}

/// Within a syllable, how much of the keystrokes may be spent.
#[derive(Debug, Clone, Copy)]
struct Syllabic {
    clean: u64,
    slipped: u64,
    /// As `clean`, one letter ago, for swaps.
    before: u64,
}

impl<'a> Slips<'a> {
    fn new(keys: &'a Keys<'a>, span: Span) -> Slips<'a> {
        let mut typed = [0; 26];
        for (at, key) in keys.all().iter().enumerate().take(span.limit()) {
            let letter = if *key == 'ü' { 'v' } else { *key };
            if letter.is_ascii_lowercase() {
                typed[usize::from(letter as u8 - b'a')] |= 1 << at;
            }
        }
        // ü is v or u.
        typed[usize::from(b'v' - b'a')] |= typed[usize::from(b'u' - b'a')];
        let most = if span.limit() - span.start >= MIN_TWO_SLIPS { 2 } else { 1 };
        let within = range(span.start, span.limit() + 1);
        Slips { keys, span, typed, within, most }
    }

    /// After one letter of a spelling, of which only one slip may be in its syllable: `clean` is what was spent before the syllable
    /// and since without a slip, `slipped` with one.
    fn letter(&self, syllable: Syllabic, letter: u8, last: u8) -> Syllabic {
        let here = self.typed[usize::from(letter - b'a')];
        let Syllabic { clean, slipped, before } = syllable;
        let next = (clean & here) << 1;
        let swapped = match last {
            0 => 0,
            last => ((before & here) << 1 & self.typed[usize::from(last - b'a')]) << 1,
        };
        // Typed right; left out; another instead; too many; swapped.
        let slipped = (slipped & here) << 1 | clean | clean << 1 | next << 1 | swapped;
        Syllabic { clean: next & self.within, slipped: slipped & self.within, before: clean }
    }

    /// The ends of the span that are reached by so many slips.
    fn ended(&self, slips: usize, row: u64) -> u64 {
        let reached = row & self.span.ends;
        if slips == 0 || reached == 0 {
            return 0;
        }
        let least = if slips > 1 { MIN_TWO_SLIPS } else { MIN_SLIP };
        reached & !range(0, self.span.start + least)
    }
}

/// Remembers, by number of slips, how many keystrokes may be spent; then the same one letter ago, for swaps; then the letter of the
/// spelling read last.
impl Reads for Slips<'_> {
    fn start(&self) -> State {
        let first = 1u64 << self.span.start;
        let mut state = State::default();
        // A letter too many at the very beginning.
        (0..=self.most).for_each(|slips| state.sets[slips] = first << slips);
        state
    }

    fn read(&self, state: &State, id: LetterId) -> Option<State> {
        let readings = self.keys.letters().readings(id);
        if readings.is_empty() {
            return self.keys.letters().is_silent(id).then_some(State { reached: 0, ..*state });
        }
        let mut next = State::default();
        for (place, syllable) in readings.iter().enumerate() {
            for slips in 0..=self.most {
                let (clean, before) = (state.sets[slips], state.sets[ROWS + slips]);
                if clean | before == 0 {
                    continue;
                }
                let mut syllabic = Syllabic { clean, slipped: 0, before };
                let mut last = state.sets[LAST] as u8;
                for letter in syllable.spelling() {
                    syllabic = self.letter(syllabic, letter, last);
                    last = letter;
                    next.reached |= self.ended(slips, syllabic.clean);
                    if slips < self.most {
                        next.reached |= self.ended(slips + 1, syllabic.slipped);
                    }
                    if syllabic.clean | syllabic.slipped == 0 {
                        break;
                    }
                }
                next.sets[slips] |= syllabic.clean;
                if slips < self.most {
                    next.sets[slips + 1] |= syllabic.slipped;
                }
                if place == 0 {
                    next.sets[ROWS + slips] = syllabic.before;
                    next.sets[LAST] = last.into();
                }
            }
        }
        (next.reached != 0 || next.sets[..ROWS].iter().any(|row| *row != 0)).then_some(next)
    }

    /// After the last slip that is forgiven the next letter is right.
    fn may_read(&self, state: &State, initial: u8) -> bool {
        state.sets[..self.most].iter().any(|row| *row != 0)
            || members(state.sets[self.most] & range(self.span.start, self.span.limit()))
                .any(|at| self.keys.initials(at) >> initial & 1 == 1)
    }
}

/// How bad the slips are by which a name was typed, in halves: a swap, a neighbouring key or a letter twice is half as bad
/// as any other.
pub fn cost_of_slips(keys: &Keys<'_>, (from, to): (usize, usize), text: &[LetterId]) -> usize {
    let mut spelling: Vec<u8> = Vec::new();
    for syllable in text.iter().filter_map(|id| keys.letters().readings(*id).first()) {
        spelling.extend(syllable.spelling());
    }
    let typed: Vec<u8> = keys.all()[from..to].iter().map(|key| if *key == 'ü' { b'v' } else { *key as u8 }).collect();
    super::slips::cost(&spelling, &typed)
}

/// Reads names for keystrokes among which `?` is any letter and `*` any letters.
struct Wild<'a> {
    keys: &'a Keys<'a>,
    span: Span,
    /// Where `?` stands.
    one: u64,
    /// Where `*` stands.
    any: u64,
}

impl<'a> Wild<'a> {
    fn new(keys: &'a Keys<'a>, span: Span) -> Wild<'a> {
        let places = |wanted: char| {
            let within = (span.start..span.limit()).filter(|at| keys.all()[*at] == wanted);
            within.fold(0, |set, at| set | 1 << at)
        };
        Wild { keys, span, one: places('?'), any: places('*') }
    }

    /// So many spent; `*` may be nothing.
    fn remembered(&self, mut set: u64) -> State {
        for at in members(self.any) {
            set |= (set & 1 << at) << 1;
        }
        let mut state = State { reached: set & self.span.ends, ..State::default() };
        state.sets[0] = set;
        state
    }
}

/// Remembers in its first set how many keystrokes may be spent.
impl Reads for Wild<'_> {
    fn start(&self) -> State {
        self.remembered(1 << self.span.start)
    }

    fn read(&self, state: &State, id: LetterId) -> Option<State> {
        let spent = state.sets[0];
        let mixed = Sets::of(Layer::Mixed, spent & !(1 << self.span.limit()));
        let mut next = step(&mixed, self.keys, &self.span, id).any();
        if !self.keys.letters().is_silent(id) {
            next |= (spent & self.one) << 1;
        }
        next |= spent & self.any;
        (next != 0).then(|| self.remembered(next))
    }
}
