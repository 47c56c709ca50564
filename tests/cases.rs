//! What must be found on the sample directory, how it must match and what must be marked: two tables of hand-written cases, natively and in
//! browsers. `names.tsv` is about persons, `themes.tsv` about all else.

mod sample;

use engine::{Hit, How, Index, Lexicon, search};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// How many hits a name may bring that nobody has.
const MOST_WEAK: usize = 5;

/// The marked text of each part, `field=text` where the table is about fields, joined by `+`.
fn marked(hit: &Hit, with_field: bool) -> String {
    let part = |part: &engine::Matched| {
        let units: Vec<u16> = part.text.encode_utf16().collect();
        let marked = part.ranges.iter().flat_map(|(start, end)| &units[*start as usize..*end as usize]);
        let text = String::from_utf16(&marked.copied().collect::<Vec<u16>>()).expect("no character is cut");
        if with_field { format!("{}={text}", part.field.word()) } else { text }
    };
    hit.fields.iter().map(part).collect::<Vec<String>>().join("+")
}

/// What is wrong with the answer to one line, if anything is.
fn wrong(index: &Index, lexicon: &Lexicon, line: &str, with_field: bool) -> Option<String> {
    let mut columns = line.split('\t');
    let mut next = || columns.next().unwrap_or_default();
    let (query, rank, id, how, expected) = (next(), next(), next(), next(), next());
    let hits = search(index, lexicon, query, 10).hits;
    let fits = |hit: &Hit| hit.how.word() == how && marked(hit, with_field) == expected;
    let rank: usize = rank.parse().expect("the rank is a number");
    let fine = match (id, how) {
        ("-", "none") => hits.is_empty(),
        ("-", _) => hits.len() <= MOST_WEAK && hits.iter().all(|hit| hit.how >= How::Fragment),
        ("*", _) => hits.len() >= rank && hits[..rank].iter().all(fits),
        _ => {
            let is_meant = |hit: &&Hit| hit.roles.iter().any(|role| role.id == id);
            hits.iter().take(rank).find(is_meant).is_some_and(fits)
        }
    };
    let told = |hit: &Hit| format!("{} {} {}", hit.name, hit.how.word(), marked(hit, with_field));
    (!fine).then(|| format!("{line:?}: {:?}", hits.iter().take(rank.max(2)).map(told).collect::<Vec<String>>()))
}

fn all_wrong(table: &str, with_field: bool) -> Vec<String> {
    let index = sample::index();
    let lexicon = sample::lexicon(&index);
    let cases: Vec<&str> = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(cases.len() > 400, "the table is there");
    cases.into_iter().filter_map(|line| wrong(&index, &lexicon, line, with_field)).collect()
}

#[wasm_bindgen_test(unsupported = test)]
fn persons_are_found_as_people_type_them() {
    let wrong = all_wrong(include_str!("names.tsv"), false);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[wasm_bindgen_test(unsupported = test)]
fn organisations_disciplines_and_places_are_found_as_people_type_them() {
    let wrong = all_wrong(include_str!("themes.tsv"), true);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
