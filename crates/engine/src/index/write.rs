//! Records → bytes. The same records in any order give the same bytes.

use super::columns::Column;
use super::keys::{Pages, key};
use super::letters::{LetterId, Letters, MAX_LETTERS};
use super::{FILE, Index, MAX_COLUMNS, MAX_NAME, MAX_VALUE};
use crate::bytes::{put_block, put_planes, put_varint};
use crate::error::WriteError;
use crate::file::PACKING;
use crate::record::{Field, Record, Role, Term, derived_id};
use std::collections::{BTreeMap, BTreeSet};

/// Writes records as an index; the order of `records` does not matter.
///
/// # Errors
///
/// No record at all; a name that is empty or of more than 128 characters; a value of more than 20,000; two roles with
/// one id; a record without roles; more than 65,535 distinct characters or 255 columns; a payload over 128 MiB.
pub fn write(records: &[Record]) -> Result<Vec<u8>, WriteError> {
    check(records)?;
    let mut records: Vec<&Record> = records.iter().collect();
    records.sort_by_cached_key(|record| {
        (
            order(record.roles.iter().min_by_key(|role| order(role)).unwrap_or(&record.roles[0])),
            record.name.text().to_string(),
        )
    });
    let roles: Vec<(&Record, &Role)> = records
        .iter()
        .flat_map(|record| {
            let mut roles: Vec<&Role> = record.roles.iter().collect();
            roles.sort_by_cached_key(|role| order(role));
            roles.into_iter().map(|role| (*record, role))
        })
        .collect();

    let terms = || {
        let names = records.iter().flat_map(|record| std::iter::once(&record.name).chain(&record.aliases));
        names.chain(roles.iter().flat_map(|(_, role)| role.cells.iter().map(|cell| &cell.value)))
    };
    let letters = Letters::of(terms())
        .ok_or_else(|| WriteError::new(format!("more than {MAX_LETTERS} distinct characters in the directory")))?;
    let pages = Pages::of(&letters).ok_or_else(|| WriteError::new("too many distinct characters in the directory"))?;

    let mut payload = Vec::new();
    let mut section = |bytes: Vec<u8>| put_block(&mut payload, &bytes);
    let mut bytes = Vec::new();
    letters.put(&mut bytes);
    section(bytes);
    let (names, name_letters) = put_names(&mut section, &letters, &pages, &records);
    section(records_section(&letters, &pages, &names, &records));
    section(ids_section(&roles));
    let columns = columns(&letters, &roles);
    if columns.len() > MAX_COLUMNS {
        return Err(WriteError::new(format!("{} columns; {MAX_COLUMNS} are possible", columns.len())));
    }
    for column in columns {
        let mut bytes = Vec::new();
        column.put(&mut bytes, &letters);
        section(bytes);
    }
    if payload.len() > FILE.max_payload || name_letters > payload.len() {
        return Err(WriteError::new(format!(
            "the directory is too large: {} bytes before packing, {} at most",
            payload.len(),
            FILE.max_payload
        )));
    }
    let bytes = seal(&payload, PACKING);
    // A reader bounds its memory; better here than on a visitor's phone if that should ever be too little.
    match Index::read(&bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(WriteError::new(format!("the index could not be read again: {error}"))),
    }
}

/// Packs a payload (0 stores it, 10 packs it as small as it goes) and puts the outer header before it, with its right checksum.
///
/// Whether the payload makes sense is [`Index::read`](super::Index::read)'s to say: tests seal damaged ones.
pub fn seal(payload: &[u8], effort: u8) -> Vec<u8> {
    FILE.seal(payload, effort)
}

fn check(records: &[Record]) -> Result<(), WriteError> {
    if records.is_empty() {
        return Err(WriteError::new("there is no record to write"));
    }
    let mut ids = BTreeSet::new();
    for record in records {
        let name = record.name.text();
        if record.roles.is_empty() {
            return Err(WriteError::new(format!("the record {name:?} has no role")));
        }
        for name in std::iter::once(&record.name).chain(&record.aliases) {
            let length = name.readings().len();
            if length == 0 || length > MAX_NAME {
                let text = name.text();
                return Err(WriteError::new(format!(
                    "the name {text:?} has {length} characters; 1 to {MAX_NAME} are possible"
                )));
            }
        }
        for role in &record.roles {
            if !ids.insert(role.id.as_str()) {
                return Err(WriteError::new(format!("the id {:?} stands twice", role.id)));
            }
            for cell in &role.cells {
                let length = cell.value.readings().len();
                if length == 0 || length > MAX_VALUE {
                    return Err(WriteError::new(format!(
                        "{:?} of {} has {length} characters; 1 to {MAX_VALUE} are possible",
                        cell.label, role.id
                    )));
                }
            }
        }
    }
    Ok(())
}

/// An id as prefix and number, if it ends in a number that can be written again as it was.
fn split_id(id: &str) -> (&str, Option<u32>) {
    let prefix = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &id[prefix.len()..];
    match digits.parse::<u32>() {
        Ok(number) if number.to_string() == digits => (prefix, Some(number)),
        _ => (id, None),
    }
}

