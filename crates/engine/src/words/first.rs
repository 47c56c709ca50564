//! Words as the first version of the format has them: with an alphabet and texts of their own, so they know no index.
//!
//! # Payload
//!
//! 1. A block: letters.
//! 2. For each kind, in the order of [`Kind`], a varint: how many words are typed that lead so; s in all.
//! 3. Varint n, at least s; planes of n lengths; n texts, each the text of a word: those that are typed, kind by kind, the others after them.
//! 4. Planes of n classes: how the word stands in names of organisations, see [`Class`](super::Class).
//! 5. Planes of s counts: how many words each leads to. A filler leads to none, all others to 1 to 255.
//! 6. Planes of all those words in turn, the nearest first: 0 for the first text behind those that are typed to which none before led, else
//!    3 (d − 1) + 1, + 2 or + 3 for the text d before that one, the word typed d before this one, or the word typed d after it.

use super::{CLASSES, KINDS, Kind, MAX_WORD, Sense, Words};
use crate::bytes::{ANY, Reader};
use crate::error::{ReadError, Section};
use crate::index::{Allowance, Letters, Texts};

/// Reads a payload.
pub(super) fn read(payload: &[u8]) -> Result<Words, ReadError> {
    let mut reader = Reader::new(payload, Section::Words);
    let letters = Letters::take(&mut Reader::new(reader.block()?, Section::Letters), &mut Allowance::of(payload))?;
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
