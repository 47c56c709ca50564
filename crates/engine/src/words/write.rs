//! Words → bytes, against the index for which they are made.

use super::{Class, FILE, Kind, LETTER, MAX_WORD};
use crate::bytes::{put_block, put_planes, put_varint};
use crate::error::{ReadError, ReadErrorKind, WriteError};
use crate::file::{self, PACKING};
use crate::index::{Index, LetterId, Letters};
use crate::record::Term;
use std::collections::BTreeMap;

/// The words, to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// What is typed, how it leads, and whereto.
    pub senses: Vec<(Term, Kind, Vec<Term>)>,
    /// The words of names of organisations; none twice.
    pub parts: Vec<(Term, Class)>,
}

/// Where a word stands: the letters before it in a value, those behind it, and the value, counted through all columns.
type Place = (u32, u32, u32);

/// A word that is led to or is a part of names.
struct Word<'d> {
    term: &'d Term,
    is_led_to: bool,
    class: Class,
    place: Option<Place>,
}

/// Writes the words for an index; their order does not matter. What is led to comes back in the case in which the index has it.
///
/// # Errors
///
/// A word of more than 64 letters; more than 255 targets, or none where there must be some; more letters than an alphabet has; an index that waits for its values.
pub fn write(draft: &Draft, index: &Index) -> Result<Vec<u8>, WriteError> {
    if !index.is_complete() {
        return Err(WriteError::new("words are made for an index that has its values"));
    }
    for (typed, kind, to) in &draft.senses {
        if to.len() > 255 || to.is_empty() != (*kind == Kind::Filler) {
            return Err(WriteError::new(format!("{} leads to too many other words or to none", typed.text())));
        }
    }
    let typed = draft.senses.iter().map(|(typed, ..)| typed);
    let too_many = || WriteError::new("the words have too many letters");
    let all = Letters::of(terms(draft)).ok_or_else(too_many)?;
    if let Some(term) = terms(draft).find(|term| !(1..=MAX_WORD).contains(&all.spell(term).len())) {
        return Err(WriteError::new(format!("{:?} is empty or too long for a word", term.text())));
    }
    let words = words(draft, &all, index);
    // Letters that words have only where they stand in the index are not told.
    let quoted = words.iter().take_while(|word| word.place.is_some()).count();
    let spelled = || words[quoted..].iter().map(|word| word.term);
    let others = Letters::of(spelled().chain(typed)).ok_or_else(too_many)?;
    let others = index.letters().lacking(&others);
    let (letters, places) = index.letters().joined(&others).ok_or_else(too_many)?;

    let numbers: BTreeMap<Vec<char>, u32> = words.iter().map(|word| folded(&all, word.term)).zip(0..).collect();
    let number = |term: &Term| numbers[&folded(&all, term)];
    let mut senses: Vec<(Kind, Vec<u32>, &Term)> = draft
        .senses
        .iter()
        .map(|(typed, kind, targets)| (*kind, targets.iter().map(number).collect(), typed))
        .collect();
    senses.sort_by(|a, b| (a.0, &a.1, a.2.text()).cmp(&(b.0, &b.1, b.2.text())));

    let mut out = index.checksum().to_le_bytes().to_vec();
    let mut block = Vec::new();
    others.put(&mut block);
    put_block(&mut out, &block);
    let stand: Vec<Place> = words.iter().filter_map(|word| word.place).collect();
    for count in [quoted, words.len() - quoted, senses.len()] {
        put_varint(&mut out, count as u32);
    }
    let mut numbers = steps(stand.iter().map(|(.., value)| *value), index.value_count());
    numbers.extend(stand.iter().map(|(start, ..)| start));
    numbers.extend(stand.iter().map(|(_, rest, _)| rest));
    numbers.extend(words.iter().map(|word| word.class as u32));
    numbers.extend(senses.iter().map(|(kind, targets, _)| 4 * targets.len() as u32 + *kind as u32));
    put_planes(&mut out, &numbers);
    let mut numbers = steps(senses.iter().filter_map(|(_, targets, _)| targets.first().copied()), words.len());
    numbers.extend(senses.iter().flat_map(|(_, targets, _)| targets.iter().skip(1)));
    put_planes(&mut out, &numbers);

    let text = |word: &Word| match word.place {
        Some((start, rest, value)) => {
            let value = index.value(value as usize);
            let ids = &value[start as usize..value.len() - rest as usize];
            ids.iter().map(|id| places[usize::from(*id)]).collect()
        }
        None => letters.spell(word.term),
    };
    let (mut control, mut told) = (Vec::new(), Vec::new());
    spelled().for_each(|term| spell(&letters.spell(term), &[], &mut control, &mut told));
    for (_, targets, typed) in &senses {
        let first: Vec<LetterId> = targets.first().map_or(Vec::new(), |first| text(&words[*first as usize]));
        spell(&letters.spell(typed), &first, &mut control, &mut told);
    }
    put_block(&mut out, &control);
    letters.put_text(&mut out, &told);
    Ok(FILE.seal(&out, PACKING))
}

