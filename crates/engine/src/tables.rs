//! Tables of characters: which is another form of which, and how each is read; one file for all indexes.
//!
//! A query may hold characters that no index has: traditional and variant forms, and other hanzi of the same sound. These tables tell the
//! engine what they stand for. A page loads them after the index, and searches without them until then.
//!
//! Characters fall into classes of one *representative*, the form that is standard in China's mainland, and its *variants*. A representative is never a
//! variant, by the format itself, so folding twice is folding once. This is the only description of the format; the outer header (magic
//! `exptabl\0`, version 1), the packing and the words used here are those of [`crate::file`].
//!
//! # Payload
//!
//! 1. Characters: a bitmap of those among U+4E00 to U+9FFF; varint m; planes of the m others, ascending, each as the difference to the one before (to 0).
//!    All are numbered in ascending order.
//! 2. A bitmap by number: which are variants.
//! 3. For each variant a varint: its representative's place among the representatives, as the difference to the one before (to 0), in zigzag
//!    (0, −1, 1, −2 … as 0, 1, 2, 3 …).
//! 4. Which characters have an unusual number of readings, none for a variant and one for a representative being usual: varint k; planes of k
//!    numbers of characters, ascending, each as the difference to the one before (to 0); planes of k counts.
//! 5. Syllables: varint s, at most 511; planes of their codes (see [`crate::pinyin`]), each as the difference to the one before (to 0), modulo the number of codes.
//! 6. All readings in the order of characters, the most usual first: a byte each, the place of a syllable below 255, else 255; then for each of these a byte: its place
//!    less 255. So the commonest 255 syllables stand before the others.
//!
//! # Figures
//!
//! Bytes after packing, for the 8,187 representatives and 4,355 variants of `crates/ingest/data` (20.7 KB in all):
//!
//! | choice | taken | instead of |
//! |---|---|---|
//! | characters and which are variants | 4.3 KB: two bitmaps | 4.7 KB: a bitmap for either kind; 5.3 KB: differences |
//! | readings | 9.0 KB: a byte each, the commonest 255 first | 9.4 KB: planes of ranks; 10.1 KB: planes of codes; 13.6 KB: characters by syllable |
//! | representatives of variants | 6.4 KB: varints | 6.5 KB: planes; 6.7 KB: planes of places; 8.1 KB: variants by representative |
//!
//! The entropy of the syllables alone is 8.7 KB: no order of characters helps a general packer to guess a reading.

use crate::bytes::{Reader, put_planes, put_varint};
use crate::error::{ReadError, Section, WriteError};
use crate::file::{Kind, PACKING};
use crate::pinyin::{SYLLABLE_CODES, Syllable};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The largest payload that is unpacked is some ten times ours.
const FILE: Kind = Kind { magic: *b"exptabl\0", version: 1, max_payload: 512 << 10 };

/// The block of characters that has a bitmap.
const BLOCK: std::ops::RangeInclusive<u32> = 0x4e00..=0x9fff;
const BLOCK_LENGTH: usize = (*BLOCK.end() - *BLOCK.start() + 1) as usize;

/// How many characters and how many readings a file may hold: what a `u16` counts.
const MAX_NUMBERED: usize = 0xffff;

/// The byte of a reading that stands in the second run.
const RARE: u8 = 255;

/// One character, to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The character.
    pub character: char,
    /// The form that stands for it; itself when it is a representative.
    pub representative: char,
    /// Its ordinary readings, the most usual first; a variant needs none of its own.
    pub readings: Vec<Syllable>,
}

/// The tables, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables {
    /// All characters, ascending.
    characters: Vec<char>,
    /// By character the number of its representative, which for a representative is its own.
    representatives: Vec<u16>,
    /// Where the readings of each character begin; one more entry for the end.
    starts: Vec<u16>,
    readings: Vec<Syllable>,
}

