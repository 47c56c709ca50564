//! The index file: what it looks like, and the opened index.
//!
//! This is the only description of the format; `write` and `read` follow it. The outer header (magic `expsrch\0`, format version 2), the
//! packing and what is called varint, block and planes are those of [`crate::file`]; *text* is letters, see below.
//!
//! # Payload: blocks in this order
//!
//! 1. **letters**: varint n; planes of 913 group sizes (letters without a reading, then one group for each syllable
//!    code, see [`crate::pinyin`]); planes of n Unicode scalar values, the first of each grapheme; planes of n counts of further scalar values
//!    of the grapheme; planes of all those; planes of n counts of other readings; planes of all those
//!    readings' syllable codes; varint k and planes of the k common letters. A letter's number is its place; letters
//!    are sorted by settled reading (none first), first character, further ones, other readings. Those that fold to a character up to `ü` have no reading.
//!    Text writes the common letter c as byte c, and letter number l otherwise as bytes k + ⌊l / 256⌋, l mod 256.
//! 2. **names**: varint t, the number of distinct names and aliases; they stand in the order of their keys, each told by what it shares with the one
//!    before. t bytes, 16 times the number of first letters that are shared, and the number of the others (1 or more), each 15 for
//!    that many or more; planes of how many more, for each such 15 in turn; planes of t numbers, modulo 2¹⁶: the first letter that is not shared minus the letter of
//!    the name before at its place (0 where that has none); text of all letters that follow those. The key of a name is
//!    that of its letters: an ASCII letter without a reading is its own byte (0x20–0x7e); any other is 0x80 + its page and its place
//!    in the page. Pages are cut from the letters in order: up to 256 letters, all without a reading or all of one initial.
//!    A name's number is its place in key order. *Version 1* has instead varint t and an FST of the keys (crate `fst` 0.4, version 3, a set; nodes in
//!    the order in which a walk leaves them first).
//! 3. **records**: varint n; planes of n shapes (0 person, 1 station); planes of n weights; planes of n numbers of roles
//!    (1 or more); planes of n names; planes of n numbers of aliases; planes of all aliases in turn. Names and aliases are numbers of
//!    **names**. Records stand in the natural order of their first role's id, roles in that order too: lists are filled in the
//!    order of academies and years, so columns then run in long stretches (measured on the sample: 2.5 KB less than in name order).
//! 4. **ids**: varint p and p times a flag byte and a block: a prefix in UTF-8, and whether a number follows it (1) or it is the whole
//!    id (0); planes of a source for each role (0: the id is derived from type, name and first unit by
//!    [`crate::record::derived_id`]; s: prefix s − 1); planes of numbers, each as the difference to the one before with that prefix, modulo 2³².
//! 5. at most 255 **columns**, in the order of fields and within a field of the tables: a byte, the [`Field`]'s code; a block, the label in UTF-8; varint v;
//!    planes of v lengths; v texts; a byte m: 1 when roles may have several values; if so planes of a number of values for each role; planes of
//!    values in the order of roles: 0 none (only if m is 0), 1 the first value not named before, n + 2 value n.
//!
//! # Parts
//!
//! A large directory is written as several files, so that names answer before the rest has come. Each is a file of a kind of its own, names of version 2 as
//! above, values and details of version 1, with the same outer header; its payload is a run of the same blocks. A file says by their checksums (those of the outer header) which files complete it, so
//! files of two builds are never taken together.
//!
//! | magic | blocks |
//! |---|---|
//! | `expname\0` | **letters**, **names**, **records**; 8 bytes, the checksum of the values; the **columns** of types, so that the first hits say what they are |
//! | `expvals\0` | **ids**; **details**: varint d, planes of d numbers of records (1 or more each, of all records together), d checksums of 8 bytes; all other **columns** but those of details |
//! | `expdtls\0` | **columns** of the fields that no search and no filter reads, for the roles of so many records; those that would be empty are left out |
//!
//! A file of details stands under its checksum in 16 hexadecimal digits, `details/0123456789abcdef.bin`.

mod columns;
#[cfg(feature = "first")]
mod first;
mod keys;
mod letters;
mod names;
mod read;
mod texts;
mod tree;
mod write;

pub use columns::Column;
pub use keys::{Next, Pages, Place, key};
pub use letters::{LetterId, Letters};
pub use names::Names;
pub(crate) use read::Allowance;
pub use read::{Detail, heading, sections, unpack};
pub use texts::{Somewhere, Texts};
pub use write::{Part, Parts, seal, seal_part, write, write_parts};

