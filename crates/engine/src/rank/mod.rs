//! The best records for a query, in order, as they are shown.

mod breath;
mod cover;
mod explain;
mod finds;
mod quality;

use crate::index::Index;
use crate::matcher::{How, Leads, Lexicon, filled, range};
use crate::query::Query;
use crate::record::{Field, Shape};
use cover::{Cover, Match};
pub use explain::{Explanation, Reasons, explain};
use quality::Part;

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
    cover(index, lexicon, text, |cover| {
        let best = cover.best(limit.max(1));
        let missing = best.first().map_or(Vec::new(), |(_, place)| cover.missing(&cover.matches[*place]));
        let shown = best.into_iter().take(limit).map(|(_, place)| show(index, &cover.matches[place], cover));
        Answer { total: cover.matches.len(), hits: shown.collect(), missing }
    })
}

/// Every record that answers a query, best first, is offered to `choose`; what it returns is shown.
pub fn choose(index: &Index, lexicon: &Lexicon, text: &str, choose: impl FnOnce(Vec<u32>) -> Vec<u32>) -> Answer {
    cover(index, lexicon, text, |cover| {
        let best = cover.best(cover.matches.len());
        let missing = best.first().map_or(Vec::new(), |(_, place)| cover.missing(&cover.matches[*place]));
        // By record, the place of its match; nothing else may be chosen.
        let mut places = vec![None; index.len()];
        best.iter().for_each(|(record, place)| places[*record as usize] = Some(*place));
        let chosen = choose(best.into_iter().map(|(record, _)| record).collect());
        let place = |record: &u32| places.get(*record as usize).copied().flatten();
        let hits = chosen.iter().filter_map(place).map(|place| show(index, &cover.matches[place], cover)).collect();
        Answer { total: cover.matches.len(), hits, missing }
    })
}

/// A record as it is shown when nothing was asked.
pub fn shown(index: &Index, record: u32) -> Hit {
    hit(index, record, How::Exact, Vec::new())
}

/// Reads a query and hands over all that answers it.
fn cover<T>(index: &Index, lexicon: &Lexicon, text: &str, then: impl FnOnce(&Cover<'_>) -> T) -> T {
    let typed = Query::parse(text);
    let leads = Leads::of(lexicon, &typed, cover::cuts(&typed));
    match without_fillers(&typed, &leads) {
        Some(query) => {
            let leads = Leads::of(lexicon, &query, cover::cuts(&query));
            then(&Cover::of(index, lexicon, &query, &leads))
        }
        None => then(&Cover::of(index, lexicon, &typed, &leads)),
    }
}

/// The query without the pieces that say nothing, if there are any and others too.
fn without_fillers(query: &Query, leads: &Leads<'_>) -> Option<Query> {
    let fillers = filled(&leads.fillers);
    let says_nothing = |piece: usize| {
        let keys = query.range(piece..piece + 1);
        range(keys.start, keys.end) & !fillers == 0
    };
    let count = (0..query.pieces()).filter(|piece| says_nothing(*piece)).count();
    (count > 0 && count < query.pieces()).then(|| query.without(&says_nothing))
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
