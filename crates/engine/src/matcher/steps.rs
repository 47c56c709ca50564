//! One letter of a term against keystrokes: the nondeterministic automaton that everything strong runs.
//!
//! Its states are how many keystrokes are spent; a set of them is one `u64`. Several such sets run side by side, one
//! for each [`Layer`], since what a match may spend decides how it is called.

use super::keys::{Keys, Span, members, range};
use crate::index::LetterId;
use crate::pinyin::{SYLLABLE_CODES, Syllable};
use std::ops::Range;

/// What a match may spend on each letter, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Layer {
    /// The character itself, or another form of it.
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
pub struct Sets(pub(super) [u64; Layer::ALL.len()]);

impl Sets {
    /// Nothing of a span spent yet.
    pub fn at(start: usize) -> Sets {
        let bit = 1 << start;
        Sets([bit, bit, 0, bit, bit, bit])
    }

    /// A set in one layer.
    pub fn of(layer: Layer, set: u64) -> Sets {
        let mut sets = Sets::default();
        sets.0[layer as usize] = set;
        sets
    }

    /// Whether no way goes on.
    pub fn is_empty(&self) -> bool {
        self.any() == 0
    }

    /// All numbers of keystrokes in any layer.
    pub fn any(&self) -> u64 {
        self.0.iter().fold(0, |all, set| all | set)
    }

    /// The best layer in which `n` keystrokes are spent.
    pub fn accepts(&self, n: usize) -> Option<Layer> {
        Layer::ALL.into_iter().find(|layer| self.0[*layer as usize] >> n & 1 == 1)
    }

    /// The ways that have not spent all keystrokes before `limit`.
    pub fn unfinished(&self, limit: usize) -> Sets {
        Sets(self.0.map(|set| set & !(1 << limit)))
    }

    /// Only these layers.
    pub fn only(&self, layers: &[Layer]) -> Sets {
        let mut some = Sets::default();
        layers.iter().for_each(|layer| some.0[*layer as usize] = self.0[*layer as usize]);
        some
    }
}

/// Where one syllable may end when it begins at a keystroke, as sets of keystrokes spent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spelled {
    /// The whole syllable.
    pub full: u64,
    /// One or two letters of the initial.
    pub initial: u64,
    /// Every beginning, whole or not.
    pub prefix: u64,
    /// Whether the keystrokes end within it.
    pub tail: bool,
}

