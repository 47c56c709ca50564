//! The file of words: what is written comes back, and damage is an error or a working file, never a panic.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::term;
use engine::Words;
use engine::error::ReadErrorKind;
use engine::record::Term;
use engine::words::{Class, Draft, Kind, seal, unpack, write};

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
    let words = Words::read(&write(&draft()).unwrap()).unwrap();
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
fn words_lead_to_words_that_are_typed_and_to_words_that_others_led_to() {
    let names = ["a", "b", "c", "d", "e", "f"];
    // By number each word of `names` that is typed, and those it leads to: before and behind itself, new and known.
    for leads in [
        vec![(0, vec![1, 2]), (1, vec![0, 2]), (2, vec![1, 0])],
        vec![(0, vec![3, 4]), (1, vec![3, 5]), (2, vec![4, 3, 5, 0])],
        vec![(0, vec![5]), (0, vec![1]), (5, vec![0, 4]), (4, vec![5, 3, 2, 1, 0])],
    ] {
        let plain = |at: &usize| Term::plain(names[*at]);
        for kind in [Kind::Nickname, Kind::Place, Kind::Related] {
            let senses = leads.iter().map(|(typed, to)| (plain(typed), kind, to.iter().map(plain).collect()));
            let parts = names.iter().map(|name| (Term::plain(*name), Class::Word)).collect();
            let words = Words::read(&write(&Draft { senses: senses.collect(), parts }).unwrap()).unwrap();
            let texts = |to: &[usize]| to.iter().map(|at| names[*at].to_string()).collect::<Vec<String>>();
            let mut expected: Vec<_> =
                leads.iter().map(|(typed, to)| (names[*typed].to_string(), kind, texts(to))).collect();
            expected.sort_by_key(|(typed, _, to)| (to.clone(), typed.clone()));
            assert_eq!(self::senses(&words), expected);
            let mut parts: Vec<String> = words.parts().map(|(word, _)| word.into_iter().collect()).collect();
            parts.sort();
            assert_eq!(parts, names, "a part stands once, however it is typed");
        }
    }
}

#[test]
fn the_order_of_words_does_not_show() {
    let mut turned = draft();
    turned.senses.reverse();
    turned.parts.reverse();
    assert_eq!(write(&turned), write(&draft()));
}

#[test]
fn what_does_not_fit_is_an_error() {
    let lone = |kind, targets| Draft { senses: vec![(Term::plain("a"), kind, targets)], parts: vec![] };
    for wrong in [
        lone(Kind::Nickname, vec![]),
        lone(Kind::Filler, vec![Term::plain("b")]),
        lone(Kind::Related, vec![Term::plain("b"); 256]),
        lone(Kind::Related, vec![Term::plain("a")]),
        lone(Kind::Place, vec![Term::plain("b".repeat(65))]),
    ] {
        assert!(write(&wrong).is_err(), "{wrong:?}");
    }
}

#[test]
fn every_flip_and_every_cut_is_an_error_or_works() {
    let bytes = write(&draft()).unwrap();
    for end in 0..bytes.len() {
        assert!(Words::read(&bytes[..end]).is_err(), "cut after {end}");
    }
    let mut payload = unpack(&bytes).unwrap();
    let (mut failed, mut worked) = (0, 0);
    for bit in 0..8 * payload.len() {
        payload[bit / 8] ^= 1 << (bit % 8);
        match Words::read(&seal(&payload, 0)) {
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
