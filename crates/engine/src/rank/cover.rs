//! Covers the whole query with parts, record by record.
//!
//! First by whole pieces, each way to join them; then, where that finds nothing or little, by runs of hanzi within pieces.

use super::order::Quality;
use super::span::{Part, Span, each_value};
use crate::index::Index;
use crate::matcher::{Found, Keys, Layer, MIN_RUN, Runs, Value};
use crate::query::{Query, is_latin};
use crate::record::Field;
use std::ops::Range;

/// From how many records on that hold all terms nobody looks for those that hold them in part.
const ENOUGH: usize = 10;

/// A record that answers the query.
#[derive(Debug, Clone, Copy)]
pub struct Match {
    /// The record's number.
    pub record: u32,
    /// How all its parts rank together.
    pub quality: Quality,
    way: Way,
}

/// How a match was found, from which its parts follow again.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// Whole pieces: bit i says that piece i and the next are apart.
    Pieces(usize),
    /// Runs within pieces.
    Runs,
}

/// Every record that answers the query.
pub struct Cover<'a> {
    /// Each record once, in no order.
    pub matches: Vec<Match>,
    index: &'a Index,
    query: &'a Query,
    /// The keystrokes of each piece, as a set.
    pieces: Vec<u64>,
    /// By first piece and last piece; `None` where pieces may not stand together.
    spans: Vec<Option<Span>>,
    runs: Option<Runs<'a>>,
}

