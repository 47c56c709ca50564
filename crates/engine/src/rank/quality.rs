//! The order of matches: one comparator of named criteria.

use super::way::{Match, Way};
use crate::index::{Index, LetterId};
use crate::matcher::{By, Found, How, Layer, SHORT, Value, range};
use crate::query::is_latin;
use crate::record::Field;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// One part of a match: what was found, and as which field it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The value and the letters in it.
    pub found: Found,
    /// Name and alias are told apart by the record.
    pub field: Field,
}

/// How a match ranks; smaller is better. The fields stand in the order in which they are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quality {
    /// Terms that were not found whole, twice where not even half was: all terms first.
    pub missing: u8,
    /// The row of the table of [`How`]: a weaker kind of match never stands before a stronger one.
    pub tier: u8,
    /// Keystrokes that were found nowhere.
    pub left: u8,
    /// What was forgiven: one confused sound before two, a neighbouring key before any.
    pub cost: u8,
    /// Parts that only say again what another part says: 物理 found within 物理研究所, which was asked for too.
    pub again: u8,
    /// In how many values the query was found: together says more than scattered.
    pub parts: u8,
    /// Name, alias, organisation and so on, added up over the values: most visitors look for a person.
    pub field: u8,
    /// The whole value before its beginning before the middle, each before the same with its last syllable unfinished; added up over the
    /// values. Beginnings of names are all alike: their own order has 马 before 毛 at `ma`, and as it is the same at every letter,
    /// who is shown is not lost by the next. Beginnings by initials follow them, as do words of names in Latin letters, and come before
    /// what stands within a name: `se` is 宋尔卫 before 麦康森, `zhong` 钟山 before Zhong Lin Wang.
    pub extent: u8,
    /// Letters of the values that the query does not explain: 王红 before 王红阳; where a name only begins so, one for what is longer than a
    /// person's name in hanzi and none for others.
    pub rest: u16,
    /// Keystrokes that initials spend beyond one a letter: zhh is 朱合华 before 张宏.
    pub spent: u8,
    /// Within a tier the stronger kind.
    pub how: How,
}

/// How much of a value a match covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Extent {
    Whole,
    Prefix,
    Inside,
}

impl Extent {
    /// Its place among all, with room after each for the same with an unfinished syllable.
    fn rank(self) -> u8 {
        2 * self as u8
    }
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
        How::Fragment => FIRST_WEAK,
        How::Reading | How::Sound => 7,
        How::Homophone | How::Typo => 8,
        How::Similar | How::Gap | How::Wildcard => 9,
    }
}

/// The tier of letters that may be read in several ways.
const LETTERS: u8 = 4;
/// The tier of a piece that is cut into several terms: that of abbreviations and related words.
pub const CUT: u8 = 5;
/// From this tier on matches are weak.
const FIRST_WEAK: u8 = 6;
/// How many bits of [`Quality::packed`] stand below the tier, and below the extent.
const BELOW_TIER: u32 = 50;
const BELOW_EXTENT: u32 = 20;
/// How many bits the extent takes.
const EXTENT_BITS: u32 = 6;
/// How many bits the kind of match takes, which stands last.
const HOW_BITS: u32 = 5;

/// A criterion: its name, its value, and for how many bits of it differences count.
type Criterion = (&'static str, fn(&Quality) -> u64, u32);

/// All criteria, in the order in which they are compared.
pub const CRITERIA: [Criterion; 11] = [
    ("missing", |quality| quality.missing.into(), 4),
    ("tier", |quality| quality.tier.into(), 4),
    ("left", |quality| quality.left.into(), 6),
    ("cost", |quality| quality.cost.into(), 4),
    ("again", |quality| quality.again.into(), 3),
    ("parts", |quality| quality.parts.into(), 4),
    ("field", |quality| quality.field.into(), 7),
    ("extent", |quality| quality.extent.into(), EXTENT_BITS),
    ("rest", |quality| quality.rest.into(), 10),
    ("spent", |quality| quality.spent.into(), 5),
    ("how", |quality| quality.how as u64, HOW_BITS),
];

/// How one part stands in its value: all that its rank takes from the letters of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stands {
    extent: Extent,
    /// How many letters it leaves; 0 of what only begins a name, where that does not count.
    rest: u16,
    /// Whether the value is longer than a person's name in hanzi.
    is_long: bool,
    /// Whether it ends with a Latin letter.
    is_latin: bool,
    /// Whether it ends between two of them, in a word: the visitor is still typing it.
    is_unfinished: bool,
}

