//! The names of an index: every distinct name and alias, as texts and as an FST over their keys.

use super::MAX_NAME;
use super::keys::{Pages, put_letter};
use super::letters::{LetterId, Letters};
use super::read::Allowance;
use super::texts::Texts;
use super::tree::{Growing, Tree};
use crate::bytes::{ANY, Reader, put_planes, put_varint};
use crate::error::{ReadError, Section};
use crate::marks::Marks;
use fst::raw::{CompiledAddr, Fst};

/// What four bits cannot tell is told elsewhere.
const NIBBLE: u8 = 15;

/// Distinct names in the order of their keys.
pub struct Names {
    pages: Pages,
    tree: Tree,
    texts: Texts,
    /// Those that hold a letter that has no reading.
    mixed: Marks,
}

impl Names {
    /// The names themselves, in key order.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The FST over their keys.
    pub fn fst(&self) -> &Fst<Vec<u8>> {
        self.tree.fst()
    }

    /// How the alphabet is cut into pages, which keys are made of.
    pub fn pages(&self) -> &Pages {
        &self.pages
    }

    /// Whether a name holds a letter that has no reading: one that is silent, Latin or a digit.
    pub fn is_mixed(&self, name: u32) -> bool {
        self.mixed.has(name)
    }

    /// How many keys end in the node at an address or below it.
    pub fn below(&self, address: CompiledAddr) -> u32 {
        self.tree.below(address)
    }

    /// Reads names, checking that every one is short and comes after the one before.
    pub(super) fn take(section: Vec<u8>, letters: &Letters, allowance: &mut Allowance) -> Result<Names, ReadError> {
        let texts = take_texts(&mut Reader::new(&section, Section::Names), letters, allowance)?;
        allowance.let_go(section);
        Names::of(texts, letters, allowance)
    }

    /// Lets them know by letter which names hold it.
    pub(super) fn know_by_letter(&mut self, allowance: &mut Allowance) {
        self.texts.know_by_letter(allowance);
    }

    /// Makes the FST of these names, which must come in order.
    pub(super) fn of(texts: Texts, letters: &Letters, allowance: &mut Allowance) -> Result<Names, ReadError> {
        let reader = Reader::new(&[], Section::Names);
        let pages = Pages::of(letters).ok_or_else(|| reader.damaged())?;
        let mut growing = Growing::new(allowance.growing());
        let mut key = Vec::with_capacity(2 * MAX_NAME);
        allowance.spend(&reader, texts.len().div_ceil(64), size_of::<u64>())?;
        let mut mixed = Marks::none(texts.len());
        for (name, number) in texts.iter().zip(0..) {
            if name.iter().any(|id| letters.readings(*id).is_empty()) {
                mixed.set(number);
            }
            key.clear();
            name.iter().for_each(|id| put_letter(&mut key, letters, &pages, *id));
            growing.add(&key).ok_or_else(|| reader.damaged())?;
        }
        let tree = growing.finished().ok_or_else(|| reader.damaged())?;
        allowance.spend(&reader, tree.held(), 1)?;
        Ok(Names { pages, tree, texts, mixed })
    }
}

/// Writes names in key order, each by what it shares with the one before.
pub(super) fn put(out: &mut Vec<u8>, letters: &Letters, names: &[&[LetterId]]) {
    put_varint(out, names.len() as u32);
    let (mut more, mut steps, mut rest) = (Vec::new(), Vec::new(), Vec::new());
    let mut last: &[LetterId] = &[];
    for name in names {
        let shared = name.iter().zip(last).take_while(|(one, other)| one == other).count();
        let mut head = |number: usize| {
            more.extend((number >= usize::from(NIBBLE)).then(|| (number - usize::from(NIBBLE)) as u32));
            number.min(usize::from(NIBBLE)) as u8
        };
        out.push(head(shared) << 4 | head(name.len() - shared));
        let before = last.get(shared).copied().unwrap_or_default();
        steps.push(u32::from(name[shared].wrapping_sub(before)));
        rest.extend_from_slice(&name[shared + 1..]);
        last = name;
    }
    put_planes(out, &more);
    put_planes(out, &steps);
    letters.put_text(out, &rest);
}

/// Reads what [`put`] wrote.
fn take_texts(reader: &mut Reader<'_>, letters: &Letters, allowance: &mut Allowance) -> Result<Texts, ReadError> {
    let n = reader.at_most(reader.left())?;
    let heads = reader.take(n)?;
    let numbers = || heads.iter().flat_map(|head| [head >> 4, head & NIBBLE]);
    let more = reader.planes(numbers().filter(|number| *number == NIBBLE).count(), MAX_NAME as u64)?;
    // Beyond what a browser's `usize` counts they may come to anything.
    let all = numbers().map(u64::from).sum::<u64>() + more.iter().map(|more| u64::from(*more)).sum::<u64>();
    reader.check(all < ANY)?;
    let all = all as usize;
    allowance.spend(reader, n + 1, size_of::<u32>())?;
    allowance.spend(reader, all, size_of::<LetterId>())?;
    let steps = reader.numbers(n, ANY)?;
    let mut texts = Texts::with_room(n, all);
    let (mut name, mut more) = (Vec::with_capacity(MAX_NAME), more.into_iter());
    let mut number =
        |number: u8| usize::from(number) + if number == NIBBLE { more.next().unwrap_or(0) as usize } else { 0 };
    for (head, step) in heads.iter().zip(steps.iter()) {
        let (shared, own) = (number(head >> 4), number(head & NIBBLE));
        reader.check(shared <= name.len() && own > 0 && shared + own <= MAX_NAME)?;
        let before = name.get(shared).copied().unwrap_or_default();
        name.truncate(shared);
        let id = step.wrapping_add(u32::from(before)) as LetterId;
        reader.check(usize::from(id) < letters.len())?;
        name.push(id);
        letters.take_text(reader, own - 1, &mut name)?;
        texts.push(&name);
    }
    reader.end()?;
    Ok(texts)
}
