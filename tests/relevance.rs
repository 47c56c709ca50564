//! What visitors type, class by class, on the sample directory: `relevance/queries.tsv` says whom they mean.
//!
//! Each line is a class, a query, a need, k and ids. A query succeeds when, by its need, `any` of the ids stands among the first k
//! hits; the first hits are `all` among the ids (k of them, or as many as there are); there is `none`; or, for a name that is
//! not in the directory (`absent`), at most k hits come and none by a strong match.
#![cfg(not(target_arch = "wasm32"))]

mod sample;

use engine::{Hit, How, Index, Lexicon, search};
use std::collections::{BTreeMap, BTreeSet};

/// A class may miss a twentieth of its queries, or this many: some names are truly ambiguous.
const MOST_MISSED: usize = 2;

/// Of all queries no more may be missed than this, in thousandths.
const MOST_OF_A_THOUSAND: usize = 10;

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
    for (class, (all, missed)) in &classes {
        if missed.len() > (all / 20).max(MOST_MISSED) {
            short.push(format!("{class}: missed {} of {all}: {missed:?}", missed.len()));
        }
    }
    assert!(short.is_empty(), "\n{}", short.join("\n"));
    let (all, missed) = classes.values().fold((0, 0), |sum, (all, missed)| (sum.0 + all, sum.1 + missed.len()));
    assert!(1000 * missed <= MOST_OF_A_THOUSAND * all, "missed {missed} of {all}");
}
