//! Why the hits of a query stand as they do, for whoever tunes it: how the query was read, by what each part was found, and all criteria.

use super::cover::Cover;
use super::quality::CRITERIA;
use super::{Hit, best, cover, show};
use crate::index::Index;
use crate::matcher::Lexicon;

/// A hit with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reasons {
    /// The hit as [`super::search`] gives it.
    pub hit: Hit,
    /// For each of its parts what of the query it explains, as it was read; parts found together count as one.
    pub typed: Vec<String>,
    /// Every criterion by name, in the order in which they are compared; the smaller stands first.
    pub criteria: Vec<(&'static str, u64)>,
}

/// How a query was read, and its first hits with their reasons, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The pieces of the query, folded; what says nothing is left out. Then those of double pinyin, spelled out, if it was read so too.
    pub pieces: Vec<String>,
    /// The words in it that lead to others.
    pub leads: Vec<String>,
    /// The hits.
    pub hits: Vec<Reasons>,
}

/// Explains a search.
pub fn explain(index: &Index, lexicon: &Lexicon, text: &str, limit: usize) -> Explanation {
    cover(index, lexicon, text, |covers| {
        let typed = |cover: &Cover<'_>, from: usize, to: usize| cover.keys()[from..to].iter().collect::<String>();
        let hits = best(covers, limit).into_iter().map(|(cover, found)| {
            let parts = cover.parts(&found);
            let typed = parts.iter().map(|part| typed(cover, part.found.from.into(), part.found.to.into())).collect();
            let mut below = found.rank;
            let mut criteria: Vec<(&str, u64)> = Vec::new();
            for (name, _, bits) in CRITERIA.iter().rev() {
                criteria.push((name, below & ((1 << bits) - 1)));
                below >>= bits;
            }
            criteria.reverse();
            Reasons { hit: show(index, &found, cover), typed, criteria }
        });
        let hits = hits.collect();
        let leads = |cover| Cover::leads(cover).map(move |(from, to)| typed(cover, from, to));
        let pieces = |cover| Cover::pieces(cover).map(move |keys| typed(cover, keys.start, keys.end));
        Explanation {
            pieces: covers.iter().flat_map(pieces).collect(),
            leads: covers.iter().flat_map(leads).collect(),
            hits,
        }
    })
}
