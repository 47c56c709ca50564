//! What was found for each span of the query, and the records that have it.

use super::quality::{Part, Quality};
use crate::index::Index;
use crate::matcher::{Found, Value};
use crate::record::Field;

/// What was found in one value, and how that ranks alone.
#[derive(Debug, Clone, Copy)]
struct Find {
    found: Found,
    /// As the name or the cell that it is.
    quality: Quality,
    packed: u64,
}

/// The finds of one span.
pub struct Finds {
    finds: Vec<Find>,
    /// By name, one more than the place of its find; 0 for none. Empty until there is one.
    names: Vec<u32>,
    /// By column and value likewise.
    cells: Vec<Vec<u32>>,
    /// By record, its best find likewise, doubled, plus one for an alias.
    best: Vec<u32>,
    /// The records that have one, each once, in no order.
    pub records: Vec<u32>,
    /// How many finds are given to their records.
    shared: usize,
}

impl Finds {
    /// None yet.
    pub fn new() -> Finds {
        Finds {
            finds: Vec::new(),
            names: Vec::new(),
            cells: Vec::new(),
            best: Vec::new(),
            records: Vec::new(),
            shared: 0,
        }
    }

    /// Keeps a find, if its value has no better one.
    pub fn add(&mut self, index: &Index, found: Found) {
        let (place, field) = match found.value {
            Value::Name(name) => {
                self.names.resize(index.names().texts().len(), 0);
                (&mut self.names[name as usize], Field::Name)
            }
            Value::Cell(column, value) => {
                self.cells.resize(index.columns().len(), Vec::new());
                let cells = &mut self.cells[column as usize];
                cells.resize(index.columns()[column as usize].texts().len(), 0);
                (&mut cells[value as usize], index.columns()[column as usize].field())
            }
        };
        let quality = Quality::of_one(index, &Part { found, field });
        let find = Find { found, quality, packed: quality.packed() };
        if *place == 0 {
            self.finds.push(find);
            *place = self.finds.len() as u32;
        } else if find.packed < self.finds[*place as usize - 1].packed {
            self.finds[*place as usize - 1] = find;
        }
    }

    /// Gives new finds to the records that have them.
    pub fn share(&mut self, index: &Index) {
        if self.finds.len() > self.shared {
            self.best.resize(index.len(), 0);
        }
        for place in self.shared as u32..self.finds.len() as u32 {
            match self.finds[place as usize].found.value {
                Value::Name(name) => {
                    for posting in index.postings(name) {
                        self.offer(index, posting.record, (place + 1) << 1 | u32::from(posting.is_alias));
                    }
                }
                Value::Cell(column, value) => {
                    for record in index.holders(column, value) {
                        self.offer(index, *record, (place + 1) << 1);
                    }
                }
            }
        }
        self.shared = self.finds.len();
    }

    /// Lets a record have a find, if it has no better one.
    fn offer(&mut self, index: &Index, record: u32, find: u32) {
        let best = self.best[record as usize];
        if best == 0 {
            self.records.push(record);
        } else if self.packed(index, best) <= self.packed(index, find) {
            return;
        }
        self.best[record as usize] = find;
    }

    /// How the best find of a record ranks alone; worst if it has none.
    pub fn packed_of(&self, index: &Index, record: u32) -> u64 {
        match self.best.get(record as usize) {
            Some(find @ 1..) => self.packed(index, *find),
            _ => u64::MAX,
        }
    }

    fn packed(&self, index: &Index, find: u32) -> u64 {
        match find & 1 {
            0 => self.finds[(find >> 1) as usize - 1].packed,
            _ => self.rank(index, find).packed(),
        }
    }

    /// How a find ranks, as an alias where it is one.
    fn rank(&self, index: &Index, find: u32) -> Quality {
        let own = &self.finds[(find >> 1) as usize - 1];
        match find & 1 {
            0 => own.quality,
            _ => Quality::of_one(index, &Part { found: own.found, field: Field::Alias }),
        }
    }

    /// The best find of a record, and how it ranks alone.
    pub fn best(&self, index: &Index, record: u32) -> Option<(Part, Quality)> {
        let find = self.best.get(record as usize).copied().filter(|find| *find > 0)?;
        let Find { found, .. } = self.finds[(find >> 1) as usize - 1];
        let field = match found.value {
            Value::Name(_) if find & 1 == 1 => Field::Alias,
            Value::Name(_) => Field::Name,
            Value::Cell(column, _) => index.columns()[column as usize].field(),
        };
        Some((Part { found, field }, self.rank(index, find)))
    }

    /// Whether a record has one.
    pub fn has(&self, record: u32) -> bool {
        self.best.get(record as usize).is_some_and(|find| *find > 0)
    }

    /// The find in one value of a record, which counts as `field`.
    pub fn part(&self, value: Value, field: Field) -> Option<Part> {
        let place = match value {
            Value::Name(name) => self.names.get(name as usize),
            Value::Cell(column, value) => self.cells.get(column as usize).and_then(|cells| cells.get(value as usize)),
        };
        let find = &self.finds[place.copied().unwrap_or(0).checked_sub(1)? as usize];
        Some(Part { found: find.found, field })
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
