//! One letter of a term against keystrokes: the nondeterministic automaton that everything here runs.
//!
//! Its states are how many keystrokes are spent; a set of them is one `u64`. Several such sets run side by side, one
//! for each [`Layer`], since what a match may spend decides how it is called.

use crate::index::{LetterId, Letters};
use crate::pinyin::Syllable;
use crate::text::is_literal;

/// What a match may spend on each letter, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Layer {
    /// The character itself.
    Literal,
    /// The full syllable of each letter that has one.
    Full,
    /// As `Full`, but the query ends within the last syllable: still being typed.
    Tail,
    /// One or two letters of each initial.
    Initials,
    /// Any of these and any beginning of a syllable, letter by letter.
    Mixed,
    /// As `Mixed`, with less usual readings too.
    Reading,
}

impl Layer {
    /// All, the best first.
    pub const ALL: [Layer; 6] =
        [Layer::Literal, Layer::Full, Layer::Tail, Layer::Initials, Layer::Mixed, Layer::Reading];
}

/// For each layer, the numbers of keystrokes that may be spent by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sets([u64; Layer::ALL.len()]);

impl Sets {
    /// Nothing spent yet.
    pub const START: Sets = Sets([1, 1, 0, 1, 1, 1]);

    /// Whether no way goes on.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|set| *set == 0)
    }

    /// All numbers of keystrokes in any layer.
    pub fn any(&self) -> u64 {
        self.0.iter().fold(0, |all, set| all | set)
    }

    /// The best layer in which all `n` keystrokes are spent.
    pub fn accepts(&self, n: usize) -> Option<Layer> {
        Layer::ALL.into_iter().find(|layer| self.0[*layer as usize] >> n & 1 == 1)
    }

    /// The ways that have not spent all `n` keystrokes.
    pub fn unfinished(&self, n: usize) -> Sets {
        Sets(self.0.map(|set| set & !(1 << n)))
    }

    /// Both ways.
    pub fn or(&self, other: &Sets) -> Sets {
        let mut both = *self;
        both.0.iter_mut().zip(other.0).for_each(|(set, other)| *set |= other);
        both
    }

    /// Only these layers.
    pub fn only(&self, layers: &[Layer]) -> Sets {
        let mut some = Sets::default();
        layers.iter().for_each(|layer| some.0[*layer as usize] = self.0[*layer as usize]);
        some
    }
}

/// Keystrokes, and after how many of them a match may end.
#[derive(Debug, Clone, Copy)]
pub struct Keys<'a> {
    /// All of them; at least one.
    pub all: &'a [char],
    /// One bit for each number; the last is always that of all.
    pub ends: u64,
}

impl<'a> Keys<'a> {
    /// Keystrokes that must all be spent.
    pub fn whole(all: &'a [char]) -> Keys<'a> {
        Keys { all, ends: 1 << all.len() }
    }

    /// The numbers after which a match may end, ascending.
    pub fn ends(&self) -> impl Iterator<Item = usize> {
        members(self.ends)
    }
}

/// Where one syllable may end when it begins at a keystroke, as sets of keystrokes spent.
#[derive(Debug, Clone, Copy, Default)]
struct Spelled {
    full: u64,
    initial: u64,
    /// Every beginning, whole or not.
    prefix: u64,
    /// Whether the keystrokes end within it.
    tail: bool,
}

/// Compares the spelling with the keystrokes from `at` on.
///
/// `ü` may be typed v, u, yu or ü; a tone digit may follow a whole syllable.
fn spell(syllable: Syllable, keys: &[char], mut at: usize) -> Spelled {
    let (initial, ending) = syllable.halves();
    let mut spelled = Spelled::default();
    // A syllable without an initial is abbreviated by its first letter.
    let initial_length = initial.len().max(1);
    for (i, c) in initial.chars().chain(ending.chars()).enumerate() {
        match (c, keys.get(at), keys.get(at + 1)) {
            (_, None, _) => {
                spelled.tail = i > 0;
                return spelled;
            }
            (c, Some(key), _) if *key == c || (c == 'v' && matches!(key, 'u' | 'ü')) || (c == 'u' && *key == 'ü') => {
                at += 1
            }
            ('v', Some('y'), Some('u')) => at += 2,
            ('v', Some('y'), None) => {
                spelled.tail = true;
                return spelled;
            }
            _ => return spelled,
        }
        spelled.prefix |= 1 << at;
        if i < initial_length {
            spelled.initial |= 1 << at;
        }
    }
    spelled.full = 1 << at;
    if matches!(keys.get(at), Some('1'..='5')) {
        spelled.full |= 1 << (at + 1);
    }
    spelled.prefix |= spelled.full;
    spelled
}

/// The numbers in a set, ascending.
fn members(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let least = set.trailing_zeros() as usize;
        set &= set.wrapping_sub(1);
        (least < 64).then_some(least)
    })
}

