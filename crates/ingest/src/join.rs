//! Rows joined into records: only by an equal 人员编号, or by equal name and unit; everything else is reported, never guessed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use engine::record::{Cell, Field, Record, Role, Shape, Term};

use crate::note::Note;
use crate::personal::shown;
use crate::problem::{Kind, Problem};
use crate::readings::dictionary;
use crate::rows::Draft;
use crate::text::{comparable, natural_order};

/// Makes records of all rows, in the natural order of their ids (derived ones last), whatever the order of files and rows.
///
/// Adds to `problems` every id that stands twice and every 人员编号 of several names, and to `notes` who may be one person, or two, and doubtful readings.
pub fn records(drafts: &mut [Draft], problems: &mut Vec<Problem>, notes: &mut Vec<Note>) -> Vec<Record> {
    duplicate_ids(drafts, problems);
    other_names(drafts, problems);
    // Derived ids come last: they say nothing about the order. Equal ids are problems, so places decide nothing that lasts.
    drafts.sort_by(|a, b| {
        (a.id_is_derived.cmp(&b.id_is_derived))
            .then_with(|| natural_order(&a.id, &b.id))
            .then_with(|| a.place.cmp(&b.place))
    });
    let groups = same_records(drafts);
    perhaps_one(drafts, &groups, notes);
    perhaps_two(drafts, &groups, notes);
    doubtful_readings(drafts, notes);
    let mut terms = Terms::default();
    groups.iter().map(|group| record(&group.iter().map(|i| &drafts[*i]).collect::<Vec<_>>(), &mut terms)).collect()
}

fn duplicate_ids(drafts: &[Draft], problems: &mut Vec<Problem>) {
    let mut first: HashMap<&str, &Draft> = HashMap::new();
    for draft in drafts {
        let earlier = *first.entry(&draft.id).or_insert(draft);
        if std::ptr::eq(earlier, draft) {
            continue;
        }
        let first = earlier.place.clone();
        let kind = match draft.id_is_derived && earlier.id_is_derived {
            true => Kind::DuplicateRow { first },
            false => Kind::DuplicateId { id: shown(&draft.id), first },
        };
        problems.push(Problem::new(draft.place.clone(), kind));
    }
}

/// Lists that are numbered anew would join strangers: whoever has a 人员编号 must have a name, or another name, that a row before has with it.
fn other_names(drafts: &[Draft], problems: &mut Vec<Problem>) {
    let names = |draft: &Draft| -> Vec<String> {
        [&draft.name].into_iter().chain(&draft.aliases).map(|name| bare_name(name)).collect()
    };
    let mut known: HashMap<&str, (&Draft, BTreeSet<String>)> = HashMap::new();
    for draft in drafts.iter().filter(|draft| draft.shape == Shape::Person && !draft.person_id.is_empty()) {
        let names = names(draft);
        let (first, known) = known.entry(&draft.person_id).or_insert_with(|| (draft, names.iter().cloned().collect()));
        if names.iter().any(|name| known.contains(name)) {
            known.extend(names);
        } else {
            let kind =
                Kind::OtherName { first: first.place.clone(), known: shown(&first.name), name: shown(&draft.name) };
            problems.push(Problem::new(draft.place.clone(), kind));
        }
    }
}

/// A name without what people write in one way or another: blanks, the dots of foreign names, capitals.
fn bare_name(name: &str) -> String {
    let is_dress = |c: char| c.is_whitespace() || matches!(c, '·' | '•' | '・' | '‧' | '∙' | '．' | '.' | '-');
    comparable(name).chars().filter(|c| !is_dress(*c)).collect()
}

/// Indices of the rows of each record, ascending; the records by their first row.
fn same_records(drafts: &[Draft]) -> Vec<Vec<usize>> {
    let persons = || drafts.iter().enumerate().filter(|(_, d)| d.shape == Shape::Person);
    let by_number = persons()
        .filter(|(_, d)| !d.person_id.is_empty())
        .map(|(i, d)| (["", d.person_id.as_str()].map(String::from), i));
    let by_unit =
        persons().flat_map(|(i, d)| d.values(Field::Org).map(move |unit| ([d.name.clone(), comparable(unit)], i)));

    let numbered = components(drafts.len(), by_number.clone());
    let joined = components(drafts.len(), by_number.chain(by_unit));
    let mut groups = Vec::new();
    for group in joined {
        let numbers: BTreeSet<&str> =
            group.iter().map(|i| drafts[*i].person_id.as_str()).filter(|n| !n.is_empty()).collect();
        if numbers.len() > 1 {
            // The maintainer says that these are several people: name and unit decide nothing among them.
            groups.extend(numbered.iter().filter(|g| group.contains(&g[0])).cloned());
        } else {
            groups.push(group);
        }
    }
    groups.sort();
    groups
}

/// Which of `0..count` belong together when all with an equal key do; each ascending, in the order of their first.
fn components(count: usize, keyed: impl Iterator<Item = ([String; 2], usize)>) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..count).collect();
    fn root(parent: &[usize], mut i: usize) -> usize {
        while parent[i] != i {
            i = parent[i];
        }
        i
    }
    let mut first: HashMap<[String; 2], usize> = HashMap::new();
    for (key, i) in keyed {
        let (a, b) = (root(&parent, *first.entry(key).or_insert(i)), root(&parent, i));
        parent[a.max(b)] = a.min(b);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..count {
        groups.entry(root(&parent, i)).or_default().push(i);
    }
    groups.into_values().collect()
}

