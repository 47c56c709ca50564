//! Where finds stand by their keystrokes: those of whole pieces, and beside them those of words within pieces.

use crate::index::Index;
use crate::matcher::Found;
use crate::query::Query;
use crate::rank::finds::Finds;
use std::ops::Range;

/// What the words within pieces lead to: the first keystroke, one past the last, and what was found.
pub(super) type Beside = (u8, u8, Finds);

/// Gives a find to its span, if pieces have it.
pub(super) fn put(index: &Index, query: &Query, finds: &mut [Option<Finds>], found: Found) -> bool {
    let finds = finds_at(query, finds, found.from, found.to);
    finds.map(|finds| finds.add(index, found)).is_some()
}

/// Gives what is found alike in names one after another to its span, if pieces have it.
pub(super) fn put_names(index: &Index, query: &Query, finds: &mut [Option<Finds>], names: Range<u32>, found: Found) {
    if let Some(finds) = finds_at(query, finds, found.from, found.to) {
        finds.add_names(index, names, found);
    }
}

/// The finds of keystrokes, if pieces have them.
pub(super) fn finds_at<'f>(query: &Query, finds: &'f mut [Option<Finds>], from: u8, to: u8) -> Option<&'f mut Finds> {
    finds.get_mut(slot(query, usize::from(from), usize::from(to))?)?.as_mut()
}

/// Where the finds of keystrokes stand that are whole pieces.
pub(super) fn slot(query: &Query, from: usize, to: usize) -> Option<usize> {
    let first = if from == 0 { 0 } else { query.ending(from)? + 1 };
    let last = query.ending(to).filter(|last| *last >= first)?;
    Some(first * query.pieces() + last)
}

/// Gives a find to its keystrokes within a piece.
pub(super) fn put_beside(index: &Index, beside: &mut Vec<Beside>, found: Found) {
    let same = |other: &&mut Beside| (other.0, other.1) == (found.from, found.to);
    match beside.iter_mut().find(same) {
        Some((.., finds)) => finds.add(index, found),
        None => {
            let mut finds = Finds::new();
            finds.add(index, found);
            beside.push((found.from, found.to, finds));
        }
    }
}

/// The keystrokes before which no run goes on: those of pieces that may not join the one before.
pub(in crate::rank) fn cuts(query: &Query) -> u64 {
    (1..query.pieces())
        .filter(|piece| !query.may_join(piece - 1..piece + 1))
        .fold(0, |set, piece| set | 1 << query.range(piece..piece + 1).start)
}
