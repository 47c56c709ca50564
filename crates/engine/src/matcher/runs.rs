//! Which parts of the keystrokes stand in a value, wherever: the runs of hanzi that both have in common.
//!
//! Chinese is typed without spaces, so 北京大学数学 is an organisation and a discipline in one breath.

use crate::index::{LetterId, Letters};
use crate::query::is_latin;
use std::ops::Range;

/// The shortest run that says something: 大学, not 大.
pub const MIN_RUN: usize = 2;

/// The runs of hanzi that keystrokes have in common with values.
pub struct Runs<'a> {
    keys: &'a [char],
    /// By letter, at which keystrokes it stands.
    places: Vec<u64>,
    /// The keystrokes at which no run begins that goes on from the one before: each piece stands for itself.
    firsts: u64,
}

impl<'a> Runs<'a> {
    /// Prepares for these keystrokes; `firsts` has a bit for the first keystroke of each piece.
    pub fn new(letters: &Letters, keys: &'a [char], firsts: u64) -> Runs<'a> {
        let mut places = vec![0; letters.len()];
        for (at, key) in keys.iter().enumerate().filter(|(_, key)| !is_latin(**key)) {
            letters.folding_to(*key).for_each(|id| places[usize::from(id)] |= 1 << at);
        }
        Runs { keys, places, firsts }
    }

    /// All keystrokes that stand in some run of at least [`MIN_RUN`] in this value, as a set.
    ///
    /// One pass: at each letter the set of keystrokes at which a run of two ends follows from the set before.
    pub fn covered(&self, text: &[LetterId]) -> u64 {
        let (mut before, mut covered) = (0, 0);
        for id in text {
            let here = self.places[usize::from(*id)];
            let ends = (before << 1) & here & !self.firsts;
            covered |= ends | ends >> 1;
            before = here;
        }
        covered
    }

    /// Every longest run in this value: its keystrokes and its first letter.
    pub fn all(&self, text: &[LetterId]) -> Vec<(Range<usize>, usize)> {
        let has = |at: usize, letter: usize| {
            letter < text.len() && at < self.keys.len() && self.places[usize::from(text[letter])] >> at & 1 == 1
        };
        let mut runs = Vec::new();
        for letter in 0..text.len() {
            for at in 0..self.keys.len() {
                let is_first = self.firsts >> at & 1 == 1;
                let goes_on = letter > 0 && at > 0 && !is_first && has(at - 1, letter - 1);
                if has(at, letter) && !goes_on {
                    let length = (1..).find(|n| self.firsts >> (at + n).min(63) & 1 == 1 || !has(at + n, letter + n));
                    let length = length.unwrap_or(1);
                    if length >= MIN_RUN {
                        runs.push((at..at + length, letter));
                    }
                }
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Term;
    use proptest::prelude::*;

    /// Every common run of `keys` and `text` that can be extended on neither side, by comparing all pairs.
    fn longest_runs(keys: &[char], text: &[char], firsts: u64) -> Vec<(Range<usize>, usize)> {
        let same = |at: usize, letter: usize, n: usize| {
            let within = at + n <= keys.len() && letter + n <= text.len();
            within && keys[at..at + n] == text[letter..letter + n] && (at + 1..at + n).all(|i| firsts >> i & 1 == 0)
        };
        let mut runs = Vec::new();
        for letter in 0..text.len() {
            for at in 0..keys.len() {
                let starts = letter == 0 || at == 0 || firsts >> at & 1 == 1 || !same(at - 1, letter - 1, 2);
                let length = (0..=keys.len()).rev().find(|n| same(at, letter, *n)).unwrap_or(0);
                if starts && length >= MIN_RUN {
                    runs.push((at..at + length, letter));
                }
            }
        }
        runs
    }

    proptest! {
        #[test]
        fn runs_are_the_common_parts(keys in "[甲乙丙]{1,9}", text in "[甲乙丙丁]{0,9}", firsts in 0u64..512) {
            let (keys, chars): (Vec<char>, Vec<char>) = (keys.chars().collect(), text.chars().collect());
            let alphabet = Letters::of([Term::plain("甲乙丙丁")].iter()).unwrap();
            let letters: Vec<LetterId> = chars.iter().map(|c| alphabet.folding_to(*c).next().unwrap()).collect();
            let runs = Runs::new(&alphabet, &keys, firsts | 1);
            let expected = longest_runs(&keys, &chars, firsts | 1);
            prop_assert_eq!(runs.all(&letters), expected.clone());
            let covered = expected.into_iter().flat_map(|(range, _)| range).fold(0u64, |set, at| set | 1 << at);
            prop_assert_eq!(runs.covered(&letters), covered);
        }
    }
}
