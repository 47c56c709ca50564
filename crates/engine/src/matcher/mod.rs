//! Finds one run of keystrokes in every name and every value, and says how it matched.

mod automaton;
pub mod naive;
mod runs;
mod steps;

pub use automaton::{KeyAutomaton, Prefixed, prefixed};
pub use runs::{MIN_RUN, Runs};
pub use steps::{Layer, Sets, step};

use crate::index::{Index, LetterId, Letters};
use crate::query::is_latin;

/// How a hit matched, strongest first; a closed list, the same in every field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum How {
    /// The whole value, or a nickname of it.
    Exact,
    /// The beginning of the value.
    Prefix,
    /// A part of the value.
    Inside,
    /// Another name of the record.
    Alias,
    /// Traditional or variant characters.
    Variant,
    /// Whole syllables.
    Pinyin,
    /// Hanzi with letters, or beginnings of syllables.
    Mixed,
    /// Initials.
    Initials,
    /// An ordered subsequence by rule.
    Abbreviation,
    /// A related word of the table.
    Synonym,
    /// A part that begins within a word.
    Fragment,
    /// A less usual reading.
    Reading,
    /// Sounds that are often confused.
    Sound,
    /// Other hanzi of the same sound.
    Homophone,
    /// A slip in the pinyin.
    Typo,
    /// One wrong hanzi.
    Similar,
    /// One hanzi missing or too many.
    Gap,
    /// `?` and `*`.
    Wildcard,
}

impl How {
    /// The word for programs: `exact`, `prefix`, `inside`, `alias`, `pinyin` and so on.
    pub fn word(self) -> &'static str {
        match self {
            How::Exact => "exact",
            How::Prefix => "prefix",
            How::Inside => "inside",
            How::Alias => "alias",
            How::Variant => "variant",
            How::Pinyin => "pinyin",
            How::Mixed => "mixed",
            How::Initials => "initials",
            How::Abbreviation => "abbreviation",
            How::Synonym => "synonym",
            How::Fragment => "fragment",
            How::Reading => "reading",
            How::Sound => "sound",
            How::Homophone => "homophone",
            How::Typo => "typo",
            How::Similar => "similar",
            How::Gap => "gap",
            How::Wildcard => "wildcard",
        }
    }
}

/// Up to how many letters a value is short: a personal name, a place. Inside longer ones initials and
/// beginnings of syllables match nearly anything, so there only characters and whole syllables count.
pub const SHORT: usize = 6;

/// How few keystrokes of pinyin say enough to be looked for inside a value.
pub const MIN_LATIN_INSIDE: usize = 2;

/// The layers that count in the middle of a long value.
const LONG: [Layer; 3] = [Layer::Literal, Layer::Full, Layer::Tail];

/// Which of the index's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// A name or alias: its number in [`Names::texts`](crate::index::Names::texts).
    Name(u32),
    /// A cell: the column's place and the value's number in it.
    Cell(u32, u32),
}

/// One value in which the keystrokes were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub value: Value,
    /// By what.
    pub layer: Layer,
    /// The first matched letter.
    pub start: u32,
    /// One past the last matched letter.
    pub end: u32,
}

/// Reports every value in which `keys` are found; a name may be reported several times.
///
/// Names are asked through the FST from their beginning and scanned for parts; cells are scanned, since a directory has few
/// distinct ones. `keys` must not be empty.
pub fn find(index: &Index, keys: &[char], mut report: impl FnMut(Found)) {
    let letters = index.letters();
    let automaton = KeyAutomaton::new(index, keys);
    prefixed(index, &automaton, &mut |found| {
        for name in found.names {
            report(Found { value: Value::Name(name), layer: found.layer, start: 0, end: found.depth });
        }
    });

    let inside = Inside::new(letters, keys);
    for (name, text) in (0..).zip(index.names().texts().iter()) {
        let layers = if text.len() <= SHORT { &Layer::ALL[..] } else { &LONG };
        if let Some((layer, start, end)) = inside.find(text, 1, layers, |_, _| true) {
            report(Found { value: Value::Name(name), layer, start, end });
        }
    }
    for (place, column) in (0..).zip(index.columns()) {
        if column.field().is_searched() {
            for (number, text) in (0..).zip(column.texts().iter()) {
                // One syllable alone says too little within a value, and many begin with it.
                let says_enough = |layer, letters| layer == Layer::Literal || letters > 1;
                if let Some((layer, start, end)) = inside.find(text, 0, &LONG, says_enough) {
                    report(Found { value: Value::Cell(place, number), layer, start, end });
                }
            }
        }
    }
}

/// Looks for keystrokes anywhere in a text.
struct Inside<'a> {
    letters: &'a Letters,
    keys: &'a [char],
    /// By letter, one more than the place of its entry in `first`; 0 when no match begins with it.
    begins: Vec<u16>,
    /// What may be spent on a first letter: computed once a letter, not once a place where it stands.
    first: Vec<Sets>,
}

impl<'a> Inside<'a> {
    fn new(letters: &'a Letters, keys: &'a [char]) -> Inside<'a> {
        let mut inside = Inside { letters, keys, begins: vec![0; letters.len()], first: Vec::new() };
        if keys.len() < MIN_LATIN_INSIDE && keys.iter().all(|key| is_latin(*key)) {
            return inside;
        }
        for id in 0..letters.len() as LetterId {
            if letters.is_begun_by(id, keys[0]) && !letters.is_silent(id) {
                let sets = step(&Sets::START, letters, id, keys);
                if !sets.is_empty() {
                    inside.first.push(sets);
                    inside.begins[usize::from(id)] = inside.first.len() as u16;
                }
            }
        }
        inside
    }

    /// The best match by these layers that begins at letter `from` or later, the first of equals: layer, start and end.
    ///
    /// `fits` says whether a match by this layer of so many letters counts.
    fn find(
        &self,
        text: &[LetterId],
        from: usize,
        layers: &[Layer],
        fits: impl Fn(Layer, usize) -> bool,
    ) -> Option<(Layer, u32, u32)> {
        let mut best: Option<(Layer, u32, u32)> = None;
        for start in from..text.len() {
            let first = self.begins[usize::from(text[start])];
            if first == 0 || !self.begins_word(text, start) {
                continue;
            }
            let sets = self.first[usize::from(first) - 1].only(layers);
            if let Some((layer, letters)) = self.find_at(&text[start..], sets)
                && fits(layer, letters)
                && best.is_none_or(|(best, ..)| layer < best)
            {
                best = Some((layer, start as u32, (start + letters) as u32));
            }
        }
        best
    }

    /// Whether a word may begin here: anywhere among hanzi, but not within a Latin word or a number.
    fn begins_word(&self, text: &[LetterId], start: usize) -> bool {
        let is_latin = |id: LetterId| is_latin(self.letters.folded(id));
        start == 0 || !is_latin(text[start]) || !is_latin(text[start - 1])
    }

    /// The best match that begins with the text, after whose first letter `sets` may be spent, the shortest of equals:
    /// layer and number of letters.
    fn find_at(&self, text: &[LetterId], mut sets: Sets) -> Option<(Layer, usize)> {
        let n = self.keys.len();
        let mut best: Option<(Layer, usize)> = None;
        for letters in 1..=text.len() {
            if let Some(layer) = sets.accepts(n)
                && best.is_none_or(|(best, _)| layer < best)
            {
                best = Some((layer, letters));
            }
            sets = sets.unfinished(n);
            match text.get(letters) {
                Some(id) if !sets.is_empty() => sets = step(&sets, self.letters, *id, self.keys),
                _ => break,
            }
        }
        best
    }
}
