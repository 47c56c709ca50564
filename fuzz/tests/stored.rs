//! Files that released versions wrote open for ever, and answer as they did.

use engine::{Index, Lexicon, Tables, Words, search};
use fuzz::seeds;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders of all versions.
fn versions() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("stored");
    let versions =
        fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path());
    let versions: Vec<PathBuf> = versions.collect();
    assert!(!versions.is_empty());
    versions
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name} in {}: {error}", folder.display()))
}

/// By hanzi, pinyin, initials, alias, discipline, year, organisation, one wrong character, nickname, related word: query and the id of who comes first.
const FOUND: [(&str, &str); 10] = [
    ("袁隆平", "a1"),
    ("yuanlongping", "a1"),
    ("wzl", "x-01"),
    ("zhong lin", "x-01"),
    ("杂交水稻", "a1"),
    ("1995", "a1"),
    ("湖南省农业科学院", "a1"),
    ("袁鍾平", "a1"),
    ("湖农科", "a1"),
    ("稻子", "a1"),
];

/// What is said of a directory in a folder, of which `words` is the file of words.
fn check(folder: &Path, index: &Index, words: &str) {
    assert_eq!(index.len(), seeds::records().len(), "{}", folder.display());
    let tables = Tables::read(&read(folder, "tables.bin")).expect("tables open");
    let words = Words::read(&read(folder, words), index).expect("words open");
    let lexicon = Lexicon::new(index, Some(tables), Some(words));
    for (query, id) in FOUND {
        let answer = search(index, &lexicon, query, 1);
        let found = answer.hits.first().map_or("", |hit| &hit.roles[0].id);
        assert_eq!(found, id, "{query} in {}", folder.display());
    }
}

#[test]
fn a_directory_in_one_file_opens() {
    for folder in versions() {
        check(&folder, &Index::read(&read(&folder, "index.bin")).expect("it opens"), "words.bin");
    }
}

#[test]
fn a_directory_in_parts_opens() {
    for folder in versions() {
        let mut index = Index::read(&read(&folder, "names.bin")).expect("it opens");
        index.add_values(&read(&folder, "values.bin")).expect("they belong to it");
        // Words of the first version know no index.
        let own = Some("words-of-parts.bin").filter(|name| folder.join(name).exists());
        check(&folder, &index, own.unwrap_or("words.bin"));
        let record = (0..index.len() as u32).find(|record| index.name_text(*record) == "王中林").expect("he is there");
        let detail = index.detail(record, &read(&folder, "details.bin")).expect("they belong to it");
        let cells = detail.cells(index.letters(), index.roles(record).start);
        assert_eq!(cells.iter().map(|(.., text)| text.as_str()).collect::<Vec<&str>>(), ["https://example.org/王"]);
    }
}
