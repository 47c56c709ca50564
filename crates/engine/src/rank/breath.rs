//! Covers the query with runs within its pieces: several terms typed in one breath, or most of the terms.

use super::finds::{Finds, each_value};
use super::quality::{Part, Quality, keys_of, text};
use crate::index::{Index, Texts};
use crate::matcher::{By, Found, Keys, Layer, Pass, Run, Runs, Value, pass_all, range};
use crate::query::is_latin;
use crate::record::Field;

/// How many records are looked at closely: those with the longest runs.
const CLOSELY: usize = 200;
/// From how many keystrokes on a piece of hanzi may be explained by two thirds.
const MIN_MOSTLY: u32 = 4;

/// One piece of the query: its keystrokes as a set, and what was found for it whole.
pub type Piece<'a> = (u64, Option<&'a Finds>);

/// Records that hold every keystroke in some run or whole piece, or most of them.
pub struct Breath<'a> {
    index: &'a Index,
    keys: &'a Keys<'a>,
    pieces: Vec<Piece<'a>>,
    runs: Runs<'a>,
}

/// A record, how its parts rank together, and the parts in the order of the query.
pub type Breathed = (u32, Quality, Vec<Part>);

impl<'a> Breath<'a> {
    /// For the pieces of a query; `cuts` has a bit for each keystroke before which no run goes on.
    pub fn new(index: &'a Index, keys: &'a Keys<'a>, pieces: Vec<Piece<'a>>, cuts: u64) -> Breath<'a> {
        Breath { index, keys, pieces, runs: Runs::new(keys, &[], cuts) }
    }

    /// Every such record but those that match already.
    pub fn find(&self, matched: impl Iterator<Item = u32>) -> Vec<Breathed> {
        let held = self.held();
        let mut taken = vec![false; self.index.len()];
        matched.for_each(|record| taken[record as usize] = true);
        // By the length of the longest run, the records that may be covered.
        let mut by_longest: Vec<Vec<u32>> = vec![Vec::new(); 64];
        for (record, (held, longest)) in (0u32..).zip(held) {
            if held != 0 && !taken[record as usize] && self.may_cover(held, record) {
                by_longest[usize::from(longest)].push(record);
            }
        }
        let closely = by_longest.into_iter().rev().flatten().take(CLOSELY);
        closely.filter_map(|record| self.cover(record)).collect()
    }

    /// By record, the keystrokes that some run or whole piece of it explains, and how long the longest run is.
    fn held(&self) -> Vec<(u64, u8)> {
        let mut held = vec![(0u64, 0u8); self.index.len()];
        let mut hold = |record: u32, covered: u64, length: u8| {
            let (all, longest) = &mut held[record as usize];
            *all |= covered;
            *longest = (*longest).max(length);
        };
        self.each_covered(self.index.names().texts(), &mut |name, covered| {
            let length = longest_run(covered);
            self.index.postings(name).for_each(|posting| hold(posting.record, covered, length));
        });
        for (place, column) in (0..).zip(self.index.columns()).filter(|(_, column)| column.field().is_searched()) {
            self.each_covered(column.texts(), &mut |value, covered| {
                let length = longest_run(covered);
                self.index.holders(place, value).iter().for_each(|record| hold(*record, covered, length));
            });
        }
        for (keys, finds) in &self.pieces {
            let length = longest_run(*keys);
            finds.iter().flat_map(|finds| &finds.records).for_each(|record| hold(*record, *keys, length));
        }
        held
    }

    fn each_covered(&self, texts: &Texts, tell: &mut dyn FnMut(u32, u64)) {
        pass_all(&self.runs, texts, &mut |number, pass: &Pass| {
            if pass.covered != 0 {
                tell(number, pass.covered);
            }
        });
    }

    /// Whether so many keystrokes are enough.
    fn may_cover(&self, held: u64, record: u32) -> bool {
        if self.pieces.iter().all(|(keys, _)| held & keys == *keys) {
            return true;
        }
        let share = |keys: u64| ((held & keys).count_ones(), keys.count_ones());
        match &self.pieces[..] {
            [(keys, _)] => {
                let (explained, all) = share(*keys);
                all >= MIN_MOSTLY && 3 * explained >= 2 * all && !self.keys.all().iter().any(|key| is_latin(*key))
            }
            pieces => {
                let half =
                    pieces.iter().all(|(keys, _)| matches!(share(*keys), (explained, all) if 2 * explained >= all));
                half && pieces.iter().any(|(_, finds)| finds.is_some_and(|finds| finds.has(record)))
            }
        }
    }

    /// The parts of a record that explain most keystrokes, and of those the fewest, if they are enough.
    fn cover(&self, record: u32) -> Option<Breathed> {
        let parts = self.parts(record);
        let explained = parts.iter().fold(0, |set, part| set | keys_of(part));
        let missing = self.keys.all().len() - explained.count_ones() as usize;
        self.may_cover(explained, record).then(|| (record, Quality::of(self.index, &parts, missing), parts))
    }

    fn parts(&self, record: u32) -> Vec<Part> {
        let n = self.keys.all().len();
        // Keystrokes missing, parts, and fields added up; then the last part.
        type Best = ((usize, usize, u32), Option<Part>);
        let mut best: Vec<Best> = vec![((0, 0, 0), None)];
        let mut ending: Vec<Vec<Part>> = vec![Vec::new(); n + 1];
        self.each_candidate(record, &mut |part| ending[usize::from(part.found.to)].push(part));
        for end in 1..=n {
            let (missing, parts, fields) = best[end - 1].0;
            let mut least: Best = ((missing + 1, parts, fields), None);
            for part in &ending[end] {
                let (missing, parts, fields) = best[usize::from(part.found.from)].0;
                let with = (missing, parts + 1, fields + part.field as u32);
                if with < least.0 {
                    least = (with, Some(*part));
                }
            }
            best.push(least);
        }
        let mut parts = Vec::new();
        let mut end = n;
        while end > 0 {
            end = match best[end].1 {
                Some(part) => {
                    parts.push(part);
                    usize::from(part.found.from)
                }
                None => end - 1,
            };
        }
        parts.reverse();
        parts
    }

    /// Whole pieces, and all runs of the record.
    fn each_candidate(&self, record: u32, tell: &mut dyn FnMut(Part)) {
        for (_, finds) in &self.pieces {
            if let Some((part, _)) = finds.and_then(|finds| finds.best(self.index, record)) {
                tell(part);
            }
        }
        each_value(self.index, record, &mut |value, field| {
            let text = text(self.index, value);
            self.runs.all(text).into_iter().for_each(|run| tell(self.part(value, field, run)));
        });
    }

    /// The part that a run is.
    fn part(&self, value: Value, field: Field, run: Run) -> Part {
        let Run { keys: (from, to), letters: (start, end), layer } = run;
        let letters = &text(self.index, value)[start..end];
        let variant = layer == Layer::Literal && self.keys.is_variant(from, letters);
        let (start, end) = (start as u32, end as u32);
        let by = By::Letters(layer);
        Part { found: Found { value, by, variant, from: from as u8, to: to as u8, start, end, cost: 0 }, field }
    }
}

/// How many ones in a row a set has at most.
fn longest_run(mut set: u64) -> u8 {
    let mut length = 0;
    while set != 0 {
        set &= set << 1;
        length += 1;
    }
    length.min(63)
}

/// The keystrokes of a range as a set.
pub fn piece(keys: std::ops::Range<usize>) -> u64 {
    range(keys.start, keys.end)
}
