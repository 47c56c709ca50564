//! Many texts in one array, and which of them hold a letter.

use super::letters::LetterId;
use super::read::Allowance;
use crate::marks::Marks;
use std::sync::OnceLock;

/// Many texts in one array.
#[derive(Debug, Clone)]
pub struct Texts {
    letters: Vec<LetterId>,
    /// Where each begins; one more entry for the end.
    starts: Vec<u32>,
    /// Which texts hold a letter, made when a query first asks; none where there is no room for it.
    by_letter: Option<OnceLock<ByLetter>>,
}

/// Where in a text a letter is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Somewhere {
    /// Behind the first letter.
    Within = 1,
    /// At the beginning.
    First = 2,
    /// Anywhere.
    Anywhere = 3,
}

/// By letter, the texts that hold it.
#[derive(Debug, Clone)]
struct ByLetter {
    /// Where the texts of each letter begin; one more entry for the end. Letters beyond it are in no text.
    starts: Vec<u32>,
    /// Doubled, plus one where the letter is the first of the text.
    texts: Vec<u32>,
}

impl ByLetter {
    /// The texts that hold a letter, ascending, one as often as it does, doubled, plus one where it is the first.
    fn texts(&self, letter: LetterId) -> &[u32] {
        match (self.starts.get(usize::from(letter)), self.starts.get(usize::from(letter) + 1)) {
            (Some(start), Some(end)) => &self.texts[*start as usize..*end as usize],
            _ => &[],
        }
    }
}

impl PartialEq for Texts {
    fn eq(&self, other: &Texts) -> bool {
        (&self.letters, &self.starts) == (&other.letters, &other.starts)
    }
}

impl Eq for Texts {}

impl Default for Texts {
    fn default() -> Texts {
        Texts { letters: Vec::new(), starts: vec![0], by_letter: None }
    }
}

impl Texts {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of them.
    pub fn get(&self, i: u32) -> &[LetterId] {
        &self.letters[self.starts[i as usize] as usize..self.starts[i as usize + 1] as usize]
    }

    /// None, with room for so many of so many letters together.
    pub(super) fn with_room(texts: usize, letters: usize) -> Texts {
        Texts::of(Vec::with_capacity(letters), texts, std::iter::empty())
    }

    /// So many texts of all these letters, by their lengths; a `u32` counts their sum.
    pub(super) fn of(letters: Vec<LetterId>, texts: usize, lengths: impl Iterator<Item = u32>) -> Texts {
        let mut starts = Vec::with_capacity(texts + 1);
        starts.push(0);
        let mut end = 0;
        starts.extend(lengths.map(|length| {
            end += length;
            end
        }));
        Texts { letters, starts, by_letter: None }
    }

    /// Appends one.
    pub(crate) fn push(&mut self, text: &[LetterId]) {
        self.letters.extend_from_slice(text);
        self.starts.push(self.letters.len() as u32);
    }

    /// How many letters all have together.
    pub fn letter_count(&self) -> usize {
        self.letters.len()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &[LetterId]> {
        self.starts.windows(2).map(|pair| &self.letters[pair[0] as usize..pair[1] as usize])
    }

    /// All letters one after another.
    pub fn letters(&self) -> &[LetterId] {
        &self.letters
    }

    /// Where each begins in [`Texts::letters`]; one more entry for the end.
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// Lets which texts hold a letter be known, when a query first asks, if there is room for it.
    pub(super) fn know_by_letter(&mut self, allowance: &mut Allowance) {
        if self.by_letter.is_none() {
            // While it is made, where the texts of each letter begin is held twice.
            let bytes = size_of::<u32>() * (self.letters.len() + 2 * (self.most_letters() + 1));
            self.by_letter = allowance.affords(bytes).then(OnceLock::new);
        }
    }

    /// Whether it is known which of them hold a letter.
    pub fn know_letters(&self) -> bool {
        self.by_letter.is_some()
    }

    fn by_letter(&self) -> Option<&ByLetter> {
        Some(self.by_letter.as_ref()?.get_or_init(|| self.invert()))
    }

    /// The texts that hold one of these letters somewhere; all, where that is not known.
    pub fn holding(&self, place: Somewhere, letters: &[LetterId]) -> Marks {
        let Some(by_letter) = self.by_letter() else { return Marks::all(self.len()) };
        let mut holding = Marks::none(self.len());
        for letter in letters {
            for doubled in by_letter.texts(*letter) {
                if 1 << (doubled & 1) & place as u32 != 0 {
                    holding.set(doubled >> 1);
                }
            }
        }
        holding
    }

    /// How often letters stand in them, for asking of each; 0, where that is not known.
    pub fn counts(&self) -> impl Fn(LetterId) -> usize + '_ {
        let by_letter = self.by_letter();
        move |letter| by_letter.map_or(0, |by_letter| by_letter.texts(letter).len())
    }

    /// One more than the last letter in them.
    fn most_letters(&self) -> usize {
        self.letters.iter().max().map_or(0, |last| usize::from(*last) + 1)
    }

    /// From letters to texts: counted, then filled in the order of texts.
    fn invert(&self) -> ByLetter {
        let mut starts = vec![0u32; self.most_letters() + 1];
        self.letters.iter().for_each(|letter| starts[usize::from(*letter) + 1] += 1);
        for letter in 1..starts.len() {
            starts[letter] += starts[letter - 1];
        }
        let mut free = starts.clone();
        let mut texts = vec![0; self.letters.len()];
        for (number, text) in (0..).zip(self.iter()) {
            let mut doubled = number << 1 | 1;
            for letter in text {
                let place = &mut free[usize::from(*letter)];
                texts[*place as usize] = doubled;
                *place += 1;
                doubled &= !1;
            }
        }
        ByLetter { starts, texts }
    }
}
