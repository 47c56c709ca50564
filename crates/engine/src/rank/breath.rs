//! Covers the query with runs within its pieces: several terms typed in one breath, or most of the terms.

mod likely;

use super::finds::{Finds, each_value};
use super::quality::{CUT, Part, Quality, keys_of, overlaps, text};
use crate::index::Index;
use crate::marks::Marks;
use crate::matcher::{By, Found, Layer, Lexicon, Run, Runs, Value, has_latin, range};
use crate::record::Field;
use likely::Holding;

/// How many records are looked at closely: those with the longest runs.
const CLOSELY: usize = 200;
/// From how many keystrokes on a piece of hanzi may be explained by two thirds.
const MIN_MOSTLY: u32 = 4;

/// From how many keystrokes on a piece is found alone, where no record holds the others.
const MIN_HANZI_ALONE: u32 = 2;
const MIN_LATIN_ALONE: u32 = 4;

/// One piece of the query: its keystrokes as a set, and what was found for it whole, if anything.
pub type Piece<'a> = (u64, &'a Finds);

/// What is known of a query before its runs are looked for.
pub struct Asked<'a> {
    pub pieces: Vec<Piece<'a>>,
    /// What was found for whole pieces and for words within them: the keystrokes, and how many these are. For several pieces as one too,
    /// which explain none together.
    pub found: Vec<(u64, u32, &'a Finds)>,
    /// The keystrokes that say nothing.
    pub fillers: u64,
}

/// Records that hold every keystroke in some run or whole piece, or most of them.
pub struct Breath<'a> {
    index: &'a Index,
    asked: Asked<'a>,
    /// The records that have a piece, of several, that is enough alone, by a strong way.
    told: Marks,
    /// Those that have any of several pieces whole, as all others must; of one piece all.
    whole: Marks,
    /// Sets of keystrokes, and how many of each may be missing in these.
    needed: Vec<(u64, u32)>,
    lexicon: &'a Lexicon,
    runs: &'a Runs<'a>,
}

/// A part, and the tier it has alone.
type Candidate = (Part, u8);

/// A record, how its parts rank together, and the parts in the order of the query.
pub type Breathed = (u32, Quality, Vec<Part>);

