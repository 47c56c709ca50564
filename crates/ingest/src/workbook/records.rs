//! XLSB: which rows and columns its sheets hide, and which cells they merge.
//!
//! A part is a sequence of records ([MS-XLSB]): a type, a length, the data. Both numbers have seven bits a byte, the lowest first.

use super::archive::{check, open, part, targets};
use super::{Beside, Besides, WIDEST};
use crate::problem::Kind;
use crate::sheet::Merged;

const ROW: usize = 0;
const COLUMNS: usize = 60;
const BUNDLED_SHEET: usize = 156;
const MERGED: usize = 176;

/// What the sheets of an XLSB hide and merge, by their names.
pub fn xlsb(bytes: &[u8]) -> Result<Besides, Kind> {
    check(bytes)?;
    let mut archive = open(bytes)?;
    // What this reader cannot follow, calamine judges.
    let (Some(book), Some(relations)) =
        (part(&mut archive, "xl/workbook.bin"), part(&mut archive, "xl/_rels/workbook.bin.rels"))
    else {
        return Ok(Besides::new());
    };
    let targets = targets(&relations);
    let mut besides = Besides::new();
    for (relation, name) in
        records(&book).filter(|(kind, _)| *kind == BUNDLED_SHEET).filter_map(|(_, data)| sheet(data))
    {
        let Some(bytes) = targets.get(&relation).and_then(|path| part(&mut archive, path)) else { continue };
        besides.insert(name, beside(&bytes));
    }
    Ok(besides)
}

/// A sheet's relation and its name: they follow its state and its number.
fn sheet(data: &[u8]) -> Option<(String, String)> {
    let (relation, rest) = text(data.get(8..)?)?;
    let (name, _) = text(rest)?;
    Some((relation, name))
}

/// A text with its length before it, and what follows.
fn text(data: &[u8]) -> Option<(String, &[u8])> {
    let (units, rest) = data.get(4..)?.split_at_checked(number(data, 0)?.checked_mul(2)?)?;
    let units: Vec<u16> = units.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some((String::from_utf16_lossy(&units), rest))
}

/// What one sheet hides and merges.
fn beside(part: &[u8]) -> Beside {
    let mut beside = Beside::default();
    for (kind, data) in records(part) {
        let numbers = || Some([number(data, 0)?, number(data, 4)?, number(data, 8)?, number(data, 12)?]);
        match (kind, numbers()) {
            // Its height is zero: so a row is hidden.
            (ROW, _) if data.get(11).is_some_and(|flags| flags & 0x10 != 0) => {
                beside.hidden.rows.extend(number(data, 0).map(|row| row + 1));
            }
            (COLUMNS, Some([first, last, ..])) if data.get(16).is_some_and(|flags| flags & 1 != 0) => {
                beside.hidden.columns.extend(first..=last.min(WIDEST));
            }
            (MERGED, Some([top, bottom, left, right])) if top <= bottom && left <= right => {
                beside.merged.push(Merged { rows: (top + 1, bottom + 1), columns: (left, right) });
            }
            _ => {}
        }
    }
    beside.hidden.rows.sort_unstable();
    beside
}

/// The records of a part, up to the first that does not end within it.
fn records(part: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut rest = part;
    std::iter::from_fn(move || {
        let kind = seven_bits(&mut rest, 2)?;
        let length = seven_bits(&mut rest, 4)?;
        let (data, behind) = rest.split_at_checked(length)?;
        rest = behind;
        Some((kind, data))
    })
}

/// A number of at most so many bytes; all but the last have their highest bit set.
fn seven_bits(rest: &mut &[u8], most: usize) -> Option<usize> {
    let mut number = 0;
    for place in 0..most {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        number |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

fn number(data: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_and_their_numbers() {
        for (part, expected) in [
            (&[][..], vec![]),
            (&[5, 0], vec![(5, &[][..])]),
            (&[5, 2, 1, 2, 0x9c, 0x01, 1, 9], vec![(5, &[1, 2][..]), (156, &[9])]),
            (&[5, 0x81, 0x00, 7], vec![(5, &[7][..])]),
            // Cut short, or with a length that reaches beyond the part.
            (&[5, 0, 0x9c], vec![(5, &[][..])]),
            (&[5, 0, 6, 2, 1], vec![(5, &[][..])]),
            (&[5, 0xff, 0xff, 0xff, 0xff, 1], vec![]),
            (&[0x80], vec![]),
        ] {
            assert_eq!(records(part).collect::<Vec<_>>(), expected, "{part:?}");
        }
        let columns = |first: u32, last: u32| {
            let data = [first, last, 0, 0, 1].map(u32::to_le_bytes).concat();
            beside(&[&[COLUMNS as u8, data.len() as u8][..], &data].concat()).hidden.columns
        };
        assert_eq!((columns(3, 4), columns(4, 3)), (vec![3, 4], vec![]));
        assert_eq!(columns(510, u32::MAX), [510, 511, 512]);
    }
}
