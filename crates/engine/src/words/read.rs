//! Bytes → [`Words`] against the index for which they were made: the only place that judges them.

use super::{CLASSES, FILE, KINDS, Kind, LETTER, MAX_WORD, Sense, Words};
use crate::bytes::{ANY, Reader};
use crate::error::{ReadError, ReadErrorKind, Section};
use crate::index::{Allowance, Index, LetterId, Letters, Texts};

impl Words {
    /// Opens and checks bytes, whatever they are: the words of this index.
    ///
    /// # Errors
    ///
    /// As [`Index::read`]: no such file, a newer version, cut short, damaged; and [`ReadErrorKind::Foreign`] for words of another index, or of one
    /// that waits for its values. At no time more than the allowance of an index is held for what words refer to.
    pub fn read(bytes: &[u8], index: &Index) -> Result<Words, ReadError> {
        let payload = FILE.unpack(bytes)?;
        #[cfg(feature = "first")]
        if crate::file::version(bytes) == Some(1) {
            return super::first::read(&payload);
        }
        let mut reader = Reader::new(&payload, Section::Words);
        let mut allowance = Allowance::of(&payload);
        if !index.is_complete() || *reader.take(8)? != index.checksum().to_le_bytes() {
            return Err(ReadError::new(ReadErrorKind::Foreign));
        }
        let others = Letters::take(&mut Reader::new(reader.block()?, Section::Letters), &mut allowance)?;
        let (letters, places) =
            index.letters().joined(&others, &mut allowance).ok_or_else(|| reader.damaged())?;
        let mut texts = take_quoted(&mut reader, index, &places, &mut allowance)?;
        let quoted = texts.len();
        let words = quoted + reader.at_most(reader.left())?;
        let classes =
            reader.planes(words, CLASSES.len() as u64)?.into_iter().map(|code| CLASSES[code as usize]).collect();
        let (senses, targets) = take_senses(&mut reader, words)?;
        let first = |sense: &Sense| targets.get(sense.targets.start).filter(|_| !sense.targets.is_empty());
        let firsts = (quoted..words).map(|_| None).chain(senses.iter().map(first));

        let control = reader.block()?;
        let mut spelled = Vec::new();
        letters.take_text(&mut reader, control.iter().filter(|code| **code == LETTER).count(), &mut spelled)?;
        reader.end()?;
        let (mut control, mut spelled) = (control.iter(), spelled.into_iter());
        let mut word: Vec<LetterId> = Vec::with_capacity(MAX_WORD);
        for first in firsts {
            let mut ahead = first.map_or(&[][..], |first| texts.get(*first));
            word.clear();
            loop {
                let letter = match control.next().copied() {
                    Some(0) => break,
                    Some(LETTER) => spelled.next(),
                    Some(code) => {
                        let (passed, rest) = ahead.split_at_checked(usize::from(code - LETTER)).unwrap_or_default();
                        ahead = rest;
                        passed.last().copied()
                    }
                    None => None,
                };
                word.push(letter.filter(|_| word.len() < MAX_WORD).ok_or_else(|| reader.damaged())?);
            }
            reader.check(!word.is_empty())?;
            texts.push(&word);
        }
        reader.check(control.next().is_none())?;
        Ok(Words { letters, texts, classes, senses, targets })
    }
}

/// The place that stands so many behind another, going round.
fn onward(place: usize, step: u32, places: usize) -> usize {
    let to = place + step as usize;
    if to < places { to } else { to - places }
}

/// The words that stand in values of the index; `places` has where its letters stand in the alphabet of words.
fn take_quoted(
    reader: &mut Reader<'_>,
    index: &Index,
    places: &[LetterId],
    allowance: &mut Allowance,
) -> Result<Texts, ReadError> {
    let values = index.columns().iter().map(|column| column.texts().len()).sum();
    let n = reader.at_most(reader.left())?;
    let steps = reader.planes(n, values as u64)?;
    let starts = reader.planes(n, ANY)?;
    let rests = reader.planes(n, ANY)?;
    let mut texts = Texts::default();
    let mut at = 0;
    for ((step, start), rest) in steps.into_iter().zip(starts).zip(rests) {
        at = onward(at, step, values);
        let value = index.value(at);
        let word = value.len().checked_sub(rest as usize).and_then(|end| value.get(start as usize..end));
        let word = word.filter(|word| (1..=MAX_WORD).contains(&word.len())).ok_or_else(|| reader.damaged())?;
        // The texts are held twice, and once more as much, when they outgrow their room.
        allowance.spend(reader, word.len(), 3 * size_of::<LetterId>())?;
        texts.push(&word.iter().map(|id| places[usize::from(*id)]).collect::<Vec<LetterId>>());
    }
    Ok(texts)
}

/// Which of so many words the typed ones lead to.
fn take_senses(reader: &mut Reader<'_>, words: usize) -> Result<(Vec<Sense>, Vec<u32>), ReadError> {
    let mut kinds = Vec::new();
    for kind in KINDS {
        let count = reader.at_most(reader.left())?;
        kinds.extend(std::iter::repeat_n(kind, count));
    }
    let counts = reader.planes(kinds.len(), 256)?;
    let leading = counts.iter().filter(|count| **count > 0).count();
    let all = counts.iter().map(|count| *count as usize).sum::<usize>();
    let mut steps = reader.planes(leading, words as u64)?.into_iter();
    let mut others = reader.planes(all - leading, words as u64)?.into_iter();
    let mut targets = Vec::with_capacity(all);
    let mut senses = Vec::with_capacity(kinds.len());
    let mut at = 0;
    for ((typed, kind), count) in (words as u32..).zip(kinds).zip(counts) {
        reader.check((count == 0) == (kind == Kind::Filler))?;
        let start = targets.len();
        if count > 0 {
            at = onward(at, steps.next().unwrap_or_default(), words);
            targets.push(at as u32);
            targets.extend(others.by_ref().take(count as usize - 1));
        }
        senses.push(Sense { kind, typed, targets: start..targets.len() });
    }
    Ok((senses, targets))
}
