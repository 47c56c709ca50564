//! One span of the query in all records: which of their values hold it, and the best of each record.

use super::order::Quality;
use crate::index::Index;
use crate::matcher::{self, Found, Value};
use crate::record::Field;

/// One part of a match: what was found, and as which field it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The value and the letters in it.
    pub found: Found,
    /// Name and alias are told apart by the record.
    pub field: Field,
    /// How many keystrokes it explains.
    pub keys: u8,
}

/// The finds of one span.
pub struct Span {
    /// How many keystrokes it has.
    pub keys: u8,
    /// The records that hold it, each once, in no order.
    pub records: Vec<u32>,
    finds: Vec<(Found, Quality)>,
    /// By name, one more than the place of its find; 0 for none.
    names: Vec<u32>,
    /// By column and value likewise; a column without finds has no entries.
    cells: Vec<Vec<u32>>,
    /// By record, the best of its finds likewise, and the field.
    best: Vec<(u32, Field)>,
}

impl Span {
    /// Looks for keystrokes everywhere.
    pub fn find(index: &Index, keys: &[char]) -> Span {
        let mut span = Span {
            keys: keys.len() as u8,
            records: Vec::new(),
            finds: Vec::new(),
            names: vec![0; index.names().texts().len()],
            cells: vec![Vec::new(); index.columns().len()],
            best: vec![(0, Field::Name); index.len()],
        };
        matcher::find(index, keys, |found| span.add(index, found));
        span.share_names(index);
        span.share_cells(index);
        span
    }

    /// Keeps a find, if its value has no better one.
    fn add(&mut self, index: &Index, found: Found) {
        let (place, field) = match found.value {
            Value::Name(name) => (&mut self.names[name as usize], Field::Name),
            Value::Cell(column, value) => {
                let texts = index.columns()[column as usize].texts().len();
                let cells = &mut self.cells[column as usize];
                cells.resize(texts, 0);
                (&mut cells[value as usize], index.columns()[column as usize].field())
            }
        };
        let quality = Quality::of(index, &[Part { found, field, keys: self.keys }], 0);
        if *place == 0 {
            self.finds.push((found, quality));
            *place = self.finds.len() as u32;
        } else if quality < self.finds[*place as usize - 1].1 {
            self.finds[*place as usize - 1] = (found, quality);
        }
    }

    /// Gives the finds in names to the records that have them.
    fn share_names(&mut self, index: &Index) {
        for find in 0..self.finds.len() {
            let (found, quality) = self.finds[find];
            let Value::Name(name) = found.value else { continue };
            for posting in index.postings(name) {
                let field = if posting.is_alias { Field::Alias } else { Field::Name };
                let quality = if posting.is_alias {
                    Quality::of(index, &[Part { found, field, keys: self.keys }], 0)
                } else {
                    quality
                };
                self.offer(index, posting.record, find as u32 + 1, field, quality);
            }
        }
    }

    /// Gives the finds in cells to the records whose roles have them.
    fn share_cells(&mut self, index: &Index) {
        for column in 0..self.cells.len() {
            let places = std::mem::take(&mut self.cells[column]);
            if !places.is_empty() {
                let column = &index.columns()[column];
                for record in 0..index.len() as u32 {
                    for value in index.roles(record).flat_map(|role| column.values(role)) {
                        let place = places[value as usize];
                        if place > 0 {
                            self.offer(index, record, place, column.field(), self.finds[place as usize - 1].1);
                        }
                    }
                }
            }
            self.cells[column] = places;
        }
    }

    /// Lets a record have a find, if it has no better one.
    fn offer(&mut self, index: &Index, record: u32, place: u32, field: Field, quality: Quality) {
        let (best, best_field) = self.best[record as usize];
        if best == 0 {
            self.records.push(record);
            self.best[record as usize] = (place, field);
        } else {
            let (found, best_quality) = self.finds[best as usize - 1];
            let best_quality = match best_field {
                Field::Alias => Quality::of(index, &[Part { found, field: best_field, keys: self.keys }], 0),
                _ => best_quality,
            };
            if quality < best_quality {
                self.best[record as usize] = (place, field);
            }
        }
    }

    /// The best find of a record.
    pub fn best(&self, record: u32) -> Option<Part> {
        let (place, field) = self.best[record as usize];
        Some(Part { found: self.finds[place.checked_sub(1)? as usize].0, field, keys: self.keys })
    }

    /// The find in one value of a record, which counts as `field`.
    pub fn part(&self, value: Value, field: Field) -> Option<Part> {
        let place = match value {
            Value::Name(name) => self.names[name as usize],
            Value::Cell(column, value) => self.cells[column as usize].get(value as usize).copied().unwrap_or(0),
        };
        Some(Part { found: self.finds[place.checked_sub(1)? as usize].0, field, keys: self.keys })
    }
}

/// Every value of a record and the field it stands in: name, aliases, then cells that are searched.
pub fn values(index: &Index, record: u32) -> impl Iterator<Item = (Value, Field)> + '_ {
    let name = std::iter::once((Value::Name(index.name(record)), Field::Name));
    let aliases = index.aliases(record).iter().map(|alias| (Value::Name(*alias), Field::Alias));
    let columns = (0u32..).zip(index.columns()).filter(|(_, column)| column.field().is_searched());
    let cells = columns.flat_map(move |(place, column)| {
        let values = index.roles(record).flat_map(|role| column.values(role));
        values.map(move |value| (Value::Cell(place, value), column.field()))
    });
    name.chain(aliases).chain(cells)
}
