//! Looks for spans of keystrokes within texts, wherever they begin: through the texts that hold a letter with which they may.

use super::keys::{Keys, Span, members};
use super::steps::{Layer, Sets, step};
use crate::index::{LetterId, Texts};
use crate::marks::Marks;
use crate::query::is_latin;

/// Up to how many letters a name is short: a personal name. Inside longer ones initials and
/// beginnings of syllables match nearly anything, so there only characters and whole syllables count.
pub const SHORT: usize = 6;

/// How few keystrokes of pinyin say enough to be looked for inside a value.
pub const MIN_LATIN_INSIDE: usize = 2;

/// The layers that count in the middle of a long value.
const LONG: [Layer; 3] = [Layer::Literal, Layer::Full, Layer::Tail];

/// By what, the first letter and one past the last.
pub type Part = (Layer, u32, u32);

/// What the texts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texture {
    /// Names, looked through from their second letter on. Short ones match in any [`Layer`].
    Names,
    /// Other values, looked through from their first letter on, for characters and for whole syllables of more than one letter.
    Values,
}

/// Whether so many keystrokes may be looked for inside a value.
fn says_enough(keys: &Keys<'_>, from: usize, to: usize) -> bool {
    to - from >= MIN_LATIN_INSIDE || !keys.all()[from..to].iter().all(|key| is_latin(*key))
}

/// Whether a word may begin at a letter of a text: anywhere among hanzi, but not within a Latin word or a number.
pub fn begins_word(keys: &Keys<'_>, text: &[LetterId], start: usize) -> bool {
    let is_latin = |id: LetterId| is_latin(keys.letters().folded(id));
    start == 0 || !is_latin(text[start]) || !is_latin(text[start - 1])
}

/// Spans, prepared for looking for all of them at once.
pub struct Within<'a> {
    keys: &'a Keys<'a>,
    spans: &'a [Span],
    texture: Texture,
    /// For each span where its ends begin in a list of the ends of all.
    slots: Vec<usize>,
    /// The letters with which a match may begin.
    ids: Vec<LetterId>,
    /// By letter, one more than its place among these; 0 for all others.
    begins: Vec<u16>,
    /// For each such letter, the spans that may begin with it and what may be spent on it: computed once a letter, not once a
    /// place where it stands.
    firsts: Vec<Vec<First>>,
}

/// What may be spent of a span on a first letter.
struct First {
    /// The span's place.
    span: usize,
    sets: Sets,
    /// How many keystrokes may be spent then.
    spent: u64,
    /// Whether the span may end.
    ends: bool,
}

impl First {
    /// Whether a match may go on with a letter, or end before it: most do neither.
    fn may_be_followed(&self, keys: &Keys<'_>, id: Option<&LetterId>) -> bool {
        self.ends || id.is_some_and(|id| keys.begun(*id) & self.spent != 0)
    }
}

