//! Covers the whole query with parts, record by record: by whole pieces, each way to join them.

mod find;
mod parts;
mod slots;

use super::finds::Finds;
use super::quality::{Best, Part, Quality, is_meant, is_weak};
use super::table::Table;
use super::way::{Match, Way};
use crate::index::Index;
use crate::marks::Marks;
use crate::matcher::{Keys, Leads, Lexicon, Runs, Span, Texture, Within};
use crate::query::Query;
use slots::Beside;
pub(super) use slots::cuts;
use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

/// How many weak matches are shown where there is no strong one, and how many where there is.
const WEAK_ALONE: usize = 5;
const WEAK_AFTER_STRONG: usize = 3;
/// How many finds are looked at in the time it takes to look for those of one record.
const LOOKING: usize = 32;
/// How many of the best matches of several parts are ranked exactly: parts in one value are then told from parts in several.
const EXACT: usize = 128;

/// Every record that answers the query.
pub struct Cover<'a> {
    /// One for each record. Strong matches of a query of one piece are not copied here, since they may be most of a directory: they are
    /// read from its finds.
    matches: Vec<Match>,
    /// Whether the finds of the only piece hold such.
    is_single: bool,
    index: &'a Index,
    lexicon: &'a Lexicon,
    query: &'a Query,
    keys: &'a Keys<'a>,
    /// Made when they are first asked for.
    runs: OnceCell<Rc<Runs<'a>>>,
    leads: &'a Leads<'a>,
    /// One for each piece: all that may stand together from it on.
    spans: Vec<Span>,
    /// The same, as they are looked for within names.
    inside: Within<'a>,
    /// By first piece and last piece; `None` where pieces may not stand together.
    finds: Vec<Option<Finds>>,
    /// What words within pieces lead to, by their keystrokes.
    beside: Vec<Beside>,
    /// The parts of what was found by runs.
    breathed: Vec<Vec<Part>>,
}