/// The ways through one letter by its settled reading alone, whatever the character.
fn by_syllable(sets: &Sets, syllable: Syllable, keys: &Keys<'_>) -> Sets {
    let mut next = Sets::default();
    for at in members(sets.any()) {
        let spelled = spell(syllable, keys.all, at);
        if spelled.prefix == 0 && !spelled.tail {
            continue;
        }
        let mut go = |layer: Layer, ends: u64| {
            if sets.0[layer as usize] >> at & 1 == 1 {
                next.0[layer as usize] |= ends;
            }
        };
        go(Layer::Full, spelled.full);
        go(Layer::Initials, spelled.initial);
        // A beginning that stops within "yu" for ü has no end of its own but the query's.
        let end = if spelled.tail { 1 << keys.all.len() } else { 0 };
        go(Layer::Mixed, spelled.prefix | end);
        go(Layer::Reading, spelled.prefix | end);
        if sets.0[Layer::Full as usize] >> at & 1 == 1 {
            next.0[Layer::Tail as usize] |= (spelled.prefix & !spelled.full & keys.ends) | end;
        }
    }
    next
}

/// The further ways through one letter: the character itself, less usual readings, passing over what is silent.
fn by_letter(sets: &Sets, letters: &Letters, id: LetterId, keys: &Keys<'_>) -> Sets {
    let folded = letters.folded(id);
    let readings = letters.readings(id);
    let mut next = if letters.is_silent(id) { *sets } else { Sets::default() };
    for at in members(sets.any()) {
        if keys.all.get(at).is_some_and(|key| is_literal(*key, folded)) {
            for layer in Layer::ALL {
                // Hanzi among syllables make a mixture, a Latin letter is its own syllable and its own initial.
                let fits = match layer {
                    Layer::Literal | Layer::Mixed | Layer::Reading => true,
                    Layer::Full | Layer::Initials => readings.is_empty(),
                    Layer::Tail => false,
                };
                if fits && sets.0[layer as usize] >> at & 1 == 1 {
                    next.0[layer as usize] |= 1 << (at + 1);
                }
            }
        }
        if sets.0[Layer::Reading as usize] >> at & 1 == 1 {
            for other in readings.iter().skip(1) {
                let spelled = spell(*other, keys.all, at);
                let end = if spelled.tail { 1 << keys.all.len() } else { 0 };
                next.0[Layer::Reading as usize] |= spelled.prefix | end;
            }
        }
    }
    next
}

/// All ways through one letter.
pub fn step(sets: &Sets, letters: &Letters, id: LetterId, keys: &Keys<'_>) -> Sets {
    let next = by_letter(sets, letters, id, keys);
    match letters.readings(id).first() {
        Some(syllable) => next.or(&by_syllable(sets, *syllable, keys)),
        None => next,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(set: u64) -> Vec<usize> {
        members(set).collect()
    }

    #[test]
    fn spells_as_people_type() {
        for (syllable, keys, full, initial, prefix, tail) in [
            ("zhang", "zhang", &[5][..], &[1, 2][..], &[1, 2, 3, 4, 5][..], false),
            ("zhang", "zha", &[], &[1, 2], &[1, 2, 3], true),
            ("zhang", "zang", &[], &[1], &[1], false),
            ("an", "an", &[2], &[1], &[1, 2], false),
            ("lv", "lv", &[2], &[1], &[1, 2], false),
            ("lv", "lu", &[2], &[1], &[1, 2], false),
            ("lv", "lyu", &[3], &[1], &[1, 3], false),
            ("lv", "ly", &[], &[1], &[1], true),
            ("lve", "lüe", &[3], &[1], &[1, 2, 3], false),
            ("yang", "yang2xiu", &[4, 5], &[1], &[1, 2, 3, 4, 5], false),
            ("lu", "lv", &[], &[1], &[1], false),
        ] {
            let keys: Vec<char> = keys.chars().collect();
            let spelled = spell(Syllable::parse(syllable).unwrap(), &keys, 0);
            assert_eq!(ends(spelled.full), full, "{syllable} {keys:?}: full");
            assert_eq!(ends(spelled.initial), initial, "{syllable} {keys:?}: initial");
            assert_eq!(ends(spelled.prefix), prefix, "{syllable} {keys:?}: prefix");
            assert_eq!(spelled.tail, tail, "{syllable} {keys:?}: tail");
        }
    }
}
