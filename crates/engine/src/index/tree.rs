//! Writes the FST over the keys of names while an index is read: what a file would have to say of its nodes packs worse than the names themselves.
//!
//! The layout is that of the crate `fst` 0.4, version 3: a header of 16 bytes, then nodes back to back, children before parents, each addressed by its last
//! byte; then the number of keys, the root's address and a checksum. Keys that end alike do not share their last nodes, so this is a tree; nodes
//! stand in the order in which a walk leaves them.

use crate::marks::Marks;
use fst::raw::{CompiledAddr, Fst};

/// Bytes before the first node: version and type.
pub(super) const HEADER: usize = 16;
/// The address that stands for "final, nothing follows".
const EMPTY: CompiledAddr = 0;
/// From how many arrows on a node carries a table of 256 bytes.
pub(super) const TABLE_THRESHOLD: usize = 32;
/// The layout's.
const VERSION: u8 = 3;

/// Stands for numbers of keys that are told elsewhere. One node in a few hundred has so many below.
const MANY: u8 = 255;

/// The most bytes of a node: 256 arrows of a byte and a delta of four, their table, three bytes more.
const LARGEST_NODE: usize = 256 * 5 + 256 + 3;

/// An FST, and how many keys end below each of its nodes.
pub(super) struct Tree {
    fst: Fst<Vec<u8>>,
    /// Which addresses are nodes, and what tells how many stand before each.
    nodes: Marks,
    ranks: Vec<u32>,
    /// By node, how many keys end in it or below; [`MANY`] where a byte cannot tell.
    counts: Vec<u8>,
    /// Nodes of which `counts` cannot tell, ascending, and their keys.
    many: Vec<(u32, u32)>,
}

impl Tree {
    pub fn fst(&self) -> &Fst<Vec<u8>> {
        &self.fst
    }

    /// How many bytes it takes.
    pub fn held(&self) -> usize {
        let nodes = self.ranks.len() * (size_of::<u64>() + size_of::<u32>());
        self.fst.as_bytes().len() + nodes + self.counts.len() + size_of_val(self.many.as_slice())
    }

    /// How many keys end in the node at an address or below it.
    pub fn below(&self, address: CompiledAddr) -> u32 {
        if address == EMPTY {
            return 1;
        }
        let node = self.nodes.rank(&self.ranks, address as u32);
        match self.counts[node] {
            MANY => self.many[self.many.partition_point(|(other, _)| (*other as usize) < node)].1,
            count => u32::from(count),
        }
    }
}

/// A tree while keys are added to it.
pub(super) struct Growing {
    bytes: Vec<u8>,
    /// The most bytes the tree may take.
    most: usize,
    met: Vec<u64>,
    counts: Vec<u8>,
    many: Vec<(u32, u32)>,
    /// How many keys were added.
    keys: u32,
    /// The key added last.
    last: Vec<u8>,
    /// The nodes on the way to it, the root first.
    open: Vec<Open>,
    /// The arrows of open nodes, those of the root first: the byte, and where it leads unless that node is open.
    arrows: Vec<(u8, CompiledAddr)>,
}

/// A node that is not written yet.
#[derive(Clone, Copy)]
struct Open {
    /// Where its arrows begin.
    arrows: usize,
    /// How many keys come before those that end in it or below.
    before: u32,
    ends_key: bool,
}

impl Growing {
    /// No key yet; all that is made of them may take so many bytes.
    pub fn new(most: usize) -> Growing {
        let mut bytes = vec![0; HEADER];
        bytes[0] = VERSION;
        Growing {
            bytes,
            most,
            met: Vec::new(),
            counts: Vec::new(),
            many: Vec::new(),
            keys: 0,
            last: Vec::new(),
            open: vec![Open { arrows: 0, before: 0, ends_key: false }],
            arrows: Vec::new(),
        }
    }

    /// Adds a key. `None` unless it comes after all others, or when the tree grows too large.
    pub fn add(&mut self, key: &[u8]) -> Option<()> {
        if key <= self.last.as_slice() {
            return None;
        }
        let shared = key.iter().zip(&self.last).take_while(|(one, other)| one == other).count();
        self.close_to(shared);
        for byte in &key[shared..] {
            self.arrows.push((*byte, EMPTY));
            self.open.push(Open { arrows: self.arrows.len(), before: self.keys, ends_key: false });
        }
        self.open.last_mut()?.ends_key = true;
        self.keys += 1;
        self.last.clear();
        self.last.extend_from_slice(key);
        (self.held() <= self.most).then_some(())
    }

    /// How many bytes it takes.
    fn held(&self) -> usize {
        self.bytes.len() + self.bytes.len() / 64 * 12 + self.counts.len() + 8 * self.many.len()
    }

