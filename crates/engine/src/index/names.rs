//! The names of an index: every distinct name and alias, as texts and as an FST over their keys.

use super::keys::{Next, Pages, Place};
use super::letters::{LetterId, Letters};
use super::read::Allowance;
use super::texts::Texts;
use super::{MAX_NAME, nodes};
use crate::bytes::Reader;
use crate::error::{ReadError, Section};
use fst::raw::{CompiledAddr, Fst, Node};

/// Distinct names in the order of their keys.
pub struct Names {
    pages: Pages,
    fst: Fst<Vec<u8>>,
    nodes: nodes::Nodes,
    /// By node, how many keys end in it or below; [`MANY`] where a byte cannot tell.
    counts: Vec<u8>,
    /// Nodes of which `counts` cannot tell, ascending, and their keys.
    many: Vec<(u32, u32)>,
    texts: Texts,
}

/// Stands for numbers of keys that are told elsewhere. One node in a few hundred has so many below.
const MANY: u8 = 255;

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
            _ => {
                let node = self.nodes.rank(address);
                match self.counts[node] {
                    MANY => self.many[self.many.partition_point(|(other, _)| (*other as usize) < node)].1,
                    count => u32::from(count),
                }
            }
        }
    }

    /// Reads names, checking that every key reads as a name.
    ///
    /// `most` bounds the letters of all names together, and so time.
    pub(super) fn take(
        mut section: Vec<u8>,
        letters: &Letters,
        most: usize,
        allowance: &mut Allowance,
    ) -> Result<Names, ReadError> {
        let mut reader = Reader::new(&section, Section::Names);
        let n = reader.at_most(most)?;
        let start = section.len() - reader.left();
        section.drain(..start);
        let reader = Reader::new(&[], Section::Names);
        // The FST, and a bit and two for each of its addresses.
        allowance.spend(&reader, section.len(), 1)?;
        allowance.spend(&reader, section.len() / 4, 1)?;
        let pages = Pages::of(letters).ok_or_else(|| reader.damaged())?;
        let (fst, nodes) = nodes::open(section, n).ok_or_else(|| reader.damaged())?;
        allowance.spend(&reader, nodes.len(), size_of::<u8>())?;
        allowance.spend(&reader, n + 1, size_of::<u32>())?;
        let mut visit = Visit {
            fst: &fst,
            letters,
            pages: &pages,
            nodes: &nodes,
            most: most.min(allowance.letters()),
            name: Vec::new(),
            counts: vec![0; nodes.len()],
            many: Vec::new(),
            texts: Texts::with_room(n),
        };
        let is_sound = visit.node(fst.root(), Place::Boundary).is_some() && visit.texts.len() == n;
        reader.check(is_sound)?;
        let Visit { counts, many, texts, .. } = visit;
        allowance.spend(&reader, texts.letter_count(), size_of::<LetterId>())?;
        Ok(Names { pages, fst, nodes, counts, many, texts })
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
    counts: Vec<u8>,
    many: Vec<(u32, u32)>,
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
            let (rank, count) = (self.nodes.rank(node.addr()), self.texts.len() - before);
            self.counts[rank] = count.min(usize::from(MANY)) as u8;
            if count >= usize::from(MANY) {
                // Nodes stand in the order in which a walk leaves them, but for those it has left before.
                let (rank, last) = (rank as u32, self.many.last().map(|(rank, _)| *rank));
                if last.is_none_or(|last| last < rank) {
                    self.many.push((rank, count as u32));
                } else if self.many.binary_search_by_key(&rank, |(rank, _)| *rank).is_err() {
                    return None;
                }
            }
        }
        Some(())
    }
}