impl<'a> Within<'a> {
    /// Prepares for these spans.
    pub fn new(keys: &'a Keys<'a>, spans: &'a [Span], texture: Texture) -> Within<'a> {
        let letters = keys.letters();
        let mut slots = vec![0];
        spans.iter().for_each(|span| slots.push(slots[slots.len() - 1] + span.ends.count_ones() as usize));
        let mut within =
            Within { keys, spans, texture, slots, ids: Vec::new(), begins: vec![0; letters.len()], firsts: Vec::new() };
        let spans = || spans.iter().enumerate().filter(|(_, span)| says_enough(keys, span.start, span.limit()));
        for id in keys.beginning(spans().fold(0, |set, (_, span)| set | 1 << span.start)) {
            let mut first = Vec::new();
            for (place, span) in spans() {
                if keys.begun(id) >> span.start & 1 == 1 {
                    let sets = within.counting(step(&Sets::at(span.start), keys, span, id));
                    let spent = sets.any();
                    if spent != 0 {
                        first.push(First { span: place, sets, spent, ends: spent & span.ends != 0 });
                    }
                }
            }
            if !first.is_empty() {
                within.ids.push(id);
                within.firsts.push(first);
                within.begins[usize::from(id)] = within.firsts.len() as u16;
            }
        }
        within
    }

    /// What counts of what may be spent on a first letter. A whole syllable that ends within it is nothing yet.
    fn counting(&self, sets: Sets) -> Sets {
        match self.texture {
            Texture::Names => sets,
            Texture::Values => sets.only(&[Layer::Literal, Layer::Full]),
        }
    }

    /// Reports for each text and each end of each span that is found the best part, of equals the first and shortest: the text's number,
    /// the part, the first keystroke and one past the last.
    pub fn scan(&self, texts: &Texts, report: &mut dyn FnMut(u32, Part, usize, usize)) {
        if self.ids.is_empty() {
            return;
        }
        // The best part of one text for each end of each span.
        let mut best: Vec<Option<Part>> = vec![None; self.slots[self.spans.len()]];
        self.holding(texts).each(&mut |number| {
            let text = texts.get(number);
            let mut any = false;
            for start in usize::from(self.texture == Texture::Names)..text.len() {
                let first = self.begins[usize::from(text[start])];
                if first != 0 && begins_word(self.keys, text, start) {
                    for first in &self.firsts[usize::from(first) - 1] {
                        if first.may_be_followed(self.keys, text.get(start + 1)) {
                            any |= self.find_at(text, start, first, &mut best[self.slots[first.span]..]);
                        }
                    }
                }
            }
            if any {
                let ends = self.spans.iter().flat_map(|span| members(span.ends).map(|to| (span.start, to)));
                for ((from, to), part) in ends.zip(&mut best) {
                    if let Some(part) = part.take() {
                        report(number, part, from, to);
                    }
                }
            }
        });
    }

    /// The texts that may hold one of the spans: of its hanzi the one that fewest hold, else a letter with which it may begin.
    fn holding(&self, texts: &Texts) -> Marks {
        let mut letters = Vec::new();
        for (place, span) in self.spans.iter().enumerate() {
            match self.keys.rarest(self.keys.needed(span), texts) {
                Some(rarest) => letters.extend(rarest),
                None => {
                    let begins = |(_, first): &(&LetterId, &Vec<First>)| first.iter().any(|first| first.span == place);
                    letters.extend(self.ids.iter().zip(&self.firsts).filter(begins).map(|(id, _)| *id));
                }
            }
        }
        texts.holding(letters.into_iter())
    }

    /// Betters `best` by the matches of a span that begin at this letter. Answers whether there is one.
    fn find_at(&self, text: &[LetterId], start: usize, first: &First, best: &mut [Option<Part>]) -> bool {
        let span = &self.spans[first.span];
        let is_name = self.texture == Texture::Names;
        let is_long = text.len() > SHORT || !is_name;
        let mut sets = if is_long { first.sets.only(&LONG) } else { first.sets };
        let mut any = false;
        for end in start + 1..=text.len() {
            if sets.any() & span.ends != 0 && !self.keys.letters().is_silent(text[end - 1]) {
                for (to, best) in members(span.ends).zip(&mut *best) {
                    if let Some(layer) = sets.accepts(to)
                        && best.is_none_or(|(best, ..)| layer < best)
                        && (is_name || layer == Layer::Literal || end - start > 1)
                        && says_enough(self.keys, span.start, to)
                    {
                        *best = Some((layer, start as u32, end as u32));
                        any = true;
                    }
                }
            }
            sets = sets.unfinished(span.limit());
            if is_name && is_long && text.get(end).is_some_and(|id| self.keys.letters().is_silent(*id)) {
                // Syllables over a middle dot are none of one name: 雷·达.
                sets = sets.only(&[Layer::Literal]);
            }
            match text.get(end) {
                Some(id) if sets.any() & self.keys.begun(*id) != 0 => {
                    sets = step(&sets, self.keys, span, *id);
                    if is_long {
                        sets = sets.only(&LONG);
                    }
                }
                _ => break,
            }
        }
        any
    }
}
