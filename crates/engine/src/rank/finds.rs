//! What was found for each span of the query, and the records that have it.

use super::quality::{Best, Part, Quality, Stands, is_meant, is_weak};
use super::table::Table;
use super::way::{Match, Way};
use crate::index::Index;
use crate::marks::Marks;
use crate::matcher::{Found, How, Value};
use crate::record::Field;
use std::ops::Range;

/// How many bits a hash of a kind has. By it pairs of kinds are remembered to be met again: a short query finds a hundred thousand values,
/// of some hundred kinds.
const HASH_BITS: u32 = 7;
/// Two to the 32 by the golden ratio, which spreads what is multiplied by it over the upper bits.
const GOLDEN: u32 = 0x9e37_79b1;

/// Finds that are alike but for the value, and so rank alike.
struct Kind {
    /// One of them.
    part: Part,
    stands: Stands,
    quality: Quality,
    packed: u64,
}

/// What was found in one value, or alike in names one after another: a short query finds thousands that begin with it.
#[derive(Clone, Copy)]
struct Find {
    /// The first.
    value: Value,
    count: u32,
    kind: u32,
}

/// A value, and of which kind the find in it is.
type Single = (Value, u32);

/// The finds of one span.
pub struct Finds {
    kinds: Vec<Kind>,
    /// A cache of two ways by hash: one more than each of the two kinds met last, the last first; 0 for none.
    recent: Vec<[u32; 2]>,
    /// A value may have several, the best of which counts.
    finds: Vec<Find>,
    /// By name, one more than the kind of its best find; 0 for none.
    names: Table,
    /// By column and value likewise.
    cells: Vec<Table>,
    /// Whether names are marked in which something is found, whatever it is.
    is_marked: bool,
    /// Whether the keystrokes are a whole type of people.
    is_type: bool,
    /// How many finds the records below have.
    shared: usize,
    /// The records that have a find or a name that is marked.
    records: Marks,
    /// Those of them that have a strong one.
    strong: Marks,
    /// The records that have a name as an alias, and how that ranks.
    aliases: Vec<(u32, Single)>,
}

