//! Which records may be covered, and what explains keystrokes in them: sieves, before records are looked at one by one.

#[cfg(test)]
mod tests;

use super::Breath;
use crate::index::{Index, LetterId, Somewhere, Texts};
use crate::marks::Marks;
use crate::matcher::{Value, members};
use crate::query::MAX_KEYS;
use crate::rank::finds::Finds;

/// How many times more records there must be than may hold the rarest keystrokes, for those that do to be looked for first.
const NEAR: usize = 2;
/// How many times more texts there must be than records near, for these to be asked which texts they have.
const FEW: usize = 8;
/// How many letters of texts are looked at in the time it takes to look at all that a record has.
const SPARED: usize = 4;

/// What explains keystrokes: a value that holds runs of them, or what was found for a piece or a word within one.
pub enum Holder<'a> {
    Value(Value),
    Found(&'a Finds),
}

impl<'a> Holder<'a> {
    /// Adds keystrokes to what the records hold that have it, by their numbers; of what was found to those among some.
    pub fn hold(&self, index: &'a Index, keys: u64, among: &Marks, held: &mut [u64]) {
        match *self {
            Holder::Value(Value::Name(name)) => {
                index.postings(name).for_each(|posting| held[posting.record as usize] |= keys)
            }
            Holder::Value(Value::Cell(column, value)) => {
                index.holders(column, value).iter().for_each(|record| held[*record as usize] |= keys)
            }
            Holder::Found(finds) => {
                let mut found = finds.records().clone();
                found.keep(among);
                found.each(&mut |record| held[record as usize] |= keys);
            }
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

/// A bit beyond all keystrokes: of those that hold as many, who has a whole piece or word comes first.
const WHOLE: u64 = 1 << MAX_KEYS;

/// What explains some keystrokes.
pub struct Holding<'a> {
    pub keys: u64,
    pub holder: Holder<'a>,
}

/// A column's place, or none for names, and its texts.
type Column<'a> = (Option<u32>, &'a Texts);

fn value((column, _): &Column<'_>, number: u32) -> Value {
    column.map_or(Value::Name(number), |column| Value::Cell(column, number))
}

impl<'a> Breath<'a> {
    /// All that explains keystrokes in the records near: the values that hold runs, and what was found.
    pub fn holdings(&self, near: &Marks) -> Vec<Holding<'a>> {
        let (mut holdings, count) = (Vec::new(), near.count());
        for column in &self.columns() {
            let (_, texts) = column;
            // Letters of pinyin are so many that of few records all values are sooner looked through.
            let ask_letters = self.runs.are_hanzi() || count * FEW >= texts.len();
            let mut held = if ask_letters { self.runs.holding(texts) } else { Marks::all(texts.len()) };
            if count < held.count() {
                held.keep(&self.values(column, near));
            }
            held.each(&mut |number| {
                let covered = self.runs.covered(texts.get(number));
                if covered != 0 {
                    holdings.push(Holding { keys: covered, holder: Holder::Value(value(column, number)) });
                }
            });
        }
        for (keys, finds) in &self.asked.found {
            holdings.push(Holding { keys: *keys | WHOLE, holder: Holder::Found(finds) });
        }
        holdings
    }

    /// The names, and all columns that are searched.
    fn columns(&self) -> Vec<Column<'a>> {
        let mut columns = vec![(None, self.index.names().texts())];
        for (place, column) in (0..).zip(self.index.columns()) {
            if column.field().is_searched() {
                columns.push((Some(place), column.texts()));
            }
        }
        columns
    }

    /// The records that may be covered without a piece that does alone, as far as letters tell: of several pieces they have one whole, and of
    /// every set that they need they hold one of the keystrokes that fewest may hold. More where it would take too long to look.
    pub fn near(&self) -> Marks {
        if self.whole.count() == 0 {
            return self.whole.clone();
        }
        let (columns, spent) = (self.columns(), self.runs.spent());
        let mut counts = [0; 64];
        // Few texts are looked through sooner than many letters.
        for (_, texts) in columns.iter().filter(|(_, texts)| texts.len() > spent.len()) {
            // All who work there hold the hanzi of an organisation; of pinyin most letters that are counted are in no run where they stand.
            let holders = if self.runs.are_hanzi() { self.index.len().div_ceil(texts.len()) } else { 1 };
            let count_of = texts.counts();
            for (id, keys) in &spent {
                let count = count_of(*id) * holders;
                if count > 0 {
                    members(*keys).for_each(|key| counts[key] += count);
                }
            }
        }
        for (keys, finds) in &self.asked.found {
            let count = finds.records().count();
            members(*keys).for_each(|key| counts[key] += count);
        }
        let mut asked: Vec<(usize, u64)> = self.needed.iter().map(|needed| self.rarest(*needed, &counts)).collect();
        let mut near = self.whole.clone();
        // For the first piece there must be fewer than records, for others no more than is spared.
        let mut most = self.index.len() / NEAR;
        while let Some(least) = (0..asked.len()).min_by_key(|at| asked[*at]) {
            let (count, rarest) = asked.swap_remove(least);
            if count > most {
                break;
            }
            let mut own = Marks::none(self.index.len());
            let found = self.asked.found.iter().filter(|(keys, ..)| keys & rarest != 0);
            found.for_each(|(.., finds)| own.add(finds.records()));
            let letters: Vec<LetterId> =
                spent.iter().filter(|(_, keys)| keys & rarest != 0).map(|(id, _)| *id).collect();
            for column in &columns {
                let (_, texts) = column;
                texts.holding(Somewhere::Anywhere, &letters).each(&mut |number| {
                    if self.runs.covered(texts.get(number)) & rarest != 0 {
                        Holder::Value(value(column, number)).mark(self.index, &mut own);
                    }
                });
            }
            near.keep(&own);
            most = near.count() * SPARED;
        }
        near
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

    /// Of a set the keystrokes that are held least, of as many as cannot all be missing, and how often; that is most where all may be.
    /// `counts` says how often each keystroke is held.
    fn rarest(&self, (keys, most_missing): (u64, u32), counts: &[usize; 64]) -> (usize, u64) {
        let mut left = keys & !self.asked.fillers;
        let mut rarest = (0, 0);
        for _ in 0..=most_missing {
            let Some(key) = members(left).min_by_key(|key| counts[*key]) else { return (usize::MAX, rarest.1) };
            left &= !(1 << key);
            rarest = (rarest.0 + counts[key], rarest.1 | 1 << key);
        }
        rarest
    }
}
