//! Small directories for tests, written as compactly as they are read.

use engine::pinyin::Syllable;
use engine::record::{Cell, Field, Readings, Record, Role, Shape, Term};

/// A term whose characters are read as the space-separated words say: `-` is no reading, `/` parts the settled
/// reading from the others.
pub fn term(text: &str, readings: &str) -> Term {
    let reading = |word: &str| match word {
        "-" => Readings::default(),
        _ => {
            Readings(word.split('/').map(|s| Syllable::parse(s).unwrap_or_else(|| panic!("no syllable {s}"))).collect())
        }
    };
    Term::new(text, readings.split_whitespace().map(reading).collect())
}

/// A record with one role.
#[allow(dead_code, reason = "not every test that writes terms writes records")]
pub fn record(id: &str, shape: Shape, name: Term, cells: &[(Field, Term)]) -> Record {
    let cell =
        |(field, value): &(Field, Term)| Cell { field: *field, label: field.word().to_string(), value: value.clone() };
    Record {
        shape,
        name,
        aliases: Vec::new(),
        weight: 0,
        roles: vec![Role { id: id.to_string(), id_is_derived: false, cells: cells.iter().map(cell).collect() }],
    }
}
