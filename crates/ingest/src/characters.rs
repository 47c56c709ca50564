//! The tables of characters for the browser, from `data/common.txt`, `data/variants.txt` and the ordinary readings of `data/hanzi.txt`.

use std::collections::BTreeMap;

use engine::tables::{Entry, write};

use crate::readings::dictionary;

/// The tables' bytes, the same for every directory.
///
/// Common characters have their ordinary readings. Other forms are read as the character they stand for: what a dictionary says of them is often an archaic reading
/// that no one types (鉄 zhi, 铁 tie).
pub fn tables() -> Vec<u8> {
    let common = lines(include_str!("../data/common.txt")).flat_map(str::chars);
    let mut entries: BTreeMap<char, Entry> =
        common.map(|c| (c, Entry { character: c, representative: c, readings: dictionary().ordinary(c) })).collect();
    let variants = lines(include_str!("../data/variants.txt")).filter_map(|line| line.split_once('\t'));
    for (main, forms) in variants {
        for (representative, form) in main.chars().flat_map(|main| forms.chars().map(move |form| (main, form))) {
            let unread = || Entry { character: form, representative, readings: Vec::new() };
            entries.entry(form).or_insert_with(unread).representative = representative;
        }
    }
    write(&entries.into_values().collect::<Vec<Entry>>()).expect("our own tables fit")
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#'))
}
