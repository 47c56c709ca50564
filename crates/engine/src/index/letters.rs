//! The alphabet of an index: every distinct grapheme-with-its-readings that occurs in it, numbered.
//!
//! A grapheme is what a visitor calls a character: with its accents, its variation selector, its joined emoji. Text is cut into
//! graphemes when an index is written, so whatever is matched and highlighted by whole letters cuts none, and the tables for cutting
//! (15 KB packed) stay out of the browser. All text of an index is written in these numbers, so that 单 in a surname (shàn, else dān) and 单 in an
//! organisation (dān) are two letters, and matching never needs a dictionary.

mod join;

use super::read::Allowance;
use crate::bytes::{ANY, Reader, put_planes, put_varint};
use crate::error::ReadError;
use crate::pinyin::{FINALS, SYLLABLE_CODES, Syllable};
use crate::record::{Readings, Term};
use crate::text::{fold, is_silent};
use std::collections::{BTreeMap, BinaryHeap};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A letter's number: its place when letters are sorted by settled reading (none first), character, marks, other readings.
pub type LetterId = u16;

/// How many letters an index may have: every number of a [`LetterId`] but the last.
pub(super) const MAX_LETTERS: usize = 0xffff;

/// How many marks one letter may have; a grapheme of more is several letters.
const MAX_MARKS: usize = 255;
/// How many marks, and how many readings beside the settled ones, all letters may have together.
const MAX_EXTRAS: usize = 4 * MAX_LETTERS;

/// The last of the folded characters that are typed as they are and have no readings: Latin letters, digits, signs. A keystroke spent on such a letter in
/// two ways would double the ways of every word.
const LAST_UNREAD: char = 'ü';

/// What the look-ups of one letter take in memory, without its marks and other readings.
const BYTES_OF_A_LETTER: usize = 28;

/// How many of the most frequent letters are written in one byte. Measured on the sample: of 0, 60, 120 and 180
/// the last packed smallest (13.4 KB against 15.1 KB for organisations and disciplines).
const MAX_COMMON: usize = 180;

/// One letter while an alphabet is made; the fields stand in the order in which letters are sorted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Letter {
    settled: Option<Syllable>,
    /// The first character of the grapheme.
    first: char,
    /// What follows it in the grapheme; nothing, for nearly all.
    marks: String,
    readings: Readings,
}

/// What a visitor types for a letter, by [`fold`]: the first character, but `ü` in two characters is `ü` too.
fn folded(first: char, marks: &str) -> char {
    match fold(first) {
        'u' if marks.starts_with('\u{308}') => 'ü',
        c => c,
    }
}

impl Letter {
    /// The letters of a term. A grapheme is read as its first character is, and up to [`LAST_UNREAD`] not at all, whatever the term says.
    fn all(term: &Term) -> impl Iterator<Item = Letter> + '_ {
        let mut readings = term.readings().iter();
        term.text().graphemes(true).flat_map(pieces).filter_map(move |grapheme| {
            let mut chars = grapheme.chars();
            let first = chars.next()?;
            let marks = chars.as_str().to_owned();
            let mut own = readings.nth(0)?.clone();
            if folded(first, &marks) <= LAST_UNREAD {
                own.0.clear();
            }
            readings.by_ref().take(marks.chars().count()).for_each(drop);
            Some(Letter { settled: own.0.first().copied(), first, marks, readings: own })
        })
    }
}