use crate::file::Kind;
use crate::numbers::{Groups, Numbers};
use crate::record::{Field, Shape, derived_id};
use crate::text::decimal;
use std::ops::Range;
use std::sync::OnceLock;

/// An index. The largest payload a reader unpacks is 128 MiB, some ten times a national directory of a million.
const FILE: Kind = Kind { magic: *b"expsrch\0", version: 2, max_payload: 128 << 20 };
/// The parts of a large one.
const NAMES: Kind = Kind { magic: *b"expname\0", ..FILE };
const VALUES: Kind = Kind { magic: *b"expvals\0", version: 1, ..FILE };
const DETAILS: Kind = Kind { magic: *b"expdtls\0", version: 1, ..FILE };
/// The longest name in letters, so that walks and their stacks stay shallow.
const MAX_NAME: usize = 128;
/// The longest value of a cell in letters.
const MAX_VALUE: usize = 20_000;
/// The most columns: each takes some memory however little it holds.
const MAX_COLUMNS: usize = 255;

/// One name or alias: the record that has it, and whether it is an alias there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The record's number.
    pub record: u32,
    /// Whether the record shows another name.
    pub is_alias: bool,
}

/// An opened index: all checked, ready to search.
pub struct Index {
    /// That of the file that was opened.
    checksum: u64,
    letters: Letters,
    names: Names,
    /// Where the postings of each name begin; one more entry for the end.
    posting_starts: Vec<u32>,
    /// Record numbers, doubled, plus one for an alias.
    postings: Vec<u32>,
    /// 0 for a person.
    shapes: Numbers,
    /// Of all records, or of none where all weigh 0.
    weights: Numbers,
    /// Each record's name, as a number of `names`.
    record_names: Numbers,
    /// Which of `aliases` are whose.
    alias_groups: Groups,
    /// Numbers of `names`.
    aliases: Vec<u32>,
    /// Which roles are whose.
    role_groups: Groups,
    ids: Ids,
    /// The checksum of the values that complete it; none where they are there.
    values: Option<u64>,
    details: Details,
    columns: Vec<Column>,
    /// By column, which records have each value; made when a query first finds something in the column.
    holders: Vec<OnceLock<Holders>>,
}

/// Which records have each value of a column.
struct Holders {
    /// Where the records of each value begin; one more entry for the end, which stands twice.
    starts: Vec<u32>,
    records: Vec<u32>,
}

/// Which files of details there are.
#[derive(Debug, Default)]
struct Details {
    /// Up to which record each goes.
    ends: Vec<u32>,
    checksums: Vec<u64>,
}

/// The ids of roles, by prefix and number.
#[derive(Debug, Default)]
struct Ids {
    /// All prefixes one after another.
    prefixes: String,
    /// Where each ends, and whether a number follows it.
    ends: Vec<(u32, bool)>,
    /// 0 for a derived id, else one more than the prefix.
    sources: Numbers,
    numbers: Vec<u32>,
}

impl Ids {
    /// A prefix, and whether a number follows it.
    fn prefix(&self, source: usize) -> (bool, &str) {
        let start = source.checked_sub(1).map_or(0, |before| self.ends[before].0);
        let (end, is_numbered) = self.ends[source];
        // By `get`: what a failing slice of text would say takes 2 KB of the wasm.
        (is_numbered, self.prefixes.get(start as usize..end as usize).unwrap_or_default())
    }
}

impl Index {
    /// How many records (persons and stations) it holds.
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Whether it holds none; never so for an index that was read.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The checksum in the header of the file that was opened, by which other files name this index.
    pub fn checksum(&self) -> u64 {
        self.checksum
    }

    /// The alphabet.
    pub fn letters(&self) -> &Letters {
        &self.letters
    }

