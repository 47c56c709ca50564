//! Covers the query with runs within its pieces: several terms typed in one breath, or most of the terms.

mod likely;

use super::finds::{Finds, each_value};
use super::quality::{CUT, Part, Quality, keys_of, overlaps, text};
use crate::index::Index;
use crate::marks::Marks;
use crate::matcher::{By, Found, Layer, Lexicon, Run, Runs, Span, Value, find_beginnings, has_latin, range};
use crate::record::Field;
use likely::{Holder, Holding};

/// How many records are looked at closely: those that hold most keystrokes.
const CLOSELY: usize = 200;
/// From how many keystrokes on a piece of hanzi may be explained by two thirds.
const MIN_MOSTLY: u32 = 4;

/// From how many keystrokes on a piece is found alone, where no record holds the others.
const MIN_HANZI_ALONE: u32 = 2;
const MIN_LATIN_ALONE: u32 = 4;
/// How organisations of one name each end.
const ENDS: [[char; 2]; 3] = [['大', '学'], ['学', '院'], ['医', '院']];
/// From how many hanzi on a whole name within a piece is somebody's; two may begin a word.
const MIN_NAMED: usize = 3;

/// What is known of a query before its runs are looked for.
pub struct Asked<'a> {
    /// How many pieces the query has.
    pub pieces: usize,
    /// What was found for each piece whole, if anything, and then for words within pieces: the keystrokes as a set, and the finds.
    pub found: Vec<(u64, &'a Finds)>,
    /// The keystrokes that say nothing.
    pub fillers: u64,
}