impl Tables {
    /// Opens and checks bytes, whatever they are.
    ///
    /// # Errors
    ///
    /// As [`crate::Index::read`]: no such file, a newer version, cut short, damaged.
    pub fn read(bytes: &[u8]) -> Result<Tables, ReadError> {
        let payload = FILE.unpack(bytes)?;
        let mut reader = Reader::new(&payload, Section::Characters);
        let characters = take_characters(&mut reader)?;
        let variants = take_bits(&mut reader, characters.len())?;
        let representatives = take_representatives(&mut reader, &variants)?;
        let starts = take_starts(&mut reader, &variants)?;
        let readings = take_readings(&mut reader, usize::from(starts[characters.len()]))?;
        reader.end()?;
        Ok(Tables { characters, representatives, starts, readings })
    }

    /// The form that stands for all of a character's class; the character itself if the tables know no other.
    pub fn simplified(&self, c: char) -> char {
        self.number(c).map_or(c, |number| self.characters[usize::from(self.representatives[number])])
    }

    /// The ordinary readings of a character, the most usual first: its own, or else those of its representative.
    pub fn readings(&self, c: char) -> &[Syllable] {
        let Some(number) = self.number(c) else { return &[] };
        match self.own_readings(number) {
            [] => self.own_readings(usize::from(self.representatives[number])),
            own => own,
        }
    }

    /// The characters that the tables know, ascending.
    pub fn characters(&self) -> &[char] {
        &self.characters
    }

    fn number(&self, c: char) -> Option<usize> {
        self.characters.binary_search(&c).ok()
    }

    fn own_readings(&self, number: usize) -> &[Syllable] {
        &self.readings[usize::from(self.starts[number])..usize::from(self.starts[number + 1])]
    }
}

fn take_bits(reader: &mut Reader<'_>, n: usize) -> Result<Vec<bool>, ReadError> {
    let bytes = reader.take(n.div_ceil(8))?;
    Ok((0..n).map(|i| bytes[i / 8] >> (i % 8) & 1 == 1).collect())
}

/// `n` numbers below `limit`, each written as the difference to the one before.
fn take_ascending(reader: &mut Reader<'_>, n: usize, limit: usize) -> Result<Vec<u32>, ReadError> {
    let mut numbers = reader.planes(n, limit as u64)?;
    let mut last = 0;
    for number in &mut numbers {
        // Below twice the limit, since both are below it when they are added.
        *number += last;
        reader.check((*number as usize) < limit)?;
        last = *number;
    }
    Ok(numbers)
}

fn take_characters(reader: &mut Reader<'_>) -> Result<Vec<char>, ReadError> {
    let in_block = take_bits(reader, BLOCK_LENGTH)?;
    let m = reader.at_most(MAX_NUMBERED - BLOCK_LENGTH)?;
    let others = take_ascending(reader, m, 0x11_0000)?;
    let (before, after) = others.split_at(others.partition_point(|c| c < BLOCK.start()));
    let block = BLOCK.zip(in_block).filter(|(_, is_in)| *is_in).map(|(c, _)| c);
    let scalars = before.iter().copied().chain(block).chain(after.iter().copied());
    let characters: Vec<char> =
        scalars.map(|c| char::from_u32(c).ok_or_else(|| reader.damaged())).collect::<Result<_, _>>()?;
    reader.check(characters.is_sorted_by(|a, b| a < b))?;
    Ok(characters)
}

fn take_representatives(reader: &mut Reader<'_>, variants: &[bool]) -> Result<Vec<u16>, ReadError> {
    let own = (0u16..).zip(variants).filter(|(_, is_variant)| !**is_variant).map(|(number, _)| number);
    let own: Vec<u16> = own.collect();
    let mut representatives: Vec<u16> = (0..variants.len() as u16).collect();
    let mut place = 0i64;
    for (number, _) in variants.iter().enumerate().filter(|(_, is_variant)| **is_variant) {
        let zigzag = i64::from(reader.varint()?);
        place += zigzag >> 1 ^ -(zigzag & 1);
        let own = usize::try_from(place).ok().and_then(|place| own.get(place));
        representatives[number] = *own.ok_or_else(|| reader.damaged())?;
    }
    Ok(representatives)
}

