//! The alphabet of an index: every distinct grapheme-with-its-readings that occurs in it, numbered.
//!
//! A grapheme is what a visitor calls a character: with its accents, its variation selector, its joined emoji. Text is cut into
//! graphemes when an index is written, so whatever is matched and highlighted by whole letters cuts none, and the tables for cutting
//! (15 KB packed) stay out of the browser. All text of an index is written in these numbers, so that 单 in a surname (shàn, else dān) and 单 in an
//! organisation (dān) are two letters, and matching never needs a dictionary.

use crate::bytes::{ANY, Reader, put_planes, put_varint};
use crate::error::ReadError;
use crate::pinyin::{FINALS, SYLLABLE_CODES, Syllable};
use crate::record::{Readings, Term};
use crate::text::{fold, is_literal, is_silent};
use std::collections::{BTreeMap, BinaryHeap};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A letter's number: its place when letters are sorted by settled reading (none first), character, marks, other readings.
pub type LetterId = u16;

/// How many letters an index may have: every number of a [`LetterId`] but the last.
pub(super) const MAX_LETTERS: usize = 0xffff;

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

impl Letter {
    /// What a visitor types for it, by [`fold`]: the first character, but `ü` in two characters is `ü` too.
    fn folded(&self) -> char {
        match fold(self.first) {
            'u' if self.marks.starts_with('\u{308}') => 'ü',
            c => c,
        }
    }

    /// The letters of a term. A grapheme is read as its first character is.
    fn all(term: &Term) -> impl Iterator<Item = Letter> + '_ {
        let mut readings = term.readings().iter();
        term.text().graphemes(true).filter_map(move |grapheme| {
            let mut chars = grapheme.chars();
            let first = chars.next()?;
            let marks = chars.as_str().to_string();
            let own = readings.nth(0)?.clone();
            readings.by_ref().take(marks.chars().count()).for_each(drop);
            Some(Letter { settled: own.0.first().copied(), first, marks, readings: own })
        })
    }
}

