//! One piece of work at a time, so that its instructions can be counted: `valgrind --tool=callgrind --toggle-collect='*counted*'`.

use crate::directory::{files, lexicon};
use anyhow::{Context, Result};
use engine::Index;
use std::{
    fs,
    hint::black_box,
    path::{Path, PathBuf},
};

/// Queries of ten kinds, as the sample answers them; each is typed to its end, so that its beginnings count as well.
const QUERIES: [(&str, &str); 10] = [
    ("hanzi", "袁隆平"),
    ("given name", "隆平"),
    ("pinyin", "yuanlongping"),
    ("initials", "ylp"),
    ("mixed", "袁longping"),
    ("variant", "錢學森"),
    ("slip", "yuanlognping"),
    ("organisation", "北京大学物理学院"),
    ("organisation in pinyin", "zhongguokexueyuan"),
    ("name and organisation", "武汉大学李建成"),
];

/// The names of all work, in the order of tables.
pub fn names() -> Vec<&'static str> {
    ["build", "read"].into_iter().chain(QUERIES.iter().map(|(name, _)| *name)).collect()
}

/// Writes the index that all but `build` begin with, and its words beside it.
pub fn prepare(tables: &Path, index: &Path) -> Result<()> {
    let bytes = engine::index::write(&directory(&files(tables)?)?.records)?;
    fs::write(words(index), ingest::vocabulary(&Index::read(&bytes)?, &[]))?;
    Ok(fs::write(index, bytes)?)
}

fn words(index: &Path) -> PathBuf {
    index.with_extension("words")
}

/// Does the work of a name once, with nothing but it inside [`counted`].
pub fn run(name: &str, tables: &Path, index: &Path) -> Result<()> {
    if name == "build" {
        let files = files(tables)?;
        return counted(|| anyhow::Ok(engine::index::write(&directory(&files)?.records)?)).map(drop);
    }
    let bytes = fs::read(index).with_context(|| format!("cannot read {}", index.display()))?;
    if name == "read" {
        counted(|| black_box(Index::read(&bytes)))?;
        return Ok(());
    }
    let (_, text) = QUERIES.iter().find(|(other, _)| *other == name).with_context(|| format!("no work {name}"))?;
    let words = fs::read(words(index))?;
    let index = Index::read(&bytes)?;
    let lexicon = lexicon(&index, &ingest::tables(), &words)?;
    let ends: Vec<usize> = text.char_indices().map(|(at, letter)| at + letter.len_utf8()).collect();
    counted(|| {
        for end in ends {
            black_box(engine::search(&index, &lexicon, &text[..end], 10));
        }
    });
    Ok(())
}

fn directory(files: &[(String, Vec<u8>)]) -> Result<ingest::Directory> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    ingest::read(&files).map_err(|problems| anyhow::anyhow!("{problems:?}"))
}

/// What callgrind counts: the name is what it looks for.
#[inline(never)]
fn counted<R>(work: impl FnOnce() -> R) -> R {
    black_box(work())
}