impl Stands {
    /// For a part of a value.
    pub fn of(index: &Index, part: &Part) -> Stands {
        let letters = index.letters();
        let text = text(index, part.found.value);
        let (start, end) = (part.found.start as usize, part.found.end as usize);
        let (before, behind) = (letters.loud(&text[..start]), letters.loud(&text[end..]));
        let is_latin = |i: usize| text.get(i).is_some_and(|id| is_latin(letters.folded(*id)));
        let (is_latin, is_unfinished) = (is_latin(end - 1), is_latin(end - 1) && is_latin(end));
        Stands { is_latin, is_unfinished, ..Stands::among(part.field, (before, behind), text.len()) }
    }

    /// For a part of a name of so many letters, all of them hanzi with a reading.
    pub fn among_hanzi(part: &Part, length: usize) -> Stands {
        let (start, end) = (part.found.start as usize, part.found.end as usize);
        Stands::among(part.field, (start, length - end), length)
    }

    /// Among so many letters that are not silent before and behind it.
    fn among(field: Field, (before, behind): (usize, usize), length: usize) -> Stands {
        let (extent, rest) = extent_of(before + behind, before == 0);
        let rest = if begins_name(field, extent) { 0 } else { rest };
        Stands { extent, rest, is_long: length > SHORT, is_latin: false, is_unfinished: false }
    }

    /// A number by which most that are not the same differ.
    pub fn hash(&self) -> u32 {
        u32::from(self.rest) << 3 | u32::from(self.is_long) << 2 | self.extent as u32
    }
}

impl Quality {
    /// How one part ranks alone.
    pub fn of_one(index: &Index, part: &Part) -> Quality {
        Quality::standing(part, &Stands::of(index, part))
    }

    /// How one part ranks alone that stands so in its value, whatever the value.
    pub fn standing(part: &Part, stands: &Stands) -> Quality {
        let Stands { mut extent, rest, is_long, is_latin, is_unfinished } = *stands;
        let found = &part.found;
        let how = how(part, extent);
        let spent = match found.by {
            By::Letters(Layer::Initials) => {
                u32::from(found.to - found.from).saturating_sub(found.end - found.start) as u8
            }
            _ => 0,
        };
        let by_initials = (how, part.field) == (How::Initials, Field::Name) && extent != Extent::Inside;
        let by_word = how == How::Alias && is_latin && !found.capital && extent != Extent::Whole && !is_unfinished;
        let tier = match (how, part.field) {
            (How::Alias, _) if is_unfinished => LETTERS,
            // One character that is a place may be a surname too, and names come first.
            _ if found.by == By::Nickname(Layer::Literal) && found.to - found.from == 1 => tier(How::Synonym),
            // Where somebody comes from is not where he works.
            (How::Exact, Field::Origin) => tier(How::Prefix),
            // `AI` in capitals is no syllable.
            _ if found.by == By::Acronym => tier(How::Variant),
            // The extent says that they come behind names that begin with these syllables.
            _ if by_initials || by_word => tier(How::Pinyin),
            // Whole syllables, the last of which is still being typed.
            _ if found.by == By::Letters(Layer::Tail) && !found.fragment => tier(How::Pinyin),
            _ => tier(how),
        };
        let field = match (part.field, extent) {
            // Where somebody comes from counts as much as a word within his organisation.
            (Field::Origin, Extent::Whole) if found.by == By::Letters(Layer::Literal) => {
                extent = Extent::Inside;
                Field::Org
            }
            // What sounds like a word within the name of a station is no name.
            (Field::Name, Extent::Inside) if how > How::Variant && is_long => Field::Org,
            _ if by_word => Field::Name,
            (field, _) => field,
        };
        Quality {
            missing: 0,
            tier,
            left: 0,
            cost: found.cost,
            again: 0,
            field: field as u8,
            extent: match found.by {
                _ if by_initials || by_word => Extent::Prefix.rank() + 1,
                By::Letters(Layer::Tail) if !begins_name(field, extent) => extent.rank() + 1,
                _ => extent.rank(),
            },
            rest: if begins_name(field, extent) { u16::from(is_long) + u16::from(by_initials) } else { rest },
            spent,
            parts: 1,
            how,
        }
    }