/// The letters of an index, by number, by reading and by character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letters {
    chars: Vec<char>,
    /// What follows the first character of a grapheme, for the few letters that have more.
    marks: Vec<(LetterId, String)>,
    folded: Vec<char>,
    silent: Vec<bool>,
    /// By letter, with which of a to z its readings begin, one bit each.
    initials: Vec<u32>,
    readings: Vec<Readings>,
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
    /// `None` when there are more than [`MAX_LETTERS`].
    pub(crate) fn of<'t>(terms: impl Iterator<Item = &'t Term>) -> Option<Letters> {
        let mut counts: BTreeMap<Letter, u32> = BTreeMap::new();
        for letter in terms.flat_map(Letter::all) {
            *counts.entry(letter).or_default() += 1;
        }
        if counts.len() > MAX_LETTERS {
            return None;
        }
        let pages = counts.len().div_ceil(256);
        let mut by_count: Vec<(std::cmp::Reverse<u32>, LetterId)> =
            counts.values().enumerate().map(|(id, count)| (std::cmp::Reverse(*count), id as LetterId)).collect();
        by_count.sort_unstable();
        by_count.truncate(MAX_COMMON.min(256 - pages));
        let common = by_count.into_iter().map(|(_, id)| id).collect();
        Some(Letters::new(counts.into_keys().collect(), common))
    }

    /// Derives all look-ups from letters that are sorted already.
    fn new(letters: Vec<Letter>, common: Vec<LetterId>) -> Letters {
        let chars: Vec<char> = letters.iter().map(|letter| letter.first).collect();
        let folded: Vec<char> = letters.iter().map(Letter::folded).collect();
        let marked = letters.iter().zip(0..).filter(|(letter, _)| !letter.marks.is_empty());
        let marks = marked.map(|(letter, id)| (id, letter.marks.clone())).collect();
        let readings: Vec<Readings> = letters.into_iter().map(|letter| letter.readings).collect();
        let silent = folded.iter().map(|c| is_silent(*c)).collect();
        let bit = |syllable: &Syllable| 1 << (syllable.first_letter() - b'a');
        let initials = readings.iter().map(|r| r.0.iter().fold(0, |set, syllable| set | bit(syllable))).collect();
        // Sorted by a heap: no faster sort is worth its code on the way to a browser.
        let by_folded = folded.iter().copied().zip(0..).collect::<BinaryHeap<(char, LetterId)>>().into_sorted_vec();
        let before = |code: usize| {
            readings.partition_point(|r| r.0.first().is_none_or(|syllable| syllable.code() < code)) as LetterId
        };
        let groups = (0..=SYLLABLE_CODES).map(before).collect();
        let mut entries = [0; 26];
        for readings in &readings {
            for (settled, reading) in
                readings.0.iter().take(1).flat_map(|settled| readings.0.iter().map(move |r| (settled, r)))
            {
                entries[usize::from(reading.first_letter() - b'a')] |= 1 << settled.initial();
            }
        }
        Letters { chars, marks, folded, silent, initials, readings, groups, by_folded, common, entries }
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
        self.marks.binary_search_by_key(&id, |(id, _)| *id).map_or("", |place| &self.marks[place].1)
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

    /// Whether a match may pass over it, by [`is_silent`].
    pub fn is_silent(&self, id: LetterId) -> bool {
        self.silent[usize::from(id)]
    }

    /// Whether typing this letter may begin with this keystroke: the character itself, or a reading's first letter.
    pub fn is_begun_by(&self, id: LetterId, key: char) -> bool {
        let by_reading = key.is_ascii_lowercase() && self.initials[usize::from(id)] >> (key as u8 - b'a') & 1 == 1;
        by_reading || is_literal(key, self.folded(id))
    }

    /// The settled reading first, then the less usual ones; empty for what has none.
    pub fn readings(&self, id: LetterId) -> &[Syllable] {
        &self.readings[usize::from(id)].0
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

    /// The initials, one bit each, of the letters that [`Letters::is_begun_by`] this keystroke.
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
                self.chars[i] == letter.first && self.marks(*id) == letter.marks && self.readings[i] == letter.readings
            };
            self.folding_to(letter.folded()).find(is_it)
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
            let byte = usize::from(reader.byte()?);
            let id = match self.common.get(byte) {
                Some(id) => usize::from(*id),
                None => (byte - self.common.len()) << 8 | usize::from(reader.byte()?),
            };
            reader.check(id < self.len())?;
            into.push(id as LetterId);
        }
        Ok(())
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
        let others: Vec<u32> = self.readings.iter().map(|r| r.0.len().saturating_sub(1) as u32).collect();
        put_planes(out, &others);
        let codes: Vec<u32> = self.readings.iter().flat_map(|r| r.0.iter().skip(1)).map(|s| s.code() as u32).collect();
        put_planes(out, &codes);
        put_varint(out, self.common.len() as u32);
        put_planes(out, &self.common.iter().map(|id| u32::from(*id)).collect::<Vec<u32>>());
    }

    /// Reads what [`Letters::put`] wrote.
    pub(crate) fn take(reader: &mut Reader<'_>) -> Result<Letters, ReadError> {
        let n = reader.at_most(MAX_LETTERS)?;
        let sizes = reader.planes(SYLLABLE_CODES + 1, n as u64 + 1)?;
        reader.check(sizes.iter().map(|size| *size as usize).sum::<usize>() == n)?;
        let chars = reader.planes(n, ANY)?;
        let mark_counts = reader.planes(n, 256)?;
        let n_marks = mark_counts.iter().map(|count| *count as usize).sum::<usize>();
        let mut marks = reader.planes(n_marks, ANY)?.into_iter();
        let others = reader.planes(n, 256)?;
        let n_codes = others.iter().map(|count| *count as usize).sum::<usize>();
        let mut codes = reader.planes(n_codes, SYLLABLE_CODES as u64)?.into_iter();
        let n_common = reader.at_most(256 - n.div_ceil(256))?;
        let common = reader.planes(n_common, n as u64)?.into_iter().map(|id| id as LetterId).collect();
        reader.end()?;

        let firsts = sizes.iter().enumerate().flat_map(|(group, size)| std::iter::repeat_n(group, *size as usize));
        let mut letters = Vec::with_capacity(n);
        let scalar = |scalar: u32| char::from_u32(scalar).ok_or_else(|| reader.damaged());
        let syllable = |code: usize| Syllable::from_code(code).ok_or_else(|| reader.damaged());
        for (((first, own), mark_count), others) in firsts.zip(chars).zip(mark_counts).zip(others) {
            let marks = marks.by_ref().take(mark_count as usize).map(scalar).collect::<Result<String, ReadError>>()?;
            let settled = first.checked_sub(1).map(syllable).transpose()?;
            reader.check(others == 0 || settled.is_some())?;
            let mut readings: Vec<Syllable> = settled.into_iter().collect();
            for code in codes.by_ref().take(others as usize) {
                readings.push(syllable(code as usize)?);
            }
            letters.push(Letter { settled, first: scalar(own)?, marks, readings: Readings(readings) });
        }
        reader.check(letters.is_sorted_by(|a, b| a < b))?;
        Ok(Letters::new(letters, common))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A term whose characters are read as the space-separated words say; `-` is no reading, `/` joins other readings.
    pub(crate) fn term(text: &str, readings: &str) -> Term {
        let reading = |word: &str| match word {
            "-" => Readings::default(),
            _ => Readings(word.split('/').map(|s| Syllable::parse(s).unwrap()).collect()),
        };
        Term::new(text, readings.split(' ').map(reading).collect())
    }

    #[test]
    fn letters_come_back_as_written() {
        let terms = [term("单田芳", "shan/dan/chan tian fang"), term("简单a·", "jian dan - -"), term("呣", "m")];
        let letters = Letters::of(terms.iter()).unwrap();
        let mut bytes = Vec::new();
        letters.put(&mut bytes);
        assert_eq!(Letters::take(&mut Reader::new(&bytes, "letters")).unwrap(), letters);
        assert_eq!(letters.folding_to('单').count(), 2);
        let shan = letters.spell(&terms[0])[0];
        assert!(letters.begun_by_initial(Syllable::parse("shan").unwrap().initial()).contains(&shan));
        assert_eq!(letters.unread().len(), 2);

        let mut text = Vec::new();
        letters.put_text(&mut text, &[shan, 0, 1]);
        let mut back = Vec::new();
        letters.take_text(&mut Reader::new(&text, "text"), 3, &mut back).unwrap();
        assert_eq!(back, [shan, 0, 1]);
    }

    #[test]
    fn a_grapheme_is_one_letter() {
        let text = "葛\u{e0100}洪e\u{301}👩‍🔬u\u{308}";
        let terms = [Term::plain(text), Term::plain("葛e")];
        let letters = Letters::of(terms.iter()).unwrap();
        let mut bytes = Vec::new();
        letters.put(&mut bytes);
        assert_eq!(Letters::take(&mut Reader::new(&bytes, "letters")).unwrap(), letters);
        let spelled = letters.spell(&terms[0]);
        assert_eq!(letters.text(&spelled), text);
        let lengths: Vec<u32> = spelled.iter().map(|id| letters.utf16_length(&[*id])).collect();
        assert_eq!(lengths, [3, 1, 2, 5, 2]);
        assert_eq!(spelled.iter().map(|id| letters.folded(*id)).collect::<String>(), "葛洪e👩ü");
        assert_eq!(letters.text(&letters.spell(&terms[1])), "葛e");
        assert_eq!(letters.ascii(b'e').map(|id| letters.text(&[id])), Some("e".to_string()));
        assert_eq!(letters.ascii(b'u'), None);
    }

    #[test]
    fn a_large_alphabet_gives_up_its_common_letters() {
        let text: String = (0x4e00..0x4e00 + 40_000).filter_map(char::from_u32).collect();
        let letters = Letters::of([Term::plain(text)].iter()).unwrap();
        let all: Vec<LetterId> = (0..letters.len() as LetterId).collect();
        let (mut bytes, mut back) = (Vec::new(), Vec::new());
        letters.put_text(&mut bytes, &all);
        letters.take_text(&mut Reader::new(&bytes, "text"), all.len(), &mut back).unwrap();
        assert_eq!(back, all);
    }
}
