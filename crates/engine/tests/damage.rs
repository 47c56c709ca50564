//! Damaged and hostile index bytes: an error or a working index, never a panic, never more memory than they justify.

mod common;

use common::{record, term};
use engine::error::ReadErrorKind;
use engine::index::{seal, sections, unpack, write};
use engine::pinyin::Syllable;
use engine::record::{Field, Record, Shape, Term, derived_id};
use engine::tables::Entry;
use engine::{Index, Lexicon, Tables, search};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A small directory that fills every section of an index: several roles, aliases, derived ids, wide and narrow columns,
/// several values in a cell, letters without readings and beyond the BMP.
fn every_section() -> Vec<Record> {
    let mut yuan = record(
        "a1",
        Shape::Person,
        term("袁隆平", "yuan long ping"),
        &[
            (Field::Org, term("湖南省农业科学院", "hu nan sheng nong ye ke xue yuan")),
            (Field::Discipline, term("杂交水稻", "za jiao shui dao")),
            (Field::Discipline, term("遗传育种", "yi chuan yu zhong")),
            (Field::Type, term("院士", "yuan shi")),
            (Field::Year, Term::plain("1995")),
        ],
    );
    yuan.weight = 7;
    let second = record(
        "a10",
        Shape::Person,
        Term::plain("-"),
        &[(Field::Type, term("首席科普专家", "shou xi ke pu zhuan jia"))],
    );
    yuan.roles.extend(second.roles);
    let mut wang = record(
        "x-01",
        Shape::Person,
        term("王中林", "wang zhong lin"),
        &[(Field::Link, Term::plain("https://example.org/王"))],
    );
    wang.aliases.push(Term::plain("Zhong Lin Wang"));
    wang.aliases.push(Term::plain("𠀀·é"));
    let mut derived = record(
        "",
        Shape::Station,
        term("单家村科技小院", "shan/dan/chan jia cun ke ji xiao yuan"),
        &[(Field::Type, term("科技小院", "ke ji xiao yuan")), (Field::Org, term("农业", "nong ye"))],
    );
    derived.roles[0].id = derived_id("科技小院", "单家村科技小院", "农业");
    derived.roles[0].id_is_derived = true;
    vec![yuan, wang, derived]
}

/// Reads bytes and, if they pass, asks what touches every section.
fn try_out(bytes: &[u8]) -> Result<(), engine::ReadError> {
    let index = Index::read(bytes)?;
    for query in ["y", "袁隆平", "yuanlongping", "dan", "wang 农业", "1995", "zhong lin", "科技小院 nongye"] {
        let answer = search(&index, &Lexicon::default(), query, 10);
        assert!(answer.hits.len() <= answer.total.min(10));
    }
    Ok(())
}

#[wasm_bindgen_test(unsupported = test)]
fn a_sound_index_reads_the_same_whatever_order_its_records_had() {
    let mut records = every_section();
    let bytes = write(&records).unwrap();
    try_out(&bytes).unwrap();
    records.reverse();
    records.iter_mut().for_each(|record| record.roles.reverse());
    assert_eq!(write(&records).unwrap(), bytes);
}

#[wasm_bindgen_test(unsupported = test)]
fn every_truncation_is_told_as_such() {
    let bytes = write(&every_section()).unwrap();
    for n in 1..bytes.len() {
        assert_eq!(Index::read(&bytes[..n]).err().map(|e| e.kind()), Some(ReadErrorKind::Truncated), "{n} bytes");
    }
    assert_eq!(Index::read(b"").err().map(|e| e.kind()), Some(ReadErrorKind::NotAnIndex));
    assert_eq!(Index::read(b"<!doctype html>").err().map(|e| e.kind()), Some(ReadErrorKind::NotAnIndex));
}

