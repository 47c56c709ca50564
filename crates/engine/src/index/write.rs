//! Records → bytes. The same records in any order give the same bytes.

use super::columns::Column;
use super::keys::{Pages, key};
use super::letters::{LetterId, Letters, MAX_LETTERS};
use super::names;
use super::read::detail_name;
use super::{DETAILS, FILE, Index, MAX_COLUMNS, MAX_NAME, MAX_VALUE, NAMES, VALUES};
use crate::bytes::{put_block, put_planes, put_varint};
use crate::error::{ReadError, WriteError};
use crate::file::{Kind, PACKING, checksum};
use crate::record::{Field, Record, Role, Term, derived_id};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How many bytes a file of details has, about: between 32 and 64 KB, so that one is soon there and a million records need few hundred.
const DETAILS_SIZE: usize = 48 << 10;

/// A directory in parts: what answers names, what completes it, and what is fetched when a record is shown.
pub struct Parts {
    /// Opened by [`Index::read`].
    pub names: Vec<u8>,
    /// Taken by [`Index::add_values`].
    pub values: Vec<u8>,
    /// By the names that [`Index::detail_file`] gives.
    pub details: Vec<(String, Vec<u8>)>,
}

/// Writes records as an index; the order of `records` does not matter. What terms say of how Latin letters and digits are read is left out.
///
/// # Errors
///
/// No record at all; a name that is empty or of more than 128 characters; a value of more than 20,000; two roles with
/// one id; a record without roles; more than 65,535 distinct characters or 255 columns; a payload over 128 MiB.
pub fn write(records: &[Record]) -> Result<Vec<u8>, WriteError> {
    check(records)?;
    let records = sorted(records);
    let plan = Plan::of(&records)?;
    let mut blocks = plan.first_blocks();
    blocks.push(ids_section(&plan.roles));
    blocks.extend(plan.columns(0..plan.roles.len(), |_| true));
    let bytes = sealed(&FILE, &blocks)?;
    // A reader bounds its memory; better here than on a visitor's phone if that should ever be too little.
    Index::read(&bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Writes records as parts, which together say what [`write()`] writes into one file.
///
/// # Errors
///
/// As [`write()`].
pub fn write_parts(records: &[Record]) -> Result<Parts, WriteError> {
    check(records)?;
    let records = sorted(records);
    let plan = Plan::of(&records)?;
    let (details, sizes) = plan.details()?;

    let mut values = vec![ids_section(&plan.roles), details_section(&details, &sizes)];
    values.extend(plan.columns(0..plan.roles.len(), |field| !is_detail(field) && field != Field::Type));
    let values = sealed(&VALUES, &values)?;
    let mut names = plan.first_blocks();
    names.push(own_checksum(&values).to_le_bytes().to_vec());
    names.extend(plan.columns(0..plan.roles.len(), |field| field == Field::Type));
    let names = sealed(&NAMES, &names)?;

    let mut index = Index::read(&names).map_err(unreadable)?;
    index.add_values(&values).map_err(unreadable)?;
    let mut first = 0;
    for (bytes, size) in details.iter().zip(sizes) {
        index.detail(first, bytes).map_err(unreadable)?;
        first += size;
    }
    let details = details.into_iter().map(|bytes| (detail_name(own_checksum(&bytes)), bytes)).collect();
    Ok(Parts { names, values, details })
}

/// The checksum of a file that was just written.
fn own_checksum(bytes: &[u8]) -> u64 {
    checksum(bytes).expect("it has a header")
}

fn unreadable(error: ReadError) -> WriteError {
    WriteError::new(format!("the index could not be read again: {error}"))
}

/// Records in the order of the file.
fn sorted(records: &[Record]) -> Vec<&Record> {
    let mut records: Vec<&Record> = records.iter().collect();
    records.sort_by_cached_key(|record| {
        (
            order(record.roles.iter().min_by_key(|role| order(role)).unwrap_or(&record.roles[0])),
            record.name.text().to_string(),
        )
    });
    records
}

/// A file of these blocks.
fn sealed(kind: &Kind, blocks: &[Vec<u8>]) -> Result<Vec<u8>, WriteError> {
    let mut payload = Vec::new();
    blocks.iter().for_each(|block| put_block(&mut payload, block));
    if payload.len() > kind.max_payload {
        return Err(WriteError::new(format!(
            "the directory is too large: {} bytes before packing, {} at most",
            payload.len(),
            kind.max_payload
        )));
    }
    Ok(kind.seal(&payload, PACKING))
}

/// What all files of a directory are written from.
struct Plan<'r> {
    records: &'r [&'r Record],
    roles: Vec<(&'r Record, &'r Role)>,
    letters: Letters,
    pages: Pages,
    headings: Vec<(Field, &'r str)>,
}

impl<'r> Plan<'r> {
    fn of(records: &'r [&'r Record]) -> Result<Plan<'r>, WriteError> {
        let roles: Vec<(&Record, &Role)> = records
            .iter()
            .flat_map(|record| {
                let mut roles: Vec<&Role> = record.roles.iter().collect();
                roles.sort_by_cached_key(|role| order(role));
                roles.into_iter().map(|role| (*record, role))
            })
            .collect();
        let names = records.iter().flat_map(|record| std::iter::once(&record.name).chain(&record.aliases));
        let terms = names.chain(roles.iter().flat_map(|(_, role)| role.cells.iter().map(|cell| &cell.value)));
        let letters = Letters::of(terms)
            .ok_or_else(|| WriteError::new(format!("more than {MAX_LETTERS} distinct characters in the directory")))?;
        let pages =
            Pages::of(&letters).ok_or_else(|| WriteError::new("too many distinct characters in the directory"))?;
        let headings = headings(&roles);
        if headings.len() > MAX_COLUMNS {
            return Err(WriteError::new(format!("{} columns; {MAX_COLUMNS} are possible", headings.len())));
        }
        Ok(Plan { records, roles, letters, pages, headings })
    }

    /// Letters, names, records: with these every file that answers begins.
    fn first_blocks(&self) -> Vec<Vec<u8>> {
        let mut letters = Vec::new();
        self.letters.put(&mut letters);
        let (names, section) = put_names(&self.letters, &self.pages, self.records);
        let records = records_section(&self.letters, &self.pages, &names, self.records);
        vec![letters, section, records]
    }

    /// The columns of these roles that hold something, of the fields that are wanted.
    fn columns(&self, roles: Range<usize>, wanted: impl Fn(Field) -> bool) -> Vec<Vec<u8>> {
        let roles = &self.roles[roles];
        let put = |(field, label): &(Field, &str)| {
            let values: Vec<Vec<Vec<LetterId>>> = roles
                .iter()
                .map(|(_, role)| {
                    let cells = role.cells.iter().filter(|cell| cell.field == *field && cell.label == *label);
                    cells.map(|cell| self.letters.spell(&cell.value)).collect()
                })
                .collect();
            let column = Column::of(*field, label.to_string(), &values);
            let mut bytes = Vec::new();
            column.put(&mut bytes, &self.letters);
            (!column.texts().is_empty()).then_some(bytes)
        };
        self.headings.iter().filter(|(field, _)| wanted(*field)).filter_map(put).collect()
    }

    /// The files of details, and of how many records each is; none where no record has any.
    fn details(&self) -> Result<(Vec<Vec<u8>>, Vec<u32>), WriteError> {
        let file = |roles: Range<usize>| sealed(&DETAILS, &self.columns(roles, is_detail));
        let weight = |record: &Record| {
            let cells = record.roles.iter().flat_map(|role| &role.cells).filter(|cell| is_detail(cell.field));
            1 + cells.map(|cell| cell.value.text().len()).sum::<usize>()
        };
        if !self.headings.iter().any(|(field, _)| is_detail(*field)) {
            return Ok((Vec::new(), Vec::new()));
        }
        // What a byte of text comes to is much the same everywhere.
        let all: usize = self.records.iter().map(|record| weight(record)).sum();
        let packed = file(0..self.roles.len())?.len();
        let most = (all as u64 * DETAILS_SIZE as u64 / packed as u64).max(1) as usize;
        let (mut files, mut sizes) = (Vec::new(), Vec::new());
        let (mut first, mut roles, mut size, mut sum) = (0, 0, 0, 0);
        for (at, record) in self.records.iter().enumerate() {
            roles += record.roles.len();
            size += 1;
            sum += weight(record);
            if sum >= most || at + 1 == self.records.len() {
                files.push(file(first..roles)?);
                sizes.push(size);
                (first, size, sum) = (roles, 0, 0);
            }
        }
        Ok((files, sizes))
    }
}

