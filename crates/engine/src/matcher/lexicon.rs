//! What an index, the tables and the words say together: other forms of the letters, readings of characters that no index has,
//! and where words begin in names of organisations.

use super::double::spelled_out;
use crate::index::{Column, Index, LetterId, Letters};
use crate::pinyin::Syllable;
use crate::record::Field;
use crate::tables::Tables;
use crate::words::{Class, Words};
use std::collections::BinaryHeap;

/// How a letter stands in the name of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// In a stretch that no word covers: a proper name, which may begin anywhere.
    Open,
    /// At the beginning of a word.
    First(Class),
    /// Within a word, at the beginning of a shorter one that ends with it: 科学院 in 中国科学院.
    Shorter,
    /// Within a word.
    Within,
}

/// What is known beyond an index; made once, when it, the tables or the words arrive. The default knows nothing.
#[derive(Default)]
pub struct Lexicon {
    tables: Option<Tables>,
    /// Letters by the form that stands for their class; empty without tables.
    by_form: Vec<(char, LetterId)>,
    words: Option<Words>,
    /// By column, how each letter of its texts stands; empty for columns that hold no organisations.
    stands: Vec<Vec<Stand>>,
    /// The list by which double pinyin is spelled out; empty where it is not allowed.
    double: String,
    /// Whether only the ways may be asked that are in the first half of an engine in two.
    waiting: bool,
}

impl Lexicon {
    /// For an index, with the tables of characters and the words once a page has them.
    pub fn new(index: &Index, tables: Option<Tables>, words: Option<Words>) -> Lexicon {
        let letters = index.letters();
        let forms = tables
            .iter()
            .flat_map(|tables| (0..letters.len() as LetterId).map(|id| (tables.simplified(letters.folded(id)), id)));
        let by_form = forms.collect::<BinaryHeap<(char, LetterId)>>().into_sorted_vec();
        let parts = words.as_ref().map(Parts::of);
        let stands = index.columns().iter().map(|column| match &parts {
            Some(parts) if is_organisation(column) => parts.cut_all(letters, column),
            _ => Vec::new(),
        });
        let stands = stands.collect();
        Lexicon { tables, by_form, words, stands, double: String::new(), waiting: false }
    }

    /// For the first half of an engine in two: until [`Lexicon::unfold`] nothing is asked that is in the second.
    pub fn waiting() -> Lexicon {
        Lexicon { waiting: true, ..Lexicon::default() }
    }

    /// Whether every way of searching may be asked.
    pub fn is_whole(&self) -> bool {
        !self.waiting
    }

    /// The same with the tables or the words that have come, or for an index that has become whole.
    pub fn with(self, index: &Index, tables: Option<Tables>, words: Option<Words>) -> Lexicon {
        Lexicon { double: self.double, ..Lexicon::new(index, tables.or(self.tables), words.or(self.words)) }
    }

    /// Ends the waiting. Visitors may type double pinyin, by a list as [`spelled_out`] reads it; not by an empty one.
    pub fn unfold(&mut self, double: &str) {
        self.waiting = false;
        self.double = double.to_string();
    }

    /// What a text is if it was typed in double pinyin.
    pub fn spelled_out(&self, text: &str) -> Option<String> {
        if self.waiting { None } else { spelled_out(&self.double, text) }
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

    /// The words, once they are there.
    pub fn words(&self) -> Option<&Words> {
        self.words.as_ref()
    }

    /// How the letters of a value stand; none where words are not known.
    pub fn stands(&self, index: &Index, column: u32, value: u32) -> Option<&[Stand]> {
        let stands = self.stands.get(column as usize).filter(|stands| !stands.is_empty())?;
        let starts = index.columns()[column as usize].texts().starts();
        stands.get(starts[value as usize] as usize..starts[value as usize + 1] as usize)
    }

    /// Whether a part that begins at this letter of a value begins within a word.
    pub fn is_within_word(&self, index: &Index, column: u32, value: u32, start: u32) -> bool {
        self.stands(index, column, value).is_some_and(|stands| stands[start as usize] == Stand::Within)
    }
}

/// Whether the values of a column are names of organisations.
pub fn is_organisation(column: &Column) -> bool {
    matches!(column.field(), Field::Org | Field::Sponsor)
}

/// The words of names of organisations, by their first character; of more than any lexicon has, the first.
struct Parts(Vec<(Vec<char>, Class)>);

impl Parts {
    fn of(words: &Words) -> Parts {
        let all: Vec<(Vec<char>, Class)> = words.parts().collect();
        // Sorted as letters are, by one heap for both.
        let firsts = all.iter().zip(0..=LetterId::MAX).map(|((word, _), at)| (word[0], at));
        let sorted = firsts.collect::<BinaryHeap<(char, LetterId)>>().into_sorted_vec();
        Parts(sorted.into_iter().map(|(_, at)| all[usize::from(at)].clone()).collect())
    }

    /// The words that begin with a character.
    fn beginning(&self, first: char) -> &[(Vec<char>, Class)] {
        let from = self.0.partition_point(|(word, _)| word[0] < first);
        let to = self.0.partition_point(|(word, _)| word[0] <= first);
        &self.0[from..to]
    }

    /// The longest word with which a text begins.
    fn first(&self, text: &[char]) -> Option<&(Vec<char>, Class)> {
        let beginning = self.beginning(*text.first()?).iter();
        beginning.filter(|(word, _)| text.starts_with(word)).max_by_key(|(word, _)| word.len())
    }

    fn cut_all(&self, letters: &Letters, column: &Column) -> Vec<Stand> {
        let mut stands = Vec::with_capacity(column.texts().letter_count());
        let mut chars = Vec::new();
        for text in column.texts().iter() {
            chars.clear();
            chars.extend(text.iter().map(|id| letters.folded(*id)));
            self.cut(&chars, &mut stands);
        }
        stands
    }

    /// Cuts a text into words by longest match from the left.
    fn cut(&self, text: &[char], stands: &mut Vec<Stand>) {
        let mut at = 0;
        while at < text.len() {
            let Some((word, class)) = self.first(&text[at..]) else {
                stands.push(Stand::Open);
                at += 1;
                continue;
            };
            stands.push(Stand::First(*class));
            let end = at + word.len();
            for inner in at + 1..end {
                let rest = &text[inner..end];
                let is_word = rest.len() > 1 && self.beginning(rest[0]).iter().any(|(word, _)| word == rest);
                stands.push(if is_word { Stand::Shorter } else { Stand::Within });
            }
            at = end;
        }
    }
}
