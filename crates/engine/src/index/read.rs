//! Bytes → [`Index`]: the only place that judges bytes. What passes can be searched without a panic and in bounded time.

use super::columns::Column;
use super::letters::{LetterId, Letters};
use super::names::Names;
use super::{FILE, Ids, Index, MAX_COLUMNS};
use crate::bytes::{ANY, Reader};
use crate::error::{ReadError, Section};
use crate::numbers::{Groups, Numbers};
use std::sync::OnceLock;

/// How many bytes an opened index may hold beside twice its payload. A reader holds the payload's sections not read yet as well, so three times the
/// payload and 4 MB at most with what it needs on the way.
const SLACK: usize = 3 << 20;

impl Index {
    /// Opens and checks index bytes, whatever they are.
    ///
    /// # Errors
    ///
    /// Not an index, a newer version, cut short, damaged. At no time more than three times the unpacked payload and 4 MB are held,
    /// whatever the bytes claim.
    pub fn read(bytes: &[u8]) -> Result<Index, ReadError> {
        let payload = unpack(bytes)?;
        let mut allowance = Allowance::of(&payload);
        let most_letters = payload.len();
        // Each section is let go when it is read.
        let mut sections = split(payload)?.into_iter();
        let mut next = || sections.next().unwrap_or_default();
        let letters = Letters::take(&mut Reader::new(&next(), Section::Letters), &mut allowance)?;
        let names = Names::take(next(), &letters, most_letters, &mut allowance)?;
        let records = Records::take(&mut Reader::new(&next(), Section::Records), names.texts().len(), &mut allowance)?;
        let roles = records.role_groups.total();
        let ids = take_ids(next(), roles, &mut allowance)?;
        let mut columns: Vec<Column> = Vec::new();
        for section in sections {
            let mut reader = Reader::new(&section, Section::Columns);
            let column = Column::take(&mut reader, &letters, roles, &mut allowance)?;
            reader.check(columns.last().is_none_or(|last| last.field() <= column.field()))?;
            columns.push(column);
        }
        let Records { shapes, weights, role_groups, record_names, alias_groups, aliases, posting_starts, postings } =
            records;
        Ok(Index {
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
            holders: columns.iter().map(|_| OnceLock::new()).collect(),
            columns,
        })
    }
}

/// How many bytes may still be held.
pub(crate) struct Allowance(usize);

impl Allowance {
    /// What a payload justifies.
    pub(crate) fn of(payload: &[u8]) -> Allowance {
        Allowance(2 * payload.len() + SLACK)
    }

    /// Takes so many for `n` things of `each` bytes.
    pub(super) fn spend(&mut self, reader: &Reader<'_>, n: usize, each: usize) -> Result<(), ReadError> {
        let left = n.checked_mul(each).and_then(|bytes| self.0.checked_sub(bytes));
        self.0 = left.ok_or_else(|| reader.damaged())?;
        Ok(())
    }

    /// Gives back what was only needed on the way.
    pub(super) fn give_back(&mut self, bytes: usize) {
        self.0 += bytes;
    }

    /// How many letters that are appended one by one fit, with the room that is kept for more of them.
    pub(super) fn letters(&self) -> usize {
        self.0 / (3 * size_of::<LetterId>())
    }
}

/// The sections of an index and their bytes before packing, in file order: `letters`, `names`, `records`, `ids`, then
/// one `column` each.
///
/// # Errors
///
/// As [`Index::read`], but for what is inside the sections.
pub fn sections(bytes: &[u8]) -> Result<Vec<(&'static str, Vec<u8>)>, ReadError> {
    let names = ["letters", "names", "records", "ids"].into_iter().chain(std::iter::repeat("column"));
    Ok(names.zip(split(unpack(bytes)?)?).collect())
}

/// The blocks of a payload: at least the four that are always there.
fn split(payload: Vec<u8>) -> Result<Vec<Vec<u8>>, ReadError> {
    let mut blocks = Reader::new(&payload, Section::Blocks);
    let mut sections = Vec::new();
    while blocks.left() > 0 {
        blocks.check(sections.len() < 4 + MAX_COLUMNS)?;
        sections.push(blocks.block()?.to_vec());
    }
    blocks.check(sections.len() >= 4)?;
    Ok(sections)
}

/// Checks the outer header and unpacks the payload, which may still be nonsense.
///
/// # Errors
///
/// As [`Index::read`], but for what is inside the payload.
pub fn unpack(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    FILE.unpack(bytes)
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
    fn take(reader: &mut Reader<'_>, names: usize, allowance: &mut Allowance) -> Result<Records, ReadError> {
        let n = reader.at_most(reader.left())?;
        reader.check(n > 0)?;
        // Five planes, the postings, and the groups' beginnings.
        allowance.spend(reader, reader.left(), 1)?;
        allowance.spend(reader, n, 5)?;
        let shapes = reader.numbers(n, 2)?;
        let weights = reader.numbers(n, ANY)?;
        let role_counts = reader.numbers(n, ANY)?;
        let record_names = reader.numbers(n, names as u64)?;
        let alias_groups = Groups::of(reader.numbers(n, ANY)?).ok_or_else(|| reader.damaged())?;
        reader.check(alias_groups.total() <= reader.left())?;
        allowance.spend(reader, alias_groups.total(), 8)?;
        let aliases = reader.planes(alias_groups.total(), names as u64)?;
        reader.end()?;
        reader.check(role_counts.iter().all(|count| count > 0))?;
        let role_groups = Groups::of(role_counts).ok_or_else(|| reader.damaged())?;

        // From names to records: where each name's postings end is counted, then they are filled in from the last, which leads to where they begin.
        allowance.spend(reader, names, 4)?;
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
    allowance.spend(&reader, roles, 4)?;
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
    drop(section);
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
