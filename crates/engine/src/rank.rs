//! Matches in order. (Stub: types are settled, the ranking comes with the engine's own commit.)

use crate::{Index, record::{Field, Shape}};

/// How a hit matched, strongest first; a closed list, the same in every field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum How {
    /// The whole value as typed.
    Exact,
}

impl How {
    /// The word for programs: `exact`, `prefix`, `inside`, `alias`, `pinyin`, `mixed`, `initials`, `reading`, …
    pub fn word(self) -> &'static str {
        "exact"
    }
}

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
pub fn search(_index: &Index, _text: &str, _limit: usize) -> Answer {
    Answer::default()
}