impl<'a> Breath<'a> {
    /// For a query; `runs` are of its keystrokes. `partly` lets records count that hold two thirds of a single piece, or of several one and
    /// half of the others, or one alone. Beside records that have all pieces the one must say enough, and they hold two thirds of all that was
    /// typed, in letters all.
    pub fn new(
        index: &'a Index,
        lexicon: &'a Lexicon,
        runs: &'a Runs<'a>,
        asked: Asked<'a>,
        partly: bool,
    ) -> Breath<'a> {
        let many = |set: u64, hanzi: u32, latin: u32| {
            set.count_ones() >= if has_latin(runs.keys(), set) { latin } else { hanzi }
        };
        let all = range(0, runs.keys().all().len());
        let third = (all, all.count_ones() / 3);
        let (mut told, mut whole) = (Marks::none(index.len()), Marks::none(index.len()));
        let mut needed = Vec::new();
        if asked.pieces.len() == 1 {
            whole = Marks::all(index.len());
            needed.push(if partly && many(all, MIN_MOSTLY, u32::MAX) { third } else { (all, 0) });
        } else {
            for (keys, finds) in &asked.pieces {
                let says_enough = many(*keys, MIN_HANZI_ALONE, MIN_LATIN_ALONE);
                // Letters of a name beside a name say too little: Gaofeng Zhu is nobody else.
                if partly || (says_enough && (finds.is_in_values() || !has_latin(runs.keys(), *keys))) {
                    whole.add(finds.records());
                }
                if partly && says_enough {
                    told.add(finds.strong());
                }
                needed.push((*keys, keys.count_ones() / 2));
            }
            if !partly {
                needed.push(if has_latin(runs.keys(), all) { (all, 0) } else { third });
            }
        }
        Breath { index, lexicon, asked, told, whole, needed, runs }
    }

    /// The records that may be covered and are looked at, but for those that match already.
    pub fn closely(&self, matched: &Marks) -> Vec<u32> {
        let near = self.near();
        let mut left = near.clone();
        left.add(&self.told);
        left.take_away(matched);
        if left.count() == 0 {
            return Vec::new();
        }
        let holdings = self.holdings(&near);
        // What a record holds counts only where no piece of it is enough: by record, the keystrokes that are explained.
        let mut asked = left.clone();
        asked.take_away(&self.told);
        let mut held = vec![0u64; if asked.count() == 0 { 0 } else { self.index.len() }];
        let mut lengths = 0u64;
        for Holding { keys, longest, holder } in &holdings {
            if !held.is_empty() {
                holder.hold(self.index, *keys, &asked, &mut held);
            }
            lengths |= 1 << longest;
        }
        let mut closely: Vec<u32> = Vec::new();
        // Those with the longest runs first.
        for length in (0..u64::BITS).rev().filter(|length| lengths >> length & 1 == 1) {
            let mut records = Marks::none(self.index.len());
            let own = holdings.iter().filter(|holding| holding.longest == length);
            own.for_each(|holding| holding.holder.mark(self.index, &mut records));
            records.keep(&left);
            left.take_away(&records);
            let may = |record: &u32| !asked.has(*record) || self.may_cover(*record, held[*record as usize]);
            let room = CLOSELY - closely.len();
            closely.extend(records.iter().filter(may).take(room));
            if closely.len() == CLOSELY {
                break;
            }
        }
        closely
    }

    /// Those of these records that are covered.
    pub fn covers(&self, closely: &[u32]) -> Vec<Breathed> {
        let breathed = closely.iter().filter_map(|record| {
            let record = *record;
            let mut candidates = Vec::new();
            self.each_candidate(record, &mut |one| candidates.push(one));
            let (explained, quality, parts) = self.cover(&candidates)?;
            self.may_cover(record, explained).then_some((record, quality, parts))
        });
        breathed.collect()
    }

    /// Whether so many keystrokes are enough.
    fn may_cover(&self, record: u32, held: u64) -> bool {
        let held = held | self.asked.fillers;
        let is_enough = |(keys, most): &(u64, u32)| (keys & !held).count_ones() <= *most;
        self.told.has(record) || (self.whole.has(record) && self.needed.iter().all(is_enough))
    }

    /// The candidates that explain most keystrokes, and of those the fewest; which these are, and how they rank.
    fn cover(&self, candidates: &[Candidate]) -> Option<(u64, Quality, Vec<Part>)> {
        let parts = self.parts(candidates);
        let explained = parts.iter().fold(0, |set, part| set | keys_of(part));
        let held = explained | self.asked.fillers;
        // A term of which not even half is there counts twice.
        let missing = self.asked.pieces.iter().map(|(keys, _)| match (held & keys).count_ones() {
            explained if explained == keys.count_ones() => 0,
            explained if 2 * explained >= keys.count_ones() => 1,
            _ => 2,
        });
        let missing = missing.sum();
        let left = self.runs.keys().all().len() - held.count_ones() as usize;
        // The same letters do not explain two keystrokes: aaaa is not Aa four times.
        let twice = parts.iter().enumerate().any(|(i, part)| {
            parts[..i].iter().any(|other| overlaps(part, other) && part.found.start == other.found.start)
        });
        if twice {
            return None;
        }
        let mut quality = Quality::of(self.index, &parts, (missing, left));
        quality.tier = quality.tier.max(self.least_tier(&parts));
        Some((explained, quality, parts))
    }

    /// What is cut out of one piece says less than a piece that is a whole, if only an abbreviation or a mixture.
    fn least_tier(&self, parts: &[Part]) -> u8 {
        let cut =
            self.asked.pieces.iter().any(|(keys, _)| parts.iter().filter(|part| keys_of(part) & keys != 0).count() > 1);
        if cut { CUT } else { 0 }
    }

    fn parts(&self, candidates: &[Candidate]) -> Vec<Part> {
        let n = self.runs.keys().all().len();
        // Keystrokes missing, parts, their tiers and fields added up; then the last part.
        type Best = ((usize, usize, u32, u32), Option<Part>);
        let mut best: Vec<Best> = vec![((0, 0, 0, 0), None)];
        let ending = |end: usize| candidates.iter().filter(move |(part, _)| usize::from(part.found.to) == end);
        for end in 1..=n {
            let (missing, parts, tiers, fields) = best[end - 1].0;
            let nothing = usize::from(self.asked.fillers >> (end - 1) & 1 == 0);
            let mut least: Best = ((missing + nothing, parts, tiers, fields), None);
            for (part, tier) in ending(end) {
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
                let same = ending(usize::from(own.to)).filter(|(part, _)| part.found.from == own.from && !again(part));
                if let Some((part, _)) = same.min_by_key(|(part, tier)| (*tier, part.field)) {
                    parts[i] = *part;
                }
            }
        }
        parts
    }

    /// Whole pieces, and all runs of the record.
    fn each_candidate(&self, record: u32, tell: &mut dyn FnMut(Candidate)) {
        for (.., finds) in self.asked.found.iter().filter(|(keys, ..)| *keys != 0) {
            if let Some((part, quality)) = finds.best(self.index, record) {
                tell((part, quality.tier));
            }
        }
        each_value(self.index, record, &mut |value, field| {
            for run in self.runs.all(text(self.index, value)) {
                let part = self.part(value, field, run);
                tell((part, Quality::of_one(self.index, &part).tier));
            }
        });
    }

    /// The part that a run is.
    fn part(&self, value: Value, field: Field, run: Run) -> Part {
        let Run { keys: (from, to), letters: (start, end), layer } = run;
        let letters = &text(self.index, value)[start..end];
        let variant = layer == Layer::Literal && self.runs.keys().is_variant(from, letters);
        let (start, end) = (start as u32, end as u32);
        let fragment = match value {
            Value::Cell(column, value) => self.lexicon.is_within_word(self.index, column, value, start),
            Value::Name(_) => false,
        };
        let plain = Found::new(value, By::Letters(layer), (from, to), (start, end), 0);
        Part { found: Found { variant, capital: self.runs.keys().are_capitals, fragment, ..plain }, field }
    }
}
