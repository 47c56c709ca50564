//! A set of numbers below a bound: texts, records, addresses.

/// A set of numbers below a bound, one bit each.
// What goes through all of it is called, not inlined: forty loops, unrolled, would be half a kilobyte more to load.
#[derive(Debug, Clone)]
pub struct Marks(Vec<u64>);

impl Marks {
    /// None of so many.
    #[inline(never)]
    pub fn none(n: usize) -> Marks {
        Marks(vec![0; n.div_ceil(64)])
    }

    /// All of so many.
    #[inline(never)]
    pub fn all(n: usize) -> Marks {
        let mut marks = Marks(vec![u64::MAX; n.div_ceil(64)]);
        if let Some(last) = marks.0.last_mut().filter(|_| !n.is_multiple_of(64)) {
            *last = (1 << (n % 64)) - 1;
        }
        marks
    }

    /// Those whose bits these are, 64 numbers each.
    pub fn of(sets: Vec<u64>) -> Marks {
        Marks(sets)
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

    /// How many are in.
    #[inline(never)]
    pub fn count(&self) -> usize {
        self.0.iter().map(|set| set.count_ones() as usize).sum()
    }

    /// Leaves what another set of the same bound has too.
    #[inline(never)]
    pub fn keep(&mut self, other: &Marks) {
        self.0.iter_mut().zip(&other.0).for_each(|(set, other)| *set &= other);
    }

    /// Puts in what is in another set of the same bound.
    #[inline(never)]
    pub fn add(&mut self, other: &Marks) {
        self.0.iter_mut().zip(&other.0).for_each(|(set, other)| *set |= other);
    }

    /// Takes out what is in another set of the same bound.
    #[inline(never)]
    pub fn take_away(&mut self, other: &Marks) {
        self.0.iter_mut().zip(&other.0).for_each(|(set, other)| *set &= !other);
    }

    /// How many are in before every sixty-fourth number: what [`Marks::rank`] needs.
    #[inline(never)]
    pub fn ranks(&self) -> Vec<u32> {
        let mut before = 0;
        let count = |set: &u64| {
            before += set.count_ones();
            before - set.count_ones()
        };
        self.0.iter().map(count).collect()
    }

    /// How many are in before a number; `ranks` is of this set.
    pub fn rank(&self, ranks: &[u32], number: u32) -> usize {
        let (at, bit) = (number as usize / 64, number % 64);
        ranks[at] as usize + (self.0[at] & ((1 << bit) - 1)).count_ones() as usize
    }

    /// All that are in, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0..).step_by(64).zip(&self.0).flat_map(|(first, set)| members(*set).map(move |place| first + place as u32))
    }

    /// Tells all that are in, ascending: by loops, since it is asked most.
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const N: u32 = 200;

    fn marks(numbers: &BTreeSet<u32>) -> Marks {
        let mut marks = Marks::none(N as usize);
        numbers.iter().for_each(|number| marks.set(*number));
        marks
    }

    fn told(marks: &Marks) -> BTreeSet<u32> {
        let mut told = Vec::new();
        marks.each(&mut |number| told.push(number));
        assert_eq!(told, marks.iter().collect::<Vec<u32>>());
        assert!(told.is_sorted());
        told.into_iter().collect()
    }

    proptest! {
        #[test]
        fn are_sets(a in prop::collection::btree_set(0..N, 0..60), b in prop::collection::btree_set(0..N, 0..60)) {
            let (one, other) = (marks(&a), marks(&b));
            prop_assert_eq!(&told(&one), &a);
            prop_assert_eq!(one.count(), a.len());
            let mut both = one.clone();
            both.keep(&other);
            prop_assert_eq!(told(&both), &a & &b);
            let mut either = one.clone();
            either.add(&other);
            prop_assert_eq!(told(&either), &a | &b);
            let mut rest = one.clone();
            rest.take_away(&other);
            prop_assert_eq!(told(&rest), &a - &b);
            let ranks = one.ranks();
            for (rank, number) in a.iter().enumerate() {
                prop_assert_eq!(one.rank(&ranks, *number), rank);
            }
        }
    }
}
