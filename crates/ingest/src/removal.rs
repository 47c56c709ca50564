//! Removed people: their rows and their names in other rows stay out, whatever the tables say.

use engine::record::{Field, Shape};

use crate::columns::Column;
use crate::note::Note;
use crate::personal::shown;
use crate::rows::Draft;
use crate::settings::{Removed, Settings};
use crate::text::{clean, comparable, is_hanzi, name};

/// What may follow a name and says nothing of who it is.
const TITLES: [&str; 16] = [
    "院士",
    "教授",
    "副教授",
    "研究员",
    "副研究员",
    "专家",
    "博士",
    "主任",
    "所长",
    "院长",
    "校长",
    "工程师",
    "高级工程师",
    "老师",
    "先生",
    "女士",
];

/// Somebody on the list, written as tables are understood.
struct Entry {
    id: Option<String>,
    name: Option<String>,
    unit: Option<String>,
    has_fitted: bool,
}

/// Takes out whoever is on the list, and the name where a station has it among its residents, unless a namesake stays. Notes what of
/// the list fitted nothing, and where else a name still stands.
pub fn apply(drafts: &mut Vec<Draft>, settings: &Settings, notes: &mut Vec<Note>) {
    if settings.removed.is_empty() {
        return;
    }
    let before = drafts.len();
    let mut entries: Vec<Entry> = settings.removed.iter().map(Entry::of).collect();
    let mut names: Vec<String> = entries.iter().filter_map(|entry| entry.name.clone()).collect();
    drafts.retain(|draft| {
        let mut is_removed = false;
        for entry in entries.iter_mut().filter(|entry| entry.fits(draft)) {
            (is_removed, entry.has_fitted) = (true, true);
        }
        if is_removed && draft.shape == Shape::Person {
            names.push(own_name(draft));
        }
        !is_removed
    });
    names.sort();
    names.dedup();
    let rows = before - drafts.len();
    let stays = |name: &String| drafts.iter().any(|draft| draft.shape == Shape::Person && own_name(draft) == *name);
    let (gone, doubtful): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| !stays(name));
    let mut mentions = 0;
    for draft in drafts.iter_mut() {
        draft.cells.retain(|(field, _, value)| {
            let about = gone.iter().find(|name| *field == Field::Resident && is_about(value, name));
            mentions += usize::from(about.is_some());
            for entry in entries.iter_mut().filter(|entry| about.is_some() && entry.name.as_ref() == about) {
                entry.has_fitted = true;
            }
            about.is_none()
        });
        if draft.shape == Shape::Person && doubtful.contains(&own_name(draft)) {
            notes.push(Note::RemovedPerhaps { place: draft.place.clone() });
        }
        for name in &gone {
            let heading = still_named(draft, name);
            notes.extend(heading.map(|heading| Note::RemovedStill {
                place: draft.place.clone(),
                heading: heading.to_owned(),
                name: shown(name),
            }));
        }
    }
    let idle = entries.iter().filter(|entry| !entry.has_fitted).map(Entry::say).collect();
    notes.push(Note::Removed { rows, mentions, idle });
}

impl Entry {
    fn of(removed: &Removed) -> Entry {
        let plain = |text: &Option<String>| text.as_ref().map(|text| clean(text)).filter(|text| !text.is_empty());
        let Removed { id, name, unit } = removed;
        let name = plain(name).map(|name| bare(&name));
        Entry { id: plain(id), name, unit: plain(unit), has_fitted: false }
    }

    /// Whether all that is given fits the row; nothing given fits none.
    fn fits(&self, draft: &Draft) -> bool {
        let has_unit = |unit: &String| draft.values(Field::Org).any(|other| comparable(other) == comparable(unit));
        (self.id.is_some() || self.name.is_some())
            && self.id.as_ref().is_none_or(|id| draft.id == *id || draft.person_id == *id)
            && self.name.as_ref().is_none_or(|name| own_name(draft) == *name)
            && self.unit.as_ref().is_none_or(has_unit)
    }

    fn say(&self) -> String {
        let who = self.name.as_ref().or(self.id.as_ref()).map(|text| shown(text)).unwrap_or_default();
        match &self.unit {
            Some(unit) => format!("{who}（{}）", shown(unit)),
            None => who,
        }
    }
}

/// The row's name; a person's without what stands in brackets behind it, which makes nobody another: 李四（故）.
fn own_name(draft: &Draft) -> String {
    if draft.shape == Shape::Person { bare(&draft.name) } else { draft.name.clone() }
}

fn bare(written: &str) -> String {
    let before = written.split(['（', '(']).next().unwrap_or_default().trim();
    name(if before.is_empty() { written } else { before })
}

/// Whether a resident's entry is this name, alone, with a title or with something in brackets.
fn is_about(value: &str, name: &str) -> bool {
    let (value, name) = (value.replace(' ', ""), name.replace(' ', ""));
    value.strip_prefix(&name).is_some_and(|rest| {
        rest.is_empty() || rest.starts_with(['（', '(']) || TITLES.iter().any(|t| rest.starts_with(t))
    })
}

/// The heading of a cell in which a removed name still stands. Within the name of another person it is part of that: 李四光 is not 李四.
fn still_named<'a>(draft: &'a Draft, name: &str) -> Option<&'a str> {
    let apart = |text: &str| {
        text.match_indices(name).any(|(at, _)| {
            let beside = [text[..at].chars().next_back(), text[at + name.len()..].chars().next()];
            !beside.into_iter().flatten().any(is_hanzi)
        })
    };
    let is_person = draft.shape == Shape::Person;
    let stands = |text: &str, is_person: bool| if is_person { apart(text) } else { text.contains(name) };
    if stands(&draft.name, is_person) {
        return Some(Column::Name(draft.shape).meaning());
    }
    if draft.aliases.iter().any(|alias| stands(alias, is_person)) {
        return Some(Column::Alias.meaning());
    }
    let cell = draft.cells.iter().find(|(field, _, value)| stands(value, *field == Field::Resident));
    cell.map(|(_, heading, _)| heading.as_str())
}