impl<'a> Asked<'a> {
    /// The keystrokes of each piece, and what was found for it.
    fn pieces(&self) -> &[(u64, &'a Finds)] {
        &self.found[..self.pieces]
    }
}

/// Records that hold every keystroke in some run or whole piece, or most of them.
pub struct Breath<'a> {
    index: &'a Index,
    asked: Asked<'a>,
    /// The records that have a piece, of several, that is enough alone, by a strong way.
    told: Marks,
    /// Of these those whose whole name was typed: they are meant, whatever else was.
    named: Marks,
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
        let named = if partly { named(index, runs, &asked) } else { Marks::none(index.len()) };
        let mut needed = Vec::new();
        if asked.pieces == 1 {
            whole = Marks::all(index.len());
            // Beside whom the query names nobody is meant who has only most of it.
            let mostly = partly && named.count() == 0 && many(all, MIN_MOSTLY, u32::MAX);
            needed.push(if mostly { third } else { (all, 0) });
        } else {
            for (keys, finds) in asked.pieces() {
                let says_enough = many(*keys, MIN_HANZI_ALONE, MIN_LATIN_ALONE);
                // Letters of a name beside a name say too little: Gaofeng Zhu is nobody else.
                if partly || (says_enough && (finds.is_in_values() || !has_latin(runs.keys(), *keys))) {
                    whole.add(finds.records());
                }
                if partly && says_enough && (named.count() == 0 || !finds.is_type()) {
                    told.add(finds.strong());
                }
                needed.push((*keys, keys.count_ones() / 2));
            }
            if !partly {
                needed.push(if has_latin(runs.keys(), all) { (all, 0) } else { third });
            }
        }
        told.add(&named);
        Breath { index, lexicon, asked, told, named, whole, needed, runs }
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
        let mut held = vec![0u64; self.index.len()];
        for Holding { keys, holder } in &self.holdings(&near) {
            holder.hold(self.index, *keys, &left, &mut held);
        }
        let (mut closely, mut counts) = (Vec::new(), [0; u64::BITS as usize + 1]);
        // The fewest keystrokes with which a record is still looked at, and how many hold more.
        let (mut least, mut more) = (1, 0);
        left.each(&mut |record| {
            // Whom the query names comes first.
            let count = match self.named.has(record) {
                true => u64::BITS as usize,
                false => held[record as usize].count_ones() as usize,
            };
            let is_late = count < least || count == least && more + counts[least] >= CLOSELY;
            if is_late || !self.may_cover(record, held[record as usize]) {
                return;
            }
            closely.push((count, record));
            counts[count] += 1;
            more += usize::from(count > least);
            while more >= CLOSELY {
                least += 1;
                more -= counts[least];
            }
        });
        closely.retain(|(count, _)| {
            let is_last = *count == least && more < CLOSELY;
            more += usize::from(is_last);
            is_last || *count > least
        });
        closely.into_iter().map(|(_, record)| record).collect()
    }

    /// Those of these records that are covered.
    pub fn covers(&self, closely: &[u32]) -> Vec<Breathed> {
        let breathed = closely.iter().filter_map(|record| {
            let record = *record;
            let mut candidates = Vec::new();
            self.each_candidate(record, &mut |one| candidates.push(one));
            let (explained, mut quality, parts) = self.cover(&candidates)?;
            if self.named.has(record) {
                quality.missing = quality.missing.min(1);
            }
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
        let missing = self.asked.pieces().iter().map(|(keys, _)| match (held & keys).count_ones() {
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
        if twice || self.is_foreign(&parts) {
            return None;
        }
        let mut quality = Quality::of(self.index, &parts, (missing, left));
        if self.is_cut(&parts) {
            quality.tier = quality.tier.max(CUT);
            // A word that is known leads there before letters that may stand for a name: 中科院 in 中科院王 is not 中国中医科学院.
            let abbreviations = parts.iter().filter(|part| part.found.by == By::Abbreviation);
            quality.cost += 2 * abbreviations.count() as u8;
        }
        Some((explained, quality, parts))
    }

    /// Whether all that was typed ends as organisations are called, but with the end of another's name, or its abbreviation: 江苏大学 is
    /// nobody from 江苏 at 河海大学.
    fn is_foreign(&self, parts: &[Part]) -> bool {
        let typed = self.runs.keys().all();
        let is_of = |part: &&Part| matches!(part.field, Field::Org | Field::Sponsor);
        self.asked.pieces == 1
            && ENDS.iter().any(|end| typed.ends_with(end))
            && parts.iter().filter(is_of).count() == 1
            && parts.last().is_some_and(|Part { found, .. }| {
                found.from > 0
                    && usize::from(found.to) == typed.len()
                    && (found.start > 0 || found.by == By::Abbreviation)
            })
    }

    /// Whether one piece is cut into several parts. That says less than a piece that is a whole, if only an abbreviation or a mixture.
    fn is_cut(&self, parts: &[Part]) -> bool {
        self.asked.pieces().iter().any(|(keys, _)| parts.iter().filter(|part| keys_of(part) & keys != 0).count() > 1)
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
        for (_, finds) in &self.asked.found {
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

/// Whose whole name is a piece, or stands in one in hanzi.
fn named(index: &Index, runs: &Runs<'_>, asked: &Asked<'_>) -> Marks {
    let (mut named, mut spans) = (Marks::none(index.len()), Vec::new());
    for (keys, _) in asked.pieces() {
        let (start, end) = (keys.trailing_zeros() as usize, (u64::BITS - keys.leading_zeros()) as usize);
        spans.push(Span { start, ends: 1 << end });
        for from in start..if has_latin(runs.keys(), *keys) { start } else { end } {
            spans.push(Span { start: from, ends: range(from + MIN_NAMED, end + 1) });
        }
    }
    find_beginnings(index, runs.keys(), &spans, &mut |names, found| {
        if found.end > 1 && matches!(found.by, By::Letters(Layer::Literal | Layer::Full)) {
            for name in names {
                // Names that begin alike stand one after another, the shortest first.
                if index.names().texts().get(name).len() > found.end as usize {
                    break;
                }
                Holder::Value(Value::Name(name)).mark(index, &mut named);
            }
        }
    });
    named
}
