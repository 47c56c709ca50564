//! The alphabet of an index: every distinct character-with-its-readings that occurs in it, numbered.
//!
//! All text of an index is written in these numbers, so that 单 in a surname (shàn, else dān) and 单 in an
//! organisation (dān) are two letters, and matching never needs a dictionary.

use super::bytes::{ANY, Reader, put_planes, put_varint};
use crate::error::ReadError;
use crate::pinyin::{FINALS, SYLLABLE_CODES, Syllable};
use crate::record::{Readings, Term};
use crate::text::{fold, is_literal, is_silent};
use std::collections::BTreeMap;
use std::ops::Range;

/// A letter's number: its place when letters are sorted by settled reading (none first), character, other readings.
pub type LetterId = u16;

/// How many letters an index may have: every number of a [`LetterId`] but the last.
pub(super) const MAX_LETTERS: usize = 0xffff;

/// How many of the most frequent letters are written in one byte. Measured on the sample: of 0, 60, 120 and 180
/// the last packed smallest (13.4 KB against 15.1 KB for organisations and disciplines).
const MAX_COMMON: usize = 180;

/// The letters of an index, by number, by reading and by character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letters {
    chars: Vec<char>,
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
        let mut counts: BTreeMap<(Option<Syllable>, char, Readings), u32> = BTreeMap::new();
        for term in terms {
            for (c, readings) in term.text().chars().zip(term.readings()) {
                *counts.entry((readings.0.first().copied(), c, readings.clone())).or_default() += 1;
            }
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
        let letters = counts.into_keys().map(|(_, c, readings)| (c, readings));
        Some(Letters::new(letters.collect(), common))
    }

    /// Derives all look-ups from letters that are sorted already.
    fn new(letters: Vec<(char, Readings)>, common: Vec<LetterId>) -> Letters {
        let (chars, readings): (Vec<char>, Vec<Readings>) = letters.into_iter().unzip();
        let folded: Vec<char> = chars.iter().map(|c| fold(*c)).collect();
        let silent = folded.iter().map(|c| is_silent(*c)).collect();
        let bit = |syllable: &Syllable| 1 << (syllable.first_letter() - b'a');
        let initials = readings.iter().map(|r| r.0.iter().fold(0, |set, syllable| set | bit(syllable))).collect();
        let mut by_folded: Vec<(char, LetterId)> = folded.iter().copied().zip(0..).collect();
        by_folded.sort_unstable();
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
        Letters { chars, folded, silent, initials, readings, groups, by_folded, common, entries }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether the index has no text at all.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The character as shown.
    pub fn char(&self, id: LetterId) -> char {
        self.chars[usize::from(id)]
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

    /// The letters whose settled reading is this syllable.
    pub fn read_as(&self, syllable: Syllable) -> Range<LetterId> {
        self.groups[syllable.code()]..self.groups[syllable.code() + 1]
    }

    /// The letters whose settled reading has this initial.
    pub fn begun_by_initial(&self, initial: u8) -> Range<LetterId> {
        let first = usize::from(initial) * FINALS.len();
        self.groups[first]..self.groups[first + FINALS.len()]
    }

    /// The letters without a reading.
    pub fn unread(&self) -> Range<LetterId> {
        0..self.groups[0]
    }

    /// The letter that is this ASCII character and has no reading.
    pub fn ascii(&self, byte: u8) -> Option<LetterId> {
        let unread = &self.chars[..usize::from(self.groups[0])];
        unread.binary_search(&char::from(byte)).ok().map(|id| id as LetterId)
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

    /// The letter that is exactly this character with these readings.
    pub(super) fn find(&self, c: char, readings: &Readings) -> Option<LetterId> {
        self.folding_to(fold(c)).find(|id| self.char(*id) == c && self.readings[usize::from(*id)] == *readings)
    }

    /// Text as shown.
    pub fn text(&self, letters: &[LetterId]) -> String {
        letters.iter().map(|id| self.char(*id)).collect()
    }

    /// Writes letters: a common one in one byte, any other as its page (after the common ones) and its place in it.
    pub(super) fn put_text(&self, out: &mut Vec<u8>, letters: &[LetterId]) {
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
    pub(super) fn take_text(
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
    pub(super) fn put(&self, out: &mut Vec<u8>) {
        put_varint(out, self.len() as u32);
        let sizes: Vec<u32> = std::iter::once(self.groups[0])
            .chain(self.groups.windows(2).map(|pair| pair[1] - pair[0]))
            .map(u32::from)
            .collect();
        put_planes(out, &sizes);
        put_planes(out, &self.chars.iter().map(|c| u32::from(*c)).collect::<Vec<u32>>());
        let others: Vec<u32> = self.readings.iter().map(|r| r.0.len().saturating_sub(1) as u32).collect();
        put_planes(out, &others);
        let codes: Vec<u32> = self.readings.iter().flat_map(|r| r.0.iter().skip(1)).map(|s| s.code() as u32).collect();
        put_planes(out, &codes);
        put_varint(out, self.common.len() as u32);
        put_planes(out, &self.common.iter().map(|id| u32::from(*id)).collect::<Vec<u32>>());
    }

    /// Reads what [`Letters::put`] wrote.
    pub(super) fn take(reader: &mut Reader<'_>) -> Result<Letters, ReadError> {
        let n = reader.at_most(MAX_LETTERS)?;
        let sizes = reader.planes(SYLLABLE_CODES + 1, n as u64 + 1)?;
        reader.check(sizes.iter().map(|size| *size as usize).sum::<usize>() == n)?;
        let chars = reader.planes(n, ANY)?;
        let others = reader.planes(n, 256)?;
        let n_codes = others.iter().map(|count| *count as usize).sum::<usize>();
        let mut codes = reader.planes(n_codes, SYLLABLE_CODES as u64)?.into_iter();
        let n_common = reader.at_most(256 - n.div_ceil(256))?;
        let common = reader.planes(n_common, n as u64)?.into_iter().map(|id| id as LetterId).collect();
        reader.end()?;

        let firsts = sizes.iter().enumerate().flat_map(|(group, size)| std::iter::repeat_n(group, *size as usize));
        let mut letters = Vec::with_capacity(n);
        for ((first, scalar), others) in firsts.zip(chars).zip(others) {
            let c = char::from_u32(scalar).ok_or_else(|| reader.damaged())?;
            let mut readings = Vec::new();
            if let Some(code) = first.checked_sub(1) {
                readings.push(Syllable::from_code(code).ok_or_else(|| reader.damaged())?);
            }
            reader.check(others == 0 || first > 0)?;
            for code in codes.by_ref().take(others as usize) {
                readings.push(Syllable::from_code(code as usize).ok_or_else(|| reader.damaged())?);
            }
            letters.push((c, Readings(readings)));
        }
        let key = |(c, readings): &(char, Readings)| (readings.0.first().copied(), *c, readings.clone());
        reader.check(letters.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])))?;
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
        let shan = letters.find('单', &terms[0].readings()[0]).unwrap();
        assert!(letters.read_as(Syllable::parse("shan").unwrap()).contains(&shan));
        assert_eq!(letters.unread().len(), 2);

        let mut text = Vec::new();
        letters.put_text(&mut text, &[shan, 0, 1]);
        let mut back = Vec::new();
        letters.take_text(&mut Reader::new(&text, "text"), 3, &mut back).unwrap();
        assert_eq!(back, [shan, 0, 1]);
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