    /// How two matches of different keystrokes in different values rank together.
    pub fn and(self, other: Quality) -> Quality {
        let how = self.how.max(other.how);
        // Beside others the beginning of a name says no more by initials than its middle: LP Yuan.
        let letters = if how == How::Initials { LETTERS } else { 0 };
        Quality {
            missing: self.missing + other.missing,
            tier: self.tier.max(other.tier).max(letters),
            left: self.left + other.left,
            cost: self.cost.saturating_add(other.cost),
            again: self.again + other.again,
            field: self.field.saturating_add(other.field),
            extent: self.extent + other.extent,
            rest: self.rest.saturating_add(other.rest),
            spent: self.spent.saturating_add(other.spent),
            parts: self.parts + other.parts,
            how,
        }
    }

    /// How the parts of one record rank together; `missing` terms are not whole in them, and `left` keystrokes in none.
    pub fn of(index: &Index, parts: &[Part], (missing, left): (usize, usize)) -> Quality {
        let mut quality: Option<Quality> = None;
        for (i, part) in parts.iter().enumerate() {
            let mut one = Quality::of_one(index, part);
            let same = |other: &&Part| other.found.value == part.found.value;
            // A value counts once, with all its parts.
            if parts[..i].iter().any(|other| same(&other)) {
                (one.parts, one.field, one.extent, one.rest) = (0, 0, 0, 0);
            } else if parts[i + 1..].iter().any(|other| same(&other)) {
                let own: Vec<Part> = parts.iter().filter(same).copied().collect();
                let (extent, rest) = extent(index, part.found.value, &own);
                (one.extent, one.rest) = (
                    extent.rank(),
                    if begins_name(part.field, extent) { length_class(index, part.found.value) } else { rest },
                );
            }
            one.again = u8::from(parts[..i].iter().any(|other| overlaps(part, other)));
            quality = Some(quality.map_or(one, |quality| quality.and(one)));
        }
        let none = Quality {
            missing: 0,
            tier: 0,
            left: 0,
            cost: 0,
            again: 0,
            field: 0,
            extent: 0,
            rest: 0,
            spent: 0,
            parts: 0,
            how: How::Exact,
        };
        Quality { missing: missing as u8, left: left as u8, ..quality.unwrap_or(none) }
    }

    /// All criteria as one number, which compares as they do, each up to a bound beyond which differences say nothing.
    pub fn packed(&self) -> u64 {
        CRITERIA.iter().fold(0, |packed, (_, value, bits)| packed << bits | value(self).min((1 << bits) - 1))
    }
}

/// How a part matched.
pub fn how_of(index: &Index, part: &Part) -> How {
    how(part, Stands::of(index, part).extent)
}

fn how(part: &Part, extent: Extent) -> How {
    match part.found.by {
        By::Letters(Layer::Literal | Layer::Full | Layer::Tail | Layer::Mixed) if part.found.fragment => How::Fragment,
        By::Letters(Layer::Literal) if part.found.variant => How::Variant,
        By::Letters(Layer::Literal) if part.field == Field::Alias => How::Alias,
        By::Letters(Layer::Literal) => match extent {
            Extent::Whole => How::Exact,
            Extent::Prefix => How::Prefix,
            Extent::Inside => How::Inside,
        },
        By::Letters(Layer::Full) => How::Pinyin,
        By::Letters(Layer::Tail | Layer::Mixed) => How::Mixed,
        By::Letters(Layer::Initials) => How::Initials,
        By::Letters(Layer::Reading) => How::Reading,
        By::Nickname(Layer::Literal) => How::Exact,
        By::Nickname(Layer::Full) => How::Pinyin,
        By::Nickname(_) => How::Mixed,
        By::Abbreviation => How::Abbreviation,
        By::Synonym | By::Acronym => How::Synonym,
        By::Sound => How::Sound,
        By::Homophone => How::Homophone,
        By::Typo => How::Typo,
        By::Similar => How::Similar,
        By::Gap => How::Gap,
        By::Wildcard => How::Wildcard,
    }
}

/// How much of a value these parts of it cover, and how many of its letters they leave; what is silent does not count.
fn extent(index: &Index, value: Value, parts: &[Part]) -> (Extent, u16) {
    let text = text(index, value);
    let loud = |from: usize, to: usize| index.letters().loud(&text[from..to]);
    let (mut covered, mut begins) = (0, false);
    for (i, part) in parts.iter().enumerate() {
        let (start, end) = (part.found.start as usize, part.found.end as usize);
        begins |= loud(0, start) == 0;
        // Parts of one value seldom overlap; what another has already is not counted again.
        let again = parts[..i].iter().map(|other| {
            let (from, to) = (start.max(other.found.start as usize), end.min(other.found.end as usize));
            if from < to { loud(from, to) } else { 0 }
        });
        covered += loud(start, end).saturating_sub(again.sum());
    }
    extent_of(loud(0, text.len()).saturating_sub(covered), begins)
}

