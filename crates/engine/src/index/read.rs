//! Bytes → [`Index`]: the only place that judges bytes. What passes can be searched without a panic and in bounded time.

use super::columns::Column;
#[cfg(feature = "first")]
use super::first;
use super::letters::Letters;
use super::names::Names;
use super::{DETAILS, Details, FILE, Ids, Index, MAX_COLUMNS, NAMES, VALUES};
use crate::bytes::{ANY, Reader};
use crate::error::{ReadError, ReadErrorKind, Section};
use crate::file::{Kind, checksum, version};
use crate::hash::hexadecimal;
use crate::numbers::{Groups, Numbers};
use crate::record::Field;
use std::sync::OnceLock;

/// How many bytes may be held beside three times the payload, its sections not read yet among them; with what is needed on the way that is never more than 4 MB.
const SLACK: usize = 3 << 20;

/// What the number of a role's id takes in memory.
const BYTES_OF_A_ROLE: usize = 4;

impl Index {
    /// Opens and checks index bytes, whatever they are: a whole index, or the names of one, which then wait for their values.
    ///
    /// # Errors
    ///
    /// Not an index, a newer version, cut short, damaged. At no time more than three times the unpacked payload and 4 MB are held,
    /// whatever the bytes claim, the tables that queries make later ([`Index::holders`]) among them.
    pub fn read(bytes: &[u8]) -> Result<Index, ReadError> {
        let is_part = bytes.starts_with(&NAMES.magic);
        let payload = if is_part { NAMES.unpack(bytes) } else { FILE.unpack(bytes) }?;
        let mut allowance = Allowance::of(&payload);
        #[cfg(feature = "first")]
        let most_letters = payload.len();
        // Each section is let go when it is read.
        let mut sections = split(payload, 4)?.into_iter();
        let mut next = |allowance: &mut Allowance| allowance.next(sections.next());
        let letters = Letters::take(&mut Reader::new(&next(&mut allowance), Section::Letters), &mut allowance)?;
        let section = next(&mut allowance);
        let mut names = match version(bytes) {
            #[cfg(feature = "first")]
            Some(1) => {
                let texts = first::take(section, &letters, most_letters, &mut allowance)?;
                Names::of(texts, &letters, &mut allowance)?
            }
            _ => Names::take(section, &letters, &mut allowance)?,
        };
        let section = next(&mut allowance);
        let records = Records::take(section, names.texts().len(), &mut allowance)?;
        let roles = records.role_groups.total();
        let (ids, values) = if is_part {
            let section = next(&mut allowance);
            let mut reader = Reader::new(&section, Section::Links);
            let values = take_checksum(&mut reader)?;
            reader.end()?;
            (Ids::default(), Some(values))
        } else {
            (take_ids(next(&mut allowance), roles, &mut allowance)?, None)
        };
        let mut columns = take_columns(sections, &letters, roles, &mut allowance)?;
        names.know_by_letter(&mut allowance);
        columns.iter_mut().for_each(|column| column.know_by_letter(&mut allowance));
        let Records { shapes, weights, role_groups, record_names, alias_groups, aliases, posting_starts, postings } =
            records;
        Ok(Index {
            checksum: checksum(bytes).unwrap_or_default(),
            letters,
            names,
            posting_starts,
            postings,
            shapes,
            weights,
            record_names,
            alias_groups,
            aliases,
            role_groups,
            ids,
            values,
            details: Details::default(),
            holders: columns.iter().map(|_| OnceLock::new()).collect(),
            columns,
        })
    }

    /// Takes the values that complete the names; they answer as the whole index does then.
    ///
    /// # Errors
    ///
    /// As [`Index::read`], and bytes that are not the values of these names; the index stays as it was.
    pub fn add_values(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        let payload = unpack_own(&VALUES, bytes, self.values)?;
        let mut allowance = Allowance::of(&payload);
        let mut sections = split(payload, 2)?.into_iter();
        let section = allowance.next(sections.next());
        let ids = take_ids(section, self.role_count(), &mut allowance)?;
        let section = allowance.next(sections.next());
        let details = Details::take(&mut Reader::new(&section, Section::Links), self.len(), &mut allowance)?;
        let mut columns = take_columns(sections, &self.letters, self.role_count(), &mut allowance)?;
        Reader::new(&[], Section::Columns).check(columns.len() + self.columns.len() <= MAX_COLUMNS)?;
        columns.iter_mut().for_each(|column| column.know_by_letter(&mut allowance));
        // What the names alone had no room for.
        self.names.know_by_letter(&mut allowance);
        for column in std::mem::take(&mut self.columns) {
            let place = columns.partition_point(|other| other.field() <= column.field());
            columns.insert(place, column);
        }
        self.holders = columns.iter().map(|_| OnceLock::new()).collect();
        (self.ids, self.details, self.columns, self.values) = (ids, details, columns, None);
        Ok(())
    }

