//! The words of a directory: which words lead to which (北大 to 北京大学, 芯片 to 集成电路, 冀 to 河北), and out of which words names of
//! organisations are made.
//!
//! A build takes of its tables what some value of the directory bears out, so a small directory has a small file. A page loads it last, as the
//! tables of characters. This is the only description of the format; the outer header (magic `expword\0`, version 1), the packing and the words
//! used here are those of [`crate::file`], letters and text those of [`crate::index`].
//!
//! # Payload
//!
//! 1. A block: letters.
//! 2. Varint n; planes of n lengths; n texts, no two alike, each the text of a word.
//! 3. Planes of n classes: how the word stands in names of organisations, see [`Class`].
//! 4. Varint s; planes of s words that are typed; planes of s kinds, see [`Kind`]; planes of s numbers of words they lead to; planes of all those words in
//!    turn, the nearest first. A filler leads to none, all others to 1 to 255.

use crate::bytes::{Reader, put_block, put_planes, put_varint};
use crate::error::{ReadError, Section, WriteError};
use crate::file::{self, PACKING};
use crate::index::{Allowance, Letters, Texts};
use crate::record::Term;
use std::collections::BTreeMap;
use std::ops::Range;

/// The largest payload that is unpacked is some twenty times the largest file there can be today.
const FILE: file::Kind = file::Kind { magic: *b"expword\0", version: 1, max_payload: 2 << 20 };
/// The longest word in letters.
const MAX_WORD: usize = 64;

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
    classes: Vec<Class>,
    senses: Vec<Sense>,
    targets: Vec<u32>,
}

impl Words {
    /// Opens and checks bytes, whatever they are.
    ///
    /// # Errors
    ///
    /// As [`crate::Index::read`]: no such file, a newer version, cut short, damaged.
    pub fn read(bytes: &[u8]) -> Result<Words, ReadError> {
        let payload = FILE.unpack(bytes)?;
        let mut reader = Reader::new(&payload, Section::Words);
        let letters = Letters::take(&mut Reader::new(reader.block()?, Section::Letters), &mut Allowance::of(&payload))?;
        let n = reader.at_most(reader.left())?;
        let mut texts = Texts::default();
        for length in reader.planes(n, MAX_WORD as u64 + 1)? {
            reader.check(length > 0)?;
            let mut text = Vec::new();
            letters.take_text(&mut reader, length as usize, &mut text)?;
            texts.push(&text);
        }
        let classes = reader.planes(n, CLASSES.len() as u64)?.into_iter().map(|code| CLASSES[code as usize]).collect();
        let s = reader.at_most(reader.left())?;
        let typed = reader.planes(s, n as u64)?;
        let kinds = reader.planes(s, KINDS.len() as u64)?;
        let counts = reader.planes(s, 256)?;
        let all = counts.iter().map(|count| *count as usize).sum();
        let targets = reader.planes(all, n as u64)?;
        reader.end()?;
        let mut end = 0;
        let mut senses = Vec::with_capacity(s);
        for ((typed, kind), count) in typed.into_iter().zip(kinds).zip(counts) {
            let kind = KINDS[kind as usize];
            reader.check((count == 0) == (kind == Kind::Filler))?;
            let start = end;
            end += count as usize;
            senses.push(Sense { kind, typed, targets: start..end });
        }
        Ok(Words { letters, texts, classes, senses, targets })
    }

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

/// The words, to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// What is typed, how it leads, and whereto.
    pub senses: Vec<(Term, Kind, Vec<Term>)>,
    /// The words of names of organisations; none twice.
    pub parts: Vec<(Term, Class)>,
}

/// Writes the words; the order of the senses counts only among those of one typed word.
///
/// # Errors
///
/// A word of more than 64 letters; more than 255 targets, or none where there must be some; more letters than an alphabet has.
pub fn write(draft: &Draft) -> Result<Vec<u8>, WriteError> {
    let own = draft.senses.iter().flat_map(|(typed, _, targets)| std::iter::once(typed).chain(targets));
    let terms: Vec<&Term> = own.chain(draft.parts.iter().map(|(term, _)| term)).collect();
    let letters =
        Letters::of(terms.iter().copied()).ok_or_else(|| WriteError::new("the words have too many letters"))?;
    let classes: BTreeMap<&str, Class> = draft.parts.iter().map(|(term, class)| (term.text(), *class)).collect();
    // By text, so that a word has one number whatever it is for.
    let by_text: BTreeMap<&str, &Term> = terms.iter().map(|term| (term.text(), *term)).collect();
    let numbers: BTreeMap<&str, u32> = by_text.keys().copied().zip(0..).collect();
    let number = |term: &Term| numbers[term.text()];
    let texts: Vec<Vec<u16>> = by_text.values().map(|term| letters.spell(term)).collect();
    if let Some(long) = by_text.values().zip(&texts).find(|(_, text)| text.len() > MAX_WORD || text.is_empty()) {
        return Err(WriteError::new(format!("{} is too long for a word", long.0.text())));
    }
    let mut senses: Vec<(u32, Kind, Vec<u32>)> = draft
        .senses
        .iter()
        .map(|(typed, kind, targets)| (number(typed), *kind, targets.iter().map(number).collect()))
        .collect();
    senses.sort_by_key(|(typed, kind, _)| (*typed, *kind));
    if senses.iter().any(|(_, kind, targets)| targets.len() > 255 || targets.is_empty() != (*kind == Kind::Filler)) {
        return Err(WriteError::new("a word leads to too many others, or to none"));
    }

    let mut out = Vec::new();
    let mut block = Vec::new();
    letters.put(&mut block);
    put_block(&mut out, &block);
    put_varint(&mut out, texts.len() as u32);
    put_planes(&mut out, &texts.iter().map(|text| text.len() as u32).collect::<Vec<u32>>());
    texts.iter().for_each(|text| letters.put_text(&mut out, text));
    let class = |text: &&str| classes.get(text).copied().unwrap_or(Class::None) as u32;
    put_planes(&mut out, &by_text.keys().map(class).collect::<Vec<u32>>());
    put_varint(&mut out, senses.len() as u32);
    put_planes(&mut out, &senses.iter().map(|(typed, ..)| *typed).collect::<Vec<u32>>());
    put_planes(&mut out, &senses.iter().map(|(_, kind, _)| *kind as u32).collect::<Vec<u32>>());
    put_planes(&mut out, &senses.iter().map(|(.., targets)| targets.len() as u32).collect::<Vec<u32>>());
    put_planes(&mut out, &senses.iter().flat_map(|(.., targets)| targets).copied().collect::<Vec<u32>>());
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
/// As [`Words::read`], but for what is inside the payload.
pub fn unpack(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    FILE.unpack(bytes)
}