#[wasm_bindgen_test(unsupported = test)]
fn every_bit_flip_is_an_error() {
    let bytes = write(&every_section()).unwrap();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << bit;
            assert!(try_out(&damaged).is_err(), "byte {at} bit {bit}");
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_newer_version_says_so() {
    let mut bytes = write(&every_section()).unwrap();
    bytes[8] = 3;
    let error = Index::read(&bytes).err().unwrap();
    assert_eq!(error.kind(), ReadErrorKind::Newer { found: 3 });
    assert_eq!(error.kind().code(), "newer-index");
}

/// With the checksum right, what passes must work: flips and cuts inside the payload, sealed again.
#[wasm_bindgen_test(unsupported = test)]
fn every_flip_and_cut_of_a_sealed_payload_is_an_error_or_works() {
    let payload = unpack(&write(&every_section()).unwrap()).unwrap();
    let (mut passed, mut whole) = (0, 0);
    for at in 0..payload.len() {
        for bit in 0..8 {
            let mut damaged = payload.clone();
            damaged[at] ^= 1 << bit;
            passed += usize::from(try_out(&seal(&damaged, 0)).is_ok());
        }
        whole += usize::from(try_out(&seal(&payload[..at], 0)).is_ok());
    }
    // A payload may end after any column: before each of the five it is a directory without them.
    assert_eq!(whole, 5);
    // Other characters, other weights, other years: many flips are just another directory.
    assert!(passed > 100 && passed < payload.len() * 8, "{passed} of {} passed", payload.len() * 8);
}

#[wasm_bindgen_test(unsupported = test)]
fn sections_are_named_and_add_up() {
    let bytes = write(&every_section()).unwrap();
    let sections = sections(&bytes).unwrap();
    let names: Vec<&str> = sections.iter().map(|(name, _)| *name).collect();
    assert_eq!(names[..4], ["letters", "names", "records", "ids"]);
    assert_eq!(names[4..], ["column"; 5]);
    let lengths: usize = sections.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(lengths < unpack(&bytes).unwrap().len());
}

/// Claims of the header are not believed: neither a length nor a ratio makes the reader allocate.
#[wasm_bindgen_test(unsupported = test)]
fn a_header_that_lies_about_lengths_is_damage() {
    let good = write(&every_section()).unwrap();
    for (at, length) in [(12, u32::MAX), (12, 0), (16, u32::MAX), (16, 127 << 20), (16, 0)] {
        let mut bytes = good.clone();
        bytes[at..at + 4].copy_from_slice(&length.to_le_bytes());
        assert!(Index::read(&bytes).is_err(), "{length} at {at}");
    }
}

/// Lengths of values are added up: where a `usize` has 32 bits some come to 1 again, which is how many letters there are.
#[wasm_bindgen_test(unsupported = test)]
fn lengths_beyond_all_counting_are_damage() {
    let written = write(&[record("a1", Shape::Person, Term::plain("-"), &[(Field::Org, Term::plain("b"))])]).unwrap();
    let blocks: Vec<Vec<u8>> = sections(&written).unwrap().into_iter().map(|(_, section)| section).collect();
    let varint = |n: usize| vec![n as u8 | 0x80, (n >> 7) as u8 | 0x80, (n >> 14) as u8];
    for (lengths, is_sound) in [(vec![1], true), ([vec![20_000; 214_748], vec![7_297]].concat(), false)] {
        let n = lengths.len();
        let plane = |shift: usize| lengths.iter().map(move |length: &u16| (length >> shift) as u8);
        let mut blocks = blocks.clone();
        let column = blocks.last_mut().unwrap();
        // Field and heading stay; the one letter of text is common.
        column.truncate(2 + usize::from(column[1]));
        column.extend(varint(n).into_iter().chain([2]).chain(plane(0)).chain(plane(8)).chain([1]));
        // One role has all values, each of them new.
        column.extend([1, 3, n as u8, (n >> 8) as u8, (n >> 16) as u8, 1].into_iter().chain(vec![1; n]));
        let payload = blocks.iter().flat_map(|block| [varint(block.len()).as_slice(), block].concat());
        let read = Index::read(&seal(&payload.collect::<Vec<u8>>(), 0));
        assert_eq!(read.is_ok(), is_sound, "{n} values");
    }
}

/// How many records of an index are found of a query, by tables of characters.
fn count_of(records: &[Record], tables: Option<Tables>, query: &str) -> usize {
    let index = Index::read(&write(records).unwrap()).unwrap();
    search(&index, &Lexicon::new(&index, tables, None), query, 10).total
}

/// Somebody whose disciplines are so many of a letter, all read `a`, and `zz`.
fn of_one_letter(letter: &str) -> Record {
    const MANY: usize = 50;
    let letters = term(&letter.repeat(MANY), &["a"; MANY].join(" "));
    let disciplines = [(Field::Discipline, letters), (Field::Discipline, Term::plain("zz"))];
    record("a1", Shape::Person, Term::plain("-"), &disciplines)
}

/// Were they read, one keystroke could be spent on one letter in two ways, and runs of 30 be told a thousand million times; and a letter
/// would say enough alone within a word, where nothing begins.
#[wasm_bindgen_test(unsupported = test)]
fn latin_letters_have_no_readings() {
    let mut alias = record("a1", Shape::Person, term("bb", "- an"), &[]);
    alias.aliases.push(Term::plain("qq"));
    for (records, query, count) in [
        ([alias.clone()], String::from("an q"), 0),
        ([alias], String::from("b q"), 1),
        ([of_one_letter("a")], "a".repeat(30) + "zz", 1),
    ] {
        assert_eq!(count_of(&records, None, &query), count, "{query}");
    }
}

/// Tables may say that 啊 is another form of `a`, or of `1` too, and then in as many ways.
#[wasm_bindgen_test(unsupported = test)]
fn hostile_tables_make_no_hanzi_a_latin_letter() {
    let entry = |character, readings: &[&str]| Entry {
        character,
        representative: 'a',
        readings: readings.iter().filter_map(|reading| Syllable::parse(reading)).collect(),
    };
    let bytes = engine::tables::write(&[entry('a', &["a"]), entry('1', &[]), entry('啊', &[])]).unwrap();
    for typed in ["a".repeat(30), "a1".repeat(25)] {
        let tables = Tables::read(&bytes).unwrap();
        assert_eq!(count_of(&[of_one_letter("啊")], Some(tables), &(typed.clone() + "zz")), 1, "{typed}");
    }
}
