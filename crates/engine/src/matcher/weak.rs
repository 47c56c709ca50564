//! Weak matches of pinyin: confused sounds, slips of the finger, wild cards. Names only, from their beginning, through the FST.

use super::automaton::{Reads, prefixed};
use super::keys::{Keys, Span, members, range};
use super::sounds::confused;
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

/// Reports every name that begins as the spans say, were it not for sounds, slips or wild cards.
pub fn find_weak(index: &Index, keys: &Keys<'_>, spans: &[Span], report: &mut dyn FnMut(Found)) {
    for span in spans {
        let typed = &keys.all()[span.start..span.limit()];
        let from = span.start as u8;
        let tell = |names: std::ops::Range<u32>, by, to: usize, cost: usize, end, report: &mut dyn FnMut(Found)| {
            for name in names {
                let cost = cost as u8;
                report(Found {
                    value: Value::Name(name),
                    by,
                    variant: false,
                    fragment: false,
                    from,
                    to: to as u8,
                    start: 0,
                    end,
                    cost,
                });
            }
        };
        if typed.iter().any(|key| is_wildcard(*key)) {
            prefixed(index, Wild::new(keys, *span), &mut |names, set, depth| {
                members(set & span.ends).for_each(|to| tell(names.clone(), By::Wildcard, to, 0, depth, report));
            });
        } else if typed.len() >= 2 && typed.iter().all(|key| is_latin(*key)) {
            prefixed(index, Sounds { keys, span: *span }, &mut |names, sets, depth| {
                for to in members(sets.done) {
                    let cost = (0..MOST_SOUNDS).find(|cost| sets.ended[*cost] >> to & 1 == 1);
                    if let Some(cost @ 1..) = cost {
                        tell(names.clone(), By::Sound, to, cost, depth, report);
                    }
                }
            });
            if typed.len() >= MIN_SLIP {
                prefixed(index, Slips::new(keys, *span), &mut |names, state, depth| {
                    for to in members(state.done) {
                        let whole = to - span.start < MIN_SLIP_PREFIX;
                        for name in names.clone() {
                            let text = index.names().texts().get(name);
                            let silent = text[depth as usize..].iter().all(|id| keys.letters().is_silent(*id));
                            if !whole || (silent && state.rows.iter().any(|row| row >> to & 1 == 1)) {
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
}

/// For each number of confused syllables, how many keystrokes may be spent.
#[derive(Debug, Clone, Copy, Default)]
struct SoundSets {
    sets: [u64; MOST_SOUNDS],
    /// Of these the ends of the span, and ends within the last syllable.
    ended: [u64; MOST_SOUNDS],
    /// The ends just reached in any.
    done: u64,
}

impl Reads for Sounds<'_> {
    type State = SoundSets;

    fn start(&self) -> SoundSets {
        SoundSets { sets: [1 << self.span.start, 0, 0, 0], ..SoundSets::default() }
    }

    fn read(&self, state: &SoundSets, id: LetterId) -> Option<SoundSets> {
        let limit = self.span.limit();
        let mut next = SoundSets::default();
        if self.keys.letters().is_silent(id) {
            next.sets = state.sets;
        }
        let mut spend = |syllable: Syllable, halves: (&str, &str), extra: usize| {
            for (cost, set) in state.sets.iter().enumerate() {
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
                    next.sets[cost] |= full;
                    next.ended[cost] |= full & self.span.ends | tail;
                }
            }
        };
        for syllable in self.keys.letters().readings(id) {
            spend(*syllable, syllable.halves(), 0);
            confused(*syllable, &mut |halves| spend(*syllable, halves, 1));
        }
        next.done = next.ended.iter().fold(0, |set, ended| set | ended);
        (next.sets.iter().any(|set| *set != 0) || next.done != 0).then_some(next)
    }

    fn is_match(&self, state: &SoundSets) -> bool {
        state.done != 0
    }

    fn may_read(&self, _: &SoundSets, _: u8) -> bool {
        true
    }
}

impl Sounds<'_> {
    /// Where a spelling that begins at a keystroke ends: whole, and within it at an end of the span.
    fn spelled(&self, (initial, ending): (&str, &str), at: usize, limit: usize) -> (u64, u64) {
        let mut spent = at;
        let mut tail = 0;
        for (i, c) in initial.chars().chain(ending.chars()).enumerate() {
            if i > initial.len() {
                tail |= (1 << spent) & self.span.ends;
            }
            if spent >= limit || self.keys.all()[spent] != c {
                return (0, tail);
            }
            spent += 1;
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

/// How much of the keystrokes may be spent, by number of slips.
#[derive(Debug, Clone, Copy)]
struct Rows {
    rows: [u64; 3],
    /// As `rows`, one letter ago, for swaps.
    before: [u64; 3],
    /// The letter of the spelling read last.
    last: u8,
    /// The ends reached within the last syllable read or at its end.
    done: u64,
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

impl Reads for Slips<'_> {
    type State = Rows;

    fn start(&self) -> Rows {
        let first = 1u64 << self.span.start;
        // A letter too many at the very beginning.
        let rows = [first, first << 1, if self.most > 1 { first << 2 } else { 0 }];
        Rows { rows, before: [0; 3], last: 0, done: 0 }
    }

    fn read(&self, state: &Rows, id: LetterId) -> Option<Rows> {
        let readings = self.keys.letters().readings(id);
        if readings.is_empty() {
            return self.keys.letters().is_silent(id).then_some(Rows { done: 0, ..*state });
        }
        let mut next = Rows { rows: [0; 3], before: [0; 3], last: 0, done: 0 };
        for (place, syllable) in readings.iter().enumerate() {
            for slips in 0..=self.most {
                let (clean, before) = (state.rows[slips], state.before[slips]);
                if clean | before == 0 {
                    continue;
                }
                let mut syllabic = Syllabic { clean, slipped: 0, before };
                let mut last = state.last;
                let (initial, ending) = syllable.halves();
                for letter in initial.bytes().chain(ending.bytes()) {
                    syllabic = self.letter(syllabic, letter, last);
                    last = letter;
                    next.done |= self.ended(slips, syllabic.clean);
                    if slips < self.most {
                        next.done |= self.ended(slips + 1, syllabic.slipped);
                    }
                    if syllabic.clean | syllabic.slipped == 0 {
                        break;
                    }
                }
                next.rows[slips] |= syllabic.clean;
                if slips < self.most {
                    next.rows[slips + 1] |= syllabic.slipped;
                }
                if place == 0 {
                    next.before[slips] = syllabic.before;
                    next.last = last;
                }
            }
        }
        (next.rows.iter().any(|row| *row != 0) || next.done != 0).then_some(next)
    }

    fn is_match(&self, state: &Rows) -> bool {
        state.done != 0
    }

    fn may_read(&self, _: &Rows, _: u8) -> bool {
        true
    }
}

/// How bad the slips are by which a name was typed, in halves: a swap, a neighbouring key or a letter twice is half as bad
/// as any other.
pub fn cost_of_slips(keys: &Keys<'_>, (from, to): (usize, usize), text: &[LetterId]) -> usize {
    let settled = text.iter().filter_map(|id| keys.letters().readings(*id).first());
    let spelling: Vec<u8> =
        settled.flat_map(|syllable| [syllable.halves().0, syllable.halves().1]).flat_map(str::bytes).collect();
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

    /// `*` may be nothing.
    fn pass(&self, mut set: u64) -> u64 {
        for at in members(self.any) {
            set |= (set & 1 << at) << 1;
        }
        set
    }
}

impl Reads for Wild<'_> {
    type State = u64;

    fn start(&self) -> u64 {
        self.pass(1 << self.span.start)
    }

    fn read(&self, state: &u64, id: LetterId) -> Option<u64> {
        let mixed = Sets::of(Layer::Mixed, *state & !(1 << self.span.limit()));
        let mut next = step(&mixed, self.keys, &self.span, id).any();
        if !self.keys.letters().is_silent(id) {
            next |= (state & self.one) << 1;
        }
        next |= state & self.any;
        let next = self.pass(next);
        (next != 0).then_some(next)
    }

    fn is_match(&self, state: &u64) -> bool {
        state & self.span.ends != 0
    }

    fn may_read(&self, _: &u64, _: u8) -> bool {
        true
    }
}
