//! The automata against the definition: exhaustively on a small alphabet, and on generated cases.

mod common;

use common::{record, term};
use engine::Index;
use engine::Lexicon;
use engine::index::write;
use engine::matcher::{
    Beginning, By, Found, Keys, Layer, OverBytes, SHORT, Span, Texture, Value, Within, find_beginnings, find_inside,
    naive, prefixed,
};
use engine::query::Query;
use engine::record::{Readings, Shape, Term};
use fst::{IntoStreamer, Streamer};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Letters that collide: shared initials and finals, ü, less usual readings, no initial, Latin, silence, beyond the BMP.
const LETTERS: [(&str, &str); 11] = [
    ("安", "an"),
    ("那", "na/nei"),
    ("南", "nan"),
    ("昂", "ang"),
    ("吕", "lv"),
    ("鲁", "lu"),
    ("张", "zhang"),
    ("单", "shan/dan/chan"),
    ("𠀀", "an/na"),
    ("A", "-"),
    ("·", "-"),
];

fn name(letters: &[usize]) -> Term {
    let text: String = letters.iter().map(|i| LETTERS[*i].0).collect();
    let readings: Vec<&str> = letters.iter().map(|i| LETTERS[*i].1).collect();
    term(&text, &readings.join(" "))
}

fn index(names: &[Term]) -> Index {
    let records: Vec<_> =
        names.iter().enumerate().map(|(i, name)| record(&format!("p{i}"), Shape::Person, name.clone(), &[])).collect();
    Index::read(&write(&records).unwrap()).unwrap()
}

/// Every name with what `find` says of it, from its beginning and from within.
type Told = BTreeMap<String, (Option<(Layer, usize)>, Option<(Layer, usize, usize)>)>;

/// All that is found in names.
fn find_names(index: &Index, keys: &Keys<'_>, spans: &[Span], tell: &mut dyn FnMut(Range<u32>, Found)) {
    let inside = Within::new(keys, spans, Texture::Names);
    find_beginnings(index, keys, spans, tell);
    find_inside(index, &inside, &inside.holding(index.names().texts()), tell);
}

fn whole(query: &Query) -> Span {
    Span { start: 0, ends: 1 << query.keys().len() }
}

/// What else is typed, before and behind what is looked for: it changes nothing.
type Beside = (&'static str, &'static str);

fn told_by_automata(index: &Index, keys: &str, (before, behind): Beside) -> Told {
    let mut told = Told::new();
    let text = |name: u32| index.letters().text(index.names().texts().get(name));
    told.extend((0..index.names().texts().len() as u32).map(|name| (text(name), (None, None))));
    let query = Query::parse(&[before, keys, behind].join(" "));
    let lexicon = Lexicon::default();
    let from = before.chars().count();
    let span = Span { start: from, ends: 1 << (from + keys.chars().count()) };
    find_names(index, &Keys::new(index.letters(), &lexicon, &query), &[span], &mut |names, found| {
        assert_eq!((usize::from(found.from), 1 << found.to), (from, span.ends));
        assert_eq!(found.value, Value::Name(names.start));
        let Found { by: By::Letters(layer), start, end, .. } = found else { return };
        for name in names {
            let (first, within) = told.get_mut(&text(name)).unwrap();
            if start == 0 {
                let best = first.get_or_insert((layer, end as usize));
                *best = (*best).min((layer, end as usize));
            } else {
                assert_eq!(within.replace((layer, start as usize, end as usize)), None, "told twice");
            }
        }
    });
    told
}

fn told_by_definition(names: &[Term], keys: &str) -> Told {
    let latin = keys.chars().all(|key| key.is_ascii_alphanumeric() || key == 'ü');
    let within = |term: &Term| {
        let chars: Vec<char> = term.text().chars().collect();
        let long = chars.len() > SHORT;
        let begins_word =
            |start: usize| !(chars[start].is_ascii_alphanumeric() && chars[start - 1].is_ascii_alphanumeric());
        let matches =
            (1..chars.len()).filter(|start| chars[*start] != '·' && begins_word(*start)).filter_map(|start| {
                let (layer, end) = naive::find_at(term, start, keys)?;
                let counts = !long || matches!(layer, Layer::Literal | Layer::Full | Layer::Tail);
                (counts && !(latin && keys.chars().count() < 2)).then_some((layer, start, end))
            });
        matches.min_by_key(|(layer, start, _)| (*layer, *start))
    };
    names.iter().map(|term| (term.text().to_string(), (naive::find_at(term, 0, keys), within(term)))).collect()
}

#[test]
fn automata_agree_with_the_definition_exhaustively() {
    let n = LETTERS.len();
    let mut names: Vec<Term> = (0..n - 1).map(|a| name(&[a])).collect();
    names.extend((0..n - 1).flat_map(|a| (0..n).map(move |b| name(&[a, b]))));
    names.extend((0..n - 1).step_by(2).flat_map(|a| (0..n).flat_map(move |b| [0, 4, 9].map(|c| name(&[a, b, c])))));
    let index = index(&names);
    let keys = ["a", "n", "g", "l", "v", "y", "u", "安", "𠀀"];
    let two = keys.iter().flat_map(|a| keys.iter().map(move |b| format!("{a}{b}")));
    let three = two.clone().flat_map(|ab| keys.iter().map(move |c| format!("{ab}{c}")));
    for keys in keys.iter().map(|a| a.to_string()).chain(two).chain(three) {
        assert_eq!(told_by_automata(&index, &keys, ("", "")), told_by_definition(&names, &keys), "{keys}");
    }
}

fn names() -> impl Strategy<Value = Vec<Term>> {
    names_below(12)
}

