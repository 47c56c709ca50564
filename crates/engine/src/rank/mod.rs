//! The best records for a query, in order, as they are shown.

mod breath;
mod cover;
mod explain;
mod finds;
mod quality;
mod reading;
mod table;
mod way;

use crate::index::Index;
use crate::matcher::{How, Keys, Lexicon};
use crate::record::{Field, Shape};
use cover::Cover;
pub use explain::{Explanation, Reasons, explain};
use quality::Part;
use reading::read;
use table::Table;
use way::Match;

/// One field's part in a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Where it matched.
    pub field: Field,
    /// The value that matched, as shown.
    pub text: String,
    /// How this part matched.
    pub how: How,
    /// What to highlight in `text`: UTF-16 offsets, start and end, ascending, on grapheme boundaries.
    pub ranges: Vec<(u32, u32)>,
}

/// One row of a found record, as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownRole {
    /// The row's id.
    pub id: String,
    /// Field, heading and text, in the order of [`Field`].
    pub cells: Vec<(Field, String, String)>,
}

/// A record that answers the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The record's number in this index, below [`Index::len`].
    pub record: u32,
    /// Person or station.
    pub shape: Shape,
    /// The name shown.
    pub name: String,
    /// The first role's type: 院士, 首席科普专家, 科技小院.
    pub kind: String,
    /// The weakest `how` among the matched parts.
    pub how: How,
    /// The matched parts, in the order of the query.
    pub fields: Vec<Matched>,
    /// Every row of the record.
    pub roles: Vec<ShownRole>,
}

/// The best hits and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// How many records match, shown or not.
    pub total: usize,
    /// The first ones, best first.
    pub hits: Vec<Hit>,
    /// What of the query the best hit does not explain, as it was read, in the order of the query; empty where there is no hit.
    pub missing: Vec<String>,
}

/// Searches. Never fails: what cannot match gives no hits.
pub fn search(index: &Index, lexicon: &Lexicon, text: &str, limit: usize) -> Answer {
    cover(index, lexicon, text, |covers| {
        let best = best(covers, limit.max(1));
        let missing = best.first().map_or(Vec::new(), |(cover, found)| cover.missing(found));
        let shown = best.iter().take(limit).map(|(cover, found)| show(index, found, cover));
        Answer { total: total(covers), hits: shown.collect(), missing }
    })
}

/// Every record that answers a query, best first, is offered to `choose`; what it returns is shown.
pub fn choose(index: &Index, lexicon: &Lexicon, text: &str, choose: impl FnOnce(Vec<u32>) -> Vec<u32>) -> Answer {
    cover(index, lexicon, text, |covers| {
        let best = best(covers, total(covers));
        let missing = best.first().map_or(Vec::new(), |(cover, found)| cover.missing(found));
        // By record, one more than the place of its match; nothing else may be chosen.
        let mut places = Table::default();
        best.iter().zip(1..).for_each(|((_, found), place)| *places.at(found.record) = place);
        let chosen = choose(best.iter().map(|(_, found)| found.record).collect());
        let found = chosen.iter().filter_map(|record| best.get(places.get(*record).checked_sub(1)? as usize));
        let shown = found.map(|(cover, found)| show(index, found, cover));
        Answer { total: total(covers), hits: shown.collect(), missing }
    })
}

/// The best matches of all readings in order, those of the first before those of the second.
fn best<'c, 'a>(covers: &'c [Cover<'a>], n: usize) -> Vec<(&'c Cover<'a>, Match)> {
    let mut best = Vec::new();
    for cover in covers {
        best.extend(cover.best(n - best.len()).into_iter().map(|found| (cover, found)));
    }
    best
}

/// How many records all readings find.
fn total(covers: &[Cover<'_>]) -> usize {
    covers.iter().map(Cover::count).sum()
}

/// A record as it is shown when nothing was asked.
pub fn shown(index: &Index, record: u32) -> Hit {
    hit(index, record, How::Exact, Vec::new())
}

/// Reads a query and hands over all that answers it: as it was typed, and, where nobody is found so who must be meant, as double pinyin.
fn cover<T>(index: &Index, lexicon: &Lexicon, text: &str, then: impl FnOnce(&[Cover<'_>]) -> T) -> T {
    let (query, leads) = read(index, lexicon, text);
    let keys = Keys::new(index.letters(), lexicon, &query);
    let mut first = Cover::of(index, lexicon, &query, &keys, &leads);
    let Some(other) = lexicon.spelled_out(text).filter(|_| !first.is_found()) else { return then(&[first]) };
    let (query, leads) = read(index, lexicon, &other);
    let keys = Keys::new(index.letters(), lexicon, &query);
    let mut second = Cover::of(index, lexicon, &query, &keys, &leads);
    second.stand_behind(&mut first);
    then(&[first, second])
}

fn show(index: &Index, found: &Match, cover: &Cover<'_>) -> Hit {
    let fields: Vec<Matched> = cover.parts(found).iter().map(|part| matched(index, part)).collect();
    let how = fields.iter().map(|part| part.how).max().unwrap_or(How::Exact);
    hit(index, found.record, how, fields)
}

fn hit(index: &Index, record: u32, how: How, fields: Vec<Matched>) -> Hit {
    let roles: Vec<ShownRole> =
        index.roles(record).map(|role| ShownRole { id: index.id(record, role), cells: cells(index, role) }).collect();
    let kinds = index.roles(record).filter_map(|role| index.first_text(role, Field::Type));
    Hit {
        record,
        shape: index.shape(record),
        name: index.name_text(record),
        kind: kinds.into_iter().next().unwrap_or_default(),
        how,
        fields,
        roles,
    }
}

fn cells(index: &Index, role: u32) -> Vec<(Field, String, String)> {
    let mut cells = Vec::new();
    for column in index.columns() {
        for value in column.values(role) {
            cells.push((column.field(), column.label().to_owned(), index.letters().text(column.texts().get(value))));
        }
    }
    cells
}

fn matched(index: &Index, part: &Part) -> Matched {
    let letters = quality::text(index, part.found.value);
    let until = |end: u32| index.letters().utf16_length(&letters[..end as usize]);
    let range = (until(part.found.start), until(part.found.end));
    Matched {
        field: part.field,
        text: index.letters().text(letters),
        how: quality::how_of(index, part),
        ranges: vec![range],
    }
}
