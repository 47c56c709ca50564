//! The names of an index: every distinct name and alias, as texts and as an FST over their keys.

use super::columns::Texts;
use super::keys::{Next, Pages, Place};
use super::letters::{LetterId, Letters};
use super::{MAX_NAME, nodes};
use crate::bytes::Reader;
use crate::error::ReadError;
use fst::raw::{CompiledAddr, Fst, Node};

/// Distinct names in the order of their keys.
pub struct Names {
    pages: Pages,
    fst: Fst<Vec<u8>>,
    nodes: nodes::Nodes,
    /// By node, how many keys end in it or below.
    counts: Vec<u32>,
    texts: Texts,
}

impl Names {
    /// The names themselves, in key order.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The FST over their keys.
    pub fn fst(&self) -> &Fst<Vec<u8>> {
        &self.fst
    }

    /// How the alphabet is cut into pages, which keys are made of.
    pub fn pages(&self) -> &Pages {
        &self.pages
    }

    /// How many keys end in the node at an address or below it.
    ///
    /// Derived while reading, which is cheaper than shipping a value with each key: 2.1 KB of the sample's packed index.
    pub fn below(&self, address: CompiledAddr) -> u32 {
        match address {
            nodes::EMPTY => 1,
            _ => self.counts[self.nodes.rank(address)],
        }
    }

    /// Reads names, checking that every key reads as a name.
    ///
    /// `most` bounds the letters of all names together, and so time and memory.
    pub(super) fn take(reader: &mut Reader<'_>, letters: &Letters, most: usize) -> Result<Names, ReadError> {
        let n = reader.at_most(most)?;
        let bytes = reader.take(reader.left())?.to_vec();
        let pages = Pages::of(letters).ok_or_else(|| reader.damaged())?;
        let (fst, nodes) = nodes::open(bytes, n).ok_or_else(|| reader.damaged())?;
        let (counts, texts) = (vec![0; nodes.len()], Texts::default());
        let mut visit =
            Visit { fst: &fst, letters, pages: &pages, nodes: &nodes, most, name: Vec::new(), counts, texts };
        let fine = visit.node(fst.root(), Place::Boundary).is_some() && visit.texts.len() == n;
        reader.check(fine)?;
        let Visit { counts, texts, .. } = visit;
        Ok(Names { pages, fst, nodes, counts, texts })
    }
}

/// A walk over all keys.
struct Visit<'a> {
    fst: &'a Fst<Vec<u8>>,
    letters: &'a Letters,
    pages: &'a Pages,
    nodes: &'a nodes::Nodes,
    most: usize,
    /// The letters on the way to the present node.
    name: Vec<LetterId>,
    counts: Vec<u32>,
    texts: Texts,
}

impl Visit<'_> {
    /// Visits the keys below a node. `None` as soon as something is wrong.
    ///
    /// Every node leads to a key, every key is counted and short, so this ends soon whatever the nodes are.
    fn node(&mut self, node: Node<'_>, place: Place) -> Option<()> {
        let before = self.texts.len();
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
        if node.addr() != nodes::EMPTY {
            self.counts[self.nodes.rank(node.addr())] = (self.texts.len() - before) as u32;
        }
        Some(())
    }
}
