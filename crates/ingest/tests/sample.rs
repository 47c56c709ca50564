//! The sample directory in data/, as it is.

use engine::record::{Field, Record, Shape};
use ingest::{Directory, Note, read};

fn sample() -> Directory {
    let files = ["academicians.csv", "chief-experts.csv", "workstations.csv"].map(|name| {
        let path = [env!("CARGO_MANIFEST_DIR"), "/../../data/", name].concat();
        (name, std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}")))
    });
    read(&files.each_ref().map(|(name, bytes)| (*name, bytes.as_slice()))).expect("the sample has no problems")
}

fn find<'a>(directory: &'a Directory, id: &str) -> &'a Record {
    directory.records.iter().find(|r| r.roles.iter().any(|role| role.id == id)).expect(id)
}

fn spelled(record: &Record) -> String {
    record
        .name
        .readings()
        .iter()
        .filter_map(|r| r.0.first())
        .map(|s| s.halves().0.to_owned() + s.halves().1)
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn everything_is_understood() {
    let directory = sample();
    let roles: usize = directory.records.iter().map(|r| r.roles.len()).sum();
    assert_eq!(roles, 2_543 + 28 + 26);
    let stations = directory.records.iter().filter(|r| r.shape == Shape::Station).count();
    assert_eq!(stations, 26);
    assert!(directory.tables.iter().all(|t| t.columns.iter().all(|(_, c)| c.is_some())));
    let count = |kind: &str| directory.records.iter().filter(|r| r.roles[0].cells[0].value.text() == kind).count();
    assert_eq!((count("院士"), count("首席科普专家"), count("科技小院")), (2_535, 26, 6));
}

#[test]
fn members_of_both_academies_are_one_person_and_namesakes_are_not() {
    let directory = sample();
    let ids = |id: &str| find(&directory, id).roles.iter().map(|r| r.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids("a1353"), ["a74", "a1353"], "王淀佐");
    assert_eq!(ids("c8"), ["a1920", "c8"], "李得天");
    assert_eq!(ids("c19"), ["a829", "c19"], "张伯礼, by one of two units");
    assert_eq!(ids("a226"), ["a226"], "郭雷");
    let namesakes = directory.notes.iter().filter(|n| matches!(n, Note::PerhapsOne { .. })).count();
    assert_eq!(namesakes, 24);
}

#[test]
fn surnames_are_read_as_surnames() {
    let directory = sample();
    for (id, expected) in [
        ("a36", "zhai wan ming"),
        ("a140", "du you wei"),
        ("a266", "zeng rong sheng"),
        ("a758", "xie si shen"),
        ("a1028", "ge jun yi"),
        ("a1206", "miao chang wen"),
        ("a1866", "shan zhong de"),
        ("a2074", "piao zhe fan"),
        ("a198", "lv jian"),
    ] {
        assert_eq!(spelled(find(&directory, id)), expected, "{id}");
    }
}

#[test]
fn every_hanzi_of_a_name_has_a_reading_and_words_have_one() {
    let directory = sample();
    for record in &directory.records {
        for (c, readings) in record.name.text().chars().zip(record.name.readings()) {
            assert!(!ingest::text::is_hanzi(c) || !readings.0.is_empty(), "{c} in {}", record.name.text());
        }
    }
    let orgs: Vec<_> = directory
        .records
        .iter()
        .flat_map(|r| &r.roles)
        .flat_map(|r| &r.cells)
        .filter(|c| c.field == Field::Org)
        .collect();
    let several = orgs.iter().filter(|c| c.value.readings().iter().any(|r| r.0.len() > 1)).count();
    assert!(several * 100 < orgs.len(), "{several} of {} units have a hanzi with several readings", orgs.len());
}

#[test]
fn doubtful_readings_are_few_enough_to_look_at() {
    let directory = sample();
    let of = |note: &Note| match note {
        Note::DoubtfulReading { hanzi, names, .. } => Some((*hanzi, names.len())),
        _ => None,
    };
    let doubtful: Vec<(char, usize)> = directory.notes.iter().filter_map(of).collect();
    assert!(doubtful.contains(&('朝', 4)), "侯朝焕 叶朝辉 李朝义 洪朝生: {doubtful:?}");
    let names: usize = doubtful.iter().map(|(_, names)| names).sum();
    assert!((1..=40).contains(&names), "{doubtful:?}");
}
