//! Many texts in one array, and which of them hold a letter.

use super::letters::LetterId;
use std::sync::OnceLock;

/// Many texts in one array.
#[derive(Debug, Clone)]
pub struct Texts {
    letters: Vec<LetterId>,
    /// Where each begins; one more entry for the end.
    starts: Vec<u32>,
    /// Made when a query first looks through the texts.
    holders: OnceLock<Holders>,
}

/// By letter, the texts that hold it.
#[derive(Debug, Clone)]
struct Holders {
    /// Where the texts of each letter begin; one more entry for the end. Letters beyond it are in no text.
    starts: Vec<u32>,
    texts: Vec<u32>,
}

impl PartialEq for Texts {
    fn eq(&self, other: &Texts) -> bool {
        (&self.letters, &self.starts) == (&other.letters, &other.starts)
    }
}

impl Eq for Texts {}

impl Default for Texts {
    fn default() -> Texts {
        Texts { letters: Vec::new(), starts: vec![0], holders: OnceLock::new() }
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

    /// None, with room for as many.
    pub(super) fn with_room(texts: usize) -> Texts {
        Texts::of(Vec::new(), texts, std::iter::empty())
    }

    /// So many texts of all these letters, by their lengths.
    pub(super) fn of(letters: Vec<LetterId>, texts: usize, lengths: impl Iterator<Item = u32>) -> Texts {
        let mut starts = Vec::with_capacity(texts + 1);
        starts.push(0);
        let mut end = 0;
        starts.extend(lengths.map(|length| {
            end += length;
            end
        }));
        Texts { letters, starts, holders: OnceLock::new() }
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

    /// The texts that hold a letter, ascending.
    pub fn holding(&self, letter: LetterId) -> &[u32] {
        let holders = self.holders.get_or_init(|| self.invert());
        match (holders.starts.get(usize::from(letter)), holders.starts.get(usize::from(letter) + 1)) {
            (Some(start), Some(end)) => &holders.texts[*start as usize..*end as usize],
            _ => &[],
        }
    }

    /// From letters to texts: counted, then filled in the order of texts.
    fn invert(&self) -> Holders {
        let many = self.letters.iter().max().map_or(0, |last| usize::from(*last) + 1);
        let mut starts = vec![0u32; many + 1];
        self.letters.iter().for_each(|letter| starts[usize::from(*letter) + 1] += 1);
        for letter in 1..starts.len() {
            starts[letter] += starts[letter - 1];
        }
        let mut free = starts.clone();
        let mut texts = vec![0; self.letters.len()];
        for (number, text) in (0..).zip(self.iter()) {
            for letter in text {
                let place = &mut free[usize::from(*letter)];
                texts[*place as usize] = number;
                *place += 1;
            }
        }
        Holders { starts, texts }
    }
}
