//! Names as the first version of the format has them: an FST over their keys, of which every node is checked before anything walks it, since `fst` itself
//! believes its bytes and panics on damaged ones.
//!
//! The layout is that of the crate `fst` 0.4, version 3: a header of 16 bytes, then nodes back to back, children before
//! parents, each addressed by its last byte; then the number of keys, the root's address and a checksum.
//! Reading backwards from the root must meet every node and end at the header, and every arrow must lead to a node met
//! that stands before its own: then no walk can leave the bytes or run in a circle.

use super::MAX_NAME;
use super::keys::{Next, Pages, Place};
use super::letters::{LetterId, Letters};
use super::read::Allowance;
use super::texts::Texts;
use super::tree::{HEADER, TABLE_THRESHOLD};
use crate::bytes::Reader;
use crate::error::{ReadError, Section};
use fst::raw::{CompiledAddr, Fst, Node};

/// Bytes after the last node: number of keys, address of the root, checksum.
const FOOTER: usize = 20;

/// Reads the names; `most` bounds the letters of all together, and so time.
pub(super) fn take(
    mut section: Vec<u8>,
    letters: &Letters,
    most: usize,
    allowance: &mut Allowance,
) -> Result<Texts, ReadError> {
    let mut reader = Reader::new(&section, Section::Names);
    let n = reader.at_most(most)?;
    let start = section.len() - reader.left();
    section.drain(..start);
    let reader = Reader::new(&[], Section::Names);
    // A bit and a half for each address.
    let checked = section.len() / 5;
    allowance.spend(&reader, checked, 1)?;
    let pages = Pages::of(letters).ok_or_else(|| reader.damaged())?;
    let fst = open(section, n).ok_or_else(|| reader.damaged())?;
    allowance.give_back(checked);
    allowance.spend(&reader, n + 1, size_of::<u32>())?;
    let most = most.min(allowance.doubling() / size_of::<LetterId>());
    let mut visit = Visit { fst: &fst, letters, pages: &pages, most, name: Vec::new(), texts: Texts::with_room(n, 0) };
    let is_sound = visit.node(fst.root(), Place::Boundary).is_some() && visit.texts.len() == n;
    reader.check(is_sound)?;
    let Visit { texts, .. } = visit;
    allowance.spend(&reader, texts.letter_count(), size_of::<LetterId>())?;
    Ok(texts)
}

/// A walk over all keys of an FST.
struct Visit<'a> {
    fst: &'a Fst<Vec<u8>>,
    letters: &'a Letters,
    pages: &'a Pages,
    most: usize,
    /// The letters on the way to the present node.
    name: Vec<LetterId>,
    texts: Texts,
}

impl Visit<'_> {
    /// Visits the keys below a node. `None` as soon as something is wrong.
    ///
    /// Every node leads to a key, every key is counted and short, so this ends soon whatever the nodes are.
    fn node(&mut self, node: Node<'_>, place: Place) -> Option<()> {
        if node.is_final() {
            let ends = place == Place::Boundary && !self.name.is_empty() && node.final_output().is_zero();
            if !ends || self.texts.letter_count() + self.name.len() > self.most {
                return None;
            }
            self.texts.push(&self.name);
        }
        for arrow in node.transitions() {
            let below = self.fst.node(arrow.addr);
            match place.accept(self.letters, self.pages, arrow.inp).filter(|_| arrow.out.is_zero())? {
                Next::Page(place) => self.node(below, place)?,
                Next::Letter(id) => {
                    if self.name.len() == MAX_NAME {
                        return None;
                    }
                    self.name.push(id);
                    self.node(below, Place::Boundary)?;
                    self.name.pop();
                }
            }
        }
        Some(())
    }
}

/// Opens an FST of `keys` keys if all its nodes are sound.
pub(super) fn open(bytes: Vec<u8>, keys: usize) -> Option<Fst<Vec<u8>>> {
    let nodes_end = bytes.len().checked_sub(FOOTER).filter(|end| *end >= HEADER)?;
    let number = |at: usize| bytes[at..at + 8].try_into().map(u64::from_le_bytes).ok();
    let root = usize::try_from(number(nodes_end + 8)?).ok()?;
    if number(0)? != 3 || number(nodes_end)? != keys as u64 || root + 1 != nodes_end {
        return None;
    }
    check(&bytes[..nodes_end], root)?;
    Fst::new(bytes).ok()
}

fn check(bytes: &[u8], root: CompiledAddr) -> Option<()> {
    let mut met = vec![0u64; bytes.len() / 64 + 1];
    each_node(bytes, root, &mut |last| met[last / 64] |= 1 << (last % 64), &mut |_| true)?;
    let is_node = |address: CompiledAddr| met[address / 64] >> (address % 64) & 1 == 1;
    // Arrows lead backwards, so only now it is known where nodes are; to keep them all would take more memory than the nodes.
    each_node(bytes, root, &mut |_| {}, &mut |to| is_node(to))
}

/// Meets every node from the root back to the header, and asks of every arrow, but to the node just before, whether it may lead there.
fn each_node(
    bytes: &[u8],
    root: CompiledAddr,
    meet: &mut dyn FnMut(CompiledAddr),
    may_lead: &mut dyn FnMut(CompiledAddr) -> bool,
) -> Option<()> {
    let mut last = root;
    loop {
        meet(last);
        let first = read_node(bytes, last, may_lead)?;
        if first == HEADER {
            return Some(());
        }
        last = first - 1;
    }
}

/// Takes bytes from the end, never below the header.
struct Back<'a>(&'a [u8]);