fn take_starts(reader: &mut Reader<'_>, variants: &[bool]) -> Result<Vec<u16>, ReadError> {
    let mut counts: Vec<u32> = variants.iter().map(|is_variant| u32::from(!is_variant)).collect();
    let k = reader.at_most(variants.len())?;
    let unusual = take_ascending(reader, k, variants.len())?;
    for (number, count) in unusual.iter().zip(reader.planes(k, MAX_NUMBERED as u64)?) {
        counts[*number as usize] = count;
    }
    let mut starts = Vec::with_capacity(counts.len() + 1);
    let mut end = 0u16;
    starts.push(end);
    for count in counts {
        end = u16::try_from(u32::from(end) + count).map_err(|_| reader.damaged())?;
        starts.push(end);
    }
    Ok(starts)
}

fn take_readings(reader: &mut Reader<'_>, n: usize) -> Result<Vec<Syllable>, ReadError> {
    let s = reader.at_most(2 * usize::from(RARE) + 1)?;
    let mut code = 0;
    let syllables = reader.planes(s, SYLLABLE_CODES as u64)?.into_iter().map(|difference| {
        code = (code + difference as usize) % SYLLABLE_CODES;
        Syllable::from_code(code)
    });
    let syllables = syllables.collect::<Option<Vec<Syllable>>>().ok_or_else(|| reader.damaged())?;
    let places = reader.take(n)?;
    let readings = places.iter().map(|place| {
        let more = if *place == RARE { reader.byte()? } else { 0 };
        syllables.get(usize::from(*place) + usize::from(more)).copied().ok_or_else(|| reader.damaged())
    });
    readings.collect()
}

/// Writes the tables; the order of `entries` does not matter.
///
/// # Errors
///
/// A character twice; a representative that is not among the entries or has another itself, or has no reading; more than 65,535 characters or
/// readings; more than 511 syllables.
pub fn write(entries: &[Entry]) -> Result<Vec<u8>, WriteError> {
    let by_character: BTreeMap<char, &Entry> = entries.iter().map(|entry| (entry.character, entry)).collect();
    check(entries, &by_character)?;
    let entries: Vec<&Entry> = by_character.into_values().collect();
    let (others, in_block): (Vec<u32>, Vec<u32>) =
        entries.iter().map(|entry| u32::from(entry.character)).partition(|c| !BLOCK.contains(c));
    let syllables = by_frequency(&entries);
    if entries.len() - in_block.len() > MAX_NUMBERED - BLOCK_LENGTH || syllables.len() > 2 * usize::from(RARE) + 1 {
        return Err(WriteError::new("too many characters or syllables for tables of characters"));
    }

    let mut out = Vec::new();
    put_bits(&mut out, BLOCK.map(|c| in_block.binary_search(&c).is_ok()));
    put_varint(&mut out, others.len() as u32);
    put_ascending(&mut out, &others);
    put_bits(&mut out, entries.iter().map(|entry| is_variant(entry)));
    put_representatives(&mut out, &entries);

    let is_unusual = |entry: &Entry| entry.readings.len() != usize::from(!is_variant(entry));
    let unusual: Vec<(u32, u32)> = (0..)
        .zip(&entries)
        .filter(|(_, entry)| is_unusual(entry))
        .map(|(number, entry)| (number, entry.readings.len() as u32))
        .collect();
    let (numbers, counts): (Vec<u32>, Vec<u32>) = unusual.into_iter().unzip();
    put_varint(&mut out, numbers.len() as u32);
    put_ascending(&mut out, &numbers);
    put_planes(&mut out, &counts);

    put_varint(&mut out, syllables.len() as u32);
    let mut last = 0;
    let differences = syllables.iter().map(|syllable| {
        let difference = (SYLLABLE_CODES + syllable.code() - last) % SYLLABLE_CODES;
        last = syllable.code();
        difference as u32
    });
    put_planes(&mut out, &differences.collect::<Vec<u32>>());
    let all = entries.iter().flat_map(|entry| &entry.readings);
    let places: Vec<usize> = all.filter_map(|reading| syllables.iter().position(|s| s == reading)).collect();
    out.extend(places.iter().map(|place| u8::try_from(*place).unwrap_or(RARE)));
    out.extend(places.iter().filter_map(|place| place.checked_sub(usize::from(RARE))).map(|place| place as u8));
    Ok(seal(&out, PACKING))
}