    /// The distinct names and aliases.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The records that have this name or alias.
    pub fn postings(&self, name: u32) -> impl Iterator<Item = Posting> + '_ {
        self.postings_of(name..name + 1)
    }

    /// The records that have one of these names one after another.
    pub fn postings_of(&self, names: Range<u32>) -> impl Iterator<Item = Posting> + '_ {
        let (start, end) = (self.posting_starts[names.start as usize], self.posting_starts[names.end as usize]);
        let doubled = &self.postings[start as usize..end as usize];
        doubled.iter().map(|doubled| Posting { record: doubled >> 1, is_alias: doubled & 1 == 1 })
    }

    /// Person or station.
    pub fn shape(&self, record: u32) -> Shape {
        if self.shapes.get(record as usize) == 0 { Shape::Person } else { Shape::Station }
    }

    /// The maintainer's weight.
    pub fn weight(&self, record: u32) -> u32 {
        if self.weights.len() == 0 { 0 } else { self.weights.get(record as usize) }
    }

    /// Whether any record weighs more than others.
    pub fn has_weights(&self) -> bool {
        self.weights.len() > 0
    }

    /// The place of the record's name in [`Index::names`].
    pub fn name(&self, record: u32) -> u32 {
        self.record_names.get(record as usize)
    }

    /// The places of the record's other names in [`Index::names`].
    pub fn aliases(&self, record: u32) -> &[u32] {
        let range = self.alias_groups.range(record as usize);
        &self.aliases[range.start as usize..range.end as usize]
    }

    /// The record's name as shown.
    pub fn name_text(&self, record: u32) -> String {
        self.letters.text(self.names.texts().get(self.name(record)))
    }

    /// The record's roles.
    pub fn roles(&self, record: u32) -> Range<u32> {
        self.role_groups.range(record as usize)
    }

    /// The records whose roles have a value of a column, ascending, one entry for each role that has it.
    pub fn holders(&self, column: u32, value: u32) -> &[u32] {
        let holders = self.holders[column as usize].get_or_init(|| self.invert(&self.columns[column as usize]));
        &holders.records[holders.starts[value as usize] as usize..holders.starts[value as usize + 1] as usize]
    }

    /// Whether the first who has a value of a column is a person.
    pub fn is_of_people(&self, column: u32, value: u32) -> bool {
        self.holders(column, value).first().is_some_and(|record| self.shape(*record) == Shape::Person)
    }

    /// From values to records: counted, then filled in the order of records.
    fn invert(&self, column: &Column) -> Holders {
        let mut starts = vec![0u32; column.texts().len() + 2];
        column.each(&mut |_, value| starts[value as usize + 2] += 1);
        for value in 1..starts.len() {
            starts[value] += starts[value - 1];
        }
        // While they are filled in, the beginning of the next value says how far this one is.
        let mut records = vec![0; starts.last().map_or(0, |end| *end as usize)];
        let (mut record, mut end) = (0, self.roles(0).end);
        column.each(&mut |role, value| {
            while role >= end {
                record += 1;
                end += self.role_groups.sizes().get(record as usize);
            }
            let free = &mut starts[value as usize + 1];
            records[*free as usize] = record;
            *free += 1;
        });
        Holders { starts, records }
    }

    /// How many roles all records have.
    pub fn role_count(&self) -> usize {
        self.role_groups.total()
    }

    /// Whether all that is searched is there; until [`Index::add_values`] only names and types are.
    pub fn is_complete(&self) -> bool {
        self.values.is_none()
    }

    /// The columns, in the order of fields and within a field of the tables.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How many values all columns have.
    pub fn value_count(&self) -> usize {
        self.columns.iter().map(|column| column.texts().len()).sum()
    }

    /// The letters of a value, counted through all columns; none where there is no such.
    pub fn value(&self, number: usize) -> &[LetterId] {
        let mut left = number;
        for texts in self.columns.iter().map(Column::texts) {
            if left < texts.len() {
                return texts.get(left as u32);
            }
            left -= texts.len();
        }
        &[]
    }

    /// The first value of a field in a role, as shown.
    pub fn first_text(&self, role: u32, field: Field) -> Option<String> {
        let column = self.columns.iter().find(|c| c.field() == field && c.values(role).next().is_some())?;
        column.values(role).next().map(|value| self.letters.text(column.texts().get(value)))
    }

    /// The id of one of the record's roles; empty until the index is complete.
    pub fn id(&self, record: u32, role: u32) -> String {
        let ids = &self.ids;
        if !self.is_complete() {
            return String::new();
        }
        match ids.sources.get(role as usize).checked_sub(1).map(|source| ids.prefix(source as usize)) {
            Some((true, prefix)) => prefix.to_owned() + &decimal(ids.numbers[role as usize]),
            Some((false, whole)) => whole.to_owned(),
            None => {
                let text = |field| self.first_text(role, field).unwrap_or_default();
                derived_id(&text(Field::Type), &self.name_text(record), &text(Field::Org))
            }
        }
    }
}
