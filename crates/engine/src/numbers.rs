//! Numbers in memory as narrow as they are: most of an index is numbers below 256, and what is narrow is also read faster.

use std::ops::Range;

/// Numbers of one width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Numbers {
    One(Vec<u8>),
    Two(Vec<u16>),
    Three(Vec<[u8; 3]>),
    Four(Vec<u32>),
}

impl Default for Numbers {
    fn default() -> Numbers {
        Numbers::One(Vec::new())
    }
}

impl Numbers {
    /// How many bytes each takes of numbers of which `most` is the largest.
    pub fn width(most: u32) -> usize {
        (1..4).find(|width| most >> (8 * width) == 0).unwrap_or(4)
    }

    /// These numbers, as narrow as the largest is.
    pub fn of(numbers: &[u32]) -> Numbers {
        Numbers::narrowed(numbers.iter().copied().max().unwrap_or(0), numbers.iter().copied())
    }

    /// What `new` makes of each in turn, as narrow as `most` is, which none of these exceeds.
    pub fn map(&self, most: u32, new: &mut dyn FnMut(u32) -> u32) -> Numbers {
        Numbers::narrowed(most, (0..self.len()).map(|at| new(self.one(at))))
    }

    fn narrowed(most: u32, numbers: impl Iterator<Item = u32>) -> Numbers {
        match Numbers::width(most) {
            1 => Numbers::One(numbers.map(|n| n as u8).collect()),
            2 => Numbers::Two(numbers.map(|n| n as u16).collect()),
            3 => Numbers::Three(numbers.map(|n| [n as u8, (n >> 8) as u8, (n >> 16) as u8]).collect()),
            _ => Numbers::Four(numbers.collect()),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Numbers::One(numbers) => numbers.len(),
            Numbers::Two(numbers) => numbers.len(),
            Numbers::Three(numbers) => numbers.len(),
            Numbers::Four(numbers) => numbers.len(),
        }
    }

    /// How many bytes all take.
    pub fn bytes(&self) -> usize {
        match self {
            Numbers::One(numbers) => size_of_val(numbers.as_slice()),
            Numbers::Two(numbers) => size_of_val(numbers.as_slice()),
            Numbers::Three(numbers) => size_of_val(numbers.as_slice()),
            Numbers::Four(numbers) => size_of_val(numbers.as_slice()),
        }
    }

    /// One of them. Not inlined: it is asked for in many places, and in none of them most.
    #[inline(never)]
    pub fn get(&self, at: usize) -> u32 {
        self.one(at)
    }

    /// The same, for the loop over all.
    #[inline(always)]
    fn one(&self, at: usize) -> u32 {
        match self {
            Numbers::One(numbers) => u32::from(numbers[at]),
            Numbers::Two(numbers) => u32::from(numbers[at]),
            Numbers::Three(numbers) => three(numbers[at]),
            Numbers::Four(numbers) => numbers[at],
        }
    }

    /// What those of a range are together.
    fn sum(&self, range: Range<usize>) -> u32 {
        match self {
            Numbers::One(numbers) => numbers[range].iter().map(|n| u32::from(*n)).sum(),
            Numbers::Two(numbers) => numbers[range].iter().map(|n| u32::from(*n)).sum(),
            Numbers::Three(numbers) => numbers[range].iter().map(|n| three(*n)).sum(),
            Numbers::Four(numbers) => numbers[range].iter().sum(),
        }
    }

    /// The largest; 0 of none.
    pub fn most(&self) -> u32 {
        match self {
            Numbers::One(numbers) => numbers.iter().copied().max().map(u32::from),
            Numbers::Two(numbers) => numbers.iter().copied().max().map(u32::from),
            Numbers::Three(numbers) => numbers.iter().copied().map(three).max(),
            Numbers::Four(numbers) => numbers.iter().copied().max(),
        }
        .unwrap_or(0)
    }

    /// All in turn.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.len()).map(|at| self.get(at))
    }
}

fn three([low, middle, high]: [u8; 3]) -> u32 {
    u32::from(low) | u32::from(middle) << 8 | u32::from(high) << 16
}

/// Groups of things that stand one after another: how many each holds, and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Groups {
    sizes: Numbers,
    /// Where every sixteenth begins, and at last where all end.
    starts: Vec<u32>,
}

/// Every which group's beginning is kept: between them it is summed up.
const STEP: usize = 16;

impl Groups {
    /// Of these sizes; `None` when they have more things together than a `u32` counts.
    pub fn of(sizes: Numbers) -> Option<Groups> {
        let mut starts = Vec::with_capacity(sizes.len() / STEP + 2);
        let mut end = 0u32;
        for (group, size) in sizes.iter().enumerate() {
            if group % STEP == 0 {
                starts.push(end);
            }
            end = end.checked_add(size)?;
        }
        starts.push(end);
        Some(Groups { sizes, starts })
    }

    /// How many things all have together.
    pub fn total(&self) -> usize {
        self.starts[self.starts.len() - 1] as usize
    }

    /// How many each has.
    pub fn sizes(&self) -> &Numbers {
        &self.sizes
    }

    /// The things of a group.
    pub fn range(&self, group: usize) -> Range<u32> {
        let start = self.starts[group / STEP] + self.sizes.sum(group / STEP * STEP..group);
        start..start + self.sizes.get(group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_stay_what_they_are(numbers in prop::collection::vec(any::<u32>(), 0..40), shift in 0u32..32) {
            let numbers: Vec<u32> = numbers.into_iter().map(|n| n >> shift).collect();
            let narrow = Numbers::of(&numbers);
            prop_assert_eq!(narrow.iter().collect::<Vec<u32>>(), numbers.clone());
            prop_assert!(narrow.bytes() <= 4 * numbers.len());
            prop_assert_eq!(narrow.most(), numbers.iter().copied().max().unwrap_or(0));
            let mut seen = Vec::new();
            let doubled = narrow.map(u32::MAX, &mut |n| {
                seen.push(n);
                n.rotate_left(1)
            });
            prop_assert_eq!(&seen, &numbers);
            prop_assert!(doubled.iter().eq(numbers.iter().map(|n| n.rotate_left(1))));
        }

        #[test]
        fn groups_are_where_their_sizes_say(sizes in prop::collection::vec(prop_oneof![Just(0u32), Just(1), 0u32..300], 0..80)) {
            let groups = Groups::of(Numbers::of(&sizes)).unwrap();
            let mut end = 0;
            for (group, size) in sizes.iter().enumerate() {
                prop_assert_eq!(groups.range(group), end..end + size);
                end += size;
            }
            prop_assert_eq!(groups.total(), end as usize);
        }
    }

    #[test]
    fn too_many_things_are_no_groups() {
        assert_eq!(Groups::of(Numbers::Four(vec![u32::MAX, 1])), None);
    }
}
