//! The sample directory in memory, for tests natively and in browsers: no file is opened.

use engine::{Index, Lexicon, Tables, Words};

/// The tables as they stand in `data/`.
pub const TABLES: [(&str, &[u8]); 3] = [
    ("academicians.csv", include_bytes!("../../data/academicians.csv")),
    ("chief-experts.csv", include_bytes!("../../data/chief-experts.csv")),
    ("workstations.csv", include_bytes!("../../data/workstations.csv")),
];

/// The index of these tables.
pub fn bytes(tables: &[(&str, &[u8])]) -> Vec<u8> {
    let directory = ingest::read(tables).expect("the sample has no problems");
    engine::index::write(&directory.records).expect("the sample fits")
}

/// The opened index of the sample.
#[allow(dead_code, reason = "not every test that uses the bytes opens them")]
pub fn index() -> Index {
    Index::read(&bytes(&TABLES)).expect("our own bytes")
}

/// The lexicon that a page has once its tables are there.
#[allow(dead_code, reason = "as above")]
pub fn lexicon(index: &Index) -> Lexicon {
    let (tables, words) = (Tables::read(&ingest::tables()), Words::read(&ingest::vocabulary(index, &[]), index));
    Lexicon::new(index, Some(tables.expect("our own bytes")), Some(words.expect("our own bytes")))
}
