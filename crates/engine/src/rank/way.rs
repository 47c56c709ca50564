//! A record that answers a query, and the way in which it was found.

/// A record that answers the query.
#[derive(Debug, Clone, Copy)]
pub struct Match {
    /// The record's number.
    pub record: u32,
    /// How all its parts rank together, as [`Quality::packed`](super::quality::Quality::packed).
    pub rank: u64,
    /// How it was found, from which its parts follow again.
    pub way: Way,
}

/// How a match was found, in one number that a heap may compare: 256 and more for runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Way(u16);

impl Way {
    /// A query of one piece, whole.
    pub const ALONE: Way = Way(0);

    /// Whole pieces: bit i of `cuts` says that piece i and the next are apart.
    pub fn pieces(cuts: u8) -> Way {
        Way(cuts.into())
    }

    /// Runs within pieces: the place of its parts, of 256 at most.
    pub fn breath(place: usize) -> Way {
        Way(1 << 8 | place as u16)
    }

    /// The place of its parts, if it was found by runs.
    pub fn breathed(self) -> Option<usize> {
        (self.0 >> 8 == 1).then_some(usize::from(self.0 & 0xff))
    }

    /// How pieces are cut, if it was not.
    pub fn cuts(self) -> u8 {
        self.0 as u8
    }
}
