//! The words of a directory: which words lead to which (北大 to 北京大学, 芯片 to 集成电路, 冀 to 河北), and out of which words names of
//! organisations are made.
//!
//! A build takes of its tables what some value of the directory bears out, so a small directory has a small file. Such a word is told by where it stands in
//! the index, so a file is made for one index and opened with no other. A page loads it last, as the tables of characters. This is the only description of the
//! format; the outer header (magic `expword\0`, version 2), the packing and the words used here are those of [`crate::file`], letters and text those of
//! [`crate::index`]. Version 1 is described by `first.rs`.
//!
//! # Payload
//!
//! 1. 8 bytes: the checksum that the header of the index tells; of its names, where it comes in parts.
//! 2. A block: the letters that words have and the index lacks, of which none is common. Text here is in the alphabet of both, sorted as one; common in it is what is so in
//!    the index, as far as there are bytes for it.
//! 3. Varints: q words that stand in values, o others that are led to or are parts of names, t that are typed.
//! 4. Planes of 4q + o + t numbers:
//!    - for each of the q words its value, counted through all columns, as the difference to the one before (to 0), modulo the number of values;
//!    - for each of the q how many letters stand before it in the value, and then for each how many stand behind it;
//!    - for each of the q + o words its class, how it stands in names of organisations, see [`Class`];
//!    - for each typed word how it leads, see [`Kind`], and four times how many words it leads to. A filler leads to none, all others to 1 to 255.
//! 5. Planes of numbers of the q + o words: for each typed word that leads to any the first, the nearest, as the difference to the first of the one before (to 0), modulo
//!    q + o; then all others in turn.
//! 6. A block: how the o words and then the typed ones are spelled, by a byte for each letter and 0 behind each word. 1 is a letter that text tells, 2 + n the
//!    letter n places further on in the first word that this one leads to.
//! 7. Text of all letters that are told so.
//!
//! # Figures
//!
//! Kilobytes for the 2,203 typed words of the sample and the 2,160 that they lead to or that are parts of names, 12.9 in all, 11.3 by zopfli; each part packed by
//! itself: letters 0.5, where words stand 2.1, classes 0.3, kinds and counts 0.6, words led to 2.8, spelling 2.8, text 2.9.
//!
//! | choice | taken | instead of |
//! |---|---|---|
//! | words by where they stand | 2.1 KB | 8.7 KB: their texts |
//! | the best place for each | as above | 2.6 KB: the first; 2.3 KB: lengths instead of what stands behind |
//! | letters of the index | 0.5 KB | 2.9 KB: an own alphabet |
//! | typed words by letters of what they lead to | spelling and text 5.7 KB | 7.9 KB: text, and 0 behind each word; 8.2 KB: text and lengths |
//! | how far on such a letter stands | as above | 0.2 KB more: its place |
//! | words led to by number, in the order of the index | 2.8 KB | 3.7 KB: without differences; as much: by distance, in the order in which they are led to |

#[cfg(feature = "first")]
mod first;
mod read;
mod write;

pub use write::{Draft, of_index, repacked, write};

use crate::error::ReadError;
use crate::file;
use crate::index::{Letters, Texts};
use std::ops::Range;

/// The largest payload that is unpacked is some twenty times the largest file there can be today.
const FILE: file::Kind = file::Kind { magic: *b"expword\0", version: 2, max_payload: 2 << 20 };
/// The longest word in letters.
const MAX_WORD: usize = 64;
/// What a typed word leads to is told by less than this: four times the number of words and the kind.
const MAX_LEADS: usize = 4 * 256;
/// The byte of a letter that is told by text.
const LETTER: u8 = 1;

/// How a typed word leads to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// To the full names of organisations, the most famous first.
    Nickname,
    /// To places.
    Place,
    /// To words of the same or a near meaning, the nearest first.
    Related,
    /// To nothing: what visitors type beside what they mean (教授, 当选).
    Filler,
}

/// How a word stands in names of organisations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Class {
    /// It does not: the word is only typed, or led to.
    None,
    /// Whose it is: abbreviations leave it out.
    Owner,
    /// A place.
    Region,
    /// What it is: 大学, 研究所; abbreviations keep one character.
    Kind,
    /// All else.
    Word,
}

const KINDS: [Kind; 4] = [Kind::Nickname, Kind::Place, Kind::Related, Kind::Filler];
const CLASSES: [Class; 5] = [Class::None, Class::Owner, Class::Region, Class::Kind, Class::Word];

/// A typed word and what it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sense {
    /// How.
    pub kind: Kind,
    /// The word that is typed: its place among the texts.
    pub typed: u32,
    targets: Range<usize>,
}

/// The words, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    letters: Letters,
    texts: Texts,
    /// Of the first texts; the others are in no names.
    classes: Vec<Class>,
    senses: Vec<Sense>,
    targets: Vec<u32>,
}

impl Words {
    /// The alphabet of the texts.
    pub fn letters(&self) -> &Letters {
        &self.letters
    }

    /// Every word.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The words that are typed.
    pub fn senses(&self) -> &[Sense] {
        &self.senses
    }

    /// What a typed word leads to, the nearest first, as places among the texts.
    pub fn targets(&self, sense: &Sense) -> &[u32] {
        &self.targets[sense.targets.clone()]
    }

    /// The words of which names of organisations are made, folded.
    pub fn parts(&self) -> impl Iterator<Item = (Vec<char>, Class)> + '_ {
        let folded = |text: &[u16]| text.iter().map(|id| self.letters.folded(*id)).collect();
        self.texts
            .iter()
            .zip(&self.classes)
            .filter(|(_, class)| **class != Class::None)
            .map(move |(text, class)| (folded(text), *class))
    }
}

/// Packs a payload and puts the outer header before it, as [`crate::index::seal`] does: tests seal damaged ones.
pub fn seal(payload: &[u8], effort: u8) -> Vec<u8> {
    FILE.seal(payload, effort)
}

/// Checks the outer header and unpacks the payload, which may still be nonsense.
///
/// # Errors
///
/// As [`Words::read`], but for what is inside the payload.
pub fn unpack(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    FILE.unpack(bytes)
}
