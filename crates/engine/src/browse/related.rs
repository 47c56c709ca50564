//! One record by its id, and what stands around it: whom it names and who names it, the same name, the same organisation.

use super::groups::Group;
use super::{Browser, sorted};
use crate::index::{Index, LetterId};
use crate::rank::{self, Hit};
use crate::record::Field;

/// How many colleagues are shown.
const COLLEAGUES: usize = 12;

/// A record and what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The record itself, whole.
    pub hit: Hit,
    /// Its other names.
    pub aliases: Vec<String>,
    /// Whom a station names as resident, and the stations that name a person.
    pub links: Vec<Link>,
    /// Others of the same name.
    pub namesakes: Vec<Hit>,
    /// The organisation shared with colleagues; empty where none is.
    pub org: String,
    /// How many others share it.
    pub colleague_count: usize,
    /// The first of them by name.
    pub colleagues: Vec<Hit>,
}

/// Another record that is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The heading under which the name stands: 进站专家.
    pub label: String,
    /// Whether this record is named by the other one.
    pub is_backward: bool,
    /// Whether nobody else has the name.
    pub is_sure: bool,
    /// The other record.
    pub hit: Hit,
}

/// The record with this id, in any of its roles.
pub fn find(index: &Index, id: &str) -> Option<u32> {
    (0..index.len() as u32).find(|record| index.roles(*record).any(|role| index.id(*record, role) == id))
}

/// What stands around a record.
pub fn related(index: &Index, browser: &Browser, record: u32) -> Related {
    let mut links = Vec::new();
    let residents = || index.columns().iter().filter(|column| column.field() == Field::Resident);
    let mut link = |label: &str, is_backward: bool, is_sure: bool, other: u32| {
        if other != record && !links.iter().any(|link: &Link| link.hit.record == other) {
            let hit = rank::shown(index, other);
            links.push(Link { label: label.to_string(), is_backward, is_sure, hit });
        }
    };
    for column in residents() {
        for value in index.roles(record).flat_map(|role| column.values(role)) {
            let named = named(index, column.texts().get(value));
            named.iter().for_each(|other| link(column.label(), false, named.len() == 1, *other));
        }
    }
    let own = [index.name(record)];
    for name in own.iter().chain(index.aliases(record)).map(|name| index.names().texts().get(*name)) {
        for column in residents() {
            let marks: Vec<bool> = column.texts().iter().map(|text| is_same(index, text, name)).collect();
            if marks.contains(&true) {
                let is_sure = self::named(index, name).len() == 1;
                let names_it = |role: u32| column.values(role).any(|value| marks[value as usize]);
                let others = (0..index.len() as u32).filter(|other| index.roles(*other).any(names_it));
                others.for_each(|other| link(column.label(), true, is_sure, other));
            }
        }
    }
    let others = |records: Vec<u32>| records.into_iter().filter(|other| *other != record).collect::<Vec<u32>>();
    let show = |records: &[u32]| records.iter().map(|record| rank::shown(index, *record)).collect::<Vec<Hit>>();
    let text = |name: &u32| index.letters().text(index.names().texts().get(*name));
    let namesakes = others(named(index, index.names().texts().get(index.name(record))));
    let orgs = browser.table(Group::Org);
    let shares = |other: &u32| orgs.cells(*other).iter().any(|org| orgs.cells(record).contains(org));
    let colleagues =
        sorted((0..index.len() as u32).filter(shares).map(|other| (browser.places[other as usize], other)));
    let colleagues = others(colleagues.into_iter().map(|(_, other)| other).collect());
    Related {
        hit: rank::shown(index, record),
        aliases: index.aliases(record).iter().map(text).collect(),
        links,
        namesakes: show(&namesakes),
        org: orgs.first(record).filter(|_| !colleagues.is_empty()).cloned().unwrap_or_default(),
        colleague_count: colleagues.len(),
        colleagues: show(&colleagues[..colleagues.len().min(COLLEAGUES)]),
    }
}

/// The records that have this name or alias, whatever its letters' readings, each once.
fn named(index: &Index, name: &[LetterId]) -> Vec<u32> {
    let mut records = Vec::new();
    for (number, text) in (0..).zip(index.names().texts().iter()) {
        if is_same(index, text, name) {
            records.extend(index.postings(number).map(|posting| posting.record));
        }
    }
    let mut once: Vec<u32> = Vec::new();
    for record in sorted(records.into_iter()) {
        if once.last() != Some(&record) {
            once.push(record);
        }
    }
    once
}

/// Whether two texts are the same to a reader: case, width and what is silent aside.
fn is_same(index: &Index, one: &[LetterId], other: &[LetterId]) -> bool {
    let letters = index.letters();
    let said = |text: &'_ [LetterId]| -> Vec<char> {
        text.iter().filter(|id| !letters.is_silent(**id)).map(|id| letters.folded(*id)).collect()
    };
    // Few texts are as long, so hardly any is spelt out.
    one == other || (one.len().abs_diff(other.len()) <= 2 && said(one) == said(other))
}