/// Whether values of this field are fetched when a record is shown: neither a search nor a filter reads them.
fn is_detail(field: Field) -> bool {
    !field.is_searched()
}

fn details_section(files: &[Vec<u8>], sizes: &[u32]) -> Vec<u8> {
    let mut out = Vec::new();
    put_varint(&mut out, sizes.len() as u32);
    put_planes(&mut out, sizes);
    files.iter().for_each(|bytes| out.extend(own_checksum(bytes).to_le_bytes()));
    out
}

/// Packs a payload (0 stores it, 10 packs it as small as it goes) and puts the outer header before it, with its right checksum.
///
/// Whether the payload makes sense is [`Index::read`](super::Index::read)'s to say: tests seal damaged ones.
pub fn seal(payload: &[u8], effort: u8) -> Vec<u8> {
    FILE.seal(payload, effort)
}

/// As [`seal`], for a part of a large directory.
pub fn seal_part(part: Part, payload: &[u8], effort: u8) -> Vec<u8> {
    let kind = match part {
        Part::Names => NAMES,
        Part::Values => VALUES,
        Part::Details => DETAILS,
    };
    kind.seal(payload, effort)
}

/// The kinds of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What answers names.
    Names,
    /// What completes it.
    Values,
    /// What is fetched when a record is shown.
    Details,
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

