//! Covers the query with runs within its pieces: several terms typed in one breath, or most of the terms.

use super::finds::{Finds, each_value};
use super::quality::{CUT, Part, Quality, keys_of, overlaps, text};
use crate::index::Index;
use crate::marks::Marks;
use crate::matcher::{By, Found, Keys, Layer, Lexicon, Run, Runs, Value, has_latin, members, range};
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
    /// Whether a single piece may be explained by two thirds.
    mostly: bool,
    /// The keystrokes of the pieces of several that are enough alone.
    alone: u64,
    /// The records that have such a piece, of several, by a strong way.
    told: Marks,
    lexicon: &'a Lexicon,
    runs: Runs<'a>,
}

/// What explains keystrokes: a value that holds runs of them, or what was found for a piece or a word within one.
#[derive(Clone, Copy)]
enum Holder<'a> {
    Value(Value),
    Found(&'a Finds),
}

impl<'a> Holder<'a> {
    /// Tells the records among some that have it.
    fn each(&self, index: &'a Index, among: &Marks, tell: &mut dyn FnMut(u32)) {
        match *self {
            Holder::Value(Value::Name(name)) => index
                .postings(name)
                .filter(|posting| among.has(posting.record))
                .for_each(|posting| tell(posting.record)),
            Holder::Value(Value::Cell(column, value)) => {
                let holders = index.holders(column, value).iter();
                holders.filter(|record| among.has(**record)).for_each(|record| tell(*record))
            }
            Holder::Found(finds) => {
                let mut records = among.clone();
                records.keep(finds.records());
                records.each(tell);
            }
        }
    }

    /// How many have it.
    fn count(&self, index: &'a Index) -> usize {
        match *self {
            Holder::Value(Value::Name(name)) => index.postings(name).count(),
            Holder::Value(Value::Cell(column, value)) => index.holders(column, value).len(),
            Holder::Found(finds) => finds.records().count(),
        }
    }

    /// Puts the records in that have it.
    fn mark(&self, index: &'a Index, marks: &mut Marks) {
        match *self {
            Holder::Value(Value::Name(name)) => index.postings(name).for_each(|posting| marks.set(posting.record)),
            Holder::Value(Value::Cell(column, value)) => {
                index.holders(column, value).iter().for_each(|record| marks.set(*record))
            }
            Holder::Found(finds) => marks.add(finds.records()),
        }
    }
}