/// Compares the spelling with the keystrokes from `at` on, up to a limit.
///
/// `ü` may be typed v, u, yu or ü; a tone digit may follow a whole syllable. Where a separator parts the keystrokes the
/// syllable is neither whole nor an initial, only a beginning: `xi'an` is 西安 first, then 先.
pub fn spell(syllable: Syllable, keys: &Keys<'_>, mut at: usize, limit: usize) -> Spelled {
    let start = at;
    let typed = &keys.all()[..limit];
    let mut spelled = Spelled::default();
    // A syllable without an initial is abbreviated by its first letter.
    let initial_length = syllable.halves().0.len().max(1);
    for (i, letter) in syllable.spelling().enumerate() {
        match (char::from(letter), typed.get(at), typed.get(at + 1)) {
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
        if i < initial_length && !keys.parted(start, at) {
            spelled.initial |= 1 << at;
        }
    }
    let digit = if matches!(typed.get(at), Some('1'..='5')) { 1 << (at + 1) } else { 0 };
    spelled.prefix |= digit;
    if !keys.parted(start, at) {
        spelled.full = 1 << at | digit;
    }
    spelled
}

/// What is told of a syllable: the letters of which it is the settled reading, and how it is spelled from keystrokes on.
type Tell<'t> = &'t mut dyn FnMut(Range<LetterId>, &[(usize, Spelled)]);

/// Tells of every syllable that may begin at one of these keystrokes, how it is spelled from each of them on up to the limit of each.
pub fn each_syllable(keys: &Keys<'_>, at: u64, limit: &dyn Fn(usize) -> usize, tell: Tell<'_>) {
    let mut spelled = Vec::new();
    for code in 1..SYLLABLE_CODES {
        let group = keys.letters().group(code);
        let Some(syllable) = Syllable::from_code(code).filter(|_| !group.is_empty()) else { continue };
        spelled.clear();
        for at in members(at & keys.of_letter(syllable.first_letter())) {
            spelled.push((at, spell(syllable, keys, at, limit(at))));
        }
        if !spelled.is_empty() {
            tell(group, &spelled);
        }
    }
}

/// The ways through one letter by its settled reading alone, whatever the character.
fn by_syllable(sets: &Sets, syllable: Syllable, keys: &Keys<'_>, span: &Span, next: &mut Sets) {
    let limit = span.limit();
    for at in members(sets.any() & range(0, limit)) {
        let spelled = spell(syllable, keys, at, limit);
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
        let end = if spelled.tail { 1 << limit } else { 0 };
        go(Layer::Mixed, spelled.prefix | end);
        go(Layer::Reading, spelled.prefix | end);
        if sets.0[Layer::Full as usize] >> at & 1 == 1 {
            let begun = members((spelled.prefix & !spelled.full & span.ends) | end);
            let whole = begun.filter(|n| !keys.parted(at, *n)).fold(0, |set, n| set | 1 << n);
            next.0[Layer::Tail as usize] |= whole;
        }
    }
}

/// The further ways through one letter: the character itself, less usual readings, passing over what is silent.
fn by_letter(sets: &Sets, keys: &Keys<'_>, span: &Span, id: LetterId) -> Sets {
    let readings = keys.letters().readings(id);
    let mut next = if keys.letters().is_silent(id) { *sets } else { Sets::default() };
    let limit = span.limit();
    let literal = keys.literal(id) & range(0, limit);
    for layer in Layer::ALL {
        // Hanzi among syllables make a mixture, a Latin letter is its own syllable and its own initial.
        let fits = match layer {
            Layer::Literal | Layer::Mixed | Layer::Reading => true,
            Layer::Full | Layer::Initials => readings.is_empty(),
            Layer::Tail => false,
        };
        if fits {
            next.0[layer as usize] |= (sets.0[layer as usize] & literal) << 1;
        }
    }
    for other in readings.iter().skip(1) {
        for at in members(sets.0[Layer::Reading as usize] & range(0, limit)) {
            let spelled = spell(*other, keys, at, limit);
            let end = if spelled.tail { 1 << limit } else { 0 };
            next.0[Layer::Reading as usize] |= spelled.prefix | end;
        }
    }
    next
}

/// All ways through one letter.
pub fn step(sets: &Sets, keys: &Keys<'_>, span: &Span, id: LetterId) -> Sets {
    let mut next = by_letter(sets, keys, span, id);
    // Hanzi in a long value spend nothing but hanzi.
    let any_syllable = sets.0[Layer::Literal as usize + 1..].iter().any(|set| *set != 0);
    if let Some(syllable) = keys.letters().readings(id).first().filter(|_| any_syllable) {
        by_syllable(sets, *syllable, keys, span, &mut next);
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Letters;
    use crate::matcher::Lexicon;
    use crate::query::Query;
    use crate::record::Term;

    fn ends(set: u64) -> Vec<usize> {
        members(set).collect()
    }

    #[test]
    fn spells_as_people_type() {
        let letters = Letters::of([Term::plain("a")].iter()).unwrap();
        let lexicon = Lexicon::default();
        for (syllable, typed, full, initial, prefix, tail) in [
            ("zhang", "zhang", &[5][..], &[1, 2][..], &[1, 2, 3, 4, 5][..], false),
            ("zhang", "zha", &[], &[1, 2], &[1, 2, 3], true),
            ("zhang", "zang", &[], &[1], &[1], false),
            ("zhang", "zh'ang", &[], &[1, 2], &[1, 2, 3, 4, 5], false),
            ("an", "an", &[2], &[1], &[1, 2], false),
            ("lv", "lv", &[2], &[1], &[1, 2], false),
            ("lv", "lu", &[2], &[1], &[1, 2], false),
            ("lv", "lyu", &[3], &[1], &[1, 3], false),
            ("lv", "ly", &[], &[1], &[1], true),
            ("lve", "lüe", &[3], &[1], &[1, 2, 3], false),
            ("yang", "yang2xiu", &[4, 5], &[1], &[1, 2, 3, 4, 5], false),
            ("lu", "lv", &[], &[1], &[1], false),
        ] {
            let query = Query::parse(typed);
            let keys = Keys::new(&letters, &lexicon, &query);
            let spelled = spell(Syllable::parse(syllable).unwrap(), &keys, 0, query.keys().len());
            assert_eq!(ends(spelled.full), full, "{syllable} {typed}: full");
            assert_eq!(ends(spelled.initial), initial, "{syllable} {typed}: initial");
            assert_eq!(ends(spelled.prefix), prefix, "{syllable} {typed}: prefix");
            assert_eq!(spelled.tail, tail, "{syllable} {typed}: tail");
        }
    }
}
