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
//! 2. For each kind, in the order of [`Kind`], a varint: how many words are typed that lead so; s in all.
//! 3. Varint n, at least s; planes of n lengths; n texts, each the text of a word: those that are typed, kind by kind, the others after them.
//! 4. Planes of n classes: how the word stands in names of organisations, see [`Class`].
//! 5. Planes of s counts: how many words each leads to. A filler leads to none, all others to 1 to 255.
//! 6. Planes of all those words in turn, the nearest first: 0 for the first text behind those that are typed to which none before led, else
//!    3 (d − 1) + 1, + 2 or + 3 for the text d before that one, the word typed d before this one, or the word typed d after it.
//!
//! # Figures
//!
//! Kilobytes for the 2,165 typed words of the sample, 23.3 in all; each part packed by itself: letters 2.9, texts 14.4, lengths 1.6, words led to
//! 2.8, counts 0.5, classes 0.3. The texts of nicknames and what they lead to are 7.0, those of related words 5.3, parts of names 2.0, places 0.5, fillers 0.1.
//!
//! | choice | taken | instead of |
//! |---|---|---|
//! | typed words by what they lead to | words led to 2.8 KB | 4.1 KB: by their own text |
//! | what they lead to by distance | as above | 3.9 KB: by number |
//! | the texts of typed words first | 0 KB for which are typed | 1.6 KB: one order of all texts, and numbers; classes 0.6 KB and words led to 5.8 KB |

use crate::bytes::{ANY, Reader, put_block, put_planes, put_varint};
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
        let mut kinds = Vec::new();
        for kind in KINDS {
            let count = reader.at_most(reader.left())?;
            kinds.extend(std::iter::repeat_n(kind, count));
        }
        let s = kinds.len();
        let n = reader.at_most(reader.left())?;
        reader.check(s <= n)?;
        let mut texts = Texts::default();
        for length in reader.planes(n, MAX_WORD as u64 + 1)? {
            reader.check(length > 0)?;
            let mut text = Vec::new();
            letters.take_text(&mut reader, length as usize, &mut text)?;
            texts.push(&text);
        }
        let classes = reader.planes(n, CLASSES.len() as u64)?.into_iter().map(|code| CLASSES[code as usize]).collect();
        let counts = reader.planes(s, 256)?;
        let all = counts.iter().map(|count| *count as usize).sum();
        let mut codes = reader.planes(all, ANY)?.into_iter();
        reader.end()?;
        let mut targets = Vec::with_capacity(all);
        let mut senses = Vec::with_capacity(s);
        let mut next = s as u32;
        for ((typed, kind), count) in (0u32..).zip(kinds).zip(counts) {
            reader.check((count == 0) == (kind == Kind::Filler))?;
            let start = targets.len();
            for code in codes.by_ref().take(count as usize) {
                let distance = code.div_ceil(3);
                let target = match code % 3 {
                    _ if code == 0 => Some(next),
                    1 => next.checked_sub(distance),
                    2 => typed.checked_sub(distance),
                    _ => typed.checked_add(distance),
                };
                next += u32::from(code == 0);
                targets.push(target.filter(|target| (*target as usize) < n).ok_or_else(|| reader.damaged())?);
            }
            senses.push(Sense { kind, typed, targets: start..targets.len() });
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

/// Writes the words; their order does not matter.
///
/// # Errors
///
/// A word of more than 64 letters; more than 255 targets, or none where there must be some; a word that leads to itself; more letters than an
/// alphabet has.
pub fn write(draft: &Draft) -> Result<Vec<u8>, WriteError> {
    let own = draft.senses.iter().flat_map(|(typed, _, targets)| std::iter::once(typed).chain(targets));
    let terms: Vec<&Term> = own.chain(draft.parts.iter().map(|(term, _)| term)).collect();
    let letters =
        Letters::of(terms.iter().copied()).ok_or_else(|| WriteError::new("the words have too many letters"))?;
    let classes: BTreeMap<&str, Class> = draft.parts.iter().map(|(term, class)| (term.text(), *class)).collect();
    for (typed, kind, to) in &draft.senses {
        if to.len() > 255 || to.is_empty() != (*kind == Kind::Filler) || to.iter().any(|to| to.text() == typed.text()) {
            let typed = typed.text();
            return Err(WriteError::new(format!("{typed} leads to too many other words, to none or to itself")));
        }
    }
    // Those that lead to the same stand together: most of what they lead to is then what the one before does.
    let mut senses: Vec<&(Term, Kind, Vec<Term>)> = draft.senses.iter().collect();
    senses.sort_by_cached_key(|(typed, kind, targets)| {
        (*kind, targets.iter().map(Term::text).collect::<Vec<&str>>(), typed.text())
    });
    let mut order: Vec<&Term> = senses.iter().map(|(typed, ..)| typed).collect();
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    for (term, number) in order.iter().zip(0..) {
        numbers.entry(term.text()).or_insert(number);
    }
    let s = senses.len() as u32;
    let mut codes = Vec::new();
    for ((.., targets), typed) in senses.iter().zip(0..) {
        for target in targets {
            let next = order.len() as u32;
            codes.push(match numbers.get(target.text()) {
                None => {
                    numbers.insert(target.text(), next);
                    order.push(target);
                    0
                }
                Some(number) if *number >= s => 3 * (next - number) - 2,
                Some(number) if *number < typed => 3 * (typed - number) - 1,
                Some(number) => 3 * (number - typed),
            });
        }
    }
    let mut others: Vec<(Class, &str, &Term)> =
        draft.parts.iter().map(|(term, class)| (*class, term.text(), term)).collect();
    others.retain(|(_, text, _)| !numbers.contains_key(text));
    others.sort_unstable_by_key(|(class, text, _)| (*class, *text));
    order.extend(others.into_iter().map(|(.., term)| term));
    let texts: Vec<Vec<u16>> = order.iter().map(|term| letters.spell(term)).collect();
    if let Some((long, _)) = order.iter().zip(&texts).find(|(_, text)| text.len() > MAX_WORD || text.is_empty()) {
        return Err(WriteError::new(format!("{} is too long for a word", long.text())));
    }

    let mut out = Vec::new();
    let mut block = Vec::new();
    letters.put(&mut block);
    put_block(&mut out, &block);
    for kind in KINDS {
        put_varint(&mut out, senses.iter().filter(|(_, other, _)| *other == kind).count() as u32);
    }
    put_varint(&mut out, texts.len() as u32);
    put_planes(&mut out, &texts.iter().map(|text| text.len() as u32).collect::<Vec<u32>>());
    texts.iter().for_each(|text| letters.put_text(&mut out, text));
    // A word that is typed twice, in two ways, has its class once.
    let class = |(term, number): (&&Term, u32)| match numbers.get(term.text()) {
        Some(first) if *first != number => Class::None as u32,
        _ => classes.get(term.text()).copied().unwrap_or(Class::None) as u32,
    };
    put_planes(&mut out, &order.iter().zip(0..).map(class).collect::<Vec<u32>>());
    put_planes(&mut out, &senses.iter().map(|(.., targets)| targets.len() as u32).collect::<Vec<u32>>());
    put_planes(&mut out, &codes);
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
