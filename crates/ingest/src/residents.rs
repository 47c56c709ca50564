//! Resident experts of stations, linked to people: by id, else by name and unit, else by a name that only one has.

use std::collections::{BTreeSet, HashMap};

use engine::record::{Field, Record, Shape};

use crate::note::Note;
use crate::rows::Draft;
use crate::text::{comparable, name};

/// A resident expert of a station who is one of the people; numbers of records.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The station.
    pub station: usize,
    /// The station's entry: 杨焕明（华大基因）.
    pub entry: String,
    /// The person.
    pub person: usize,
}

/// Links every entry that can mean only one of the people. Others come as notes: which may be several, which is nobody here.
pub fn links(records: &[Record], drafts: &[Draft], notes: &mut Vec<Note>) -> Vec<Link> {
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut stations: HashMap<&str, usize> = HashMap::new();
    for (i, record) in records.iter().enumerate() {
        let ids = record.roles.iter().map(|role| role.id.as_str());
        match record.shape {
            Shape::Station => stations.extend(ids.map(|id| (id, i))),
            Shape::Person => {
                by_id.extend(ids.map(|id| (id, i)));
                for name in [&record.name].into_iter().chain(&record.aliases) {
                    by_name.entry(name.text()).or_default().push(i);
                }
            }
        }
    }
    // 人员编号 is not in the records: it has joined them.
    let numbered = drafts.iter().filter(|draft| !draft.person_id.is_empty());
    let numbers: Vec<(&str, usize)> =
        numbered.filter_map(|draft| Some((draft.person_id.as_str(), *by_id.get(draft.id.as_str())?))).collect();
    by_id.extend(numbers);

    let mut links = Vec::new();
    let mut unknown: BTreeSet<&str> = BTreeSet::new();
    for draft in drafts.iter().filter(|draft| draft.shape == Shape::Station) {
        let Some(&station) = stations.get(draft.id.as_str()) else { continue };
        for entry in draft.values(Field::Resident) {
            let (who, hint) = divide(entry);
            let named = by_name.get(name(who).as_str()).map(Vec::as_slice).unwrap_or_default();
            let fitting: Vec<usize> = match hint {
                Some(hint) => named.iter().copied().filter(|person| fits(&records[*person], hint)).collect(),
                None => named.to_vec(),
            };
            let person =
                match (by_id.get(who).or_else(|| hint.and_then(|hint| by_id.get(hint))), fitting.as_slice(), named) {
                    (Some(person), ..) => Some(*person),
                    (None, [person], _) => Some(*person),
                    // A title in brackets (院士) says nothing that rows have; the only one of the name is meant.
                    (None, [], [person]) => Some(*person),
                    _ => None,
                };
            match person {
                Some(person) => links.push(Link { station, entry: entry.to_owned(), person }),
                None if named.is_empty() => {
                    unknown.insert(entry);
                }
                None => {
                    let ids = named.iter().map(|person| records[*person].roles[0].id.clone()).collect();
                    notes.push(Note::AmbiguousResident { place: draft.place.clone(), name: who.to_owned(), ids });
                }
            }
        }
    }
    if !unknown.is_empty() {
        notes.push(Note::UnknownResidents { names: unknown.into_iter().map(String::from).collect() });
    }
    links.sort();
    links
}

/// A name and what stands in brackets after it.
fn divide(entry: &str) -> (&str, Option<&str>) {
    match entry.split_once(['（', '(']) {
        Some((name, rest)) => (name.trim(), Some(rest.trim_end_matches(['）', ')']).trim())),
        None => (entry, None),
    }
}

/// Whether a unit, a title or a type of the person is what the brackets say.
fn fits(person: &Record, hint: &str) -> bool {
    let hint = comparable(hint);
    let cells = person.roles.iter().flat_map(|role| &role.cells);
    cells
        .filter(|cell| matches!(cell.field, Field::Org | Field::Title | Field::Type))
        .any(|cell| comparable(cell.value.text()) == hint)
}
