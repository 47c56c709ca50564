//! What a page of results shows: the records of a query, or all of them, filtered, counted by group and put in order.
//!
//! ```text
//! Index ──Browser::new──▶ groups: the values of each record, once
//! Request ──text──▶ records, best first ──filters──▶ those that pass all ──order──▶ the ones on this page
//!                                            └─ those that fail in one group alone still count there
//! ```

mod groups;
mod related;

pub use groups::{Group, Value};
pub use related::{Link, Related, find, related};

use crate::index::Index;
use crate::matcher::Lexicon;
use crate::rank::{self, Hit};
use groups::Table;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What the visitor typed; empty for all records.
    pub text: String,
    /// A record passes a group if it has any of the values named for it, and must pass every group.
    pub filters: Vec<Filter>,
    /// In which order.
    pub order: Order,
    /// How many hits come before the first one wanted.
    pub from: usize,
    /// How many hits are wanted.
    pub limit: usize,
    /// How many values of a group are listed.
    pub values: usize,
    /// The group of which all values are listed.
    pub whole: Option<Group>,
    /// Whether groups of one value are told too: with those of another directory they may part the records.
    pub lone: bool,
}

/// One value that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// In which group.
    pub group: Group,
    /// As shown; empty for records that state none.
    pub value: String,
}

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Best match first; of all records, by name.
    Match,
    /// By the pinyin of the name, A to Z.
    Name,
    /// By the strokes of the surname, then by name; those that have no number last.
    Strokes,
    /// By the latest year stated, newest first, then by name.
    Newest,
}

impl Order {
    /// The order that this word names: `match`, `name`, `strokes`, `newest`.
    pub fn named(word: &str) -> Option<Order> {
        Some(match word {
            "match" => Order::Match,
            "name" => Order::Name,
            "strokes" => Order::Strokes,
            "newest" => Order::Newest,
            _ => return None,
        })
    }
}

/// What a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// How many records pass.
    pub total: usize,
    /// Those asked for.
    pub hits: Vec<Hit>,
    /// What of the query the best match, filtered or not, does not explain.
    pub missing: Vec<String>,
    /// The groups that part the records, with what each value would find.
    pub groups: Vec<Counted>,
}

/// A group with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Which.
    pub group: Group,
    /// Selected ones, then those with most records; years and strokes in their own order.
    pub values: Vec<Value>,
    /// How many values with records are not listed.
    pub more: usize,
    /// The records that state none.
    pub unstated: Value,
}

/// The tables that browsing needs, made once from an index.
pub struct Browser {
    tables: Vec<Table>,
    /// The records in the order of names.
    names: Vec<u32>,
    /// By record, its place in that order.
    places: Vec<u32>,
}

impl Browser {
    /// Makes the tables. `strokes` lists characters by their number of strokes: first those of none, a space, those of one and so on.
    pub fn new(index: &Index, strokes: &str) -> Browser {
        let tables: Vec<Table> = Group::ALL.iter().map(|group| Table::of(index, *group, strokes)).collect();
        let letters = &tables[Group::Letter as usize];
        // An initial that is none has the first code, so A, E and O would stand before B in the order of names.
        let key = |record: u32| (letters.first(record).map_or("~", String::as_str), index.name(record), record);
        let names: Vec<u32> =
            sorted((0..index.len() as u32).map(key)).into_iter().map(|(_, _, record)| record).collect();
        let mut places = vec![0; index.len()];
        for (place, record) in (0..).zip(&names) {
            places[*record as usize] = place;
        }
        Browser { tables, names, places }
    }

    fn table(&self, group: Group) -> &Table {
        &self.tables[group as usize]
    }

    /// Answers a request. Never fails: what nothing has finds nothing.
    pub fn page(&self, index: &Index, lexicon: &Lexicon, request: &Request) -> Page {
        let mut page = Page { total: 0, hits: Vec::new(), missing: Vec::new(), groups: Vec::new() };
        let choose = |page: &mut Page, records: Vec<u32>| {
            let passed = self.filter(request, &records, page);
            page.total = passed.len();
            let ordered = self.order(request, passed);
            ordered.into_iter().skip(request.from).take(request.limit).collect::<Vec<u32>>()
        };
        if request.text.trim().is_empty() {
            let chosen = choose(&mut page, self.names.clone());
            page.hits = chosen.into_iter().map(|record| rank::shown(index, record)).collect();
        } else {
            let answer = rank::choose(index, lexicon, &request.text, |records| choose(&mut page, records));
            (page.hits, page.missing) = (answer.hits, answer.missing);
        }
        page
    }

    /// The records that pass, in the order given; counts the groups.
    fn filter(&self, request: &Request, records: &[u32], page: &mut Page) -> Vec<u32> {
        let wanted: Vec<Option<Vec<bool>>> = self.tables.iter().map(|table| table.wanted(&request.filters)).collect();
        let mut counts: Vec<Vec<u32>> = self.tables.iter().map(|table| vec![0; table.values().len() + 1]).collect();
        let mut passed = Vec::new();
        for record in records {
            let mut failed = wanted
                .iter()
                .zip(&self.tables)
                .enumerate()
                .filter(|(_, (wanted, table))| wanted.as_ref().is_some_and(|wanted| !table.passes(*record, wanted)))
                .map(|(at, _)| at);
            let (first, second) = (failed.next(), failed.next());
            if second.is_some() {
                continue;
            }
            for (at, (table, counts)) in self.tables.iter().zip(&mut counts).enumerate() {
                if first.is_none_or(|failed| failed == at) {
                    table.count(*record, counts);
                }
            }
            if first.is_none() {
                passed.push(*record);
            }
        }
        for ((table, counts), wanted) in self.tables.iter().zip(&counts).zip(&wanted) {
            let is_whole = request.whole == Some(table.group()) || table.group().is_row();
            let most = if is_whole { usize::MAX } else { request.values };
            page.groups.extend(table.counted(counts, wanted.as_deref(), most, request.lone));
        }
        passed
    }

    fn order(&self, request: &Request, records: Vec<u32>) -> Vec<u32> {
        let place = |record: &u32| self.places[*record as usize];
        let number = |group: Group, record: &u32| self.table(group).numbers(*record).max();
        match request.order {
            Order::Match => records,
            Order::Name => last(sorted(records.into_iter().map(|record| (place(&record), record)))),
            Order::Strokes => {
                let strokes = |record: &u32| number(Group::Strokes, record).unwrap_or(u32::MAX);
                last(sorted(records.into_iter().map(|record| ((strokes(&record), place(&record)), record))))
            }
            Order::Newest => {
                let year = |record: &u32| Reverse(number(Group::Year, record));
                last(sorted(records.into_iter().map(|record| ((year(&record), place(&record)), record))))
            }
        }
    }
}

/// In ascending order; by a heap, so that no other sort has to travel.
fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    items.collect::<BinaryHeap<T>>().into_sorted_vec()
}

fn last<K>(pairs: Vec<(K, u32)>) -> Vec<u32> {
    pairs.into_iter().map(|(_, record)| record).collect()
}
