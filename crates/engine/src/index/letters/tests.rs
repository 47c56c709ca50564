//! Letters come back as they were written; what a grapheme is; the bounds of an alphabet.

use super::*;
use crate::error::Section;

/// A term whose characters are read as the space-separated words say; `-` is no reading, `/` joins other readings.
pub(crate) fn term(text: &str, readings: &str) -> Term {
    let reading = |word: &str| match word {
        "-" => Readings::default(),
        _ => Readings(word.split('/').map(|s| Syllable::parse(s).unwrap()).collect()),
    };
    Term::new(text, readings.split(' ').map(reading).collect())
}

#[test]
fn letters_come_back_as_written() {
    let terms = [term("单田芳", "shan/dan/chan tian fang"), term("简单a·", "jian dan - -"), term("呣", "m")];
    let letters = Letters::of(terms.iter()).unwrap();
    let mut bytes = Vec::new();
    letters.put(&mut bytes);
    assert_eq!(Letters::take(&mut Reader::new(&bytes, Section::Letters), &mut Allowance::of(&bytes)).unwrap(), letters);
    assert_eq!(letters.folding_to('单').count(), 2);
    let shan = letters.spell(&terms[0])[0];
    assert!(letters.begun_by_initial(Syllable::parse("shan").unwrap().initial()).contains(&shan));
    assert_eq!(letters.unread().len(), 2);

    let mut text = Vec::new();
    letters.put_text(&mut text, &[shan, 0, 1]);
    let mut back = Vec::new();
    letters.take_text(&mut Reader::new(&text, Section::Letters), 3, &mut back).unwrap();
    assert_eq!(back, [shan, 0, 1]);
}

#[test]
fn a_grapheme_is_one_letter() {
    let text = "葛\u{e0100}洪e\u{301}👩‍🔬u\u{308}";
    let terms = [Term::plain(text), Term::plain("葛e")];
    let letters = Letters::of(terms.iter()).unwrap();
    let mut bytes = Vec::new();
    letters.put(&mut bytes);
    assert_eq!(Letters::take(&mut Reader::new(&bytes, Section::Letters), &mut Allowance::of(&bytes)).unwrap(), letters);
    let spelled = letters.spell(&terms[0]);
    assert_eq!(letters.text(&spelled), text);
    let lengths: Vec<u32> = spelled.iter().map(|id| letters.utf16_length(&[*id])).collect();
    assert_eq!(lengths, [3, 1, 2, 5, 2]);
    assert_eq!(spelled.iter().map(|id| letters.folded(*id)).collect::<String>(), "葛洪e👩ü");
    assert_eq!(letters.text(&letters.spell(&terms[1])), "葛e");
    assert_eq!(letters.ascii(b'e').map(|id| letters.text(&[id])), Some("e".to_string()));
    assert_eq!(letters.ascii(b'u'), None);
}

#[test]
fn what_is_typed_as_it_is_has_no_readings() {
    let an = Syllable::parse("an").unwrap();
    for (text, is_read) in
        [("b", false), ("Ｂ", false), ("É", false), ("u\u{308}", false), ("7", false), ("〇", true), ("安", true)]
    {
        let readings = vec![Readings(vec![an]); text.chars().count()];
        let written = Letters::of([Term::new(text, readings)].iter()).unwrap();
        assert_eq!(written.unread().is_empty(), is_read, "{text}");
        let mut letters = Letters::with_room(1);
        let mut chars = text.chars();
        letters.push(chars.next().unwrap(), chars.as_str(), &[an]);
        let mut bytes = Vec::new();
        letters.finished(vec![0]).put(&mut bytes);
        let read = Letters::take(&mut Reader::new(&bytes, Section::Letters), &mut Allowance::of(&bytes));
        assert_eq!(read.is_ok(), is_read, "{text}");
    }
}

#[test]
fn more_marks_than_a_letter_may_have_are_letters_of_their_own() {
    let text = format!("e{}", "\u{301}".repeat(700));
    let letters = Letters::of([Term::plain(text.clone())].iter()).unwrap();
    let mut bytes = Vec::new();
    letters.put(&mut bytes);
    let letters = Letters::take(&mut Reader::new(&bytes, Section::Letters), &mut Allowance::of(&bytes)).unwrap();
    let spelled = letters.spell(&Term::plain(text.clone()));
    assert_eq!((spelled.len(), letters.text(&spelled)), (3, text));
}

#[test]
fn a_large_alphabet_gives_up_its_common_letters() {
    let text: String = (0x4e00..0x4e00 + 40_000).filter_map(char::from_u32).collect();
    let letters = Letters::of([Term::plain(text)].iter()).unwrap();
    let all: Vec<LetterId> = (0..letters.len() as LetterId).collect();
    let (mut bytes, mut back) = (Vec::new(), Vec::new());
    letters.put_text(&mut bytes, &all);
    letters.take_text(&mut Reader::new(&bytes, Section::Letters), all.len(), &mut back).unwrap();
    assert_eq!(back, all);
}

#[test]
fn letters_that_an_index_lacks_are_joined_in_order() {
    let terms = [term("单田芳b", "shan/dan/chan tian fang -"), term("单于a芳e\u{301}", "chan/shan yu - fang - -")];
    let [index, words] = [&terms[..1], &terms[1..]].map(|terms| Letters::of(terms.iter()).unwrap());
    let lacking = index.lacking(&words);
    assert_eq!(lacking.text(&(0..lacking.len() as LetterId).collect::<Vec<LetterId>>()), "ae\u{301}单于");
    let (joined, places) = index.joined(&lacking).unwrap();
    let both = Letters::of(terms.iter()).unwrap();
    assert_eq!(joined.len(), both.len());
    assert!((0..both.len() as LetterId).all(|id| joined.key(id) == both.key(id) && joined.group(5) == both.group(5)));
    for (id, place) in (0..).zip(&places) {
        assert!(index.key(id) == joined.key(*place));
    }
    for term in &terms {
        assert_eq!(joined.spell(term), both.spell(term));
    }
    let common: Vec<LetterId> = index.common.iter().map(|id| places[usize::from(*id)]).collect();
    assert_eq!(joined.common, common);
    assert!(joined.joined(&lacking).is_none(), "no letter is in both");
    assert!(joined.lacking(&words).is_empty());
}

#[test]
fn joined_letters_are_no_more_than_an_alphabet_has() {
    let alphabet = |chars: std::ops::Range<u32>| {
        let text: String = chars.filter_map(char::from_u32).collect();
        Letters::of([Term::plain(text)].iter()).unwrap()
    };
    let many = alphabet(0x20000..0x20000 + MAX_LETTERS as u32 - 1);
    let (joined, _) = many.joined(&alphabet(0x4e00..0x4e01)).unwrap();
    assert_eq!((joined.len(), joined.common.len()), (MAX_LETTERS, 0));
    assert!(many.joined(&alphabet(0x4e00..0x4e02)).is_none());
}