/// The natural order of ids: those of the table first, a2 before a10; derived ones by what they are made of.
fn order(role: &Role) -> (bool, &str, Option<u32>) {
    let (prefix, number) = if role.id_is_derived { (role.id.as_str(), None) } else { split_id(&role.id) };
    (role.id_is_derived, prefix, number)
}

/// Names by key, and their places in key order.
type Names = BTreeMap<Vec<u8>, u32>;

fn put_names(
    section: &mut impl FnMut(Vec<u8>),
    letters: &Letters,
    pages: &Pages,
    records: &[&Record],
) -> (Names, usize) {
    let terms = records.iter().flat_map(|record| std::iter::once(&record.name).chain(&record.aliases));
    let (mut names, mut count) = (Names::new(), 0);
    for term in terms {
        let name = letters.spell(term);
        if names.insert(key(letters, pages, &name), 0).is_none() {
            count += name.len();
        }
    }
    let mut builder = fst::raw::Builder::memory();
    for ((key, place), i) in names.iter_mut().zip(0..) {
        *place = i;
        builder.add(key).expect("keys of a BTreeMap ascend and memory takes all");
    }
    let fst = builder.into_inner().expect("memory takes all");
    let mut bytes = Vec::new();
    put_varint(&mut bytes, names.len() as u32);
    bytes.extend(fst);
    section(bytes);
    (names, count)
}

fn records_section(letters: &Letters, pages: &Pages, names: &Names, records: &[&Record]) -> Vec<u8> {
    let place = |term: &Term| names[&key(letters, pages, &letters.spell(term))];
    let mut out = Vec::new();
    put_varint(&mut out, records.len() as u32);
    let mut plane = |number: &dyn Fn(&Record) -> u32| {
        put_planes(&mut out, &records.iter().map(|record| number(record)).collect::<Vec<u32>>());
    };
    let aliases = |record: &Record| {
        let places: BTreeSet<u32> = record.aliases.iter().map(place).collect();
        places.into_iter().filter(|alias| *alias != place(&record.name)).collect::<Vec<u32>>()
    };
    plane(&|record| record.shape as u32);
    plane(&|record| record.weight);
    plane(&|record| record.roles.len() as u32);
    plane(&|record| place(&record.name));
    plane(&|record| aliases(record).len() as u32);
    put_planes(&mut out, &records.iter().flat_map(|record| aliases(record)).collect::<Vec<u32>>());
    out
}

fn ids_section(roles: &[(&Record, &Role)]) -> Vec<u8> {
    let mut prefixes: BTreeMap<(&str, bool), u32> = BTreeMap::new();
    let is_derived = |record: &Record, role: &Role| {
        let text = |field| role.cells.iter().find(|cell| cell.field == field).map_or("", |cell| cell.value.text());
        role.id_is_derived && role.id == derived_id(text(Field::Type), record.name.text(), text(Field::Org))
    };
    let split: Vec<Option<(&str, Option<u32>)>> =
        roles.iter().map(|(record, role)| (!is_derived(record, role)).then(|| split_id(&role.id))).collect();
    for (prefix, number) in split.iter().flatten() {
        prefixes.insert((prefix, number.is_some()), 0);
    }
    prefixes.values_mut().zip(0..).for_each(|(place, i)| *place = i);

    let mut out = Vec::new();
    put_varint(&mut out, prefixes.len() as u32);
    for (prefix, numbered) in prefixes.keys() {
        out.push(u8::from(*numbered));
        put_block(&mut out, prefix.as_bytes());
    }
    let (mut sources, mut numbers) = (Vec::new(), Vec::new());
    let mut last = vec![0u32; prefixes.len()];
    for id in split {
        let place = id.map(|(prefix, number)| (prefixes[&(prefix, number.is_some())], number.unwrap_or(0)));
        sources.push(place.map_or(0, |(source, _)| source + 1));
        numbers.push(place.map_or(0, |(source, number)| {
            let difference = number.wrapping_sub(last[source as usize]);
            last[source as usize] = number;
            difference
        }));
    }
    put_planes(&mut out, &sources);
    put_planes(&mut out, &numbers);
    out
}

fn columns(letters: &Letters, roles: &[(&Record, &Role)]) -> Vec<Column> {
    // Within a field in the order of the tables, 省份 before 城市; that of a row does not depend on the order of files.
    let mut headings: BTreeMap<(Field, &str), usize> = BTreeMap::new();
    for (_, role) in roles {
        for (place, cell) in role.cells.iter().enumerate() {
            let first = headings.entry((cell.field, &cell.label)).or_insert(place);
            *first = place.min(*first);
        }
    }
    let order: BTreeSet<(Field, usize, &str)> =
        headings.into_iter().map(|((field, label), place)| (field, place, label)).collect();
    let column = |(field, label): (Field, &str)| {
        let values: Vec<Vec<Vec<LetterId>>> = roles
            .iter()
            .map(|(_, role)| {
                let cells = role.cells.iter().filter(|cell| cell.field == field && cell.label == label);
                cells.map(|cell| letters.spell(&cell.value)).collect()
            })
            .collect();
        Column::of(field, label.to_string(), &values)
    };
    order.into_iter().map(|(field, _, label)| column((field, label))).collect()
}