    /// Writes the nodes that lie deeper.
    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth + 1
            && let Some(node) = self.open.pop()
        {
            let address = self.write(node);
            if let Some(arrow) = self.arrows.last_mut() {
                arrow.1 = address;
            }
        }
    }

    /// Writes a node, takes its arrows away and gives its address.
    fn write(&mut self, node: Open) -> CompiledAddr {
        let arrows = &self.arrows[node.arrows..];
        if arrows.is_empty() {
            return EMPTY;
        }
        let (first, out) = (self.bytes.len(), &mut self.bytes);
        if out.capacity() - first < LARGEST_NODE {
            // Twice would be more than a small index justifies.
            out.reserve_exact(first / 4 + LARGEST_NODE);
        }
        let delta = |to: CompiledAddr| if to == EMPTY { 0 } else { first - to };
        match *arrows {
            [(byte, to)] if !node.ends_key && to == first - 1 => out.extend([byte, 0xc0]),
            _ => {
                let width =
                    arrows.iter().map(|(_, to)| (delta(*to).max(1).ilog2() / 8 + 1) as usize).max().unwrap_or(1);
                for (_, to) in arrows.iter().rev() {
                    out.extend_from_slice(&delta(*to).to_le_bytes()[..width]);
                }
                if arrows.len() == 1 && !node.ends_key {
                    out.extend([(width << 4) as u8, arrows[0].0, 0x80]);
                } else {
                    put_inputs(out, arrows, width, node.ends_key);
                }
            }
        }
        self.arrows.truncate(node.arrows);
        self.note(node.before);
        self.bytes.len() - 1
    }

    /// Notes the node just written and how many keys it has below.
    fn note(&mut self, before: u32) {
        let last = self.bytes.len() - 1;
        self.met.resize(last / 64 + 1, 0);
        self.met[last / 64] |= 1 << (last % 64);
        let count = self.keys - before;
        if count >= u32::from(MANY) {
            self.many.push((self.counts.len() as u32, count));
        }
        self.counts.push(count.min(u32::from(MANY)) as u8);
    }

    /// The tree of all keys. `None` when there is none.
    pub fn finished(mut self) -> Option<Tree> {
        self.close_to(0);
        let root = self.open.pop().map(|root| self.write(root)).filter(|root| *root != EMPTY)?;
        self.bytes.extend(u64::from(self.keys).to_le_bytes());
        self.bytes.extend((root as u64).to_le_bytes());
        // The crate's checksum, which is asked for by nobody.
        self.bytes.extend([0; 4]);
        self.bytes.shrink_to_fit();
        let nodes = Marks::of(self.met);
        let ranks = nodes.ranks();
        Some(Tree { fst: Fst::new(self.bytes).ok()?, nodes, ranks, counts: self.counts, many: self.many })
    }
}

/// What follows the deltas in a node of several arrows, or of one where a key ends too.
fn put_inputs(out: &mut Vec<u8>, arrows: &[(u8, CompiledAddr)], width: usize, ends_key: bool) {
    out.extend(arrows.iter().rev().map(|(byte, _)| *byte));
    if arrows.len() > TABLE_THRESHOLD {
        let mut table = [255; 256];
        for ((byte, _), place) in arrows.iter().zip(0..=255) {
            table[usize::from(*byte)] = place;
        }
        out.extend(table);
    }
    out.push((width << 4) as u8);
    let flag = u8::from(ends_key) << 6;
    match arrows.len() {
        count @ 1..0x40 => out.push(flag | count as u8),
        // A single arrow is never counted in a byte of its own, so 1 stands for what a byte cannot hold.
        256 => out.extend([1, flag]),
        count => out.extend([count as u8, flag]),
    }
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "first")]
    use super::super::first;
    use super::*;
    use fst::Streamer;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn grown<'k>(keys: impl IntoIterator<Item = &'k Vec<u8>>) -> Tree {
        let mut growing = Growing::new(usize::MAX);
        keys.into_iter().for_each(|key| growing.add(key).unwrap());
        growing.finished().unwrap()
    }

    /// Compares the number of keys below each node with what a walk finds there.
    fn count(tree: &Tree, address: CompiledAddr) -> u32 {
        let node = tree.fst().node(address);
        let below = node.transitions().map(|arrow| count(tree, arrow.addr)).sum::<u32>();
        let all = u32::from(node.is_final()) + below;
        assert_eq!(tree.below(address), all);
        all
    }

    fn hold(keys: &BTreeSet<Vec<u8>>) {
        let tree = grown(keys);
        #[cfg(feature = "first")]
        first::open(tree.fst().as_bytes().to_vec(), keys.len()).expect("it is sound");
        let (mut stream, mut found) = (tree.fst().stream(), Vec::new());
        while let Some((key, _)) = stream.next() {
            found.push(key.to_vec());
        }
        assert!(found.iter().eq(keys));
        assert_eq!(count(&tree, tree.fst().root().addr()) as usize, keys.len());
    }

    proptest! {
        #[test]
        fn it_holds_its_keys(keys in prop::collection::btree_set(
            prop::collection::vec(prop_oneof![0u8..3, any::<u8>()], 1..6), 1..400,
        )) {
            hold(&keys);
        }
    }

    #[test]
    fn wide_nodes_and_long_ways_are_sound() {
        for width in [1usize, 2, 31, 32, 33, 62, 63, 64, 65, 255, 256] {
            let byte = |n: usize| (n % width) as u8;
            hold(&(0..width).map(|n| vec![byte(n)]).collect());
            hold(&(0..3 * width).flat_map(|n| [vec![byte(n)], vec![byte(n), byte(n / width)]]).collect());
        }
        hold(&(0..70_000u32).map(|n| n.to_be_bytes()[1..].to_vec()).collect());
        hold(&(1..256).map(|n| vec![7; n]).collect());
    }

    #[test]
    fn keys_out_of_order_and_too_many_bytes_are_refused() {
        for (first, next) in [("b", "a"), ("a", "a"), ("ab", "a")] {
            let mut growing = Growing::new(usize::MAX);
            growing.add(first.as_bytes()).unwrap();
            assert!(growing.add(next.as_bytes()).is_none(), "{first} {next}");
        }
        assert!(Growing::new(usize::MAX).add(b"").is_none());
        assert!(Growing::new(usize::MAX).finished().is_none());
        let mut growing = Growing::new(1_000);
        assert!((0..=255u8).any(|byte| growing.add(&[byte; 50]).is_none()));
    }
}