/// Packs a payload and puts the outer header before it, as [`crate::index::seal`] does: tests seal damaged ones.
pub fn seal(payload: &[u8], effort: u8) -> Vec<u8> {
    FILE.seal(payload, effort)
}

/// Checks the outer header and unpacks the payload, which may still be nonsense.
///
/// # Errors
///
/// As [`Tables::read`], but for what is inside the payload.
pub fn unpack(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    FILE.unpack(bytes)
}

fn is_variant(entry: &Entry) -> bool {
    entry.character != entry.representative
}

fn check(entries: &[Entry], by_character: &BTreeMap<char, &Entry>) -> Result<(), WriteError> {
    if entries.len() > by_character.len() {
        return Err(WriteError::new("a character stands twice"));
    }
    if entries.iter().map(|entry| entry.readings.len().max(1)).sum::<usize>() > MAX_NUMBERED {
        return Err(WriteError::new(format!("more than {MAX_NUMBERED} characters or readings")));
    }
    for entry in entries {
        let representative = by_character.get(&entry.representative);
        if representative.is_none_or(|entry| is_variant(entry) || entry.readings.is_empty()) {
            let Entry { character, representative, .. } = entry;
            return Err(WriteError::new(format!("{character} has the representative {representative}, which is none")));
        }
    }
    Ok(())
}

/// The syllables that occur: the commonest that have a byte of their own in the order of codes, then the others so.
fn by_frequency(entries: &[&Entry]) -> Vec<Syllable> {
    let mut counts: BTreeMap<Syllable, usize> = BTreeMap::new();
    for reading in entries.iter().flat_map(|entry| &entry.readings) {
        *counts.entry(*reading).or_default() += 1;
    }
    let mut syllables: Vec<(Reverse<usize>, Syllable)> =
        counts.into_iter().map(|(s, count)| (Reverse(count), s)).collect();
    syllables.sort_unstable();
    let mut syllables: Vec<Syllable> = syllables.into_iter().map(|(_, syllable)| syllable).collect();
    let common = syllables.len().min(usize::from(RARE));
    let (common, rare) = syllables.split_at_mut(common);
    common.sort_unstable();
    rare.sort_unstable();
    syllables
}

fn put_bits(out: &mut Vec<u8>, bits: impl Iterator<Item = bool>) {
    let bits: Vec<bool> = bits.collect();
    out.extend(bits.chunks(8).map(|bits| bits.iter().rev().fold(0, |byte, bit| byte << 1 | u8::from(*bit))));
}

fn put_ascending(out: &mut Vec<u8>, numbers: &[u32]) {
    let before = std::iter::once(&0).chain(numbers);
    put_planes(out, &numbers.iter().zip(before).map(|(number, before)| number - before).collect::<Vec<u32>>());
}

fn put_representatives(out: &mut Vec<u8>, entries: &[&Entry]) {
    let own: Vec<char> = entries.iter().filter(|entry| !is_variant(entry)).map(|entry| entry.character).collect();
    let mut last = 0;
    for entry in entries.iter().filter(|entry| is_variant(entry)) {
        let place = own.partition_point(|c| *c < entry.representative) as i32;
        let difference = place - last;
        put_varint(out, (difference << 1 ^ difference >> 31) as u32);
        last = place;
    }
}
