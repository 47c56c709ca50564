//! How many nodes of the FST a query visits.

use engine::index::LetterId;
use engine::matcher::{Beginning, Keys, Reads, Span, State, prefixed};
use engine::query::Query;
use engine::{Index, Lexicon};
use std::cell::Cell;

/// Nodes met while names are looked for that begin as the whole text says, the root among them.
pub fn visited(index: &Index, lexicon: &Lexicon, text: &str) -> u64 {
    let query = Query::parse(text);
    let keys = Keys::new(index.letters(), lexicon, &query);
    if query.pieces() == 0 {
        return 0;
    }
    let span = Span { start: 0, ends: 1 << query.keys().len() };
    let nodes = Cell::new(1);
    prefixed(index, &Counted { inner: Beginning::new(&keys, span), nodes: &nodes }, &mut |_, _, _| {});
    nodes.get()
}

/// Counts the letters and the pages of letters that are entered: each is one byte of a key, and leads to a node.
struct Counted<'a, R> {
    inner: R,
    nodes: &'a Cell<u64>,
}

impl<R> Counted<'_, R> {
    fn count(&self, is_entered: bool) {
        self.nodes.set(self.nodes.get() + u64::from(is_entered));
    }
}

impl<R: Reads> Reads for Counted<'_, R> {
    fn start(&self) -> State {
        self.inner.start()
    }

    fn read(&self, state: &State, id: LetterId) -> Option<State> {
        let next = self.inner.read(state, id);
        self.count(next.is_some());
        next
    }

    fn may_read(&self, state: &State, initial: u8) -> bool {
        let worth = self.inner.may_read(state, initial);
        self.count(worth);
        worth
    }
}