/// All that stands in a draft.
fn terms(draft: &Draft) -> impl Iterator<Item = &Term> {
    let own = draft.senses.iter().flat_map(|(typed, _, targets)| std::iter::once(typed).chain(targets));
    own.chain(draft.parts.iter().map(|(term, _)| term))
}

/// The characters by which words are the same.
fn folded(letters: &Letters, term: &Term) -> Vec<char> {
    letters.spell(term).into_iter().map(|id| letters.folded(id)).collect()
}

/// The words that are led to or are parts: first those that stand in the index, in its order, of them first those that are led to.
fn words<'d>(draft: &'d Draft, letters: &Letters, index: &Index) -> Vec<Word<'d>> {
    let mut words: BTreeMap<Vec<char>, Word<'d>> = BTreeMap::new();
    let mut add = |term: &'d Term, is_led_to: bool, class: Class| {
        let new = Word { term, is_led_to, class: Class::None, place: None };
        let word = words.entry(folded(letters, term)).or_insert(new);
        word.is_led_to |= is_led_to;
        word.class = word.class.max(class);
    };
    draft.senses.iter().flat_map(|(.., targets)| targets).for_each(|term| add(term, true, Class::None));
    draft.parts.iter().for_each(|(term, class)| add(term, false, *class));
    find(&mut words, index);
    let mut words: Vec<Word> = words.into_values().collect();
    words.sort_by_key(|word| {
        let (start, rest, value) = word.place.unwrap_or_default();
        (word.place.is_none(), !word.is_led_to, value, start, std::cmp::Reverse(rest))
    });
    words
}

/// Finds where each word stands best: where few letters are before it, and few behind it.
fn find(words: &mut BTreeMap<Vec<char>, Word>, index: &Index) {
    let mut by_first: BTreeMap<char, Vec<(&Vec<char>, &mut Word)>> = BTreeMap::new();
    for (text, word) in words {
        by_first.entry(text[0]).or_default().push((text, word));
    }
    let values = index.columns().iter().flat_map(|column| column.texts().iter());
    for (value, text) in (0..).zip(values) {
        let text: Vec<char> = text.iter().map(|id| index.letters().folded(*id)).collect();
        for (start, first) in text.iter().enumerate() {
            for (own, word) in by_first.get_mut(first).into_iter().flatten() {
                if text[start..].starts_with(own) {
                    let here = (start as u32, (text.len() - start - own.len()) as u32, value);
                    word.place = Some(word.place.map_or(here, |other| other.min(here)));
                }
            }
        }
    }
}

/// Each number below `all` as the difference to the one before, going round.
fn steps(numbers: impl Iterator<Item = u32>, all: usize) -> Vec<u32> {
    let mut last = 0;
    let step = |number: u32| {
        let step = if number < last { number + all as u32 - last } else { number - last };
        last = number;
        step
    };
    numbers.map(step).collect()
}

/// What a DEFLATE stream begins with whose first eight bytes are as they are.
const STORED: [u8; 5] = [0, 8, 0, !8, !0];

/// A file that [`write()`] made, packed by another packer where that makes it smaller, but for the checksum of its index: that can be put in last, by [`of_index`].
pub fn repacked(words: Vec<u8>, pack: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    file::repacked(words, FILE.max_payload, |payload| {
        let (named, others) = payload.split_at(payload.len().min(8));
        [&STORED, named, &pack(others)].concat()
    })
}

/// A file of words for an index that is the same but was packed by another packer: `index` is its file.
///
/// # Errors
///
/// As [`Words::read`](super::Words::read) of what is no file of words, and of an index that is cut short.
pub fn of_index(words: &[u8], index: &[u8]) -> Result<Vec<u8>, ReadError> {
    let mut payload = FILE.unpack(words)?;
    let (Some(named), Some(checksum)) = (payload.first_chunk_mut(), file::checksum(index)) else {
        return Err(ReadError::new(ReadErrorKind::Truncated));
    };
    *named = checksum.to_le_bytes();
    let (header, packed) = words.split_at(file::HEADER);
    match packed.strip_prefix(&STORED).and_then(|packed| packed.get(8..)) {
        Some(others) => Ok(file::join(&header[..12], payload.len(), &[&STORED, &payload[..8], others].concat())),
        None => Ok(FILE.seal(&payload, PACKING)),
    }
}

/// Spells a word: letters that stand in `ahead` in their order by how far on, all others one by one.
fn spell(word: &[LetterId], ahead: &[LetterId], control: &mut Vec<u8>, told: &mut Vec<LetterId>) {
    let mut at = 0;
    for letter in word {
        match ahead[at..].iter().position(|other| other == letter) {
            Some(skipped) => {
                control.push(LETTER + 1 + skipped as u8);
                at += skipped + 1;
            }
            None => {
                control.push(LETTER);
                told.push(*letter);
            }
        }
    }
    control.push(0);
}