/// Names with their places, and their section.
fn put_names(letters: &Letters, pages: &Pages, records: &[&Record]) -> (Names, Vec<u8>) {
    let terms = records.iter().flat_map(|record| std::iter::once(&record.name).chain(&record.aliases));
    let spelled = terms.map(|term| letters.spell(term));
    let names: BTreeMap<Vec<u8>, Vec<LetterId>> = spelled.map(|name| (key(letters, pages, &name), name)).collect();
    let mut bytes = Vec::new();
    names::put(&mut bytes, letters, &names.values().map(Vec::as_slice).collect::<Vec<&[LetterId]>>());
    (names.into_keys().zip(0..).collect(), bytes)
}

fn records_section(letters: &Letters, pages: &Pages, names: &Names, records: &[&Record]) -> Vec<u8> {
    let place = |term: &Term| names[&key(letters, pages, &letters.spell(term))];
    let mut out = Vec::new();
    put_varint(&mut out, records.len() as u32);
    let mut plane = |number: &dyn Fn(&Record) -> u32| {
        put_planes(&mut out, &records.iter().map(|record| number(record)).collect::<Vec<u32>>());
    };
    plane(&|record| record.shape as u32);
    plane(&|record| record.weight);
    plane(&|record| record.roles.len() as u32);
    let own: Vec<u32> = records.iter().map(|record| place(&record.name)).collect();
    let aliases = records.iter().zip(&own).map(|(record, own)| {
        let places: BTreeSet<u32> = record.aliases.iter().map(place).collect();
        places.into_iter().filter(|alias| alias != own).collect::<Vec<u32>>()
    });
    let aliases: Vec<Vec<u32>> = aliases.collect();
    put_planes(&mut out, &own);
    put_planes(&mut out, &aliases.iter().map(|aliases| aliases.len() as u32).collect::<Vec<u32>>());
    put_planes(&mut out, &aliases.concat());
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

/// The columns' fields and labels, in the order of the file.
fn headings<'r>(roles: &[(&'r Record, &'r Role)]) -> Vec<(Field, &'r str)> {
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
    order.into_iter().map(|(field, _, label)| (field, label)).collect()
}
