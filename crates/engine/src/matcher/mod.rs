//! Finds one run of keystrokes in every name and every value, and says how it matched.

mod automaton;
pub mod naive;
mod runs;
mod steps;

pub use automaton::{KeyAutomaton, Prefixed, prefixed};
pub use runs::{MIN_RUN, Runs};
pub use steps::{Keys, Layer};

use crate::index::{Index, LetterId, Letters, Texts};
use crate::query::{MAX_PIECES, is_latin};
use steps::{Sets, step};

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

/// One value in which keystrokes were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub value: Value,
    /// By what.
    pub layer: Layer,
    /// How many keystrokes are spent.
    pub keys: u8,
    /// The first matched letter.
    pub start: u32,
    /// One past the last matched letter.
    pub end: u32,
}

/// Reports every value in which keystrokes are found, all of them or as many as a match may end after; a name may be
/// reported several times.
///
/// Names are asked through the FST from their beginning and scanned for parts; cells are scanned, since a directory has few
/// distinct ones.
pub fn find(index: &Index, keys: Keys<'_>, report: &mut dyn FnMut(Found)) {
    let automaton = KeyAutomaton::new(index, keys);
    prefixed(index, &automaton, &mut |found| {
        for name in found.names {
            let (value, keys) = (Value::Name(name), found.keys as u8);
            report(Found { value, layer: found.layer, keys, start: 0, end: found.depth });
        }
    });
    let inside = Inside::new(index.letters(), keys);
    inside.scan(index.names().texts(), Kind::Names, &mut |name, keys, (layer, start, end)| {
        report(Found { value: Value::Name(name), layer, keys, start, end });
    });
    for (place, column) in (0..).zip(index.columns()).filter(|(_, column)| column.field().is_searched()) {
        inside.scan(column.texts(), Kind::Cells, &mut |number, keys, (layer, start, end)| {
            report(Found { value: Value::Cell(place, number), layer, keys, start, end });
        });
    }
}

/// What is scanned, which decides what counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Parts that begin after the first letter; in short names by every layer.
    Names,
    /// Parts anywhere, by characters or by whole syllables, and then of more than one: one says too little, and many
    /// values begin with it.
    Cells,
}

/// By what, the first letter and one past the last.
type Place = (Layer, u32, u32);

/// The best place for each number of keystrokes after which a match may end.
type Places = [Option<Place>; MAX_PIECES];

/// Looks for keystrokes anywhere in many texts.
struct Inside<'a> {
    letters: &'a Letters,
    keys: Keys<'a>,
    /// What may be spent on a first letter: computed once a letter, not once a place where it stands.
    first: Vec<Sets>,
    /// By letter, one more than its place in `first`; 0 when no match begins with it.
    begins: Vec<u16>,
    /// The same for cells, where fewer layers count and syllables must be followed by more.
    begins_cell: Vec<u16>,
}

impl<'a> Inside<'a> {
    fn new(letters: &'a Letters, keys: Keys<'a>) -> Inside<'a> {
        let none = vec![0; letters.len()];
        let mut inside = Inside { letters, keys, first: Vec::new(), begins: none.clone(), begins_cell: none };
        if !inside.says_enough(keys.all.len()) {
            return inside;
        }
        for id in 0..letters.len() as LetterId {
            if letters.is_begun_by(id, keys.all[0]) && !letters.is_silent(id) {
                let sets = step(&Sets::START, letters, id, &keys);
                inside.first.push(sets);
                let place = inside.first.len() as u16;
                inside.begins[usize::from(id)] = if sets.is_empty() { 0 } else { place };
                let goes_on = !sets.only(&LONG).unfinished(keys.all.len()).is_empty();
                let counts = goes_on || keys.ends().any(|n| sets.accepts(n) == Some(Layer::Literal));
                inside.begins_cell[usize::from(id)] = if counts { place } else { 0 };
            }
        }
        inside
    }

    /// Whether so many keystrokes may be looked for inside a value.
    fn says_enough(&self, n: usize) -> bool {
        n >= MIN_LATIN_INSIDE || !self.keys.all[..n].iter().all(|key| is_latin(*key))
    }

    /// Reports the best part of each text that has one, the first of equals: the text, how many keystrokes it explains, and where.
    fn scan(&self, texts: &Texts, kind: Kind, report: &mut dyn FnMut(u32, u8, Place)) {
        let (letters, starts) = (texts.letters(), texts.starts());
        let begins = if kind == Kind::Names { &self.begins } else { &self.begins_cell };
        if self.first.is_empty() {
            return;
        }
        let mut tell = |text: usize, best: &Places| {
            for (n, place) in self.keys.ends().zip(best) {
                if let Some(place) = place {
                    report(text as u32, n as u8, *place);
                }
            }
        };
        let mut best = Places::default();
        let mut text = 0;
        // Most letters begin nothing, so all texts are run through as one.
        for (at, id) in letters.iter().enumerate() {
            let first = begins[usize::from(*id)];
            if first == 0 {
                continue;
            }
            if starts[text + 1] as usize <= at {
                tell(text, &std::mem::take(&mut best));
                while starts[text + 1] as usize <= at {
                    text += 1;
                }
            }
            let (start, end) = (starts[text] as usize, starts[text + 1] as usize);
            self.find_at(&letters[start..end], at - start, &self.first[usize::from(first) - 1], kind, &mut best);
        }
        tell(text, &best);
    }

    /// Betters `best` by the matches that begin at this letter of a text, after which `first` may be spent; of equals the first
    /// and shortest stays.
    fn find_at(&self, text: &[LetterId], start: usize, first: &Sets, kind: Kind, best: &mut Places) {
        if !self.begins_word(text, start) || (kind == Kind::Names && start == 0) {
            return;
        }
        let is_short = kind == Kind::Names && text.len() <= SHORT;
        let mut sets = if is_short { *first } else { first.only(&LONG) };
        for end in start + 1..=text.len() {
            for (n, best) in self.keys.ends().zip(&mut *best) {
                if let Some(layer) = sets.accepts(n)
                    && best.is_none_or(|(best, ..)| layer < best)
                    && (kind == Kind::Names || layer == Layer::Literal || end - start > 1)
                    && self.says_enough(n)
                {
                    *best = Some((layer, start as u32, end as u32));
                }
            }
            sets = sets.unfinished(self.keys.all.len());
            match text.get(end) {
                Some(id) if !sets.is_empty() => sets = step(&sets, self.letters, *id, &self.keys),
                _ => break,
            }
        }
    }

    /// Whether a word may begin here: anywhere among hanzi, but not within a Latin word or a number.
    fn begins_word(&self, text: &[LetterId], start: usize) -> bool {
        let is_latin = |id: LetterId| is_latin(self.letters.folded(id));
        start == 0 || !is_latin(text[start]) || !is_latin(text[start - 1])
    }
}
