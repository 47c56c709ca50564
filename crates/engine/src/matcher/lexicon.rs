//! What an index and the tables say together: other forms of the letters, and the readings of characters that no index has.

use crate::index::{Index, LetterId, Letters};
use crate::pinyin::Syllable;
use crate::tables::Tables;
use std::collections::BinaryHeap;

/// What is known beyond an index; made once, when it or the tables arrive. The default knows nothing.
#[derive(Default)]
pub struct Lexicon {
    tables: Option<Tables>,
    /// Letters by the form that stands for their class; empty without tables.
    by_form: Vec<(char, LetterId)>,
}

impl Lexicon {
    /// For an index, with the tables of characters once a page has them.
    pub fn new(index: &Index, tables: Option<Tables>) -> Lexicon {
        let letters = index.letters();
        let forms = tables
            .iter()
            .flat_map(|tables| (0..letters.len() as LetterId).map(|id| (tables.simplified(letters.folded(id)), id)));
        let by_form = forms.collect::<BinaryHeap<(char, LetterId)>>().into_sorted_vec();
        Lexicon { tables, by_form }
    }

    /// The letters that are a typed character or another form of it.
    pub fn forms<'a>(&'a self, letters: &'a Letters, c: char) -> impl Iterator<Item = LetterId> + 'a {
        let form = self.tables.as_ref().map_or(c, |tables| tables.simplified(c));
        let from = self.by_form.partition_point(|(other, _)| *other < form);
        let others = self.by_form[from..].iter().take_while(move |(other, _)| *other == form).map(|(_, id)| *id);
        letters.folding_to(c).chain(others)
    }

    /// The ordinary readings of a typed character: those of its letters, or else of the tables.
    pub fn readings(&self, letters: &Letters, c: char) -> Vec<Syllable> {
        let mut readings: Vec<Syllable> = Vec::new();
        let own = letters.folding_to(c).flat_map(|id| letters.readings(id));
        let other = self.tables.iter().flat_map(|tables| tables.readings(c));
        for reading in own.chain(other) {
            if !readings.contains(reading) {
                readings.push(*reading);
            }
        }
        readings
    }
}