    /// The file that has the details of a record, if any has: `details/0123456789abcdef.bin`.
    pub fn detail_file(&self, record: u32) -> Option<String> {
        Some(detail_name(*self.details.checksums.get(self.details.file(record))?))
    }

    /// Opens the file that has the details of a record.
    ///
    /// # Errors
    ///
    /// As [`Index::read`], and bytes that are not [`Index::detail_file`]'s.
    pub fn detail(&self, record: u32, bytes: &[u8]) -> Result<Detail, ReadError> {
        let file = self.details.file(record);
        let payload = unpack_own(&DETAILS, bytes, self.details.checksums.get(file).copied())?;
        let first = file.checked_sub(1).map_or(0, |before| self.details.ends[before]);
        let (first, last) = (self.roles(first).start, self.roles(self.details.ends[file] - 1).end);
        let mut allowance = Allowance::of(&payload);
        let sections = split(payload, 0)?.into_iter();
        let columns = take_columns(sections, &self.letters, (last - first) as usize, &mut allowance)?;
        Ok(Detail { first, columns })
    }
}

/// The details of a range of records.
pub struct Detail {
    /// The first role of the range.
    first: u32,
    columns: Vec<Column>,
}

impl Detail {
    /// Field, heading and text of every detail of a role within the range, in the order of fields.
    pub fn cells(&self, letters: &Letters, role: u32) -> Vec<(Field, String, String)> {
        let of_column = |column: &Column| {
            let values = column.values(role - self.first);
            let texts = values.map(|value| letters.text(column.texts().get(value)));
            texts.map(|text| (column.field(), column.label().to_string(), text)).collect::<Vec<_>>()
        };
        self.columns.iter().flat_map(of_column).collect()
    }
}

/// Unpacks a part that must have this checksum.
fn unpack_own(kind: &Kind, bytes: &[u8], wanted: Option<u64>) -> Result<Vec<u8>, ReadError> {
    // One that ends before its checksum is cut short, whosever it is.
    if bytes.starts_with(&kind.magic) && checksum(bytes).is_some_and(|own| Some(own) != wanted) {
        return Err(ReadError::new(ReadErrorKind::Foreign));
    }
    kind.unpack(bytes)
}

/// Where details with this checksum stand.
pub(super) fn detail_name(checksum: u64) -> String {
    ["details/", &hexadecimal(checksum), ".bin"].concat()
}

