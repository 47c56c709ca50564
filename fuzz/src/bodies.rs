//! The bodies: what is promised of any bytes.

use crate::{payload, seeds, workbook};
use engine::query::{MAX_KEYS, MAX_PIECES, Query};
use engine::record::Field;
use engine::{Answer, Index, Lexicon, Tables, Words};
use std::sync::LazyLock;

/// What one screen shows.
const LIMIT: usize = 10;

/// The ending of a file's name, and how an input becomes such a file.
type Format = (&'static str, fn(&[u8]) -> Vec<u8>);

/// Kinds of tables that maintainers have. The first byte of an input chooses.
const FORMATS: [Format; 4] =
    [("csv", <[u8]>::to_vec), ("json", <[u8]>::to_vec), ("xlsx", workbook::of), ("txt", <[u8]>::to_vec)];

/// Enough of every way to match: hanzi, pinyin, initials, mixtures, runs, digits, several pieces, and the letters of the seeds.
const TEXTS: [&str; 19] = [
    "y",
    "袁",
    "袁隆平",
    "yuanlongping",
    "ylp",
    "袁longp",
    "隆平",
    "dan",
    "chanjia",
    "wang 农业",
    "1995",
    "zhong lin",
    "科技小院nongye",
    "湖南省农业科学院杂交水稻",
    "袁鍾平",
    "yuanlogping",
    "袁龙平",
    "湖农科 院士",
    "?隆平",
];

/// An index: the payload of a file. What passes can be searched, and every number in it leads somewhere.
pub fn index(data: &[u8]) {
    check_index(&engine::index::seal(&payload::mended(data), 0));
}

/// The same for the first version of the format.
pub fn first(data: &[u8]) {
    let mut file = engine::index::seal(&payload::mended_first(data), 0);
    file[8] = 1;
    check_index(&file);
}

fn check_index(file: &[u8]) {
    let Ok(index) = Index::read(file) else { return };
    search_all(&index, &lexicon(&index));
    for record in 0..index.len() as u32 {
        assert!(!index.name_text(record).is_empty());
        for alias in index.aliases(record) {
            assert!(index.postings(*alias).any(|posting| posting.record == record && posting.is_alias));
        }
        for role in index.roles(record) {
            index.id(record, role);
            for field in Field::ALL {
                index.first_text(role, field);
            }
        }
    }
}

/// An index in parts: a block each for the payloads of names, values and one file of details, which are made to belong together. What passes answers,
/// before and after it is complete, and every record shows its details or says why it has none.
pub fn parts(data: &[u8]) {
    let [names, values, details] = payload::sealed_parts(data);
    let Ok(mut index) = Index::read(&names) else { return };
    search_all(&index, &lexicon(&index));
    let before = index.is_complete();
    let is_complete = index.add_values(&values).is_ok();
    assert_eq!(index.is_complete(), before || is_complete);
    search_all(&index, &lexicon(&index));
    for record in 0..index.len() as u32 {
        let detail = index.detail_file(record).and_then(|_| index.detail(record, &details).ok());
        for role in index.roles(record) {
            assert!(is_complete || index.id(record, role).is_empty());
            let cells = detail.iter().flat_map(|detail| detail.cells(index.letters(), role));
            cells.for_each(|(.., text)| assert!(!text.is_empty()));
        }
    }
}

/// Tables of characters: the payload of a file. What passes can be asked and searched with.
pub fn tables(data: &[u8]) {
    let Ok(tables) = Tables::read(&engine::tables::seal(data, 0)) else { return };
    for c in tables.characters().iter().copied().chain("袁鍾a\u{10ffff}".chars()) {
        let main = tables.simplified(c);
        assert_eq!(tables.simplified(main), main, "{c:?}");
        assert!(tables.readings(c).iter().all(|syllable| syllable.code() > 0), "{c:?}");
    }
    search_all(&INDEX, &Lexicon::new(&INDEX, Some(tables), None));
}

/// The words of a directory: the payload of a file of either version, of the second without the checksum of its index. What passes can be asked and
/// searched with.
pub fn words(data: &[u8]) {
    let payload = [&INDEX.checksum().to_le_bytes(), &*payload::with_lengths(data, 1)].concat();
    check_words(&engine::words::seal(&payload, 0));
    let mut first = engine::words::seal(&payload[8..], 0);
    first[8] = 1;
    check_words(&first);
}

fn check_words(file: &[u8]) {
    let Ok(words) = Words::read(file, &INDEX) else { return };
    for sense in words.senses() {
        for target in words.targets(sense) {
            assert!(!words.texts().get(*target).is_empty());
        }
    }
    words.parts().for_each(|(text, _)| assert!(!text.is_empty()));
    let tables = Tables::read(&seeds::tables_file()).expect("our own bytes");
    search_all(&INDEX, &Lexicon::new(&INDEX, Some(tables), Some(words)));
}

/// What a visitor may type or paste.
pub fn query(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let query = Query::parse(&text);
    assert!(query.keys().len() <= MAX_KEYS && query.pieces() <= MAX_PIECES);
    for piece in 0..query.pieces() {
        assert!(!query.range(piece..piece + 1).is_empty());
    }
    assert_eq!(Query::parse(&text), query);
    check(&INDEX, &text, &engine::search(&INDEX, &LEXICON, &text, LIMIT));
}

/// Tables of a maintainer: every problem says something, and what is read can be written and opened.
pub fn directory(data: &[u8]) {
    let Some((first, bytes)) = data.split_first() else { return };
    let (ending, file) = FORMATS[usize::from(*first) % FORMATS.len()];
    let name = format!("甲.{ending}");
    match ingest::read(&[(&name, &file(bytes))]) {
        Ok(directory) => {
            // Too long a name or value is told; everything else must fit.
            let Ok(bytes) = engine::index::write(&directory.records) else { return };
            let index = Index::read(&bytes).expect("our own bytes");
            assert_eq!(index.len(), directory.records.len());
            let rows: usize = directory.records.iter().map(|record| record.roles.len()).sum();
            assert_eq!(index.role_count(), rows);
            assert!(rows <= directory.tables.iter().map(|table| table.rows).sum(), "rows out of nothing");
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            assert!(problems.iter().all(|problem| problem.to_string().contains("甲.")));
        }
    }
}

static INDEX: LazyLock<Index> =
    LazyLock::new(|| Index::read(&engine::index::write(&seeds::records()).expect("they fit")).expect("our own bytes"));

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| lexicon(&INDEX));

