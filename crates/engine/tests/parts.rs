//! An index in parts: together they answer as the whole does, names answer alone, and what does not belong together is told.

mod common;

use common::{record, term};
use engine::error::ReadErrorKind;
use engine::index::{Part, Parts, seal_part, unpack, write, write_parts};
use engine::record::{Cell, Field, Record, Shape, Term};
use engine::{Index, Lexicon, search};
use proptest::prelude::*;

/// The cells of a role as they are shown.
type Cells = Vec<(Field, String, String)>;

/// Every cell of every role, by record: of the index alone, and of what is fetched when it is shown.
fn all_cells(index: &Index, details: &[(String, Vec<u8>)]) -> Vec<Vec<Cells>> {
    let own = |role: u32| -> Cells {
        let texts = index.columns().iter().flat_map(|column| {
            let text = |value| index.letters().text(column.texts().get(value));
            column.values(role).map(move |value| (column.field(), column.label().to_string(), text(value)))
        });
        texts.collect()
    };
    let of = |record: u32| {
        let mut roles: Vec<Cells> = index.roles(record).map(own).collect();
        if let Some(name) = index.detail_file(record) {
            let (_, bytes) = details.iter().find(|(other, _)| *other == name).expect("it was written");
            let detail = index.detail(record, bytes).expect("our own bytes");
            for (cells, role) in roles.iter_mut().zip(index.roles(record)) {
                cells.extend(detail.cells(index.letters(), role));
                cells.sort_by_key(|(field, ..)| *field);
            }
        }
        roles
    };
    (0..index.len() as u32).map(of).collect()
}

fn joined(parts: &Parts) -> Index {
    let mut index = Index::read(&parts.names).expect("our own bytes");
    index.add_values(&parts.values).expect("our own bytes");
    index
}

const QUERIES: [&str; 10] = ["w", "王", "wang", "王中林", "zl", "院士", "北京大学", "beijing", "王 北京", "2019"];

/// Fails unless the parts of these records say in all what the whole says.
#[track_caller]
fn check(records: &[Record]) {
    let whole = Index::read(&write(records).unwrap()).unwrap();
    let parts = write_parts(records).unwrap();
    let index = joined(&parts);
    assert!(index.is_complete());
    assert_eq!(all_cells(&index, &parts.details), all_cells(&whole, &[]));
    for record in 0..whole.len() as u32 {
        let ids = |index: &Index| index.roles(record).map(|role| index.id(record, role)).collect::<Vec<String>>();
        assert_eq!(ids(&index), ids(&whole));
    }
    for query in QUERIES {
        let ask = |index: &Index| {
            let mut answer = search(index, &Lexicon::default(), query, 50);
            let roles = answer.hits.iter_mut().flat_map(|hit| &mut hit.roles);
            // What is fetched when a record is shown is compared above.
            roles.for_each(|role| role.cells.retain(|(field, ..)| field.is_searched()));
            answer
        };
        assert_eq!(ask(&index), ask(&whole), "{query}");
    }
}

fn value() -> impl Strategy<Value = Term> {
    prop::sample::select(vec![
        Term::plain("2019"),
        Term::plain("https://example.org/a"),
        term("北京大学", "bei jing da xue"),
        term("院士", "yuan shi"),
        term("王中林", "wang zhong lin"),
    ])
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    let name = prop::sample::select(vec![
        term("王中林", "wang zhong lin"),
        term("王伟", "wang wei"),
        term("单中林", "shan/dan zhong lin"),
        Term::plain("Zhong Wang"),
    ]);
    let cell = (prop::sample::select(Field::ALL[2..].to_vec()), 0..2u32, value());
    let cell = cell.prop_map(|(field, label, value)| Cell { field, label: format!("列{label}"), value });
    let roles = prop::collection::vec(prop::collection::vec(cell, 0..6), 1..3);
    prop::collection::vec((name, roles, 0..3u32), 1..12).prop_map(|made| {
        let one = |(at, (name, roles, weight)): (usize, (Term, Vec<Vec<Cell>>, u32))| {
            let mut made = record("", Shape::Person, name, &[]);
            let role = made.roles.remove(0);
            for (place, cells) in roles.into_iter().enumerate() {
                let mut role = role.clone();
                (role.id, role.cells) = (format!("a{at}-{place}"), cells);
                made.roles.push(role);
            }
            Record { weight, ..made }
        };
        made.into_iter().enumerate().map(one).collect()
    })
}

proptest! {
    // Each packs a dozen files.
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn parts_together_say_what_the_whole_says(records in records()) {
        check(&records);
    }
}

/// So many records with a contact and an introduction each: enough for several files of details.
fn many(n: usize, note: &str) -> Vec<Record> {
    let one = |at: usize| {
        let digest = engine::hash::fnv1a64(at.to_string().as_bytes());
        let cells = [
            (Field::Type, term("院士", "yuan shi")),
            (Field::Org, term("北京大学", "bei jing da xue")),
            (Field::Contact, Term::plain(format!("{digest:x}@example.org"))),
            (Field::Intro, Term::plain(format!("{note}{:x}", digest.wrapping_mul(0x9e37_79b9_7f4a_7c15)))),
        ];
        record(&format!("a{at}"), Shape::Person, term("王中林", "wang zhong lin"), &cells)
    };
    (0..n).map(one).collect()
}

