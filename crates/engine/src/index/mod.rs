//! The index file. (Stub: the format comes with the engine's own commit.)

use crate::{ReadError, WriteError, error::ReadErrorKind, record::Record};

/// An opened index.
pub struct Index {}

/// Writes records as an index; the order of `records` does not matter.
///
/// # Errors
///
/// Too many records, too long values, two roles with one id.
pub fn write(_records: &[Record]) -> Result<Vec<u8>, WriteError> {
    Ok(Vec::new())
}

impl Index {
    /// Opens and checks index bytes, whatever they are.
    ///
    /// # Errors
    ///
    /// Not an index, a newer version, cut short, damaged.
    pub fn read(_bytes: &[u8]) -> Result<Index, ReadError> {
        Err(ReadError::new(ReadErrorKind::NotAnIndex))
    }

    /// How many records (persons and stations) it holds.
    pub fn len(&self) -> usize {
        0
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        true
    }
}
