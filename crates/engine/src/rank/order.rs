//! The order of matches: one comparator of named criteria.

use crate::How;
use crate::index::{Index, LetterId};
use crate::matcher::{Found, Layer, Value};
use crate::record::Field;
use crate::text::is_silent;

/// How a match ranks; smaller is better. The fields stand in the order in which they are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quality {
    /// The row of the table of [`How`]: a weaker kind of match never stands before a stronger one.
    tier: u8,
    /// In how many parts the query was found: together says more than scattered.
    parts: u8,
    /// Name, alias, organisation and so on, added up: most visitors look for a person.
    field: u16,
    /// The whole value before its beginning before the middle, added up.
    extent: u16,
    /// Letters of the values that the query does not explain: 王红 before 王红阳.
    rest: u16,
    /// Within a tier the stronger kind.
    how: How,
}

/// How much of a value a match covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Extent {
    Whole,
    Prefix,
    Inside,
}

/// The row of the table of [`How`], from the whole value to a wild card, the row of letters in two.
fn tier(how: How) -> u8 {
    match how {
        How::Exact => 0,
        How::Prefix | How::Inside => 1,
        How::Alias | How::Variant => 2,
        // Whole syllables stand before letters that may be read in several ways: `ma` is 马 before 毛安 and 满.
        How::Pinyin => 3,
        How::Mixed | How::Initials => 4,
        How::Abbreviation | How::Synonym => 5,
        How::Fragment => 6,
        How::Reading | How::Sound => 7,
        How::Homophone | How::Typo => 8,
        How::Similar | How::Gap | How::Wildcard => 9,
    }
}

impl Quality {
    /// How a find in one value ranks, where the value stands in this field.
    pub fn of(index: &Index, found: &Found, field: Field) -> Quality {
        let text = text(index, found.value);
        let spoken =
            |letters: &[LetterId]| letters.iter().filter(|id| !is_silent(index.letters().folded(**id))).count();
        let (before, after) = (spoken(&text[..found.start as usize]), spoken(&text[found.end as usize..]));
        let extent = match (before, after) {
            (0, 0) => Extent::Whole,
            (0, _) => Extent::Prefix,
            _ => Extent::Inside,
        };
        let how = match found.layer {
            Layer::Literal if field == Field::Alias => How::Alias,
            Layer::Literal => match extent {
                Extent::Whole => How::Exact,
                Extent::Prefix => How::Prefix,
                Extent::Inside => How::Inside,
            },
            Layer::Full => How::Pinyin,
            Layer::Tail | Layer::Mixed => How::Mixed,
            Layer::Initials => How::Initials,
            Layer::Reading => How::Reading,
        };
        let rest = u16::try_from(before + after).unwrap_or(u16::MAX);
        Quality { tier: tier(how), parts: 1, field: field as u16, extent: extent as u16, rest, how }
    }

    /// How two parts of a query rank together in one record.
    pub fn and(self, other: Quality) -> Quality {
        Quality {
            tier: self.tier.max(other.tier),
            parts: self.parts + other.parts,
            field: self.field.saturating_add(other.field),
            extent: self.extent.saturating_add(other.extent),
            rest: self.rest.saturating_add(other.rest),
            how: self.how.max(other.how),
        }
    }

    /// The weakest kind of match in it.
    pub fn how(&self) -> How {
        self.how
    }
}

/// The letters of a value.
pub fn text(index: &Index, value: Value) -> &[LetterId] {
    match value {
        Value::Name(name) => index.names().get(name),
        Value::Cell(column, value) => index.columns()[column as usize].texts().get(value),
    }
}

/// What orders two records: how well they match, the maintainer's weight, the name by its key, and last the record's
/// own place, so that no order of input files shows.
pub fn by(index: &Index, quality: Quality, record: u32) -> impl Ord + Copy + use<> {
    (quality, std::cmp::Reverse(index.weight(record)), index.name(record), record)
}
