//! Removed people: their rows and their names in other rows stay out, whatever the tables say.

use engine::record::{Field, Shape};

use crate::note::Note;
use crate::rows::Draft;
use crate::settings::{Removed, Settings};
use crate::text::half_width;

/// Takes out whoever is on the list, and the name where a station has it among its residents, unless a namesake stays.
pub fn apply(drafts: &mut Vec<Draft>, settings: &Settings, notes: &mut Vec<Note>) {
    if settings.removed.is_empty() {
        return;
    }
    let before = drafts.len();
    let mut names: Vec<String> = settings.removed.iter().filter_map(|removed| removed.name.clone()).collect();
    drafts.retain(|draft| {
        let is_removed = settings.removed.iter().any(|removed| fits(removed, draft));
        if is_removed && draft.shape == Shape::Person {
            names.push(draft.name.clone());
        }
        !is_removed
    });
    let rows = before - drafts.len();
    let stays = |name: &str| drafts.iter().any(|draft| draft.shape == Shape::Person && draft.name == name);
    let (gone, doubtful): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| !stays(name));
    let mut mentions = 0;
    for draft in drafts.iter_mut() {
        let cells = draft.cells.len();
        draft
            .cells
            .retain(|(field, _, value)| *field != Field::Resident || !gone.iter().any(|name| is_about(value, name)));
        mentions += cells - draft.cells.len();
        if draft.shape == Shape::Person && doubtful.contains(&draft.name) {
            notes.push(Note::RemovedPerhaps { place: draft.place.clone() });
        }
    }
    notes.push(Note::Removed { rows, mentions });
}

/// Whether all that is given fits the row; nothing given fits none.
fn fits(removed: &Removed, draft: &Draft) -> bool {
    let Removed { id, name, unit } = removed;
    let comparable = |text: &str| half_width(text).to_lowercase();
    let has_unit = |unit: &String| draft.values(Field::Org).any(|other| comparable(other) == comparable(unit));
    (id.is_some() || name.is_some())
        && id.as_ref().is_none_or(|id| draft.id == *id || draft.person_id == *id)
        && name.as_ref().is_none_or(|name| draft.name == *name)
        && unit.as_ref().is_none_or(has_unit)
}

/// Whether a resident's entry is this name, alone or with something in brackets.
fn is_about(value: &str, name: &str) -> bool {
    value.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.trim_start().starts_with(['（', '(']))
}
