//! What keystrokes and a text have in common, against the definition: every way to read every part of one as a part of the other.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{record, term};
use engine::index::write;
use engine::matcher::{Keys, Layer, Run, Runs, Span, Texture, Within, naive, range};
use engine::query::Query;
use engine::record::{Shape, Term};
use engine::{Index, Lexicon};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Letters with their reading and all ways to type its whole syllable, but for a tone.
const LETTERS: [(&str, &str, &[&str]); 10] = [
    ("安", "an", &["an"]),
    ("昂", "ang", &["ang"]),
    ("那", "na", &["na"]),
    ("南", "nan", &["nan"]),
    ("吕", "lv", &["lv", "lu", "lü", "lyu"]),
    ("鲁", "lu", &["lu", "lü"]),
    ("张", "zhang", &["zhang"]),
    ("单", "shan/dan", &["shan"]),
    ("A", "-", &[]),
    ("·", "-", &[]),
];

fn name(letters: &[usize]) -> Term {
    let text: String = letters.iter().map(|i| LETTERS[*i].0).collect();
    term(&text, &letters.iter().map(|i| LETTERS[*i].1).collect::<Vec<&str>>().join(" "))
}

fn names() -> impl Strategy<Value = Vec<Term>> {
    let one = prop::collection::vec(0..LETTERS.len(), 1..6)
        .prop_filter("it says something", |letters| letters.iter().any(|i| LETTERS[*i].0 != "·"));
    prop::collection::vec(one, 1..8).prop_map(|names| {
        let distinct: BTreeMap<String, Term> =
            names.iter().map(|letters| name(letters)).map(|name| (name.text().to_string(), name)).collect();
        distinct.into_values().collect()
    })
}

fn keys() -> impl Strategy<Value = String> {
    let pieces = [
        "a", "an", "na", "nan", "ang", "lv", "lyu", "ly", "lü", "lu", "zh", "zhang", "sh", "shan", "dan", "2", "安",
        "张", "南", "n",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 1..6).prop_map(|pieces| pieces.concat())
}

