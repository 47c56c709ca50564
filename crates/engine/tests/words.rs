//! The file of words: what is written comes back, and damage is an error or a working file, never a panic.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{record, term};
use engine::error::ReadErrorKind;
use engine::index::write_parts;
use engine::record::{Field, Record, Shape, Term};
use engine::words::{Class, Draft, Kind, of_index, seal, unpack, write};
use engine::{Index, Words};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Values in which some words of [`draft`] stand, at the beginning, in the middle and at the end.
fn records() -> Vec<Record> {
    let cells = [
        (Field::Org, term("北京大学物理学院", "bei jing da xue wu li xue yuan")),
        (Field::Discipline, term("人工智能", "ren gong zhi neng")),
        (Field::Link, Term::plain("example.org")),
    ];
    vec![record("a1", Shape::Person, term("某", "mou"), &cells)]
}

fn index() -> Index {
    Index::read(&engine::index::write(&records()).unwrap()).unwrap()
}

fn draft() -> Draft {
    let peking = || term("北京大学", "bei jing da xue");
    Draft {
        senses: vec![
            (term("北大", "bei da"), Kind::Nickname, vec![peking()]),
            (Term::plain("AI"), Kind::Related, vec![term("智能", "zhi neng"), term("机器", "ji qi")]),
            (term("京", "jing"), Kind::Place, vec![term("北京", "bei jing")]),
            (term("教授", "jiao shou"), Kind::Filler, vec![]),
        ],
        parts: vec![(term("北京", "bei jing"), Class::Region), (term("大学", "da xue"), Class::Kind)],
    }
}

/// A draft, written and read again.
fn opened(draft: &Draft) -> Words {
    let index = index();
    Words::read(&write(draft, &index).unwrap(), &index).unwrap()
}

/// Every sense as typed word, kind and targets.
fn senses(words: &Words) -> Vec<(String, Kind, Vec<String>)> {
    let text = |at: u32| words.letters().text(words.texts().get(at));
    let sense = |sense: &engine::words::Sense| {
        (text(sense.typed), sense.kind, words.targets(sense).iter().map(|at| text(*at)).collect())
    };
    words.senses().iter().map(sense).collect()
}

#[test]
fn words_come_back_as_written() {
    let words = opened(&draft());
    let owned = |texts: &[&str]| texts.iter().map(|text| text.to_string()).collect::<Vec<String>>();
    assert_eq!(
        senses(&words),
        [
            ("北大".to_string(), Kind::Nickname, owned(&["北京大学"])),
            ("京".to_string(), Kind::Place, owned(&["北京"])),
            ("AI".to_string(), Kind::Related, owned(&["智能", "机器"])),
            ("教授".to_string(), Kind::Filler, owned(&[])),
        ]
    );
    let parts: Vec<(String, Class)> = words.parts().map(|(word, class)| (word.into_iter().collect(), class)).collect();
    assert_eq!(parts, [("北京".to_string(), Class::Region), ("大学".to_string(), Class::Kind)]);
}

#[test]
fn every_way_to_tell_a_word_comes_back() {
    // By number each word of `names` that is typed, and those it leads to. Some stand in the index and some do not, some are typed as well.
    let names = ["北京", "大学", "智能", "能", "甲", "乙甲"];
    for leads in [
        vec![(0, vec![1, 2]), (1, vec![0, 2]), (2, vec![1, 0])],
        vec![(0, vec![3, 4]), (1, vec![3, 5]), (2, vec![4, 3, 5, 0])],
        vec![(0, vec![5]), (0, vec![1]), (5, vec![0, 4]), (4, vec![5, 3, 2, 1, 0])],
        vec![(5, vec![4]), (4, vec![4])],
    ] {
        let plain = |at: &usize| Term::plain(names[*at]);
        for kind in [Kind::Nickname, Kind::Place, Kind::Related] {
            let senses = leads.iter().map(|(typed, to)| (plain(typed), kind, to.iter().map(plain).collect()));
            let parts = names.iter().map(|name| (Term::plain(*name), Class::Word)).collect();
            let words = opened(&Draft { senses: senses.collect(), parts });
            let texts = |to: &[usize]| to.iter().map(|at| names[*at].to_string()).collect::<Vec<String>>();
            let mut expected: Vec<_> =
                leads.iter().map(|(typed, to)| (names[*typed].to_string(), kind, texts(to))).collect();
            let mut senses = self::senses(&words);
            expected.sort();
            senses.sort();
            assert_eq!(senses, expected);
            let mut parts: Vec<String> = words.parts().map(|(word, _)| word.into_iter().collect()).collect();
            parts.sort();
            let mut names = names;
            names.sort();
            assert_eq!(parts, names, "a part stands once, however it is typed");
        }
    }
}

proptest! {
    #[test]
    fn any_words_of_any_index_come_back(
        values in prop::collection::vec("[甲乙丙丁a·]{1,6}", 1..5),
        leads in prop::collection::vec(("[甲乙丙丁戊aA·]{1,5}", 0usize..4, prop::collection::vec("[甲乙丙丁戊a·]{1,4}", 1..5)), 0..8),
        parts in prop::collection::btree_set("[甲乙丙丁戊]{1,3}", 0..5),
    ) {
        let cells: Vec<(Field, Term)> = values.iter().map(|value| (Field::Discipline, Term::plain(value))).collect();
        let bytes = engine::index::write(&[record("a1", Shape::Person, term("某", "mou"), &cells)]).unwrap();
        let index = Index::read(&bytes).unwrap();
        let mut expected = Vec::new();
        for (typed, kind, targets) in leads {
            let kind = [Kind::Nickname, Kind::Place, Kind::Related, Kind::Filler][kind];
            expected.push((typed, kind, if kind == Kind::Filler { Vec::new() } else { targets }));
        }
        let plain = |texts: &Vec<String>| texts.iter().map(Term::plain).collect();
        let draft = Draft {
            senses: expected.iter().map(|(typed, kind, to)| (Term::plain(typed), *kind, plain(to))).collect(),
            parts: parts.iter().map(|part| (Term::plain(part), Class::Kind)).collect(),
        };
        let words = Words::read(&write(&draft, &index).unwrap(), &index).unwrap();
        let mut back = senses(&words);
        back.sort();
        expected.sort();
        prop_assert_eq!(back, expected);
        let back: BTreeSet<String> = words.parts().map(|(part, _)| part.into_iter().collect()).collect();
        prop_assert_eq!(back, parts);
    }
}