#[test]
fn details_come_in_files_of_32_to_64_kb() {
    let records = many(5_000, "");
    let parts = write_parts(&records).unwrap();
    let sizes: Vec<usize> = parts.details.iter().map(|(_, bytes)| bytes.len()).collect();
    assert!(sizes.len() > 1, "{sizes:?}");
    let (_, full) = sizes.split_last().unwrap();
    assert!(full.iter().all(|size| (32 << 10..64 << 10).contains(size)), "{sizes:?}");
    let index = joined(&parts);
    assert_eq!(all_cells(&index, &parts.details), all_cells(&Index::read(&write(&records).unwrap()).unwrap(), &[]));
}

#[test]
fn names_answer_alone_and_say_what_they_are() {
    let parts = write_parts(&many(30, "")).unwrap();
    let mut index = Index::read(&parts.names).unwrap();
    assert!(!index.is_complete());
    let answer = search(&index, &Lexicon::default(), "wangzhonglin", 5);
    assert_eq!((answer.total, answer.hits[0].kind.as_str(), answer.hits[0].roles[0].id.as_str()), (30, "院士", ""));
    assert_eq!(search(&index, &Lexicon::default(), "北京大学", 5).total, 0);
    assert_eq!(index.detail_file(0), None);
    index.add_values(&parts.values).unwrap();
    assert_eq!(search(&index, &Lexicon::default(), "北京大学", 5).total, 30);
    assert_eq!(index.add_values(&parts.values).map_err(|error| error.kind()), Err(ReadErrorKind::Foreign));
}

#[test]
fn a_directory_without_details_has_no_files_of_them() {
    let records = [record("a1", Shape::Person, term("王伟", "wang wei"), &[(Field::Org, Term::plain("X"))])];
    let parts = write_parts(&records).unwrap();
    assert_eq!((parts.details.len(), joined(&parts).detail_file(0)), (0, None));
    check(&records);
}

#[test]
fn parts_of_other_builds_and_kinds_are_told_and_change_nothing() {
    let (one, other) = (write_parts(&many(5_000, "")).unwrap(), write_parts(&many(5_000, "x")).unwrap());
    let kind = |result: Result<(), engine::ReadError>| result.map_err(|error| error.kind());
    let mut index = Index::read(&one.names).unwrap();
    assert_eq!(kind(index.add_values(&other.values)), Err(ReadErrorKind::Foreign));
    for bytes in [&one.names, &one.details[0].1, &write(&many(3, "")).unwrap(), &b"<html>".to_vec()] {
        assert_eq!(kind(index.add_values(bytes)), Err(ReadErrorKind::NotAnIndex));
    }
    assert!(!index.is_complete());
    for bytes in [&one.values, &one.details[0].1] {
        assert_eq!(kind(Index::read(bytes).map(drop)), Err(ReadErrorKind::NotAnIndex));
    }
    index.add_values(&one.values).unwrap();
    let detail = |record: u32, bytes: &[u8]| index.detail(record, bytes).map(drop).map_err(|error| error.kind());
    assert_eq!(detail(0, &other.details[0].1), Err(ReadErrorKind::Foreign));
    assert_eq!(detail(0, &one.details[1].1), Err(ReadErrorKind::Foreign));
    assert_eq!(detail(0, &one.values), Err(ReadErrorKind::NotAnIndex));
    assert_eq!(detail(0, &one.details[0].1[..100]), Err(ReadErrorKind::Truncated));
    assert!(detail(0, &one.details[0].1).is_ok());
}

/// With the checksums right, what passes must work: flips and cuts inside the payloads, sealed and linked again.
#[test]
fn every_flip_and_cut_of_sealed_values_is_an_error_or_works() {
    let parts = write_parts(&many(3, "")).unwrap();
    let (names, values) = (unpack(&parts.names).unwrap(), unpack(&parts.values).unwrap());
    let link = parts.values[20..28].to_vec();
    let at = names.windows(8).position(|bytes| bytes == link).expect("names tell their values");
    let try_out = |values: &[u8]| {
        let values = seal_part(Part::Values, values, 0);
        let mut names = names.clone();
        names[at..at + 8].copy_from_slice(&values[20..28]);
        let mut index = Index::read(&seal_part(Part::Names, &names, 0)).expect("the names are sound");
        let taken = index.add_values(&values).is_ok();
        assert_eq!(index.is_complete(), taken);
        for query in QUERIES {
            let answer = search(&index, &Lexicon::default(), query, 10);
            assert!(answer.hits.len() == answer.total.min(10));
        }
        for record in 0..index.len() as u32 {
            index.detail_file(record);
        }
        taken
    };
    let (mut passed, mut whole) = (0, 0);
    for at in 0..values.len() {
        for bit in 0..8 {
            let mut damaged = values.clone();
            damaged[at] ^= 1 << bit;
            passed += usize::from(try_out(&damaged));
        }
        whole += usize::from(try_out(&values[..at]));
    }
    // The ids and the links alone are values without columns.
    assert_eq!(whole, 1);
    assert!(passed > 50 && passed < values.len() * 8, "{passed} of {} passed", values.len() * 8);
}

#[test]
fn every_bit_flip_of_a_part_is_an_error() {
    let parts = write_parts(&many(3, "")).unwrap();
    let flipped = |bytes: &[u8], tell: &dyn Fn(&[u8]) -> bool| {
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut damaged = bytes.to_vec();
                damaged[at] ^= 1 << bit;
                assert!(tell(&damaged), "byte {at} bit {bit}");
            }
        }
    };
    flipped(&parts.names, &|bytes| Index::read(bytes).is_err());
    flipped(&parts.values, &|bytes| Index::read(&parts.names).unwrap().add_values(bytes).is_err());
    let index = joined(&parts);
    flipped(&parts.details[0].1, &|bytes| index.detail(0, bytes).is_err());
}