/// The values of a column, or names, that hold runs, ascending, and the keystrokes in these.
struct Covered {
    /// The column's place; none for names.
    column: Option<u32>,
    values: Vec<(u32, u64)>,
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
        let many =
            |set: u64, hanzi: u32, latin: u32| set.count_ones() >= if has_latin(keys, set) { latin } else { hanzi };
        let mostly = partly && pieces.iter().all(|(set, _)| many(*set, MIN_MOSTLY, u32::MAX));
        let one_of_several = partly && pieces.len() > 1;
        let alone = pieces.iter().filter(|(set, _)| one_of_several && many(*set, MIN_HANZI_ALONE, MIN_LATIN_ALONE));
        let mut told = Marks::none(index.len());
        for finds in alone.clone().filter_map(|(_, finds)| *finds) {
            told.add(finds.strong());
        }
        let alone = alone.fold(0, |all, (set, _)| all | set);
        // The name of an organisation is not put together from parts of others: 北京大学 is not 北京师范大学.
        let organisations = pieces.iter().filter(|(_, finds)| finds.is_some_and(Finds::is_organisation));
        let whole = organisations.fold(0, |all, (set, _)| all | set);
        Breath {
            index,
            lexicon,
            keys,
            pieces,
            beside,
            fillers,
            mostly,
            alone,
            told,
            runs: Runs::new(keys, cuts, whole),
        }
    }

    /// Every such record but those that match already.
    pub fn find(&self, matched: &Marks) -> Vec<Breathed> {
        let covered = self.covered();
        let mut left = self.likely(&covered);
        left.take_away(matched);
        if left.count() == 0 {
            return Vec::new();
        }
        // What a record holds counts only where no piece of it is enough: by rank among those, the keystrokes that each explains.
        let mut asked = left.clone();
        asked.take_away(&self.told);
        let ranks = asked.ranks();
        let mut held = vec![0u64; asked.count()];
        // By the length of the longest run, what explains keystrokes.
        let mut by_length: Vec<Vec<Holder<'_>>> = vec![Vec::new(); 64];
        self.each_holder(&covered, &mut |keys, holder| {
            holder.each(self.index, &asked, &mut |record| held[asked.rank(&ranks, record)] |= keys);
            by_length[usize::from(longest_run(keys))].push(holder);
        });
        let mut closely: Vec<u32> = Vec::new();
        // Those with the longest runs first.
        for holders in by_length.into_iter().rev().filter(|holders| !holders.is_empty()) {
            let mut records = Marks::none(self.index.len());
            holders.iter().for_each(|holder| holder.mark(self.index, &mut records));
            records.keep(&left);
            left.take_away(&records);
            let may = |record: &u32| !asked.has(*record) || self.may_cover(*record, held[asked.rank(&ranks, *record)]);
            let room = CLOSELY - closely.len();
            closely.extend(records.iter().filter(may).take(room));
            if closely.len() == CLOSELY {
                break;
            }
        }
        let (mut known, mut covers) = (Known::new(), Vec::new());
        let breathed = closely.into_iter().filter_map(|record| {
            let mut candidates = Vec::new();
            self.each_candidate(record, &mut known, &mut |one| candidates.push(one));
            // Many records differ in nothing that was typed.
            let place =
                covers.iter().position(|(same, _): &(Vec<Candidate>, _)| *same == candidates).unwrap_or_else(|| {
                    let cover = self.cover(&candidates);
                    covers.push((candidates, cover));
                    covers.len() - 1
                });
            let (explained, quality, parts) = covers[place].1.clone()?;
            self.may_cover(record, explained).then_some((record, quality, parts))
        });
        breathed.collect()
    }

    /// The values that hold runs, names first; columns that have none are left out.
    fn covered(&self) -> Vec<Covered> {
        let columns = (0u32..).zip(self.index.columns()).filter(|(_, column)| column.field().is_searched());
        let columns = columns.map(|(place, column)| (Some(place), column.texts()));
        let all = std::iter::once((None, self.index.names().texts())).chain(columns);
        let covered = all.map(|(column, texts)| {
            let mut values = Vec::new();
            self.runs.holding(texts).each(&mut |number| {
                let covered = self.runs.covered(texts.get(number));
                if covered != 0 {
                    values.push((number, covered));
                }
            });
            Covered { column, values }
        });
        covered.filter(|covered| !covered.values.is_empty()).collect()
    }

    /// Tells everything that explains keystrokes, and which.
    fn each_holder(&self, covered: &[Covered], tell: &mut dyn FnMut(u64, Holder<'a>)) {
        for Covered { column, values } in covered {
            for (number, keys) in values {
                let value = column.map_or(Value::Name(*number), |column| Value::Cell(column, *number));
                tell(*keys, Holder::Value(value));
            }
        }
        self.found().for_each(|(keys, finds)| tell(keys, Holder::Found(finds)));
    }

    /// The records that may be covered. Of some piece each must hold one of the keystrokes that fewest records hold, of as many as cannot all
    /// be missing; or a piece that may do alone.
    fn likely(&self, covered: &[Covered]) -> Marks {
        let mut counts = [0; 64];
        self.each_holder(covered, &mut |keys, holder| {
            let count = holder.count(self.index);
            members(keys).for_each(|key| counts[key] += count);
        });
        let rarest =
            self.pieces.iter().map(|(keys, _)| self.rarest(*keys, &counts)).min().map_or(0, |(_, rarest)| rarest);
        let mut likely = Marks::none(self.index.len());
        self.each_holder(covered, &mut |keys, holder| {
            let alone = || matches!(holder, Holder::Found(_)) && self.pieces.iter().any(|piece| piece.0 == keys);
            if keys & rarest != 0 || (keys & self.alone != 0 && alone()) {
                holder.mark(self.index, &mut likely);
            }
        });
        likely
    }

    /// Of a piece the keystrokes that fewest records hold, of as many as cannot all be missing; and how many hold them.
    fn rarest(&self, keys: u64, counts: &[usize; 64]) -> (usize, u64) {
        let most_missing = match self.pieces.len() {
            1 if self.mostly => keys.count_ones() / 3,
            1 => 0,
            _ => keys.count_ones() / 2,
        };
        let mut left = keys & !self.fillers;
        let mut rarest = (0, 0);
        for _ in 0..=most_missing {
            let Some(key) = members(left).min_by_key(|key| counts[*key]) else { break };
            left &= !(1 << key);
            rarest = (rarest.0 + counts[key], rarest.1 | 1 << key);
        }
        rarest
    }

    /// What was found for whole pieces and for words within them, by their keystrokes.
    fn found(&self) -> impl Iterator<Item = (u64, &'a Finds)> + '_ {
        let pieces = self.pieces.iter().filter_map(|(keys, finds)| finds.map(|finds| (*keys, finds)));
        pieces.chain(self.beside.iter().map(|(from, to, finds)| (range(usize::from(*from), usize::from(*to)), finds)))
    }

    /// Whether so many keystrokes are enough.
    fn may_cover(&self, record: u32, held: u64) -> bool {
        let held = held | self.fillers;
        let missing = |keys: u64| (keys & !held).count_ones();
        match &self.pieces[..] {
            [(keys, _)] => match missing(*keys) {
                0 => true,
                missing => self.mostly && 3 * missing <= keys.count_ones(),
            },
            pieces => {
                let whole = |(_, finds): &Piece<'_>| finds.is_some_and(|finds| finds.has(record));
                self.told.has(record)
                    || pieces.iter().all(|(keys, _)| missing(*keys) == 0)
                    || (pieces.iter().any(whole)
                        && pieces.iter().all(|(keys, _)| 2 * missing(*keys) <= keys.count_ones()))
            }
        }
    }

    /// The candidates that explain most keystrokes, and of those the fewest; which these are, and how they rank.
    fn cover(&self, candidates: &[Candidate]) -> Option<(u64, Quality, Vec<Part>)> {
        let parts = self.parts(candidates);
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
        if twice {
            return None;
        }
        let mut quality = Quality::of(self.index, &parts, (missing, left));
        quality.tier = quality.tier.max(self.least_tier(&parts));
        Some((explained, quality, parts))
    }

    /// What is cut out of one piece says less than a piece that is a whole, if only an abbreviation or a mixture.
    fn least_tier(&self, parts: &[Part]) -> u8 {
        let cut = self.pieces.iter().any(|(keys, _)| parts.iter().filter(|part| keys_of(part) & keys != 0).count() > 1);
        if cut { CUT } else { 0 }
    }

    fn parts(&self, candidates: &[Candidate]) -> Vec<Part> {
        let n = self.keys.all().len();
        // Keystrokes missing, parts, their tiers and fields added up; then the last part.
        type Best = ((usize, usize, u32, u32), Option<Part>);
        let mut best: Vec<Best> = vec![((0, 0, 0, 0), None)];
        let mut ending: Vec<Vec<Candidate>> = vec![Vec::new(); n + 1];
        candidates.iter().for_each(|one| ending[usize::from(one.0.found.to)].push(*one));
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
        for (_, finds) in self.found() {
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
