//! A set of numbers below a bound: texts, records.

/// A set of numbers below a bound, one bit each.
#[derive(Debug, Clone)]
pub struct Marks(Vec<u64>);

impl Marks {
    /// None of so many.
    pub fn none(n: usize) -> Marks {
        Marks(vec![0; n.div_ceil(64)])
    }

    /// All of so many.
    pub fn all(n: usize) -> Marks {
        let mut marks = Marks(vec![u64::MAX; n.div_ceil(64)]);
        if let Some(last) = marks.0.last_mut().filter(|_| !n.is_multiple_of(64)) {
            *last = (1 << (n % 64)) - 1;
        }
        marks
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

    /// Tells all that are in, ascending.
    pub fn each(&self, tell: &mut dyn FnMut(u32)) {
        let mut first = 0;
        for set in &self.0 {
            let mut left = *set;
            while left != 0 {
                tell(first + left.trailing_zeros());
                left &= left - 1;
            }
            first += 64;
        }
    }
}

/// The numbers in a set of 64, ascending.
pub fn members(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let least = set.trailing_zeros() as usize;
        set &= set.wrapping_sub(1);
        (least < 64).then_some(least)
    })
}
