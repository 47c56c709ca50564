//! Numbers as bytes: little-endian fields, varints, and planes, with a reader that trusts nothing.

use crate::error::{ReadError, ReadErrorKind, Section};
use crate::numbers::Numbers;

/// Appends `n` in LEB128: seven bits a byte, least significant first, the top bit set on all but the last.
pub(crate) fn put_varint(out: &mut Vec<u8>, mut n: u32) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Appends a length and that many bytes.
pub(crate) fn put_block(out: &mut Vec<u8>, bytes: &[u8]) {
    put_varint(out, bytes.len() as u32);
    out.extend_from_slice(bytes);
}

/// Appends numbers as a width byte (1 to 4) and then byte planes: all lowest bytes, all next ones, and so on.
///
/// Planes pack better than varints: the high bytes of small numbers become one long run.
/// The width is never 0, so a reader never makes much out of nothing.
pub(crate) fn put_planes(out: &mut Vec<u8>, numbers: &[u32]) {
    let largest = numbers.iter().copied().max().unwrap_or(0);
    let width = Numbers::width(largest);
    out.push(width as u8);
    for plane in 0..width {
        out.extend(numbers.iter().map(|n| (n >> (8 * plane)) as u8));
    }
}

/// The limit of [`Reader::planes`] that lets every number pass.
pub(crate) const ANY: u64 = 1 << 32;

/// Reads one section front to back; every way to run out of it or to find nonsense is the same error.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    section: Section,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8], section: Section) -> Reader<'a> {
        Reader { bytes, section }
    }

    /// The error that names this section.
    #[inline(never)]
    pub(crate) fn damaged(&self) -> ReadError {
        ReadError::new(ReadErrorKind::Damaged { section: self.section })
    }

    /// Fails with this section's error unless `fine`.
    pub(crate) fn check(&self, fine: bool) -> Result<(), ReadError> {
        if fine { Ok(()) } else { Err(self.damaged()) }
    }

    pub(crate) fn take(&mut self, n: usize) -> Result<&'a [u8], ReadError> {
        let (taken, rest) = self.bytes.split_at_checked(n).ok_or_else(|| self.damaged())?;
        self.bytes = rest;
        Ok(taken)
    }

    pub(crate) fn byte(&mut self) -> Result<u8, ReadError> {
        self.next().ok_or_else(|| self.damaged())
    }

    /// The next byte, for loops over many.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Option<u8> {
        let (byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*byte)
    }

    pub(crate) fn varint(&mut self) -> Result<u32, ReadError> {
        let mut n = 0u32;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            self.check(bits << shift >> shift == bits)?;
            n |= bits << shift;
            if byte < 0x80 {
                return Ok(n);
            }
        }
        Err(self.damaged())
    }

    /// A varint that must not exceed `most`.
    pub(crate) fn at_most(&mut self, most: usize) -> Result<usize, ReadError> {
        let n = self.varint()? as usize;
        self.check(n <= most)?;
        Ok(n)
    }

    pub(crate) fn block(&mut self) -> Result<&'a [u8], ReadError> {
        let n = self.varint()? as usize;
        self.take(n)
    }

    /// `n` numbers below `limit` (or [`ANY`]), as [`put_planes`] wrote them; in memory they are as narrow as in the file.
    pub(crate) fn numbers(&mut self, n: usize, limit: u64) -> Result<Numbers, ReadError> {
        let width = usize::from(self.byte()?);
        self.check((1..=4).contains(&width))?;
        let bytes = self.take(n.checked_mul(width).ok_or_else(|| self.damaged())?)?;
        let plane = |plane: usize| bytes[plane * n..][..n].iter();
        let numbers = match width {
            1 => Numbers::One(bytes.to_vec()),
            2 => Numbers::Two(plane(0).zip(plane(1)).map(|(a, b)| u16::from_le_bytes([*a, *b])).collect()),
            3 => Numbers::Three(plane(0).zip(plane(1)).zip(plane(2)).map(|((a, b), c)| [*a, *b, *c]).collect()),
            _ => {
                let pairs = plane(0).zip(plane(1)).zip(plane(2).zip(plane(3)));
                Numbers::Four(pairs.map(|((a, b), (c, d))| u32::from_le_bytes([*a, *b, *c, *d])).collect())
            }
        };
        self.check(n == 0 || 1 << (8 * width) <= limit || u64::from(numbers.most()) < limit)?;
        Ok(numbers)
    }

    /// The same for those that are few.
    pub(crate) fn planes(&mut self, n: usize, limit: u64) -> Result<Vec<u32>, ReadError> {
        Ok(self.numbers(n, limit)?.iter().collect())
    }

    /// Nothing may follow the last thing of a section.
    pub(crate) fn end(&self) -> Result<(), ReadError> {
        self.check(self.bytes.is_empty())
    }

    /// How many bytes are left.
    pub(crate) fn left(&self) -> usize {
        self.bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back_as_written(numbers in prop::collection::vec(any::<u32>(), 0..50)) {
            let mut out = Vec::new();
            numbers.iter().for_each(|n| put_varint(&mut out, *n));
            put_planes(&mut out, &numbers);
            let mut reader = Reader::new(&out, Section::Words);
            for n in &numbers {
                prop_assert_eq!(reader.varint().unwrap(), *n);
            }
            prop_assert_eq!(reader.planes(numbers.len(), ANY).unwrap(), numbers);
            prop_assert!(reader.end().is_ok());
        }

        #[test]
        fn any_bytes_end_in_numbers_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..40), n in 0usize..20) {
            let mut reader = Reader::new(&bytes, Section::Words);
            let before = reader.left();
            if reader.varint().is_ok() {
                prop_assert!(reader.left() < before);
            }
            if let Ok(numbers) = reader.planes(n, 1000) {
                prop_assert!(numbers.len() == n && numbers.iter().all(|number| *number < 1000));
            }
        }
    }

    #[test]
    fn a_varint_that_does_not_fit_is_damage() {
        assert!(Reader::new(&[0xff, 0xff, 0xff, 0xff, 0x1f], Section::Words).varint().is_err());
        assert_eq!(Reader::new(&[0xff, 0xff, 0xff, 0xff, 0x0f], Section::Words).varint().unwrap(), u32::MAX);
    }
}