/// Hands over an index of the names and the keystrokes; nothing where the query leaves some out.
fn with_keys(names: &[Term], typed: &str, then: impl FnOnce(&Index, &Keys<'_>)) {
    let records: Vec<_> =
        names.iter().enumerate().map(|(i, name)| record(&format!("p{i}"), Shape::Person, name.clone(), &[])).collect();
    let index = Index::read(&write(&records).unwrap()).unwrap();
    let (query, lexicon) = (Query::parse(typed), Lexicon::default());
    if query.keys().len() == typed.chars().count() {
        then(&index, &Keys::new(index.letters(), &lexicon, &query));
    }
}

/// Every way to spend keystrokes from `at` on, none of them beyond `limit`, by one letter: one past the last, and by what.
fn spendings(letter: char, keys: &[char], at: usize, limit: usize) -> Vec<(usize, Layer)> {
    let mut ways = Vec::new();
    if keys.get(at) == letter.to_lowercase().next().as_ref() {
        ways.push((at + 1, Layer::Literal));
    }
    let left: String = keys.get(at..limit).unwrap_or_default().iter().collect();
    let (.., spellings) = LETTERS.iter().find(|(own, ..)| own.starts_with(letter)).unwrap();
    for spelling in *spellings {
        for tone in ["", "1", "2", "3", "4", "5"] {
            if left.starts_with(&format!("{spelling}{tone}")) {
                ways.push((at + spelling.chars().count() + tone.len(), Layer::Full));
            }
        }
    }
    if !left.is_empty() && spellings.iter().any(|spelling| spelling.starts_with(&left) && *spelling != left) {
        ways.push((limit, Layer::Tail));
    }
    ways
}

/// The keystrokes and letters of a run, and its layer.
type Told = ((usize, usize), (usize, usize), Layer);

/// Every run of a text that begins at a letter and a keystroke and goes on from another letter and keystroke.
fn extend(text: &[char], keys: &[char], cuts: u64, run: Option<Told>, (letter, key): (usize, usize)) -> Vec<Told> {
    let mut told = Vec::new();
    let Some(c) = text.get(letter) else { return told };
    if *c == '·' {
        return if run.is_some() { extend(text, keys, cuts, run, (letter + 1, key)) } else { told };
    }
    if run.is_some() && cuts >> key & 1 == 1 {
        return told;
    }
    let limit = (key + 1..keys.len()).find(|key| cuts >> key & 1 == 1).unwrap_or(keys.len());
    for (end, layer) in spendings(*c, keys, key, limit) {
        let longer = match run {
            None => ((key, end), (letter, letter + 1), layer),
            Some((keys, letters, before)) => {
                // Whole syllables may end in one that is still being typed.
                let is_one = before == layer || (before, layer) == (Layer::Full, Layer::Tail);
                let layer = if is_one { layer } else { Layer::Mixed };
                ((keys.0, end), (letters.0, letter + 1), layer)
            }
        };
        if layer != Layer::Tail {
            told.push(longer);
            told.extend(extend(text, keys, cuts, Some(longer), (letter + 1, end)));
        } else if run.is_some() {
            told.push(longer);
        }
    }
    told
}

/// All runs of a text: of two letters or more, or the whole text, or its first letter and the last keystroke.
fn runs_by_definition(text: &[char], keys: &[char], cuts: u64) -> BTreeSet<Told> {
    let begins = |letter: &usize| *letter == 0 || text[*letter] != 'A' || text[letter - 1] != 'A';
    let all = (0..text.len())
        .filter(begins)
        .flat_map(|letter| (0..keys.len()).flat_map(move |key| extend(text, keys, cuts, None, (letter, key))));
    let counts =
        |((_, to), (start, end), _): &Told| end - start > 1 || text.len() == 1 || (*start == 0 && *to == keys.len());
    all.filter(counts).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn runs_agree_with_the_definition(
        names in names(),
        typed in keys(),
        cuts in prop_oneof![Just(0u64), any::<u64>()],
        left_out in prop_oneof![Just(0u64), any::<u64>()],
    ) {
        with_keys(&names, &typed, |index, keys| {
            let cuts = cuts & range(1, keys.all().len());
            let is_hanzi = |at: &usize| !keys.all()[*at].is_ascii_alphanumeric() && keys.all()[*at] != 'ü';
            let hanzi = (0..keys.all().len()).filter(is_hanzi).fold(0, |set, at| set | 1 << at);
            let left_out = left_out & hanzi;
            // What is left out is as if no letter were it.
            let masked = |(at, key): (usize, &char)| if left_out >> at & 1 == 1 { '\u{1}' } else { *key };
            let typed_in: Vec<char> = keys.all().iter().enumerate().map(masked).collect();
            let runs = Runs::new(keys, cuts, left_out);
            let texts = index.names().texts();
            let mut looked_through: Vec<u32> = Vec::new();
            runs.holding(texts).each(&mut |number| looked_through.push(number));
            let spent = runs.spent();
            for (number, text) in (0..).zip(texts.iter()) {
                let covered = runs.covered(text);
                let own = spent.iter().filter(|(id, _)| text.contains(id)).fold(0, |set, (_, keys)| set | keys);
                assert_eq!(covered & !own, 0, "{typed} {cuts:b}");
                assert!(covered == 0 || looked_through.contains(&number), "{typed} {cuts:b}");
                let told = |runs: Vec<Run>| -> BTreeSet<Told> {
                    runs.into_iter().map(|run| (run.keys, run.letters, run.layer)).collect()
                };
                let chars: Vec<char> = index.letters().text(text).chars().collect();
                let expected = runs_by_definition(&chars, &typed_in, cuts);
                assert_eq!(told(runs.all(text)), expected, "{chars:?} {typed} {cuts:b} {left_out:b}");
                let is_whole = |(_, letters, _): &&Told| *letters == (0, text.len());
                assert_eq!(told(runs.whole(text)), expected.iter().filter(is_whole).copied().collect());
                let is_more = |((_, to), (start, end), _): &&Told| end - start > 1 || (*start == 0 && *to == keys.all().len());
                let union = expected.iter().filter(is_more).fold(0, |set, ((from, to), ..)| set | range(*from, *to));
                assert_eq!(covered, union, "{chars:?} {typed} {cuts:b}");
            }
        });
    }

    #[test]
    fn whole_spans_agree_with_the_definition(
        names in names(),
        typed in keys(),
        spans in prop::collection::vec((0usize..12, 1u64..1 << 12), 1..4),
    ) {
        with_keys(&names, &typed, |index, keys| {
            let all = keys.all();
            let spans = spans.iter().map(|(start, ends)| (start % all.len(), ends));
            // `y` may begin `yu` for ü at the end of all keystrokes only.
            let may_end = |to: &usize| *to == all.len() || all[to - 1] != 'y';
            let spans = spans.map(|(start, ends)| {
                let ends = (start + 1..=all.len()).filter(|to| ends >> (to - start - 1) & 1 == 1).filter(may_end);
                Span { start, ends: ends.fold(0, |set, to| set | 1 << to) }
            });
            let spans: Vec<Span> = spans.filter(|span| span.ends != 0).collect();
            let texts = index.names().texts();
            let mut told = BTreeSet::new();
            let within = Within::new(keys, &spans, Texture::Values);
            within.scan(texts, &within.holding(texts), &mut |number, part, from, to| {
                told.insert((number, from, to, part));
            });
            let mut expected = BTreeSet::new();
            for (number, text) in (0..).zip(texts.iter()) {
                let shown = index.letters().text(text);
                let term = names.iter().find(|name| name.text() == shown).unwrap();
                for span in &spans {
                    for to in (0..64).filter(|to| span.ends >> to & 1 == 1) {
                        if let Some(part) = best_by_definition(term, &all[span.start..to]) {
                            expected.insert((number, span.start, to, part));
                        }
                    }
                }
            }
            assert_eq!(told, expected, "{typed} {spans:?}");
        });
    }
}

/// The best place of keystrokes in a term, of equals the first: by characters, or by whole syllables of two letters or more.
fn best_by_definition(term: &Term, keys: &[char]) -> Option<(Layer, u32, u32)> {
    if keys.len() < 2 && keys[0].is_ascii_alphanumeric() {
        return None;
    }
    let chars: Vec<char> = term.text().chars().collect();
    let typed: String = keys.iter().collect();
    let begins =
        |start: &usize| chars[*start] != '·' && (*start == 0 || chars[*start] != 'A' || chars[start - 1] != 'A');
    let places = (0..chars.len()).filter(begins).filter_map(|start| {
        let (layer, end) = naive::find_at(term, start, &typed)?;
        let counts = layer == Layer::Literal || (matches!(layer, Layer::Full | Layer::Tail) && end - start > 1);
        counts.then_some((layer, start as u32, end as u32))
    });
    places.min_by_key(|(layer, start, _)| (*layer, *start))
}