/// A grapheme, or if it has more than [`MAX_MARKS`] marks as many as it takes.
fn pieces(grapheme: &str) -> impl Iterator<Item = &str> {
    let mut rest = grapheme;
    std::iter::from_fn(move || {
        let end = rest.char_indices().nth(MAX_MARKS + 1).map_or(rest.len(), |(at, _)| at);
        let (piece, after) = rest.split_at(end);
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// The letters of an index, by number, by reading and by character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letters {
    chars: Vec<char>,
    /// What follows the first characters of graphemes, one after another.
    marks: String,
    /// The few letters that have more than a first character, and where in `marks` theirs end.
    marked: Vec<(LetterId, u32)>,
    folded: Vec<char>,
    silent: Vec<bool>,
    /// By letter, with which of a to z its readings begin, one bit each.
    initials: Vec<u32>,
    readings: Vec<Syllable>,
    /// Where in `readings` those of each letter begin; one more entry for the end.
    reading_starts: Vec<u32>,
    /// Where the group of each syllable code begins; one more entry for the end. What stands before the first has no reading.
    groups: Vec<LetterId>,
    /// Letters by folded character, for literal matching.
    by_folded: Vec<(char, LetterId)>,
    /// The letters written in one byte, in the order of their bytes.
    common: Vec<LetterId>,
    /// By first letter of any reading, a to z: the initials of the settled readings of letters that have it, one bit each.
    entries: [u32; 26],
}

impl Letters {
    /// Numbers the letters of all `terms`.
    ///
    /// `None` when there are more than [`MAX_LETTERS`], or more than [`MAX_EXTRAS`] with them.
    pub(crate) fn of<'t>(terms: impl Iterator<Item = &'t Term>) -> Option<Letters> {
        let mut counts: BTreeMap<Letter, u32> = BTreeMap::new();
        for letter in terms.flat_map(Letter::all) {
            *counts.entry(letter).or_default() += 1;
        }
        let marks: usize = counts.keys().map(|letter| letter.marks.chars().count()).sum();
        let others: usize = counts.keys().map(|letter| letter.readings.0.len().saturating_sub(1)).sum();
        if counts.len() > MAX_LETTERS || marks.max(others) > MAX_EXTRAS {
            return None;
        }
        let pages = counts.len().div_ceil(256);
        let mut by_count: Vec<(std::cmp::Reverse<u32>, LetterId)> =
            counts.values().enumerate().map(|(id, count)| (std::cmp::Reverse(*count), id as LetterId)).collect();
        by_count.sort_unstable();
        by_count.truncate(MAX_COMMON.min(256 - pages));
        let common = by_count.into_iter().map(|(_, id)| id).collect();
        let mut letters = Letters::with_room(counts.len());
        counts.keys().for_each(|letter| letters.push(letter.first, &letter.marks, &letter.readings.0));
        Some(letters.finished(common))
    }

    /// No letter, with room for so many.
    fn with_room(n: usize) -> Letters {
        let mut reading_starts = Vec::with_capacity(n + 1);
        reading_starts.push(0);
        Letters {
            chars: Vec::with_capacity(n),
            marks: String::new(),
            marked: Vec::new(),
            folded: Vec::with_capacity(n),
            silent: Vec::with_capacity(n),
            initials: Vec::with_capacity(n),
            readings: Vec::with_capacity(n),
            reading_starts,
            groups: Vec::new(),
            by_folded: Vec::new(),
            common: Vec::new(),
            entries: [0; 26],
        }
    }

    /// Appends the next letter in their order.
    fn push(&mut self, first: char, marks: &str, readings: &[Syllable]) {
        if !marks.is_empty() {
            self.marks.push_str(marks);
            self.marked.push((self.chars.len() as LetterId, self.marks.len() as u32));
        }
        let folded = folded(first, marks);
        self.chars.push(first);
        self.folded.push(folded);
        self.silent.push(is_silent(folded));
        let bit = |syllable: &Syllable| 1 << (syllable.first_letter() - b'a');
        self.initials.push(readings.iter().fold(0, |set, syllable| set | bit(syllable)));
        self.readings.extend_from_slice(readings);
        self.reading_starts.push(self.readings.len() as u32);
    }

    /// What letters are sorted by, as [`Letter`] is.
    fn key(&self, id: LetterId) -> (Option<Syllable>, char, &str, &[Syllable]) {
        let readings = self.readings(id);
        (readings.first().copied(), self.chars[usize::from(id)], self.marks(id), readings)
    }

    /// Whether a letter stands before one of another alphabet.
    // Compared at three places, and long.
    #[inline(never)]
    fn stands_before(&self, id: LetterId, letters: &Letters, other: LetterId) -> bool {
        self.key(id) < letters.key(other)
    }

    /// Derives the look-ups from all letters.
    fn finished(mut self, common: Vec<LetterId>) -> Letters {
        self.common = common;
        // Sorted by a heap: no faster sort is worth its code on the way to a browser.
        let by_folded = self.folded.iter().copied().zip(0..).collect::<BinaryHeap<(char, LetterId)>>();
        self.by_folded = by_folded.into_sorted_vec();
        let mut groups = Vec::with_capacity(SYLLABLE_CODES + 1);
        let mut id = 0;
        for code in 0..=SYLLABLE_CODES {
            while id < self.len() && self.readings(id as LetterId).first().is_none_or(|syllable| syllable.code() < code)
            {
                id += 1;
            }
            groups.push(id as LetterId);
        }
        self.groups = groups;
        for id in 0..self.len() as LetterId {
            let readings = &self.readings[self.reading_range(id)];
            for reading in readings {
                self.entries[usize::from(reading.first_letter() - b'a')] |= 1 << readings[0].initial();
            }
        }
        self
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether the index has no text at all.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Text as shown.
    pub fn text(&self, letters: &[LetterId]) -> String {
        let mut text = String::with_capacity(3 * letters.len());
        for id in letters {
            text.push(self.chars[usize::from(*id)]);
            text.push_str(self.marks(*id));
        }
        text
    }

    /// What follows the first character of the grapheme.
    fn marks(&self, id: LetterId) -> &str {
        let Ok(place) = self.marked.binary_search_by_key(&id, |(id, _)| *id) else { return "" };
        let start = place.checked_sub(1).map_or(0, |before| self.marked[before].1);
        // By `get`: what a failing slice of text would say takes 2 KB of the wasm.
        self.marks.get(start as usize..self.marked[place].1 as usize).unwrap_or_default()
    }

    /// How many UTF-16 code units the text of these letters has.
    pub fn utf16_length(&self, letters: &[LetterId]) -> u32 {
        let length = |id: &LetterId| self.chars[usize::from(*id)].len_utf16() + self.marks(*id).encode_utf16().count();
        letters.iter().map(length).sum::<usize>() as u32
    }

    /// The character as matched, by [`fold`].
    pub fn folded(&self, id: LetterId) -> char {
        self.folded[usize::from(id)]
    }

    /// Whether a text is these characters as they are matched, and no more.
    #[inline(never)]
    pub fn are(&self, text: &[LetterId], typed: &[char]) -> bool {
        text.len() == typed.len() && text.iter().zip(typed).all(|(id, key)| self.folded(*id) == *key)
    }

    /// Whether a match may pass over it, by [`is_silent`].
    pub fn is_silent(&self, id: LetterId) -> bool {
        self.silent[usize::from(id)]
    }

    /// How many letters of a text are not silent.
    pub fn loud(&self, text: &[LetterId]) -> usize {
        text.iter().filter(|id| !self.is_silent(**id)).count()
    }

    /// The first letters of all its readings, a to z, one bit each.
    pub fn first_letters(&self, id: LetterId) -> u32 {
        self.initials[usize::from(id)]
    }

    /// The settled reading first, then the less usual ones; empty for what has none.
    pub fn readings(&self, id: LetterId) -> &[Syllable] {
        &self.readings[self.reading_range(id)]
    }

    fn reading_range(&self, id: LetterId) -> Range<usize> {
        let id = usize::from(id);
        self.reading_starts[id] as usize..self.reading_starts[id + 1] as usize
    }

    /// The letters whose settled reading has this initial.
    pub fn begun_by_initial(&self, initial: u8) -> Range<LetterId> {
        let first = usize::from(initial) * FINALS.len();
        self.groups[first]..self.groups[first + FINALS.len()]
    }

    /// The letters whose settled reading has this code, below [`SYLLABLE_CODES`].
    pub fn group(&self, code: usize) -> Range<LetterId> {
        self.groups[code]..self.groups[code + 1]
    }

    /// The letters without a reading.
    pub fn unread(&self) -> Range<LetterId> {
        0..self.groups[0]
    }

    /// The letter that is this ASCII character alone and has no reading.
    pub fn ascii(&self, byte: u8) -> Option<LetterId> {
        let unread = &self.chars[..usize::from(self.groups[0])];
        let id = unread.partition_point(|c| *c < char::from(byte)) as LetterId;
        (self.ascii_byte(id) == Some(byte)).then_some(id)
    }

    /// The printable ASCII character that this letter is, alone and without a reading.
    pub fn ascii_byte(&self, id: LetterId) -> Option<u8> {
        let c = *self.chars.get(usize::from(id)).filter(|c| matches!(c, ' '..='~'))?;
        (self.unread().contains(&id) && self.marks(id).is_empty()).then_some(c as u8)
    }

    /// The letters whose folded character is `c`.
    pub fn folding_to(&self, c: char) -> impl Iterator<Item = LetterId> + '_ {
        let from = self.by_folded.partition_point(|(folded, _)| *folded < c);
        self.by_folded[from..].iter().take_while(move |(folded, _)| *folded == c).map(|(_, id)| *id)
    }

    /// The initials, one bit each, of the letters that may begin with this keystroke.
    pub fn initials_begun_by(&self, key: char) -> u32 {
        let by_reading = if key.is_ascii_lowercase() { self.entries[usize::from(key as u8 - b'a')] } else { 0 };
        let initial = |id| self.readings(id).first().map_or(0, |syllable| 1 << syllable.initial());
        self.folding_to(key).fold(by_reading, |set, id| set | initial(id))
    }

    /// A term in letters; those the alphabet lacks are left out.
    pub(crate) fn spell(&self, term: &Term) -> Vec<LetterId> {
        let find = |letter: Letter| {
            let is_it = |id: &LetterId| {
                let i = usize::from(*id);
                self.chars[i] == letter.first
                    && self.marks(*id) == letter.marks
                    && *self.readings(*id) == *letter.readings.0
            };
            self.folding_to(folded(letter.first, &letter.marks)).find(is_it)
        };
        Letter::all(term).filter_map(find).collect()
    }

    /// Writes letters: a common one in one byte, any other as its page (after the common ones) and its place in it.
    pub(crate) fn put_text(&self, out: &mut Vec<u8>, letters: &[LetterId]) {
        let mut places = vec![None; self.len()];
        for (place, id) in self.common.iter().enumerate() {
            places[usize::from(*id)] = Some(place as u8);
        }
        for id in letters {
            match places[usize::from(*id)] {
                Some(place) => out.push(place),
                None => out.extend([(self.common.len() + usize::from(id >> 8)) as u8, *id as u8]),
            }
        }
    }

    /// Reads `n` letters that [`Letters::put_text`] wrote, appending them.
    pub(crate) fn take_text(
        &self,
        reader: &mut Reader<'_>,
        n: usize,
        into: &mut Vec<LetterId>,
    ) -> Result<(), ReadError> {
        reader.check(n <= reader.left())?;
        into.reserve(n);
        for _ in 0..n {
            let id = self.take_letter(reader).ok_or_else(|| reader.damaged())?;
            into.push(id);
        }
        Ok(())
    }

    /// The next letter; none where there is no such, or nothing more.
    #[inline(always)]
    fn take_letter(&self, reader: &mut Reader<'_>) -> Option<LetterId> {
        let byte = usize::from(reader.next()?);
        let id = match self.common.get(byte) {
            Some(id) => usize::from(*id),
            None => (byte - self.common.len()) << 8 | usize::from(reader.next()?),
        };
        (id < self.len()).then_some(id as LetterId)
    }

    /// Writes the alphabet: groups by settled reading, characters, other readings, common letters.
    pub(crate) fn put(&self, out: &mut Vec<u8>) {
        put_varint(out, self.len() as u32);
        let sizes: Vec<u32> = std::iter::once(self.groups[0])
            .chain(self.groups.windows(2).map(|pair| pair[1] - pair[0]))
            .map(u32::from)
            .collect();
        put_planes(out, &sizes);
        put_planes(out, &self.chars.iter().map(|c| u32::from(*c)).collect::<Vec<u32>>());
        let marks: Vec<Vec<u32>> =
            (0..self.len()).map(|id| self.marks(id as LetterId).chars().map(u32::from).collect()).collect();
        put_planes(out, &marks.iter().map(|marks| marks.len() as u32).collect::<Vec<u32>>());
        put_planes(out, &marks.concat());
        let readings = || (0..self.len()).map(|id| self.readings(id as LetterId));
        put_planes(out, &readings().map(|r| r.len().saturating_sub(1) as u32).collect::<Vec<u32>>());
        let codes: Vec<u32> = readings().flat_map(|r| r.iter().skip(1)).map(|s| s.code() as u32).collect();
        put_planes(out, &codes);
        put_varint(out, self.common.len() as u32);
        put_planes(out, &self.common.iter().map(|id| u32::from(*id)).collect::<Vec<u32>>());
    }

    /// Reads what [`Letters::put`] wrote.
    pub(crate) fn take(reader: &mut Reader<'_>, allowance: &mut Allowance) -> Result<Letters, ReadError> {
        let n = reader.at_most(MAX_LETTERS)?;
        allowance.spend(reader, n, BYTES_OF_A_LETTER)?;
        let sizes = reader.planes(SYLLABLE_CODES + 1, n as u64 + 1)?;
        reader.check(sizes.iter().map(|size| *size as usize).sum::<usize>() == n)?;
        let chars = reader.numbers(n, ANY)?;
        let mark_counts = reader.numbers(n, MAX_MARKS as u64 + 1)?;
        let n_marks = mark_counts.iter().map(|count| count as usize).sum::<usize>();
        reader.check(n_marks <= MAX_EXTRAS)?;
        allowance.spend(reader, n_marks, size_of::<char>())?;
        let marks = reader.numbers(n_marks, ANY)?;
        let others = reader.numbers(n, 256)?;
        let n_codes = others.iter().map(|count| count as usize).sum::<usize>();
        reader.check(n_codes <= MAX_EXTRAS)?;
        allowance.spend(reader, n_codes, size_of::<Syllable>())?;
        let codes = reader.numbers(n_codes, SYLLABLE_CODES as u64)?;
        let n_common = reader.at_most(256 - n.div_ceil(256))?;
        let common = reader.planes(n_common, n as u64)?.into_iter().map(|id| id as LetterId).collect();
        reader.end()?;

        let firsts = sizes.iter().enumerate().flat_map(|(group, size)| std::iter::repeat_n(group, *size as usize));
        let (mut marks, mut codes) = (marks.iter(), codes.iter());
        let mut letters = Letters::with_room(n);
        let scalar = |scalar: u32| char::from_u32(scalar).ok_or_else(|| reader.damaged());
        let syllable = |code: usize| Syllable::from_code(code).ok_or_else(|| reader.damaged());
        let (mut own_marks, mut readings) = (String::new(), Vec::new());
        for (id, group) in firsts.enumerate() {
            own_marks.clear();
            for mark in marks.by_ref().take(mark_counts.get(id) as usize) {
                own_marks.push(scalar(mark)?);
            }
            readings.clear();
            if group > 0 {
                readings.push(syllable(group - 1)?);
            }
            let others = others.get(id) as usize;
            reader.check(others == 0 || group > 0)?;
            for code in codes.by_ref().take(others) {
                readings.push(syllable(code as usize)?);
            }
            letters.push(scalar(chars.get(id))?, &own_marks, &readings);
            let id = id as LetterId;
            let may_be_read = group == 0 || letters.folded(id) > LAST_UNREAD;
            reader.check(may_be_read && (id == 0 || letters.stands_before(id - 1, &letters, id)))?;
        }
        Ok(letters.finished(common))
    }
}

#[cfg(test)]
mod tests;
