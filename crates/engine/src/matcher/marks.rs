//! A set of texts or records, by number.

use super::keys::members;

/// A set of numbers below a bound, one bit each.
#[derive(Debug, Clone)]
pub struct Marks(Vec<u64>);

impl Marks {
    /// None of so many.
    pub fn of(n: usize) -> Marks {
        Marks(vec![0; n.div_ceil(64)])
    }

    /// Puts a number in.
    pub fn set(&mut self, number: u32) {
        self.0[number as usize / 64] |= 1 << (number % 64);
    }

    /// Takes a number out.
    pub fn unset(&mut self, number: u32) {
        self.0[number as usize / 64] &= !(1 << (number % 64));
    }

    /// Whether a number is in.
    pub fn has(&self, number: u32) -> bool {
        self.0[number as usize / 64] >> (number % 64) & 1 == 1
    }

    /// All that are in, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0u32..).step_by(64).zip(&self.0).flat_map(|(first, set)| members(*set).map(move |bit| first + bit as u32))
    }
}