fn take_checksum(reader: &mut Reader<'_>) -> Result<u64, ReadError> {
    let bytes = reader.take(8)?;
    Ok(bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

fn take_columns(
    sections: impl Iterator<Item = Vec<u8>>,
    letters: &Letters,
    roles: usize,
    allowance: &mut Allowance,
) -> Result<Vec<Column>, ReadError> {
    let mut columns: Vec<Column> = Vec::new();
    for section in sections {
        let section = allowance.next(Some(section));
        let mut reader = Reader::new(&section, Section::Columns);
        let column = Column::take(&mut reader, letters, roles, allowance)?;
        reader.check(columns.last().is_none_or(|last| last.field() <= column.field()))?;
        columns.push(column);
    }
    Ok(columns)
}

impl Details {
    fn take(reader: &mut Reader<'_>, records: usize, allowance: &mut Allowance) -> Result<Details, ReadError> {
        let n = reader.at_most(reader.left())?;
        allowance.spend(reader, n, 4 + 4 + 8)?;
        let (mut ends, mut end) = (Vec::with_capacity(n), 0u64);
        for size in reader.planes(n, ANY)? {
            reader.check(size > 0)?;
            end += u64::from(size);
            reader.check(end <= records as u64)?;
            ends.push(end as u32);
        }
        reader.check(n == 0 || end == records as u64)?;
        let checksums = (0..n).map(|_| take_checksum(reader)).collect::<Result<Vec<u64>, ReadError>>()?;
        reader.end()?;
        Ok(Details { ends, checksums })
    }

    /// Which file has a record.
    fn file(&self, record: u32) -> usize {
        self.ends.partition_point(|end| *end <= record)
    }
}

/// How many bytes may still be held.
pub(crate) struct Allowance {
    left: usize,
    /// The length of the section that is being read.
    reading: usize,
}

impl Allowance {
    /// What a payload justifies, beside its own sections.
    pub(crate) fn of(payload: &[u8]) -> Allowance {
        Allowance { left: 2 * payload.len() + SLACK, reading: 0 }
    }

    /// The next section, empty where there is none; the one before was let go.
    fn next(&mut self, section: Option<Vec<u8>>) -> Vec<u8> {
        self.let_go(Vec::new());
        let section = section.unwrap_or_default();
        self.reading = section.len();
        section
    }

    /// Lets the section go that is being read.
    pub(super) fn let_go(&mut self, section: Vec<u8>) {
        drop(section);
        self.left += std::mem::take(&mut self.reading);
    }

    /// Takes so many for `n` things of `each` bytes.
    pub(super) fn spend(&mut self, reader: &Reader<'_>, n: usize, each: usize) -> Result<(), ReadError> {
        let left = n.checked_mul(each).and_then(|bytes| self.left.checked_sub(bytes));
        self.left = left.ok_or_else(|| reader.damaged())?;
        Ok(())
    }

    /// Takes so many bytes for what can be done without, if they are there.
    pub(crate) fn affords(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }

    /// Gives back what was only needed on the way.
    pub(super) fn give_back(&mut self, bytes: usize) {
        self.left += bytes;
    }

    /// How many bytes of things that are appended one by one fit, with the room that is kept for more of them.
    #[cfg(feature = "first")]
    pub(super) fn doubling(&self) -> usize {
        self.left / 3
    }

    /// Likewise where only a quarter more is kept.
    pub(super) fn growing(&self) -> usize {
        self.left / 9 * 4
    }
}

/// The sections of an index or of a part of one and their bytes before packing, in file order: `letters`, `names`,
/// `records`, `ids`, `links`, then one `column` each.
///
/// # Errors
///
/// As [`Index::read`], but for what is inside the sections.
pub fn sections(bytes: &[u8]) -> Result<Vec<(&'static str, Vec<u8>)>, ReadError> {
    let names: &[&str] = match () {
        () if bytes.starts_with(&NAMES.magic) => &["letters", "names", "records", "links"],
        () if bytes.starts_with(&VALUES.magic) => &["ids", "links"],
        () if bytes.starts_with(&DETAILS.magic) => &[],
        () => &["letters", "names", "records", "ids"],
    };
    let sections = split(unpack(bytes)?, names.len())?;
    Ok(names.iter().copied().chain(std::iter::repeat("column")).zip(sections).collect())
}

/// The field and the heading of a section that is a column.
pub fn heading(section: &[u8]) -> Option<(Field, String)> {
    let mut reader = Reader::new(section, Section::Columns);
    let field = *Field::ALL.get(usize::from(reader.byte().ok()?))?;
    Some((field, std::str::from_utf8(reader.block().ok()?).ok()?.to_string()))
}

/// The blocks of a payload: at least those that are always there.
fn split(payload: Vec<u8>, least: usize) -> Result<Vec<Vec<u8>>, ReadError> {
    let mut blocks = Reader::new(&payload, Section::Blocks);
    let mut sections = Vec::new();
    while blocks.left() > 0 {
        blocks.check(sections.len() < least + MAX_COLUMNS)?;
        sections.push(blocks.block()?.to_vec());
    }
    blocks.check(sections.len() >= least)?;
    Ok(sections)
}

/// Checks the outer header of an index or a part of one and unpacks the payload, which may still be nonsense.
///
/// # Errors
///
/// As [`Index::read`], but for what is inside the payload.
pub fn unpack(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let kinds = [NAMES, VALUES, DETAILS];
    kinds.into_iter().find(|kind| bytes.starts_with(&kind.magic)).unwrap_or(FILE).unpack(bytes)
}

struct Records {
    shapes: Numbers,
    weights: Numbers,
    role_groups: Groups,
    record_names: Numbers,
    alias_groups: Groups,
    aliases: Vec<u32>,
    posting_starts: Vec<u32>,
    postings: Vec<u32>,
}

impl Records {
    fn take(section: Vec<u8>, names: usize, allowance: &mut Allowance) -> Result<Records, ReadError> {
        let reader = &mut Reader::new(&section, Section::Records);
        let n = reader.at_most(reader.left())?;
        reader.check(n > 0)?;
        // Five planes and the groups' beginnings.
        allowance.spend(reader, reader.left(), 1)?;
        allowance.spend(reader, n, 1)?;
        let shapes = reader.numbers(n, 2)?;
        let mut weights = reader.numbers(n, ANY)?;
        let role_counts = reader.numbers(n, ANY)?;
        let record_names = reader.numbers(n, names as u64)?;
        let alias_groups = Groups::of(reader.numbers(n, ANY)?).ok_or_else(|| reader.damaged())?;
        reader.check(alias_groups.total() <= reader.left())?;
        allowance.spend(reader, alias_groups.total(), 4)?;
        let aliases = reader.planes(alias_groups.total(), names as u64)?;
        reader.end()?;
        reader.check(role_counts.iter().all(|count| count > 0))?;
        let role_groups = Groups::of(role_counts).ok_or_else(|| reader.damaged())?;
        if weights.iter().all(|weight| weight == 0) {
            allowance.give_back(weights.bytes());
            weights = Numbers::default();
        }
        allowance.let_go(section);

        // From names to records: where each name's postings end is counted, then they are filled in from the last, which leads to where they begin.
        let reader = Reader::new(&[], Section::Records);
        // Names alone say nothing more of roles, so what their ids will take bounds them.
        reader.check(role_groups.total() <= allowance.left / BYTES_OF_A_ROLE)?;
        allowance.spend(&reader, n + aliases.len() + names + 1, 4)?;
        let mut posting_starts = vec![0u32; names + 1];
        for name in record_names.iter().chain(aliases.iter().copied()) {
            posting_starts[name as usize] += 1;
        }
        // A name that nobody has would make walks longer than the records justify.
        reader.check(posting_starts[..names].iter().all(|count| *count > 0))?;
        let mut end = 0;
        for count in &mut posting_starts {
            end += *count;
            *count = end;
        }
        let mut postings = vec![0; n + aliases.len()];
        let mut post = |name: u32, posting: u32| {
            posting_starts[name as usize] -= 1;
            postings[posting_starts[name as usize] as usize] = posting;
        };
        let mut left = aliases.as_slice();
        for record in (0..n).rev() {
            let own;
            (left, own) = left.split_at(left.len() - alias_groups.sizes().get(record) as usize);
            own.iter().rev().for_each(|alias| post(*alias, (record as u32) << 1 | 1));
            post(record_names.get(record), (record as u32) << 1);
        }
        Ok(Records { shapes, weights, role_groups, record_names, alias_groups, aliases, posting_starts, postings })
    }
}

fn take_ids(section: Vec<u8>, roles: usize, allowance: &mut Allowance) -> Result<Ids, ReadError> {
    let mut reader = Reader::new(&section, Section::Ids);
    // Every prefix is some role's.
    let n = reader.at_most(roles)?;
    allowance.spend(&reader, n, 12)?;
    allowance.spend(&reader, roles, BYTES_OF_A_ROLE)?;
    allowance.spend(&reader, reader.left(), 1)?;
    let (mut prefixes, mut ends) = (String::new(), Vec::new());
    for _ in 0..n {
        let is_numbered = reader.at_most(1)? == 1;
        prefixes.push_str(std::str::from_utf8(reader.block()?).map_err(|_| reader.damaged())?);
        ends.push((prefixes.len() as u32, is_numbered));
    }
    let sources = reader.numbers(roles, n as u64 + 1)?;
    let differences = reader.numbers(roles, ANY)?;
    reader.end()?;
    allowance.let_go(section);
    let mut last = vec![0u32; n];
    let mut numbers = Vec::with_capacity(roles);
    for (source, difference) in sources.iter().zip(differences.iter()) {
        let number = match source.checked_sub(1).map(|source| &mut last[source as usize]) {
            Some(last) => {
                *last = last.wrapping_add(difference);
                *last
            }
            None => difference,
        };
        numbers.push(number);
    }
    Ok(Ids { prefixes, ends, sources, numbers })
}
