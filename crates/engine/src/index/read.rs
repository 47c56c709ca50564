//! Bytes → [`Index`]: the only place that judges bytes. What passes can be searched without a panic and in bounded time.

use super::columns::Column;
use super::letters::Letters;
use super::names::Names;
use super::{FILE, Ids, Index};
use crate::bytes::{ANY, Reader};
use crate::error::ReadError;
use crate::record::Shape;
use std::sync::OnceLock;

impl Index {
    /// Opens and checks index bytes, whatever they are.
    ///
    /// # Errors
    ///
    /// Not an index, a newer version, cut short, damaged. Memory stays within a small multiple of the unpacked payload,
    /// whatever the bytes claim.
    pub fn read(bytes: &[u8]) -> Result<Index, ReadError> {
        let payload = unpack(bytes)?;
        let mut blocks = Reader::new(&payload, "sections");
        let letters = Letters::take(&mut Reader::new(blocks.block()?, "letters"))?;
        let names = Names::take(&mut Reader::new(blocks.block()?, "names"), &letters, payload.len())?;
        let records = take_records(&mut Reader::new(blocks.block()?, "records"), names.texts().len())?;
        let roles = records.role_starts[records.shapes.len()] as usize;
        let ids = take_ids(&mut Reader::new(blocks.block()?, "ids"), roles)?;
        let mut columns: Vec<Column> = Vec::new();
        while blocks.left() > 0 {
            let mut reader = Reader::new(blocks.block()?, "columns");
            let column = Column::take(&mut reader, &letters, roles)?;
            reader.check(columns.last().is_none_or(|last| last.field() <= column.field()))?;
            columns.push(column);
        }
        let Records { shapes, weights, role_starts, record_names, alias_starts, aliases, posting_starts, postings } =
            records;
        Ok(Index {
            letters,
            names,
            posting_starts,
            postings,
            shapes,
            weights,
            record_names,
            alias_starts,
            aliases,
            role_starts,
            ids,
            holders: columns.iter().map(|_| OnceLock::new()).collect(),
            columns,
        })
    }
}

/// The sections of an index and their bytes before packing, in file order: `letters`, `names`, `records`, `ids`, then
/// one `column` each.
///
/// # Errors
///
/// As [`Index::read`], but for what is inside the sections.
pub fn sections(bytes: &[u8]) -> Result<Vec<(&'static str, Vec<u8>)>, ReadError> {
    let payload = unpack(bytes)?;
    let mut blocks = Reader::new(&payload, "sections");
    let mut sections = Vec::new();
    for name in ["letters", "names", "records", "ids"] {
        sections.push((name, blocks.block()?.to_vec()));
    }
    while blocks.left() > 0 {
        sections.push(("column", blocks.block()?.to_vec()));
    }
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
    shapes: Vec<Shape>,
    weights: Vec<u32>,
    role_starts: Vec<u32>,
    record_names: Vec<u32>,
    alias_starts: Vec<u32>,
    aliases: Vec<u32>,
    posting_starts: Vec<u32>,
    postings: Vec<u32>,
}

fn take_records(reader: &mut Reader<'_>, names: usize) -> Result<Records, ReadError> {
    let n = reader.at_most(reader.left())?;
    reader.check(n > 0)?;
    let shapes =
        reader.planes(n, 2)?.into_iter().map(|code| if code == 0 { Shape::Person } else { Shape::Station }).collect();
    let weights = reader.planes(n, ANY)?;
    let role_counts = reader.planes(n, ANY)?;
    let record_names = reader.planes(n, names as u64)?;
    let alias_counts = reader.planes(n, ANY)?;
    let all_aliases: u64 = alias_counts.iter().map(|count| u64::from(*count)).sum();
    reader.check(all_aliases <= reader.left() as u64)?;
    let aliases = reader.planes(all_aliases as usize, names as u64)?;
    reader.end()?;

    reader.check(role_counts.iter().all(|count| *count > 0))?;
    let role_starts = starts(reader, &role_counts)?;
    let alias_starts = starts(reader, &alias_counts)?;

    // From names to records: counted, then filled in the order of records.
    let mut posting_starts = vec![0u32; names + 1];
    for name in record_names.iter().chain(&aliases) {
        posting_starts[*name as usize + 1] += 1;
    }
    // A name that nobody has would make walks longer than the records justify.
    reader.check(posting_starts[1..].iter().all(|count| *count > 0))?;
    for name in 0..names {
        posting_starts[name + 1] += posting_starts[name];
    }
    let mut free = posting_starts.clone();
    let mut postings = vec![0; record_names.len() + aliases.len()];
    let mut post = |name: u32, posting: u32| {
        postings[free[name as usize] as usize] = posting;
        free[name as usize] += 1;
    };
    for (record, name) in (0u32..).zip(&record_names) {
        post(*name, record << 1);
        let own = alias_starts[record as usize] as usize..alias_starts[record as usize + 1] as usize;
        aliases[own].iter().for_each(|alias| post(*alias, record << 1 | 1));
    }
    Ok(Records { shapes, weights, role_starts, record_names, alias_starts, aliases, posting_starts, postings })
}

/// Where each begins of as many things as `counts` say; one more entry for the end.
fn starts(reader: &Reader<'_>, counts: &[u32]) -> Result<Vec<u32>, ReadError> {
    let mut starts = Vec::with_capacity(counts.len() + 1);
    let mut end = 0u32;
    starts.push(end);
    for count in counts {
        end = end.checked_add(*count).ok_or_else(|| reader.damaged())?;
        starts.push(end);
    }
    Ok(starts)
}

fn take_ids(reader: &mut Reader<'_>, roles: usize) -> Result<Ids, ReadError> {
    let n = reader.at_most(reader.left())?;
    let mut prefixes = Vec::new();
    for _ in 0..n {
        let numbered = reader.at_most(1)? == 1;
        let prefix = std::str::from_utf8(reader.block()?).map_err(|_| reader.damaged())?;
        prefixes.push((numbered, prefix.to_string()));
    }
    let sources = reader.planes(roles, n as u64 + 1)?;
    let mut numbers = reader.planes(roles, ANY)?;
    reader.end()?;
    let mut last = vec![0u32; n];
    for (source, number) in sources.iter().zip(&mut numbers) {
        if let Some(source) = source.checked_sub(1) {
            let last = &mut last[source as usize];
            *last = last.wrapping_add(*number);
            *number = *last;
        }
    }
    Ok(Ids { prefixes, sources, numbers })
}