impl Finds {
    /// None yet.
    pub fn new() -> Finds {
        Finds {
            kinds: Vec::new(),
            recent: Vec::new(),
            finds: Vec::new(),
            names: Table::default(),
            cells: Vec::new(),
            is_marked: false,
            is_type: false,
            shared: 0,
            records: Marks::none(0),
            strong: Marks::none(0),
            aliases: Vec::new(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.finds.is_empty() && !self.is_marked
    }

    /// How many values, or stretches of names, have one that was looked at.
    pub fn len(&self) -> usize {
        self.finds.len()
    }

    /// Whether something was found in a value other than a name.
    pub fn is_in_values(&self) -> bool {
        !self.cells.is_empty()
    }

    /// Whether the keystrokes are the whole name of an organisation.
    pub fn is_organisation(&self) -> bool {
        let is_whole =
            |kind: &Kind| kind.quality.how == How::Exact && matches!(kind.part.field, Field::Org | Field::Sponsor);
        self.kinds.iter().any(is_whole)
    }

    /// Whether the keystrokes are a whole type of people.
    pub fn is_type(&self) -> bool {
        self.is_type
    }

    /// Whether the keystrokes are somebody's whole name.
    pub fn is_name(&self) -> bool {
        self.kinds.iter().any(|kind| kind.quality.field <= Field::Alias as u8 && kind.quality.extent == 0)
    }

    /// Keeps a find, if its value has no better one.
    pub fn add(&mut self, index: &Index, found: Found) {
        let (column, value) = match found.value {
            Value::Name(name) => return self.add_names(index, name..name + 1, found),
            Value::Cell(column, value) => (column, value),
        };
        let field = index.columns()[column as usize].field();
        let kind = self.kind(Part { found, field }, Stands::of(index, &Part { found, field }));
        self.is_type |=
            field == Field::Type && self.kinds[kind as usize].quality.extent == 0 && index.is_of_people(column, value);
        self.cells.resize(index.columns().len(), Table::default());
        let best = self.cells[column as usize].at(value);
        if is_better(&self.kinds, kind, *best) {
            *best = kind + 1;
            self.finds.push(Find { value: found.value, count: 1, kind });
        }
    }

    /// Keeps what is found alike in names one after another, for those that have nothing better. Who is of a type comes before what is
    /// called so: an 院士 before an 院士工作站.
    pub fn add_names(&mut self, index: &Index, names: Range<u32>, found: Found) {
        let found = Found { cost: found.cost + u8::from(self.is_type), ..found };
        let texts = index.names().texts();
        // By length, one more than the kind of names of hanzi alone: it is the same for all.
        let mut kinds = [0; 8];
        for name in names {
            let value = Value::Name(name);
            let (length, is_mixed) = (texts.get(name).len(), index.names().is_mixed(name));
            let known = if is_mixed { None } else { kinds.get_mut(length) };
            let kind = match known {
                Some(kind) if *kind != 0 => *kind - 1,
                known => {
                    let part = Part { found: Found { value, ..found }, field: Field::Name };
                    let stands = if is_mixed { Stands::of(index, &part) } else { Stands::among_hanzi(&part, length) };
                    let kind = self.kind(part, stands);
                    known.into_iter().for_each(|known| *known = kind + 1);
                    kind
                }
            };
            let best = self.names.at(name);
            if is_better(&self.kinds, kind, *best) {
                *best = kind + 1;
                match self.finds[self.shared..].last_mut() {
                    Some(Find { value: Value::Name(first), count, kind: own })
                        if *own == kind && *first + *count == name =>
                    {
                        *count += 1;
                    }
                    _ => self.finds.push(Find { value, count: 1, kind }),
                }
            }
        }
    }

    /// The kind of a find: one of those met last, or a new one.
    fn kind(&mut self, part: Part, stands: Stands) -> u32 {
        let same = |kind: u32| {
            let Kind { part: other, stands: standing, .. } = &self.kinds[kind as usize];
            stands == *standing && part.field == other.field && part.found.is_alike(&other.found)
        };
        let Found { start, end, .. } = part.found;
        let hash = (stands.hash() << 16 ^ end << 8 ^ start).wrapping_mul(GOLDEN) >> (u32::BITS - HASH_BITS);
        self.recent.resize(1 << HASH_BITS, [0; 2]);
        let recent = &mut self.recent[hash as usize];
        let met = recent.iter().position(|kind| kind.checked_sub(1).is_some_and(same));
        if met != Some(0) {
            recent.swap(0, 1);
        }
        if met.is_some() {
            return recent[0] - 1;
        }
        let quality = Quality::standing(&part, &stands);
        self.kinds.push(Kind { part, stands, quality, packed: quality.packed() });
        recent[0] = self.kinds.len() as u32;
        recent[0] - 1
    }

    /// Gives the records that have them names in which something is found, strong or weak: what it is is looked at, and added, where it may
    /// be shown.
    pub fn mark_names(&mut self, index: &Index, strong: &Marks, weak: &Marks) {
        self.make_room(index);
        for (names, records) in [(strong, &mut self.strong), (weak, &mut self.records)] {
            names.each(&mut |name| {
                self.is_marked = true;
                index.postings(name).for_each(|posting| records.set(posting.record));
            });
        }
        self.records.add(&self.strong);
    }

    /// Makes room for all records, before the first is set.
    fn make_room(&mut self, index: &Index) {
        if self.shared == 0 && !self.is_marked {
            (self.records, self.strong) = (Marks::none(index.len()), Marks::none(index.len()));
        }
    }

    /// Gives the finds to the records that have them.
    pub fn share(&mut self, index: &Index) {
        if self.shared == self.finds.len() {
            return;
        }
        self.make_room(index);
        for place in std::mem::replace(&mut self.shared, self.finds.len())..self.finds.len() {
            let Find { value, count, kind } = self.finds[place];
            let Kind { part, packed, .. } = &self.kinds[kind as usize];
            let records = if is_weak(*packed) { &mut self.records } else { &mut self.strong };
            match value {
                Value::Name(first) => {
                    let (part, names) = (*part, first..first + count);
                    let mut has_alias = false;
                    index.postings_of(names.clone()).for_each(|posting| {
                        records.set(posting.record);
                        has_alias |= posting.is_alias;
                    });
                    for name in names.filter(|_| has_alias) {
                        for posting in index.postings(name).filter(|posting| posting.is_alias) {
                            let value = Value::Name(name);
                            let part = Part { found: Found { value, ..part.found }, field: Field::Alias };
                            let kind = self.kind(part, Stands::of(index, &part));
                            self.aliases.push((posting.record, (value, kind)));
                        }
                    }
                }
                Value::Cell(column, value) => {
                    index.holders(column, value).iter().for_each(|record| records.set(*record))
                }
            }
        }
        self.records.add(&self.strong);
    }

    /// The records that have one; empty of nothing where there is none.
    pub fn records(&self) -> &Marks {
        &self.records
    }

    /// Those that have a strong one, likewise.
    pub fn strong(&self) -> &Marks {
        &self.strong
    }

    /// Whether a record has one.
    pub fn has(&self, record: u32) -> bool {
        !self.is_empty() && self.records.has(record)
    }

    /// Tells the finds of one kind, record by record; aliases apart.
    fn each_of(&self, index: &Index, find: &Find, tell: &mut dyn FnMut(u32, Single)) {
        match find.value {
            Value::Name(first) => {
                for name in first..first + find.count {
                    let own = index.postings(name).filter(|posting| !posting.is_alias);
                    own.for_each(|posting| tell(posting.record, (Value::Name(name), find.kind)));
                }
            }
            Value::Cell(column, value) => {
                index.holders(column, value).iter().for_each(|record| tell(*record, (find.value, find.kind)));
            }
        }
    }

    /// The best find of each of these records, in their order, of the finds that rank as `counts` says; all of the records have one.
    pub fn best_of(&self, index: &Index, having: &Marks, counts: fn(u64) -> bool) -> Vec<Single> {
        let ranks = having.ranks();
        let mut best: Vec<Single> = vec![(Value::Name(0), u32::MAX); having.count()];
        let mut offer = |record: u32, single: Single| {
            if having.has(record) {
                let best = &mut best[having.rank(&ranks, record)];
                if best.1 == u32::MAX || self.packed(single.1) < self.packed(best.1) {
                    *best = single;
                }
            }
        };
        let finds = self.finds.iter().filter(|find| counts(self.packed(find.kind)));
        finds.for_each(|find| self.each_of(index, find, &mut offer));
        self.aliases.iter().for_each(|(record, single)| offer(*record, *single));
        best
    }

    /// Offers records with strong finds, each by its best, those that rank best first, until no other can be among the best.
    pub fn offer(&self, index: &Index, best: &mut Best, way: Way) {
        let mut left = self.strong.clone();
        let mut last = None;
        loop {
            // The next kind: there are few before the best are found.
            let kinds = self.kinds.iter().zip(0u32..).map(|(kind, place)| (kind.packed, place));
            let next = kinds.filter(|kind| last.is_none_or(|last| last < *kind)).min();
            let Some((rank, kind)) = next.filter(|(rank, _)| best.may_take(*rank) && !is_weak(*rank)) else { return };
            last = next;
            let mut offer = |best: &mut Best, record: u32| {
                if left.has(record) {
                    left.unset(record);
                    best.offer(index, &Match { record, rank, way });
                }
            };
            for find in self.finds.iter().filter(|find| find.kind == kind) {
                // A stretch of names that stand behind the last of the best needs no look.
                if !matches!(find.value, Value::Name(name) if best.is_before(index, rank, name)) {
                    self.each_of(index, find, &mut |record, _| offer(best, record));
                }
            }
            let aliases = self.aliases.iter().filter(|(_, (_, of))| *of == kind);
            aliases.for_each(|(record, _)| offer(best, *record));
        }
    }

    /// The records that have only weak finds, with how each ranks alone.
    pub fn weak_ones(&self, index: &Index) -> Vec<(u32, u64)> {
        let mut weak = self.records.clone();
        weak.take_away(&self.strong);
        let best = self.best_of(index, &weak, is_weak);
        let mut ranked = Vec::new();
        weak.each(&mut |record| ranked.push((record, self.packed(best[ranked.len()].1))));
        ranked
    }

    /// Whether somebody is found who must be meant.
    pub fn is_found(&self, index: &Index) -> bool {
        let is_name = |name: u32| index.postings(name).any(|posting| !posting.is_alias);
        let is_own = |find: &Find| match find.value {
            Value::Name(first) => (first..first + find.count).any(is_name),
            Value::Cell(..) => true,
        };
        self.finds.iter().any(|find| is_meant(self.packed(find.kind)) && is_own(find))
            || self.aliases.iter().any(|(_, (_, kind))| is_meant(self.packed(*kind)))
    }

    fn packed(&self, kind: u32) -> u64 {
        self.kinds[kind as usize].packed
    }

    /// The find in a value, and how it ranks.
    pub fn found(&self, (value, kind): Single) -> (Part, Quality) {
        let Kind { part, quality, .. } = &self.kinds[kind as usize];
        (Part { found: Found { value, ..part.found }, field: part.field }, *quality)
    }

    /// The best find of a record, and how it ranks alone.
    pub fn best(&self, index: &Index, record: u32) -> Option<(Part, Quality)> {
        let mut best: Option<(u64, Part, Quality)> = None;
        if !self.has(record) {
            return None;
        }
        each_value(index, record, &mut |value, field| {
            if let Some(part) = self.part(value, field) {
                let quality = Quality::of_one(index, &part);
                let packed = quality.packed();
                if best.is_none_or(|(least, ..)| packed < least) {
                    best = Some((packed, part, quality));
                }
            }
        });
        best.map(|(_, part, quality)| (part, quality))
    }

    /// The find in one value of a record, which counts as `field`.
    pub fn part(&self, value: Value, field: Field) -> Option<Part> {
        let kind = match value {
            Value::Name(name) => self.names.get(name),
            Value::Cell(column, value) => self.cells.get(column as usize).map_or(0, |cells| cells.get(value)),
        };
        let (part, _) = self.found((value, kind.checked_sub(1)?));
        Some(Part { field, ..part })
    }
}

/// Whether finds of a kind rank before those of another, which is told as one more than it; before none, 0, any does.
fn is_better(kinds: &[Kind], kind: u32, than: u32) -> bool {
    than.checked_sub(1).is_none_or(|than| kinds[kind as usize].packed < kinds[than as usize].packed)
}

/// Tells every value of a record and the field it stands in: name, aliases, then cells that are searched.
pub fn each_value(index: &Index, record: u32, tell: &mut dyn FnMut(Value, Field)) {
    tell(Value::Name(index.name(record)), Field::Name);
    index.aliases(record).iter().for_each(|alias| tell(Value::Name(*alias), Field::Alias));
    let roles = index.roles(record);
    for (place, column) in (0u32..).zip(index.columns()).filter(|(_, column)| column.field().is_searched()) {
        for role in roles.clone() {
            column.values(role).for_each(|value| tell(Value::Cell(place, value), column.field()));
        }
    }
}
