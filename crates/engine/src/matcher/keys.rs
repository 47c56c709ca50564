//! The keystrokes of a query against the alphabet of an index: which letters each may be.

use super::lexicon::Lexicon;
use crate::index::{LetterId, Letters, Texts};
pub use crate::marks::members;
use crate::query::{Query, is_latin};

/// Keystrokes, and by letter which of them are its character.
pub struct Keys<'a> {
    letters: &'a Letters,
    all: &'a [char],
    /// By letter, the keystrokes that are its character or another form of it, one bit each.
    literal: Vec<u64>,
    /// The letters that are some keystroke's character, keystroke by keystroke; and where those of each end.
    typed: Vec<LetterId>,
    typed_ends: Vec<usize>,
    /// By letter a to z, the keystrokes that are it, one bit each.
    by_letter: [u64; 26],
    /// By keystroke, the initials of the letters that may be typed from it on, one bit each.
    initials: Vec<u32>,
    /// By letter, the keystrokes at which it may begin to be typed, by its character or a reading; of what is silent all.
    begun: Vec<u64>,
    /// The keystrokes before which the visitor or an input method put a separator: a syllable ought to end there.
    hints: u64,
    /// Whether any was typed as a capital: letters are a name as English has it then, sooner than pinyin.
    pub are_capitals: bool,
}

/// Consecutive keystrokes that are looked for as one, or several such that begin alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first keystroke.
    pub start: usize,
    /// After how many keystrokes of the query a match may end, one bit each; at least one.
    pub ends: u64,
}

impl Span {
    /// The place of one of its ends among them.
    pub fn place_of(&self, end: usize) -> usize {
        (self.ends & range(0, end)).count_ones() as usize
    }

    /// One past the last keystroke that may be spent.
    pub fn limit(&self) -> usize {
        self.ends.checked_ilog2().unwrap_or(0) as usize
    }
}

impl<'a> Keys<'a> {
    /// The keystrokes of a query.
    pub fn new(letters: &'a Letters, lexicon: &Lexicon, query: &'a Query) -> Keys<'a> {
        let all = query.keys();
        let mut literal: Vec<u64> = vec![0; letters.len()];
        let (mut typed, mut typed_ends) = (Vec::new(), Vec::with_capacity(all.len()));
        let mut initials = Vec::with_capacity(all.len());
        // Which letters are typed, one bit each, spares asking for all of them letter by letter.
        let (mut by_letter, mut a_to_z) = ([0u64; 26], 0);
        for (at, key) in all.iter().enumerate() {
            // `ü` in a name may be typed `u`.
            let other = match key {
                'u' => Some('ü'),
                'ü' => Some('u'),
                _ => None,
            };
            let mut begun = letters.initials_begun_by(*key);
            for id in lexicon.forms(letters, *key).chain(other.into_iter().flat_map(|c| letters.folding_to(c))) {
                // A form may be its own.
                if literal[usize::from(id)] >> at & 1 == 0 {
                    typed.push(id);
                    literal[usize::from(id)] |= 1 << at;
                }
                begun |= letters.readings(id).first().map_or(0, |syllable| 1 << syllable.initial());
            }
            typed_ends.push(typed.len());
            initials.push(begun);
            if key.is_ascii_lowercase() {
                let letter = *key as usize - 'a' as usize;
                by_letter[letter] |= 1 << at;
                a_to_z |= 1 << letter;
            }
        }
        let begun = (0..letters.len() as LetterId).map(|id| match letters.is_silent(id) {
            true => u64::MAX,
            false => {
                let readings = members((letters.first_letters(id) & a_to_z).into());
                readings.fold(literal[usize::from(id)], |set, letter| set | by_letter[letter])
            }
        });
        let begun = begun.collect();
        let (hints, are_capitals) = (query.hints(), query.has_capitals());
        Keys { letters, all, literal, typed, typed_ends, by_letter, initials, begun, hints, are_capitals }
    }

    /// The alphabet.
    pub fn letters(&self) -> &'a Letters {
        self.letters
    }

    /// All keystrokes.
    pub fn all(&self) -> &'a [char] {
        self.all
    }

    /// The keystrokes that are this letter's character or another form of it.
    pub fn literal(&self, id: LetterId) -> u64 {
        self.literal[usize::from(id)]
    }

    /// The letters that are a keystroke's character or another form of it.
    pub fn typed(&self, at: usize) -> &[LetterId] {
        let start = at.checked_sub(1).map_or(0, |before| self.typed_ends[before]);
        &self.typed[start..self.typed_ends[at]]
    }

    /// The keystrokes that are this letter, a to z.
    pub fn of_letter(&self, letter: u8) -> u64 {
        self.by_letter[usize::from(letter - b'a')]
    }

    /// The initials, one bit each, of the letters that may be typed from a keystroke on.
    pub fn initials(&self, at: usize) -> u32 {
        self.initials[at]
    }

    /// The keystrokes at which a letter may begin to be typed, by its character or a reading; of what is silent all.
    pub fn begun(&self, id: LetterId) -> u64 {
        self.begun[usize::from(id)]
    }

    /// The letters that may begin to be typed at one of these keystrokes, but none that is silent.
    pub fn beginning(&self, at: u64) -> impl Iterator<Item = LetterId> + '_ {
        let begins = move |(_, begun): &(LetterId, &u64)| **begun & at != 0 && **begun != u64::MAX;
        (0..).zip(&self.begun).filter(begins).map(|(id, _)| id)
    }

    /// The hanzi that every text holds in which a span is found.
    pub fn needed(&self, span: &Span) -> u64 {
        let least = span.ends.trailing_zeros() as usize;
        (span.start..least).filter(|at| !is_latin(self.all[*at])).fold(0, |set, at| set | 1 << at)
    }

    /// Of these hanzi the one that fewest of the texts hold: the letters that are it; none of none.
    pub fn rarest(&self, hanzi: u64, texts: &Texts) -> Option<&[LetterId]> {
        let count_of = texts.counts();
        let count = |at: &usize| self.typed(*at).iter().map(|id| count_of(*id)).sum::<usize>();
        members(hanzi).min_by_key(count).map(|at| self.typed(at))
    }

    /// Whether a separator stands before some keystroke of a range but its first.
    pub fn parted(&self, from: usize, to: usize) -> bool {
        from + 1 < to && self.hints & range(from + 1, to) != 0
    }

    /// Whether these letters, one for each keystroke from `at` on, are other forms of what was typed.
    pub fn is_variant(&self, at: usize, text: &[LetterId]) -> bool {
        let loud = text.iter().filter(|id| !self.letters.is_silent(**id));
        loud.zip(&self.all[at..]).any(|(id, key)| !crate::text::is_literal(*key, self.letters.folded(*id)))
    }
}

/// The keystrokes of a range as a set; those from 64 on are in none.
pub fn range(from: usize, to: usize) -> u64 {
    let to = to.min(64);
    if from < to { (u64::MAX >> (64 - (to - from))) << from } else { 0 }
}