fn perhaps_one(drafts: &[Draft], groups: &[Vec<usize>], notes: &mut Vec<Note>) {
    let mut by_name: BTreeMap<&str, Vec<&Vec<usize>>> = BTreeMap::new();
    for group in groups.iter().filter(|g| drafts[g[0]].shape == Shape::Person) {
        by_name.entry(&drafts[group[0]].name).or_default().push(group);
    }
    for (name, groups) in by_name {
        // Those with a number of their own are known to be different.
        let unnumbered = groups.iter().filter(|g| g.iter().all(|i| drafts[*i].person_id.is_empty())).count();
        if groups.len() > 1 && unnumbered > 0 {
            let ids = |g: &[usize]| g.iter().map(|i| drafts[*i].id.as_str()).collect::<Vec<_>>().join("、");
            let units = |g: &[usize]| g.iter().flat_map(|i| drafts[*i].values(Field::Org)).collect::<BTreeSet<_>>();
            let unit = |g: &[usize]| units(g).into_iter().collect::<Vec<_>>().join("；");
            notes.push(Note::PerhapsOne {
                name: name.to_owned(),
                people: groups.iter().map(|g| (ids(g), unit(g))).collect(),
            });
        }
    }
}

fn perhaps_two(drafts: &[Draft], groups: &[Vec<usize>], notes: &mut Vec<Note>) {
    for group in groups {
        let title = |i: &usize| match drafts[*i].values(Field::Title).next() {
            Some(title) => Some(title),
            None => drafts[*i].values(Field::Type).next(),
        };
        let twins: Vec<usize> = (group.iter().copied())
            .filter(|i| drafts[*i].person_id.is_empty() && group.iter().any(|j| j != i && title(j) == title(i)))
            .collect();
        if twins.len() > 1 {
            let ids = twins.iter().map(|i| drafts[*i].id.clone()).collect();
            notes.push(Note::PerhapsTwo { name: drafts[twins[0]].name.clone(), ids });
        }
    }
}

fn doubtful_readings(drafts: &[Draft], notes: &mut Vec<Note>) {
    let mut names: BTreeMap<char, BTreeSet<&str>> = BTreeMap::new();
    let mut readings: HashMap<char, Vec<String>> = HashMap::new();
    for draft in drafts.iter().filter(|d| d.shape == Shape::Person && d.pinyin.is_empty()) {
        let person = dictionary().person(&draft.name);
        for i in person.doubtful {
            let hanzi = draft.name.chars().nth(i).unwrap_or_default();
            let spelled = person.term.readings()[i].0.iter().map(|s| [s.halves().0, s.halves().1].concat());
            readings.entry(hanzi).or_insert_with(|| spelled.collect());
            names.entry(hanzi).or_default().insert(&draft.name);
        }
    }
    notes.extend(names.into_iter().map(|(hanzi, names)| Note::DoubtfulReading {
        hanzi,
        readings: readings.remove(&hanzi).unwrap_or_default(),
        names: names.into_iter().map(String::from).collect(),
    }));
}

/// The record of these rows, which stand in the order of their ids.
fn record<'a>(rows: &[&'a Draft], terms: &mut Terms<'a>) -> Record {
    let name = &rows[0].name;
    let mut aliases: Vec<&str> = Vec::new();
    for alias in rows.iter().flat_map(|row| [&row.name].into_iter().chain(&row.aliases)) {
        if alias != name && !aliases.contains(&alias.as_str()) {
            aliases.push(alias);
        }
    }
    let pinyin = rows.iter().find(|row| row.name == *name && !row.pinyin.is_empty()).map_or("", |row| &row.pinyin);
    let shape = rows[0].shape;
    let in_tables = || if shape == Shape::Person { dictionary().person(name).term } else { dictionary().text(name) };
    Record {
        shape,
        name: dictionary().as_written(name, pinyin).unwrap_or_else(in_tables),
        aliases: aliases.into_iter().map(|alias| dictionary().person(alias).term).collect(),
        weight: rows.iter().map(|row| row.weight).max().unwrap_or_default(),
        roles: rows.iter().map(|row| role(row, terms)).collect(),
    }
}

fn role<'a>(row: &'a Draft, terms: &mut Terms<'a>) -> Role {
    let cell = |(field, label, value): &'a (Field, String, String)| Cell {
        field: *field,
        label: label.clone(),
        value: terms.of(*field, value),
    };
    Role { id: row.id.clone(), id_is_derived: row.id_is_derived, cells: row.cells.iter().map(cell).collect() }
}

/// Values with their readings. Units and disciplines repeat so often that reading each once halves the time of a large directory, and keeping it once the memory.
#[derive(Default)]
struct Terms<'a> {
    texts: HashMap<&'a str, Term>,
    plain: HashMap<&'a str, Term>,
}

impl<'a> Terms<'a> {
    /// Values nobody looks up by their sound have no readings.
    fn of(&mut self, field: Field, value: &'a str) -> Term {
        use Field::*;
        match field {
            Name | Alias | Resident => dictionary().person(value).term,
            Org | Discipline | Place | District | Type | Title | Division | Sponsor | Origin | Other => {
                self.texts.entry(value).or_insert_with(|| dictionary().text(value)).clone()
            }
            Year | Batch | Tenure | Roster | Contact | Link | Photo | Intro | Checked => {
                self.plain.entry(value).or_insert_with(|| Term::plain(value)).clone()
            }
        }
    }
}
