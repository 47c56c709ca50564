//! What visitors type, class by class, on the sample directory: `relevance/queries.tsv` says whom they mean.
//!
//! Each line is a class, a query, a need, k and ids. A query succeeds when, by its need, `any` of the ids stands among the first k
//! hits; the first hits are `all` among the ids (k of them, or as many as there are); there is `none`; or, for a name that is
//! not in the directory (`absent`), at most k hits come and none by a strong match.
#![cfg(not(target_arch = "wasm32"))]

mod sample;

use engine::{Hit, How, Index, Lexicon, search};
use std::collections::{BTreeMap, BTreeSet};

/// The classes that must succeed, in percent.
const FLOORS: [(&str, usize); 31] = [
    ("absent_name", 100),
    ("homophone", 98),
    ("pinyin_fuzzy", 98),
    ("pinyin_typo", 98),
    ("shape_typo", 98),
    ("traditional", 98),
    ("wildcard", 98),
    ("field_exact", 100),
    ("field_pinyin", 100),
    ("fullwidth_case", 100),
    ("given_name", 95),
    ("hanzi_pinyin_mixed", 95),
    ("initials", 95),
    ("initials_mixed", 100),
    ("latin_alias", 100),
    ("name_exact", 100),
    ("name_org", 95),
    ("name_prefix2", 100),
    ("nonsense", 100),
    ("org_exact", 100),
    ("org_field_joined", 90),
    ("org_field_spaced", 90),
    ("org_part", 95),
    ("org_pinyin", 95),
    ("pinyin_full", 100),
    ("pinyin_prefix", 95),
    ("pinyin_spaced", 100),
    ("pinyin_western", 95),
    ("reading", 100),
    ("station", 100),
    ("tones", 100),
];

fn is_strong(how: How) -> bool {
    how < How::Fragment
}

fn succeeds(index: &Index, lexicon: &Lexicon, query: &str, need: &str, k: usize, ids: &BTreeSet<&str>) -> bool {
    let hits = search(index, lexicon, query, 10).hits;
    let is_meant = |hit: &Hit| hit.roles.iter().any(|role| ids.contains(role.id.as_str()));
    match need {
        "none" => hits.is_empty(),
        "absent" => hits.len() <= k && !hits.iter().any(|hit| is_strong(hit.how)),
        "any" => hits.iter().take(k).any(is_meant),
        "all" => {
            let first: Vec<&Hit> = hits.iter().take(k.min(ids.len())).collect();
            let named = hits.iter().flat_map(|hit| &hit.roles).filter(|role| ids.contains(role.id.as_str())).count();
            let enough = first.len() == k.min(ids.len()) || named == ids.len();
            !first.is_empty() && first.into_iter().all(is_meant) && enough
        }
        other => panic!("no such need: {other}"),
    }
}

#[test]
fn visitors_find_whom_they_mean() {
    let index = sample::index();
    let lexicon = sample::lexicon(&index);
    let mut classes: BTreeMap<&str, (usize, Vec<&str>)> = BTreeMap::new();
    for line in include_str!("relevance/queries.tsv").lines().skip(1) {
        let [class, query, need, k, ids] = line.split('\t').collect::<Vec<&str>>()[..] else {
            panic!("five columns: {line}")
        };
        let ids = ids.split(' ').collect();
        let (all, missed) = classes.entry(class).or_default();
        *all += 1;
        if !succeeds(&index, &lexicon, query, need, k.parse().expect("k is a number"), &ids) {
            missed.push(query);
        }
    }
    let mut short = Vec::new();
    for (class, floor) in FLOORS {
        let (all, missed) = &classes[class];
        let percent = 100 * (all - missed.len()) / all;
        if percent < floor {
            short.push(format!("{class}: {percent} % of {all}, {floor} % needed; missed {missed:?}"));
        }
    }
    assert!(short.is_empty(), "\n{}", short.join("\n"));
}
