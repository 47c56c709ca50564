//! The whole flow over the sample directory: tables → records → bytes → index → hits.
#![cfg(not(target_arch = "wasm32"))]

mod sample;

use engine::{How, Index, Lexicon, search};
use sample::{TABLES, bytes};
use std::sync::OnceLock;

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(sample::index)
}

#[test]
fn the_same_tables_give_the_same_bytes_in_any_order() {
    let [a, b, c] = TABLES;
    assert!(bytes(&[a, b, c]) == bytes(&[c, a, b]), "the order of files shows in the index");
}

#[test]
fn every_record_arrives() {
    assert_eq!((index().len(), index().role_count()), (2_587, 2_597));
}

/// Query, the first hit's id, how it matched.
#[test]
fn visitors_find_whom_they_mean() {
    for (query, id, how) in [
        ("钟南山", "a837", How::Exact),
        ("zhongnanshan", "a837", How::Pinyin),
        ("zhong nan shan", "a837", How::Pinyin),
        ("shanzhongde", "a1866", How::Pinyin),
        ("danzhongde", "a1866", How::Reading),
        ("xiesishen", "a758", How::Pinyin),
        ("zhaiwanming", "a36", How::Pinyin),
        ("wuzhaohui", "a176", How::Pinyin),
        ("Svante Pääbo", "a2100", How::Alias),
        ("深圳市仙湖植物园", "w1", How::Exact),
        ("青秀蔬菜科技小院", "w18", How::Exact),
        ("qingxiushucai", "w18", How::Pinyin),
    ] {
        let answer = search(index(), &Lexicon::default(), query, 10);
        let first = answer.hits.first().unwrap_or_else(|| panic!("nothing for {query}"));
        let ids: Vec<&str> = first.roles.iter().map(|role| role.id.as_str()).collect();
        assert!(ids.contains(&id), "{query}: {} {ids:?}", first.name);
        assert_eq!(first.how, how, "{query}: {}", first.name);
    }
}

#[test]
fn units_and_fields_are_found_by_the_sounds_of_their_words() {
    for query in ["chongqingdaxue", "xiamendaxue", "zhongguokexueyuanchangchun", "shoudu"] {
        let answer = search(index(), &Lexicon::default(), query, 10);
        assert!(answer.hits.iter().any(|hit| hit.how == How::Pinyin), "nothing for {query}");
    }
}

#[test]
fn a_person_of_two_tables_is_one_hit_with_both_rows() {
    let answer = search(index(), &Lexicon::default(), "李得天", 10);
    let rows: Vec<Vec<&str>> =
        answer.hits.iter().map(|hit| hit.roles.iter().map(|role| role.id.as_str()).collect()).collect();
    assert_eq!(rows, [["a1920", "c8"]]);
}
