//! Bytes → [`Words`], against the index for which they were made: the only place that judges them.

use super::{CLASSES, FILE, KINDS, Kind, LETTER, MAX_LEADS, MAX_WORD, Sense, Words};
use crate::bytes::{ANY, Reader};
use crate::error::{ReadError, ReadErrorKind, Section};
use crate::index::{Allowance, Index, LetterId, Letters, Texts};

impl Words {
    /// Opens and checks bytes, whatever they are: the words of this index.
    ///
    /// # Errors
    ///
    /// As [`Index::read`]: no such file, a newer version, cut short, damaged; and [`ReadErrorKind::Foreign`] for words of another index, or of one
    /// that waits for its values. Never more than fifty times the payload and 4 MB are held.
    pub fn read(bytes: &[u8], index: &Index) -> Result<Words, ReadError> {
        let payload = FILE.unpack(bytes)?;
        #[cfg(feature = "first")]
        if crate::file::version(bytes) == Some(1) {
            return super::first::read(&payload);
        }
        let mut reader = Reader::new(&payload, Section::Words);
        if !index.is_complete() || *reader.take(8)? != index.checksum().to_le_bytes() {
            return Err(ReadError::new(ReadErrorKind::Foreign));
        }
        let mut allowance = Allowance::of(&payload);
        let others = Letters::take(&mut Reader::new(reader.block()?, Section::Letters), &mut allowance)?;
        let (letters, places) = index.letters().joined(&others).ok_or_else(|| reader.damaged())?;
        let quoted = reader.at_most(reader.left())?;
        let words = quoted + reader.at_most(reader.left())?;
        let typed = reader.at_most(reader.left())?;
        let numbers = reader.numbers(3 * quoted + words + typed, ANY)?;
        let class = |word: usize| numbers.get(3 * quoted + word) as usize;
        // Four times how many words it leads to, and how.
        let lead = |typed: usize| numbers.get(3 * quoted + words + typed) as usize;
        let known = |word| class(word) < CLASSES.len();
        reader.check((0..words).all(known) && (0..typed).all(|typed| lead(typed) < MAX_LEADS))?;
        let leading = (0..typed).filter(|typed| lead(*typed) > 3).count();
        let all = (0..typed).map(|typed| lead(typed) >> 2).sum();
        let led_to = reader.numbers(all, words as u64)?;
        let control = reader.block()?;
        let mut told = Vec::new();
        letters.take_text(&mut reader, control.iter().filter(|code| **code == LETTER).count(), &mut told)?;
        reader.end()?;

        let classes = (0..words).map(|word| CLASSES[class(word)]).collect();
        let mut is_sound = true;
        let mut senses = Vec::with_capacity(typed);
        let mut targets = Vec::with_capacity(all);
        let (mut at, mut first, mut other) = (0, 0, leading);
        for typed in 0..typed {
            let (kind, count) = (KINDS[lead(typed) & 3], lead(typed) >> 2);
            is_sound &= (count == 0) == (kind == Kind::Filler);
            let start = targets.len();
            if count > 0 {
                at = onward(at, led_to.get(first), words);
                targets.push(at as u32);
                targets.extend((other..other + count - 1).map(|at| led_to.get(at)));
                first += 1;
                other += count - 1;
            }
            senses.push(Sense { kind, typed: (words + typed) as u32, targets: start..targets.len() });
        }

        let mut texts = Texts::default();
        let mut word: Vec<LetterId> = Vec::new();
        let values = index.value_count();
        let mut at = 0;
        let (mut control, mut told) = (control.iter(), told.into_iter());
        for number in 0..words + typed {
            word.clear();
            if number < quoted {
                at = onward(at, numbers.get(number), values);
                let value = index.value(at);
                let end = value.len().saturating_sub(numbers.get(2 * quoted + number) as usize);
                let quote = value.get(numbers.get(quoted + number) as usize..end).unwrap_or_default();
                // The texts are held twice, and once more as much, when they outgrow their room.
                if allowance.affords(3 * size_of_val(quote)) {
                    word.extend(quote.iter().map(|id| places[usize::from(*id)]));
                }
            } else {
                let sense = number.checked_sub(words).map_or(0..0, |number| senses[number].targets.clone());
                let mut ahead = targets[sense].first().map_or(&[][..], |first| texts.get(*first));
                while let Some(code) = control.next().filter(|code| **code != 0) {
                    let letter = if *code == LETTER {
                        told.next()
                    } else {
                        let (passed, rest) = ahead.split_at_checked(usize::from(code - LETTER)).unwrap_or_default();
                        ahead = rest;
                        passed.last().copied()
                    };
                    is_sound &= letter.is_some();
                    word.extend(letter);
                }
            }
            is_sound &= (1..=MAX_WORD).contains(&word.len());
            texts.push(&word);
        }
        reader.check(is_sound && control.next().is_none())?;
        Ok(Words { letters, texts, classes, senses, targets })
    }
}

/// The place that stands so many behind another of `all`, going round; the first, where there is none.
fn onward(place: usize, step: u32, all: usize) -> usize {
    place.wrapping_add(step as usize).checked_rem(all).unwrap_or_default()
}
