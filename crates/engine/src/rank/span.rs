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

/// What was found in one value, and how that ranks alone.
#[derive(Debug, Clone, Copy)]
struct Find {
    found: Found,
    quality: Quality,
    /// How it ranks as another name of a record.
    as_alias: Quality,
}

/// The finds of one span.
pub struct Span {
    /// How many keystrokes it has.
    pub keys: u8,
    /// The records that hold it, each once, in no order.
    pub records: Vec<u32>,
    finds: Vec<Find>,
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
        matcher::find(index, keys, &mut |found| span.add(index, found));
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
        let alone = |field| Quality::of(index, &[Part { found, field, keys: self.keys }], 0);
        let quality = alone(field);
        let find = Find { found, quality, as_alias: if field == Field::Name { alone(Field::Alias) } else { quality } };
        if *place == 0 {
            self.finds.push(find);
            *place = self.finds.len() as u32;
        } else if quality < self.finds[*place as usize - 1].quality {
            self.finds[*place as usize - 1] = find;
        }
    }

    /// Gives the finds in names to the records that have them.
    fn share_names(&mut self, index: &Index) {
        for place in 1..=self.finds.len() {
            let Value::Name(name) = self.finds[place - 1].found.value else { continue };
            for posting in index.postings(name) {
                let field = if posting.is_alias { Field::Alias } else { Field::Name };
                self.offer(posting.record, place as u32, field);
            }
        }
    }

    /// Gives the finds in cells to the records whose roles have them.
    fn share_cells(&mut self, index: &Index) {
        for column in 0..self.cells.len() {
            let places = std::mem::take(&mut self.cells[column]);
            if !places.is_empty() {
                let column = &index.columns()[column];
                column.marked(&places, &mut |role, place| self.offer(index.record_of(role), place, column.field()));
            }
            self.cells[column] = places;
        }
    }

    /// How a find ranks as this field.
    fn quality(&self, place: u32, field: Field) -> Quality {
        let find = &self.finds[place as usize - 1];
        if field == Field::Alias { find.as_alias } else { find.quality }
    }

    /// Lets a record have a find, if it has no better one.
    fn offer(&mut self, record: u32, place: u32, field: Field) {
        let (best, best_field) = self.best[record as usize];
        if best == 0 {
            self.records.push(record);
        } else if self.quality(best, best_field) <= self.quality(place, field) {
            return;
        }
        self.best[record as usize] = (place, field);
    }

    /// The best find of a record, and how it ranks alone.
    pub fn best(&self, record: u32) -> Option<(Part, Quality)> {
        let (place, field) = self.best[record as usize];
        let found = self.finds[place.checked_sub(1)? as usize].found;
        Some((Part { found, field, keys: self.keys }, self.quality(place, field)))
    }

    /// The find in one value of a record, which counts as `field`.
    pub fn part(&self, value: Value, field: Field) -> Option<Part> {
        let place = match value {
            Value::Name(name) => self.names[name as usize],
            Value::Cell(column, value) => self.cells[column as usize].get(value as usize).copied().unwrap_or(0),
        };
        Some(Part { found: self.finds[place.checked_sub(1)? as usize].found, field, keys: self.keys })
    }
}

/// Tells every value of a record and the field it stands in: name, aliases, then cells that are searched.
pub fn each_value(index: &Index, record: u32, tell: &mut dyn FnMut(Value, Field)) {
    tell(Value::Name(index.name(record)), Field::Name);
    index.aliases(record).iter().for_each(|alias| tell(Value::Name(*alias), Field::Alias));
    for (place, column) in (0u32..).zip(index.columns()).filter(|(_, column)| column.field().is_searched()) {
        for role in index.roles(record) {
            column.values(role).for_each(|value| tell(Value::Cell(place, value), column.field()));
        }
    }
}