impl<'a> Back<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let at = self.0.len().checked_sub(n).filter(|at| *at >= HEADER)?;
        let (rest, taken) = self.0.split_at(at);
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        Some(self.take(1)?[0])
    }
}

/// Reads the node whose last byte is at `last`: the address of its first byte; it may lead where `may_lead` says, and is not asked for
/// the node just before it. `None` when it contradicts itself.
fn read_node(bytes: &[u8], last: CompiledAddr, may_lead: &mut dyn FnMut(CompiledAddr) -> bool) -> Option<usize> {
    let mut back = Back(bytes.get(..=last)?);
    let state = back.byte()?;
    let (one_arrow, flag, low) = (state & 0x80 != 0, state & 0x40 != 0, usize::from(state & 0x3f));
    let count = match (one_arrow, low) {
        // The arrow's byte is a common one named in the state, or stands before it.
        (true, 0) => back.byte().map(|_| 1)?,
        (true, _) => 1,
        // A single arrow is never counted in a byte of its own, so 1 stands for what a byte cannot hold.
        (false, 0) => match back.byte()? {
            1 => 256,
            count => usize::from(count),
        },
        (false, low) => low,
    };
    if one_arrow && flag {
        // It leads to the node just before this one.
        return Some(back.0.len()).filter(|first| *first > HEADER);
    }
    let ends_keys = !one_arrow && flag;
    let sizes = back.byte()?;
    let (delta_size, output_size) = (usize::from(sizes >> 4), usize::from(sizes & 0xf));
    // A node without arrows must end a key, or it would lead nowhere.
    if output_size > 8 || delta_size > 8 || (count > 0 && delta_size == 0) || (count == 0 && !ends_keys) {
        return None;
    }
    if !one_arrow {
        let table = if count > TABLE_THRESHOLD { Some(back.take(256)?) } else { None };
        // Written from last to first.
        let inputs = back.take(count)?;
        let ascend = inputs.windows(2).all(|pair| pair[0] > pair[1]);
        let agrees =
            |table: &[u8]| inputs.iter().rev().zip(0u16..).all(|(input, i)| u16::from(table[usize::from(*input)]) == i);
        if !ascend || !table.is_none_or(agrees) {
            return None;
        }
    }
    let deltas = back.take(count * delta_size)?;
    back.take(output_size * (count + usize::from(ends_keys)))?;
    let first = back.0.len();
    for delta in deltas.chunks_exact(delta_size.max(1)) {
        let delta =
            delta.iter().rev().try_fold(0usize, |n, byte| n.checked_mul(256)?.checked_add(usize::from(*byte)))?;
        match delta {
            0 => {}
            1 if first > HEADER => {}
            _ => {
                first.checked_sub(delta).filter(|to| *to >= HEADER && may_lead(*to))?;
            }
        }
    }
    Some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fst::Streamer;
    use fst::raw::Builder;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn build(map: &BTreeMap<Vec<u8>, u64>) -> Vec<u8> {
        let mut builder = Builder::memory();
        for (key, value) in map {
            builder.insert(key, *value).unwrap();
        }
        builder.into_inner().unwrap()
    }

    fn keys() -> impl Strategy<Value = BTreeMap<Vec<u8>, u64>> {
        let byte = prop_oneof![0u8..3, any::<u8>()];
        prop::collection::btree_map(
            prop::collection::vec(byte, 0..5),
            prop_oneof![0u64..300, any::<u64>().prop_map(|n| n >> 8)],
            1..80,
        )
        // A tree of the empty key alone has no node, and no name is empty.
        .prop_filter("has a node", |map| map.keys().any(|key| !key.is_empty()))
    }

    /// Walks everything by the crate's own stream, stopping after `most` keys.
    fn walk(fst: &Fst<Vec<u8>>, most: usize) -> usize {
        let mut stream = fst.stream();
        let mut n = 0;
        while n < most && stream.next().is_some() {
            n += 1;
        }
        n
    }

    proptest! {
        #[test]
        fn what_the_builder_writes_is_sound(map in keys()) {
            let fst = open(build(&map), map.len()).unwrap();
            prop_assert_eq!(walk(&fst, usize::MAX), map.len());
        }

        /// Outputs may be nonsense then (the reader compares them), but no walk panics.
        #[test]
        fn what_passes_can_be_walked(map in keys(), flips in prop::collection::vec((any::<prop::sample::Index>(), 0u8..8), 1..4)) {
            let mut bytes = build(&map);
            for (at, bit) in flips {
                let at = at.index(bytes.len());
                bytes[at] ^= 1 << bit;
            }
            if let Some(fst) = open(bytes, map.len()) {
                prop_assert!(walk_nodes(&fst, fst.root(), 0) > 0, "every node leads to a key");
            }
        }
    }

    /// Visits nodes as the engine does, without adding outputs; gives up after 5,000 keys.
    fn walk_nodes(fst: &Fst<Vec<u8>>, node: fst::raw::Node<'_>, seen: usize) -> usize {
        let mut seen = seen + usize::from(node.is_final());
        for arrow in node.transitions() {
            if seen >= 5000 {
                break;
            }
            seen = walk_nodes(fst, fst.node(arrow.addr), seen);
        }
        seen
    }

    #[test]
    fn a_node_of_256_arrows_is_sound() {
        let map = (0..=255u8).map(|byte| (vec![byte], u64::from(byte))).collect();
        assert_eq!(walk(&open(build(&map), 256).unwrap(), 300), 256);
    }
}
