//! From finds in values to records: the best find of each record for a span of the query, and the best way to cover
//! the whole query with spans.

use super::order::Quality;
use crate::index::Index;
use crate::matcher::{self, Found, Value};
use crate::query::Query;
use crate::record::Field;
use std::collections::BTreeMap;

/// One part of a match: what was found, in which field, and how it ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The value and the letters in it.
    pub found: Found,
    /// The field it counts as.
    pub field: Field,
    /// How it ranks.
    pub quality: Quality,
}

/// A record that answers the whole query.
#[derive(Debug, Clone, Copy)]
pub struct Match {
    /// The record's number.
    pub record: u32,
    /// How all its parts rank together.
    pub quality: Quality,
    /// How the query was cut: bit i says that piece i and the next are apart.
    cuts: usize,
}

/// Every record in which all pieces of the query are found.
pub struct Cover {
    /// Each record once, in no order.
    pub matches: Vec<Match>,
    spans: BTreeMap<(usize, usize), Span>,
    pieces: usize,
}

/// The best part of every record for one span of the query.
struct Span {
    parts: Vec<Part>,
    /// One more than the part's place, by record; 0 for none.
    best: Vec<u32>,
    /// The records that have one, in no order.
    records: Vec<u32>,
}

impl Span {
    fn find(index: &Index, keys: &[char]) -> Span {
        let mut span = Span { parts: Vec::new(), best: vec![0; index.len()], records: Vec::new() };
        // By column, the part that a value gives.
        let mut cells: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        matcher::find(index, keys, |found| match found.value {
            Value::Name(name) => {
                let (mut by_name, mut by_alias) = (None, None);
                for posting in index.postings(name) {
                    let (field, place) =
                        if posting.is_alias { (Field::Alias, &mut by_alias) } else { (Field::Name, &mut by_name) };
                    let place = *place.get_or_insert_with(|| span.add(index, found, field));
                    span.offer(posting.record, place);
                }
            }
            Value::Cell(column, value) => {
                let place = span.add(index, found, index.columns()[column as usize].field());
                let values = index.columns()[column as usize].texts().len();
                cells.entry(column).or_insert_with(|| vec![0; values])[value as usize] = place;
            }
        });
        for (column, places) in cells {
            let column = &index.columns()[column as usize];
            for record in 0..index.len() as u32 {
                for value in index.roles(record).flat_map(|role| column.values(role)) {
                    if places[value as usize] > 0 {
                        span.offer(record, places[value as usize]);
                    }
                }
            }
        }
        span
    }

    /// Keeps a find; its place plus one.
    fn add(&mut self, index: &Index, found: Found, field: Field) -> u32 {
        self.parts.push(Part { found, field, quality: Quality::of(index, &found, field) });
        self.parts.len() as u32
    }

    /// Lets a record have a part, if it has no better one.
    fn offer(&mut self, record: u32, place: u32) {
        let best = &mut self.best[record as usize];
        if *best == 0 {
            self.records.push(record);
            *best = place;
        } else if self.parts[place as usize - 1].quality < self.parts[*best as usize - 1].quality {
            *best = place;
        }
    }

    fn part(&self, record: u32) -> Option<Part> {
        let place = self.best[record as usize].checked_sub(1)?;
        Some(self.parts[place as usize])
    }
}

impl Cover {
    /// Searches.
    ///
    /// Pieces of one script may stand for themselves or together (`gu yu dong` is one name), so every way to cut the
    /// pieces into spans is tried, and the best one counts for each record.
    pub fn of(index: &Index, query: &Query) -> Cover {
        let pieces = query.pieces();
        let mut cover = Cover { matches: Vec::new(), spans: BTreeMap::new(), pieces };
        for start in 0..pieces {
            for end in start + 1..=pieces {
                if let Some(keys) = query.span(start..end) {
                    cover.spans.insert((start, end), Span::find(index, keys));
                }
            }
        }
        // One more than the match's place, by record.
        let mut places = vec![0u32; index.len()];
        for cuts in 0..1usize << pieces.saturating_sub(1) {
            let Some(way) = cover.way(cuts) else { continue };
            let mut found = Vec::new();
            if let Some(rarest) = way.iter().min_by_key(|span| span.records.len()) {
                for record in &rarest.records {
                    let qualities = way.iter().map(|span| span.part(*record).map(|part| part.quality));
                    let quality = qualities.reduce(|a, b| Some(a?.and(b?))).flatten();
                    found.extend(quality.map(|quality| Match { record: *record, quality, cuts }));
                }
            }
            for found in found {
                let place = &mut places[found.record as usize];
                match place.checked_sub(1).map(|place| &mut cover.matches[place as usize]) {
                    Some(best) if found.quality < best.quality => *best = found,
                    Some(_) => {}
                    None => {
                        cover.matches.push(found);
                        *place = cover.matches.len() as u32;
                    }
                }
            }
        }
        cover
    }

    /// The spans into which `cuts` cuts the query, if each may stand.
    fn way(&self, cuts: usize) -> Option<Vec<&Span>> {
        let ends = (1..=self.pieces).filter(|end| *end == self.pieces || cuts >> (end - 1) & 1 == 1);
        let mut start = 0;
        ends.map(|end| self.spans.get(&(std::mem::replace(&mut start, end), end))).collect()
    }

    /// What was found where, in the order of the query.
    pub fn parts(&self, found: &Match) -> Vec<Part> {
        self.way(found.cuts).into_iter().flatten().filter_map(|span| span.part(found.record)).collect()
    }
}
