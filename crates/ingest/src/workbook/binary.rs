//! XLS: how far its cells reach and which rows and columns it hides, read before anything is made room for.
//!
//! The stream `Workbook` of a compound file ([MS-CFB]) is a sequence of records ([MS-XLS]): a type, a length, the data.

use super::{Beside, Besides, hide};
use crate::problem::Kind;
use crate::sheet::{MOST_CELLS, WIDEST};

/// Hidden rows and columns by the sheets' names.
pub fn xls(bytes: &[u8]) -> Result<Besides, Kind> {
    // What this reader cannot follow, calamine judges.
    let Some(stream) = stream(bytes)? else { return Ok(Besides::new()) };
    let mut sheets: Vec<(usize, String)> = Vec::new();
    let mut besides = Besides::new();
    let mut beside = Beside::default();
    let (mut rows, mut columns) = (0, 0);
    let (mut at, mut hidden) = (0, 0);
    while let Some((kind, data)) = record(&stream, at) {
        match kind {
            BOUNDSHEET => sheets.extend(bound_sheet(data)),
            BOF => {
                beside = Beside::default();
                (rows, columns) = (0, 0);
            }
            // Calamine makes room for all cells within.
            DIMENSIONS if reaches_too_far(data) => return Err(Kind::Unpacks),
            ROW if data.len() >= 16 && data[12] & 0x20 != 0 => beside.hidden.rows.push(word(data, 0) + 1),
            COLINFO if data.len() >= 10 && data[8] & 1 != 0 => {
                hide(&mut beside.hidden.columns, word(data, 0)..word(data, 2).min(WIDEST) + 1, &mut hidden)?;
            }
            FORMULA | NUMBER | LABEL | BOOLERR | RK | LABELSST | RSTRING | MULRK if data.len() >= 6 => {
                let last = if kind == MULRK { word(data, data.len() - 2) } else { word(data, 2) };
                rows = rows.max(word(data, 0) + 1);
                columns = columns.max(last + 1);
                if rows * columns > MOST_CELLS || columns > WIDEST {
                    return Err(Kind::Unpacks);
                }
            }
            EOF => {
                beside.hidden.rows.sort_unstable();
                let begin = sheets.iter().rfind(|(begin, _)| *begin <= at);
                if let Some((_, name)) = begin {
                    besides.insert(name.clone(), std::mem::take(&mut beside));
                }
            }
            _ => {}
        }
        at += 4 + data.len();
    }
    Ok(besides)
}

const FORMULA: usize = 0x0006;
const EOF: usize = 0x000a;
const COLINFO: usize = 0x007d;
const BOUNDSHEET: usize = 0x0085;
const MULRK: usize = 0x00bd;
const RSTRING: usize = 0x00d6;
const LABELSST: usize = 0x00fd;
const DIMENSIONS: usize = 0x0200;
const NUMBER: usize = 0x0203;
const LABEL: usize = 0x0204;
const BOOLERR: usize = 0x0205;
const ROW: usize = 0x0208;
const RK: usize = 0x027e;
const BOF: usize = 0x0809;

/// The rows and the columns of a sheet, of which no XLS has more.
const ROWS: usize = 1 << 16;
const COLUMNS: usize = 1 << 8;

/// Whether the cells of a sheet are said to reach beyond what an XLS has, or to end before they begin.
fn reaches_too_far(data: &[u8]) -> bool {
    // One past the last row stands in two bytes before the eighth version, else in four, as the first row does.
    let (first, end, columns) = match data.len() {
        10 => (word(data, 0), word(data, 2), word(data, 6)),
        14.. => {
            let long = |at| long(data, at).map_or(0, |number| number as usize);
            (long(0), long(4), word(data, 10))
        }
        _ => return false,
    };
    end > ROWS || columns > COLUMNS || (end > 0 && first >= end)
}

fn record(stream: &[u8], at: usize) -> Option<(usize, &[u8])> {
    let head = stream.get(at..at + 4)?;
    Some((word(head, 0), stream.get(at + 4..at + 4 + word(head, 2))?))
}

