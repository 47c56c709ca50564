//! The order of matches: one comparator of named criteria.

use super::span::Part;
use crate::index::{Index, LetterId};
use crate::matcher::{How, Layer, Value};
use crate::query::is_latin;
use crate::record::Field;
use std::cmp::Reverse;

/// How a match ranks; smaller is better. The fields stand in the order in which they are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quality {
    /// Keystrokes that were found nowhere: all terms first.
    missing: u8,
    /// The row of the table of [`How`]: a weaker kind of match never stands before a stronger one.
    tier: u8,
    /// Parts that only say again what another part says: 物理 found within 物理研究所, which was asked for too.
    again: u8,
    /// Name, alias, organisation and so on, added up over the values: most visitors look for a person.
    field: u16,
    /// The whole value before its beginning before the middle, added up over the values.
    extent: u16,
    /// Letters of the values that the query does not explain: 王红 before 王红阳.
    rest: u16,
    /// Keystrokes that initials spend beyond one a letter: zhh is 朱合华 before 张宏.
    spent: u8,
    /// In how many parts the query was found: together says more than scattered.
    parts: u8,
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
        How::Mixed | How::Initials => LETTERS,
        How::Abbreviation | How::Synonym => 5,
        How::Fragment => 6,
        How::Reading | How::Sound => 7,
        How::Homophone | How::Typo => 8,
        How::Similar | How::Gap | How::Wildcard => 9,
    }
}

/// The tier of letters that may be read in several ways.
const LETTERS: u8 = 4;

impl Quality {
    /// How the parts of one record rank together, `missing` keystrokes being in none of them.
    pub fn of(index: &Index, parts: &[Part], missing: usize) -> Quality {
        let mut quality = Quality {
            missing: missing as u8,
            tier: 0,
            again: 0,
            field: 0,
            extent: 0,
            rest: 0,
            spent: 0,
            parts: parts.len() as u8,
            how: How::Exact,
        };
        for (i, part) in parts.iter().enumerate() {
            let same = |other: &&Part| other.found.value == part.found.value;
            // A value counts once, with all its parts.
            if !parts[..i].iter().any(|other| same(&other)) {
                let (extent, rest) = extent(index, part.found.value, parts.iter().filter(same));
                quality.field += part.field as u16;
                quality.extent += extent as u16;
                quality.rest = quality.rest.saturating_add(rest);
            }
            let overlaps =
                |other: &Part| same(&other) && other.found.start < part.found.end && part.found.start < other.found.end;
            quality.again += u8::from(parts[..i].iter().any(overlaps));
            let how = part.how(index);
            let unfinished = how == How::Alias && ends_within_word(index, part);
            quality.tier = quality.tier.max(if unfinished { LETTERS } else { tier(how) });
            quality.how = quality.how.max(how);
            if part.found.layer == Layer::Initials {
                quality.spent += u32::from(part.found.keys).saturating_sub(part.found.end - part.found.start) as u8;
            }
        }
        quality
    }

    /// The weakest kind of match in it.
    pub fn how(&self) -> How {
        self.how
    }
}

impl Part {
    /// How this part matched.
    pub fn how(&self, index: &Index) -> How {
        match self.found.layer {
            Layer::Literal if self.field == Field::Alias => How::Alias,
            Layer::Literal => match extent(index, self.found.value, std::iter::once(self)).0 {
                Extent::Whole => How::Exact,
                Extent::Prefix => How::Prefix,
                Extent::Inside => How::Inside,
            },
            Layer::Full => How::Pinyin,
            Layer::Tail | Layer::Mixed => How::Mixed,
            Layer::Initials => How::Initials,
            Layer::Reading => How::Reading,
        }
    }
}

/// How much of a value these parts of it cover, and how many of its letters they leave; what is silent does not count.
fn extent<'p>(index: &Index, value: Value, parts: impl Iterator<Item = &'p Part> + Clone) -> (Extent, u16) {
    let mut rest = 0u16;
    let mut begins = false;
    let mut first = true;
    for (i, id) in (0u32..).zip(text(index, value)) {
        if index.letters().is_silent(*id) {
            continue;
        }
        let covered = parts.clone().any(|part| (part.found.start..part.found.end).contains(&i));
        begins |= first && covered;
        first = false;
        rest = rest.saturating_add(u16::from(!covered));
    }
    let extent = match (rest, begins) {
        (0, _) => Extent::Whole,
        (_, true) => Extent::Prefix,
        _ => Extent::Inside,
    };
    (extent, rest)
}

/// Whether a match ends between two letters of a Latin word: the visitor is still typing it.
fn ends_within_word(index: &Index, part: &Part) -> bool {
    let text = text(index, part.found.value);
    let is_latin = |i: u32| text.get(i as usize).is_some_and(|id| is_latin(index.letters().folded(*id)));
    is_latin(part.found.end - 1) && is_latin(part.found.end)
}

/// The letters of a value.
pub fn text(index: &Index, value: Value) -> &[LetterId] {
    match value {
        Value::Name(name) => index.names().texts().get(name),
        Value::Cell(column, value) => index.columns()[column as usize].texts().get(value),
    }
}

/// What orders two records: how well they match, the maintainer's weight, the name by its key, and last the record's
/// own place, so that no order of input files shows.
pub fn by(index: &Index, quality: Quality, record: u32) -> impl Ord + Copy + use<> {
    (quality, Reverse(index.weight(record)), index.name(record), record)
}