#[test]
fn what_words_lead_to_is_written_as_in_the_index() {
    let shouted = Term::plain("EXAMPLE");
    let words = opened(&Draft { senses: vec![(Term::plain("link"), Kind::Related, vec![shouted])], parts: vec![] });
    assert_eq!(senses(&words)[0].2, ["example"]);
}

#[test]
fn the_order_of_words_does_not_show() {
    let mut turned = draft();
    turned.senses.reverse();
    turned.parts.reverse();
    assert_eq!(write(&turned, &index()), write(&draft(), &index()));
}

#[test]
fn what_does_not_fit_is_an_error() {
    let lone = |kind, targets| Draft { senses: vec![(Term::plain("a"), kind, targets)], parts: vec![] };
    for wrong in [
        lone(Kind::Nickname, vec![]),
        lone(Kind::Filler, vec![Term::plain("b")]),
        lone(Kind::Related, vec![Term::plain("b"); 256]),
        lone(Kind::Related, vec![Term::plain("")]),
        lone(Kind::Place, vec![Term::plain("b".repeat(65))]),
    ] {
        assert!(write(&wrong, &index()).is_err(), "{wrong:?}");
    }
    for right in
        [lone(Kind::Related, vec![Term::plain("b"); 255]), lone(Kind::Place, vec![Term::plain("b".repeat(64))])]
    {
        assert!(write(&right, &index()).is_ok(), "{right:?}");
    }
}

#[test]
fn words_are_of_one_index() {
    let bytes = write(&draft(), &index()).unwrap();
    let foreign = |index: &Index| Words::read(&bytes, index).map_err(|error| error.kind()).err();
    assert_eq!(foreign(&index()), None);
    let mut others = records();
    others[0].weight = 1;
    let other = Index::read(&engine::index::write(&others).unwrap()).unwrap();
    assert_eq!(foreign(&other), Some(ReadErrorKind::Foreign));
}

#[test]
fn words_are_named_anew_for_an_index_packed_by_another() {
    let file = engine::index::write(&records()).unwrap();
    let (tight, loose) = (index(), engine::index::seal(&engine::index::unpack(&file).unwrap(), 0));
    let words = write(&draft(), &tight).unwrap();
    let other = Index::read(&loose).unwrap();
    assert_ne!(tight.checksum(), other.checksum());
    assert!(Words::read(&words, &other).is_err());
    let renamed = of_index(&words, &loose).unwrap();
    assert_eq!(Words::read(&renamed, &other).unwrap(), Words::read(&words, &tight).unwrap());
    assert_eq!(of_index(&renamed, &file).unwrap(), words);
    assert!(of_index(&words, &loose[..20]).is_err() && of_index(b"no words", &loose).is_err());

    // Where another packer makes them smaller, only the name is changed.
    let pack = |payload: &[u8]| miniz_oxide::deflate::compress_to_vec(payload, 9);
    let large = engine::words::seal(&unpack(&words).unwrap(), 0);
    let repacked = engine::words::repacked(large, pack);
    assert_eq!(Words::read(&repacked, &tight).unwrap(), Words::read(&words, &tight).unwrap());
    let renamed = of_index(&repacked, &loose).unwrap();
    assert_eq!(Words::read(&renamed, &other).unwrap(), Words::read(&words, &tight).unwrap());
    assert_eq!(renamed[41..], repacked[41..]);
    assert_eq!(of_index(&renamed, &file).unwrap(), repacked);
}

#[test]
fn words_wait_for_values() {
    let parts = write_parts(&records()).unwrap();
    let mut index = Index::read(&parts.names).unwrap();
    assert!(write(&draft(), &index).is_err());
    index.add_values(&parts.values).unwrap();
    let bytes = write(&draft(), &index).unwrap();
    let words = Words::read(&bytes, &index).unwrap();
    assert_eq!(senses(&words), senses(&opened(&draft())));
    let names = Index::read(&parts.names).unwrap();
    assert_eq!(Words::read(&bytes, &names).map_err(|error| error.kind()), Err(ReadErrorKind::Foreign));
}

#[test]
fn every_flip_and_every_cut_is_an_error_or_works() {
    let index = index();
    let bytes = write(&draft(), &index).unwrap();
    for end in 0..bytes.len() {
        assert!(Words::read(&bytes[..end], &index).is_err(), "cut after {end}");
    }
    let mut payload = unpack(&bytes).unwrap();
    let (mut failed, mut worked) = (0, 0);
    // Behind the checksum of the index.
    for bit in 64..8 * payload.len() {
        payload[bit / 8] ^= 1 << (bit % 8);
        match Words::read(&seal(&payload, 0), &index) {
            Ok(words) => {
                assert_eq!(senses(&words).len(), words.senses().len());
                worked += 1;
            }
            Err(error) => {
                assert!(matches!(error.kind(), ReadErrorKind::Damaged { .. }), "{error}");
                failed += 1;
            }
        }
        payload[bit / 8] ^= 1 << (bit % 8);
    }
    assert!(failed > 0 && worked > 0, "{failed} {worked}");
}