/// Where a sheet begins, and its name.
fn bound_sheet(data: &[u8]) -> Option<(usize, String)> {
    let (count, is_wide) = (usize::from(*data.get(6)?), data.get(7)? & 1 != 0);
    let text = &data[8..];
    let units: Vec<u16> = match is_wide {
        true => text.chunks_exact(2).take(count).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect(),
        false => text.iter().take(count).map(|byte| u16::from(*byte)).collect(),
    };
    Some((long(data, 0)? as usize, String::from_utf16_lossy(&units)))
}

/// The stream `Workbook` or `Book` of a compound file, if it is one that can be followed. Sectors that lead in a circle are refused, wherever calamine would go
/// round in it.
fn stream(bytes: &[u8]) -> Result<Option<Vec<u8>>, Kind> {
    // Nothing else is the size of a sector, and calamine takes nothing else.
    let size = match bytes.get(30..32) {
        Some([9, 0]) => 512,
        Some([12, 0]) => 4096,
        _ => return Ok(None),
    };
    let sector = |id: u32| bytes.get((id as usize + 1).checked_mul(size)?..)?.get(..size);
    let most = bytes.len() / size;
    let Some((table, directory)) = sectors(bytes, sector, most).zip(long(bytes, 48)) else { return Ok(None) };
    let chain = |start: u32, length: usize| follow(start, length, most, &table, sector);
    let directory = chain(directory, usize::MAX)?;
    let (short, count) = (long(bytes, 60).unwrap_or_default(), long(bytes, 64).unwrap_or_default());
    let root = begin(&directory, size).filter(|_| count > 0);
    // Short streams stand in sectors of 64 bytes within the stream of the root entry, with a table of their own.
    let (within, shorts) = match root {
        Some((start, length)) => (chain(start, length)?, longs(&chain(short, count as usize * size)?)),
        None => (Vec::new(), Vec::new()),
    };
    let entry = |name: &str| {
        let name = name.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect::<Vec<u8>>();
        directory.chunks_exact(128).find(|entry| entry[..name.len()].eq_ignore_ascii_case(&name))
    };
    let Some((start, length)) = entry("Workbook").or_else(|| entry("Book")).and_then(|entry| begin(entry, size)) else {
        return Ok(None);
    };
    if length >= LONG {
        return chain(start, length).map(Some);
    }
    let sector = |id: u32| within.get((id as usize).checked_mul(64)?..)?.get(..64);
    follow(start, length, within.len() / 64, &shorts, sector).map(Some)
}

/// From how many bytes on a stream stands in sectors of its own.
const LONG: usize = 4096;

/// The sectors in which a stream stands as far as its length goes, of which there are so many at most. The table leads from each to the next.
fn follow<'b>(
    start: u32,
    length: usize,
    most: usize,
    table: &[u32],
    sector: impl Fn(u32) -> Option<&'b [u8]>,
) -> Result<Vec<u8>, Kind> {
    let (mut stream, mut id, mut count) = (Vec::new(), start, 0);
    while let Some(data) = sector(id).filter(|_| stream.len() < length) {
        stream.extend_from_slice(data);
        id = table.get(id as usize).copied().unwrap_or(u32::MAX);
        count += 1;
        if count > most {
            return Err(Kind::Unpacks);
        }
    }
    Ok(stream)
}

/// The table of sectors: it stands in those that are listed in the header, and where that is full in a chain of further sectors.
fn sectors<'b>(bytes: &'b [u8], sector: impl Fn(u32) -> Option<&'b [u8]>, most: usize) -> Option<Vec<u32>> {
    let mut listed = longs(bytes.get(76..512)?);
    let mut next = long(bytes, 68)?;
    while let Some(more) = sector(next).filter(|_| listed.len() <= most) {
        let mut more = longs(more);
        next = more.pop()?;
        listed.extend(more);
    }
    Some(listed.into_iter().filter_map(sector).flat_map(longs).collect())
}

/// Where the stream of an entry of the directory begins, and its length.
fn begin(entry: &[u8], sector: usize) -> Option<(u32, usize)> {
    // In small files the upper half of the length may be anything.
    let upper = if sector == 512 { 0 } else { long(entry, 124)? };
    Some((long(entry, 116)?, (u64::from(upper) << 32 | u64::from(long(entry, 120)?)) as usize))
}

fn word(data: &[u8], at: usize) -> usize {
    usize::from(u16::from_le_bytes([data[at], data[at + 1]]))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

fn longs(data: &[u8]) -> Vec<u32> {
    data.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}
