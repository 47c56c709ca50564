//! Covers the query with runs within its pieces: several terms typed in one breath, or most of the terms.

use super::finds::{Finds, each_value};
use super::quality::{CUT, Part, Quality, is_weak, keys_of, overlaps, text};
use crate::index::{Index, Texts};
use crate::matcher::{By, Found, Keys, Layer, Lexicon, Pass, Run, Runs, Value, has_latin, pass_all, range};
use crate::record::Field;

/// How many records are looked at closely: those with the longest runs.
const CLOSELY: usize = 200;
/// From how many keystrokes on a piece of hanzi may be explained by two thirds.
const MIN_MOSTLY: u32 = 4;

/// From how many keystrokes on a piece is found alone, where no record holds the others.
const MIN_HANZI_ALONE: u32 = 2;
const MIN_LATIN_ALONE: u32 = 4;

/// One piece of the query: its keystrokes as a set, and what was found for it whole.
pub type Piece<'a> = (u64, Option<&'a Finds>);

/// What the words within pieces lead to: the first keystroke, one past the last, and what was found.
pub type Beside = (u8, u8, Finds);

/// Records that hold every keystroke in some run or whole piece, or most of them.
pub struct Breath<'a> {
    index: &'a Index,
    keys: &'a Keys<'a>,
    pieces: Vec<Piece<'a>>,
    beside: &'a [Beside],
    /// The keystrokes that say nothing.
    fillers: u64,
    /// Whether records count that hold a single piece in part, or one of several.
    partly: bool,
    lexicon: &'a Lexicon,
    runs: Runs<'a>,
}

/// A part, and the tier it has alone.
type Candidate = (Part, u8);

/// The candidates of values that were looked at, in the order of the values: many records have one organisation.
type Known = Vec<(Value, Vec<Candidate>)>;

/// A record, how its parts rank together, and the parts in the order of the query.
pub type Breathed = (u32, Quality, Vec<Part>);