impl<'a> Cover<'a> {
    /// Searches.
    pub fn of(index: &'a Index, query: &'a Query) -> Cover<'a> {
        let pieces = query.pieces();
        let sets = (0..pieces).map(|piece| keys(&query.range(piece..piece + 1))).collect();
        let mut cover = Cover { matches: Vec::new(), index, query, pieces: sets, spans: Vec::new(), runs: None };
        for first in 0..pieces {
            // Pieces that may stand together from here on begin alike, so they are looked for in one go.
            let joined = (first + 1..=pieces).take_while(|end| query.span(first..*end).is_some());
            let ends = joined.clone().fold(0, |set, end| set | 1 << query.range(first..end).len());
            let last = joined.last().unwrap_or(first + 1);
            let mut found = Span::find(index, Keys { all: &query.keys()[query.range(first..last)], ends }).into_iter();
            cover.spans.extend((0..pieces).map(|piece| if piece < first { None } else { found.next() }));
        }
        cover.by_pieces();
        let is_enough = if query.pieces() > 1 { ENOUGH } else { 1 };
        if cover.matches.len() < is_enough && query.keys().iter().any(|key| !is_latin(*key)) {
            cover.by_runs();
        }
        cover
    }

    /// Pieces may stand for themselves or together (`gu yu dong` is one name), so every way to cut them is tried, and
    /// the best counts for each record.
    fn by_pieces(&mut self) {
        // One more than the match's place, by record.
        let mut places = vec![0u32; self.index.len()];
        for cuts in 0..1usize << self.query.pieces().saturating_sub(1) {
            let Some(spans) = self.spans_of(cuts) else { continue };
            let Some(rarest) = spans.iter().min_by_key(|span| span.records.len()) else { continue };
            let found = rarest.records.iter().filter_map(|record| {
                let quality = match spans[..] {
                    [span] => span.best(*record)?.1,
                    _ => Quality::of(self.index, &self.whole_parts(&spans, *record)?, 0),
                };
                Some(Match { record: *record, quality, way: Way::Pieces(cuts) })
            });
            for found in found.collect::<Vec<Match>>() {
                let place = &mut places[found.record as usize];
                match place.checked_sub(1).map(|place| &mut self.matches[place as usize]) {
                    Some(best) if found.quality < best.quality => *best = found,
                    Some(_) => {}
                    None => {
                        self.matches.push(found);
                        *place = self.matches.len() as u32;
                    }
                }
            }
        }
    }

    /// The span of these pieces.
    fn span(&self, pieces: Range<usize>) -> Option<&Span> {
        self.spans[pieces.start * self.query.pieces() + pieces.end - 1].as_ref()
    }

    /// The spans into which `cuts` cuts the query, if each may stand.
    fn spans_of(&self, cuts: usize) -> Option<Vec<&Span>> {
        let pieces = self.query.pieces();
        let ends = (1..=pieces).filter(|end| *end == pieces || cuts >> (end - 1) & 1 == 1);
        let mut start = 0;
        ends.map(|end| self.span(std::mem::replace(&mut start, end)..end)).collect()
    }

    /// One part of the record for each span. The longest span chooses first, the others prefer what it leaves.
    fn whole_parts(&self, spans: &[&Span], record: u32) -> Option<Vec<Part>> {
        if let [span] = spans {
            return Some(vec![span.best(record)?.0]);
        }
        if !spans.iter().all(|span| span.best(record).is_some()) {
            return None;
        }
        let mut chosen: Vec<Option<Part>> = vec![None; spans.len()];
        let next = |chosen: &[Option<Part>]| {
            (0..spans.len()).filter(|i| chosen[*i].is_none()).max_by_key(|i| (spans[*i].keys, std::cmp::Reverse(*i)))
        };
        while let Some(i) = next(&chosen) {
            let mut best: Option<(Quality, Part)> = None;
            each_value(self.index, record, &mut |value, field| {
                let Some(part) = spans[i].part(value, field) else { return };
                let with: Vec<Part> = chosen.iter().flatten().copied().chain([part]).collect();
                let quality = Quality::of(self.index, &with, 0);
                if best.is_none_or(|(best, _)| quality < best) {
                    best = Some((quality, part));
                }
            });
            chosen[i] = Some(best?.1);
        }
        chosen.into_iter().collect()
    }

    /// Records that hold every keystroke in some run or whole piece; or, when there are several pieces, one whole piece
    /// and at least half of each other.
    fn by_runs(&mut self) {
        let firsts = self.pieces.iter().fold(0, |set, piece| set | (piece & piece.wrapping_neg()));
        let runs = Runs::new(self.index.letters(), self.query.keys(), firsts);
        let held = self.held(&runs);
        let mut matched = vec![false; self.index.len()];
        self.matches.iter().for_each(|found| matched[found.record as usize] = true);
        self.runs = Some(runs);
        for (record, held) in (0u32..).zip(held) {
            if !matched[record as usize] && self.may_cover(held, record) {
                let parts = self.run_parts(record);
                let explained = parts.iter().fold(0, |set, (range, _)| set | keys(range));
                if self.may_cover(explained, record) {
                    let missing = self.query.keys().len() - explained.count_ones() as usize;
                    let parts: Vec<Part> = parts.into_iter().map(|(_, part)| part).collect();
                    let quality = Quality::of(self.index, &parts, missing);
                    self.matches.push(Match { record, quality, way: Way::Runs });
                }
            }
        }
    }

    /// By record, the keystrokes that some run or whole piece of it explains.
    fn held(&self, runs: &Runs<'_>) -> Vec<u64> {
        let mut held = vec![0; self.index.len()];
        for (name, text) in (0..).zip(self.index.names().texts().iter()) {
            let covered = runs.covered(text);
            if covered != 0 {
                self.index.postings(name).for_each(|posting| held[posting.record as usize] |= covered);
            }
        }
        for column in self.index.columns().iter().filter(|column| column.field().is_searched()) {
            let covered: Vec<u64> = column.texts().iter().map(|text| runs.covered(text)).collect();
            let marks: Vec<u32> =
                (1..).zip(&covered).map(|(mark, covered)| if *covered == 0 { 0 } else { mark }).collect();
            column.marked(&marks, &mut |role, mark| {
                held[self.index.record_of(role) as usize] |= covered[mark as usize - 1];
            });
        }
        for (piece, keys) in self.pieces.iter().enumerate() {
            if let Some(span) = self.span(piece..piece + 1) {
                span.records.iter().for_each(|record| held[*record as usize] |= keys);
            }
        }
        held
    }

    /// Whether so many keystrokes are enough.
    fn may_cover(&self, held: u64, record: u32) -> bool {
        let all = self.pieces.iter().all(|keys| held & keys == *keys);
        let half = || self.pieces.iter().all(|keys| 2 * (held & keys).count_ones() >= keys.count_ones());
        let is_whole = |piece: usize| self.span(piece..piece + 1).is_some_and(|span| span.best(record).is_some());
        all || (self.pieces.len() > 1 && half() && (0..self.pieces.len()).any(is_whole))
    }

    /// The parts of a record that explain most keystrokes, and of those the fewest, with their keystrokes, in order.
    fn run_parts(&self, record: u32) -> Vec<(Range<usize>, Part)> {
        let n = self.query.keys().len();
        // Keystrokes missing, parts, and fields added up; then the last part and where it begins.
        type Best = ((usize, usize, u32), Option<(usize, Part)>);
        let mut best: Vec<Best> = vec![((0, 0, 0), None)];
        let mut ending: Vec<Vec<(usize, Part)>> = vec![Vec::new(); n + 1];
        for (range, part) in self.candidates(record) {
            ending[range.end].push((range.start, part));
        }
        for end in 1..=n {
            let (missing, parts, fields) = best[end - 1].0;
            let mut least: Best = ((missing + 1, parts, fields), None);
            for (start, part) in &ending[end] {
                let (missing, parts, fields) = best[*start].0;
                let with = (missing, parts + 1, fields + part.field as u32);
                if with < least.0 {
                    least = (with, Some((*start, *part)));
                }
            }
            best.push(least);
        }
        let mut parts = Vec::new();
        let mut end = n;
        while end > 0 {
            end = match best[end].1 {
                Some((start, part)) => {
                    parts.push((start..end, part));
                    start
                }
                None => end - 1,
            };
        }
        parts.reverse();
        parts
    }

    /// Whole pieces and all runs of the record, whole or shortened on one side, where another part may begin or end.
    fn candidates(&self, record: u32) -> Vec<(Range<usize>, Part)> {
        let mut candidates = Vec::new();
        for piece in 0..self.query.pieces() {
            let range = self.query.range(piece..piece + 1);
            if let Some((part, _)) = self.span(piece..piece + 1).and_then(|span| span.best(record)) {
                candidates.push((range, part));
            }
        }
        let Some(runs) = &self.runs else { return candidates };
        each_value(self.index, record, &mut |value, field| {
            for (range, letter) in runs.all(super::order::text(self.index, value)) {
                let shorter = (range.start + MIN_RUN..range.end).map(|end| range.start..end);
                let later = (range.start + 1..=range.end - MIN_RUN).map(|start| start..range.end);
                for keys in std::iter::once(range.clone()).chain(shorter).chain(later) {
                    let first = letter + keys.start - range.start;
                    candidates.push((keys.clone(), run(value, field, first..first + keys.len())));
                }
            }
        });
        candidates
    }

    /// What was found where, in the order of the query.
    pub fn parts(&self, found: &Match) -> Vec<Part> {
        match found.way {
            Way::Pieces(cuts) => {
                self.spans_of(cuts).and_then(|spans| self.whole_parts(&spans, found.record)).unwrap_or_default()
            }
            Way::Runs => self.run_parts(found.record).into_iter().map(|(_, part)| part).collect(),
        }
    }
}

/// Keystrokes as a set.
fn keys(range: &Range<usize>) -> u64 {
    range.clone().fold(0, |set, at| set | 1 << at)
}

/// The part that a run of hanzi is.
fn run(value: Value, field: Field, letters: Range<usize>) -> Part {
    let (start, end) = (letters.start as u32, letters.end as u32);
    Part { found: Found { value, layer: Layer::Literal, keys: letters.len() as u8, start, end }, field }
}
