//! The best records for a query, in order, as they are shown.

mod breath;
mod cover;
mod finds;
mod quality;

use crate::index::Index;
use crate::matcher::{How, Leads, Lexicon, filled, range};
use crate::query::Query;
use crate::record::{Field, Shape};
use cover::{Cover, Match};
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
}

/// Searches. Never fails: what cannot match gives no hits.
pub fn search(index: &Index, lexicon: &Lexicon, text: &str, limit: usize) -> Answer {
    let typed = Query::parse(text);
    let leads = Leads::of(lexicon, &typed, cover::cuts(&typed));
    let (query, leads) = match without_fillers(&typed, &leads) {
        Some(query) => {
            let leads = Leads::of(lexicon, &query, cover::cuts(&query));
            (query, leads)
        }
        None => (typed, leads),
    };
    let cover = Cover::of(index, lexicon, &query, &leads);
    let best = cover.best(limit);
    Answer {
        total: cover.matches.len(),
        hits: best.into_iter().map(|(_, place)| show(index, &cover.matches[place], &cover)).collect(),
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
    (count > 0 && count < query.pieces()).then(|| query.without(says_nothing))
}

fn show(index: &Index, found: &Match, cover: &Cover<'_>) -> Hit {
    let roles: Vec<ShownRole> = index
        .roles(found.record)
        .map(|role| ShownRole { id: index.id(found.record, role), cells: cells(index, role) })
        .collect();
    let fields: Vec<Matched> = cover.parts(found).iter().map(|part| matched(index, part)).collect();
    let kinds = index.roles(found.record).filter_map(|role| index.first_text(role, Field::Type));
    Hit {
        record: found.record,
        shape: index.shape(found.record),
        name: index.name_text(found.record),
        kind: kinds.into_iter().next().unwrap_or_default(),
        how: fields.iter().map(|part| part.how).max().unwrap_or(How::Exact),
        fields,
        roles,
    }
}

fn cells(index: &Index, role: u32) -> Vec<(Field, String, String)> {
    let mut cells = Vec::new();
    for column in index.columns() {
        for value in column.values(role) {
            cells.push((column.field(), column.label().to_string(), index.letters().text(column.texts().get(value))));
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