impl<'a> Breath<'a> {
    /// For the pieces of a query; `cuts` has a bit for each keystroke before which no run goes on. `partly` lets records count that
    /// hold a single piece in part, or one of several.
    pub fn new(
        index: &'a Index,
        lexicon: &'a Lexicon,
        keys: &'a Keys<'a>,
        pieces: Vec<Piece<'a>>,
        beside: &'a [Beside],
        (fillers, cuts): (u64, u64),
        partly: bool,
    ) -> Breath<'a> {
        Breath { index, lexicon, keys, pieces, beside, fillers, partly, runs: Runs::new(keys, &[], cuts) }
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
        let mut known = Known::new();
        closely.filter_map(|record| self.cover(record, &mut known)).collect()
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
        for (from, to, finds) in self.beside {
            let keys = range(usize::from(*from), usize::from(*to));
            let length = longest_run(keys);
            finds.records.iter().for_each(|record| hold(*record, keys, length));
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
        let held = held | self.fillers;
        if self.pieces.iter().all(|(keys, _)| held & keys == *keys) {
            return true;
        }
        let share = |keys: u64| ((held & keys).count_ones(), keys.count_ones());
        match &self.pieces[..] {
            [(keys, _)] => {
                let (explained, all) = share(*keys);
                self.partly && all >= MIN_MOSTLY && 3 * explained >= 2 * all && !has_latin(self.keys, *keys)
            }
            pieces => {
                let half =
                    pieces.iter().all(|(keys, _)| matches!(share(*keys), (explained, all) if 2 * explained >= all));
                let whole = |finds: &Option<&Finds>| finds.is_some_and(|finds| finds.has(record));
                let told = |(keys, finds): &Piece<'_>| {
                    self.tells(*keys) && finds.is_some_and(|finds| !is_weak(finds.packed_of(self.index, record)))
                };
                (half && pieces.iter().any(|(_, finds)| whole(finds))) || (self.partly && pieces.iter().any(told))
            }
        }
    }

    /// Whether a piece tells enough to be found without the others.
    fn tells(&self, keys: u64) -> bool {
        keys.count_ones() >= if has_latin(self.keys, keys) { MIN_LATIN_ALONE } else { MIN_HANZI_ALONE }
    }

    /// The parts of a record that explain most keystrokes, and of those the fewest, if they are enough.
    fn cover(&self, record: u32, known: &mut Known) -> Option<Breathed> {
        let parts = self.parts(record, known);
        let explained = parts.iter().fold(0, |set, part| set | keys_of(part));
        let held = explained | self.fillers;
        // A term of which not even half is there counts twice.
        let missing = self.pieces.iter().map(|(keys, _)| match (held & keys).count_ones() {
            explained if explained == keys.count_ones() => 0,
            explained if 2 * explained >= keys.count_ones() => 1,
            _ => 2,
        });
        let missing = missing.sum();
        let left = self.keys.all().len() - held.count_ones() as usize;
        // The same letters do not explain two keystrokes: aaaa is not Aa four times.
        let twice = parts.iter().enumerate().any(|(i, part)| {
            parts[..i].iter().any(|other| overlaps(part, other) && part.found.start == other.found.start)
        });
        if twice || !self.may_cover(explained, record) {
            return None;
        }
        let mut quality = Quality::of(self.index, &parts, (missing, left));
        quality.tier = quality.tier.max(self.least_tier(&parts));
        Some((record, quality, parts))
    }

    /// What is cut out of one piece says less than a piece that is a whole, if only an abbreviation or a mixture.
    fn least_tier(&self, parts: &[Part]) -> u8 {
        let cut = self.pieces.iter().any(|(keys, _)| parts.iter().filter(|part| keys_of(part) & keys != 0).count() > 1);
        if cut { CUT } else { 0 }
    }

    fn parts(&self, record: u32, known: &mut Known) -> Vec<Part> {
        let n = self.keys.all().len();
        // Keystrokes missing, parts, their tiers and fields added up; then the last part.
        type Best = ((usize, usize, u32, u32), Option<Part>);
        let mut best: Vec<Best> = vec![((0, 0, 0, 0), None)];
        let mut ending: Vec<Vec<Candidate>> = vec![Vec::new(); n + 1];
        self.each_candidate(record, known, &mut |one| ending[usize::from(one.0.found.to)].push(one));
        for end in 1..=n {
            let (missing, parts, tiers, fields) = best[end - 1].0;
            let nothing = usize::from(self.fillers >> (end - 1) & 1 == 0);
            let mut least: Best = ((missing + nothing, parts, tiers, fields), None);
            for (part, tier) in &ending[end] {
                let (missing, parts, tiers, fields) = best[usize::from(part.found.from)].0;
                let with = (missing, parts + 1, tiers + u32::from(*tier), fields + part.field as u32);
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
        // What only says again what another part says may stand elsewhere too: 物理 in 物理研究所 and in a discipline.
        for i in 0..parts.len() {
            let again = |part: &Part| {
                parts.iter().enumerate().any(|(j, other): (usize, &Part)| j != i && overlaps(part, other))
            };
            if again(&parts[i]) {
                let own = parts[i].found;
                let same = ending[usize::from(own.to)].iter();
                let same = same.filter(|(part, _)| part.found.from == own.from && !again(part));
                if let Some((part, _)) = same.min_by_key(|(part, tier)| (*tier, part.field)) {
                    parts[i] = *part;
                }
            }
        }
        parts
    }

    /// Whole pieces, and all runs of the record.
    fn each_candidate(&self, record: u32, known: &mut Known, tell: &mut dyn FnMut(Candidate)) {
        let pieces = self.pieces.iter().filter_map(|(_, finds)| *finds);
        for finds in pieces.chain(self.beside.iter().map(|(.., finds)| finds)) {
            if let Some((part, quality)) = finds.best(self.index, record) {
                tell((part, quality.tier));
            }
        }
        each_value(self.index, record, &mut |value, field| match value {
            // The same name may be an alias.
            Value::Name(_) => self.candidates(value, field).into_iter().for_each(&mut *tell),
            Value::Cell(..) => {
                let place = known.partition_point(|(other, _)| *other < value);
                if known.get(place).is_none_or(|(other, _)| *other != value) {
                    known.insert(place, (value, self.candidates(value, field)));
                }
                known[place].1.iter().for_each(|one| tell(*one));
            }
        });
    }

    /// All runs of a value.
    fn candidates(&self, value: Value, field: Field) -> Vec<Candidate> {
        let runs = self.runs.all(text(self.index, value)).into_iter().map(|run| self.part(value, field, run));
        runs.map(|part| (part, Quality::of_one(self.index, &part).tier)).collect()
    }

    /// The part that a run is.
    fn part(&self, value: Value, field: Field, run: Run) -> Part {
        let Run { keys: (from, to), letters: (start, end), layer } = run;
        let letters = &text(self.index, value)[start..end];
        let variant = layer == Layer::Literal && self.keys.is_variant(from, letters);
        let (start, end) = (start as u32, end as u32);
        let by = By::Letters(layer);
        let fragment = match value {
            Value::Cell(column, value) => self.lexicon.is_within_word(self.index, column, value, start),
            Value::Name(_) => false,
        };
        Part {
            found: Found { value, by, variant, fragment, from: from as u8, to: to as u8, start, end, cost: 0 },
            field,
        }
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