/// The extent of what leaves so many letters, and their number.
fn extent_of(rest: usize, begins: bool) -> (Extent, u16) {
    let extent = match (rest, begins) {
        (0, _) => Extent::Whole,
        (_, true) => Extent::Prefix,
        _ => Extent::Inside,
    };
    (extent, rest as u16)
}

/// Whether a match is the beginning of a name and no more.
fn begins_name(field: Field, extent: Extent) -> bool {
    (field, extent) == (Field::Name, Extent::Prefix)
}

/// 0 for a name as short as a person's, 1 for a longer one.
fn length_class(index: &Index, value: Value) -> u16 {
    u16::from(text(index, value).len() > SHORT)
}

/// Whether two parts share letters of one value, and so say the same twice; a nickname stands for a whole name, whatever part is
/// typed beside it.
pub fn overlaps(a: &Part, b: &Part) -> bool {
    let is_nickname = |part: &Part| matches!(part.found.by, By::Nickname(_));
    !(is_nickname(a) || is_nickname(b))
        && a.found.value == b.found.value
        && a.found.start < b.found.end
        && b.found.start < a.found.end
}

/// The letters of a value.
pub fn text(index: &Index, value: Value) -> &[LetterId] {
    match value {
        Value::Name(name) => index.names().texts().get(name),
        Value::Cell(column, value) => index.columns()[column as usize].texts().get(value),
    }
}

/// The keystrokes of a part, as a set.
pub fn keys_of(part: &Part) -> u64 {
    range(usize::from(part.found.from), usize::from(part.found.to))
}

/// Whether a match with this [`Quality::packed`] has a part that matched by a weak way.
pub fn is_weak(packed: u64) -> bool {
    (packed >> BELOW_TIER) as u8 & 15 >= FIRST_WEAK
}

/// Whether a match with this [`Quality::packed`] is, of all that was typed, strong and the beginning or a finished part of a name, or else
/// a whole value: nobody meant another then.
pub fn is_meant(packed: u64) -> bool {
    let extent = (packed >> BELOW_EXTENT) as u8 & ((1 << EXTENT_BITS) - 1);
    let field = packed >> (BELOW_EXTENT + EXTENT_BITS) & 127;
    let begins = field <= Field::Alias as u64 && extent <= Extent::Inside.rank();
    let by_initials = packed & ((1 << HOW_BITS) - 1) == How::Initials as u64;
    packed >> BELOW_TIER < u64::from(LETTERS) && !by_initials && (begins || extent == Extent::Whole.rank())
}

/// The best so far of many records: a heap, so that no list is sorted beyond what is shown, and sorting's code does not travel.
pub struct Best {
    room: usize,
    /// How well they match, the maintainer's weight, the name by its key, and last the record's own place, so that no order of input
    /// files shows; then how it was found.
    heap: BinaryHeap<(u64, Reverse<u32>, u32, u32, Way)>,
}

impl Best {
    /// For so many.
    pub fn new(room: usize) -> Best {
        Best { room, heap: BinaryHeap::new() }
    }

    /// Whether a record that ranks so may still be among the best.
    pub fn may_take(&self, rank: u64) -> bool {
        self.heap.len() < self.room || self.heap.peek().is_some_and(|worst| rank <= worst.0)
    }

    /// Whether all of the best stand before every record that ranks so and has this name or one behind it.
    pub fn is_before(&self, index: &Index, rank: u64, name: u32) -> bool {
        let is_behind = |worst: &(u64, Reverse<u32>, u32, u32, Way)| (rank, name) > (worst.0, worst.2);
        self.heap.len() >= self.room && !index.has_weights() && self.heap.peek().is_none_or(is_behind)
    }

    /// Takes a record if it is among the best.
    pub fn offer(&mut self, index: &Index, found: &Match) {
        if !self.may_take(found.rank) {
            return;
        }
        let Match { record, rank, way } = *found;
        let key = (rank, Reverse(index.weight(record)), index.name(record), record, way);
        if self.heap.len() < self.room {
            self.heap.push(key);
        } else if let Some(mut worst) = self.heap.peek_mut()
            && key < *worst
        {
            *worst = key;
        }
    }

    /// The matches in order.
    pub fn into_sorted(self) -> Vec<Match> {
        let sorted = self.heap.into_sorted_vec().into_iter();
        sorted.map(|(rank, _, _, record, way)| Match { record, rank, way }).collect()
    }
}