/// Small tables of characters and a few words, taken in for an index.
fn lexicon(index: &Index) -> Lexicon {
    let tables = Tables::read(&seeds::tables_file()).expect("our own bytes");
    // Words wait for values.
    let words = index.is_complete().then(|| Words::read(&seeds::words_file(index), index).expect("our own bytes"));
    Lexicon::new(index, Some(tables), words)
}

fn search_all(index: &Index, lexicon: &Lexicon) {
    for text in TEXTS {
        check(index, text, &engine::search(index, lexicon, text, LIMIT));
    }
}

/// What holds of every answer.
fn check(index: &Index, text: &str, answer: &Answer) {
    assert!(answer.hits.len() == answer.total.min(LIMIT), "{text:?}: {} of {}", answer.hits.len(), answer.total);
    for (place, hit) in answer.hits.iter().enumerate() {
        assert!((hit.record as usize) < index.len(), "{text:?}");
        assert!(answer.hits[..place].iter().all(|before| before.record != hit.record), "{text:?}: a record twice");
        for matched in &hit.fields {
            let units: Vec<u16> = matched.text.encode_utf16().collect();
            let mut last = 0;
            for (start, end) in &matched.ranges {
                let (start, end) = (*start as usize, *end as usize);
                assert!(last <= start && start < end && end <= units.len(), "{text:?} in {:?}", matched.text);
                assert!(
                    String::from_utf16(&units[start..end]).is_ok(),
                    "{text:?} cuts a character of {:?}",
                    matched.text
                );
                last = end;
            }
        }
    }
}
