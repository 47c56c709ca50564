//! Which records may be covered, and what explains keystrokes in them: sieves, before records are looked at one by one.

use super::{Breath, Piece};
use crate::index::{Index, Somewhere, Texts};
use crate::marks::Marks;
use crate::matcher::{Value, members, range};
use crate::rank::finds::Finds;

/// How many times more than what is near there must be in all, for what is near to be looked for first.
const NEAR: usize = 2;

/// What explains keystrokes: a value that holds runs of them, or what was found for a piece or a word within one.
pub enum Holder<'a> {
    Value(Value),
    Found(&'a Finds),
}

impl<'a> Holder<'a> {
    /// Tells the records among some that have it.
    pub fn each(&self, index: &'a Index, among: &Marks, tell: &mut dyn FnMut(u32)) {
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
    pub fn mark(&self, index: &'a Index, marks: &mut Marks) {
        match *self {
            Holder::Value(Value::Name(name)) => index.postings(name).for_each(|posting| marks.set(posting.record)),
            Holder::Value(Value::Cell(column, value)) => {
                index.holders(column, value).iter().for_each(|record| marks.set(*record))
            }
            Holder::Found(finds) => marks.add(finds.records()),
        }
    }
}

/// What explains some keystrokes.
pub struct Holding<'a> {
    pub keys: u64,
    /// How many of them there are in a row at most, 63 for more.
    pub longest: u32,
    pub holder: Holder<'a>,
}

impl<'a> Holding<'a> {
    fn new(keys: u64, holder: Holder<'a>) -> Holding<'a> {
        let (mut left, mut longest) = (keys, 0);
        while left != 0 {
            left &= left << 1;
            longest += 1;
        }
        Holding { keys, longest: longest.min(63), holder }
    }
}

/// A column's place, or none for names, and its texts.
type Column<'a> = (Option<u32>, &'a Texts);

fn value((column, _): &Column<'_>, number: u32) -> Value {
    column.map_or(Value::Name(number), |column| Value::Cell(column, number))
}

impl<'a> Breath<'a> {
    /// All that explains keystrokes: the values that hold runs, and what was found; without values that only records have that cannot be covered.
    pub fn holdings(&self) -> Vec<Holding<'a>> {
        let searched = (0u32..).zip(self.index.columns()).filter(|(_, column)| column.field().is_searched());
        let searched = searched.map(|(place, column)| (Some(place), column.texts()));
        let columns: Vec<Column<'_>> = std::iter::once((None, self.index.names().texts())).chain(searched).collect();
        let near = if self.runs.are_hanzi() { None } else { self.near(&columns) };
        let mut holdings = Vec::new();
        for column in &columns {
            let (_, texts) = column;
            let near = near.as_ref().filter(|(_, count)| count * NEAR < texts.len());
            let held = near.map_or_else(|| self.runs.holding(texts), |(near, _)| self.values(column, near));
            held.each(&mut |number| {
                let covered = self.runs.covered(texts.get(number));
                if covered != 0 {
                    holdings.push(Holding::new(covered, Holder::Value(value(column, number))));
                }
            });
        }
        holdings.extend(self.found().map(|(keys, finds)| Holding::new(keys, Holder::Found(finds))));
        holdings
    }

    /// The records that hold one of the keystrokes that fewest may hold, as far as letters tell, and how many these are; none where it would
    /// take too long to look.
    fn near(&self, columns: &[Column<'_>]) -> Option<(Marks, usize)> {
        let spent = self.runs.spent();
        let mut counts = [0; 64];
        // Few texts are looked through sooner than many letters.
        for (_, texts) in columns.iter().filter(|(_, texts)| texts.len() > spent.len()) {
            let count_of = texts.counts();
            for (id, keys) in &spent {
                let count = count_of(*id);
                if count > 0 {
                    members(*keys).for_each(|key| counts[key] += count);
                }
            }
        }
        self.found().for_each(|(keys, finds)| members(keys).for_each(|key| counts[key] += finds.records().count()));
        let (count, rarest) = self.rarest(&counts);
        let mut near = Marks::none(self.index.len());
        let found = self.found().filter(|(keys, _)| keys & rarest != 0 || self.is_alone(*keys));
        found.for_each(|(_, finds)| near.add(finds.records()));
        if (near.count() + count) * NEAR > self.index.len() {
            return None;
        }
        for column in columns {
            let (_, texts) = column;
            let mut letters = spent.iter().filter(|(_, keys)| keys & rarest != 0).map(|(id, _)| *id);
            texts.holding(Somewhere::Anywhere, &mut letters).each(&mut |number| {
                if self.runs.covered(texts.get(number)) & rarest != 0 {
                    Holder::Value(value(column, number)).mark(self.index, &mut near);
                }
            });
        }
        let count = near.count();
        Some((near, count))
    }

    /// The values of a column, or the names, that some records have.
    fn values(&self, (column, texts): &Column<'_>, records: &Marks) -> Marks {
        let mut values = Marks::none(texts.len());
        match column.map(|column| &self.index.columns()[column as usize]) {
            None => records.each(&mut |record| {
                values.set(self.index.name(record));
                self.index.aliases(record).iter().for_each(|alias| values.set(*alias));
            }),
            Some(column) => records.each(&mut |record| {
                self.index.roles(record).for_each(|role| column.values(role).for_each(|value| values.set(value)));
            }),
        }
        values
    }

    /// The records that may be covered. Of some piece each must hold one of the keystrokes that fewest records hold, of as many as cannot all
    /// be missing; or a piece that may do alone.
    pub fn likely(&self, holdings: &[Holding<'a>]) -> Marks {
        let mut counts = [0; 64];
        for Holding { keys, holder, .. } in holdings {
            let count = holder.count(self.index);
            members(*keys).for_each(|key| counts[key] += count);
        }
        let (_, rarest) = self.rarest(&counts);
        let mut likely = Marks::none(self.index.len());
        for Holding { keys, holder, .. } in holdings {
            if keys & rarest != 0 || (matches!(holder, Holder::Found(_)) && self.is_alone(*keys)) {
                holder.mark(self.index, &mut likely);
            }
        }
        likely
    }

    /// Whether these keystrokes are a piece that may do alone.
    fn is_alone(&self, keys: u64) -> bool {
        keys & self.alone != 0 && self.pieces.iter().any(|piece| piece.0 == keys)
    }

    /// Of some piece the keystrokes that are held least, of as many as cannot all be missing, and how often: of the piece for which that is
    /// least. `counts` says how often each keystroke is held.
    fn rarest(&self, counts: &[usize; 64]) -> (usize, u64) {
        let of_piece = |(keys, _): &Piece<'_>| {
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
        };
        self.pieces.iter().map(of_piece).min().unwrap_or_default()
    }

    /// What was found for whole pieces and for words within them, by their keystrokes.
    pub fn found(&self) -> impl Iterator<Item = (u64, &'a Finds)> + '_ {
        let pieces = self.pieces.iter().filter_map(|(keys, finds)| finds.map(|finds| (*keys, finds)));
        pieces.chain(self.beside.iter().map(|(from, to, finds)| (range(usize::from(*from), usize::from(*to)), finds)))
    }
}
