//! The words of a directory: which words lead to which (北大 to 北京大学, 芯片 to 集成电路, 冀 to 河北), and out of which words names of
//! organisations are made.
//!
//! A build takes of its tables what some value of the directory bears out, so a small directory has a small file. Such a word is told by where it stands in
//! the index, for which alone the file is made. A page loads it last, as the tables of characters. This is the only description of the format; the outer header
//! (magic `expword\0`, version 2), the packing and the words used here are those of [`crate::file`], letters and text those of [`crate::index`].
//! `first` describes version 1.
//!
//! # Payload
//!
//! 1. 8 bytes: the checksum that the header of the index tells, or of its names where it comes in parts.
//! 2. A block: the letters that the index lacks; none is common. The alphabet of all text here is that of the index and these, sorted as one; common are
//!    the letters that are so in the index, as many of them as there are bytes for.
//! 3. The words that stand in values, letter by letter but for case: varint q; planes of q values, counted through all columns, each as the difference to the one before
//!    (to 0), modulo their number; planes of q numbers of letters before the word there; planes of q numbers of letters behind it.
//! 4. Varint: how many more words are led to or are parts of names; w with those of 3.
//! 5. Planes of w classes: how the word stands in names of organisations, see [`Class`].
//! 6. For each kind, in the order of [`Kind`], a varint: how many words are typed that lead so.
//! 7. Planes of a count for each typed word: how many of the w words it leads to. A filler leads to none, all others to 1 to 255.
//! 8. Planes of the first that each leads to, the nearest, as the difference to that of the one before (to 0), modulo w; planes of all others.
//! 9. How words are spelled, those of 4 and then those that are typed: a block with a byte for each letter and a 0 behind each word, 1 for a letter that text tells,
//!    2 + n for the one n letters further on in the first word that this one leads to; text of all letters told so.
//!
//! # Figures
//!
//! TABLE

#[cfg(feature = "first")]
mod first;
mod read;
mod write;

pub use write::{Draft, write};

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