impl<'a> Cover<'a> {
    /// Searches. `keys` and `leads` are of the query.
    pub fn of(
        index: &'a Index,
        lexicon: &'a Lexicon,
        query: &'a Query,
        keys: &'a Keys<'a>,
        leads: &'a Leads<'a>,
    ) -> Cover<'a> {
        let pieces = query.pieces();
        let (mut spans, mut finds) = (Vec::new(), Vec::new());
        for first in 0..pieces {
            let joined = |end: &usize| query.may_join(first..*end);
            let ends = (first + 1..=pieces).take_while(joined).map(|end| query.range(first..end).end);
            spans.push(Span {
                start: query.range(first..first + 1).start,
                ends: ends.fold(0, |set, end| set | 1 << end),
            });
            let joins = |last: usize| last >= first && query.may_join(first..last + 1);
            finds.extend((0..pieces).map(|last| joins(last).then(Finds::new)));
        }
        let mut cover = Cover {
            matches: Vec::new(),
            is_single: pieces == 1,
            index,
            lexicon,
            query,
            keys,
            runs: OnceCell::new(),
            leads,
            inside: Within::new(keys, &spans, Texture::Names),
            spans,
            finds,
            beside: Vec::new(),
            breathed: Vec::new(),
        };
        if pieces == 0 {
            return cover;
        }
        cover.find_strong();
        cover.by_pieces();
        if lexicon.is_whole() {
            cover.find_otherwise();
        }
        cover.leave_out_weak();
        cover.rank_exactly();
        cover
    }

    /// Leaves of this second reading of a text what is strong and new; where the first has nothing strong, its weak ones give way.
    pub fn stand_behind(&mut self, first: &mut Cover<'_>) {
        self.matches = self.best(self.count());
        self.is_single = false;
        self.matches.retain(|found| !is_weak(found.rank));
        if !self.matches.is_empty() && first.count_strong() == 0 {
            first.matches.clear();
        }
        let known = first.records();
        self.matches.retain(|found| !known.has(found.record));
    }

    /// Whether somebody is found who must be meant.
    pub fn is_found(&self) -> bool {
        self.matches.iter().any(|found| is_meant(found.rank))
            || self.single().is_some_and(|finds| finds.is_found(self.index))
    }

    /// How many records match.
    pub fn count(&self) -> usize {
        self.matches.len() + self.single().map_or(0, |finds| finds.strong().count())
    }

    /// How many match strongly.
    fn count_strong(&self) -> usize {
        self.count() - self.matches.iter().filter(|found| is_weak(found.rank)).count()
    }

    /// The records that match.
    fn records(&self) -> Marks {
        let mut records = Marks::none(self.index.len());
        self.single().into_iter().for_each(|finds| records.add(finds.strong()));
        self.matches.iter().for_each(|found| records.set(found.record));
        records
    }

    /// The finds of the only piece, if what is strong among them matches beside `matches`.
    fn single(&self) -> Option<&Finds> {
        if self.is_single { self.finds(0..1) } else { None }
    }

    /// Leaves as many weak matches as may be shown.
    fn leave_out_weak(&mut self) {
        let room = if self.count_strong() == 0 { WEAK_ALONE } else { WEAK_AFTER_STRONG };
        let mut best = Best::new(room);
        self.matches.iter().filter(|found| is_weak(found.rank)).for_each(|found| best.offer(self.index, found));
        self.matches.retain(|found| !is_weak(found.rank));
        self.matches.extend(best.into_sorted());
    }

    /// Pieces may stand for themselves or together (`gu yu dong` is one name), so every way to cut them is tried, and
    /// the best counts for each record.
    fn by_pieces(&mut self) {
        if let (1, Some(finds)) = (self.query.pieces(), self.finds(0..1)) {
            // The last time counts: it knows the weak ones too.
            let breathed =
                self.matches.iter().filter(|found| found.way.breathed().is_some() && !finds.has(found.record));
            let mut matches: Vec<Match> = breathed.copied().collect();
            let weak = finds.weak_ones(self.index).into_iter();
            matches.extend(weak.map(|(record, rank)| Match { record, rank, way: Way::ALONE }));
            self.matches = matches;
            return;
        }
        let all_cuts = 0..=u8::MAX >> (8 - (self.query.pieces() - 1));
        let mut having = Marks::none(self.index.len());
        let all = all_cuts.clone().filter_map(|cuts| self.finds_of(cuts));
        all.for_each(|spans| having.add(&having_all(&spans)));
        self.look_inside(&having);
        // One more than the match's place, by record.
        let mut places = Table::default();
        for (place, found) in (1..).zip(&self.matches) {
            *places.at(found.record) = place;
        }
        for cuts in all_cuts {
            let Some(spans) = self.finds_of(cuts) else { continue };
            let found = self.matching_all(&spans, cuts);
            for found in found {
                let place = places.at(found.record);
                match place.checked_sub(1).map(|place| &mut self.matches[place as usize]) {
                    Some(best) if found.rank < best.rank => *best = found,
                    Some(_) => {}
                    None => {
                        self.matches.push(found);
                        *place = self.matches.len() as u32;
                    }
                }
            }
        }
    }

    /// The records that have all spans into which `cuts` cuts the query, and how they match.
    fn matching_all(&self, spans: &[&Finds], cuts: u8) -> Vec<Match> {
        let having = having_all(spans);
        // Few records are looked at one by one; for many, the best finds span by span.
        let all: usize = spans.iter().map(|finds| finds.len()).sum();
        let is_few = having.count() * LOOKING < all;
        let best: Vec<_> = match is_few {
            true => Vec::new(),
            false => spans.iter().map(|finds| finds.best_of(self.index, &having, |_| true)).collect(),
        };
        let (mut found, mut parts) = (Vec::with_capacity(having.count()), Vec::new());
        having.each(&mut |record| {
            parts.clear();
            match is_few {
                true => parts.extend(spans.iter().filter_map(|finds| finds.best(self.index, record))),
                false => parts.extend(spans.iter().zip(&best).map(|(finds, best)| finds.found(best[found.len()]))),
            }
            if let Some(mut quality) = parts.iter().map(|(_, quality)| *quality).reduce(Quality::and) {
                quality.tier = quality.tier.max(self.torn(parts.iter().map(|(part, _)| part)));
                found.push(Match { record, rank: quality.packed(), way: Way::pieces(cuts) });
            }
        });
        found
    }

    /// Ranks the best matches of several parts by what their parts are together.
    fn rank_exactly(&mut self) {
        if self.query.pieces() == 1 {
            return;
        }
        let mut best = Marks::none(self.index.len());
        self.best(EXACT).iter().for_each(|found| best.set(found.record));
        for place in 0..self.matches.len() {
            let Match { record, way, .. } = self.matches[place];
            if way.breathed().is_none() && best.has(record) {
                let parts = self.parts_apart(&self.matches[place]);
                let mut quality = Quality::of(self.index, &parts, (0, 0));
                quality.tier = quality.tier.max(self.torn(parts.iter()));
                self.matches[place].rank = quality.packed();
            }
        }
    }

    /// The best matches in order.
    pub fn best(&self, n: usize) -> Vec<Match> {
        let mut best = Best::new(n);
        self.matches.iter().for_each(|found| best.offer(self.index, found));
        self.single().into_iter().for_each(|finds| finds.offer(self.index, &mut best, Way::ALONE));
        best.into_sorted()
    }

    /// The finds of these pieces as one.
    fn finds(&self, pieces: Range<usize>) -> Option<&Finds> {
        self.finds[pieces.start * self.query.pieces() + pieces.end - 1].as_ref()
    }

    /// The finds of the spans into which `cuts` cuts the query, if each may stand and was found.
    fn finds_of(&self, cuts: u8) -> Option<Vec<&Finds>> {
        let pieces = self.query.pieces();
        let ends = (1..=pieces).filter(|end| *end == pieces || cuts >> (end - 1) & 1 == 1);
        let mut start = 0;
        ends.map(|end| self.finds(std::mem::replace(&mut start, end)..end).filter(|finds| !finds.is_empty())).collect()
    }

    /// All keystrokes.
    pub fn keys(&self) -> &[char] {
        self.keys.all()
    }

    /// The keystrokes of each piece.
    pub fn pieces(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        (0..self.query.pieces()).map(|piece| self.query.range(piece..piece + 1))
    }

    /// The keystrokes of each word that leads to others.
    pub fn leads(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.leads.followed()
    }
}

/// The records that have all of these.
fn having_all(spans: &[&Finds]) -> Marks {
    let mut having = spans[0].records().clone();
    spans.iter().for_each(|finds| having.keep(finds.records()));
    having
}
