//! What the files that a build writes have in common: the outer header, checked before anything else, and the packing.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | magic: which kind of file it is |
//! | 2 | version of that kind's format; a reader opens every version up to its own |
//! | 2 | 0, reserved |
//! | 4 | length of the packed bytes that follow to the end of the file |
//! | 4 | length of the payload after unpacking |
//! | 8 | FNV-1a 64 of the packed bytes |
//!
//! These 28 bytes are never packed; numbers are little-endian. The packed bytes are a raw DEFLATE stream (RFC 1951). The checksum is for
//! accidents; the payload is checked again by whoever reads it, since a hostile file has a right one.
//!
//! In payloads a *varint* is LEB128 below 2³²; a *block* is a varint length and that many bytes; *planes* are a width byte w (1 to 4)
//! and then w planes of n bytes, lowest bytes of all n numbers first; a *bitmap* has its lowest bit first.

use crate::error::{ReadError, ReadErrorKind, Section};
use crate::hash::fnv1a64;
use crate::inflate::inflate;

pub(crate) const HEADER: usize = 28;

/// The effort of packing: miniz_oxide's greatest.
pub(crate) const PACKING: u8 = 10;

/// The checksum that a file's header tells, if it is all there; [`Kind::unpack`] says whether it is right.
pub(crate) fn checksum(bytes: &[u8]) -> Option<u64> {
    bytes.get(20..HEADER)?.try_into().ok().map(u64::from_le_bytes)
}

/// The version that a file's header tells, likewise.
pub(crate) fn version(bytes: &[u8]) -> Option<u16> {
    bytes.get(8..10)?.try_into().ok().map(u16::from_le_bytes)
}

/// One kind of file.
pub(crate) struct Kind {
    pub magic: [u8; 8],
    /// The version that is written, and the last one that is read.
    pub version: u16,
    /// The longest payload that is unpacked.
    pub max_payload: usize,
}

/// A file after its magic, version and reserved bytes.
pub(crate) fn join(start: &[u8], payload: usize, packed: &[u8]) -> Vec<u8> {
    let (length, payload) = ((packed.len() as u32).to_le_bytes(), (payload as u32).to_le_bytes());
    [start, &length, &payload, &fnv1a64(packed).to_le_bytes(), packed].concat()
}

/// A file of any kind that was written here, packed by another packer of raw DEFLATE streams where that makes it smaller; payloads of more than `most`
/// bytes are left as they are.
pub fn repacked(file: Vec<u8>, most: usize, pack: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let payload = file.split_at_checked(HEADER).and_then(|(header, packed)| {
        let length = u32::from_le_bytes(header[16..20].try_into().ok()?) as usize;
        if length > most { None } else { inflate(packed, length) }
    });
    let Some(payload) = payload else { return file };
    let other = join(&file[..12], payload.len(), &pack(&payload));
    if other.len() < file.len() { other } else { file }
}

impl Kind {
    /// Packs a payload (0 stores it, [`PACKING`] packs it as small as it goes) and puts the header before it, with its right checksum.
    pub fn seal(&self, payload: &[u8], effort: u8) -> Vec<u8> {
        let start = [&self.magic[..], &self.version.to_le_bytes(), &[0, 0]].concat();
        join(&start, payload.len(), &miniz_oxide::deflate::compress_to_vec(payload, effort))
    }

    /// Checks the header and unpacks the payload, which may still be nonsense.
    pub fn unpack(&self, bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
        let error = |kind| Err(ReadError::new(kind));
        let damaged = ReadErrorKind::Damaged { section: Section::Header };
        // A file cut within its magic is cut short; anything else is not ours.
        if !bytes.starts_with(&self.magic) {
            let kind = if !bytes.is_empty() && self.magic.starts_with(bytes) {
                ReadErrorKind::Truncated
            } else {
                ReadErrorKind::NotAnIndex
            };
            return error(kind);
        }
        let Some((header, packed)) = bytes.split_at_checked(HEADER) else { return error(ReadErrorKind::Truncated) };
        let number =
            |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]) as usize;
        let version = u16::from_le_bytes([header[8], header[9]]);
        if version > self.version {
            return error(ReadErrorKind::Newer { found: version });
        }
        let (packed_length, length) = (number(12), number(16));
        if packed.len() < packed_length {
            return error(ReadErrorKind::Truncated);
        }
        let odd = version == 0 || header[10..12] != [0, 0] || packed.len() > packed_length || length > self.max_payload;
        if odd || Some(fnv1a64(packed)) != checksum(bytes) {
            return error(damaged);
        }
        inflate(packed, length).ok_or(ReadError::new(ReadErrorKind::Damaged { section: Section::Packing }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_packer_is_taken_where_it_is_better() {
        let kind = Kind { magic: *b"a kind\0\0", version: 3, max_payload: 1000 };
        let payload = b"as it was ".repeat(50);
        let (loose, tight) = (kind.seal(&payload, 0), kind.seal(&payload, PACKING));
        let pack = |payload: &[u8]| miniz_oxide::deflate::compress_to_vec(payload, PACKING);
        assert_eq!(repacked(loose.clone(), 500, pack), tight);
        assert_eq!(repacked(loose.clone(), 499, pack), loose);
        assert_eq!(repacked(tight.clone(), 500, |payload| payload.to_vec()), tight);
        assert_eq!(kind.unpack(&tight).unwrap(), payload);
        for other in [&b""[..], b"no file", &[0; 40]] {
            assert_eq!(repacked(other.to_vec(), 500, pack), other);
        }
    }
}