/// Fewer names than so many.
fn names_below(most: usize) -> impl Strategy<Value = Vec<Term>> {
    let letters = prop::collection::vec(0..LETTERS.len(), 0..5);
    let one = (0..LETTERS.len() - 1, letters).prop_map(|(first, rest)| name(&[vec![first], rest].concat()));
    prop::collection::btree_map(any::<u16>(), one, 1..most).prop_map(|names| {
        let distinct: BTreeMap<String, Term> =
            names.into_values().map(|name| (name.text().to_string(), name)).collect();
        distinct.into_values().collect()
    })
}

fn keys() -> impl Strategy<Value = String> {
    let pieces = [
        "a", "an", "na", "nei", "nan", "ang", "lv", "lyu", "ly", "lü", "lu", "zh", "zhang", "z", "sh", "shan", "dan",
        "d", "2", "安", "张", "𠀀", "n",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 1..5).prop_map(|pieces| pieces.concat())
}

fn beside() -> impl Strategy<Value = Beside> {
    prop::sample::select(vec![("", ""), ("张", ""), ("", "南"), ("lu", "ang"), ("安a", "2")])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn automata_agree_with_the_definition(names in names(), keys in keys(), beside in beside()) {
        prop_assert_eq!(told_by_automata(&index(&names), &keys, beside), told_by_definition(&names, &keys));
    }

    /// The walk that reports ranges finds what the crate's own stream finds.
    #[test]
    fn the_walk_agrees_with_the_stream(names in names(), keys in keys()) {
        let index = index(&names);
        let (query, lexicon) = (Query::parse(&keys), Lexicon::default());
        let keys = Keys::new(index.letters(), &lexicon, &query);
        let mut walked = Vec::new();
        prefixed(&index, &Beginning::new(&keys, whole(&query)), &mut |names, _, _| walked.extend(names));
        walked.sort_unstable();
        walked.dedup();
        let beginning = Beginning::new(&keys, whole(&query));
        let automaton = OverBytes::new(&index, &beginning);
        // A stream ends keys only where the automaton matches, so every longer key is asked by its beginnings.
        let mut stream = index.names().fst().search(fst::Automaton::starts_with(automaton)).into_stream();
        let mut streamed = Vec::new();
        while let Some((key, _)) = stream.next() {
            streamed.push(key.to_vec());
        }
        let key = |name: u32| engine::index::key(index.letters(), index.names().pages(), index.names().texts().get(name));
        prop_assert_eq!(walked.into_iter().map(key).collect::<Vec<_>>(), streamed);
    }
}

proptest! {
    /// Looking for pieces that begin alike in one go finds what looking for each finds. (Not after `y`, which may begin `yu` for ü
    /// at the end of all keystrokes, and only there.)
    #[test]
    fn several_ends_are_several_searches(names in names(), first in keys(), rest in keys()) {
        prop_assume!(!first.ends_with('y'));
        let index = index(&names);
        let query = Query::parse(&format!("{first}{rest}"));
        prop_assume!(query.pieces() == 1);
        let lexicon = Lexicon::default();
        let (all, n) = (query.keys().len(), first.chars().count());
        let found = |ends: u64, n: usize| {
            let mut found = BTreeMap::new();
            find_names(&index, &Keys::new(index.letters(), &lexicon, &query), &[Span { start: 0, ends }], &mut |names, one| {
                for name in names.filter(|_| usize::from(one.to) == n) {
                    let place = (one.by, one.start, one.end);
                    let best = found.entry((name, one.start == 0)).or_insert(place);
                    *best = place.min(*best);
                }
            });
            found
        };
        let both = 1 << n | 1 << all;
        prop_assert_eq!(found(both, all), found(1 << all, all));
        prop_assert_eq!(found(both, n), found(1 << n, n));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    /// What is marked without looking is what is found by looking.
    #[test]
    fn marks_are_what_is_found(names in names_below(40), typed in prop::collection::vec(keys(), 1..4)) {
        let index = index(&names);
        let query = Query::parse(&typed.join(" "));
        let (lexicon, texts, n) = (Lexicon::default(), index.names().texts(), query.pieces());
        let keys = Keys::new(index.letters(), &lexicon, &query);
        // As they are looked for: all that may stand together from each piece on.
        let spans = (0..n).map(|first| {
            let ends = (first + 1..=n).take_while(|end| query.may_join(first..*end));
            let ends = ends.fold(0, |set, end| set | 1 << query.range(first..end).end);
            Span { start: query.range(first..first + 1).start, ends }
        });
        let within = Within::new(&keys, &spans.collect::<Vec<Span>>(), Texture::Names);
        let mut found = BTreeSet::new();
        within.scan(texts, &within.holding(texts), &mut |name, (layer, ..), from, to| {
            found.insert((from, to, name, layer == Layer::Reading));
        });
        let mut marked = BTreeSet::new();
        for marks in within.marks(texts) {
            marked.extend(marks.weak.iter().map(|name| (marks.from, marks.to, name, true)));
            marked.extend(marks.strong.iter().map(|name| (marks.from, marks.to, name, false)));
        }
        prop_assert_eq!(marked, found);
    }
}

#[test]
fn characters_without_readings_are_found_as_written() {
    let terms = [Term::new("吾守尔·斯拉木", vec![Readings::default(); 7]), Term::plain("Svante Pääbo")];
    let index = index(&terms);
    for keys in ["吾守尔斯拉木", "守尔", "斯拉", "svantepaabo", "paa", "pääbo"] {
        let folded: String = keys.chars().map(engine::text::fold).collect();
        let told = told_by_automata(&index, &folded, ("", ""));
        assert_eq!(told.values().filter(|(first, within)| first.is_some() || within.is_some()).count(), 1, "{keys}");
    }
}
