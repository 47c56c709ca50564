//! The labelled queries: what people type and whom they mean, by tests/relevance.

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::{collections::HashSet, path::Path};

/// One line of the file.
#[derive(Clone, Serialize, Deserialize)]
pub struct Query {
    pub class: String,
    pub query: String,
    /// `any`, `all`, `none` or `absent`, as tests/relevance.rs explains.
    pub need: String,
    pub k: usize,
    pub ids: String,
}

impl Query {
    /// Whether these hits, of each its ids, answer the query; nothing where that needs to know how they matched.
    pub fn is_answered(&self, hits: &[Vec<String>]) -> Option<bool> {
        let ids: HashSet<&str> = self.ids.split(' ').collect();
        let is_meant = |hit: &Vec<String>| hit.iter().any(|id| ids.contains(id.as_str()));
        match self.need.as_str() {
            "none" => Some(hits.is_empty()),
            "any" => Some(hits.iter().take(self.k).any(is_meant)),
            "all" => {
                let first = &hits[..hits.len().min(self.k.min(ids.len()))];
                let named = hits.iter().flatten().filter(|id| ids.contains(id.as_str())).count();
                let are_enough = first.len() == self.k.min(ids.len()) || named == ids.len();
                Some(!first.is_empty() && first.iter().all(is_meant) && are_enough)
            }
            _ => None,
        }
    }
}

/// All queries of a tab-separated file.
pub fn read(file: &Path) -> Result<Vec<Query>> {
    let reader = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_path(file);
    let mut reader = reader.with_context(|| format!("cannot read {}", file.display()))?;
    let queries: Vec<Query> = reader.deserialize().collect::<Result<_, _>>()?;
    if queries.is_empty() {
        bail!("{} holds no query", file.display());
    }
    Ok(queries)
}

/// At most so many, evenly from all: the times of a class settle long before.
pub fn thinned(queries: &[Query], most: usize) -> Vec<Query> {
    let most = most.min(queries.len());
    let step = queries.len() as f64 / most as f64;
    (0..most).map(|at| queries[(at as f64 * step) as usize].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Query, thinned};

    fn query(need: &str, k: usize, ids: &str) -> Query {
        Query { class: "c".into(), query: ids.into(), need: need.into(), k, ids: ids.into() }
    }

    #[test]
    fn hits_answer_by_need() {
        let hits = |text: &str| -> Vec<Vec<String>> {
            text.split_whitespace().map(|hit| hit.split('+').map(String::from).collect()).collect()
        };
        for (need, k, ids, found, answered) in [
            ("any", 2, "a b", "x b", Some(true)),
            ("any", 1, "a b", "x b", Some(false)),
            ("all", 3, "a b", "a b x", Some(true)),
            ("all", 3, "a b", "a x b", Some(false)),
            ("all", 3, "a b", "a+b", Some(true)),
            ("all", 3, "a b", "a", Some(false)),
            ("none", 0, "", "", Some(true)),
            ("none", 0, "", "x", Some(false)),
            ("absent", 3, "", "x", None),
        ] {
            assert_eq!(query(need, k, ids).is_answered(&hits(found)), answered, "{need} {ids} {found}");
        }
    }

    #[test]
    fn thinning_is_even() {
        let queries: Vec<Query> = (0..10).map(|n| query("any", 1, &n.to_string())).collect();
        let texts: Vec<String> = thinned(&queries, 3).into_iter().map(|query| query.query).collect();
        assert_eq!(texts, ["0", "3", "6"]);
        assert_eq!(thinned(&queries, 20).len(), 10);
    }
}
